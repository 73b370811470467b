"""The services outside an agency's own site that its links lead to: social networks, sharing services, shorteners.

One table, read by the crawler (how to come by the file behind a share link) and by the judge (what a sign-in page means
there). A new service is a new line. Pure: no address is asked.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from ita_rules.run.keys import host_of
from ita_rules.run.types import Exchange

# An entry is a host (its subdomains count too), or a host and the beginning of a path. The longest entry that fits decides.
_SERVICES: dict[str, tuple[str, ...]] = {
    "facebook": ("facebook.com", "fb.com", "fb.me", "fb.watch", "fb.gg"),
    "messenger": ("m.me", "messenger.com"),
    "youtube": ("youtube.com", "youtu.be", "youtube-nocookie.com"),
    "line": ("line.me", "lin.ee"),
    "tiktok": ("tiktok.com",),
    "x": ("x.com", "twitter.com", "t.co"),
    "instagram": ("instagram.com", "instagr.am"),
    "threads": ("threads.net", "threads.com"),
    "google-drive": (
        "drive.google.com", "drive.usercontent.google.com", "docs.google.com/uc", "docs.google.com/open", "docs.google.com/file",
    ),
    "google-docs": ("docs.google.com",),
    "google-forms": ("docs.google.com/forms", "forms.gle", "forms.google.com"),
    "google-sites": ("sites.google.com",),
    "google-maps": ("maps.google.com", "google.com/maps", "google.co.th/maps", "maps.app.goo.gl", "goo.gl/maps"),
    "onedrive": ("onedrive.live.com", "1drv.ms", "sharepoint.com", "onedrive.com", "microsoftpersonalcontent.com"),
    "dropbox": ("dropbox.com", "dropboxusercontent.com", "db.tt"),
    "box": ("box.com",),
    "icloud": ("icloud.com",),
    "mega": ("mega.nz",),
    "mediafire": ("mediafire.com",),
    "canva": ("canva.com", "canva.link", "canva.me", "canva.site"),
    "anyflip": ("anyflip.com",),
    "fliphtml5": ("fliphtml5.com",),
    "issuu": ("issuu.com",),
    "pubhtml5": ("pubhtml5.com",),
    "heyzine": ("heyzine.com",),
    "short-link": (
        "bit.ly", "bitly.com", "bitly.ws", "j.mp", "t.ly", "shorturl.at", "shorturl.asia", "tinyurl.com", "cutt.ly", "goo.gl",
        "is.gd", "v.gd", "ow.ly", "rb.gy", "rebrand.ly", "shorturl.gg", "short.gy", "tiny.cc", "tiny.one", "surl.li", "urlz.fr",
        "qrco.de", "qrto.org", "q-r.to", "qr1.be", "me-qr.com", "qrfy.io", "scan.page", "clck.ru", "lnkd.in", "buff.ly", "gg.gg",
        "ppt.cc", "kutt.it", "s.id", "dub.sh", "soo.gd", "u.to", "kku.world", "cmu.to",
    ),
}  # fmt: skip
_SOCIAL = frozenset({"facebook", "youtube", "line", "tiktok", "x", "instagram", "threads"})
_WALLED = frozenset({"facebook", "tiktok", "x", "instagram", "threads"})
_SHARING = frozenset(
    {"google-drive", "google-docs", "google-forms", "google-sites", "onedrive", "dropbox", "box", "icloud", "mega", "mediafire",
     "canva"}
)  # fmt: skip
# Short links that a service makes for its own pages.
_SHORT = (
    "lin.ee", "forms.gle", "fb.me", "t.co", "db.tt", "maps.app.goo.gl", "goo.gl/maps", "canva.link", "canva.me", "instagr.am",
)  # fmt: skip
_SIGN_IN = re.compile(
    r"(?i)^(?:accounts\.google\.com/|login\.microsoftonline\.com/|login\.microsoft\.com/|login\.live\.com/"
    r"|(?:[a-z-]+\.)?facebook\.com/(?:login|checkpoint)(?:[/.?]|$)"
    r"|(?:www\.)?instagram\.com/accounts/login|(?:www\.)?(?:x|twitter)\.com/(?:i/flow/)?login|(?:www\.)?tiktok\.com/login"
    r"|(?:www\.)?threads\.(?:net|com)/login|(?:www\.)?dropbox\.com/login|(?:www\.)?dropbox\.com/[^?]*request_access"
    r"|access\.line\.me/|(?:account|app)\.box\.com/login|[a-z0-9-]+\.sharepoint\.com/_(?:forms|layouts/15/(?:accessdenied|guestaccess"
    r"denied))|(?:www\.)?canva\.com/login)"
)
# How the link to one file looks, by service: what is matched is path and query.
_FILE = {
    "google-drive": re.compile(r"^/(?:[\w.-]+/)*file/(?:u/\d+/)?d/[\w-]{10}|^/(?:open|uc)\?(?:.*&)?id=[\w-]{10}"),
    "google-docs": re.compile(
        r"^/(?:[\w.-]+/)*(?:document|spreadsheets|presentation|drawings)/(?:u/\d+/)?d/(?!e/)[\w-]{10,}(?:$|[?#]|/(?!pub))"
    ),
    "onedrive": re.compile(r"^/:?[bwxpti]:?/[^/]|^/(?:embed|download)?\?(?:.*&)?(?:resid|id)=|^/.*/doc\.aspx\?", re.IGNORECASE),
    "dropbox": re.compile(r"^/(?:s|scl/fi)/."),
}  # fmt: skip
_AT_A_WALL = re.compile(r"login|soft_404|http_4\d\d")


def _entries() -> dict[str, str]:
    return {entry: name for name, entries in _SERVICES.items() for entry in entries}


_BY_ENTRY = _entries()
_MOST_LABELS = 5


def _fits(url: str, table: dict[str, str]) -> str:
    """What the table holds for the host of `url` and the beginning of its path; the most exact entry first."""
    host, path = host_of(url).removesuffix("."), _path(url)
    labels = host.split(".")[-_MOST_LABELS:]
    for start in range(len(labels) - 1):
        place = ".".join(labels[start:])
        first = f"{place}/{path.split('/', 1)[0]}"
        if first in table or place in table:
            return table.get(first) or table[place]
    return ""


def _path(url: str) -> str:
    try:
        return urlsplit(url).path.lstrip("/")
    except ValueError:
        return ""


@lru_cache(maxsize=4096)
def service_of(url: str) -> str:
    """The service that an address lies with (``facebook``, ``google-drive``, ``short-link`` …), ``""`` where it is none known."""
    return _fits(url, _BY_ENTRY)


_SHORT_TABLE = dict.fromkeys((*_SHORT, *_SERVICES["short-link"]), "short")


def is_short(url: str) -> bool:
    """Whether an address is a short link, which says nothing of where it leads and may expire."""
    return bool(_fits(url, _SHORT_TABLE))


def end_of(exchange: Exchange) -> str:
    """Where a published address leads a visitor to: past short links, but to a share link and not to the download behind it."""
    passed = (exchange.url, *(address for _, address in exchange.hops))
    return next((address for address in passed if not is_short(address)), exchange.final_url or exchange.url)


def is_social(url: str) -> bool:
    """Whether an address lies on a social medium."""
    return service_of(url) in _SOCIAL


def is_shared(url: str) -> bool:
    """Whether an address lies with a service that keeps files for others and asks who may see them."""
    return service_of(url) in _SHARING


def is_shared_file(url: str) -> bool:
    """Whether an address is the share link of one file: what it leads to is a document, whatever the link itself shows."""
    shape = _FILE.get(service_of(url))
    if shape is None:
        return False
    parts = urlsplit(url)
    return bool(shape.match(f"{parts.path}?{parts.query}" if parts.query else parts.path))


def is_sign_in(url: str) -> bool:
    """Whether an address is the sign-in page, or the refusal of access, of one of the services."""
    return bool(_SIGN_IN.match(url.partition("://")[2]))


def cause_at(cause: str | None, *urls: str) -> str | None:
    """A cause as it is told of a page at `urls` (as published, as reached in the end): on a social network, which shows
    sign-in pages and refusals to programs where people see the page, it is `social_wall`, which nobody is blamed for."""
    if cause == "login" and any(map(is_social, urls)):
        return "social_wall"
    if cause and _AT_A_WALL.fullmatch(cause) and any(service_of(url) in _WALLED for url in urls):
        return "social_wall"
    return cause
