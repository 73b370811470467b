"""Plain text, CSV and JSON."""

from __future__ import annotations

import json

from crawlers.readers.interface import Hints, Limits, read


def test_lines_and_headings() -> None:
    page = read("รายงาน\n\n1. บทนำ\nข้อความ\n2. ปัญหา\nไม่มี\n".encode("cp874")).pages[0]
    assert [(b.kind, b.text) for b in page.blocks] == [
        ("text", "รายงาน"), ("heading", "1. บทนำ"), ("text", "ข้อความ"), ("heading", "2. ปัญหา"), ("text", "ไม่มี"),
    ]  # fmt: skip
    assert page.method == "text"


def test_csv_in_old_charset_with_titles_and_quotes() -> None:
    body = 'สรุปผลการจัดซื้อ;;\nที่;งาน;หมายเหตุ\n1;"ซื้อ; จ้าง\nสองบรรทัด";\n2;ซ่อม;ไม่มี\n'.encode("cp874")
    document = read(body, Hints(filename="a.csv"))
    assert document.facts["charset"] == "cp874"
    blocks = document.pages[0].blocks
    assert (blocks[0].kind, blocks[0].text) == ("heading", "สรุปผลการจัดซื้อ")
    assert [(b.header, b.cells) for b in blocks[1:]] == [
        (True, ("ที่", "งาน", "หมายเหตุ")), (False, ("1", "ซื้อ; จ้าง สองบรรทัด", "")), (False, ("2", "ซ่อม", "ไม่มี")),
    ]  # fmt: skip


def test_row_limit() -> None:
    document = read(b"a,b,c\n" * 100, Hints(filename="a.csv"), Limits(rows=10))
    assert document.truncated
    assert len(document.pages[0].blocks) == 10


def test_json_values_tables_and_markup() -> None:
    value = {
        "title": "แผน ๒๕๖๖",
        "body": "<h2>ปัญหา</h2><table><tr><th>ที่</th><th>งาน</th></tr><tr><td>1</td><td></td></tr></table>",
        "rows": [{"ข้อ": "O1", "ชื่อ": "โครงสร้าง"}, {"ข้อ": "O2", "ชื่อ": None}],
        "deep": [[["ลึก"]]],
    }
    document = read(json.dumps(value).encode(), Hints(media_type="application/json"))
    assert [(b.kind, b.text, b.header) for b in document.pages[0].blocks] == [
        ("text", "แผน ๒๕๖๖", False), ("heading", "ปัญหา", False), ("row", "ที่ | งาน", True), ("row", "1 | ", False),
        ("row", "ข้อ | ชื่อ", True), ("row", "O1 | โครงสร้าง", False), ("row", "O2 | ", False), ("text", "ลึก", False),
    ]  # fmt: skip


def test_nested_json_does_not_exhaust_the_stack() -> None:
    assert read(b"[" * 100_000 + b"]" * 100_000, Hints(media_type="application/json")).pages


def test_a_table_pasted_as_text_becomes_rows_and_stray_markup_goes() -> None:
    text = (
        "มาตรการส่งเสริมคุณธรรม ปี ๒๕๖๕\n\nมาตรการ\tวิธีดำเนินการ\tผู้รับผิดชอบ\nสร้างการรับรู้\t<p>จัดทำ<u>รายงาน</u></p>\tสำนักคลัง\n\tเพิ่มเติม\n"
    )
    document = read(text.encode(), Hints(filename="a.txt", media_type="text/plain"))
    blocks = document.pages[0].blocks
    assert [b.kind for b in blocks].count("row") == 2
    grouped = read("ก\tข\tค\nกลุ่ม\t\t\n1\t2\t3\n".encode(), Hints(filename="a.txt", media_type="text/plain")).pages[0].blocks
    assert [b.kind for b in grouped] == ["row", "row", "row"]
    assert blocks[1].cells == ("มาตรการ", "วิธีดำเนินการ", "ผู้รับผิดชอบ")
    assert "<" not in blocks[2].text
    assert document.media_type == "text/plain"
