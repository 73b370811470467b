"""The words of official papers: Thai digits, days, agencies' names; all foreign text cleaned and bounded."""

from __future__ import annotations

import re
from collections.abc import Callable

from ita_rules.messages import Catalogue, clean
from ita_rules.thai.months import SHORT

_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
# Codes (O13), addresses, names of files and forms, and foreign words with figures stay as they are.
_KEPT = re.compile(r"(https?://\S+|www\.\S+|\S*[A-Za-z_/\\]\S*)")
_NUMBER = re.compile(r"[0-9]")


def thai_digits(text: str) -> str:
    """`text` with its numbers in Thai digits; item codes, addresses and names of files as they are."""
    parts = _KEPT.split(text)
    return "".join(part if place % 2 and _NUMBER.search(part) else part.translate(_THAI) for place, part in enumerate(parts))


def digits_of(lang: str) -> Callable[[str], str]:
    """How numbers are written in papers of a language."""
    return str if lang == "en" else thai_digits


def short_month(iso: str, say: Catalogue) -> str:
    """The month of an ISO day, short, with its year: ``เม.ย. 2566``, ``April 2023``."""
    year, month = int(iso[:4]), int(iso[5:7])
    if say.lang == "en":
        return f"{say.say(f'date.month.{month}')} {year}"
    return f"{SHORT[month - 1]} {year + 543}"


def name_of(text: str, limit: int = 160) -> str:
    """An agency's or a unit's name as it may stand in a paper: cleaned, no blank among it that asks to be filled."""
    return clean(text, limit).replace("____", "…")
