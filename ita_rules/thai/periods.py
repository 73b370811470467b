"""Which time a text speaks of: years, spans, halves, months and dates, as Thai agencies write them.

`mentions` finds them all in reading order; what they mean for a check is decided by the caller. พ.ศ., ปี, ปีงบประมาณ and
ประจำปี with a year are the same year; A.D. years are converted; two digits mean 25xx. Years inside titles of laws
("พ.ร.บ. … พ.ศ. 2560") are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ita_rules.thai.fold import clean
from ita_rules.thai.months import MONTH, YearMonth, be_year, month_number

Kind = Literal["year", "span", "range", "month", "date"]
Part = Literal["first-half", "second-half", "full", ""]


@dataclass(frozen=True, slots=True)
class Mention:
    """One time named in a text. `first` and `last` are months (a whole year is October to September of the fiscal year).

    `declared` tells that words such as ปีงบประมาณ, ประจำปี or รอบ stand with it: a document's own period is said so.
    `part` tells of a half-year said beside the year (รอบ 6 เดือน, ไตรมาส 1-2). `text` is the place as found.
    """

    kind: Kind
    first: YearMonth
    last: YearMonth
    declared: bool = False
    part: Part = ""
    text: str = ""
    at: int = 0

    @property
    def years(self) -> range:
        """The fiscal years (B.E.) that it touches."""
        return range(self.first.fiscal_year, self.last.fiscal_year + 1)


# A law's title ends in its year; ประจำปี and รอบ before the year tell of the document's own ("หลักเกณฑ์ … ประจำปี พ.ศ. 2566"),
# but for the yearly acts of expenditure, whose titles hold ประจำปี.
_OWN_YEAR = r"(?:(?<!รายจ่าย)(?<!รายจ่าย )ประจ[ำา]\s*ปี|(?<!ประจำ)(?<!ประจา)ปี\s*งบประมาณ|รอบ\s*(?:ที่|ปี|[0-9]))"
_LAW = re.compile(
    r"(?:พระราชบัญญัติ|พ\.?\s?ร\.?\s?บ\.?|พระราชกฤษฎีกา|รัฐธรรมนูญ|กฎกระทรวง|กฎหมาย|ระเบียบ|ข้อบังคับ|มติคณะรัฐมนตรี|หลักเกณฑ์|มาตรา)"
    rf"(?:(?!{_OWN_YEAR})[^\n]){{0,160}}?(?:พ\s?\.?\s?ศ\s?\.?)\s*\d{{4}}"
)
_EDITION = re.compile(r"ฉบับที่\s*\d+\s*\)?\s*(?:พ\s?\.?\s?ศ\s?\.?)?\s*\d{4}")
_LETTER_DATE = re.compile(r"(?:ลงวันที่|ณ\s*วันที่|เมื่อวันที่)\s*")
_YEAR_WORD = (
    r"(?P<word>ประจ[ำา]\s*ปี\s*งบประมาณ|ประจ[ำา]\s*ปี|ปี\s*งบประมาณ|ปี\s*งบ|งปม\.?|ปี\s*การศึกษา|ปี|(?i:FY|fiscal\s*year))?\s*"
    r"(?P<be>พ\s?\.?\s?ศ\s?\.?|ค\s?\.?\s?ศ\s?\.?)?\s*"
)
_YEAR = r"(?:2[45]\d\d|20[0-4]\d)"
_DASH = r"\s*(?:-|–|—|−|ถึง|~|to|จนถึง)\s*"
_MONTH_YEAR = rf"(?P<d1>\d{{1,2}})?\s*(?P<a>{MONTH})\s*(?:พ\s?\.?\s?ศ\s?\.?)?\s*(?P<ya>{_YEAR}|\d{{2}}(?!\d))?"
_RANGE = re.compile(
    rf"{_MONTH_YEAR}{_DASH}(?:วันที่\s*)?(?P<d2>\d{{1,2}})?\s*(?:เดือน\s*)?(?P<b>{MONTH})\s*(?:พ\s?\.?\s?ศ\s?\.?)?\s*(?P<yb>{_YEAR}|\d{{2}}(?!\d))"
)
_ONE_MONTH = re.compile(
    rf"(?P<d>\d{{1,2}})?(?:\s*-\s*\d{{1,2}})?\s*(?P<m>{MONTH})\s*(?:พ\s?\.?\s?ศ\s?\.?)?\s*(?P<y>{_YEAR}|\d{{2}}(?![\d,.]))"
)
_NUMERIC_DATE = re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})\s?[/.-]\s?(?P<m>\d{{1,2}})\s?[/.-]\s?(?P<y>{_YEAR}|\d{{2}})(?![\d/])")
_SPAN = re.compile(rf"{_YEAR_WORD}(?P<a>{_YEAR}){_DASH}(?:ปี\s*)?(?:พ\s?\.?\s?ศ\s?\.?)?\s*(?P<b>{_YEAR}|\d{{2}}(?!\d))(?!\s*\d)")
_ONE_YEAR = re.compile(rf"{_YEAR_WORD}(?<![\d,])(?<!\d\.)(?<!\b\d-)(?P<y>{_YEAR})(?!\d|[.,]\d)(?!\s*(?:บาท|คน|ราย|เรื่อง|ครั้ง|แห่ง))")
_SHORT_YEAR = re.compile(
    r"(?P<word>ประจ[ำา]\s*ปี\s*งบประมาณ|ปี\s*งบประมาณ|ปี\s*งบ|งปม\.?|ประจ[ำา]\s*ปี|ปี|พ\.ศ\.)\s*(?:พ\.ศ\.)?\s*'?(?P<y>\d\d)(?![\d.,%])(?!\s*(?:ปี|บาท|เดือน|วัน))"
)
_FIRST_HALF = re.compile(
    r"(?:รอบ|ราย|ระยะ(?:เวลา)?|ช่วง|ในรอบ|ครึ่งปี)?\s*\(?\s*(?:6|หก)\s*เดือน(?:\s*แรก)?|ครึ่งปี\s*แรก|รอบ\s*แรก|รอบ(?:การประเมิน)?ที่\s*1(?!\d)|"
    r"ไตรมาส(?:ที่)?\s*1\s*(?:-|–|และ|,|ถึง|/|ไตรมาส(?:ที่)?|\s)+\s*2(?!\d)|ต\s?\.\s?ค\s?\.?\s*-\s*มี\s?\.\s?ค|ตุลาคม\s*-\s*มีนาคม"
)
_SECOND_HALF = re.compile(r"(?:6|หก)\s*เดือน\s*หลัง|ครึ่งปี\s*หลัง|รอบ(?:การประเมิน)?ที่\s*2(?!\d)|ไตรมาส(?:ที่)?\s*3\s*(?:-|–|และ|,)\s*4")
_FULL_YEAR = re.compile(r"(?:รอบ|ราย)\s*\(?\s*(?:12|สิบสอง)\s*เดือน")
_DECLARES = re.compile(r"ประจ[ำา]|ปี\s*งบ|งปม|รอบ|ระหว่าง|ตั้งแต่|ช่วง|พ\s?\.\s?ศ")


# What every mention has in it: a whole year, a day in numbers, or two digits after the last letter of a month's name, of ปี, งบ,
# งบประมาณ, งปม. or พ.ศ.; the blanks that `repair` takes out of a year may still stand there. Far cheaper than the patterns above.
_PERHAPS = re.compile(
    r"2[45]\s?\d\s?\d|20[0-4]\d|[ีบณมศน์าคพย][\s.]*'?\d\d|\d\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d\d",
)
_KEYED_PERHAPS = re.compile(r"2[45]\d\d|20[0-4]\d|(?<=[ีบณมศน์าคพย])\d\d")
_DAY_PERHAPS = re.compile(r"\d\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d\d")
_A_MONTH_PERHAPS = re.compile(r"[มน์าคพยศ][\s.]*\d\d")
_LETTER = re.compile(r"[^\n]")
_TORN_ERA = re.compile(r"พ\s*\.\s*ศ\s*\.")
_TORN_YEAR = re.compile(r"(?<!\d)(25)\s?([4-9]\d)(?!\d)|(?<!\d)(25[4-9])\s(\d)(?!\d)")
# No wording needs more blanks in a row; the patterns below would try every way to share out thousands.
_LONG_BLANK = re.compile(r"\s{9,}")


def repair(text: str) -> str:
    """Cleaned text in which years torn by blanks or line ends are whole again ("25 66", "พ .ศ."); long blanks are cut."""
    text = _LONG_BLANK.sub(lambda run: run[0][:8] + ("\n" if "\n" in run[0] else ""), clean(text))
    return _TORN_YEAR.sub(lambda m: "".join(g for g in m.groups() if g), _TORN_ERA.sub("พ.ศ.", text))


def perhaps_timed(text: str, keyed: str) -> bool:
    """Whether a cleaned text, whose `key` is given too, may name a time; where it says no, `mentions` finds none.

    It costs a fiftieth: in the key a year stands right behind the word that it belongs to.
    """
    return bool(_KEYED_PERHAPS.search(keyed) or _DAY_PERHAPS.search(text))


def _year_span(first: int, last: int) -> tuple[YearMonth, YearMonth]:
    return YearMonth(first - 1, 10), YearMonth(last, 9)


def _part(text: str) -> Part:
    if _SECOND_HALF.search(text):
        return "second-half"
    if _FIRST_HALF.search(text):
        return "first-half"
    return "full" if _FULL_YEAR.search(text) else ""


@lru_cache(maxsize=8192)
def mentions(text: str) -> tuple[Mention, ...]:
    """Every time that a text names, in reading order, without those in titles of laws."""
    text = repair(text)
    if not _PERHAPS.search(text):
        return ()
    masked = text

    def mask(start: int, end: int) -> None:
        nonlocal masked
        masked = masked[:start] + _LETTER.sub("\x00", masked[start:end]) + masked[end:]

    for law in (_LAW, _EDITION):
        for m in law.finditer(text):
            mask(*m.span())
    lawless = masked
    part: Part | None = None
    found: list[Mention] = []

    def said() -> Part:
        """The part of the year that the text names, looked for once and only where it names a time."""
        nonlocal part
        part = _part(lawless) if part is None else part
        return part

    def add(kind: Kind, first: YearMonth, last: YearMonth, m: re.Match[str], declared: bool) -> None:
        if first <= last:
            found.append(Mention(kind, first, last, declared, said(), m.group().strip(), m.start()))
            mask(*m.span())

    named = bool(_A_MONTH_PERHAPS.search(masked))
    for m in _RANGE.finditer(masked) if named else ():
        last_year = be_year(m["yb"])
        a, b = month_number(m["a"]), month_number(m["b"])
        if last_year is None or a is None or b is None:
            continue
        first_said = be_year(m["ya"]) if m["ya"] else None
        first_year = first_said if first_said is not None else (last_year - 1 if a > b else last_year)
        add("range", YearMonth(first_year, a), YearMonth(last_year, b), m, True)
    for m in _ONE_MONTH.finditer(masked) if named else ():
        year, number = be_year(m["y"]), month_number(m["m"])
        if year is not None and number is not None:
            month = YearMonth(year, number)
            add("date" if m["d"] else "month", month, month, m, False)
    for m in _NUMERIC_DATE.finditer(masked):
        year = be_year(m["y"])
        if year is not None and 1 <= int(m["m"]) <= 12 and 1 <= int(m["d"]) <= 31:
            month = YearMonth(year, int(m["m"]))
            add("date", month, month, m, False)
    for m in _SPAN.finditer(masked):
        first, last = be_year(m["a"]), be_year(m["b"])
        if first is not None and last is not None and first < last <= first + 25:
            add("span", *_year_span(first, last), m, True)
    for pattern in (_ONE_YEAR, _SHORT_YEAR):
        for m in pattern.finditer(masked):
            year = be_year(m["y"])
            if year is not None and 2530 <= year <= 2590:
                groups = m.groupdict()
                declared = bool(groups.get("word") or groups.get("be")) or bool(said())
                add("year", *_year_span(year, year), m, declared)
    return tuple(sorted(found, key=lambda f: f.at))


def asks_half(text: str) -> Part:
    """Which half (or the full year) a text names, without its year."""
    return _part(repair(text))
