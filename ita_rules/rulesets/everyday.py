"""Words that any agency's paper has, whatever it is about: as a wording of a component they would be found everywhere.

Each stands in at least `SHARE` of the 62 written sources of the corpus of documents (`tests/corpora/documents/sources`), in
titles, headings, cells and sentences, blanks and tone marks aside; a test measures it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ita_rules.thai.fold import loose

SHARE = 0.4
"""Share of papers in which a word stands that says nothing by itself."""

EVERYDAY = (
    "ประจำปีงบประมาณ",
    "ปีงบประมาณ พ.ศ.",
    "รายงาน",
    "บริหาร",
    "ดำเนิน",
    "ผลการ",
    "ความ",
    "การ",
    "งาน",
    "และ",
    "ของ",
    "ตาม",
    "แผน",
    "บาท",
    "รับ",
    "จัด",
    "ทุก",
    "ราย",
    "วัน",
    "เดือน",
    "เรียน",
)

_KEYS = tuple((word, loose(word)) for word in EVERYDAY)


def everyday(wording: str, look_alikes: Iterable[str] = ()) -> str:
    """The everyday word of which a wording is a part or the whole, ``""`` where it is none.

    Where the component's `look_alikes` take the wording out of the word, it is not looked for there, and the word does not count.
    """
    folded = loose(wording)
    return next((word for word, left in _without(tuple(look_alikes)) if folded in left), "") if folded else ""


@lru_cache(maxsize=256)
def _without(look_alikes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Each everyday word with its key from which look-alikes are taken out: the same for all wordings of a component."""
    aside = sorted({loose(a) for a in look_alikes}, key=len, reverse=True)
    found = []
    for word, left in _KEYS:
        for one in aside:
            left = left.replace(one, "|") if one else left
        found.append((word, left))
    return tuple(found)
