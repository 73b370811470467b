"""Why an answer is no evidence: bot walls, sign-in pages, pages that say "not found" with a 200.

The two that blame the agency (`soft_404`, `login`) ask for more than one sign; a page with content of its own is never one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from crawlers.links import PageView

Headers = Sequence[tuple[str, str]]

_WALL_BODY = re.compile(
    rb"(?i)just a moment\.\.\.|checking (?:if the site connection is secure|your browser)|cf-chl|cf_chl|challenge-platform|"
    rb"attention required! \| cloudflare|_incapsula_|incapsula incident|sucuri website firewall|sucuri_cloudproxy|captcha|"
    rb"ddos[- ]guard|access denied.{0,400}(?:akamai|reference #)|request unsuccessful|enable javascript and cookies to continue|"
    rb"web application firewall|mod_security|modsecurity|the requested url was rejected|please consult with your administrator|"
    rb"ray id|request has been blocked|fortigate|fortiweb|imunify360|wordfence|bot detection|unusual traffic"
)
_WALL_SURE = re.compile(
    rb"(?i)<title>\s*just a moment\.\.\.|cf-chl-|_incapsula_resource|sucuri_cloudproxy_js|window\._cf_chl_opt"
)
# A search for these costs a twentieth of what the pattern costs, and nearly every page is none.
_WALL_SIGNS = (b"just a moment", b"cf-chl-", b"_cf_chl_opt", b"_incapsula_resource", b"sucuri_cloudproxy_js")
_WALL_HEADERS = ("cf-mitigated", "x-sucuri-block", "x-iinfo", "x-datadome")


def status_cause(status: int, headers: Headers, body: bytes) -> tuple[str | None, str]:
    """The cause that a status and its body give, with a word on it; ``(None, "")`` where nothing speaks against the answer."""
    if 200 <= status < 300:
        small = body[:60_000] if len(body) < 200_000 else b""
        found = _WALL_SURE.search(small) if _may_be_wall(small) else None
        return ("blocked", found[0].decode("ascii", "replace").strip()) if found else (None, "")
    if status == 429:
        return "blocked", "http_429"
    if status in (403, 503):
        mark = _wall_mark(headers, body)
        if mark:
            return "blocked", f"http_{status}: {mark}"
    if status == 401:
        return "login", "http_401"
    return f"http_{status}", ""


def _may_be_wall(body: bytes) -> bool:
    lower = body.lower()
    return any(sign in lower for sign in _WALL_SIGNS)


def _wall_mark(headers: Headers, body: bytes) -> str:
    names = {name.lower() for name, _ in headers}
    for mark in _WALL_HEADERS:
        if mark in names:
            return mark
    found = _WALL_BODY.search(body[:100_000])
    if found:
        return found[0].decode("ascii", "replace")[:40]
    # Cloudflare marks every answer of a site behind it; with a refusal and next to no body it is Cloudflare that refuses.
    return "cf-ray" if "cf-ray" in names and len(body) < 8000 and b"cloudflare" in body.lower() else ""


_NOT_FOUND = re.compile(
    r"(?i)ไม่พบ\s*(?:หน้า|เพจ|ไฟล์|เอกสาร|ข้อมูล|เนื้อหา|บทความ|url)(?:\s*(?:เว็บ|นี้|ที่(?:ท่าน|คุณ)?\s*(?:ต้องการ|ค้นหา|เรียก|ร้องขอ|กำลัง)|แล้ว|$|[|:!.-]))"
    r"|หน้า(?:เว็บ|เพจ)?(?:นี้)?ที่(?:ท่าน|คุณ)?\s*(?:ต้องการ|ค้นหา|เรียก|ร้องขอ).{0,12}(?:ไม่พบ|ไม่มี)"
    r"|ไม่มีหน้า(?:เว็บ|เพจ)?(?:นี้|ที่)|ขออภัย.{0,20}ไม่พบ(?:หน้า|ข้อมูล|ไฟล์)"
    r"|(?:page|file|object|document|content|article|resource)(?: was| could)? ?not (?:be )?found|^\s*not found\s*(?:$|[|:!.-])"
    r"|^\s*(?:error|http|ข้อผิดพลาด)?[\s:#-]*404\s*(?:$|[|:!.-]|error|not found|page|ไม่พบ)"
    r"|404[\s:-]*(?:not found|error|page not found)|error[\s:-]*404"
)
_FILE = re.compile(r"(?i)\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|zip|rar|jpe?g|png|csv|rtf)$")
_LOGIN_PLACE = re.compile(
    r"(?i)(?:^|[/_.-])(?:log-?in|sign-?in|log-?on|servicelogin|wp-login|sso|cas)(?:$|[/_.-])|accounts\.google\.com|login\.microsoftonline\.com"
)
_LOGIN_WORDS = re.compile(r"(?i)เข้าสู่ระบบ|ลงชื่อเข้า(?:ใช้)?|ล็อกอิน|กรุณา(?:ล็อกอิน|เข้าระบบ)|\blog ?in\b|\bsign ?in\b|\blog ?on\b")
_ACCESS_WORDS = re.compile(
    r"(?i)you need access|request access|access denied|you need permission|คุณต้องมีสิทธิ์เข้าถึง|คุณต้องมีสิทธิ์|ขอสิทธิ์เข้าถึง|ต้องขอสิทธิ์"
)
_SERVICE = re.compile(r"(?i)e-?service|eservice|member|admin|backend|intranet|บริการ")
_LITTLE = 600
"""Characters of a page's own content below which it holds nothing but its message."""


