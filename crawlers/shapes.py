"""What an address alone tells of the family that it belongs to: a calendar, a list to leaf through, a path into itself.

Pure functions of the address, remembered; `crawlers.traps` counts the families.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from crawlers.urls import MAX_LENGTH

MAX_SEGMENTS = 12
"""Path segments of the deepest address that is still taken for a page and not for a loop of relative links."""

MAX_DATED = 24
"""Pages of one calendar or archive by date."""

MAX_LISTED = 200
"""Pages of one list that is leafed through (``?page=``, ``?start=``, ``/page/7/``)."""

MAX_TALK = 200
"""Pages of one guest book or web board: the form asks that there is one, not what everybody wrote."""

MAX_TAGS = 100
"""Pages that list what bears one tag; what they list stands elsewhere too."""

MAX_SEARCHED = 50
"""Pages of results of one search."""

_MAX_PARAMETERS = 12

# Months are padded in archives by date; numbers that are not may be anything (``/ita/2566/7``).
_DATED_PATH = re.compile(r"(?i)calendar|ปฏิทิน|/(?:19|20|25)\d\d[/-](?:0\d|1[0-2])(?:[/-][0-3]\d)?/?$")
_DATED_NAME = re.compile(
    r"(?i)^(?:(?:cal|event|ev)[-_]?)?(?:y|yy|yyyy|m|mm|d|dd|day|month|year|date|cdate|sdate|edate|calendar|ical|week)$"
)
_DATE_NAME = re.compile(r"(?i)date$|^(?:day|m|month|week|d)$")
_DATE = re.compile(r"^(?:19|20|25)\d\d[-/]?(?:0\d|1[0-2])(?:[-/]?[0-3]\d)?$|^[0-3]?\d[-/][01]?\d[-/](?:19|20|25)\d\d$")
_LEAF_NAME = re.compile(
    r"(?i)^(?:page|paged|pg|p|start|offset|limitstart|pageno|page_no|pagenum|page_id_all|per_page|currentpage|pageindex|cpage|skip"
    r"|cursor|from|next)$"
)
_LEAF_PATH = re.compile(r"(?i)/(?:page|start|offset|หน้า)/\d+/?$")
_TALK = re.compile(
    r"(?i)^(?P<book>.*?/(?:guest_?-?book|web_?-?board|forums?|board|bbs|กระดาน[^/.]*|สมุดเยี่ยม[^/.]*)(?:\.\w{2,4})?)(?=[/_-]|$)"
)
_TAG = re.compile(r"(?i)^(?P<tags>.*?/(?:tags?|keywords?|ป้ายกำกับ)/)[^/]")
_TAG_NAME = re.compile(r"(?i)^(?:tags?|keywords?)$")
_SEARCH_PATH = re.compile(r"(?i)search|ค้นหา|/find\b")
_SEARCH_NAME = re.compile(r"(?i)^(?:q|s|query|search|searchword|keyword|text|word)$")
_SAME_PAGE = re.compile(
    r"(?i)[?&](?:print|replytocom|share|action=print|task=print|tmpl=component|sort|sortby|orderby|order_by|ordering"
    r"|filter_order\w*|fontsize|font_size|theme|add-to-cart|(?:order|dir)=(?:asc|desc)|c=[nmsd];o=[ad])(?:=|&|$)"
)
_DIGITS = re.compile(r"\d+|[๐-๙]+")
# Letters and digits in turn, as chance makes them; names and years have one of each.
_MARK = re.compile(r"(?i)^(?=.{16,128}$)[a-z]*(?:\d+[a-z]+){3,}\d*$")
_MARK_IN_PATH = re.compile(r"\([A-Z]\([A-Za-z0-9]{16,64}\)\)")
_INDEX = re.compile(r"(?i)(?:/(?:index|default|home)\.(?:php|html?|aspx?|jsp))?/?$")
_SLASHES = re.compile(r"/{2,}")
_FOLDER = re.compile(r"(?i)^(?:index|default|home)?(?:\.\w{2,4})?$")


@dataclass(frozen=True, slots=True)
class Shape:
    """What an address says of itself.

    `rule` is the one it falls under by its looks (``""``: none), `family` what is counted under it, `enough` how many are.
    `place` is host and path, `names` the names of its parameters, `chosen` those that choose (name, value), leafing left out.
    `marks` are parts that look like the mark of a session (name, value), `unmarked` the address without them. `tail` is the
    first folder and the last part of the path, whatever stands between, `spelling` the address as a careless server takes it.
    `is_plain` tells that there is nothing of all this to be counted: no rule, no parameters, no marks.
    """

    host: str
    rule: str = ""
    family: str = ""
    enough: int = 0
    place: str = ""
    names: tuple[str, ...] = ()
    chosen: tuple[tuple[str, str], ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    unmarked: str = ""
    tail: str = ""
    spelling: str = ""
    is_plain: bool = True


@lru_cache(maxsize=4096)
def shape_of(url: str) -> Shape:
    """The shape of an absolute http(s) address."""
    parts = urlsplit(url)
    host, path, query = parts.netloc.lower(), unquote(parts.path), parts.query
    pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=None) if query else []
    rule, family, enough = _rule(host, path, query, pairs, len(url))
    found = _MARK_IN_PATH.search(parts.path)
    marks = [(name, value) for name, value in pairs if len(value) > 15 and _MARK.match(value)]
    unmarked = url
    if marks or found:
        marked = {name for name, _ in marks}
        kept = "&".join(f"{name}={value}" for name, value in pairs if name not in marked)
        unmarked = f"{host}{_MARK_IN_PATH.sub('*', path)}?{kept}"
    if found:
        marks.append(("path", found[0]))
    last = path.rpartition("/")[2]
    segments = path.split("/", 2)
    tail = f"{host}/{segments[1] if len(segments) > 2 else ''}/…/{'' if _FOLDER.match(last) else last}"
    spelling = _INDEX.sub("", _SLASHES.sub("/", path.lower()))
    return Shape(
        host=host,
        rule=rule,
        family=family,
        enough=enough,
        place=host + path,
        names=tuple(dict.fromkeys(name for name, _ in pairs)),
        chosen=tuple(pair for pair in dict.fromkeys(pairs) if not _LEAF_NAME.match(pair[0])),
        marks=tuple(marks),
        unmarked=unmarked,
        tail=f"{tail}?{query}" if query else tail,
        spelling=f"{host}{spelling}?{query}" if query else f"{host}{spelling}",
        is_plain=not (rule or pairs or marks),
    )


def _rule(host: str, path: str, query: str, pairs: list[tuple[str, str]], length: int) -> tuple[str, str, int]:
    """The rule that an address falls under, the family it is counted in and how many of that family are enough (0: none)."""
    segments = [s for s in path.split("/") if s]
    if len(segments) > MAX_SEGMENTS or length > MAX_LENGTH:
        return "deep", host, 0
    plain = _DIGITS.sub("#", path)
    if query and _SAME_PAGE.search("?" + query):
        return "same_page", host + plain, 0
    if len(segments) > 2 and (any(count >= 3 for count in Counter(segments).values()) or _has_double_tail(segments)):
        return "into_itself", f"{host}/{segments[0]}", 0
    names = [name for name, _ in pairs]
    if len(names) > _MAX_PARAMETERS or any(count >= 3 for name, count in Counter(names).items() if not name.endswith("[]")):
        return "parameters", host + path, 0
    if _is_dated(path, pairs):
        return "dated", host + plain, MAX_DATED
    book = _TALK.match(path)
    if book:
        return "talk", host + book["book"], MAX_TALK
    tagged = _TAG.match(path)
    if tagged or any(map(_TAG_NAME.match, names)):
        return "tags", host + (tagged["tags"] if tagged else path), MAX_TAGS
    if _is_search(path, pairs):
        return "searched", host + path, MAX_SEARCHED
    if _LEAF_PATH.search(path) or any(map(_LEAF_NAME.match, names)):
        return "listed", f"{host}{plain}?{'&'.join(sorted(names))}", MAX_LISTED
    return "", "", 0


def _is_dated(path: str, pairs: list[tuple[str, str]]) -> bool:
    if _DATED_PATH.search(path) or sum(bool(_DATED_NAME.match(name)) for name, _ in pairs) >= 2:
        return True
    return any(_DATE_NAME.search(name) and _DATE.match(value) for name, value in pairs)


def _is_search(path: str, pairs: list[tuple[str, str]]) -> bool:
    """Whether an address asks for what bears some word; numbers and paths in a query name pages (``?q=node/7``)."""
    words = [name for name, value in pairs if _SEARCH_NAME.match(name) and value and "/" not in value and not value.isdecimal()]
    return any(len(name) > 4 or path == "/" for name in words) or bool(words and _SEARCH_PATH.search(path))


def _has_double_tail(segments: list[str]) -> bool:
    """Whether the path ends in the same two or more segments twice: the mark of a relative link that leads into itself."""
    return any(segments[-2 * n : -n] == segments[-n:] for n in range(2, len(segments) // 2 + 1))
