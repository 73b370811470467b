"""Sites as they should not be, judged by the project's own forms: nobody is accused falsely, and nothing passes on mere words."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import pytest

from ita_rules.judge import judge
from ita_rules.model import ItemResult, Report, Status
from ita_rules.rulesets.caseruns import AGENCY, Case
from ita_rules.rulesets.cases import read_cases
from ita_rules.rulesets.load import load_ruleset, only_items
from ita_rules.rulesets.types import RuleSet
from ita_rules.rulesets.years import move_years
from ita_rules.run.types import Page
from tests.build import Site, document

RULES = Path(__file__).resolve().parents[1] / "rules"
YEAR = 2566
DAY = dt.date(2023, 9, 30)
Texts = Mapping[str, tuple[str, Case]]


@cache
def form(year: int = YEAR) -> RuleSet:
    return load_ruleset(f"oit-{year}", RULES)


@cache
def good(year: int = YEAR) -> Texts:
    """Code → name of the item and evidence that passes for it, of one local body, as the cases of the form have it."""
    found: dict[str, tuple[str, Case]] = {}
    for placed in read_cases(form(year), RULES, pytest.fail):
        plain = placed.case.agency.name == AGENCY and placed.case.linked and not placed.beside and placed.case.answered
        one_page = "=== page ===" not in placed.case.page or placed.case.media == "document"
        own_page = "[link:" not in placed.case.page and "![" not in placed.case.page
        if (
            placed.outcome == "passes"
            and plain
            and one_page
            and own_page
            and placed.case.media != "scan"
            and not placed.case.as_of
        ):
            item = form(year).item(placed.item)
            assert item is not None
            found.setdefault(placed.item, (item.name.th, placed.case))
    return found


def put(site: Site, folder: str, texts: Texts) -> dict[str, str]:
    """Puts evidence into a site. Code → its path."""
    paths = {}
    for code, (_, case) in texts.items():
        path = f"{folder}/{code}.pdf" if case.media == "document" else f"{folder}/{code}"
        if case.media == "document":
            site.file(path, case.page)
        else:
            site.page(path, case.page).link(path, "/", "หน้าแรก")
        paths[code] = path
    return paths


def listed(site: Site, path: str, year: int, rows: Iterable[tuple[str, str, str]]) -> None:
    """An ITA page of a year (B.E.): rows of code, title, address."""
    rows = list(rows)
    table = "\n".join(f"| {code} | {name} | เปิด |" for code, name, _ in rows)
    site.page(path, f"# การประเมิน ITA ปีงบประมาณ พ.ศ. {year}\n| ข้อ | ข้อมูล | ลิงก์ |\n{table}")
    for code, name, to in rows:
        site.row(path, code, name, "เปิด", to=to)


def told(site: Site, ruleset: RuleSet | None = None) -> Report:
    return judge(site.data, ruleset or form(), DAY, engine="plain")


def statuses(report: Report) -> dict[str, Status]:
    return {item.id: item.status for item in report.items}


def home(agency: str = AGENCY) -> Site:
    return Site(agency=agency).page("/", f"# {agency}")


def passing(items: Iterable[ItemResult], kinds: tuple[str, ...] = ("component", "period", "count", "coverage")) -> list[str]:
    """The criteria on content that are said to be met."""
    return [c.id for i in items for c in i.checks if c.kind in kinds and c.status is Status.PASS and c.severity == "criterion"]


def test_evidence_that_passes_item_by_item_passes_on_one_site() -> None:
    """What the tests below compare with."""
    assert len(good()) >= 30
    site = home().link("/", "ita", "ITA 2566")
    paths = put(site, "e", good())
    listed(site, "ita", YEAR, ((code, good()[code][0], to) for code, to in paths.items()))
    found = statuses(told(site))
    assert {code: found[code] for code in paths if found[code] is not Status.PASS} == {}


@pytest.mark.parametrize("where", ["", "#", "javascript:void(0)", "/ita", "/"])
def test_printed_criteria_beside_links_that_lead_nowhere_prove_nothing(where: str) -> None:
    """Every condition of every item stands on the page in the form's own words, and no evidence does."""
    site = home().link("/", "ita", "ITA 2566")
    text, rows = [f"# การประเมิน ITA ปีงบประมาณ พ.ศ. {YEAR}"], []
    for item in form().items:
        asks = [c.asks.th for c in item.checks if c.asks]
        text += [f"## {item.id} {item.name.th}", *(f"- แสดง{a}" for a in asks), "ดูไฟล์แนบ"]
        rows.append((item.id, item.name.th))
    site.page("ita", "\n".join(text))
    for code, name in rows:
        site.link("ita", where, "ดูไฟล์แนบ", heading=f"{code} {name}")
    report = told(site)
    assert [i.id for i in report.items if i.status is Status.PASS] == []
    assert passing(report.items) == []


