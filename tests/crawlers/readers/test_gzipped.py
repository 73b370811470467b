"""One packed file."""

from __future__ import annotations

import gzip
import hashlib

from crawlers.readers.interface import Hints, Limits, read


def test_it_is_read_as_what_it_is() -> None:
    data = gzip.compress("เรื่อง,จำนวน\nร้องเรียน,5\nชมเชย,2\n".encode())
    document = read(data, Hints(filename="a.csv.gz"))
    assert (document.media_type, document.sha256) == ("text/csv", hashlib.sha256(data).hexdigest())
    assert [block.cells for block in document.pages[0].blocks][1:] == [("ร้องเรียน", "5"), ("ชมเชย", "2")]
    assert document.readers[0].startswith("gzipped/1 ")


def test_bounds_and_damage() -> None:
    data = gzip.compress(b"words " * 1000)
    assert read(data, limits=Limits(unpacked_bytes=5000)).cause == "too_large"
    assert read(data[:-20]).facts["failure"] == "truncated"
    assert read(data[:12] + b"\xff" * 30).facts["failure"] == "damaged"
    assert read(gzip.compress(data), limits=Limits(nesting=1)).facts["failure"] == "nesting"
