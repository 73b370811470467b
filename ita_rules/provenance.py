"""How sources were come by, in words: what decides nothing and is good to know, and when what was not asked now was asked; and
what is said of a day of judgement outside of the rule set's window."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import unquote

from ita_rules.messages import Catalogue
from ita_rules.model import SourceWarning
from ita_rules.run.keys import url_key
from ita_rules.run.services import end_of, is_short
from ita_rules.run.types import Exchange


def source_warnings(say: Catalogue, url: str, exchange: Exchange) -> tuple[SourceWarning, ...]:
    """What to know of how the source at `url` was come by."""
    told: list[tuple[str, dict[str, object]]] = []
    if exchange.asked and not is_short(url):
        told.append(("shared", {}))
    if exchange.insecure:
        told.append(("insecure", {"fault": fault_of(say, exchange.insecure)}))
    if exchange.rendered:
        told.append(("rendered", {"browser": exchange.rendered}))
    if exchange.carried:
        told.append(("carried", {"when": say.time(exchange.fetched_at)}))
    elif exchange.unchanged:
        told.append(("unchanged", {}))
    found = tuple(SourceWarning(code=code, message=say.say(f"source.{code}", **values)) for code, values in told)
    if not is_short(url):
        return found
    end = end_of(exchange)
    seen = url_key(end) != exchange.key
    words = say.say("source.short_link", final=unquote(end, errors="replace")) if seen else say.say("source.short_link.unseen")
    return (SourceWarning(code="short_link", message=words), *found)


def fault_of(say: Catalogue, fault: str) -> str:
    """What is wrong with a certificate, in words where they are known."""
    known = "tls." + re.sub(r"\W+", "_", fault.partition(":")[0].strip())
    return say.say(known) if known in say else fault


def asked_at(exchange: Exchange) -> str | None:
    """When an address was asked that was not asked in this run; None for the others."""
    return exchange.fetched_at or None if exchange.carried else None


def outside(say: Catalogue, ruleset: str, window: tuple[dt.date, dt.date], as_of: dt.date) -> tuple[str, ...]:
    """The warning of a day of judgement that lies outside of a rule set's window (first and last day); none for one within."""
    first, last = window
    if first <= as_of <= last:
        return ()
    days = {name: say.day(day.isoformat()) for name, day in (("as_of", as_of), ("first", first), ("last", last))}
    return (say.say("warn.as_of.outside", ruleset=ruleset, **days),)
