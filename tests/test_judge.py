"""From a run to a report: what holds of items as wholes, and that the same run gives the same bytes."""

from __future__ import annotations

import datetime as dt
import socket
from pathlib import Path

import pytest

from ita_rules.inference import EngineMissingError, engine
from ita_rules.judge import judge
from ita_rules.model import AgencyType, CheckResult, ItemResult, LocatedBy, Report, Severity, Status
from ita_rules.rulesets.caseruns import mini_run
from ita_rules.rulesets.cases import read_cases
from ita_rules.rulesets.load import load_ruleset, only_items
from ita_rules.rulesets.types import Check, Item, RuleSet, When
from ita_rules.run.types import RunData
from tests.build import ADVICE, DAY, REPORT, TITLES, Site, check, item, rules, words

ROOT = Path(__file__).parent.parent
GOOD = f"# {REPORT} พ.ศ. 2565\nองค์การบริหารส่วนตำบลไผ่เขียว\n## ปัญหา อุปสรรค\nฝนตกชุก\n## ข้อเสนอแนะ\nควรเร่งรัด"
CHECKS = (
    check("answered"),
    check("reachable"),
    check("linked"),
    check("named"),
    check("machine_readable", severity=ADVICE),
    check("period", covers="previous_fiscal_year"),
    check("component", "problems"),
    check("component", "suggestions"),
)
RULES = rules(item("O13", "annual-report", *CHECKS))


def told(site: Site | RunData, ruleset: RuleSet = RULES, as_of: dt.date = DAY, **more: object) -> Report:
    """The report on a site."""
    return judge(site.data if isinstance(site, Site) else site, ruleset, as_of, **more)  # type: ignore[arg-type]


def of(report: Report) -> tuple[ItemResult, dict[str, CheckResult]]:
    """The report's only item and its checks by key."""
    one = report.items[0]
    return one, {c.id.removeprefix("O13."): c for c in one.checks}


def linked(text: str = GOOD, words: str = REPORT) -> Site:
    """A site whose main page links one file."""
    return Site().page("/").link("/", "a.pdf", words).file("a.pdf", text)


# -------------------------------------------------------------------------------- an item as a whole


def test_an_item_that_meets_all_passes_with_its_way_and_quotes() -> None:
    one, checks = of(told(linked()))
    assert (one.status, one.score) == (Status.PASS, 100)
    assert {c.status for c in one.checks} == {Status.PASS}
    assert checks["problems"].evidence[0].quote == "ปัญหา อุปสรรค … ฝนตกชุก"
    assert one.sources[0].click_path == ("https://www.example.go.th/", "https://www.example.go.th/a.pdf")
    assert one.sources[0].located_by is LocatedBy.TITLE
    assert all(c.why and c.message and c.fix is None for c in one.checks)


def test_a_missing_component_is_a_gap_with_a_fix_and_the_source_that_was_read_whole() -> None:
    one, checks = of(told(linked(GOOD.split("## ข้อเสนอแนะ", maxsplit=1)[0])))
    assert (one.status, one.score) == (Status.GAP, 0)
    assert checks["suggestions"].status is Status.GAP
    assert checks["suggestions"].fix
    assert checks["suggestions"].evidence[0].read == "whole"
    assert checks["problems"].status is Status.PASS


def test_why_tells_what_came_near_and_which_rule_fired_on_what() -> None:
    text = GOOD.replace("## ข้อเสนอแนะ", "## ข้อเสนอเนะ")
    _, checks = of(told(linked(text), lang="en"))
    found = checks["suggestions"]
    assert [(n.label, n.wording) for n in found.near] == [("ข้อเสนอเนะ", "ข้อเสนอแนะ")]
    assert any("“ข้อเสนอเนะ”" in reason for reason in found.why)
    assert found.why[-1].endswith("(rule check-gap on the facts observation O13.suggestions)")
    assert checks["problems"].near == ()
    assert any("page 1 of" in reason for reason in checks["problems"].why)


def test_an_item_that_does_not_apply_leaves_its_points_to_the_others() -> None:
    when = When(agency_type=(AgencyType.SCHOOL,))
    ruleset = rules(item("O13", "annual-report", *CHECKS[:2]), item("O1", "structure", check("answered", item="O1", when=when)))
    report = told(linked(), ruleset)
    assert [(i.status, i.worth) for i in report.items] == [(Status.PASS, 100.0), (Status.NOT_APPLICABLE, 0.0)]


