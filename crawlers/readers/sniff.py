"""What a body is, told by its content.

Servers send PDF as HTML, error pages as PDF, HTML tables as ``.xls``; so the bytes decide, and what the server or the file
name says only chooses between kinds that look the same (CSV and plain text, HTML fragments and text).
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Protocol

from crawlers.readers.ole import SIGNATURE, Compound
from ita_rules.errors import ReaderError

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_MEMBERS = (
    ("word/document.xml", _OFFICE + "wordprocessingml.document"),
    ("xl/workbook.xml", _OFFICE + "spreadsheetml.sheet"),
    ("ppt/presentation.xml", _OFFICE + "presentationml.presentation"),
)
_OLE_STREAMS = (
    ("EncryptedPackage", "application/x-ole-encrypted"),
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)
_HTML_START = re.compile(rb"(?is)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,4000}?-->\s*)*<(?:!doctype\s+html|html|head|body|frameset)\b")
_HTML_FRAME = re.compile(rb"(?i)<(?:html|head|body|title|meta|frameset)[\s>]")
_HTML_TAG = re.compile(
    rb"(?i)<(?:html|head|body|title|meta|table|tr|td|div|p|a|ul|form|h[1-6]|frameset|script|span|br|center)[\s>/]"
)
_MHTML = re.compile(
    rb"(?is)^\s*(?:[\w-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?Content-Type:\s*multipart/(?:related|alternative)\b"
)
_XML_START = re.compile(rb"^\s*<\?xml\b")
_TEXT_CONTROL = bytes(b for b in range(32) if b not in b"\t\n\r\f\x1b")


class _Told(Protocol):
    @property
    def media_type(self) -> str: ...
    @property
    def filename(self) -> str: ...
    @property
    def url(self) -> str: ...


def sniff(data: bytes, hints: _Told) -> str:
    """The media type of `data`, ``application/octet-stream`` where nothing fits. `hints` is an `interface.Hints`."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return media_type
    if data[:2] == b"BM" and len(data) > 26 and int.from_bytes(data[2:6], "little") in range(len(data) - 8, len(data) + 9):
        return "image/bmp"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    # Readers of PDF accept junk before the mark; a web page that only talks of %PDF- starts with a tag.
    if b"%PDF-" in data[:1024] and not _HTML_START.match(head):
        return "application/pdf"
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zip(data)
    if data.startswith(SIGNATURE):
        return _ole(data)
    if _MHTML.match(head):
        return "multipart/related"
    return _text(data, head, hints)


def _ole(data: bytes) -> str:
    """By the streams of the root; a text may hold a workbook, and slides charts. Of a damaged file the names anywhere tell."""
    try:
        names = Compound(data).names
    except ReaderError:
        names = frozenset()
    for name, kind in _OLE_STREAMS:
        if name.lower() in names:
            return kind
    # Stream names stand in UTF-16 in the directory of a compound file.
    return next((kind for name, kind in _OLE_STREAMS if name.encode("utf-16-le") in data), "application/x-ole-storage")


def _zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            for member, media_type in _MEMBERS:
                if member in names:
                    return media_type
            if "[Content_Types].xml" in names:
                return "application/x-ooxml-other"
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                return archive.read("mimetype").decode("ascii", "replace").strip() or "application/zip"
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, KeyError):
        pass
    return "application/zip"


def _text(data: bytes, head: bytes, hints: _Told) -> str:
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not wide and (not data.strip() or len(head.translate(None, _TEXT_CONTROL)) < 0.98 * len(head)):
        return "application/octet-stream"
    if wide:
        head = head.decode("utf-16", "ignore").encode()
    told = hints.media_type.partition(";")[0].strip().lower()
    if _HTML_START.match(head):
        return "text/html"
    if _XML_START.match(head):
        return "text/html" if re.search(rb"(?i)<(?:html|table)[\s>]", data[:65536]) else "application/xml"
    if head.lstrip()[:1] in (b"{", b"[") and ("json" in told or data.rstrip()[-1:] in (b"}", b"]")):
        return "application/json"
    # A fragment or a page after a long comment: tags early, or many of them where the server says HTML.
    tags = len(_HTML_TAG.findall(data[:65536]))
    if tags and (head.lstrip()[:1] == b"<" or "html" in told or (tags >= 3 and _HTML_FRAME.search(data[:65536]))):
        return "text/html"
    name = (hints.filename or hints.url.partition("?")[0]).lower()
    if told == "text/csv" or (name.endswith(".csv") and told != "text/html") or _looks_like_csv(head):
        return "text/csv"
    return "text/plain"


def _looks_like_csv(head: bytes) -> bool:
    """Whether at least three lines have the same number (two or more) of one delimiter, quotes left out."""
    lines = [line for line in re.sub(rb'"[^"]*"', b"", head).splitlines()[:-1] if line.strip()][:20]
    for delimiter in (b",", b"\t", b";", b"|"):
        counts = {line.count(delimiter) for line in lines}
        if len(lines) >= 3 and len(counts) == 1 and counts.pop() >= 2:
            return True
    return False
