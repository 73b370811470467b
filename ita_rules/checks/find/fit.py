"""Whether what a document says of its period is what an item asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ita_rules.checks.find.declared import (
    ContentYears,
    Declared,
    content_years,
    cover,
    declared,
    first_half,
    months_named,
)
from ita_rules.locate import Piece, SiteView, Titles
from ita_rules.locate.lines import Line, Lines
from ita_rules.rulesets.types import Check, Item
from ita_rules.thai.months import YearMonth
from ita_rules.thai.periods import Mention, mentions, quarters_named

Covers = Literal["fiscal_year", "previous_fiscal_year", "first_half", "span", "fiscal_year_or_previous"]
Verdict = Literal["fit", "other", "unknown"]


BY_NAME = 0.65
"""How sure a period is that only a file's name says: enough to pass, and always among what a person had better see."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A period asked: which kind, the fiscal years (B.E.) that serve, the last month of it. `dated` asks for one item of the
    year among many (news), not for a document of the year."""

    covers: Covers
    years: tuple[int, ...]
    last: YearMonth
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Fit:
    """How a document fits. `reason` names the sentence for `other`: gap, mixed, half, span, one_year, none; `unsure` where the
    body seems to be of another year than the cover says, which makes it unknown; `name` where nothing but the file's name says a
    period: it bears a `fit` out weakly and makes an `other` unknown."""

    verdict: Verdict
    reason: str = ""
    declared: Declared | None = None
    content: ContentYears | None = None
    confidence: float = 0.95
    line: Line | None = None


def asked_of(check: Check, fiscal_year: int) -> Asked:
    """What a period or coverage check asks for."""
    covers: Covers = check.options.get("covers", "fiscal_year")
    dated = check.options.get("needs") == "one_item"
    if check.kind == "coverage" or covers == "first_half":
        return Asked("first_half", (fiscal_year,), YearMonth(fiscal_year, 3), dated)
    if covers == "previous_fiscal_year":
        return Asked(covers, (fiscal_year - 1,), YearMonth(fiscal_year - 1, 9), dated)
    if covers == "fiscal_year_or_previous":
        return Asked(covers, (fiscal_year, fiscal_year - 1), YearMonth(fiscal_year - 1, 9), dated)
    return Asked(covers, (fiscal_year,), YearMonth(fiscal_year, 9), dated)


def fit(site: SiteView, piece: Piece, item: Item, titles: Titles, asked: Asked) -> Fit:
    """How a piece fits the period asked."""
    lines = site.lines(piece.document) if piece.document else Lines()
    said = declared(site, piece, item, titles)
    body = content_years(lines)
    plain = body.plain()
    if said is not None and said.place == "name":
        told_otherwise = plain not in asked.years and bool(set(said.mention.years) & set(asked.years))
        if plain is None or told_otherwise:
            return _by_name(said, asked, body, lines)
    if said is None or said.place == "name":
        if plain is None:
            return Fit("unknown", "none", None, body)
        verdict: Verdict = "fit" if plain in asked.years else "other"
        return Fit(verdict, "gap", None, body, 0.75, body.lines.get(plain))
    if asked.covers == "span":
        return _span(said, asked, body, lines)
    verdict, reason, confidence = _year(said, asked, lines)
    if verdict == "unknown" and plain is not None:  # a number leaves two years, of which the dates tell which
        dated_so = plain in asked.years
        return Fit("fit" if dated_so else "other", "" if dated_so else "gap", said, body, 0.75, body.lines.get(plain))
    if verdict == "fit":
        dated = plain is not None and plain in body.told and plain not in asked.years
        if dated and plain is not None:
            sure = not any(body.count[y] for y in asked.years) and (plain in body.named or plain + 1 not in asked.years)
            found: Verdict = "other" if sure else "unknown"
            return Fit(found, "mixed" if sure else "unsure", said, body, 0.85 if sure else 0.5, body.lines.get(plain))
    return Fit(verdict, reason, said, body, confidence)


def _by_name(said: Declared, asked: Asked, body: ContentYears, lines: Lines) -> Fit:
    """What only a file's name says. It accuses nobody, and bears out nothing that the dates in the document speak against."""
    verdict = _span(said, asked, body, lines).verdict if asked.covers == "span" else _year(said, asked, lines)[0]
    against = body.told and not any(body.count[year] for year in asked.years)
    if verdict != "fit" or against:
        return Fit("unknown", "name", said, body, 0.5)
    return Fit("fit", "name", said, body, BY_NAME)


def _year(said: Declared, asked: Asked, lines: Lines) -> tuple[Verdict, str, float]:
    mention = said.mention
    years = set(mention.years)
    confidence = 0.97 if said.in_text else 0.9
    if not years & set(asked.years):
        return "other", "gap", confidence
    if mention.kind == "number" and mention.first.fiscal_year not in asked.years:
        return "unknown", "none", 0.5
    if asked.covers == "first_half":
        return _half(said, asked, lines, confidence)
    if mention.kind == "span" and len(years) > 1:
        return "fit", "", confidence - 0.05
    return "fit", "", confidence


def _half(said: Declared, asked: Asked, lines: Lines, confidence: float) -> tuple[Verdict, str, float]:
    wanted = set(first_half(asked.years[0]))
    mention = said.mention
    if mention.kind in ("range", "month"):
        have = _months(mention)
        if wanted <= have:
            return "fit", "", confidence
        if have & wanted and wanted <= (have | months_named(lines)):
            return "fit", "", confidence - 0.1
        return ("other", "half", 0.85) if have & wanted else ("other", "gap", confidence)
    if said.part == "first-half":
        return "fit", "", confidence
    if said.part == "second-half":
        return "other", "half", confidence
    months = months_named(lines)
    if wanted <= months:
        return "fit", "", confidence - 0.1
    if _is_first_quarter(lines, months, asked.years[0]):
        return "other", "half", 0.85
    return "fit", "", 0.7


def _is_first_quarter(lines: Lines, months: set[YearMonth], fiscal_year: int) -> bool:
    """Whether a paper calls itself one of the first quarter, and nothing in it speaks of the second by number or month."""
    second = {YearMonth(fiscal_year, month) for month in (2, 3)}
    titled = quarters_named("\n".join(line.text for line in cover(lines)))
    return titled == {1} and not months & second and 2 not in quarters_named("\n".join(line.text for line in lines))


def _months(mention: Mention) -> set[YearMonth]:
    months: set[YearMonth] = set()
    month = mention.first
    while month <= mention.last and len(months) < 600:
        months.add(month)
        month = month.next()
    return months


def _span(said: Declared, asked: Asked, body: ContentYears, lines: Lines) -> Fit:
    mention = said.mention
    year = asked.years[0]
    if mention.kind in ("span", "range") and len(mention.years) > 1:
        if year in mention.years:
            return Fit("fit", "", said, body, 0.97)
        return Fit("other", "span", said, body, 0.95)
    for line in cover(lines):
        spans = [m for m in mentions(line.text) if m.kind == "span"]
        if spans:
            inside = any(year in m.years for m in spans)
            return Fit("fit" if inside else "other", "" if inside else "span", said, body, 0.9, line)
    if mention.kind in ("year", "number") and year in mention.years:
        return Fit("unknown", "one_year", said, body, 0.5)
    return Fit("other", "span", said, body, 0.7)
