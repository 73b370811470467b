"""A word is not a component: it counts where it heads a section, column, row or field with content about it."""

from __future__ import annotations

import pytest

from ita_rules.checks import Observation, Outcome
from ita_rules.checks.find.component import find
from ita_rules.checks.find.spec import spec_of
from ita_rules.locate.lines import prepare
from ita_rules.run.types import Image, Page
from tests.build import (
    DAY,
    PROBLEMS,
    REPORT,
    SPENDING,
    SUGGESTIONS,
    Site,
    check,
    component,
    context,
    document,
    item,
    look,
    observe,
)

ITEM = (check("component", "problems"), check("component", "suggestions"), check("component", "spending"))
BY_NAME = {c.key: c for c in ITEM}


def see(name: str, text: str, **more: object) -> Observation:
    """What the check of a component sees under a cover."""
    return look(f"# {REPORT} พ.ศ. 2565\n{text}", BY_NAME[name], checks=ITEM, **more)  # type: ignore[arg-type]


MET = [
    ("problems", "## ปัญหา อุปสรรค\nผู้รับจ้างส่งงานล่าช้า"),
    ("problems", "๓. ปัญหาและอุปสรรค\nเนื่องจากฝนตกชุก"),
    ("problems", "3.1 ปัญหา อุปสรรค\nฝนตกชุก\n3.2 ข้อเสนอแนะ\nควรเร่งรัด"),
    ("problems", "ข้อ 5 ปัญหา/อุปสรรค\nฝนตกชุก"),
    ("problems", "ปัญหา อุปสรรค : ฝนตกชุก"),
    ("problems", "ปัญหา อุปสรรค ฝนตกชุก"),  # a field without a colon
    ("problems", "ด้านปัญหา อุปสรรค ฝนตกชุกตลอดฤดู"),
    ("problems", "ปัญหา อุปสรรค : ไม่มี"),
    ("problems", "ปัญหา อุปสรรค ไม่มี"),
    ("problems", "## ปัญหา อุปสรรค\nไม่มี"),
    ("problems", "ในรอบปีที่ผ่านมาไม่มีปัญหาและอุปสรรคในการดำเนินงาน"),
    ("problems", "ป ัญหา อ ุปสรรค : ฝนตกชุก"),  # blanks before marks
    ("problems", "| โครงการ | ปัญหา อุปสรรค |\n| ถนน | ฝนตก |\n| ประปา | ไม่มี |"),
    ("problems", "| หัวข้อ | รายละเอียด |\n| ปัญหา อุปสรรค | ฝนตกชุก |"),
    ("problems", "## ปัญหา อุปสรรค และข้อเสนอแนะ\nฝนตกชุก จึงควรเริ่มงานในไตรมาสแรก"),
    ("suggestions", "## ปัญหา อุปสรรค และข้อเสนอแนะ\nฝนตกชุก จึงควรเริ่มงานในไตรมาสแรก"),
    ("suggestions", "| โครงการ | ปัญหา อุปสรรค และข้อเสนอแนะ |\n| ถนน | ควรเริ่มเร็วขึ้น |"),
    ("problems", "ปัญหา อุปสรรค และข้อเสนอแนะ\nฝนตกชุก จึงควรเริ่มงานในไตรมาสแรก"),  # a heading that no source marks as one
    ("suggestions", "ปัญหา อุปสรรค และข้อเสนอแนะ\nฝนตกชุก จึงควรเริ่มงานในไตรมาสแรก"),
    ("suggestions", "ปัญหา/อุปสรรค/ข้อเสนอแนะ : ไม่มี"),
    ("problems", "3. ปัญหา อุปสรรค\n3.1 ข้อเสนอแนะ\nควรเร่งรัด"),  # what stands under it is in its section
    ("spending", "| โครงการ | งบประมาณที่ใช้ (บาท) |\n| ถนน | ๔๙๘,๐๐๐ |"),
    ("spending", "เบิกจ่ายแล้ว ๘๕,๐๐๐ บาท"),
    ("spending", "ผลการเบิกจ่าย: 85,000 บาท"),
]


@pytest.mark.parametrize(("name", "text"), MET)
def test_a_label_with_content_is_met_and_quoted(name: str, text: str) -> None:
    seen = see(name, text)
    assert seen.outcome is Outcome.MET
    quote = seen.evidence[0].quote
    assert quote
    assert all(part in text for part in quote.split(" … "))
    assert seen.evidence[0].page == 1


