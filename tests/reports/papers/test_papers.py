"""What the papers say and leave blank, with ordinary reports and with bad ones."""

from __future__ import annotations

import re
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from ita_rules.errors import OutputError
from ita_rules.model import Report, Status, Total, Waived
from ita_rules.rulesets.load import load_ruleset
from reports import renderers
from reports.papers import DocxRenderer
from reports.papers.renderer import PAPERS
from tests.reports import factory
from tests.reports.papers import made

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LONG_NAME = 'องค์การ"บริหาร" <ส่วน> & \u202eตำบล\u2066 \x1b[31m' * 12


def papers(report: Report, folder: Path) -> dict[str, str]:
    """The texts of all papers by what their names add."""
    DocxRenderer().render(report, folder, "report")
    return {ending: made.text_of(folder / f"report{ending}.docx") for ending in PAPERS}


def with_units(report: Report, *names: str) -> Report:
    items = tuple(item.model_copy(update={"unit": names[n % len(names)]}) for n, item in enumerate(report.items))
    return report.model_copy(update={"items": items})


def closing(report: Report, day: str | None, as_of: str) -> Report:
    ruleset = report.ruleset.model_copy(update={"answers_by": day, "answers_by_verified": True})
    return report.model_copy(update={"ruleset": ruleset, "run": report.run.model_copy(update={"as_of": as_of})})


def test_the_format_writes_four_files_under_the_reports_name(tmp_path: Path) -> None:
    path = renderers()["docx"].render(factory.realistic(), tmp_path / "new", "report")
    assert path == tmp_path / "new" / "report.docx"
    names = ["report-executive.docx", "report-memo.docx", "report-units.docx", "report.docx"]
    assert sorted(p.name for p in path.parent.iterdir()) == names


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    for stem in ("a", "b"):
        DocxRenderer().render(factory.realistic(), tmp_path, stem)
        time.sleep(0 if stem == "b" else 2.1)  # a ZIP counts time in two seconds
    for ending in PAPERS:
        assert (tmp_path / f"a{ending}.docx").read_bytes() == (tmp_path / f"b{ending}.docx").read_bytes()


def test_every_gap_stands_in_the_analysis_with_its_fix_and_unit(tmp_path: Path) -> None:
    report = with_units(factory.realistic(), "กองคลัง", "สำนักปลัด")
    told = papers(report, tmp_path)
    mended = [item for item in report.items if item.status is Status.GAP]
    assert len(mended) >= 5
    for item in mended:
        for ending in ("", "-units"):
            assert f"ข้อ {item.id} " in told[ending]
        gaps = [c for c in item.checks if c.status is Status.GAP and c.severity == "criterion"]
        for check in gaps:
            fix = re.sub(r"[0-9๐-๙]", "", check.fix or "")
            for ending in ("", "-units"):
                assert fix in re.sub(r"[0-9๐-๙]", "", told[ending])
    assert "กองคลัง" in told["-memo"]
    assert "กองคลัง" in told["-executive"]
    assert "(เงื่อนไขยังไม่ได้ตรวจเทียบกับคู่มือ)" in told[""]


def test_numbers_are_thai_and_codes_are_not(tmp_path: Path) -> None:
    told = papers(closing(factory.realistic(), "2023-04-30", "2023-04-01"), tmp_path)
    assert "ปีงบประมาณ พ.ศ. ๒๕๖๖" in told[""]
    assert "ปีงบประมาณ พ.ศ. ๒๕๖๕ ที่สำนักงาน ป.ป.ช. แจ้ง" in told[""]
    assert "๓๐ เมษายน ๒๕๖๖ (เหลือ ๒๙ วันนับจากวันที่ตรวจ)" in told["-executive"]
    assert "O13" in told[""]
    # Arabic figures stand within words with Latin letters alone.
    assert re.findall(r"(?<![A-Za-z0-9.\-_/])[0-9]+(?![A-Za-z0-9\-_/.])", told["-executive"]) == []


