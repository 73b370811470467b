"""Why an answer is no evidence: bot walls, sign-in pages, pages that say "not found" with a 200.

The two that blame the agency (`soft_404`, `login`) ask for more than one sign; a page with content of its own is never one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from crawlers.links import PageView
from crawlers.walls import Headers, challenge, refusal
from ita_rules.run.links import stems_of

_GOOGLE = ("google.com", "googleusercontent.com")


def status_cause(status: int, headers: Headers, body: bytes, url: str = "") -> tuple[str | None, str]:
    """The cause that a status and its body give, with a word on it; ``(None, "")`` where nothing speaks against the answer.

    `url` is the address that gave it, `body` empty for what is no page.
    """
    if 200 <= status < 300:
        mark = challenge(url, headers, body)
        return ("blocked", mark) if mark else (None, "")
    if status == 401:
        return "login", "http_401"
    if status == 403 and _is_on(urlsplit(url).hostname or "", _GOOGLE) and _ASKS.search(body[:100_000].decode("utf-8", "ignore")):
        return "login", "request for access"
    mark = refusal(status, headers, body)
    if mark or status == 429:
        return "blocked", f"http_{status}: {mark}" if mark else "http_429"
    return f"http_{status}", ""


_NOT_FOUND = re.compile(
    r"(?i)ไม่พบ\s*(?:หน้า|เพจ|ไฟล์|เอกสาร|ข้อมูล|เนื้อหา|บทความ|url)(?:\s*(?:เว็บ|นี้|ที่(?:ท่าน|คุณ)?\s*(?:ต้องการ|ค้นหา|เรียก|ร้องขอ|กำลัง)|แล้ว|$|[|:!.-]))"
    r"|หน้า(?:เว็บ|เพจ)?(?:นี้)?ที่(?:ท่าน|คุณ)?\s*(?:ต้องการ|ค้นหา|เรียก|ร้องขอ).{0,12}(?:ไม่พบ|ไม่มี)"
    r"|ไม่มีหน้า(?:เว็บ|เพจ)?(?:นี้|ที่)|ขออภัย.{0,20}ไม่พบ(?:หน้า|ข้อมูล|ไฟล์)"
    r"|(?:page|file|object|document|content|article|resource)(?: was| could)? ?not (?:be )?found|^\s*not found\s*(?:$|[|:!.-])"
    r"|^\s*(?:error|http|ข้อผิดพลาด)?[\s:#-]*404\s*(?:$|[|:!.-]|error|not found|page|ไม่พบ)"
    r"|404[\s:-]*(?:not found|error|page not found)|error[\s:-]*404"
)
# As a heading this may head a list that has no entries yet.
_EMPTY_LIST = re.compile(r"^\s*ไม่พบ\s*(?:ข้อมูล|เอกสาร)\s*[!.:-]*\s*$")
_FILE = re.compile(r"(?i)\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|zip|rar|jpe?g|png|csv|rtf)$")
_LOGIN_PLACE = re.compile(
    r"(?i)(?:^|[/_.-])(?:log-?in|sign-?in|log-?on|servicelogin|wp-login|sso|cas)(?:$|[/_.-])|accounts\.google\.com|login\.microsoftonline\.com"
)
_LOGIN_WORDS = re.compile(r"(?i)เข้าสู่ระบบ|ลงชื่อเข้า(?:ใช้)?|ล็อกอิน|กรุณา(?:ล็อกอิน|เข้าระบบ)|\blog ?in\b|\bsign ?in\b|\blog ?on\b")
_ACCESS_WORDS = re.compile(
    r"(?i)you need access|request access|access denied|you need permission|คุณต้องมีสิทธิ์เข้าถึง|คุณต้องมีสิทธิ์|ขอสิทธิ์เข้าถึง|ต้องขอสิทธิ์"
)
_ASKS = re.compile(r"(?i)you need access|request access|you need permission|คุณต้องมีสิทธิ์|ขอสิทธิ์เข้าถึง|ต้องขอสิทธิ์")
_SERVICE = re.compile(r"(?i)e-?service|eservice|member|admin|backend|intranet|บริการ")
_LITTLE = 600
"""Characters of a page's own content below which it holds nothing but its message."""

