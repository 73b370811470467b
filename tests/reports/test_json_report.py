"""report.json is the model, byte for byte the same, valid by the schema that ships, and safe to print."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path

import jsonschema
import pytest

from ita_rules.model import Report
from reports.json_report import JsonRenderer, dump, schema_text, shipped_schema
from tests.reports import factory


def test_the_shipped_schema_is_the_models() -> None:
    shipped = resources.files("reports").joinpath("report.schema.json").read_text(encoding="utf-8")
    assert shipped == schema_text()


@pytest.mark.parametrize("make", [factory.realistic, factory.hostile, factory.undecided, factory.empty])
def test_every_report_is_valid_by_the_schema(make: object) -> None:
    assert callable(make)
    data = json.loads(dump(make()))
    jsonschema.Draft202012Validator.check_schema(shipped_schema())
    jsonschema.Draft202012Validator(shipped_schema()).validate(data)


@pytest.mark.parametrize(
    ("path", "value"),
    [(("schema",), "ita-rules/report/2"), (("items", 0, "status"), "failed"), (("surprise",), 1), (("items", 0, "score"), "x")],
)
def test_the_schema_refuses_what_is_none(path: tuple[str | int, ...], value: object) -> None:
    data = json.loads(dump(factory.realistic()))
    at = data
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(shipped_schema()).validate(data)


def test_the_schema_demands_its_name() -> None:
    data = json.loads(dump(factory.empty()))
    del data["schema"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(shipped_schema()).validate(data)


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    first = JsonRenderer().render(factory.realistic(), tmp_path, "a").read_bytes()
    assert JsonRenderer().render(factory.realistic(), tmp_path, "b").read_bytes() == first
    assert first.decode("utf-8").startswith('{\n "schema": "ita-rules/report/1",')
    assert "องค์การบริหารส่วนตำบลตัวอย่าง" in first.decode("utf-8")
    assert first.endswith(b"}\n")
    assert b"\r" not in first


def test_it_reads_back_as_the_same_report() -> None:
    report = factory.realistic()
    assert Report.model_validate_json(dump(report)) == report


def test_hostile_text_can_neither_break_the_file_nor_a_terminal() -> None:
    text = dump(factory.hostile())
    text.encode("utf-8")
    assert re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", text) == []
    name = json.loads(text)["run"]["started"]
    assert "\u202egnp.exe" in name  # escaped in the file, unchanged as a value
    assert "\x00" not in name
    assert "\ud800" not in name
