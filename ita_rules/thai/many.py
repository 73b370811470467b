"""The lines of a whole text folded at once: the same as one by one (`ita_rules.thai.fold`), at a tenth of the cost.

Most lines have nothing to mend. Those are folded together in the one-byte code of Thai Windows (cp874), in which characters are
mapped, dropped and looked for at a nanosecond each; what that code lacks, or what has to be mended, is folded by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ita_rules.thai.fold import LETTERS, clean, is_plain, key, without_tones

_CODE = "cp874"


def _bytes_of(letters: str) -> bytes:
    return letters.encode(_CODE)


_ALL = bytes(range(256)).decode(_CODE, errors="ignore")
_PLAIN = _bytes_of("".join(c for c in _ALL if is_plain(c)))
_ARABIC = bytes.maketrans(_bytes_of("๐๑๒๓๔๕๖๗๘๙"), b"0123456789")
_LOWER = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"abcdefghijklmnopqrstuvwxyz")
_DROPPED = _bytes_of("".join(c for c in _ALL if c != "\n" and not re.fullmatch(f"[{LETTERS}]", c.lower())))
_TONES = _bytes_of("็่้๊๋์")
_AA = bytes.maketrans(_bytes_of("ำ"), _bytes_of("า"))

# Each letter as what a repair looks for: vowel marks, tones, blanks, and some by themselves; all others as one.
_KINDS = {"v": "ัิีึืุู็", "t": "่้๊๋์", "d": "ฺ", "m": "ำ", "a": "า", "e": "เ", " ": "".join(c for c in _ALL if c.isspace())}
_TO_KIND = bytes(
    ord(next((kind for kind, letters in _KINDS.items() if letter in letters), "."))
    for letter in bytes(range(256)).decode(_CODE, errors="replace")
)
_FAULTS = (b"vv", b"tv", b"tt", b" v", b" t", b" m", b"mt", b"mm", b"ma", b"ee", b"d")
"""Kinds beside each other of which there may be something to mend."""


def _is_sound(data: bytes) -> bool:
    """Whether there is nothing to mend in a plain text."""
    kinds = data.translate(_TO_KIND)
    return all(fault not in kinds for fault in _FAULTS)


def _sound(text: str) -> bytes | None:
    """A text with Arabic digits in the one-byte code; None where it is not plain or has something to mend."""
    try:
        data = text.encode(_CODE)
    except UnicodeEncodeError:
        return None
    return data.translate(_ARABIC) if not data.translate(None, _PLAIN) and _is_sound(data) else None


def _all_sound(texts: Sequence[str]) -> list[bytes | None]:
    """The same of each of many texts; None for one of several lines too."""
    whole = _sound("\n".join(texts))
    if whole is not None and whole.count(b"\n") == len(texts) - 1:
        return list(whole.split(b"\n"))
    return [_sound(text) if "\n" not in text else None for text in texts]


@dataclass(frozen=True, slots=True)
class Folded:
    """Many texts folded: each `clean`, what was cut of that, and the `key` and the `loose` of the latter."""

    clean: list[str]
    cut: list[str]
    keys: list[str]
    loose: list[str]


def fold_all(texts: Sequence[str], cut: Callable[[str], str] = str) -> Folded:
    """Many texts folded as one by one. `cut` takes a clean text and gives its end, of which the keys are made."""
    sound = _all_sound(texts)
    cleaned = [clean(text) if data is None else data.decode(_CODE) for text, data in zip(texts, sound, strict=True)]
    ends = [cut(text) for text in cleaned]
    # an end of a sound text is sound
    strict = "\n".join([end for end, data in zip(ends, sound, strict=True) if data is not None]).encode(_CODE)
    strict = strict.translate(_LOWER, _DROPPED)
    looser = strict.translate(_AA, _TONES).replace(_bytes_of("เเ"), _bytes_of("แ"))
    keys, loose = strict.decode(_CODE).split("\n"), looser.decode(_CODE).split("\n")
    if None in sound or not _is_sound(strict):  # where punctuation was dropped, marks may have come together
        both = zip(keys, loose, strict=True)
        fine = iter(list(zip(both, map(_is_sound, strict.split(b"\n")), strict=True)))
        pairs = []
        for end, data in zip(ends, sound, strict=True):
            pair, is_fine = next(fine) if data is not None else (("", ""), False)
            pairs.append(pair if is_fine else (key(end), without_tones(key(end))))
        keys, loose = [strict for strict, _ in pairs], [looser for _, looser in pairs]
    return Folded(cleaned, ends, keys[: len(ends)], loose[: len(ends)])
