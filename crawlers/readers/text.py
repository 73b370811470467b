"""Plain text, JSON and CSV: the charset rule, then lines or rows."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re

from crawlers.charset import decode
from crawlers.readers.assemble import Part, Table, page_of, sheet_parts
from crawlers.readers.interface import Budget, Hints, Limits
from crawlers.readers.lines import Line, fold
from crawlers.readers.sniff import sniff
from crawlers.readers.tables import Cell
from ita_rules.run import catalog
from ita_rules.run.types import Document

DELIMITERS = ",\t;|"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.-]+)", re.I)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>")
MAX_NESTING = 40
"""Objects of a JSON answer nested deeper than this are left out."""

MAX_COLUMNS = 200
"""Columns of a CSV file that are read."""


def version() -> str:
    """Name and version of this reader."""
    return "text/3"


def read(data: bytes, hints: Hints, limits: Limits) -> Document:
    """One page of lines, or of rows for CSV and for what a data catalogue says of a data set (`ita_rules.run.catalog`)."""
    declared = _CHARSET.search(hints.media_type)
    text, charset = decode(data, declared[1] if declared else None)
    media_type = sniff(data, hints)
    budget = Budget(limits)
    text = text.replace("\x00", "")
    facts = {"charset": charset, "pages": "1"}
    found = _loaded(text) if media_type == "application/json" else None
    told = catalog.rows(found)
    if media_type == "text/csv":
        parts = _rows(text, budget)
    elif told:
        parts = [Table([[Cell(field), Cell(fold(value))] for field, value in told], set())]
        facts[catalog.FACT] = catalog.SHOWN
    else:
        parts = _json(found) or _lines(text, budget)
    page = page_of(1, parts, budget, "text")
    return Document(
        hashlib.sha256(data).hexdigest(), media_type, pages=(page,), readers=(version(),), truncated=budget.spent,
        facts=facts,
    )  # fmt: skip


def _lines(text: str, budget: Budget) -> list[Part]:
    """Lines, and rows where tabs part the cells (a table pasted as text); markup that stands in a text is taken off."""
    parts: list[Part] = []
    rows: list[list[Cell]] = []
    for number, line in enumerate(text.splitlines()):
        if number > budget.limits.rows:
            budget.spent = True
            break
        plain = _TAG.sub(" ", line)
        cells = [fold(cell) for cell in plain.split("\t")[:MAX_COLUMNS]]
        if len(cells) >= 3 and (sum(map(bool, cells)) >= 2 or (rows and any(cells))):
            rows.append([Cell(cell) for cell in cells])
            continue
        if rows:
            parts.append(Table(rows))
            rows = []
        if words := fold(plain):
            parts.append(Line(words))
    return [*parts, Table(rows)] if rows else parts


def _loaded(text: str) -> object:
    """What a JSON answer holds; None where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _json(found: object) -> list[Part]:
    """What the values of a JSON answer say: texts as lines (markup taken off), lists of like objects as rows."""
    parts: list[Part] = []
    _values(found, parts, 0)
    return parts


def _values(value: object, parts: list[Part], depth: int) -> None:
    if depth > MAX_NESTING:
        return
    if isinstance(value, str):
        parts.extend(
            _markup(value) if _TAG.search(value) else [Line(words) for line in value.splitlines() if (words := fold(line))]
        )
    elif isinstance(value, dict):
        for inner in value.values():
            _values(inner, parts, depth + 1)
    elif isinstance(value, list):
        if rows := _table(value):
            parts.append(rows)
            return
        for inner in value:
            _values(inner, parts, depth + 1)


def _table(value: list[object]) -> Table | None:
    """A list of two or more objects with the same keys and plain values as a table headed by the keys."""
    rows = [item for item in value if isinstance(item, dict)]
    keys = list(rows[0]) if rows else []
    if len(rows) < 2 or len(rows) != len(value) or len(keys) < 2 or any(list(row) != keys for row in rows):
        return None
    if any(isinstance(cell, dict | list) for row in rows for cell in row.values()):
        return None
    body = [[Cell(fold(_TAG.sub(" ", "" if row[key] is None else str(row[key])))) for key in keys] for row in rows]
    return Table([[Cell(fold(str(key))) for key in keys], *body], {0})


def _markup(text: str) -> list[Part]:
    """The blocks of a piece of a web page, as parts."""
    from crawlers.readers import html

    parts: list[Part] = []
    for _, _, block in html.read(text.encode(), Hints(media_type="text/html; charset=utf-8"), Limits()).blocks():
        if block.kind == "row":
            cells = [Cell(cell) for cell in block.cells]
            if parts and isinstance(last := parts[-1], Table) and not block.header:
                last.rows.append(cells)
            else:
                parts.append(Table([cells], {0} if block.header else set()))
        else:
            parts.append(Line(block.text, bold=block.kind == "heading", level=block.level, item=block.kind == "item"))
    return parts


def _rows(text: str, budget: Budget) -> list[Part]:
    rows: list[list[Cell]] = []
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(text[:20_000], DELIMITERS)
        delimiter = dialect.delimiter
    except csv.Error:
        delimiter = max(DELIMITERS, key=text[:20_000].count)
    old = csv.field_size_limit(1 << 20)
    try:
        for row in csv.reader(io.StringIO(text), delimiter=delimiter):
            if len(rows) > budget.limits.rows:
                budget.spent = True
                break
            rows.append([Cell(fold(value)) for value in row[:MAX_COLUMNS]])
    except csv.Error:
        budget.spent = True
    finally:
        csv.field_size_limit(old)
    return sheet_parts(rows)
