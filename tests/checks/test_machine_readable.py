"""Files that hold text, and files that hold only pictures of it."""

from __future__ import annotations

from dataclasses import replace

from ita_rules.checks import Outcome, observe
from ita_rules.run.types import Page
from tests.build import Site, check, context

READABLE = check("machine_readable")


def test_text_is_met_pictures_are_a_gap_and_a_page_is_not_asked() -> None:
    site = Site().page("/", "# ก").page("p", "# หน้า").file("a.pdf", "# รายงาน").file("b.pdf", "# ภาพ")
    sha = site.data.exchanges[site.key("b.pdf")].sha256 or ""
    pictures = tuple(Page(n, cause="no_ocr") for n in (1, 2))
    site.data.documents[sha] = replace(site.data.documents[sha], pages=pictures)
    assert observe(context(site, "a.pdf", checks=(READABLE,)), READABLE).outcome is Outcome.MET
    seen = observe(context(site, "b.pdf", checks=(READABLE,)), READABLE)
    assert seen.outcome is Outcome.NOT_MET
    assert observe(context(site, "p", checks=(READABLE,)), READABLE).outcome is Outcome.NOT_APPLICABLE


def test_one_page_of_text_among_pictures_is_no_gap() -> None:
    site = Site().page("/").file("a.pdf", "# รายงาน")
    sha = site.data.exchanges[site.key("a.pdf")].sha256 or ""
    site.data.documents[sha] = replace(site.data.documents[sha], pages=(*site.data.documents[sha].pages, Page(2, cause="no_ocr")))
    assert observe(context(site, "a.pdf", checks=(READABLE,)), READABLE).outcome is Outcome.MET


def test_a_recognised_picture_is_still_a_picture() -> None:
    site = Site().page("/", "# ก").file("a.pdf", "# รายงาน", of={"page": {"method": "ocr"}})
    assert observe(context(site, "a.pdf", checks=(READABLE,)), READABLE).outcome is Outcome.NOT_MET
