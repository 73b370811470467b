"""`coverage`: a set covers every month asked, each named with figures or with a stated zero."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ita_rules.checks.interface import Context, Observation, Outcome, Said, page_of, quoted, unknown, whole
from ita_rules.locate import Piece
from ita_rules.locate.lines import Line, strip_number
from ita_rules.locate.titles import file_words
from ita_rules.rulesets.types import Check
from ita_rules.thai.fold import clean, loose
from ita_rules.thai.months import MONTH, YearMonth, fiscal_months, month_name, month_number
from ita_rules.thai.periods import Mention, mentions

KIND = "coverage"
_PLAIN = 3  # months of another year that make plain of which year the months are


def observe(ctx: Context, check: Check) -> Observation:
    """Met when each month has its own table, heading, file or stated zero; a month that nothing names is a gap."""
    year = ctx.ruleset.fiscal_year
    asked = fiscal_months(year, 12 if check.options.get("months") == "year" else 6)
    if not ctx.content:
        return unknown(check, ctx.unread_cause or "not_gathered", "check.coverage.undecided", months=_words(asked, ctx.lang))
    seen: dict[YearMonth, tuple[Piece, Line | None, str]] = {}
    belied: dict[YearMonth, tuple[Piece, list[YearMonth]]] = {}
    for piece in ctx.content:
        inside = _inside(ctx, piece, asked)
        outside = _outside(ctx, piece, asked)
        if inside and outside and not set(inside) & set(outside):
            belied.update({month: (piece, list(inside)) for month in outside})
            outside = {}
        for month, place in {**outside, **inside}.items():
            seen.setdefault(month, (piece, *place))
    if not seen:
        return _by_dates(ctx, check, asked)
    missing = [m for m in asked if m not in seen]
    why: tuple[Said, ...] = tuple(
        ("why.month", {"month": month_name(m, ctx.lang), "url": seen[m][0].url}) for m in asked if m in seen
    )
    wrong = [m for m in missing if m in belied]
    why += tuple(_belied(ctx, m, *belied[m]) for m in wrong)
    if not missing:
        evidence = tuple(
            quoted(piece, page_of(piece, line.page.number) if line else None, text[:200])
            for piece, line, text in (seen[m] for m in asked)
            if line is not None
        )
        return Observation(check, Outcome.MET, ("check.coverage.pass", {"months": _words(asked, ctx.lang)}), 0.95, evidence, why)
    words = _words(missing, ctx.lang)
    if ctx.unread_cause or ctx.recognised(ctx.content):
        # a month that stands in a scan may have been misread
        return unknown(check, ctx.unread_cause or "uncertain", "check.coverage.undecided", months=words)
    if wrong and len(wrong) == len(missing) and not all(_is_sure(ctx, m, *belied[m]) for m in wrong):
        return replace(unknown(check, "uncertain", "check.coverage.undecided", months=words), why=why)
    return Observation(
        check,
        Outcome.NOT_MET,
        ("check.coverage.gap", {"months": words}),
        0.93,
        whole(ctx.content),
        why,
        fix=("check.coverage.fix", {"months": words}),
    )


def _by_dates(ctx: Context, check: Check, asked: Sequence[YearMonth]) -> Observation:
    """One table for all months, none of them headed: met when each month has dated entries; else nothing is sure."""
    dated = {
        m.first
        for p in ctx.content
        if p.document
        for x in ctx.site.lines(p.document)
        for m in mentions(x.text)
        if m.kind == "date"
    }
    words = _words(asked, ctx.lang)
    if set(asked) <= dated:
        return Observation(check, Outcome.MET, ("check.coverage.pass", {"months": words}), 0.8, whole(ctx.content))
    cause = ctx.unread_cause or "uncertain"
    missing = _words([m for m in asked if m not in dated], ctx.lang)
    other = {m.first for p in ctx.content if p.document for x in ctx.site.lines(p.document) for m in _headed(x)}
    if len(other) >= _PLAIN and not (other | dated) & set(asked) and not (ctx.unread_cause or ctx.recognised(ctx.content)):
        fix = ("check.coverage.fix", {"months": words})
        return Observation(check, Outcome.NOT_MET, ("check.coverage.gap", {"months": words}), 0.9, whole(ctx.content), fix=fix)
    return unknown(check, cause, "check.coverage.undecided", months=missing)


def _headed(line: Line) -> list[Mention]:
    """The months with their years that a line is about."""
    return [m for m in mentions(line.text) if m.kind == "month"] if _is_about_month(line) else []


def _words(months: Sequence[YearMonth], lang: str) -> list[str]:
    return [month_name(m, lang) for m in months]


def _belied(ctx: Context, month: YearMonth, piece: Piece, inside: Sequence[YearMonth]) -> Said:
    """What tells that a file is not of the month that its link says."""
    return "why.month_belied", {"month": month_name(month, ctx.lang), "url": piece.url, "found": _words(inside, ctx.lang)}


def _is_sure(ctx: Context, month: YearMonth, piece: Piece, inside: Sequence[YearMonth]) -> bool:
    """Whether a file that is headed by other months than its link says is plainly of those: another file is headed so too, and
    no day of the month that is said stands in it. The heading of a month's file may be left over from the month before."""
    assert piece.document is not None
    lines = ctx.site.lines(piece.document)
    days = any(m.kind == "date" and m.first == month for x in lines for m in mentions(x.text))
    others = (p for p in ctx.content if p.key != piece.key)
    return not days and any(set(inside) & set(_inside(ctx, p, inside)) for p in others)


