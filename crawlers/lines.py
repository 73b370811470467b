"""The line of a page in which something stands: what a browser shows between two breaks, whatever elements it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from crawlers.rows import MAX_ROW, text_of

INLINE = frozenset(
    "a abbr b bdi bdo big button cite code del dfn em font i img ins kbd label mark nobr path q s samp small span strike strong"
    " sub sup svg time tt u use var wbr".split()
)
"""Elements that stand within a line; every other one begins a new one."""

_MOST = 24
_HIGHEST = 5
_SHORT = 120  # letters of a line above which it is prose and names nothing
_LETTER = re.compile("[A-Za-zก-ฮ]")
_MONTH = (
    r"(?:มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"
    r"|(?:ม\.ค|ก\.พ|มี\.ค|เม\.ย|พ\.ค|มิ\.ย|ก\.ค|ส\.ค|ก\.ย|ต\.ค|พ\.ย|ธ\.ค)\.?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?)"
)
_OF_A_FILE = re.compile(
    rf"(?i)[0-9๐-๙]{{1,2}}\s*{_MONTH}|{_MONTH}\s*[0-9๐-๙]{{1,2}}(?![0-9๐-๙])"
    r"|(?:เผยแพร่|เพิ่ม|สร้าง|ปรับปรุง|แก้ไข|โพสต์|อัปโหลด|อัพโหลด|อัปเดต|อัพเดท|ลง)?(?:ล่าสุด)?\s*(?:เมื่อ|วันที่)|เวลา|น\."
    r"|(?:ผู้)?(?:เข้า|เปิด)(?:ชม|อ่าน|ดู)|[0-9๐-๙,]+\s*ครั้ง|ขนาด(?:ไฟล์)?|[0-9.]+\s*(?:[km]i?b|bytes?)\b"
    r"|\b(?:uploaded|updated|published|created|hits?|size|views?)\b"
)
"""What the lines that content systems write below each file are made of: its day, its size, its readers."""
_ALL_THE_SAME = re.compile(r"(?i)พ\.?ศ\.?|ดาวน์โหลด|จำนวน|ไฟล์|โดย|\b(?:downloads?|file|pdf|docx?|xlsx?|by|on|date|admin)\b")
"""What may stand there beside it and names nothing."""
_NAMED_ALREADY = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary", "table", "ul", "ol", "dl", "form", "nav", "header"})


def around(element: Any) -> tuple[str, bool]:
    """The line in which an inline element stands, with whether words stand there outside of links."""
    behind = list(_after(element, inside=False))
    ahead = list(_before(element))[::-1]
    line = "".join([*(words for words, _ in ahead), text_of(element), *(words for words, _ in behind)])
    return " ".join(line.split())[:MAX_ROW], any(_LETTER.search(words) for words, is_link in (*ahead, *behind) if not is_link)


def begun_by(element: Any, *, tail: bool) -> str:
    """The line that begins with the text in an element, or with its tail; ``""`` where words stand ahead of it in its line."""
    begins_block = _breaks(element) if tail else element.tag not in INLINE
    ahead = () if begins_block else (text_of(element) if tail else "", *(words for words, _ in _before(element)))
    if any(map(_LETTER.search, ahead)):
        return ""
    return " ".join("".join(words for words, _ in _after(element, inside=not tail)).split())[:MAX_ROW]


def above(element: Any) -> str:
    """The line above the one of an inline element, if it is short, outside of links, and no heading or list of its own: what may
    name a link that says nothing. The line of the element itself is taken to hold links only; lines that only tell a file's day,
    size or readers are passed over."""
    at, words = element, ""
    for _ in range(_HIGHEST):
        for sibling in islice(at.itersiblings(preceding=True), _MOST):
            words = f"{sibling.tail or ''}{words}"
            if sibling.tag not in INLINE:
                if _names(words):
                    return _short(words)
                words = ""
            if sibling.tag in _NAMED_ALREADY or _is_link(sibling):
                return ""
            words = f"{text_of(sibling)}{words}"
            if sibling.tag not in INLINE:
                if _names(words):
                    return _short(words)
                words = ""
        at = at.getparent()
        if at is None or at.tag == "body":
            break
        words = f"{at.text or ''}{words}"
        if at.tag not in INLINE:
            if _names(words) or at.tag in ("td", "th", "li"):
                return _short(words)
            words = ""
    return ""


def _names(words: str) -> bool:
    """Whether a line says more than on what day a file was put up, how large it is and how often it was had."""
    rest, count = _OF_A_FILE.subn("", words)
    return bool(_LETTER.search(_ALL_THE_SAME.sub("", rest) if count else words))


def over_list(element: Any) -> str:
    """The words that stand over a list within its list item ("แผน" in ``<li>แผน<ul>``); ``""`` where there are none, or prose."""
    words, at = "", element
    for _ in range(_HIGHEST):
        for sibling in islice(at.itersiblings(preceding=True), _MOST):
            words = f"{sibling.tail or ''}{words}"
            if sibling.tag in ("ul", "ol", "table"):
                return _short(words)
            words = f"{text_of(sibling)} {words}"
        at = at.getparent()
        if at is None or at.tag in ("ul", "ol", "td", "body"):
            return ""
        words = f"{at.text or ''}{words}"
        if at.tag == "li":
            return _short(words)
    return ""


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHORT and _LETTER.search(line) else ""


def _after(at: Any, *, inside: bool) -> Iterator[tuple[str, bool]]:
    """What stands in a line from the text of an element on (`inside`), or behind it: words, and whether they are a link's."""
    for _ in range(_HIGHEST):
        yield (at.text if inside else at.tail) or "", False
        for sibling in islice(at if inside else at.itersiblings(), _MOST):
            if _breaks(sibling):
                return
            yield text_of(sibling), _is_link(sibling)
            yield sibling.tail or "", False
        at, inside = at if inside else at.getparent(), False
        if at is None or at.tag not in INLINE:
            return


def _before(at: Any) -> Iterator[tuple[str, bool]]:
    """What stands in a line ahead of an element, nearest first."""
    for _ in range(_HIGHEST):
        for sibling in islice(at.itersiblings(preceding=True), _MOST):
            yield sibling.tail or "", False
            if _breaks(sibling):
                return
            yield text_of(sibling), _is_link(sibling)
        at = at.getparent()
        if at is None:
            return
        yield at.text or "", False
        if at.tag not in INLINE:
            return


def _breaks(element: Any) -> bool:
    return element.tag not in INLINE or (len(element) > 0 and any(inner.tag not in INLINE for inner in element.iter()))


def _is_link(element: Any) -> bool:
    return element.tag == "a" or (len(element) > 0 and element.find(".//a") is not None)
