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
# The same by where they belong in a run of marks: each of these before the next.
_UPPER, _DOT, _LOWER, _TONE = "ัิีึื็", "ฺ", "ุู", "่้๊๋์ํ๎"
_UNSAID = "็่้๊๋์ํ๎"
_SPACE_BEFORE_MARK = re.compile(f"(?<!\\s)\\s++(?=[{_MARKS}ำ])")  # each run of blanks looked at once
# ASCII, Thai without nikhahit, dashes, quotation marks and bullets: normalising does no more to it than the repairs below do, and
# nothing in it is invisible.
_PLAIN = re.compile(r"[\x00-\x7f\u0e01-\u0e4c\u0e4f-\u0e5b\u2013\u2014\u2018\u2019\u201c\u201d\u2022]*")
_A_THAI_DIGIT = re.compile("[๐-๙]")
_MARK_RUN = re.compile(f"[{_MARKS}]{{2,}}")
_NIKHAHIT_AA = re.compile("ํ([่้๊๋]?)า")
_AM_TONE = re.compile("ำ([่้๊๋])")  # typed in the wrong order: "นำ้"
_AM_RUN = re.compile("ำ[ำา]+")  # a doubled ำ, and writers of PDFs that put its า once more
# Whatever one of the repairs of `_settle` could change stands in a text where this does; most texts are settled already.
_UNSETTLED = re.compile(
    f"[{_TONE}][{_MARKS}]|[{_UPPER}][{_UPPER}]|{_DOT}[{_UPPER}{_DOT}]|[{_LOWER}][{_UPPER}{_DOT}{_LOWER}]|ํา|ำ[่้๊๋ำา]|เเ"
)
LETTERS = f"0-9a-zก-ฮะาำเแโใไๅๆฤฦ{_MARKS}"
"""What keys are made of, as a class of a regular expression."""

_KEEP = re.compile(f"[^{LETTERS}]+")


def is_plain(text: str) -> bool:
    """Whether a text is made of letters and signs alone that normalising leaves as they are."""
    return _PLAIN.fullmatch(text) is not None


def _place(mark: str) -> tuple[bool, int]:
    """Where a mark belongs in a run of marks: vowels before tones, and among them in Unicode's own order."""
    tone = mark in _TONE
    return (tone, 0 if tone else unicodedata.combining(mark))


@lru_cache(maxsize=4096)
def _in_order(marks: str) -> str:
    """A run of marks in their order, each once."""
    return "".join(dict.fromkeys(sorted(marks, key=_place)))


def _settle(text: str) -> str:
    """Marks in one order and each once, ำ and แ written as one letter."""
    if not _UNSETTLED.search(text):
        return text
    for _ in range(4):  # one repair may bring about the next
        before = text
        text = _MARK_RUN.sub(lambda run: _in_order(run[0]), text)
        text = _AM_TONE.sub(r"\1ำ", _NIKHAHIT_AA.sub(r"\1ำ", text))
        text = _AM_RUN.sub("ำ", text).replace("เเ", "แ")
        if text == before:
            break
    return text


def arabic(text: str) -> str:
    """A text with Arabic digits in place of Thai ones; each letter keeps its place."""
    return _A_THAI_DIGIT.sub(lambda digit: _ARABIC[digit[0]], text) if _A_THAI_DIGIT.search(text) else text


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """Text with repairable faults mended and Thai digits as Arabic, still readable: blanks and punctuation stay."""
    text = arabic(text) if is_plain(text) else unicodedata.normalize("NFKC", text).translate(_LETTERS)
    return _settle(_SPACE_BEFORE_MARK.sub("", text))


def _key(text: str) -> str:
    return _settle(_KEEP.sub("", clean(text).lower()))


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """The search key of a text: mended, lower case, only letters, digits and marks."""
    return _key(text)


def without_tones(keyed: str) -> str:
    """The looser key by the stricter one, or of several with line ends between them."""
    for mark in _UNSAID:
        keyed = keyed.replace(mark, "")
    return keyed.replace("ำ", "า").replace("เเ", "แ")


@lru_cache(maxsize=4096)
def loose(text: str) -> str:
    """The looser key: no tone marks, ำ as า. It merges words that differ by tone, so a short wording deserves `key`."""
    # Not by `key`: what is asked for loosely is seldom asked for strictly as well, and would be kept twice.
    return without_tones(_key(text))


def has(text: str, wording: str) -> bool:
    """Whether a wording stands in a text, by the looser key for wordings of 6 letters and more, else by `key`."""
    wanted = loose(wording)
    if len(wanted) >= 6:
        return wanted in loose(text)
    return key(wording) in key(text)
