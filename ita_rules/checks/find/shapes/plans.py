"""Plans and what became of them: months and years in columns, projects, figures, what was held on a day."""

from __future__ import annotations

import re

from ita_rules.checks.find.findings import Hit
from ita_rules.checks.find.shapes.sight import Sight, detector, hit
from ita_rules.checks.find.tables import filled, tables
from ita_rules.thai.fold import clean
from ita_rules.thai.months import MONTH
from ita_rules.thai.periods import mentions

_MONTH_HEAD = re.compile(rf"{MONTH}|ไตรมาส|(?<![A-Za-z])Q[1-4](?![0-9A-Za-z])")
_YEAR_HEAD = re.compile(r"(?<!\d)25\d\d(?!\d)")
_PROJECT_NUMBERED = re.compile(r"^\s*(?:[-•]\s*)?(?:โครงการ|กิจกรรม)\s*ที่\s*\d+")
_PROJECT = re.compile(r"^(?:โครงการ|กิจกรรม|จัดซื้อ|จ้าง|ก่อสร้าง|อุดหนุน)[ก-๙]{2,}")
_ACTIVITY = re.compile(
    r"กิจกรรม|โครงการ|มีส่วนร่วม|จัดเมื่อ|จัดขึ้น|ประชุม|อบรม|สัมมนา|เข้าร่วม|ประชาคม|รณรงค์|ลงพื้นที่|จัดงาน|มอบนโยบาย|ถ่ายทอด|รับฟัง|เวที|ชี้แจง|ปฏิญาณ|กล่าวคำ"
    r"|แคมเปญ|นำบุคลากร|นำเจ้าหน้าที่|นำคณะ|ถ่ายรูป|ถ่ายภาพ|ชวนพนักงาน|ชวนบุคลากร|ชวนเจ้าหน้าที่|ปลูกฝัง|ซักซ้อม|บรรยาย|เวิร์กชอป|เวิร์กช็อป|มอบเกียรติบัตร|ลงนามร่วม|แสดงสัญลักษณ์|กำชับ"
    r"|(?<!ขอ)(?<!เรื่อง )ประกาศเจตนารมณ์"  # the ceremony, not the words of the paper that was announced
)


@detector("month-columns")
def month_columns(sight: Sight) -> list[Hit]:
    """A plan by months or quarters: a table with three or more such columns of which some cells are marked."""
    for table in sight.lines.once(tables):
        columns = [i for i, h in enumerate(table.heads) if _MONTH_HEAD.search(clean(h)) and len(h) <= 40]
        if len(columns) >= 3 and any(filled(c) for i in columns for _, c in table.column(i)):
            words = " … ".join(table.heads[i] for i in columns[:2])
            return [hit(table.head_lines[-1], "month-columns", words)]
    names = [x for x in sight.lines if not x.toc and len(re.findall(MONTH, x.clean)) >= 6]
    return [hit(names[0], "month-columns", confidence=0.85)] if names else []


@detector("year-columns")
def year_columns(sight: Sight) -> list[Hit]:
    """A plan by years: a table with two or more columns of years, one a year, of which some cells are marked."""
    for table in sight.lines.once(tables):
        columns = [i for i, h in enumerate(table.heads) if _YEAR_HEAD.search(clean(h)) and len(h) <= 40]
        years = {_YEAR_HEAD.findall(clean(table.heads[i]))[-1] for i in columns}
        if len(years) >= 2 and any(filled(c) for i in columns for _, c in table.column(i)):
            return [hit(table.head_lines[-1], "year-columns", " … ".join(table.heads[i] for i in columns[:2]), 0.85)]
    return []


@detector("month-range")
def month_range(sight: Sight) -> list[Hit]:
    """Months from – to (ต.ค. 65 - ก.ย. 66) in a row or line of content."""
    for line in sight.lines:
        if not line.toc and line.block.kind in ("row", "item", "text"):
            found = [m for m in mentions(line.text) if m.kind in ("range", "month")]
            if found and (line.block.kind == "row" or len(line.key) > 12):
                return [hit(line, "month-range", confidence=0.85)]
    return []


@detector("figures")
def figures(sight: Sight) -> list[Hit]:
    """A table with numbers in its cells."""
    for table in sight.lines.once(tables):
        rows = [r for r in table.rows if any(re.search(r"\d", clean(c)) for c in r.block.cells[1:])]
        if rows:
            return [hit(rows[0], "figures", confidence=0.88)]
    return []


@detector("dated-activity")
def dated_activity(sight: Sight) -> list[Hit]:
    """Something that was held or done on a day: a line that names an act, with a date in it or near it."""
    for at, line in enumerate(sight.lines):
        if line.toc or not _ACTIVITY.search(line.clean):
            continue
        near = " ".join(x.text for x in sight.lines[max(0, at - 2) : at + 3])
        # months in a row of a table are a plan as often as a deed; a day is not
        kinds = ("date",) if line.block.kind == "row" else ("date", "month", "range")
        if any(m.kind in kinds for m in mentions(near)):
            return [hit(line, "dated-activity", confidence=0.9)]
    return []


@detector("project-lines")
def project_lines(sight: Sight) -> list[Hit]:
    """Two or more lines or cells that begin with the name of a project or activity."""
    named = []
    for line in sight.lines:
        cells = line.block.cells or (line.bare,)
        if not line.toc and _PROJECT_NUMBERED.match(line.clean):
            named.append(line)
            continue
        if not line.toc and any(_PROJECT.match(re.sub(r"^[\d.\s)(-]+", "", clean(c).strip())) for c in cells):
            named.append(line)
    return [hit(x, "project-lines", confidence=0.9) for x in named[:2]] if len(named) >= 2 else []
