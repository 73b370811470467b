"""What is gathered next: the rules' wants and the crawler's, joined."""

from __future__ import annotations

from ita_rules.cli.agenda import agenda
from ita_rules.rulesets.load import load_ruleset
from ita_rules.run.types import RunData
from tests.build import REPORT, Site

RULES = load_ruleset("oit-2566")


def fetched(site: Site) -> list[str]:
    """The addresses wanted, best first."""
    return [w.url for w in agenda(site.data, RULES) if w.kind == "fetch"]


def test_every_page_of_the_site_is_wanted_but_no_file_that_no_item_asks_for() -> None:
    site = Site().page("/").link("/", "about", "เกี่ยวกับเรา").link("/", "menu.pdf", "เมนูอาหารกลางวัน")
    site.link("/", "report.pdf", f"{REPORT} พ.ศ. 2565").link("/", "https://other.example.com/", "เว็บอื่น")
    wanted = fetched(site)
    assert site.url("about") in wanted
    assert site.url("report.pdf") in wanted
    assert site.url("menu.pdf") not in wanted
    assert "https://other.example.com/" not in wanted


def test_what_an_item_asks_for_comes_before_the_rest() -> None:
    site = Site().page("/").link("/", "tour", "สถานที่ท่องเที่ยว").link("/", "ita-2566", "ITA 2566")
    wanted = fetched(site)
    assert wanted.index(site.url("ita-2566")) < wanted.index(site.url("tour"))


def test_a_calendar_without_end_is_left() -> None:
    site = Site().page("/")
    for month in range(1, 13):
        for year in range(2540, 2567):
            site.link("/", f"calendar.php?y={year}&m={month}", "ปฏิทิน")
    assert len([u for u in fetched(site) if "calendar" in u]) <= 40


def test_asking_while_the_run_grows_is_asking_afresh() -> None:
    """Whatever is remembered between two looks, the answer is that of a run nobody looked at before."""
    site = Site().page("/", "เทศบาล").link("/", "ita-2566", "ITA 2566").link("/", "news", "ข่าว")
    site.page("ita-2566", "ITA 2566")
    for number in range(1, 12):
        site.link("ita-2566", f"o{number}", f"O{number}", row=f"O{number} {REPORT} | เปิด").page(f"o{number}", f"O{number}")
        site.link(f"o{number}", f"files/{number}.pdf", f"{REPORT} พ.ศ. 256{number % 10}").link(f"o{number}", "news", "ข่าว")
    site.page("news", "ข่าว").link("news", "ita-2566", "ITA 2566").link("news", "files/1.pdf", "แผน")
    whole = site.data
    run = RunData(whole.meta)
    for key in [*whole.exchanges][::-1]:
        run.exchanges[key] = whole.exchanges[key]
        if key in whole.links:
            run.links[key] = whole.links[key]
        fresh = RunData(run.meta, dict(run.exchanges), dict(run.links), dict(run.documents))
        assert agenda(run, RULES) == agenda(fresh, RULES)
    assert any(w.evidence for w in agenda(run, RULES))
