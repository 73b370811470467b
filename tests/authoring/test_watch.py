"""Watching: what is saved is judged again, and only what changed its state is told."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from ita_rules.authoring import watch as module
from ita_rules.authoring.watch import Change, Watch
from ita_rules.cli import watching
from ita_rules.cli.app import run
from ita_rules.errors import UsageError
from ita_rules.judge import judge
from ita_rules.model import Report
from ita_rules.rulesets.types import RuleSet
from ita_rules.run.types import RunData
from tests.rulesets.folder import write_rules

CASES = "oit-2566/O13-annual-report.cases.yaml"
ITEM = "oit-2566/O13-annual-report.yaml"


class Author:
    """Somebody who writes rules in a folder that is watched; `judged` counts the runs that were judged."""

    def __init__(self, folder: Path, items: list[str] | None = None) -> None:
        self.folder = write_rules(folder)
        self.judged = 0
        self.watch = Watch(folder, ["oit-2566"], items, self._judge)
        self.saved = 0

    def _judge(self, data: RunData, ruleset: RuleSet, as_of: dt.date) -> Report:
        self.judged += 1
        return judge(data, ruleset, as_of, engine="plain")

    def saves(self, name: str, old: str, new: str) -> None:
        """Replace a text in a file, at a time of its own."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        self.saved += 1
        os.utime(path, ns=(self.saved * 10**9, self.saved * 10**9))

    def told(self) -> Change:
        """What is told once the files are still."""
        looks = [self.watch.look(), self.watch.look(), self.watch.look()]
        found = [c for c in looks if c is not None]
        assert len(found) == 1
        return found[0]


@pytest.fixture
def author(tmp_path: Path) -> Author:
    found = Author(tmp_path / "rules", ["O13"])
    found.told()
    return found


def names(change: Change) -> tuple[list[str], list[str]]:
    """Names of the cases that broke and of those that were mended."""
    return [r.placed.case.name for r in change.broken], [p.case.name for p in change.mended]


def test_the_first_look_judges_all_and_the_next_nothing(tmp_path: Path) -> None:
    author = Author(tmp_path)
    first = author.watch.look()
    assert first is not None
    assert first.total == 5
    assert author.judged == 5
    assert author.watch.look() is None
    assert author.judged == 5


def test_only_what_changed_its_state_is_told(author: Author) -> None:
    author.saves(CASES, "cause: timeout", "cause: timeout\n    expect: {problems: gap}")
    assert names(author.told()) == (["เปิดไม่ได้"], [])
    author.saves(CASES, "expect: {problems: gap}\n", "expect: {problems: undecided}\n")
    assert names(author.told()) == ([], ["เปิดไม่ได้"])


def test_items_that_stayed_as_they_were_are_not_judged_again(tmp_path: Path) -> None:
    author = Author(tmp_path)
    author.told()
    author.judged = 0
    author.saves("oit-2566/O1-structure.cases.yaml", "page: y", "page: yy")
    author.told()
    assert author.judged == 2
    author.saves("vocabulary/components.yaml", "zero: [ไม่มี]", "zero: [ไม่มี, ไม่พบ]")
    author.told()
    assert author.judged == 7
    author.saves("sources.yaml", "Paper", "Another paper")
    author.told()
    assert author.judged == 7


def test_a_fault_is_told_once_and_then_that_it_is_mended(author: Author) -> None:
    total = len(author.watch._cases())
    author.saves(ITEM, "locate:", "locat:")
    change = author.told()
    assert [c.message_id for c in change.complaints] == ["error.unknown_key_near"]
    assert (change.broken, change.mended, change.total) == ((), (), total)
    author.saves(ITEM, "item: O13", "# a line above\nitem: O13")
    assert author.told().complaints == ()
    author.saves(ITEM, "locat:", "locate:")
    assert [c.message_id for c in author.told().settled] == ["error.unknown_key_near"]


def test_a_file_that_is_half_saved_waits(author: Author) -> None:
    author.saves(ITEM, "locate:", "locat:")
    assert author.watch.look() is None
    author.saves(ITEM, "locat:", "locate:")
    assert author.watch.look() is None
    change = author.watch.look()
    assert change is not None
    assert change.complaints == ()


def test_the_number_of_files_is_bounded(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_FILES", 3)
    with pytest.raises(UsageError):
        author.watch.look()


def test_the_command_tells_changes_until_it_is_interrupted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    author = Author(tmp_path)
    steps = iter(
        [
            lambda: author.saves(CASES, "cause: timeout", "cause: timeout\n    expect: {problems: gap}"),
            lambda: None,
            lambda: author.saves(CASES, "expect: {problems: gap}\n", ""),
            lambda: None,
            lambda: author.saves(ITEM, "locate:", "locat:"),
            lambda: None,
        ]
    )
    out: list[str] = []

    def sleep(seconds: float) -> None:
        assert seconds == watching.TICK
        out.append(capsys.readouterr().out)
        step = next(steps, None)
        if step is None:
            raise KeyboardInterrupt
        step()

    monkeypatch.setattr(watching.time, "sleep", sleep)
    assert run(["rules", "test", "oit-2566", "O13", "--watch", "--rules", str(tmp_path), "--lang", "en"]) == 0
    assert capsys.readouterr().err == ""
    said = [text for text in out[1:] if text]
    assert "problems should be gap and is undecided" in said[0]
    assert "as expected again: O13: เปิดไม่ได้" in said[1]
    assert "is “locate” meant?" in said[2]
    assert all(len(text.splitlines()) == 2 for text in said)
