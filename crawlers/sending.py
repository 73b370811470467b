"""What a page shows only after something was sent: by a form, by the POST of a script, or over a WebSocket.

The crawler sends nothing, for what is sent may change something. So it has to be said where a page holds back what may be
evidence. Counted is what brings lists and documents; search boxes, sign-in boxes, contact forms and what stands in a site's
frame are not. A function of the page alone: no network is asked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Literal
from urllib.parse import unquote

from crawlers.landmarks import ZONE_TAGS, hints_of
from crawlers.links import PageView
from crawlers.rows import text_of
from crawlers.shell import parse, says_much

Way = Literal["", "postback", "form", "script", "socket"]
"""How a page brings what it does not show as served; ``""`` where it holds nothing back."""

_POSTING = (b"dopostback", b'"post"', b"'post'", b"=post", b".post(", b"`post`")
_POSTBACK = re.compile(r"""__doPostBack\s*\(\s*\\?['"]([^'"\\]*)\\?['"]\s*,\s*\\?['"]([^'"\\]*)""")
_ORDER = re.compile(r"(?i)^sort\$")
_STEP = re.compile(r"(?i)^(?:page|select)\$")
_OPENS = re.compile(r"(?i)ดาวน์โหลด|เปิด|ดูไฟล์|ดูเอกสาร|ดูข้อมูล|รายละเอียด|อ่านต่อ|^ดู$|download|view|open|detail|\.pdf")
_OF_THE_FRAME = re.compile(
    r"(?i)เข้าสู่ระบบ|ออกจากระบบ|ลงชื่อ|สมัครสมาชิก|ลืมรหัส|ค้นหา|ภาษา|ขนาดตัวอักษร|พิมพ์หน้านี้|หน้าแรก|หน้าหลัก|กลับ"
    r"|\blog ?(?:in|out|on)\b|\bsign ?(?:in|out|up)\b|register|password|search|english|language|\bprint\b|\bhome\b|\bback\b"
)
_YEAR = re.compile(r"(?<!\d)(?:25[4-9]\d|20[0-4]\d)(?!\d)")
_TYPED = frozenset({"text", "search", "email", "tel", "number", "date", ""})
_REFUSED = frozenset({"password", "file", "email", "tel"})
_POSTS = re.compile(
    r"""\$\.post\s*\(|axios\.post\s*\(|\b\$?http\.post\s*\(|\b(?:method|type)['"]?\s*:\s*['"`]post['"`]|\.open\s*\(\s*['"`]post['"`]""",
    re.IGNORECASE,
)
_SOCKETS = re.compile(r"\bnew\s+WebSocket\s*\(|\bio(?:\.connect)?\s*\(\s*['\"`)]")
_LISTS = ("table", "tbody", "ul", "ol")
_BOXES = ("div", "section", "main", "article")
_WORDS = 8  # letters from which the words of a link name something
_MOST_TYPED = 2  # fields to type in that a form which only asks may have
_MOST_LETTERS = 60  # in a box that is still empty ("please wait")
_MOST_SCRIPT = 200_000
# What a page made to take long may cost: boxes that are looked at, and parts of the page around an element.
_MOST_BOXES = 200
_MOST_AROUND = 200


def may_send(body: bytes) -> bool:
    """Whether a page's body bears a mark of sending at all; cheap, and most pages bear none."""
    low = body.lower()
    return (b"post" in low and any(mark in low for mark in _POSTING)) or b"socket" in low


def held_back(view: PageView, html: str, home: PageView | None = None) -> Way:
    """How the page `view`, parsed from `html`, brings what it does not show; notes in `view.choices` what it lets choose.

    `home` is the site's main page: its links, and the choices that it offers too, are the site's frame.
    """
    root = parse(html)
    if root is None:
        return ""
    view.choices = frozenset(map(_choice, islice(root.iter("select"), _MOST_BOXES)))
    framed = home.choices if home is not None and home is not view else frozenset[str]()
    if any(map(_is_entry, root.iter("a"))):
        return "postback"
    bare = not says_much(view, home)
    forms = [f for f in root.iter("form") if (f.get("method") or "").strip().lower() == "post" and not _in_frame(f)]
    if any(_asks(form, bare, framed) for form in forms):
        return "form"
    script = "\n".join(s.text or "" for s in root.iter("script") if not s.get("src"))[:_MOST_SCRIPT]
    way: Way = "socket" if _SOCKETS.search(script) else "script" if _POSTS.search(script) else ""
    return way if way and any(_is_waiting(box, script) for box in _boxes(root, bare)) else ""


def _is_entry(link: Any) -> bool:
    """Whether a link of the content leads on by ASP.NET's postback: an entry of a list, or a step to its next page."""
    found = next((m for name in ("href", "onclick") if (m := _POSTBACK.search(unquote(link.get(name) or "")))), None)
    if found is None or _ORDER.match(found[2]) or _in_frame(link):
        return False
    if _STEP.match(found[2]):
        return True
    words = text_of(link)
    if _OF_THE_FRAME.search(words):
        return False
    # The days of a calendar are numbers; a button of few letters counts in the row of a table.
    return sum(map(str.isalpha, words)) >= _WORDS or (bool(_OPENS.search(words)) and _in_row(link))


def _asks(form: Any, bare: bool, framed: frozenset[str]) -> bool:
    """Whether sending a form shows a list: one with years to choose, or with any choice on a page that shows nothing else; or one
    whose buttons open the rows of a table. What may be chosen anywhere on the site (`framed`) is a search."""
    fields = [f for f in form.iter("input", "select", "textarea", "button") if not _in_frame(f)]
    kinds = [(f.get("type") or "").strip().lower() for f in fields if f.tag == "input"]
    # A form of ASP.NET is the whole page: what else stands in it says nothing of the list.
    whole = any((f.get("name") or "") == "__VIEWSTATE" for f in fields)
    talks = any(f.tag == "textarea" for f in fields) or not _REFUSED.isdisjoint(kinds)
    if not whole and (talks or sum(kind in _TYPED for kind in kinds) > _MOST_TYPED):
        return False
    for field in fields:
        if field.tag == "select":
            if _choice(field) in framed:
                continue
            choices = [text_of(option) for option in field.iter("option")]
            if sum(bool(_YEAR.search(words)) for words in choices) >= 2 or (bare and not talks and len(choices) >= 2):
                return True
        elif field.tag == "button" or (field.get("type") or "").lower() in ("submit", "image"):
            words = field.get("value") or field.get("alt") or field.get("title") or text_of(field)
            if _in_row(field) and _OPENS.search(words) and not _OF_THE_FRAME.search(words):
                return True
    return False


def _choice(select: Any) -> str:
    """By what a list to choose from is the same one on another page: its name and its first choices."""
    return " | ".join((select.get("name") or "", *(text_of(option) for option in islice(select.iter("option"), 5))))


def _boxes(root: Any, bare: bool) -> Iterator[Any]:
    """The elements that a script may fill with a list: lists and tables, and any box where the page shows nothing else and asks
    for no message."""
    talks = any(True for _ in root.iter("textarea"))
    for box in islice(root.iter(*_LISTS, *(_BOXES if bare and not talks else ())), _MOST_BOXES):
        if not _in_frame(box):
            yield box


def _is_waiting(box: Any, script: str) -> bool:
    """Whether a box is empty and the script names it, by its id or a class."""
    if any(True for _ in box.iter("td", "li", "a", "img", "iframe", "form", "input", "select")):
        return False
    if box.tag not in _LISTS and sum(len(words.strip()) for words in box.itertext()) > _MOST_LETTERS:
        return False
    holder = box.getparent() if box.tag == "tbody" and not box.get("id") else box
    if holder is None:
        return False
    names = [f"['\"`#]{re.escape(holder.get('id'))}"] if holder.get("id") else []
    names += [rf"\.{re.escape(name)}" for name in (holder.get("class") or "").split()]
    return any(re.search(rf"{name}(?![\w-])", script) for name in names)


def _in_row(element: Any) -> bool:
    return next(element.iterancestors("tr"), None) is not None


def _in_frame(element: Any) -> bool:
    """Whether an element stands in the frame of the site, by the nearest part of the page around it that says so."""
    for around in (element, *islice(element.iterancestors(), _MOST_AROUND)):
        if around.tag == "aside":
            return True
        told = hints_of(str(around.tag), around.get("class") or "", around.get("id") or "", around.get("role") or "")[0]
        zone = told or ZONE_TAGS.get(str(around.tag))
        if zone is not None:
            return zone != "main"
    return False
