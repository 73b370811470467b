from __future__ import annotations

import pytest

from ita_rules.thai.generic import is_generic


@pytest.mark.parametrize(
    "words", ["", "คลิกที่นี่", "เปิด", "ดูไฟล์แนบ", "Download", "[PDF]", "ดูเอกสาร", "https://www.song.go.th/dnm_fil...", "www.x.go.th"]
)
def test_words_that_say_nothing(words: str) -> None:
    assert is_generic(words)


def test_words_that_say_something() -> None:
    assert not is_generic("รายงานผลการดำเนินงานประจำปี")
