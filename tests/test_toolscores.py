"""Figures of IIT and EIT from files, and every fault of such a file told with file and line."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from ita_rules.errors import ConfigError
from ita_rules.messages import messages
from ita_rules.toolscores import ToolScores, load_tool_scores, scores_of


def load(folder: Path, name: str, text: str) -> tuple[ToolScores, ...]:
    """The figures of a file with this text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return load_tool_scores(path)


def test_the_forms_of_a_file(tmp_path: Path) -> None:
    assert load(tmp_path, "a.yaml", "iit: 90.5\neit: 88\n") == (ToolScores("", 90.5, 88),)
    many = load(tmp_path, "b.yml", "agencies:\n- {agency: ก, iit: 1, eit: 2}\n- {agency: ข, iit: 3, eit: 4}\n")
    assert [(s.agency, s.iit, s.line) for s in many] == [("ก", 1, 2), ("ข", 3, 3)]
    assert load(tmp_path, "c.csv", "คะแนน\nหน่วยงาน,EIT,IIT\nก,๘๘.๕,90\n\n")[0] == ToolScores("ก", 90, 88.5, 3)
    book = openpyxl.Workbook()
    book.active.append(["agency", "iit", "eit"])
    book.active.append(["ก", 90, 80.25])
    book.save(tmp_path / "d.xlsx")
    assert load_tool_scores(tmp_path / "d.xlsx") == (ToolScores("ก", 90, 80.25, 2),)


def test_an_agency_is_chosen_by_its_name_or_where_none_is_named() -> None:
    ours, other = ToolScores("อบต. ก", 1, 2), ToolScores("อบต.ข", 3, 4)
    assert scores_of((other, ours), "อบต.ก") is ours
    assert scores_of((other,), "อบต.ก") is None
    nameless = ToolScores("", 5, 6)
    assert scores_of((nameless,), "อบต.ก") is nameless
    assert scores_of((), "อบต.ก") is None


@pytest.mark.parametrize(
    ("name", "text", "message_id", "line"),
    [
        ("a.yaml", "iit: 90\n", "error.missing_key", 1),
        ("a.yaml", "iit: 90\neit: 101\n", "error.want_at_most", 2),
        ("a.yaml", "iit: 90\neit: .nan\n", "error.want_at_most", 2),
        ("a.yaml", "iit: 90\neit: 80\noit: 70\n", "error.unknown_key_near", 3),
        ("a.yaml", "- 90\n", "error.yaml_not_a_mapping", 1),
        ("a.yaml", "", "error.yaml_not_a_mapping", 1),
        ("a.yaml", "iit: [\n", "error.yaml_syntax", 2),
        ("a.yaml", "agencies: []\n", "error.want_entries", 1),
        ("a.yaml", "agencies:\n- {agency: ก, iit: 1, eit: 2}\n- {agency: ก , iit: 3, eit: 4}\n", "error.scores.twice", 3),
        ("a.csv", "agency,iit,eit\nก,90,สูง\n", "error.scores.figure", 2),
        ("a.csv", "agency,iit,eit\nก,90,\n", "error.scores.figure", 2),
        ("a.csv", "agency,iit,eit\nก,90,nan\n", "error.scores.figure", 2),
        ("a.csv", "agency,iit,eit\nก,90,80\nก,91,80\n", "error.scores.twice", 3),
        ("a.csv", "agency,iit\nก,90\n", "error.scores.columns", None),
        ("a.csv", "", "error.scores.columns", None),
    ],
)
def test_a_fault_is_told_with_file_and_line(tmp_path: Path, name: str, text: str, message_id: str, line: int | None) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, name, text)
    assert caught.value.message_id == message_id
    assert str(tmp_path / name) == caught.value.values["file"]
    assert caught.value.values.get("line") == line
    assert message_id in messages("th")


def test_a_file_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="missing"):
        load_tool_scores(tmp_path)
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04rubbish")
    with pytest.raises(ConfigError, match="unreadable"):
        load_tool_scores(tmp_path / "a.xlsx")
