"""What an earlier report judged: the files that stood for each concept in the year before."""

from __future__ import annotations

from collections.abc import Mapping

from ita_rules.model import Report

Earlier = Mapping[str, frozenset[str]]
"""Concept → SHA-256 of the files that were its evidence. Concepts keep their names over the years, item codes do not."""


def earlier_files(report: Report, fiscal_year: int) -> Earlier:
    """The files of a report on a form of an earlier year than `fiscal_year` (B.E.); nothing for the same year or a later one."""
    found: dict[str, set[str]] = {}
    if report.ruleset.fiscal_year < fiscal_year:
        for item in report.items:
            files = {s.sha256 for s in item.sources if s.sha256 and not s.cause and "html" not in (s.media_type or "")}
            for concept in item.concepts if files else ():
                found.setdefault(concept, set()).update(files)
    return {concept: frozenset(files) for concept, files in found.items()}
