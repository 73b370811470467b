"""A check killed at any moment, readers and all, and gone on with: the same result, and nothing is asked twice needlessly."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest

from ita_rules.cli.runs import begun
from ita_rules.errors import RunError
from ita_rules.run.store import EARLIER_NAME, FILE_NAME, load_meta, load_run
from tests.rulesets.folder import write_rules
from tests.sites import Reply, Site, page, redirect

ROOT = Path(__file__).resolve().parents[2]
MOMENTS = 20
REPORT = "<h1>รายงานผลการดำเนินงานประจำปี งบประมาณ พ.ศ. {year}</h1><h2>ปัญหา อุปสรรค</h2><p>ไม่มี</p><h2>ข้อเสนอแนะ</h2><p>ทำให้เร็วขึ้น</p>"
IN_FLIGHT = 8
"""Requests that may be under way at once: four connections, what waits for its turn, a redirect."""

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")]


def routes():
    menu = "".join(f"<li><a href=/p{n}>หน้า {n}</a>" for n in range(12))
    years = "".join(f"<li><a href=/r{year}>รายงานผลการดำเนินงานประจำปี {year}</a>" for year in (2563, 2564, 2565))
    found = {"/": page(f"<ul>{menu}{years}</ul><a href=/old>โครงสร้างหน่วยงาน</a><a href=/gone>x</a><a href=/broken>y</a>", "อบต.")}
    found |= {f"/p{n}": page(f"<a href=/p{n}/1>ข่าว</a><a href=/p{n}/2>ภาพ</a>", f"หน้า {n}") for n in range(12)}
    found |= {f"/p{n}/{m}": page(f"<p>ข่าวที่ {n} {m}</p>", f"ข่าว {n} {m}") for n in range(12) for m in (1, 2)}
    found |= {f"/r{year}": page(REPORT.format(year=year), "รายงาน") for year in (2563, 2564, 2565)}
    found |= {"/old": redirect("/structure"), "/structure": page("<h1>โครงสร้างหน่วยงาน</h1><p>สำนักปลัด</p>", "โครงสร้าง")}
    return found | {"/broken": page("x", "ผิดพลาด", status=500), "/robots.txt": Reply(b"User-agent: *\n", type="text/plain")}


class Checks:
    """Runs of the real program on one site."""

    def __init__(self, folder, site):
        self.folder, self.site = folder, site
        self.rules = write_rules(folder / "rules")
        (folder / "answers.csv").write_text(f"item,url\nO1,{site.url('/old')}\nO13,{site.url('/r2565')}\n", encoding="utf-8")

    def start(self, out, *more):
        """Start a check into `out`."""
        temporary = self.folder / f"{out}.tmp"
        temporary.mkdir(exist_ok=True)
        environment = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
        environment |= {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "TMPDIR": str(temporary)}
        words = ["check", self.site.url(), "--rules", str(self.rules), "--as-of", "2023-04-28", "--answers", "answers.csv"]
        words = [sys.executable, "-m", "ita_rules", *words, "--out", out, "--format", "json", "--agency-name", "อบต.ก", *more]
        with self.said(out).open("wb") as err:
            return subprocess.Popen(
                words, cwd=self.folder, env=environment, stdout=subprocess.DEVNULL, stderr=err, start_new_session=True
            )

    def said(self, out):
        """Where a check speaks to."""
        return self.folder / f"{out}.err"

    def whole(self, out, *more):
        """Run a check to its end; its exit status and what it said."""
        child = self.start(out, *more)
        try:
            child.wait(timeout=60)
        finally:
            kill(child)
        return child.returncode, self.said(out).read_text("utf-8")

    def result(self, out):
        """What came of it, without what differs from run to run: times, counts of tries."""
        run = load_run(self.folder / out)
        report = json.loads((self.folder / out / "report.json").read_text("utf-8"))
        for item in report["items"]:
            for source in item["sources"]:
                del source["fetched_at"]
        plain = {
            key: replace(found, fetched_at="", seconds=0.0, attempts=1, headers=(), hop_headers=())
            for key, found in run.exchanges.items()
        }
        return (
            plain,
            run.links,
            run.documents,
            run.answers,
            run.meta.settings,
            run.meta.stopped_by,
            report["items"],
            report["scores"],
        )


def descendants(pid):
    """Every process below `pid`."""
    children = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(stat.parent.name))
    found, waiting = [], [pid]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def kill(child):
    """Kill a check and its readers, which have sessions of their own."""
    below = descendants(child.pid)
    for pid in (child.pid, *below):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    child.wait()


def attempts(run, site):
    """How often each path was asked, as far as the run knows."""
    told = Counter()
    for found in run.exchanges.values() if run else ():
        told[unquote(found.url.removeprefix(site.url("")))] += found.attempts
    return told


def begun_at_all(folder):
    """Whether a killed check had come as far as to have a run."""
    try:
        load_meta(folder)
    except RunError as error:
        if error.message_id != "run_missing":
            raise
        return False
    return True


def moments(total, seed):
    """Seeded moments at which a check is killed: after so many requests, so many seconds later. A quarter of them lie behind the
    last request, and every third check is killed once more when it goes on."""
    chance = random.Random(seed)
    late = seed % 4 == 3
    yield total if late else chance.randint(1, total), chance.random() * (1.2 if late else 0.04)
    if seed % 3 == 0:
        yield chance.randint(1, max(1, total // 3)), chance.random() * 0.04


def kill_at(checks, out, after, seconds, *more):
    """Start a check and kill it at a moment."""
    site, child, end = checks.site, checks.start(out, *more), time.monotonic() + 60
    begin = sum(site.seen.values())
    while sum(site.seen.values()) - begin < after and child.poll() is None and time.monotonic() < end:
        time.sleep(0.001)
    time.sleep(seconds)
    kill(child)
    time.sleep(0.1)  # what the server was at


def test_a_check_killed_at_any_moment_goes_on_and_ends_as_if_it_had_not_been(tmp_path):
    with Site(routes(), delay=0.02) as site:
        checks = Checks(tmp_path, site)
        code, said = checks.whole("unbroken")
        assert code == 12, said
        whole, expected = Counter(site.seen), checks.result("unbroken")
        assert whole["/structure"] == whole["/r2565"] == 1
        assert whole["/broken"] == 2
        killed = 0
        for seed in range(2 * MOMENTS):
            if killed >= MOMENTS:
                break
            # A kill may come before the check has begun or after its end; such a moment is made good by another.
            out, kills, going_on = f"run{seed}", 0, None
            site.seen.clear()
            for after, seconds in moments(sum(whole.values()), seed):
                kill_at(checks, out, after, seconds, *(["--resume"] if going_on else []))
                going_on = begun(tmp_path / out, site.url(), ["json"])
                if going_on is None:
                    break  # it had not begun, or was through
                kills += 1
                left = load_run(tmp_path / out)
                # Each process reads robots.txt for itself.
                lost = site.seen - attempts(left, site) - Counter({"/robots.txt": kills})
                assert sum(lost.values()) <= kills * IN_FLIGHT, (seed, lost)
            if going_on is not None:
                code, said = checks.whole(out, "--resume")
                assert code == 12, (seed, said)
                surplus = site.seen - whole - lost - Counter({"/robots.txt": kills})
                assert not surplus, (seed, after, surplus)
                assert load_run(tmp_path / out).meta.started == going_on.meta.started
            elif not begun_at_all(tmp_path / out):
                assert checks.whole(out)[0] == 12, seed
            assert checks.result(out) == expected, (seed, after)
            files = {p.relative_to(tmp_path / out).parts[0] for p in (tmp_path / out).rglob("*") if p.is_file()}
            assert files == {FILE_NAME, "report.json", "blobs"}, seed
            assert not list((tmp_path / f"{out}.tmp").iterdir()), seed
            killed += kills
        assert killed >= MOMENTS


def test_the_earlier_run_outlives_a_killed_one(tmp_path):
    with Site(routes(), delay=0.02) as site:
        checks = Checks(tmp_path, site)
        assert checks.whole("run")[0] == 12
        earlier = load_run(tmp_path / "run")
        site.seen.clear()
        child = checks.start("run")
        while sum(site.seen.values()) < 15 and child.poll() is None:
            time.sleep(0.001)
        kill(child)
        assert load_run(tmp_path / "run").meta.finished == ""
        (tmp_path / "old").mkdir()
        (tmp_path / "old" / FILE_NAME).write_bytes((tmp_path / "run" / EARLIER_NAME).read_bytes())
        assert load_run(tmp_path / "old") == earlier
        assert checks.whole("run", "--resume")[0] == 12
        assert not (tmp_path / "run" / EARLIER_NAME).exists()
