"""Which time a text speaks of: years, spans, halves, months and dates, as Thai agencies write them.

`mentions` finds them all in reading order; what they mean for a check is decided by the caller. พ.ศ., ปี, ปีงบประมาณ and
ประจำปี with a year are the same year; A.D. years are converted; two digits mean 25xx, and of FY25 the A.D. year. Years inside
titles of laws ("พ.ร.บ. … พ.ศ. 2560") are left out, and what is no time at all: telephone numbers, numbers of letters and
houses, standards, sums of money.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ita_rules.thai.fold import clean
from ita_rules.thai.months import MONTH, YearMonth, be_year, month_number

Kind = Literal["year", "span", "range", "month", "date", "number"]
Part = Literal["first-half", "second-half", "full", ""]


@dataclass(frozen=True, slots=True)
class Mention:
    """One time named in a text. `first` and `last` are months (a whole year is October to September of the fiscal year).

    The `number` of an order or announcement ("ที่ 12/2566") ends in the calendar year in which it was given: January to December
    of that year, thus of one fiscal year or the next, and no period that anything covers.
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
# An act in English, and what holds four digits that look like a year; the letters that it may begin with are tried first.
_NO_TIME = re.compile(
    r"(?=[aArRcC0บหIมโW©(สเจรย])(?:(?i:\b(?:act|regulations?|rules?|code))\b[^\n\d]{0,20}(?:No\.?\s*\d+\)?[\s,]*)?B\.?\s?E\.?\s*\d{4}(?:\s*\(\d{4}\))?"
    r"|(?<![\d/])0(?:[689]\d[ -]\d{3}[ -]\d{4}|[ -][2-7]\d{3}[ -]\d{4}|[2-7]\d?[ -]\d{3}[ -]\d{3,4})(?!\d)(?:\s*ต่อ\s*\d+)?"
    r"|(?<!\d)0\d{3,4}(?:\.\d+)*\s*/\s*ว?\s*\d+"
    r"|(?:บ้านเลขที่|หมู่(?:ที่)?)\s*\d+(?:/\d+)?"
    r"|(?:ISO|IEC|มอก\.|มรท\.|โคโรนา(?:\s?สายพันธุ์ใหม่)?|โควิด|Windows|(?i:covid|coronavirus))[ /:-]{0,3}\d[\d:-]*"
    r"|(?:©|\([cC]\)|(?i:copyright)|สงวนลิขสิทธิ์)[^\n\d]{0,20}\d{4}(?:\s*-\s*\d{4})?"
    r"|(?:เป็นเงิน|จำนวนเงิน|ราคา|ยอดเงิน)\s*2\d{3}(?!\d))"
)
_YEAR_WORD = (
    r"(?P<word>ประจ[ำา]\s*ปี\s*งบประมาณ|ประจ[ำา]\s*ปี|ปี\s*งบประมาณ|ปี\s*งบ\s?ฯ?|(?:ปี\s*)?งปม\.?|(?:ปี\s*)?งป\.?|ปี\s*การศึกษา|ปี|"
    r"(?i:FY|fiscal\s*year|year))?\s*"
    r"(?P<be>พ\s?\.?\s?ศ\s?\.?|ค\s?\.?\s?ศ\s?\.?|B\.\s?E\.|BE(?=\s)|A\.\s?D\.|AD(?=\s))?\s*"
)
_YEAR = r"(?:2[45]\d\d|20[0-4]\d)"
# Two digits are a year from 2540 on; below it they are days, numbers of headings, and years of the other calendar.
_SHORT = r"[4-9]\d"
_DASH = r"\s*(?:-|–|—|−|ถึง|~|to|จนถึง)\s*"
_NTH = r"(?:st|nd|rd|th)?"
# Between a month and its year; the other order of English ("October 1, 2024") is read as well.
_TO_YEAR = rf"(?:\s*\d{{1,2}}{_NTH}\s*,?(?=\s*{_YEAR}))?\s*(?:(?:พ\s?\.?\s?ศ\s?\.?)\s*|[,/-]\s?(?=\d))?"
_MONTH_YEAR = rf"(?P<d1>\d{{1,2}}{_NTH})?\s*(?P<a>{MONTH}){_TO_YEAR}(?P<ya>{_YEAR}|{_SHORT}(?!\d))?"
_RANGE = re.compile(
    rf"{_MONTH_YEAR}{_DASH}(?:วันที่\s*)?(?P<d2>\d{{1,2}}{_NTH})?\s*(?:เดือน\s*)?(?P<b>{MONTH}){_TO_YEAR}(?P<yb>{_YEAR}|{_SHORT}(?!\d))"
)
_ONE_MONTH = re.compile(
    rf"(?:(?P<d>\d{{1,2}}){_NTH}(?:\s*-\s*\d{{1,2}})?\s*|วันที่\s*(?P<d0>\d{{1,2}})\s*เดือน\s*)?(?P<m>{MONTH})"
    rf"(?P<d2>\s*\d{{1,2}}{_NTH}\s*,?(?=\s*{_YEAR}))?\s*(?:(?:พ\s?\.?\s?ศ\s?\.?)\s*|[,/-]\s?(?=\d))?(?P<y>{_YEAR}|{_SHORT}(?![\d,.]))"
)
_DAY = r"(?<!\d)(?P<{0}d>\d{{1,2}})\s?(?P<{0}s>[/.-])\s?(?P<{0}m>\d{{1,2}})\s?(?P={0}s)\s?(?P<{0}y>{1}|{2})(?![\d/])"
_NUMERIC_RANGE = re.compile(_DAY.format("a", _YEAR, _SHORT) + _DASH + r"(?:วันที่\s*)?" + _DAY.format("b", _YEAR, _SHORT))
_NUMERIC_DATE = re.compile(_DAY.format("", _YEAR, _SHORT))
_ISO_DATE = re.compile(rf"(?<!\d)(?P<y>{_YEAR})(?P<s>[-/.])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}})(?!\d)")
_SPAN = re.compile(rf"{_YEAR_WORD}(?P<a>{_YEAR}){_DASH}(?:ปี\s*)?(?:พ\s?\.?\s?ศ\s?\.?)?\s*(?P<b>{_YEAR}|\d{{2}}(?!\d))(?!\s*\d)")
_SHORT_SPAN = re.compile(
    rf"(?:ปี\s*งบประมาณ|ปี|พ\.?\s?ศ\.?)\s*(?:พ\.\s?ศ\.)?\s*(?P<a>{_SHORT}){_DASH}(?P<b>{_SHORT})(?![\d.,%/])(?!\s*(?:ปี|บาท|เดือน|วัน|คน))"
)
_ONE_YEAR = re.compile(rf"{_YEAR_WORD}(?<![\d,])(?<!\d\.)(?<!\b\d-)(?P<y>{_YEAR})(?!\d|[.,]\d)(?!\s*บาท)")
# Numbers that are counted with such a word are no years, but for those that are called so ("ประจำปี 2568 ครั้งที่ 1").
_COUNTED = re.compile(r"\s*(?:คน|ราย(?!งาน|การ|ไตรมาส|เดือน|ปี|ได้|จ่าย|ละเอียด|ชื่อ)|เรื่อง|ครั้ง|แห่ง)")
_NUMBER = re.compile(
    rf"(?:(?:คำสั่ง|ประกาศ)(?:(?!ไตรมาส|รอบ|ครั้ง|งวด|ภาค)[^\n\d]){{0,60}}?ที่|(?<![ก-๙])(?:เลข)?ที่)\s*\d{{1,5}}\s*/\s*(?P<y>{_YEAR})(?![\d/])"
)
_SHORT_YEAR = re.compile(
    r"(?P<word>ประจ[ำา]\s*ปี\s*งบประมาณ|ปี\s*งบประมาณ|ปี\s*งบ\s?ฯ?|(?:ปี\s*)?งปม\.?|ปี\s*งป\.?|ประจ[ำา]\s*ปี|ปี|พ\.ศ\.|"
    r"(?:ไตรมาส(?:ที่)?\s*|Q)[1-4](?:\s*[-–]\s*Q?[2-4])?\s*/)\s*(?:พ\.ศ\.)?\s*'?(?P<y>\d\d)(?![\d.,%])(?!\s*(?:ปี|บาท|เดือน|วัน))"
    r"|(?<![A-Za-z])(?P<fy>FY)\s?'?(?P<z>\d\d)(?![\d.,%])"
)
_QUARTERS = (
    r"(?:ไตรมาส(?:ที่)?\s*{0}\s*(?:-|–|และ|,|ถึง|/|&|ไตรมาส(?:ที่)?|\s)+\s*{1}(?!\d)|"
    r"(?<![A-Za-z0-9])Q{0}\s*(?:-|–|และ|,|ถึง|/|&)\s*Q?{1}(?!\d))"
)
_QUARTER = re.compile(
    r"(?:ไตรมาส\s*(?:ที่)?\s*|(?<![A-Za-z0-9])Q)(?P<first>[1-4])(?!\d)"
    r"(?:\s*(?:-|–|และ|,|ถึง|&)\s*(?:ไตรมาส\s*(?:ที่)?\s*|Q)?(?P<last>[1-4])(?!\d))?"
)
# Of these it is only asked whether they stand anywhere; what one of them may begin with, from its number on, is tried first.
_FIRST_HALF = re.compile(
    r"(?=[6หครตfFsSไQ])(?:"
    r"(?:รอบ|ราย|ระยะ(?:เวลา)?|ช่วง|ในรอบ|ครึ่งปี)?\s*\(?\s*(?:6|หก)\s*เดือน(?:\s*แรก)?|ครึ่ง(?:ปี)?(?:งบประมาณ)?\s*แรก|รอบ\s*แรก|"
    r"รอบ(?:การประเมิน)?ที่\s*1(?!\d)|ต\s?\.\s?ค\s?\.?\s*-\s*มี\s?\.\s?ค|ตุลาคม\s*-\s*มีนาคม|(?i:first\s+half|(?<!\d)(?:6|six)[\s-]months?)|"
    + _QUARTERS.format(1, 2)
    + ")"
)
_SECOND_HALF = re.compile(
    r"(?=[6หครsSไQ])(?:"
    r"(?:6|หก)\s*เดือน\s*หลัง|ครึ่ง(?:ปี)?(?:งบประมาณ)?\s*หลัง|รอบ(?:การประเมิน)?ที่\s*2(?!\d)|(?i:second\s+half)|"
    + _QUARTERS.format(3, 4)
    + ")"
)
_FULL_YEAR = re.compile(r"(?:รอบ|ราย)\s*\(?\s*(?:12|สิบสอง)\s*เดือน")
_DECLARES = re.compile(r"ประจ[ำา]|ปี\s*งบ|งปม|รอบ|ระหว่าง|ตั้งแต่|ช่วง|พ\s?\.\s?ศ")


