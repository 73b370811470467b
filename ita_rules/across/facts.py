"""Facts about the evidence of all items together, for the rules over facts, with the places that each was seen at.

Three kinds: `evidence` (a file that the agency gave for a concept), `list` (names of one document that another does not take
up) and `complaint` (what the evidence of a complaint item calls itself). What is not sure makes no fact.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from ita_rules.across import complaints, lists
from ita_rules.across.earlier import Earlier
from ita_rules.checks.interface import Context, Observation, Outcome, page_of, quoted
from ita_rules.inference import Fact
from ita_rules.locate import Piece
from ita_rules.locate.lines import Line
from ita_rules.model import Evidence, LocatedBy, Severity
from ita_rules.rulesets.types import Check

logger = logging.getLogger(__name__)

PAIRS = (
    ("annual-plan", "progress-report", "projects"),
    ("anticorruption-plan", "anticorruption-progress", "projects"),
    ("corruption-risk", "corruption-risk-actions", "measures"),
)
"""Concepts whose documents speak of the same year: what is planned, what is reported on it, and what both list. (A policy on
staff lists fields, which its report fills with measures of other names.)"""

_OF_THE_SITE = frozenset({"answered", "reachable", "linked", "permission", "machine_readable", "catalog"})
_SAME_YEAR = frozenset({"fiscal_year", "first_half"})
_GIVEN = (LocatedBy.ANSWER, LocatedBy.CODE)
_EXAMPLES = 3
_FILES = 6  # files of one concept that are compared
_MANY = 6  # concepts for which a file may stand; one that stands for more is a volume of many documents


@dataclass(frozen=True, slots=True)
class Part:
    """One concept of an item as judged: its item's code, its context, what its checks saw."""

    item: str
    ctx: Context
    observations: tuple[Observation, ...]

    @property
    def concept(self) -> str:
        """The concept."""
        return self.ctx.item.concepts[0]

    @property
    def meets(self) -> bool:
        """Whether every criterion that looks at the evidence itself is met."""
        return all(
            o.outcome in (Outcome.MET, Outcome.NOT_APPLICABLE)
            for o in self.observations
            if o.check.kind not in _OF_THE_SITE and (o.severity or o.check.severity) is Severity.CRITERION
        )

    @property
    def period(self) -> tuple[str, str]:
        """What period is asked (``""`` for none) and how that was seen: ``met``, ``not_met``, ``unknown`` …"""
        for seen in self.observations:
            check: Check = seen.check
            if check.kind == "period" and check.severity is Severity.CRITERION:
                return str(check.options.get("covers", "")), str(seen.outcome)
        return "", ""

    @property
    def files(self) -> tuple[Piece, ...]:
        """The file that stands for the concept: what was typed in the answers, else the only file of its evidence."""
        pieces = [p for p in self.ctx.pieces if p.role == "file" and not p.index]
        opened = [p for p in pieces if p.exchange is not None and p.exchange.sha256 and not p.exchange.cause]
        return tuple(p for p in opened if p.link is None or len(pieces) == 1)


@dataclass(frozen=True, slots=True)
class Given:
    """The facts, the places that each was seen at (by its id), the parts by item and concept, and the earlier year's check."""

    facts: list[Fact] = field(default_factory=list)
    seen: dict[str, tuple[Evidence, ...]] = field(default_factory=dict)
    parts: dict[tuple[str, str], Part] = field(default_factory=dict)
    earlier: Earlier | None = None

    def add(self, fact: Fact, evidence: tuple[Evidence, ...]) -> None:
        """Take in a fact and where it was seen."""
        self.facts.append(fact)
        self.seen[str(fact["id"])] = evidence


