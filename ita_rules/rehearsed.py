"""A row of the answers sheet after its rehearsal: what the judge's side makes (`ita_rules.rehearsal`) and renderers show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Readiness: TypeAlias = Literal["ready", "mend", "unsure"]
"""Whether a row may be handed in as it is, is to be mended first, or has to be looked at by a person."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that the examiner will see: how it weighs (`tip` weighs nothing), the sentence, and what to do about it."""

    weight: Literal["mend", "unsure", "tip"]
    text: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A row after the rehearsal, and the same row cleaned.

    `number` is the row's place in the sheet (1-based), 0 for an item that the sheet lacks. `urls` and `note` are the cleaned
    ones: each address once, short links replaced by where they lead, no marks of campaigns; the note as typed, else the click
    path.
    """

    number: int
    item: str
    name: str
    readiness: Readiness
    remarks: tuple[Remark, ...]
    has: bool | None
    urls: tuple[str, ...] = ()
    note: str = ""
