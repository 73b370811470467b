"""The answers sheet as the examiner will meet it: row by row, before it is handed in.

A row is told from what the crawl saw of its addresses (dead, closed, the home page, not linked from the main site, short, typed
twice, an address that only works inside the agency) and from the verdict on its item (another year, a component that is missing).
Pure: the run and the report are given. What could not be seen is `unsure`, never `mend`.
"""

from __future__ import annotations

import ipaddress
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from ita_rules.answers import AnswerRow
from ita_rules.checks.interface import AGENCY_CAUSES
from ita_rules.locate import SiteView
from ita_rules.messages import Catalogue, messages
from ita_rules.model import CheckResult, ItemResult, Report, Severity, Status
from ita_rules.rehearsed import Readiness, Rehearsed, Remark
from ita_rules.run.keys import host_of, url_key
from ita_rules.run.services import cause_at, end_of, is_short
from ita_rules.run.types import RunData

_BY_ADDRESS = frozenset({"answered", "reachable", "linked", "permission"})
_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")
_MOST_STEPS = 8


def rehearse(rows: Sequence[AnswerRow], run: RunData, report: Report, say: Catalogue) -> tuple[Rehearsed, ...]:
    """Every row of the sheet in its order, then the items of the form that the sheet lacks.

    What the item as a whole lacks is told at its first row.
    """
    site = SiteView(run)
    items = {item.id: item for item in report.items}
    given: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        for url in row.urls:
            given[url_key(url)].append(row.number)
    told: set[str] = set()
    found = []
    for row in rows:
        item = items.get(row.item)
        if item is None:
            continue
        remarks = [r for url in row.urls for r in _address(url, row, item, site, given, say)]
        if item.id not in told:
            told.add(item.id)
            remarks += _whole(item, any(r.weight == "mend" for r in remarks), say)
        found.append(_rehearsed(row, item, remarks, site))
    lacking = [item for item in report.items if item.id not in told and item.status is not Status.NOT_APPLICABLE]
    return (*found, *(Rehearsed(0, i.id, i.name, _readiness(r), tuple(r), None) for i in lacking for r in [_lacks(i, say)]))


def _address(
    url: str,
    row: AnswerRow,
    item: ItemResult,
    site: SiteView,
    given: dict[str, list[int]],
    say: Catalogue,
) -> Iterable[Remark]:
    """What one address of a row brings the examiner to."""
    key = url_key(url)
    found = site.exchange(key)
    if _is_inside(url, site):
        yield Remark("mend", say.say("rehearse.inside", url=url), say.say("rehearse.inside.fix"))
        return
    if found is None:
        yield Remark("unsure", say.say("rehearse.not_asked", url=url))
        return
    if found.cause:
        cause = cause_at(found.cause, url, found.final_url)
        surely = cause in AGENCY_CAUSES and found.attempts >= 2
        sentence = say.say("rehearse.dead", url=url, cause=say.cause(cause))
        yield Remark("mend" if surely else "unsure", sentence, say.who(cause))
        return
    if site.is_home(key):
        yield Remark("mend", say.say("rehearse.home", url=url), say.say("rehearse.home.fix"))
        return
    if is_short(url):
        yield Remark("tip", say.say("rehearse.short", url=url, final=end_of(found)), say.say("rehearse.short.fix"))
    if not (site.is_linked(key) or _passes(item, "linked")):
        weight: Literal["mend", "unsure"] = "mend" if site.complete else "unsure"
        yield Remark(weight, say.say("rehearse.not_linked", url=url), say.say("rehearse.not_linked.fix"))
    others = sorted({n for n in given[key] if n != row.number})
    if others:
        yield Remark("tip", say.say("rehearse.twice", url=url, rows=others), say.say("rehearse.twice.fix"))


def _is_inside(url: str, site: SiteView) -> bool:
    """Whether an address works only inside the agency, while the site itself is public."""
    return _is_private(host_of(url)) and not _is_private(host_of(site.run.meta.start_url))


def _is_private(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        return host == "localhost" or host.endswith((".local", ".localhost", ".lan", ".internal"))


def _passes(item: ItemResult, kind: str) -> bool:
    return any(c.kind == kind and c.status is Status.PASS for c in item.checks)


def _whole(item: ItemResult, dead: bool, say: Catalogue) -> list[Remark]:
    """What the verdict on the item says; of its addresses only what they did not say themselves."""
    remarks = []
    for check in item.checks:
        weight = _weight(check)
        # Behind an address that does not open nothing else could be seen; that is no remark of its own.
        if weight is not None and not (dead and (check.kind in _BY_ADDRESS or weight == "unsure")):
            remarks.append(Remark(weight, check.message, check.fix or (say.who(check.cause) if check.cause else "")))
    return remarks


def _weight(check: CheckResult) -> Literal["mend", "unsure", "tip"] | None:
    if check.severity is Severity.ADVICE:
        # What one document given for two items looks like is what an examiner notices first.
        return "tip" if check.kind == "consistent" and check.status is Status.GAP else None
    return {Status.GAP: "mend", Status.UNDECIDED: "unsure"}.get(check.status)  # type: ignore[return-value]


def _lacks(item: ItemResult, say: Catalogue) -> list[Remark]:
    """What is to be said of an item that the sheet does not have."""
    if item.status is Status.NOT_DUE:
        return [Remark("tip", say.say("rehearse.lacks_not_due", day=say.day(item.due or "")))]
    hint = next((c.fix for c in item.checks if c.kind == "answered" and c.fix), "") or ""
    return [Remark("mend", say.say("rehearse.lacks"), hint)]


def _readiness(remarks: Iterable[Remark]) -> Readiness:
    weights = {r.weight for r in remarks}
    return "mend" if "mend" in weights else "unsure" if "unsure" in weights else "ready"


def _rehearsed(row: AnswerRow, item: ItemResult, remarks: list[Remark], site: SiteView) -> Rehearsed:
    urls = {url_key(u): u for u in (_clean(url, site) for url in row.urls)}
    note = row.note or next((way for url in row.urls if (way := _way(url, site))), "")
    has = True if urls and row.has is None else row.has
    kept = tuple(dict.fromkeys(remarks))
    return Rehearsed(row.number, item.id, item.name, _readiness(kept), kept, has, tuple(urls.values()), note)


def _clean(url: str, site: SiteView) -> str:
    """The address to hand in: where a short link leads to, without the marks of campaigns."""
    found = site.exchange(url_key(url))
    if found is not None and not found.cause and is_short(url):
        url = end_of(found)
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if not any(name.lower().startswith(_TRACKING) for name, _ in pairs):
        return url
    query = urlencode([(name, value) for name, value in pairs if not name.lower().startswith(_TRACKING)])
    return urlunsplit(parts._replace(query=query))


def _way(url: str, site: SiteView) -> str:
    """The click path in words, in Thai as the form asks for it; ``""`` where no chain of links leads there."""
    steps = site.click_path(url_key(url))
    words = [words or urlsplit(address).path for address, words in steps[1:]]
    return " > ".join([messages("th").say("rehearse.home_page"), *words]) if words and len(words) <= _MOST_STEPS else ""
