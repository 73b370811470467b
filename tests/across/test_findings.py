"""Findings across items, from a site to the report: what is found, what is not, and that items never move by it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from ita_rules.across import SETTING, Earlier, earlier_of
from ita_rules.judge import judge
from ita_rules.model import CheckResult, Report, Severity, Status
from ita_rules.rulesets.load import load_ruleset, only_items
from ita_rules.rulesets.types import RuleSet
from tests.across.test_lists import PLAN, RISK
from tests.build import AGENCY, Site

DAY = dt.date(2023, 4, 30)
RULES = load_ruleset("oit-2566")
HALF = "ตุลาคม 2565 - มีนาคม 2566"
PLAN_66 = f"# แผนการดำเนินงานประจำปีงบประมาณ พ.ศ. 2566\n{AGENCY}\n" + PLAN.split("\n", 1)[1]
PROGRESS = f"""# รายงานผลการดำเนินงาน รอบ 6 เดือน ปีงบประมาณ พ.ศ. 2566
{AGENCY}
ข้อมูลระหว่าง {HALF}
| โครงการ | ผลการดำเนินงาน | ผลการเบิกจ่าย |
| โครงการขุดลอกคลองส่งน้ำสายหลัก | แล้วเสร็จ | 99,000 |
| โครงการอบรมเยาวชนต้านยาเสพติด | กำลังดำเนินการ | 10,000 |
"""
OTHERS = PROGRESS.replace("ขุดลอกคลองส่งน้ำสายหลัก", "จัดซื้อรถดับเพลิงกู้ภัยอเนกประสงค์")
OTHERS = OTHERS.replace("อบรมเยาวชนต้านยาเสพติด", "ประเพณีลอยกระทงสืบสานวัฒนธรรม")
ANNUAL = f"# รายงานผลการดำเนินงานประจำปีงบประมาณ พ.ศ. 2565\n{AGENCY}\n## ปัญหา อุปสรรค\nฝนตกชุก"


def told(site: Site, *codes: str, ruleset: RuleSet = RULES, **more: object) -> Report:
    """The report on some items."""
    return judge(site.data, only_items(ruleset, list(codes)), DAY, **more)  # type: ignore[arg-type]


def found(report: Report) -> dict[str, CheckResult]:
    """The checks across items by id."""
    return {c.id: c for i in report.items for c in i.checks if c.kind == "consistent"}


def answered(**files: str) -> Site:
    """A site whose answers name a file for each item; the same text is the same file."""
    site = Site().page("/")
    for code, text in files.items():
        site.file(f"{code}.pdf", text).link("/", f"{code}.pdf", code).answer(code, f"{code}.pdf")
    return site


def test_one_file_for_two_items_that_ask_different_things_is_told_where_it_does_not_serve() -> None:
    report = told(answered(O12=ANNUAL, O13=ANNUAL), "O12", "O13")
    check = found(report)["O12.same-file"]
    assert (check.status, check.severity, check.component) == (Status.GAP, Severity.ADVICE, "consistent")
    assert [e.url.rsplit("/", 1)[1] for e in check.evidence] == ["O12.pdf", "O13.pdf"]
    assert "O13" in check.message
    assert check.fix
    assert "O13" in check.why[0]


def test_advice_across_items_moves_no_item() -> None:
    site = answered(O11=PLAN_66, O12=OTHERS)
    both = told(site, "O11", "O12")
    assert found(both).keys() == {"O12.projects-not-in-plan"}
    assert [i.status for i in both.items] == [told(site, code).items[0].status for code in ("O11", "O12")]


def test_a_host_that_is_down_leaves_undecided_what_lies_there_and_nothing_else() -> None:
    site = answered(O11=PLAN_66)
    for code in ("O12", "O13"):
        site.fail(f"https://files.example.go.th/{code}.pdf", "timeout").answer(code, f"https://files.example.go.th/{code}.pdf")
    report = told(site, "O11", "O12", "O13")
    there = {i.id: {c.status for c in i.checks if c.severity is Severity.CRITERION} for i in report.items}
    assert Status.GAP not in there["O12"] | there["O13"]
    assert [i.status for i in report.items[1:]] == [Status.UNDECIDED] * 2
    assert Status.UNDECIDED not in there["O11"]
    assert found(report) == {}


def test_files_that_the_program_located_itself_are_not_compared() -> None:
    words = "รายงานผลการดำเนินงานประจำปี"
    site = Site().page("/").file("a.pdf", ANNUAL).link("/", "a.pdf", words)
    assert found(told(site, "O12", "O13")) == {}


def test_different_files_are_no_finding() -> None:
    assert found(told(answered(O12=ANNUAL + "\nเพิ่ม", O13=ANNUAL), "O12", "O13")) == {}


def test_projects_of_the_report_that_are_in_the_plan_are_no_finding() -> None:
    assert found(told(answered(O11=PLAN_66, O12=PROGRESS), "O11", "O12")) == {}


def test_projects_that_the_plan_lacks_are_told_with_their_rows() -> None:
    check = found(told(answered(O11=PLAN_66, O12=OTHERS), "O11", "O12"))["O12.projects-not-in-plan"]
    assert "โครงการจัดซื้อรถดับเพลิงกู้ภัยอเนกประสงค์" in check.message
    assert (check.evidence[0].quote or "").startswith("โครงการจัดซื้อรถดับเพลิง")
    assert (check.evidence[-1].url.endswith("O11.pdf"), check.evidence[-1].read) == (True, "whole")


@pytest.mark.parametrize("code", ["O11", "O12"])
def test_a_plan_or_report_of_another_year_is_not_compared(code: str) -> None:
    texts = {"O11": PLAN_66, "O12": OTHERS}
    texts[code] = texts[code].replace("2566", "2563").replace("2565", "2562")
    assert "O12.projects-not-in-plan" not in found(told(answered(**texts), "O11", "O12"))


def test_a_plan_without_a_list_is_not_compared() -> None:
    plan = f"# แผนการดำเนินงานประจำปีงบประมาณ พ.ศ. 2566\n{AGENCY}\nรายละเอียดอยู่ในเล่มแนบ"
    assert found(told(answered(O11=plan, O12=OTHERS), "O11", "O12")) == {}


def test_measures_that_no_report_takes_up() -> None:
    risk = f"# การประเมินความเสี่ยงการทุจริต ประจำปีงบประมาณ พ.ศ. 2566\n{AGENCY}\n" + RISK.split("\n", 1)[1]
    head = f"# รายงานผลการดำเนินการเพื่อจัดการความเสี่ยงการทุจริต ประจำปีงบประมาณ พ.ศ. 2566\n{AGENCY}\n"
    other = head + "ผลการดำเนินงาน: จัดประชุมชี้แจงการยืมพัสดุของผู้นำชุมชน"
    check = found(told(answered(O34=risk, O35=other), "O34", "O35"))["O35.measures-not-reported"]
    assert "จัดทำป้ายอัตราค่าธรรมเนียมให้ชัดเจน" in check.message
    same = head + "ผลการดำเนินงาน: จัดทำป้ายอัตราค่าธรรมเนียมให้ชัดเจนแล้ว"
    assert found(told(answered(O34=risk, O35=same), "O34", "O35")) == {}


def test_statistics_of_general_complaints() -> None:
    text = f"# สถิติเรื่องร้องเรียนร้องทุกข์\n{AGENCY}\nข้อมูลระหว่าง {HALF}\n| เรื่อง | จำนวน |\n| ถนนชำรุด | 4 |\n| ไฟดับ | 2 |"
    check = found(told(answered(O29=text), "O29"))["O29.general-statistics"]
    assert check.evidence[0].quote == "สถิติเรื่องร้องเรียนร้องทุกข์"
    assert found(told(answered(O29=text + "\n| ทุจริต | 0 |"), "O29")) == {}
    assert found(told(answered(O29=text.replace("เรียนร้องทุกข์", "เรียนการทุจริต")), "O29")) == {}


def test_statistics_that_a_link_calls_those_of_corruption_are_in_doubt() -> None:
    text = f"# สถิติเรื่องร้องเรียนร้องทุกข์\n{AGENCY}\nข้อมูลระหว่าง {HALF}\n| เรื่อง | จำนวน |\n| ไฟดับ | 2 |"
    site = answered(O29=text)
    assert set(found(told(site, "O29"))) == {"O29.general-statistics"}
    site.row("/", "O29", "สถิติเรื่องร้องเรียนการทุจริต", to="O29.pdf", text="O29 สถิติเรื่องร้องเรียนการทุจริต")
    assert set(found(told(site, "O29"))) == {"O29.general-statistics"}
    assert found(told(site.link("/", "O29.pdf", "สถิติเรื่องร้องเรียนการทุจริต"), "O29")) == {}


def test_a_volume_that_stands_for_many_items_is_no_finding() -> None:
    codes = [f"O{n}" for n in range(11, 20)]
    assert found(told(answered(**dict.fromkeys(codes, ANNUAL)), *codes)) == {}
    assert len(found(told(answered(**dict.fromkeys(codes[:3], ANNUAL)), *codes[:3]))) >= 2


def test_a_fault_of_ours_costs_the_finding_and_not_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("broken")

    site = answered(O11=PLAN_66, O12=OTHERS)
    before = told(site, "O11", "O12")
    monkeypatch.setattr("ita_rules.across.lists.projects", fail)
    after = told(site, "O11", "O12")
    assert found(after) == {}
    assert [i.status for i in after.items] == [i.status for i in before.items]


GENERAL = "# ร้องเรียนร้องทุกข์\nกรุณาเลือกประเภทเรื่อง\n- ถนนชำรุด\n- การทุจริต\n[form: ชื่อ, เรื่อง, รายละเอียด -> ส่ง]\n" + "ข้อความ " * 40


def channel(page: str, words: str) -> Site:
    """A site whose page for corruption complaints is linked by some words."""
    return Site().page("/").page("complain", page).link("/", "complain", words).answer("O28", "complain")


def test_the_channel_of_general_complaints_in_place_of_one_for_corruption() -> None:
    check = found(told(channel(GENERAL, "ร้องเรียนร้องทุกข์"), "O28"))["O28.general-channel"]
    assert check.evidence[0].url.endswith("/complain")
    assert "{" not in check.message + (check.fix or "") + check.asks


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (GENERAL.replace("# ร้องเรียนร้องทุกข์", "# ร้องเรียนการทุจริต"), "ร้องเรียนร้องทุกข์"),
        (GENERAL, "แจ้งเบาะแสการทุจริต"),
        (GENERAL.replace("# ร้องเรียนร้องทุกข์", "# ติดต่อเรา"), "ร้องเรียนร้องทุกข์"),
    ],
)
def test_a_channel_of_its_own_or_one_in_doubt_is_no_finding(page: str, words: str) -> None:
    assert found(told(channel(page, words), "O28")) == {}


def test_last_years_file_under_this_years_item() -> None:
    old = "# รายงานผลการดำเนินงานประจำปี\nข้อความ"
    earlier = earlier_of(told(answered(O12=old), "O12", ruleset=load_ruleset("oit-2565")))
    assert set(earlier.files) == {"annual-report"}
    now = answered(O13=old)
    assert found(told(now, "O13")) == {}
    check = found(told(now, "O13", previous=earlier))["O13.last-years-file"]
    assert check.evidence[0].url.endswith("O13.pdf")
    assert "oit-2565" in check.why[-1]
    assert found(told(answered(O13=old + "ใหม่"), "O13", previous=earlier)) == {}


def test_what_the_run_itself_holds_of_an_earlier_year_serves_the_same() -> None:
    old = "# รายงานผลการดำเนินงานประจำปี\nข้อความ"
    earlier = replace(
        earlier_of(told(answered(O12=old), "O12", ruleset=load_ruleset("oit-2565"))), started="2022-04-12T02:00:00+07:00"
    )
    now = answered(O13=old)
    named = told(now, "O13", previous=earlier)
    now.data.meta = replace(now.data.meta, settings={SETTING: earlier.as_text()})
    held = told(now, "O13")
    assert held == named
    assert set(found(held)) == {"O13.last-years-file"}
    assert held.run.previous is not None
    assert (held.run.previous.ruleset, held.run.previous.fiscal_year) == ("oit-2565", 2565)
    assert "12 เมษายน 2565" in found(held)["O13.last-years-file"].why[-1]
    # the same run by the earlier year's own form has no earlier year at hand
    assert told(now, "O12", ruleset=load_ruleset("oit-2565")).run.previous is None


def test_last_years_file_that_is_of_the_period_asked_is_no_finding() -> None:
    now = answered(O13=ANNUAL)
    files = frozenset(str(e.sha256)[:32] for e in now.data.exchanges.values() if e.url.endswith("O13.pdf"))
    earlier = Earlier(2565, "oit-2565", "", {"annual-report": files})
    assert all(earlier.holds("annual-report", str(e.sha256)) for e in now.data.exchanges.values() if e.url.endswith("O13.pdf"))
    assert found(told(now, "O13", previous=earlier)) == {}


def test_a_site_that_is_down_has_no_findings() -> None:
    site = Site().fail("/", "timeout")
    for code in ("O12", "O13"):
        site.fail(f"{code}.pdf", "timeout").answer(code, f"{code}.pdf")
    report = told(site, "O12", "O13")
    assert found(report) == {}
    assert {i.status for i in report.items} == {Status.UNDECIDED}


def test_in_a_merged_item_the_finding_names_the_concept() -> None:
    site = Site().page("/").file("p.pdf", PLAN_66.replace("2566", "2568")).answer("O6", "p.pdf", "r.pdf")
    site.file("r.pdf", OTHERS.replace("2566", "2568").replace("2565", "2567"))
    for name, words in (("p.pdf", "แผนดำเนินงาน"), ("r.pdf", "รายงานผลการดำเนินงาน รอบ 6 เดือน")):
        site.link("/", name, words)
    report = judge(site.data, only_items(load_ruleset("oit-2568"), ["O6"]), dt.date(2025, 4, 30))
    assert found(report).keys() == {"O6.progress-report.projects-not-in-plan"}
