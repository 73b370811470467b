"""How fast documents with a text layer are read, stored and folded; what it costs in memory; what a small document costs.

Method. `benchmarks.thai_pdfs` makes 200 PDFs (``--documents``) of 1 to about 30 pages from a seed and keeps them in a folder
of the system's temporary files (``--folder``). Then, in this one run and in turns (``--repeat``, 3 when left out):

* one side is ``pdftotext -raw FILE -`` alone, its text thrown away, as many programs at once as there are workers;
* the other is our whole path: `ReaderPool` with as many workers (each calls poppler and pdfium, and sends the document back
  through its pipe), the body and its text put into a new `BlobStore`, and the text folded into search keys
  (`ita_rules.locate.lines.prepare`) in the parent. The workers are warm; caches of folded texts are emptied before each turn.

Both are done with one worker and with two. Given are pages a second of wall-clock time of the best turn, and their ratio (the
goal is 0.3); beside it the ratio of processor time, all processes of a side together, which a second core does not flatter.
Our processor time has the start of the workers in it. One worker of ours lets poppler and pdfium work at once, and the parent
folds meanwhile, so that it uses more than one core where there is one; with two workers on two cores this gain is gone.

Then: a second reading of the same documents over the same store, counting those that had to be read again (none);
``--memory`` documents (1,000) through one pool, with the parent's resident memory on the way (Linux: /proc) and the largest of
any child's; the median of 50 readings of a small page, Word file and PDF of the samples by a warm worker.

    python -m benchmarks.readers [--documents N] [--repeat N] [--memory N] [--folder FOLDER]
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.thai_pdfs import make
from crawlers.readers.interface import Hints, Limits, reader_of
from crawlers.readers.sandbox import ReaderPool
from crawlers.readers.sniff import sniff
from ita_rules.data import data_folder
from ita_rules.locate.lines import prepare, prepare_text
from ita_rules.run.blobs import BlobStore
from ita_rules.run.types import Document
from ita_rules.thai.fold import clean, key, loose

SEED = 7
SMALL = ("html", "docx", "pdf")


def poppler_alone(paths: Iterable[Path], workers: int) -> None:
    """``pdftotext -raw`` over all files, `workers` at once."""
    with ThreadPoolExecutor(workers) as threads:
        list(
            threads.map(
                lambda path: subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True), paths
            )
        )


def fold(document: Document) -> None:
    """The search keys of a document's text, as judging makes them."""
    prepare(document)
    for page in document.pages:
        prepare_text(page)


def read_all(paths: Iterable[Path], pool: ReaderPool, store: BlobStore) -> tuple[int, int]:
    """Our whole path over files; those whose text is in the store are not read. Pages, and documents that were read."""
    pages = read = 0
    unread: list[bytes] = []
    for path in paths:
        data = path.read_bytes()
        document = store.get_text(store.put(data), version_for(data))
        if document is None:
            unread.append(data)
        else:
            fold(document)
            pages += len(document.pages)
    for data, document in zip(unread, pool.map((data, Hints()) for data in unread), strict=True):
        store.put_text(document.sha256, version_for(data), document)
        fold(document)
        pages += len(document.pages)
        read += 1
    return pages, read


