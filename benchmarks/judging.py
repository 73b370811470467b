"""What judging costs: time, memory, the share of inference, loading rule sets, and whether many judgements leak.

Method. A saved run is generated (everything follows from numbers): a main page, a list of the 43 items of oit-2566, for each item
a page with seven files of six pages, 346 texts in all, in which the titles of the items and the wordings of their components
stand among lines of plain prose. A second run is more as a site is: two such files for each item, and of its 300 texts the others
are news that belong to no item, on pages of a dozen lines and some in files of three pages. Each part runs in a process of its
own; CPU is that process's time (`process_time`) for the part alone, peak memory its largest resident set, start-up included.
The parts:

* `judge`, `mix`: the first or the second run loaded and judged once in a fresh process, with cold caches, and inference timed
  within, by both engines; then judged again;
* `rules`: all rule sets loaded (twice: the second time says whether anything is compiled again) and linted, without start-up: on
  a shelf of their own, for which everything is read and put together again (what `rules lint` does), and on that of loading;
* `leak`: one small run (`--items` items, one page of text each) loaded and judged N times in one process, by either
  engine. Resident memory is
  sampled a hundred times after the first tenth; told are the least-squares slope in bytes a judgement and what N of them add.

    python -m benchmarks.judging [--parts judge,mix,rules,leak] [--judgements 500] [--items 1] [--engine durable,plain]

Figures: benchmarks/judging.md (10,000 judgements).
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, cast

RULESET, ITEM_FILES, PAGES, LINES = "oit-2566", 7, 6, 40
MIX_FILES, MIX_NEWS = 2, 169  # of an item; of the whole site
HOME = "http://www.example.go.th/"
EngineName = Literal["durable", "plain"]
_PROSE = (
    "องค์การบริหารส่วนตำบลได้ดำเนินการตามระเบียบกระทรวงมหาดไทยและหนังสือสั่งการที่เกี่ยวข้องอย่างเคร่งครัด|"
    "ทั้งนี้ได้รับความร่วมมือจากผู้นำชุมชนและประชาชนในพื้นที่เป็นอย่างดีตลอดระยะเวลาที่ผ่านมา|"
    "งบประมาณที่ได้รับจัดสรรจำนวน ๑,๒๕๐,๐๐๐ บาท เบิกจ่ายแล้วร้อยละ ๘๗.๕๐ ของงบประมาณทั้งหมด|"
    "จึงเรียนมาเพื่อโปรดพิจารณาและขอขอบคุณมา ณ โอกาสนี้|"
    "ผู้รับผิดชอบ สำนักปลัด กองคลัง กองช่าง และกองการศึกษา ศาสนาและวัฒนธรรม|"
    "กลุ่มเป้าหมายได้แก่ผู้สูงอายุ เด็กและเยาวชน สตรี และผู้ด้อยโอกาสในเขตพื้นที่รับผิดชอบ"
).split("|")


def _headline(number: int) -> str:
    about = ("ประชาสัมพันธ์การชำระภาษี", "กิจกรรมวันเด็กแห่งชาติ", "ออกหน่วยแพทย์เคลื่อนที่", "ประกาศหยุดจ่ายน้ำ", "เชิญร่วมงานบุญ")
    return f"{about[number % len(about)]} หมู่ที่ {number % 14 + 1}"


def generate(
    folder: Path, items: int | None = None, files: int = ITEM_FILES, paged: int = PAGES, long: int = LINES, news: int = 0
) -> None:
    """Save the run in `folder`: of the first `items` items (all when None), with so many files each, of so many pages and
    lines, and so many texts of news."""
    from ita_rules.rulesets.load import load_ruleset
    from ita_rules.run.store import RunWriter
    from ita_rules.run.types import Block, Document, Exchange, Link, Page, RunMeta

    rules = load_ruleset(RULESET)
    dice = random.Random(2566)
    meta = RunMeta(HOME, "องค์การบริหารส่วนตำบลไผ่เขียว", "local", RULESET, "2023-04-30", started="2023-04-30T09:00:00+07:00")
    writer = RunWriter(folder, meta)

    def put(url: str, media: str, pages: Sequence[Page], links: Sequence[Link] | None = None, title: str = "") -> None:
        sha256 = hashlib.sha256(url.encode()).hexdigest()
        writer.put_exchange(Exchange(url, url, url, url, 200, media, sha256, 1000, title=title), links)
        writer.put_document(Document(sha256, media, title, tuple(pages), ("made/1",)))

    def page_of(lines: Sequence[str]) -> Page:
        return Page(1, tuple(Block("heading" if n == 0 else "text", line) for n, line in enumerate(lines)), method="html")

    wanted = rules.items[:items]
    listed = [Link(HOME + "ita", HOME + item.id, HOME + item.id, text=f"{item.id} {item.name.th}") for item in wanted]
    menu = [Link(HOME, HOME + "ita", HOME + "ita", text="ITA ปีงบประมาณ พ.ศ. 2566", zone="nav")]
    posts = [Link(HOME, f"{HOME}news/{n}", f"{HOME}news/{n}", text=_headline(n), order=n) for n in range(news)]
    put(HOME, "text/html", [page_of([meta.agency_name, *_PROSE, *(x.text for x in posts)])], [*menu, *posts], meta.agency_name)
    for number, post in enumerate(posts):
        told = [f"{dice.choice(_PROSE)} ({dice.randrange(10_000)})" for _ in range(12)]
        if number % 5:
            put(post.url, "text/html", [page_of([post.text, f"วันที่ {number % 28 + 1} มกราคม 2566", *told])], [], post.text)
        else:
            blocks = [tuple(Block("text", line) for line in (post.text, *told, *told)) for _ in range(3)]
            put(post.url, "application/pdf", [Page(n, b, method="text-layer") for n, b in enumerate(blocks, 1)])
    put(HOME + "ita", "text/html", [page_of(["ITA 2566", *(link.text for link in listed)])], listed, "ITA 2566")
    for item in wanted:
        at = HOME + item.id
        names = [f"{item.name.th} ปีงบประมาณ พ.ศ. 2566 ฉบับที่ {n}" for n in range(1, files + 1)]
        links = [Link(at, f"{at}/{n}.pdf", f"{at}/{n}.pdf", text=name, order=n) for n, name in enumerate(names)]
        put(at, "text/html", [page_of([item.name.th, *_PROSE, *names])], links, item.name.th)
        known = [rules.components[c.component].wordings for c in item.checks if c.component in rules.components]
        wordings = [words for words in known if words]
        for link, name in zip(links, names, strict=True):
            pages = []
            for number in range(1, paged + 1):
                lines = [f"{dice.choice(_PROSE)} ({number}.{n} ครั้งที่ {dice.randrange(10_000)})" for n in range(long)]
                if number == 1:
                    lines[:2] = [name, meta.agency_name]
                for words in wordings:
                    lines[dice.randrange(2, long)] = dice.choice(words)
                pages.append(Page(number, tuple(Block("text", line) for line in lines), method="text-layer"))
            put(link.url, "application/pdf", pages)
    writer.finish(writer.meta)


def resident() -> float:
    """The process's resident set now, in MB (10^6 bytes). Linux only."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    return 0.0


