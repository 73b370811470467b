"""Every condition of every form is traced to its check and to cases that bear it out; the committed table says the same."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from ita_rules.authoring.trace import COMMON, Line, document, lines
from ita_rules.cli.app import run
from ita_rules.errors import RuleSetError
from ita_rules.model import Severity
from tests.rulesets.folder import spoil, write_rules

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "rules"


@cache
def traced() -> dict[str, list[Line]]:
    return {ruleset_id: found for ruleset_id, (_, found) in lines(RULES).items()}


def test_the_committed_table_is_up_to_date() -> None:
    # `ita-rules rules trace --out docs/conditions.md` writes it again
    assert (ROOT / "docs" / "conditions.md").read_text(encoding="utf-8") == document(RULES)


@pytest.mark.parametrize("ruleset_id", [f"oit-{year}" for year in range(2563, 2570)])
def test_every_condition_has_a_passing_and_a_failing_case(ruleset_id: str) -> None:
    found = traced()[ruleset_id]
    assert [one.check.id for one in found if not one.borne_out] == []
    assert [one.check.key for one in found if not one.item] == list(COMMON)


def test_every_line_of_the_forms_is_traced() -> None:
    """`forms.tsv` is the table that the rules are written from: each component and period of each line has a check here."""
    asked = {
        (one.ruleset, one.item, one.concept, what)
        for found in traced().values()
        for one in found
        if one.check.severity is Severity.CRITERION and one.borne_out
        for what in (one.check.component, one.check.options.get("covers"), "months" if one.check.kind == "coverage" else None)
        if what
    }
    missing, seen = [], 0
    with (ROOT / "tests/rulesets/forms.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            wanted = [*(row["components"] or "").split(), *([row["period"]] if row["period"] != "-" else [])]
            place = (f"oit-{row['year']}", row["item"], row["concept"])
            seen += len(wanted)
            missing += [(*place, what) for what in wanted if (*place, what) not in asked]
    assert seen > 500
    assert missing == []


def test_what_is_not_verified_or_not_borne_out_says_so(tmp_path: Path) -> None:
    rows = {line.split(" | ")[2]: line for line in document(write_rules(tmp_path)).splitlines() if line.startswith("| ")}
    assert "| ยังไม่ได้ตรวจ |" in rows["`O13.period`"]
    assert "| ตรวจแล้ว | ครบ | ขาด |" in rows["`O13.problems`"]
    assert rows["`O13.posts`"].endswith("| ครบ | ยังไม่มี |")
    assert "อย่างใดอย่างหนึ่งของ ข้อเสนอแนะ, ปัญหา/อุปสรรค" in rows["`O13.either`"]
    assert "(องค์กรปกครองส่วนท้องถิ่น)" in rows["`O13.local`"]
    assert "ข้อแนะนำ" in rows["`machine_readable`"]


def test_a_case_that_expects_otherwise_bears_nothing_out(tmp_path: Path) -> None:
    found = {one.check.id: one for one in lines(write_rules(tmp_path))["oit-2566"][1]}
    assert (found["O13.period"].passing, found["O13.period"].failing) == (("ครบ", "ขาด"), ())
    assert not found["O13.period"].borne_out
    spoil(tmp_path, "oit-2566/O13-annual-report.cases.yaml", "cause: timeout", "causes: timeout")
    with pytest.raises(RuleSetError):
        lines(tmp_path)


def test_the_command_prints_or_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = write_rules(tmp_path / "rules")
    assert run(["rules", "trace", "--rules", str(rules)]) == 0
    assert "`O13.problems`" in capsys.readouterr().out
    out = tmp_path / "docs" / "conditions.md"
    assert run(["rules", "trace", "--rules", str(rules), "--out", str(out)]) == 0
    assert out.read_text(encoding="utf-8") == document(rules)
    assert run(["rules", "trace", "--rules", str(tmp_path / "none")]) == 2
