"""The reviewer's sheet read back: each row with a decision, checked, and every fault told with its row.

The sheet may have been sorted, filtered, shortened and saved by any spreadsheet; columns are known by their headings in either
language. A row without a decision and without a comment is simply not decided yet.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ita_rules.complaints import Complaint
from ita_rules.decisions import COMMENT_LIMIT, NAME_LIMIT
from ita_rules.errors import AnswersError
from ita_rules.messages import LANGUAGES, clean, messages
from ita_rules.model import Status
from ita_rules.sheets import Row, SheetError, read_tables

DECISIONS = ("confirm", "pass", "gap", "more")
_COLUMNS = ("key", "run", "item", "decision", "comment", "who", "when")
_REQUIRED = ("key", "run", "decision", "comment")
_HEADER_WITHIN = 10
_KEY = re.compile(r"([0-9a-f]{16}):([^:\s]{1,20}):([a-z_]{1,20})")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_TOO_LONG = COMMENT_LIMIT + 1
_LAST_CHRISTIAN_YEAR = 2400
_BUDDHIST_AHEAD = 543


@dataclass(frozen=True, slots=True)
class Decided:
    """A row with a decision: `row` is its number in the file, `run` the folder as noted in it, `when` an A.D. day."""

    row: int
    run_id: str
    run: str
    item: str
    on: Status
    decision: str
    comment: str
    who: str
    when: dt.date


def read_decided(path: Path, who: str, when: dt.date) -> tuple[tuple[Decided, ...], tuple[Complaint, ...]]:
    """The decided rows of a reviewer's sheet, and the faults of those that cannot be taken, by row.

    `who` and `when` stand in where a row's own columns are empty.

    Raises:
        AnswersError: it cannot be read, or is no reviewer's sheet.
    """
    try:
        for rows in read_tables(path):
            for number, row in enumerate(rows[:_HEADER_WITHIN]):
                columns = _columns(row)
                if all(name in columns for name in _REQUIRED):
                    return _rows(rows[number + 1 :], columns, str(path), who, when)
    except SheetError as err:
        raise AnswersError(f"error.decisions.sheet_{err.reason}", file=str(path), detail=err.detail, limit=err.detail) from err
    raise AnswersError("error.decisions.no_sheet", file=str(path))


def _columns(row: Row) -> Mapping[str, int]:
    """Where each column stands, by its heading in any language."""
    heads = {_folded(cell): place for place, cell in reversed(list(enumerate(row.cells))) if cell}
    found: dict[str, int] = {}
    for name in _COLUMNS:
        for lang in LANGUAGES:
            place = heads.get(_folded(messages(lang).say(f"report.book.queue.{name}")))
            if place is not None:
                found.setdefault(name, place)
    return found


def _rows(
    rows: list[Row], columns: Mapping[str, int], file: str, who: str, when: dt.date
) -> tuple[tuple[Decided, ...], tuple[Complaint, ...]]:
    found: dict[tuple[str, str], Decided] = {}
    faults: list[Complaint] = []
    for row in rows:
        one = _decided(row, columns, who, when, _complainer(faults, file, row))
        if one is None:
            continue
        before = found.setdefault((one.run_id, one.item), one)
        if before is not one:
            faults.append(Complaint(file, row.number, "error.decisions.twice", {"item": one.item, "before": before.row}))
    return tuple(found.values()), tuple(faults)


def _complainer(faults: list[Complaint], file: str, row: Row) -> Callable[..., None]:
    def complain(message_id: str, **values: object) -> None:
        faults.append(Complaint(file, row.number, message_id, values))

    return complain


def _decided(row: Row, columns: Mapping[str, int], who: str, when: dt.date, complain: Callable[..., None]) -> Decided | None:
    """A row as a decision; None where it has none, or after complaining."""
    said = {name: _bare(row.cell(columns.get(name))) for name in _COLUMNS}
    comment = "\n".join(clean(line, _TOO_LONG) for line in said["comment"].splitlines())
    if not said["decision"]:
        if comment:
            complain("error.decisions.no_decision", item=said["item"])
        return None
    known = _KEY.fullmatch(said["key"])
    if known is None or known[3] not in {status.value for status in Status}:
        complain("error.decisions.key", found=said["key"])
        return None
    on, decision = Status(known[3]), _decision(said["decision"])
    if not decision:
        offered = [messages(lang).say(f"report.decision.{each}") for lang in LANGUAGES[:1] for each in DECISIONS]
        complain("error.decisions.unknown", found=said["decision"], known=offered)
    elif decision == "confirm" and on is Status.UNDECIDED:
        complain("error.decisions.nothing_to_confirm", item=known[2])
    elif decision in ("pass", "gap") and not comment:
        complain("error.decisions.no_reason", item=known[2])
    elif len(comment) > COMMENT_LIMIT:
        complain("error.decisions.long", item=known[2], limit=COMMENT_LIMIT)
    elif not (said["who"] or who):
        complain("error.decisions.nobody", item=known[2])
    else:
        day = _day(said["when"]) if said["when"] else when
        if day is None:
            complain("error.decisions.day", found=said["when"])
            return None
        name = clean(said["who"] or who, NAME_LIMIT)
        return Decided(row.number, known[1], said["run"], known[2], on, decision, comment, name, day)
    return None


def _decision(text: str) -> str:
    """The short name of a decision as chosen in either language, or typed; ``""`` for what is none."""
    wanted = _folded(text)
    for each in DECISIONS:
        if wanted == each or any(wanted == _folded(messages(lang).say(f"report.decision.{each}")) for lang in LANGUAGES):
            return each
    return ""


def _day(text: str) -> dt.date | None:
    """A day as a spreadsheet gives it (``2026-11-21 00:00:00``) or as people type it (``21/11/2569``); None for neither."""
    digits = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text.strip())
    typed = _DAY.fullmatch(digits)
    try:
        if typed is not None:
            year, month, day = int(typed[3]), int(typed[2]), int(typed[1])
        else:
            year, month, day = (int(part) for part in digits[:10].split("-"))
        return dt.date(year - _BUDDHIST_AHEAD if year >= _LAST_CHRISTIAN_YEAR else year, month, day)
    except ValueError:
        return None


def _bare(text: str) -> str:
    """A cell as it was meant: without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    bare = text.strip()
    return bare[1:] if len(bare) > 1 and bare[0] == "'" and bare[1] in "=+-@＝＋－＠" else bare


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()
