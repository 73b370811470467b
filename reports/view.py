"""A report arranged for reading: counts, orders, groups and words that the HTML and the terminal share.

Nothing here judges: statuses, scores and worth stand in the report; this module only sorts and words them. All text
leaves it cleaned and bounded (`ita_rules.messages.clean`), since titles, quotes and addresses come from foreign sites.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from ita_rules.acts import ACTS, Acts, acts
from ita_rules.messages import Catalogue, clean
from ita_rules.model import (
    CheckResult,
    FixPlan,
    IndicatorScore,
    ItemResult,
    Range,
    Report,
    Severity,
    SourceResult,
    Status,
    ToOpen,
    Total,
    Unreached,
)

SYMBOLS: dict[Status, str] = {
    Status.PASS: "✓",
    Status.GAP: "✕",
    Status.UNDECIDED: "?",
    Status.NOT_DUE: "◷",
    Status.NOT_APPLICABLE: "–",
}
"""A mark for each status, so that none is told by colour alone."""

URGENCY: tuple[Status, ...] = (Status.GAP, Status.UNDECIDED, Status.NOT_DUE, Status.PASS, Status.NOT_APPLICABLE)
"""The order in which the checks of an item are read: what needs a hand first."""

_HREF = re.compile(r"https?://", re.IGNORECASE)
_HREF_LIMIT = 2000
_STEPS_LIMIT = 12
_NOT_IN_URLS = re.compile(r"[\x00-\x20\x7f-\xa0\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ud800-\udfff<>\"`{}|\\^]")
_TO_ENCODE = re.compile(r"[ <>\"`{}|\\^]")
_ENCODED_WORDS = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_MEDIA = (
    ("pdf", "pdf"),
    ("html", "html"),
    ("word", "word"),
    ("rtf", "word"),
    ("opendocument.text", "word"),
    ("sheet", "sheet"),
    ("excel", "sheet"),
    ("csv", "sheet"),
    ("presentation", "slides"),
    ("powerpoint", "slides"),
    ("image/", "image"),
    ("text/", "text"),
    ("zip", "archive"),
    ("rar", "archive"),
    ("x-7z", "archive"),
)


@dataclass(frozen=True, slots=True)
class Group:
    """The items of one (sub-)indicator, in the form's order; `score` where the report has one."""

    id: str
    name: str
    score: IndicatorScore | None
    items: tuple[ItemResult, ...]


def counts(report: Report) -> dict[Status, int]:
    """How many items came to each status; every status is there."""
    return {status: sum(item.status is status for item in report.items) for status in Status}


def gap_checks(report: Report) -> tuple[int, int]:
    """How many criterion checks are gaps, and how many of these were never checked against the handbook."""
    gaps = [check for item in report.items for check in criteria(item) if check.status is Status.GAP]
    return len(gaps), sum(not check.verified for check in gaps)


def criteria(item: ItemResult) -> tuple[CheckResult, ...]:
    """The checks that decide an item, what needs a hand first, else in the rule's order."""
    return by_urgency(check for check in item.checks if check.severity is Severity.CRITERION)


def advice(item: ItemResult) -> tuple[CheckResult, ...]:
    """The advice that has something to say: gaps and what could not be decided."""
    told = (Status.GAP, Status.UNDECIDED)
    return by_urgency(check for check in item.checks if check.severity is Severity.ADVICE and check.status in told)


def causes(item: ItemResult) -> dict[str, int]:
    """The causes of an item's undecided conditions, each with how many it keeps open, in the checks' order."""
    found: dict[str, int] = {}
    for check in criteria(item):
        if check.status is Status.UNDECIDED:
            found[check.cause or "uncertain"] = found.get(check.cause or "uncertain", 0) + 1
    return found


def one_cause(report: Report) -> str:
    """The one cause that keeps every item of a report open, ``""`` where there are several or something was decided."""
    found = {cause for item in report.items for cause in causes(item)}
    alike = len(report.items) > 1 and all(item.status is Status.UNDECIDED for item in report.items)
    return found.pop() if alike and len(found) == 1 else ""


def of_files(report: Report) -> bool:
    """Whether files from disk were checked in place of a site: there is no address, and one item makes no score."""
    return not report.agency.url


def by_urgency(checks: Iterable[CheckResult]) -> tuple[CheckResult, ...]:
    """`checks` in the order of `URGENCY`; those of one status keep their order."""
    return tuple(sorted(checks, key=lambda check: URGENCY.index(check.status)))


