"""Passes that a person had better see: where the match is thin, an examiner may not grant what the program granted.

A criterion of content passes narrowly when its words were recognised from pictures (`ocr`), when the text is of low trust
(`low_trust`, below 0.8), when one wording in one place carries it and fits less than well (`one_wording`, confidence below
0.9), or when nobody compared the criterion with the handbook and the match is no better than fair (`unverified`, one place
below 0.93). These bounds only choose what is shown; no status depends on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ita_rules.checks.interface import Observation, page_of
from ita_rules.locate import Piece
from ita_rules.messages import Catalogue
from ita_rules.model import CheckResult, Evidence, ItemResult, Severity, Status, ToOpen
from ita_rules.run.types import Page

MOST = 12
"""How many items are told to be opened."""

_TRUSTED = 0.8
_FITS_WELL = 0.9
_FITS_SURELY = 0.93
_OF_CONTENT = frozenset({"component", "period", "coverage", "count", "named", "two_way", "signed", "absent"})
_EACH_REASON = 0.05  # of confidence, in the order alone


def narrow(seen: Observation, pieces: Iterable[Piece], status: Status) -> tuple[str, ...]:
    """Why a check passes narrowly, in the order of the module's docstring; empty for all else."""
    check = seen.check
    if status is not Status.PASS or (seen.severity or check.severity) is not Severity.CRITERION or check.kind not in _OF_CONTENT:
        return ()
    shown = [e for e in seen.evidence if e.quote]
    pages = _pages(shown, pieces)
    reasons = []
    if pages and all(page.method == "ocr" for page in pages):
        reasons.append("ocr")
    elif pages and max(page.trust for page in pages) < _TRUSTED:
        reasons.append("low_trust")
    alone = len(seen.evidence) < 2
    if alone and seen.confidence < _FITS_WELL:
        reasons.append("one_wording")
    if alone and not check.verified and seen.confidence < _FITS_SURELY:
        reasons.append("unverified")
    return tuple(reasons)


def _pages(shown: Sequence[Evidence], pieces: Iterable[Piece]) -> list[Page]:
    """The pages on which the quotes stand."""
    documents = {p.url: p for p in pieces if p.document is not None}
    found = []
    for evidence in shown:
        piece = documents.get(evidence.url)
        if piece is not None and piece.document is not None:
            numbered = [(page, page_of(piece, page.number)) for page in piece.document.pages]
            found += [page for page, number in numbered if number == evidence.page]
    return found


def to_open(items: Iterable[ItemResult], say: Catalogue) -> tuple[ToOpen, ...]:
    """The items that pass narrowly, the narrowest first, then those worth most; at most `MOST`."""
    thin = [(item, sorted((c for c in item.checks if c.narrow), key=_firmness)) for item in items if item.status is Status.PASS]
    ranked = sorted(((i, found) for i, found in thin if found), key=lambda pair: (_firmness(pair[1][0]), -pair[0].worth))
    return tuple(_told(item, checks, say) for item, checks in ranked[:MOST])


def _firmness(check: CheckResult) -> float:
    return check.confidence - _EACH_REASON * len(check.narrow)


def _told(item: ItemResult, checks: Sequence[CheckResult], say: Catalogue) -> ToOpen:
    first = checks[0]
    place = next((e for e in first.evidence if e.quote), first.evidence[0] if first.evidence else None)
    return ToOpen(
        item=item.id,
        checks=tuple(c.id for c in checks),
        reasons=tuple(say.say(f"report.open.reason.{reason}") for reason in first.narrow),
        asks=first.asks or first.message,
        url=place.url if place else None,
        page=place.page if place else None,
        quote=place.quote if place else None,
        confidence=first.confidence,
    )
