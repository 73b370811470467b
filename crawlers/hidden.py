"""Addresses that do not stand in a ``href``: literal ones in scripts, and the file that a viewer's address names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from crawlers.urls import resolve
from ita_rules.run.keys import query_of

_LITERAL = re.compile(
    r"""(?ix) (?: location(?:\.href)?\s*=\s* | location\.(?:assign|replace)\(\s* | \bopen\(\s* | \bnavigate\w*\(\s* )
        (['"])(?P<url>[^'"<>\r\n]{1,2000})\1 (?!\s*\+)"""
)
_QUOTED = re.compile(
    r"""(?ix) (['"]) (?P<url> (?:https?://|//|\.{0,2}/)? [^'"<>\s]{1,2000}?
        \.(?:pdf|docx?|xlsx?|pptx?|html?|php|aspx?|jpe?g|png) (?:\?[^'"<>]{0,1000})? ) \1 (?!\s*\+)"""
)
_SCRIPT = re.compile(
    r"""(?ix) \blocation (?: (?:\.href)?\s*=\s* | \.(?:assign|replace)\(\s* ) (['"])(?P<url>[^'"<>\r\n]{1,2000})\1 (?!\s*\+)"""
)
_OPTION = re.compile(r"(?i)^(?:https?://|//|/|\.\.?/)\S|^[^\s<>]+\.(?:php|html?|aspx?|pdf|docx?|xlsx?)(?:\?.*)?$")
_FILE_VALUE = re.compile(r"(?i)\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png)$")
_VIEWER_QUERY = re.compile(r"(?i)[?&](?:file|pdf|url|src|doc|document|link|pdfurl|fileurl)=")
_VIEWER_PLACE = re.compile(r"(?i)view|pdfjs|flip|flowpaper|embed|preview|reader|book")
_LOADER_PLACE = re.compile(r"(?i)download|/dl|getfile|redirect|share|login|sendmail")

_MAX_SCRIPT = 200_000
_MAX_HANDLER = 4000


def literal_in(handler: str) -> str:
    """The address, as written, that a handler (``onclick``, ``javascript:``, ``data-href``) goes to; ``""`` if it has none."""
    handler = handler[:_MAX_HANDLER].strip()
    found = _LITERAL.search(handler) or _QUOTED.search(handler)
    return found["url"] if found else handler if _OPTION.match(handler) else ""


def is_address(value: str) -> bool:
    """Whether the value of an option looks like an address and not like a number or a word."""
    return bool(_OPTION.match(value))


def locations_in(script: str) -> Iterator[str]:
    """The literal addresses, as written, that a page's own script sends the visitor to."""
    if "location" in script:
        for found in _SCRIPT.finditer(script[:_MAX_SCRIPT]):
            yield found["url"]


@lru_cache(maxsize=8192)
def viewed(url: str) -> str:
    """The file that the address of a viewer names, ``""`` where it is none."""
    if not _VIEWER_QUERY.search(url):
        return ""
    parts = urlsplit(url)
    if _LOADER_PLACE.search(parts.path):
        return ""
    for name, value in query_of(url):
        if not _VIEWER_QUERY.match(f"?{name}="):
            continue
        is_file = bool(_FILE_VALUE.search(value.partition("?")[0].partition("#")[0]))
        is_place = value.startswith(("http://", "https://", "/", "../", "./"))
        is_viewer = bool(_VIEWER_PLACE.search(parts.netloc + parts.path))
        if (is_file and (is_place or is_viewer)) or (
            is_place and is_viewer and name.lower() in ("file", "pdf", "pdfurl", "fileurl")
        ):
            return resolve(url, value)
    return ""
