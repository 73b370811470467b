"""Which passes are narrow, why, and in which order they are told to be opened."""

from __future__ import annotations

import pytest

from ita_rules.judge import judge
from ita_rules.messages import messages
from ita_rules.model import Report, Status
from ita_rules.narrow import MOST, to_open
from tests.build import DAY, REPORT, Site, check, item, rules
from tests.reports import factory

SURE = "## ปัญหา อุปสรรค\nฝนตกชุก"
THIN = "ปัญหา อุปสรรค ฝนตกชุกตลอดฤดู"  # a line that opens with the wording, without a colon


def told(text: str, *, verified: bool = True, kind: str = "component", **page: object) -> Report:
    """The report on one item with one check of content."""
    asked = check("answered"), check(kind, "problems", verified=verified)
    site = Site().page("/").link("/", "a.pdf", REPORT).file("a.pdf", f"# {REPORT} พ.ศ. 2565\n{text}", of={"page": page})
    return judge(site.data, rules(item("O13", "annual-report", *asked)), DAY)


@pytest.mark.parametrize(
    ("text", "more", "reasons"),
    [
        (SURE, {}, ()),
        (SURE, {"verified": False}, ()),
        (THIN, {}, ("one_wording",)),
        (THIN, {"verified": False}, ("one_wording", "unverified")),
        (SURE, {"method": "ocr"}, ("ocr",)),
        (SURE, {"trust": 0.7}, ("low_trust", "one_wording")),
        (f"{SURE}\nปัญหาและอุปสรรค : ฝนตก", {"trust": 0.95}, ()),
    ],
)
def test_thin_matches_are_told_with_their_reasons(text: str, more: dict[str, object], reasons: tuple[str, ...]) -> None:
    report = told(text, **more)  # type: ignore[arg-type]
    assert report.items[0].status is Status.PASS
    assert next(c for c in report.items[0].checks if c.id == "O13.problems").narrow == reasons
    assert [each.item for each in report.to_open] == (["O13"] if reasons else [])


def test_it_is_told_where_to_look_and_for_what() -> None:
    each = told(THIN).to_open[0]
    assert each.checks == ("O13.problems",)
    assert (each.url, each.page, each.quote) == ("https://www.example.go.th/a.pdf", 1, THIN)
    assert "problems" in each.asks
    assert each.reasons == (messages("th").say("report.open.reason.one_wording"),)


def test_an_item_that_does_not_pass_is_not_among_them() -> None:
    report = told("## อื่น\nมี")
    assert report.items[0].status is not Status.PASS
    assert report.to_open == ()


def test_at_most_twelve_the_narrowest_first_then_those_worth_most() -> None:
    one = factory.realistic().items[0]
    thin = [
        one.model_copy(
            update={
                "id": f"O{n}",
                "worth": float(n),
                "checks": (
                    factory.check(
                        f"O{n}", "a", "component", Status.PASS, "m", confidence=0.7 if n == 3 else 0.8, narrow=("one_wording",)
                    ),
                ),
            }
        )
        for n in range(1, 20)
    ]
    found = [each.item for each in to_open(thin, messages("th"))]
    assert len(found) == MOST
    assert found[:3] == ["O3", "O19", "O18"]
