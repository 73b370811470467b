"""Figures of IIT and EIT that people give, for the whole total: a YAML file, a CSV or a workbook.

YAML: ``{iit: 90.5, eit: 88}`` for one agency, or ``agencies: [{agency: …, iit: …, eit: …}]``. Tables have the columns
``agency, iit, eit`` (``หน่วยงาน, IIT, EIT``) in any order; the row of names may stand among the first thirty.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from ita_rules.complaints import Complaint, checked
from ita_rules.errors import ConfigError
from ita_rules.sheets import Row, SheetError, read_tables
from ita_rules.thai.fold import key
from ita_rules.yamlfile import YamlError, load_yaml

_AGENCY = ("agency", "หน่วยงาน", "ชื่อหน่วยงาน")
_HEADER_WITHIN = 30


class _Figures(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    agency: str = ""
    iit: float = Field(ge=0, le=100)
    eit: float = Field(ge=0, le=100)


class _Many(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    agencies: tuple[_Figures, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class ToolScores:
    """IIT and EIT of one agency, 0-100. `agency` is empty where the file serves but one; `line` is 1-based."""

    agency: str
    iit: float
    eit: float
    line: int = 1


def load_tool_scores(path: Path) -> tuple[ToolScores, ...]:
    """The figures in a file.

    Raises:
        ConfigError: it is missing, of another form, lacks a column or a figure, has one outside 0-100, or speaks of an agency
            twice (`file`, `line`).
    """
    if not path.is_file():
        raise ConfigError("error.scores.missing", file=str(path))
    found = _of_yaml(path) if path.suffix.lower() in (".yaml", ".yml") else _of_table(path)
    seen: dict[str, ToolScores] = {}
    for one in found:
        before = seen.setdefault(key(one.agency), one)
        if before is not one:
            raise ConfigError("error.scores.twice", file=str(path), line=one.line, agency=one.agency, before=before.line)
    return found


def scores_of(scores: tuple[ToolScores, ...], agency: str) -> ToolScores | None:
    """The figures of an agency: by its name, or the only ones where they name none. None where there are none of it."""
    named = next((s for s in scores if s.agency and key(s.agency) == key(agency)), None)
    return named or (scores[0] if len(scores) == 1 and not scores[0].agency else None)


def _of_yaml(path: Path) -> tuple[ToolScores, ...]:
    faults: list[Complaint] = []
    try:
        yaml = load_yaml(path)
    except YamlError as err:
        raise ConfigError(err.message_id, **dict(err.values)) from err
    value = yaml.value
    if not isinstance(value, dict):
        raise ConfigError("error.yaml_not_a_mapping", file=str(path), line=1)
    if "agencies" in value:
        many = checked(_Many, value, yaml, (), faults.append)
        figures = [(f, yaml.line(("agencies", n))) for n, f in enumerate(many.agencies)] if many else []
    else:
        one = checked(_Figures, value, yaml, (), faults.append)
        figures = [(one, 1)] if one else []
    if faults:
        first = faults[0]
        raise ConfigError(first.message_id, file=first.file, line=first.line, **first.values)
    return tuple(ToolScores(f.agency, f.iit, f.eit, line) for f, line in figures)


def _of_table(path: Path) -> tuple[ToolScores, ...]:
    try:
        for rows in read_tables(path):
            found = _of_rows(path, rows)
            if found:
                return found
    except SheetError as err:
        raise ConfigError("error.scores.unreadable", file=str(path), detail=err.detail or err.reason) from err
    raise ConfigError("error.scores.columns", file=str(path))


def _of_rows(path: Path, rows: list[Row]) -> tuple[ToolScores, ...]:
    """The figures of a table; empty where it has no row of column names."""
    for at, head in enumerate(rows[:_HEADER_WITHIN]):
        names = [cell.strip().lower() for cell in head.cells]
        if "iit" in names and "eit" in names:
            agency = next((n for n, name in enumerate(names) if name in _AGENCY), None)
            body = [row for row in rows[at + 1 :] if any(cell.strip() for cell in row.cells)]
            iit, eit = names.index("iit"), names.index("eit")
            return tuple(
                ToolScores(row.cell(agency).strip(), _figure(path, row, iit), _figure(path, row, eit), row.number) for row in body
            )
    return ()


def _figure(path: Path, row: Row, column: int) -> float:
    text = unicodedata.normalize("NFKC", row.cell(column)).strip()
    try:
        figure = float(text)
    except ValueError:
        figure = math.nan
    if not 0 <= figure <= 100:
        raise ConfigError("error.scores.figure", file=str(path), line=row.number, found=text)
    return figure
