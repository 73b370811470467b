"""``ita-rules digest``: whom to phone about what, from the newest reports; shown, and sent when told to."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from ita_rules.calendar import calendar
from ita_rules.cli import console, exits, given, options
from ita_rules.cli.crawling import settings_of
from ita_rules.cli.probe import FOLDER, last_root
from ita_rules.cli.watched import OnlyAgency, OnlyLabel, Watched, reports_of, watched
from ita_rules.config import AgencyConfig
from ita_rules.digest import Due, Outage, Subject
from ita_rules.digest import digest as digest_of
from ita_rules.errors import ItaRulesError, UsageError
from ita_rules.notify import Message, available, channels_of, deliver
from ita_rules.uptime import Look, expiries, outages, read
from reports import digest as words
from reports.interface import write_whole
from reports.papers.letter import Announcement, letter

JOURNAL = "notify"
"""Folder of the journal of what was sent, beside the runs."""

_DAYS = 14
"""Days of the history of uptime that a digest looks back on."""

_MOST_DUE = 3


def digest(
    agency: OnlyAgency = None,
    label: OnlyLabel = None,
    as_of: options.AsOf = None,
    out: options.Out = None,
    send: Annotated[bool, typer.Option("--send", help="help.digest.send", show_default=False)] = False,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="help.digest.html", show_default=False)] = None,
    letter_to: Annotated[
        Path | None, typer.Option("--letter", metavar="FILE", help="help.digest.letter", show_default=False)
    ] = None,
    lang: options.Lang = None,
    config: options.ConfigFile = None,
) -> int:
    """Show the digest, or with ``--send`` send it. ``--letter`` writes the letter to agencies and does nothing else.

    0, also when everything was sent already; 1 when a channel failed, after all others had their turn.
    """
    given.lang_of(lang)
    every = watched(config, out, agency, label)
    given.lang_of(lang, every.settings.lang)
    if letter_to is not None:
        return _letter(every, letter_to)
    if send and not available():
        raise UsageError("error.notify.no_apprise")
    day = given.day_of(as_of) or given.now().date()
    subjects = [_subject(one, every.out) for one in every.agencies]
    whole = _message(subjects, every, day)
    console.stdout().print(whole.text, end="", soft_wrap=True)
    if html is not None:
        path = write_whole(html.parent, html.name, whole.html.encode())
        console.say("cli.digest.written", path=path)
    jobs = [(whole, every.settings.notify.channels)]
    if every.settings.notify.agencies:
        jobs += [
            (_message([subject], every, day), one.channels)
            for one, subject in zip(every.agencies, subjects, strict=True)
            if one.channels
        ]
    if not send:
        console.say("cli.digest.not_sent", count=sum(len(channels_of(templates)) for _, templates in jobs))
        return exits.PASSED
    if not any(templates for _, templates in jobs):
        raise UsageError("error.notify.no_channels", file=every.path)
    fine = [_send(message, templates, day, every.out / JOURNAL) for message, templates in jobs]
    return exits.PASSED if all(fine) else exits.TOOL_FAILED


def _subject(agency: AgencyConfig, out: Path) -> Subject:
    found = (report for _, report in reports_of(out, agency.place))
    return Subject(agency.name, agency.contact, next(found, None), next(found, None), agency.place)


def _message(subjects: Sequence[Subject], every: Watched, day: dt.date) -> Message:
    """The digest of these agencies in words."""
    since = day - dt.timedelta(days=_DAYS)
    looks: list[Look] = []
    down: list[Outage] = []
    for one in subjects:
        mine = list(read(every.out / FOLDER / given.folder_name(one.place), since))
        looks += mine
        days = [len(found) for found in outages(mine).values() if len(found) >= 2]
        if days:
            down.append(Outage(one.name, len(days), max(days)))
    newest = [one.newest for one in subjects if one.newest is not None]
    found = digest_of(
        subjects,
        day,
        outages=down,
        expiries=expiries(looks, dt.datetime.combine(day, dt.time(), given.BANGKOK)),
        due=_due(every, newest[0].ruleset.id if newest else None, day),
        root=last_root(every.out, day),
    )
    say = console.words()
    return Message(words.title(found, say), words.text(found, say), words.html(found, say))


def _due(every: Watched, judged_by: str | None, day: dt.date) -> list[Due]:
    """What is due next by the rule set configured, else the one that judged; nothing where that is not here any more."""
    try:
        ruleset = given.ruleset_of(every.settings.ruleset or judged_by)
    except ItaRulesError:
        return []
    year = calendar(ruleset, day, console.words().lang)
    return [Due(one.item, one.name, one.day, one.days_left, one.verified) for one in year.next_due(_MOST_DUE)]


def _send(message: Message, templates: Sequence[str], day: dt.date, folder: Path) -> bool:
    """Send to every channel; whether none failed. What fails is told, and stops nothing."""
    fine = True
    for channel in channels_of(templates):
        try:
            outcome = deliver(message, channel, day, folder, os.environ)
        except ItaRulesError as error:
            console.tell(console.words().error(error))
            fine = False
            continue
        console.say(f"cli.digest.{outcome}", channel=channel.name)
        fine = fine and outcome in ("sent", "already")
    return fine


def _letter(every: Watched, path: Path) -> int:
    if path.suffix.lower() != ".docx":
        raise UsageError("error.digest.letter_suffix", path=path)
    crawl = settings_of(every.settings.crawl, every.settings.agent)
    told = Announcement(crawl.robot, crawl.contact, crawl.connections_per_host, crawl.interval_seconds)
    written = write_whole(path.parent, path.name, letter(told, console.words()))
    console.result(console.words().say("cli.digest.letter", path=written))
    return exits.PASSED
