"""Where in a recognised line numbers in Thai digits may stand, and whether a number there is a year.

The engine's own Thai digits are the first sign, though it may put two for one, or letters (๖ as ว, ๖๖ as bb, ๓๐ as ลา). So
after words that call for a number (ปี, พ.ศ., วันที่, ข้อ, months) the next symbols are looked at as well, whatever they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from crawlers.readers.digits.classify import ARABIC, THAI
from crawlers.readers.ocr.types import Symbol, TextRow

_MONTH = (
    "มกราคม|กุมภาพันธ์?|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"
    r"|[มกพสตธ]\.?[คพย]\.|มี\.?ค\.|เม\.?ย\.|มิ\.?ย\."
)
_TAIL = r"[^ก-๙A-Za-z0-9]{0,3}$"
_YEAR_ONLY = re.compile(rf"(?:พ\.?ศ[.,]?|ปีงบประมาณ){_TAIL}")
_YEAR = re.compile(rf"(?:ปี|{_MONTH}){_TAIL}")
_WORDS = r"พ\.?ศ[.,]?|ปี|งบประมาณ|วันที่?|ข้อ|หน้า|ฉบับที่?|ครั้งที่?|มาตรา|หมู่ที่?|จำ_?นวน|" + _MONTH
_NUMBER = re.compile(_WORDS)
_NUMBER_NOW = re.compile(rf"(?:{_WORDS}){_TAIL}")
_BESIDE = re.compile(r"[ก-๎()\[\]“”\"'%:;*]+$")

SHORT_ROW = 12
"""A row of at most so many symbols that is not plainly words is looked at whole: cells of figures come out as any letters."""

FIRM = 0.8
"""Confidence from which on the engine's letter is believed to be no digit."""

AFTER = 6
"""Symbols looked at after a word that calls for a number."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Symbols `start` to `end` (exclusive) of a row that are worth a look."""

    start: int
    end: int


def is_thai_digit(symbol: Symbol) -> bool:
    """Whether the engine put a Thai digit."""
    return any(c in THAI for c in symbol.text)


def is_digit(symbol: Symbol) -> bool:
    """Whether the engine put a digit of either script."""
    return any(c in THAI + ARABIC for c in symbol.text)


def is_mark(symbol: Symbol) -> bool:
    """Whether a symbol is nothing but a vowel or tone above or below."""
    return all(unicodedata.category(c) == "Mn" for c in symbol.text)


def plain(symbols: Sequence[Symbol]) -> str:
    """What the engine wrote, without its blanks, ำ in one piece."""
    return "".join(s.text for s in symbols).replace("ํา", "ำ")


def stretches(row: TextRow) -> list[Stretch]:
    """The stretches to look at, in order, not touching one another."""
    words = all(may_touch(s) and s.confidence >= FIRM for s in row.symbols)
    if len(row.symbols) <= SHORT_ROW and not words:
        return [Stretch(0, len(row.symbols))]
    wanted = [i for i, s in enumerate(row.symbols) if is_thai_digit(s)]
    # Positions in the text without blanks, so that a word found leads back to its symbols.
    owner = [i for i, s in enumerate(row.symbols) for _ in s.text]
    for found in _NUMBER.finditer("".join(s.text for s in row.symbols).replace("ํา", "ำ_")):
        last = owner[min(found.end(), len(owner)) - 1]
        wanted += range(last + 1, min(last + 1 + AFTER, len(row.symbols)))
    joined: list[Stretch] = []
    for i in sorted(set(wanted)):
        if joined and i <= joined[-1].end + 2:
            joined[-1] = Stretch(joined[-1].start, i + 1)
        else:
            joined.append(Stretch(i, i + 1))
    return joined


def year_before(before: Sequence[Symbol]) -> Literal["strict", "likely", "no"]:
    """What the words right before a number make of it: a year and nothing else (พ.ศ.), likely one (ปี, a month), or neither."""
    text = plain(before[-30:])
    if _YEAR_ONLY.search(text):
        return "strict"
    return "likely" if _YEAR.search(text) else "no"


def calls_for_a_number(before: Sequence[Symbol], *, shortly: bool = False) -> bool:
    """Whether a word that calls for a number stands a little before, or with `shortly` right before."""
    found = _NUMBER_NOW.search(plain(before[-30:])) if shortly else _NUMBER.search(plain(before[-14:]))
    return found is not None


def may_touch(symbol: Symbol) -> bool:
    """Whether a symbol is one that stands beside numbers without being part of them: a Thai letter, a bracket, a quote."""
    return _BESIDE.match(symbol.text) is not None
