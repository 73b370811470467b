"""Reports, runs and stores in a line or two."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from ita_rules.model import (
    AgencyInfo,
    AgencyType,
    CheckResult,
    IndicatorScore,
    ItemResult,
    LocatedBy,
    Range,
    Report,
    RuleSetInfo,
    RunInfo,
    Scores,
    Severity,
    SourceResult,
    Status,
    ToolInfo,
)
from ita_rules.run.store import RunWriter
from ita_rules.run.types import Block, Document, Exchange, Page, RunMeta
from reports.json_report import JsonRenderer

HOME = "https://www.example.go.th/"
AGENCY = "อบต.ไผ่เขียว"
NIGHT = dt.datetime(2026, 1, 5, 2, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))


def check(key: str, status: str, kind: str = "component", **more: object) -> CheckResult:
    """A check ``ITEM.key``."""
    given: dict[str, object] = {
        "id": key,
        "component": kind,
        "kind": kind,
        "status": Status(status),
        "confidence": 1.0,
        "message": f"พบว่า {status}",
        "severity": Severity.CRITERION,
        "verified": True,
        **more,
    }
    return CheckResult.model_validate(given)


def source(path: str = "o1.pdf", sha: str | None = "a", cause: str | None = None, **more: object) -> SourceResult:
    """A source below the main page (or at a whole address); `sha` is repeated to the length of a real one."""
    given = {
        "url": path if "://" in path else HOME + path,
        "cause": cause,
        "sha256": sha * 64 if sha else None,
        "located_by": LocatedBy.CODE,
        "read_by": ("pdf/1",),
        "click_path": (HOME,),
        **more,
    }
    return SourceResult.model_validate(given)


def item(name: str, checks: Sequence[CheckResult], *sources: SourceResult) -> ItemResult:
    """An item of these checks; its status is the worst of the criteria."""
    found = {c.status for c in checks if c.severity is Severity.CRITERION}
    order = (Status.GAP, Status.UNDECIDED, Status.NOT_DUE, Status.PASS)
    status = next((s for s in order if s in found), Status.NOT_APPLICABLE)
    return ItemResult(
        id=name,
        concepts=("x",),
        name=f"ข้อ {name}",
        indicator="9.1",
        status=status,
        score=None,
        sources=sources,
        checks=tuple(checks),
    )


def report(*items: ItemResult, started: dt.datetime = NIGHT, **more: object) -> Report:
    """A report of these items; `more` overrides fields of the run, of the rule set (`ruleset`, `version`) and `tool`."""
    run = {
        "started": started.isoformat(),
        "finished": (started + dt.timedelta(minutes=5)).isoformat(),
        "as_of": started.date().isoformat(),
        "requests": 9,
        "pages": 5,
        "documents": 2,
    }
    run |= {key: value for key, value in more.items() if key in RunInfo.model_fields}
    return Report(
        tool=ToolInfo(version=str(more.get("tool", "0.1.0"))),
        ruleset=RuleSetInfo(id=str(more.get("ruleset", "oit-2566")), version=str(more.get("version", "1")), fiscal_year=2566),
        agency=AgencyInfo(name=str(more.get("name", AGENCY)), type=AgencyType.LOCAL, url=str(more.get("url", HOME))),
        run=RunInfo.model_validate(run),
        items=items,
        scores=Scores(oit=Range(low=50, high=60), indicators=(IndicatorScore(id="9", low=1, high=2),)),
    )


def simple(status: str, started: dt.datetime = NIGHT, sha: str = "a", **more: object) -> Report:
    """One item with one check in this state."""
    return report(item("O1", [check("O1.people", status)], source(sha=sha)), started=started, **more)


def nights(*statuses: str, hours: float = 24, start: dt.datetime = NIGHT) -> list[Report]:
    """One simple report a night."""
    return [simple(status, start + dt.timedelta(hours=hours * n)) for n, status in enumerate(statuses)]


def save(base: Path, told: Report, *, texts: Mapping[str, str] | None = None, finished: bool = True, agency: str = "") -> Path:
    """Lay a run into a store, as ``check`` does: the gathering with a body for each text (by address), and the report."""
    started = dt.datetime.fromisoformat(told.run.started)
    folder = base / (agency or told.agency.name) / f"{started:%Y%m%d-%H%M%S}"
    meta = RunMeta(
        told.agency.url,
        agency_name=told.agency.name,
        started=told.run.started,
        as_of=told.run.as_of,
        ruleset=told.ruleset.id,
        settings={"main": told.agency.url},
        finished=told.run.finished if finished else "",
    )
    with RunWriter(folder, meta, blobs=base / "blobs") as writer:
        for url, text in (texts or {}).items():
            sha = writer.blobs.put(text.encode())
            writer.put_exchange(Exchange(url, url, final_url=url, final_key=url, status=200, sha256=sha, size=len(text)))
            document = Document(sha, "text/html", pages=(Page(1, (Block("text", text),), method="html"),))
            writer.blobs.put_text(sha, "html/1", document)
            writer.put_document(document)
        if finished:
            writer.finish()
    if finished:
        JsonRenderer().render(told, folder, "report")
    return folder
