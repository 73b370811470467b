"""Bot walls: answers by which a site's protection turns a program away, whatever status they bear.

Half of them come as 403, 429 or 503, the others as a 200 or 202 whose body is a script that sets a cookie and loads the page
anew. A wall is never held against the agency, yet a page mistaken for one is evidence lost: a body counts as a wall only
where a known mark stands on a page that says and links next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

Headers = Sequence[tuple[str, str]]

_LOOKED_AT = 200_000
_FEW_LINKS = 6
_FEW_LETTERS = 800
"""Letters of a page's own text up to which a mark on it is that of a wall; the longest walls explain themselves at length."""

_HEADERS = ("cf-mitigated", "x-amzn-waf-action", "x-vercel-mitigated", "x-sucuri-block")
"""Headers that only an answer of the protection itself bears."""

_HINTS = ("x-iinfo", "x-datadome", "x-dd-b", "akamai-grn", "x-azure-ref")
"""Headers of a protection that stands before the server: beside a refusal they tell who refused."""

# Of a body in lower case. The first words are those of services, the last those of firewalls in hosting centres.
_MARKS = tuple(
    mark.encode()
    for mark in (
        "<title>just a moment...", "cf-chl-", "_cf_chl_opt", "attention required! | cloudflare", "cf-please-wait",
        "sucuri_cloudproxy_js", "sucuri website firewall", "incapsula incident",
        "<title>ddos-guard", "ddos protection by", "sec-if-cpt-container", "/_sec/cp_challenge", "bm-verify=",
        "errors.edgesuite.net",
        "awswafcookiedomainlist", "window.gokuprops", "captcha-delivery.com", "px-captcha",
        "vercel security checkpoint", "making sure you&#39;re not a bot", "making sure you're not a bot", "window.rbzns",
        "<title>one moment, please...", "imunify360-webshield", "wsidchk", "the requested url was rejected. please consult",
        "your support id is", "fgd_icon", "<title>web filter violation", "<title>fortiweb", "slowaes.decrypt",
        "humans_21909", "checking your browser before", "verify you are human", "security check to access",
        "/.safeline/", "ตรวจสอบว่าคุณไม่ใช่หุ่นยนต์", "ยืนยันว่าคุณไม่ใช่โปรแกรมอัตโนมัติ",
    )
)  # fmt: skip

# Scripts that some services lay into honest pages too: they mark a wall only where there is nothing to click at all.
_INJECTED = (b"_incapsula_resource", b'window["bobcmn"]', b"/tspd/", b"_pxappid", b"awswafintegration")

# What a server that refuses with a status of its own calls the one who refused.
_NAMES = (b"mod_security", b"modsecurity", b"web application firewall")

_REFUSALS = re.compile(
    rb"(?i)just a moment\.\.\.|checking (?:if the site connection is secure|your browser)|cf-chl|cf_chl|challenge-platform|"
    rb"attention required! \| cloudflare|_incapsula_|incapsula incident|sucuri website firewall|sucuri_cloudproxy|captcha|"
    rb"ddos[- ]guard|access denied.{0,400}(?:akamai|reference #)|request unsuccessful|enable javascript and cookies to continue|"
    rb"web application firewall|mod_security|modsecurity|the requested url was rejected|please consult with your administrator|"
    rb"ray id|request (?:has been|is) blocked|fortigate|fortiweb|imunify360|wordfence|bot detection|unusual traffic|"
    rb"web page blocked|attack id|incident id|your support id|security checkpoint|not a bot|verify you are human|safeline"
)
_INVISIBLE = re.compile(rb"(?is)<(script|style|noscript|title|head)\b.*?(?:</\1\s*>|$)|<[^>]*>|&[#\w]+;|\s+")
_SETS_COOKIE = re.compile(rb"(?i)document\s*\.\s*cookie\s*=(?!=)")
_LOADS = re.compile(
    rb"""(?i)location\s*\.\s*reload\s*\(|location(?:\s*\.\s*href)?\s*=\s*(?:(?:window|document|self|top)\s*\.\s*)?location"""
    rb"""|location(?:\s*\.\s*href)?\s*=\s*["'](?P<set>[^"']*)["']|location\s*\.\s*(?:replace|assign)\(\s*["'](?P<call>[^"']*)["']"""
)


def refusal(status: int, headers: Headers, body: bytes) -> str:
    """The mark of a wall on an answer that refuses (a status from 400 on); ``""`` where the server itself speaks.

    A missing page (404, 410) is one behind every wall.
    """
    if status in (404, 410):
        return ""
    by_header = _header(headers)
    if by_header:
        return by_header
    if status == 999:
        return "http_999"
    if status not in (403, 405, 406, 409, 415, 418, 429, 468, 503):
        return ""
    names = {name.lower() for name, _ in headers}
    if status in (403, 429, 503):
        found = _REFUSALS.search(body[:100_000])
        if found:
            return _words(found[0])
        hint = next((h for h in _HINTS if h in names), "")
        if hint:
            return hint
        # Cloudflare marks every answer of a site behind it; with a refusal and next to no body it is Cloudflare that refuses.
        return "cf-ray" if "cf-ray" in names and len(body) < 8000 and b"cloudflare" in body.lower() else ""
    lower = body[:_LOOKED_AT].lower()
    return _words(next((m for m in (*_MARKS, *_INJECTED, *_NAMES) if m in lower), b""))


def challenge(url: str, headers: Headers, body: bytes) -> str:
    """The mark of a wall on an answer that looks like a success (200, 202); ``""`` where it is a page.

    `url` is the address that was asked: a script that sets a cookie and loads that very address again is a wall, one that
    goes elsewhere is a splash page.
    """
    by_header = _header(headers)
    if by_header:
        return by_header
    if len(body) > _LOOKED_AT or not body or _has_many_links(body):
        return ""
    lower = body.lower()
    links = lower.count(b"<a ")
    if links > _FEW_LINKS or b"<frameset" in lower or b"<area" in lower:
        return ""
    mark = next((m for m in (_MARKS if links else (*_MARKS, *_INJECTED)) if m in lower), b"")
    if not mark and not _reloads(url, body):
        return ""
    left = _INVISIBLE.sub(b"", body)
    return (_words(mark) or "sets a cookie and loads anew") if len(left.decode("utf-8", "ignore")) <= _FEW_LETTERS else ""


def _has_many_links(body: bytes) -> bool:
    """Whether a body has more links, in small letters, than any wall; most pages have so many near their top."""
    at = -1
    for _ in range(_FEW_LINKS + 1):
        at = body.find(b"<a ", at + 1)
        if at < 0:
            return False
    return True


def _header(headers: Headers) -> str:
    for name, value in headers:
        if name.lower() in _HEADERS:
            return f"{name.lower()}: {value}"[:60]
    return ""


def _reloads(url: str, body: bytes) -> bool:
    """Whether a page does nothing but set a cookie and load itself again."""
    if len(body) > 50_000 or b"<a " in body or not _SETS_COOKIE.search(body):
        return False
    found = _LOADS.search(body)
    if found is None:
        return False
    place = found["set"] if found["set"] is not None else found["call"]
    if place is None:
        return True
    try:
        target, own = urlsplit(urljoin(url, place.decode("utf-8", "replace"))), urlsplit(url)
    except ValueError:
        return False
    return (target.netloc, target.path or "/") == (own.netloc, own.path or "/")


def _words(mark: bytes) -> str:
    return mark.decode("utf-8", "replace").removeprefix("<title>").strip()[:40]
