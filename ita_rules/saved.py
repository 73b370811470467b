"""The report that a saved run already has, read back as the object that it was."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from ita_rules.errors import RunError
from ita_rules.model import Report

NAME = "report.json"
MOST_BYTES = 50_000_000


def load_report(folder: Path) -> Report:
    """The report in a run's folder. Raises `RunError`: there is none, it cannot be read, or it is none of ours."""
    path = folder / NAME
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except FileNotFoundError as err:
        raise RunError("error.saved.missing", path=str(folder)) from err
    except OSError as err:
        raise RunError("error.saved.unreadable", path=str(path), detail=err.strerror or str(err)) from err
    if len(data) > MOST_BYTES:
        raise RunError("error.saved.broken", path=str(path))
    try:
        return Report.model_validate_json(data)
    except ValidationError as err:
        raise RunError("error.saved.broken", path=str(path)) from err
