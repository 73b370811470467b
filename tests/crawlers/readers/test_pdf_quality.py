"""Which text layers can be believed."""

from __future__ import annotations

import random

import pytest

from crawlers.readers.pdf_quality import BAD_SHARE, bad_share, is_noise, is_plain_text, repair, trust_of

GOOD = "รายงานผลการดำเนินงานประจำปีงบประมาณ พ.ศ. ๒๕๖๕ ขององค์การบริหารส่วนตำบล มีปัญหาและอุปสรรคดังต่อไปนี้ " * 5


def test_good_and_mendable_text_is_believed() -> None:
    for text in (GOOD, GOOD.replace("ำ", "า"), GOOD.replace("ี", " ี"), GOOD.replace("้", "้้"), GOOD.replace("่", "\uf70a")):
        assert bad_share(text) < BAD_SHARE
        assert trust_of(text) > 0.5
        assert not is_noise(text, scanned=False)


def test_bullets_of_symbol_fonts_are_no_noise() -> None:
    assert bad_share("\uf0b7 ขอใช้สนามกีฬา\n\uf0b7 แจ้งถนนชำรุด\n\uf0fcกรอกคำขอ\n" * 9) == 0
    assert bad_share("\uf0a1\uf0d2\uf0c3\uf0b7\uf0d3\uf0a7\uf0d2\uf0b9 " * 9) > BAD_SHARE


def test_wrong_character_map_is_noise() -> None:
    letters = sorted(set(GOOD) - {" "})
    mixed = letters[:]
    random.Random(3).shuffle(mixed)
    garbled = GOOD.translate(str.maketrans(dict(zip(letters, mixed, strict=True))))
    assert bad_share(garbled) > BAD_SHARE
    assert is_noise(garbled, scanned=False)
    assert trust_of(garbled) < 0.5


def test_codes_without_meaning_are_noise() -> None:
    assert is_noise(GOOD + "(cid:12)" * 40, scanned=False)


def test_repair_leaves_real_latin_alone() -> None:
    latin = "Café à la crème, déjà vu, naïve façade, élève, où, être, août, çà et là, Noël, île, fenêtre, hôtel"
    assert repair(latin) == latin
    assert repair(GOOD) == GOOD
    assert repair(GOOD.encode("cp874").decode("latin-1")) == GOOD


@pytest.mark.parametrize(
    ("text", "clusters"),
    [("ก่ก", 0), ("ก ่", 0), ("a่", 1), ("่", 1), ("ก่๋", 1), ("กิี", 1), ("เ ก", 1), ("เก", 0), ("\ufffd\ue001", 2),
     ("(cid:3)(c", 1), ("น้ำ", 0), ("กำ่", 0)],
)  # fmt: skip
def test_impossible_clusters_are_counted(text: str, clusters: int) -> None:
    assert bad_share(text) == clusters / 30


def test_layer_over_pictures_needs_words_that_bear_it_out() -> None:
    names = "นายสมชาย ใจดี นางสมหญิง รักไทย นายมานะ อดทน"
    assert [is_noise(names, scanned=s, hidden=h) for s, h in ((False, True), (True, True), (True, False))] == [False, True, False]
    junk = "nrna qdni uirx qzwv ukkr ttrm nopq"
    assert [is_noise(junk, scanned=s, hidden=False) for s in (False, True)] == [False, True]
    assert not is_noise(GOOD, scanned=True)


def test_plain_text_bears_itself_out() -> None:
    assert [is_plain_text(t) for t in ("สมชาย ใจดี", "a list of the names", "nrna qdni", "12 / 30", "")] == [
        True,
        True,
        False,
        False,
        False,
    ]
