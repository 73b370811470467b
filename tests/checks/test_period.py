"""The time asked, read in order: title and cover, running headings, the linking page, the link's words, the file's name."""

from __future__ import annotations

import pytest

from ita_rules.checks import Observation, Outcome, observe
from ita_rules.checks.confidence import SURE
from ita_rules.rulesets.types import Check
from ita_rules.run.types import Image, Page
from tests.build import REPORT, Site, check, context, look

PREVIOUS = check("period", covers="previous_fiscal_year")
THIS = check("period", covers="fiscal_year")
EITHER = check("period", covers="fiscal_year_or_previous")
HALF = check("period", covers="first_half")
SPAN = check("period", covers="span")
DATED = check("period", covers="fiscal_year", needs="one_item")
BODY = "\nซ่อมถนน 2 สาย"


@pytest.mark.parametrize(
    "cover",
    [
        f"# {REPORT} พ.ศ. 2565",
        f"# {REPORT}งบประมาณ พ.ศ. ๒๕๖๕",
        f"# {REPORT}\nปีงบประมาณ 65",
        f"# {REPORT}\n25๖๕",
        f"# {REPORT} ค.ศ. 2022",
        f"# {REPORT}\nปี 25\n๖๕",
        f"# {REPORT} (ต.ค. 64 - ก.ย. 65)",
        "# รายงานผลการดาเนินงานประจาปี ๒๕๖๕",
    ],
)
def test_the_cover_says_the_year_in_any_spelling(cover: str) -> None:
    seen = look(cover + BODY, PREVIOUS)
    assert seen.outcome is Outcome.MET
    assert seen.evidence[0].page == 1
    assert (seen.evidence[0].quote or "") in cover


@pytest.mark.parametrize("cover", [f"# {REPORT} พ.ศ. 2564", f"# {REPORT} 2566", f"# {REPORT} ปีงบประมาณ ๒๕๖๗"])
def test_a_cover_of_another_year_is_a_gap(cover: str) -> None:
    seen = look(cover + BODY, PREVIOUS)
    assert (seen.outcome, seen.message[0]) == (Outcome.NOT_MET, "check.period.gap")
    assert (seen.evidence[0].quote or "") in cover


@pytest.mark.parametrize(
    "text",
    [
        "ตามพระราชบัญญัติการจัดซื้อจัดจ้าง พ.ศ. 2560 และแผนของปี 2566",  # laws and next year's plan
        "เปรียบเทียบกับปี 2563 และปี 2564",
    ],
)
def test_years_in_passing_do_not_count(text: str) -> None:
    assert look(f"# {REPORT} พ.ศ. 2565\n=== page ===\n{text}", PREVIOUS).outcome is Outcome.MET


def test_a_law_on_the_cover_is_not_the_documents_year() -> None:
    text = f"# {REPORT}\nตามพระราชบัญญัติสภาตำบล พ.ศ. 2537\nประจำปี 2565"
    assert look(text, PREVIOUS).outcome is Outcome.MET


def test_cover_and_content_that_plainly_differ_are_a_gap() -> None:
    content = "\n".join(f"| {n} มกราคม 2563 | ซ่อมถนน |" for n in range(1, 6))
    seen = look(f"# {REPORT} พ.ศ. 2565\n=== page ===\n{content}", PREVIOUS)
    assert (seen.outcome, seen.message[0]) == (Outcome.NOT_MET, "check.period.mixed")
    assert "2563" in (seen.evidence[0].quote or "")


