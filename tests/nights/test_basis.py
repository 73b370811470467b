"""What the next night goes by: read back as written, and marked by contents."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ita_rules.config import AgencyConfig, Config
from ita_rules.nights.basis import FILE_NAME, Basis, load_basis, marks, same_verdict

DAY = dt.date(2023, 4, 28)


def test_it_is_read_as_it_was_written_and_anything_else_is_nothing(tmp_path: Path) -> None:
    made = Basis(gathered_by="a", judged_by="b", first=DAY, last=None, complete=True, full_at="x", main="m", report="r")
    assert load_basis(tmp_path) is None
    (tmp_path / FILE_NAME).write_bytes(made.dump())
    assert load_basis(tmp_path) == made
    (tmp_path / FILE_NAME).write_text('{"schema": "ita-rules/basis/2"}', "utf-8")
    assert load_basis(tmp_path) is None


def test_the_days_of_one_verdict_end_where_it_may_turn() -> None:
    turning = [dt.date(2023, 5, 1), dt.date(2022, 10, 1), dt.date(2023, 10, 1)]
    first, last = same_verdict(turning, DAY)
    assert (first, last) == (dt.date(2022, 10, 1), dt.date(2023, 4, 30))
    assert same_verdict([], DAY) == (None, None)
    basis = Basis(gathered_by="", judged_by="", first=first, last=last, complete=True, full_at="", main="", report="")
    assert [basis.holds_on(DAY + dt.timedelta(days=n)) for n in (0, 2, 3)] == [True, True, False]
    assert basis.holds_on(dt.date(2022, 9, 30)) is False


def test_marks_follow_the_contents_of_what_decides(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "a.yaml").write_text("x", "utf-8")
    answers = tmp_path / "a.csv"
    answers.write_text("item,url\n", "utf-8")

    def of(lang: str = "th", persona: str | None = None, **agency: object) -> tuple[str, str]:
        made = AgencyConfig(name="ก", url="http://a/", answers="a.csv", **agency)  # type: ignore[arg-type]
        more = {"ruleset": None, "rules": rules, "lang": lang, "persona": persona, "files": ()}
        return marks(made, Config(), tmp_path, **more)  # type: ignore[arg-type]

    was = of()
    assert of() == was
    # For another reader, or with other units, the same is gathered and another report told.
    for other in (of(lang="en"), of(persona="reviewer"), of(units={"O1": "ก"})):
        assert other[0] == was[0]
        assert other[1] != was[1]
    (tmp_path / "exceptions.yaml").write_text("x", "utf-8")
    assert (of()[0], of()[1] != was[1]) == (was[0], True)
    answers.write_text("item,url\nO1,x\n", "utf-8")
    changed = of()
    assert changed[0] != was[0]
    (rules / "a.yaml").write_text("y", "utf-8")
    assert of()[0] != changed[0]
    assert of(hosts=("b.go.th",))[0] != of()[0]


@pytest.mark.parametrize("name", ["exceptions.yaml", "a.csv"])
def test_a_file_that_is_not_there_is_a_mark_as_well(tmp_path: Path, name: str) -> None:
    agency = AgencyConfig(name="ก", url="http://a/", answers="a.csv")
    told = {"ruleset": "x", "rules": tmp_path, "lang": "th", "persona": None, "files": ()}
    before = marks(agency, Config(), tmp_path / "config", **told)  # type: ignore[arg-type]
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / name).write_text("x", "utf-8")
    assert marks(agency, Config(), tmp_path / "config", **told)[1] != before[1]  # type: ignore[arg-type]
