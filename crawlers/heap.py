"""How the C library hands out memory to the threads of a gathering."""

from __future__ import annotations

import contextlib
import ctypes
import sys

_M_ARENA_MAX = -8  # of <malloc.h>


def give_back() -> None:
    """Give the system back what lies free between what is in use, where the C library is GNU's: it does so by itself only at the
    end of its place, and pages' trees leave holes. Some milliseconds."""
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def share_memory() -> None:
    """Let all threads take memory from one place, where the C library is GNU's; elsewhere nothing is done.

    Left alone, it gives each thread a place of its own, and what a page's tree leaves free in one is of no use to the others:
    of the memory of a crawl by six threads that is a fifth. To be called before the threads begin.
    """
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)