def is_file(url: str) -> bool:
    """Whether an address asks for a file by its ending."""
    return bool(_FILE.search(unquote(urlsplit(url).path)))


def page_cause(
    asked: str, final: str, view: PageView, made_up: PageView | None = None, home: PageView | None = None
) -> tuple[str | None, str]:
    """The cause that a 200 with an HTML body gives, with a word on it; ``(None, "")`` where the page is one.

    `asked` and `final` are the addresses before and after redirects, `made_up` what the same host answered for an address that
    cannot exist (None where it said 404), `home` the main page: a site that shows it for every address says nothing by it.
    """
    said = [view.title, *view.headings[:3]]
    login = _login(asked, final, view, said)
    if login:
        return "login", login
    says = next((text for text in said if _NOT_FOUND.search(text[:200])), "")
    if says and (is_file(asked) or view.content_length < _LITTLE):
        return "soft_404", says[:80]
    if is_file(asked) and view.content_length < _LITTLE and _NOT_FOUND.search(view.content):
        return "soft_404", view.content[:80]
    if made_up is not None and _same(view, made_up) and (is_file(asked) or home is None or not _same(home, made_up)):
        return "soft_404", "as for a made-up address"
    if not view.links and view.scripts and view.visible_length < 40:
        return "needs_javascript", ""
    return None, ""


def _login(asked: str, final: str, view: PageView, said: list[str]) -> str:
    host, place = urlsplit(final).hostname or "", urlsplit(final).path
    if host.endswith((".google.com", ".sharepoint.com", ".live.com")) and any(_ACCESS_WORDS.search(t) for t in said):
        return "request for access"
    moved = unquote(urlsplit(asked).path) != unquote(place) or urlsplit(asked).hostname != host
    asked_to_sign_in = bool(_LOGIN_PLACE.search(asked))
    if (
        moved
        and not asked_to_sign_in
        and _LOGIN_PLACE.search(host + place)
        and (view.password or "google" in host or "microsoft" in host)
    ):
        return "sent to a sign-in page"
    if not view.password or asked_to_sign_in or view.content_length >= _LITTLE:
        return ""
    if is_file(asked):
        return "a sign-in form in place of a file"
    if any(_LOGIN_WORDS.search(text) for text in said) and not _SERVICE.search(unquote(asked)):
        return "a sign-in form in place of a page"
    return ""


def _same(view: PageView, other: PageView) -> bool:
    """Whether two pages say the same, but for the address and numbers they may repeat."""
    return view.title == other.title and _plain(view.content) == _plain(other.content)


def _plain(text: str) -> str:
    return re.sub(r"\S*[/?=&]\S*|[0-9๐-๙:.]+", "", text)
