"""From observations to the report: counts, causes, sources, the words of gaps, and the day something is due."""

from __future__ import annotations

import datetime as dt

import pytest

from ita_rules.assemble import due_day
from ita_rules.judge import judge
from ita_rules.model import Report, RuleSource, SourceResult, Status
from ita_rules.rulesets.types import RuleSet
from ita_rules.run.keys import host_of
from ita_rules.run.types import Bound, Page
from tests.build import ADVICE, ALL_ITEMS, DAY, REPORT, TITLES, Site, check, item, rules, words

RULES = rules(
    item(
        "O13",
        "annual-report",
        check("answered", source="book"),
        check("reachable"),
        check("component", "problems", verified=False),
    ),
    sources={"book": RuleSource(id="book", title="คู่มือ"), "other": RuleSource(id="other", title="อื่น")},
)


def told(site: Site, ruleset: RuleSet = RULES) -> Report:
    """The report on a site."""
    return judge(site.data, ruleset, DAY)


def test_pages_documents_and_what_gave_nothing_are_counted() -> None:
    site = Site(requests=7).page("/").page("p").file("a.pdf", "# ก").fail("z", "timeout").fail("b", "http_404")
    run = told(site).run
    assert (run.requests, run.pages, run.documents) == (7, 2, 1)
    assert [(u.url, u.cause) for u in run.unreached] == [(site.url("b"), "http_404"), (site.url("z"), "timeout")]
    assert all(u.cause and u.who for u in run.unreached)


def test_a_name_that_was_not_given_and_one_that_is_not_on_the_site_are_told_apart() -> None:
    host = host_of(Site().url("/"))
    unnamed = told(Site(agency=host).page("/", "# หน้าแรก")).run.warnings
    assert any("--agency-name" in warning for warning in unnamed)
    assert not any(host in warning for warning in unnamed)
    misnamed = told(Site(agency="เทศบาลตำบลไม่มีจริง").page("/", "# หน้าแรก")).run.warnings
    assert any("เทศบาลตำบลไม่มีจริง" in warning for warning in misnamed)
    right = told(Site(agency="เทศบาลตำบลไผ่เขียว").page("/", "# เทศบาลตำบลไผ่เขียว")).run.warnings
    assert not any("ชื่อ" in warning for warning in right)


def test_a_title_without_end_is_cut() -> None:
    site = Site().page("/").file("a.pdf", f"# {REPORT}", of={"title": "ก" * 100_000}).answer("O13", "a.pdf")
    assert [len(source.title or "") for source in told(site).items[0].sources] == [300]


def test_times_are_the_gatherings() -> None:
    run = told(Site(finished="2023-04-30T10:00:00+07:00").page("/")).run
    assert (run.started, run.finished, run.as_of) == ("2023-04-30T09:00:00+07:00", "2023-04-30T10:00:00+07:00", "2023-04-30")


def test_every_source_that_was_looked_at_stands_there_the_unreadable_too() -> None:
    site = Site().page("/").file("a.pdf", f"# {REPORT}").file("b.pdf", "# ก", of={"cause": "encrypted", "pages": ()})
    site.fail("c.pdf", "http_404", status=404).answer("O13", "a.pdf", "b.pdf", "c.pdf")
    sources = told(site).items[0].sources
    assert [(s.url.rsplit("/", 1)[-1], s.cause, s.http_status) for s in sources] == [
        ("a.pdf", None, 200),
        ("b.pdf", "encrypted", 200),
        ("c.pdf", "http_404", 404),
    ]
    assert (sources[0].text_from, sources[0].pages, sources[0].read_by) == ("text-layer", 1, ("test/1",))


def test_pages_of_an_html_source_are_not_counted() -> None:
    site = Site().page("/").page("r", f"# {REPORT}").answer("O13", "r")
    source = told(site).items[0].sources[0]
    assert (source.pages, source.text_from, source.title) == (None, "html", REPORT)


def test_only_the_sources_that_are_cited_are_listed() -> None:
    assert [s.id for s in told(Site().page("/")).ruleset.sources] == ["book"]