NOT_MET = [
    ("problems", "## ปัญหา อุปสรรค\n## ข้อเสนอแนะ\nควรเร่งรัด", "check.component.empty"),
    ("problems", "3. ปัญหา อุปสรรค\n4. ข้อเสนอแนะ\nควรเร่งรัด", "check.component.empty"),
    ("problems", "ปัญหา อุปสรรค\nข้อเสนอแนะ\nควรเร่งรัด", "check.component.empty"),
    ("problems", "ปัญหา อุปสรรค :\nข้อเสนอแนะ : ควรเร่งรัด", "check.component.empty"),
    ("problems", "ปัญหา อุปสรรค ในการดำเนินงาน", "check.component.empty"),
    ("problems", "## ปัญหา อุปสรรค\n....................", "check.component.empty"),
    ("problems", "ปัญหา อุปสรรค : -", "check.component.empty"),  # a dash alone is not a statement
    ("problems", "ปัญหา อุปสรรค : ..........", "check.component.empty"),
    ("problems", "| โครงการ | ปัญหา อุปสรรค |\n| ถนน | |\n| ประปา | - |", "check.component.empty"),
    ("problems", "สารบัญ\nผลการดำเนินงาน ........ 1\nปัญหา อุปสรรค ........ 3\n=== page ===\nซ่อมถนน", "check.component.toc"),
    ("problems", "สารบัญ\nผลการดำเนินงาน 1\nปัญหา อุปสรรค ๓\n=== page ===\nซ่อมถนน 2 สาย", "check.component.toc"),
    ("problems", "## สารบัญ\n| เรื่อง | หน้า |\n| ปัญหา อุปสรรค | 3 |\n=== page ===\nซ่อมถนน 2 สาย", "check.component.toc"),
    ("problems", "## โครงการแก้ไขปัญหาความเดือดร้อนของประชาชน\nแจกน้ำ", "check.component.gap"),
    ("problems", "แก้ไขปัญหา\nแจกน้ำ 120 เที่ยว", "check.component.gap"),
    ("problems", "## องค์ประกอบด้านข้อมูล\n- ปัญหา อุปสรรค\n- ข้อเสนอแนะ", "check.component.criterion_text"),
    ("problems", "ซ่อมถนนสายบ้านกลาง", "check.component.gap"),
    ("spending", "| โครงการ | แผนการเบิกจ่าย |\n| ถนน | 498,000 |", "check.component.gap"),
    ("spending", "เบิกจ่ายแล้วตามระเบียบที่กำหนดไว้ทุกประการ", "check.component.gap"),
]


@pytest.mark.parametrize(("name", "text", "message"), NOT_MET)
def test_a_word_without_content_or_in_another_sense_is_not_met(name: str, text: str, message: str) -> None:
    seen = see(name, text)
    assert seen.outcome is Outcome.NOT_MET
    assert seen.message[0] == message
    assert [(e.read, e.quote) for e in seen.evidence] == [("whole", None)]
    assert seen.confidence >= 0.6


def test_the_documents_title_is_no_component_unless_it_says_so() -> None:
    named = component("annual", "รายงานผลการดำเนินงาน")
    asked = check("component", "annual")
    text = f"# {REPORT}\nซ่อมถนน 2 สาย"
    assert look(text, asked, components=[named]).outcome is Outcome.NOT_MET
    counts = named.model_copy(update={"title_counts": True})
    assert look(text, asked, components=[counts]).outcome is Outcome.MET


def test_a_section_called_like_the_item_is_a_section_where_the_source_says_so() -> None:
    """A short paper whose first section bears a title of the item in the component's own words."""
    named = component("report", REPORT)
    asked = check("component", "report")
    said = f"# เอกสารเผยแพร่ พ.ศ. 2565\n## {REPORT}\nซ่อมถนนแล้วเสร็จ 3 สาย"
    assert look(said, asked, components=(named,)).outcome is Outcome.MET
    for title in (f"# {REPORT}\nซ่อมถนนแล้วเสร็จ 3 สาย", f"# เอกสารเผยแพร่\n# {REPORT}\nซ่อมถนนแล้วเสร็จ 3 สาย"):
        assert look(title, asked, components=(named,)).outcome is Outcome.NOT_MET


