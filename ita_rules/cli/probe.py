"""``ita-rules probe``: are the agencies' pages up; every look goes into a log that nobody can change unseen."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Annotated

import typer

from ita_rules.answers import AnswersFile, load_answers
from ita_rules.cli import console, exits, given, options, probing
from ita_rules.cli.crawling import settings_of
from ita_rules.cli.sample import serve_sample
from ita_rules.cli.watched import OnlyAgency, OnlyLabel, Watched, reports_of, watched
from ita_rules.config import SAMPLE_URL, AgencyConfig
from ita_rules.errors import ItaRulesError, UsageError
from ita_rules.model import Report
from ita_rules.uptime import Log, Look, day_root, expiries, of_all, read, verify

logger = logging.getLogger(__name__)
app = typer.Typer(add_completion=False, rich_markup_mode=None, invoke_without_command=True)

FOLDER = "uptime"
"""Folder of the logs beside the runs."""

_AT_ONCE = 8
_MOST_SHOWN = 12
_MOST_BACK = 7


@app.callback(invoke_without_command=True)
def probe(
    context: typer.Context,
    agency: OnlyAgency = None,
    label: OnlyLabel = None,
    out: options.Out = None,
    lang: options.Lang = None,
    config: options.ConfigFile = None,
) -> int:
    """Look at every agency, one line each. 0: all up; 10: something is down or could not be told; 3: nobody answered."""
    given.lang_of(lang)
    if context.invoked_subcommand is not None:
        return exits.PASSED
    all_of_it = watched(config, out, agency, label)
    given.lang_of(lang, all_of_it.settings.lang)
    looks = _all(all_of_it)
    told = last_root(all_of_it.out, given.now().date())
    if told is not None:
        console.result(console.words().say("cli.probe.root", day=console.words().day(told[0].isoformat()), root=told[1]))
    if not looks:
        return exits.TOOL_FAILED
    if not any(look.up or look.status is not None for look in looks):
        return exits.NO_PAGE
    return exits.PASSED if all(look.up for look in looks) else exits.UNDECIDED


@app.command("verify", help="help.probe.verify")
def check_chain(
    root: Annotated[list[str] | None, typer.Option("--root", metavar="HEX", help="help.probe.root", show_default=False)] = None,
    out: options.Out = None,
    lang: options.Lang = None,
    config: options.ConfigFile = None,
) -> int:
    """Check the chain of every log below OUT, and that it still has the roots that were told. 0: sound; 12: it is not."""
    given.lang_of(lang)
    folder = (out or Path(given.config_of(config).out)) / FOLDER
    logs = folders(folder)
    if not logs:
        raise UsageError("error.uptime.none", path=folder)
    sound = True
    known: dict[dt.date, dict[str, str]] = {}
    for place in logs:
        faults = verify(place)
        for fault in faults:
            console.result(console.words().say(fault.message_id, file=fault.file, line=fault.line))
        days = sorted({look.at.date() for look in read(place)})
        for day in days:
            known.setdefault(day, {})[place.name] = day_root(place, day) or ""
        if not faults:
            values = {"agency": place.name, "days": len(days), "root": known[days[-1]][place.name] if days else None}
            console.result(console.words().say("cli.probe.sound", **values))
        sound = sound and not faults
    roots = {one for mine in known.values() for one in (*mine.values(), of_all(mine))}
    for asked in root or ():
        if asked.strip().lower() not in roots:
            sound = False
            console.result(console.words().say("error.uptime.no_root", root=asked))
        else:
            console.result(console.words().say("cli.probe.root_found", root=asked))
    return exits.PASSED if sound else exits.GAPS


def folders(folder: Path) -> list[Path]:
    """The logs below a folder, one for each agency, in the order of their names."""
    with contextlib.suppress(OSError):
        return sorted(place for place in folder.iterdir() if place.is_dir() and any(place.glob("*.jsonl")))
    return []


def last_root(out: Path, today: dt.date) -> tuple[dt.date, str] | None:
    """The newest day of the week before `today` on which was looked, and the root of all agencies on it.

    A day that is not over has no root yet: it would be another one by the evening. Raises `OutputError`.
    """
    places = folders(out / FOLDER)
    for back in range(1, _MOST_BACK + 1):
        day = today - dt.timedelta(days=back)
        roots = {place.name: day_root(place, day) for place in places}
        whole = of_all({name: root for name, root in roots.items() if root is not None})
        if whole is not None:
            return day, whole
    return None


def _all(every: Watched) -> list[Look]:
    """Look at all agencies, several at once, and log each as soon as it is sure that the silence of a site is its own."""
    prober = probing.Prober(settings_of(every.settings.crawl, every.settings.agent))
    done: list[Look] = []
    silent: list[tuple[AgencyConfig, probing.Seen]] = []
    answered = False
    pool = ThreadPoolExecutor(max_workers=min(_AT_ONCE, len(every.agencies)))
    try:
        jobs = {pool.submit(_agency, one, every, prober): one for one in every.agencies}
        for job in as_completed(jobs):
            one = jobs[job]
            try:
                seen = job.result()
            except ItaRulesError as error:
                console.tell(console.words().say("cli.probe.failed", agency=one.name, reason=console.words().error(error)))
                continue
            except Exception as error:
                logger.debug("probe of %s failed", one.name, exc_info=True)
                reason = console.words().say("error.internal", detail=f"{type(error).__name__}: {error}")
                console.tell(console.words().say("cli.probe.failed", agency=one.name, reason=reason))
                continue
            if seen.public and not seen.answered:
                silent.append((one, seen))
                continue
            answered = answered or seen.public
            done += _kept(one, every, seen.looks)
    finally:
        prober.stop()
        pool.shutdown(wait=True, cancel_futures=True)
    ours = probing.our_own_line([seen for _, seen in silent], answered)
    if ours:
        console.say("cli.probe.own_line")
    for one, seen in silent:
        done += _kept(one, every, probing.unknown(seen.looks) if ours else seen.looks)
    return done


def _agency(one: AgencyConfig, every: Watched, prober: probing.Prober) -> probing.Seen:
    report = next((report for _, report in reports_of(every.out, one.place)), None)
    with _found(one, every, report) as targets:
        return prober.look(targets)


@contextlib.contextmanager
def _found(one: AgencyConfig, every: Watched, report: Report | None) -> Iterator[list[probing.Target]]:
    """What to look at of an agency; the sample agency is served meanwhile."""
    if one.url != SAMPLE_URL:
        yield probing.targets(given.url_of(one.url), report, _answers(one, every, report))
        return
    with serve_sample() as site:
        old = report.agency.url if report else site.url
        yield probing.moved(probing.targets(old, report), old, site.url, SAMPLE_URL)


def _answers(one: AgencyConfig, every: Watched, report: Report | None) -> AnswersFile | None:
    """The agency's answers. A file that cannot be used costs this agency nothing else: the audit tells of it."""
    if one.answers is None:
        return None
    known = [item.id for item in report.items] if report else []
    try:
        if not known:
            known = [item.id for item in given.ruleset_of(one.ruleset or every.settings.ruleset).items]
        return load_answers(every.path.parent / one.answers, known_items=known, agency=one.name)
    except ItaRulesError as error:
        console.tell(console.words().say("cli.probe.no_answers", agency=one.name, reason=console.words().error(error)))
        return None


