"""When a page's plain HTML holds none of what a visitor sees, because scripts bring it: the empty shell of an application.

A browser costs some hundred times the work of reading a page as it was served, so a page that shows anything of its own is
none. A function of the page alone: no browser and no network is asked here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from crawlers.links import PageView
from ita_rules.run.types import Link

FEW_LINKS = 3
"""Links of its own (in no menu, and not on the main page too) beyond which a page is no shell."""

_LITTLE = 300  # letters of content below which a page may be one
_NEXT_TO_NOTHING = 80
_MUCH = 1500  # letters of content beyond which a box that stays empty is a counter or an advertisement
_LONGEST = 1_000_000  # characters of a page that are looked at

_ROOTS = frozenset(
    {"root", "app", "__next", "__nuxt", "___gatsby", "react-root", "q-app", "app-root", "main-app", "svelte", "ember-app"}
)
_ROOT_TAGS = frozenset({"app-root", "app-main", "my-app", "ng-view", "router-view", "ui-view", "flt-glass-pane"})
_ROOT_MARKS = ("ng-app", "ng-view", "ui-view", "data-reactroot", "v-cloak", "data-v-app", "ng-version")
_WAITING = r"กำลัง(?:ดาวน์)?โหลด|กำลังดึงข้อมูล|กำลังประมวลผล|โปรดรอ|กรุณารอ|\bloading\b|please wait"
_LOADING = re.compile(f"(?i){_WAITING}")
_LOADING_LINE = re.compile(rf"(?i)(?:{_WAITING})[^\n|]{{0,40}}")
_NO_SCRIPT = re.compile(
    r"(?i)(?:enable|need|require|เปิด|ต้อง|รองรับ|turn on).{0,40}(?:java ?script|จาวาสคริปต์)|java ?script.{0,40}(?:enabled|required)"
)
_HOLE = re.compile(r"\{\{[^{}]{1,80}\}\}|<%=[^%]{1,80}%>")
_REPEATS = re.compile(r"(?i)\s(?:v-for|ng-repeat|\*ngfor|x-for|:each)\s*=")
_FETCHES = re.compile(
    r"\bfetch\s*\(|\baxios\b|\$\.(?:ajax|getJSON|get|post)\s*\(|\.load\s*\(\s*['\"]|XMLHttpRequest|\bfirebase\b|firestore|onSnapshot"
    r"|google\.script\.run|\bnew\s+WebSocket\s*\(|\.DataTable\s*\(|\.dataTable\s*\(|supabase|\$http\b|Papa\.parse|d3\.(?:json|csv)"
)
_ITA = re.compile(r"(?i)(?<![a-z])(?:ita|oit)(?![a-z])|คุณธรรมและความโปร่งใส|เปิดเผยข้อมูลสาธารณะ")
_TRACKERS = re.compile(r"(?i)googletagmanager|google-analytics|facebook\.com/(?:plugins|tr)|doubleclick|truehits|histats")
_SHOWING = frozenset({"frame", "iframe", "embed", "object", "viewer", "meta-refresh", "script"})
_BOXES = frozenset({"tbody", "table", "ul", "ol", "div", "section", "main", "article", "dl"})
_LISTS = frozenset({"tbody", "table", "ul", "ol"})


@dataclass(frozen=True, slots=True)
class Shell:
    """Why a page looks like one. `sure`: what was served holds nothing that could be judged, so it counts as not seen."""

    reason: str
    sure: bool


def shell(view: PageView, html: str, url: str = "", home: PageView | None = None) -> Shell | None:
    """Whether the page `view`, parsed from `html`, is the shell of scripts; None for a page that shows what it has.

    `home` is the site's main page: links that stand there too are the site's frame, not the page's own.
    """
    if not view.scripts:
        return None
    if not view.links and view.visible_length < 40:
        return Shell("bare", True)
    known = {link.target for link in home.links} if home is not None and home is not view else set()
    own = [link for link in view.links if _is_own(link, known)]
    if len(own) > FEW_LINKS:
        return None
    root = parse(html)
    if root is None:
        return None
    excuse = " ".join("".join(e.itertext()) for e in root.iter("noscript"))
    content = _without(view.content, excuse)
    letters = len(_LOADING_LINE.sub("", content))
    if letters < _LITTLE and _has_empty_root(root):
        return Shell("root", not own or letters < _NEXT_TO_NOTHING)
    if any(link.kind in _SHOWING and not _TRACKERS.search(link.url) for link in own):
        return None
    if letters < _LITTLE and _LOADING.search(content):
        return Shell("loading", letters < _NEXT_TO_NOTHING and not own)
    if letters < _NEXT_TO_NOTHING and not own and _NO_SCRIPT.search(excuse):
        return Shell("noscript", True)
    if _HOLE.search(view.content) and _is_scripted(html):
        return Shell("template", not own)
    if _REPEATS.search(html[:_LONGEST]):
        return Shell("template", False)
    return _unfilled(view, root, own, letters, url)


def is_form(view: PageView, url: str) -> bool:
    """Whether a page calls itself one of the form's (ITA, OIT), in its title, its headings or its address."""
    return any(_ITA.search(text) for text in (view.title, *view.headings, unquote(urlsplit(url).path)))


