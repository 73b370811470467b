"""What a crawl costs: ours beside scrapy, wget, linkchecker and a crawler of sixty lines, on generated sites.

Method. `benchmarks.crawl_sites` serves sites of 100, 1,000 and 5,000 addresses (pages of 65 kB with 138 links, a tenth PDF
files) from a process of its own on loopback. Each tool crawls in a fresh process; its CPU seconds (user and system) and its
highest memory are those that the system gives when it ends (`wait4`), start-up included, so small sites look dear; wall time is
measured around it. Coverage (of the addresses that a link leads to; our agenda leaves out files that no item asks for), requests
and the most requests at once at one host are what the *server* saw (without latency it answers one at a time, so the last says
something only with latency). What Python compiles of a module is kept between crawls, as where it is installed. Ours keeps all
that a run keeps: bodies, links, sqlite; the others keep nothing, but for wget, which writes files. CPU seconds depend on the
machine and on what else runs on it: compare within one run. The parts:

* `tools`: every tool on each size (linkchecker at 100 only: it waits between requests);
* `latency`: ours and the sixty lines at 50 and 200 ms: seconds from the first request to the last answer against the politeness
  floor (requests x latency / 4 connections);
* `many`: fifty sites of 100 addresses at once under one politeness, 50 ms;
* `night`: a site crawled twice with its PDFs read, the second time with the first night's run at hand (conditional requests);
* `compare`: another checkout of this project (`--beside FOLDER`), this one and the sixty lines in turn, `--times` times each, the
  cheapest crawl of each: what a change saves, as far apart from the machine's moods as can be.

    python -m benchmarks.crawl [--parts tools,latency,many,night] [--sizes 100,1000,5000]
    python -m benchmarks.crawl --parts compare --beside FOLDER [--sizes 1000] [--times 3]

Tools that are not installed are left out (`pip install ita-rules[bench]`, `apt install wget`). Figures: benchmarks/crawl.md.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONNECTIONS = 4
_HEAD = f"{'':26} {'CPU s/1,000':>11} {'wall s':>8} {'MB':>6} {'coverage':>9} {'requests':>9} {'peak':>5}"


class Server:
    """The sites, as a context. `urls` are their addresses."""

    def __init__(self, pages: int, sites: int = 1, latency: float = 0.0) -> None:
        command = [sys.executable, "-m", "benchmarks.crawl_sites", "--pages", str(pages), "--sites", str(sites)]
        self.process = subprocess.Popen(
            [*command, "--latency", str(latency)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.urls: list[str] = self._line()

    def seen(self) -> list[dict[str, Any]]:
        """What each site saw since this was last asked."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return list(self._line())

    def _line(self) -> Any:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(10)


@dataclass(frozen=True)
class Figures:
    """What one crawl cost and what the sites saw of it."""

    cpu: float
    wall: float
    megabytes: float
    seen: list[dict[str, Any]]
    said: str

    def total(self, name: str) -> int:
        """A figure of all sites together."""
        return int(sum(one[name] for one in self.seen))

    @property
    def peak(self) -> int:
        """The most requests at once that any one site saw."""
        return int(max(one["peak"] for one in self.seen))

    def line(self, name: str) -> str:
        """The figures as a line of the table."""
        covered = self.total("covered")
        cpu = 1000 * self.cpu / max(covered, 1)
        share = 100 * covered / self.total("pages")
        return (
            f"{name:26} {cpu:11.2f} {self.wall:8.1f} {self.megabytes:6.0f} {share:8.1f}% {self.total('requests'):9} {self.peak:5}"
        )


def _environment() -> dict[str, str]:
    """The environment of a crawl: no proxy, and what Python compiles is kept (`main` gives it a folder)."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "no_proxy": "*"}


def measured(command: Sequence[str], server: Server, seconds: float = 900, at: Path | None = None) -> Figures:
    """Run a crawl to its end, or to the end of its time; `at` is the checkout that it is a crawl of."""
    server.seen()
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.DEVNULL, env=_environment(), cwd=at)
        while True:
            pid, _, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if time.perf_counter() - began > seconds:
                process.kill()
            time.sleep(0.01)
        process.returncode = 0
        wall = time.perf_counter() - began
        said.seek(0)
        text = said.read().strip()
    return Figures(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, server.seen(), text)


def ours(mode: str, urls: Sequence[str], folder: Path, earlier: Path | None = None) -> list[str]:
    """The command of a crawl of ours into `folder`."""
    more = ["--earlier", str(earlier)] if earlier else []
    return [sys.executable, "-m", "benchmarks.crawl_worker", mode, str(folder), *urls, *more]


def others(url: str, size: int, folder: Path) -> Iterator[tuple[str, list[str]]]:
    """The other tools that are there, with their commands."""
    yield "60 lines (requests, lxml)", [sys.executable, "-m", "benchmarks.crawl_baseline", url]
    if importlib.util.find_spec("scrapy"):
        yield "scrapy", [sys.executable, "-m", "benchmarks.crawl_scrapy", url]
    if shutil.which("wget"):
        yield "wget -r", ["wget", "-q", "-r", "-l", "inf", "-P", str(folder / "wget"), url]
    if size <= 100 and importlib.util.find_spec("linkcheck"):
        yield "linkchecker", [sys.executable, "-m", "linkcheck", "-q", "-r", "-1", "--no-status", "-t", "4", url]


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A folder for what a crawl writes."""
    with tempfile.TemporaryDirectory(prefix="crawl-") as name:
        yield Path(name)