def slope(samples: Sequence[tuple[int, float]]) -> float:
    """The least-squares slope of memory (MB) over judgements, in bytes a judgement."""
    count = len(samples)
    middle, level = sum(n for n, _ in samples) / count, sum(m for _, m in samples) / count
    return 1e6 * sum((n - middle) * (m - level) for n, m in samples) / sum((n - middle) ** 2 for n, _ in samples)


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Wall and CPU seconds of some work."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def _judge_part(run_folder: Path, name: EngineName) -> dict[str, Any]:
    import ita_rules.judge as judging
    from ita_rules.rulesets.load import load_ruleset
    from ita_rules.run.store import load_run

    rules, spent = load_ruleset(RULESET), [0.0]
    infer = judging.infer

    def watched(*given: Any) -> Any:
        began = time.process_time()
        found = infer(*given)
        spent[0] += time.process_time() - began
        return found

    judging._rules()  # a rule set over facts is read once per process; that is no part of a judgement
    judging.infer = watched
    held: dict[str, Any] = {}
    _, load = timed(lambda: held.update(run=load_run(run_folder)))
    run = held["run"]
    wall, cpu = timed(lambda: held.update(report=judging.judge(run, rules, dt.date(2023, 4, 30), engine=name)))
    first = spent[0]
    _, again = timed(lambda: judging.judge(run, rules, dt.date(2023, 4, 30), engine=name))
    statuses = [item.status.value for item in held["report"].items]
    return {
        "engine": name,
        "documents": len(run.documents),
        "items": len(statuses),
        "passed": statuses.count("pass"),
        "load": load,
        "wall": wall,
        "cpu": cpu,
        "again": again,
        "inference": first,
        "inference again": spent[0] - first,
    }


