"""What the links of a page say, without what changes by itself: whether a menu or a list of the form is still the same.

A counter of visitors or of downloads, today's date and the order of the links do not count; a target, the words of a link, the
row and the heading around it do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawlers.frontier import smell
from ita_rules.run.links import Stem, stems_of
from ita_rules.run.types import Exchange, Link

_COUNTED = re.compile(r"(?<![\doO๐-๙])(?!(?:25|20|๒๕|๒๐)\d\d(?!\d))\d+(?:[.,:/]\d+)*")
_OF_THE_FORM = 60.0
_ASIDE = frozenset({"img", "form"})

Entry = tuple[str, ...]


def outline(links: Sequence[Link] | None) -> frozenset[Entry]:
    """What each link says: target, own words, heading, section, row and cells, numbers that may count something left out."""
    return frozenset(_entry(stem) for stem in stems_of(links or ()) if stem.target and stem.kind not in _ASIDE)


def heads(found: Exchange | None) -> Entry:
    """The title and headings of a page in the same way."""
    return (plain(found.title), *map(plain, found.headings)) if found is not None else ()


def menu(links: Sequence[Link] | None, other: Sequence[Link] | None) -> frozenset[Entry]:
    """The site's menu on its main page: what stands in the page's frame by its marks, or on an `other` page as well."""
    shared = {(stem.target, stem.text) for stem in stems_of(other or ())}
    stems = [stem for stem in stems_of(links or ()) if stem.target and stem.kind not in _ASIDE]
    return frozenset(
        (stem.target, plain(stem.text)) for stem in stems if stem.zone != "main" or (stem.target, stem.text) in shared
    )


def names_the_form(links: Sequence[Link] | None, before: Sequence[Link] | None) -> bool:
    """Whether a page leads anywhere that it did not lead to before and that by its words belongs to the form."""
    known = {stem.target for stem in stems_of(before or ())}
    return any(
        stem.target and stem.target not in known and smell(f"{stem.text} {stem.heading}") >= _OF_THE_FORM
        for stem in stems_of(links or ())
    )


def plain(text: str) -> str:
    """A text without numbers that are neither a year nor an item's code."""
    return _COUNTED.sub("#", text)


def _entry(stem: Stem) -> Entry:
    return (stem.target, plain(stem.text), plain(stem.heading), stem.section, plain(stem.row), *map(plain, stem.cells))
