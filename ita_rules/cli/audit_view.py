"""What an audit shows while it works: a live table where standard error is a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from types import TracebackType

from rich.live import Live
from rich.table import Table
from rich.text import Text

from ita_rules.audit.forecast import Forecast
from ita_rules.audit.runner import Event, Runner
from ita_rules.cli import console
from ita_rules.messages import clean

_REFRESH_SECONDS = 0.5
_MOST_ROWS = 12


def told_forecast(found: Forecast) -> None:
    """Say what the night will take."""
    if found.seconds is not None and found.requests is not None:
        console.say(
            "cli.audit.forecast",
            agencies=found.agencies,
            known=found.known,
            requests=f"{found.requests:,}",
            time=clock(found.seconds),
            jobs=found.jobs,
        )
    else:
        console.say("cli.audit.forecast.first", agencies=found.agencies, time=clock(found.most_seconds), jobs=found.jobs)
    if found.light:
        console.say("cli.audit.forecast.light", light=found.light, full=found.agencies - found.light)
    if found.shared > 1 and found.queue is not None:
        console.say("cli.audit.forecast.queue", address=found.busiest, count=found.shared, time=clock(found.queue))
    elif found.shared > 1:
        console.say("cli.audit.forecast.busiest", address=found.busiest, count=found.shared)


def clock(seconds: float) -> str:
    """Seconds as hours, minutes and seconds: ``1:02:03``, ``2:03``."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


class AuditView:
    """Follows an audit of `count` agencies; as a context it owns the live table. `quiet` shows nothing but failures."""

    def __init__(self, count: int, quiet: bool = False) -> None:
        self._count = count
        self._quiet = quiet
        self._begun = self._done = self._failed = 0
        self._start = self._shown = time.monotonic()
        err = console.stderr()
        self._live = Live(console=err, transient=True, auto_refresh=False) if err.is_terminal and not quiet else None

    def __enter__(self) -> AuditView:
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._live is not None:
            self._live.stop()

    def told(self, event: Event) -> None:
        """Count an event, and say it in a line where there is no table."""
        if event.kind == "started":
            self._begun += 1
            if self._live is None and not self._quiet:
                console.say("cli.audit.agency", number=self._begun, count=self._count, agency=event.task.name)
        elif event.kind == "again":
            self._line("cli.audit.again", agency=event.task.name)
        elif event.result is not None:
            self._done += 1
            if event.result.outcome == "failed":
                self._failed += 1
                self._line("cli.audit.failed", agency=event.task.name, reason=event.result.reason)

    def tick(self, runner: Runner) -> None:
        """Draw the table anew, twice a second."""
        now = time.monotonic()
        if self._live is None or now - self._shown < _REFRESH_SECONDS:
            return
        self._shown = now
        self._live.update(self._table(runner, now), refresh=True)

    def _table(self, runner: Runner, now: float) -> Table:
        say = console.words().say
        left = (now - self._start) / self._done * (self._count - self._done) if self._done else None
        title = say(
            "cli.audit.table",
            done=self._done,
            count=self._count,
            running=len(runner.running),
            failed=self._failed,
            left=clock(left) if left is not None else "–",
        )
        table = Table(title=Text(title), title_justify="left", show_header=False, box=None)
        for work in runner.running[:_MOST_ROWS]:
            table.add_row(Text(clean(work.task.name, 60)), Text(clock(now - work.began)))
        return table

    def _line(self, message_id: str, **values: object) -> None:
        text = console.words().say(message_id, **values)
        if self._live is None:
            console.tell(text)
        else:
            self._live.console.print(Text(clean(text, 2_000)), soft_wrap=True)
