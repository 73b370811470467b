"""What never ends: calendars, lists to leaf through, addresses that lead into themselves. Bounded by measured rules.

Every rule that cut something off is said in the run (`Bound`), so that nobody takes a part for the whole. Some rules need only
the address (`crawlers.shapes`), others what was asked so far: the names of parameters, which of their values go together, which
bodies came again. Limits are generous, and evidence is asked past them: a page too many costs a second, one too few may
accuse somebody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from crawlers.shapes import (
    MAX_DATED,
    MAX_LISTED,
    MAX_SEARCHED,
    MAX_SEGMENTS,
    MAX_TAGS,
    MAX_TALK,
    Shape,
    shape_of,
)
from ita_rules.run.types import Bound

__all__ = [
    "MAX_DATED",
    "MAX_FACETS",
    "MAX_LISTED",
    "MAX_NAMES",
    "MAX_SAME",
    "MAX_SEARCHED",
    "MAX_SEGMENTS",
    "MAX_TAGS",
    "MAX_TALK",
    "Traps",
    "is_endless",
]

MAX_NAMES = 60
"""Names of parameters at one path; the largest portals have some thirty."""

MAX_FACETS = 200
"""Addresses at one path that choose in several lists at once; more only where the choices themselves grow with them."""

MAX_SAME = 12
"""Times that one body may come again under the same last part of a path, in ever other folders."""

_MIN_FACETS = 4
_CHOICES = 3
_SPELLINGS = 2
_ODD_ONES = 10
"""Spellings of one page that give one body, for each that gave another: a page that says "come again later" is no other page."""

_ABREAST = 4
"""Spellings of what may be one page that are asked before the first of them have answered."""

_SESSION_PAGES = 3
_SHORT = 32  # characters of an address that leave no room for the mark of a session


@dataclass(slots=True)
class _Place:
    """What was asked at one path: the names of its parameters, and the choices in several of them at once."""

    names: set[str] = field(default_factory=set)
    chosen: set[tuple[str, str]] = field(default_factory=set)
    several: int = 0

    @property
    def is_faceted(self) -> bool:
        """Whether addresses here are combinations of few choices: real pages bring a number of their own each."""
        if self.several < max(MAX_FACETS, _CHOICES * len(self.chosen)):
            return False
        return len({name for name, _ in self.chosen}) >= _MIN_FACETS


@dataclass(slots=True)
class _Mark:
    """A parameter whose values look like a session's: on how many pages all links bore one value, and which."""

    pages: int = 0
    values: set[str] = field(default_factory=set)
    vetoed: bool = False

    @property
    def is_session(self) -> bool:
        """Whether every page gave its links a mark of their own: ids of documents stand side by side on some page."""
        return not self.vetoed and self.pages >= _SESSION_PAGES and len(self.values) >= _SESSION_PAGES


def is_endless(url: str) -> bool:
    """Whether an address belongs to a family that may have no end: a calendar, an archive by date, a list to leaf through, pages
    that bear the mark of a session."""
    shape = shape_of(url)
    return bool(shape.rule or shape.marks)


