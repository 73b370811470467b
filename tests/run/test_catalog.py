"""What a data catalogue's answers say, from the JSON to the data set and back from the stored text."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest

from crawlers.readers.interface import Hints, read
from ita_rules.run.catalog import SETTING, Catalog, catalog_of, dataset_of, rows
from ita_rules.run.types import RunMeta

SINCE = dt.date(2025, 10, 1)
SHOWN: dict[str, Any] = {
    "name": "oit-2569-o11",
    "title": "สรุปผลการจัดซื้อจัดจ้าง\nรายเดือน",
    "state": "active",
    "private": False,
    "license_id": "Open Data Common",
    "metadata_modified": "2026-03-31T18:30:00.123456",
    "organization": {"name": "dtn", "title": "กรมตัวอย่าง"},
    "resources": [{"name": "ตุลาคม", "format": "CSV", "url": "https://catalog.example.go.th/a.csv"}, {"name": "พฤศจิกายน"}],
}


def answer(**more: Any) -> bytes:
    """What the catalogue sends; fields of the data set changed."""
    return json.dumps({"help": "…", "success": True, "result": {**SHOWN, **more}}).encode()


def seen(**more: Any) -> Any:
    """The data set that the stored text of an answer shows."""
    return dataset_of(read(answer(**more), Hints(media_type="application/json;charset=utf-8")))


def test_an_answer_is_stored_as_rows_and_read_again_from_them() -> None:
    document = read(answer(), Hints(media_type="application/json"))
    assert document.cause is None
    shown = dataset_of(document)
    assert shown is not None
    assert (shown.title, shown.organisation, shown.resources) == ("สรุปผลการจัดซื้อจัดจ้าง รายเดือน", "กรมตัวอย่าง", 2)
    assert shown.modified == dt.date(2026, 4, 1)  # told in UTC, the next day in Thailand
    assert shown.faults(SINCE) == {}
    text = document.pages[0].text
    assert shown.quote("license_id") in text.splitlines()
    assert "resources.1 | ตุลาคม CSV https://catalog.example.go.th/a.csv" in text.splitlines()


@pytest.mark.parametrize(
    ("change", "fault", "quote"),
    [
        ({"private": True}, "closed", "private | true"),
        ({"state": "deleted"}, "closed", "state | deleted"),
        ({"resources": []}, "resources", "resources | 0"),
        ({"license_id": "notspecified"}, "licence", "license_id | notspecified"),
        ({"license_id": None}, "licence", ""),
        ({"metadata_modified": "2025-09-30T16:59:59"}, "old", "metadata_modified | 2025-09-30T16:59:59"),
    ],
)
def test_what_a_data_set_lacks_is_told_with_its_words(change: dict[str, Any], fault: str, quote: str) -> None:
    assert seen(**change).faults(SINCE) == {fault: quote}


@pytest.mark.parametrize("told", ["2025-09-30T17:00:00", "2026-01-01T00:00:00+07:00", "soon", "", None, "9999-12-31T23:59:59"])
def test_a_day_within_the_year_or_none_at_all_is_no_fault(told: str | None) -> None:
    assert seen(metadata_modified=told).faults(SINCE) == {}


@pytest.mark.parametrize(
    "body",
    [
        b'{"success": false, "error": {"__type": "Not Found Error"}}',
        b'{"success": true, "result": []}',
        b'{"success": true, "result": {"name": "a", "resources": "none"}}',
        b'{"success": "true", "result": {"name": "a"}}',
        b'[{"success": true}]',
        b'{"success": true, "result": {"title": "a"}}',
    ],
)
def test_other_json_is_no_data_set(body: bytes) -> None:
    assert dataset_of(read(body, Hints(media_type="application/json"))) is None
    assert rows(json.loads(body)) == ()


def test_a_huge_answer_is_cut_and_its_files_are_counted_all_the_same() -> None:
    many = [{"name": "ก" * 5000, "format": ["CSV"], "url": None}] * 30_000
    found = dict(rows(json.loads(answer(resources=many, title="ข" * 100_000, organization="กรม"))))
    assert found["resources"] == "30000"
    assert len(found) < 120
    assert max(map(len, found.values())) <= 500
    assert found["organization.title"] == ""


def test_values_that_look_like_other_fields_stay_values() -> None:
    shown = seen(title="private | true", license_title="resources | 0")
    assert shown.faults(SINCE) == {}


def test_what_was_asked_goes_through_the_runs_settings() -> None:
    catalog = Catalog("https://catalog.example.go.th/th/", (("O11", "a b/ก"), ("", "c"), ("O11", "a b/ก")))
    meta = replace(RunMeta("https://a.go.th/"), settings={SETTING: catalog.as_text()})
    assert catalog_of(meta) == catalog
    assert catalog.of_item("O11") == (("a b/ก", True), ("c", False))
    assert catalog.of_item("O12") == (("c", False),)
    assert catalog.address("a b/ก") == "https://catalog.example.go.th/th/api/3/action/package_show?id=a%20b%2F%E0%B8%81"


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "7", '{"url": "x"}', '{"url": "x", "datasets": [1]}'])
def test_settings_without_a_sound_catalogue_name_none(text: str) -> None:
    assert catalog_of(replace(RunMeta("https://a.go.th/"), settings={SETTING: text})) is None
