"""What an earlier year's check found: the files that stood for each concept then.

A run holds what it is compared with among its settings (`SETTING`), as marks of files by concept and nothing more, so that the
saved run gives the same findings whenever it is judged, with nothing else at hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from ita_rules.model import Report
from ita_rules.run.types import RunMeta

SETTING = "previous"
"""The name under which a run's settings hold the earlier year's files."""

_MOST_FILES = 24  # of one concept: a set of monthly papers, twice
_MOST_CONCEPTS = 100
_DIGITS = 32
"""Digits of a file's SHA-256 that are kept: half of them tell files apart as well as all."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The files that a check of an earlier year's form found for each concept, by the first digits of their SHA-256. Concepts
    keep their names over the years, item codes do not. `fiscal_year` (B.E.) is the form's, `started` when the check began."""

    fiscal_year: int
    ruleset: str
    started: str
    files: Mapping[str, frozenset[str]]

    def holds(self, concept: str, sha256: str) -> bool:
        """Whether a file, by its SHA-256, stood for a concept."""
        return sha256[:_DIGITS] in self.files.get(concept, ())

    def as_text(self) -> str:
        """It as a run's settings hold it; equal ones give equal texts."""
        files = {concept: sorted(marks) for concept, marks in sorted(self.files.items())}
        told = {"fiscal_year": self.fiscal_year, "ruleset": self.ruleset, "started": self.started, "files": files}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def earlier_of(report: Report) -> Earlier:
    """What a report judged, as the check of a later year is to be compared with it."""
    found: dict[str, dict[str, None]] = {}
    for item in report.items:
        files = [s.sha256[:_DIGITS] for s in item.sources if s.sha256 and not s.cause and "html" not in (s.media_type or "")]
        for concept in item.concepts if files else ():
            found.setdefault(concept, {}).update(dict.fromkeys(files))
    kept = {concept: frozenset(list(files)[:_MOST_FILES]) for concept, files in list(found.items())[:_MOST_CONCEPTS]}
    return Earlier(report.ruleset.fiscal_year, report.ruleset.id, report.run.started, kept)


def earlier_in(meta: RunMeta, fiscal_year: int) -> Earlier | None:
    """What a run holds of an earlier year than `fiscal_year` (B.E.); None where it holds nothing, or nothing that can be read."""
    return earlier_from(meta.settings.get(SETTING, ""), fiscal_year)


def earlier_from(text: str, fiscal_year: int) -> Earlier | None:
    """The same from the text itself."""
    try:
        told = json.loads(text or "null")
        if told is None:
            return None
        files = {str(concept): frozenset(map(str, marks)) for concept, marks in told["files"].items()}
        found = Earlier(int(told["fiscal_year"]), str(told["ruleset"]), str(told["started"]), files)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return found if found.fiscal_year < fiscal_year else None
