"""Titles that programs write into files name nothing; what a person wrote stays, without the program's name."""

from __future__ import annotations

import pytest

from ita_rules.run.titles import own_title


@pytest.mark.parametrize(
    "title",
    [
        "",
        "about:blank",
        "http://www.example.go.th/print.php?id=3",
        "file:///C:/tmp/x",
        "b.html",
        "index.php?id=4",
        "Normal.dotm",
        "IMG_0012.jpg",
        "Microsoft Word - เอกสาร1",
        "Microsoft Word - Document2.docx",
        "Microsoft Excel - สมุดงาน1",
        "เอกสาร3",
        "Untitled",
        "untitled-1",
        "ไม่มีชื่อ",
        "PowerPoint Presentation",
        "งานนำเสนอ PowerPoint",
        "Scan_001",
        "Slide 1",
        "Book1.xlsx",
        "123",
    ],
)
def test_a_programs_title_is_none(title: str) -> None:
    assert own_title(title) == ""


@pytest.mark.parametrize(
    ("title", "own"),
    [
        ("รายงานประจำปี 2566", "รายงานประจำปี 2566"),
        ("Microsoft Word - แผนพัฒนา 2566-2570.docx", "แผนพัฒนา 2566-2570"),
        ("เอกสารประกอบการประชุม", "เอกสารประกอบการประชุม"),
        ("คู่มือ.pdf", "คู่มือ"),
        ("Annual report", "Annual report"),
    ],
)
def test_a_persons_title_stays(title: str, own: str) -> None:
    assert own_title(title) == own