def test_a_second_page_is_content_though_it_be_short() -> None:
    content = "ประจำปีงบประมาณ พ.ศ. 2563\nตุลาคม 2562 ถึงกันยายน 2563\nข้อมูล ณ วันที่ 5 กันยายน 2563"
    assert look(f"# {REPORT} พ.ศ. 2565\n=== page ===\n{content}", PREVIOUS).message[0] == "check.period.mixed"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("ประจำปีงบประมาณ พ.ศ. 2563\nตุลาคม 2562 ถึงกันยายน 2563\nข้อมูล ณ วันที่ 5 กันยายน 2563", "check.period.mixed"),
        ("อนุมัติเมื่อวันที่ 5 สิงหาคม 2566\nลงนามวันที่ 9 กันยายน 2566\nประกาศวันที่ 10 กันยายน 2566", "check.period.pass"),
        ("ประจำปีงบประมาณ พ.ศ. 2563\nตุลาคม 2562 ถึงกันยายน 2563\nเทียบกับปีงบประมาณ พ.ศ. 2565", "check.period.pass"),
    ],
)
def test_what_stands_below_a_title_is_content_but_for_the_days_of_letters(content: str, message: str) -> None:
    assert look(f"# {REPORT} พ.ศ. 2565\n{content}", PREVIOUS).message[0] == message


FLOOD = "\n".join(f"| {month} 2563 | ซ่อมถนนสายที่ {n} |" for n, month in enumerate(("มกราคม", "มีนาคม", "พฤษภาคม", "มิถุนายน"), 1))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (f"{FLOOD}\nประชุมเดือนมกราคม 2565", "check.period.unsure"),  # one month of the year asked beside many of another
        ("\n".join(f"| {n} มกราคม 2564 | ซ่อมถนน |" for n in range(1, 6)), "check.period.unsure"),  # days of the year before
        (f"{FLOOD}\n| มกราคม 2565 | ซ่อมถนน |\n| มีนาคม 2565 | ซ่อมถนน |", "check.period.pass"),  # a comparison
    ],
)
def test_a_cover_that_its_content_seems_to_speak_against_does_not_pass_where_it_is_plain_enough(
    content: str, message: str
) -> None:
    seen = look(f"# {REPORT} พ.ศ. 2565\n=== page ===\n{content}", PREVIOUS)
    assert seen.message[0] == message
    assert seen.outcome is (Outcome.MET if message == "check.period.pass" else Outcome.UNKNOWN)


def test_a_cover_repeated_above_every_page_says_its_year_once() -> None:
    pages = "\n=== page ===\n".join(f"รายงานประจำปี พ.ศ. 2565 หน้า {n}\n| {n} มีนาคม 2563 | ซ่อมถนนสายที่ {n} |" for n in range(1, 9))
    assert look(f"# {REPORT} พ.ศ. 2565\n=== page ===\n{pages}", PREVIOUS).message[0] == "check.period.unsure"


def named(name: str, text: str, asked: Check = PREVIOUS, link: str = "") -> Observation:
    """What is seen of one file of a name."""
    return observe(context(Site().page("/").file(name, text).link("/", name, link).answer("O13", name)), asked)


@pytest.mark.parametrize("name", ["plan2565.pdf", "O10-2565.pdf", "FY2022.pdf", "report_FY65.pdf", "2565-08.pdf", "แผน ปี 65.pdf"])
def test_a_year_that_only_the_files_name_says_bears_it_out_weakly(name: str) -> None:
    seen = named(name, f"# {REPORT}{BODY}")
    assert (seen.outcome, seen.message[0]) == (Outcome.MET, "check.period.by_name")
    assert SURE <= seen.confidence < 0.7
    assert ("why.period", "@why.place.name") in {(m, v.get("place")) for m, v in seen.why}


@pytest.mark.parametrize("name", ["plan2563.pdf", "O10-2563.pdf", "FY2020.pdf", "plan2563-2564.pdf"])
def test_a_files_name_accuses_nobody(name: str) -> None:
    seen = named(name, f"# {REPORT}{BODY}")
    assert (seen.outcome, seen.cause, seen.message[0]) == (Outcome.UNKNOWN, "no_year", "check.period.name")


@pytest.mark.parametrize("name", ["20220503142211.pdf", "65_report.pdf", "2022-05-03.pdf", "65.pdf", "12565.pdf"])
def test_numbers_and_days_of_uploading_are_no_years_of_a_file(name: str) -> None:
    assert named(name, f"# {REPORT}{BODY}").message[0] == "check.period.none"


