"""The charset rule: the bytes decide, not what the page says."""

from __future__ import annotations

import codecs

import pytest

from crawlers.charset import decode

THAI = "องค์การบริหารส่วนตำบล ประจำปีงบประมาณ พ.ศ. ๒๕๖๕ "


@pytest.mark.parametrize("declared", [None, "utf-8", "windows-874", "iso-8859-1"])
@pytest.mark.parametrize(("charset", "named"), [("utf-8", "utf-8"), ("tis-620", "cp874"), ("cp874", "cp874")])
def test_bytes_win_over_what_is_declared(charset: str, named: str, declared: str | None) -> None:
    text = f"<p>{THAI * 5}</p>"
    assert decode(text.encode(charset), declared) == (text, named)


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16-le", "utf-16-be"])
def test_byte_order_mark(charset: str) -> None:
    boms = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
    body = boms.get(charset, b"") + THAI.encode(charset)
    assert decode(body, "cp874") == (THAI, charset.removesuffix("-sig"))


def test_utf8_cut_in_a_letter_stays_utf8() -> None:
    text, charset = decode((THAI * 20).encode()[:-2])
    assert charset == "utf-8"
    assert text.startswith(THAI)
    assert text.endswith("\ufffd")


def test_quotes_of_cp874_are_kept() -> None:
    text = "“" + THAI * 3 + "”"
    assert decode(text.encode("cp874")) == (text, "cp874")


def test_declared_thai_tips_the_balance() -> None:
    # Nine Thai letters and one byte that is none: 90 %.
    body = "กรมพัฒนาท".encode("cp874") + b"\xff"
    assert decode(body)[1] == "cp1252"
    assert decode(body, "tis-620")[1] == "cp874"


def test_western_text_is_cp1252() -> None:
    assert decode("Café naïve – “x”".encode("cp1252")) == ("Café naïve – “x”", "cp1252")


def test_nothing_raises() -> None:
    assert decode(b"") == ("", "utf-8")
    assert decode(bytes(range(256)))[1] in ("cp874", "cp1252")
