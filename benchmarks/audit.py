"""What a night of many agencies costs: the first, a light one, a full second one; here, and on workers of a cluster.

Method. `benchmarks.audit_sites` makes the agencies (40 of 60 pages and 15 documents, one in ten a scan) and serves them from a
process of its own, each at its own port of loopback, where nobody waits between requests. ``ita-rules audit`` runs on them as a
program, night after night into one folder:

* `first`: nothing is known; every page is fetched, every document read, every scan recognised;
* `light`: as the audit chooses by itself, nothing has changed since;
* `counter`: the same, after the main pages and the ITA pages have changed in what does not count;
* `changed`: the same, after a piece of evidence of each agency has changed, so that all are judged;
* `full`: ``--full``, each address asked on condition, what is the same not read again.

CPU seconds (user and system) are those of the audit's process with all that it started, as the system gives them when they end
(`wait4`); a process whose parent was killed is adopted and counted too. The program is compiled before the first night, as an
installed one is. With a cluster, its scheduler and workers count as well. Memory is the proportional share (PSS, a page that
several share is split among them), looked at twice a second: the parent's over the night, and the highest of an agency's
processes together. Bytes are the sizes of files. CPU seconds depend on the machine and on what else runs on it: compare the
nights of one run. The last lines work out the machines for all agencies of the country; what is assumed stands with them.

    python -m benchmarks.audit [--agencies 40] [--pages 60] [--documents 15] [--nights first,light,counter,changed,full]
                               [--workers 0,1,2] [--jobs 2] [--sites FOLDER]

`--workers 0` is the local runner, 1 and more a cluster of so many workers; `--sites` keeps the agencies that were made. Linux
only. A row is printed when its night is over. Exit status 1 where an agency was not judged. Figures: benchmarks/audit.md.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.audit_machines import Measured, machines
from benchmarks.audit_sites import AS_OF, CHANGES, RULESET

ROOT = Path(__file__).resolve().parents[1]
NIGHTS = {"first": (), "light": (), "counter": (), "changed": (), "full": ("--full",)}
"""The nights in their order, with what the command line says more on each."""
_ADOPT = 36  # PR_SET_CHILD_SUBREAPER: whoever loses its parent below us becomes our child
_LOOK_SECONDS = 0.5


@dataclass(slots=True)
class Cost:
    """What a night cost. `cpu` are the seconds of all processes, `own` those of the audit's own process among them. `parent` are
    the megabytes of that over the night, `child` the most of an agency's processes together. `made` are bytes by what they are
    for, grown in this night, `rows` the rows of the index likewise."""

    name: str
    cpu: float = 0.0
    own: float = 0.0
    wall: float = 0.0
    parent: list[float] = field(default_factory=list)
    child: float = 0.0
    depths: dict[str, int] = field(default_factory=dict)
    requests: int = 0
    judged: int = 0
    made: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)


class Sites:
    """The agencies while they are served, as a context; `agencies` is what the configuration says of them."""

    def __init__(self, folder: Path, agencies: int, pages: int, documents: int) -> None:
        size = ["--agencies", str(agencies), "--pages", str(pages), "--documents", str(documents)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.audit_sites", "serve", str(folder), *size],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.agencies: list[dict[str, str]] = json.loads(self._line())

    def change(self, what: str) -> None:
        """Change something on every site: a word of `audit_sites.CHANGES`."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{what}\n")
        self.process.stdin.flush()
        self._line()

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def __enter__(self) -> Sites:
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(10)


class Watch(threading.Thread):
    """Looks at the memory of an audit's process, and of the agencies' processes below it or below the cluster's."""

    def __init__(self, pid: int, cluster: int | None, cost: Cost) -> None:
        super().__init__(daemon=True)
        self.pid, self.cluster, self.cost, self.over = pid, cluster, cost, threading.Event()

    def run(self) -> None:
        """Look until it is over."""
        while not self.over.wait(_LOOK_SECONDS):
            self.cost.parent.append(_megabytes([self.pid]))
            self.cost.own = max(self.cost.own, _seconds(self.pid, 2))
            known = _parents()
            started = [pid for root in (self.pid, self.cluster) if root for pid in below(root, known)]
            agencies = [pid for pid in started if _is_agency(pid, known[pid])]
            self.cost.child = max([self.cost.child, *(_megabytes([pid, *below(pid, known)]) for pid in agencies)])


def below(pid: int, parents: Mapping[int, int] | None = None) -> list[int]:
    """The processes that a process has started, and those that they have. `parents` are all there are, with their parents."""
    known = _parents() if parents is None else parents
    ours = [one for one, parent in known.items() if parent == pid]
    return [*ours, *(further for one in ours for further in below(one, known))]