def test_advice_never_moves_an_item() -> None:
    ruleset = rules(item("O13", "annual-report", *CHECKS[:6], check("component", "spending", severity=ADVICE)))
    one, checks = of(told(linked(), ruleset))
    assert (checks["spending"].status, checks["spending"].severity) == (Status.GAP, Severity.ADVICE)
    assert one.status is Status.PASS


def test_what_could_not_be_read_is_undecided_and_counts_from_nought_to_all() -> None:
    site = Site().page("/").link("/", "a.pdf", REPORT).file("a.pdf", "# ก", of={"cause": "no_ocr", "pages": ()})
    report = told(site)
    one, checks = of(report)
    assert (one.status, one.score) == (Status.UNDECIDED, None)
    assert (checks["problems"].status, checks["problems"].cause) == (Status.UNDECIDED, "no_ocr")
    assert (report.scores.oit.low, report.scores.oit.high) == (0, 100)


def test_a_candidate_that_meets_all_suffices_though_another_comes_first() -> None:
    site = linked(f"# {REPORT} พ.ศ. 2565", f"{REPORT} 2565").file("b.pdf", GOOD).link("/", "b.pdf", REPORT)
    one, _ = of(told(site))
    assert one.status is Status.PASS
    assert {s.url for s in one.sources} == {site.url("a.pdf"), site.url("b.pdf")}


def test_one_months_paper_does_not_outrank_the_list_of_all_months() -> None:
    asked = (check("answered", item="O1"), check("coverage", item="O1", covers="first_half"))
    monthly = TITLES["procurement-monthly"][0]
    site = Site().page("/").page("list", f"# {monthly} 2566").link("/", "list", f"{monthly} 2566")
    site.link("list", "x.pdf", monthly).file("x.pdf", "# แบบ สขร.\nซื้อวัสดุ")
    for month, year in (("ตุลาคม", 2565), ("พฤศจิกายน", 2565), ("ธันวาคม", 2565), ("มกราคม", 2566), ("กุมภาพันธ์", 2566)):
        site.link("list", f"{month}.pdf", f"{month} {year}").file(f"{month}.pdf", f"# {monthly} เดือน{month} {year}\nซื้อวัสดุ")
    (one,) = told(site, rules(item("O1", "procurement-monthly", *asked))).items
    coverage = next(c for c in one.checks if c.kind == "coverage")
    assert coverage.status is Status.GAP
    assert "มีนาคม 2566" in coverage.message
    assert "ตุลาคม" not in coverage.message


def test_better_evidence_elsewhere_does_not_help_an_answer() -> None:
    site = linked().file("old.pdf", GOOD.replace("2565", "2560")).link("/", "old.pdf", "เก่า").answer("O13", "old.pdf")
    one, checks = of(told(site))
    assert one.status is Status.GAP
    assert checks["period"].status is Status.GAP


@pytest.mark.parametrize("cause", ["http_404", "soft_404", "login"])
def test_a_dead_link_is_one_gap_and_the_rest_was_not_looked_at(cause: str) -> None:
    one, checks = of(told(Site().page("/").link("/", "a.pdf", REPORT).fail("a.pdf", cause).answer("O13", "a.pdf")))
    assert one.status is Status.GAP
    assert checks["reachable"].status is Status.GAP
    assert {checks[k].status for k in ("problems", "suggestions", "period")} == {Status.UNDECIDED}


@pytest.mark.parametrize("cause", ["timeout", "http_503", "blocked", "robots", "internal_error"])
def test_a_bad_night_or_a_wall_is_nobodys_gap(cause: str) -> None:
    site = Site().page("/").link("/", "a.pdf", REPORT).fail("a.pdf", cause).answer("O13", "a.pdf")
    one, checks = of(told(site))
    assert one.status is Status.UNDECIDED
    assert not any(c.status is Status.GAP for c in one.checks)
    assert checks["reachable"].cause == cause
    assert [(u.url, u.cause) for u in told(site).run.unreached] == [(site.url("a.pdf"), cause)]


def test_answered_no_is_one_gap() -> None:
    one, checks = of(told(linked().answer("O13", has=False)))
    assert one.status is Status.GAP
    assert [k for k, c in checks.items() if c.status is Status.GAP] == ["answered"]
    assert "a.pdf" in (checks["answered"].fix or "")


def test_the_home_page_as_answer_is_a_gap() -> None:
    one, checks = of(told(linked().answer("O13", "/")))
    assert one.status is Status.GAP
    assert checks["reachable"].status is Status.GAP


def test_an_orphan_of_a_whole_crawl_is_a_gap_and_of_a_stopped_one_undecided() -> None:
    site = Site().page("/").file("a.pdf", GOOD).answer("O13", "a.pdf")
    assert of(told(site))[1]["linked"].status is Status.GAP
    assert of(told(site.meta(stopped_by="budget")))[1]["linked"].status is Status.UNDECIDED


