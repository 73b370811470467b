"""Paper (a): the analysis of the ITA result and the measures for integrity and transparency, as the year's own item asks for it.

The result of the year before, the surveys' findings, the day of the meeting and who signs are known to people alone and stay
blank; findings, measures, units and times come from the report.
"""

from __future__ import annotations

from ita_rules.messages import clean
from ita_rules.model import ItemResult, Status
from reports import view
from reports.papers.content import BLANK, Content, codes
from reports.papers.page import Page
from reports.papers.words import digits_of

_TOOLS = ("iit", "eit")
_COUNTED = (Status.PASS, Status.GAP, Status.UNDECIDED, Status.NOT_DUE)
_MOST_FOUND = 12  # findings told in one cell


def analysis(content: Content) -> bytes:
    """The paper as a Word file."""
    say = content.say
    own = content.own_item()
    name = clean(own.name, 160) if own else say.say("report.paper.analysis.measures")
    page = Page(say.lang, say.say("report.paper.analysis.title"), digits_of(say.lang))
    page.draft(say.say("report.paper.draft"))
    page.numbered()
    page.heading(say.say("report.paper.analysis.title"), 1, "center")
    page.line(say.say("report.paper.analysis.of", name=name), align="center", bold=True, size=18)
    page.line(say.say("report.paper.analysis.year", year=content.year), align="center", bold=True, size=18)
    page.line(content.agency, align="center", bold=True, size=18)
    if say.lang == "en":
        page.line(say.say("report.paper.reading_copy"), align="center")
    _result(page, content)
    _site(page, content)
    _practice(page, content)
    page.landscape()
    _measures(page, content)
    page.landscape(False)
    _follow_up(page, content)
    page.signature(*(say.say(f"report.paper.sign.{line}") for line in ("hand", "name", "post", "day")))
    _notes(page, content)
    return page.data()


def _result(page: Page, content: Content) -> None:
    """The announced result of the year before, all of it for people to fill."""
    say = content.say
    page.heading(say.say("report.paper.result.title", before=content.year - 1))
    # Nothing but blanks stands below this heading: an unfilled form must not read like an analysis, to people or to the rules.
    rows: list[tuple[str, ...]] = [(say.say(f"report.paper.result.{row}"), BLANK[:4], BLANK) for row in ("total", "level")]
    spans = []
    for tool in _TOOLS:
        spans.append(len(rows))
        rows.append((say.say(f"report.paper.tool.{tool}"),))
        for number, indicator in content.measures.indicators.items():
            if indicator.tool == tool:
                rows.append((f"{number}. {indicator.name.say(say.lang)}", BLANK[:4], BLANK))
    spans.append(len(rows))
    rows.append((say.say("report.paper.tool.oit"),))
    rows += [(f"{number}. {name}".rstrip(". "), BLANK[:4], BLANK) for number, name, _ in content.indicators()]
    head = [say.say(f"report.paper.result.{column}") for column in ("indicator", "score", "told")]
    page.table(head, rows, (6.2, 2.8, 7.0), centred=(1,), spans=spans)


def _site(page: Page, content: Content) -> None:
    """What was seen on the site, sub-indicator by sub-indicator: the estimate, what lacks, what could be better."""
    say, report = content.say, content.report
    told = not content.reviewer and not view.of_files(report)
    page.heading(say.say("report.paper.site.title", year=content.year))
    count = view.counts(report)
    counted = [(s, say.say("report.paper.executive.count", count=count[s])) for s in _COUNTED]
    page.words(
        say.say(
            "report.paper.files.words" if view.of_files(report) else "report.paper.site.words",
            agency=content.agency,
            year=content.year,
            day=say.day(content.today),
            items=len(report.items),
            counts=" ".join(f"{view.status_word(status, report, say)} {words}" for status, words in counted),
        )
    )
    if report.items and all(item.status is Status.UNDECIDED for item in report.items):
        page.words(say.say("report.paper.site.nothing"))
    rows: list[tuple[str | tuple[str, ...], ...]] = []
    spans = []
    scores = {score.id: score for score in report.scores.indicators}
    for number, name, groups in content.indicators():
        spans.append(len(rows))
        whole = f"{number}. {name}".rstrip(". ")
        if told and number in scores:
            whole = say.say("report.paper.site.whole", indicator=whole, score=view.score_words(scores[number], say))
        rows.append((whole,))
        for group in groups:
            estimate = (view.score_words(group.score, say) if group.score else "–",) if told else ()
            label = f"{clean(group.id, 10)} {group.name}".strip()
            rows.append((label, *estimate, _found(content, group.items), _better(content, group.items)))
    weak = "proposed" if content.reviewer else "weak"
    columns = ("indicator", "estimate", weak, "better") if told else ("indicator", weak, "better")
    head = [say.say(f"report.paper.site.{column}") for column in columns]
    page.table(head, rows, (3.0, 2.2, 6.2, 4.6) if told else (3.6, 7.0, 5.4), centred=(1,) if told else (), spans=spans)
    if told:
        page.line(say.say("report.paper.site.explain"), size=14)
    if report.total is not None and told:
        page.words(
            say.say(
                "report.paper.site.total",
                iit=view.number(report.total.iit),
                eit=view.number(report.total.eit),
                total=view.score_words(report.total, say),
                level=view.level_words(report.total, say),
            )
        )


