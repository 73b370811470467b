"""Menus taken apart once: the links of a frame's part (navigation, footer) that stands letter for letter on many pages.

Most of a page's elements are its site's menu, and what they link follows from their own words alone as long as nothing in them
looks at the page around. What does is named here, and walked through anew on each page.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, TypeAlias

from lxml import etree

from crawlers.elements import PRESSES
from ita_rules.run.links import Stem
from ita_rules.run.types import Zone

_FEWEST = 4
"""Children of an element below which looking it up costs as much as walking through it."""

_DEEPEST = 4
"""Parts within parts that are looked up: a menu that marks the page it stands on is the same in its other branches."""

_KEPT = 2048
_KEPT_LINKS = 400_000
_BOXES = frozenset({"nav", "ul", "ol", "div", "footer", "header", "section", "aside", "table", "tbody", "li", "td"})
_SILENT = frozenset(
    "a abbr article aside b bdi big blockquote br center cite code dd div dl dt em figcaption figure font footer h1 h2 h3 h4 h5"
    " h6 header hr i img label li main mark nav ol p path picture pre section small source span strong sub sup svg table tbody td"
    " tfoot th thead time tr u ul".split()
)
"""Elements whose links follow from themselves; forms, frames and what a page says to machines look at its address too."""

_ANCHOR = re.compile(r"#[\w-]*")
_GOES_ON = re.compile(r"[?#%]")
_LEADING = frozenset({"href", "xlink:href", "data-src"})

Key: TypeAlias = tuple[bytes, str, str, Zone, str, bool]


@dataclass(frozen=True, slots=True)
class Menu:
    """What walking through a part brings: its links, and the heading that stands for what follows in its zone."""

    links: tuple[Stem, ...]
    heading: str | None


@dataclass(slots=True)
class Pending:
    """A part that is being walked through: `depth` of its element, `first` the number of links before it, `folds` how
    many were open. Without a key it is not to be kept."""

    key: Key | None
    depth: int
    first: int
    folds: int


class Menus:
    """The parts that were walked through lately. Safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[Key, Menu | None] = OrderedDict()
        self._links = 0

    def get(self, key: Key) -> tuple[bool, Menu | None]:
        """Whether a part is known, and what it brings; None where that follows from more than the part."""
        with self._lock:
            if key not in self._known:
                return False, None
            self._known.move_to_end(key)
            return True, self._known[key]

    def put(self, key: Key, menu: Menu | None) -> None:
        """Keep what a part brings; what was not asked for longest is dropped."""
        with self._lock:
            if key in self._known:
                return
            self._known[key] = menu
            self._links += len(menu.links) if menu else 0
            while len(self._known) > _KEPT or self._links > _KEPT_LINKS:
                _, dropped = self._known.popitem(last=False)
                self._links -= len(dropped.links) if dropped else 0


def is_part(element: Any, tag: str, pending: int) -> bool:
    """Whether an element in a frame's zone is worth looking up, within `pending` parts that were not known."""
    return tag in _BOXES and pending < _DEEPEST and len(element) >= _FEWEST


def key_of(element: Any, base: str, encoding: str, zone: Zone, heading: str, in_fold: bool) -> Key:
    """By what a part is the same one: its own words and marks, and what of the page around it its links take along."""
    # Two pages of one folder lead to the same places; what would depend on more is not kept (`is_silent`).
    place = base.partition("?")[0].partition("#")[0]
    folder = place.rpartition("/")[0] if place.count("/") > 2 else place
    words = etree.tostring(element, encoding="utf-8", with_tail=False)
    return hashlib.blake2b(words, digest_size=16).digest(), folder, encoding, zone, heading, in_fold


def is_silent(element: Any) -> bool:
    """Whether the links of an element follow from itself and the folder of its page."""
    for inner in element.iter():
        if inner is not element and inner.tag not in _SILENT:
            return False
        for name, value in inner.items():
            if name in _LEADING:
                # An address that is only a query, or only a fragment that a script takes, goes on from the page's own.
                plain = value.strip()
                if plain[:1] in ("?", "#") and not _ANCHOR.fullmatch(plain):
                    return False
                if plain[:11].lower() == "javascript:" and _GOES_ON.search(plain):
                    return False
            elif name in PRESSES and _GOES_ON.search(value):
                return False
    return True
