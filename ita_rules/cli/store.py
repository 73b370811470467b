"""``ita-rules store status|prune|rebuild``: what is kept of the checks, how large it is, and what of it may go."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from ita_rules.cli import console, exits, given, options
from ita_rules.errors import OutputError, RunError, UsageError
from ita_rules.history.holdings import Body, Held, bodies, holdings, references, size_of
from ita_rules.history.index import FILE_NAME, Index
from ita_rules.history.runs import rebuild as rebuilt
from ita_rules.history.runs import refresh
from ita_rules.history.sweep import Plan, plan, sweep
from ita_rules.messages import clean

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)

NIGHTS = 30
"""Days of which every run is kept."""
WEEKS = 180
"""Days of which one run a week is kept; of older ones one a month."""
_MOST_DAYS = 36_500
_MOST_LINES = 200
_EVERY = 100

StoreFolder = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="help.store.out", show_default=False)]
Nights = Annotated[int, typer.Option("--nights", metavar=options.NUMBER, help="help.store.nights", show_default=False)]
Weeks = Annotated[int, typer.Option("--weeks", metavar=options.NUMBER, help="help.store.weeks", show_default=False)]
Yes = Annotated[bool, typer.Option("--yes", help="help.store.yes", show_default=False)]


@app.callback()
def _options(lang: options.Lang = None) -> None:
    """``--lang`` is understood before the sub-command too."""
    given.lang_of(lang)


@app.command("status", help="help.store.status")
def status(out: StoreFolder = None, lang: options.Lang = None, config: options.ConfigFile = None) -> int:
    """Sizes by agency and kind. Only the index is brought up to the folders; nothing else is changed."""
    base = _base(out, lang, config)
    with Index(base) as index:
        refresh(base, index)
        held = holdings(base, index)
    found = bodies(base)
    unread: RunError | OutputError | None = None
    used: dict[str, set[str]] = {}
    for place, runs in held.items():
        used[place] = set()
        for run in runs:
            try:
                for _, shas in references([run.path], {}).values():
                    used[place] |= shas
            except RunError as error:
                unread = error
    say = console.words()
    if not held:
        console.result(say.say("store.none", path=base))
    else:
        console.stdout().print(_table(held, used, found))
    blobs, texts = sum(b.blob for b in found.values()), sum(b.texts for b in found.values())
    console.result(say.say("store.shared", blobs=_size(blobs), texts=_size(texts)))
    loose = [body for sha, body in found.items() if not any(sha in shas for shas in used.values())]
    if unread is not None:
        console.result(say.say("store.unread", reason=say.error(unread)))
    elif loose:
        console.result(say.say("store.loose", count=len(loose), bytes=_size(sum(b.blob + b.texts for b in loose))))
    index_size = (base / FILE_NAME).stat().st_size
    console.result(say.say("store.total", bytes=_size(size_of(base)), index=_size(index_size), path=base))
    return exits.PASSED


@app.command("prune", help="help.store.prune")
def prune(
    out: StoreFolder = None,
    nights: Nights = NIGHTS,
    weeks: Weeks = WEEKS,
    yes: Yes = False,
    as_of: options.AsOf = None,
    lang: options.Lang = None,
    config: options.ConfigFile = None,
) -> int:
    """What would go is shown first, with sizes; it goes with ``--yes`` only."""
    base = _base(out, lang, config)
    for option, value in (("--nights", nights), ("--weeks", weeks)):
        if not 0 <= value <= _MOST_DAYS:
            raise UsageError("error.number.wrong", option=option, low=0, high=_MOST_DAYS, found=value)
    if nights > weeks:
        raise UsageError("error.store.days", nights=nights, weeks=weeks)
    today: dt.date = given.day_of(as_of) or given.now().date()
    planned = plan(base, today, nights, weeks)
    _show(planned)
    say = console.words()
    if not yes:
        if planned.bytes:
            console.result(say.say("store.plan.ask"))
        return exits.PASSED
    done = sweep(base, planned)
    console.result(say.say("store.pruned", runs=done.runs, bodies=done.bodies, bytes=_size(done.bytes)))
    if done.spared:
        console.result(say.say("store.spared", count=done.spared))
    if done.blocked is not None:
        raise done.blocked
    return exits.PASSED


@app.command("rebuild", help="help.store.rebuild")
def rebuild(out: StoreFolder = None, lang: options.Lang = None, config: options.ConfigFile = None) -> int:
    """The index anew, from the folders alone. Runs without a report that can be read are named."""
    base = _base(out, lang, config)

    def tell(count: int) -> None:
        if count % _EVERY == 0:
            console.say("store.progress", count=count)

    found = rebuilt(base, tell)
    say = console.words()
    for folder in found.left_out[:_MOST_LINES]:
        console.tell(say.say("store.left_out", folder=folder))
    path = base / FILE_NAME
    console.result(say.say("store.rebuilt", count=found.entered, bytes=_size(path.stat().st_size), path=path))
    return exits.PASSED


def _base(out: Path | None, lang: str | None, config: Path | None) -> Path:
    """The store's folder. Raises `UsageError` where there is none: nothing is made by looking."""
    given.lang_of(lang)
    settings = given.config_of(config)
    given.lang_of(lang, settings.lang)
    base = out or Path(settings.out)
    if not base.is_dir():
        raise UsageError("store.none", path=base)
    return base


def _table(held: dict[str, list[Held]], used: dict[str, set[str]], found: dict[str, Body]) -> Table:
    say = console.words()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(say.say("store.column.place"), overflow="fold")
    for name in ("runs", "last", "run", "reports", "blobs", "texts"):
        table.add_column(say.say(f"store.column.{name}"), justify="right", no_wrap=True)
    for place, runs in held.items():
        last = max(run.standing.day for run in runs)
        mine = [found[sha] for sha in used[place] if sha in found]
        cells = [clean(place, 80), str(len(runs)), last.isoformat()]
        sizes = (sum(r.run for r in runs), sum(r.reports for r in runs), sum(b.blob for b in mine), sum(b.texts for b in mine))
        table.add_row(*(Text(cell) for cell in (*cells, *map(_size, sizes))))
    return table


def _show(planned: Plan) -> None:
    say = console.words()
    for _, held in planned.runs[:_MOST_LINES]:
        console.result(say.say("store.plan.run", folder=held.standing.folder, bytes=_size(held.run + held.reports)))
    if planned.runs:
        size = sum(held.run + held.reports for _, held in planned.runs)
        console.result(say.say("store.plan.runs", count=len(planned.runs), bytes=_size(size)))
    if planned.loose:
        size = sum(body.blob + body.texts for body in planned.loose)
        console.result(say.say("store.plan.bodies", count=len(planned.loose), bytes=_size(size)))
    if planned.left_over:
        console.result(say.say("store.plan.left_over", bytes=_size(planned.left_over)))
    reasons = Counter(reason for reason in planned.why.values() if reason is not None)
    told = ", ".join(say.say(f"store.kept.{reason}", count=count) for reason, count in sorted(reasons.items()))
    console.result(say.say("store.plan.kept", count=sum(reasons.values()), reasons=told))
    if planned.blocked is not None:
        console.result(say.say("store.plan.blocked", reason=say.error(planned.blocked)))
    console.result(say.say("store.plan.total", bytes=_size(planned.bytes)) if planned.bytes else say.say("store.plan.none"))


def _size(count: int) -> str:
    """Bytes as people read them."""
    size = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" or size >= 100 else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"
