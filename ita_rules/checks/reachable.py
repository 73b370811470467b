"""`reachable`: anyone can open the evidence, without signing in, at the address given."""

from __future__ import annotations

from ita_rules.acts import is_server_fault
from ita_rules.checks.interface import AGENCY_CAUSES, SOCIAL_SERVES, Context, Observation, Outcome, Said, unknown
from ita_rules.locate import Piece
from ita_rules.model import Evidence
from ita_rules.rulesets.types import Check
from ita_rules.run.keys import thai_day, url_key
from ita_rules.run.services import cause_at, end_of, is_short, is_social

KIND = "reachable"
_MOST_DAYS = 5

_READABLE = frozenset({None, "unreadable", "encrypted", "no_ocr", "not_gathered", "needs_javascript", "budget", "too_large"})


def cause_of(ctx: Context, piece: Piece) -> str | None:
    """The cause of an address as `reachable` sees it: a home page in place of evidence is an empty link, and the wall of a
    social network is nobody's fault."""
    if not piece.key:
        return piece.exchange.cause if piece.exchange else "empty_link"
    if piece.link is None and not ctx.only_files and ctx.site.is_home(piece.key):
        return "empty_link"
    if piece.exchange is None:
        return "not_gathered"
    # What was had without verifying the certificate opens for nobody without a warning.
    cause = piece.exchange.cause or ("tls" if piece.exchange.insecure else None)
    return cause_at(cause, piece.url, piece.exchange.final_url)


def observe(ctx: Context, check: Check) -> Observation:
    """Met when at least one address of the evidence opens; a gap when each fails by a cause of the agency's own."""
    if ctx.only_files:
        return Observation(check, Outcome.NOT_APPLICABLE, ("check.not_applicable.file", {}))
    if not ctx.pieces:
        return unknown(check, "not_gathered", "check.reachable.undecided")
    if all(map(_is_social, ctx.pieces)) and not set(ctx.item.concepts) & SOCIAL_SERVES:
        return Observation(
            check,
            Outcome.NOT_MET,
            ("check.reachable.social", {}),
            0.9,
            _sources(ctx.pieces),
            fix=("check.reachable.fix_social", {}),
        )
    causes = [(p, cause_of(ctx, p)) for p in ctx.pieces]
    why: tuple[Said, ...] = tuple(
        ("why.source", {"url": p.url, "cause": f"@cause.{c}" if c else "@why.opened"}) for p, c in causes[:12]
    )
    short = [p for p in ctx.pieces[:12] if is_short(p.url) and _end(p) != p.url]
    why += tuple(("why.short_link", {"url": p.url, "final": _end(p)}) for p in short)
    doors = _only_doors(ctx)
    open_ones = [p for p, c in causes if c in _READABLE and p.key and p.key not in doors and not p.index]
    if open_ones:
        return Observation(check, Outcome.MET, ("check.reachable.pass", {}), 1.0, _sources(tuple(open_ones[:3])), why)
    failing = [(p, c) for p, c in causes if c and (c not in _READABLE or not p.key)]
    if not failing:
        return Observation(check, Outcome.MET, ("check.reachable.pass", {}), 0.9, _sources(ctx.pieces[:1]), why)
    lasting = {p.key: rows for p, c in failing if (rows := _lasting(ctx, p, c))}
    undecided = [
        c if c not in AGENCY_CAUSES else "uncertain"
        for p, c in failing
        if p.key not in lasting and (c not in AGENCY_CAUSES or not _seen_twice(p, c))
    ]
    if undecided:
        return Observation(
            check,
            Outcome.UNKNOWN,
            ("check.reachable.undecided", {"cause": f"@cause.{undecided[0]}"}),
            1.0,
            _sources(tuple(p for p, _ in failing)),
            why,
            undecided[0],
        )
    if lasting:
        return _outage(ctx, check, failing, lasting, why)
    cause = failing[0][1]
    message = "check.reachable.home" if cause == "empty_link" and failing[0][0].key else "check.reachable.gap"
    return Observation(
        check, Outcome.NOT_MET, (message, {"cause": f"@cause.{cause}"}), 0.96, _sources(tuple(p for p, _ in failing)), why
    )


def _lasting(ctx: Context, piece: Piece, cause: str) -> tuple[tuple[str, str], ...]:
    """The days (ISO 8601, with the cause of each) on which the server of an address was at fault, this run's last, where they are
    two and more; else nothing. What was not asked in this run, or not a second time, is seen on no day of it."""
    found, meta = piece.exchange, ctx.site.run.meta
    if found is None or found.carried or found.attempts < 2 or not is_server_fault(cause):
        return ()
    today = thai_day(meta.started)
    before = [day for one in meta.failing if url_key(one.url) == piece.key for day in one.days if day[0] < today]
    return (*before, (today, cause)) if before and today else ()


def _outage(
    ctx: Context,
    check: Check,
    failing: list[tuple[Piece, str]],
    lasting: dict[str, tuple[tuple[str, str], ...]],
    why: tuple[Said, ...],
) -> Observation:
    """A server's fault on two days and more, of which the history tells."""
    piece, cause = next((p, c) for p, c in failing if p.key in lasting)
    days = lasting[piece.key]
    shown = tuple(f"@day.{day}" for day, _ in (*days[:1], *days[1:][-_MOST_DAYS:]))
    seen: tuple[Said, ...] = tuple(
        ("why.failed", {"url": p.url, "day": f"@day.{day}", "cause": f"@cause.{was}"})
        for p, _ in failing
        for day, was in lasting.get(p.key, ())[-_MOST_DAYS:]
    )
    message = ("check.reachable.twice", {"cause": f"@cause.{cause}", "days": shown})
    sources = _sources(tuple(p for p, _ in failing))
    return Observation(check, Outcome.NOT_MET, message, 0.96, sources, why + seen[:12])


def _seen_twice(piece: Piece, cause: str) -> bool:
    """Whether a cause of the agency's own was seen on a second try as well; a link that is empty as it stands needs none."""
    found = piece.exchange
    return (cause == "empty_link" and (found is None or found.cause != cause)) or (found is not None and found.attempts >= 2)


def _end(piece: Piece) -> str:
    """Where a short link leads to; any other address is its own end."""
    return end_of(piece.exchange) if piece.exchange and is_short(piece.url) else piece.url


def _is_social(piece: Piece) -> bool:
    """Whether a piece lies on a social medium; a short link lies where it leads to."""
    return is_social(_end(piece))


def _only_doors(ctx: Context) -> frozenset[str]:
    """Pages that say next to nothing themselves and whose every file, or one page, fails: what they lead to is the evidence."""
    doors = set()
    for piece in ctx.pieces:
        behind = [p for p in ctx.pieces if p.via in (piece.key, ctx.site.final(piece.key))]
        if piece.key in ctx.doors and all(p.exchange is not None and p.exchange.cause for p in behind):
            doors.add(piece.key)
        elif piece.role == "page" and piece.cause is None and not ctx.site.is_home(piece.key):
            files = [p for p in behind if p.role == "file"]
            if files and all(p.exchange is not None and p.exchange.cause for p in files) and ctx.letters(piece) < 160:
                doors.add(piece.key)
    return frozenset(doors)


def _sources(pieces: tuple[Piece, ...]) -> tuple[Evidence, ...]:
    return tuple(Evidence(url=p.url) for p in pieces)