def test_a_gap_has_a_fix_and_says_whether_the_rule_was_verified() -> None:
    site = Site().page("/").file("a.pdf", f"# {REPORT}\nซ่อมถนน").answer("O13", "a.pdf")
    answered, _, problems = told(site).items[0].checks
    assert (answered.status, answered.fix, answered.verified) == (Status.PASS, None, True)
    assert (problems.status, problems.verified) == (Status.GAP, False)
    assert problems.fix


def test_the_rules_own_fix_goes_before_the_kinds() -> None:
    ruleset = rules(item("O13", "annual-report", check("answered"), check("component", "problems", fix=words("เพิ่มหัวข้อปัญหา"))))
    site = Site().page("/").file("a.pdf", f"# {REPORT}\nซ่อมถนน").answer("O13", "a.pdf")
    assert told(site, ruleset).items[0].checks[1].fix == "เพิ่มหัวข้อปัญหา"


def test_no_sentence_is_left_with_an_open_place() -> None:
    sites = [
        Site().page("/"),
        Site().page("/").fail("a.pdf", "timeout").answer("O13", "a.pdf"),
        Site().page("/").fail("a.pdf", "http_404").answer("O13", "a.pdf"),
        Site().page("/").file("a.pdf", f"# {REPORT}\n## ปัญหา\nฝนตก").answer("O13", "a.pdf"),
    ]
    for site in sites:
        for c in told(site).items[0].checks:
            said = " ".join((c.message, c.fix or "", c.asks, *c.why))
            assert not any(mark in said for mark in ("{", "}", "@", "check.", "why.", "cause."))


def test_the_agency_is_named_as_given_else_by_its_main_page() -> None:
    assert told(Site(agency="กรมตัวอย่าง", kind="department").page("/", "# หน้าแรก")).agency.name == "กรมตัวอย่าง"
    assert told(Site(agency="").page("/", "# เทศบาลตำบลตัวอย่าง")).agency.name == "เทศบาลตำบลตัวอย่าง"


@pytest.mark.parametrize(
    ("checks", "day"),
    [
        ((check("period", covers="previous_fiscal_year"),), None),
        ((check("period", covers="first_half"),), dt.date(2023, 3, 31)),
        ((check("coverage", months="first_half"),), dt.date(2023, 3, 31)),
        ((check("coverage", months="first_half", severity=ADVICE),), None),
    ],
)
def test_when_an_item_is_due(checks: tuple[object, ...], day: dt.date | None) -> None:
    ruleset = rules(item("O13", "annual-report", *checks))  # type: ignore[arg-type]
    assert due_day(ruleset.items[0], ruleset) == day


def test_the_calendar_goes_before_the_end_of_the_half() -> None:
    ruleset = rules(item("O13", "annual-report", check("period", covers="first_half")), due={"O13": dt.date(2023, 4, 30)})
    assert due_day(ruleset.items[0], ruleset) == dt.date(2023, 4, 30)


def test_scans_that_nothing_could_read_are_told_once() -> None:
    site = Site(agency="เทศบาลตำบลไผ่เขียว").page("/", "# เทศบาลตำบลไผ่เขียว")
    for name in ("a.pdf", "b.pdf"):
        site.file(name, f"# {name}", of={"pages": (Page(1, cause="no_ocr"),)})
    warnings = told(site).run.warnings
    assert len([w for w in warnings if "make setup-ocr" in w and "2" in w]) == 1
    assert told(site.meta(settings={"ocr": "ocr/1 tesseract/5"})).run.warnings == ()
    assert any("เวลา" in w for w in told(site.meta(settings={"ocr": "ocr/1", "sandbox": "time"})).run.warnings)


DRIVE = "https://drive.google.com/file/d/1AbCdEfGhIjKlMnOp/view"


def source_of(site: Site, url: str) -> SourceResult:
    """The one source that an answer names."""
    (source,) = told(site.answer("O13", url)).items[0].sources
    return source


def codes(source: SourceResult) -> list[str]:
    """The codes of what is to be known of a source."""
    return [warning.code for warning in source.warnings]


def test_how_a_source_was_come_by_is_told_in_words() -> None:
    asked = "https://drive.google.com/uc?export=download&id=1AbCdEfGhIjKlMnOp"
    assert codes(source_of(Site().page("/").file("a.pdf", f"# {REPORT}"), "a.pdf")) == []
    shared = source_of(Site().page("/").file(DRIVE, f"# {REPORT}", asked=asked), DRIVE)
    assert codes(shared) == ["shared"]
    site = Site().page("/").file("a.pdf", f"# {REPORT}", insecure="expired", rendered="Chromium 150", unchanged=True)
    many = source_of(site, "a.pdf")
    assert codes(many) == ["insecure", "rendered", "unchanged"]
    assert "ใบรับรองหมดอายุ" in many.warnings[0].message
    assert "Chromium 150" in many.warnings[1].message