def test_a_site_that_is_down_holds_nothing_against_the_agency() -> None:
    one, _ = of(told(Site().fail("/", "timeout").answer("O13", "a.pdf")))
    assert one.status is Status.UNDECIDED
    assert {c.status for c in one.checks} <= {Status.UNDECIDED}
    assert {c.cause for c in one.checks} == {"site_down"}


# -------------------------------------------------------------------------------- ITA pages


def ita(path: str, year: int, links: str = "{n}.pdf", criteria: str = "", site: Site | None = None) -> Site:
    """An ITA page of a year with a row for each concept; the report is O1 on it."""
    site = site or Site().page("/")
    site.page(path, f"# ITA {year}\n{criteria}").link("/", path, path)
    for n, titles in enumerate(TITLES.values(), start=1):
        to = links.format(n=n)
        site.row(path, f"O{n + 12}", titles[0], "เปิด", to=to)
        if not to.startswith("#"):
            site.file(to, f"# {titles[0]}")
    return site


CRITERIA = "## ปัญหา อุปสรรค\nมีข้อมูลรายละเอียดปัญหา อุปสรรค\n## ข้อเสนอแนะ\nมีข้อเสนอแนะ พ.ศ. 2565"


def test_criteria_printed_beside_links_that_lead_nowhere_prove_nothing() -> None:
    for site in (ita("ita-2566", 2566, "#", CRITERIA).answer("O13", "ita-2566"), ita("ita-2566", 2566, "#", CRITERIA)):
        one, checks = of(told(site))
        assert one.status is not Status.PASS
        assert checks["problems"].status is not Status.PASS


def test_three_years_side_by_side_the_asked_years_page_is_taken() -> None:
    site = ita("ita-2565", 2565, "a{n}.pdf")
    ita("ita-2567", 2567, "c{n}.pdf", site=site)
    ita("ita-2566", 2566, "b{n}.pdf", site=site).file("b1.pdf", GOOD)
    one, _ = of(told(site))
    assert one.status is Status.PASS
    assert one.sources[0].url == site.url("b1.pdf")


def test_codes_shifted_by_one_do_not_mislead_where_the_title_tells() -> None:
    site = Site().page("/").page("ita", "# ITA 2566").link("/", "ita", "ITA")
    for n, titles in enumerate(TITLES.values(), start=1):
        site.row("ita", f"O{n + 11}", titles[0], "เปิด", to=f"{n}.pdf").file(f"{n}.pdf", GOOD if n == 1 else f"# {titles[0]}")
    one, _ = of(told(site))
    assert (one.status, one.sources[0].url) == (Status.PASS, site.url("1.pdf"))


# -------------------------------------------------------------------------------- time


LATER = rules(
    item("O13", "annual-report", check("answered"), check("period", covers="first_half")), due={"O13": dt.date(2023, 4, 30)}
)


def test_nothing_there_before_it_is_due_is_not_due_with_the_day() -> None:
    one, _ = of(told(Site().page("/"), LATER, dt.date(2023, 2, 1)))
    assert (one.status, one.due, one.score) == (Status.NOT_DUE, "2023-04-30", None)
    assert of(told(Site().page("/"), LATER, dt.date(2023, 5, 1)))[0].status is Status.GAP


def test_what_is_there_before_it_is_due_is_judged() -> None:
    site = linked(f"# {REPORT} รอบ 6 เดือน ปีงบประมาณ 2566\nฝนตก")
    assert of(told(site, LATER, dt.date(2023, 2, 1)))[0].status is Status.PASS


def test_a_day_outside_the_rule_sets_window_is_warned_of() -> None:
    assert told(linked(), as_of=dt.date(2023, 5, 1)).run.warnings == ()
    assert len(told(linked(), as_of=dt.date(2030, 1, 1)).run.warnings) == 1


CALENDAR = {"oit-2566": (2023, "O12", "O13"), "oit-2569": (2026, "O11", "O7")}
"""Rule set → the A.D. year, an item of the first half-year, an item of the year before."""


