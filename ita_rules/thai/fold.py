"""Folding of Thai text into search keys: two texts that a reader takes for the same have the same key.

Text layers of real agency PDFs lose ำ (18 of 19 Word PDFs measured), split it, put blanks before marks, double marks or
use private-use glyphs. `key` repairs what can be repaired; `loose` also drops tones and writes ำ as า, so that a lost ำ
matches. Both keep only letters, digits and vowel marks: blanks, punctuation, slashes and bullets never count.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

UNREAD = "□"
"""Stands in recognised text for each digit that could not be read for certain. Keys drop it; it is no part of a number."""

_ARABIC = dict(zip("๐๑๒๓๔๕๖๗๘๙", "0123456789", strict=True))
THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")

# Glyph variants that old Thai fonts put into the private use area (Windows Thai fonts' layout).
_PUA = {0xF700: "ฐ", 0xF70F: "ญ", 0xF710: "ั", 0xF711: "ํ", 0xF712: "็"}
_PUA |= {0xF701 + i: c for i, c in enumerate("ิีึื")}
_PUA |= {0xF705 + i: c for i, c in enumerate("่้๊๋์")}
_PUA |= {0xF70A + i: c for i, c in enumerate("่้๊๋์")}
_PUA |= {0xF713 + i: c for i, c in enumerate("่้๊๋์")}
_PUA |= {0xF718 + i: c for i, c in enumerate("ฺุู")}


class _Letters(dict[int, int | str | None]):
    """What becomes of each character: font glyphs and Thai digits mapped, invisible and private ones dropped (None)."""

    def __missing__(self, code: int) -> int | None:
        """The rest, decided once per character."""
        self[code] = None if unicodedata.category(chr(code)) in ("Cf", "Co") else code
        return code if self[code] is not None else None


_LETTERS = _Letters({**_PUA, **THAI_DIGITS})

_MARKS = "ัิีึืฺุู็่้๊๋์ํ๎"
_SPACE_BEFORE_MARK = re.compile(f"(?<!\\s)\\s++(?=[{_MARKS}ำ])")  # each run of blanks looked at once
# ASCII and Thai without nikhahit: normalising does no more to it than the repairs below do, and nothing in it is invisible.
_PLAIN = re.compile(r"[\x00-\x7f\u0e01-\u0e4c\u0e4f-\u0e5b]*")
_A_THAI_DIGIT = re.compile("[๐-๙]")
_MARK_RUN = re.compile(f"[{_MARKS}]{{2,}}")
_NIKHAHIT_AA = re.compile("ํ([่้๊๋]?)า")
_AM_TONE = re.compile("ำ([่้๊๋])")  # typed in the wrong order: "นำ้"
_AM_RUN = re.compile("ำ[ำา]+")  # a doubled ำ, and writers of PDFs that put its า once more
_KEEP = re.compile(f"[^0-9a-zก-ฮะาำเแโใไๅๆฤฦ{_MARKS}]+")
_TONES = re.compile("[็่้๊๋์ํ๎]")


def _place(mark: str) -> tuple[bool, int]:
    """Where a mark belongs in a run of marks: vowels before tones, and among them in Unicode's own order."""
    tone = mark in "่้๊๋์ํ๎"
    return (tone, 0 if tone else unicodedata.combining(mark))


@lru_cache(maxsize=4096)
def _in_order(marks: str) -> str:
    """A run of marks in their order, each once."""
    return "".join(dict.fromkeys(sorted(marks, key=_place)))


def _settle(text: str) -> str:
    """Marks in one order and each once, ำ and แ written as one letter."""
    for _ in range(4):  # one repair may bring about the next
        before = text
        text = _MARK_RUN.sub(lambda run: _in_order(run[0]), text)
        text = _AM_TONE.sub(r"\1ำ", _NIKHAHIT_AA.sub(r"\1ำ", text))
        text = _AM_RUN.sub("ำ", text).replace("เเ", "แ")
        if text == before:
            break
    return text


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """Text with repairable faults mended and Thai digits as Arabic, still readable: blanks and punctuation stay."""
    if not _PLAIN.fullmatch(text):
        text = unicodedata.normalize("NFKC", text).translate(_LETTERS)
    elif _A_THAI_DIGIT.search(text):
        text = _A_THAI_DIGIT.sub(lambda digit: _ARABIC[digit[0]], text)
    text = _SPACE_BEFORE_MARK.sub("", text)
    return _settle(text)


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """The search key of a text: mended, lower case, only letters, digits and marks."""
    return _settle(_KEEP.sub("", clean(text).lower()))


@lru_cache(maxsize=16_384)
def loose(text: str) -> str:
    """The looser key: no tone marks, ำ as า. It merges words that differ by tone, so a short wording deserves `key`."""
    return _TONES.sub("", key(text)).replace("ำ", "า").replace("เเ", "แ")


def has(text: str, wording: str) -> bool:
    """Whether a wording stands in a text, by the looser key for wordings of 6 letters and more, else by `key`."""
    wanted = loose(wording)
    if len(wanted) >= 6:
        return wanted in loose(text)
    return key(wording) in key(text)
