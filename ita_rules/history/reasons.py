"""Why a check is in another state than before, read from what the two reports looked at for its item.

The first cause that fits is told, in the order of who has to act: an address that stopped or began to answer, what we did
differently, another link or place, another text. A state for which nothing of that differs is laid to nobody (`other`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal
from urllib.parse import urlsplit

from ita_rules.history.outages import is_fault
from ita_rules.model import CheckResult, ItemResult, LocatedBy, Report, SourceResult
from ita_rules.run.keys import url_key

Cause = Literal[
    "down",
    "up",
    "died",
    "returned",
    "looking",
    "reader",
    "answers",
    "moved",
    "links",
    "page",
    "elsewhere",
    "day",
    "rules",
    "other",
]
"""`down`: the server did not answer; `up`: it does again. `died`: the address leads to nothing any more; `returned`: it leads to
something again. `looking`: we saw less or more than before. `reader`: the same bytes read by another reader. `answers`: the
agency answers with another address. `moved`: the same evidence under another address. `links`: another way leads there. `page`:
its text or file changed. `elsewhere`: other pages of the site are the evidence now. `day`: a due day passed. `rules`: the rules
changed."""

CAUSES: tuple[Cause, ...] = (
    *("down", "up", "died", "returned", "looking", "reader", "answers", "moved", "links", "page", "elsewhere", "day", "rules"),
    "other",
)
_DEAD = frozenset({"http_404", "http_410", "soft_404", "login", "empty_link"})
_OURS = frozenset(
    {"budget", "blocked", "robots", "too_large", "private_address", "external", "needs_javascript", "no_browser", "no_ocr"}
    | {"internal_error", "not_gathered", "incomplete_crawl", "truncated", "social_wall", "site_down"}
)
_MOST_URLS = 5

Judged = tuple[ItemResult, CheckResult]
Found = tuple[Cause, tuple[str, ...]]


def reason(was: Judged | None, now: Judged | None, before: Report, after: Report) -> Found:
    """The cause of a check's new state, and the addresses that it speaks of (at most five, as the newer run has them)."""
    if was is None or now is None:
        return "other", ()
    if _reached_nothing(after) or _reached_nothing(before):
        return ("down", (after.agency.url,)) if _reached_nothing(after) else ("up", (after.agency.url,))
    old, new = _sources(was, before), _sources(now, after)
    both = [key for key in new if key in old]
    answering: tuple[tuple[Cause, list[str]], ...] = (
        ("down", [new[k].url for k in both if is_fault(new[k].cause) and not is_fault(old[k].cause)]),
        ("died", [new[k].url for k in both if new[k].cause in _DEAD and old[k].cause is None]),
        ("up", [new[k].url for k in both if is_fault(old[k].cause) and not is_fault(new[k].cause)]),
        ("returned", [new[k].url for k in both if old[k].cause in _DEAD and new[k].cause is None]),
    )
    for cause, urls in answering:
        if urls:
            return _told(cause, urls)
    if _looked_otherwise(was[1], now[1], before, after) or any(_is_ours(old[k].cause, new[k].cause) for k in both):
        return _told("looking", [new[k].url for k in both if _is_ours(old[k].cause, new[k].cause)])
    same = [k for k in both if old[k].sha256 and old[k].sha256 == new[k].sha256]
    readers = [new[k].url for k in same if old[k].read_by != new[k].read_by]
    if readers:
        return _told("reader", readers)
    return _of_the_site(was[1], old, new)


def _of_the_site(check: CheckResult, old: Mapping[str, SourceResult], new: Mapping[str, SourceResult]) -> Found:
    answers = [{k for k, s in side.items() if s.located_by is LocatedBy.ANSWER} for side in (old, new)]
    if answers[0] != answers[1]:
        return _told("answers", [new[k].url for k in new if k in answers[1] - answers[0]])
    came = [k for k in new if k not in old]
    gone = [k for k in old if k not in new]
    bodies = {old[k].sha256 for k in gone if old[k].sha256}
    moved = [new[k].url for k in came if new[k].sha256 in bodies]
    if moved:
        return _told("moved", moved)
    both = [k for k in new if k in old]
    ways = [new[k].url for k in both if [url_key(u) for u in old[k].click_path] != [url_key(u) for u in new[k].click_path]]
    if check.kind == "linked" and ways:
        return _told("links", ways)
    changed = [new[k].url for k in both if old[k].sha256 and new[k].sha256 and old[k].sha256 != new[k].sha256]
    if changed:
        return _told("page", changed)
    if came or gone:
        return _told("elsewhere", [new[k].url for k in came] or [old[k].url for k in gone])
    return ("links", tuple(ways[:_MOST_URLS])) if ways else ("other", ())


def place(url: str, site: str) -> str:
    """What an address is compared by: its key; within the agency's own site without the host, since a site may change that."""
    key = url_key(url) or url
    parts, home = urlsplit(key), urlsplit(url_key(site) or site)
    return key[len(f"{parts.scheme}://{parts.netloc}") :] or "/" if parts.netloc and parts.netloc == home.netloc else key


def _sources(judged: Judged, report: Report) -> dict[str, SourceResult]:
    return {place(source.url, report.agency.url): source for source in judged[0].sources}


def _reached_nothing(report: Report) -> bool:
    return not report.run.pages and not report.run.documents


def _looked_otherwise(was: CheckResult, now: CheckResult, before: Report, after: Report) -> bool:
    """Whether a crawl that was cut short, now or then, or a lack of our own explains an undecided check."""
    causes = {was.cause, now.cause} & _OURS
    cut = before.run.complete != after.run.complete or bool(before.run.stopped_by) != bool(after.run.stopped_by)
    return bool(causes) or (cut and "undecided" in (was.status.value, now.status.value))


def _is_ours(was: str | None, now: str | None) -> bool:
    return was != now and (was in _OURS or now in _OURS)


def _told(cause: Cause, urls: Sequence[str]) -> Found:
    return cause, tuple(dict.fromkeys(urls))[:_MOST_URLS]
