"""Folding of Thai text into search keys: two texts that a reader takes for the same have the same key.

Text layers of real agency PDFs lose ำ (18 of 19 Word PDFs measured), split it, put blanks before marks, double marks or
use private-use glyphs. `key` repairs what can be repaired; `loose` also drops tones and writes ำ as า, so that a lost ำ
matches. Both keep only letters, digits and vowel marks: blanks, punctuation, slashes and bullets never count.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")

# Glyph variants that old Thai fonts put into the private use area (Windows Thai fonts' layout).
_PUA = {0xF700: "ฐ", 0xF70F: "ญ", 0xF710: "ั", 0xF711: "ํ", 0xF712: "็"}
_PUA |= {0xF701 + i: c for i, c in enumerate("ิีึื")}
_PUA |= {0xF705 + i: c for i, c in enumerate("่้๊๋์")}
_PUA |= {0xF70A + i: c for i, c in enumerate("่้๊๋์")}
_PUA |= {0xF713 + i: c for i, c in enumerate("่้๊๋์")}
_PUA |= {0xF718 + i: c for i, c in enumerate("ฺุู")}

_MARKS = "ัิีึืฺุู็่้๊๋์ํ๎"
_SPACE_BEFORE_MARK = re.compile(f"\\s+(?=[{_MARKS}])")
_TONE_NIKHAHIT_AA = re.compile("ํ([่้๊๋]?)า")
_TONE_SARA_AM = re.compile("([่้๊๋])ำ")
_TONE_VOWEL = re.compile("([่้๊๋์])([ัิีึืฺุู็])")
_REPEATED = re.compile(f"([{_MARKS}ำ])\\1+")
_KEEP = re.compile(f"[^0-9a-zก-ฮะาำเแโใไๅๆฤฦ{_MARKS}]+")
_TONES = re.compile("[็่้๊๋์ํ๎]")


def clean(text: str) -> str:
    """Text with repairable faults mended and Thai digits as Arabic, still readable: blanks and punctuation stay."""
    text = unicodedata.normalize("NFKC", text).translate(_PUA).translate(THAI_DIGITS)
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Co") or c in "\n\t")
    text = _SPACE_BEFORE_MARK.sub("", text)
    text = _TONE_NIKHAHIT_AA.sub(r"\1ำ", text).replace("ํา", "ำ").replace("เเ", "แ")
    text = _TONE_VOWEL.sub(r"\2\1", text)
    return _REPEATED.sub(r"\1", text)


@lru_cache(maxsize=50_000)
def key(text: str) -> str:
    """The search key of a text: mended, lower case, only letters, digits and marks."""
    return _REPEATED.sub(r"\1", _KEEP.sub("", clean(text).lower()))


@lru_cache(maxsize=50_000)
def loose(text: str) -> str:
    """The looser key: no tone marks, ำ as า. It merges words that differ by tone, so a short wording deserves `key`."""
    return _TONES.sub("", key(text)).replace("ำ", "า")


def has(text: str, wording: str) -> bool:
    """Whether a wording stands in a text, by the looser key for wordings of 6 letters and more, else by `key`."""
    wanted = loose(wording)
    if len(wanted) >= 6:
        return wanted in loose(text)
    return key(wording) in key(text)
