"""Damaged files through the sandbox: whatever is in a body, the parent goes on and every document comes back in time.

Method. Seeds are real files of every form that is found in the samples, in ``tests/corpora/documents`` where that is there, and
in each folder given (``--seeds``); none above 400,000 bytes. For each input a form is drawn, a file of it, and one to four
mutations: bits turned, bytes cut off, pieces dropped, doubled or taken from another file, numbers of any width set to their
ends, numbers in figures changed. Half of the inputs that are ZIP archives are changed within a member, and of those that are
PDF within a packed stream, so that the damage reaches the parser behind the packing. The draw of each input follows from the
seed and the input's number alone. Inputs go through a `ReaderPool` of two workers with 8 seconds and 1 GiB each.

What comes back is stored, unpacked and folded in the parent as a run does it. Counted are inputs by form and what came of
them; named are faults of our own code (a Python error in a reader), which are unreadable to the user but deserve mending. The
exit status is 1 when anything was raised in the parent, when an answer took longer than the sandbox allows, or when what was
unpacked differs from what was stored.

    python -m benchmarks.fuzz [--seconds N] [--seed N] [--only NUMBER] [--seeds FOLDER ...]
"""

from __future__ import annotations

import argparse
import io
import itertools
import random
import re
import threading
import time
import traceback
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from crawlers.readers import sandbox
from crawlers.readers.interface import READERS, Hints, Limits
from crawlers.readers.sandbox import ReaderPool
from crawlers.readers.sniff import sniff
from ita_rules.data import data_folder
from ita_rules.locate.lines import prepare, prepare_text
from ita_rules.run.codec import pack, unpack
from ita_rules.run.types import Document

LIMITS = Limits(seconds=8, memory_bytes=1 << 30)
LARGEST = 400_000
"""Bytes of the largest seed."""

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)
_FIGURES = re.compile(rb"[0-9]{1,9}")
_ENDS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)

Seeds = Mapping[str, Sequence[bytes]]


def seeds_of(folders: Sequence[Path]) -> dict[str, list[bytes]]:
    """The files in folders, by what they are; those that no reader takes are one form together."""
    found: dict[str, list[bytes]] = {}
    for path in sorted(itertools.chain.from_iterable(folder.rglob("*") for folder in folders)):
        if path.is_file() and 0 < path.stat().st_size <= LARGEST:
            data = path.read_bytes()
            form = sniff(data, Hints(filename=path.name))
            found.setdefault(form if form in READERS else "other", []).append(data)
    return found


def mutated(data: bytes, dice: random.Random, other: bytes) -> bytes:
    """`data` with one mutation; `other` is a file to take pieces from."""
    out = bytearray(data)
    at = dice.randrange(len(out)) if out else 0
    length = min(1 << dice.randrange(12), max(len(out) - at, 1))
    kind = dice.randrange(8)
    if kind == 0:
        for _ in range(1 << dice.randrange(7)):
            if out:
                out[dice.randrange(len(out))] ^= 1 << dice.randrange(8)
    elif kind == 1:
        del out[at:]
    elif kind == 2:
        del out[at : at + length]
    elif kind == 3:
        out[at:at] = bytes(out[at : at + length]) * (1 << dice.randrange(8))
    elif kind == 4:
        start = dice.randrange(len(other)) if other else 0
        out[at : at + dice.choice((0, length))] = other[start : start + length]
    elif kind == 5:
        width = dice.choice((1, 2, 4))
        out[at : at + width] = (dice.choice(_ENDS) & (1 << 8 * width) - 1).to_bytes(width, dice.choice(("little", "big")))
    elif kind == 6:
        figures = list(_FIGURES.finditer(data, at, at + 20_000))
        if figures:
            found = dice.choice(figures)
            out[found.start() : found.end()] = dice.choice((b"0", b"-1", b"2147483647", b"99999999999", b"1e308", b"65536"))
    else:
        out[at : at + length] = bytes(dice.randrange(256) for _ in range(length))
    return bytes(out)