def planned(report: Report) -> tuple[tuple[ItemResult, FixPlan], ...]:
    """The items to mend with what that takes and gives, in the plan's order."""
    items = {item.id: item for item in report.items}
    return tuple((items[plan.item], plan) for plan in report.plan if plan.item in items)


def opened(report: Report) -> tuple[tuple[ItemResult, ToOpen], ...]:
    """The items that pass narrowly with what to look for, narrowest first."""
    items = {item.id: item for item in report.items}
    return tuple((items[each.item], each) for each in report.to_open if each.item in items)


def waived(report: Report) -> tuple[tuple[ItemResult, CheckResult], ...]:
    """The checks that an exception waives, in the form's order."""
    return tuple((item, check) for item in report.items for check in item.checks if check.waived)


def waived_words(check: CheckResult, say: Catalogue) -> str:
    """The exception of a check in words; empty where it has none."""
    if check.waived is None:
        return ""
    reason, who = clean(check.waived.reason, 300), clean(check.waived.who, 120)
    return say.say("report.waived", reason=reason, who=who, until=say.day(check.waived.until))


def is_for_reviewer(report: Report) -> bool:
    """Whether a report is told to a reviewer: a gap is then a proposal, and there is no score."""
    return report.persona == "reviewer"


def status_word(status: Status, report: Report, say: Catalogue) -> str:
    """A status in words, as it is told to this report's reader."""
    proposed = status is Status.GAP and is_for_reviewer(report)
    return say.say("report.proposed" if proposed else f"status.{status.value}")


def symbols(report: Report) -> dict[Status, str]:
    """The mark of each status for this report's reader: a proposal is no cross."""
    return SYMBOLS | {Status.GAP: "!"} if is_for_reviewer(report) else SYMBOLS


def message(check: CheckResult, report: Report, say: Catalogue, limit: int = 800) -> str:
    """What a check found; to a reviewer a gap is something that is proposed to be examined."""
    words = clean(check.message, limit)
    proposed = check.status is Status.GAP and is_for_reviewer(report)
    return say.say("report.proposed.message", message=words) if proposed else words


def effort_word(effort: int, say: Catalogue) -> str:
    """How much mending takes, in a word: the sum of the efforts (1-3 each) of what has to be mended."""
    return say.say(f"report.effort.{'small' if effort <= 1 else 'medium' if effort <= 3 else 'large'}")


def page_href(url: str | None, page: int | str | None) -> str:
    """An address that opens at its page where that is a PDF's (``#page=7``); readers that do not know this open the file."""
    return f"{url}#page={page}" if url and isinstance(page, int) and page > 1 and "#" not in url else url or ""


def level_words(total: Total, say: Catalogue) -> str:
    """The level of the whole result, both where the range spans two; empty where the year's levels are not known."""
    if total.level_low is None or total.level_high is None:
        return ""
    one = total.level_low == total.level_high
    words = (
        clean(total.level_low, 80)
        if one
        else say.say("report.score.range", low=clean(total.level_low, 80), high=clean(total.level_high, 80))
    )
    return words if total.verified else say.say("report.total.unverified", level=words)


def fixes(item: ItemResult) -> tuple[str, ...]:
    """What to do about an item: the fixes of its criterion gaps (else of its undecided checks), each once; none of what is
    waived."""
    checks = criteria(item)
    wanted = Status.GAP if any(check.status is Status.GAP for check in checks) else Status.UNDECIDED
    ours = [check for check in checks if check.status is wanted and check.waived is None]
    return tuple(dict.fromkeys(clean(check.fix, 600) for check in ours if check.fix))


def groups(report: Report) -> tuple[Group, ...]:
    """The items by indicator, in the order in which the indicators appear."""
    scores = {score.id: score for score in report.scores.indicators}
    found: dict[str, list[ItemResult]] = {}
    for item in report.items:
        found.setdefault(item.indicator, []).append(item)
    return tuple(
        Group(name, clean(scores[name].name if name in scores else ""), scores.get(name), tuple(items))
        for name, items in found.items()
    )


def overview(report: Report) -> tuple[Group, ...]:
    """Every indicator with its score, those without items of their own too (``9`` above ``9.1``), in the report's order."""
    held = {group.id: group for group in groups(report)}
    rows = [held.pop(score.id, Group(score.id, clean(score.name), score, ())) for score in report.scores.indicators]
    return (*rows, *held.values())