# What every mention has in it: a whole year, numbers as in a date, or two digits by themselves and a word or month that such a
# year stands with; the blanks that `repair` takes out of a year may still stand there. Far cheaper than the patterns above.
_PAIR = re.compile(r"\d\d")
_PERHAPS_YEAR = re.compile(r"2(?:[45]\s?\d\s?\d|0[0-4]\d)")
_PERHAPS_DAY = re.compile(r"\d\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d\d")
_TWO_DIGITS = re.compile(r"(?<!\d)\d\d(?!\d)")
_PERHAPS_LATE = re.compile(rf"(?<!\d){_SHORT}(?!\d)")  # the year of two digits behind a month
_SHORT_WORDS = ("ปี", "งปม", "ไตรมาส", "Q", "FY")
_PERHAPS_ERA = re.compile(r"พ\s*\.?\s*ศ")
_LETTER = re.compile(r"[^\n]")
_TORN_ERA = re.compile(r"พ\s*\.\s*ศ\s*\.")
_TORN_YEAR = re.compile(r"(?<!\d)(25)\s?([4-9]\d)(?!\d)|(?<!\d)(25[4-9])\s(\d)(?!\d)")
# What the dearer patterns have in them.
_ANY_MONTH = re.compile(MONTH)
_PERHAPS_MONTH = re.compile(r"คม|ยน|พัน|จิกา|\.\s?[คพย]|[กตธพมส]ค|[กพ]ย|กพ|มีค|มิย|เมย|[JFMASOND][A-Za-z]{2}")
"""What every name of a month has in it, whole or short: a tenth of the time that the names take."""

