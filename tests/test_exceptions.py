"""Exceptions: shown and never hiding, expired ones refused at lint and ignored at judging, each fault with file and line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ita_rules.errors import ConfigError
from ita_rules.exceptions import lint_exceptions, load_exceptions, read_exceptions, waive
from ita_rules.messages import messages
from ita_rules.model import CheckResult, Report, Status
from tests.build import check, item, rules
from tests.reports import factory

AGENCY = "องค์การบริหารส่วนตำบลตัวอย่าง"
DAY = dt.date(2023, 4, 1)
RULES = rules(item("O13", "annual-report", check("component", "problems"), check("component", "suggestions")))


def entry(**more: str) -> str:
    """An exception as an author writes it."""
    fields = {"agency": AGENCY, "item": "O13", "check": "problems", "reason": "จังหวัดทำ", "who": "ปลัด", "until": "2023-12-31"}
    lines = [f"{key}: {value}" for key, value in (fields | more).items() if value]
    return "  - " + "\n    ".join(lines) + "\n"


def written(folder: Path, *entries: str) -> Path:
    """A file of exceptions."""
    path = folder / "exceptions.yaml"
    path.write_text("exceptions:\n" + "".join(entries), encoding="utf-8")
    return path


def of(report: Report) -> dict[str, CheckResult]:
    """The checks of a report by id."""
    return {c.id: c for i in report.items for c in i.checks}


def waived(folder: Path, *entries: str, as_of: dt.date = DAY, report: Report | None = None) -> Report:
    """The realistic report with these exceptions."""
    return waive(report or factory.realistic(), load_exceptions(written(folder, *entries)), as_of, messages("th"))


def test_an_exception_is_shown_and_hides_nothing(tmp_path: Path) -> None:
    before = factory.realistic()
    after = waived(tmp_path, entry(), entry(check="O13.suggestions", until="2023-04-01"))
    for key in ("O13.problems", "O13.suggestions"):
        found = of(after)[key].waived
        assert found is not None
        assert (of(after)[key].status, of(after)[key].fix) == (Status.GAP, of(before)[key].fix)
    assert found.model_dump() == {"reason": "จังหวัดทำ", "who": "ปลัด", "until": "2023-04-01"}
    assert [(i.id, i.status, i.score) for i in after.items] == [(i.id, i.status, i.score) for i in before.items]
    assert after.scores == before.scores
    assert "O13" in [p.item for p in before.plan]
    assert "O13" not in [p.item for p in after.plan]
    assert after.run.warnings == before.run.warnings


def test_a_new_gap_of_the_same_item_is_not_covered(tmp_path: Path) -> None:
    after = waived(tmp_path, entry())
    assert of(after)["O13.suggestions"].waived is None
    assert [p.checks for p in after.plan if p.item == "O13"] == [("O13.suggestions",)]


def test_another_agencys_exception_is_not_ours(tmp_path: Path) -> None:
    before = factory.realistic()
    assert waived(tmp_path, entry(agency="เทศบาลตำบลอื่น"), report=before) is before


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"until": "2023-03-31"}, "สิ้นสุดเมื่อ 31 มีนาคม 2566"),
        ({"check": "nothing"}, "O13.nothing"),
        ({"check": "results"}, "ผ่าน"),
    ],
)
def test_what_does_not_hold_is_ignored_with_a_warning_that_names_its_line(
    tmp_path: Path, more: dict[str, str], told: str
) -> None:
    after = waived(tmp_path, entry(**more))
    assert not any(c.waived for c in of(after).values())
    assert after.plan == factory.realistic().plan
    warning = after.run.warnings[-1]
    assert told in warning
    assert f"{tmp_path / 'exceptions.yaml'} บรรทัด 2" in warning


FAULTS = [
    ({"reason": ""}, "error.missing_key", 2),
    ({"until": "2566-12-31"}, "error.exceptions.buddhist", 7),
    ({"until": "วันหน้า"}, "error.want_date", 7),
    ({"until": "2023-02-30"}, "error.yaml_syntax", 7),
    ({"item": "ข้อใด"}, "error.exceptions.item", 3),
    ({"check": "O14.problems"}, "error.exceptions.other_item", 4),
    ({"reson": "x"}, "error.unknown_key_near", 8),
]


@pytest.mark.parametrize(("more", "message_id", "line"), FAULTS)
def test_a_fault_is_told_with_file_and_line(tmp_path: Path, more: dict[str, str], message_id: str, line: int) -> None:
    path = written(tmp_path, entry(**more))
    with pytest.raises(ConfigError) as caught:
        load_exceptions(path)
    assert (caught.value.message_id, caught.value.values["file"], caught.value.values["line"]) == (message_id, str(path), line)
    assert message_id in messages("th")


def test_one_check_has_one_exception(tmp_path: Path) -> None:
    found, faults = read_exceptions(written(tmp_path, entry(), entry(check="O13.problems", reason="อื่น")))
    assert [w.line for w in found] == [2]
    assert [(c.message_id, c.line, c.values["before"]) for c in faults] == [("error.exceptions.twice", 8, 2)]


@pytest.mark.parametrize(("text", "count"), [("", 0), ("# ยังไม่มี\n", 0), ("exceptions: []\n", 0), ("- a\n", 1), ("a: 1\n", 2)])
def test_a_file_without_exceptions(tmp_path: Path, text: str, count: int) -> None:
    path = tmp_path / "exceptions.yaml"
    path.write_text(text, encoding="utf-8")
    found, faults = read_exceptions(path)
    assert (found, len(faults)) == ((), count)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="missing"):
        load_exceptions(tmp_path / "none.yaml")


def test_lint_tells_the_expired_and_the_unknown_and_everything_else_at_once(tmp_path: Path) -> None:
    path = written(
        tmp_path, entry(until="2023-03-31"), entry(check="problem"), entry(item="O99", check="x"), entry(check="suggestions")
    )
    complaints = lint_exceptions(path, [RULES], DAY)
    assert [(c.message_id, c.line) for c in complaints] == [
        ("error.exceptions.expired", 2),
        ("error.exceptions.unknown_near", 8),
        ("error.exceptions.unknown", 14),
    ]
    assert complaints[1].values["near"] == "O13.problems"
    assert lint_exceptions(written(tmp_path, entry(until="2023-04-01")), [RULES], DAY) == ()