@pytest.mark.parametrize("ruleset_id", CALENDAR)
def test_a_six_month_report_is_not_missing_in_january_and_is_in_may(ruleset_id: str) -> None:
    year, half, before = CALENDAR[ruleset_id]
    ruleset = only_items(load_ruleset(ruleset_id), [half, before])
    january = {i.id: i for i in told(Site().page("/"), ruleset, dt.date(year, 1, 15)).items}
    assert (january[half].status, january[half].due) == (Status.NOT_DUE, f"{year}-03-31")
    assert {c.status for c in january[half].checks if c.severity is Severity.CRITERION} - {Status.NOT_APPLICABLE} == {
        Status.NOT_DUE
    }
    assert january[before].status is Status.GAP
    assert {i.status for i in told(Site().page("/"), ruleset, dt.date(year, 5, 1)).items} == {Status.GAP}


def test_before_its_report_is_due_a_merged_item_fails_by_its_plan_alone() -> None:
    (one,) = told(Site().page("/"), only_items(load_ruleset("oit-2569"), ["O6"]), dt.date(2026, 1, 15)).items
    by_concept = {
        concept: {c.status for c in one.checks if f".{concept}." in c.id and c.severity is Severity.CRITERION}
        for concept in one.concepts
    }
    assert by_concept["progress-report"] - {Status.NOT_APPLICABLE} == {Status.NOT_DUE}
    assert Status.GAP in by_concept["annual-plan"]
    assert one.status is Status.GAP


# -------------------------------------------------------------------------------- merged items, kinds of agencies

MERGED = rules(
    Item(
        id="O1",
        concepts=("structure", "duties"),
        name=words("โครงสร้างและอำนาจหน้าที่"),
        indicator="9.1",
        titles={c: TITLES[c] for c in ("structure", "duties")},
        checks=tuple(
            made
            for concept, asked in (("structure", "problems"), ("duties", "suggestions"))
            for made in (
                check("answered", f"{concept}.answered", "O1", concept=concept),
                check("component", f"{concept}.{asked}", "O1", concept=concept, component=asked),
            )
        ),
    )
)
BOTH = {"structure": "โครงสร้างหน่วยงาน\n## ปัญหา อุปสรรค\nฝนตกชุก", "duties": "อำนาจหน้าที่\n## ข้อเสนอแนะ\nควรเร่งรัด"}


@pytest.mark.parametrize("lacking", [None, "structure", "duties"])
def test_a_merged_item_passes_only_when_each_of_its_concepts_does(lacking: str | None) -> None:
    site = Site().page("/")
    for concept, text in BOTH.items():
        words_of = TITLES[concept][0]
        site.link("/", f"{concept}.pdf", words_of)
        site.file(f"{concept}.pdf", f"# {text}" if concept != lacking else f"# {words_of}\nข้อความของเอกสารนี้")
    (one,) = told(site, MERGED).items
    assert one.status is (Status.PASS if lacking is None else Status.GAP)
    gaps = {c.id.split(".")[1] for c in one.checks if c.status is Status.GAP}
    assert gaps == ({lacking} if lacking else set())


def test_one_concept_that_could_not_be_looked_at_leaves_the_merged_item_undecided() -> None:
    site = Site().page("/").file("structure.pdf", f"# {BOTH['structure']}").fail("duties.pdf", "timeout")
    for concept in BOTH:
        site.link("/", f"{concept}.pdf", TITLES[concept][0])
    assert told(site, MERGED).items[0].status is Status.UNDECIDED


def test_what_is_not_asked_of_an_agency_says_of_whom_it_is_asked_and_by_which_clause() -> None:
    ruleset = only_items(load_ruleset("oit-2566"), ["O1"])
    site = Site(kind="department").page("/").page("o1", "# โครงสร้างหน่วยงาน").link("/", "o1", "โครงสร้างหน่วยงาน")
    (one,) = told(site, ruleset).items
    side = next(c for c in one.checks if c.id == "O1.political-side")
    assert side.status is Status.NOT_APPLICABLE
    assert "องค์กรปกครองส่วนท้องถิ่น" in side.message
    assert "ส่วนราชการระดับกรม" in side.message
    assert ruleset.sources[side.source or ""].title in side.why[0]


# -------------------------------------------------------------------------------- groups


def _group(at_least: int | None = None) -> RuleSet:
    branches = tuple(check("component", n) for n in ("problems", "suggestions", "spending"))
    group = Check(
        id="O13.some",
        key="some",
        kind="component",
        concept="annual-report",
        any_of=branches,
        at_least=at_least,
        component="problems",
    )
    return rules(item("O13", "annual-report", check("answered"), group))


@pytest.mark.parametrize(("at_least", "status"), [(None, Status.PASS), (2, Status.PASS), (3, Status.GAP)])
def test_a_group_is_one_check(at_least: int | None, status: Status) -> None:
    _, checks = of(told(linked(), _group(at_least)))
    assert set(checks) == {"answered", "some"}
    assert checks["some"].status is status


