"""Old slides made by hand: texts of the outline, hidden slides, pictures, locks."""

from __future__ import annotations

import struct

import pytest

from crawlers.readers.interface import Limits, read
from ita_rules.run.types import Document
from tests.crawlers.readers.olemaker import compound


def atom(kind: int, body: bytes, instance: int = 0) -> bytes:
    return struct.pack("<HHI", instance << 4, kind, len(body)) + body


def box(kind: int, *records: bytes, instance: int = 0) -> bytes:
    body = b"".join(records)
    return struct.pack("<HHI", instance << 4 | 15, kind, len(body)) + body


def said(text: str, kind: int = 1) -> bytes:
    """A text of a kind (0 title, 1 body), in UTF-16 unless it is ASCII."""
    words = atom(0x0FA8, text.encode()) if text.isascii() else atom(0x0FA0, text.encode("utf-16-le"))
    return atom(0x0F9F, struct.pack("<I", kind)) + words


def shape(*inside: bytes, form: int = 1, place: tuple[int, int, int, int] = (0, 0, 600, 300)) -> bytes:
    """A shape. `place` is its top, left, right and bottom."""
    return box(0xF004, atom(0xF00A, bytes(8), form), atom(0xF010, struct.pack("<4h", *place)), *inside)


def text_box(*records: bytes) -> bytes:
    return box(0xF00D, *records)


def slide(*shapes: bytes, flags: int = 0, ground: bytes = b"") -> bytes:
    own = box(0xF004, atom(0xF00A, bytes(8)))
    group = box(0xF003, own, *shapes)
    return box(0x03EE, atom(0x03F9, bytes(10) + bytes([flags, 0]) + bytes(4)), box(0x040C, box(0xF002, group, ground)))


def show(*slides: bytes, outlines: tuple[bytes, ...] = (), token: int = 0xE391C05F, edit: int = 28) -> Document:
    """A file of slides that are found by the table of places."""
    count = len(slides)
    entries = b"".join(
        atom(0x03F3, struct.pack("<I", n + 2) + bytes(16)) + (outlines[n] if n < len(outlines) else b"") for n in range(count)
    )
    stream = box(0x03E8, box(0x0FF0, entries, instance=0), box(0x0FF0, said("a note"), instance=2))
    places = [0]
    for one in slides:
        places.append(len(stream))
        stream += one
    table = len(stream)
    stream += atom(0x1772, struct.pack("<I", (count + 1) << 20 | 1) + struct.pack(f"<{count + 1}I", *places))
    last = len(stream)
    stream += atom(0x0FF5, struct.pack("<IIII", 0, 0, 0, table).ljust(edit, b"\x00"))
    user = atom(0x0FF6, struct.pack("<III", 20, token, last).ljust(20, b"\x00"))
    return read(compound({"PowerPoint Document": stream, "Current User": user}))


def texts(document: Document) -> list[list[str]]:
    assert document.media_type == "application/vnd.ms-powerpoint"
    return [[block.text for block in page.blocks] for page in document.pages]


def test_titles_come_first_and_are_headings() -> None:
    found = show(slide(shape(text_box(said("เนื้อหาของสไลด์\rบรรทัดสอง\x0bบรรทัดสาม"))), shape(text_box(said("ชื่อสไลด์", 0)))))
    assert texts(found) == [["ชื่อสไลด์", "เนื้อหาของสไลด์", "บรรทัดสอง", "บรรทัดสาม"]]
    assert (found.pages[0].blocks[0].kind, found.pages[0].blocks[0].level) == ("heading", 1)
    assert found.facts["pages"] == "1"


def test_shapes_refer_to_the_texts_of_the_outline() -> None:
    outline = said("ชื่อเรื่อง", 0) + said("body text")
    reference = [shape(text_box(atom(0x0F9E, struct.pack("<I", n)))) for n in (1, 0, 7)]
    assert texts(show(slide(*reference), slide(), outlines=(outline,))) == [["ชื่อเรื่อง", "body text"], []]


def test_hidden_slides_and_notes_are_left_out() -> None:
    seen, hidden = slide(shape(text_box(said("seen")))), slide(shape(text_box(said("hidden"))), flags=4)
    assert texts(show(seen, hidden)) == [["seen"]]
    assert texts(show(hidden)) == [["hidden"]]


def test_pictures() -> None:
    ground = box(0xF004, atom(0xF00B, struct.pack("<HI", 0x4186, 1), 1))
    found = show(slide(shape(form=75, place=(0, 0, 576, 288))), slide(ground=ground), slide(shape(text_box(said("words")))))
    assert [page.cause for page in found.pages] == ["no_ocr", "no_ocr", None]
    assert (found.pages[0].images[0].width, found.pages[0].images[0].height) == (96, 48)


def test_tables_are_groups_that_say_so() -> None:
    def cell(text: str, left: int, top: int, right: int, bottom: int) -> bytes:
        words = [text_box(said(text, 4))] if text else []
        return box(0xF004, atom(0xF00A, bytes(8), 1), atom(0xF00F, struct.pack("<4i", left, top, right, bottom)), *words)

    cells = [
        cell("ที่", 0, 0, 100, 100), cell("ผล", 100, 0, 300, 50), cell("แผน", 100, 50, 200, 100), cell("จริง", 200, 50, 300, 100),
        cell("1", 0, 100, 100, 150), cell("", 100, 100, 200, 150), cell("5", 200, 100, 300, 150),
    ]  # fmt: skip
    mark = atom(0xF122, struct.pack("<HI", 0x039F, 1), 1)
    group = box(0xF003, box(0xF004, atom(0xF00A, bytes(8)), mark), *cells)
    assert [block.cells for block in show(slide(group)).pages[0].blocks] == [
        ("ที่", "ผล", "ผล"), ("ที่", "แผน", "จริง"), ("1", "", "5"),
    ]  # fmt: skip


@pytest.mark.parametrize("locked", [{"token": 0xF3D1C4DF}, {"edit": 32}], ids=["the user's stream", "the last edit"])
def test_locked(locked: dict[str, int]) -> None:
    assert show(slide(), **locked).cause == "encrypted"  # type: ignore[arg-type]


def test_slides_are_found_without_the_table_of_places() -> None:
    stream = box(0x03E8) + slide(shape(text_box(said("found all the same"))))
    assert texts(read(compound({"PowerPoint Document": stream}))) == [["found all the same"]]
    assert read(compound({"PowerPoint Document": b"\x00" * 600})).facts["failure"] == "no_slides"


def test_thai_taken_for_western_letters_is_mended() -> None:
    said_so = "รายงานผลการดำเนินงานประจำปี"
    assert texts(show(slide(shape(text_box(said(said_so.encode("cp874").decode("latin-1"))))))) == [[said_so]]


def test_limits() -> None:
    data = box(0x03E8) + slide(shape(text_box(said("words of a slide")))) * 30
    document = read(compound({"PowerPoint Document": data}), limits=Limits(pages=4))
    assert (len(document.pages), document.truncated) == (4, True)
