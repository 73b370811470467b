"""The shape of what an author writes, and of a rule set resolved whole.

Inheritance runs vocabulary → concept → item: names, wordings, fixes, permitted zeros and sources come from the nearest
place that has them. Everything here is frozen; a rule set is loaded once per process.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ita_rules.model import AgencyType, RuleSource, Severity

Lang = Literal["th", "en"]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Strict):
    """One thing said in both languages."""

    th: str
    en: str

    def say(self, lang: str) -> str:
        """In the language asked."""
        return self.en if lang == "en" else self.th


class Example(_Strict):
    """What a gap looks like, and the same mended."""

    before: Words
    after: Words


class Component(_Strict):
    """One thing that a concept's evidence must show (`rules/vocabulary/components.yaml`). It is met when any of its ways is:

    `wordings` head a section, column, row or field with content (or a permitted `zero`) under it; one of `statements` stands
    in running text; one of `figures` is followed by a number in the same line; a named detector of `detect` finds it.
    `look_alikes` are phrases in which a wording has another sense. `contradicted_by` heads rows or columns that show the
    opposite. `title_counts` says that the document's own title is such a heading (a code of ethics is its own component). In
    `statements` a ``…`` stands for up to 40 letters of other words. `zero_statements` are whole statements of a permitted
    zero that satisfy the component by themselves. `hints` are stems that make an unknown label suspicious: where a label with
    content bears one, the component may stand there in words that nobody listed, and a gap would be no more than a guess.
    `in_words` says that it is told in words, so that a column of nothing but numbers cannot be it.
    `stems` name the component in any label that is made of nothing but them, words that say nothing of their own
    ("ที่พบในการดำเนินงาน"), and those of `beside`. `own_paper` says that it often is a paper or page of its own, beside the one
    that bears the item's title.
    """

    id: str = ""
    name: Words
    asks: Words | None = None
    wordings: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    detect: tuple[str, ...] = ()
    look_alikes: tuple[str, ...] = ()
    contradicted_by: tuple[str, ...] = ()
    zero: tuple[str, ...] = ()
    zero_statements: tuple[str, ...] = ()
    title_counts: bool = False
    hints: tuple[str, ...] = ()
    in_words: bool = False
    stems: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    own_paper: bool = False
    fix: Words
    example: Example | None = None
    source: str | None = None


class Concept(_Strict):
    """What an O-code of some year asks about (`rules/vocabulary/concepts.yaml`).

    `titles` are the words by which pages, links and documents name it; `look_alikes` name other concepts that share words.
    `signs` are the stems by which words that bear none of the titles still mean it (`ita_rules.locate.signs`).
    `form` tells where its evidence usually stands. `fix` is what to do when nothing is found.
    """

    id: str = ""
    name: Words
    titles: tuple[str, ...]
    look_alikes: tuple[str, ...] = ()
    signs: tuple[tuple[str, ...], ...] = ()
    form: Literal["page", "document", "any"] = "any"
    fix: Words
    source: str | None = None


class When(_Strict):
    """A condition on the agency."""

    agency_type: tuple[AgencyType, ...]


class Check(_Strict):
    """One condition of an item, as resolved. `options` are the keys that only its kind knows."""

    id: str
    key: str
    kind: str
    concept: str
    component: str | None = None
    severity: Severity = Severity.CRITERION
    verified: bool = True
    source: str | None = None
    fix: Words | None = None
    asks: Words | None = None
    when: When | None = None
    options: Mapping[str, Any] = Field(default_factory=dict)
    any_of: tuple[Check, ...] = ()
    at_least: int | None = None

    def applies_to(self, agency_type: AgencyType) -> bool:
        """Whether the condition is asked of this type of agency."""
        return self.when is None or agency_type in self.when.agency_type


class Item(_Strict):
    """One line of the OIT form of a year. `titles` are the concept's and the item's own together; `extends` names the items
    of other years that it inherits from (``oit-2566/O13``)."""

    id: str
    concepts: tuple[str, ...]
    name: Words
    indicator: str
    titles: Mapping[str, tuple[str, ...]]
    checks: tuple[Check, ...]
    verified: bool = True
    file: str = ""
    extends: tuple[str, ...] = ()


class SubIndicator(_Strict):
    """A sub-indicator (`9.2`) and its items."""

    id: str
    name: Words
    items: tuple[str, ...]


class Indicator(_Strict):
    """An indicator (`9`) and its sub-indicators."""

    id: str
    name: Words
    subs: tuple[SubIndicator, ...]


class Window(_Strict):
    """The days on which a site is sensibly judged by this rule set (A.D.)."""

    opens: dt.date
    closes: dt.date


class Level(_Strict):
    """A level of the whole assessment's result: from `least` points of 100 on, every tool having at least `each_tool`."""

    name: Words
    least: float
    each_tool: float | None = None


class Levels(_Strict):
    """The levels of a year, best first, and the points (of 100) from which an agency passes."""

    verified: bool = False
    source: str
    passes: float
    steps: tuple[Level, ...]


class Step(_Strict):
    """A step of the year's calendar, with the days (A.D.) on which it opens and closes where they are known.

    `answers` marks the step in which agencies answer the form: after it closes nothing can be handed in.
    """

    name: Words
    opens: dt.date | None = None
    closes: dt.date | None = None
    answers: bool = False
    verified: bool = False
    source: str
    when: When | None = None


class RuleSet(_Strict):
    """A rule set resolved whole. `version` is the fiscal year and a hash of its content; `fiscal_year` is B.E."""

    id: str
    version: str
    fiscal_year: int
    name: Words
    window: Window
    indicators: tuple[Indicator, ...]
    items: tuple[Item, ...]
    components: Mapping[str, Component]
    concepts: Mapping[str, Concept]
    sources: Mapping[str, RuleSource]
    due: Mapping[str, dt.date] = Field(default_factory=dict)
    levels: Levels | None = None
    calendar: tuple[Step, ...] = ()

    def item(self, item_id: str) -> Item | None:
        """The item of this code (``O13``), None where the year has none."""
        return next((i for i in self.items if i.id == item_id), None)

    def catalogued(self, agency_type: AgencyType) -> tuple[str, ...]:
        """The items whose data sets this type of agency has to put into a data catalogue."""
        asked = (i.id for i in self.items if any(c.kind == "catalog" and c.applies_to(agency_type) for c in i.checks))
        return tuple(asked)

    def answering(self, agency_type: AgencyType) -> Step | None:
        """The step in which this type of agency answers the form; None where the year's calendar does not know it."""
        mine = (s for s in self.calendar if s.when is None or agency_type in s.when.agency_type)
        return next((s for s in mine if s.answers), None)

    def parts(self, item: Item) -> tuple[Item, ...]:
        """An item seen as each of its concepts alone, with its name, titles and checks; itself where it has but one.

        Each concept of a merged item has evidence of its own: a plan and a report on it are two documents of two periods.
        """
        if len(item.concepts) < 2:
            return (item,)
        return tuple(
            item.model_copy(
                update={
                    "concepts": (concept,),
                    "name": self.concepts[concept].name,
                    "titles": {concept: item.titles[concept]},
                    "checks": tuple(c for c in item.checks if c.concept == concept),
                }
            )
            for concept in item.concepts
        )

    def component(self, component_id: str) -> Component:
        """A component of the vocabulary. Raises KeyError for an unknown one, which lint rules out."""
        return self.components[component_id]
