"""report.json: the report object as it is, for other programs, described by the schema that ships beside this module."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path
from typing import Any

from ita_rules.model import Report
from reports.interface import write_whole

# Legal inside a JSON string, but able to garble a terminal, a diff or a line-wise reader: written as \uXXXX, same value.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
# No encoder takes a lone surrogate, and databases refuse NUL: these two are replaced.
_IMPOSSIBLE = re.compile("[\x00\ud800-\udfff]")


class JsonRenderer:
    """See `reports.interface.Renderer`."""

    name = "json"
    suffix = ".json"

    def render(self, report: Report, folder: Path, stem: str) -> Path:
        """See `reports.interface.Renderer.render`."""
        return write_whole(folder, stem + self.suffix, dump(report).encode("utf-8"))


def dump(report: Report) -> str:
    """`report` as JSON text: the keys in the model's order, one blank of indent, Thai as it is; the same text every time."""
    return encoded(report.model_dump(mode="json", by_alias=True), indent=1) + "\n"


def encoded(data: object, indent: int | None = None) -> str:
    """`data` as JSON text that no terminal, diff or line-wise reader stumbles over; on one line without an `indent`."""
    text = json.dumps(_possible(data), ensure_ascii=False, indent=indent, allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of report.json, made from the model."""
    made = Report.model_json_schema(by_alias=True, mode="validation")
    made["required"] = ["schema", *made["required"]]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def schema_text() -> str:
    """The text of ``report.schema.json``, as it has to stand in the repository."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def shipped_schema() -> dict[str, Any]:
    """The JSON Schema that ships with the package, as data."""
    text = resources.files("reports").joinpath("report.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _possible(value: Any) -> Any:
    if isinstance(value, str):
        return _IMPOSSIBLE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_possible(each) for each in value]
    if isinstance(value, dict):
        return {key: _possible(each) for key, each in value.items()}
    return value
