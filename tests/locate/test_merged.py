"""What is answered for a merged item, shared out to its concepts."""

from __future__ import annotations

from ita_rules.judge import judge
from ita_rules.model import AgencyType, Status
from ita_rules.rulesets.load import load_ruleset
from ita_rules.wants import wants
from tests.build import DAY, Site, locator

RULES = load_ruleset("oit-2568")
O6 = RULES.item("O6")
PLAN = "# แผนดำเนินงานประจำปีงบประมาณ พ.ศ. 2568\n| โครงการ | งบประมาณ | ระยะเวลา |\n| อบรม | 20,000 | ม.ค. 68 |"
REPORT = (
    "# รายงานการกำกับติดตามการดำเนินงาน รอบ 6 เดือน ปีงบประมาณ พ.ศ. 2568\n"
    "| โครงการ | ความก้าวหน้า | เบิกจ่าย |\n| อบรม | แล้วเสร็จ | 19,000 |"
)


def served(site: Site) -> dict[str, list[str]]:
    """For each concept of O6 the paths of its pieces."""
    assert O6 is not None
    found = {}
    for part in RULES.parts(O6):
        located = locator(site, RULES).locate(part)
        found[part.concepts[0]] = [p.url.rsplit("/", 1)[-1] for c in located.candidates for p in c.pieces]
    return found


def both(plan: str = PLAN, report: str = REPORT) -> Site:
    return Site().page("/").file("a.pdf", plan).file("b.pdf", report).answer("O6", "a.pdf", "b.pdf")


def test_each_concept_has_what_names_it() -> None:
    assert served(both()) == {"annual-plan": ["a.pdf"], "progress-report": ["b.pdf"]}


def test_what_names_several_or_none_serves_any() -> None:
    plain = "# เอกสารแนบ\nข้อความ"
    assert served(both(plan=plain)) == {"annual-plan": ["a.pdf", "b.pdf"], "progress-report": ["a.pdf", "b.pdf"]}
    merged = "# แผนและความก้าวหน้าในการดำเนินงานและการใช้งบประมาณประจำปี 2568"
    site = Site().page("/").file("a.pdf", merged).answer("O6", "a.pdf")
    assert served(site) == {"annual-plan": ["a.pdf"], "progress-report": ["a.pdf"]}


def test_all_is_kept_where_a_concept_would_have_nothing_left() -> None:
    site = Site().page("/").file("b.pdf", REPORT).answer("O6", "b.pdf")
    assert served(site) == {"annual-plan": ["b.pdf"], "progress-report": ["b.pdf"]}


def test_what_could_not_be_read_may_be_the_concept_s_own() -> None:
    site = Site().page("/").fail("a.pdf", "timeout").file("b.pdf", REPORT).answer("O6", "a.pdf", "b.pdf")
    assert served(site)["annual-plan"] == ["a.pdf"]
    site = Site().page("/").fail("a.pdf", "http_404").file("b.pdf", REPORT).answer("O6", "a.pdf", "b.pdf")
    assert served(site)["annual-plan"] == ["a.pdf", "b.pdf"]


def test_words_of_links_and_of_the_answer_name_what_could_not_be_read() -> None:
    site = Site().page("/").fail("a.pdf", "blocked").file("b.pdf", REPORT)
    site.link("/", "a.pdf", "แผนดำเนินงานประจำปี 2568").answer("O6", "a.pdf", "b.pdf")
    assert served(site) == {"annual-plan": ["a.pdf"], "progress-report": ["b.pdf"]}
    site = Site().page("/").fail("a.pdf", "blocked").file("b.pdf", REPORT)
    site.answer("O6", "a.pdf", "b.pdf", note="หน้าหลัก > แผน > แผนดำเนินงานประจำปี\nหน้าหลัก > รายงาน")
    assert served(site) == {"annual-plan": ["a.pdf"], "progress-report": ["b.pdf"]}


def test_what_stands_on_a_page_of_another_concept_goes_with_it() -> None:
    site = Site().page("/").file("b.pdf", REPORT).page("p", "# แผนดำเนินงานประจำปี 2568\n[link: ดาวน์โหลด -> x.pdf]")
    site.file("x.pdf", "# ภาคผนวก").answer("O6", "p", "b.pdf")
    assert served(site) == {"annual-plan": ["p", "x.pdf"], "progress-report": ["b.pdf"]}


