"""A saved run as a WARC file, the standard archive of web pages, which any replay tool opens.

What stands in it:

    warcinfo      the program, the agency, the start address, when it was gathered, what was not kept
    request       the request line, host and user agent of each address asked (no other request headers are kept in a run)
    response      status line, headers and body of each answer; of a redirect the headers, hop by hop (its body is not kept, which
                  ``WARC-Truncated`` says, as for bodies that were too large)
    revisit       the server's "not modified" of a later night; the answer of the night before that it refers to stands before it,
                  under that answer's own date, so that the archive is whole by itself
    conversion    a page as a browser showed it, beside the body as it was served
    resource      the picture of that page (``urn:view:ADDRESS``)
    metadata      why an address gave no evidence, what was wrong with its certificate, how often it was asked, and what was asked
                  in place of a share link; for an address that never answered it is all there is, as there was no response

Bodies are stored unpacked. So what said how they were packed on the way (Content-Encoding, Transfer-Encoding, Content-Length)
stands under ``X-Archive-Orig-…``, and Content-Length is that of the body in the record. Equal runs make equal archives.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from w3lib.url import safe_url_string
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from ita_rules.errors import OutputError, RunError
from ita_rules.run.blobs import BlobStore
from ita_rules.run.reader import RunReader
from ita_rules.run.store import blobs_of
from ita_rules.run.types import Exchange

FILE_NAME = "run.warc.gz"
"""Name of the archive in the run's folder when no other is given."""

_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_PACKING = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_NOT_A_NAME = re.compile(r"[^!#$%&'*+.^_`|~0-9A-Za-z-]")
_BREAKS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]+")

Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Archived:
    """What came of writing an archive: its file, how many records it has, and how many bodies the run names that are gone."""

    path: Path
    records: int
    missing: int


def write_warc(folder: Path, out: Path | None = None, *, only: Collection[str] | None = None) -> Archived:
    """Write the run in `folder` to the file `out` (``folder/run.warc.gz`` when left out), whole or not at all.

    `only` are the keys of the addresses to write, all where it is left out. One body is in memory at a time. A name that ends in
    ``.gz`` is compressed record by record. Bodies that are gone leave truncated records and are counted. Raises `RunError` (as
    `load_run`; `bodies_gone` where not one body is left) and `OutputError` (`not_writable`).
    """
    target = Path(out) if out is not None else Path(folder) / FILE_NAME
    blobs = blobs_of(folder)
    with RunReader(folder) as run:
        named = {sha256 for found in run.exchanges() if only is None or found.key in only for sha256 in _bodies(found)}
        missing = sum(not blobs.has(sha256) for sha256 in named)
        if named and missing == len(named):
            raise RunError("bodies_gone", path=str(blobs.folder))
        aside = target.with_name(f".{uuid.uuid4().hex}.tmp")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                with aside.open("xb") as stream:
                    archive = _Archive(WARCWriter(stream, gzip=target.suffix == ".gz", warc_version="1.1"), run, blobs)
                    archive.write(target.name, only)
                os.replace(aside, target)
            finally:
                aside.unlink(missing_ok=True)
        except OSError as error:
            raise OutputError("not_writable", path=str(target), reason=error.strerror or str(error)) from error
    return Archived(target, archive.records, missing)


def _bodies(found: Exchange) -> list[str]:
    return [sha256 for sha256 in (found.sha256, found.plain_sha256, found.screenshot) if sha256]