def test_a_short_link_is_warned_of_with_its_end() -> None:
    short = "https://bit.ly/3xYz"
    site = Site().page("/").file(short, f"# {REPORT}", final_url=DRIVE, asked=DRIVE).answer("O13", short)
    report = told(site)
    (source,) = report.items[0].sources
    assert codes(source) == ["short_link"]
    assert DRIVE in source.warnings[0].message
    assert any(short in warning for warning in report.run.warnings)
    unseen = source_of(Site().page("/").fail(short, "timeout"), short)
    assert codes(unseen) == ["short_link"]
    assert unseen.warnings[0].message != source.warnings[0].message


def test_what_gave_nothing_names_who_must_act_on_it() -> None:
    facebook = "https://www.facebook.com/agency"
    site = Site().page("/").fail("a", "http_404").fail("b", "timeout").fail("https://www.other.example/c", "http_503")
    run = told(site.fail(facebook, "login").fail(DRIVE, "login").fail("https://www.other.example/d", "http_404")).run
    assert {(u.url, u.cause, u.acts) for u in run.unreached} == {
        (site.url("a"), "http_404", "webmaster"),
        (site.url("b"), "timeout", "hosting"),
        ("https://www.other.example/c", "http_503", "external"),
        ("https://www.other.example/d", "http_404", "webmaster"),
        (facebook, "social_wall", "tool"),
        (DRIVE, "login", "webmaster"),
    }
    assert any("www.other.example" in u.who for u in run.unreached if u.acts == "external")


def test_a_social_networks_wall_is_nowhere_told_as_the_agencys() -> None:
    facebook = "https://www.facebook.com/agency"
    ruleset = rules(item("O9", "social-network", check("answered"), check("reachable"), check("permission"), check("linked")))
    site = Site().page("/").fail(facebook, "login").link("/", facebook, "Facebook").answer("O9", facebook)
    (one,) = judge(site.data, ruleset, DAY).items
    assert one.status is Status.UNDECIDED
    assert [c.kind for c in one.checks if c.status is Status.GAP] == []
    assert [s.cause for s in one.sources] == ["social_wall"]
    assert next(c.cause for c in one.checks if c.kind == "reachable") == "social_wall"


def test_traps_that_were_cut_off_are_told_in_words() -> None:
    family = "www.example.go.th/%E0%B8%9B%E0%B8%8F%E0%B8%B4%E0%B8%97%E0%B8%B4%E0%B8%99"
    bounds = (Bound("dated", family, 24, 118), Bound("a rule of tomorrow", "www.example.go.th/x", 2, 9))
    run = told(Site().page("/").meta(bounds=bounds)).run
    assert [(b.rule, b.asked, b.refused) for b in run.bounds] == [("dated", 24, 118), ("a rule of tomorrow", 2, 9)]
    assert "ปฏิทิน" in run.bounds[0].message
    assert "118" in run.bounds[0].message
    assert "www.example.go.th/x" in run.bounds[1].message


def test_what_was_read_without_its_certificate_is_listed() -> None:
    site = Site().page("/").file("a.pdf", "# ก", insecure="expired: 2 days").file("b.pdf", "# ข", insecure="strange")
    run = told(site).run
    assert [(u.url, u.message) for u in run.insecure] == [(site.url("a.pdf"), "ใบรับรองหมดอายุ"), (site.url("b.pdf"), "strange")]


def test_rendered_and_unchanged_addresses_are_counted() -> None:
    site = Site().page("/", rendered="Chromium 150").page("a", unchanged=True).page("b", unchanged=True)
    assert (told(site).run.rendered, told(site).run.unchanged) == (1, 2)


@pytest.mark.parametrize(("fault", "words"), [("wrong host", "เว็บไซต์อื่น"), ("self-signed", "ให้ตนเอง"), ("https failed: x y", "")])
def test_what_is_wrong_with_a_certificate_is_told_where_it_is_known(fault: str, words: str) -> None:
    (told_of,) = told(Site().page("/").fail("https://www.example.go.th/x", "tls", detail=fault)).run.unreached
    assert (words in told_of.message) if words else (told_of.message == "")