def test_two_level_heads_are_read_as_one() -> None:
    text = "| โครงการ | งบประมาณ | งบประมาณ |\n| โครงการ | ที่ตั้งไว้ | ที่ใช้ |\n| ถนน | 500 | 498 |"
    made = Site().page("/").file("a.pdf", text)
    doc = next(d for d in made.data.documents.values() if d.media_type == "application/pdf")
    from dataclasses import replace

    page = doc.pages[0]
    blocks = tuple(replace(b, header=i < 2) for i, b in enumerate(page.blocks))
    made.data.documents[doc.sha256] = replace(doc, pages=(replace(page, blocks=blocks),))
    seen = observe(context(made, "a.pdf", checks=ITEM), BY_NAME["spending"])
    assert seen.outcome is Outcome.MET
    assert "498" in (seen.evidence[0].quote or "")


def test_what_shows_the_opposite_is_a_gap_with_its_quote() -> None:
    apart = component("apart", "ช่องทางร้องเรียนการทุจริต", contradicted_by=("ร้องเรียนทั่วไป",))
    seen = look("# ช่องทางร้องเรียนการทุจริต\nรับทุกเรื่อง\nร้องเรียนทั่วไป", check("component", "apart"), components=[apart])
    assert seen.outcome is Outcome.NOT_MET
    assert seen.message[0] == "check.component.contrary"
    assert seen.evidence[0].quote == "ร้องเรียนทั่วไป"


@pytest.mark.parametrize("cause", ["no_ocr", "encrypted", "unreadable"])
def test_what_could_not_be_read_is_unknown_and_never_a_gap(cause: str) -> None:
    asked = BY_NAME["problems"]
    seen = look("# ก", asked, of={"cause": cause, "pages": ()}, checks=ITEM)
    assert (seen.outcome, seen.cause) == (Outcome.UNKNOWN, cause)


def test_a_page_that_is_a_picture_among_readable_ones_leaves_a_missing_component_unknown() -> None:
    made = Site().page("/").file("a.pdf", f"# {REPORT}\nซ่อมถนน")
    sha = made.data.exchanges[made.key("a.pdf")].sha256 or ""
    from dataclasses import replace

    doc = made.data.documents[sha]
    made.data.documents[sha] = replace(doc, pages=(*doc.pages, Page(2, cause="no_ocr")))
    seen = observe(context(made, "a.pdf", checks=ITEM), BY_NAME["problems"])
    assert (seen.outcome, seen.cause) == (Outcome.UNKNOWN, "no_ocr")


def test_a_document_cut_at_the_readers_limit_leaves_a_missing_component_unknown_and_a_found_one_met() -> None:
    assert see("problems", "ซ่อมถนน", of={"truncated": True}).outcome is Outcome.UNKNOWN
    assert see("problems", "## ปัญหา\nฝนตก", of={"truncated": True}).outcome is Outcome.MET


def test_text_that_was_badly_read_is_no_accusation() -> None:
    assert see("problems", "ซ่อมถนน", of={"page": {"trust": 0.4}}).confidence < 0.6


def test_a_second_readers_text_counts_too() -> None:
    seen = see("problems", "ซ่อมถนน", of={"page": {"alternate": "ปัญหา อุปสรรค : ฝนตกชุก"}})
    assert seen.outcome is Outcome.MET


def test_a_second_reader_does_not_fill_an_empty_column_by_tearing_its_heading() -> None:
    table = "| โครงการ | ปัญหา อุปสรรค |\n| ถนน |  |\n| ไฟฟ้า |  |"
    torn = {"page": {"alternate": "โครงการ\nปัญหา อุปสรรค\nถนน\nไฟฟ้า"}}
    assert see("problems", table, of=torn).message[0] == "check.component.empty"
    said = {"page": {"alternate": "ไม่มีปัญหาและอุปสรรค"}}
    assert see("problems", table, of=said).outcome is Outcome.MET


def test_an_index_page_proves_nothing() -> None:
    made = Site().page("/").page("ita", "## ปัญหา อุปสรรค\nฝนตกชุก")
    ctx = context(made, "ita", checks=ITEM)
    from dataclasses import replace

    assert ctx.candidate is not None
    pieces = tuple(replace(p, index=True) for p in ctx.candidate.pieces)
    ctx.candidate = replace(ctx.candidate, pieces=pieces)
    assert observe(ctx, BY_NAME["problems"]).outcome is not Outcome.MET
    assert ctx.as_of == DAY
    assert {PROBLEMS.id, SUGGESTIONS.id, SPENDING.id} == set(ctx.ruleset.components)


