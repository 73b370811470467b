"""What checks share: which pieces count as content, and what happens when a check itself fails."""

from __future__ import annotations

import logging

import pytest

from ita_rules import checks
from ita_rules.checks import Outcome, observe
from ita_rules.checks.interface import page_of
from ita_rules.model import AgencyType
from ita_rules.rulesets.types import When
from tests.build import REPORT, Site, check, context

LONG = "ข้อความยาวพอสมควรของหน้านี้ซึ่งเล่าเรื่องของตนเอง " * 8


def test_a_fault_of_ours_is_unknown_and_never_a_gap(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def broken(*_: object) -> checks.Observation:
        raise RuntimeError("ours")

    monkeypatch.setattr(checks, "kinds", lambda: {"linked": broken})
    asked = check("linked")
    with caplog.at_level(logging.CRITICAL):
        seen = observe(context(Site().page("/"), "/", checks=(asked,)), asked)
    assert (seen.outcome, seen.cause) == (Outcome.UNKNOWN, "internal_error")


def test_a_check_for_another_type_of_agency_does_not_apply() -> None:
    asked = check("linked", when=When(agency_type=(AgencyType.HOSPITAL,)))
    assert observe(context(Site().page("/"), "/", checks=(asked,)), asked).outcome is Outcome.NOT_APPLICABLE


def test_a_page_that_is_only_a_door_is_no_content_beside_its_file() -> None:
    site = Site().page("/").page("door", f"# {REPORT}").page("rich", f"# {REPORT}\n{LONG}").file("a.pdf", "# ก")
    assert [p.url for p in context(site, "door", "a.pdf").content] == [site.url("a.pdf")]
    assert [p.url for p in context(site, "rich", "a.pdf").content] == [site.url("a.pdf"), site.url("rich")]
    assert [p.url for p in context(site, "door").content] == [site.url("door")]
    form = Site().page("/").page("form", "# E-Service\n[form: ชื่อ, เรื่อง -> ส่ง]").file("a.pdf", "# ก")
    assert form.url("form") in [p.url for p in context(form, "form", "a.pdf").content]


def test_components_are_looked_for_in_what_is_of_the_period_asked() -> None:
    asked = check("period", covers="previous_fiscal_year")
    site = (
        Site().page("/").file("old.pdf", f"# {REPORT} 2563").file("new.pdf", f"# {REPORT} 2565").file("none.pdf", f"# {REPORT}")
    )
    ctx = context(site, "old.pdf", "new.pdf", "none.pdf", checks=(asked,))
    assert [p.url for p in ctx.fitting] == [site.url("new.pdf"), site.url("none.pdf")]
    assert len(context(site, "old.pdf", checks=(asked,)).fitting) == 1


def test_pages_are_numbered_for_pdf_and_slides_named_for_workbooks_and_archives_and_none_for_the_rest() -> None:
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    site = Site().page("/").file("a.pdf", "# ก").file("b.xlsx", "# ก", sheet, of={"page": {"name": "ต.ค. 65"}}).page("c", "# ก")
    site.file("d.ppt", "# ก", "application/vnd.ms-powerpoint").file(
        "e.zip", "# ก", "application/zip", of={"page": {"name": "x.doc"}}
    )
    pieces = context(site, "a.pdf", "b.xlsx", "c", "d.ppt", "e.zip").pieces
    assert [page_of(p, 1) for p in pieces] == [1, "ต.ค. 65", None, 1, "x.doc"]


def test_a_menu_that_every_page_repeats_makes_no_content_of_a_door() -> None:
    menu = "\n".join(f"แผนพัฒนาหน่วยงาน ประจำปี พ.ศ. 2563-2567 เล่มที่ {n}" for n in range(8))
    site = Site().page("/", menu).file("a.pdf", "# ก")
    for n in range(8):
        site.page(f"other{n}", f"# หน้าที่ {n}\n{menu}\n{LONG}{n}")
    site.page("door", f"# {REPORT}\n{menu}")
    assert [p.url for p in context(site, "door", "a.pdf").content] == [site.url("a.pdf")]


def test_a_map_that_was_not_opened_hides_nothing_of_its_page() -> None:
    site = Site().page("/").page("contact", f"# ติดต่อ\n{LONG}").fail("https://www.google.com/maps/embed?pb=1", "external")
    site.fail("https://forms.example.com/1", "external")
    assert context(site, "contact", "https://www.google.com/maps/embed?pb=1").unread_cause is None
    assert context(site, "contact", "https://forms.example.com/1").unread_cause == "external"


def test_the_wall_of_a_social_network_leaves_open_what_stands_behind_it_where_it_serves() -> None:
    site = Site().page("/").page("o9", f"# ข่าว\n{LONG}").fail("https://www.facebook.com/agency", "login")
    for concept, cause in (("news", "social_wall"), ("annual-report", None)):
        ctx = context(site, "o9", "https://www.facebook.com/agency", concept=concept, checks=(check("reachable"),))
        assert ctx.unread_cause == cause


def test_an_asked_for_access_beside_good_content_is_not_unread() -> None:
    site = Site().page("/").page("o9", f"# ข่าว\n{LONG}").fail("https://drive.google.com/file/d/1AbCdEfGhIjKl/view", "login")
    ctx = context(site, "o9", "https://drive.google.com/file/d/1AbCdEfGhIjKl/view", concept="news", checks=(check("reachable"),))
    assert ctx.unread_cause is None
