"""Whether what a document says of its period is what an item asks for."""

from __future__ import annotations

import pytest

from ita_rules.checks.find.fit import asked_of, fit
from ita_rules.locate import Titles
from ita_rules.locate.expand import piece
from ita_rules.locate.site import SiteView
from tests.build import REPORT, Site, check, item, rules

ITEM = item("O13", "annual-report")
TITLES = Titles(rules(ITEM))


def fits(text: str, covers: str) -> tuple[str, str]:
    """The verdict and its reason for fiscal year 2566."""
    site = Site().page("/").file("a.pdf", text)
    view = SiteView(site.data)
    asked = asked_of(check("period", covers=covers), 2566)
    found = fit(view, piece(view, site.key("a.pdf"), site.url("a.pdf")), ITEM, TITLES, asked)
    return found.verdict, found.reason


@pytest.mark.parametrize(
    ("text", "covers", "verdict", "reason"),
    [
        (f"# {REPORT} พ.ศ. 2565", "previous_fiscal_year", "fit", ""),
        (f"# {REPORT} พ.ศ. 2564", "previous_fiscal_year", "other", "gap"),
        (f"# {REPORT} พ.ศ. 2565", "fiscal_year_or_previous", "fit", ""),
        ("# แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570)", "span", "fit", ""),
        ("# แผนพัฒนาท้องถิ่น (พ.ศ. 2561 - 2565)", "span", "other", "span"),
        ("# รายงาน รอบ 6 เดือน ปีงบประมาณ 2566", "first_half", "fit", ""),
        ("# รายงาน (ต.ค. 65 - ธ.ค. 65)", "first_half", "other", "half"),
        ("# รายงาน รอบ 6 เดือนหลัง ปีงบประมาณ 2566", "first_half", "other", "half"),
        ("# รายงาน ไตรมาสที่ 1 ปีงบประมาณ 2566\n(เดือนตุลาคม - ธันวาคม 2565)", "first_half", "other", "half"),
        ("# รายงาน ไตรมาสที่ 1 ปีงบประมาณ 2566\n## ไตรมาสที่ 2", "first_half", "fit", ""),
        ("# รายงาน ไตรมาสที่ 1 ปีงบประมาณ 2566\nเบิกจ่ายเดือนมีนาคม 2566", "first_half", "fit", ""),
        ("# รายงาน", "fiscal_year", "unknown", "none"),
        ("# คำสั่งที่ 12/2566", "fiscal_year", "fit", ""),
        ("# คำสั่งที่ 12/2565", "fiscal_year", "unknown", "none"),  # given in October, perhaps
        ("# คำสั่งที่ 12/2564", "fiscal_year", "other", "gap"),
        (
            "# คำสั่งที่ 12/2565\n| วัน | งาน |\n| 3 ต.ค. 2565 | ปลูก |\n| 4 ต.ค. 2565 | รด |\n| 5 พ.ย. 2565 | ตัด |",
            "fiscal_year",
            "fit",
            "",
        ),
        (
            "# คำสั่งที่ 12/2565\n| วัน | งาน |\n| 3 ม.ค. 2565 | ปลูก |\n| 4 ก.พ. 2565 | รด |\n| 5 มี.ค. 2565 | ตัด |",
            "fiscal_year",
            "other",
            "gap",
        ),
        (
            "# แผน ปี 2566\n| งาน | เริ่ม | จบ |\n| ถนน | ต.ค. 64 | ม.ค. 65 |\n| คลอง | ม.ค. 65 | มี.ค. 65 |",
            "fiscal_year",
            "other",
            "mixed",
        ),
    ],
)
def test_the_period_asked(text: str, covers: str, verdict: str, reason: str) -> None:
    assert fits(text, covers) == (verdict, reason)
