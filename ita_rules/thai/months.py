"""Months and dates in Thai writing: full and short names, English too, Thai and Arabic digits, B.E. and A.D., two-digit years."""

from __future__ import annotations

import re
from dataclasses import dataclass

FULL = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
SHORT = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
ENGLISH = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

# The marks of a name may be lost or doubled in a text layer, a short name's points and blanks may stray.
_VARIANTS = {1: ("กุมภาพันธุ์", "กุมภาพัน"), 6: ("กรกฏาคม",), 10: ("พฤษจิกายน", "พฤศจิกา")}


def _short_pattern(name: str) -> str:
    letters = [re.escape(p) for p in name.split(".") if p]
    bare = "".join(letters)
    return r"\s?\.\s?".join(letters) + rf"\s?\.?|(?<![ก-๙]){bare}(?![ก-๙])\.?"


def _english_pattern(name: str) -> str:
    """A name, or its first three letters; "may" and "march" are words, so a capital letter is asked."""
    short = "ept|ep" if name == "september" else name[1:3]
    return rf"(?<![A-Za-z]){name[0].upper()}(?i:{name[1:]}|{short})(?![A-Za-z])\.?"


_NAMES: list[tuple[str, int]] = []
for _i, _full in enumerate(FULL):
    _NAMES.extend((re.escape(v), _i + 1) for v in (_full, *_VARIANTS.get(_i, ())))
for _i, _short in enumerate(SHORT):
    _NAMES.append((_short_pattern(_short), _i + 1))
_NAMES.extend((_english_pattern(_name), _i + 1) for _i, _name in enumerate(ENGLISH))
_GROUPS = "|".join(f"(?P<m{n}>(?:{p}))" for n, (p, _) in enumerate(_NAMES))
_NUMBER_OF = [m for _, m in _NAMES]
_FIRST = "".join(sorted({name[0] for name in (*FULL, *SHORT)} | {name[0].upper() for name in ENGLISH}))
MONTH = f"(?=[{_FIRST}])(?:" + "|".join(p for p, _ in _NAMES) + ")"
"""A pattern of every name of a month. At most letters it need not be tried: no name begins with them."""

_MONTH = re.compile(_GROUPS)


def month_number(name: str) -> int | None:
    """1-12 of a month's name as it stands in cleaned text, None for what is no month."""
    found = _MONTH.match(name.strip())
    if not found or found.lastgroup is None:
        return None
    return _NUMBER_OF[int(found.lastgroup[1:])]


def be_year(text: str) -> int | None:
    """The B.E. year of a year as written: 2566, 66 (25xx), 2023 (A.D.). None outside 2500-2600."""
    if not text.isdigit():
        return None
    year = int(text)
    if len(text) == 2:
        year += 2500
    elif 1957 <= year <= 2057:
        year += 543
    return year if 2500 <= year <= 2600 else None


@dataclass(frozen=True, slots=True, order=True)
class YearMonth:
    """A month of a B.E. calendar year."""

    year: int
    month: int

    @property
    def fiscal_year(self) -> int:
        """The fiscal year (1 October - 30 September, B.E.) that the month lies in."""
        return self.year + 1 if self.month >= 10 else self.year

    def next(self) -> YearMonth:
        """The month after."""
        return YearMonth(self.year + 1, 1) if self.month == 12 else YearMonth(self.year, self.month + 1)


def fiscal_months(fiscal_year: int, count: int = 12) -> tuple[YearMonth, ...]:
    """The first `count` months of a fiscal year (B.E.), from October."""
    month = YearMonth(fiscal_year - 1, 10)
    months = []
    for _ in range(count):
        months.append(month)
        month = month.next()
    return tuple(months)


def month_name(month: YearMonth, lang: str = "th") -> str:
    """A month in words, with its year (B.E. in Thai, A.D. in English)."""
    if lang == "en":
        name = ENGLISH[month.month - 1].capitalize()
        return f"{name} {month.year - 543}"
    return f"{FULL[month.month - 1]} {month.year}"
