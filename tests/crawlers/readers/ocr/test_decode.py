"""Bytes to pixels within bounds."""

from __future__ import annotations

import struct
import zlib

import pytest

from crawlers.readers.ocr.decode import MAX_SIDE, pages_in, pictures, tiff_sizes
from ita_rules.errors import ReaderError
from tests.crawlers.readers.ocr.pictures import cv2, file_of, numpy

STEP = numpy.tile(numpy.repeat(numpy.array([0, 255], numpy.uint8), 40), (60, 1))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png_head(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp", ".bmp", ".tif"])
def test_every_form(suffix: str) -> None:
    (found,) = pictures(file_of(STEP, suffix))
    assert found.shape == (60, 80)
    assert found.dtype == numpy.uint8
    assert found[30, 10] < 20
    assert found[30, 70] > 235


def test_what_is_transparent_is_paper() -> None:
    clear = numpy.zeros((20, 20, 4), numpy.uint8)
    clear[5:10, 5:10, 3] = 255
    (found,) = pictures(file_of(clear))
    assert found[0, 0] == 255
    assert found[7, 7] == 0


def test_sixteen_bits() -> None:
    (found,) = pictures(file_of(STEP.astype(numpy.uint16) * 257))
    assert (found[30, 10], found[30, 70]) == (0, 255)


def test_pages_of_a_tiff() -> None:
    data = bytes(cv2.imencodemulti(".tif", [STEP, numpy.full((30, 40), 7, numpy.uint8), STEP])[1])
    assert pages_in(data) == 3
    assert tiff_sizes(data) == [(80, 60), (40, 30), (80, 60)]
    (second,) = pictures(data, 2, 2)
    assert second.shape == (30, 40)
    assert len(list(pictures(data, 1, 9))) == 3


@pytest.mark.parametrize("size", [(60_000, 60_000), (MAX_SIDE + 1, 10), (20_000, 20_000)])
def test_a_huge_picture_is_refused_by_its_header(size: tuple[int, int]) -> None:
    with pytest.raises(ReaderError) as caught:
        list(pictures(_png_head(*size)))
    assert caught.value.message_id == "too_large"


def test_a_huge_page_of_a_tiff() -> None:
    entries = struct.pack("<HHLL", 256, 4, 1, 60_000) + struct.pack("<HHLL", 257, 4, 1, 60_000)
    data = b"II*\x00" + struct.pack("<L", 8) + struct.pack("<H", 2) + entries + bytes(4)
    with pytest.raises(ReaderError) as caught:
        list(pictures(data))
    assert caught.value.message_id == "too_large"


@pytest.mark.parametrize("data", [_png_head(40, 30), b"\xff\xd8\xff\xe0", b"II*\x00" + bytes(20), b"GIF89a" + bytes(8)])
def test_damage(data: bytes) -> None:
    with pytest.raises(ReaderError) as caught:
        list(pictures(data))
    assert caught.value.message_id == "unreadable"


def test_a_chain_of_directories_that_bites_its_tail() -> None:
    data = b"II*\x00" + struct.pack("<L", 8) + struct.pack("<H", 0) + struct.pack("<L", 8)
    assert tiff_sizes(data) == [(0, 0)]