@pytest.mark.parametrize(
    ("day", "as_of", "words"),
    [
        ("2023-04-30", "2023-05-02", "ปิดรับคำตอบแบบวัด OIT แล้วเมื่อวันที่ ๓๐ เมษายน ๒๕๖๖ (ก่อนวันที่ตรวจ ๒ วัน)"),
        ("2023-04-30", "2023-04-30", "วันเดียวกับวันที่ตรวจ"),
        (None, "2023-04-30", "วันปิดรับคำตอบแบบวัด OIT: ...."),
        ("soon", "2023-04-30", "วันปิดรับคำตอบแบบวัด OIT: ...."),
    ],
)
def test_the_closing_day_and_who_is_late(day: str | None, as_of: str, words: str, tmp_path: Path) -> None:
    told = papers(with_units(closing(factory.realistic(), day, as_of), "กองคลัง"), tmp_path)
    assert words in told["-executive"]
    assert ("ส่วนงานที่เลยกำหนด" in told["-executive"]) == ("แล้วเมื่อ" in words)


def test_time_runs_to_the_closing_day_else_to_the_years_end_else_is_left_blank() -> None:
    report = factory.realistic()
    assert made.content(closing(report, "2023-04-30", "2023-04-01")).time() == "ภายใน 30 เม.ย. 2566 และต่อเนื่องถึง ก.ย. 2566"
    assert made.content(closing(report, "2023-04-30", "2023-06-01")).time() == "มิ.ย. 2566 – ก.ย. 2566"
    assert set(made.content(closing(report, None, "2024-01-01")).time()) == {"_"}


def test_what_only_people_know_is_blank_and_highlighted(tmp_path: Path) -> None:
    DocxRenderer().render(factory.realistic(), tmp_path, "report")
    labels = {"-memo": ("ส่วนราชการ", "ที่ ", "เรียน", "ลงชื่อ", "ตำแหน่ง"), "": ("ได้ประชุมเมื่อวันที่", "ลงชื่อ"), "-executive": ("ลงชื่อ",)}
    for ending, wanted in labels.items():
        document = made.opened(tmp_path / f"report{ending}.docx")
        for label in wanted:
            lines = [p for p in made.paragraphs(document) if p.text.lstrip().startswith(label) or f" {label}" in p.text]
            assert any(made.is_blank(run) for p in lines for run in p.runs), (ending, label)
        # No dotted line is without its mark, and every page says that this is a draft.
        dots = [r for p in made.paragraphs(document) for r in p.runs if "...." in r.text]
        assert all(made.is_blank(run) for run in dots)
        assert [s.header.paragraphs[0].text for s in document.sections if not s.header.is_linked_to_previous] == ["ร่าง"]


def test_the_layout_is_that_of_government_papers(tmp_path: Path) -> None:
    DocxRenderer().render(factory.realistic(), tmp_path, "report")
    for ending in PAPERS:
        path = tmp_path / f"report{ending}.docx"
        document = made.opened(path)
        section = document.sections[0]
        sides = (section.page_width, section.page_height, section.left_margin, section.right_margin)
        assert [round(side.cm, 1) for side in sides] == [21.0, 29.7, 3.0, 2.0]
        for run in document.element.body.iter(f"{W}r"):
            properties = run.find(f"{W}rPr")
            if not "".join(t.text or "" for t in run.iter(f"{W}t")):
                continue
            if properties is None:  # a heading's, dressed by its style
                continue
            fonts = properties.find(f"{W}rFonts")
            assert {fonts.get(f"{W}{slot}") for slot in ("ascii", "hAnsi", "cs")} == {"TH Sarabun New"}
            assert properties.find(f"{W}sz").get(f"{W}val") == properties.find(f"{W}szCs").get(f"{W}val")
        for table in document.tables:
            assert table.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
        with zipfile.ZipFile(path) as file:
            assert b"TH SarabunPSK" in file.read("word/fontTable.xml")
    heads = [t.rows[0].cells for t in made.opened(tmp_path / "report.docx").tables]
    assert ["มาตรการ/แนวทาง", "วิธีดำเนินการ", "ผู้รับผิดชอบ", "ระยะเวลาดำเนินการ", "การติดตามผล"] in [[c.text for c in h] for h in heads]


