"""What the evidence of a complaint item calls itself: of corruption, or of complaints in general."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ita_rules.checks.interface import Context, page_of, quoted
from ita_rules.model import Evidence
from ita_rules.thai.fold import loose

CONCEPTS = frozenset({"complaint-channel", "complaint-statistics"})
"""The concepts that ask for corruption complaints alone."""

_CORRUPTION = tuple(map(loose, ("ทุจริต", "ประพฤติมิชอบ", "เบาะแส", "corruption", "fraud")))
_GENERAL = tuple(map(loose, ("ร้องเรียน", "ร้องทุกข์", "เรื่องราวร้องทุกข์", "complaint")))
_CODE = re.compile(r"(?<![A-Za-z0-9])[OoＯ]\s?-?\s?[0-9๐-๙]{1,2}(?![0-9])")
_FIRST = 8  # lines at the beginning of a document in which it says what it is


@dataclass(frozen=True, slots=True)
class Called:
    """What evidence calls itself in its titles and headings (`calls`: ``corruption``, ``general``, ``unsaid``), whether its
    text speaks of corruption anywhere, whether a link of the site calls it a general channel, and the heading as evidence."""

    calls: str
    speaks: bool
    linked: bool
    evidence: tuple[Evidence, ...]


def called(ctx: Context) -> Called | None:
    """What the evidence of an item calls itself; None where some of it could not be read, or was recognised from pictures."""
    if not ctx.content or ctx.unread_cause or ctx.recognised(ctx.content):
        return None
    heads: list[str] = []
    evidence: list[Evidence] = []
    speaks = False
    for piece in ctx.content:
        assert piece.document is not None
        lines = ctx.site.lines(piece.document)
        # kinds of complaint to choose from, and rows of a table, do not say what the whole is
        own = [x for n, x in enumerate(lines) if x.block.kind == "heading" or (n < _FIRST and x.block.kind == "text")]
        heads += [piece.title, *(x.text for x in own), *(x.title for x in [piece.exchange] if x)]
        speaks = speaks or any(_bears([b.text], _CORRUPTION) for _, _, b in piece.document.blocks() if b.zone == "main")
        speaks = speaks or any(_bears([*f.fields, *f.buttons], _CORRUPTION) for f in piece.document.forms)
        said = next((x for x in own if _bears([x.text], _GENERAL)), None)
        evidence += [quoted(piece, page_of(piece, said.page.number), said.text[:200])] if said else []
    if _bears(heads, _CORRUPTION):
        return Called("corruption", speaks, False, ())
    calls = "general" if _bears(heads, _GENERAL) and evidence else "unsaid"
    keys = {key for p in ctx.content for key in (p.key, ctx.site.final(p.key))}
    ways = [link for links in ctx.site.incoming(keys).values() for link in links]
    # on the page of all items every link bears its item's name, whatever it leads to
    speaks = speaks or any(_bears([x.text], _CORRUPTION) and not _CODE.search(f"{x.text} {x.row}") for x in ways)
    linked = any(_bears([x.text], _GENERAL) and not _bears([x.text, x.row], _CORRUPTION) for x in ways)
    return Called(calls, speaks, linked, tuple(evidence[:2]))


def _bears(texts: Iterable[str], words: tuple[str, ...]) -> bool:
    return any(word in folded for folded in map(loose, texts) for word in words)
