"""Labels that nobody listed: what makes them suspicious, and what shows that they are something else."""

from __future__ import annotations

import pytest

from ita_rules.checks.find.hints import hinted, strange
from ita_rules.checks.find.spec import spec_of
from ita_rules.thai.fold import loose
from tests.build import PROBLEMS, SPENDING, SUGGESTIONS, check, component, item, lines

ITEM = item("O13", "annual-report", *(check("component", c) for c in ("problems", "suggestions", "spending")))


def labels(text: str, *hints: str, titles: frozenset[str] = frozenset()) -> list[str]:
    """The quotes of the suspicious labels in a text, for a component with these stems."""
    known = {c.id: c for c in (PROBLEMS.model_copy(update={"hints": hints}), SUGGESTIONS, SPENDING)}
    return [h.quote for h in hinted(lines(text), spec_of(known, ITEM, check("component", "problems")), titles)]


@pytest.mark.parametrize(
    "text",
    [
        "## ความขัดข้องระหว่างทาง\nฝนตกชุกตลอดไตรมาส",
        "ความขัดข้องระหว่างทาง : ฝนตกชุก",
        "| ที่ | ความขัดข้องระหว่างทาง |\n| 1 | ฝนตกชุก |",
        "| หัวข้อ | รายละเอียด |\n| ความขัดข้องระหว่างทาง | ฝนตกชุก |",
    ],
)
def test_an_unknown_label_with_a_stem_and_content_is_suspicious(text: str) -> None:
    assert labels(text, "ขัดข้อง") == ["ความขัดข้องระหว่างทาง"]
    assert labels(text, "อื่นใด") == []
    assert labels(text) == []


def test_a_label_without_content_is_not() -> None:
    assert labels("| ที่ | ความขัดข้องระหว่างทาง |\n| 1 | |\n| 2 | - |", "ขัดข้อง") == []


def test_running_text_is_no_label() -> None:
    assert labels("ในปีที่ผ่านมาไม่มีความขัดข้องใด", "ขัดข้อง") == []


def test_the_label_of_another_component_is_that_component() -> None:
    text = "## ข้อเสนอแนะ\nควรเร่งรัด"
    assert labels(text, "เสนอแนะ") == []
    assert labels("## สิ่งที่อยากเสนอ\nควรเร่งรัด", "เสนอ") == ["สิ่งที่อยากเสนอ"]


def test_the_title_of_the_document_is_no_label_of_its_content() -> None:
    text = "# รายงานความขัดข้อง\nฝนตกชุก"
    titles = frozenset(line.loose for line in lines(text)[:1])
    assert labels(text, "ขัดข้อง") == ["รายงานความขัดข้อง"]
    assert labels(text, "ขัดข้อง", titles=titles) == []


def test_where_nothing_is_marked_a_short_line_above_a_longer_one_may_be_a_heading() -> None:
    plain = "รายงาน\nความท้าทายที่เป็นปัญหาต้องแก้\nรถบรรทุกติดสะสมหน้าประตูในคืนวันศุกร์ และปั้นจั่นหยุดซ่อมนานหลายวันต่อกัน"
    spec = spec_of(
        {"problems": component("problems", "ปัญหา อุปสรรค", hints=("ปัญหา",))},
        item("O13", "annual-report"),
        check("component", "problems"),
    )
    assert hinted(lines(plain), spec)
    marked = "\n".join(["# รายงาน", "ก", "ข", "ค", "## ผลการดำเนินงาน", *plain.splitlines()[1:]])
    assert not hinted(lines(marked), spec)


KNOWN = (loose("โครงการ"), loose("งบประมาณที่ใช้"), loose("ผลที่คาดว่าจะได้รับ"))


def test_a_filled_column_in_words_that_nobody_knows_is_strange() -> None:
    text = "| ลำดับ | เรื่อง | สีไฟจราจร | งบประมาณที่ใช้ |\n| 1 | ตรวจรับงาน | แดง (สูงมาก) | 500 |\n| 2 | เก็บค่าขยะ | เหลือง | 300 |"
    assert [h.quote for h in strange(lines(text), KNOWN)] == ["สีไฟจราจร"]


@pytest.mark.parametrize(
    "text",
    [
        "| กระบวนงาน | โครงการ |\n| ตรวจรับ | ถนน |",  # what the rows are about, and what is known
        "| เรื่อง | กรอบอัตรากำลัง | เวลาทำการ |\n| กองคลัง | 14 | 08.30 - 16.30 น. |",  # counts and hours
        "| เรื่อง | สีไฟจราจร |\n| ตรวจรับ | |",  # empty
        "| เรื่อง | ผลที่คาดว่าจะได้รับ | หมายเหตุ |\n| ตรวจรับ | ประชาชนพอใจ | ทำแล้ว |",  # a look-alike, and a usual head
    ],
)
def test_what_is_not_strange(text: str) -> None:
    assert strange(lines(text), KNOWN) == []


def test_what_is_told_in_words_is_in_no_column_of_numbers() -> None:
    shares = "| งาน | ร้อยละ |\n| ก | ๙๗.๓ |\n| ข | ๙๘.๘ |"
    assert [h.quote for h in strange(lines(shares), KNOWN)] == ["ร้อยละ"]
    assert strange(lines(shares), KNOWN, in_words=True) == []
    change = "| ข้อ | ขึ้นลง |\n| ก | +1.5 |\n| ข | -0.25 |"
    assert strange(lines(change), KNOWN, in_words=True) == []
    mixed = "| งาน | สีไฟจราจร |\n| ก | 97.3 |\n| ข | งานล่าช้า |"
    assert [h.quote for h in strange(lines(mixed), KNOWN, in_words=True)] == ["สีไฟจราจร"]


def test_the_first_of_a_list_of_people_heads_nothing() -> None:
    people = "| นายสมชาย ใจงาม | นายกเทศมนตรี |\n| นางมาลี ศรีสุข | ปลัดเทศบาล |\n| นางวันดี ทองคำ | ผู้ตรวจ |"
    assert strange(lines(people), KNOWN) == []
    assert strange(lines(people.replace("นายสมชาย ใจงาม | นายกเทศมนตรี", "ใคร | ทรงพุ่ม")), KNOWN) != []