_A_YEAR = re.compile(_YEAR)
_A_YEAR_TO = re.compile(_YEAR + _DASH)
_BEFORE = 64  # letters, at the most, of the words and blanks before a year that belong to it, in a text that is mended
_DASHES = ("-", "–", "—", "−", "~", "ถึง", "to")
_WHOLE = re.compile(r"\d\d\d\d")  # said four times, it is sought faster than counted
_NUMBERS = re.compile(r"\d\s?[/.-]\s?\d")
# No wording needs more blanks in a row; the patterns below would try every way to share out thousands.
_LONG_BLANK = re.compile(r"\s{9,}")


def repair(text: str) -> str:
    """Cleaned text in which years torn by blanks or line ends are whole again ("25 66", "พ .ศ."); long blanks are cut."""
    return _mended(clean(text))


def _mended(cleaned: str) -> str:
    """The same of a text that is clean already."""
    text = _LONG_BLANK.sub(lambda run: run[0][:8] + ("\n" if "\n" in run[0] else ""), cleaned)
    return _TORN_YEAR.sub(lambda m: "".join(g for g in m.groups() if g), _TORN_ERA.sub("พ.ศ.", text))


def perhaps_timed(text: str) -> bool:
    """Whether a cleaned text may name a time; where it says no, `mentions` finds none. It costs a fiftieth."""
    if _PAIR.search(text) is None:
        return False
    if _PERHAPS_YEAR.search(text) is not None or _PERHAPS_DAY.search(text) is not None or _perhaps_short(text):
        return True
    return _PERHAPS_LATE.search(text) is not None and _PERHAPS_MONTH.search(text) is not None


