"""The form's codes (O1, O13, …) as agencies write them."""

from __future__ import annotations

import re
from functools import lru_cache

from ita_rules.thai.fold import clean
from ita_rules.thai.months import MONTH

# A nought for the O is common ("019"), but it also opens telephone numbers, dates, times and decimals: those are no codes.
_AFTER_NOUGHT = rf"(?!\s*[/.:]\s*[0-9])(?!\s*-\s*(?!0[0-9]{{1,2}}(?![0-9-]))[0-9])(?!\s+[0-9])(?!\s*{MONTH})"
_LETTER = r"[Oo]\s*[-.]?\s*([0-9]{1,2})(?![0-9])"
_NUMBER = rf"(?:{_LETTER}|0\s*-?\s*([0-9]{{1,2}})(?![0-9]){_AFTER_NOUGHT})"
_OIT = r"(?i:OIT)\s*[-_.]?\s*([0-9]{1,2})"
_CODE = re.compile(rf"(?:^|[\s(\[/>:,])(?:(?:(?i:OIT|ITA)|ข้อ(?:ที่)?)?\s*[-_]?\s*{_NUMBER}|{_OIT}(?![0-9]))")
_BARE_CODE = re.compile(rf"\s*(?:(?:(?i:OIT)|ข้อ)?\s*{_NUMBER}|{_OIT})\s*[:.)-]*\s*")

_BULLET = r"[^\wก-๙]*+(?:[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})?[.)]?\s+)?"
# With a nought only in three digits: headings are numbered 01, 02, … for looks; and an "o" with a blank is a bullet.
_FIRST = re.compile(
    rf"{_BULLET}(?:(?:(?i:OIT|ITA)|ข้อ(?:ที่)?)?\s*[-_(\[]?\s*(?:(?:O\s*[-.]?\s*|o[-.]?)([0-9]{{1,2}})(?![0-9])|0([0-9]{{2}})(?![0-9]){_AFTER_NOUGHT})|{_OIT}(?![0-9]))"
    r"(?![A-Za-z])"
)
_MAY_BE_FIRST = re.compile(rf"{_BULLET}(?:[Oo0๐]|ข้อ|(?i:ITA))")
_HIGHEST = 60


@lru_cache(maxsize=2048)
def code_in(text: str) -> int | None:
    """The number of an O-code (O13, o 13, 013, OIT13, ข้อ O13) at the head of a text or standing alone in it, else None."""
    cleaned = clean(text)
    whole = _BARE_CODE.fullmatch(cleaned)
    found = whole or _CODE.search(cleaned[:40])
    return next(int(n) for n in found.groups() if n) if found else None


def leading_code(text: str) -> int | None:
    """The number of the O-code with which a text begins, after bullets or a number of its own ("› O13 …", "9) O13 …")."""
    if not _MAY_BE_FIRST.match(text):
        return None
    found = _FIRST.match(clean(text[:60]))
    code = next(int(n) for n in found.groups() if n) if found else 0
    return code if 1 <= code <= _HIGHEST else None
