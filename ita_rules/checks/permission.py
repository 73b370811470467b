"""`permission`: evidence kept with a sharing service (Google Drive, OneDrive …) opens for all, without asking for access."""

from __future__ import annotations

from ita_rules.checks.interface import AGENCY_CAUSES, Context, Observation, Outcome, unknown
from ita_rules.locate import Piece
from ita_rules.model import Evidence
from ita_rules.rulesets.types import Check
from ita_rules.run.services import is_shared, is_social

KIND = "permission"

_OPENED = frozenset({None, "unreadable", "encrypted", "no_ocr", "needs_javascript", "too_large"})
"""Causes that hide the text of what opened all the same."""


def observe(ctx: Context, check: Check) -> Observation:
    """A gap when a file with a sharing service, or a page that stands in a document's place, asks to sign in, seen twice."""
    if ctx.only_files:
        return Observation(check, Outcome.NOT_APPLICABLE, ("check.not_applicable.file", {}))
    asked = [(p, p.exchange.cause if p.exchange else "not_gathered") for p in ctx.pieces if _is_asked(p)]
    shut = [p for p, cause in asked if cause == "login"]
    twice = tuple(p for p in shut if p.exchange is not None and p.exchange.attempts >= 2)
    if twice:
        evidence = tuple(Evidence(url=p.url) for p in twice[:3])
        return Observation(check, Outcome.NOT_MET, ("check.permission.gap", {"where": twice[0].url}), 0.96, evidence)
    if shut:
        return unknown(check, "uncertain", "check.permission.undecided")
    hidden = [cause for _, cause in asked if cause not in _OPENED and cause not in AGENCY_CAUSES]
    if hidden:
        return unknown(check, hidden[0] or "uncertain", "check.permission.undecided")
    opened = tuple(Evidence(url=p.url) for p, cause in asked if cause in _OPENED)
    if not opened:
        return Observation(check, Outcome.NOT_APPLICABLE, ("check.not_applicable.shared", {}))
    return Observation(check, Outcome.MET, ("check.permission.pass", {}), 1.0, opened[:3])


def _is_asked(piece: Piece) -> bool:
    """Whether a piece is asked: what a sharing service keeps; of all else a sign-in page that was answered, or that stands
    where a file should (a link beside the evidence may well lead to a service for members)."""
    if piece.index or not piece.key:
        return False
    final = piece.exchange.final_url if piece.exchange else ""
    if is_shared(piece.url) or is_shared(final):
        return True
    if is_social(piece.url) or is_social(final):
        return False  # its sign-in page is shown to programs, not to people
    signs_in = piece.exchange is not None and piece.exchange.cause == "login"
    return signs_in and (piece.link is None or piece.role == "file")
