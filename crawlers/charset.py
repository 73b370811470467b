"""From the bytes of a page or text file to a `str`.

What a page says of itself (meta tag, header) is wrong too often on Thai sites, so the bytes decide, all of them: the first
kilobytes of a page are scripts and show nothing. General detectors lose TIS-620 on a fifth to a half of such pages.
"""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF8_SEQUENCE = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_NOT_THAI_LETTER = bytes(b for b in range(0x100) if not (0xA1 <= b <= 0xDA or 0xDF <= b <= 0xFB))
_THAI_NAMES = re.compile(r"(?i)^(?:x-)?(?:tis-?620|iso-?8859-?11|windows-?874|cp-?874|ibm-?874|thai)")

THAI_SHARE = 0.95
"""Share of the bytes above 0x7F that must be Thai letters for a body to count as cp874 (measured on 84 pages)."""

BROKEN_SHARE = 0.1
"""Share of the non-ASCII bytes that may lie outside whole UTF-8 sequences in a body that still counts as UTF-8."""


def decode(body: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text of `body` and the name of the charset that was used.

    In this order: a byte order mark; strict UTF-8; UTF-8 with few broken sequences (they become U+FFFD); cp874 where more
    than 95 % of the high bytes are Thai letters; a declared Thai charset where they nearly are; cp1252. TIS-620 is always
    read as cp874, its superset. `declared` (meta tag or header) only tips the balance between the last two. Never raises.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace"), name
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    high = len(_NOT_ASCII.findall(body))
    whole = sum(len(found) for found in _UTF8_SEQUENCE.findall(body))
    if high - whole <= BROKEN_SHARE * high:
        return body.decode("utf-8", "replace"), "utf-8"
    share = len(body.translate(None, _NOT_THAI_LETTER)) / high
    if share > THAI_SHARE or (share > 0.8 and declared is not None and _THAI_NAMES.match(declared.strip())):
        return body.decode("cp874", "replace"), "cp874"
    return body.decode("cp1252", "replace"), "cp1252"
