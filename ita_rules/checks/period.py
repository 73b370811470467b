"""`period`: the evidence is of the time asked: the fiscal year, the one before, its first half, a span that covers it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from ita_rules.checks.find.declared import declared, name_says
from ita_rules.checks.find.fit import Asked, Fit, asked_of, fit
from ita_rules.checks.interface import Context, Observation, Outcome, Said, page_of, quoted, unknown, whole
from ita_rules.locate import Piece
from ita_rules.locate.pictures import shown
from ita_rules.model import Evidence
from ita_rules.rulesets.types import Check
from ita_rules.run.keys import host_of
from ita_rules.thai.months import YearMonth, be_year, month_name
from ita_rules.thai.periods import Mention, mentions

KIND = "period"
_MOST = 8  # pieces that are told one by one
_UPLOADED = re.compile(r"/(?P<year>20[0-4]\d|25[4-9]\d)/(?P<month>0?[1-9]|1[0-2])/")
_THAI_DIGIT = re.compile("[๐-๙]")


def observe(ctx: Context, check: Check) -> Observation:
    """Met when a source is of the period asked; a gap when every source says another; unknown when none says any."""
    asked = asked_of(check, ctx.ruleset.fiscal_year)
    words = in_words(asked, ctx.lang)
    if not ctx.content:
        cause = ctx.unread_cause or "not_gathered"
        return replace(unknown(check, cause, "check.period.undecided", asked=words), why=_unread(ctx))
    if asked.dated:
        return _dated(ctx, check, asked, words)
    fits = [(p, fit(ctx.site, p, ctx.item, ctx.titles, asked)) for p in ctx.content]
    why: tuple[Said, ...] = tuple(
        ("why.period", {"url": p.url, "found": _said(f, ctx.lang), "place": f"@why.place.{_place(f)}"}) for p, f in fits[:_MOST]
    )
    why += _named_otherwise(fits) + _unread(ctx)
    good = [(p, f) for p, f in fits if f.verdict == "fit"]
    if good:
        piece, best = max(good, key=lambda pair: pair[1].confidence)
        values = {"found": _said(best, ctx.lang), "asked": words}
        passes = "check.period.by_name" if best.reason == "name" else "check.period.pass"
        return Observation(check, Outcome.MET, (passes, values), best.confidence, (_evidence(piece, best),), why)
    if ctx.unread_cause:
        return replace(unknown(check, ctx.unread_cause, "check.period.undecided", asked=words), why=why)
    others = [(p, f) for p, f in fits if f.verdict == "other"]
    # names are a weak sign: they leave it open, but not where a document beside them says another period
    named = [f for _, f in fits if f.reason == "name"]
    if len(others) + len(named) < len(fits) or not others:
        said = ("check.period.name", {"asked": words, "found": _said(named[0], ctx.lang)}) if len(named) == len(fits) else None
        unsure = next((f for _, f in fits if f.reason == "unsure"), None)
        if unsure is not None:
            values = {"asked": words, "cover": _said(unsure, ctx.lang), "content": _content(unsure, ctx.lang)}
            told: Said = ("check.period.unsure", values)
            return Observation(check, Outcome.UNKNOWN, told, 1.0, whole(ctx.content), why, "uncertain")
        message = said or ("check.period.none", {"asked": words})
        return Observation(check, Outcome.UNKNOWN, message, 1.0, whole(ctx.content), why, "no_year")
    piece, worst = max(others, key=lambda pair: pair[1].confidence)
    if any(_is_misreadable(ctx, p, f) for p, f in fits):
        return Observation(
            check, Outcome.UNKNOWN, ("check.period.misread", {"asked": words, "found": _said(worst, ctx.lang)}), 1.0,
            whole(ctx.content), why, "uncertain",
        )  # fmt: skip
    values = {
        "found": _said(worst, ctx.lang),
        "asked": words,
        "cover": _said(worst, ctx.lang),
        "content": _content(worst, ctx.lang),
    }
    fix = "check.period.fix_mixed" if worst.reason == "mixed" else "check.period.fix"
    return Observation(
        check,
        Outcome.NOT_MET,
        (f"check.period.{worst.reason or 'gap'}", values),
        worst.confidence,
        (_evidence(piece, worst),),
        why,
        fix=(fix, {"asked": words}),
    )


def _named_otherwise(fits: Sequence[tuple[Piece, Fit]]) -> tuple[Said, ...]:
    """The files whose names say another year than the document or its link."""
    found: list[Said] = []
    for piece, seen in fits:
        name = name_says(piece) if piece.role == "file" else None
        said = seen.declared.mention if seen.declared else None
        if name is not None and said is not None and not set(name.years) & set(said.years):
            found.append(("why.named_otherwise", {"url": piece.url, "name": name.text, "found": said.text}))
    return tuple(found[:_MOST])


def _unread(ctx: Context) -> tuple[Said, ...]:
    """What links and names say of the period of files that could not be read: a hint for the person who opens them."""
    unread = [p for p in ctx.pieces if p.role == "file" and not p.index and p not in ctx.content]
    said = [(p, declared(ctx.site, replace(p, document=None), ctx.item, ctx.titles)) for p in unread[:_MOST]]
    return tuple(
        ("why.period_unread", {"url": p.url, "found": d.mention.text, "place": f"@why.place.{d.place}"}) for p, d in said if d
    )


def _is_misreadable(ctx: Context, piece: Piece, found: Fit) -> bool:
    """Whether a year that is not the one asked was read in Thai digits of a scan, and nothing else says it: one digit in some
    hundred is misread."""
    line = found.line
    quote = line.text if line is not None else found.declared.quote if found.declared and found.declared.in_text else ""
    if not _THAI_DIGIT.search(quote) or not ctx.recognised((piece,)):
        return False
    years = {y for m in mentions(quote) for y in m.years}
    others = [x.text for x in ctx.site.lines(piece.document) if x.text != quote] if piece.document else []
    if piece.link is not None:
        others += [piece.link.text, piece.link.row]
    return not any(years & set(m.years) for text in others for m in mentions(text))


def _dated(ctx: Context, check: Check, asked: Asked, words: str) -> Observation:
    """One item dated in the year is enough (news, notices): a document that declares the year, or a day or month in the text.

    Years in running words prove nothing ("งบประมาณ พ.ศ. 2566", a copyright line), and a paper that declares another year has
    no say by the dates in it. A page without a date leaves it open only where what it shows was put there in the year: whoever
    opens a gallery among old news finds no date either, but pictures of the year are no lack of news.
    """
    newest: tuple[Mention, Piece, str, int] | None = None
    undated: list[Piece] = []
    for piece in ctx.content:
        assert piece.document is not None
        said = declared(ctx.site, piece, ctx.item, ctx.titles)
        firm = said is not None and said.in_text and said.mention.declared and said.mention.kind in ("year", "range")
        places = [(said.mention, said.quote, said.page)] if said is not None and firm else _days(ctx, piece)
        for mention, text, page in places:
            if set(mention.years) & set(asked.years):
                found = quoted(piece, page_of(piece, page), text[:200])
                values = {"found": mention.text, "asked": words}
                return Observation(check, Outcome.MET, ("check.period.pass", values), 0.95, (found,))
            if newest is None or mention.last > newest[0].last:
                newest = (mention, piece, text, page)
        undated += [] if places else [piece]
    if ctx.unread_cause:
        return unknown(check, ctx.unread_cause, "check.period.undecided", asked=words)
    if newest is None:
        return Observation(
            check, Outcome.UNKNOWN, ("check.period.none", {"asked": words}), 1.0, whole(ctx.content), cause="no_year"
        )
    mention, piece, text, page = newest
    values = {"found": mention.text, "asked": words}
    recent = next((url for one in undated for url in _put_there(ctx, one, asked)), "")
    if recent:
        told = ("check.period.recent", {**values, "url": recent})
        return Observation(check, Outcome.UNKNOWN, told, 1.0, whole(ctx.content), cause="no_year")
    evidence = (quoted(piece, page_of(piece, page), text[:200]),)
    return Observation(
        check, Outcome.NOT_MET, ("check.period.no_item", values), 0.85, evidence, fix=("check.period.fix", {"asked": words})
    )


def _put_there(ctx: Context, piece: Piece, asked: Asked) -> Iterator[str]:
    """Its address, and those of the pictures of a page's own content, where they tell that it was put there in the time asked
    (``/uploads/2023/01/``)."""
    for url in (piece.url, *(picture.url for picture in shown(ctx.site, piece))):
        found = _UPLOADED.search(urlsplit(url).path)
        year = be_year(found["year"]) if found else None
        if found and year is not None and YearMonth(year, int(found["month"])).fiscal_year in asked.years:
            yield url


def _days(ctx: Context, piece: Piece) -> list[tuple[Mention, str, int]]:
    """Every day, month or range of months that a piece names, with its line and page."""
    lines = ctx.site.lines(piece.document) if piece.document else ()
    kinds = ("date", "month", "range")
    return [(m, x.text, x.page.number) for x in lines for m in mentions(x.text) if m.kind in kinds]


def in_words(asked: Asked, lang: str) -> str:
    """A period asked, in words."""
    year = asked.years[0] if lang == "th" else asked.years[0] - 543
    words = f"ปีงบประมาณ พ.ศ. {year}" if lang == "th" else f"fiscal year {year}"
    if asked.covers == "first_half":
        first, last = YearMonth(asked.years[0] - 1, 10), YearMonth(asked.years[0], 3)
        return f"{month_name(first, lang)} – {month_name(last, lang)}"
    if asked.covers == "fiscal_year_or_previous":
        other = asked.years[1] if lang == "th" else asked.years[1] - 543
        return f"{words} หรือ {other}" if lang == "th" else f"{words} or {other}"
    return words


def _said(found: Fit, lang: str) -> str:
    if found.declared:
        return found.declared.mention.text
    plain = found.content.plain() if found.content else None
    return str(plain if lang == "th" or plain is None else plain - 543) if plain else "–"


def _content(found: Fit, lang: str) -> str:
    plain = found.content.plain() if found.content else None
    return str(plain if lang == "th" or plain is None else plain - 543) if plain else "–"


def _place(found: Fit) -> str:
    return found.declared.place if found.declared else "content"


def _evidence(piece: Piece, found: Fit) -> Evidence:
    """The words that say the period, where they stand: in the source's own text, else on the page that links it."""
    if found.line is not None:
        return quoted(piece, page_of(piece, found.line.page.number), found.line.text[:200])
    said = found.declared
    if said is None:
        return Evidence(url=piece.url, read="whole")
    if said.in_text:
        return quoted(piece, page_of(piece, said.page), said.quote[:200])
    if said.place == "link" and piece.via and host_of(piece.via):
        return Evidence(url=piece.via, quote=said.quote[:200])
    return Evidence(url=piece.url, read="whole")
