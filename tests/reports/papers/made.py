"""Reports and papers for the tests of the papers: made up of a rule set, read back, and filled in as a person would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_COLOR_INDEX

from ita_rules.measures import load_measures
from ita_rules.messages import messages
from ita_rules.model import (
    AgencyInfo,
    IndicatorScore,
    ItemResult,
    Range,
    Report,
    RuleSetInfo,
    Scores,
    Status,
    ToolInfo,
)
from ita_rules.plan import plan
from ita_rules.rulesets.types import RuleSet
from reports.papers.content import Content
from tests.reports import factory

AGENCY = "องค์การบริหารส่วนตำบลทุ่งดาวเรือง"
UNITS = ("สำนักปลัด", "กองคลัง", "")


def content(report: Report) -> Content:
    """A report as the papers take it."""
    return Content(report, load_measures(), messages(report.lang))


def made_up(ruleset: RuleSet, **more: Any) -> Report:
    """A report by a rule set in which every fifth item has a gap in its first component and every eleventh is undecided."""
    items = []
    for place, item in enumerate(ruleset.items):
        status = Status.GAP if place % 5 == 1 else Status.UNDECIDED if place % 11 == 3 else Status.PASS
        asked = next((c for c in item.checks if c.kind == "component"), item.checks[0])
        check = factory.check(
            item.id,
            asked.id.partition(".")[2],
            asked.kind,
            status,
            f"ผลของ {item.name.th}",
            component=asked.component or asked.kind,
            fix=f"แก้ไข {item.name.th}" if status is Status.GAP else None,
            asks=asked.asks.th if asked.asks else "",
            cause="timeout" if status is Status.UNDECIDED else None,
        )
        items.append(
            ItemResult(
                id=item.id,
                concepts=item.concepts,
                name=item.name.th,
                indicator=item.indicator,
                status=status,
                score={Status.PASS: 100, Status.GAP: 0}.get(status),
                worth=1.0,
                unit=UNITS[place % 3],
                checks=(check,),
            )
        )
    subs = [(s.id, s.name.th) for i in ruleset.indicators for s in i.subs] + [(i.id, i.name.th) for i in ruleset.indicators]
    values: dict[str, Any] = {
        "tool": ToolInfo(version="0"),
        "ruleset": RuleSetInfo(id=ruleset.id, version="0", fiscal_year=ruleset.fiscal_year),
        "agency": AgencyInfo(name=AGENCY, type="local", url="http://127.0.0.1/"),
        "run": factory.realistic().run.model_copy(update={"as_of": ruleset.window.opens.isoformat()}),
        "items": tuple(items),
        "scores": Scores(
            oit=Range(low=60, high=70), indicators=tuple(IndicatorScore(id=i, name=n, low=50, high=75) for i, n in sorted(subs))
        ),
        "plan": plan(items),
    }
    return Report(**(values | more))


def text_of(data: bytes | Path) -> str:
    """All that stands in the body of a Word file, a line each paragraph, cells too."""
    return "\n".join(p.text for p in paragraphs(opened(data)))


def opened(data: bytes | Path) -> Any:
    """A Word file, opened."""
    import io

    return docx.Document(str(data) if isinstance(data, Path) else io.BytesIO(data))


def paragraphs(document: Any) -> list[Any]:
    """Every paragraph in the body, those of cells too, each once."""
    found = []
    for block in document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
        found.append(docx.text.paragraph.Paragraph(block, document))
    return found


def blanks(document: Any) -> list[Any]:
    """The runs that a person has to fill: highlighted dots."""
    return [run for p in paragraphs(document) for run in p.runs if is_blank(run)]


def is_blank(run: Any) -> bool:
    """Whether a run is a highlighted dotted line."""
    return run.font.highlight_color is WD_COLOR_INDEX.YELLOW and set(run.text) <= {".", "\t"} and bool(run.text)


def filled(path: Path, target: Path) -> None:
    """The paper with every blank filled as a person would: points, names, units, days, findings of the surveys."""
    document = opened(path)
    for table in document.tables:
        head = [cell.text for cell in table.rows[0].cells]
        for row in table.rows[1:]:
            for title, cell in zip(head, row.cells, strict=True):
                _fill(cell.paragraphs, _value(title))
    _fill(document.paragraphs, lambda text: "๖ มกราคม" if "วันที่" in text else "นายตัวอย่าง ใจดี")
    document.save(str(target))


def _value(title: str) -> Callable[[str], str]:
    known = {"ระดับคะแนนที่ได้": "๙๑.๒๕", "ผู้รับผิดชอบ": "สำนักปลัด", "ผู้รายงาน": "หัวหน้าสำนักปลัด", "วันที่รายงาน": "๓๐ มิถุนายน"}
    return lambda _: known.get(title, "ดำเนินการแล้วตามที่กำหนด")


def _fill(made: list[Any], value: Callable[[str], str]) -> None:
    for paragraph in made:
        for run in paragraph.runs:
            if is_blank(run):
                run.text = value(paragraph.text)
                run.font.highlight_color = None
