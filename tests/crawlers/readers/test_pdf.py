"""PDF: lines, headings, ruled tables, pictures, locks, damage; with poppler and without."""

from __future__ import annotations

import pytest

from crawlers.readers import pdf as pdf_reader
from crawlers.readers import poppler
from crawlers.readers.interface import Hints, Limits, read
from ita_rules.run.types import Block, Document
from tests.crawlers.readers.pdfmaker import Sheet, pdf

XS, YS = [71.0, 150.0, 300.0, 450.0], [200.0, 230.0, 260.0, 290.0]


@pytest.fixture(params=["poppler", "pdfium"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "poppler":
        if not poppler.poppler_version():
            pytest.skip("no pdftotext here")
    else:
        monkeypatch.setattr(poppler, "poppler_version", lambda: "")
        monkeypatch.setattr(pdf_reader, "poppler_version", lambda: "")
    return str(request.param)


def table(sheet: Sheet, rows: list[list[str]], xs: list[float] = XS, top: float = 200) -> Sheet:
    sheet.grid(xs, [top + 30 * i for i in range(len(rows) + 1)])
    for i, row in enumerate(rows):
        for x, words in zip(xs, row, strict=False):
            if words:
                sheet.text(x + 4, top + 20 + 30 * i, words)
    return sheet


def rows_of(document: Document, page: int = 0) -> list[tuple[bool, tuple[str, ...]]]:
    return [(b.header, b.cells) for b in document.pages[page].blocks if b.kind == "row"]


def test_report_with_headings_and_table(engine: str) -> None:
    sheet = Sheet().text(220, 60, "รายงานผลการดำเนินงาน", 20).text(71, 110, "๑. บทนำ", 14).text(71, 140, "เพื่อให้ประชาชนทราบ", 14)
    document = read(pdf(table(sheet, [["ที่", "โครงการ", "ปัญหา"], ["1", "ถนน", ""], ["2", "ประปา", "ไม่มี"]])))
    page = document.pages[0]
    assert [(b.kind, b.text) for b in page.blocks[:3]] == [
        ("heading", "รายงานผลการดำเนินงาน"), ("heading", "๑. บทนำ"), ("text", "เพื่อให้ประชาชนทราบ"),
    ]  # fmt: skip
    assert rows_of(document) == [(True, ("ที่", "โครงการ", "ปัญหา")), (False, ("1", "ถนน", "")), (False, ("2", "ประปา", "ไม่มี"))]
    assert (page.method, page.trust, page.cause) == ("text-layer", 1.0, None)
    assert document.readers[0].startswith("pdf/2 pypdfium2/")
    assert ("poppler/" in document.readers[0]) == (engine == "poppler")


def test_bold_is_seen(engine: str) -> None:
    blocks = (
        read(pdf(Sheet().text(71, 60, "Problems and obstacles", bold=True).text(71, 90, "None were met in this year")))
        .pages[0]
        .blocks
    )
    assert [(b.kind, b.bold) for b in blocks] == [("heading", True), ("text", False)]


def test_wrapped_lines_are_joined_and_paragraphs_parted(engine: str) -> None:
    sheet = Sheet()
    for i, words in enumerate(["x" * 70, "y" * 70, "z" * 20]):
        sheet.text(71, 100 + 16 * i, words)
    sheet.text(100, 160, "s" * 66).text(71, 176, "v" * 10).text(71, 200, "1. first").text(71, 216, "2. second")
    texts = [b.text for b in read(pdf(sheet)).pages[0].blocks]
    assert texts == [f"{'x' * 70} {'y' * 70} {'z' * 20}", f"{'s' * 66} {'v' * 10}", "1. first", "2. second"]


def test_contents_lines_stay_apart(engine: str) -> None:
    sheet = Sheet().text(71, 60, "Problems ............................................................................ 3")
    sheet.text(71, 76, "Suggestions ........................................................................ 5")
    assert [(b.kind, b.text[-1]) for b in read(pdf(sheet)).pages[0].blocks] == [("text", "3"), ("text", "5")]


def test_merged_headings_and_double_and_thin_borders(engine: str) -> None:
    xs = [71.0, 120.0, 220.0, 320.0]
    sheet = Sheet()
    for y in (100, 160, 190, 220):
        sheet.rule(71, y, 320, y).rule(71, y + 1.5, 320, y + 1.5)  # double
    sheet.rule(120, 130, 320, 130)
    for x in (71, 120, 320):
        sheet.bar(x - 0.4, 100, x + 0.4, 221)  # thin filled boxes
    sheet.rule(220, 130, 220, 220)
    sheet.text(75, 135, "No").text(180, 120, "Result").text(125, 150, "Goal").text(225, 150, "Done")
    for i, row in enumerate([["1", "a", "b"], ["2", "c", ""]]):
        for x, words in zip(xs, row, strict=False):
            sheet.text(x + 4, 180 + 30 * i, words) if words else None
    assert rows_of(read(pdf(sheet))) == [
        (True, ("No", "Result", "Result")), (True, ("No", "Goal", "Done")), (False, ("1", "a", "b")), (False, ("2", "c", "")),
    ]  # fmt: skip


def test_table_goes_on_over_the_page_with_its_headings(engine: str) -> None:
    first = table(Sheet(), [["No", "Project", "Problem"], ["1", "road", "none"], ["2", "water", "late in"]], top=700)
    second = table(Sheet(), [["", "works", "coming"], ["3", "power", ""]], top=60)
    document = read(pdf(first, second))
    assert rows_of(document, 0)[-1] == (False, ("2", "water works", "late in coming"))
    assert rows_of(document, 1) == [(True, ("No", "Project", "Problem")), (False, ("3", "power", ""))]


def test_another_table_on_the_next_page_keeps_its_own(engine: str) -> None:
    first = table(Sheet(), [["No", "Project", "Problem"], ["1", "road", "none"]], top=700).text(
        71, 800, "That was all for this year"
    )
    second = table(Sheet(), [["a", "5", "7"], ["b", "6", "8"]], top=60)
    assert [head for head, _ in rows_of(read(pdf(first, second)), 1)] == [False, False]


def test_boxes_around_text_are_no_tables(engine: str) -> None:
    sheet = Sheet().grid([60, 500], [50, 120]).text(71, 80, "A framed notice for everybody")
    assert [b.kind for b in read(pdf(sheet)).pages[0].blocks] == ["text"]


def test_turned_page(engine: str) -> None:
    # The content is written for a page that is shown turned by 90 degrees.
    sheet = Sheet(width=595, height=842, turn=90)
    for y in (100, 150, 200):
        sheet.rule(y, 842 - 60, y, 842 - 460)
    for x in (60, 260, 460):
        sheet.rule(100, 842 - x, 200, 842 - x)
    for x, y, words in ((70, 130, "No"), (270, 130, "Name"), (70, 180, "1"), (270, 180, "road")):
        sheet.content.append(b"BT /F1 12 Tf 0 1 -1 0 %g %g Tm (%s) Tj ET" % (y, x, words.encode()))
    # Moved the way the page is turned: top of the shown page is the left edge of the written one.
    document = read(pdf(sheet))
    assert sorted(c for _, cells in rows_of(document) for c in cells) == ["1", "Name", "No", "road"]


def test_scanned_page_says_so(engine: str) -> None:
    document = read(pdf(Sheet().image(), Sheet().text(71, 60, "This page has words that can be read by anyone, all of them")))
    scan, words = document.pages
    assert (scan.method, scan.cause, scan.trust, len(scan.images)) == ("none", "no_ocr", 0.0, 1)
    assert (scan.images[0].width, scan.images[0].height) == (10, 10)
    assert (words.method, words.cause) == ("text-layer", None)
    assert (document.cause, document.facts["image_only_pages"]) == (None, "1")
    assert read(pdf(Sheet().image())).cause == "no_ocr"


def test_noise_over_a_scan_is_not_believed(engine: str) -> None:
    sheet = Sheet().image()
    for i in range(6):
        sheet.text(71, 100 + 40 * i, "/ d:s nrna q dni:uir xqz wvu")
    assert read(pdf(sheet)).pages[0].cause == "no_ocr"


def test_cp874_taken_for_latin1_is_undone(engine: str) -> None:
    words = "องค์การบริหารส่วนตำบลประจำปีงบประมาณ"
    page = read(pdf(Sheet().text(71, 60, words.encode("cp874").decode("latin-1")))).pages[0]
    assert words in page.text
    assert page.cause is None


def test_cp874_taken_for_latin1_is_undone_on_the_whole_page(engine: str) -> None:
    # Short lines and one sign that Latin-1 has not: neither keeps the rest from being mended.
    sheet = Sheet().text(71, 60, "“ÃÒÂ§Ò¹”")
    lines = ["องค์การบริหารส่วนตำบล", "ปัญหาและอุปสรรค", "งบ ๒๕๖๕"]
    for n, words in enumerate(lines):
        sheet.text(71, 100 + 40 * n, words.encode("cp874").decode("latin-1"))
    page = read(pdf(sheet)).pages[0]
    assert page.text.splitlines() == ["“รายงาน”", *lines]
    assert page.cause is None


def test_wrong_character_map_is_not_believed(engine: str) -> None:
    words = "กิ์่ เแ้้ ัาี่๊ ำโ ิืป ูุเ ๋เใ" * 3
    page = read(pdf(Sheet().text(71, 60, words).text(71, 90, words))).pages[0]
    assert (page.cause, page.trust) == ("no_ocr", 0.0)


def test_font_without_a_map_is_not_believed(engine: str) -> None:
    sheet = Sheet()
    for n in range(8):
        sheet.unmapped(71, 60 + 20 * n, 40)
    document = read(pdf(sheet, Sheet().text(71, 60, "17 25 33 (4)")))
    assert [page.cause for page in document.pages] == ["no_ocr", None]


def test_letters_that_are_drawings_are_not_an_empty_page(engine: str) -> None:
    document = read(pdf(Sheet().outlines(120), Sheet(), table(Sheet(), [["", "", ""]] * 5), Sheet().outlines(9)))
    assert [(page.cause, page.method) for page in document.pages] == [("no_ocr", "none"), *[(None, "none")] * 3]
    assert document.facts["image_only_pages"] == "1"


def test_words_beside_drawings_are_read(engine: str) -> None:
    sheet = Sheet().outlines(120).text(71, 400, "This page has words that can be read by anyone, all of them, beside an emblem")
    assert read(pdf(sheet)).pages[0].cause is None


@pytest.mark.parametrize("form", [False, True])
def test_scan_cut_into_strips_is_a_scan(engine: str, form: bool) -> None:
    sheet = Sheet()
    for n in range(20):
        sheet.picture_at(20, 20 + 40 * n, 555, 40, form)
    for n in range(6):
        sheet.text(71, 100 + 40 * n, "/ d:s nrna q dni:uir xqz wvu", hidden=True)
    page = read(pdf(sheet)).pages[0]
    assert (page.cause, len(page.images)) == ("no_ocr", 20)


def test_picture_in_a_form_is_a_picture(engine: str) -> None:
    page = read(pdf(Sheet().picture_at(100, 100, 300, 300, form=True))).pages[0]
    assert (page.cause, page.images[0].width) == ("no_ocr", 10)


def test_background_does_not_spoil_the_print(engine: str) -> None:
    names = ["สมชาย ใจดี", "สมหญิง รักไทย", "มานะ อดทน", "ชูใจ เลิศล้ำ", "ปิติ ยินดียิ่ง", "วีระ กล้าหาญ"]
    printed, hidden = Sheet().image(), Sheet().image()
    for n, name in enumerate(names):
        printed.text(71, 100 + 40 * n, name)
        hidden.text(71, 100 + 40 * n, name, hidden=True)
    # The same names as a recognition beneath a scan have no word that bears them out.
    assert [page.cause for page in read(pdf(printed, hidden)).pages] == [None, "no_ocr"]


def test_small_picture_beside_text_changes_nothing(engine: str) -> None:
    sheet = Sheet().picture_at(400, 20, 60, 60).text(71, 100, "/ d:s nrna q dni:uir xqz " + "wxyz " * 12)
    assert read(pdf(sheet)).pages[0].cause is None


def test_facts(engine: str) -> None:
    data = pdf(Sheet().text(71, 60, "words enough")).replace(b"trailer << ", b"trailer << /Info 1 0 R ")
    info = b"<< /Type /Catalog /Pages 2 0 R /Producer (Maker 1) /Creator (Writer) /Title (T)"
    info += b" /CreationDate (D:2023) /ModDate (D:2024) >>"
    document = read(data.replace(b"<< /Type /Catalog /Pages 2 0 R >>", info))
    assert dict(document.facts) == {
        "pages": "1", "producer": "Maker 1", "creator": "Writer", "created": "D:2023", "modified": "D:2024",
        "image_only_pages": "0",
    }  # fmt: skip
    assert document.title == "T"
    # Half a pair of UTF-16 is no reason to lose the document.
    document = read(data.replace(b"<< /Type /Catalog /Pages 2 0 R >>", info.replace(b"(T)", b"<FEFFD800>")))
    assert (document.title, document.pages[0].text) == ("", "words enough")


def test_locks(engine: str) -> None:
    sheet = Sheet().text(71, 60, "Locked words of an agency")
    assert read(pdf(sheet, user="secret")).cause == "encrypted"
    assert read(pdf(sheet, user="")).pages[0].text == "Locked words of an agency"


@pytest.mark.parametrize("cut", [20, 200, 700])
def test_damage_is_unreadable(cut: int) -> None:
    document = read(pdf(Sheet().text(71, 60, "words"))[:cut])
    assert document.cause == "unreadable"


def test_page_under_a_pdf_name_is_read_as_the_page_it_is() -> None:
    document = read(b"<!DOCTYPE html><html><body><h1>404 %PDF-1.4</h1></body></html>", Hints(media_type="application/pdf"))
    assert document.media_type == "text/html"
    assert document.pages[0].blocks[0].kind == "heading"


def test_limits(engine: str) -> None:
    data = pdf(*(Sheet().text(71, 60, f"Page of words number {n}") for n in range(5)))
    document = read(data, limits=Limits(pages=3))
    assert (len(document.pages), document.truncated, document.facts["pages"]) == (3, True, "5")
    assert not read(data).truncated
    assert read(data, limits=Limits(text_chars=40)).truncated


def test_running_head_is_not_content(engine: str) -> None:
    sheets = [
        Sheet().text(71, 30, "Annual report").text(290, 820, f"- {n} -").text(71, 300, f"Body of page {n} in words")
        for n in (1, 2, 3)
    ]
    blocks: list[Block] = [b for p in read(pdf(*sheets)).pages for b in p.blocks]
    assert {b.text: b.zone for b in blocks if b.text == "Annual report"} == {"Annual report": "header"}
    assert {b.zone for b in blocks if b.text.startswith("-")} == {"footer"}
    assert {b.zone for b in blocks if b.text.startswith("Body")} == {"main"}


def test_text_of_the_second_reader_stands_by(monkeypatch: pytest.MonkeyPatch) -> None:
    if not poppler.poppler_version():
        pytest.skip("no pdftotext here")
    data = pdf(Sheet().text(71, 60, "The same words in both"))
    assert read(data).pages[0].alternate == ""
    monkeypatch.setattr(pdf_reader, "pdfium_text", lambda page: "Other words")
    assert read(data).pages[0].alternate == "Other words"


def test_failing_poppler_leaves_pdfium(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poppler.shutil, "which", lambda name: "/nonexistent/pdftotext")
    monkeypatch.setattr(poppler, "poppler_version", lambda: "1")
    assert read(pdf(Sheet().text(71, 60, "words enough"))).pages[0].text == "words enough"


@pytest.mark.parametrize(("producer", "trust"), [("Skia/PDF m120", pdf_reader.TORN), ("Acrobat Distiller", 1.0)])
def test_shaped_thai_that_pdfium_reads_alone_accuses_nobody(producer: str, trust: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poppler, "poppler_version", lambda: "")
    monkeypatch.setattr(pdf_reader, "_fact", lambda document, key: producer if key == "Producer" else "")
    assert read(pdf(Sheet().text(72, 72, "Annual report of the agency for the year"))).pages[0].trust == trust
