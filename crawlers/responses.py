"""The head of a response, bounded: interim answers, lines and headers without an end.

The standard library takes a hundred headers of 64 KB each, any number of ``100 Continue`` and a ``103 Early Hints`` for the
answer itself; some versions of the client read the lines between two chunks without a limit.
"""

from __future__ import annotations

import http.client
from typing import Any

MAX_HEAD = 256 * 1024
"""Bytes of status lines and headers of one response; honest ones stay below 16 KB."""

MAX_LINE = 64 * 1024
MAX_INTERIM = 8
"""Interim answers (1xx) that are passed over."""


class HeadError(http.client.HTTPException):
    """A response whose head is beyond all measure."""


class _Lines:
    """A response's stream whose lines are bounded, while the head is read also in their sum."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.room: int | None = None

    def readline(self, limit: int = -1) -> bytes:
        """The next line. Raises `HeadError` where it does not end."""
        line: bytes = self._stream.readline(MAX_LINE + 1 if limit < 0 else min(limit, MAX_LINE + 1))
        if len(line) > MAX_LINE:
            raise HeadError("a line without an end")
        if self.room is not None:
            self.room -= len(line)
            if self.room < 0:
                raise HeadError(f"more than {MAX_HEAD} bytes of headers")
        return line

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class BoundedResponse(http.client.HTTPResponse):
    """A response of the standard library that does not read for ever. Raises `HeadError` for a head beyond the limits."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fp: Any = _Lines(self.fp)

    def begin(self) -> None:
        """Read the status line and the headers."""
        lines = self.fp
        if isinstance(lines, _Lines):
            lines.room = MAX_HEAD
        super().begin()
        if isinstance(lines, _Lines):
            lines.room = None

    def _read_status(self) -> tuple[str, int, str]:
        for _ in range(MAX_INTERIM + 1):
            version, status, reason = super()._read_status()  # type: ignore[misc]
            if not 100 <= status < 200:
                return version, status, reason
            while self.fp.readline().strip():
                pass
        raise HeadError("interim answers without an end")
