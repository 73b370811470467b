"""The digest in words: as text for a terminal or a chat, as an HTML body for an e-mail. One screen: what is more is counted."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from ita_rules.digest import Call, Digest, Point
from ita_rules.messages import Catalogue, clean

MOST_CALLS = 8
MOST_ITEMS = 5
MOST_ROWS = 3
"""Rows of each of the smaller parts."""

UNVERIFIED = "*"
"""Marks an item against which only conditions speak that nobody compared with the handbook."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the digest: a heading and its rows, `numbered` where their order means something; `rest` counts the others."""

    title: str
    rows: tuple[str, ...]
    numbered: bool = False
    rest: str = ""


def title(digest: Digest, say: Catalogue) -> str:
    """The subject of a message."""
    return say.say("digest.title", day=say.day(digest.day.isoformat()), count=len(digest.calls))


def parts(digest: Digest, say: Catalogue) -> list[Part]:
    """What stands in it, part by part; a part with nothing in it is left out."""
    summary = say.say("digest.summary", count=digest.agencies, fine=digest.fine, calls=len(digest.calls), open=digest.undecided)
    calls = [_call(call, say) for call in digest.calls]
    news = [
        say.say(f"digest.news.{kind}", agency=one.agency, items=_codes(items, say, one.confirmed))
        for kind in ("gaps", "undecided", "mended")
        for one in digest.news
        for items in ({"gaps": one.gaps, "undecided": one.undecided, "mended": one.mended}[kind],)
        if items
    ]
    down = [say.say("digest.outage", agency=o.agency, count=o.addresses, days=o.days) for o in digest.outages]
    down += [say.say("digest.expired" if e.days < 0 else "digest.expiry", host=e.host, days=abs(e.days)) for e in digest.expiries]
    due = [
        say.say("digest.due", item=one.item, name=one.name, day=say.day(one.day.isoformat()), days=one.days_left)
        + ("" if one.verified else f" {say.say('digest.unverified_day')}")
        for one in digest.due
    ]
    notes = [
        say.say(f"digest.{key}", count=len(names), agencies=", ".join(names[:MOST_ROWS]))
        for key, names in (("judged_anew", digest.judged_anew), ("missing", digest.missing), ("stale", digest.stale))
        if names
    ]
    if digest.root is not None:
        notes.append(say.say("digest.root", day=say.day(digest.root[0].isoformat()), root=digest.root[1]))
    if not all(point.verified for call in digest.calls[:MOST_CALLS] for point in call.items[:MOST_ITEMS]):
        notes.append(say.say("digest.unverified", mark=UNVERIFIED))
    found = [
        Part(summary, ()),
        _part("calls", calls, MOST_CALLS, say, numbered=True),
        _part("news", news, MOST_ROWS, say),
        _part("down", down, MOST_ROWS, say),
        _part("due", due, MOST_ROWS, say),
        _part("notes", notes, len(notes), say),
    ]
    return [part for place, part in enumerate(found) if part.rows or place == 0]


def text(digest: Digest, say: Catalogue) -> str:
    """As plain text."""
    rows = []
    for part in parts(digest, say):
        rows.append(part.title)
        rows += [f"{f'{number}.' if part.numbered else '-'} {row}" for number, row in enumerate(part.rows, 1)]
        rows += [f"  {part.rest}"] if part.rest else []
    return "\n".join([title(digest, say), *rows, say.say("digest.self_check")]) + "\n"


def html(digest: Digest, say: Catalogue) -> str:
    """As a page that is also an e-mail's body: no script, nothing from outside, everything from a site escaped."""
    env = Environment(loader=PackageLoader("reports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    template = env.get_template("digest.html.j2")
    return template.render(title=title(digest, say), parts=parts(digest, say), foot=say.say("digest.self_check"), lang=say.lang)


def _call(call: Call, say: Catalogue) -> str:
    left = call.days_left
    when = "digest.days.unknown" if left is None else "digest.days.left" if left >= 0 else "digest.days.closed"
    items = [_item(point, say) for point in call.items[:MOST_ITEMS]]
    if len(call.items) > MOST_ITEMS:
        items.append(say.say("digest.more", count=len(call.items) - MOST_ITEMS))
    agency = clean(call.agency, 80)
    if call.contact:
        agency = say.say("digest.contact", agency=agency, contact=clean(call.contact, 80))
    values = {"items": " ".join(items), "points": f"{call.points:.1f}", "when": say.say(when, days=abs(left or 0))}
    return say.say("digest.call", agency=agency, **values)


def _item(point: Point, say: Catalogue) -> str:
    code = point.item if point.verified else f"{point.item}{UNVERIFIED}"
    marks = [clean(point.unit, 40)] if point.unit else []
    marks += [say.say("digest.new")] if point.new else []
    return f"{code} ({', '.join(marks)})" if marks else code


def _codes(items: tuple[str, ...], say: Catalogue, confirmed: frozenset[str]) -> str:
    marked = [item if item in confirmed else say.say("digest.unconfirmed", item=item) for item in items[:MOST_ITEMS]]
    named = ", ".join(marked)
    return named if len(items) <= MOST_ITEMS else f"{named} {say.say('digest.more', count=len(items) - MOST_ITEMS)}"


def _part(key: str, rows: list[str], most: int, say: Catalogue, *, numbered: bool = False) -> Part:
    rest = say.say("digest.more", count=len(rows) - most) if len(rows) > most else ""
    return Part(say.say(f"digest.part.{key}"), tuple(rows[:most]), numbered, rest)