def tools(sizes: Sequence[int]) -> None:
    """Every tool on each size."""
    for size in sizes:
        print(f"\n{size} addresses, no latency\n{_HEAD}")
        with Server(size) as server, scratch() as folder:
            url = server.urls[0]
            for mode in ("default", "agenda"):
                print(measured(ours(mode, [url], folder / mode), server).line(f"ita-rules ({mode})"), flush=True)
            for name, command in others(url, size, folder):
                print(measured(command, server).line(name), flush=True)


def compare(sizes: Sequence[int], beside: Path, times: int) -> None:
    """Another checkout, this one and the sixty lines in turn."""
    for size in sizes:
        print(f"\n{size} addresses, no latency, the cheapest of {times}\n{_HEAD}")
        found: dict[str, list[Figures]] = {}
        with Server(size) as server, scratch() as folder:
            url = server.urls[0]
            for number in range(times + 1):
                for name, at in ((str(beside), beside), ("this one", Path.cwd())):
                    for mode in ("default", "agenda"):
                        run = folder / f"{number}{mode}{at.name}"
                        found.setdefault(f"{name} ({mode})", []).append(measured(ours(mode, [url], run), server, at=at))
                command = [sys.executable, "-m", "benchmarks.crawl_baseline", url]
                found.setdefault("60 lines", []).append(measured(command, server))
        for name, figures in found.items():
            # The first crawl of each compiled what it imports.
            print(min(figures[1:], key=lambda one: one.cpu).line(name[-26:]), flush=True)


def latency(size: int) -> None:
    """Wall time against the politeness floor."""
    print(f"\n{size} addresses with latency; floor = requests x latency / {CONNECTIONS}\n{_HEAD}  of floor")
    for seconds in (0.05, 0.2):
        with Server(size, latency=seconds) as server, scratch() as folder:
            for name, command in (
                (f"ita-rules, {1000 * seconds:.0f} ms", ours("default", server.urls, folder / "run")),
                (f"60 lines, {1000 * seconds:.0f} ms", [sys.executable, "-m", "benchmarks.crawl_baseline", server.urls[0]]),
            ):
                found = measured(command, server)
                floor = found.total("requests") * seconds / CONNECTIONS
                print(f"{found.line(name)} {found.seen[0]['seconds'] / floor:9.2f}", flush=True)


def many(sites: int) -> None:
    """Many sites at once under one politeness."""
    print(f"\n{sites} sites of 100 addresses at once, 50 ms\n{_HEAD}")
    with Server(100, sites, 0.05) as server, scratch() as folder:
        print(measured(ours("default", server.urls, folder / "run"), server).line("ita-rules"), flush=True)


def night(size: int) -> None:
    """The same site on two nights."""
    print(f"\n{size} addresses on two nights, unchanged\n{_HEAD}  kB sent  304s  read")
    if importlib.util.find_spec("ita_rules.run.reader") is None:
        print("left out: ita_rules.run.reader is not there")
        return
    with Server(size) as server, scratch() as folder:
        first = measured(ours("night", server.urls, folder / "1"), server)
        second = measured(ours("night", server.urls, folder / "2", folder / "1"), server)
        for name, found in (("first night", first), ("second night", second)):
            read = json.loads(found.said)["read"]
            sent = found.total("bytes") / 1000
            print(f"{found.line(name)} {sent:8.0f} {found.total('unchanged'):5} {read:5}", flush=True)
        print(f"bytes of the first: {100 * second.total('bytes') / first.total('bytes'):.1f} %")


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--parts", default="tools,latency,many,night")
    parser.add_argument("--sizes", default="100,1000,5000")
    parser.add_argument("--sites", type=int, default=50)
    parser.add_argument("--beside", type=Path, help="another checkout, for the part compare")
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="crawl-compiled-") as folder:
        os.environ["PYTHONPYCACHEPREFIX"] = folder
        subprocess.run([sys.executable, "-m", "benchmarks.crawl_worker", "--help"], env=_environment(), stdout=subprocess.DEVNULL)
        _measure(given)


def _measure(given: argparse.Namespace) -> None:
    """The parts that were asked for."""
    parts = given.parts.split(",")
    sizes = [int(size) for size in given.sizes.split(",")]
    if "tools" in parts:
        tools(sizes)
    if "compare" in parts and given.beside:
        compare(sizes, given.beside.resolve(), given.times)
    if "latency" in parts:
        latency(min(400, max(sizes)))
    if "many" in parts:
        many(given.sites)
    if "night" in parts:
        night(min(1000, max(sizes)))


if __name__ == "__main__":
    main()
