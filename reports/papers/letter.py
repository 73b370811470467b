"""The letter that announces the checks to agencies: who looks, why, when, how gently, and how to have it stopped."""

from __future__ import annotations

from dataclasses import dataclass

from ita_rules.messages import Catalogue
from reports.papers.page import Page
from reports.papers.words import digits_of, name_of


@dataclass(frozen=True, slots=True)
class Announcement:
    """What the letter says: the crawler's name (as robots.txt may address it) and contact, and its manners.

    `connections` at once and `interval` seconds between two requests, for each host. Blanks stand where `contact` is empty.
    """

    robot: str
    contact: str
    connections: int
    interval: float


def letter(told: Announcement, say: Catalogue) -> bytes:
    """The letter as a Word file, with blanks for what only its sender knows."""
    page = Page(say.lang, say.say("report.paper.letter.subject"), digits_of(say.lang))
    contact = name_of(told.contact) or "____________"
    page.draft(say.say("report.paper.draft"))
    page.line(say.say("report.paper.letter.number"))
    page.line(say.say("report.paper.letter.office"), align="right")
    page.line(say.say("report.paper.letter.day"), align="center", before=6)
    page.line(say.say("report.paper.letter.about", subject=say.say("report.paper.letter.subject")), before=6)
    page.line(say.say("report.paper.letter.to"), before=6)
    page.words(say.say("report.paper.letter.who"))
    page.words(say.say("report.paper.letter.why"))
    page.words(say.say("report.paper.letter.when"))
    page.words(say.say("report.paper.letter.how", robot=told.robot, connections=told.connections, interval=f"{told.interval:g}"))
    page.words(say.say("report.paper.letter.opt_out", contact=contact), keep=True)
    for row in (f"User-agent: {told.robot}", "Disallow: /"):
        page.line(row, left=4.0, keep=True)
    page.words(say.say("report.paper.letter.result"))
    page.words(say.say("report.paper.letter.contact", contact=contact))
    page.signature(*(say.say(f"report.paper.sign.{line}") for line in ("hand", "name", "post")))
    return page.data()
