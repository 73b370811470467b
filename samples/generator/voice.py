"""O27 to O30: complaints and taking part."""

from __future__ import annotations

from generator.agency import NAME, SHORT
from generator.layout import frame, word
from generator.shelf import Shelf


def add(shelf: Shelf) -> None:
    """Pages and papers of O27 to O30."""
    _channels(shelf)


def _form(action: str, fields: list[str], button: str) -> str:
    rows = "".join(
        f'<tr><td width="220">{field}</td><td><input type="text" name="f{n}" size="50"></td></tr>'
        for n, field in enumerate(fields)
    )
    return (
        f'<form action="{action}" method="post" enctype="multipart/form-data"><table border="0">{rows}'
        f'<tr><td>รายละเอียด</td><td><textarea name="detail" cols="50" rows="6"></textarea></td></tr></table>'
        f'<input type="submit" value="{button}"></form>'
    )


def _channels(shelf: Shelf) -> None:
    site = shelf.site
    body = word("แจ้งความเดือดร้อนเรื่องถนนชำรุด ไฟฟ้าสาธารณะดับ น้ำประปาไม่ไหล ขยะตกค้าง เหตุรำคาญ และเรื่องทั่วไปได้ที่แบบฟอร์มนี้")
    body += _form("/complain.php", ["ชื่อ - สกุล ผู้ร้อง", "หมายเลขโทรศัพท์", "สถานที่เกิดเหตุ"], "ส่งเรื่องร้องทุกข์")
    site.page("/complain.php", frame("ร้องทุกข์ - ร้องเรียนเรื่องทั่วไป", body))

    body = word(
        "<b>ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบของเจ้าหน้าที่</b>",
        f"ช่องทางนี้รับเฉพาะเรื่องการทุจริตและประพฤติมิชอบของเจ้าหน้าที่{SHORT} แยกต่างหากจากการร้องทุกข์เรื่องทั่วไป",
        f"ข้อมูลของผู้แจ้งเบาะแสจะถูกเก็บเป็นความลับ ผู้ที่เปิดอ่านได้มีเพียงปลัด{NAME} และจะไม่เปิดเผยชื่อผู้แจ้งแก่ผู้ถูกร้อง",
    ) + _form(
        "/report/secure.php",
        ["ชื่อผู้แจ้ง (ไม่ระบุก็ได้)", "ช่องทางติดต่อกลับ", "ชื่อหรือตำแหน่งเจ้าหน้าที่ผู้ถูกร้อง", "วันเวลาที่เกิดเหตุ", "หลักฐาน (ถ้ามี)"],
        "ส่งเรื่องร้องเรียน",
    )
    site.page("/report/secure.php", frame("แจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ", body))
    shelf.row("O28", ("ช่องทางแจ้งเรื่องร้องเรียนการทุจริต", "#"))
    site.answer("O28", "/report/secure.php", "ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ")
    site.truth(
        "O28",
        "/report/secure.php",
        gap="orphan",
        note="the channel stands only in the answers; no page of the site links it, one has it in a comment",
        expect=[("linked", "*"), ("reachable", "*")],
        traps=["orphan", "link-in-a-comment", "general-channel-beside"],
        needs=["แยกต่างหาก", "ความลับ"],
    )
