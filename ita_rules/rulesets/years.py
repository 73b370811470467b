"""Moves the years of what one form says to those of another form: texts of rules, the evidence of cases, days.

A form is written in plain years ("รายงานของปี พ.ศ. 2565"), as people read it. What a later year inherits has every year moved
by as many years as lie between the two forms. Moved are the years near the form's own, B.E. and A.D., in Arabic and Thai
digits, and years of two digits after a month's name or a slash; a law of 2540 keeps its year, and so does a number like 12,566.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Any

from ita_rules.thai.months import MONTH

BACK, AHEAD = 6, 8
"""How many years before and after a form's fiscal year a year counts as one of the form's."""

_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_DIGITS = re.compile("[0-9๐-๙]{2}")
# What must not stand before a year is looked for behind its first digit: a pattern that begins with a digit is found far faster.
_YEAR = re.compile(r"(?:[0-9](?<![0-9๐-๙,.][0-9])[0-9]{3}|[๐-๙](?<![0-9๐-๙,.][๐-๙])[๐-๙]{3})(?![0-9๐-๙]|,[0-9๐-๙])")
_SHORT_PERHAPS = re.compile(r"[มน์าคพย./]\s*[0-9๐-๙]{2}(?![0-9๐-๙/,.])")
"""What a short year has before it, at the least: the last letter of a month's name, a point or a slash."""

_SHORT = re.compile(rf"((?:{MONTH})\s*|/)([0-9]{{2}}|[๐-๙]{{2}})(?![0-9๐-๙/,.])")


@lru_cache(maxsize=16_384)
def move_years(text: str, by: int, fiscal_year: int) -> str:
    """A text of the form of `fiscal_year` (B.E.) with its years moved by `by` years."""
    if not by or not _DIGITS.search(text):
        return text

    def whole(found: re.Match[str]) -> str:
        year = int(found[0])
        near = _near(year, fiscal_year) or _near(year + 543, fiscal_year)
        return _written(year + by, found[0]) if near else found[0]

    def short(found: re.Match[str]) -> str:
        year = 2500 + int(found[2])
        return found[1] + _written((year + by) % 100, found[2]) if _near(year, fiscal_year) else found[0]

    text = _SHORT.sub(short, text) if _SHORT_PERHAPS.search(text) else text
    return _YEAR.sub(whole, text)


def move_texts(value: Any, by: int, fiscal_year: int) -> Any:
    """The same of every text in mappings and lists; anything else stays as it is."""
    if isinstance(value, str):
        return move_years(value, by, fiscal_year)
    if isinstance(value, dict):
        return {k: move_texts(v, by, fiscal_year) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(move_texts(v, by, fiscal_year) for v in value)
    return value


def move_day(day: dt.date, by: int) -> dt.date:
    """The same day `by` years later; of 29 February the 28th where the year has no such day."""
    try:
        return day.replace(year=day.year + by)
    except ValueError:
        return day.replace(year=day.year + by, day=28)


def _near(year: int, fiscal_year: int) -> bool:
    return fiscal_year - BACK <= year <= fiscal_year + AHEAD


def _written(year: int, like: str) -> str:
    """A year in the digits of another one, and as long."""
    text = f"{year:0{len(like)}d}"
    return text.translate(_THAI) if like[0] >= "๐" else text
