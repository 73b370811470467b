"""Workbooks put together safely: text that no spreadsheet takes for a formula, and sheets that look and print alike.

Everything is written in openpyxl's write-only mode, row by row, so that memory does not grow with the rows. A cell holds
text, a number, a link or a status; formulas cannot be written by any way through this module. The same rows give the same
bytes: no clock of this machine stands in the file.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import re
import shutil
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from ita_rules.messages import Catalogue, clean
from ita_rules.model import Status

TEXT_LIMIT = 1_000
"""Characters of one text in a cell; the rest becomes an ellipsis."""

CELL_LIMIT = 32_000
"""Characters of a whole cell; spreadsheets take 32,767."""

_STARTS_FORMULA = tuple("=+-@＝＋－＠")
# XML 1.0 has no place for these, and `_x003D_` in a cell is read as the character of that number.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']+")
_TITLE_LIMIT = 31
_LINKS_LIMIT = 60_000  # a sheet holds 65,530
_EPOCH = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)\b[^>]*>)[^<]*")
_HEADING_ROWS = 2
_LINE = 13.5  # points that a line of the font takes
_MOST_LINES = 12  # taller rows push the others out of sight; the whole text is in the cell all the same
_PAGE = 210.0  # characters that an A4 page across holds while it can be read
_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_BREAKS = 1.05  # Thai breaks between words, so that lines are not filled to their end

_FONT = "Tahoma"  # on every Windows and Mac with its Thai letters; other systems put their own in its place
_LOOKS: dict[str, tuple[str, str]] = {
    Status.PASS.value: ("E6F4EA", "1B5E2A"),
    Status.GAP.value: ("FBE4E2", "9A1111"),
    Status.UNDECIDED.value: ("FDF3D6", "6B4A00"),
    Status.NOT_DUE.value: ("E6EEFC", "17408B"),
    Status.NOT_APPLICABLE.value: ("F0F1F2", "52575C"),
}
"""Fill and letters of each status; the words or the symbol in the cell say the same."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters, whether it is centred, and whether it is hidden from view."""

    title: str
    width: float
    centred: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to `href`, which has passed `reports.view.safe_href`; None leaves plain words."""

    words: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A status as `words`, in its colours."""

    words: str
    status: Status


Spec = tuple[str, float, bool]
"""A column as sheets list theirs: its name in the message catalogues, its width, whether it is centred."""

Cell = str | int | float | Link | Mark | None
"""What a cell may hold; None is an empty one."""


def harmless(text: str, limit: int = TEXT_LIMIT) -> str:
    """`text` on one line, cleaned, at most `limit` characters, with an apostrophe before what could begin a formula."""
    return guarded(_NOT_XML.sub("", clean(text, limit)))


def guarded(text: str) -> str:
    """`text` with an apostrophe before what a spreadsheet could take for a formula."""
    return f"'{text}" if text.lstrip().startswith(_STARTS_FORMULA) else text


def lines(texts: Iterable[str], limit: int = TEXT_LIMIT) -> str:
    """Several texts below each other in one cell, each cleaned and bounded; none twice, empty ones left out."""
    found = dict.fromkeys(plain for text in texts if (plain := _NOT_XML.sub("", clean(text, limit))))
    return "\n".join(found)


def columns(family: str, specs: Iterable[Spec], say: Catalogue) -> tuple[Column, ...]:
    """Columns with their headings in words; `family` is the catalogue's prefix, such as ``report.book.items``."""
    return tuple(Column(say.say(f"{family}.{name}"), width, centred) for name, width, centred in specs)


class Book:
    """A workbook in the making. `made` is the time that it bears (ISO 8601), such as the end of the gathering."""

    def __init__(self, title: str, made: str) -> None:
        self._book = Workbook(write_only=True)
        self._made = _moment(made)
        self._book.properties.title = harmless(title, 200)
        self._book.properties.creator = "ita-rules"
        for style in _styles():
            self._book.add_named_style(style)
        self._sheets: list[Sheet] = []

    def sheet(self, name: str, heading: str, columns: Sequence[Column], *, frozen: int = 1) -> Sheet:
        """A new sheet with `heading` above its columns' headings; the first `frozen` columns stay in view."""
        title = _NOT_IN_TITLES.sub(" ", clean(name, 200))[:_TITLE_LIMIT].strip() or "-"
        made = Sheet(self._book.create_sheet(title), heading, columns, frozen)
        self._sheets.append(made)
        return made

    def content(self) -> bytes:
        """The workbook's bytes; nothing can be added afterwards."""
        for sheet in self._sheets:
            sheet.finish()
        stream = io.BytesIO()
        self._book.save(stream)
        return _settled(stream, self._made)


