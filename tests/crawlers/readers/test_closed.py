"""Forms that stay closed say why."""

from __future__ import annotations

import pytest

from crawlers.readers.interface import read
from tests.crawlers.readers.olemaker import compound


@pytest.mark.parametrize(
    ("data", "cause", "failure"),
    [
        (b"Rar!\x1a\x07\x01\x00rest", "unreadable", "rar"),
        (b"7z\xbc\xaf\x27\x1crest", "unreadable", "7z"),
        (compound({"EncryptionInfo": b"x", "EncryptedPackage": b"y"}), "encrypted", "password"),
    ],
    ids=["rar", "7z", "locked office file"],
)
def test_why(data: bytes, cause: str, failure: str) -> None:
    document = read(data)
    assert (document.cause, document.facts["failure"]) == (cause, failure)
