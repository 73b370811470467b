"""Data sets in a data catalogue: what passes, what is a gap with which words, and what could not be looked at."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from crawlers.readers.interface import Hints, read
from ita_rules.checks import Observation, Outcome, observe
from ita_rules.run.catalog import SETTING, Catalog
from ita_rules.run.keys import url_key
from ita_rules.run.types import Exchange
from tests.build import REPORT, Site, check, context, rules
from tests.build import item as item_of
from tests.run.test_catalog import SHOWN, answer

ASKED = check("catalog")
AGENCY = "กรมตัวอย่าง"
RULES = rules(item_of("O13", "annual-report", ASKED), fiscal_year=2569)


def site(*datasets: tuple[str, str], shown: dict[str, dict[str, Any] | str | None]) -> Site:
    """A run whose catalogue answers on data sets by name: with changed fields, with a cause, or nothing (None)."""
    catalog = Catalog("https://catalog.example.go.th", datasets)
    made = Site(agency=AGENCY, kind="department").page("/", f"# {AGENCY}")
    made.meta(settings={SETTING: catalog.as_text()})
    for name, told in shown.items():
        url = catalog.address(name)
        key = url_key(url)
        if isinstance(told, str):
            made.data.exchanges[key] = Exchange(key, url, url, key, media_type="application/json", cause=told, attempts=2)
        elif told is not None:
            document = read(answer(name=name, **told), Hints(media_type="application/json"))
            made.data.documents[document.sha256] = document
            made.data.exchanges[key] = Exchange(key, url, url, key, 200, media_type="application/json", sha256=document.sha256)
    return made


def seen(*datasets: tuple[str, str], shown: dict[str, dict[str, Any] | str | None], **more: Any) -> Observation:
    """What the check sees."""
    return observe(context(site(*datasets, shown=shown), ruleset=RULES, **more), ASKED)


def test_whole_data_sets_pass_with_the_day_of_their_last_change() -> None:
    found = seen(("O13", "a"), ("O13", "b"), shown={"a": {}, "b": {}})
    assert found.outcome is Outcome.MET
    assert [e.quote for e in found.evidence] == [f"metadata_modified … {SHOWN['metadata_modified']}"] * 2
    assert found.evidence[0].url.endswith("/api/3/action/package_show?id=a")


def test_each_data_set_that_lacks_something_is_told() -> None:
    told: dict[str, dict[str, Any] | str | None] = {"a": {"resources": [], "license_id": ""}, "b": {}, "c": "http_404"}
    found = seen(("O13", "a"), ("O13", "b"), ("O13", "c"), shown=told)
    assert found.outcome is Outcome.NOT_MET
    assert found.message[1]["faults"] == ("@check.catalog.fault.resources", "@check.catalog.fault.licence")
    assert [(e.quote, e.read) for e in found.evidence] == [("resources … 0", None), (None, "whole"), (None, "whole")]
    assert [w[1]["dataset"] for w in found.why] == ["c"]
    assert found.fix is not None
    assert found.fix[1]["fixes"] == ("@check.catalog.mend.resources", "@check.catalog.mend.licence")


@pytest.mark.parametrize("owner", ["กรมตัวอย่าง", "กรมตัวอย่าง กระทรวงกลาง", "กรมตัวอย่าง (กต.)", "Department of Examples", ""])
def test_the_agencys_own_data_set_by_any_name_is_no_strangers(owner: str) -> None:
    assert seen(("O13", "a"), shown={"a": {"organization": {"title": owner}}}).outcome is Outcome.MET


def test_another_agencys_data_set_is_a_gap_with_its_name() -> None:
    found = seen(("O13", "a"), shown={"a": {"organization": {"title": "กรมเทียนทอง"}}})
    assert found.outcome is Outcome.NOT_MET
    assert [e.quote for e in found.evidence] == ["organization.title … กรมเทียนทอง"]


def test_an_agency_without_a_name_cannot_tell_its_own_data_sets() -> None:
    made = site(("O13", "a"), shown={"a": {"organization": {"title": "กรมเทียนทอง"}}}).meta(agency_name="")
    assert observe(context(made, ruleset=RULES), ASKED).outcome is Outcome.MET


@pytest.mark.parametrize("cause", ["timeout", "robots", "http_403", "external", "private_address", "blocked"])
def test_what_could_not_be_looked_at_is_undecided(cause: str) -> None:
    found = seen(("O13", "a"), ("O13", "b"), shown={"a": {}, "b": cause})
    assert (found.outcome, found.cause) == (Outcome.UNKNOWN, cause)
    assert seen(("O13", "a"), shown={"a": None}).cause == "not_gathered"


def test_a_gap_that_was_seen_stays_one_though_another_data_set_was_not() -> None:
    assert seen(("O13", "a"), ("O13", "b"), shown={"a": "timeout", "b": {"resources": []}}).outcome is Outcome.NOT_MET


@pytest.mark.parametrize("change", [{"attempts": 1}, {"media_type": "text/html"}])
def test_only_the_catalogue_itself_and_twice_can_say_that_there_is_none(change: dict[str, Any]) -> None:
    made = site(("O13", "a"), shown={"a": "http_404"})
    key = next(k for k in made.data.exchanges if "package_show" in k)
    made.data.exchanges[key] = replace(made.data.exchanges[key], **change)
    assert observe(context(made, ruleset=RULES), ASKED).outcome is Outcome.UNKNOWN


def test_an_answer_that_is_none_or_came_unverified_proves_nothing() -> None:
    made = site(("O13", "a"), shown={"a": {"resources": []}})
    key = next(k for k in made.data.exchanges if "package_show" in k)
    made.data.exchanges[key] = replace(made.data.exchanges[key], insecure="expired")
    assert observe(context(made, ruleset=RULES), ASKED).cause == "tls"
    made.data.exchanges[key] = replace(made.data.exchanges[key], insecure="", sha256="other")
    assert observe(context(made, ruleset=RULES), ASKED).cause == "unreadable"


def test_without_items_the_titles_tell_which_data_set_serves() -> None:
    told: dict[str, dict[str, Any] | str | None] = {"a": {"title": f"{REPORT} 2568", "resources": []}, "b": {"title": "ข่าว"}}
    assert seen(("", "a"), ("", "b"), shown=told).message[1]["dataset"] == f"{REPORT} 2568"
    found = seen(("", "b"), shown={"b": {"title": "ข่าว", "resources": []}})
    assert (found.outcome, found.message[0]) == (Outcome.NOT_APPLICABLE, "check.catalog.not_configured")


def test_not_configured_is_not_applicable_and_tells_how() -> None:
    for made in (seen(("O12", "a"), shown={"a": {}}), observe(context(Site().page("/"), ruleset=RULES), ASKED)):
        assert (made.outcome, made.message) == (Outcome.NOT_APPLICABLE, ("check.catalog.not_configured", {"item": "O13"}))
    assert seen(("O13", "a"), shown={"a": {}}, only_files=True).outcome is Outcome.NOT_APPLICABLE
