"""Answers files as agencies really keep them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_rules.answers import AnswersFile, item_code, load_answers, split_urls
from ita_rules.errors import AnswersError

ITEMS = [f"O{n}" for n in range(1, 44)]


def load(path: Path, text: str, encoding: str = "utf-8", agency: str | None = None) -> AnswersFile:
    path.write_bytes(text.encode(encoding))
    return load_answers(path, known_items=ITEMS, agency=agency)


def workbook(
    path: Path, rows: list[list[object]], merges: tuple[str, ...] = (), links: dict[str, str] | None = None
) -> AnswersFile:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for merge in merges:
        sheet.merge_cells(merge)
    for cell, target in (links or {}).items():
        sheet[cell].hyperlink = target
    book.save(path)
    book.close()
    return load_answers(path, known_items=ITEMS)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("O13", "O13"),
        ("o1", "O1"),
        ("O01", "O1"),
        ("ข้อ O1", "O1"),
        ("๐1", "O1"),
        ("O๑๓", "O13"),
        ("O 7", "O7"),
        ("O-7", "O7"),
        ("13", "O13"),
        ("O13 รายงานผลการดำเนินงาน", "O13"),
        ("Ｏ２", "O2"),
        ("9.1 ข้อมูลพื้นฐาน", ""),
        ("ตัวชี้วัดที่ 9", ""),
        ("O0", ""),
        ("2566", ""),
        ("", ""),
        ("²", "O2"),
    ],
)
def test_item_codes_as_typed(text: str, code: str) -> None:
    assert item_code(text) == code


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_none(text: str) -> None:
    code = item_code(text)
    assert code == "" or code[1:].isdigit()


@pytest.mark.parametrize(
    ("cell", "urls"),
    [
        ("https://a.go.th/x  http://b.go.th/y", ["https://a.go.th/x", "http://b.go.th/y"]),
        ("https://a.go.th/แผน ปี 2566.pdf", ["https://a.go.th/แผน ปี 2566.pdf"]),
        ("https://a.go.th/x,\nhttps://b.go.th/y", ["https://a.go.th/x", "https://b.go.th/y"]),
        ("https://a.go.th/go?to=https://b.go.th/", ["https://a.go.th/go?to=https://b.go.th/"]),
        ("", []),
    ],
)
def test_a_new_url_starts_only_after_white_space(cell: str, urls: list[str]) -> None:
    assert split_urls(cell) == urls


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = [["ข้อ", "มี", "URL", "คำอธิบาย"], ["O1", "มี", "https://a.go.th/", "โครงสร้าง"], ["O2", "ไม่มี", "", "ไม่มี"]]
    text = "\r\n".join(delimiter.join(line) for line in lines)
    answers = load(tmp_path / "a.csv", text, encoding).answers
    assert [(a.item, a.has, a.urls, a.note) for a in answers] == [
        ("O1", True, ("https://a.go.th/",), "โครงสร้าง"),
        ("O2", False, (), "ไม่มี"),
    ]


def test_several_rows_and_urls_of_one_item_are_one_answer(tmp_path: Path) -> None:
    text = "url,item\nhttps://a.go.th/1,O1\nhttps://a.go.th/2 https://a.go.th/1,o1\nhttps://a.go.th/3,\n"
    answers = load(tmp_path / "a.csv", text).answers
    assert len(answers) == 1
    assert answers[0].urls == ("https://a.go.th/1", "https://a.go.th/2", "https://a.go.th/3")
    assert answers[0].has is None


def test_rows_above_the_column_names_and_section_rows_are_passed_over(tmp_path: Path) -> None:
    text = "แบบ OIT ปี 2566,,\n,,\nItem,URL,Note\n9.1 ข้อมูลพื้นฐาน,,\nO1,https://a.go.th/,\n"
    found = load(tmp_path / "a.csv", text)
    assert [a.item for a in found.answers] == ["O1"]
    assert found.warnings == ()


def test_an_unknown_item_is_a_warning_with_its_row(tmp_path: Path) -> None:
    found = load(tmp_path / "a.csv", "item,url\nO1,https://a.go.th/\nO99,https://a.go.th/\n")
    assert [(w.message_id, w.line, w.values["item"]) for w in found.warnings] == [("warn.answers.unknown_item", 3, "O99")]


def test_addresses_that_are_none_are_warned_of(tmp_path: Path) -> None:
    found = load(tmp_path / "a.csv", "item,url\nO1,ดูที่เว็บไซต์\nO2,www.a.go.th/x\nO3,-\n")
    assert [w.message_id for w in found.warnings] == ["warn.answers.bad_url", "warn.answers.no_scheme"]
    assert [a.urls for a in found.answers] == [(), ("http://www.a.go.th/x",), ()]


def test_a_missing_column_names_those_found(tmp_path: Path) -> None:
    with pytest.raises(AnswersError) as caught:
        load(tmp_path / "a.csv", "item,address,note\nO1,https://a.go.th/,\n")
    assert caught.value.message_id == "error.answers.missing_column"
    assert caught.value.values["column"] == "url"
    assert caught.value.values["found"] == ["item", "address", "note"]


@pytest.mark.parametrize(
    ("data", "message_id"),
    [
        (b"", "error.answers.empty"),
        (b"item,url\n", "error.answers.empty"),
        (b"\xdb\xdc\xdd\xde,x", "error.answers.encoding"),
        (b"item,url\0\n", "error.answers.encoding"),
        (b"PK\x03\x04broken", "error.answers.unreadable"),
        (b"item,url\n" + b"O1,x\n" * 6000, "error.answers.too_large"),
        (b"x" * 5_000_001, "error.answers.too_large"),
        (b'item,url\nO1,"' + b"x" * 200_000, "error.answers.unreadable"),
    ],
)
def test_unusable_files(tmp_path: Path, data: bytes, message_id: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    with pytest.raises(AnswersError) as caught:
        load_answers(path, known_items=ITEMS)
    assert caught.value.message_id == message_id


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(AnswersError) as caught:
        load_answers(tmp_path / "none.csv", known_items=ITEMS)
    assert caught.value.message_id == "error.answers.missing"


def test_one_sheet_for_many_agencies(tmp_path: Path) -> None:
    text = "หน่วยงาน,ข้อ,URL\nอบต. ก,O1,https://a.go.th/\n,O2,https://a.go.th/2\nอบต. ข,O1,https://b.go.th/\n"
    assert [a.urls for a in load(tmp_path / "a.csv", text, agency="อบต.ก").answers] == [
        ("https://a.go.th/",),
        ("https://a.go.th/2",),
    ]
    for agency in ("อบต. ค", None):
        with pytest.raises(AnswersError) as caught:
            load(tmp_path / "a.csv", text, agency=agency)
        assert caught.value.message_id == "error.answers.no_agency"


def test_merged_cells_count_for_each_of_their_rows(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["แบบ OIT"],
        ["ข้อ", "มี", "URL"],
        ["O1", "มี", "https://a.go.th/1"],
        [None, None, "https://a.go.th/2"],
    ]
    found = workbook(tmp_path / "a.xlsx", rows, merges=("A1:C1", "A3:A4", "B3:B4"))
    assert [(a.item, a.has, a.urls) for a in found.answers] == [("O1", True, ("https://a.go.th/1", "https://a.go.th/2"))]


def test_formulas_are_not_computed(tmp_path: Path) -> None:
    rows: list[list[object]] = [["item", "url"], ["O1", '=HYPERLINK("https://a.go.th/")'], ["O2", "=cmd|' /C calc'!A0"]]
    found = workbook(tmp_path / "a.xlsx", rows)
    assert [a.urls for a in found.answers] == [(), ()]
    assert [w.message_id for w in found.warnings] == ["warn.answers.formula", "warn.answers.formula"]


def test_a_linked_cell_gives_its_address(tmp_path: Path) -> None:
    rows: list[list[object]] = [["item", "url"], [1.0, "คลิก"]]
    found = workbook(tmp_path / "a.xlsx", rows, links={"B2": "https://a.go.th/x"})
    assert [(a.item, a.urls) for a in found.answers] == [("O1", ("https://a.go.th/x",))]


def test_a_workbook_with_too_many_rows(tmp_path: Path) -> None:
    rows: list[list[object]] = [["item", "url"], *[["O1", "x"]] * 5_001]
    with pytest.raises(AnswersError) as caught:
        workbook(tmp_path / "a.xlsx", rows)
    assert caught.value.message_id == "error.answers.too_large"