@pytest.mark.parametrize("where", ["#", "/", None])
def test_an_answer_that_names_the_page_of_criteria_proves_nothing(where: str) -> None:
    site = home().link("/", "ita", "ITA 2566")
    texts = [f"## {i.id} {i.name.th}\n" + "\n".join(f"- แสดง{c.asks.th}" for c in i.checks if c.asks) for i in form().items]
    site.page("ita", "\n".join([f"# การประเมิน ITA ปีงบประมาณ พ.ศ. {YEAR}", *texts]))
    for item in form().items:
        site.answer(item.id, f"ita#{item.id}")
        if where is not None:
            site.link("ita", where, "ดูไฟล์แนบ", heading=f"{item.id} {item.name.th}")
    report = told(site)
    assert [i.id for i in report.items if i.status is Status.PASS] == []
    assert passing(report.items) == []


@pytest.mark.parametrize("year", [2566, 2567, 2568, 2569])
def test_a_table_of_criteria_without_a_link_proves_nothing(year: int) -> None:
    site = home().link("/", "ita", f"ITA {year}")
    rows = [f"| {i.id} | {i.name.th} | {' '.join(f'แสดง{c.asks.th}' for c in i.checks if c.asks)} |" for i in form(year).items]
    head = f"# การประเมิน ITA ปีงบประมาณ พ.ศ. {year}\n| ข้อ | ข้อมูล | องค์ประกอบด้านข้อมูล |\n"
    site.page("ita", head + "\n".join(rows))
    for item in form(year).items:
        site.answer(item.id, f"ita#{item.id}")
    report = told(site, form(year))
    assert [i.id for i in report.items if i.status is Status.PASS] == []
    assert passing(report.items) == []


ASKING = (
    "แสดง{name} ที่มีข้อมูลรายละเอียดอย่างน้อยประกอบด้วย {run}",
    "แสดง{name} โดยมีข้อมูลรายละเอียดอย่างน้อยประกอบด้วย\n{numbered}",
    "{listed}",
    "ข้อมูลรายละเอียดอย่างน้อยประกอบด้วย\n{listed}\nเป็นข้อมูลของปี พ.ศ. {year}\nดูไฟล์แนบ",
)
"""How the question is copied to the place of the answer."""


@pytest.mark.parametrize("style", range(len(ASKING)))
@pytest.mark.parametrize("year", [2566, 2568])
def test_the_question_copied_to_an_items_own_page_is_no_answer(year: int, style: int) -> None:
    site = home()
    for item in form(year).items:
        asks = [c.asks.th for c in item.checks if c.asks]
        said = ASKING[style].format(
            name=item.name.th,
            year=year,
            run=" ".join(f"({n}) {a}" for n, a in enumerate(asks, 1)),
            numbered="\n".join(f"({n}) {a}" for n, a in enumerate(asks, 1)),
            listed="\n".join(f"- {a}" for a in asks),
        )
        site.page(item.id, f"# {item.id} {item.name.th} ประจำปีงบประมาณ พ.ศ. {year}\n{said}")
        site.link("/", item.id, item.name.th).answer(item.id, item.id)
    report = told(site, form(year))
    assert [i.id for i in report.items if i.status is Status.PASS] == []
    assert passing(report.items, ("component", "count", "coverage")) == []


