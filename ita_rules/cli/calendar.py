"""``ita-rules calendar``: what is due when in a fiscal year, with the days left."""

from __future__ import annotations

import datetime as dt

from ita_rules.calendar import Calendar, DueStep
from ita_rules.calendar import calendar as of_year
from ita_rules.cli import console, exits, given, options
from ita_rules.messages import Catalogue


def calendar(
    ruleset: options.RuleSetId = None,
    as_of: options.AsOf = None,
    agency_type: options.AgencyKind = None,
    lang: options.Lang = None,
    config: options.ConfigFile = None,
    rules: options.RulesFolder = None,
) -> int:
    """Print the window, the steps and the items by their days. Today when no day is given."""
    given.lang_of(lang)
    settings = given.config_of(config)
    spoken = given.lang_of(lang, settings.lang)
    found = given.ruleset_of(ruleset or settings.ruleset, rules)
    day = given.day_of(as_of) or settings.as_of or given.now().date()
    for line in lines(of_year(found, day, spoken, given.type_of(agency_type)), console.words()):
        console.result(line)
    return exits.PASSED


def lines(year: Calendar, say: Catalogue) -> list[str]:
    """The calendar in words, a line each."""
    window = {"opens": _day(year.opens, say), "closes": _day(year.ends, say)}
    found = [
        say.say("cli.calendar.title", year=year.fiscal_year, ruleset=year.ruleset, day=_day(year.as_of, say)),
        say.say("cli.calendar.window", **window),
    ]
    if year.closes is None:
        found.append(say.say("cli.calendar.closes_unknown"))
    else:
        left = year.days_left or 0
        key = "cli.calendar.closes" if left >= 0 else "cli.calendar.closed"
        mark = "" if year.closes_verified else say.say("cli.calendar.unverified")
        found.append(f"{say.say(key, day=_day(year.closes, say), days=abs(left))} {mark}".rstrip())
    found += [f"  {_step(step, say)}" for step in year.steps]
    day = None
    for item in year.items:
        if item.day != day:
            day = item.day
            key = "cli.calendar.due" if item.days_left >= 0 else "cli.calendar.passed"
            found.append(say.say(key, day=_day(day, say), days=abs(item.days_left)))
        mark = "" if item.verified else say.say("cli.calendar.unverified")
        found.append(f"  {say.say('cli.calendar.item', item=item.item, name=item.name)} {mark}".rstrip())
    if year.undated:
        found.append(say.say("cli.calendar.undated", items=year.undated))
    return found


def _step(step: DueStep, say: Catalogue) -> str:
    days = " – ".join(_day(day, say) for day in (step.opens, step.closes) if day is not None)
    text = say.say(f"cli.calendar.step.{step.state}", name=step.name, when=days, days=step.days_left)
    return text if step.verified else f"{text} {say.say('cli.calendar.unverified')}"


def _day(day: dt.date, say: Catalogue) -> str:
    return say.day(day.isoformat())