def within(data: bytes, change: Callable[[bytes], bytes], dice: random.Random) -> bytes:
    """`data` with a change behind its packing: in a member of a ZIP archive, in a deflated stream of a PDF."""
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                members = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
        except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, zlib.error, EOFError):
            return change(data)
        chosen = dice.randrange(len(members)) if members else 0
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, (name, body) in enumerate(members):
                archive.writestr(name, change(body) if number == chosen else body)
        return out.getvalue()
    packed = list(_STREAM.finditer(data))
    if not packed:
        return change(data)
    found = dice.choice(packed)
    try:
        body = zlib.decompressobj().decompress(found[1], 1 << 24)
    except zlib.error:
        return change(data)
    return data[: found.start(1)] + zlib.compress(change(body)) + data[found.end(1) :]


def body_of(number: int, seed: int, seeds: Seeds) -> tuple[str, bytes]:
    """Form and bytes of one input."""
    dice = random.Random(f"{seed} {number}")
    form = dice.choice(sorted(seeds))
    data = dice.choice(seeds[form])
    other = dice.choice(seeds[dice.choice(sorted(seeds))])
    for _ in range(dice.randint(1, 4)):
        inner = data.startswith(b"PK") or b"endstream" in data
        if inner and dice.random() < 0.5:
            data = within(data, lambda body: mutated(body, dice, other), dice)
        else:
            data = mutated(data, dice, other)
    return form, data


def outcome(document: Document) -> str:
    """What came of an input, in a word or two."""
    failure = document.facts.get("failure", "")
    return f"{document.cause} {failure}".strip() if document.cause else "read"


class Hunt:
    """The hunt of one run: what came back, and what must not."""

    def __init__(self, seeds: Seeds, seed: int, until: float) -> None:
        self.seeds, self.seed, self.until = seeds, seed, until
        self.numbers = itertools.count()
        self.lock = threading.Lock()
        self.forms: Counter[str] = Counter()
        self.outcomes: Counter[str] = Counter()
        self.faults: dict[str, int] = {}
        self.wrong: list[str] = []
        self.slowest = 0.0

    def follow(self, pool: ReaderPool) -> None:
        """Read inputs one after another until the time is up."""
        while time.monotonic() < self.until:
            with self.lock:
                number = next(self.numbers)
            self.one(pool, number)

    def one(self, pool: ReaderPool, number: int) -> None:
        """Read one input and look at what comes back."""
        form, data = body_of(number, self.seed, self.seeds)
        began = time.monotonic()
        wrong = ""
        try:
            document = pool.read(data, Hints(url="http://a/b"))
            seconds = time.monotonic() - began
            if seconds > LIMITS.seconds + sandbox.GRACE + sandbox.START_SECONDS + 5:
                wrong = f"took {seconds:.0f} s"
            stored = unpack(Document, pack(document))
            if pack(stored) != pack(document):
                wrong = "stored otherwise than read"
            prepare(stored)
            for page in stored.pages:
                prepare_text(page)
            what = outcome(document)
        except Exception:  # noqa: BLE001 - this is what is hunted for
            seconds, what, wrong = time.monotonic() - began, "raised", traceback.format_exc()
        with self.lock:
            self.forms[form] += 1
            self.outcomes[what] += 1
            self.slowest = max(self.slowest, seconds)
            if "@" in what:
                self.faults.setdefault(what, number)
            if wrong:
                self.wrong.append(f"input {number} ({form}): {wrong}")

    def tell(self) -> None:
        """Print what was counted."""
        print(f"{sum(self.forms.values())} inputs, slowest answer {self.slowest:.1f} s")
        for name, counted in (("form", self.forms), ("outcome", self.outcomes)):
            for what, count in counted.most_common():
                print(f"  {name} {what}: {count}")
        for what, number in self.faults.items():
            print(f"  to mend: {what}, first at input {number}")
        for line in self.wrong:
            print(line)


def main() -> None:
    """Hunt for as long as is given, and tell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="number of the one input to read again")
    parser.add_argument("--seeds", type=Path, nargs="*", default=[])
    given = parser.parse_args()
    usual = [data_folder("samples") / "site", Path(__file__).parent.parent / "tests" / "corpora" / "documents"]
    hunt = Hunt(seeds_of([*filter(Path.is_dir, usual), *given.seeds]), given.seed, time.monotonic() + given.seconds)
    with ReaderPool(2, LIMITS) as pool:
        if given.only is not None:
            hunt.one(pool, given.only)
        else:
            with ThreadPoolExecutor(2) as threads:
                list(threads.map(hunt.follow, [pool, pool]))
    hunt.tell()
    raise SystemExit(1 if hunt.wrong else 0)


if __name__ == "__main__":
    main()