class Traps:
    """Counts what is fetched, and says when a family of addresses that never ends has been seen often enough."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, str]] = Counter()
        self._refused: dict[tuple[str, str], set[str]] = {}
        self._places: dict[str, _Place] = {}
        self._marks: dict[tuple[str, str], _Mark] = {}
        self._bodies: set[tuple[str, str]] = set()
        self._again: Counter[str] = Counter()
        self._once: Counter[str] = Counter()
        self._spelled: dict[str, tuple[str, int, int]] = {}
        self._worn: set[str] = set()
        self._abreast: Counter[str] | None = None

    def ahead(self) -> Traps:
        """A copy in which what is to be asked can be counted (`admits`) as if it were asked; asking what is wanted needs one each
        time. What was fetched and learned it shares with this one, so `count` and `learn` are for this one alone. Of addresses
        that may be spellings of one page it admits a few: whether they are the same shows when these have answered."""
        twin = Traps()
        twin._abreast = Counter()
        twin._seen = self._seen.copy()
        twin._refused = {at: set(urls) for at, urls in self._refused.items()}
        twin._places = {at: _Place(set(p.names), set(p.chosen), p.several) for at, p in self._places.items()}
        twin._marks, twin._bodies, twin._spelled, twin._worn = self._marks, self._bodies, self._spelled, self._worn
        twin._again, twin._once = self._again, self._once
        return twin

    def count(self, url: str, sha256: str | None = None) -> None:
        """Take note of an address that is fetched; `sha256` is the body of the page that it gave itself, None for a file, a
        redirect, or where nothing came that tells what lies there."""
        shape = shape_of(url)
        self._note(shape)
        if sha256 is None:
            return
        body, same, other = self._spelled.get(shape.spelling, (sha256, 0, 0))
        if same:
            self._worn.add(shape.spelling)
        if body == sha256:
            same += 1
        elif other < same:
            other += 1
        else:
            body, same, other = sha256, 1, same + other
        self._spelled[shape.spelling] = (body, same, other)
        known = (shape.host, sha256)
        if known in self._bodies:
            self._again[shape.tail] += 1
            self._worn.add(shape.tail)
        else:
            self._bodies.add(known)
            self._once[shape.tail] += 1

    def learn(self, urls: Iterable[str]) -> None:
        """Take note of the addresses that one page links, each page once: marks that all of them share may be a session's."""
        values: dict[tuple[str, str], dict[str, set[str]]] = {}
        for url in urls:
            if len(url) > _SHORT:
                shape = shape_of(url)
                for name, value in shape.marks:
                    values.setdefault((shape.host, name), {}).setdefault(value, set()).add(shape.unmarked)
        for at, found in values.items():
            mark = self._marks.setdefault(at, _Mark())
            if len(found) > 1:
                mark.vetoed = True
                continue
            ((value, targets),) = found.items()
            if len(targets) > 1 and len(mark.values) < _SESSION_PAGES:
                mark.pages += 1
                mark.values.add(value)

    def admits(self, url: str) -> bool:
        """Whether the address is worth asking; it is counted when it is."""
        shape = shape_of(url)
        if shape.is_plain and shape.tail not in self._worn and shape.spelling not in self._worn:
            return self._has_turn(shape)  # most addresses: nothing is counted of them, and nothing came again
        refused = self._refusal(shape)
        if refused is not None:
            self._refused.setdefault(refused, set()).add(url)
            return False
        if not self._has_turn(shape):
            return False
        self._note(shape)
        return True

    def _has_turn(self, shape: Shape) -> bool:
        """Whether an address may be asked before other spellings of it have answered; it is counted as one that is."""
        if self._abreast is None:
            return True
        self._abreast[shape.spelling] += 1
        return self._abreast[shape.spelling] <= _ABREAST or self._spelled.get(shape.spelling, ("", 0, 0))[2] > 0

    def bounds(self) -> tuple[Bound, ...]:
        """What was cut off so far, in the order of rule and family."""
        return tuple(
            Bound(rule, family, self._asked(rule, family), len(urls)) for (rule, family), urls in sorted(self._refused.items())
        )

    def _asked(self, rule: str, family: str) -> int:
        """How many addresses of a family were asked."""
        if rule == "same_body":
            return self._again[family] + self._once[family]
        if rule == "spelling":
            return sum(self._spelled[family][1:])
        if rule in ("names", "facets"):
            return self._places[family].several if rule == "facets" else len(self._places[family].names)
        return self._seen[rule, family]

    def _refusal(self, shape: Shape) -> tuple[str, str] | None:
        """The rule that refuses an address and the family that it is counted in, None where none does."""
        if shape.rule and self._seen[shape.rule, shape.family] >= shape.enough:
            return shape.rule, shape.family
        if shape.marks and self._seen["session", shape.unmarked]:
            marks = (self._marks.get((shape.host, name)) for name, _ in shape.marks)
            if any(mark is not None and mark.is_session for mark in marks):
                return "session", shape.unmarked
        place = self._places.get(shape.place) if shape.names else None
        if place is not None:
            if len(place.names) >= MAX_NAMES and not place.names.issuperset(shape.names):
                return "names", shape.place
            if len(shape.chosen) > 1 and place.is_faceted:
                return "facets", shape.place
        if self._again[shape.tail] >= MAX_SAME and self._once[shape.tail] <= 1:
            return "same_body", shape.tail
        _, same, other = self._spelled.get(shape.spelling, ("", 0, 0))
        return ("spelling", shape.spelling) if same >= _SPELLINGS + _ODD_ONES * other else None

    def _note(self, shape: Shape) -> None:
        """Count an address under the rules that it may come to fall under."""
        if shape.rule:
            self._seen[shape.rule, shape.family] += 1
        if shape.marks:
            self._seen["session", shape.unmarked] += 1
        if shape.names:
            place = self._places.get(shape.place)
            if place is None:
                place = self._places[shape.place] = _Place()
            place.names.update(shape.names)
            if len(shape.chosen) > 1:
                place.several += 1
                place.chosen.update(shape.chosen)
