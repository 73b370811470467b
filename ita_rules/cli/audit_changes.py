"""What an audit tells of changes at its end: a line for each agency with any, those that were seen twice first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ita_rules.audit.record import Result
from ita_rules.cli import console

_KINDS = ("new_gap", "newly_undecided", "mended", "decided", "other")
_MOST = 20


def changed(results: Sequence[Result]) -> Iterator[str]:
    """The lines, at most twenty; how many agencies more have changed is counted."""
    say = console.words()
    ours = sorted((r for r in results if r.changed), key=lambda result: result.to_confirm == sum(result.changed.values()))
    for result in ours[:_MOST]:
        counted = [say.say(f"cli.audit.changed.{kind}", count=result.changed[kind]) for kind in _KINDS if kind in result.changed]
        told = "cli.audit.changed.open" if result.to_confirm else "cli.audit.changed"
        yield say.say(told, agency=result.name, changes=counted, open=result.to_confirm)
    if len(ours) > _MOST:
        yield say.say("cli.audit.changed.more", count=len(ours) - _MOST)
