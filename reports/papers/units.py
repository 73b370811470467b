"""Paper (c): one sheet for each unit of the agency, with what it is to mend, where it was looked for, and room to tick it off."""

from __future__ import annotations

from ita_rules.messages import clean
from ita_rules.model import ItemResult
from reports import view
from reports.papers.content import BLANK, Content, Unit
from reports.papers.page import Page
from reports.papers.words import digits_of


def units(content: Content) -> bytes:
    """The sheets as one Word file, each unit on a page of its own."""
    say = content.say
    page = Page(say.lang, say.say("report.paper.units.title", year=content.year), digits_of(say.lang))
    page.draft(say.say("report.paper.draft"))
    page.numbered()
    busy = [unit for unit in content.units() if unit.mend or unit.look]
    if not busy:
        _head(page, content, "")
        page.words(say.say("report.paper.units.none"))
    for number, unit in enumerate(busy):
        if number:
            page.new_page()
        _head(page, content, content.unit_name(unit))
        _sheet(page, content, unit)
    return page.data()


def _head(page: Page, content: Content, unit: str) -> None:
    say = content.say
    page.heading(say.say("report.paper.units.title", year=content.year), 1, "center")
    page.line(content.agency, align="center", bold=True)
    if unit:
        page.line(say.say("report.paper.units.unit", unit=unit), align="center", bold=True, size=18)
    page.line(say.say("report.paper.units.day", day=say.day(content.today)), align="center", size=14)
    page.line(content.closing_words(), align="center", size=14)


def _sheet(page: Page, content: Content, unit: Unit) -> None:
    say = content.say
    if not unit.name:
        page.words(say.say("report.paper.units.appoint"))
    if unit.mend:
        page.heading(
            say.say("report.paper.units.examine" if content.reviewer else "report.paper.units.mend", count=len(unit.mend))
        )
        head = [say.say(f"report.paper.units.{column}") for column in ("item", "found", "what", "done")]
        page.table(head, [_row(content, item) for item in unit.mend], (3.2, 5.0, 5.6, 2.2))
    if unit.look:
        page.heading(say.say("report.paper.units.look", count=len(unit.look)))
        page.line(say.say("report.paper.units.look.words"), size=14, keep=True)
        head = [say.say(f"report.paper.units.{column}") for column in ("item", "why", "seen")]
        rows = [(content.label(item), content.why_open(item), BLANK) for item in unit.look]
        page.table(head, rows, (4.4, 7.2, 4.4))
    page.signature(*(say.say(f"report.paper.sign.{line}") for line in ("unit", "name", "post", "day")))


def _row(content: Content, item: ItemResult) -> tuple[str | tuple[str, ...], ...]:
    say = content.say
    found = [content.found(check) for check in content.gaps(item)]
    where = _where(content, item)
    advice = [say.say("report.paper.units.advice", fix=clean(c.fix or c.message, 300)) for _, c in content.advised((item,))]
    fixes = content.mend(item) or tuple(clean(check.asks, 300) for check in content.gaps(item) if check.asks)
    done = (say.say("report.paper.units.done.mark"), BLANK[:4])
    return content.label(item), tuple(found + ([where] if where else [])), (*fixes, *advice), done


def _where(content: Content, item: ItemResult) -> str:
    """The click path or the name of the evidence that was looked at; empty where nothing was."""
    say = content.say
    urls = [evidence.url for check in content.gaps(item) for evidence in check.evidence]
    sources = [source for url in urls for source in item.sources if url in (source.url, source.final_url)] or list(item.sources)
    if not sources:
        return ""
    steps = view.click_steps(sources[0], say)
    words = " > ".join(steps) if steps else view.source_title(sources[0])
    return say.say("report.paper.units.where", where=clean(words, 200))
