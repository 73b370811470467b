"""From the status of every item to scores, as ป.ป.ช. computes them: pure arithmetic, no data.

An item has 100 points or 0, nothing between. A sub-indicator (``9.2``) is the mean of its items, an indicator (``9``) the mean
of its sub-indicators, not of all its items, and OIT the mean of its indicators. The whole assessment is
0.30 IIT + 0.30 EIT + 0.40 OIT. Items of 100 or 0: the criteria of FY 2567 and 2568 (the same words in both). The means and the
weights are proved by arithmetic on published results of FY 2563 to 2566 (`tests/test_scoring.py` recomputes every one); that
OIT makes 40 of 100 points is also stated in words for FY 2567. The weights of FY 2568 and 2569 were not seen in a source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from ita_rules.model import IndicatorScore, Range, Scores, Status

WEIGHT_IIT = Fraction(30, 100)
WEIGHT_EIT = Fraction(30, 100)
WEIGHT_OIT = Fraction(40, 100)

_OPEN = (Status.UNDECIDED, Status.NOT_DUE)
_Bounds = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class SubIndicator:
    """A sub-indicator such as ``9.2`` and the ids of its items."""

    id: str
    items: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator such as ``9`` and its sub-indicators."""

    id: str
    parts: tuple[SubIndicator, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """The OIT form's indicators, as one fiscal year has them.

    Raises:
        ValueError: an item, an indicator or a sub-indicator stands twice.
    """

    indicators: tuple[Indicator, ...]

    def __post_init__(self) -> None:
        ids = [i.id for i in self.indicators] + [p.id for i in self.indicators for p in i.parts]
        items = list(self.items())
        if len(set(ids)) != len(ids) or len(set(items)) != len(items):
            raise ValueError("an indicator or an item stands twice in the grid")

    def items(self) -> Iterator[str]:
        """Ids of all items, in the grid's order."""
        for indicator in self.indicators:
            for part in indicator.parts:
                yield from part.items


def score(grid: Grid, statuses: Mapping[str, Status | str]) -> Scores:
    """Scores of OIT, each indicator and each sub-indicator, 0-100, each followed by its parts, in the grid's order.

    `low` counts items that are undecided or not due as 0, `high` as 100. An item that does not apply leaves the mean; a
    sub-indicator whose items all left leaves its indicator's mean, and is not in the result; likewise an indicator. An item
    that `statuses` lacks counts as undecided: that we did not look is never a zero. With nothing to score at all, OIT is
    0 to 100. Computed exactly; two decimals, half up, only in the result.

    Raises:
        ValueError: a status that is none.
    """
    rows: list[IndicatorScore] = []
    indicators: list[_Bounds] = []
    for indicator in grid.indicators:
        parts: list[_Bounds] = []
        below: list[IndicatorScore] = []
        for part in indicator.parts:
            bounds = _mean(
                [b for b in (_item(Status(statuses.get(item, Status.UNDECIDED))) for item in part.items) if b is not None]
            )
            if bounds is not None:
                parts.append(bounds)
                below.append(_row(part.id, part.name, bounds))
        whole = _mean(parts)
        if whole is not None:
            indicators.append(whole)
            rows += [_row(indicator.id, indicator.name, whole), *below]
    oit = _mean(indicators) or (Fraction(0), Fraction(100))
    return Scores(oit=Range(low=rounded(oit[0]), high=rounded(oit[1])), indicators=tuple(rows))


def worth(grid: Grid, not_applicable: frozenset[str] = frozenset()) -> dict[str, float]:
    """Points of the OIT score (0-100) that each item is worth: an item of a small sub-indicator weighs most.

    Items of `not_applicable` are worth nothing, and leave what they were worth to the others of their sub-indicator.
    """
    result = dict.fromkeys(grid.items(), 0.0)
    live = [
        [[item for item in part.items if item not in not_applicable] for part in indicator.parts] for indicator in grid.indicators
    ]
    indicators = [[items for items in parts if items] for parts in live]
    indicators = [parts for parts in indicators if parts]
    for parts in indicators:
        for items in parts:
            for item in items:
                result[item] = float(Fraction(100, len(indicators) * len(parts) * len(items)))
    return result


def total(iit: float, eit: float, oit: float) -> float:
    """The result of the whole assessment, 0-100, not rounded, from the means of its three tools:
    0.30 IIT (indicators 1-5) + 0.30 EIT (6-8) + 0.40 OIT (9-10).
    """
    return float(WEIGHT_IIT * Fraction(iit) + WEIGHT_EIT * Fraction(eit) + WEIGHT_OIT * Fraction(oit))


def rounded(value: float | Fraction) -> float:
    """Two decimals, half up, as results are published. A float is taken as the decimal number that it shows."""
    exact = Fraction(str(value)) if isinstance(value, float) else value
    cents = Decimal(exact.numerator * 100) / Decimal(exact.denominator)
    return float(cents.quantize(Decimal(1), rounding=ROUND_HALF_UP) / 100)


def _item(status: Status) -> _Bounds | None:
    if status is Status.NOT_APPLICABLE:
        return None
    low = Fraction(100 if status is Status.PASS else 0)
    return low, Fraction(100) if status in _OPEN else low


def _mean(bounds: Sequence[_Bounds]) -> _Bounds | None:
    if not bounds:
        return None
    return sum((b[0] for b in bounds), Fraction(0)) / len(bounds), sum((b[1] for b in bounds), Fraction(0)) / len(bounds)


def _row(row_id: str, name: str, bounds: _Bounds) -> IndicatorScore:
    return IndicatorScore(id=row_id, name=name, low=rounded(bounds[0]), high=rounded(bounds[1]))
