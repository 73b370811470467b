"""The digest in words: one screen whatever there is, nothing of a site unescaped."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from ita_rules.digest import Digest, Due, Outage, Subject, digest
from ita_rules.messages import messages
from ita_rules.uptime import Expiry
from reports.digest import html, parts, text, title
from tests.digests import gap, item, report

DAY = dt.date(2026, 4, 10)
END = dt.datetime(2026, 4, 12, tzinfo=dt.UTC)


def crowded(name: str = "อบต. ") -> Digest:
    """More of everything than fits on a screen."""
    now = report(*(item(f"O{n}", "gap", unit="กองคลัง") for n in range(30)), item("O40", "pass"), item("O41", "undecided"))
    was = report(*(item(f"O{n}", "pass") for n in range(30)), item("O40", "gap"), item("O41", "pass"))
    subjects = [Subject(f"{name}{n}", "โทร. 02 123 4567", now, was) for n in range(300)]
    subjects += [Subject(f"ใหม่ {n}") for n in range(50)]
    return digest(
        subjects,
        DAY,
        outages=[Outage(f"{name}{n}", 3, 5) for n in range(20)],
        expiries=[Expiry("a.go.th", END, 2, 3), Expiry("b.go.th", END, -4, 3)] * 9,
        due=[Due("O6", "แผน", dt.date(2026, 4, 20), 10, False)] * 9,
        root=(dt.date(2026, 4, 9), "ab" * 32),
    )


@pytest.mark.parametrize("lang", ["th", "en"])
def test_it_fits_on_one_screen(lang: str) -> None:
    lines = text(crowded(), messages(lang)).splitlines()
    assert len(lines) <= 36
    assert max(len(line) for line in lines) < 400
    assert any("ab" * 32 in line for line in lines)
    assert sum(bool(re.match(r"\d+\. ", line)) for line in lines) == 8
    assert not any("*" in line for line in lines)


def test_what_nobody_compared_with_the_handbook_is_marked_once() -> None:
    doubtful = item("O1", "gap", checks=(gap(verified=False),))
    said = text(digest([Subject("ก", newest=report(doubtful, item("O2", "gap", 1)))], DAY), messages("en"))
    assert "1. ก: O1* O2, together" in said
    assert "- * conditions of this item were not compared with the handbook" in said


def test_a_line_says_whom_what_points_and_days() -> None:
    subject = Subject("อบต. ก", "02 123", report(item("O24", "gap", 2.5, unit="กองคลัง"), item("O1", "gap", 1)))
    said = text(digest([subject], DAY), messages("th"))
    assert "1. อบต. ก (ติดต่อ 02 123): O24 (กองคลัง) O1 รวม 3.5 คะแนน OIT เหลือ 20 วัน\n" in said
    late = report(item("O1", "gap", 1), closes="2026-04-09")
    said = text(digest([Subject("ก", "", late)], DAY), messages("en"))
    assert "1. ก: O1, together 1.0 points of OIT, closed 1 days ago\n" in said


def test_nothing_to_do_is_said_in_a_line() -> None:
    found = digest([Subject("ก", newest=report(item("O1", "pass")))], DAY)
    assert len(parts(found, messages("th"))) == 1
    assert "0" in title(found, messages("th"))
    assert "1 with nothing to mend" in text(found, messages("en"))


def test_the_page_trusts_no_name() -> None:
    page = html(crowded("<script>alert(1)</script>&\x1b[31m\u202e"), messages("th"))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert re.findall(r"""(?:src|href)=""", page) == []
    assert page.count("<li>") < 40
