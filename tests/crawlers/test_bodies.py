import gzip
import time
import zlib

import pytest

from crawlers.bodies import MAX_MEMBERS, TooLargeError, UnknownPackingError, unpack

TEXT = "หน้า".encode() * 500
LIMIT = 100_000


def raw_deflate(data):
    machine = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return machine.compress(data) + machine.flush()


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("utf-8", TEXT),
        ("gzip", gzip.compress(TEXT)),
        ("X-GZIP", gzip.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
        ("gzip, gzip", gzip.compress(gzip.compress(TEXT))),
        ("deflate, gzip", gzip.compress(zlib.compress(TEXT))),
        ("gzip", gzip.compress(TEXT[:99]) + gzip.compress(TEXT[99:500]) + gzip.compress(TEXT[500:])),
        ("gzip", gzip.compress(TEXT) + bytes(40)),
        ("gzip", gzip.compress(TEXT) + b"<!-- a word of the server -->"),
        ("br", b"<html>" + TEXT),
    ],
)
def test_what_was_packed_is_had_whole(encoding, packed):
    body, whole, _ = unpack(packed, encoding, LIMIT)
    assert whole
    assert body.removeprefix(b"<html>") == TEXT


ONE = gzip.compress(TEXT)


@pytest.mark.parametrize(
    ("encoding", "sent", "packed"),
    [
        ("gzip", ONE, ONE),
        ("", TEXT, b""),
        ("", ONE, b""),
        ("deflate", zlib.compress(TEXT), b""),
        ("gzip, gzip", gzip.compress(ONE), b""),
        ("gzip", gzip.compress(b"") + ONE, b""),
        ("gzip", ONE + bytes(4), b""),
        ("gzip", ONE[:-1], b""),
        ("gzip", gzip.compress(bytes(3 * LIMIT)), b""),
    ],
)
def test_a_body_that_came_as_one_member_is_there_as_it_came(encoding, sent, packed):
    assert unpack(sent, encoding, LIMIT).packed == packed


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(TEXT)[:-20]),
        ("gzip", b"\x1f"),
        ("gzip", gzip.compress(TEXT) + gzip.compress(TEXT)[:-9]),
        ("gzip", gzip.compress(TEXT)[:12] + b"\xff" * 50),
        ("deflate", zlib.compress(TEXT)[:-20]),
        ("gzip, gzip", gzip.compress(gzip.compress(TEXT)[:-20])),
    ],
)
def test_a_cut_body_is_not_whole(encoding, packed):
    assert not unpack(packed, encoding, LIMIT)[1]


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(bytes(3 * LIMIT))),
        ("gzip", gzip.compress(bytes(60_000)) * 2),
        ("deflate", zlib.compress(bytes(3 * LIMIT))),
        ("gzip, gzip", gzip.compress(gzip.compress(bytes(30 * LIMIT)))),
    ],
)
def test_a_bomb_is_unpacked_one_byte_too_far_and_no_further(encoding, packed):
    assert len(unpack(packed, encoding, LIMIT)[0]) == LIMIT + 1


def test_members_that_hold_nothing_come_to_an_end():
    start = time.monotonic()
    with pytest.raises(TooLargeError):
        unpack(gzip.compress(b"") * (20 * MAX_MEMBERS), "gzip", LIMIT)
    assert time.monotonic() - start < 2


def test_layers_have_an_end():
    with pytest.raises(TooLargeError):
        unpack(b"", "gzip, gzip, gzip, gzip", LIMIT)


def test_a_packing_that_nobody_offered():
    with pytest.raises(UnknownPackingError):
        unpack(b"\x8b\x02\x80abc", "br", LIMIT)