def facts_across(parts: Sequence[Part], earlier: Earlier | None = None) -> Given:
    """The facts about all parts, those of merged items one by one. `earlier` is the check of an earlier year."""
    given = Given(parts={(p.item, p.concept): p for p in parts}, earlier=earlier)
    by_concept = {p.concept: p for p in parts}
    shared = Counter(sha for part in parts for sha in {_sha(p) for p in part.files})
    makers: list[Callable[[], None]] = [partial(_files, part, shared, given) for part in parts]
    makers += [partial(_complaint, part, given) for part in parts if part.concept in complaints.CONCEPTS]
    for planned, reported, about in PAIRS:
        if planned in by_concept and reported in by_concept:
            makers.append(partial(_list, by_concept[planned], by_concept[reported], about, given))
    for make in makers:
        try:
            make()
        except Exception:
            # a fault of ours: nothing is found then, and every item is judged all the same
            logger.exception("facts across items failed")
    return given


def _sha(piece: Piece) -> str:
    return str(piece.exchange.sha256) if piece.exchange else ""


def _files(part: Part, shared: Counter[str], given: Given) -> None:
    covers, period = part.period
    dated = covers not in ("", "span", "fiscal_year_or_previous")
    by_agency = part.ctx.candidate is not None and part.ctx.candidate.located_by in _GIVEN
    for piece in part.files[:_FILES]:
        sha = _sha(piece)
        fact_id = f"evidence {part.item} {sha}"
        if fact_id in given.seen:
            continue  # a merged item may give one file for both of its concepts
        fact: Fact = {
            "fact": "evidence",
            "id": fact_id,
            "item": part.item,
            "concept": part.concept,
            "file": sha,
            "given": by_agency and shared[sha] <= _MANY,
            "meets": part.meets,
            "period": period if dated and period else "not_asked",
            "earlier": given.earlier is not None and given.earlier.holds(part.concept, sha),
        }
        given.add(fact, (Evidence(url=piece.url),))


def _complaint(part: Part, given: Given) -> None:
    told = complaints.called(part.ctx)
    if told is not None:
        fact: Fact = {
            "fact": "complaint",
            "id": f"complaint {part.item} {part.concept}",
            "item": part.item,
            "concept": part.concept,
            "calls": told.calls,
            "speaks": told.speaks,
            "linked": told.linked,
            "meets": part.meets,
        }
        given.add(fact, told.evidence)


def _list(planned: Part, reported: Part, about: str, given: Given) -> None:
    """How many names of one document the other lacks: projects of the report that no plan has, measures that no report has."""
    for part in (planned, reported):
        covers, outcome = part.period
        if covers not in _SAME_YEAR or outcome != "met" or not part.ctx.content or part.ctx.unread_cause:
            return
    if about == "projects":
        lister, source, other = lists.projects, reported, planned
    else:
        lister, source, other = lists.measures, planned, reported
    listed = [(p, x) for p, lines in _lines(source) for x in lister(lines)]
    against = [line for _, lines in _lines(other) for line in lines]
    # where the other document's own list cannot be read, nothing can be said to be missing from it
    if not listed or not (about == "measures" or lists.projects(against)):
        return
    lacking = lists.missing([x for _, x in listed], against)
    if lacking is None:
        return
    examples = [(p, x) for p, x in listed if x in lacking][:_EXAMPLES]
    evidence = [quoted(p, page_of(p, x.line.page.number), x.line.text[:200]) for p, x in examples]
    evidence += [Evidence(url=p.url, read="whole") for p, _ in _lines(other)]
    fact: Fact = {
        "fact": "list",
        "id": f"list {about} {source.item} {source.concept}",
        "about": about,
        "item": reported.item,
        "concept": reported.concept,
        "other": planned.item,
        "other_concept": planned.concept,
        "listed": len(listed),
        "missing": len(lacking),
        "percent": 100 * len(lacking) // len(listed),
        "example": examples[0][1].text[:150] if examples else "",
    }
    given.add(fact, tuple(evidence[: _EXAMPLES + 2]))


def _lines(part: Part) -> Iterator[tuple[Piece, tuple[Line, ...]]]:
    for piece in part.ctx.fitting:
        if piece.document is not None:
            yield piece, part.ctx.site.lines(piece.document)
