"""The links of a page, with the words around them: in one walk over one parse.

What a link leads to is half of it; the other half is what names it, and on ITA pages that stands beside it: in the row of
the table (``O13 | รายงานผล… | เปิด``), in the heading or the accordion's title above. Links that are commented out are none.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from crawlers.elements import PRESSES, TAKERS, Attributes, handled, own_text, pressed
from crawlers.hidden import files_in, goes_to, literal_in, locations_in, named_in, viewed, written_in
from crawlers.landmarks import TOGGLE, ZONE_TAGS, hints_of
from crawlers.menus import Menu, Menus, Pending, is_part, is_silent, key_of
from crawlers.rows import MAX_ROW, Row, after, before, text_of
from crawlers.urls import resolve
from crawlers.walk import Walk
from ita_rules.run.keys import url_key
from ita_rules.run.links import Links
from ita_rules.run.types import Link, Zone
from ita_rules.thai.codes import leading_code

_CONTROL = bytes(b for b in range(32) if b not in b"\t\n\r")
MAX_HEADINGS = 12
_CONTENT = 5000
_SEEN = 400
_MAX_ATTRIBUTE = 500
_SECONDS = 5.0  # a page made to take long is read as far as this goes


@dataclass(slots=True)
class PageView:
    """A page as links see it.

    `content` is the text outside the site's frame (its first 5,000 characters, `content_length` of them), `visible_length`
    the characters of everything shown (at most 400), `scripts` how many scripts there are, `password` whether a form
    outside the frame asks for one. `choices` are the lists to choose from, noted where forms are looked at
    (`crawlers.sending`).
    """

    links: Sequence[Link] = ()
    title: str = ""
    headings: tuple[str, ...] = ()
    content: str = ""
    content_length: int = 0
    visible_length: int = 0
    scripts: int = 0
    password: bool = False
    choices: frozenset[str] = frozenset()


_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TITLES = _HEADINGS | {"caption", "legend", "summary", "dt"}
_PLAIN = frozenset({"href", "src", "alt", "title", "target", "rel", "style", "width", "height"})
"""Attributes that say nothing of where an element stands; most links of a menu have no other."""
_LISTS = frozenset({"ul", "ol"})
_ENTERED = frozenset({*ZONE_TAGS, *_LISTS, "aside", "tr", "li", "form", "noframes"})
_LEFT = _TITLES | _LISTS | {"b", "strong", "tr"}
# As browsers read it: the time, a mark or a blank, "url=" or not, quotes or none.
_REFRESH = re.compile(
    r"""(?is)^\s*(?:[\d.]+\s*[;,\s]\s*(?:url\s*=\s*)?|[;,]?\s*url\s*=\s*)(?:(?P<q>['"])(?P<quoted>.*?)(?:(?P=q)|$)|(?P<plain>.*))"""
)
_MAX_SRCDOC = 200_000
_FRAME = ("nav", "footer")
"""Zones whose links take along nothing of the page but the zone's own heading."""

_MENUS = Menus()
_NESTS = re.compile(r"(?i)srcdoc|<script")


def extract(html: str | bytes, url: str, encoding: str = "utf-8", *, refresh: str = "") -> PageView:
    """The links, title and headings of a page that came from `url` (after redirects); `encoding` is the one it was in (bytes are
    UTF-8 in any case), `refresh` the header of that name, by which servers send a visitor on.

    Never raises: what cannot be parsed is an empty view.
    """
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True)
    try:
        page = html if isinstance(html, bytes) else html.encode("utf-8", "replace")
        root = etree.fromstring(page.translate(None, _CONTROL), parser)
    except (etree.LxmlError, ValueError):
        return PageView()
    if root is None:
        return PageView()
    walk = Walk(source=url_key(url), base=url, encoding=encoding)
    scripts = [(s.get("type", ""), s.text or "") for s in root.iter("script")]
    etree.strip_elements(root, "script", "style", with_tail=False)
    base = next((b.get("href") for b in root.iter("base") if b.get("href") is not None), None)
    if base is not None:
        walk.base = resolve(url, base, encoding) or url
    title = next(root.iter("title"), None)
    walk.title = text_of(title)[:300] if title is not None else ""
    body = root.find("body")
    visible = _visible(body) if body is not None else 0
    inside = viewed(url)
    if inside:
        walk.add("viewer", inside, walk.title, "main")
    if refresh:
        _refreshed(walk, refresh)
    content = _steps(walk, root)
    for kind, script in scripts:
        if kind == "application/json":
            for place in named_in(script):
                walk.add("a", resolve(walk.base, place, encoding), "", "nav")
            continue
        for place in locations_in(script):
            walk.add("script", resolve(walk.base, place, encoding), "", "main")
        for place in files_in(script):
            walk.add("viewer", resolve(walk.base, place, encoding), walk.title, "main")
        for written in written_in(script):
            _inside(walk, written)
    return PageView(
        links=Links(walk.source, walk.links),
        title=walk.title,
        headings=tuple(walk.headings),
        content=content[:_CONTENT],
        content_length=len(content[:_CONTENT]),
        visible_length=visible,
        scripts=len(scripts),
        password=walk.password,
    )


def _visible(body: Any) -> int:
    """How many characters are shown, counted as far as `_SEEN`."""
    seen = 0
    for piece in body.itertext():
        seen += sum(map(len, piece.split()))
        if seen >= _SEEN:
            return _SEEN
    return min(len(text_of(body)), _SEEN)


def _steps(walk: Walk, root: Any) -> str:
    """Walk the tree once; the links go to `walk`, the words outside the site's frame come back."""
    words: list[str] = []
    zones, rows, folds, panes, leads = walk.zones, walk.rows, walk.folds, walk.sections.panes, walk.leads
    room, unfolded, depth, end = 4 * _CONTENT, _CONTENT, 0, time.monotonic() + _SECONDS
    walker = etree.iterwalk(root, events=("start", "end"))
    pending: list[Pending] = []
    for step, (event, element) in enumerate(walker):
        if step % 128 == 0 and time.monotonic() > end:
            break
        tag = element.tag
        if event == "start":
            depth += 1
            # Most elements are plain paragraphs and cells; they cost one look each.
            attributes = element.items()
            if attributes or tag in _ENTERED:
                _enter(walk, element, tag, depth, dict(attributes))
            if zones[-1][1] in _FRAME and is_part(element, tag, len(pending)) and _is_known(walk, element, depth, pending):
                walker.skip_subtree()
            piece = before(element, tag) if zones[-1][1] == "main" and tag not in ("title", "option") else ""
        else:
            if pending and pending[-1].depth == depth:
                _keep(walk, element, pending.pop())
            if tag in _LEFT or (folds and folds[-1] == depth):
                _leave(walk, element, tag, depth)
            if rows and rows[-1].level == depth:
                rows.pop()
            if zones[-1][0] == depth:
                zones.pop()
            if panes and panes[-1][0] == depth:
                walk.sections.leave()
            if leads.scope == depth:
                leads.leave(element)
            depth -= 1
            piece = after(element, tag) if zones[-1][1] == "main" else ""
        if not piece:
            continue
        # Nearly no text of a Thai page holds one of these, and a look for them costs little.
        if ("O" in piece or "o" in piece or "0" in piece or "๐" in piece) and leading_code(piece):
            walk.lead(element, depth, tail=event == "end")
        if room > 0:
            words.append(piece)
            room -= len(piece)
            unfolded -= len(piece)
            if unfolded <= 0:
                text = "".join(words)
                folded = " ".join(text.split())
                if len(folded) >= _CONTENT:
                    room = 0
                unfolded = max(_CONTENT - len(folded), _CONTENT // 10)  # seldom, however many blanks there are
                words = [folded, " "] if text[-1:].isspace() else [folded]
    return " ".join("".join(words).split())


def _is_known(walk: Walk, element: Any, depth: int, pending: list[Pending]) -> bool:
    """Take the links of a part of the frame that stood so on an earlier page; where it is new, it is noted as pending."""
    if walk.sections.waits:
        return False
    zone = walk.zone
    key = key_of(element, walk.base, walk.encoding, zone, walk.heading.get(zone, ""), bool(walk.folds))
    known, menu = _MENUS.get(key)
    if menu is not None and len(menu.links) <= walk.room:
        walk.links += menu.links
        if menu.heading is not None:
            walk.heading[zone] = menu.heading
        return True
    # What is not kept is pending too: parts within parts are looked up so deep and no deeper.
    pending.append(Pending(None if known else key, depth, len(walk.links), len(walk.folds)))
    return False


def _keep(walk: Walk, element: Any, part: Pending) -> None:
    """Remember what the part of the frame brought that was just walked through."""
    if part.key is None:
        return
    is_whole = walk.room > 0 and not walk.sections.waits and len(walk.folds) == part.folds
    links = tuple(walk.links[part.first :])
    _MENUS.put(part.key, Menu(links, walk.heading.get(walk.zone)) if is_whole and is_silent(element) else None)


def _enter(walk: Walk, element: Any, tag: str, depth: int, attributes: Attributes) -> None:
    zone = ZONE_TAGS.get(tag)
    is_card = False
    if not _PLAIN.issuperset(attributes):
        name, identity, role = (attributes.get(n, "")[:_MAX_ATTRIBUTE] for n in ("class", "id", "role"))
        if name or identity or role:
            hint, is_card, is_title = hints_of(tag, name, identity, role)
            zone = hint or zone
            if is_title:
                walk.folds.append(depth)
        if identity:
            walk.sections.enter(identity, depth)
        opens = attributes.get("data-bs-target") or attributes.get("data-target") or ""
        if opens[:1] == "#":
            walk.sections.tab(element, opens)
        if not walk.folds and _toggles(attributes) == "collapse":
            walk.folds.append(depth)
    if zone is not None:
        walk.enter_zone(zone, depth)
    elif tag == "aside":
        walk.leads.end()
    if tag in ("tr", "li") or is_card:
        walk.rows.append(Row(element, depth))
    elif tag in _LISTS and walk.rows and walk.zone == "main":
        walk.enter_list(element, depth)
    take = _OWN.get(tag)
    if take is not None:
        take(walk, element, attributes)
    elif tag in TAKERS:
        _led(walk, element, tag, attributes)
    elif attributes and not PRESSES.isdisjoint(attributes):
        _pressed(walk, element, attributes)


def _leave(walk: Walk, element: Any, tag: str, depth: int) -> None:
    zone = walk.zone
    if tag in _TITLES:
        text = text_of(element)[:MAX_ROW]
        if text:
            walk.head(zone, text, int(tag[1]) if tag in _HEADINGS else 7)
            walk.leads.heading(depth)
            if tag in _HEADINGS and zone in ("main", "header") and len(walk.headings) < MAX_HEADINGS:
                walk.headings.append(text[:200])
    elif tag in ("b", "strong"):
        parent = element.getparent()
        if parent is not None and parent.tag in ("p", "div", "center") and len(parent) == 1 and not (parent.text or "").strip():
            text = "" if (element.tail or "").strip() or element.find(".//a") is not None else text_of(element)
            if 3 <= len(text) <= 200:
                walk.head(zone, text)
    elif tag == "tr":
        _leave_row(walk, element, zone, depth)
    elif tag in _LISTS and walk.lists and walk.lists[-1][0] == depth:
        walk.lists.pop()
    if walk.folds and walk.folds[-1] == depth:
        walk.folds.pop()
        text = text_of(element)
        if 0 < len(text) <= MAX_ROW:
            walk.head(zone, text)
            walk.leads.heading(depth)


def _leave_row(walk: Walk, element: Any, zone: Zone, depth: int) -> None:
    """A row that is one wide cell without a link is the heading of those below."""
    cells = [c for c in element if c.tag in ("td", "th")]
    if len(cells) == 1 and cells[0].get("colspan") and element.find(".//a") is None and element.find(".//table") is None:
        text = text_of(cells[0])
        if 0 < len(text) <= MAX_ROW:
            walk.head(zone, text)
            walk.leads.heading(depth)


def _toggles(attributes: Attributes) -> str:
    return attributes.get("data-toggle") or attributes.get("data-bs-toggle") or ""


def _led(walk: Walk, element: Any, tag: str, attributes: Attributes) -> None:
    """Take where an element leads."""
    for kind, url, text in TAKERS[tag](element, attributes, walk.base, walk.encoding):
        if url and kind in ("sitemap", "feed"):
            walk.add(kind, url, text, "footer")
        elif url:
            walk.found(kind, url, text)


def _pressed(walk: Walk, element: Any, attributes: Attributes) -> bool:
    """Take the address that pressing an element leads to; whether it has one."""
    url = pressed(attributes, walk.base, walk.encoding)
    if url:
        walk.found("onclick", url, own_text(element))
    return bool(url)


def _take_a(walk: Walk, element: Any, attributes: Attributes) -> None:
    href = attributes.get("href", attributes.get("xlink:href"))
    plain = (href or "").strip()
    if plain and plain[0] != "#" and plain[:11].lower() != "javascript:":
        url = resolve(walk.base, plain, walk.encoding)
        if url:
            walk.found("a", url, own_text(element), element)
        handler = attributes.get("onclick")
        # Where the handler ends what the click would do, what it does itself is the link.
        place = (literal_in if "return false" in handler else goes_to)(handler) if handler else ""
        opened = resolve(walk.base, place, walk.encoding) if place else ""
        if opened and opened != url:
            walk.found("onclick", opened, own_text(element), element)
        return
    if not PRESSES.isdisjoint(attributes) and _pressed(walk, element, attributes):
        return
    url = next((u for h in (plain, attributes.get("data-src", "")) if (u := handled(h, walk.base, walk.encoding))), "")
    if url:
        walk.found("onclick", url, own_text(element), element)
        return
    if plain[:1] == "#":
        walk.sections.tab(element, plain)
    leads_nowhere = href is not None and (plain[:1] != "#" or len(plain) == 1)
    if leads_nowhere and walk.zone == "main" and not _folds(element, attributes):
        walk.found("a", "", own_text(element), element)


def _folds(element: Any, attributes: Attributes) -> bool:
    """Whether a link without an address opens a fold or a menu of the page and was never meant to lead anywhere."""
    if _toggles(attributes) or TOGGLE.search(attributes.get("class", "")):
        return True
    following = element.getnext()
    return following is not None and following.tag in ("ul", "ol")


def _take_iframe(walk: Walk, element: Any, attributes: Attributes) -> None:
    """A frame with a page of its own, or with one that stands in the attribute itself."""
    inside = attributes.get("srcdoc", "")
    if inside:
        _inside(walk, inside)
    else:
        _led(walk, element, "iframe", attributes)


def _inside(walk: Walk, html: str) -> None:
    """Take the links of a page within the page."""
    if not _NESTS.search(html[:_MAX_SRCDOC]):
        for link in extract(html[:_MAX_SRCDOC], walk.base, walk.encoding).links:
            if link.url:
                walk.found(link.kind, link.url, link.text)


def _take_noframes(walk: Walk, element: Any, attributes: Attributes) -> None:
    """What a page of frames holds for browsers that show none; the parser leaves it as text, and nobody sees it today."""
    for link in extract((element.text or "")[:_MAX_SRCDOC].replace("noframes", ""), walk.base, walk.encoding).links:
        if link.url:
            walk.add("sitemap", link.url, link.text, "footer")


def _take_meta(walk: Walk, element: Any, attributes: Attributes) -> None:
    if attributes.get("http-equiv", "").strip().lower() == "refresh":
        _refreshed(walk, attributes.get("content", ""))


def _refreshed(walk: Walk, content: str) -> None:
    """A page that sends the visitor on after a while."""
    found = _REFRESH.match(content[:_MAX_ATTRIBUTE])
    place = (found["quoted"] or found["plain"] or "").strip() if found else ""
    url = resolve(walk.base, place, walk.encoding) if place else ""
    if url and url_key(url) != walk.source:
        walk.add("meta-refresh", url, walk.title, "main")


def _take_input(walk: Walk, element: Any, attributes: Attributes) -> None:
    if attributes.get("type", "").lower() == "password" and walk.zone == "main":
        walk.password = True
    _led(walk, element, "input", attributes)


_OWN: dict[str, Any] = {
    "a": _take_a,
    "iframe": _take_iframe,
    "noframes": _take_noframes,
    "meta": _take_meta,
    "input": _take_input,
}
