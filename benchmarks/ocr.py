"""Recognition of scanned pages: our whole path against Tesseract's command line, and what is found of what was printed.

    python -m benchmarks.ocr [--pages N] [FOLDER]

Method. The first pages of the PDFs of FOLDER (the sample agency's where none is named) that have a text layer are rendered
at 200 dpi and spoilt as a scanner spoils them: turned by up to one degree, blurred (0.5 to 0.9 pixels), noise of 8 greys,
JPEG quality 55; always alike. Each page is then, in turn and in one thread, read by the program ``tesseract`` from a PNG file
(same model, ``--psm 11``, its start and its reading of the file included, as it is run once a page) and by our path in this
process with the model loaded once (straightening, tables by cells, lines, blocks). Figures are CPU seconds of user and system,
since other work may run on the machine; wall-clock seconds stand beside them.

Phrases are lines of the text layer of 12 and more letters, cut to 28, by the looser key; one is found where `partial_ratio`
with the page's key is 87.5 or more. Lines with Thai digits are counted apart: the model cannot write them. False hits are
phrases of other pages that are not in the page's own text layer (under 80) and yet are found.
"""

from __future__ import annotations

import argparse
import os

os.environ.update(OMP_THREAD_LIMIT="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")  # as the sandbox's children run

import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import cv2
import numpy
import pypdfium2
from rapidfuzz import fuzz

from crawlers.readers.digits.runs import read_runs
from crawlers.readers.interface import Budget, Limits
from crawlers.readers.ocr.engine import available, engine, model
from crawlers.readers.ocr.page import draft_of, pages_of
from ita_rules.thai.fold import loose

FOUND = 87.5
_THAI_DIGIT = re.compile("[๐-๙]")


def spoilt(grey: Any, dice: numpy.random.Generator) -> Any:
    """A clean rendering as a scan of middling quality."""
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), dice.uniform(-1, 1), 1)
    grey = cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    grey = cv2.GaussianBlur(grey, (0, 0), dice.uniform(0.5, 0.9))
    noisy = numpy.clip(0.92 * grey.astype(numpy.float32) + 10 + dice.normal(0, 8, grey.shape), 0, 255).astype(numpy.uint8)
    return cv2.imdecode(cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, 55])[1], cv2.IMREAD_GRAYSCALE)


def scans(folder: Path, most: int) -> list[tuple[Any, str]]:
    """Spoilt pages and the text that is on them."""
    dice = numpy.random.default_rng(7)
    found: list[tuple[Any, str]] = []
    for file in sorted(folder.rglob("*.pdf")):
        try:
            document = pypdfium2.PdfDocument(file)
        except pypdfium2.PdfiumError:
            continue
        for index in range(min(len(document), 3)):
            text = _text(file, index + 1)
            if len(text) > 100 and len(found) < most:
                picture = document[index].render(scale=200 / 72, grayscale=True).to_numpy()
                found.append((spoilt(numpy.array(picture if picture.ndim == 2 else picture[:, :, 0]), dice), text))
    return found


def _text(file: Path, page: int) -> str:
    done = subprocess.run(
        ["pdftotext", "-raw", "-f", str(page), "-l", str(page), str(file), "-"], capture_output=True, check=False
    )
    return done.stdout.decode("utf-8", "replace")


def phrases(text: str) -> list[tuple[str, bool]]:
    """Keys of the lines of a text, each with whether Thai digits stand in it."""
    return [(loose(line)[:28], bool(_THAI_DIGIT.search(line))) for line in text.splitlines() if len(loose(line)) >= 12]


def command_line(grey: Any, folder: Path, name: str) -> tuple[float, float]:
    """CPU and wall-clock seconds of the program on one page."""
    file = folder / "page.png"
    cv2.imwrite(str(file), grey)
    before, start = os.times(), time.perf_counter()
    subprocess.run(
        ["tesseract", str(file), "-", "-l", name, "--psm", "11", "--dpi", "200"], capture_output=True, check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )  # fmt: skip
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return spent, time.perf_counter() - start


def ours(grey: Any) -> tuple[float, float, str]:
    """CPU and wall-clock seconds of our path on one page, and the text."""
    cpu, start = time.process_time(), time.perf_counter()
    pages = pages_of([(1, draft_of(grey, engine(), time.monotonic() + 120, read_runs))], {}, Budget(Limits()))
    return time.process_time() - cpu, time.perf_counter() - start, "\n".join(page.text for page in pages)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent.parent / "samples" / "site")
    parser.add_argument("--pages", type=int, default=30)
    chosen = parser.parse_args()
    found = model()
    missing = available() or next((name for name in ("tesseract", "pdftotext") if shutil.which(name) is None), "")
    if missing or found is None:
        raise SystemExit(f"cannot measure: {missing} is missing")
    cv2.setNumThreads(1)
    pages = scans(chosen.folder, chosen.pages)
    engine()
    spent = numpy.zeros(4)
    texts: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for grey, _ in pages:
            program = command_line(grey, Path(folder), found[1])
            cpu, wall, text = ours(grey)
            spent += (*program, cpu, wall)
            texts.append(text)
    count = max(len(pages), 1)
    print(f"{len(pages)} pages, model {found[1]}; seconds a page (CPU, wall-clock)")
    print(f"  command line  {spent[0] / count:.3f}  {spent[1] / count:.3f}")
    print(f"  our path      {spent[2] / count:.3f}  {spent[3] / count:.3f}")
    print(f"  ratio         {spent[2] / spent[0]:.2f}   {spent[3] / spent[1]:.2f}")
    report_phrases([text for _, text in pages], texts)


def report_phrases(printed: list[str], read: list[str]) -> None:
    """Print the recall of phrases and the share of false hits."""
    keys = [loose(text) for text in read]
    own = [loose(text) for text in printed]
    wanted = [phrases(text) for text in printed]
    for name, digits in (("phrases without Thai digits", False), ("phrases with Thai digits", True)):
        hits = [fuzz.partial_ratio(p, key) >= FOUND for ps, key in zip(wanted, keys, strict=True) for p, d in ps if d is digits]
        print(f"{name}: {sum(hits)} of {len(hits)} found" + (f" ({sum(hits) / len(hits):.3f})" if hits else ""))
    tried = false = 0
    for index, key in enumerate(keys):
        for other in {p for n, ps in enumerate(wanted) if n != index for p, d in ps if not d}:
            if len(key) >= len(other) and fuzz.partial_ratio(other, own[index]) < 80:
                tried += 1
                false += fuzz.partial_ratio(other, key) >= FOUND
    print(f"false hits: {false} of {tried}" + (f" ({100 * false / tried:.2f} %)" if tried else ""))


if __name__ == "__main__":
    main()
