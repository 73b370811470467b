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


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the digest: a heading and its rows, `numbered` where their order means something."""

    title: str
    rows: tuple[str, ...]
    numbered: bool = False


def title(digest: Digest, say: Catalogue) -> str:
    """The subject of a message."""
    return say.say("digest.title", day=say.day(digest.day.isoformat()), count=len(digest.calls))


def parts(digest: Digest, say: Catalogue) -> list[Part]:
    """What stands in it, part by part; a part with nothing in it is left out."""
    summary = say.say("digest.summary", count=digest.agencies, fine=digest.fine, calls=len(digest.calls), open=digest.undecided)
    calls = _most([_call(call, say) for call in digest.calls], MOST_CALLS, say)
    news = [
        say.say(f"digest.news.{kind}", agency=one.agency, items=", ".join(items))
        for one in digest.news
        for kind, items in (("gaps", one.gaps), ("mended", one.mended), ("undecided", one.undecided))
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
    found = [
        Part(summary, ()),
        Part(say.say("digest.part.calls"), tuple(calls), numbered=True),
        Part(say.say("digest.part.news"), tuple(_most(news, MOST_ROWS, say))),
        Part(say.say("digest.part.down"), tuple(_most(down, MOST_ROWS, say))),
        Part(say.say("digest.part.due"), tuple(_most(due, MOST_ROWS, say))),
        Part(say.say("digest.part.notes"), tuple(notes)),
    ]
    return [part for place, part in enumerate(found) if part.rows or place == 0]


def text(digest: Digest, say: Catalogue) -> str:
    """As plain text."""
    rows = []
    for part in parts(digest, say):
        rows.append(part.title)
        rows += [f"{f'{number}.' if part.numbered else '-'} {row}" for number, row in enumerate(part.rows, 1)]
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
    marks = [clean(point.unit, 40)] if point.unit else []
    marks += [say.say("digest.new")] if point.new else []
    marks += [] if point.verified else [say.say("digest.unverified")]
    return f"{point.item} ({', '.join(marks)})" if marks else point.item


def _most(rows: list[str], most: int, say: Catalogue) -> list[str]:
    return rows if len(rows) <= most else [*rows[:most], say.say("digest.more", count=len(rows) - most)]
