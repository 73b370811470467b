"""The pools of wordings: how clerks of different agencies write. Those of `BUILDING` may be looked at while rules are mended,
`MEASURE` serves for measuring only.

A pool is a YAML file in ``pools/``. `agencies` are the agencies by their kind: `name`, `place`, top executive's `post` and
`head`, the `second`, the `clerk`, `units`, and the `other` agency whose name stands in a paper by mistake. `when` are the ways
to write a year, a first half and a span of years; `themes` lists of what such papers are about. A component has `names` (the
words over its column or section) and what stands below: `cells` of a table, a `body` or a `list`. A concept has `titles`, an
`intro`, and what is its own. Braces stand for years and names: ``{y}`` the year in question (B.E.), ``{b}`` the year before or
the first of a span, ``{e}`` the last, ``{ys}`` and ``{bs}`` two digits of them, ``{agency}``, ``{head}``, ``{post}``, ``{when}``.

What a pool need not have: `thai_digits`, whether all its agencies write Thai digits; `aligned`, whether the first cell stands in
the first row and so on, so that cells fit the themes and each other; `components` of a concept, the words that a component has in
this concept alone, and `label`, those over the first column of its table; `combined`, the headings that stand over the components
`of` which they are made, with `names`, `cells` and `body`. And of the website: `shapes`, those of `site` by kind of agency in
place of the agency's own, `headings`, the words of menus and lists by sub-indicator, `numbered_files`, whether the names of files
are numbers.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent / "pools"
BUILDING = ("build", "build2", "build3", "build4", "build5", "build6", "build7")
MEASURE = "measure"
POOLS = (*BUILDING, MEASURE)
MONTHS = "ตุลาคม พฤศจิกายน ธันวาคม มกราคม กุมภาพันธ์ มีนาคม".split()
"""The first half of a fiscal year; the first three months are of the calendar year before."""

_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@cache
def load(pool: str) -> dict[str, Any]:
    """The words of a pool."""
    told: dict[str, Any] = yaml.safe_load((FOLDER / f"{pool}.yaml").read_text("utf-8"))
    return told


@dataclass(frozen=True)
class Voice:
    """How one agency writes. The same pool, kind and seed choose the same words."""

    pool: str
    kind: str
    seed: str = ""
    thai_digits: bool = False

    @property
    def words(self) -> dict[str, Any]:
        """All words of the pool."""
        return load(self.pool)

    @property
    def agency(self) -> dict[str, Any]:
        """Who the agency is."""
        found: dict[str, Any] = self.words["agencies"][self.kind]
        return found

    def chance(self, *about: object) -> random.Random:
        """Chance that depends on the agency and on what it is asked about, and on nothing else."""
        return random.Random("/".join(map(str, (self.pool, self.kind, self.seed, *about))))

    def component(self, component: str, concept: str = "") -> dict[str, Any]:
        """The words of a component: those it has everywhere, and in their place those it has in this concept alone."""
        own = self.words["concepts"].get(concept, {}).get("components", {})
        return {**self.words["components"][component], **own.get(component, {})}

    def combined(self, concept: str, components: Sequence[str]) -> list[dict[str, Any]]:
        """The headings under which a paper of this concept joins some of its `components`, drawn by chance."""
        return [
            joined
            for number, joined in enumerate(self.words.get("combined", ()))
            if set(joined["of"]) <= set(components) and self.chance("combined", concept, number).random() < 0.5
        ]

    def name(self, component: str, concept: str = "") -> str:
        """The words over a component's column or section, the same for one paper."""
        return str(self.chance("name", component, concept).choice(self.component(component, concept)["names"]))

    def when(self, kind: str, year: int, about: str = "") -> str:
        """A time in words: `kind` is ``year``, ``half`` or ``span``."""
        return self.years(str(self.chance("when", about).choice(self.words["when"][kind])), year)

    def title(self, concept: str, kind: str, year: int) -> str:
        """The title of a concept's paper; `kind` is empty where no time is said."""
        title = str(self.chance("title", concept).choice(self.words["concepts"][concept]["titles"]))
        return self.years(title.replace("{when}", self.when(kind or "year", year, concept)), year)

    def years(self, text: str, year: int, agency: str = "") -> str:
        """`text` with years and names in place of the braces."""
        who = self.agency
        span = "{e}" in text
        before = year - 1
        found = {"y": year, "b": before, "e": before + 4 if span else "", "ys": year % 100, "bs": before % 100}
        found |= {"agency": agency or who["name"], "head": who["head"], "post": who["post"]}
        for name, value in found.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def digits(self, text: str) -> str:
        """`text` in the digits that the agency likes."""
        return text.translate(_THAI) if self.thai_digits else text
