"""The HTML report in the machine's Chromium: accessible, silent on the network, deaf to what a hostile site left in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from reports.html_report import page
from tests.reports import factory

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SIZES = {"wide": (1280, 900), "narrow": (360, 740)}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    flags = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with playwright.sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: Any, tmp_path: Any) -> Iterator[Any]:
    """Opens a report as a file; what it asks for and complains of is kept."""
    contexts = []

    def show(report: Any, size: str = "wide", scheme: str = "light", scripts: bool = True) -> Any:
        width, height = SIZES[size]
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, java_script_enabled=scripts, offline=True
        )
        contexts.append(context)
        sheet = context.new_page()
        sheet.asked, sheet.complaints = [], []
        sheet.on("request", lambda request: sheet.asked.append(request.url))
        sheet.on("console", lambda message: sheet.complaints.append(message.text))
        sheet.on("dialog", lambda dialog: sheet.complaints.append(f"dialog {dialog.message}"))
        sheet.on("pageerror", lambda error: sheet.complaints.append(str(error)))
        path = tmp_path / f"{len(contexts)}.html"
        path.write_text(page(report), encoding="utf-8")
        sheet.goto(path.as_uri())
        return sheet

    yield show
    for context in contexts:
        context.close()


def outside(sheet: Any) -> list[str]:
    return [url for url in sheet.asked if not url.startswith(("file:", "data:"))]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", list(SIZES))
@pytest.mark.parametrize("lang", ["th", "en"])
def test_axe_finds_nothing(opened: Any, size: str, scheme: str, lang: str) -> None:
    sheet = opened(factory.realistic(lang=lang), size, scheme)
    sheet.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
    found = axe.Axe().run(sheet, options=rules).response
    assert [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found["violations"]] == []
    assert {"color-contrast", "label", "page-has-heading-one"} <= {rule["id"] for rule in found["passes"]}


def test_opening_it_asks_nobody_for_anything(opened: Any) -> None:
    for report in (factory.realistic(), factory.hostile(), factory.large()):
        sheet = opened(report)
        assert outside(sheet) == []
        assert sheet.complaints == []
        assert len(sheet.asked) == 1


def test_nothing_of_a_hostile_site_runs(opened: Any) -> None:
    sheet = opened(factory.hostile())
    sheet.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    hrefs = sheet.eval_on_selector_all("a[href]", "links => links.map(a => a.getAttribute('href'))")
    assert {h for h in hrefs if not h.startswith(("http://", "https://", "#"))} == set()
    assert sheet.evaluate("document.scripts.length") == 1
    assert sheet.complaints == []


def test_it_does_not_scroll_sideways(opened: Any) -> None:
    for report in (factory.realistic(), factory.hostile()):
        sheet = opened(report, "narrow")
        sheet.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        assert sheet.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_search_and_filter(opened: Any) -> None:
    report = factory.realistic()
    sheet = opened(report)
    total = len(report.items)
    shown = "details.item:not([hidden])"
    assert sheet.locator(shown).count() == total
    sheet.get_by_role("searchbox").fill("o13")
    assert 1 <= sheet.locator(shown).count() < total
    assert "O13" in sheet.locator(shown).first.inner_text()
    sheet.get_by_role("searchbox").fill("ไม่มีถ้อยคำเช่นนี้")
    assert sheet.locator(shown).count() == 0
    sheet.get_by_role("searchbox").fill("")
    sheet.locator("#tools button[data-status=gap]").click()
    gaps = sum(item.status.value == "gap" for item in report.items)
    assert sheet.locator(shown).count() == gaps
    assert str(gaps) in sheet.locator("#tools output").inner_text()
    sheet.evaluate("location.hash = document.querySelector('details.item[data-status=pass]').id")
    sheet.wait_for_function(f"document.querySelectorAll('{shown}').length === {total}")


def test_without_script_everything_is_there(opened: Any) -> None:
    sheet = opened(factory.realistic(), scripts=False)
    assert not sheet.locator("#tools").is_visible()
    assert sheet.locator("details.item").count() == len(factory.realistic().items)


def test_it_prints_on_a4(opened: Any, tmp_path: Any) -> None:
    sheet = opened(factory.realistic())
    assert sheet.pdf(path=tmp_path / "x.pdf", prefer_css_page_size=True)[:5] == b"%PDF-"


def test_answers_are_copied(opened: Any) -> None:
    sheet = opened(factory.realistic())
    sheet.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sheet.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    cell = sheet.locator("[data-copy]").first
    cell.get_by_role("button").click()
    sheet.wait_for_function(
        "document.querySelector('[data-copy] button').textContent === document.querySelector('[data-copy]').dataset.copied"
    )
    assert sheet.evaluate("navigator.clipboard.readText()") == cell.get_attribute("data-text")