def test_a_page_that_a_script_fills_is_undecided() -> None:
    seen = look(
        "# รายงานผลการดำเนินงาน พ.ศ. 2565\nกำลังโหลดข้อมูล...", BY_NAME["problems"], checks=ITEM, media="text/html", name="risk"
    )
    assert (seen.outcome, seen.cause) == (Outcome.UNKNOWN, "needs_javascript")


def test_a_title_over_an_empty_column_of_its_own_name_is_no_section() -> None:
    results = check("component", "results")
    known = component("results", "ผลการดำเนินการตามมาตรการ", "ผลการดำเนินงาน")
    head = "# ผลการดำเนินการตามมาตรการส่งเสริมคุณธรรม ปี 2566\n| มาตรการ | ผลการดำเนินงาน |\n| สื่อสาร | "
    spec = spec_of({"results": known}, item("O13", "annual-report", results), results)
    seen = {text: find(prepare(document(f"{head}{text} |", "application/pdf")), spec) for text in ("", "เผยแพร่ 12 ครั้ง")}
    assert not seen[""].met
    assert seen["เผยแพร่ 12 ครั้ง"].met


def test_a_label_that_sounds_like_the_title_heads_a_section_below_the_first_sentence() -> None:
    sentence = "หน่วยงานจัดทำเอกสารฉบับนี้เพื่อให้ประชาชนทั่วไปได้รับทราบการใช้จ่ายเงินของทางราชการ"
    body = f"{REPORT}\nซ่อมถนน 2 สาย แล้วเสร็จ"
    asked = check("component", "results")
    more = {"components": (component("results", REPORT),), "checks": (asked,)}
    assert look(f"# {REPORT} พ.ศ. 2565\n{sentence}\n{body}", asked, **more).outcome is Outcome.MET  # type: ignore[arg-type]
    assert look(f"# {REPORT} พ.ศ. 2565\n{body}", asked, **more).outcome is not Outcome.MET  # type: ignore[arg-type]


def test_a_strange_column_leaves_doubt_and_no_accusation() -> None:
    strange = see("problems", "| เรื่อง | สีไฟจราจร |\n| ตรวจรับงาน | แดง (สูงมาก) |")
    assert strange.confidence < 0.6
    assert any(said == "why.hinted" for said, _ in strange.why)
    assert see("problems", "| เรื่อง | ข้อเสนอแนะ |\n| ตรวจรับงาน | ควรเร่งรัด |").confidence >= 0.6


@pytest.mark.parametrize(("trust", "sure"), [(1.0, True), (0.0, False)])
def test_a_picture_that_may_hold_print_nobody_could_read_leaves_doubt(trust: float, sure: bool) -> None:
    seen = Page(1, method="ocr", trust=trust, images=(Image("paper.jpg", "", 900, 1200),))
    site = Site().page("/").page("p", f"# {REPORT} พ.ศ. 2565\nซ่อมถนน 2 สาย\n![](paper.jpg)").answer("O13", "p")
    site.file("paper.jpg", "", "image/jpeg", of={"pages": (seen,)})
    found = observe(context(site, checks=ITEM), BY_NAME["problems"])
    assert (found.outcome, found.confidence >= 0.6) == (Outcome.NOT_MET, sure)


def test_words_in_the_text_leave_it_open_and_words_in_the_title_do_not() -> None:
    said = look(
        "# รายงานผลการดำเนินงานประจำปี\nคณะทำงานได้พูดคุยถึงปัญหา อุปสรรคที่ผ่านมาร่วมกันแล้ว\n## งบประมาณ\nเบิกจ่ายครบ",
        check("component", "problems"),
    )
    assert (said.outcome, said.confidence) == (Outcome.NOT_MET, 0.5)
    titled = look("# รายงานผลการดำเนินงานประจำปี ปัญหา อุปสรรค\n## งบประมาณ\nเบิกจ่ายครบ", check("component", "problems"))
    assert (titled.outcome, titled.confidence) == (Outcome.NOT_MET, 0.7)


TO_COME = ["อยู่ระหว่างปรับปรุงข้อมูล ขออภัยในความไม่สะดวก", "อยู่ระหว่างดำเนินการจัดทำ", "กำลังปรับปรุงข้อมูล", "Coming soon", "Lorem ipsum dolor"]


