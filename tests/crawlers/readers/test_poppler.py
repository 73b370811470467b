"""Poppler's boxes become the lines that poppler itself would print; a program that fails or hangs is done without."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from crawlers.readers import poppler
from crawlers.readers.poppler import Poppler, lines_of
from ita_rules.data import data_folder
from tests.crawlers.readers.pdfmaker import Sheet, pdf

needs_poppler = pytest.mark.skipif(not poppler.poppler_version(), reason="no pdftotext here")


def boxes(*words: tuple[float, float, float, float, str]) -> str:
    return "".join(f'<word xMin="{a}" yMin="{b}" xMax="{c}" yMax="{d}">{text}</word>\n' for a, b, c, d, text in words)


def texts(page: str) -> list[str]:
    return [line.text for line in lines_of(page)]


def test_blanks_and_ends_of_lines_follow_from_the_boxes() -> None:
    page = boxes(
        (10, 10, 50, 30, "ปี"), (51, 10, 90, 30, "งบ"), (94, 10, 120, 30, "a&amp;b"), (10, 34, 40, 54, "next"),
        (20, 34, 60, 54, "back"), (61, 44, 70, 56, "2"), (200, 90, 220, 110, "far"),
    )  # fmt: skip
    assert texts(page) == ["ปีงบ a&b", "next", "back2", "far"]


def test_blanks_within_words_part_their_pieces() -> None:
    line = lines_of(
        boxes((0, 0, 9, 20, "ผู"), (9, 0, 9, 20, " ้"), (9, 0, 30, 20, "ใช้ งาน "), (31, 0, 40, 20, "x"), (40, 0, 44, 20, " "))
    )
    assert [(span.text, span.gap) for span in line[0].spans] == [
        ("ผู", False),
        ("้", True),
        ("ใช้", False),
        ("งาน", True),
        ("x", True),
    ]
    assert lines_of("") == []


def test_word_without_a_place_keeps_its_text() -> None:
    page = boxes((0, 0, 9, 20, "a"), (float("nan"), 0, float("inf"), 20, "b"), (0, 50, 9, 70, "c"))
    found = [(line.text, line.placed) for line in lines_of(page)]
    assert found == [("a", True), ("b", False), ("c", True)]


@needs_poppler
def test_lines_are_those_of_the_raw_output() -> None:
    paths = sorted((data_folder("samples") / "site").glob("*.pdf"))[:12]
    assert paths
    for path in paths:
        raw = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True).stdout
        pages = raw.decode().split("\f")[:-1]
        with Poppler(path.read_bytes(), 300, 20) as reading:
            for page in pages:
                lines = reading.next_page()
                assert lines is not None
                assert [line.text.split() for line in lines] == [line.split() for line in page.splitlines() if line.strip()]
            assert reading.next_page() is None


@needs_poppler
def test_only_the_pages_asked_for() -> None:
    with Poppler(pdf(*(Sheet().text(71, 60, f"page {n}") for n in range(4))), 2, 20) as reading:
        assert [[line.text for line in reading.next_page() or []] for _ in range(2)] == [["page 0"], ["page 1"]]
        assert reading.next_page() is None


def program(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program in the place of ``pdftotext``."""
    path = folder / "pdftotext"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setattr(poppler.shutil, "which", lambda name: str(path))
    monkeypatch.setattr(poppler, "poppler_version", lambda: "1")


PAGE = '<page width=\\"1\\" height=\\"1\\"><word xMin=\\"0\\" yMin=\\"0\\" xMax=\\"9\\" yMax=\\"9\\">word</word></page>'


@pytest.mark.skipif(not Path("/bin/sh").exists(), reason="no shell here")
@pytest.mark.parametrize("end", ["exit 3", "kill -9 $$", 'printf \'<page width="1" height="1"><word\''])
def test_pages_before_a_failure_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    program(tmp_path, monkeypatch, f'echo "{PAGE}"\n{end}')
    with Poppler(b"%PDF", 9, 20) as reading:
        assert [line.text for line in reading.next_page() or []] == ["word"]
        assert reading.next_page() is None
        assert reading.next_page() is None


@pytest.mark.skipif(not Path("/bin/sh").exists(), reason="no shell here")
def test_hanging_program_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, monkeypatch, "exec sleep 60")
    began = time.monotonic()
    with Poppler(b"%PDF", 9, 0.1) as reading:
        assert reading.next_page() is None
    assert time.monotonic() - began < 10


@pytest.mark.skipif(not Path("/bin/sh").exists(), reason="no shell here")
def test_leaving_early_ends_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, monkeypatch, f'echo "{PAGE}"\nexec sleep 60')
    began = time.monotonic()
    with Poppler(b"%PDF", 9, 60) as reading:
        assert reading.next_page() is not None
        process = reading._process
    assert process is not None
    assert process.returncode is not None
    assert time.monotonic() - began < 10


@pytest.mark.skipif(not Path("/bin/sh").exists(), reason="no shell here")
def test_endless_page_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, monkeypatch, "exec yes '<page width='")
    monkeypatch.setattr(poppler, "MAX_PAGE", 1 << 20)
    with Poppler(b"%PDF", 9, 60) as reading:
        assert reading.next_page() is None