def _rules_part() -> dict[str, Any]:
    from ita_rules.data import data_folder
    from ita_rules.rulesets.lint import lint
    from ita_rules.rulesets.load import available, load_ruleset, shelf_of
    from ita_rules.rulesets.shelf import Shelf

    ids = available()
    _, load = timed(lambda: [load_ruleset(one) for one in ids])
    _, again = timed(lambda: [load_ruleset(one) for one in ids])
    root = data_folder("rules").resolve()
    shelf = Shelf(root)
    _, linted = timed(lambda: [lint(one, root, shelf) for one in ids])
    _, loaded = timed(lambda: [lint(one, root, shelf_of(root)) for one in ids])
    return {"rule sets": len(ids), "load": load, "again": again, "lint": linted, "lint what is loaded": loaded}


def leak(run_folder: Path, items: int, judgements: int, name: EngineName) -> dict[str, Any]:
    """Judge a run so many times in this process; how its memory grew."""
    import gc

    from ita_rules.judge import judge
    from ita_rules.rulesets.load import load_ruleset, only_items
    from ita_rules.run.store import load_run

    whole = load_ruleset(RULESET)
    rules = only_items(whole, [item.id for item in whole.items[:items]])
    warm, every = max(20, judgements // 10), max(1, judgements // 100)
    samples: list[tuple[int, float]] = []
    reports: set[str] = set()
    began = time.process_time()
    for number in range(warm + judgements):
        report = judge(load_run(run_folder), rules, dt.date(2023, 4, 30), engine=name)
        if number % every == 0:
            reports.add(hashlib.sha256(report.model_dump_json().encode()).hexdigest())
            if number >= warm:
                gc.collect()
                samples.append((number, resident()))
    return {
        "engine": name,
        "judgements": judgements,
        "cpu": time.process_time() - began,
        "from": samples[0][1],
        "to": samples[-1][1],
        "bytes a judgement": slope(samples),
        "different reports": len(reports),
    }


def _peak() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def alone(*arguments: object) -> dict[str, Any]:
    """What a part finds in a process of its own: its name, the run, the engine; of `leak` the items and the judgements too."""
    command = [sys.executable, "-m", "benchmarks.judging", "--alone", *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, cwd=Path(__file__).resolve().parent.parent)
    return cast(dict[str, Any], json.loads(done.stdout))


def _told(found: dict[str, Any]) -> Iterator[str]:
    for name, value in found.items():
        yield f"{name} {value:.3f}" if isinstance(value, float) else f"{name} {value}"


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--parts", default="judge,mix,rules,leak")
    parser.add_argument("--judgements", type=int, default=500)
    parser.add_argument("--items", type=int, default=1)
    parser.add_argument("--engine", default="durable,plain")
    parser.add_argument("--alone", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.alone:
        part, folder, engine, *rest = given.alone
        if part in ("judge", "mix"):
            found = _judge_part(Path(folder), engine)
            found["share"] = found["inference"] / found["cpu"]
        elif part == "rules":
            found = _rules_part()
        else:
            found = leak(Path(folder), int(rest[0]), int(rest[1]), engine)
        print(json.dumps({**found, "peak MB": _peak()}))
        return
    with tempfile.TemporaryDirectory(prefix="judging-") as scratch:
        parts, engines = given.parts.split(","), given.engine.split(",")
        if "judge" in parts:
            generate(Path(scratch) / "whole")
            for engine in engines:
                print("judge:", ", ".join(_told(alone("judge", Path(scratch) / "whole", engine))), flush=True)
        if "mix" in parts:
            generate(Path(scratch) / "mix", files=MIX_FILES, news=MIX_NEWS)
            for engine in engines:
                print("mix:", ", ".join(_told(alone("mix", Path(scratch) / "mix", engine))), flush=True)
        if "rules" in parts:
            print("rules:", ", ".join(_told(alone("rules", "-", "-"))), flush=True)
        if "leak" in parts:
            generate(Path(scratch) / "small", given.items, 1, 1, 8)
            for engine in engines:
                arguments = ("leak", Path(scratch) / "small", engine, given.items, given.judgements)
                print("leak:", ", ".join(_told(alone(*arguments))), flush=True)


if __name__ == "__main__":
    main()
