"""The paper of analysis and measures, filled in as people do, passes the rules of the item that asks for it, in every year that
has one; unfilled it does not pass where only people know the facts. No rule was tuned to the paper."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ita_rules.cli.app import run
from ita_rules.data import data_folder
from ita_rules.model import Report
from ita_rules.rulesets.load import available, load_ruleset
from reports.papers import DocxRenderer
from tests.reports.papers import made

YEARS = available(data_folder("rules"))
SLOW = [pytest.param(y, marks=pytest.mark.slow) if y != YEARS[-1] else y for y in YEARS]


def judged(paper: Path, report: Report, folder: Path) -> dict[str, str]:
    """Status of the component checks, the period and the name of the paper by the rules of its own year, by key."""
    own = made.content(report).own_item()
    assert own is not None
    args = ["check-file", own.id, str(paper), "--ruleset", report.ruleset.id, "--agency-name", report.agency.name]
    run([*args, "--agency-type", "local", "--as-of", report.run.as_of, "--out", str(folder), "--format", "json"])
    told = json.loads((folder / "report.json").read_text("utf-8"))
    wanted = {"component", "period", "named"}
    return {c["id"].split(".")[-1]: c["status"] for i in told["items"] for c in i["checks"] if c["kind"] in wanted}


def both(report: Report, folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """What becomes of the paper as it is drafted, and of the same paper filled in."""
    draft = DocxRenderer().render(report, folder, "report")
    made.filled(draft, folder / "filled.docx")
    assert made.blanks(made.opened(folder / "filled.docx")) == []
    return judged(draft, report, folder / "a"), judged(folder / "filled.docx", report, folder / "b")


@pytest.mark.parametrize("year", SLOW)
def test_the_filled_paper_passes_the_rules_of_its_year(year: str, tmp_path: Path) -> None:
    report = made.made_up(load_ruleset(year))
    unowned = tuple(item.model_copy(update={"unit": ""}) for item in report.items)
    draft, full = both(report.model_copy(update={"items": unowned}), tmp_path)
    assert len(full) >= 7
    assert {key: status for key, status in full.items() if status != "pass"} == {}
    # The announced result and who is in charge are known to people alone.
    assert {draft["ita-analysis"], draft["owner"]} <= {"gap", "undecided"}


@pytest.mark.slow
def test_the_sample_agencys_paper_passes_once_it_is_filled(sample: Report, tmp_path: Path) -> None:
    draft, full = both(sample, tmp_path)
    assert set(full.values()) == {"pass"}
    assert {draft["ita-analysis"], draft["owner"]} <= {"gap", "undecided"}


def test_units_that_are_known_are_no_blanks(tmp_path: Path) -> None:
    report = made.made_up(load_ruleset(YEARS[-1]))
    named = report.model_copy(update={"items": tuple(i.model_copy(update={"unit": "กองคลัง"}) for i in report.items)})
    path = DocxRenderer().render(named, tmp_path, "report")
    table = next(t for t in made.opened(path).tables if t.rows[0].cells[2].text == "ผู้รับผิดชอบ")
    rows = [row.cells for row in table.rows[1:] if row.cells[0].text != row.cells[2].text]
    assert {cells[2].text for cells in rows[:-1]} == {"กองคลัง"}
    assert set(rows[-1][2].text) == {"."}  # measures about the surveys are for people to write, and to give to somebody
