"""Headings that nothing explains: what counts as one, and what does not."""

from __future__ import annotations

import pytest

from ita_rules.checks.find.spec import others_of, spec_of
from ita_rules.checks.find.unexplained import Known, unexplained
from ita_rules.locate.titles import titles_of
from tests.build import AGENCY, PROBLEMS, SPENDING, SUGGESTIONS, check, component, item, lines, rules

WANTED = check("component", "problems")
ITEM = item("O13", "annual-report", WANTED, *(check("component", c) for c in ("suggestions", "spending")))
PLACES = component("places", "จุดจอดเรือ")
RULES = rules(ITEM, components=(PROBLEMS, SUGGESTIONS, SPENDING, PLACES))
KNOWN = Known(spec_of(RULES.components, ITEM, WANTED), *others_of(RULES.components, ITEM, WANTED), titles_of(RULES), AGENCY)
ODD = "ด่านหินระหว่างทาง"


def seen(text: str, **more: bool) -> list[str]:
    """The quotes of the unexplained labels of a text."""
    return [h.quote for h in unexplained(lines(text), KNOWN, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        f"## {ODD}\nฝนตกชุกตลอดไตรมาส",
        f"{ODD} : ฝนตกชุก",
        f"| เรื่อง | {ODD} |\n| ถนน | ฝนตกชุก |",
        f"| ข้อเสนอแนะ/{ODD} | ผล |\n| ฝนตกชุก | เสร็จ |",
    ],
)
def test_a_label_with_content_in_words_that_nobody_knows_is_unexplained(text: str) -> None:
    assert any(ODD in label for label in seen(text, subjects=True))


@pytest.mark.parametrize(
    "text",
    [
        "## ข้อเสนอแนะ\nควรเร่งรัด",  # another component that is asked
        "## จุดจอดเรือ\nท่าน้ำวัดใหม่",  # nothing but the name of one that is not
        "## รายงานผลการดำเนินงานประจำปี\nหน่วยงานจัดทำขึ้น",  # an item
        "## บทนำ\nหน่วยงานจัดทำขึ้น",
        "## หลักการและเหตุผล\nหน่วยงานจัดทำขึ้น",
        f"## {AGENCY}\nหน่วยงานจัดทำขึ้น",
        f"## {ODD}",  # without content
        f"สารบัญ\n{ODD} ........ 3",
        "## นายสมชาย ใจดี\nปลัด",
        "## ด่านที่ 1 ของแผน\nหน่วยงานจัดทำขึ้น",
        f"| ที่ | ข้อเสนอแนะ |\n| {ODD} | ควรเร่งรัด |",  # a thing that a row is about
        f"1. {ODD}\n2. ลาดยางสายเหนือ\n3. ขุดลอกลำห้วย\nหน่วยงานดำเนินการแล้วทุกแห่งตามที่ประชุมเห็นชอบ",
        f"## ข้อเสนอแนะ\n{ODD} ....................\nหน่วยงานดำเนินการแล้วทุกแห่งตามที่ประชุมเห็นชอบ",  # a blank to fill in
        "ข้อเสนอแนะ\nฝนตกชุกมาก\nงบประมาณที่ใช้\n4,000 บาท",  # all that stands between two labels
        "| ข้อเสนอแนะ | มีนาคม |\n| ควรเร่งรัด | ฝนตกชุก |",
        "และด่านหินทั้งปวง\nหน่วยงานดำเนินการแล้วทุกแห่งตามที่ประชุมเห็นชอบ",
    ],
)
def test_what_is_known_usual_or_data_explains_itself(text: str) -> None:
    assert seen(text) == []


def test_the_column_that_tells_what_rows_are_about_counts_only_for_what_may_be_it() -> None:
    table = f"| ที่ | {ODD} | ข้อเสนอแนะ |\n| 1 | ฝนตกชุก | ควรเร่งรัด |"
    assert seen(table) == []
    assert seen(table, subjects=True) == [ODD]


def test_what_is_told_in_words_is_in_no_column_of_numbers() -> None:
    table = f"| เรื่อง | {ODD} |\n| ถนน | 1,250 |"
    assert seen(table) == [ODD]
    assert seen(table, in_words=True) == []


def test_what_titles_the_document_is_not_among_them() -> None:
    from ita_rules.thai.fold import loose

    text = lines(f"## {ODD}\nฝนตกชุกตลอดไตรมาส")
    assert unexplained(text, KNOWN, frozenset({loose(ODD)})) == []


def test_the_head_of_a_column_of_counts_has_to_be_explained_wholly_where_counts_are_sought() -> None:
    table = "| ข้อเสนอแนะ | จำนวน | ลดจำนวน |\n| ควรเร่งรัด | 4 | 2 |"
    assert seen(table, counts=True) == ["ลดจำนวน"]
    assert seen(table) == []
    assert seen(table.replace("| 2 |", "| ฝน |"), counts=True) == []  # in words: a short word more is of no weight
