"""Which text layers can be believed."""

from __future__ import annotations

import random

from crawlers.readers.pdf_quality import BAD_SHARE, bad_share, is_noise, repair, trust_of

GOOD = "รายงานผลการดำเนินงานประจำปีงบประมาณ พ.ศ. ๒๕๖๕ ขององค์การบริหารส่วนตำบล มีปัญหาและอุปสรรคดังต่อไปนี้ " * 5


def test_good_and_mendable_text_is_believed() -> None:
    for text in (GOOD, GOOD.replace("ำ", "า"), GOOD.replace("ี", " ี"), GOOD.replace("้", "้้"), GOOD.replace("่", "\uf70a")):
        assert bad_share(text) < BAD_SHARE
        assert trust_of(text) > 0.5
        assert not is_noise(text, scanned=False)


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