def test_a_files_name_bears_nothing_out_that_the_documents_dates_speak_against() -> None:
    dates = "\n".join(f"| {n} มกราคม 2563 | ซ่อมถนน |" for n in range(1, 6))
    assert named("plan2565.pdf", f"# {REPORT}\n| วันที่ | งาน |\n{dates}").outcome is Outcome.UNKNOWN
    assert named("a.pdf", f"# {REPORT}\n| วันที่ | งาน |\n{dates}").outcome is Outcome.NOT_MET


@pytest.mark.parametrize(("text", "link"), [(f"# {REPORT} พ.ศ. 2563{BODY}", ""), (f"# {REPORT}{BODY}", "รายงานปี 2563")])
def test_what_the_document_or_its_link_says_goes_before_its_name_and_the_difference_is_told(text: str, link: str) -> None:
    seen = named("plan2565.pdf", text, link=link)
    assert (seen.outcome, seen.message[0]) == (Outcome.NOT_MET, "check.period.gap")
    told = next(values for message, values in seen.why if message == "why.named_otherwise")
    assert (told["name"], "2563" in str(told["found"])) == ("2565", True)
    agreed = named("plan2563.pdf", text, link=link)
    assert "why.named_otherwise" not in {message for message, _ in agreed.why}


def test_links_that_call_a_given_file_differently_say_nothing_of_it() -> None:
    site = Site().page("/").file("plan2565.pdf", f"# {REPORT}{BODY}").answer("O13", "plan2565.pdf")
    for words in ("รายงานปี 2563", "รายงานปี 2564"):
        site.link("/", "plan2565.pdf", words)
    assert observe(context(site), PREVIOUS).message[0] == "check.period.by_name"


def test_a_document_of_another_year_beside_a_file_named_for_another_is_a_gap() -> None:
    site = Site().page("/").file("a2563.pdf", f"# {REPORT}{BODY}").file("b.pdf", f"# {REPORT} พ.ศ. 2564{BODY}")
    for name in ("a2563.pdf", "b.pdf"):
        site.link("/", name)
    seen = observe(context(site.answer("O13", "a2563.pdf", "b.pdf")), PREVIOUS)
    assert (seen.outcome, seen.evidence[0].url.rsplit("/", 1)[1]) == (Outcome.NOT_MET, "b.pdf")


def test_what_could_not_be_read_stays_open_with_what_its_name_and_link_say() -> None:
    site = Site().page("/").fail("plan2565.pdf", "unreadable").link("/", "plan2565.pdf", "เปิด").answer("O13", "plan2565.pdf")
    seen = observe(context(site), PREVIOUS)
    assert seen.outcome is Outcome.UNKNOWN
    assert [(m, v["found"], v["place"]) for m, v in seen.why] == [("why.period_unread", "2565", "@why.place.name")]


def test_no_year_anywhere_is_unknown() -> None:
    seen = look(f"# {REPORT}{BODY}", PREVIOUS)
    assert (seen.outcome, seen.cause) == (Outcome.UNKNOWN, "no_year")


def _linked(name: str = "a.pdf", link: str = REPORT, heading: str = "", page: str = "# เอกสาร", text: str = "") -> Observation:
    site = Site().page("/").page("docs", page).link("/", "docs", "เอกสาร").link("docs", name, link, heading=heading)
    site.file(name, text or f"# {REPORT}{BODY}")
    from dataclasses import replace

    ctx = context(site, name, checks=(PREVIOUS,))
    assert ctx.candidate is not None
    piece = replace(ctx.candidate.pieces[0], link=site.data.links[site.key("docs")][0], via=site.key("docs"))
    ctx.candidate = replace(ctx.candidate, pieces=(piece,))
    return observe(ctx, PREVIOUS)


def test_without_a_year_of_its_own_what_stands_around_the_file_tells() -> None:
    assert _linked(link=f"{REPORT} 2565").outcome is Outcome.MET
    assert _linked(heading="ปีงบประมาณ 2565").outcome is Outcome.MET
    assert _linked(page="# เอกสารประจำปี 2565").outcome is Outcome.MET
    assert _linked(name="report-2565.pdf").outcome is Outcome.MET
    assert _linked(link=f"{REPORT} 2563").outcome is Outcome.NOT_MET


