"""One check per line, each line whole in itself."""

from __future__ import annotations

import json
from pathlib import Path

from ita_rules.model import CheckResult
from reports.jsonl_report import JsonlRenderer, checks
from tests.reports import factory


def test_each_line_stands_alone(tmp_path: Path) -> None:
    report = factory.realistic()
    lines = JsonlRenderer().render(report, tmp_path, "report").read_text("utf-8").split("\n")
    assert lines.pop() == ""
    found = [json.loads(line) for line in lines]
    assert [CheckResult.model_validate(one["check"]) for one in found] == [c for item in report.items for c in item.checks]
    assert {one["schema"] for one in found} == {"ita-rules/check/1"}
    assert {one["agency"]["name"] for one in found} == {report.agency.name}
    assert found[0]["item"]["id"] == "O1"
    assert "sources" not in found[0]["item"]


def test_a_line_is_a_line_whatever_a_site_says() -> None:
    report = factory.hostile()
    few = report.items[0].model_copy(update={"checks": report.items[0].checks[:3]})
    lines = list(checks(report.model_copy(update={"items": (few,)})))
    assert len(lines) == 3
    for line in lines:
        assert len(line.splitlines()) == 1
        assert not set(line) & set("\x1b\x00\x07\u202e\u2028")
        json.loads(line)
