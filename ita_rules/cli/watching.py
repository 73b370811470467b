"""``ita-rules rules test --watch``: tells what changed its state each time that files of rules were saved."""

from __future__ import annotations

import time

from ita_rules.authoring.watch import Change, Watch
from ita_rules.cli import console, exits
from ita_rules.complaints import Complaint
from ita_rules.rulesets.caseruns import PlacedCase

TICK = 0.5
"""Seconds between two looks at the files."""


def watch(rules: Watch) -> int:
    """Tell every change until interrupted, which ends it quietly. The exit status."""
    try:
        console.say("cli.watch.start", path=rules.folder)
        while True:
            change = rules.look()
            if change is not None:
                _tell(change)
            time.sleep(TICK)
    except KeyboardInterrupt:
        return exits.PASSED


def told(problem: Complaint, placed: PlacedCase) -> str:
    """What is not as a case says, with the case's name."""
    return f"{console.complaint(problem)} ({placed.item}: {placed.case.name})"


def _tell(change: Change) -> None:
    say = console.words().say
    for complaint in change.complaints:
        console.result(console.complaint(complaint))
    for result in change.broken:
        for problem in result.problems:
            console.result(told(problem, result.placed))
    for complaint in change.settled:
        console.result(say("cli.watch.settled", complaint=console.complaint(complaint)))
    for placed in change.mended:
        console.result(say("cli.watch.mended", item=placed.item, name=placed.case.name))
    console.result(say("cli.watch.now", passed=change.passed, total=change.total))