# Who sends visitors to a sign-in page of their own: there the place alone is no chance.
_SIGN_IN_HOSTS = (
    "accounts.google.com", "login.microsoftonline.com", "login.live.com", "login.microsoft.com", "facebook.com", "instagram.com",
    "access.line.me", "tiktok.com", "x.com", "twitter.com", "dropbox.com", "canva.com",
)  # fmt: skip
_SHARING_HOSTS = ("google.com", "sharepoint.com", "live.com", "1drv.ms", "dropbox.com", "canva.com")
_SOCIAL_HOSTS = ("facebook.com", "instagram.com", "tiktok.com", "x.com", "twitter.com")
_SOCIAL_WALL = re.compile(
    r"(?i)log ?in(?:to)? (?:to )?(?:facebook|instagram|tiktok|x\b)|you must log in|log in or sign up|sign up to see"
    r"|เข้าสู่ระบบ\s*(?:facebook|เฟซบุ๊ก)|คุณต้องเข้าสู่ระบบ|เข้าสู่ระบบเพื่อดำเนินการต่อ|^\s*facebook\s*[–-]\s*(?:log ?in|เข้าสู่ระบบ)"
)
_HOME_PATH = re.compile(r"(?i)^/?(?:index|default|home|main)?(?:\.(?:php|html?|aspx?|jsp))?/?$")
# Words of the made-up address, which some sites repeat in their answer.
_MADE_UP = re.compile(r"(?i)\b[0-9a-f]{16}\b|\bno[-_ +]?such[-_ +]?page(?:[-_. ]?html?)?\b")


@lru_cache(maxsize=4096)
def is_file(url: str) -> bool:
    """Whether an address asks for a file by its ending."""
    return bool(_FILE.search(unquote(urlsplit(url).path)))


def page_cause(
    asked: str,
    final: str,
    view: PageView,
    made_up: PageView | None = None,
    home: PageView | None = None,
    *,
    sent_alike: bool = False,
) -> tuple[str | None, str]:
    """The cause that a 200 with an HTML body gives, with a word on it; ``(None, "")`` where the page is one.

    `asked` and `final` are the addresses before and after redirects, `made_up` what the same host answered for an address that
    cannot exist (None where it said 404), `home` the main page: a site that shows it for every address says nothing by it.
    `sent_alike` tells that the host redirects a made-up address to the same place as this one, and other addresses not.
    """
    said = [view.title, *view.headings[:3]]
    login = _login(asked, final, view, said)
    if login:
        return "login", login
    wants_file = is_file(asked)
    says = next((text for text in said if _NOT_FOUND.search(text[:200])), "")
    heads_list = says != view.title and _EMPTY_LIST.match(says)
    if says and (wants_file or (view.content_length < _LITTLE and not heads_list and not _holds_files(view))):
        return "soft_404", says[:80]
    if wants_file and view.content_length < _LITTLE and _NOT_FOUND.search(view.content) and not _holds_files(view):
        return "soft_404", view.content[:80]
    if wants_file and _moved(asked, final) and not _moved_within_viewer(asked, final):
        at_home = _HOME_PATH.match(urlsplit(final).path) and not urlsplit(final).query
        if at_home or (home is not None and _same(view, home)):
            return "empty_link", "a file's address leads to the home page"
    if sent_alike and _moved(asked, final) and not _HOME_PATH.match(unquote(urlsplit(asked).path)):
        return "soft_404", "redirected as a made-up address is"
    if made_up is not None and _same(view, made_up, asked) and (wants_file or home is None or not _same(home, made_up)):
        return "soft_404", "as for a made-up address"
    if not view.links and view.scripts and view.visible_length < 40:
        return "needs_javascript", ""
    return None, ""