class Sheet:
    """A sheet in the making: headings in view and on every printed page, a filter on each column, A4 across."""

    def __init__(self, page: Any, heading: str, columns: Sequence[Column], frozen: int) -> None:
        self._page = page
        self._columns = tuple(columns)
        self._rows = 0
        self._links = 0
        self._choices: list[tuple[int, DataValidation]] = []
        self._shared: dict[Mark, Any] = {}
        for number, column in enumerate(self._columns, 1):
            place = page.column_dimensions[get_column_letter(number)]
            place.width, place.hidden = column.width, column.hidden
        total = sum(column.width for column in self._columns if not column.hidden)
        page.freeze_panes = f"{get_column_letter(frozen + 1)}{_HEADING_ROWS + 1}"
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = math.ceil(total / _PAGE), 0
        page.page_margins.left = page.page_margins.right = 0.4
        page.page_margins.top, page.page_margins.bottom, page.page_margins.footer = 0.5, 0.7, 0.35
        page.oddFooter.right.text = "&P / &N"
        page.print_title_rows = f"1:{_HEADING_ROWS}"
        if total > _PAGE:
            page.print_title_cols = f"A:{get_column_letter(frozen)}"
        self._empty = self._made("", "ita.text")
        seen = next((place for place, column in enumerate(self._columns) if not column.hidden), 0)
        self._append([None] * seen + [self._made(harmless(heading, 160), "ita.title")], 24)
        heads = [self._made(harmless(column.title), "ita.head") for column in self._columns]
        self._append(heads, self._height(heads) + 4)

    @property
    def rows(self) -> int:
        """How many rows stand below the headings."""
        return self._rows - _HEADING_ROWS

    def add(self, *cells: Cell) -> None:
        """A row. Text may be anything, with line breaks where `lines` put them: it is cleaned and made harmless here."""
        row = [self._cell(cell, column) for cell, column in zip(cells, self._columns, strict=False)]
        row += [self._empty] * (len(self._columns) - len(row))
        self._append(row, self._height(row))

    def offer(self, column: int, choices: Sequence[str], title: str, words: str) -> None:
        """Let the cells of a column (0-based) be chosen from a list; anything else is refused there with `words`."""
        listed = ",".join(harmless(choice.replace(",", " ").replace('"', " ")) for choice in choices)
        offered = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=True)
        offered.errorTitle, offered.error = clean(title, 32), clean(words, 250)
        self._choices.append((column, offered))

    def finish(self) -> None:
        """Close the sheet: what has to know the last row is written now."""
        last = max(self._rows, _HEADING_ROWS + 1)
        for column, offered in self._choices:
            letter = get_column_letter(column + 1)
            offered.add(f"{letter}{_HEADING_ROWS + 1}:{letter}{last}")
            self._page.data_validations.append(offered)
        if self.rows:
            self._page.auto_filter.ref = f"A{_HEADING_ROWS}:{get_column_letter(len(self._columns))}{last}"

    def _cell(self, cell: Cell, column: Column) -> Any:
        look = "ita.centred" if column.centred else "ita.text"
        if isinstance(cell, Mark):
            # One cell serves all places of its kind: it is written at once, and a grid of many agencies has few kinds.
            if cell not in self._shared:
                self._shared[cell] = self._made(_whole(cell.words), f"ita.{cell.status.value}")
            return self._shared[cell]
        if isinstance(cell, Link):
            linked = cell.href is not None and self._links < _LINKS_LIMIT
            made = self._made(_whole(cell.words), "ita.link" if linked else look)
            if linked:
                self._links += 1
                made.hyperlink = cell.href
                # Giving a cell its link also gives it the address as its words where it has none.
                made.data_type = "s"
            return made
        if isinstance(cell, str):
            return self._made(_whole(cell), look)
        return self._empty if cell is None else self._made(cell, "ita.centred" if column.centred else "ita.number")

    def _made(self, value: str | float, look: str) -> Any:
        made = WriteOnlyCell(self._page, value=value or None if isinstance(value, str) else value)
        if isinstance(value, str) and value:
            made.data_type = "s"  # nothing is taken for an error value or a formula
        made.style = look
        return made

    def _height(self, cells: Sequence[Any]) -> float:
        """The height (points) that a row needs: no program reckons it for Thai text of its own accord."""
        most = 1
        for cell, column in zip(cells, self._columns, strict=True):
            # A short text fits whatever it is, and most texts of a large grid are short.
            if isinstance(cell.value, str) and not column.hidden and len(cell.value) > column.width * 0.8:
                room = max(column.width - 1, 1)
                told = (math.ceil(len(_MARKS.sub("", line)) * _BREAKS / room) for line in cell.value.split("\n"))
                most = max(most, sum(max(1, each) for each in told))
            elif isinstance(cell.value, str) and "\n" in cell.value:
                most = max(most, cell.value.count("\n") + 1)
        return min(most, _MOST_LINES) * _LINE + 3

    def _append(self, cells: list[Any], height: float) -> None:
        number = self._rows + 1
        self._page.row_dimensions[number].height = height
        self._page.append(cells)
        # What is written is forgotten: a row of thousands would else stay in memory.
        del self._page.row_dimensions[number]
        self._rows = number