@pytest.mark.parametrize("text", TO_COME)
@pytest.mark.parametrize("media", ["text/html", "application/pdf"])
def test_a_title_over_a_word_that_its_content_is_to_come_is_not_met(text: str, media: str) -> None:
    named = component("annual", "รายงานผลการดำเนินงาน", title_counts=True)
    seen = look(f"# {REPORT}\n{text}", check("component", "annual"), media=media, components=(named,))
    assert seen.outcome is Outcome.NOT_MET
    assert seen.message[0] == "check.component.unfinished"
    assert seen.confidence >= 0.6


@pytest.mark.parametrize("text", TO_COME)
def test_a_section_in_a_paper_whose_content_is_to_come_is_empty(text: str) -> None:
    seen = see("problems", f"# {REPORT}\nซ่อมถนนสายบ้านกลางแล้วเสร็จ 3 สาย ยาวรวม 1,200 เมตร\n## ปัญหา อุปสรรค\n{text}")
    assert (seen.outcome, seen.message[0]) == (Outcome.NOT_MET, "check.component.empty")


def test_an_empty_list_of_a_web_page_may_be_filled_by_a_script() -> None:
    named = component("annual", "รายงานผลการดำเนินงาน", title_counts=True)
    asked, text = check("component", "annual"), f"# {REPORT}\nไม่พบข้อมูล"
    assert look(text, asked, media="text/html", components=(named,)).confidence < 0.6
    paper = look(text, asked, components=(named,))
    assert paper.outcome is Outcome.NOT_MET
    assert paper.confidence >= 0.6


def test_a_picture_or_a_link_beside_a_word_that_content_is_to_come_may_answer() -> None:
    site = (
        Site()
        .page("/")
        .page("a", f"# {REPORT}\nอยู่ระหว่างปรับปรุงข้อมูล")
        .file("b.pdf", f"# {REPORT}\nซ่อมถนน 2 สาย")
        .link("a", "b.pdf", REPORT)
    )
    counts = component("annual", "รายงานผลการดำเนินงาน", title_counts=True)
    asked = check("component", "annual")
    assert not context(site, "a", checks=(asked,), components=(counts,)).unfinished


def test_the_sites_foot_below_a_word_that_content_is_to_come_is_no_content() -> None:
    foot = "\n".join(f"บริการประชาชนเรื่องที่ {n} ของสำนักงานเทศบาลตำบล ในวันและเวลาราชการ ทุกวันจันทร์ถึงวันศุกร์" for n in range(1, 9))
    site = Site().page("/", f"# หน้าหลัก\n{foot}").page("a", f"# {REPORT}\nอยู่ระหว่างปรับปรุงข้อมูล\n{foot}")
    for number in range(8):
        site = site.page(f"p{number}", f"# ข่าวที่ {number}\nข่าวของวันที่ {number + 1} มกราคม\n{foot}")
    asked = check("component", "annual")
    counts = component("annual", "รายงานผลการดำเนินงาน", title_counts=True)
    ctx = context(site, "a", checks=(asked,), components=(counts,))
    shown = ctx.pieces[0].document
    assert shown is not None
    assert len(ctx.site.lines(shown)) == 10  # next to nothing else stands there, so the foot is not left out
    assert observe(ctx, asked).outcome is Outcome.NOT_MET


def test_a_heading_that_nothing_explains_leaves_doubt_and_is_named() -> None:
    problems = PROBLEMS.model_copy(update={"stems": ("ปัญหา",)})
    more = {"components": (problems, component("suggestions", "ข้อเสนอแนะ")), "checks": ITEM[:2]}
    odd = look(f"# {REPORT}\n## ข้อเสนอแนะ\nควรเร่งรัด\n## ด่านหินระหว่างทาง\nฝนตกชุก", ITEM[0], **more)  # type: ignore[arg-type]
    assert (odd.outcome, odd.confidence) == (Outcome.NOT_MET, 0.5)
    assert ("why.hinted", {"label": "ด่านหินระหว่างทาง"}) in odd.why
    plain = look(f"# {REPORT}\n## ข้อเสนอแนะ\nควรเร่งรัด\n## บทสรุป\nฝนตกชุก", ITEM[0], **more)  # type: ignore[arg-type]
    assert plain.confidence >= 0.6
