"""The agency's own OIT answers, from the CSV or workbook in which it keeps them.

Columns ``item,has,url,note,agency`` or ``ข้อ,มี,URL,คำอธิบาย,หน่วยงาน`` in any order; `has`, `note` and `agency` may be
absent, and the row of column names need not be the first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ita_rules.complaints import Complaint
from ita_rules.errors import AnswersError
from ita_rules.run.types import Answer
from ita_rules.sheets import Row, SheetError, read_tables

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "item": ("item", "ข้อ", "ข้อที่", "รหัส", "รหัสข้อ", "oit"),
    "url": ("url", "urls", "link", "ลิงก์", "ลิงค์", "ที่อยู่"),
    "has": ("has", "มี", "มี/ไม่มี"),
    "note": ("note", "คำอธิบาย", "หมายเหตุ"),
    "agency": ("agency", "หน่วยงาน", "ชื่อหน่วยงาน"),
}
"""Column → the names by which it is known, in lower case."""

_REQUIRED = ("item", "url")
_HEADER_WITHIN = 30
_YES = frozenset({"มี", "yes", "y", "true", "1", "✓", "✔"})
_NO = frozenset({"ไม่มี", "no", "n", "false", "0", "✗"})
_NOTHING = frozenset({"", "-", "–"})
_NEXT_URL = re.compile(r"\s+(?=https?://)", re.IGNORECASE)
_CODE = re.compile(r"^\W*(?:ข้อ(?:ที่)?\s*)?(?:o\s*[-.]?\s*0*(?P<marked>\d{1,3})(?!\d)|0*(?P<bare>\d{1,3})\.?\s*$)", re.IGNORECASE)
_HOST_FIRST = re.compile(r"^(?:www\.[^\s/]+|[\w-]+(?:\.[\w-]+)*\.(?:th|com|org|net))(?:[/:?]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One row of the sheet: its 1-based number in the file, the item's code, the address cell as it was typed, and the rest.

    `urls` are the addresses taken from the cell, mended where they lacked ``http://``; `has` is None where the row does not say.
    """

    number: int
    item: str
    typed: str
    urls: tuple[str, ...] = ()
    has: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """What an answers file says: one `Answer` per item, warnings (`file`, row, message) on what was left aside, and the rows."""

    answers: tuple[Answer, ...]
    warnings: tuple[Complaint, ...] = ()
    rows: tuple[AnswerRow, ...] = ()


@dataclass(slots=True)
class _Gathered:
    """The rows of one item so far."""

    urls: list[str] = field(default_factory=list)
    has: list[bool] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def item_code(text: str) -> str:
    """``O13`` for o13, O013, ข้อ O13, O๑๓ or 13 (``๐1`` too, a Thai zero typed for the letter); ``""`` for anything else."""
    plain = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in unicodedata.normalize("NFKC", text))
    found = _CODE.match(plain.strip())
    number = int(found["marked"] or found["bare"]) if found else 0
    return f"O{number}" if number else ""


def split_urls(text: str) -> list[str]:
    """The addresses in a cell. A new one starts only where white space is followed by ``http(s)://``: real ones hold blanks."""
    found = []
    for piece in _NEXT_URL.split(text.strip()):
        start = re.search(r"https?://", piece, re.IGNORECASE)
        if start and not piece[: start.start()].strip("\"'<(“"):
            piece = piece[start.start() :]
        found.append(re.sub(r"[\r\n\t]+", "", piece).strip().rstrip(",;\"'>”"))
    return [p for p in found if p]


def load_answers(path: Path, *, known_items: Collection[str], agency: str | None = None) -> AnswersFile:
    """The answers in a file. `known_items` are the codes of the rule set; `agency` chooses where one sheet serves many.

    Raises:
        AnswersError: the file cannot be read, lacks a column (`values` holds those found), or has no row of the agency.
    """
    try:
        rows, columns = _table(path)
    except SheetError as err:
        raise AnswersError(f"error.answers.{err.reason}", file=str(path), detail=err.detail, limit=err.detail) from err
    rows = _of_agency(rows, columns, agency, path)
    warnings: list[Complaint] = []
    gathered: dict[str, _Gathered] = {}
    taken: list[AnswerRow] = []
    code = ""
    for row in rows:
        said = row.cell(columns["item"])
        code = item_code(said) if said else code
        one = _take(row, columns, code, said, known_items, warnings, str(path))
        if one is not None:
            taken.append(one)
            into = gathered.setdefault(code, _Gathered())
            into.urls += one.urls
            into.has += [one.has] if one.has is not None else []
            into.notes += [one.note] if one.note else []
    if not gathered and not warnings:
        raise AnswersError("error.answers.empty", file=str(path))
    answers = tuple(
        Answer(
            item=item,
            urls=tuple(dict.fromkeys(g.urls)),
            has=any(g.has) if g.has else None,
            note="\n".join(dict.fromkeys(g.notes)),
        )
        for item, g in gathered.items()
    )
    return AnswersFile(answers, tuple(warnings), tuple(taken))