def test_pages_for_which_a_browser_was_missing_are_told_with_how_to_install_one() -> None:
    site = Site().page("/").fail("ita", "needs_javascript", detail="no_browser").fail("map", "needs_javascript", detail="crashed")
    run = told(site).run
    assert len([w for w in run.warnings if "make setup-browser" in w and "1" in w]) == 1
    assert ["make setup-browser" in u.who for u in run.unreached] == [True, False]
    assert not any("setup-browser" in w for w in told(Site().page("/").fail("map", "needs_javascript")).run.warnings)


def test_a_page_that_a_browser_showed_says_by_which() -> None:
    site = Site().page("/").page("o13", f"# {REPORT}", rendered="Chromium/156.0").answer("O13", "o13")
    assert [s.read_by for s in told(site).items[0].sources] == [("test/1", "Chromium/156.0")]


POSTED = "sent: postback"


def of_o13(site: Site) -> dict[str, tuple[Status, str | None]]:
    """The status of O13's checks, each with its message, and of the item itself under ``""``."""
    (item_,) = told(site).items
    return {"": (item_.status, ""), **{c.id.partition(".")[2]: (c.status, c.message) for c in item_.checks}}


@pytest.mark.parametrize(("detail", "status"), [("", Status.GAP), (POSTED, Status.UNDECIDED)])
def test_an_answered_page_that_holds_back_a_list_lacks_nothing_for_certain(detail: str, status: Status) -> None:
    said = f"# {REPORT} ปี 2565\n" + "รายงานของหน่วยงานที่เล่าผลของแต่ละโครงการ " * 9
    site = Site().page("/").page("o13", said, detail=detail).link("/", "o13", REPORT).answer("O13", "o13")
    assert of_o13(site)["problems"][0] is status
    assert of_o13(site)["reachable"][0] is Status.PASS


def test_what_a_page_shows_counts_whatever_it_holds_back() -> None:
    said = f"# {REPORT} ปี 2565\n## ปัญหา อุปสรรค\nงบประมาณที่ได้รับจัดสรรไม่เพียงพอต่อการดำเนินโครงการตามแผน"
    site = Site().page("/").page("o13", said, detail=POSTED).link("/", "o13", REPORT).answer("O13", "o13")
    assert of_o13(site)["problems"][0] is Status.PASS


@pytest.mark.parametrize("answered", [False, True])
@pytest.mark.parametrize("detail", ["", POSTED])
def test_an_entry_that_leads_on_by_a_postback_is_no_empty_link(detail: str, answered: bool) -> None:
    own = item(
        "O1",
        "annual-report",
        check("answered", item="O1"),
        check("reachable", item="O1"),
        check("component", "problems", item="O1"),
    )
    site = Site().page("/").page("ita-2566", "# ITA 2566", detail=detail).link("/", "ita-2566", "ITA 2566")
    for n, titles in enumerate(TITLES.values(), start=1):
        site.row("ita-2566", f"O{n}", titles[0], "เปิด")
    site.file("old.pdf", f"# {REPORT} 2560\n" + "ผลการดำเนินงานของปีก่อน " * 20).link("/", "old.pdf", f"{REPORT} 2560")
    if answered:
        site.answer("O1", "ita-2566")
    found = told(site, rules(own, *ALL_ITEMS[1:])).items[0]
    if not detail:
        assert found.status is Status.GAP
        return
    reachable = next(c for c in found.checks if c.kind == "reachable")
    assert (found.status, reachable.status, reachable.cause) == (Status.UNDECIDED, Status.UNDECIDED, "needs_javascript")


def test_pages_that_hold_back_a_list_are_told_and_make_the_crawl_incomplete() -> None:
    run = told(Site().page("/").page("b", detail="sent: script").page("a", detail=POSTED).fail("c", "timeout", detail=POSTED)).run
    (warning,) = [w for w in run.warnings if "POST" in w]
    assert "2 หน้า" in warning
    assert "/a " in warning
    assert not run.complete
    assert not any("POST" in w for w in told(Site().page("/")).run.warnings)
