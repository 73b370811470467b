"""How the papers fall on pages, as LibreOffice lays them out. What stands in for TH Sarabun here is larger than it is, so what
fits on a page here fits there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from ita_rules.model import Report, Status
from reports.papers import DocxRenderer
from tests.reports import factory

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine"),
]
LONG = "กองยุทธศาสตร์และงบประมาณการพัฒนาท้องถิ่นและเมืองที่"


def full(report: Report) -> Report:
    """The same with many units of long names, an agency of a long name, and the closing day over."""
    items = tuple(item.model_copy(update={"unit": f"{LONG} {n % 20}"}) for n, item in enumerate(report.items))
    update = {
        "items": items,
        "agency": report.agency.model_copy(update={"name": "องค์การบริหารส่วนตำบล" + "ทุ่งดาวเรือง" * 20}),
        "ruleset": report.ruleset.model_copy(update={"answers_by": "2023-03-30"}),
    }
    return report.model_copy(update=update)


def all_gaps(report: Report) -> Report:
    gap = {"status": Status.GAP}
    items = (i.model_copy(update={**gap, "checks": tuple(c.model_copy(update=gap) for c in i.checks)}) for i in report.items)
    return report.model_copy(update={"items": tuple(items)})


def test_the_executives_page_is_one_and_no_table_is_lost(tmp_path: Path) -> None:
    reports = {
        "usual": factory.realistic(),
        "full": full(factory.realistic()),
        "gaps": full(all_gaps(factory.realistic())),
        "undecided": full(factory.undecided()),
    }
    for name, report in reports.items():
        DocxRenderer().render(report, tmp_path, name)
    papers = [f"{name}-executive.docx" for name in reports] + ["usual.docx"]
    profile = f"-env:UserInstallation=file://{tmp_path}/office"
    made = subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", "pdf", *papers],
        cwd=tmp_path,
        capture_output=True,
        timeout=240,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    assert {name: pages(tmp_path / f"{name}-executive.pdf") for name in reports} == dict.fromkeys(reports, 1)
    assert 3 <= pages(tmp_path / "usual.pdf") <= 25


def pages(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()