def table(
    book: Book,
    family: str,
    heading: str,
    specs: Sequence[Spec],
    rows: Sequence[Mapping[str, Cell]],
    say: Catalogue,
    *,
    frozen: int,
    optional: Collection[str] = (),
) -> Sheet:
    """A sheet called `family` in words; rows name their cells by column, and `optional` columns that no row fills go."""
    kept = [spec for spec in specs if spec[0] not in optional or any(row.get(spec[0]) not in (None, "") for row in rows)]
    sheet = book.sheet(say.say(family), heading, columns(family, kept, say), frozen=frozen)
    for row in rows:
        sheet.add(*(row.get(name) for name, _, _ in kept))
    return sheet


def _whole(words: str) -> str:
    """The words of a cell: bounded, its lines kept, each character one that XML and a spreadsheet read as it is."""
    cleaned = "\n".join(clean(line, CELL_LIMIT) for line in words[:CELL_LIMIT].split("\n"))
    plain = _ESCAPE.sub("_x005F_", _NOT_XML.sub("", cleaned).strip())[:CELL_LIMIT]
    return guarded(plain)


def _styles() -> Iterable[NamedStyle]:
    """The looks of cells, by name."""
    thin = Side(style="thin", color="C9CED3")
    frame = Border(left=thin, right=thin, top=thin, bottom=thin)
    top = Alignment(vertical="top", wrap_text=True)
    middle = Alignment(horizontal="center", vertical="top", wrap_text=True)
    fill = PatternFill("solid", fgColor="1F3B57")
    font = Font(name=_FONT, size=10)
    yield NamedStyle("ita.title", font=Font(name=_FONT, size=13, bold=True), alignment=Alignment(vertical="center"))
    yield NamedStyle(
        "ita.head",
        font=Font(name=_FONT, size=10, bold=True, color="FFFFFF"),
        fill=fill,
        border=frame,
        alignment=Alignment(horizontal="center", vertical="center", wrap_text=True),
    )
    yield NamedStyle("ita.text", font=font, border=frame, alignment=top)
    yield NamedStyle("ita.number", font=font, border=frame, alignment=top, number_format="General")
    yield NamedStyle("ita.centred", font=font, border=frame, alignment=middle)
    yield NamedStyle("ita.link", font=Font(name=_FONT, size=10, color="0B4F9E", underline="single"), border=frame, alignment=top)
    for status, (pale, dark) in _LOOKS.items():
        yield NamedStyle(
            f"ita.{status}",
            font=Font(name=_FONT, size=10, bold=True, color=dark),
            fill=PatternFill("solid", fgColor=pale),
            border=frame,
            alignment=middle,
        )


def _moment(iso: str) -> dt.datetime:
    """A time as written in UTC; a fixed one where it is none."""
    try:
        found = dt.datetime.fromisoformat(iso)
        return found.astimezone(dt.UTC) if found.tzinfo else found.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError):
        return _EPOCH


def _settled(stream: io.BytesIO, made: dt.datetime) -> bytes:
    """The archive again, with `made` in the place of every time that the machine's clock gave."""
    out = io.BytesIO()
    stamp = made.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, _EPOCH.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            with old.open(entry) as source, new.open(info, "w") as target:
                if entry.filename == "docProps/core.xml":
                    target.write(_STAMP.sub(rb"\g<1>" + stamp, source.read()))
                else:
                    shutil.copyfileobj(source, target, 1 << 20)
    return out.getvalue()