def _perhaps_short(text: str) -> bool:
    """Whether two digits stand by themselves in a text, and some word beside which they are a year."""
    if _TWO_DIGITS.search(text) is None:
        return False
    return any(word in text for word in _SHORT_WORDS) or _PERHAPS_ERA.search(text) is not None


def _year_span(first: int, last: int) -> tuple[YearMonth, YearMonth]:
    return YearMonth(first - 1, 10), YearMonth(last, 9)


def _month_of(year: str, month: str, day: str) -> YearMonth | None:
    """The month of a date in numbers; None for what is no date."""
    found = be_year(year)
    return YearMonth(found, int(month)) if found is not None and 1 <= int(month) <= 12 and 1 <= int(day) <= 31 else None


def _fy_year(two: str) -> int:
    """The B.E. year of the two digits after FY: 68 is 2568, 25 is 2025 A.D."""
    return int(two) + (2500 if int(two) >= 40 else 2543)


def _part(text: str) -> Part:
    if _SECOND_HALF.search(text):
        return "second-half"
    if _FIRST_HALF.search(text):
        return "first-half"
    return "full" if _FULL_YEAR.search(text) else ""


def _around(pattern: re.Pattern[str], year: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What `finditer` gives of a pattern of whole years, sought only from a little before what `year` finds."""
    end = 0
    while (place := year.search(text, end)) is not None:
        found = pattern.search(text, max(end, place.start() - _BEFORE))
        if found is None:
            return
        yield found
        end = found.end()


def _spans(text: str) -> Iterator[re.Match[str]]:
    yield from _around(_SPAN, _A_YEAR_TO, text)


def _short_spans(text: str) -> Iterator[re.Match[str]]:
    yield from _SHORT_SPAN.finditer(text) if _perhaps_short(text) else ()


def _years(text: str) -> Iterator[re.Match[str]]:
    yield from _around(_ONE_YEAR, _A_YEAR, text)


def _short_years(text: str) -> Iterator[re.Match[str]]:
    yield from _SHORT_YEAR.finditer(text) if _perhaps_short(text) else ()


@lru_cache(maxsize=4096)
def mentions(text: str) -> tuple[Mention, ...]:
    """Every time that a text names, in reading order, without those in titles of laws."""
    return mentions_in(clean(text))


def mentions_in(cleaned: str) -> tuple[Mention, ...]:
    """The same of a text that is clean already."""
    if not perhaps_timed(cleaned):
        return ()
    text = masked = _mended(cleaned)

    def mask(start: int, end: int) -> None:
        nonlocal masked
        masked = masked[:start] + _LETTER.sub("\x00", masked[start:end]) + masked[end:]

    named = _PERHAPS_MONTH.search(text) is not None and _ANY_MONTH.search(text) is not None
    ranged = named and any(dash in text for dash in _DASHES)
    whole, numbers = _WHOLE.search(text) is not None, _NUMBERS.search(text) is not None
    for law in (_LAW, _EDITION, _NO_TIME) if whole else ():
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

    for m in _RANGE.finditer(masked) if ranged else ():
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
            add("date" if m["d"] or m["d0"] or m["d2"] else "month", month, month, m, False)
    for m in _NUMERIC_RANGE.finditer(masked) if numbers else ():
        begins, ends = _month_of(m["ay"], m["am"], m["ad"]), _month_of(m["by"], m["bm"], m["bd"])
        if begins is not None and ends is not None:
            add("range", begins, ends, m, True)
    for pattern in (_ISO_DATE, _NUMERIC_DATE) if numbers else ():
        for m in pattern.finditer(masked):
            dated = _month_of(m["y"], m["m"], m["d"])
            if dated is not None:
                add("date", dated, dated, m, False)
    for m in _NUMBER.finditer(masked) if whole and numbers else ():
        year = be_year(m["y"])
        if year is not None:
            add("number", YearMonth(year, 1), YearMonth(year, 12), m, False)
    for spans in (_spans, _short_spans):
        for m in spans(masked):
            first, last = be_year(m["a"]), be_year(m["b"])
            if first is not None and last is not None and first < last <= first + 25:
                add("span", *_year_span(first, last), m, True)
    for years in (_years, _short_years):
        for m in years(masked):
            groups = m.groupdict()
            called = bool(groups.get("word") or groups.get("be") or groups.get("fy"))
            year = be_year(m["y"]) if m["y"] else _fy_year(groups["z"])
            if year is not None and 2530 <= year <= 2590 and (called or not _COUNTED.match(masked, m.end())):
                add("year", *_year_span(year, year), m, called or bool(said()))
    return tuple(sorted(found, key=lambda f: f.at))


def quarters_named(text: str) -> frozenset[int]:
    """The quarters (1-4) of the fiscal year that a text names by number, those of a range among them."""
    found: set[int] = set()
    for m in _QUARTER.finditer(clean(text)):
        first, last = int(m["first"]), int(m["last"] or m["first"])
        found.update(range(first, last + 1))
    return frozenset(found)


def asks_half(text: str) -> Part:
    """Which half (or the full year) a text names, without its year."""
    return _part(repair(text))