class _Archive:
    """One archive while it is written."""

    def __init__(self, writer: WARCWriter, run: RunReader, blobs: BlobStore) -> None:
        self.writer, self.run, self.blobs = writer, run, blobs
        self.records = 0
        self._seen: set[tuple[str, str]] = set()
        meta = run.meta
        self._agent = " ".join(
            part for part in (meta.settings.get("user_agent", ""), _contact(meta.settings.get("contact", ""))) if part
        )

    def write(self, name: str, only: Collection[str] | None) -> None:
        """Everything, or the addresses of `only`, in the order of the run's keys."""
        self._warcinfo(name)
        for found in self.run.exchanges():
            if only is None or found.key in only:
                self._exchange(found)

    def _warcinfo(self, name: str) -> None:
        meta = self.run.meta
        software = f"ita-rules/{meta.tool_version}" if meta.tool_version else "ita-rules"
        fields = [
            ("software", software),
            ("format", "WARC File Format 1.1"),
            ("conformsTo", "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"),
            ("description", f"{meta.agency_name} {meta.start_url}"),
            ("http-header-user-agent", self._agent),
            ("note", "Bodies are unpacked. Of requests only the request line, the host and the user agent were kept."),
        ]
        # A field with a date of the gathering, so that the same run makes the same file whenever it is written.
        headers = {"WARC-Filename": name, "WARC-Date": _date(meta.started or meta.finished)}
        self._record("", "warcinfo", _fields(fields), headers, "info")

    def _exchange(self, found: Exchange) -> None:
        """All records of one address."""
        at, date = found.asked or found.url, _date(found.fetched_at)
        for place, (status, target) in enumerate(found.hops):
            headers: Headers = found.hop_headers[place] if place < len(found.hop_headers) else (("Location", target),)
            if self._is_new(at, date, f"hop {status}"):
                self._answer(at, date, _status_line(status), headers, None, found.protocol, mark=f"hop {place} {found.key}")
            at = target
        last = ""
        if found.status is not None and self._is_new(at, date, "last"):
            last = self._last(found, at, date)
        if found.cause or found.insecure or found.asked or found.status is None:
            self._metadata(found, date, last)

    def _last(self, found: Exchange, at: str, date: str) -> str:
        """The records of an exchange's last response; the id of the response."""
        sha256 = found.plain_sha256 or found.sha256
        line = _status_line(found.status or 0, found.reason)
        if found.unchanged:
            first = _date_header(found.headers) or date
            served = self._answer(at, first, line, found.headers, sha256, found.protocol, mark=f"before {found.key}")
            self._revisit(found, at, date, served, first)
        else:
            served = self._answer(at, date, line, found.headers, sha256, found.protocol, mark=found.key, cause=found.cause)
        if found.rendered and found.plain_sha256 and found.sha256:
            shown = self._body(found.sha256)
            if shown is not None:
                headers = {"WARC-Date": date, "WARC-Refers-To": served, "Content-Type": "text/html; charset=utf-8"}
                self._record(at, "conversion", shown, headers, f"conversion {date}")
        picture = self._body(found.screenshot) if found.screenshot else None
        if picture is not None:
            headers = {"WARC-Date": date, "WARC-Concurrent-To": served, "Content-Type": "image/png"}
            self._record(f"urn:view:{_uri(at)}", "resource", picture, headers, f"screenshot {date}")
        return served

    def _answer(
        self,
        at: str,
        date: str,
        line: str,
        headers: Headers,
        sha256: str | None,
        protocol: str = "",
        *,
        mark: str,
        cause: str | None = None,
    ) -> str:
        """A response and its request; the id of the response."""
        body = self._body(sha256) if sha256 else None
        # Nothing was cut off where the server itself said that there is nothing.
        empty = sha256 is None and _length(headers) == 0
        told: dict[str, str] = {"WARC-Date": date}
        if body is None and not empty:
            told["WARC-Truncated"] = "length" if cause == "too_large" else "unspecified"
        kept = _kept(headers, len(body or b""))
        block = StatusAndHeaders(line, kept, protocol=protocol or "HTTP/1.1")
        served = self._record(at, "response", body or b"", told, f"response {date} {mark}", block)
        self._request(at, date, served, f"{date} {mark}")
        return served

    def _request(self, at: str, date: str, served: str, mark: str) -> None:
        parts = urlsplit(_uri(at))
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = [("Host", parts.netloc.rpartition("@")[2])]
        if self._agent:
            headers.append(("User-Agent", _line(self._agent)))
        block = StatusAndHeaders(f"GET {target} HTTP/1.1", headers, is_http_request=True)
        self._record(at, "request", b"", {"WARC-Date": date, "WARC-Concurrent-To": served}, f"request {mark}", block)

    def _revisit(self, found: Exchange, at: str, date: str, served: str, first: str) -> None:
        headers = {
            "WARC-Date": date,
            "WARC-Profile": _NOT_MODIFIED,
            "WARC-Refers-To": served,
            "WARC-Refers-To-Target-URI": _uri(at),
            "WARC-Refers-To-Date": first,
        }
        block = StatusAndHeaders("304 Not Modified", [], protocol=found.protocol or "HTTP/1.1")
        self._record(at, "revisit", b"", headers, f"revisit {date}", block)

    def _metadata(self, found: Exchange, date: str, served: str) -> None:
        fields = [
            ("asked", found.asked),
            ("cause", found.cause or ""),
            ("detail", found.detail),
            ("certificate", found.insecure),
            ("attempts", str(found.attempts)),
            ("seconds", str(found.seconds)),
        ]
        headers = {"WARC-Date": date, **({"WARC-Concurrent-To": served} if served else {})}
        self._record(found.url, "metadata", _fields(fields), headers, f"metadata {found.key}")

    def _record(
        self, at: str, kind: str, body: bytes, headers: dict[str, str], mark: str, block: StatusAndHeaders | None = None
    ) -> str:
        """Write one record; its id, which is the same whenever the same run is written."""
        meta = self.run.meta
        seed = "\n".join((meta.start_url, meta.started, at, kind, mark))
        name = f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, seed)}>"
        told = {"WARC-Record-ID": name, **headers}
        content_type = told.pop("Content-Type", "")
        record = self.writer.create_warc_record(
            at if at.startswith("urn:") else _uri(at),
            kind,
            payload=BytesIO(body),
            length=len(body),
            warc_content_type=content_type,
            warc_headers_dict=told,
            http_headers=block,
        )
        self.writer.write_record(record)
        self.records += 1
        return name

    def _body(self, sha256: str) -> bytes | None:
        with contextlib.suppress(RunError):
            return self.blobs.get(sha256)
        return None

    def _is_new(self, at: str, date: str, what: str) -> bool:
        """Whether this answer is not written yet: the end of a redirect stands in a run under both addresses."""
        known = (f"{what} {at}", date)
        if known in self._seen:
            return False
        self._seen.add(known)
        return True


