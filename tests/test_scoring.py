"""The scorer against every published figure that the sources give."""

import pytest

from ita_rules.model import Status
from ita_rules.scoring import Grid, Indicator, SubIndicator, rounded, score, total, worth

GAP, PASS, OPEN, LATER, OUT = Status.GAP, Status.PASS, Status.UNDECIDED, Status.NOT_DUE, Status.NOT_APPLICABLE


def grid(*indicators: tuple[int, ...]) -> Grid:
    """Indicators 9, 10, … with sub-indicators of so many items; ids ``9.1/1`` …"""
    return Grid(
        tuple(
            Indicator(
                str(n),
                tuple(
                    SubIndicator(f"{n}.{p}", tuple(f"{n}.{p}/{i}" for i in range(1, size + 1)))
                    for p, size in enumerate(sizes, start=1)
                ),
            )
            for n, sizes in enumerate(indicators, start=9)
        )
    )


FY2564 = FY2565 = grid((9, 8, 7, 4, 5), (8, 2))
FY2566 = grid((10, 8, 4, 4, 4), (8, 5))


def judged(shape: Grid, *failed: str) -> dict[str, float]:
    """Scores by id, where of each named sub-indicator one more item fails than before; everything else passes."""
    statuses = dict.fromkeys(shape.items(), PASS)
    for part in failed:
        statuses[next(item for item in statuses if item.startswith(part + "/") and statuses[item] is PASS)] = GAP
    result = score(shape, statuses)
    assert all(row.low == row.high for row in result.indicators)
    return {row.id: row.low for row in result.indicators} | {"oit": result.oit.low}


def mean(*values: float) -> float:
    return sum(values) / len(values)


@pytest.mark.parametrize(
    ("shape", "failed", "which", "published"),
    [
        (FY2565, ("9.2", "9.3", "9.5", "9.5"), "9", 86.64),
        (FY2565, ("9.1", "9.2", "9.2"), "9", 92.78),
        (FY2566, ("10.1", "10.1"), "10", 87.5),
        (FY2566, ("9.3", "9.4"), "9", 90.00),
    ],
)
def test_published_indicators(shape: Grid, failed: tuple[str, ...], which: str, published: float) -> None:
    assert judged(shape, *failed)[which] == pytest.approx(published, abs=0.01)


@pytest.mark.parametrize(
    ("indicators", "published"),
    [
        ((98.46, 95.43, 96.71, 95.87, 96.75, 97.80, 97.28, 96.82, 86.64, 100), 95.51),
        ((87.37, 75.30, 80.75, 73.60, 71.54, 82.50, 85.82, 81.93, 92.78, 100), 86.9),
        ((93.55, 87.72, 91.01, 87.93, 89.52, 90.55, 88.68, 88.58, 72.89, 65.56), 81.45),
        ((92.57, 86.13, 90.08, 85.98, 88.04, 83.67, 82.11, 79.29, 69.94, 52.78), 75.62),
        ((92.84, 86.27, 89.21, 84.70, 87.51, 90.03, 87.99, 85.97, 75.39, 65.39), 80.99),
        ((92.17, 85.44, 88.74, 84.05, 86.51, 84.62, 83.70, 81.88, 51.68, 29.82), 67.54),
    ],
)
def test_published_totals(indicators: tuple[float, ...], published: float) -> None:
    found = total(mean(*indicators[:5]), mean(*indicators[5:8]), mean(*indicators[8:]))
    assert found == pytest.approx(published, abs=0.01)


@pytest.mark.parametrize(
    ("failed", "nine", "ten", "oit_of_40"),
    [
        ((), 100, 100, 40.00),
        (("9.2", "9.5"), 93.50, 100, 38.70),
        (("9.2",), 97.50, 100, 39.50),
        (("9.1", "10.1"), 97.78, 93.75, 38.31),
        (("9.3",), 97.14, 100, 39.43),
        (("9.2", "10.1", "10.1"), 97.50, 87.50, 37.00),
        (("9.1", "9.5"), 93.78, 100, 38.76),
        (("9.5",), 96.00, 100, 39.20),
        (("9.2", "9.4", "10.1"), 92.50, 93.75, 37.25),
        (("9.2", "9.3"), 94.64, 100, 38.93),
    ],
)
def test_agencies_of_one_province_2564(failed: tuple[str, ...], nine: float, ten: float, oit_of_40: float) -> None:
    found = judged(FY2564, *failed)
    assert found["9"] == pytest.approx(nine, abs=0.005)
    assert found["10"] == pytest.approx(ten, abs=0.005)
    assert 0.40 * found["oit"] == pytest.approx(oit_of_40, abs=0.01)
    assert total(0, 0, found["oit"]) == pytest.approx(oit_of_40, abs=0.01)