def test_points_of_the_surveys_are_told_where_they_are_given(tmp_path: Path) -> None:
    total = Total(iit=90.5, eit=80, low=84, high=88, level_low="ต้องปรับปรุง", level_high="ผ่าน", passes=85)
    told = papers(factory.realistic().model_copy(update={"total": total}), tmp_path)[""]
    assert "คะแนน IIT ๙๐.๕ และ EIT ๘๐" in told
    assert "๘๔ ถึง ๘๘" in told
    assert "ที่หน่วยงานระบุไว้" not in papers(factory.realistic(), tmp_path)[""]


def test_nothing_is_concluded_from_a_site_that_was_down(tmp_path: Path) -> None:
    told = papers(factory.undecided(), tmp_path)
    assert "สรุปไม่ได้ว่าหน่วยงานเปิดเผยข้อมูลครบหรือไม่ครบ" in told[""]
    assert "สรุปไม่ได้ว่าหน่วยงานเปิดเผยข้อมูลครบหรือไม่ครบ" in told["-executive"]
    for text in told.values():
        assert "ไม่พบข้อบกพร่อง" not in text
        assert "รักษามาตรฐานการเปิดเผยข้อมูล" not in text
        assert "แก้ไขและเผยแพร่" not in text
    assert "ยังตัดสินไม่ได้ ๔๓ ข้อ" in told["-memo"]
    assert "ไม่ถือเป็นข้อบกพร่อง" in told[""]
    measures = [t for t in made.opened(tmp_path / "report.docx").tables if "มาตรการ" in t.rows[0].cells[0].text]
    assert [r.cells[0].text for r in measures[0].rows if r.cells[0].text.startswith("๑.")] == [
        "๑. ตรวจสอบข้อที่โปรแกรมยังตัดสินไม่ได้ด้วยตนเอง"
    ]


def test_a_site_without_gaps_keeps_its_standard(tmp_path: Path) -> None:
    report = factory.realistic()
    passing = {"status": Status.PASS}
    items = tuple(
        i.model_copy(update={**passing, "checks": tuple(c.model_copy(update=passing) for c in i.checks)}) for i in report.items
    )
    told = papers(report.model_copy(update={"items": items, "plan": (), "to_open": ()}), tmp_path)
    assert "รักษามาตรฐานการเปิดเผยข้อมูลต่อสาธารณะ" in told[""]
    assert "ไม่มีส่วนงานใดมีข้อค้าง" in told["-executive"]
    assert "ไม่มีรายการที่ส่วนงานใดต้องดำเนินการ" in told["-units"]
    assert "ไม่มีข้อที่ขอให้ส่วนงานใดแก้ไข" in told["-memo"]


def test_a_waived_gap_asks_nothing_of_anybody_and_is_told(tmp_path: Path) -> None:
    report = factory.realistic()
    waived = Waived(reason="จังหวัดจัดทำ", who="ปลัด", until="2023-12-31")
    items = tuple(
        i.model_copy(update={"checks": tuple(c.model_copy(update={"waived": waived}) for c in i.checks)}) if i.id == "O28" else i
        for i in report.items
    )
    told = papers(report.model_copy(update={"items": items}), tmp_path)
    assert "ข้อ O28 " not in told["-units"]
    assert re.search("บันทึกข้อยกเว้นไว้ . เงื่อนไข จึงไม่อยู่ในตารางมาตรการ: O28", told[""])


def test_to_a_reviewer_gaps_are_proposals_without_points(tmp_path: Path) -> None:
    told = papers(factory.realistic().model_copy(update={"persona": "reviewer"}), tmp_path)
    assert "เสนอให้ตรวจ: " in told[""]
    assert "เสนอให้ตรวจ" in told["-executive"]
    for text in told.values():
        assert "โดยประมาณ" not in text
        assert "ยังไม่พร้อม\n" not in text
    assert "รายการที่เสนอให้ตรวจ" in told["-units"]


