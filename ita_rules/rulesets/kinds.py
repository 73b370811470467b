"""The closed set of check kinds, and what an author may say about each.

An author combines these and never programs; a kind is added together with the module that observes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

OptionShape = Literal["words", "choice", "count"]
"""`words`: a list of texts; `choice`: one of the listed words; `count`: a whole number from 1."""

COMMON_KEYS = ("kind", "component", "severity", "verified", "source", "fix", "asks", "when", "any_of", "at_least")
"""Keys that every check may have."""

COMPONENT_LISTS = (
    "wordings",
    "statements",
    "figures",
    "detect",
    "look_alikes",
    "contradicted_by",
    "zero",
    "zero_statements",
)
"""Lists by which an item adds to what the vocabulary says of a component. `shares` is no such list: it names components of the
same item whose wordings may be this one's too, since the same heading answers both."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "covers": ("fiscal_year", "previous_fiscal_year", "first_half", "span", "fiscal_year_or_previous"),
    "months": ("first_half", "year"),
    "what": ("whole-law",),
    "by": ("top-executive",),
    "needs": ("document", "one_item"),
}
"""The words that an option of choice may take."""

OPTIONS: Mapping[str, Mapping[str, OptionShape]] = {
    "answered": {},
    "reachable": {},
    "linked": {},
    "permission": {},
    "component": {**dict.fromkeys(COMPONENT_LISTS, "words"), "shares": "words"},
    "absent": {"what": "choice"},
    "period": {"covers": "choice", "needs": "choice"},
    "coverage": {"months": "choice", "zero_statements": "words"},
    "count": {"at_least": "count"},
    "named": {},
    "two_way": {},
    "signed": {"by": "choice"},
    "machine_readable": {},
    "catalog": {},
}
"""Check kind → its own options."""

REQUIRED: Mapping[str, tuple[str, ...]] = {"period": ("covers",), "coverage": ("months",), "absent": ("what",)}
"""Options without which a kind means nothing."""

DETECTORS = frozenset(
    {
        "person-name",
        "person-photo",
        "person-contact",
        "phone",
        "email",
        "address",
        "map",
        "org-chart",
        "units",
        "steps",
        "duties",
        "time-limit",
        "month-columns",
        "month-range",
        "year-columns",
        "online-form",
        "question-form",
        "figures",
        "dated-activity",
        "project-lines",
        "result-column",
        "measure-column",
        "acted-on",
        "how-to-tell",
        "opposed-columns",
        "services",
    }
)
"""Named detectors that a component's `detect` may name."""
