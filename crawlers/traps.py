"""What never ends: calendars, lists to leaf through, addresses that lead into themselves. Bounded by measured rules.

Every rule that cut something off is said in the run (`Bound`), so that nobody takes a part for the whole.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from crawlers.urls import MAX_LENGTH
from ita_rules.run.types import Bound

MAX_SEGMENTS = 12
"""Path segments of the deepest address that is still taken for a page and not for a loop of relative links."""

MAX_DATED = 24
"""Pages of one calendar or archive by date."""

MAX_LISTED = 200
"""Pages of one list that is leafed through (``?page=``, ``?start=``)."""

# Months are padded in archives by date; numbers that are not may be anything (``/ita/2566/7``).
_DATED_PATH = re.compile(r"(?i)calendar|ปฏิทิน|/(?:19|20|25)\d\d[/-](?:0\d|1[0-2])(?:[/-][0-3]\d)?/?$")
_DATED_NAME = re.compile(r"(?i)^(?:y|yy|yyyy|m|mm|d|dd|day|month|year|date|cdate|sdate|calendar|ical|week)$")
_LEAF_NAME = re.compile(r"(?i)^(?:page|paged|pg|p|start|offset|limitstart|pageno|page_no|pagenum|per_page)$")
_SAME_PAGE = re.compile(
    r"(?i)[?&](?:print|replytocom|share|action=print|task=print|tmpl=component|sort|sortby|orderby|order_by|ordering"
    r"|filter_order\w*|fontsize|font_size|theme|add-to-cart|(?:order|dir)=(?:asc|desc)|c=[nmsd];o=[ad])(?:=|&|$)"
)
_DIGITS = re.compile(r"\d+|[๐-๙]+")


@lru_cache(maxsize=65536)
def _shape(url: str) -> tuple[str, str, int]:
    """The rule that an address falls under, the family it is counted in and how many of that family are enough (0: none)."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    segments = [s for s in path.split("/") if s]
    if len(segments) > MAX_SEGMENTS or len(url) > MAX_LENGTH:
        return "deep", parts.netloc, 0
    if _SAME_PAGE.search("?" + parts.query):
        return "same_page", f"{parts.netloc}{_DIGITS.sub('#', path)}", 0
    if any(count >= 3 for count in Counter(segments).values()) or _has_double_tail(segments):
        return "into_itself", f"{parts.netloc}/{segments[0]}", 0
    names = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
    if len(names) > 12 or any(count >= 3 for name, count in Counter(names).items() if not name.endswith("[]")):
        return "parameters", f"{parts.netloc}{path}", 0
    family = f"{parts.netloc}{_DIGITS.sub('#', path)}?{'&'.join(sorted(names))}"
    if _DATED_PATH.search(path) or sum(bool(_DATED_NAME.match(n)) for n in names) >= 2:
        return "dated", f"{parts.netloc}{_DIGITS.sub('#', path)}", MAX_DATED
    if any(_LEAF_NAME.match(n) for n in names):
        return "listed", family, MAX_LISTED
    return "", "", 0


def _has_double_tail(segments: list[str]) -> bool:
    """Whether the path ends in the same two or more segments twice: the mark of a relative link that leads into itself."""
    return any(segments[-2 * n : -n] == segments[-n:] for n in range(2, len(segments) // 2 + 1))


def is_endless(url: str) -> bool:
    """Whether an address belongs to a family that may have no end: a calendar, an archive by date, a list to leaf through."""
    return bool(_shape(url)[0])


class Traps:
    """Counts what is fetched, and says when a family of addresses that never ends has been seen often enough."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, str]] = Counter()
        self._refused: dict[tuple[str, str], set[str]] = {}

    def count(self, url: str) -> None:
        """Take note of an address that is fetched."""
        rule, family, _ = _shape(url)
        if rule:
            self._seen[rule, family] += 1

    def admits(self, url: str) -> bool:
        """Whether the address is worth asking; it is counted when it is."""
        rule, family, enough = _shape(url)
        if rule and self._seen[rule, family] >= enough:
            self._refused.setdefault((rule, family), set()).add(url)
            return False
        if rule:
            self._seen[rule, family] += 1
        return True

    def bounds(self) -> tuple[Bound, ...]:
        """What was cut off so far, in the order of rule and family."""
        return tuple(
            Bound(rule, family, self._seen[rule, family], len(urls)) for (rule, family), urls in sorted(self._refused.items())
        )
