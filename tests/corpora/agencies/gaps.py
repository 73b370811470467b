"""Which flaws an item may have, and which checks may name each."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from ita_rules.model import AgencyType, Severity
from ita_rules.rulesets.types import Check, Item
from tests.corpora.agencies.pages import PAGES
from tests.corpora.agencies.papers import SECTIONS, TABLES, Flaw

ACCESS = ("link-404", "soft-404", "login")
UNDECIDED = ("bot-wall", "encrypted", "javascript")
"""What cannot be judged: it is nobody's fault that can be seen."""

EXPECT: Mapping[str, Sequence[tuple[str, str]]] = {
    "wrong-year": (("period", "*"), ("coverage", "*")),
    "cover-mismatch": (("period", "*"), ("coverage", "*")),
    "stale-news": (("period", "*"), ("count", "*")),
    "month-missing": (("coverage", "*"), ("count", "*"), ("period", "*")),
    "named": (("named", "*"),),
    "whole-law": (("absent", "*"), ("component", "*")),
    "unsigned": (("signed", "*"),),
    "one-way": (("two_way", "*"),),
    "shared-channel": (("component", "separate-channel"),),
    "general-statistics": (("component", "officials-only"),),
    "forms-only": (("component", "online-request"), ("linked", "*")),
    "orphan": (("linked", "*"), ("reachable", "*")),
    **dict.fromkeys(ACCESS, (("reachable", "*"), ("answered", "*"), ("linked", "*"))),
}
"""The checks, as kind and component, of which one must be named for a gap; a missing component must be named itself."""

_OF_ONE = {
    "powers-duties": ("whole-law",),
    "privacy-policy": ("whole-law",),
    "news": ("stale-news",),
    "procurement-notices": ("stale-news",),
    "qna": ("one-way",),
    "complaint-channel": ("shared-channel",),
    "complaint-statistics": ("general-statistics",),
    "e-service": ("forms-only",),
    "procurement-monthly": ("month-missing", "month-missing"),
    "no-gift-policy": ("unsigned", "unsigned"),
    "integrity-statement": ("unsigned",),
}
# parts of a page of the site that can be left out of it
_PARTS = {
    "structure": ("units", "political-side", "province-vice-governor"),
    "executives": ("person-photo", "person-contact"),
    "contact": ("phone", "email", "map"),
    "complaint-channel": ("protects-informant",),
}


def asked(item: Item, concept: str, agency_type: AgencyType) -> list[Check]:
    """The criteria that an item puts to one of its concepts, at this type of agency."""
    return [
        c
        for c in item.checks
        if c.concept == concept and c.severity is Severity.CRITERION and (c.when is None or agency_type in c.when.agency_type)
    ]


def possible(item: Item, concept: str, agency_type: AgencyType, answers: bool) -> list[Flaw]:
    """The flaws that evidence of a concept can have."""
    checks = asked(item, concept, agency_type)
    kinds = {c.kind for c in checks}
    found = [Flaw(kind) for kind in (*_OF_ONE.get(concept, ()), ACCESS[sum(map(ord, item.id + concept)) % 3])]
    if answers:
        found.append(Flaw("orphan"))
    components = [c.component for c in checks if c.kind == "component" and c.component]
    for component in components:
        if concept in PAGES:
            found += [Flaw("component", component)] if component in _PARTS.get(concept, ()) else []
        elif concept in TABLES or concept in SECTIONS:
            shape = TABLES.get(concept)
            empty = not shape or component in shape.columns or component in shape.sections
            kinds_of = ["component", "toc-only"] + (["empty-cell"] if empty else [])
            if shape and component == shape.subject:
                kinds_of = []
            found += [Flaw(kind, component) for kind in kinds_of]
        elif concept in ("procurement-monthly", "service-statistics") or component in ("total", "finished", "pending"):
            found.append(Flaw("component", component))
    if concept in SECTIONS and len(SECTIONS[concept]) == 1:
        found = [f for f in found if not f.component]
    if concept not in PAGES:
        if {"period", "coverage"} & kinds:
            span = concept == "strategic-plan"
            found += [Flaw("wrong-year", years=6 if span else 2)] * 2
            if concept in TABLES and not span:
                found.append(Flaw("cover-mismatch", years=2))
        # a province's name is a place in every paper of the region
        if concept in TABLES and agency_type is not AgencyType.PROVINCE:
            found.append(Flaw("named"))
    return found


def choose(item: Item, agency_type: AgencyType, answers: bool, chance: random.Random, used: dict[str, int]) -> tuple[str, Flaw]:
    """A concept of the item and its flaw; kinds that were `used` least come first."""
    all_of_them = [(c, f) for c in item.concepts for f in possible(item, c, agency_type, answers)]
    chance.shuffle(all_of_them)
    # what has no section of its own cannot be left out; dropped only here, so that the other draws stay as they are
    parted = [(c, f) for c, f in all_of_them if not f.component or c not in SECTIONS or f.component in SECTIONS[c]]
    concept, flaw = min(parted, key=lambda found: used.get(found[1].kind, 0))
    used[flaw.kind] = used.get(flaw.kind, 0) + 1
    return concept, flaw


def expected(flaw: Flaw) -> list[tuple[str, str]]:
    """The checks of which one must be named."""
    return list(EXPECT.get(flaw.kind) or [("component", flaw.component)])
