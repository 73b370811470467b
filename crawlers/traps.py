"""What never ends: calendars, lists to leaf through, addresses that lead into themselves. Bounded by measured rules.

Every rule that cut something off is said in the run (`Bound`), so that nobody takes a part for the whole. Some rules need only
the address (`crawlers.shapes`), others what was asked so far: the names of parameters, which of their values go together, which
bodies came again. Limits are generous, and evidence is asked past them: a page too many costs a second, one too few an accusation.
"""

from __future__ import annotations

from collections import Counter, defaultdict
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
from ita_rules.run.types import Bound, Link

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
_SESSION_PAGES = 3


@dataclass(slots=True)
class _Place:
    """What was asked at one path: the names of its parameters, and the choices in several of them at once."""

    names: set[str] = field(default_factory=set)
    chosen: set[tuple[str, str]] = field(default_factory=set)
    several: int = 0

    @property
    def is_faceted(self) -> bool:
        """Whether addresses here are combinations of few choices: real pages bring an own number each."""
        many = len({name for name, _ in self.chosen}) >= _MIN_FACETS
        return many and self.several >= max(MAX_FACETS, _CHOICES * len(self.chosen))


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
        self._places: defaultdict[str, _Place] = defaultdict(_Place)
        self._marks: defaultdict[tuple[str, str], _Mark] = defaultdict(_Mark)
        self._bodies: set[tuple[str, str]] = set()
        self._again: Counter[str] = Counter()
        self._once: Counter[str] = Counter()
        self._spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def count(self, url: str, sha256: str | None = None) -> None:
        """Take note of an address that is fetched; `sha256` is the body of the page that it gave itself, None for a file, a
        redirect, or where nothing came."""
        shape = shape_of(url)
        self._note(shape)
        if sha256 is None:
            return
        self._spelled[shape.spelling][sha256] += 1
        body = (shape.host, sha256)
        if body in self._bodies:
            self._again[shape.tail] += 1
        else:
            self._bodies.add(body)
            self._once[shape.tail] += 1

    def learn(self, links: Iterable[Link]) -> None:
        """Take note of the links of one page, each page once: marks that all of them share may be a session's."""
        values: dict[tuple[str, str], dict[str, set[str]]] = {}
        for link in links:
            # Few addresses are long enough to bear one.
            if len(link.url) > 32:
                shape = shape_of(link.url)
                for name, value in shape.marks:
                    values.setdefault((shape.host, name), {}).setdefault(value, set()).add(shape.unmarked)
        for at, found in values.items():
            mark = self._marks[at]
            if len(found) > 1:
                mark.vetoed = True
                continue
            ((value, targets),) = found.items()
            if len(targets) > 1:
                mark.pages += 1
                mark.values.add(value)

    def admits(self, url: str) -> bool:
        """Whether the address is worth asking; it is counted when it is."""
        shape = shape_of(url)
        refused = self._refusal(shape)
        if refused is not None:
            self._refused.setdefault(refused, set()).add(url)
            return False
        self._note(shape)
        return True

    def bounds(self) -> tuple[Bound, ...]:
        """What was cut off so far, in the order of rule and family."""
        return tuple(
            Bound(rule, family, self._seen[rule, family], len(urls)) for (rule, family), urls in sorted(self._refused.items())
        )

    def _refusal(self, shape: Shape) -> tuple[str, str] | None:
        """The rule that refuses an address and the family that it is counted in, None where none does."""
        if shape.rule and self._seen[shape.rule, shape.family] >= shape.enough:
            return shape.rule, shape.family
        at = shape.place
        if shape.marks and self._seen["session", shape.unmarked] and any(
            self._marks[shape.host, name].is_session for name, _ in shape.marks if (shape.host, name) in self._marks
        ):
            return "session", shape.unmarked
        if shape.names and at in self._places:
            place = self._places[at]
            if len(place.names) >= MAX_NAMES and not place.names.issuperset(shape.names):
                return "names", at
            if len(shape.chosen) > 1 and place.is_faceted:
                return "facets", at
        if self._again[shape.tail] >= MAX_SAME and self._once[shape.tail] <= 1:
            return "same_body", shape.tail
        spelled = self._spelled.get(shape.spelling)
        if spelled and len(spelled) == 1 and spelled.total() >= _SPELLINGS:
            return "spelling", shape.spelling
        return None

    def _note(self, shape: Shape) -> None:
        """Count an address under every rule that it may come to fall under."""
        self._seen.update(
            at
            for at in (
                (shape.rule, shape.family),
                ("session", shape.unmarked),
                ("names", shape.place),
                ("facets", shape.place),
                ("same_body", shape.tail),
                ("spelling", shape.spelling),
            )
            if at[0]
        )
        if shape.names:
            place = self._places[shape.place]
            place.names.update(shape.names)
            if len(shape.chosen) > 1:
                place.several += 1
                place.chosen.update(shape.chosen)
