"""How well files are read and judged, on the labelled corpus of ``tests/corpora/documents``; fails under ``tests/floors.yaml``.

    python -m benchmarks.documents            what needs no recognition of pictures: one form of each kind (seconds)
    python -m benchmarks.documents --full     every file of the corpus
    python -m benchmarks.documents --misses   and a line for each phrase, heading or check that is not as the truth says

Each file goes the way of ``ita-rules check-file``: read in a child process, judged as the only evidence of its item. Figures,
for each form (files without a fault) and for each fault:
    recall        true phrases found: by key or looser key; in recognised text nearly (`benchmarks.reading`) and without digits
    numbered      true phrases with digits found in recognised text
    false hits    phrases found that are not in the document
    headings      true column headings that stand in a row of column headings
    empty         true empty cells that are empty
    accuracy      checks of kind component and period whose status is the true one
    behind        points of accuracy behind HTML, over the same documents
    accused       checks reported as gaps that are met in truth
    more          those of them that are no gap on the HTML form of the same document: faults of reading, not of wording
    passed        gaps of the truth that are reported as met
    undecided     share of checks left undecided
    unread        pages that are pictures and were not recognised; they count in no share, but must accuse nobody

Shares of nothing are left out. Floors stand under ``documents_html`` (what the wordings and checks miss, whatever the form),
``documents_text`` (files with text), ``documents_faults`` (faults of text layers), ``documents_scans`` (200 dpi), and
``documents_pictures`` (other pictures, noise over a page); each figure there is that of the worst form or fault of its group,
counts are added up. ``documents_files`` is everything but HTML taken together. Without poppler's ``pdftotext`` the names of
text, faults and files end in ``_without_poppler``; those of scans and pictures end in ``_unread`` where nothing recognises them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import shutil
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

from benchmarks.agencies import bins
from benchmarks.eval import FLOORS, share, under_floor
from benchmarks.reading import Text, empty_cells, has_number, headings
from crawlers.readers.interface import Hints, Limits
from crawlers.readers.sandbox import ReaderPool
from crawlers.texts import is_pending
from ita_rules.cli import given
from ita_rules.cli.check_file import judge_files
from ita_rules.model import CheckResult, Status
from ita_rules.rulesets.types import RuleSet
from ita_rules.run.keys import url_key
from ita_rules.run.types import Answer, Document, Exchange, RunData, RunMeta

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "corpora" / "documents"
MET = ("present", "zero")
"""What the truth may say of a component for its check to pass."""

PERIODS = {"right": Status.PASS, "wrong": Status.GAP, "absent": Status.UNDECIDED}
FAST = ("html", "html-874", "pdf-libreoffice", "pdf-chromium", "docx", "xlsx", "csv")
"""Forms of the fast slice, besides all faults of text layers."""

COUNTS = ("accused", "more", "passed", "unread", "unreadable")
LEAST = ("recall", "numbered", "headings", "empty", "accuracy")
"""Figures of which the least is the worst."""

Truth = Mapping[str, Any]


@dataclass(slots=True)
class Tally:
    """Counts of one slice; each pair is (what was found, what there is)."""

    files: int = 0
    unreadable: int = 0
    unread: int = 0
    phrases: list[int] = field(default_factory=lambda: [0, 0])
    numbered: list[int] = field(default_factory=lambda: [0, 0])
    decoys: list[int] = field(default_factory=lambda: [0, 0])
    heads: list[int] = field(default_factory=lambda: [0, 0])
    empty: list[int] = field(default_factory=lambda: [0, 0])
    checks: list[int] = field(default_factory=lambda: [0, 0])
    html: list[int] = field(default_factory=lambda: [0, 0])
    accused: int = 0
    more: int = 0
    passed: int = 0
    undecided: int = 0

    def figures(self) -> dict[str, float]:
        """The figures that the module names, as shares from 0 to 1 (`behind` too); shares of nothing are left out."""
        shares = {
            "recall": self.phrases,
            "numbered": self.numbered,
            "false_hits": self.decoys,
            "headings": self.heads,
            "empty": self.empty,
            "accuracy": self.checks,
            "undecided": [self.undecided, self.checks[1]],
        }
        found: dict[str, float] = {name: share(*pair) for name, pair in shares.items() if pair[1]}
        if self.checks[1]:
            found["behind"] = round(share(*self.html) - share(*self.checks), 4)
        return found | {name: getattr(self, name) for name in COUNTS}

    def __iadd__(self, other: Tally) -> Tally:
        """Take in another slice."""
        for each in fields(self):
            mine, its = getattr(self, each.name), getattr(other, each.name)
            setattr(self, each.name, [a + b for a, b in zip(mine, its, strict=True)] if isinstance(mine, list) else mine + its)
        return self


@dataclass(slots=True)
class Outcome:
    """What came of one file: the reading, and for each judged check whether it is `right`, `accused`, `passed`, `undecided`;
    of those that say pass or gap with which confidence, and whether rightly."""

    entry: Truth
    document: Document
    verdicts: dict[str, str]
    lines: list[str]
    said: list[tuple[float, bool]]

    @property
    def unread(self) -> int:
        """Pages that are pictures and gave no text; a picture of which nothing came is one page."""
        if self.entry["reads"] != "picture":
            return 0
        return sum(page.cause is not None for page in self.document.pages) or (not self.document.pages) * int(self.entry["pages"])


def read_all(entries: Sequence[Truth], recognise: bool) -> tuple[list[Document], bool]:
    """The documents of the corpus' files, read in child processes, and whether pictures were recognised: where that is wanted
    and this machine can."""
    limits = Limits() if recognise else Limits(ocr_pages=0)
    with ReaderPool(workers=2, limits=limits) as pool, ThreadPoolExecutor(pool.workers) as threads:
        return list(threads.map(lambda entry: _read(pool, entry["file"]), entries)), bool(pool.ocr_version)


def _read(pool: ReaderPool, name: str) -> Document:
    """One file as the crawler reads it: then its pictures, where there are any."""
    data, hints = (CORPUS / "files" / name).read_bytes(), Hints(url=_place(name), filename=name)
    document = pool.read(data, hints)
    return pool.recognise(data, hints, document) if pool.ocr_version and is_pending(document) else document


def _place(name: str) -> str:
    return f"http://documents.invalid/{quote(name)}"


def judged(document: Document, entry: Truth, source: Truth, ruleset: RuleSet, as_of: dt.date) -> dict[str, tuple[str, str]]:
    """For each component and the period of the item: what its check says, and what the truth says."""
    return {c.component: (c.status.value, true.value) for c, true in checked(document, entry, source, ruleset, as_of)}


def checked(
    document: Document, entry: Truth, source: Truth, ruleset: RuleSet, as_of: dt.date
) -> list[tuple[CheckResult, Status]]:
    """The check of each component and of the period of the item, with its true status."""
    url = _place(entry["file"])
    key = url_key(url)
    meta = RunMeta(url, agency_name=source["agency"], agency_type=source["type"], ruleset=ruleset.id, has_answers=True)
    run = RunData(meta, documents={document.sha256: document}, answers=(Answer(source["item"], (url,), has=True),))
    run.exchanges[key] = Exchange(
        key,
        url,
        final_url=url,
        final_key=key,
        media_type=document.media_type,
        sha256=document.sha256,
        title=document.title,
        filename=entry["file"],
        detail=entry["file"],
    )
    report = judge_files(run, ruleset, as_of, "th", engine="plain")
    said = {c.component: c for item in report.items for c in item.checks if c.kind in ("component", "period")}
    truth = {name: Status.PASS if status in MET else Status.GAP for name, status in source["components"].items()}
    if source["period"] in PERIODS:
        truth["period"] = PERIODS[source["period"]]
    return [(said[name], status) for name, status in truth.items()]


def _verdict(said: str, true: str) -> str:
    if said == true:
        return "right"
    return {"gap": "accused", "pass": "passed"}.get(said, "undecided")


def measure(entry: Truth, source: Truth, document: Document, ruleset: RuleSet, as_of: dt.date) -> Outcome:
    """Judge one document, and write down what is not as the truth says."""
    pairs = checked(document, entry, source, ruleset, as_of)
    said = [(c.confidence, c.status is true) for c, true in pairs if c.status in (Status.PASS, Status.GAP)]
    statuses = {c.component: (c.status.value, true.value) for c, true in pairs}
    verdicts = {name: _verdict(*pair) for name, pair in statuses.items()}
    lines = [
        f"{verdicts[n]}: {source['item']}.{n} said {said}, truth {true}" for n, (said, true) in statuses.items() if said != true
    ]
    if document.cause:
        lines.append(f"unreadable: {document.cause} {document.facts.get('failure', '')}")
    return Outcome(entry, document, verdicts, lines, said)


def add(tally: Tally, outcome: Outcome, source: Truth, html: Outcome) -> list[str]:
    """Count one file; the lines say what was not found."""
    tally.files += 1
    tally.accused += sum(v == "accused" for v in outcome.verdicts.values())
    more = [n for n, v in outcome.verdicts.items() if v == "accused" and html.verdicts[n] != "accused"]
    tally.more += len(more)
    outcome.lines.extend(f"more: {source['item']}.{n} is no gap on HTML" for n in more)
    tally.unread += outcome.unread
    if outcome.unread or outcome.entry["reads"] == "nothing":
        return outcome.lines
    tally.unreadable += outcome.document.cause is not None
    text = Text(outcome.document)
    missed = [p for p in source["phrases"] if not text.has(p)]
    false = [p for p in source["decoys"] if text.has(p)]
    for phrase in source["phrases"]:
        apart = text.recognised and has_number(phrase)
        _count(tally.numbered if apart else tally.phrases, phrase not in missed, 1)
    _count(tally.decoys, len(false), len(source["decoys"]))
    _count(tally.heads, *headings(source["tables"], outcome.document, text.recognised))
    _count(tally.empty, *empty_cells(source["tables"], outcome.document, text.recognised))
    _count(tally.checks, sum(v == "right" for v in outcome.verdicts.values()), len(outcome.verdicts))
    _count(tally.html, sum(v == "right" for v in html.verdicts.values()), len(html.verdicts))
    tally.passed += sum(v == "passed" for v in outcome.verdicts.values())
    tally.undecided += sum(v == "undecided" for v in outcome.verdicts.values())
    unreadable = outcome.document.cause is not None
    return [*outcome.lines, *(f"not found: {p}" for p in missed if not unreadable), *(f"false hit: {p}" for p in false)]


def _count(pair: list[int], found: int, there: int) -> None:
    pair[0] += found
    pair[1] += there


def worst(tallies: Iterable[Tally]) -> dict[str, float]:
    """Of several slices the worst figure of each kind; counts are added up."""
    found: dict[str, float] = {}
    for tally in tallies:
        for name, value in tally.figures().items():
            if name in COUNTS:
                found[name] = found.get(name, 0) + value
            else:
                found[name] = (min if name in LEAST else max)(found.get(name, value), value)
    return found


def groups(
    forms: Mapping[str, Tally], faults: Mapping[str, Tally], pictures: set[str], recognises: bool
) -> dict[str, dict[str, float]]:
    """The figures that floors bound, by the names of their floors; `pictures` are the forms and faults that need recognition."""
    poppler = "" if shutil.which("pdftotext") else "_without_poppler"
    everything = [*forms.items(), *faults.items()]
    every = Tally()
    for name, tally in everything:
        if not name.startswith("html"):
            every += tally
    found = {
        "documents_html": worst(t for n, t in forms.items() if n == "html"),
        f"documents_text{poppler}": worst(t for n, t in forms.items() if n not in pictures and n != "html"),
        f"documents_faults{poppler}": worst(t for n, t in faults.items() if n not in pictures),
        f"documents_files{poppler}": every.figures(),
    }
    for name, wanted in (("documents_scans", {"scan-200"} & pictures), ("documents_pictures", pictures - {"scan-200"})):
        tallies = [t for n, t in everything if n in wanted]
        if tallies:
            found[name if recognises else f"{name}_unread"] = worst(tallies)
    return found


def show(title: str, tallies: Mapping[str, Tally]) -> None:
    """Print a table of slices."""
    heads = ("recall", "numbered", "false_hits", "headings", "empty", "accuracy", "behind", "undecided", *COUNTS)
    print(f"\n{title:16} files  " + "  ".join(f"{head:>10}" for head in heads))
    for name, tally in sorted(tallies.items()):
        figures = tally.figures()
        cells = (f"{figures[h]:10.4f}" if h in figures and h not in COUNTS else f"{figures.get(h, '-'):>10}" for h in heads)
        print(f"{name:16} {tally.files:5}  " + "  ".join(cells))


def main() -> int:
    """Print the figures; 1 when one of them is under its floor."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--full", action="store_true", help="every file of the corpus")
    arguments.add_argument("--misses", action="store_true", help="a line for each thing that is not as the truth says")
    options = arguments.parse_args()
    truth = json.loads((CORPUS / "truth.json").read_text("utf-8"))
    sources, entries = truth["sources"], truth["documents"]
    if not options.full:
        entries = [e for e in entries if e["reads"] != "picture" and (e["form"] in FAST or e["fault"] != "none")]
    ruleset, as_of = given.ruleset_of(truth["ruleset"]), dt.date.fromisoformat(truth["as_of"])
    started = time.monotonic()
    documents, recognises = read_all(entries, options.full)
    read = time.monotonic()
    outcomes = [measure(e, sources[e["source"]], d, ruleset, as_of) for e, d in zip(entries, documents, strict=True)]
    html = {o.entry["source"]: o for o in outcomes if o.entry["form"] == "html"}
    forms: dict[str, Tally] = {}
    faults: dict[str, Tally] = {}
    for outcome in outcomes:
        entry = outcome.entry
        sound = entry["fault"] == "none"
        tally = (forms if sound else faults).setdefault(entry["form"] if sound else entry["fault"], Tally())
        for line in add(tally, outcome, sources[entry["source"]], html[entry["source"]]):
            if options.misses:
                print(f"  {entry['file']}: {line}")
    show("form", forms)
    show("fault", faults)
    print(f"\n{len(entries)} files, {read - started:.1f} s of reading, {time.monotonic() - read:.1f} s of judging and counting")
    print("\n".join(["by confidence:", *bins(pair for o in outcomes for pair in o.said)]))
    pictures = {e["fault"] if e["fault"] != "none" else e["form"] for e in entries if e["reads"] == "picture"}
    floors = yaml.safe_load(FLOORS.read_text("utf-8"))
    wrong: list[str] = []
    for name, figures in groups(forms, faults, pictures, recognises).items():
        print(f"{name}: " + ", ".join(f"{k} {v}" for k, v in figures.items()))
        wrong += under_floor(name, figures, floors)
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