def says_much(view: PageView, home: PageView | None = None) -> bool:
    """Whether a page has content of its own: a text, or a link that does not stand on the main page too."""
    known = {link.target for link in home.links} if home is not None else set()
    return view.content_length >= _LITTLE or any(_is_own(link, known) for link in view.links)


def _is_own(link: Link, known: set[str]) -> bool:
    return bool(link.target) and link.zone == "main" and link.kind not in ("img", "form") and link.target not in known


def parse(html: str) -> Any:
    """The tree of a page (its first million characters), without comments; None where nothing can be made of it."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True)
    try:
        return etree.fromstring(html[:_LONGEST].replace("\x00", "").encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None


def _without(content: str, excuse: str) -> str:
    """The content without what a page tells those whose browser runs no scripts."""
    told = " ".join(excuse.split())
    return content.replace(told, " ") if told else content


def _has_empty_root(root: Any) -> bool:
    """Whether the elements that applications live in are there, and nothing in any of them."""
    found = [e for e in root.iter() if e.tag in _ROOT_TAGS or e.get("id") in _ROOTS or any(m in e.attrib for m in _ROOT_MARKS)]
    return bool(found) and any(map(_is_empty, found)) and all(_is_empty(e) or _holds(e, found) for e in found)


def _holds(element: Any, found: list[Any]) -> bool:
    """Whether an element has another of these somewhere in it: a page's frame around the part that is still to come."""
    inside = {id(e) for e in element.iter()} - {id(element)}
    return any(id(other) in inside for other in found)


def _is_empty(element: Any) -> bool:
    """Whether an element shows nothing, or only that something is being loaded."""
    if any(True for _ in element.iter("a", "img", "iframe", "form", "input", "li", "tr")):
        return False
    hidden = {id(inner) for skipped in element.iter("script", "style", "noscript", "template") for inner in skipped.iter()}
    words = "".join(
        (e.text or "" if id(e) not in hidden else "") + (e.tail or "" if e is not element else "") for e in element.iter()
    ).strip()
    return len(words) < 12 or (len(words) <= 60 and bool(_LOADING.search(words)))


def _is_scripted(html: str) -> bool:
    """Whether a library is there that fills holes (``{{ name }}`` may also stand in a text about templates)."""
    return bool(re.search(r"(?i)vue|angular|alpine|handlebars|mustache|\bng-|\bv-|<script", html[:_LONGEST]))


def _unfilled(view: PageView, root: Any, own: list[Link], letters: int, url: str) -> Shell | None:
    """A box that stands empty and that a script of the page, which asks for data, names; or an ITA page with no evidence."""
    inline = "\n".join(s.text or "" for s in root.iter("script") if not s.get("src"))[:_LONGEST]
    asks = bool(_FETCHES.search(inline))
    is_ita = is_form(view, url)
    if asks:
        for box in root.iter(*_BOXES):
            name = (
                box.get("id") or (box.getparent().get("id") if box.tag == "tbody" and box.getparent() is not None else "") or ""
            )
            if not name or not _names(inline, name) or len(box) > 1 or not _is_empty_box(box):
                continue
            if box.tag in _LISTS or letters < _MUCH:
                return Shell("unfilled", not own and letters < (_MUCH if is_ita else _LITTLE))
    if is_ita and not own and letters < _LITTLE and (asks or any(s.get("src") for s in root.iter("script"))):
        # The pictures of an ITA page may be all it has: nothing is sure before it was looked at.
        return Shell("no evidence", False)
    return None


def _is_empty_box(box: Any) -> bool:
    words = " ".join("".join(box.itertext()).split())
    rows = sum(1 for _ in box.iter("tr", "li"))
    has_more = any(True for _ in box.iter("a", "img", "iframe", "form", "input"))
    return not has_more and (not words or (len(words) <= 60 and bool(_LOADING.search(words)))) and rows <= 1


def _names(script: str, name: str) -> bool:
    return bool(re.search(rf"['\"`#]{re.escape(name)}\b", script))