def _table(path: Path) -> tuple[list[Row], dict[str, int | None]]:
    """The rows below the column names, and where each column is, of the first table that has the columns."""
    nearest: tuple[int, dict[str, int | None], Row] | None = None
    for rows in read_tables(path):
        for number, row in enumerate(rows[:_HEADER_WITHIN]):
            columns = _columns(row)
            score = sum(columns[c] is not None for c in COLUMNS)
            if all(columns[c] is not None for c in _REQUIRED):
                return rows[number + 1 :], columns
            if any(row.cells) and (nearest is None or score > nearest[0]):
                nearest = (score, columns, row)
    if nearest is None:
        raise AnswersError("error.answers.empty", file=str(path))
    missing = [c for c in _REQUIRED if nearest[1][c] is None]
    found = [c for c in nearest[2].cells if c][:20]
    raise AnswersError("error.answers.missing_column", file=str(path), column=", ".join(missing), found=found)


def _columns(row: Row) -> dict[str, int | None]:
    names = [re.sub(r"\s+", "", c).lower() for c in row.cells]
    return {column: next((i for i, n in enumerate(names) if n in known), None) for column, known in COLUMNS.items()}


def _of_agency(rows: list[Row], columns: dict[str, int | None], agency: str | None, path: Path) -> list[Row]:
    """The rows of one agency; all of them where the file names none or one."""
    column = columns["agency"]
    if column is None:
        return rows
    named: list[tuple[str, Row]] = []
    last = ""
    for row in rows:
        last = _name(row.cell(column)) or last
        named.append((last, row))
    names = {name for name, _ in named if name}
    wanted = _name(agency or "")
    if len(names) <= 1 and not wanted:
        return rows
    if wanted not in names and names:
        raise AnswersError("error.answers.no_agency", file=str(path), agency=agency or "-")
    return [row for name, row in named if name == wanted]


def _name(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _take(
    row: Row,
    columns: dict[str, int | None],
    code: str,
    said: str,
    known_items: Collection[str],
    warnings: list[Complaint],
    file: str,
) -> AnswerRow | None:
    """What one row says; None where it says nothing of an item."""
    text = row.cell(columns["url"])
    column = columns["url"]
    link = row.links.get(column, "") if column is not None else ""
    if link and "://" not in text:
        text = link
    if column in row.unsaved:
        warnings.append(Complaint(file, row.number, "warn.answers.formula", {"item": code or said}))
    has, note = row.cell(columns["has"]).casefold(), row.cell(columns["note"])
    if not code or code not in known_items:
        # A heading between items says nothing about an item; a code or an address that leads nowhere is worth a word.
        if code or text:
            warnings.append(Complaint(file, row.number, "warn.answers.unknown_item", {"item": code or said or "-"}))
        return None
    urls: list[str] = []
    for url in split_urls(text):
        if _HOST_FIRST.match(url):
            warnings.append(Complaint(file, row.number, "warn.answers.no_scheme", {"item": code, "url": url}))
            urls.append(f"http://{url}")
        elif re.match(r"https?://[^/\s]", url, re.IGNORECASE):
            urls.append(url)
        elif url not in _NOTHING:
            warnings.append(Complaint(file, row.number, "warn.answers.bad_url", {"item": code, "url": url}))
    if has not in _YES | _NO | _NOTHING:
        warnings.append(Complaint(file, row.number, "warn.answers.has", {"item": code, "has": has}))
    said_has = (has in _YES) if has in _YES | _NO else None
    return AnswerRow(row.number, code, text, tuple(urls), said_has, note)
