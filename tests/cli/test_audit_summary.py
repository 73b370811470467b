"""What an audit tells at its end, with the nights before where the history knows them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from lxml import html

from ita_rules.audit.record import Result
from ita_rules.cli.audit_summary import summarise
from ita_rules.history import enter
from ita_rules.history.index import FILE_NAME
from ita_rules.model import Report, Status
from tests.history.build import NIGHT, save, simple


def result(base: Path, folder: Path, report: Report) -> Result:
    return Result(
        key=folder.parent.name,
        name=report.agency.name,
        type=report.agency.type.value,
        url=report.agency.url,
        outcome="judged",
        code=12,
        folder=folder.relative_to(base).as_posix(),
        finished=report.run.finished,
        ruleset=report.ruleset.id,
        heads=(("O1", "ข้อ", "9.1"),),
        statuses=(report.items[0].status,),
        low=50,
        high=60,
        complete=True,
    )


@pytest.fixture
def last(tmp_path: Path) -> Result:
    """The result of the third night of an agency."""
    told = [simple(status, NIGHT + dt.timedelta(days=n)) for n, status in enumerate(("gap", "gap", "pass"))]
    folders = [save(tmp_path, one) for one in told]
    for folder in folders:
        enter(tmp_path, folder)
    return result(tmp_path, folders[-1], told[-1])


def test_the_nights_before_stand_on_the_page_and_in_the_workbook(
    tmp_path: Path, last: Result, capsys: pytest.CaptureFixture[str]
) -> None:
    failed = last.model_copy(update={"outcome": "failed", "reason": "ไม่ตอบ", "folder": "", "heads": (), "statuses": ()})
    summarise([last, failed], tmp_path, ("json", "xlsx"), "th", {})
    page = html.fromstring((tmp_path / "index.html").read_bytes())
    assert "3 ครั้ง" in page.xpath("//td//svg/@aria-label")[0]
    assert "ต้องแก้ไข −1" in page.text_content()
    rows = list(openpyxl.load_workbook(tmp_path / "agencies.xlsx").worksheets[0].iter_rows(min_row=2, values_only=True))
    known = dict(zip(rows[0], rows[1], strict=True))
    assert known["ครั้งก่อนเมื่อ"] == "2026-01-06"
    assert known["ต้องแก้ไข เปลี่ยนไป"] == -1
    assert "index.html" in capsys.readouterr().out


@pytest.mark.parametrize("whole", [0, 4096])
def test_an_index_that_cannot_be_read_costs_the_trend_and_no_more(
    tmp_path: Path, last: Result, capsys: pytest.CaptureFixture[str], whole: int
) -> None:
    path = tmp_path / FILE_NAME
    content = path.read_bytes()
    # With its first page whole it opens, and what lies behind is gone.
    path.write_bytes(content[:whole] + b"\xff" * (len(content) - whole))
    summarise([last], tmp_path, ("json",), "th", {})
    assert "ไม่แสดงแนวโน้ม" in capsys.readouterr().err
    page = (tmp_path / "index.html").read_text("utf-8")
    assert "<svg" not in page
    assert Status.PASS.value in page