def test_a_unit_has_a_sheet_of_its_own_and_the_rest_one_together(tmp_path: Path) -> None:
    report = with_units(factory.realistic(), "กองคลัง", "สำนักปลัด", "")
    told = papers(report, tmp_path)["-units"]
    assert re.findall("ส่วนงาน: (.*)", told)[-1] == "ยังไม่ได้กำหนดผู้รับผิดชอบ"
    assert set(re.findall("ส่วนงาน: (.*)", told)[:-1]) <= {"กองคลัง", "สำนักปลัด"}
    sheet = told.split("ส่วนงาน: กองคลัง")[1].split("ส่วนงาน: ")[0]
    ours = {i.id for i in report.items if i.unit == "กองคลัง" and i.status is Status.GAP}
    assert ours
    assert set(re.findall(r"^ข้อ (O\d+) ", sheet, re.MULTILINE)) >= ours
    assert not {i.id for i in report.items if i.unit == "สำนักปลัด"} & set(re.findall(r"^ข้อ (O\d+) ", sheet, re.MULTILINE))


def hostile_name(report: Report) -> Report:
    return report.model_copy(update={"agency": report.agency.model_copy(update={"name": LONG_NAME})})


BAD: dict[str, Any] = {
    "hostile": factory.hostile,
    "name": lambda: hostile_name(factory.realistic()),
    "large": lambda: hostile_name(factory.large()),
    "empty": factory.empty,
    "no-xml": lambda: with_units(hostile_name(factory.realistic()), "\ufffe\uffff\x00\x0bกอง____คลัง" * 40),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_makes_sound_papers(name: str, tmp_path: Path) -> None:
    report = BAD[name]()
    for ending, text in papers(report, tmp_path).items():
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", text), ending
        assert max(map(len, text.splitlines()), default=0) < 3000
        with zipfile.ZipFile(tmp_path / f"report{ending}.docx") as file:
            assert file.testzip() is None
            relations = "".join(file.read(n).decode() for n in file.namelist() if n.endswith(".rels"))
            assert 'TargetMode="External"' not in relations
            body = file.read("word/document.xml").decode()
        assert "<script" not in body
        instructions = re.findall(r"<w:instrText[^>]*>([^<]*)<", body)
        assert set(instructions) <= {"PAGE"}


def test_a_quote_of_ten_thousand_letters_is_cut(tmp_path: Path) -> None:
    report = factory.realistic()
    items = tuple(
        i.model_copy(update={"checks": tuple(c.model_copy(update={"message": "ย" * 10_000}) for c in i.checks)})
        for i in report.items
    )
    for text in papers(report.model_copy(update={"items": items}), tmp_path).values():
        assert "ย" * 500 not in text


def test_no_permission_to_write_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(OutputError):
        DocxRenderer().render(factory.realistic(), tmp_path / "file", "report")


def test_the_english_papers_say_that_they_are_for_reading(tmp_path: Path) -> None:
    told = papers(factory.realistic().model_copy(update={"lang": "en"}), tmp_path)
    assert "The official paper is the Thai one" in told[""]
    assert "fiscal year 2023" in told["-memo"]
    assert "๒" not in told["-memo"]


def test_papers_of_files_give_no_points(tmp_path: Path) -> None:
    report = factory.realistic()
    told = papers(report.model_copy(update={"agency": report.agency.model_copy(update={"url": ""})}), tmp_path)
    assert "ก่อนเผยแพร่" in told[""]
    assert "โดยประมาณ" not in told[""]


def test_a_merged_items_gap_is_measured_by_its_own_concept(tmp_path: Path) -> None:
    report = made.made_up(load_ruleset("oit-2569"))
    item = next(i for i in report.items if len(i.concepts) > 1 and "no-gift-policy" in i.concepts)
    check = factory.check(item.id, "no-gift-policy.signed", "signed", Status.GAP, "ไม่มีผู้ลงนาม", component="signed")
    gap = item.model_copy(update={"status": Status.GAP, "checks": (check,)})
    (row,) = made.content(report.model_copy(update={"items": (gap,)})).resolved()
    assert "No Gift Policy" in row.measures[0]


def test_the_papers_are_made_in_time(tmp_path: Path) -> None:
    start = time.process_time()
    DocxRenderer().render(with_units(factory.large(), "กองคลัง", "สำนักปลัด"), tmp_path, "report")
    assert time.process_time() - start < 10
