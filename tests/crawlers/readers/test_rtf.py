"""Rich text: Thai in all its ways, tables, what is seen and what is not."""

from __future__ import annotations

import pytest

from crawlers.readers.interface import Limits, read
from ita_rules.run.types import Block

FONTS = (
    r"{\fonttbl{\f0\fcharset222 TH SarabunPSK;}{\f1\fcharset0 Arial;}{\f2\fcharset2 Wingdings;}{\f3\fcharset0\cpg874 Cordia;}}"
)


def escaped(text: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode("cp874"))


def rtf(body: str, head: str = "\\ansicpg1252\\deff0", fonts: str = FONTS) -> bytes:
    return ("{\\rtf1\\ansi" + head + fonts + "\n" + body + "}").encode("latin-1")


def blocks(data: bytes) -> tuple[Block, ...]:
    document = read(data)
    assert document.media_type == "application/rtf"
    assert (document.cause, document.truncated) == (None, False)
    return document.pages[0].blocks


def seen(data: bytes) -> list[object]:
    return [block.cells or block.text for block in blocks(data)]


SAID = "รายงานผลการดำเนินงาน ประจำปีงบประมาณ ๒๕๖๕"


@pytest.mark.parametrize(
    "data",
    [
        rtf(f"\\f0 {escaped(SAID)}\\par"),
        rtf(f"\\f3 {escaped(SAID)}\\par"),
        rtf(f"\\f1 {escaped(SAID)}\\par", "\\ansicpg874\\deff1"),
        rtf(f"\\f1 {escaped(SAID)}\\par", "\\deff1", r"{\fonttbl{\f1\fcharset0 TH SarabunPSK;}}"),
        rtf("".join(f"\\u{ord(c)}?" for c in SAID) + "\\par"),
        rtf("\\uc0" + "".join(f"\\u{ord(c)} " for c in SAID) + "\\par"),
        rtf("".join(f"\\u{ord(c)}\\'3f" for c in SAID) + "\\par"),
        b"{\\rtf1\\ansi\\ansicpg874 " + SAID.encode("cp874") + b"\\par}",
    ],
    ids=["font 222", "font of code page", "file 874", "nobody says", "unicode", "no substitutes", "escaped ones", "raw bytes"],
)
def test_thai(data: bytes) -> None:
    assert seen(data) == [SAID]


def test_tables() -> None:
    head = r"\trowd\trhdr\cellx1000\cellx5000"
    data = rtf(
        r"\pard before\par"
        rf"{head}\pard\intbl No\cell Problem\cell\row"
        r"\trowd\cellx1000\cellx3000\cellx5000\pard\intbl 1\cell none\cell\cell\row"
        r"\trowd\clvmgf\cellx1000\cellx5000\pard\intbl 2\cell x\cell\row"
        r"\trowd\clvmrg\cellx1000\cellx5000\pard\intbl\cell y\cell\row"
        r"\pard after\par"
    )
    assert seen(data) == ["before", ("No", "Problem", "Problem"), ("1", "none", ""), ("2", "x", "x"), ("2", "y", "y"), "after"]
    assert [block.header for block in blocks(data)][1:3] == [True, False]


def test_two_tables_with_words_between_keep_their_places() -> None:
    row = r"\trowd\cellx1000\cellx2000\pard\intbl %s\cell b\cell\row"
    data = rtf(row % "a" + r"\pard between\par" + row % "c")
    assert [(block.text, block.table) for block in blocks(data)] == [("a | b", 0), ("between", -1), ("c | b", 1)]


def test_inner_tables_arrange_the_page() -> None:
    inner = r"\pard\intbl\itap2 x\nestcell y\nestcell{\*\nesttableprops\trowd\cellx100\cellx200\nestrow}{\nonesttables\par}"
    data = rtf(rf"\trowd\cellx1000\cellx9000\pard\intbl side\cell {inner}\pard\intbl\cell\row\pard end\par")
    assert seen(data) == ["side", ("x", "y"), "end"]


def test_headings_by_style_outline_and_print() -> None:
    sheet = r"{\stylesheet{\s0 Normal;}{\s1 heading 1;}{\s7 toc 1;}}"
    data = rtf(
        sheet + r"\pard\s1 First\par\pard\outlinelevel1 Second\par\pard{\b Third}\par\pard\fs24 text of the usual size\par"
        r"\pard more of it\par\pard{\fs40 Fourth}\par\pard\s7 Fifth\tab 12\par"
    )
    assert [(block.kind, block.level) for block in blocks(data)] == [
        ("heading", 1), ("heading", 2), ("heading", 0), ("text", 0), ("text", 0), ("heading", 0), ("text", 0),
    ]  # fmt: skip
    assert blocks(data)[-1].text == "Fifth ........ 12"


def test_what_is_seen_and_what_is_not() -> None:
    data = rtf(
        r"{\header\pard top\par}{\footer\pard bottom\par}{\*\unknown secret}{\info{\title Plan}{\author Nobody}}"
        r'\pard a{\v hidden}{\deleted gone}{\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt link}}b\line c\~d\par'
        r"{\listtext\f2\'b7\tab}item\par{\pntext 3.\tab}step\par"
        r"\pard \bin6 {{{{{{e{\footnote note}\par{\upr{ansi}{\*\ud{unicode}}}\par"
    )
    document = read(data)
    assert [(block.text, block.zone) for block in document.pages[0].blocks] == [
        ("top", "header"), ("alinkb", "main"), ("c d", "main"), ("item", "main"), ("3. step", "main"), ("e", "main"),
        ("unicode", "main"), ("bottom", "footer"),
    ]  # fmt: skip
    assert document.pages[0].blocks[3].kind == "item"
    assert document.title == "Plan"


def test_boxes_and_pictures() -> None:
    data = rtf(
        r"\pard around{\shp{\*\shpinst{\sp{\sn name}{\sv value}}{\shptxt\pard in the box\par}}} it\par"
        r"{\*\shppict{\pict\pngblip\picwgoal1500\pichgoal750 89504e47}}{\nonshppict{\pict\wmetafile8 0100}}\par"
    )
    (page,) = read(data).pages
    assert [block.text for block in page.blocks] == ["around it", "in the box"]
    assert [(image.width, image.height) for image in page.images] == [(100, 50)]


def test_letters_of_picture_fonts_are_no_words() -> None:
    assert seen(rtf(r"{\f2 \'fc\'fd} ok\par")) == ["•• ok"]


def test_characters_outside_the_first_plane() -> None:
    assert seen(rtf(r"\u-10179?\u-8704? x\par")) == ["😀 x"]


def test_cut_files_say_so() -> None:
    assert read(rtf(r"\pard words of a file\par and more")[:-8]).truncated


def test_limits() -> None:
    assert read(rtf(r"word\par " * 300), limits=Limits(text_chars=50)).truncated
    assert read(b"{\\rtf1" + b"{" * 3000).facts["failure"] == "nesting"
