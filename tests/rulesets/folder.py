"""A small folder of rules, sound as it stands, for tests to spoil."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "sources.yaml": """\
handbook: {title: คู่มือ, url: "https://www.example.go.th/"}
paper: {title: Paper}
""",
    "vocabulary/components.yaml": """\
problems:
  name: {th: ปัญหา/อุปสรรค, en: Problems}
  asks: {th: มีปัญหา อุปสรรค, en: States problems}
  wordings: [ปัญหา อุปสรรค, ปัญหาและอุปสรรค]
  look_alikes: [แก้ไขปัญหาความเดือดร้อน]
  zero: [ไม่มี]
  fix: {th: เพิ่มหัวข้อ, en: Add a section}
  source: paper
suggestions:
  name: {th: ข้อเสนอแนะ, en: Suggestions}
  wordings: [ข้อเสนอแนะ]
  fix: {th: เพิ่มข้อเสนอแนะ, en: Add suggestions}
""",
    "vocabulary/concepts.yaml": """\
annual-report:
  name: {th: รายงานผลประจำปี, en: Annual report}
  titles: [รายงานผลการดำเนินงานประจำปี]
  fix: {th: เผยแพร่รายงาน, en: Publish the report}
  source: handbook
structure:
  name: {th: โครงสร้าง, en: Structure}
  titles: [โครงสร้างหน่วยงาน]
  fix: {th: เผยแพร่โครงสร้าง, en: Publish it}
""",
    "oit-2566/ruleset.yaml": """\
id: oit-2566
fiscal_year: 2566
name: {th: แบบวัด 2566, en: Form 2566}
window: {opens: 2022-10-01, closes: 2023-09-30}
indicators:
  - id: "9"
    name: {th: เก้า, en: Nine}
    subs:
      - {id: "9.1", name: {th: ก, en: a}, items: [O1]}
      - {id: "9.2", name: {th: ข, en: b}, items: [O13]}
every_item:
  answered: {source: handbook}
  machine_readable: {severity: advice, verified: false}
due: {O13: 2023-04-30}
""",
    "oit-2566/O1-structure.yaml": """\
item: O1
concepts: [structure, annual-report]
indicator: "9.1"
source: paper
checks:
  structure.problems: {kind: component}
  annual-report.period: {covers: fiscal_year}
""",
    "oit-2566/O1-structure.cases.yaml": """\
item: O1
passes: [{name: ก, page: x}]
gaps: [{name: ข, page: y}]
""",
    "oit-2566/O13-annual-report.yaml": """\
item: O13
concepts: [annual-report]
name: {th: รายงานผลการดำเนินงานประจำปี, en: Annual performance report}
indicator: "9.2"
source: handbook
locate: {titles: [รายงานประจำปี]}
checks:
  machine_readable: {verified: true}
  period: {covers: previous_fiscal_year, verified: false}
  problems: {kind: component, source: paper, wordings: [อุปสรรคที่พบ], detect: [figures]}
  either:
    any_of: [{kind: component, component: suggestions}, {kind: component, component: problems}]
  local: {kind: component, component: suggestions, when: {agency_type: [local]}}
  posts: {kind: count, at_least: 3}
""",
    "oit-2566/O13-annual-report.cases.yaml": """\
item: O13
passes:
  - name: ครบ
    page: |
      # รายงานผล พ.ศ. 2565
      ## ปัญหา อุปสรรค
      ไม่มี
gaps:
  - name: ขาด
    page: "# รายงานผล"
    expect: {problems: gap, period: pass}
undecided:
  - name: เปิดไม่ได้
    cause: timeout
""",
}


def write_rules(folder: Path) -> Path:
    """Write the folder of rules."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def spoil(folder: Path, name: str, old: str, new: str) -> Path:
    """Write the folder with one text replaced in one file."""
    write_rules(folder)
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return folder
