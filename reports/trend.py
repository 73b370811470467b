"""How agencies stood on their last nights, as a small drawing and in words. No script: the drawing is SVG within the page.

The drawing shows the estimated score as a band from the lowest to the highest, so that a night on which much could not be looked
at is a wide place and no fall.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from markupsafe import Markup, escape

from ita_rules.messages import Catalogue

_WIDTH, _HEIGHT = 96, 24


@dataclass(frozen=True, slots=True)
class Point:
    """An agency on one night, or the mean of several. `day` is ISO 8601, `low` and `high` the estimated score (0-100), `gaps` and
    `undecided` how many items were that, `agencies` of how many this is the mean."""

    day: str
    low: float
    high: float
    gaps: float
    undecided: float
    agencies: int = 1


def total(trends: Iterable[Sequence[Point]]) -> tuple[Point, ...]:
    """The means of all agencies day by day, oldest first; of several points of an agency on one day the last counts."""
    days: dict[str, list[Point]] = {}
    for points in trends:
        for day, point in {point.day: point for point in points}.items():
            days.setdefault(day, []).append(point)
    return tuple(_mean(day, found) for day, found in sorted(days.items()))


def drawing(points: Sequence[Point], label: str) -> Markup:
    """A band of the scores as SVG; `label` says the same in words. Nothing for less than two points."""
    if len(points) < 2:
        return Markup("")
    shown = _corners(points)
    step = _WIDTH / (len(points) - 1)
    above = [(round(n * step), _y(point.high)) for n, point in shown]
    below = [(round(n * step), _y(point.low)) for n, point in shown]
    path = "M" + "L".join(f"{x} {y}" for x, y in [*above, *reversed(below)]) + "Z"
    size = f'viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}"'
    return Markup(f'<svg class="trend" {size} role="img" aria-label="{escape(label)}"><path d="{path}"/></svg>')


def told(points: Sequence[Point], say: Catalogue) -> str:
    """What the drawing shows, in words: how many nights, since when, the scores of the first and of the last."""
    first, last = points[0], points[-1]
    return say.say(
        "report.index.trend.told",
        count=len(points),
        day=say.day(first.day),
        was=f"{first.low:.1f}–{first.high:.1f}",
        now=f"{last.low:.1f}–{last.high:.1f}",
    )


def changed(points: Sequence[Point], reviewer: bool, say: Catalogue) -> str:
    """What changed since the night before, in words; a reviewer meets proposals in place of gaps. Empty without such a night."""
    if len(points) < 2:
        return ""
    before, now = points[-2:]
    gaps, undecided = round(now.gaps - before.gaps), round(now.undecided - before.undecided)
    if not gaps and not undecided:
        return say.say("report.index.trend.same")
    name = "report.index.trend.proposed" if reviewer else "report.index.trend.changed"
    return say.say(name, gaps=signed(gaps), undecided=signed(undecided))


def signed(number: float) -> str:
    """A difference with its sign: ``+2``, ``−1``, ``0``; a fraction with one digit."""
    words = f"{abs(number):.1f}" if isinstance(number, float) else str(abs(number))
    return f"{'+' if number > 0 else '−' if number < 0 else ''}{words}"


def _corners(points: Sequence[Point]) -> list[tuple[int, Point]]:
    """The points at which a line turns, with their places: what stays the same for a month takes no room."""
    found = []
    for n, point in enumerate(points):
        around = {(one.low, one.high) for one in points[max(0, n - 1) : n + 2]}
        if n in (0, len(points) - 1) or len(around) > 1:
            found.append((n, point))
    return found


def _y(score: float) -> int:
    """From the score to the drawing, whose top is 100; one unit stays free above and below so that a line can be seen."""
    return round(1 + (_HEIGHT - 2) * (1 - min(max(score, 0.0), 100.0) / 100))


def _mean(day: str, found: Sequence[Point]) -> Point:
    return Point(
        day,
        fmean(one.low for one in found),
        fmean(one.high for one in found),
        fmean(one.gaps for one in found),
        fmean(one.undecided for one in found),
        len(found),
    )