_Places = dict[YearMonth, tuple[Line | None, str]]
"""Months, each with the line and the words that name it."""


def _inside(ctx: Context, piece: Piece, asked: Sequence[YearMonth]) -> _Places:
    """The months asked that a piece's own text stands for.

    A month counts in a heading, a title or a sheet's name; in running text or a cell only where the line is about the month (it
    opens with it, or states a zero), since dates of contracts name months too. A month without a year takes the year of the
    fiscal year asked. The words of a link to a file that is looked at say nothing: the file does.
    """
    assert piece.document is not None
    lines = ctx.site.lines(piece.document)
    entries = _entries(ctx, piece)
    found: _Places = {}
    for line in lines:
        if _is_about_month(line) and line.loose not in entries:
            for month in _named(line.text, asked):
                found.setdefault(month, (line, line.text))
    for page in piece.document.pages:
        if page.name:
            first = next((x for x in lines if x.page is page), None)
            for month in _named(page.name, asked):
                found.setdefault(month, (first, first.text if first else page.name))
    return found


def _outside(ctx: Context, piece: Piece, asked: Sequence[YearMonth]) -> _Places:
    """The months asked by which a link calls a piece, or by which its file is named."""
    assert piece.document is not None
    lines = ctx.site.lines(piece.document)
    told = [piece.link.text, piece.link.row] if piece.link else []
    told += [file_words(piece.url), piece.exchange.filename if piece.exchange else ""]
    found: _Places = {}
    for text in told:
        for month in _named(text.replace("_", " "), asked):
            found.setdefault(month, (lines[0] if lines else None, lines[0].text if lines else text))
    return found


def _entries(ctx: Context, page: Piece) -> frozenset[str]:
    """The words (loose) of a page's links to files that are looked at themselves, and of the rows in which they stand."""
    read = {ctx.site.final(p.key) for p in ctx.content if p.role == "file"}
    links = [x for x in ctx.site.content_links(page.key) if ctx.site.final(x.target) in read] if page.role == "page" else []
    return frozenset(folded for x in links for words in (x.text, x.row) if (folded := loose(strip_number(words))))


def _is_about_month(line: Line) -> bool:
    if line.toc:
        return False
    text = line.clean
    if line.block.kind == "row":
        cells = [c for c in line.block.cells if c.strip()]
        if line.block.header or len({*cells}) == 1:
            return True
        return any(re.fullmatch(rf"\s*(?:เดือน)?\s*{MONTH}\s*[-/]?\s*(?:พ\.?ศ\.?)?\s*\d*\s*", clean(c)) for c in cells[:2])
    if line.block.kind == "heading" or "เดือน" in text or "ไม่มี" in text:
        return True
    return len(line.key) <= 60 and bool(re.search(MONTH, text))


def _named(text: str, asked: Sequence[YearMonth]) -> list[YearMonth]:
    """The months asked that a text names; without a year the month of the asked fiscal year."""
    wanted = set(asked)
    said = mentions(text)
    found = [m for x in said if x.kind == "month" or (x.kind == "range" and _one_month(x)) for m in (x.first,)]
    found += [x.first for x in said if x.kind == "date" and re.search(r"เดือน", clean(text))]
    named = [m for m in found if m in wanted]
    if not said or all(x.kind == "year" for x in said):
        numbers = {month_number(m.group()) for m in re.finditer(MONTH, clean(text))}
        years = {y for x in said if x.kind == "year" for y in x.years}
        fiscal = asked[0].fiscal_year
        if not years or fiscal in years or fiscal - 1 in years:
            named = [m for m in asked if m.month in numbers and (not years or m.year in years or fiscal in years)]
    return named


def _one_month(mention: Mention) -> bool:
    return mention.first == mention.last
