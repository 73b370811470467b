"""Cases that cannot all hold: the same evidence with two outcomes, a case that expects what its own outcome rules out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ita_rules.complaints import Complaint
from ita_rules.model import Severity, Status
from ita_rules.rulesets.caseruns import Case, PlacedCase
from ita_rules.rulesets.types import Item

Evidence = tuple[object, ...]


def contradictions(placed: Sequence[PlacedCase]) -> Iterator[Complaint]:
    """A complaint at each case of one item whose evidence is an earlier case's and that expects otherwise."""
    before: dict[Evidence, list[PlacedCase]] = {}
    words = [tuple("".join(case.page.split()) for case in (one.case, *one.beside)) for one in placed]
    often = Counter(words)
    for one, own in zip(placed, words, strict=True):
        if often[own] < 2:
            continue  # no other case has its letters, and so none its evidence
        same = before.setdefault(tuple(e for case in (one.case, *one.beside) for e in _evidence(case)), [])
        for other in same:
            differing = _differing(one, other)
            if differing:
                values = {"case": one.case.name, "other": other.case.name, "at": other.line, "check": differing}
                yield Complaint(one.file, one.line, "error.cases_contradict", values)
                break
        same.append(one)


def _evidence(case: Case) -> Evidence:
    """All that is judged of a case; blanks of its page aside, as they are when it is read."""
    page = tuple(" ".join(line.split()) for line in case.page.splitlines() if line.strip())
    rest = (case.agency, case.as_of, case.link, case.linked, case.cause, case.media, case.answered, case.catalog)
    return (page, *rest)


def _differing(one: PlacedCase, other: PlacedCase) -> str:
    """What two cases of the same evidence disagree on: a check's key, else the item's code; ``""`` where they agree."""
    keys = one.case.expect.keys() & other.case.expect.keys()
    checks = sorted(k for k in keys if one.case.expect[k] != other.case.expect[k])
    return checks[0] if checks else one.item if one.outcome != other.outcome else ""


def against_itself(item: Item, placed: PlacedCase) -> Iterator[Complaint]:
    """A complaint where an item is said to pass although one of its criteria is said not to, or cannot be decided."""
    if placed.outcome != "passes":
        return
    criteria = {c.id.removeprefix(f"{item.id}."): c for c in item.checks if c.severity is Severity.CRITERION}
    for key, status in placed.case.expect.items():
        if key in criteria and status in (Status.GAP, Status.UNDECIDED):
            values = {"case": placed.case.name, "check": key}
            yield Complaint(placed.file, placed.line, "error.case_against_itself", values)
