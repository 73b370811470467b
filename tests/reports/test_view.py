"""Orders, words and addresses that the renderers share."""

from __future__ import annotations

import pytest

from ita_rules.messages import messages
from ita_rules.model import LocatedBy, Range, Severity, SourceResult, Status, Total
from reports import view
from tests.reports import factory

TH = messages("th")


@pytest.mark.parametrize("url", factory.HOSTILE_URLS)
def test_a_hostile_address_is_no_link(url: str) -> None:
    assert view.safe_href(url) is None


@pytest.mark.parametrize(
    "url", ["http://a.go.th/", "HTTPS://a.go.th/x?a=b&c=d#e", "http://a.go.th/แผน%20ก.pdf", "http://[::1]:80/"]
)
def test_a_web_address_is_a_link_as_it_was_found(url: str) -> None:
    assert view.safe_href(url) == url


def test_an_address_is_bounded() -> None:
    assert view.safe_href("http://a.go.th/" + "x" * 5000) is None
    assert view.safe_href(None) is None
    assert len(view.readable_url("http://a.go.th/" + "%E0%B8%81" * 100_000)) == 200


def test_thai_in_an_address_is_readable_and_nothing_else_is_decoded() -> None:
    assert view.readable_url("http://a/%E0%B9%81%E0%B8%9C%E0%B8%99%20%2Fx%3F.pdf") == "http://a/แผน%20%2Fx%3F.pdf"
    assert view.readable_url("http://a/%E0%B9x%FF") == "http://a/%E0%B9x%FF"
    assert view.readable_url("http://a/%E2%80%AEgnp") == "http://a/gnp"  # a bidi override, encoded


def test_needs_come_first() -> None:
    checks = [factory.check("O1", s.value, "component", s, "m") for s in Status]
    assert [c.status.value for c in view.by_urgency(checks)] == ["gap", "undecided", "not_due", "pass", "not_applicable"]


def test_items_to_mend_are_ordered_by_points_for_the_effort() -> None:
    planned = view.planned(factory.realistic())
    gains = [plan.points / plan.effort for _, plan in planned]
    assert gains == sorted(gains, reverse=True)
    assert [item.id for item, _ in planned] == ["O42", "O21", "O28", "O29", "O2", "O8", "O13"]


def test_advice_is_kept_apart() -> None:
    item = factory.realistic().items[11]
    assert [check.id for check in view.advice(item)] == ["O12.machine_readable"]
    assert all(check.severity is Severity.CRITERION for check in view.criteria(item))
    assert view.fixes(item) == ()


def test_fixes_are_said_once() -> None:
    gap = factory.check("O1", "a", "component", Status.GAP, "m", fix="ทำ")
    item = (
        factory.realistic()
        .items[0]
        .model_copy(update={"checks": (gap, gap, gap.model_copy(update={"status": "pass", "fix": "x"}))})
    )
    assert view.fixes(item) == ("ทำ",)


def _source(path: tuple[str, ...], words: tuple[str, ...]) -> SourceResult:
    return SourceResult(url="http://a/x.pdf", located_by=LocatedBy.MENU, click_path=path, click_words=words)


@pytest.mark.parametrize(
    ("path", "words", "steps"),
    [
        ((), (), ()),
        (("http://a/",), (), ("หน้าหลัก",)),
        (("http://a/", "http://a/ita"), ("ITA", "แผน"), ("หน้าหลัก", "ITA", "แผน")),
        (("http://a/", "http://a/ita"), ("", "ITA"), ("หน้าหลัก", "ITA")),
        (("http://a/", "http://a/ita", "http://a/%E0%B9%81%E0%B8%9C%E0%B8%99/"), (), ("หน้าหลัก", "ita", "แผน")),
        (("http://a/", "http://a/ita"), ("\x1b[31mITA", " "), ("หน้าหลัก", "ITA", "…")),
    ],
)
def test_the_way_from_the_main_page(path: tuple[str, ...], words: tuple[str, ...], steps: tuple[str, ...]) -> None:
    assert view.click_steps(_source(path, words), TH) == steps


def test_a_source_has_a_name() -> None:
    assert view.source_title(_source((), ())) == "x.pdf"
    assert view.source_title(_source((), ()).model_copy(update={"url": "http://a/"})) == "a"
    assert view.source_title(_source((), ()).model_copy(update={"title": "ก\n ข"})) == "ก ข"


