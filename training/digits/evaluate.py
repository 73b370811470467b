"""Measures the reader end to end: pages in fonts it has not seen, through Tesseract: ``python -m training.digits.evaluate``.

A year is *accepted* when a number is given at its place and *right* when that is the year, all of it and nothing more; years
that Tesseract dropped count as not accepted. A *false read* is a number given where the page has none in Thai digits.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from crawlers.readers.digits import Run, read_runs
from crawlers.readers.digits.classify import WEIGHTS, Network, load
from crawlers.readers.ocr.types import TextRow
from training.digits.degrade import Wear
from training.digits.engine import Engine
from training.digits.fonts import FOLDERS, HELD_OUT, NEVER, Face, faces
from training.digits.pages import SamplePage, Truth, page

USUAL = Wear(skew=0.25, blur=0.9, noise=0.7, jpeg=50, stroke=0.5, bilevel=0.1)
"""A page from an office's scanner, straightened."""

HARD = Wear(skew=0.25)
"""A poor copy: the training's own wear, strokes broken and filled."""


@dataclass(slots=True)
class Score:
    """Counts over some pages; `wrong` holds (truth, read) of the numbers read wrongly, `stray` what was read where nothing is.

    `engine_alone` counts the years that Tesseract itself wrote rightly; `seconds` is processor time, of reading digits only.
    """

    pages: int = 0
    rows: int = 0
    years: int = 0
    years_accepted: int = 0
    years_right: int = 0
    engine_alone: int = 0
    others: int = 0
    others_accepted: int = 0
    others_right: int = 0
    false_reads: int = 0
    letters_unread: int = 0
    seconds: float = 0.0
    wrong: list[tuple[str, str]] = field(default_factory=list)
    stray: list[tuple[str, str]] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Take in another's counts."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def __str__(self) -> str:
        return (
            f"pages {self.pages}; years {self.years}: accepted {_share(self.years_accepted, self.years)}, "
            f"of these right {_share(self.years_right, self.years_accepted)}, "
            f"Tesseract alone {_share(self.engine_alone, self.years)}; "
            f"other numbers {self.others}: accepted {_share(self.others_accepted, self.others)}, "
            f"right {_share(self.others_right, self.others_accepted)}; false reads {self.false_reads} in {self.rows} rows, "
            f"letters marked unread {self.letters_unread}; {1000 * self.seconds / max(1, self.pages):.0f} ms a page"
        )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def _places(row: TextRow, run: Run) -> tuple[float, float, float]:
    """Left, right and middle height of a run."""
    own = row.symbols[run.start : run.end]
    return min(s.box[0] for s in own), max(s.box[2] for s in own), float(np.median([s.box[1] + s.box[3] for s in own])) / 2


def _at(truth: Truth, place: tuple[float, float, float]) -> bool:
    """Whether a run lies on a number."""
    left, right, middle = place
    shared = min(right, truth.right) - max(left, truth.left)
    return truth.top <= middle <= truth.bottom and shared > 0.3 * min(right - left, truth.right - truth.left)


def score(sample: SamplePage, rows: Sequence[TextRow], network: Network | None = None) -> Score:
    """What the reader makes of one page."""
    result = Score(pages=1, rows=len(rows))
    start = time.process_time()
    runs = [(row, run) for row in rows for run in read_runs(sample.grey, row, network)]
    result.seconds = time.process_time() - start
    hits: dict[int, list[tuple[TextRow, Run]]] = {}
    for row, run in runs:
        place = _places(row, run)
        on = [i for i, t in enumerate(sample.numbers) if _at(t, place)]
        for index in on:
            hits.setdefault(index, []).append((row, run))
        if not on and run.text is not None:
            result.false_reads += 1
            result.stray.append((row.text.replace(" ", ""), run.text))
        result.letters_unread += not on and run.text is None
    for index, truth in enumerate(sample.numbers):
        own = hits.get(index, [])
        texts = [run.text for _, run in own if run.text is not None]
        # A span that is printed with blanks ("๒๕๖๖ - ๒๕๗๐") may come as one number or as two.
        right = len(own) == 1 and len(texts) == 1 and truth.text in (texts[0], *texts[0].split("-"))
        written = "".join(s.text for row, run in own for s in row.symbols[run.start : run.end])
        if truth.year:
            result.years += 1
            result.years_accepted += bool(texts)
            result.years_right += right
            result.engine_alone += written == truth.text
        else:
            result.others += 1
            result.others_accepted += bool(texts)
            result.others_right += right
        if texts and not right:
            result.wrong.append((truth.text, "+".join(run.text or "□" for _, run in own)))
        elif not texts:
            result.unread.append((truth.text, written))
    return result


def pages_of(own: Sequence[Face], count: int, seed: int, wear: Wear, arabic: float = 0.125) -> list[SamplePage]:
    """`count` pages in some faces, spread over their list; `arabic` as in `page`."""
    rng = np.random.default_rng(seed)
    return [page(own[(i * len(own) // count) % len(own)], rng, wear, arabic) for i in range(count)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure designs one by one and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fonts", type=Path, action="append", default=[], help="a folder of more fonts")
    parser.add_argument("--design", action="append", default=[], help="what to measure; the held-out ones when left out")
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--pages", type=int, default=12, help="pages of each design")
    parser.add_argument("--seed", type=int, default=2570)
    parser.add_argument("--hard", action="store_true", help="the wear that the training has, not the usual one")
    parser.add_argument("--arabic", action="store_true", help="pages without Thai digits, where whatever is read is false")
    parser.add_argument("--show", action="store_true", help="list what was read wrongly")
    options = parser.parse_args(arguments)
    network, engine, total = load(options.weights), Engine(), Score()
    wear = HARD if options.hard else USUAL
    for design in options.design or [*HELD_OUT, *NEVER]:
        own = faces([*FOLDERS, *options.fonts], only=[design])
        if not own:
            print(f"{design}: no such font here")
            continue
        part = Score()
        for sample in pages_of(own, options.pages, options.seed, wear, 1.0 if options.arabic else 0.125):
            part.add(score(sample, engine.rows(sample.grey), network))
        total.add(part)
        print(f"{design}: {part}", flush=True)
        if options.show:
            print("  wrong:", part.wrong, "\n  stray:", part.stray, "\n  unread:", part.unread)
    print(f"all: {total}")


if __name__ == "__main__":
    main()
