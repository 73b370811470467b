"""The terminal shows every item, obeys no text from a site, and works in narrow and old terminals."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from ita_rules.messages import messages
from ita_rules.model import NearMiss, Range, Status
from reports.terminal import render
from tests.reports import factory
from tests.reports.test_html_report import narrowly


def _shown(
    report: Any, width: int = 80, lang: str | None = None, encoding: str = "utf-8", colour: bool = False, **more: Any
) -> str:
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding=encoding, newline="") as file:
        console = Console(
            file=file, width=width, force_terminal=colour, color_system="truecolor" if colour else None, legacy_windows=False
        )
        render(report, console, lang, **more)
        file.flush()
        return raw.getvalue().decode(encoding)


@pytest.mark.parametrize("width", [80, 150])
@pytest.mark.parametrize("lang", ["th", "en"])
def test_every_item_is_shown_and_no_line_is_too_long(width: int, lang: str) -> None:
    text = _shown(factory.realistic(), width, lang)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    for number in range(1, 44):
        assert re.search(rf"^ ?O{number} ", text, re.MULTILINE), number
    say = messages(lang).say
    for status in ("pass", "gap", "undecided", "not_due", "not_applicable"):
        assert say(f"status.{status}") in text
    assert say("cli.score", low="72.19", high="85") in text
    assert "→" in text
    assert "\x1b" not in text


def test_it_says_where_the_report_lies_in_one_piece() -> None:
    path = Path("/home") / ("ยาว" * 30) / "report.html"
    assert f"รายงานฉบับเต็ม: {path}" in _shown(factory.realistic(), html=path)
    assert "รายงานฉบับเต็ม" not in _shown(factory.realistic())


def test_unverified_and_incomplete_are_said() -> None:
    text = " ".join(_shown(factory.realistic()).split())
    assert "(ยังไม่ได้ตรวจเทียบกับคู่มือ)" in text
    assert "หยุดก่อนเสร็จ: ครบจำนวนหน้าที่กำหนด" in text
    assert "ยังดูเว็บไซต์ได้ไม่ครบ" in text
    assert "ไม่ใช่ผลการประเมินของสำนักงาน ป.ป.ช." in text


@pytest.mark.parametrize("colour", [False, True])
def test_hostile_text_has_no_effect(colour: bool) -> None:
    text = _shown(factory.hostile(), colour=colour)
    assert "[bold red]markup[/]" in text.replace("\n", "")  # markup stays text
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)  # what rich itself writes
    assert re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", plain) == []
    assert ("\x1b[" in text) is colour
    assert "\x1b]" not in text
    assert len(text) < 30_000


@pytest.mark.parametrize("encoding", ["cp874", "ascii", "utf-8"])
def test_an_old_console_shows_it_too(encoding: str) -> None:
    for report in (factory.realistic(), factory.hostile(), factory.undecided(), factory.empty()):
        assert "ita" in _shown(report, encoding=encoding, html=Path("ita.html"))
    old = _shown(factory.realistic(), encoding="cp874")
    assert "x ต้องแก้ไข" in old
    assert "โครงสร้าง" in old


def test_one_cause_of_everything_is_said_once() -> None:
    text = " ".join(_shown(factory.undecided()).split())
    say = messages("th")
    assert text.count(say.cause("site_down")) == 1
    assert say.who("site_down") in text
    assert say.say("cli.all_undecided", count=43, cause=say.cause("site_down")) in text
    assert "O13" not in text


def test_a_mark_never_stands_alone_on_its_line() -> None:
    report = factory.realistic()
    first = next(i for i in report.items if i.status is Status.GAP)
    long = first.model_copy(update={"checks": tuple(c.model_copy(update={"fix": "ก" * 150}) for c in first.checks)})
    text = _shown(report.model_copy(update={"items": (long,)}))
    assert "กกก" in text
    assert not re.search(r"^\s*[→·]\s*$", text, re.MULTILINE)


def test_files_from_disk_have_no_score_and_no_empty_first_line() -> None:
    report = factory.realistic()
    files = report.model_copy(update={"agency": report.agency.model_copy(update={"name": "", "url": ""})})
    text = _shown(files)
    assert text.splitlines()[0].strip()
    assert "คะแนน OIT โดยประมาณ" not in text


def test_an_empty_report_says_so() -> None:
    assert messages("th").say("report.items.none") in _shown(factory.empty())


def test_it_opens_with_what_passes_narrowly_with_the_page() -> None:
    text = _shown(narrowly(), 150)
    head = text[: text.index("ชื่อข้อ")]
    assert messages("th").say("report.open") in head
    assert "ข้อ O14 แสดงปี (อ่านจากภาพสแกน)" in head
    assert f"{factory.SITE}/a.pdf#page=7" in head


def test_points_to_win_back_exceptions_and_the_total_are_said() -> None:
    text = " ".join(_shown(narrowly(), 150).split())
    assert "ข้อ O21 +2.5, ข้อ O28 +2.5" in text
    assert "O42 +" not in text
    assert "(ยกเว้นถึง 31 ธันวาคม 2566 เพราะ จังหวัดเป็นผู้จัดทำ" in text
    assert "คะแนน ITA รวมโดยประมาณ: 81.38 ถึง 86.5 จาก 100 · ระดับ: ต้องปรับปรุง ถึง ผ่านดี" in text


def test_to_a_reviewer_gaps_are_proposals_with_what_came_near_and_no_score() -> None:
    near = NearMiss(label="อุปสรรคของงาน", wording="ปัญหา อุปสรรค", likeness=72, url="https://a.go.th/")
    report = narrowly()
    items = tuple(
        i.model_copy(update={"checks": tuple(c.model_copy(update={"near": (near,)}) for c in i.checks)}) for i in report.items
    )
    report = report.model_copy(update={"items": items})
    assert "อุปสรรคของงาน" not in _shown(report, 150)
    text = _shown(report.model_copy(update={"persona": "reviewer"}), 150)
    assert "อุปสรรคของงาน" in text
    assert "! เสนอให้ตรวจ" in text
    for gone in ("ต้องแก้ไข", "คะแนน OIT", "คะแนน ITA", "✕"):
        assert gone not in text.replace("เงื่อนไขที่ต้องแก้ไข", ""), gone


def test_a_score_with_nothing_open_is_one_number() -> None:
    report = factory.realistic()
    sure = report.model_copy(update={"scores": report.scores.model_copy(update={"oit": Range(low=73.25, high=73.25)})})
    assert "คะแนน OIT โดยประมาณ: 73.25 จาก 100" in _shown(sure)


def test_it_says_who_must_act_on_what_was_not_seen() -> None:
    text = _shown(factory.realistic(), 200, "en")
    assert "The agency's webmaster (2), The hosting provider (1), The owner of another service (1)" in text
    say = messages("en").say
    assert say("cli.insecure", count=2) in text
    assert say("cli.bounds", count=2) in text
    assert say("cli.unreached", groups="").split(":")[0] not in _shown(factory.empty(), 200, "en")
