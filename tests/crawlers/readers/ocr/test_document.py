"""Whole documents: which pages are recognised, what becomes of the others, and what stands on the pages."""

from __future__ import annotations

import io
import zipfile

import pytest

from crawlers.readers.interface import WORD, Hints, Limits, read
from crawlers.readers.ocr import document as ocr
from crawlers.readers.ocr.embedded import OPEN_TEXT, SLIDES, embedded
from ita_rules.run.types import Block, Document, Page
from ita_rules.thai.fold import has
from tests.crawlers.readers.ocr.pictures import cv2, file_of, grid, needs_engine, numpy, sheet, turned

PRINT = sheet(
    [
        (300, 60, "รายงานผลการดำเนินงาน"),
        (100, 160, "การใช้จ่ายงบประมาณเป็นไปตามแผน"),
        (120, 320, "ลำดับ"),
        (420, 320, "โครงการ"),
        (820, 320, "ปัญหา อุปสรรค"),
        (120, 420, "1"),
        (420, 420, "อบรมคุณธรรม"),
        (420, 520, "ก่อสร้างถนน"),
        (820, 520, "ไม่มี"),
    ]
)
PRINT = grid(PRINT, [100, 400, 800, 1150], [300, 400, 500, 600])


def recognised(data: bytes, limits: Limits | None = None) -> Document:
    needs_engine()
    return ocr.recognise(data, read(data), Hints(), limits or Limits())


def test_a_table_in_a_turned_scan() -> None:
    found = recognised(file_of(turned(PRINT, 1.2), ".jpg"))
    (page,) = found.pages
    assert (page.method, page.cause, found.cause) == ("ocr", None, None)
    assert page.trust > 0.8
    assert found.readers[-1].startswith("ocr/1 ")
    assert found.facts["image_only_pages"] == "1"
    assert found.facts["ocr_pages"] == "1"
    assert has(page.text, "การใช้จ่ายงบประมาณเป็นไปตามแผน")
    rows = [block for block in page.blocks if block.kind == "row"]
    assert rows[0].header
    assert has(rows[0].cells[2], "ปัญหา อุปสรรค")
    assert rows[1].cells[2] == ""
    assert has(rows[2].cells[1], "ก่อสร้างถนน")
    assert has(rows[2].cells[2], "ไม่มี")


def test_the_same_bytes_give_the_same_text() -> None:
    data = file_of(turned(PRINT, 0.7))
    assert recognised(data) == recognised(data)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_picture_on_its_side_or_head(quarters: int) -> None:
    (page,) = recognised(file_of(numpy.rot90(PRINT, quarters))).pages
    assert has(page.text, "การใช้จ่ายงบประมาณเป็นไปตามแผน")
    assert page.trust > 0.6


def test_pages_past_the_bound() -> None:
    data = bytes(cv2.imencodemulti(".tif", [PRINT, PRINT, PRINT])[1])
    found = recognised(data, Limits(ocr_pages=2))
    assert [page.cause for page in found.pages] == [None, None, "budget"]
    assert [page.number for page in found.pages] == [1, 2, 3]
    assert found.cause is None
    assert found.truncated
    assert found.facts["pages"] == "3"
    assert "ocr_late" not in found.facts


def test_no_time() -> None:
    found = recognised(file_of(PRINT), Limits(ocr_seconds=0.0))
    assert found.cause == "budget"
    assert [page.cause for page in found.pages] == ["budget"]
    assert found.facts["ocr_late"] == "1"


def test_looked_at_and_no_text() -> None:
    (page,) = recognised(file_of(numpy.full((800, 600), 250, numpy.uint8))).pages
    assert (page.method, page.cause, page.blocks, page.trust) == ("ocr", None, (), 1.0)


def test_noise_is_not_believed() -> None:
    dice = numpy.random.default_rng(1)
    photo = cv2.GaussianBlur(dice.integers(0, 256, (900, 1200)).astype(numpy.uint8), (0, 0), 7)
    (page,) = recognised(file_of(cv2.normalize(photo, None, 0, 255, cv2.NORM_MINMAX))).pages
    assert page.trust < 0.3
    assert page.cause is None


def test_what_is_missing_leaves_the_document_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = read(file_of(PRINT))
    monkeypatch.setattr(ocr, "available", lambda: "model")
    assert ocr.recognise(file_of(PRINT), plain, Hints(), Limits()) is plain


def test_a_document_with_text_is_left_alone() -> None:
    plain = Document("0" * 64, "application/pdf", pages=(Page(1, (Block("text", "ก"),), method="text-layer"),))
    assert ocr.recognise(b"", plain, Hints(), Limits()) is plain


