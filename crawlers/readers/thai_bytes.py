"""Text of one byte a character that does not say, or says wrongly, in which code page it is."""

from __future__ import annotations

import re

from crawlers.readers.pdf_quality import BAD_SHARE, bad_share

_HIGH = re.compile(rb"[\x80-\xff]")
_LETTER = re.compile(rb"[\xa1-\xda\xdf-\xfb]")
_THAI = re.compile(r"[\u0e01-\u0e5b]")
_MENDED = {
    byte: letter for byte in range(0xA1, 0xFC) if (letter := bytes([byte]).decode("cp874", "replace")) != "\ufffd"
}  # fmt: skip

FEW = 20
"""Fewer bytes above 0x7F than this tell nothing."""

SHARE = 0.95
"""Share of the bytes above 0x7F that have to be Thai letters: the share by which web pages are told."""


def is_thai(data: bytes, few: int = FEW) -> bool:
    """Whether bytes are Thai (cp874): nearly all high bytes, `few` at least, are its letters and stand as they may."""
    high = len(_HIGH.findall(data))
    if high < few or len(_LETTER.findall(data)) < SHARE * high:
        return False
    return bad_share(data.decode("cp874", "replace")) <= BAD_SHARE


def is_garbled(text: str) -> bool:
    """Whether a text holds Thai (cp874) that was taken for Western letters."""
    return 5 * len(_THAI.findall(text)) < len(text) and is_thai(text.encode("cp1252", "ignore"))


def mend(text: str) -> str:
    """A garbled text with the Thai letters put back."""
    return text.translate(_MENDED)