def test_the_documents_own_words_go_before_those_around_it() -> None:
    assert _linked(link=f"{REPORT} 2563", text=f"# {REPORT} 2565{BODY}").outcome is Outcome.MET
    assert _linked(link=f"{REPORT} 2565", text=f"# {REPORT} 2563{BODY}").outcome is Outcome.NOT_MET


@pytest.mark.parametrize(("year", "outcome"), [(2566, Outcome.MET), (2565, Outcome.MET), (2564, Outcome.NOT_MET)])
def test_this_year_or_the_one_before(year: int, outcome: Outcome) -> None:
    assert look(f"# {REPORT} {year}{BODY}", EITHER).outcome is outcome


@pytest.mark.parametrize(
    "cover",
    [
        "รอบ 6 เดือน ประจำปีงบประมาณ พ.ศ. 2566",
        "ไตรมาส 1-2 ปีงบประมาณ 2566",
        "(ตุลาคม 2565 - มีนาคม 2566)",
        "ณ วันที่ 31 มีนาคม 2566 รอบ 6 เดือนแรก ปี 2566",
        "ต.ค. ๖๕ - มี.ค. ๖๖",
    ],
)
def test_a_first_half_in_every_spelling(cover: str) -> None:
    assert look(f"# {REPORT} {cover}{BODY}", HALF).outcome is Outcome.MET


@pytest.mark.parametrize(
    ("cover", "message"),
    [
        ("(ตุลาคม 2565 - ธันวาคม 2565)", "check.period.half"),  # cut at December
        ("6 เดือนหลัง ปีงบประมาณ 2566", "check.period.half"),
        ("รอบ 6 เดือน ปีงบประมาณ 2565", "check.period.gap"),
    ],
)
def test_another_half_is_a_gap(cover: str, message: str) -> None:
    seen = look(f"# {REPORT} {cover}{BODY}", HALF)
    assert (seen.outcome, seen.message[0]) == (Outcome.NOT_MET, message)


@pytest.mark.parametrize(
    ("cover", "outcome"),
    [
        ("(พ.ศ. 2566 - 2570)", Outcome.MET),
        ("พ.ศ. ๒๕๖๔ – ๒๕๖๖", Outcome.MET),
        ("2561-2565", Outcome.NOT_MET),
    ],
)
def test_a_span_covers_the_years_between(cover: str, outcome: Outcome) -> None:
    assert look(f"# แผนพัฒนาท้องถิ่น {cover}{BODY}", SPAN).outcome is outcome


def test_one_dated_item_of_the_year_is_enough_for_news() -> None:
    assert look("# ข่าว\n- 5 ม.ค. 2563 ประชุม\n- 12 มี.ค. 2566 อบรม", DATED, media="text/html", name="n").outcome is Outcome.MET
    old = look("# ข่าว\n- 5 ม.ค. 2563 ประชุม\n- 9 ก.ย. 2565 อบรม", DATED, media="text/html", name="n")
    assert (old.outcome, old.message[0]) == (Outcome.NOT_MET, "check.period.no_item")
    assert "2565" in (old.evidence[0].quote or "")
    assert look("# ข่าว\n- ประชุม", DATED, media="text/html", name="n").outcome is Outcome.UNKNOWN


def test_what_could_not_be_read_is_unknown() -> None:
    seen = look("# ก", PREVIOUS, of={"cause": "no_ocr", "pages": ()})
    assert (seen.outcome, seen.cause) == (Outcome.UNKNOWN, "no_ocr")


SCAN = {"page": {"method": "ocr"}}


def test_another_year_read_once_in_thai_digits_of_a_scan_is_no_accusation() -> None:
    seen = look(f"# {REPORT} พ.ศ. ๒๕๖๔{BODY}", PREVIOUS, of=SCAN)
    assert (seen.outcome, seen.cause, seen.message[0]) == (Outcome.UNKNOWN, "uncertain", "check.period.misread")