# -------------------------------------------------------------------------------- purity


def _cases() -> list[RunData]:
    """Every mini run of the first cases of the project's form of 2566."""
    ruleset = load_ruleset("oit-2566")
    placed = [p for n, p in enumerate(read_cases(ruleset, ROOT / "rules", lambda _: None)) if n % 12 == 0]
    return [mini_run(ruleset, p, ruleset.window.closes) for p in placed[:6]]


def test_the_same_run_gives_the_same_bytes_whichever_engine_infers(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("judging reached for the network")

    try:
        engine("durable")
    except EngineMissingError:
        pytest.skip("durable-rules does not load on this Python")
    ruleset = load_ruleset("oit-2566")
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for run in _cases():
        reports = [
            told(run, ruleset, ruleset.window.closes, engine=name).model_dump_json() for name in ("plain", "durable", "plain")
        ]
        assert len(set(reports)) == 1


def test_the_order_in_which_pages_were_gathered_does_not_show() -> None:
    def build(names: list[str]) -> Site:
        site = Site().page("/")
        for name in names:
            site.file(f"{name}.pdf", GOOD.replace("ฝนตกชุก", name))
        for name in ("a", "b", "c"):
            site.link("/", f"{name}.pdf", f"{REPORT} 2565")
        return site

    assert told(build(["a", "b", "c"])) == told(build(["c", "b", "a"]))


def test_english_reports_say_the_same() -> None:
    thai, english = told(linked()), told(linked(), lang="en")
    assert (thai.lang, english.lang) == ("th", "en")
    assert [c.status for c in thai.items[0].checks] == [c.status for c in english.items[0].checks]


def test_files_from_disk_need_no_site() -> None:
    one, checks = of(told(Site().file("a.pdf", GOOD).answer("O13", "a.pdf"), only_files=True))
    assert one.status is Status.PASS
    assert {checks[k].status for k in ("answered", "reachable", "linked")} == {Status.NOT_APPLICABLE}


def test_what_was_measured_of_an_item_stands_with_it() -> None:
    ruleset = load_ruleset("oit-2566")
    run = Site().page("/").link("/", "a.pdf", REPORT).file("a.pdf", GOOD).answer("O13", "a.pdf").data
    found = {i.id: i.measured for i in judge(run, only_items(ruleset, ["O13"]), DAY).items}
    measured = found["O13"]
    assert measured is not None
    assert measured.seen >= measured.right > 0


# -------------------------------------------------------------------------------- behind a bad certificate


def unverified(text: str, **more: object) -> Site:
    """A site whose evidence was had without verifying its certificate."""
    return Site().page("/").link("/", "a.pdf", REPORT).file("a.pdf", text, insecure="expired", **more)


def test_what_was_had_without_verifying_is_quoted_and_its_address_stays_undecided() -> None:
    one, checks = of(told(unverified(GOOD), lang="en"))
    assert (one.status, one.score) == (Status.UNDECIDED, None)
    assert (checks["reachable"].status, checks["reachable"].cause) == (Status.UNDECIDED, "tls")
    assert {key for key, c in checks.items() if c.status is not Status.PASS} == {"reachable"}
    assert checks["problems"].evidence[0].quote == "ปัญหา อุปสรรค … ฝนตกชุก"
    assert (one.sources[0].cause, one.sources[0].text_from) == ("tls", "text-layer")


@pytest.mark.parametrize("text", [GOOD.split("## ข้อเสนอแนะ", maxsplit=1)[0], GOOD.replace("2565", "2560"), "# อื่น"])
def test_nothing_is_held_against_an_agency_by_a_copy_that_was_not_verified(text: str) -> None:
    assert Status.GAP in {c.status for c in of(told(linked(text)))[0].checks}
    one, checks = of(told(unverified(text)))
    assert one.status is Status.UNDECIDED
    assert Status.GAP not in {c.status for c in checks.values()}
    assert all(c.message for c in checks.values())


def test_a_site_with_a_page_that_was_not_verified_was_not_seen_whole() -> None:
    """Where that page leads was not followed: what is not located may stand behind it."""
    other = check("answered"), check("linked")
    ruleset = rules(item("O13", "annual-report", *other))
    whole = Site().page("/").page("ita", "# อื่น").link("/", "ita", "อื่น")
    assert of(told(whole, ruleset))[0].status is Status.GAP
    partly = Site().page("/").page("ita", "# อื่น", insecure="wrong host").link("/", "ita", "อื่น")
    assert of(told(partly, ruleset))[0].status is Status.UNDECIDED
