"""Thai that does not say so."""

from __future__ import annotations

from crawlers.readers.thai_bytes import is_garbled, is_thai, mend

SAID = "รายงานผลการดำเนินงานประจำปีงบประมาณ พ.ศ. ๒๕๖๕"


def test_thai_bytes_are_told_from_western_ones() -> None:
    assert is_thai(SAID.encode("cp874"))
    assert not is_thai("Über die Öffnungszeiten für Straßenkünstler, déjà vu, garçon, señor, naïve façade éèêë".encode("cp1252"))
    assert not is_thai("กข".encode("cp874"))
    assert is_thai("กข".encode("cp874"), few=2)
    assert not is_thai(b"\xd1\xd1\xd1\xd1\xe8\xe8\xe8\xe8" * 5, few=2)


def test_garbled_text_is_told_and_mended() -> None:
    garbled = SAID.encode("cp874").decode("latin-1")
    assert is_garbled(garbled)
    assert mend(garbled) == SAID
    assert not is_garbled(SAID)
    assert not is_garbled("plain words")
