"""The two files that an author writes of a form, as written: `ruleset.yaml` and `Onn-concept.yaml`."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ita_rules.rulesets.types import Indicator, Step, Window, Words

ITEM_FILE = re.compile(r"^O\d{1,3}-[a-z0-9-]+\.yaml$")
CASES_SUFFIX = ".cases.yaml"


def _listed(value: Any) -> Any:
    """One name where several may stand."""
    return [value] if isinstance(value, str) else value


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RuleSetFile(_File):
    """`ruleset.yaml`; `fiscal_year` is B.E. `extends` names the rule set whose common checks and levels hold here too.

    With `inherit_items` the codes of the grid that have no file of their own are the same items as in that rule set.
    """

    id: str
    extends: str | None = None
    inherit_items: bool = False
    fiscal_year: int
    name: Words
    window: Window
    indicators: tuple[Indicator, ...]
    every_item: dict[str, Any] = Field(default_factory=dict)
    due: dict[str, dt.date] = Field(default_factory=dict)
    levels: dict[str, Any] | None = None
    calendar: tuple[Step, ...] = ()


class Locate(_File):
    """Where to look, beside the concept's own titles; `without` are those of them that name another item in this year."""

    titles: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


class ItemFile(_File):
    """`Onn-concept.yaml`. A name left out is the one inherited, else the concept's; an indicator left out is the grid's.

    `extends` names items of other rule sets (``oit-2566/O13``) whose concepts, names, titles and checks this one has too.
    `verified` left out is true for an item that stands alone and false for one that extends: nobody has compared it yet.
    """

    item: str
    extends: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    concepts: tuple[str, ...] = ()
    name: Words | None = None
    indicator: str | None = None
    verified: bool | None = None
    source: str | None = None
    locate: Locate = Locate()
    checks: dict[str, Any] = Field(default_factory=dict)


def item_paths(folder: Path) -> list[Path]:
    """The item files of a rule set's folder, in the order of their codes."""
    found = [p for p in folder.glob("*.yaml") if p.name != "ruleset.yaml" and not p.name.endswith(CASES_SUFFIX)]
    return sorted(found, key=lambda p: (int(re.sub(r"\D", "", p.name.partition("-")[0]) or 0), p.name))
