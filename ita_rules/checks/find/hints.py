"""Labels that nobody listed but that may be a component all the same: they bear one of its stems and have content.

A vocabulary never has every agency's words. Where such a label stands, "not found" is no more than a guess, and the check
becomes undecided with the label shown, instead of an accusation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ita_rules.checks.find.findings import Hit, shorten
from ita_rules.checks.find.shapes.people import PERSON
from ita_rules.checks.find.spec import Spec, without
from ita_rules.checks.find.tables import Table, filled, tables
from ita_rules.locate.lines import Line
from ita_rules.thai.fold import clean, key, loose

_FIELD = re.compile(r"^(?P<label>[^:：=]{2,60}?)\s*[:：=]\s*(?P<value>\S.*)$")
_LONGEST = 60  # letters of a label
_TITLES = 4  # lines at a document's head that look like headings in any
SMALL_NUMBER = re.compile(r"^\s*(?:[0-9]{1,3}|[0-9]{1,2}[.:][0-9]{2}(?:\s*[-–]\s*[0-9]{1,2}[.:][0-9]{2})?\s*น?\.?)\s*$")
"""A cell that counts, or tells the hours of the day."""

NUMBER = re.compile(r"^\s*[-+−–±]?\s*[0-9][0-9,.:/%()\s-]*$")
"""A cell that holds a number of any size, a share, a difference or a day."""

_USUAL = re.compile("ลาดับ|ที$|^ที|หมายเหตุ|รายการ|โครงการ|กิจกรรม|วัน|เดือน|ปี|ไตรมาส|จานวน|รวม|หนวย|ชือ|ประเภท|เลข|เอกสาร|ราคา|วงเงิน")
"""Words of heads (folded) that tables on anything have."""
_SHORT = 45  # letters of a line that may be a heading though nothing marks it
_WIDE = 3  # columns up to which the first cell of a row is a label and not a name among names


def hinted(lines: Sequence[Line], spec: Spec, titles: frozenset[str] = frozenset()) -> list[Hit]:
    """The suspicious labels in the lines of one document, each once; none where the component has no hints."""
    if not spec.hints:
        return []
    found: dict[str, Hit] = {}
    for line, label in labels([x for x in lines if not x.toc and not x.criterion and x.loose not in titles]):
        stem = _stem(spec, label)
        if stem:
            found.setdefault(loose(label), Hit("section", stem, line, shorten(label), 0.5))
    return list(found.values())


def strange(lines: Sequence[Line], known: Sequence[str], *, in_words: bool = False) -> list[Hit]:
    """Filled columns whose heads bear no word that the rules know of anything: the component may be there in words of its own.

    The first column with words tells what the rows are about, and small numbers count something; neither is meant. `known` are
    the folded wordings and look-alikes of all components and the titles of all concepts of the rule set. What is told `in_words`
    is in no column of numbers, however large.
    """
    found: dict[str, Hit] = {}
    for table in tables([x for x in lines if not x.toc and not x.criterion]):
        subject = True
        if any(PERSON.search(clean(head)) for head in table.heads):
            continue  # the first row of a list of people without headings
        for index, head in enumerate(table.heads):
            cells = [cell for _, cell in table.column(index) if filled(cell)]
            numbers = NUMBER if in_words else SMALL_NUMBER
            if not cells or all(numbers.match(clean(cell)) for cell in cells):
                continue
            if subject:
                subject = False
                continue
            folded = loose(head)
            if not 4 <= len(folded) <= _LONGEST or re.search("[0-9]", folded) or _USUAL.search(folded):
                continue
            if not any(word in folded for word in known):
                found.setdefault(folded, Hit("section", "", table.head_lines[0], shorten(head), 0.5))
    return list(found.values())


def _stem(spec: Spec, label: str) -> str:
    """The stem that a label bears, ``""`` where it bears none or is plainly another component's."""
    folded = loose(label)
    if not folded or len(key(label)) > _LONGEST:
        return ""
    if folded in spec.siblings or any(s in folded and len(s) >= 0.6 * len(folded) for s in spec.siblings):
        return ""
    left = without(folded, spec.look_alikes)
    return next((h for h in spec.hints if h in left), "")


def labels(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """Every label with content: heads of filled columns, first cells of narrow rows, names of filled fields, headings."""
    for table in tables(lines):
        yield from _of_table(table)
    plain = not any(line.block.kind == "heading" for line in lines[_TITLES:])
    for at, line in enumerate(lines):
        if line.block.kind == "row":
            continue
        field = _FIELD.match(line.bare)
        if field:
            yield line, field["label"]
        elif line.heading and any(filled(x.text) and not x.heading for x in lines[at + 1 : at + 3]):
            yield line, line.bare
        elif plain and len(line.key) <= _SHORT and at + 1 < len(lines) and len(lines[at + 1].key) > len(line.key):
            yield line, line.bare  # where nothing is marked as a heading, a short line above a longer one may be one


def _of_table(table: Table) -> Iterator[tuple[Line, str]]:
    for index, head in enumerate(table.heads):
        if head and any(filled(cell) for _, cell in table.column(index)):
            yield table.head_lines[0], head
    for line in table.rows:
        if 2 <= len(line.block.cells) <= _WIDE and any(filled(c) for c in line.block.cells[1:]):
            yield line, line.block.cells[0]