def test_damage_keeps_a_cause() -> None:
    needs_engine()
    data = file_of(PRINT)[:2000]
    plain = Document("0" * 64, "image/png", pages=(Page(1, cause="no_ocr", trust=0.0),), cause="no_ocr")
    found = ocr.recognise(data, plain, Hints(), Limits())
    assert found.pages[0].cause in ("unreadable", None)
    assert found.pages[0].trust < 0.6 or has(found.pages[0].text, "รายงาน")


def test_true_text_of_a_page_stays_and_noise_stands_by() -> None:
    made = Page(1, (Block("text", "สำเนาถูกต้อง"), Block("text", "เนื้อความ")), method="ocr", trust=0.9)
    stamp = Page(1, (Block("text", "สำเนาถูกต้อง"),), cause="no_ocr", trust=0.0)
    joined = ocr._joined(stamp, [made], None)
    assert [block.text for block in joined.blocks] == ["สำเนาถูกต้อง", "เนื้อความ"]
    garbled = Page(1, (Block("text", "่่า" * 40),), method="text-layer", cause="no_ocr", trust=0.1, alternate="ข้อความ")
    joined = ocr._joined(garbled, [made], None)
    assert joined.blocks == made.blocks
    assert joined.alternate == "่่า" * 40 + "\nข้อความ"
    assert (joined.method, joined.trust) == ("ocr", 0.9)


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, body in parts.items():
            made.writestr(name, body)
    return out.getvalue()


R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'


def relation(number: int, target: str) -> str:
    return f'<Relationship Id="r{number}" Target="{target}"/>'


def word(*pictures: bytes) -> bytes:
    shown = "".join(f'<w:p><w:r><w:drawing><a:blip r:embed="r{i}"/></w:drawing></w:r></w:p>' for i in range(len(pictures)))
    body = f'<w:document xmlns:w="w" xmlns:a="a" {R}><w:body>{shown}</w:body></w:document>'
    rels = RELS.format("".join(relation(i, f"media/image{9 - i}.png") for i in range(len(pictures))))
    media = {f"word/media/image{9 - i}.png": body for i, body in enumerate(pictures)}
    return archive({"word/document.xml": body.encode(), "word/_rels/document.xml.rels": rels.encode(), **media})


def test_pictures_of_a_text() -> None:
    assert embedded(word(b"a", b"b"), WORD, 1, Limits()) == [b"a", b"b"]


def test_pictures_of_a_slide() -> None:
    order = '<p:sldIdLst><p:sldId id="1" r:id="r2"/><p:sldId id="2" r:id="r1"/></p:sldIdLst>'
    show = f'<p:presentation xmlns:p="p" {R}>{order}</p:presentation>'
    slide = f'<p:sld xmlns:p="p" xmlns:a="a" {R}><a:blip r:embed="r1"/></p:sld>'.encode()
    data = archive(
        {
            "ppt/presentation.xml": show.encode(),
            "ppt/_rels/presentation.xml.rels": RELS.format(
                relation(1, "slides/slide1.xml") + relation(2, "slides/slide2.xml")
            ).encode(),
            "ppt/slides/slide1.xml": slide,
            "ppt/slides/slide2.xml": slide,
            "ppt/slides/_rels/slide1.xml.rels": RELS.format(relation(1, "../media/a.png")).encode(),
            "ppt/slides/_rels/slide2.xml.rels": RELS.format(relation(1, "/ppt/media/b.png")).encode(),
            "ppt/media/a.png": b"a",
            "ppt/media/b.png": b"b",
        }
    )
    assert [embedded(data, SLIDES, page, Limits()) for page in (1, 2, 3)] == [[b"b"], [b"a"], []]


def test_pictures_of_an_open_text() -> None:
    content = b'<o xmlns:x="x" xmlns:d="d"><d:image x:href="Pictures/2.png"/><d:image x:href="./Pictures/1.png"/></o>'
    data = archive({"content.xml": content, "Pictures/1.png": b"a", "Pictures/2.png": b"b"})
    assert embedded(data, OPEN_TEXT, 1, Limits()) == [b"b", b"a"]


def test_a_scan_in_a_word_file() -> None:
    found = recognised(word(file_of(PRINT), b"\x01\x00\x00\x00 a drawing", file_of(sheet([(80, 80, "ข้อเสนอแนะเพื่อการพัฒนา")]))))
    (page,) = found.pages
    assert (page.method, page.cause, found.cause) == ("ocr", None, None)
    assert has(page.text, "อบรมคุณธรรม")
    assert has(page.text, "ข้อเสนอแนะเพื่อการพัฒนา")
