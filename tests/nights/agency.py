"""A tiny agency on loopback whose pages a test changes, checked night after night by the child of an audit."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from ita_rules.audit.record import Audit, Header, Result
from ita_rules.cli import given, places
from ita_rules.cli.audit_child import ChildTask, Lifeline, perform
from ita_rules.config import AgencyConfig, Config
from tests.cli.site import site
from tests.rulesets.folder import spoil

REPORT = """<html><head><title>รายงานผล</title></head><body>
<h1>รายงานผลการดำเนินงานประจำปี งบประมาณ พ.ศ. 2565</h1>
<h2>ปัญหา อุปสรรค</h2><p>{problem}</p><h2>ข้อเสนอแนะ</h2><p>ควรจัดทำแผนให้เร็วขึ้น</p></body></html>"""
HOME = """<html><head><title>อบต.</title></head><body><nav><a href='/r'>รายงานผลการดำเนินงานประจำปี</a>{menu}</nav>
<p>ผู้เข้าชม {visitors}</p>{news}</body></html>"""
FIRST = dt.datetime(2026, 3, 2, 2, 0, tzinfo=places.BANGKOK)
NAME = "อบต.ก"


@dataclass
class Agency:
    """The site: `pages` by path (None: the server fails), and every path that was asked for since the last night."""

    menu: str = ""
    news: str = ""
    visitors: int = 1
    problem: str = "ไม่มี"
    broken: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    more: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str) -> tuple[int, str]:
        """What is at a path."""
        self.asked.append(path)
        if path in self.broken:
            return 500, "<h1>500</h1>"
        if path in self.gone:
            return 404, "<h1>404</h1>"
        if path in self.more:
            return 200, self.more[path]
        if path in ("/", "/index"):
            return 200, HOME.format(menu=self.menu, visitors=self.visitors, news=self.news)
        if path == "/r":
            return 200, REPORT.format(problem=self.problem)
        return (200, f"<h1>ข่าว {path}</h1>") if path.startswith("/n") else (404, "<h1>404</h1>")


@dataclass
class Nights:
    """The audits of the agency, one after the other in one store."""

    base: Path
    rules: Path
    url: str
    agency: Agency
    patch: pytest.MonkeyPatch
    number: int = 0
    moment: dt.datetime = FIRST
    day: dt.date = dt.date(2023, 4, 28)

    def task(self, hours: float = 24, **more: Any) -> ChildTask:
        """What the child of the next night is told, so many hours after the last."""
        if self.number:
            self.moment += dt.timedelta(hours=hours)
        self.number += 1
        for module in (places, given):
            self.patch.setattr(module, "now", lambda: self.moment)
        self.agency.asked.clear()
        header = Header(started=self.moment.isoformat(), config="config.yaml", keys=("k",))
        audit = Audit.create(self.base, header, f"{self.moment:%Y%m%d-%H%M%S}")
        settings = {"format": ("json",), "crawl": {"render": False}, **more.pop("settings", {})}
        told = {
            "key": "k",
            "agency": AgencyConfig.model_validate({"name": NAME, "type": "local", "url": self.url, **more.pop("agency", {})}),
            "settings": Config.model_validate(settings),
            "config": self.base.parent / "config.yaml",
            "audit": audit.folder,
            "base": self.base,
            "lang": "th",
            "rules": self.rules,
            "day": self.day,
        }
        return ChildTask.model_validate({**told, **more})

    def night(self, hours: float = 24, *, line_down: bool = False, **more: Any) -> tuple[Result, dict[str, Any]]:
        """One night: what came of it and its report. `line_down` tells that our own line was, as the audit found at its end."""
        task = self.task(hours, **more)
        result = perform(task, Lifeline())
        if line_down:
            (task.audit / "done.json").write_text(json.dumps({"finished": "x", "code": 10, "line_down": True}), "utf-8")
        return result, json.loads((self.base / result.folder / "report.json").read_text("utf-8")) if result.folder else {}

    def folder(self, result: Result) -> Path:
        """The folder of a night's run."""
        return self.base / result.folder


@contextmanager
def nights_of(tmp_path: Path, patch: pytest.MonkeyPatch, change: Callable[[Agency], None] | None = None) -> Iterator[Nights]:
    """An agency that is up, and a store for its nights."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        patch.delenv(name, raising=False)
    agency = Agency()
    if change is not None:
        change(agency)
    old, new = "every_item:\n", "every_item:\n  reachable: {source: handbook}\n"
    rules = spoil(tmp_path / "rules", "oit-2566/ruleset.yaml", old, new)
    with site(agency.answer) as url:
        yield Nights(tmp_path / "runs", rules, url, agency, patch)


def status(report: dict[str, Any], check: str) -> str:
    """The status of a check."""
    return next(str(c["status"]) for item in report["items"] for c in item["checks"] if c["id"] == check)
