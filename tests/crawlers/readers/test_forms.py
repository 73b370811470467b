"""One text in every form: whatever the file, the same phrases are found and the tables have the same rows and cells."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest

from crawlers.readers.interface import Hints, read
from ita_rules.run.types import Document
from tests.corpora.office import make
from tests.corpora.office.content import LIST, SECTIONS, TABLES, TITLE, grid, phrases

FOLDER = Path(make.__file__).parent


def web_archive() -> bytes:
    made: EmailMessage | MIMEMultipart = MIMEMultipart("related")
    made.attach(MIMEText(make.page(), "html", "utf-8"))
    return made.as_bytes()


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("รายงาน.doc", (FOLDER / "rich.doc").read_bytes())
    return out.getvalue()


TEXTS: dict[str, Callable[[], bytes]] = {
    "docx": make.word,
    **{form: (FOLDER / f"rich.{form}").read_bytes for form in ("doc", "odt", "rtf")},
}
SHEETS: dict[str, Callable[[], bytes]] = {
    "xlsx": make.workbook,
    **{form: (FOLDER / f"rich.{form}").read_bytes for form in ("xls", "ods")},
}
SLIDES: dict[str, Callable[[], bytes]] = {
    "pptx": make.slides,
    **{form: (FOLDER / f"rich.{form}").read_bytes for form in ("ppt", "odp")},
}
PAGES: dict[str, Callable[[], bytes]] = {
    "html called xls": lambda: make.page().encode("cp874"),
    "web archive called doc": web_archive,
    "zip of one doc": archive,
}
ALL = {**TEXTS, **SHEETS, **SLIDES, **PAGES}


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    """Every form, read."""
    return {form: read(made(), Hints(filename=f"x.{form.split()[-1]}")) for form, made in ALL.items()}


def tables(document: Document) -> Iterator[list[tuple[bool, tuple[str, ...]]]]:
    """The tables with their rows: whether a row heads the columns, and its cells."""
    for page in document.pages:
        for number in sorted({block.table for block in page.blocks if block.kind == "row"}):
            yield [(block.header, block.cells) for block in page.blocks if block.table == number]


@pytest.mark.parametrize("form", ALL)
def test_every_phrase_is_found(documents: dict[str, Document], form: str) -> None:
    document = documents[form]
    assert (document.cause, document.truncated) == (None, False)
    said = {text for _, _, block in document.blocks() for text in (block.text, *block.cells)}
    assert [phrase for phrase in phrases() if phrase not in said] == []


@pytest.mark.parametrize("form", ALL)
def test_tables_are_the_same(documents: dict[str, Document], form: str) -> None:
    first, second = list(tables(documents[form]))[:2]
    assert [cells for _, cells in first] == [tuple(row) for row in grid(TABLES[0])]
    assert [cells for _, cells in second] == [tuple(row) for row in grid(TABLES[1])]
    assert [head for head, _ in first] == [True, True, False, False, False]
    assert [head for head, _ in second] == [True, False, False, False]


@pytest.mark.parametrize("form", [*TEXTS, "html called xls", "web archive called doc", "zip of one doc"])
def test_headings_have_their_level_and_lists_are_items(documents: dict[str, Document], form: str) -> None:
    kinds = {block.text: (block.kind, block.level) for _, _, block in documents[form].blocks()}
    assert kinds[TITLE] == ("heading", 1)
    assert [kinds[heading] for heading, _ in SECTIONS] == [("heading", 2)] * len(SECTIONS)
    assert [kinds[item] for item in LIST] == [("item", 0)] * len(LIST)


@pytest.mark.parametrize("form", TEXTS)
def test_numbers_feet_pictures_and_titles(documents: dict[str, Document], form: str) -> None:
    document = documents[form]
    (page,) = document.pages
    said = [block.text for block in page.blocks]
    assert [f"{number}. {step}" in said for number, step in enumerate(make.STEPS, start=1)] == [True] * 3
    assert next(block.zone for block in page.blocks if block.text == make.FOOT) == "footer"
    assert [abs(image.width - 21) < 3 for image in page.images] == [True]
    assert document.title == TITLE
    assert document.facts["created"].startswith("2013-12-23")


@pytest.mark.parametrize("form", SHEETS)
def test_sheets_have_names_and_values_as_shown(documents: dict[str, Document], form: str) -> None:
    document = documents[form]
    assert [page.name for page in document.pages] == ["ผลการดำเนินงาน", "วันที่"]
    row = document.pages[1].blocks[1].cells
    assert row[0] in ("01/10/2565", "1 ต.ค. 65")
    assert row[1].startswith(("09:05", "9:05"))
    assert row[2:] == ("1,234.50", "86.64%")
    assert document.title == TITLE


@pytest.mark.parametrize("form", SLIDES)
def test_each_slide_that_is_shown_is_a_page_headed_by_its_title(documents: dict[str, Document], form: str) -> None:
    document = documents[form]
    heads = [page.blocks[0].text for page in document.pages[:-1]]
    assert heads == [TITLE, *(heading for heading, _ in SECTIONS)]
    assert {page.blocks[0].level for page in document.pages[:-1]} == {1}
    assert not any(make.NOTE in page.text for page in document.pages)
    last = document.pages[-1]
    assert (last.cause, last.number) == ("no_ocr", 6)
    assert last.images[0].width > 700
