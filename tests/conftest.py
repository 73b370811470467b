"""What all tests stand on: Ctrl-C reaches them whatever started them."""

from __future__ import annotations

import signal


def pytest_configure() -> None:
    """A shell that starts the tests in the background has them ignore Ctrl-C, and the programs that they start inherit it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