def _parents() -> dict[int, int]:
    """Every process of the machine with the one that started it."""
    found: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                found[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    return found


def _is_agency(pid: int, parent: int) -> bool:
    """Whether a process is the child of an audit that checks an agency: started for it, or forked from one that forks them."""
    return _runs(pid, "ita_rules.cli.audit_child") or all(_runs(one, "ita_rules.audit.warm_server") for one in (pid, parent))


def _runs(pid: int, module: str) -> bool:
    try:
        return module.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def _megabytes(pids: Sequence[int]) -> float:
    """The proportional share of memory of some processes; one that has ended has none."""
    found = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            found += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return found / 1024


def adopt() -> None:
    """From now on, who loses its parent below this process becomes its child, so that its time can be told."""
    ctypes.CDLL(None).prctl(_ADOPT, 1, 0, 0, 0)


def spent(process: subprocess.Popen[bytes], besides: frozenset[int]) -> float:
    """Wait for a process and whatever it left behind: their CPU seconds. `besides` are children of ours that go on."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = usage.ru_utime + usage.ru_stime
    while left := {pid for pid, parent in _parents().items() if parent == os.getpid()} - besides:
        _, _, usage = os.wait4(min(left), 0)
        seconds += usage.ru_utime + usage.ru_stime
    return seconds


def used(pid: int) -> float:
    """The CPU seconds so far of a process that goes on, with those of its children that have ended and those at work."""
    return sum(_seconds(one, 4) for one in (pid, *below(pid)))


def _seconds(pid: int, fields: int) -> float:
    """The CPU seconds of a process: its own (two fields), or with those of its children that have ended (four)."""
    try:
        found = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11 : 11 + fields]
    except OSError:
        return 0.0
    return sum(int(ticks) for ticks in found) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def cluster(workers: int, folder: Path) -> Iterator[tuple[list[str], subprocess.Popen[str] | None]]:
    """A cluster of so many workers on this machine: what the audit's command line says more, and the cluster's process."""
    if not workers:
        yield [], None
        return
    command = [sys.executable, "-m", "ita_rules", "cluster", "local", str(workers)]
    with (folder / "cluster.txt").open("w") as said:
        process = subprocess.Popen(command, cwd=folder, env=_environment(), stdout=subprocess.PIPE, stderr=said, text=True)
    try:
        yield ["--cluster", _address(process)], process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


def _address(process: subprocess.Popen[str]) -> str:
    """The address of the scheduler, from what ``cluster local`` says first."""
    assert process.stdout is not None
    for line in process.stdout:
        for word in line.split():
            if word.startswith(("tcp://", "tls://")):
                return word
    raise SystemExit("the cluster did not start")


def night(name: str, folder: Path, more: Sequence[str], jobs: int, running: subprocess.Popen[str] | None, server: int) -> Cost:
    """One night: what it cost."""
    cost, before = Cost(name), kept(folder / "runs")
    command = [sys.executable, "-m", "ita_rules", "audit", "--lang", "en", "--jobs", str(jobs), *more]
    elsewhere = used(running.pid) if running else 0.0
    began = time.perf_counter()
    with (folder / f"{name}.txt").open("wb") as said:
        process = subprocess.Popen(command, cwd=folder, env=_environment(), stdout=said, stderr=said)
    watch = Watch(process.pid, running.pid if running else None, cost)
    watch.start()
    cost.cpu = spent(process, frozenset({server, *([running.pid] if running else [])}))
    cost.wall = time.perf_counter() - began
    watch.over.set()
    watch.join()
    cost.cpu += used(running.pid) - elsewhere if running else 0.0
    newest = max(folder.glob("runs/audits/*/audit.json"), key=lambda path: path.stat().st_mtime).parent
    for path in newest.glob("results/*.json"):
        one = json.loads(path.read_text("utf-8"))
        cost.judged += one["outcome"] == "judged"
        cost.requests += one["requests"]
        cost.depths[one["depth"]] = cost.depths.get(one["depth"], 0) + 1
    after = kept(folder / "runs")
    cost.made = {part: after[0][part] - before[0][part] for part in after[0]}
    cost.rows = {table: after[1][table] - before[1][table] for table in after[1]}
    return cost


def kept(base: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Bytes below a store by what they are for, and rows of its index by table."""
    sizes = dict.fromkeys(("runs", "blobs", "audits", "index"), 0)
    rows = dict.fromkeys(("run", "state"), 0)
    for path in base.rglob("*") if base.is_dir() else ():
        part = path.relative_to(base).parts[0]
        name = part if part in ("blobs", "audits") else "index" if part.startswith("index.sqlite") else "runs"
        if path.is_file():
            sizes[name] += path.stat().st_size
    if (base / "index.sqlite").is_file():
        with contextlib.closing(sqlite3.connect(base / "index.sqlite")) as db:
            rows = {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in rows}
    return sizes, rows


HEAD = (
    "| night | CPU s | of the first | the parent's | wall s | requests | parent MB (begin, end, most) | child MB | depths |",
    "|---|---|---|---|---|---|---|---|---|",
)


def row(cost: Cost, first: Cost, agencies: int) -> str:
    """A night as a row of a table, each agency's share of it."""
    parent = cost.parent or [0.0]
    quarter = max(1, len(parent) // 4)
    flat = [sum(part) / len(part) for part in (parent[:quarter], parent[-quarter:])]
    share, own = 100 * cost.cpu / first.cpu, cost.own / agencies
    depths = ", ".join(f"{depth or '-'} {count}" for depth, count in sorted(cost.depths.items()))
    return (
        f"| {cost.name} | {cost.cpu / agencies:.2f} | {share:.1f} % | {own:.2f} | {cost.wall:.0f} "
        f"| {cost.requests / agencies:.0f} | {flat[0]:.0f}, {flat[1]:.0f}, {max(parent):.0f} | {cost.child:.0f} | {depths} |"
    )


def sizes(costs: Mapping[str, Cost], agencies: int) -> Iterator[str]:
    """What the nights left, as a table."""
    yield "| night | run kB | blobs kB | index kB | audit kB | rows of runs | rows of states |"
    yield "|---|---|---|---|---|---|---|"
    for name, cost in costs.items():
        made = " | ".join(f"{cost.made[part] / agencies / 1000:.1f}" for part in ("runs", "blobs", "index", "audits"))
        yield f"| {name} | {made} | {cost.rows['run'] / agencies:.1f} | {cost.rows['state'] / agencies:.1f} |"


def measured(costs: Mapping[str, Cost], agencies: int) -> Measured | None:
    """What the machines are worked out from; None where one of the nights was left out."""
    if not {"first", "light", "full"} <= set(costs):
        return None
    share: dict[str, Any] = {}
    for name in ("first", "light", "full"):
        cost = costs[name]
        share[f"{name}_cpu"] = cost.cpu / agencies
        share[f"{name}_requests"] = cost.requests / agencies
        share[f"{name}_bytes"] = sum(cost.made.values()) / agencies
    return Measured(**share, child=max(cost.child for cost in costs.values()))


def _environment() -> dict[str, str]:
    """That of an installed program: its modules are compiled already."""
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


def compile_into(folder: Path) -> None:
    """Have what the nights load compiled before the first of them, into a folder of ours."""
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder)
    loaded = "import ita_rules.cli.app, ita_rules.cli.audit_warm, crawlers.readers.worker, reports.html_report"
    subprocess.run([sys.executable, "-c", loaded], env=_environment(), cwd=ROOT, check=True)


def configure(folder: Path, agencies: Sequence[Mapping[str, str]]) -> None:
    """Write the configuration of a night."""
    found = {"ruleset": RULESET, "as_of": AS_OF, "agencies": [dict(agency) for agency in agencies]}
    (folder / "config.yaml").write_text(json.dumps(found, ensure_ascii=False), "utf-8")


def nights(
    given: argparse.Namespace, sites: Sites, folder: Path, more: Sequence[str], running: subprocess.Popen[str] | None
) -> dict[str, Cost]:
    """All nights that are asked for, into one folder. Each is told when it is over, so that little is lost of a long measurement
    that is broken off."""
    costs: dict[str, Cost] = {}
    print("\n".join(HEAD), flush=True)
    try:
        for name in given.nights.split(","):
            if name in CHANGES:
                sites.change(name)
            costs[name] = night(name, folder, [*NIGHTS[name], *more], given.jobs, running, sites.process.pid)
            print(row(costs[name], next(iter(costs.values())), given.agencies), flush=True)
    finally:
        print("\n" + "\n".join(sizes(costs, given.agencies)), flush=True)
    return costs


def main() -> int:
    """Measure and print; the exit status tells whether every agency was judged."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--agencies", type=int, default=40)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--documents", type=int, default=15)
    parser.add_argument("--nights", default=",".join(NIGHTS))
    parser.add_argument("--workers", default="0,1,2")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--sites", type=Path)
    given = parser.parse_args()
    adopt()
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # Started in the background by a shell: a cluster would inherit that it does not hear Ctrl-C.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    whole = True
    with contextlib.ExitStack() as stack:
        made = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="audit-")))
        compile_into(made / "compiled")
        sites = stack.enter_context(Sites(given.sites or made / "sites", given.agencies, given.pages, given.documents))
        for workers in map(int, given.workers.split(",")):
            folder = made / f"workers-{workers}"
            folder.mkdir()
            configure(folder, sites.agencies)
            print(f"\n{given.agencies} agencies, {given.pages} pages, {given.documents} documents each, ", end="")
            print(f"{workers} workers" if workers else f"local, {given.jobs} at once", flush=True)
            with cluster(workers, folder) as (more, running):
                costs = nights(given, sites, folder, more, running)
            whole = whole and all(cost.judged == given.agencies for cost in costs.values())
            found = measured(costs, given.agencies)
            if found is not None and not workers:
                print("\n" + "\n".join(machines(found)), flush=True)
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main())
