"""Lines of recognised pages (scans, pictures): wordings found though letters are mistaken, and what must be doubted there.

Recognition mistakes about two characters in a hundred, and cannot see what is no text. So a wording that nearly stands there is
put in its place before anything is looked for; the quote keeps the words as they were recognised. Where a label is only
somewhat like a wording, or digits could not be read, "not found" is no more than a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ita_rules.checks.find.findings import Findings, Hit, shorten
from ita_rules.checks.find.spec import Spec
from ita_rules.locate.lines import Line, Lines, strip_number
from ita_rules.thai.fold import UNREAD, clean, key, loose
from ita_rules.thai.near import LONG, SHORT, is_alike, is_doubtful, place

_LABEL = 60  # letters up to which a line may be a label
_LESS = 0.9  # what is left of the confidence where letters were mistaken
_SHAPES = frozenset({"person-photo", "map", "org-chart", "online-form", "question-form"})
_FIGURES = frozenset("phone address time-limit figures month-range month-columns year-columns dated-activity".split())


@dataclass(frozen=True, slots=True)
class Mended:
    """Lines with the wordings put in place; `swaps` are the wordings put there with the words that stood there."""

    lines: Lines
    swaps: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=2_000)
def _phrases(spec: Spec) -> tuple[tuple[str, str], ...]:
    """What is looked for, with what it must not be taken for: (folded, as written), the latter ``""`` for siblings and
    look-alikes; the longest first."""
    own = (*spec.wordings, *spec.statements, *spec.figures, *spec.zero_statements, *spec.contradicted_by)
    found = {w.loose: w.text for w in own if w.pattern is None}
    for other in (*spec.siblings, *spec.look_alikes):
        found.setdefault(loose(other), "")
    return tuple(sorted(((f, t) for f, t in found.items() if len(f) >= SHORT), key=lambda p: (-len(p[0]), p[0])))


def mended(lines: Lines, spec: Spec) -> Mended:
    """The lines of one document; those of pages that were not recognised from a picture stay as they are."""
    if not lines.recognised:
        return Mended(lines)
    swaps: dict[str, str] = {}
    whole = "\n".join(line.loose for line in lines if line.page.method == "ocr")
    near = [(f, t) for f, t in _phrases(spec) if len(f) < LONG or is_alike(whole, f)]
    made = Lines(_line(line, near, swaps) if line.page.method == "ocr" else line for line in lines)
    standing = "\n".join(line.text for line in lines)
    return Mended(made, tuple((put, stood) for put, stood in swaps.items() if put not in standing))


def _line(line: Line, phrases: Iterable[tuple[str, str]], swaps: dict[str, str]) -> Line:
    block = line.block
    cells = tuple(_text(cell, phrases, swaps) for cell in block.cells)
    text = block.text if cells else _text(block.text, phrases, swaps)
    for put, stood in zip(cells, block.cells, strict=True):
        text = text.replace(stood, put) if put != stood else text
    if (text, cells) == (block.text, block.cells):
        return line
    bare = strip_number(text)
    block = replace(block, text=text, cells=cells)
    return line._replace(block=block, clean=clean(text), bare=bare, key=key(bare), loose=loose(bare))


def _text(text: str, phrases: Iterable[tuple[str, str]], swaps: dict[str, str]) -> str:
    """`text` with the phrase that it holds nearly (the one most alike) letter by letter, its numbering kept."""
    bare = strip_number(text)
    folded = loose(bare)
    if len(folded) < SHORT:
        return text
    best, where = "", None
    for phrase, written in phrases:
        span = place(bare, phrase)
        if span is not None and (where is None or span.score > where.score):
            best, where = written, span
    if where is None or not best or any(_overlaps(folded, phrase, where.letters) for phrase, _ in phrases):
        return text  # what stands there by the letter is no mistaken something else
    cleaned = clean(text).strip()
    number = cleaned.removesuffix(bare) if cleaned.endswith(bare) else ""
    put = f"{number}{bare[: where.start]}{best}{bare[where.end :]}"
    swaps.setdefault(put, text)
    return put


def _overlaps(folded: str, phrase: str, letters: tuple[int, int]) -> bool:
    """Whether a phrase stands letter by letter where another was found nearly."""
    at = folded.find(phrase)
    return at >= 0 and at < letters[1] and at + len(phrase) > letters[0]


def as_recognised(found: Findings, swaps: Sequence[tuple[str, str]]) -> Findings:
    """The findings with quotes as the picture was recognised, and less sure of what letters were mistaken in."""
    if not swaps:
        return found

    def back(hits: list[Hit]) -> list[Hit]:
        return [_hit(hit, swaps) for hit in hits]

    return Findings(
        back(found.met), found.partly, back(found.empty), back(found.contents), back(found.mentioned), back(found.against)
    )


def _hit(hit: Hit, swaps: Sequence[tuple[str, str]]) -> Hit:
    quote = hit.quote
    for put, stood in swaps:
        if put in quote:
            quote = quote.replace(put, stood)
    return hit if quote == hit.quote else replace(hit, quote=quote, confidence=round(hit.confidence * _LESS, 3))


def doubts(lines: Lines, spec: Spec) -> Iterator[Hit]:
    """Places on recognised pages because of which the component may be there though it was not found."""
    for line in lines if lines.recognised else ():
        if line.page.method != "ocr" or line.toc or line.criterion:
            continue
        if UNREAD in line.text and (spec.figures or _FIGURES & set(spec.detect)):
            yield Hit("section", UNREAD, line, shorten(line.text), 0.5)
        for label in (*line.block.cells, line.bare) if line.block.kind == "row" else (line.bare.partition(":")[0],):
            folded = loose(label)
            if not SHORT <= len(folded) <= _LABEL or folded in spec.siblings or folded.startswith(spec.look_alikes):
                continue
            if any(w.loose in folded for w in spec.wordings):
                continue  # it was read by the letter, and judged by what stands under it
            wanted = next((w.text for w in spec.wordings if is_doubtful(folded, w.loose)), "")
            if wanted:
                yield Hit("section", wanted, line, shorten(label), 0.5)


def unseen(lines: Lines, spec: Spec) -> bool:
    """Whether the component may show itself in a recognised picture by what is no text (a portrait, a map, a chart)."""
    return bool(_SHAPES & set(spec.detect)) and lines.recognised
