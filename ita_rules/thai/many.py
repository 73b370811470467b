"""The lines of a whole text folded at once: the same as one by one (`ita_rules.thai.fold`), at a tenth of the cost.

Most lines have nothing to mend. Those are folded together in the one-byte code of Thai Windows (cp874), in which characters are
mapped, dropped and looked for at a nanosecond each; what that code lacks, or what has to be mended, is folded by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

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
_FAULTS = (b"vv", b"tv", b"tt", b"mt", b"mm", b"ma", b"ee", b" v", b" t", b" m", b"d")
"""Kinds beside each other of which there may be something to mend."""


def _is_sound(data: bytes) -> bool:
    """Whether there is nothing to mend in a plain text."""
    kinds = data.translate(_TO_KIND)
    return not any(fault in kinds for fault in _FAULTS)


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


def clean_all(texts: Sequence[str]) -> list[str]:
    """`clean` of each of many texts."""
    found = zip(texts, _all_sound(texts), strict=True)
    return [clean(text) if data is None else data.decode(_CODE) for text, data in found]


def keys_of(texts: Sequence[str]) -> list[tuple[str, str]]:
    """`key` and `loose` of each of many texts that are `clean` already, or ends of such."""
    sound = _all_sound(texts)
    strict = b"\n".join(data for data in sound if data is not None).translate(_LOWER, _DROPPED)
    loose = strict.translate(_AA, _TONES).replace(_bytes_of("เเ"), _bytes_of("แ"))
    # where punctuation was dropped, marks may have come together
    fine = None if _is_sound(strict) else iter([_is_sound(data) for data in strict.split(b"\n")])
    pairs = zip(strict.decode(_CODE).split("\n"), loose.decode(_CODE).split("\n"), strict=True)
    made = []
    for text, data in zip(texts, sound, strict=True):
        if data is None:
            made.append(_keys(text))
            continue
        pair = next(pairs)
        made.append(pair if fine is None or next(fine) else _keys(text))
    return made


def _keys(text: str) -> tuple[str, str]:
    keyed = key(text)
    return keyed, without_tones(keyed)
