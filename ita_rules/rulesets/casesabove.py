"""The cases that an item inherits with its conditions: the same evidence, its years moved to the item's form.

A merged item asks for evidence of several concepts. A case of one of them is then taken together with evidence that passes for
the others, of an agency of the same name and type; where there is none, the case is left behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ita_rules.model import Status
from ita_rules.rulesets.caseruns import Case, PlacedCase
from ita_rules.rulesets.types import Item
from ita_rules.rulesets.years import move_day, move_years


@dataclass(frozen=True, slots=True)
class Inherited:
    """An item that another one extends, its form's fiscal year (B.E.), and its cases."""

    item: Item
    fiscal_year: int
    cases: tuple[PlacedCase, ...]


def inherited(item: Item, fiscal_year: int, above: Sequence[Inherited]) -> list[PlacedCase]:
    """The cases of the items `above` as an item has them whose data is of `fiscal_year` (B.E.), in their order.

    An item that has only a part of one above has none of its cases. What a case expects of a check that the item lacks is
    left out, and so is a gap of which nothing is left to expect.
    """
    whole = [a for a in above if set(a.item.concepts) <= set(item.concepts)]
    moved = [replace(a, cases=tuple(_moved(p, a, fiscal_year) for p in a.cases)) for a in whole]
    found = []
    for one in moved:
        others = [o for o in moved if o is not one and not set(o.item.concepts) & set(one.item.concepts)]
        if set(item.concepts) != {c for a in (one, *others) for c in a.item.concepts}:
            continue
        for placed in one.cases:
            beside = _beside(placed.case, others)
            expect = _expected(item, one.item, placed.case)
            lost = bool(placed.case.expect) and not expect and placed.outcome != "passes"
            if beside is not None and not lost:
                case = placed.case.model_copy(update={"expect": expect, **_link(one.item, item, placed.case)})
                found.append(replace(placed, item=item.id, case=case, beside=(*placed.beside, *beside)))
    return found


def _moved(placed: PlacedCase, above: Inherited, fiscal_year: int) -> PlacedCase:
    by = fiscal_year - above.fiscal_year

    if not by:
        return placed

    def move(case: Case) -> Case:
        texts = {name: move_years(getattr(case, name), by, above.fiscal_year) for name in ("name", "page", "link")}
        return case.model_copy(update={**texts, "as_of": move_day(case.as_of, by) if case.as_of else None})

    return replace(placed, case=move(placed.case), beside=tuple(move(c) for c in placed.beside))


def _beside(case: Case, others: Sequence[Inherited]) -> tuple[Case, ...] | None:
    """Evidence that passes for each of the other items; None where one of them has none of the same agency."""
    found: list[Case] = []
    for other in others:
        passing = next((p for p in other.cases if p.outcome == "passes" and _goes_with(p.case, case)), None)
        if passing is None:
            return None
        found.append(passing.case.model_copy(update={"link": passing.case.link or other.item.name.th}))
        found += passing.beside
    return tuple(found)


def _goes_with(passing: Case, case: Case) -> bool:
    return passing.agency == case.agency and passing.answered == case.answered and passing.as_of in (None, case.as_of)


def _expected(item: Item, above: Item, case: Case) -> dict[str, Status]:
    """What a case expects of the checks that the item has, by their keys in the item."""
    known = {c.id.removeprefix(f"{item.id}.") for c in item.checks}
    prefix = f"{above.concepts[0]}." if len(item.concepts) > 1 and len(above.concepts) == 1 else ""
    return {prefix + key: status for key, status in case.expect.items() if prefix + key in known}


def _link(above: Item, item: Item, case: Case) -> dict[str, str]:
    """The words of the link to evidence of a merged item: each concept's own."""
    return {"link": case.link or above.name.th} if len(above.concepts) < len(item.concepts) else {}