def _kept(one: AgencyConfig, every: Watched, looks: list[Look]) -> list[Look]:
    """Log the looks of one agency, and tell them."""
    Log(every.out / FOLDER / given.folder_name(one.place)).add(looks)
    say = console.words()
    up = sum(look.up is True for look in looks)
    slowest = max((look.seconds for look in looks), default=0.0)
    console.result(say.say("cli.probe.line", agency=one.name, up=up, count=len(looks), seconds=f"{slowest:.1f}"))
    not_up = [look for look in looks if not look.up]
    for look in not_up[:_MOST_SHOWN]:
        key = "cli.probe.unknown" if look.up is None else "cli.probe.down"
        console.result("  " + say.say(key, url=look.url, cause=say.cause(look.cause), items=look.items))
    if len(not_up) > _MOST_SHOWN:
        console.result("  " + say.say("cli.probe.more", count=len(not_up) - _MOST_SHOWN))
    for fault in sorted({look.detail for look in looks if look.detail.startswith("tls: ")}):
        console.result("  " + say.say("cli.probe.certificate", fault=_fault(fault.removeprefix("tls: "))))
    for end in expiries(looks, given.now()):
        values = {"host": end.host, "day": say.day(end.until.astimezone(given.BANGKOK).date().isoformat()), "days": end.days}
        console.result("  " + say.say("cli.probe.expiry", **values))
    return looks


def _fault(fault: str) -> str:
    """What is wrong with a certificate, in words."""
    key = f"tls.{re.sub(r'[^a-z]+', '_', fault)}"
    return console.words().say(key) if key in console.words() else fault