def _moved(asked: str, final: str) -> bool:
    one, other = urlsplit(asked), urlsplit(final)
    return unquote(one.path) != unquote(other.path) or (one.hostname or "") != (other.hostname or "")


def _moved_within_viewer(asked: str, final: str) -> bool:
    """Whether the redirect's end carries the file's own name, as viewers' addresses do."""
    name = unquote(urlsplit(asked).path).rpartition("/")[2]
    return bool(name) and name in unquote(final)


def _holds_files(view: PageView) -> bool:
    """Whether a page shows or links files as its own content: then it is what it was meant to be, whatever its heading says."""
    return any(
        stem.target and stem.zone == "main" and (stem.kind in ("iframe", "embed", "object", "viewer") or is_file(stem.url))
        for stem in stems_of(view.links)
    )


def _login(asked: str, final: str, view: PageView, said: list[str]) -> str:
    host, place = urlsplit(final).hostname or "", urlsplit(final).path
    if _is_on(host, _SHARING_HOSTS) and any(_ACCESS_WORDS.search(t) for t in said):
        return "request for access"
    asked_to_sign_in = bool(_LOGIN_PLACE.search(asked))
    if not asked_to_sign_in and _is_on(host, _SOCIAL_HOSTS) and any(_SOCIAL_WALL.search(t) for t in said):
        return "a social network's own wall"
    if (
        _moved(asked, final)
        and not asked_to_sign_in
        and _LOGIN_PLACE.search(host + place)
        and (view.password or _is_on(host, _SIGN_IN_HOSTS))
    ):
        return "sent to a sign-in page"
    if not view.password or asked_to_sign_in or view.content_length >= _LITTLE or _holds_files(view):
        return ""
    if is_file(asked):
        return "a sign-in form in place of a file"
    # A box at the side has its words in a heading too: they must head the page.
    if any(_LOGIN_WORDS.search(text) for text in said[:2]) and not _SERVICE.search(unquote(asked)):
        return "a sign-in form in place of a page"
    return ""


def _is_on(host: str, known: tuple[str, ...]) -> bool:
    return any(host == name or host.endswith("." + name) for name in known)


def _same(view: PageView, other: PageView, asked: str = "") -> bool:
    """Whether two pages say and link the same, but for the address and numbers they may repeat.

    A page that shows nothing but a picture or a file says as little as an error page: what it links tells them apart.
    """
    own = _words_of(asked)
    return (
        _plain(view.title, own) == _plain(other.title, own)
        and _plain(view.content, own) == _plain(other.content, own)
        and _shown(view) == _shown(other)
    )


def _plain(text: str, own: frozenset[str]) -> str:
    text = _MADE_UP.sub(" ", re.sub(r"\S*[/?=&]\S*", "", text))
    return "".join(re.sub(r"[0-9๐-๙:.,\"'“”]+", "", word) for word in text.split() if word.strip("\"'“”.,:") not in own)


def _words_of(url: str) -> frozenset[str]:
    """The words of an address as a page that repeats them may write them."""
    parts = urlsplit(url)
    text = unquote(f"{parts.path} {parts.query}")
    return frozenset(w for w in (*re.split(r"[/?=&+\s]+", text), *re.split(r"[/?=&+\s._-]+", text)) if len(w) > 1)


def _shown(view: PageView) -> frozenset[str]:
    """What a page's own content leads to or shows, without what repeats the address."""
    return frozenset(
        link.target
        for link in view.links
        if link.target and link.zone == "main" and link.target != link.source and not _ECHO.search(link.url)
    )


_ECHO = re.compile(r"(?i)[?&](?:s|q|query|search|keyword|url|u|back|return|redirect|redirect_to|next|ref|page)=|no-such-page")