def safe_href(url: str | None) -> str | None:
    """`url` where it may become a link: http or https, with a host, nothing hidden in it; else None."""
    if not url or len(url) > _HREF_LIMIT or not _HREF.match(url) or _NOT_IN_URLS.search(url):
        return None
    try:
        return url if urlsplit(url).hostname else None
    except ValueError:
        return None


def openable(url: str | None) -> str | None:
    """`url` as a browser would send it, blanks and brackets as percent signs, where it may then become a link; else None."""
    return safe_href(_TO_ENCODE.sub(lambda found: f"%{ord(found.group()):02X}", (url or "").strip()))


def readable_url(url: str | None, limit: int = 200) -> str:
    """An address for people: Thai words decoded from their percent signs, cleaned, bounded."""
    return clean(_ENCODED_WORDS.sub(_decoded, (url or "")[: _HREF_LIMIT * 3]), limit)


def _decoded(words: re.Match[str]) -> str:
    try:
        return unquote(words.group(), errors="strict")
    except UnicodeDecodeError:
        return words.group()


def source_title(source: SourceResult) -> str:
    """What to call a source: its title, else the last part of its address."""
    title = clean(source.title or "", 160)
    if title:
        return title
    last = readable_url(source.url, 500).split("?")[0].rstrip("/").rpartition("/")[2]
    return clean(last, 160) or readable_url(source.url, 160)


def click_steps(source: SourceResult, say: Catalogue) -> tuple[str, ...]:
    """The way from the main page in words: ``("หน้าหลัก", "ข้อมูล ITA", "รายงานประจำปี")``; empty where none is known.

    The words of the links clicked are used; without them, the last parts of the addresses passed.
    """
    if not source.click_path:
        return ()
    words = source.click_words
    if words and not words[0].strip() and len(words) == len(source.click_path):
        words = words[1:]  # the main page is where one starts; no link leads to it
    if not words:
        words = tuple(readable_url(url, 500).rstrip("/").rpartition("/")[2] for url in source.click_path[1:])
    return (say.say("report.home"), *(clean(word, 80) or "…" for word in words[:_STEPS_LIMIT]))


def media_word(source: SourceResult, say: Catalogue) -> str:
    """The kind of file in a word; empty where it is not known."""
    media = (source.media_type or "").lower()
    if not media:
        return ""
    return say.say(next((f"media.{word}" for part, word in _MEDIA if part in media), "media.other"))


def read_word(source: SourceResult, say: Catalogue) -> str:
    """The kind of file and how it was read, in words."""
    how = f"read.{source.text_from}" if source.text_from else "read.none"
    return " · ".join(word for word in (media_word(source, say), say.say(how if how in say else "read.none")) if word)


def confidence_word(confidence: float, say: Catalogue) -> str:
    """How sure the judge was, in a word."""
    steps = ((0.9, "high"), (0.75, "good"), (0.5, "fair"))
    return say.say(f"confidence.{next((word for least, word in steps if confidence >= least), 'low')}")


def kind_word(kind: str, say: Catalogue) -> str:
    """The kind of a check in words."""
    return say.say(f"kind.{kind}" if f"kind.{kind}" in say else "kind.other")


def number(value: float) -> str:
    """A score with at most two decimals and no idle zeros: ``71.43``, ``83``."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def score_words(score: Range | IndicatorScore | Total, say: Catalogue) -> str:
    """A score's range in words; one number where nothing is open."""
    low, high = number(score.low), number(score.high)
    return low if low == high else say.say("report.score.range", low=low, high=high)


def stopped_word(stopped_by: str, say: Catalogue) -> str:
    """Why the gathering stopped early, in words."""
    known = f"stopped.{stopped_by}" in say and stopped_by != "other"
    return say.say(f"stopped.{stopped_by}" if known else "stopped.other", stop=stopped_by)


def unreached(report: Report, limit: int) -> tuple[tuple[Acts, tuple[Unreached, ...], int], ...]:
    """What could not be seen, by who must act: the class, at most `limit` addresses of it, and how many there are in all."""
    found: dict[Acts, list[Unreached]] = {one: [] for one in ACTS}
    for each in report.run.unreached:
        found[each.acts or acts(each.cause)].append(each)
    return tuple((one, tuple(those[:limit]), len(those)) for one, those in found.items() if those)
