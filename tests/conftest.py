"""What all tests stand on: Ctrl-C reaches them whatever started them, and their names are the same in every process."""

from __future__ import annotations

import signal


def pytest_configure() -> None:
    """A shell that starts the tests in the background has them ignore Ctrl-C, and the programs that they start inherit it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are no names: a packed body bears the second in which it was made, and processes that share the tests would each
    know them by other names."""
    return argname if isinstance(val, bytes | bytearray) else None