def _found(content: Content, items: tuple[ItemResult, ...]) -> tuple[str, ...]:
    """What lacks in an indicator's items, a line each; that nothing does, or that nothing may be concluded."""
    say = content.say
    found = [
        say.say("report.paper.found", item=content.label(item, 80), found=content.found(check))
        for item in items
        for check in content.gaps(item)
    ]
    lines = found[:_MOST_FOUND]
    if len(found) > _MOST_FOUND:
        lines.append(say.say("report.paper.found.more", count=len(found) - _MOST_FOUND))
    undecided = [item for item in items if not content.gaps(item) and content.open(item)]
    if undecided:
        lines.append(say.say("report.paper.found.open", count=len(undecided), items=codes(undecided)))
    if not found:
        lines.insert(0, say.say("report.paper.found.unknown" if undecided else "report.paper.found.none"))
    return tuple(lines)


def _better(content: Content, items: tuple[ItemResult, ...]) -> tuple[str, ...]:
    """What could be made better: the advice, and what passes on slender evidence."""
    say = content.say
    lines = [
        say.say("report.paper.found", item=clean(item.id, 20), found=clean(check.fix or check.message, 300))
        for item, check in content.advised(items)
    ]
    lines = lines[:_MOST_FOUND]
    narrow = [item for item in items if item.id in content.narrow()]
    if narrow:
        lines.append(say.say("report.paper.better.narrow", items=codes(narrow)))
    if not lines:
        decided = any(item.status in (Status.PASS, Status.GAP) for item in items)
        lines.append(say.say("report.paper.better.none" if decided else "report.paper.found.unknown"))
    return tuple(lines)


def _practice(page: Page, content: Content) -> None:
    """How the analysis is put into practice."""
    say = content.say
    page.heading(say.say("report.paper.practice.title"))
    page.words(say.say("report.paper.practice.meeting", agency=content.agency, year=content.year))
    steps = ["assign", "mend", "again", "report"] if content.to_mend() else ["look", "again", "report"]
    for number, step in enumerate(steps, 1):
        words = say.say(f"report.paper.practice.{step}", closing=content.closing_words(), items=codes(content.to_mend()))
        page.line(f"{number}. {words}", align="thai", drawn_in=True)


def _measures(page: Page, content: Content) -> None:
    """The table of measures."""
    say = content.say
    page.heading(say.say("report.paper.measures.title", year=content.year))
    if content.reviewer:
        page.line(say.say("report.proposed.disclaimer"), size=14, keep=True)
    rows: list[tuple[str | tuple[str, ...], ...]] = []
    spans = []
    names = {number: f"{number}. {name}".rstrip(". ") for number, name, _ in content.indicators()}
    before = None
    for number, row in enumerate(content.resolved(), 1):
        indicator = names.get(clean(row.item.indicator.partition(".")[0], 10)) if row.item else None
        if indicator != before:
            spans.append(len(rows))
            rows.append((indicator or say.say("report.paper.measures.whole"),))
            before = indicator
        first = (f"{number}. {row.measures[0]}", *row.measures[1:])
        about = (say.say("report.paper.measures.from", item=clean(row.item.id, 20)),) if row.item else ()
        steps = tuple(f"{place}. {step}" for place, step in enumerate(row.method, 1))
        seen = (content.measures.reporting.say(say.lang), *(say.say("report.paper.measures.seen", seen=s) for s in row.follow_up))
        rows.append(((*first, *about), steps, row.unit or BLANK[:5], row.time, seen))
    # What people think of the agency no website shows, so the measures about it are theirs to write.
    spans.append(len(rows))
    rows += [(say.say("report.paper.measures.surveys"),), (BLANK, BLANK, BLANK[:5], BLANK[:5], BLANK)]
    head = [say.say(f"report.paper.measures.{column}") for column in ("measure", "method", "owner", "time", "follow_up")]
    page.table(head, rows, (5.2, 8.0, 2.7, 2.8, 6.0), centred=(2, 3), spans=spans)


def _follow_up(page: Page, content: Content) -> None:
    """Where the results are written in as they come."""
    say = content.say
    page.heading(say.say("report.paper.follow.title"))
    page.words(say.say("report.paper.follow.words", year=content.year))
    head = [say.say(f"report.paper.follow.{column}") for column in ("round", "day", "result", "by")]
    page.table(head, [(str(n), BLANK[:5], BLANK, BLANK[:5]) for n in range(1, 4)], (1.6, 3.6, 7.2, 3.6), centred=(0,))


def _notes(page: Page, content: Content) -> None:
    """How the draft came about, and how far it carries."""
    say, report = content.say, content.report
    gaps, unverified = view.gap_checks(report)
    page.line(say.say("report.paper.note.title"), bold=True, size=14, before=12)
    notes = [say.say("report.paper.note.draft"), say.say("report.paper.note.tool", ruleset=report.ruleset.id)]
    if unverified:
        notes.append(say.say("report.paper.note.unverified", count=unverified, gaps=gaps))
    if not report.run.complete:
        notes.append(say.say("report.paper.note.incomplete"))
    if content.reviewer:
        notes.append(say.say("report.proposed.disclaimer"))
    waived = view.waived(report)
    if waived:
        notes.append(say.say("report.paper.note.waived", count=len(waived), items=codes(dict.fromkeys(i for i, _ in waived))))
    for number, note in enumerate(notes, 1):
        page.line(f"{number}. {note}", align="thai", size=14, left=0.6)
