"""Counts what office programs count by themselves, since people see those numbers and files do not hold them."""

from __future__ import annotations

import re
from collections.abc import Mapping

_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))

Level = tuple[str, str, int]
"""How one depth of a list is numbered: the form as Word names it (``decimal``, ``thaiNumbers``, ``bullet`` …), the pattern with
``%1`` for the number of the first depth and so on, and the number that it starts with."""


class Numbering:
    """The counters of a file. `levels` says for each list, by its name, how each depth (from 0) is numbered."""

    def __init__(self, levels: Mapping[str, Mapping[int, Level]]) -> None:
        self._levels = levels
        self._counts: dict[str, dict[int, int]] = {}

    def next(self, number: tuple[str, int]) -> str:
        """The label of the next paragraph of a list at a depth: ``๑.``, ``2.1``, a bullet, ``""`` where none is known."""
        identity, depth = number
        levels = self._levels.get(identity, {})
        if depth not in levels:
            return ""
        form, pattern, start = levels[depth]
        counts = self._counts.setdefault(identity, {})
        counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        if form == "bullet":
            return "•"
        if form == "none":
            return ""

        def place(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            own, _, begin = levels.get(at, ("decimal", "", 1))
            return number_text(counts.get(at, begin), own)

        return re.sub(r"%(\d)", place, pattern)


def number_text(count: int, form: str) -> str:
    """A number in the dress that `form` names: digits where the form is not known."""
    if form in ("thaiNumbers", "thaiCounting"):
        return str(count).translate(_THAI_DIGITS)
    if form == "thaiLetters":
        return _THAI_LETTERS[(count - 1) % len(_THAI_LETTERS)]
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        text, left = "", min(count, 39)
        for worth, sign in _ROMAN:
            text += sign * (left // worth)
            left %= worth
        return text if form == "lowerRoman" else text.upper()
    return str(count)


def labelled(label: str, words: str) -> tuple[str, bool]:
    """A paragraph with its number before it, and whether the label is only a bullet (which is left out)."""
    if label and not any(c.isalnum() for c in label):
        return words, True
    return (f"{label} {words}" if label else words), False