def test_a_page_that_tells_of_both_below_the_title_of_one_serves_both() -> None:
    steps = "\n".join(f"## ขั้นที่ {n}\nข้อความ" for n in range(1, 6))
    page = f"{PLAN}\n{steps}\n#{REPORT}"
    site = (
        Site()
        .page("/")
        .page("p", page)
        .file("b.pdf", "# รายงานการกำกับติดตามการดำเนินงาน รอบ 6 เดือน ภาพประกอบ")
        .answer("O6", "p", "b.pdf")
    )
    assert served(site) == {"annual-plan": ["p"], "progress-report": ["p", "b.pdf"]}
    shown = judge(site.data, RULES, DAY, engine="plain")
    found = {c.id: c.status for i in shown.items if i.id == "O6" for c in i.checks}
    assert found["O6.progress-report.spending"] is Status.PASS
    # in a paper the heading of another is only what it speaks of
    assert served(both(plan=page)) == {"annual-plan": ["a.pdf"], "progress-report": ["b.pdf"]}


def test_what_nobody_could_read_on_a_page_of_another_concept_may_be_the_part_s_own() -> None:
    site = Site().page("/").file("b.pdf", REPORT).page("p", "# แผนดำเนินงานประจำปี 2568\n[link: ดาวน์โหลด -> x.pdf]")
    site.fail("x.pdf", "timeout").answer("O6", "p", "b.pdf")
    assert served(site)["progress-report"] == ["x.pdf", "b.pdf"]


def test_the_row_of_a_merged_item_is_shared_out_too() -> None:
    site = Site().page("/").page("ita", "# ITA 2568").link("/", "ita", "ITA 2568").file("a.pdf", PLAN).file("b.pdf", REPORT)
    for n, item in enumerate(RULES.items[:5], start=1):
        site.row("ita", f"O{n}", item.name.th, to=f"x{n}.pdf")
    row = ("O6", "แผนและความก้าวหน้าในการดำเนินงานและการใช้งบประมาณประจำปี")
    site.row("ita", *row, to="a.pdf", text="แผนดำเนินงานประจำปี").row("ita", *row, to="b.pdf", text="รายงานการกำกับติดตาม รอบ 6 เดือน")
    assert served(site) == {"annual-plan": ["a.pdf"], "progress-report": ["b.pdf"]}


def test_each_concept_is_judged_by_its_own_evidence_and_period() -> None:
    def statuses(site: Site) -> dict[str, Status]:
        report = judge(site.data, RULES, DAY, engine="plain")
        one = next(i for i in report.items if i.id == "O6")
        return {"O6": one.status, **{c.id: c.status for c in one.checks}}

    home = both().link("/", "a.pdf", "แผน").link("/", "b.pdf", "รายงาน").meta(agency_type=AgencyType.OTHER.value)
    seen = statuses(home)
    assert seen["O6.annual-plan.period"] is seen["O6.progress-report.period"] is Status.PASS
    assert seen["O6"] is Status.PASS
    gap = both(report=REPORT.replace("เบิกจ่าย", "ผู้รับผิดชอบ").replace("19,000", "กองคลัง"))
    seen = statuses(gap.link("/", "a.pdf", "แผน").link("/", "b.pdf", "รายงาน"))
    assert (seen["O6.progress-report.spending"], seen["O6.annual-plan.projects"], seen["O6"]) == (
        Status.GAP,
        Status.PASS,
        Status.GAP,
    )


def test_evidence_of_every_concept_is_wanted() -> None:
    site = Site().page("/").link("/", "a.pdf", "แผนดำเนินงานประจำปี 2568")
    site.link("/", "b.pdf", "รายงานการกำกับติดตามการดำเนินงาน รอบ 6 เดือน 2568")
    wanted = {w.url.rsplit("/", 1)[-1] for w in wants(site.data, RULES)}
    assert {"a.pdf", "b.pdf"} <= wanted


def test_what_is_answered_itself_serves_whatever_page_leads_to_it_too() -> None:
    index = "# งานปี 2568\nแผนดำเนินงานประจำปี [เล่มแรก](a.pdf)\n[ภาคผนวก](c.pdf)"
    site = Site().page("/").page("/list", index).file("a.pdf", PLAN).file("b.pdf", REPORT).file("c.pdf", "# ภาคผนวก\nข้อความ")
    assert "c.pdf" in served(site.answer("O6", "list", "b.pdf", "c.pdf"))["progress-report"]
