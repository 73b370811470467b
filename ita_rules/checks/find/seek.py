"""Where in a text the words of a component can stand at all.

A text is folded and cut into tables once, whatever is looked for in it. A component's words are then sought in the whole text at
once, which costs little where they are missing, and only the lines that bear one of them are looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import accumulate

from ita_rules.checks.find.composed import LONGEST
from ita_rules.checks.find.spec import Spec, Wording
from ita_rules.checks.find.tables import Table, tables
from ita_rules.locate.lines import Line, Lines
from ita_rules.thai.fold import clean, key, loose

FIELD = re.compile(r"^(?P<label>[^:：=]{2,90}?)\s*[:：=]\s*(?P<value>.*)$")
COPULA = re.compile(r"^(?P<label>.{3,60}?)\s*(?:คือ|ได้แก่|ประกอบด้วย|(?:เป็น|มี)?ดัง(?:ต่อไป)?นี้|มีจำนวน|มีทั้งสิ้น)\s*(?P<value>.+)$")
"""A sentence that tells what something is ("ปัญหาที่พบคือ …", "ผู้เข้าร่วมประกอบด้วย …")."""

ORDINAL = re.compile(r"^(?P<label>[^0-9]{2,60}?)\s*ที่\s*[0-9]{1,2}(?:\.[0-9]{1,2})*[\s:.)]\s*(?P<value>\D.*)$")
"""A thing with its number, and what it is."""

NUMBER = re.compile(r"^\s*(?:\(?(?P<n>\d+(?:\.\d+)*)[.)]?|(?P<part>(?:ส่วน|บท|ตอน|หมวด)\s*ที่\s*\d+))\s*")

_TELLS = ("คือ", "ได้แก่", "ประกอบด้วย", "นี้", "มีจำนวน", "มีทั้งสิ้น")
"""What a sentence that `COPULA` matches has in it."""

_MANY = 60  # places of a word, from which on a longer one is found sooner by itself
GOING_ON = ("และ", "หรือ", "ใน", "ของ", "จาก", "ที่", "ตาม", "เพื่อ", "ตลอดจน", "รวมทั้ง", "รวมถึง", "การดำเนิน", "การปฏิบัติ")
"""How words begin that go on with what stood before."""

LABELS = 3  # first cells of a row that may label it


def as_field(text: str) -> re.Match[str] | None:
    """A field's name and value (`FIELD`), where a text is one."""
    return FIELD.match(text) if ":" in text or "=" in text or "：" in text else None


def as_copula(text: str) -> re.Match[str] | None:
    """What a sentence speaks of and what it tells (`COPULA`), where a text is one."""
    return COPULA.match(text) if any(words in text for words in _TELLS) else None


def as_ordinal(text: str) -> re.Match[str] | None:
    """A thing with its number, and what it is (`ORDINAL`), where a text is that."""
    return ORDINAL.match(text) if "ที่" in text else None


def strip(text: str) -> str:
    """A cell's text, cleaned and without its number."""
    return NUMBER.sub("", clean(text), count=1)


class _Folded:
    """The folded lines of a text in a row, without anything between them, and where each begins."""

    def __init__(self, lines: Iterable[str]) -> None:
        parts = list(lines)
        self.text = "".join(parts)
        self._starts = list(accumulate(map(len, parts), initial=0))[: len(parts)]
        self._places: dict[str, list[int]] = {}

    def has(self, word: str, core: str) -> bool:
        """Whether the word stands in the text; `core` is a part of it, or the word itself."""
        return bool(self._places_of(core)) and (core == word or word in self.text)

    def lines_of(self, word: str, core: str) -> Iterator[int]:
        """The lines in which the word begins; it may run on into the next. `core` is a part of it, or the word itself, and
        sought once for all the words that hold it."""
        places = self._places_of(core)
        if len(places) > _MANY:
            yield from self._sought(word)
            return
        before = word.index(core)
        for place in places:
            if place >= before and self.text.startswith(word, place - before):
                yield bisect_right(self._starts, place - before) - 1

    def _places_of(self, word: str) -> list[int]:
        """The places where a word stands, those that overlap too; only so many that it is known to stand at many."""
        known = self._places.get(word)
        if known is None:
            known = self._places[word] = []
            at = self.text.find(word)
            while at >= 0 and len(known) <= _MANY:
                known.append(at)
                at = self.text.find(word, at + 1)
        return known

    def _sought(self, word: str) -> Iterator[int]:
        at = self.text.find(word)
        while at >= 0:
            line = bisect_right(self._starts, at) - 1
            yield line
            if line + 1 == len(self._starts):
                return
            at = self.text.find(word, self._starts[line + 1])


