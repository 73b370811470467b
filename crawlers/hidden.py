"""Addresses that do not stand in a ``href``: literal ones in scripts, and the file that a viewer's address names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from crawlers.urls import resolve
from ita_rules.run.keys import query_of

# A literal in any quotes, also in those of a script that stands in a string (``setTimeout("location=\'x\'")``).
_TEXT = r"""(?P<q>\\?['"`])(?P<url>[^'"`<>\\\r\n]{1,2000})(?P=q)(?!\s*\+)"""
_GOES = r"""\blocation\s*(?:\.\s*href\s*|\[\s*\\?['"]href\\?['"]\s*\]\s*)?=\s* | \blocation\.(?:assign|replace)\(\s*
    | \blocation\s*\)\s*\.attr\(\s*\\?['"]href\\?['"]\s*,\s* | \bnavigate\w*\(\s*"""
_LITERAL = re.compile(rf"(?ix) (?: {_GOES} | \bopen\(\s* ) {_TEXT}")
_SCRIPT = re.compile(rf"(?ix) (?: {_GOES} | \bwindow\.open\(\s* ) {_TEXT}")
_QUOTED = re.compile(
    r"""(?ix) (?P<q>['"]) (?P<url> (?:https?://|//|\.{0,2}/) [^'"<>\s]{1,2000}?
        | [\w./%-]{1,500}\?[\w.-]{1,60}=[^'"<>\s]{0,1000}
        | [^'"<>\s]{1,2000}?\.(?:pdf|docx?|xlsx?|pptx?|html?|php|aspx?|jpe?g|png) (?:\?[^'"<>]{0,1000})? ) (?P=q) (?!\s*\+)"""
)
_COMMENT = re.compile(r"""(?s)/\*.*?\*/|(?<![:'"`\w\\/])//[^\n]*""")
_SENDS = re.compile(r"location|navigate|window\.open")
_STRING = re.compile(r"""(['"])([^'"\s<>]{1,1000})\1(?!\s*\+)""")
_DOCUMENT = re.compile(r"(?i)\.(?:pdf|docx?|xlsx?|pptx?)$")
_DOCUMENTS = (".pdf", ".doc", ".xls", ".ppt")
_WRITES = re.compile(r"\bdocument\.write(?:ln)?\(|\.innerHTML\s*\+?=(?!=)")
_PIECE = re.compile(r"""\s*(?:(['"`])((?:\\.|(?!\1)[^\\]){0,20000})\1|([^'"`;+)]{1,200}\)?))\s*(\+?)""")
_FILLED = re.compile(r"\$\{[^}]{0,200}\}")
_OPTION = re.compile(r"(?i)^(?:https?://|//|/|\.\.?/)\S|^[^\s<>]+\.(?:php|html?|aspx?|pdf|docx?|xlsx?)(?:\?.*)?$")
_NAMED = re.compile(r'(?i)"(?:url|href|link|permalink|file|file_?url|pdf)"\s*:\s*("(?:https?:|\\?/)(?:[^"\\\s]|\\[/u]){1,1000}")')
_PATTERN = re.compile(r"[{}<>*\s]|/:\w")
_FILE_VALUE = re.compile(r"(?i)\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png)$")
_VIEWER_QUERY = re.compile(r"(?i)[?&](?:file|pdf|url|src|doc|document|link|pdfurl|fileurl)=")
_VIEWER_PLACE = re.compile(r"(?i)view|pdfjs|flip|flowpaper|embed|preview|reader|book")
_LOADER_PLACE = re.compile(r"(?i)download|/dl|getfile|redirect|share|login|sendmail")

_MAX_SCRIPT = 200_000
_MAX_HANDLER = 4000
_MAX_NAMED = 500
_MAX_WRITTEN = 50
_MAX_PIECES = 200


def literal_in(handler: str) -> str:
    """The address, as written, that a handler (``onclick``, ``javascript:``, ``data-href``) goes to; ``""`` if it has none.

    What a function of any name is handed counts where it is plainly an address; a part of one (``'/x/' + id``) never does.
    """
    handler = handler[:_MAX_HANDLER].strip()
    if handler[:11].lower() == "javascript:" and "%" in handler:
        handler = unquote(handler)
    found = _LITERAL.search(handler)
    if found and _is_whole(handler, found):
        return found["url"]
    for one in _QUOTED.finditer(handler):
        if _is_whole(handler, one):
            return one["url"]
    return handler if _OPTION.match(handler) else ""


def goes_to(handler: str) -> str:
    """The literal address that a handler opens or goes to itself, ``""`` where it only hands one on, or has none."""
    found = _LITERAL.search(handler[:_MAX_HANDLER])
    return found["url"] if found and _is_whole(handler, found) else ""


def is_address(value: str) -> bool:
    """Whether the value of an option looks like an address and not like a number or a word."""
    return bool(_OPTION.match(value))


def locations_in(script: str) -> Iterator[str]:
    """The literal addresses, as written, that a page's own script sends the visitor to; not those in its comments."""
    if _SENDS.search(script):
        for found in _SCRIPT.finditer(_COMMENT.sub(" ", script[:_MAX_SCRIPT])):
            if "${" not in found["url"]:
                yield found["url"]


def named_in(data: str) -> Iterator[str]:
    """The addresses that JSON in a page names as such (``"url": "/o1"``), as written: menus that a script draws."""
    for count, found in enumerate(_NAMED.finditer(data[:_MAX_SCRIPT])):
        if count >= _MAX_NAMED:
            return
        try:
            url = str(json.loads(found[1]))
        except ValueError:
            continue
        if not _PATTERN.search(url):
            yield url


def files_in(script: str) -> Iterator[str]:
    """The documents, as written, whose whole path stands in a script: what a viewer or flip book on the page is told to show."""
    if not any(ending in script for ending in _DOCUMENTS):
        return
    text = _COMMENT.sub(" ", script[:_MAX_SCRIPT])
    for found in _STRING.finditer(text):
        url = found[2].replace("\\/", "/")
        # A bare name is what a file will be called when it is saved.
        if _DOCUMENT.search(url) and "/" in url and text[max(0, found.start() - 3) : found.start()].strip()[-1:] != "+":
            yield url


def written_in(script: str) -> Iterator[str]:
    """The pieces of HTML that a script writes into its page; what it puts in between, and nobody knows here, is ``{{}}``."""
    if "<a" not in script:
        return
    text = script[:_MAX_SCRIPT]
    for count, found in enumerate(_WRITES.finditer(text)):
        if count >= _MAX_WRITTEN:
            return
        at, parts = found.end(), []
        for _ in range(_MAX_PIECES):
            piece = _PIECE.match(text, at)
            if piece is None:
                break
            parts.append(_FILLED.sub("{{}}", piece[2].replace("\\", "")) if piece[1] else "{{}}")
            at = piece.end()
            if not piece[4]:
                break
        html = "".join(parts)
        if "<a" in html:
            yield html


def _is_whole(text: str, found: re.Match[str]) -> bool:
    """Whether a literal is all of the address and not put behind, or filled with, something else."""
    return "${" not in found["url"] and not text[: found.start("q")].rstrip().endswith("+")


@lru_cache(maxsize=2048)
def viewed(url: str) -> str:
    """The file that the address of a viewer names in its query or behind ``#``, ``""`` where it is none."""
    place, _, part = url.partition("#")
    if part and _FILE_VALUE.search(part) and _VIEWER_PLACE.search(urlsplit(place).path):
        return resolve(place, part.rpartition("=")[2])
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