def test_a_page_of_an_item_that_prints_only_what_is_asked_shows_no_component_of_it() -> None:
    """The criterion as the handbook lists it, on a page under the item's own title; of the title itself see `title_counts`."""
    site = home()
    texts = {
        "O1": ("แสดงแผนผังโครงสร้างการแบ่งส่วนราชการ", "แสดงตำแหน่งที่สำคัญ สำนัก กอง ศูนย์ ฝ่าย"),
        "O11": ("แสดงโครงการหรือกิจกรรม", "แสดงงบประมาณที่ใช้", "แสดงระยะเวลาในการดำเนินการ"),
        "O25": ("แสดงหลักเกณฑ์การสรรหาและคัดเลือกบุคลากร", "แสดงหลักเกณฑ์การบรรจุและแต่งตั้งบุคลากร", "แสดงหลักเกณฑ์การพัฒนาบุคลากร"),
        "O27": ("แสดงวิธีการร้องเรียน", "แสดงขั้นตอนการจัดการเรื่องร้องเรียน", "แสดงส่วนงานที่รับผิดชอบ", "แสดงระยะเวลาดำเนินการ"),
    }
    for code, asked in texts.items():
        item = form().item(code)
        assert item is not None
        site.page(code, f"# {code} {item.name.th}\n" + "\n".join(f"- {a}" for a in asked) + "\nดูไฟล์แนบ")
        site.link("/", code, item.name.th).answer(code, code)
    report = told(site, only_items(form(), texts))
    assert passing(report.items, ("component",)) == []


@pytest.mark.parametrize("shift", [1, -1])
def test_codes_shifted_by_one_change_nothing(shift: int) -> None:
    site = home().link("/", "ita", "ITA 2566")
    paths = put(site, "e", good())
    listed(site, "ita", YEAR, ((f"O{int(c[1:]) + shift}", good()[c][0], to) for c, to in paths.items()))
    found = statuses(told(site))
    assert {code: found[code] for code in paths if found[code] is not Status.PASS} == {}


def test_codes_of_another_form_change_nothing() -> None:
    """The codes are those of the form of 2565, where most concepts stand one or more items elsewhere."""
    before = {c: item.id for item in form(2565).items for c in item.concepts}
    site = home().link("/", "ita", "ITA 2566")
    paths = put(site, "e", good())
    rows = []
    for code, to in paths.items():
        item = form().item(code)
        assert item is not None
        rows.append((before.get(item.concepts[0], code), item.name.th, to))
    assert sum(row[0] != code for row, code in zip(rows, paths, strict=True)) > 10
    listed(site, "ita", YEAR, rows)
    found = statuses(told(site))
    assert {code: found[code] for code in paths if found[code] is not Status.PASS} == {}


def test_three_years_side_by_side() -> None:
    """Three ITA pages of three years, each with evidence of its own year; only that of the year asked is taken."""
    site = home()
    for year in (2567, YEAR, 2565):
        texts = {code: (name, moved(case, year - YEAR)) for code, (name, case) in good().items()}
        paths = put(site, f"e{year}", texts)
        site.link("/", f"ita{year}", f"ITA {year}")
        listed(site, f"ita{year}", year, ((code, good()[code][0], to) for code, to in paths.items()))
    report = told(site)
    found = statuses(report)
    assert {code: found[code] for code in good() if found[code] is not Status.PASS} == {}


def moved(case: Case, by: int) -> Case:
    """A case with the years of its page moved."""
    return case.model_copy(update={"page": move_years(case.page, by, YEAR)})


@pytest.mark.parametrize("text", ["", "# องค์การบริหารส่วนตำบลตัวอย่าง", "กำลังปรับปรุงเว็บไซต์"])
def test_a_site_with_nothing(text: str) -> None:
    site = Site(agency=AGENCY)
    site.page("/", text or "[link: -> #]")
    report = told(site)
    assert {i.status for i in report.items} <= {Status.GAP, Status.UNDECIDED, Status.NOT_APPLICABLE}
    assert passing(report.items) == []


def test_a_run_without_a_single_page() -> None:
    report = told(Site(agency=AGENCY))
    assert {i.status for i in report.items} == {Status.UNDECIDED}


SHORT, LONG = "เทศบาลตำบลบ้านใหม่", "เทศบาลตำบลบ้านใหม่สามัคคี"