@pytest.mark.parametrize(
    ("part", "of_the_total"),
    [("9.1", 0.44), ("9.2", 0.50), ("9.3", 0.57), ("9.4", 1.00), ("9.5", 0.80), ("10.1", 1.25), ("10.2", 5.00)],
)
def test_worth_of_an_item_2565(part: str, of_the_total: float) -> None:
    worths = worth(FY2565)
    assert 0.40 * worths[f"{part}/1"] == pytest.approx(of_the_total, abs=0.005)
    assert sum(worths.values()) == pytest.approx(100)
    lost = 100 - judged(FY2565, part)["oit"]
    assert lost == pytest.approx(worths[f"{part}/1"], abs=0.005)


def test_low_and_high_span_what_is_open() -> None:
    shape = grid((2, 2), (4,))
    statuses = dict.fromkeys(shape.items(), PASS) | {"9.1/1": OPEN, "9.2/1": LATER, "10.1/1": GAP, "10.1/2": OPEN}
    found = score(shape, statuses)
    assert [(r.id, r.low, r.high) for r in found.indicators] == [
        ("9", 50, 100),
        ("9.1", 50, 100),
        ("9.2", 50, 100),
        ("10", 50, 75),
        ("10.1", 50, 75),
    ]
    assert (found.oit.low, found.oit.high) == (50, 87.5)


def test_what_does_not_apply_leaves_the_mean() -> None:
    shape = grid((2, 2), (1,))
    statuses = dict.fromkeys(shape.items(), PASS) | {"9.1/1": OUT, "9.1/2": GAP, "9.2/1": OUT, "9.2/2": OUT}
    found = score(shape, statuses)
    assert [(r.id, r.low) for r in found.indicators] == [("9", 0), ("9.1", 0), ("10", 100), ("10.1", 100)]
    assert found.oit.low == 50
    worths = worth(shape, frozenset({"9.1/1", "9.2/1", "9.2/2"}))
    assert worths == {"9.1/1": 0, "9.1/2": 50, "9.2/1": 0, "9.2/2": 0, "10.1/1": 50}


def test_an_indicator_without_items_leaves_the_mean_of_oit() -> None:
    shape = grid((1,), (1,))
    found = score(shape, {"9.1/1": OUT, "10.1/1": PASS})
    assert [r.id for r in found.indicators] == ["10", "10.1"]
    assert found.oit.low == found.oit.high == 100


def test_nothing_known_is_not_a_zero() -> None:
    shape = grid((1,), (1,))
    assert score(shape, {}).oit.high == 100
    nothing = score(shape, dict.fromkeys(shape.items(), OUT))
    assert (nothing.oit.low, nothing.oit.high, nothing.indicators) == (0, 100, ())


def test_rounding_is_half_up_and_only_at_the_end() -> None:
    assert [rounded(v) for v in (0.125, 0.135, 2.675, 1.005, 99.995, 86.642857)] == [0.13, 0.14, 2.68, 1.01, 100.0, 86.64]
    # 200/3 is not rounded before the mean: (66.666… + 66.666… + 0) / 3 = 44.444…, and half of that with 0
    shape = grid((3, 3, 1), (1,))
    statuses = dict.fromkeys(shape.items(), PASS) | {"9.1/1": GAP, "9.2/1": GAP, "9.3/1": GAP, "10.1/1": GAP}
    assert score(shape, statuses).oit.low == 22.22


def test_a_grid_names_everything_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        Grid((Indicator("9", (SubIndicator("9.1", ("O1", "O1")),)),))
    with pytest.raises(ValueError, match="twice"):
        Grid((Indicator("9", (SubIndicator("9.1", ("O1",)), SubIndicator("9.1", ("O2",)))),))


def test_a_status_may_be_its_word_and_nothing_else() -> None:
    shape = grid((1,), (1,))
    assert score(shape, {"9.1/1": "pass", "10.1/1": "gap"}).oit.high == 50
    with pytest.raises(ValueError, match="passed"):
        score(shape, {"9.1/1": "passed"})