@pytest.mark.parametrize("text", [f"# {REPORT} พ.ศ. 2564", f"# {REPORT} พ.ศ. ๒๕๖๔\nณ วันที่ ๓๐ กันยายน ๒๕๖๔"])
def test_another_year_in_arabic_digits_or_said_twice_is_a_gap_in_a_scan_too(text: str) -> None:
    assert look(text + BODY, PREVIOUS, of=SCAN).outcome is Outcome.NOT_MET


def test_a_year_that_could_not_be_read_is_no_year() -> None:
    assert look(f"# {REPORT} พ.ศ. □□□□{BODY}", PREVIOUS, of=SCAN).cause == "no_year"
    assert look(f"# {REPORT} พ.ศ. ๒๕๖๕{BODY}", PREVIOUS, of=SCAN).outcome is Outcome.MET


OLD_NEWS = "# ข่าวประชาสัมพันธ์\n" + "\n".join(
    f"- {n} มกราคม 2563 {what}ขององค์การบริหารส่วนตำบลไผ่เขียวร่วมกับโรงเรียนและประชาชนในพื้นที่"
    for n, what in enumerate(("ประชุมสภา", "ปลูกป่า", "กีฬาต้านยาเสพติด", "จิตอาสาพัฒนาคลอง", "ตรวจเยี่ยมผู้สูงอายุ"), start=5)
)


def beside_old_news(gallery: str, *read: str) -> Observation:
    """News that are old, and a gallery beside them whose pictures `read` were recognised and hold no words."""
    site = Site().page("/").page("news", OLD_NEWS).page("gallery", gallery)
    for n, name in enumerate(read):
        pages = (Page(1, method="ocr", images=(Image(name, "", 900, 1200),)),)
        site.file(name, "", "image/jpeg", of={"sha256": f"{n}" * 64, "pages": pages})
    return observe(context(site.link("/", "news").link("/", "gallery").answer("O13", "news", "gallery")), DATED)


def test_a_page_without_dates_does_not_make_old_news_new() -> None:
    seen = beside_old_news("# ภาพกิจกรรม\nวันเด็กของตำบลไผ่เขียว")
    assert (seen.outcome, seen.message[0]) == (Outcome.NOT_MET, "check.period.no_item")
    pictures = ("/uploads/2020/01/a.jpg", "/uploads/2023/13/b.jpg", "/files/20230115/c.jpg")
    seen = beside_old_news("# ภาพกิจกรรม\nวันเด็ก\n" + "\n".join(f"![]({x})" for x in pictures), *pictures)
    assert (seen.outcome, seen.message[0]) == (Outcome.NOT_MET, "check.period.no_item")


@pytest.mark.parametrize("picture", ["/uploads/2023/01/a.jpg", "/uploads/2565/11/a.jpg", "/uploads/2566/9/a.jpg"])
def test_pictures_that_were_put_there_in_the_year_leave_it_open(picture: str) -> None:
    seen = beside_old_news(f"# ภาพกิจกรรม\nวันเด็ก\n![]({picture})", picture)
    assert (seen.outcome, seen.cause, seen.message[0]) == (Outcome.UNKNOWN, "no_year", "check.period.recent")
    assert str(seen.message[1]["url"]).endswith(picture)


def test_a_file_without_a_date_that_was_put_there_in_the_year_leaves_it_open() -> None:
    for year, message in ((2023, "check.period.recent"), (2020, "check.period.no_item")):
        path = f"/uploads/{year}/02/a.pdf"
        site = Site().page("/").page("news", OLD_NEWS).file(path, "# วันเด็ก\nภาพบรรยากาศ").link("/", "news").link("/", path)
        assert observe(context(site.answer("O13", "news", path)), DATED).message[0] == message


def test_pictures_nobody_could_read_yet_leave_it_open() -> None:
    seen = beside_old_news("# ภาพกิจกรรม\nวันเด็ก\n![](/uploads/2020/01/a.jpg)")
    assert (seen.outcome, seen.cause) == (Outcome.UNKNOWN, "not_gathered")