def version_for(data: bytes) -> str:
    """Version of the reader that takes a body."""
    reader = reader_of(sniff(data, Hints()))
    return reader.version() if reader else ""


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Wall-clock and processor seconds of a piece of work, of this process and of its children that ended in it."""
    before, began = os.times(), time.perf_counter()
    work()
    wall, after = time.perf_counter() - began, os.times()
    return wall, sum(after[:4]) - sum(before[:4])


def side_by_side(paths: list[Path], workers: int, repeat: int) -> None:
    """Both sides in turns, and the figures."""
    theirs: list[tuple[float, float]] = []
    ours: list[tuple[float, float]] = []
    pages = 0
    for _ in range(repeat):
        theirs.append(timed(lambda: poppler_alone(paths, workers)))
        for cached in (clean, key, loose):
            cached.cache_clear()
        with tempfile.TemporaryDirectory() as folder:
            began = os.times()
            with ReaderPool(workers, Limits(seconds=600)) as pool:
                list(pool.map([(paths[0].read_bytes(), Hints())] * (2 * workers)))
                store = BlobStore(Path(folder))
                start = time.perf_counter()
                pages, _ = read_all(paths, pool, store)
                wall = time.perf_counter() - start
            ended = os.times()
        ours.append((wall, sum(ended[:4]) - sum(began[:4])))
    wall_theirs, wall_ours = min(w for w, _ in theirs), min(w for w, _ in ours)
    cpu_theirs, cpu_ours = min(c for _, c in theirs), min(c for _, c in ours)
    print(
        f"{workers} at once: pdftotext -raw {pages / wall_theirs:.0f} pages/s, ours {pages / wall_ours:.0f} pages/s, "
        f"ratio {wall_theirs / wall_ours:.3f}; processor time {cpu_theirs / cpu_ours:.3f} "
        f"({1000 * cpu_theirs / pages:.2f} and {1000 * cpu_ours / pages:.2f} ms a page)"
    )


def second_run(paths: list[Path]) -> None:
    """The same documents twice over one store; and what storing and folding alone cost."""
    with tempfile.TemporaryDirectory() as folder, ReaderPool(2, Limits(seconds=600)) as pool:
        store = BlobStore(Path(folder))
        pages, first = read_all(paths, pool, store)
        began = time.perf_counter()
        _, again = read_all(paths, pool, store)
        speed = pages / (time.perf_counter() - began)
        print(f"first run read {first} of {len(paths)} documents, the second {again}, {speed:.0f} pages/s")
        bodies = [path.read_bytes() for path in paths]
        texts = [(store.put(body), version_for(body)) for body in bodies]
        documents = [store.get_text(*text) for text in texts]
        whole = [document for document in documents if document is not None]
        for cached in (clean, key, loose):
            cached.cache_clear()
        for name, work in (
            ("put_text", lambda: [store.put_text(*t, d) for t, d in zip(texts, whole, strict=True)]),
            ("get_text", lambda: [store.get_text(*t) for t in texts]),
            ("folding", lambda: [fold(d) for d in whole]),
        ):
            print(f"{name}: {1000 * timed(work)[1] / pages:.3f} ms a page of processor time")


def resident_megabytes() -> float:
    """This process's resident memory in MB (10^6 bytes), 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        return 0.0


def memory(paths: list[Path], count: int) -> None:
    """The parent's memory while `count` documents go through one pool, and the largest child's."""
    told = []
    with tempfile.TemporaryDirectory() as folder, ReaderPool(2, Limits(seconds=600)) as pool:
        store = BlobStore(Path(folder))
        bodies = ((path.read_bytes(), Hints()) for path in itertools.islice(itertools.cycle(paths), count))
        step = max(1, count // 5)
        for number in range(0, count, step):
            for document in pool.map(itertools.islice(bodies, step)):
                store.put_text(document.sha256, "memory", document)
                fold(document)
            told.append(f"{number + step}: {resident_megabytes():.0f}")
    line = f"parent's memory in MB after so many documents: {', '.join(told)}"
    try:
        import resource
    except ImportError:
        print(line)
    else:
        print(f"{line}; largest child {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e6:.0f} MB")


def small() -> None:
    """What one small document of each form costs a warm worker."""
    for form in SMALL:
        path = min((data_folder("samples") / "site").glob(f"*.{form}"), key=lambda found: (found.stat().st_size, found.name))
        data = path.read_bytes()
        with ReaderPool(1) as pool:
            pages = len(pool.read(data).pages)
            seconds = [timed(lambda data=data, pool=pool: pool.read(data))[0] for _ in range(50)]
        print(f"{form}, {len(data)} bytes, {pages} page(s): median {1000 * statistics.median(seconds):.1f} ms")


def main() -> None:
    """Make the documents, measure, print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--memory", type=int, default=1000)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir(), "ita-rules-bench"))
    given = parser.parse_args()
    paths = make(given.folder, given.documents, SEED)
    print(f"{len(paths)} documents, {sum(path.stat().st_size for path in paths) / 1e6:.1f} MB")
    if shutil.which("pdftotext"):
        for workers in (1, 2):
            side_by_side(paths, workers, max(1, given.repeat))
    else:
        print("no pdftotext here: nothing to compare with")
    second_run(paths)
    memory(paths, given.memory)
    small()


if __name__ == "__main__":
    main()
