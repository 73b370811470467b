"""The agency's answers as they are typed into ITAS: per item มี or ไม่มี, the addresses, and the way to them in words.

ITAS is a Thai form, so what is typed into it is Thai whatever the report's language. An address is offered only where
evidence was seen to open; where nothing could be looked at, the answer stays empty: nobody is told to answer ไม่มี because we
could not look.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ita_rules.messages import Catalogue, messages
from ita_rules.model import ItemResult, Report, Severity, SourceResult, Status
from reports import view

HAS = "มี"
HAS_NOT = "ไม่มี"
"""The two answers of the form, as it spells them."""

MOST_ADDRESSES = 5
"""Addresses that are offered for one item, best first."""

_NOTE_LIMIT = 120


@dataclass(frozen=True, slots=True)
class ItasAnswer:
    """One line of the form: `has` is มี, ไม่มี, or empty where a person has to look first; `urls` and `notes` go together,
    a note being the way from the main page in Thai words (``หน้าหลัก > ข้อมูล ITA > รายงานประจำปี``), empty where none is known."""

    item: ItemResult
    has: str
    urls: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """The addresses as the form takes them, a line each."""
        return "\n".join(self.urls)

    @property
    def note(self) -> str:
        """The explanation (คำอธิบาย); several addresses are numbered in their order."""
        told = [note for note in self.notes if note]
        if len(self.urls) < 2:
            return told[0] if told else ""
        return "\n".join(f"{number}. {note}" for number, note in enumerate(self.notes, 1) if note)


def answers(report: Report) -> tuple[ItasAnswer, ...]:
    """The answers to every item of a report, in the form's order; none where files from disk were checked."""
    if view.of_files(report):
        return ()
    thai = messages("th")
    return tuple(_answer(item, thai) for item in report.items)


def _answer(item: ItemResult, thai: Catalogue) -> ItasAnswer:
    if item.status is Status.NOT_APPLICABLE:
        return ItasAnswer(item, "")
    chosen = _chosen(item)
    if chosen:
        return ItasAnswer(
            item, HAS, tuple(view.openable(s.url) or "" for s in chosen), tuple(_way(s, item, thai) for s in chosen)
        )
    asked = [check for check in item.checks if check.kind == "answered" and check.severity is Severity.CRITERION]
    # Only a whole look at the site that found nothing says "there is none"; the way there may also be shut for a night.
    gone = item.status is Status.GAP and any(check.status is Status.GAP for check in asked)
    return ItasAnswer(item, HAS_NOT if gone else "")


def _chosen(item: ItemResult) -> tuple[SourceResult, ...]:
    """The sources whose addresses answer the item: the fewest that show all that was found, those that show most first.

    Where no condition was found met by content, the first source that opened: the item needs mending, its place is known.
    """
    opened: dict[str, SourceResult] = {}
    for source in item.sources:
        if source.cause is None and view.openable(source.url):
            opened.setdefault(source.url, source)
    shown: dict[str, set[str]] = {url: set() for url in opened}
    for check in item.checks:
        if check.severity is Severity.CRITERION and check.status is Status.PASS:
            for each in check.evidence:
                if each.url in shown and each.quote:
                    shown[each.url].add(check.id)
    chosen: list[SourceResult] = []
    left = set().union(*shown.values()) if shown else set()
    while left and len(chosen) < MOST_ADDRESSES:
        best = max(opened, key=lambda url: len(shown[url] & left))
        chosen.append(opened[best])
        left -= shown[best]
    return tuple(chosen) or tuple(_first(opened.values()))


def _first(sources: Iterable[SourceResult]) -> list[SourceResult]:
    return list(sources)[:1]


def _way(source: SourceResult, item: ItemResult, thai: Catalogue) -> str:
    """The way from the main page in words, with the page of a long document where the evidence stands."""
    steps = view.click_steps(source, thai)
    way = " > ".join(step[:_NOTE_LIMIT] for step in steps)
    shown = [e for check in item.checks for e in check.evidence if e.url == source.url and e.quote]
    pages = sorted({e.page for e in shown if isinstance(e.page, int)})
    if not way or not pages or not source.pages or source.pages < 2:
        return way
    return f"{way} ({thai.say('report.page', page=[str(page) for page in pages[:6]])})"
