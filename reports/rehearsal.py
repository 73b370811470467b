"""The rehearsal of an answers sheet for people: lines of the terminal, and the cleaned sheet that comes back.

The sheet's first columns are those that the answers file has, so that it can be handed to ``--answers`` again as it stands; what
the examiner will see and what to do stand to their right.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from rich.console import Console
from rich.text import Text

from ita_rules.messages import Catalogue, clean
from ita_rules.rehearsed import Rehearsed
from reports.cells import guarded
from reports.interface import write_whole

_WIDTHS = (8, 8, 52, 34, 30, 16, 60, 60, 10)
_FILLS = {"ready": "E3F2E1", "mend": "FBE3E0", "unsure": "FFF4D6"}
_MARKS = {"ready": ("✓", "green"), "mend": ("✕", "bold red"), "unsure": ("?", "yellow")}
_CELL = 30_000


def write_sheet(rows: Sequence[Rehearsed], folder: Path, stem: str, suffix: str, say: Catalogue) -> Path:
    """Write the cleaned sheet as ``folder/stem + suffix``, `suffix` being ``.csv`` or ``.xlsx``, and return its path.

    Raises `OutputError` when it cannot be written. No cell can be taken for a formula.
    """
    head, table = _head(say), [_cells(row, say) for row in rows]
    if suffix == ".csv":
        out = io.StringIO(newline="")
        csv.writer(out).writerows([head, *([guarded(_plain(cell)) for cell in cells] for cells in table)])
        return write_whole(folder, stem + suffix, ("\ufeff" + out.getvalue()).encode("utf-8"))
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = say.say("rehearse.sheet.answers")
    _fill(sheet, head, table, [row.readiness for row in rows])
    buffer = io.BytesIO()
    book.save(buffer)
    return write_whole(folder, stem + suffix, buffer.getvalue())


def render(rows: Sequence[Rehearsed], console: Console, say: Catalogue) -> None:
    """Print each row with what the examiner will see, what to do below it, and how many rows are ready."""
    encoding = console.encoding or "utf-8"

    def line(text: str, style: str = "") -> None:
        console.print(Text(text.encode(encoding, "replace").decode(encoding, "replace"), style))

    for row in rows:
        mark, style = _MARKS[row.readiness]
        place = say.say("rehearse.row", number=row.number) if row.number else say.say("rehearse.no_row")
        line(f"{mark} {row.item} {clean(row.name, 80)} ({place}): {say.say(f'rehearse.{row.readiness}')}", style)
        for remark in row.remarks:
            line(f"    {clean(remark.text, 400)}")
            if remark.fix:
                line(f"    > {clean(remark.fix, 400)}", "cyan")
    told = {name: sum(row.readiness == name for row in rows) for name in _MARKS}
    line(say.say("rehearse.summary", rows=len(rows), **told))


def _head(say: Catalogue) -> list[str]:
    names = ("item", "has", "url", "note", "name", "readiness", "remarks", "fixes", "number")
    return ["URL" if name == "url" else say.say(f"rehearse.column.{name}") for name in names]


def _cells(row: Rehearsed, say: Catalogue) -> list[str]:
    has = "" if row.has is None else say.say("rehearse.yes" if row.has else "rehearse.no")
    return [
        row.item,
        has,
        # A new address starts only where white space is followed by http (the way answers are read).
        "\n".join(row.urls),
        row.note,
        row.name,
        say.say(f"rehearse.{row.readiness}"),
        _lines(remark.text for remark in row.remarks),
        _lines(dict.fromkeys(remark.fix for remark in row.remarks if remark.fix)),
        str(row.number or ""),
    ]


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(clean(text, 2000) for text in texts)


def _plain(text: str) -> str:
    return "".join(c for c in text if c == "\n" or c.isprintable())[:_CELL]


def _fill(sheet: Worksheet, head: list[str], table: list[list[str]], readiness: list[str]) -> None:
    for number, cells in enumerate([head, *table], start=1):
        for column, text in enumerate(cells, start=1):
            cell = sheet.cell(number, column)
            cell.value = _plain(text)
            # A text stays a text, whatever it looks like.
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)
            elif column == 6:
                cell.fill = PatternFill("solid", fgColor=_FILLS[readiness[number - 2]])
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[chr(64 + column)].width = width
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{chr(64 + len(head))}{len(table) + 1}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