@pytest.mark.parametrize(("own", "other"), [(SHORT, LONG), (LONG, SHORT)])
def test_an_agency_whose_name_is_part_of_anothers(own: str, other: str) -> None:
    """Its own paper is its own. A name that goes on where the own one ends ("…บ้านใหม่จัดทำ", "…บ้านใหม่สามัคคี") cannot be told
    from a longer name by its letters, so that it is no accusation; a third agency's paper is told all the same."""
    name, case = good()["O13"]
    wanted = {own: {Status.PASS}, other: {Status.PASS, Status.NOT_APPLICABLE}, "เทศบาลตำบลหนองแวง": {Status.GAP}}
    for written, allowed in wanted.items():
        text = f"# {name} พ.ศ. 2565 {written}\n{case.page.replace(AGENCY, written)}"
        site = home(own).link("/", "a.pdf", name).file("a.pdf", text)
        item = told(site, only_items(form(), ["O13"])).items[0]
        assert {c.kind: c.status for c in item.checks}["named"] in allowed, (own, written)
        assert (item.status is Status.PASS) == (Status.GAP not in allowed), (own, written)


YEARS = [
    "พ.ศ. 2565", "พ.ศ.2565", "พ .ศ. 2565", "พศ 2565", "ปี 2565", "ปีงบประมาณ ๒๕๖๕", "พ.ศ.25๖๕", "ปี 25 65", "256๕",
    "ประจำปี 65", "ปีงบ ๖๕", "B.E. 2565", "2022", "ค.ศ. 2022", "ปีงบประมาณ 2565", "1 ต.ค. ๖๔ - 30 ก.ย. ๖๕",
    "ตุลาคม 2564 - กันยายน 2565",
]  # fmt: skip


@pytest.mark.parametrize("spelling", YEARS)
def test_a_year_in_any_spelling_is_no_gap(spelling: str) -> None:
    """The right year is never called the wrong one; where a spelling does not say that it is a year, it is undecided."""
    name, case = good()["O13"]
    body = case.page.split("\n", 1)[1].replace("2565", "").replace("๒๕๖๕", "")
    site = home().link("/", "a.pdf", name).file("a.pdf", f"# {name} {spelling}\n{body}")
    checks = {c.kind: c.status for c in told(site, only_items(form(), ["O13"])).items[0].checks}
    assert checks["period"] in (Status.PASS, Status.UNDECIDED)
    if "2565" in spelling or "๒๕๖๕" in spelling:
        assert checks["period"] is Status.PASS


@pytest.mark.parametrize("spelling", ["พ.ศ. 2563", "ปีงบประมาณ ๒๕๖๓", "พ.ศ.25๖๓", "ปี 2563"])
def test_the_wrong_year_is_a_gap_in_any_spelling(spelling: str) -> None:
    name, case = good()["O13"]
    body = case.page.split("\n", 1)[1].replace("2565", "").replace("๒๕๖๕", "")
    site = home().link("/", "a.pdf", name).file("a.pdf", f"# {name} {spelling}\n{body}")
    checks = {c.kind: c.status for c in told(site, only_items(form(), ["O13"])).items[0].checks}
    assert checks["period"] is Status.GAP


@pytest.mark.slow
def test_a_document_of_two_thousand_pages_is_judged_in_bounded_time() -> None:
    """Forty lines a page, tables among them; evidence of every item that may be a document. Seconds of one processor."""
    lines = "\n".join(f"| {n} | โครงการที่ {n} ก่อสร้างถนน | ดำเนินการแล้วเสร็จ | {n * 1000:,} | ฝนตก |" for n in range(40))
    made = document(f"# รายงานผลการดำเนินงานประจำปี พ.ศ. 2565\n{lines}")
    pages = tuple(Page(n, made.pages[0].blocks, method="text-layer") for n in range(1, 2001))
    name = good()["O13"][0]
    site = home().link("/", "a.pdf", name)
    site.file("a.pdf", "x", of={"pages": pages})
    started = time.process_time()
    report = told(site, only_items(form(), ["O13"]))
    spent = time.process_time() - started
    assert report.items[0].checks
    assert spent < 120.0  # 9 to 20 s where it was measured, and twice the pages take twice the time
