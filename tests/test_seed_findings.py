"""What examiners found at real agencies, reproduced on papers and pages like theirs; and that the same, mended, passes.

The findings are those of agencies' own papers on their results of 2563 to 2566 (an examiner's or the agency's words on what its
evidence lacked), and what criteria say of when an item fails; the papers here are ours. Each finding names the check that has to
say it; where the fault is something that stands in the evidence, with its words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import yaml

from ita_rules.model import CheckResult, ItemResult, Status
from ita_rules.rulesets.load import load_ruleset
from tests.made import AGENCY, Form, judged, made, page, run_of


@dataclass(frozen=True)
class Finding:
    """A finding on an item of a form: which checks say it, the evidence as it was and mended; `quote` is a part of the words
    that show it."""

    name: str
    year: int
    item: str
    checks: tuple[str, ...]
    bad: str
    good: str
    quote: str = ""
    form: Form = "pdf"
    kind: str = "local"
    agency: str = AGENCY


FILE = yaml.safe_load((Path(__file__).parent / "seed_findings.yaml").read_text("utf-8"))
PAPERS = tuple(Finding(**{**told, "checks": tuple(told["checks"])}) for told in FILE["papers"])
PAGES: Mapping[str, str] = FILE["pages"]
STATISTICS: str = FILE["statistics"]


def failing(item: ItemResult) -> dict[str, CheckResult]:
    """The checks that an item fails by, by component (the kind's name for others)."""
    return {c.component: c for c in item.checks if c.status is Status.GAP}


def of_paper(finding: Finding, text: str) -> ItemResult:
    """The item as it is judged by a paper that the main page links under the item's name."""
    suffix = finding.form
    title = load_name(finding)
    home = page(f"<h1>{finding.agency}</h1><a href='/evidence.{suffix}'>{title}</a>")
    files: Mapping[str, bytes] = {"": home, f"evidence.{suffix}": made(text, finding.form)}
    run = run_of(files, kind=finding.kind, agency=finding.agency, answers={finding.item: f"evidence.{suffix}"})
    return judged(run, finding.year, finding.item)


def load_name(finding: Finding) -> str:
    """What the form calls the item."""
    item = load_ruleset(f"oit-{finding.year}").item(finding.item)
    assert item is not None
    return item.name.th


@pytest.mark.parametrize("finding", PAPERS, ids=lambda f: f"{f.year} {f.item} {f.name}")
def test_a_papers_fault_is_found_and_the_mended_paper_passes(finding: Finding) -> None:
    item = of_paper(finding, finding.bad)
    said = failing(item)
    assert item.status is Status.GAP, [(c.id, c.status, c.cause, c.why) for c in item.checks]
    assert set(finding.checks) <= set(said)
    for name in finding.checks:
        assert said[name].fix
        quotes = [e.quote or "" for e in said[name].evidence]
        assert any(finding.quote in q for q in quotes) if finding.quote else said[name].evidence
    mended = of_paper(finding, finding.good)
    assert {c: r.message for c, r in failing(mended).items() if r.severity == "criterion"} == {}
    assert mended.status is Status.PASS, [(c.id, c.message) for c in mended.checks if c.status is not Status.PASS]


@pytest.mark.parametrize("form", ["pdf", "docx", "html"])
def test_the_examiners_finding_of_problems_missing_is_made_in_every_form(form: Form) -> None:
    finding = PAPERS[0]
    one = replace(finding, form=form)
    assert set(failing(of_paper(one, finding.bad))) >= {"problems", "suggestions"}
    assert of_paper(one, finding.good).status is Status.PASS


@dataclass(frozen=True)
class Place:
    """A finding on pages of a site: the files as they were and mended (or the cause why nothing came), the answered path."""

    name: str
    year: int
    item: str
    check: str
    bad: Mapping[str, bytes | str]
    good: Mapping[str, bytes | str]
    answer: str = "p"


PERSON = "<tr><td>{photo}</td><td>{name}</td><td>{post}</td><td>{phone}</td></tr>"
PEOPLE = (
    ("นายสมชาย ใจงาม", "นายกองค์การบริหารส่วนตำบล", "081 234 5678"),
    ("นางสาวมาลี ศรีสุข", "รองนายกองค์การบริหารส่วนตำบล", "081 234 5679"),
    ("นายประเสริฐ มั่นคง", "ปลัดองค์การบริหารส่วนตำบล", "081 234 5680"),
    ("นางวันดี ทองคำ", "รองปลัดองค์การบริหารส่วนตำบล", "081 234 5681"),
)


def people(photos: bool = True, phones: bool = True) -> bytes:
    """The page of the executives."""
    rows = [
        PERSON.format(
            photo=f"<img src='/photo-{n}.jpg' alt='{name}' width=150 height=200>" if photos else "",
            name=name,
            post=post,
            phone=f"โทร. {phone}" if phones else "",
        )
        for n, (name, post, phone) in enumerate(PEOPLE)
    ]
    heads = "<h1>ข้อมูลผู้บริหาร</h1><h2>ฝ่ายการเมือง</h2>", "<h2>ฝ่ายข้าราชการประจำ</h2>"
    return page(f"{heads[0]}<table>{''.join(rows[:2])}</table>{heads[1]}<table>{''.join(rows[2:])}</table>")


def home(path: str, title: str) -> bytes:
    """A main page with a link."""
    return page(f"<h1>{AGENCY}</h1><ul><li><a href='/{path}'>{title}</a></li><li><a href='/about'>เกี่ยวกับเรา</a></li></ul>")


def site(title: str, evidence: bytes | str, *, path: str = "p", linked: bool = True) -> Mapping[str, bytes | str]:
    """A small site with one piece of evidence."""
    about = page(f"<h1>เกี่ยวกับเรา</h1><p>{AGENCY} ตั้งอยู่ในอำเภอตัวอย่าง</p>")
    photos = (
        {f"photo-{n}.jpg": b"" for n, _ in enumerate(PEOPLE)} if isinstance(evidence, bytes) and b"photo-0" in evidence else {}
    )
    return {"": home(path if linked else "about", title if linked else "เกี่ยวกับ"), "about": about, path: evidence, **photos}


def news(*days: str) -> bytes:
    """A list of news."""
    return page("<h1>ข่าวประชาสัมพันธ์</h1>" + "".join(f"<h3>ลงพื้นที่พัฒนาคลองสายหลัก</h3><p>{day}</p>" for day in days))


MAP = "<iframe src='https://www.google.com/maps/embed?pb=1'></iframe>"
BLANK = made(FILE["blank"], "docx")
SURVEY = made(next(f.good for f in PAPERS if f.item == "O17"), "docx")
CITIZEN = f"{STATISTICS}ผู้ร้องเรียน นางสาวมาลี ศรีสุข เลขประจำตัวประชาชน 1-1017-00230-70-8\n"
CORRUPTION = "ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ"
SURVEYED = "รายงานผลการสำรวจความพึงพอใจ"


def at(name: str, more: str = "") -> bytes:
    """One of the pages of the file."""
    return page(PAGES[name] + more)


PLACES = (
    Place("ไม่พบรูปคณะผู้บริหาร", 2564, "O2", "person-photo",
          site("ข้อมูลผู้บริหาร", people(photos=False)), site("ข้อมูลผู้บริหาร", people())),
    Place("ไม่มีช่องทางติดต่อผู้บริหารแต่ละคน", 2566, "O2", "person-contact",
          site("ข้อมูลผู้บริหาร", people(phones=False)), site("ข้อมูลผู้บริหาร", people())),
    Place("ข่าวล่าสุดเป็นของปีก่อน", 2566, "O7", "period",
          site("ข่าวประชาสัมพันธ์", news("14 มีนาคม 2565", "2 สิงหาคม 2565")),
          site("ข่าวประชาสัมพันธ์", news("14 มีนาคม 2565", "16 กุมภาพันธ์ 2566"))),
    Place("ช่องทางร้องเรียนการทุจริตไม่เชื่อมโยงจากเว็บไซต์หลัก", 2565, "O30", "linked",
          site(CORRUPTION, at("channel"), linked=False),
          site(CORRUPTION, at("channel"))),
    Place("ใช้ช่องทางเดียวกับเรื่องร้องเรียนทั่วไป", 2566, "O28", "separate-channel",
          site("ร้องเรียน ร้องทุกข์", at("shared")), site(CORRUPTION, at("channel"))),
    Place("มีแต่แบบฟอร์มติดต่อ ไม่ใช่การสื่อสารสองทาง", 2566, "O8", "two_way", site("Q&A", at("ask")), site("Q&A", at("chat"))),
    Place("ไม่พบแผนที่ตั้ง", 2566, "O5", "map", site("ข้อมูลการติดต่อ", at("contact")), site("ข้อมูลการติดต่อ", at("contact", MAP))),
    Place("เป็นการดาวน์โหลดแบบฟอร์ม ไม่ใช่ระบบขอรับบริการ", 2566, "O18", "online-request",
          {**site("E-Service", at("print")), "form1.pdf": BLANK, "form2.pdf": BLANK}, site("E-Service", at("apply"))),
    Place("บริการออนไลน์ไม่เข้าถึงจากเว็บไซต์หลัก", 2564, "O17", "linked",
          site("E-Service", at("apply"), linked=False), site("E-Service", at("apply"))),
    Place("ไฟล์เปิดไม่ได้", 2566, "O17", "reachable", site(SURVEYED, "http_404", path="s.docx"),
          site(SURVEYED, SURVEY, path="s.docx"), answer="s.docx"),
    Place("ไฟล์ขอสิทธิ์ก่อนเปิด", 2566, "O17", "reachable", site(SURVEYED, "login", path="s.docx"),
          site(SURVEYED, SURVEY, path="s.docx"), answer="s.docx"),
)  # fmt: skip


def of_site(place: Place, files: Mapping[str, bytes | str]) -> ItemResult:
    """The item as it is judged on a site whose every page was seen."""
    return judged(run_of(files, answers={place.item: place.answer}), place.year, place.item)


@pytest.mark.parametrize("place", PLACES, ids=lambda p: f"{p.year} {p.item} {p.name}")
def test_a_sites_fault_is_found_and_the_mended_site_passes(place: Place) -> None:
    item = of_site(place, place.bad)
    said = failing(item)
    assert item.status is Status.GAP, [(c.id, c.status, c.cause, c.why) for c in item.checks]
    assert place.check in said
    assert said[place.check].fix
    assert said[place.check].evidence
    mended = of_site(place, place.good)
    assert mended.status is Status.PASS, [(c.id, c.message, c.why) for c in mended.checks if c.status is not Status.PASS]


def test_personal_data_in_statistics_is_told_and_hidden() -> None:
    finding = Finding("", 2566, "O29", (), CITIZEN, STATISTICS, form="docx")
    item = of_paper(finding, finding.bad)
    told = failing(item)["personal_data"]
    assert told.severity == "advice"
    assert item.status is Status.PASS
    assert "1-1017-00230-70-8" not in told.model_dump_json()
    assert "personal_data" not in failing(of_paper(finding, finding.good))
