"""Errors of the client as causes: what went wrong, in the words of CONTRACT, and what exactly is wrong with a certificate."""

from __future__ import annotations

import errno
import http.client
import re
import socket
import ssl
from collections.abc import Iterator
from typing import Any

import urllib3.exceptions

from crawlers.bodies import CutError, TooLargeError, UnknownPackingError
from crawlers.guard import RefusedError

NO_CONNECTION = frozenset({"dns", "refused", "timeout", "reset"})
"""Causes of a host that does not answer at all, where not one line of an answer came."""

_KINDS: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((TooLargeError,), "too_large"),
    ((UnknownPackingError,), "unreadable"),
    ((ssl.SSLError, urllib3.exceptions.SSLError), "tls"),
    ((socket.gaierror, urllib3.exceptions.NameResolutionError), "dns"),
    ((ConnectionRefusedError,), "refused"),
    ((TimeoutError, urllib3.exceptions.TimeoutError), "timeout"),
    ((urllib3.exceptions.LocationValueError,), "dns"),
    (
        (
            ConnectionError,
            CutError,
            EOFError,
            http.client.HTTPException,
            urllib3.exceptions.HTTPError,
        ),
        "reset",
    ),
    ((UnicodeError,), "dns"),
)
_UNREACHABLE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.EACCES, errno.EPERM, errno.ENETDOWN})

# Numbers of OpenSSL's verification errors.
_VERIFY = {
    9: "not valid yet",
    10: "expired",
    18: "self-signed",
    19: "self-signed",
    20: "unknown issuer",
    21: "unknown issuer",
    23: "revoked",
    62: "wrong host",
    64: "wrong host",
    66: "weak key",
    67: "weak key",
    68: "weak signature",
}
_REASONS = (
    (re.compile(r"(?i)hostname mismatch|doesn't match|IP address mismatch"), "wrong host"),
    (re.compile(r"(?i)certificate has expired"), "expired"),
    (re.compile(r"UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|VERSION_TOO_LOW|LEGACY_RENEGOTIATION|LEGACY_SIGALG"), "old protocol"),
    (re.compile(r"DH_KEY_TOO_SMALL|KEY_TOO_SMALL|MD_TOO_WEAK|CA_KEY"), "weak key"),
    (re.compile(r"NO_CIPHERS?|NO_SHARED_CIPHER|HANDSHAKE_FAILURE|BAD_ECPOINT|DECODE_ERROR"), "handshake failed"),
    (re.compile(r"WRONG_VERSION_NUMBER|RECORD_LAYER_FAILURE|HTTP_REQUEST|UNKNOWN_PROTOCOL|RECORD_TOO"), "no https at this port"),
    (re.compile(r"EOF_OCCURRED|UNEXPECTED_EOF|EOF occurred"), "handshake broken off"),
)


def cause_of(error: BaseException) -> tuple[str, str]:
    """The cause behind an error of the client, and its words."""
    chain = list(_chain(error))
    for one in chain:
        if isinstance(one, RefusedError):
            return one.cause, one.detail
    for kinds, cause in _KINDS:
        for one in chain:
            if isinstance(one, kinds) and not (cause == "reset" and _is_unreachable(chain)):
                return cause, tls_fault(chain) if cause == "tls" else f"{type(one).__name__}: {one}"[:200]
    if _is_unreachable(chain):
        return "refused", f"{type(error).__name__}: {error}"[:200]
    return "internal_error", f"{type(error).__name__}: {error}"[:200]


def tls_fault(chain: list[BaseException]) -> str:
    """What is wrong with a secure connection, in a few words: ``expired``, ``wrong host``, ``self-signed`` …"""
    for one in chain:
        if isinstance(one, ssl.SSLCertVerificationError):
            number = getattr(one, "verify_code", 0)
            return _VERIFY.get(number) or str(getattr(one, "verify_message", "") or f"certificate error {number}")[:80]
    said = " ".join(str(one) for one in chain if isinstance(one, (ssl.SSLError, urllib3.exceptions.SSLError)))
    known = next((words for pattern, words in _REASONS if pattern.search(said)), "")
    return known or f"https failed: {said}"[:120]


def _is_unreachable(chain: list[BaseException]) -> bool:
    return any(isinstance(e, OSError) and e.errno in _UNREACHABLE for e in chain)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error, what it was raised from, and the errors it carries inside; each once."""
    waiting: list[BaseException] = [error]
    seen: set[int] = set()
    while waiting and len(seen) < 50:
        one = waiting.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        inside: list[Any] = [*one.args, getattr(one, "reason", None), one.__cause__, one.__context__]
        waiting += [e for e in inside if isinstance(e, BaseException)]