class Body:
    """The lines of a document that may hold what is asked: all but copies of the handbook's criteria."""

    def __init__(self, lines: Lines) -> None:
        self.lines: Sequence[Line] = tuple(x for x in lines if not x.criterion)
        self.tables: Sequence[Table] = tables([x for x in self.lines if not x.toc])
        self._loose = _Folded(x.loose for x in self.lines)
        self._key = _Folded(x.key for x in self.lines)
        self._labels: dict[int, bool] = {}

    @cached_property
    def _of_tables(self) -> Sequence[tuple[Table, str, str]]:
        """The tables with the words that may be labels in them, folded in both ways."""
        labels = [(table, _labels(table)) for table in self.tables]
        return [(table, "\n".join(map(loose, words)), "\n".join(map(key, words))) for table, words in labels]

    def tables_with(self, spec: Spec) -> Iterator[Table]:
        """The tables in whose labels a word of the component stands."""
        for table, folded, strict in self._of_tables:
            named = any(w.key in strict if w.strict else w.loose in folded for w in spec.wordings)
            if named or any(w.loose in folded for w in spec.contradicted_by) or any(stem in folded for stem in spec.stems):
                yield table

    def sought(self, spec: Spec) -> tuple[Spec, Sequence[int]]:
        """The component with only those of its words that stand somewhere in the text, and the places of the lines, in their
        order, that can be it: that bear one of these, or a part of a label, or in which a statement begins that runs on."""
        found: set[int] = set()
        both = (self._loose, self._key)

        def of(text: _Folded, word: str) -> Iterator[int]:
            return text.lines_of(word, spec.cores.get(word, word))

        def there(words: Sequence[Wording]) -> tuple[Wording, ...]:
            kept = []
            for word in words:
                at = set(of(self._key, word.key) if word.strict else of(self._loose, word.loose))
                if word.pattern:
                    at.update(of(self._loose, word.first))
                found.update(at)
                if at:
                    kept.append(word)
            return tuple(kept)

        statements, zeros = there(spec.statements), there(spec.zero_statements)
        found |= {at - 1 for at in found if at}  # what blots out a part of the next line may begin in this one
        narrow = replace(
            spec,
            wordings=there(spec.wordings),
            statements=statements,
            figures=there(spec.figures),
            zero_statements=zeros,
            look_alikes=tuple(a for a in spec.look_alikes if any(text.has(a, spec.cores.get(a, a)) for text in both)),
        )
        for word in spec.contradicted_by:
            found.update(of(self._loose, word.loose))
        for stem in spec.stems:
            found.update(at for at in of(self._loose, stem) if at not in found and self._may_be_label(at))
        return narrow, sorted(found)

    def _may_be_label(self, at: int) -> bool:
        """Whether a line is short enough for a label made of stems, or begins with words that may be one."""
        known = self._labels.get(at)
        if known is None:
            line = self.lines[at]
            known = line.block.kind != "row" and (
                len(line.key) <= LONGEST
                or line.toc
                or any(shape(line.bare) is not None for shape in (as_field, as_copula, as_ordinal))
            )
            self._labels[at] = known
        return known


def _labels(table: Table) -> list[str]:
    """What may be a label in a table: the heads of its columns, and the first cells of its rows without their numbers."""
    rows = (*table.head_lines, *table.rows)
    return [*table.heads, *(strip(cell) for row in rows for cell in [c for c in row.block.cells if c.strip()][:LABELS])]
