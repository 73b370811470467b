"""ZIP archives: each member read by its own reader, its pages in the row of all pages under the member's name.

Nothing is written to a disk, so that a name may say what it likes. Bytes are counted while they are unpacked, since a directory
may lie; archives within archives are opened as deep as `Limits.nesting` says.
"""

from __future__ import annotations

import hashlib
import io
import time
import zipfile
from dataclasses import replace

from crawlers.readers.archive import DAMAGE
from crawlers.readers.interface import Hints, Limits
from crawlers.readers.interface import read as read_any
from crawlers.readers.thai_bytes import is_thai
from ita_rules.errors import ReaderError
from ita_rules.run.types import Document, Page

ZIP = "application/zip"
_CHUNK = 1 << 20
_UTF8 = 0x800
_SHARE = 0.8  # of the time that is left, one member may take
# What systems put into archives for themselves.
_OWN = ("__macosx/", "thumbs.db", ".ds_store", "desktop.ini")


def version() -> str:
    """Name and version of this reader."""
    return "zipped/1"


def read(data: bytes, hints: Hints, limits: Limits) -> Document:
    """The members' pages, numbered through. A member that gave nothing is a page with the cause.

    Raises `ReaderError`: `too_large`, `encrypted` where all members are locked, `unreadable` for damage, an archive without
    files, and archives nested too deep.
    """
    if limits.nesting <= 0:
        raise ReaderError("unreadable", failure="nesting")
    end = time.monotonic() + limits.seconds
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ReaderError("unreadable", failure="damaged") from error
    with archive:
        entries = [entry for entry in archive.infolist() if not _is_own(entry)]
        if len(entries) > limits.entries or sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
            raise ReaderError("too_large", failure="unpacked")
        if not entries:
            raise ReaderError("unreadable", failure="empty")
        if all(entry.flag_bits & 1 for entry in entries):
            raise ReaderError("encrypted", failure="password")
        gathered = _Gathered(limits)
        for entry in entries:
            left = end - time.monotonic()
            if not gathered.has_room() or left < 0.2 * limits.seconds:
                gathered.truncated = True
                break
            _member(archive, entry, hints, gathered, _SHARE * left)
    if not gathered.pages:
        raise ReaderError("unreadable", failure="empty")
    return gathered.document(data, len(entries))


class _Gathered:
    """What the members gave so far, and what is left of the limits."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.left = limits.unpacked_bytes
        self.pages: list[Page] = []
        self.documents: list[Document] = []
        self.truncated = False

    def has_room(self) -> bool:
        """Whether another member may be read."""
        return self.left > 0 and len(self.pages) < self.limits.pages and self._chars() < self.limits.text_chars

    def _chars(self) -> int:
        return sum(len(block.text) for page in self.pages for block in page.blocks)

    def inner(self, seconds: float) -> Limits:
        """The limits of the next member: what is left."""
        recognised = sum(page.method == "ocr" for page in self.pages)
        return replace(
            self.limits,
            nesting=self.limits.nesting - 1,
            pages=self.limits.pages - len(self.pages),
            seconds=seconds,
            text_chars=self.limits.text_chars - self._chars(),
            rows=max(self.limits.rows - sum(block.kind == "row" for page in self.pages for block in page.blocks), 1),
            unpacked_bytes=self.left,
            ocr_pages=max(self.limits.ocr_pages - recognised, 0),
            ocr_seconds=min(self.limits.ocr_seconds, seconds),
        )

    def add(self, name: str, document: Document) -> None:
        """The pages of one member; one that gave none is a page with the cause."""
        self.documents.append(document)
        self.truncated = self.truncated or document.truncated
        if document.cause and not document.pages:
            self.fail(name, document.cause)
            return
        several = len(document.pages) > 1
        for page in document.pages:
            inner = page.name or (str(page.number) if several else "")
            self.pages.append(replace(page, number=len(self.pages) + 1, name=f"{name} › {inner}" if inner else name))

    def fail(self, name: str, cause: str) -> None:
        """A member that could not be read."""
        self.pages.append(Page(len(self.pages) + 1, name=name, cause=cause, trust=0.0))

    def document(self, data: bytes, members: int) -> Document:
        """The whole."""
        facts = {"pages": str(len(self.pages)), "members": str(members)}
        if len(self.documents) == 1 and members == 1:
            facts = {**self.documents[0].facts, **facts}
        title = next((found.title for found in self.documents if found.title), "") if members == 1 else ""
        causes = [page.cause for page in self.pages]
        return Document(
            hashlib.sha256(data).hexdigest(), ZIP, title=title, pages=tuple(self.pages),
            readers=(version(), *dict.fromkeys(name for found in self.documents for name in found.readers)),
            cause=causes[0] if causes and all(causes) else None, truncated=self.truncated, facts=facts,
        )  # fmt: skip


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, hints: Hints, gathered: _Gathered, seconds: float) -> None:
    """Read one member into what is gathered."""
    name = name_of(entry)
    if entry.flag_bits & 1:
        gathered.fail(name, "encrypted")
        return
    try:
        body = _unpacked(archive, entry, gathered.left)
    except (*DAMAGE, RuntimeError):
        gathered.fail(name, "unreadable")
        return
    if body is None:  # more comes out than the directory said: the rest of the archive is not believed either
        gathered.fail(name, "too_large")
        gathered.left, gathered.truncated = 0, True
        return
    gathered.left -= len(body)
    if not body.strip():
        return
    inner = Hints(url=hints.url, filename=name.rpartition("/")[2], base_url=hints.base_url)
    gathered.add(name, read_any(body, inner, gathered.inner(seconds)))


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes | None:
    """The bytes of a member, None where they are more than `limit`."""
    parts, size = [], 0
    with archive.open(entry) as member:
        while part := member.read(_CHUNK):
            size += len(part)
            if size > limit:
                return None
            parts.append(part)
    return b"".join(parts)


def _is_own(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is a folder, or a note that a system made for itself."""
    name = entry.filename.replace("\\", "/").lower()
    last = name.rpartition("/")[2]
    return entry.is_dir() or name.startswith(_OWN[0]) or last in _OWN or last.startswith(("._", "~$"))


def name_of(entry: zipfile.ZipInfo) -> str:
    """A member's name as people wrote it: UTF-8 where it says so or is so, cp874 where it is Thai, else the code page of DOS."""
    name = entry.filename
    if not entry.flag_bits & _UTF8:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            return name
        for charset in ("utf-8", "cp874" if is_thai(raw, few=2) else "cp437"):
            try:
                name = raw.decode(charset)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")
