"""A clock that stands, goes back or leaps: nothing is overwritten, the order is that of the times noted, and it is told.

The clock of the audit and of its children is set by a module that Python loads first of all; it stands still for a whole night.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from ita_rules.history import Index
from ita_rules.history.trends import trends
from tests.audit.night import answer, begin, configure, drafts
from tests.cli.site import site
from tests.rulesets.folder import write_rules

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="an audit of several agencies is tried on Linux")
NAMES = ("ก", "ข")
CLOCK = """
import datetime, sys
import ita_rules.cli.given
for name, module in list(sys.modules.items()):
    if name.startswith("ita_rules.cli") and hasattr(module, "now"):
        module.now = lambda: datetime.datetime.fromisoformat({now!r})
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with ExitStack() as stack:
        configure(tmp_path, {name: stack.enter_context(site(answer)) for name in NAMES}, "audit: {jobs: 2}\n")
        write_rules(tmp_path / "rules")
        yield tmp_path


def night(folder: Path, now: str) -> str:
    """One audit at a time; what it said."""
    clock = folder / "clock"
    clock.mkdir(exist_ok=True)
    (clock / "sitecustomize.py").write_text(CLOCK.format(now=now), encoding="utf-8")
    audit = begin(folder, folder / "rules", path=clock)
    _, err = audit.communicate(timeout=180)
    assert audit.returncode in (10, 12), err.decode()
    return err.decode()


def kept(folder: Path) -> dict[str, str]:
    """Every report and result with what is in it."""
    found = [*folder.glob("runs/*/*/report.json"), *folder.glob("runs/audits/*/*.json"), *folder.glob("runs/audits/*/results/*")]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def order(folder: Path) -> list[str]:
    """The times of an agency's runs, as the history has them."""
    with Index(folder / "runs") as index:
        return [entry.folder.partition("/")[2] for entry in index.entries(NAMES[0])]


@pytest.mark.slow
def test_two_nights_in_one_second_are_two_nights(folder: Path) -> None:
    first = night(folder, "2026-01-05T02:00:00+07:00")
    before = kept(folder)
    second = night(folder, "2026-01-05T02:00:00+07:00")
    assert before.items() <= kept(folder).items()
    assert sorted(path.name for path in folder.glob("runs/audits/2*")) == ["20260105-020000", "20260105-020000-2"]
    assert order(folder) == ["20260105-020000", "20260105-020000-2"]
    assert "clock" not in first + second
    assert drafts(folder) == []
    with Index(folder / "runs") as index:
        (found,) = trends(index, [f"{NAMES[0]}/20260105-020000-2"]).values()
    assert len(found) == 2


@pytest.mark.slow
def test_a_night_before_the_one_before_is_told_and_takes_its_place(folder: Path) -> None:
    night(folder, "2026-01-05T02:00:00+07:00")
    before = kept(folder)
    said = night(folder, "2026-01-03T02:00:00+07:00")
    assert "clock of this machine" in said
    assert "2026-01-05T02:00:00" in said
    assert before.items() <= kept(folder).items()
    assert order(folder) == ["20260103-020000", "20260105-020000"]
    # Set right again: the leap forward is nothing to be told of.
    said = night(folder, "2027-03-01T02:00:00+07:00")
    assert "clock of this machine" not in said
    assert order(folder) == ["20260103-020000", "20260105-020000", "20270301-020000"]
    assert before.items() <= kept(folder).items()
    assert len(list(folder.glob("runs/audits/*/done.json"))) == 3