def _contact(contact: str) -> str:
    return f"(+{contact})" if contact else ""


def _uri(url: str) -> str:
    """An address with nothing in it that a URI cannot hold; the path's letters as UTF-8."""
    if not url:
        return ""
    try:
        return str(safe_url_string(url.strip()))
    except (ValueError, UnicodeError):
        return quote(url, safe="%/:=&?~+!$,;'@()*[]#")


def _date(stamp: str) -> str:
    """A time of the run as WARC writes it (UTC); the beginning of time where the run holds none."""
    try:
        moment = dt.datetime.fromisoformat(stamp)
    except ValueError:
        moment = dt.datetime.fromtimestamp(0, dt.UTC)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _date_header(headers: Headers) -> str:
    """The time at which the server says that it sent an answer, as WARC writes it; ``""`` where it says none."""
    for name, value in headers:
        if name.lower() == "date":
            with contextlib.suppress(ValueError, TypeError, OverflowError):
                return _date(parsedate_to_datetime(value).isoformat())
    return ""


def _status_line(status: int, reason: str = "") -> str:
    if not reason:
        with contextlib.suppress(ValueError):
            reason = HTTPStatus(status).phrase
    return f"{status} {_line(reason)}".strip()


def _length(headers: Headers) -> int | None:
    told = next((value.strip() for name, value in headers if name.lower() == "content-length"), "")
    return int(told) if told.isascii() and told.isdigit() else None


def _kept(headers: Headers, size: int) -> list[tuple[str, str]]:
    """Headers as they may stand before a body of `size` bytes that is not packed."""
    kept = []
    for name, value in headers:
        clean = _NOT_A_NAME.sub("-", name)
        if clean:
            kept.append((f"X-Archive-Orig-{clean}" if name.lower() in _PACKING else clean, _line(value)))
    return [*kept, ("Content-Length", str(size))]


def _line(text: str) -> str:
    """A text that is one line of a record."""
    return _BREAKS.sub(" ", text.encode("utf-8", "replace").decode()).strip()


def _fields(fields: Iterable[tuple[str, Any]]) -> bytes:
    """Names and values as ``application/warc-fields``; what is empty is left out."""
    return "".join(f"{name}: {_line(str(value))}\r\n" for name, value in fields if value).encode()