def test_every_indicator_has_a_row() -> None:
    rows = view.overview(factory.realistic())
    assert [row.id for row in rows] == ["9", "9.1", "9.2", "9.3", "9.4", "9.5", "10", "10.1", "10.2"]
    assert [len(row.items) for row in rows] == [0, 10, 8, 4, 4, 4, 0, 8, 5]
    assert [row.id for row in view.overview(factory.undecided())] == ["9.1"]


def test_words() -> None:
    assert [view.number(value) for value in (71.428, 83.0, 0.0, -0.001, 100)] == ["71.43", "83", "0", "0", "100"]
    assert view.score_words(Range(low=1, high=1), TH) == "1"
    assert view.score_words(Range(low=1, high=2.5), TH) == "1 ถึง 2.5"
    assert view.kind_word("period", TH) == TH.say("kind.period")
    assert view.kind_word("no such kind", TH) == view.kind_word("other", TH) == TH.say("kind.other")
    assert view.confidence_word(0.95, TH) == TH.say("confidence.high")
    assert view.confidence_word(0, TH) == TH.say("confidence.low")
    assert view.stopped_word("interrupt", TH) == TH.say("stopped.interrupt")
    assert "moon" in view.stopped_word("moon", TH)
    word = SourceResult(url="x", located_by=LocatedBy.CODE, media_type="application/vnd.ms-excel", text_from="office")
    assert view.read_word(word, TH) == f"{TH.say('media.sheet')} · {TH.say('read.office')}"
    assert view.read_word(word.model_copy(update={"media_type": None, "text_from": "zz"}), TH) == TH.say("read.none")


def test_unverified_gaps_are_counted_apart() -> None:
    assert view.gap_checks(factory.realistic()) == (8, 2)
    assert view.gap_checks(factory.empty()) == (0, 0)


@pytest.mark.parametrize(
    ("url", "page", "href"),
    [
        ("https://a.go.th/r.pdf", 7, "https://a.go.th/r.pdf#page=7"),
        ("https://a.go.th/r.pdf", 1, "https://a.go.th/r.pdf"),
        ("https://a.go.th/r.pdf#x", 7, "https://a.go.th/r.pdf#x"),
        ("https://a.go.th/r.xlsx", "แผ่น 1", "https://a.go.th/r.xlsx"),
        (None, 7, ""),
    ],
)
def test_an_address_opens_at_its_page(url: str | None, page: int | str, href: str) -> None:
    assert view.page_href(url, page) == href


def test_levels_in_words() -> None:
    say = messages("th")
    total = Total(iit=90, eit=90, low=84, high=90, level_low="ก", level_high="ข", verified=True)
    assert view.level_words(total, say) == "ก ถึง ข"
    assert view.level_words(total.model_copy(update={"level_high": "ก"}), say) == "ก"
    assert view.level_words(total.model_copy(update={"level_low": None}), say) == ""
    assert "ยังไม่ได้ตรวจเทียบ" in view.level_words(total.model_copy(update={"verified": False}), say)


def test_effort_in_words_grows() -> None:
    words = [view.effort_word(effort, messages("th")) for effort in (1, 2, 3, 4, 30)]
    assert words[0] != words[1] == words[2] != words[3] == words[4]


def test_a_gap_is_a_proposal_to_a_reviewer_alone() -> None:
    say, report = messages("th"), factory.realistic()
    reviewer = report.model_copy(update={"persona": "reviewer"})
    assert view.status_word(Status.GAP, report, say) == say.say("status.gap")
    assert view.status_word(Status.GAP, reviewer, say) == say.say("report.proposed")
    assert view.status_word(Status.PASS, reviewer, say) == say.say("status.pass")
    assert view.symbols(reviewer)[Status.GAP] != view.symbols(report)[Status.GAP]


def test_what_was_not_seen_is_grouped_by_who_must_act() -> None:
    report = factory.realistic()
    groups = view.unreached(report, 1)
    assert [(who, len(those), count) for who, those, count in groups] == [
        ("webmaster", 1, 2),
        ("hosting", 1, 1),
        ("external", 1, 1),
        ("tool", 1, 1),
    ]
    none = report.run.model_copy(update={"unreached": ()})
    assert view.unreached(report.model_copy(update={"run": none}), 1) == ()
