"""The child process of the sandbox: reads bodies one after another, each answered through a pipe.

Started as ``python -m crawlers.readers.worker``, so that nothing of the parent's main module is run again. Messages are a
length (8 bytes, big endian) and a pickle; both ends are this program, and the child sends a `Document` or a `Picture`.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import struct
import sys
from typing import BinaryIO, cast

from crawlers.readers.interface import Hints, Limits, failed, place_of, read, unrecognised
from crawlers.readers.page_picture import Picture, PictureAsk, draw
from crawlers.readers.sniff import sniff
from ita_rules.run.types import Document

try:
    import resource
except ImportError:  # Windows: the parent's clock is the only limit
    resource = None  # type: ignore[assignment]

LENGTH = struct.Struct(">Q")
YOUNG_OBJECTS = 100_000
"""Objects made before the collector looks for circles among them: what a reader makes has hardly any, and looking through it
every 700 objects costs a tenth of the time."""

MAX_MESSAGE = 1 << 31
"""Bytes of one message; a longer one is a fault."""


def receive(stream: BinaryIO) -> object | None:
    """The next message, None at the end of the stream."""
    head = _exactly(stream, LENGTH.size)
    if head is None:
        return None
    (length,) = LENGTH.unpack(head)
    body = _exactly(stream, length) if length <= MAX_MESSAGE else None
    return None if body is None else pickle.loads(body)


def send(stream: BinaryIO, message: object) -> None:
    """Write one message."""
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(LENGTH.pack(len(body)) + body)
    stream.flush()


def _exactly(stream: BinaryIO, count: int) -> bytes | None:
    parts = []
    while count:
        part = stream.read(min(count, 1 << 20))
        if not part:
            return None
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def is_confined() -> bool:
    """Whether this platform bounds memory and CPU time. macOS takes the bound of memory and does not hold it."""
    return resource is not None and hasattr(resource, "RLIMIT_AS") and sys.platform != "darwin"


def confine(limits: Limits) -> None:
    """Bound this process' address space, and forbid core files."""
    if resource is None:
        return
    for name, wanted in (("RLIMIT_AS", limits.memory_bytes), ("RLIMIT_CORE", 0)):
        what = getattr(resource, name, None)
        if what is None:
            continue
        _, hard = resource.getrlimit(what)
        top = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        # A system that knows the name and refuses the limit still has the parent's clock.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (top, top))


def allow_cpu(seconds: float) -> None:
    """Let this process use so many seconds of CPU from now on, children not counted; the kernel ends it after them."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 2
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def read_one(data: bytes, hints: Hints, limits: Limits, document: Document | None = None) -> Document:
    """`interface.read`, or the recognition of a document's pictures, with the want of memory as a cause too."""
    try:
        return read(data, hints, limits) if document is None else _recognise(data, hints, limits, document)
    except MemoryError:
        return failed(data, sniff(data, hints), "unreadable", "memory") if document is None else unrecognised(document, "memory")


def _recognise(data: bytes, hints: Hints, limits: Limits, document: Document) -> Document:
    # Only a child that is asked to recognise loads what that takes.
    from crawlers.readers.ocr.document import recognise

    try:
        return recognise(data, document, hints, limits)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a picture brings about is a cause, like a parser's fault
        return unrecognised(document, place_of(error))


def draw_one(data: bytes, ask: PictureAsk) -> Picture:
    """`page_picture.draw`; whatever keeps a page from being drawn is a cause."""
    try:
        return draw(data, ask)
    except MemoryError:
        return Picture(cause="memory")
    except Exception as error:  # noqa: BLE001 - a parser may raise anything on foreign bytes; it becomes a cause
        return Picture(cause=place_of(error))


def main() -> None:
    """Answer requests ``(data, hints, limits, task)`` until the parent closes the pipe. The task is None (read), a document whose
    pictures are to be recognised, or a `PictureAsk`. A first message of `Limits` confines."""
    # Ctrl-C goes to the whole group of the terminal; only the parent says what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests: BinaryIO = os.fdopen(os.dup(0), "rb")
    answers: BinaryIO = os.fdopen(os.dup(1), "wb")
    # Libraries that write to standard output must not write into the answers.
    silence = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(silence, number)
    gc.set_threshold(YOUNG_OBJECTS, 10, 10)
    first = receive(requests)
    if isinstance(first, Limits):
        confine(first)
    while (message := receive(requests)) is not None:
        data, hints, limits, task = cast(tuple[bytes, Hints, Limits, Document | PictureAsk | None], message)
        allow_cpu(limits.seconds + (limits.ocr_seconds if isinstance(task, Document) else 0.0))
        send(answers, draw_one(data, task) if isinstance(task, PictureAsk) else read_one(data, hints, limits, task))


if __name__ == "__main__":
    main()
