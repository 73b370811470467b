"""What a renderer is, which ones there are, and how a report file comes to stand in its folder whole or not at all."""

from __future__ import annotations

import contextlib
import importlib
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ita_rules.errors import OutputError
from ita_rules.model import Report

_KNOWN = {
    "json": ("reports.json_report", "JsonRenderer"),
    "html": ("reports.html_report", "HtmlRenderer"),
    "xlsx": ("reports.xlsx_report", "XlsxRenderer"),
    "docx": ("reports.papers", "DocxRenderer"),
    "csv": ("reports.csv_report", "CsvRenderer"),
    "junit": ("reports.junit_report", "JunitRenderer"),
    "jsonl": ("reports.jsonl_report", "JsonlRenderer"),
}
"""Where each renderer is, loaded when it is asked for: each needs `write_whole` of this module, and some are long to load."""


class Renderer(Protocol):
    """Writes a report in one format."""

    @property
    def name(self) -> str:
        """The format's name on the command line, such as ``html``."""

    @property
    def suffix(self) -> str:
        """What follows the stem in the file's name, such as ``.html`` or ``.junit.xml``."""

    def render(self, report: Report, folder: Path, stem: str) -> Path:
        """Write `report` as ``folder/stem + suffix`` and return that path; raises `OutputError` when it cannot be written."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page of an item's evidence as a WebP picture of `width` x `height` pixels; `marked` tells that words are marked in it.

    `kept` names where a store keeps it: the SHA-256 of the body and a mark of all that was asked; None where none does.
    """

    item: str
    url: str
    page: int
    data: bytes
    width: int
    height: int
    marked: bool
    kept: tuple[str, str] | None = None


def renderer_of(name: str, pictures: Sequence[PagePicture] = ()) -> Renderer:
    """The renderer of one format, the others not loaded for it. Raises `KeyError` for a format that there is not."""
    module, kind = _KNOWN[name]
    made = getattr(importlib.import_module(module), kind)
    found: Renderer = made(pictures) if name == "html" else made()
    return found


def renderers(pictures: Sequence[PagePicture] = ()) -> dict[str, Renderer]:
    """Every renderer by its name, in the order in which reports are written. `pictures` are for those that can show them."""
    return {name: renderer_of(name, pictures) for name in _KNOWN}


def write_whole(folder: Path, name: str, content: bytes) -> Path:
    """Write `content` to ``folder/name`` through a neighbour that is renamed, so that no reader ever sees half a file.

    The folder is made when missing; a file of that name is replaced. Raises `OutputError` when anything of this fails.
    """
    if not name or name != Path(name).name or "\x00" in name:
        raise OutputError("error.output.bad_name", name=name)
    target = folder / name
    # The name is short and our own: the report's own name may already be as long as the file system allows.
    draft = folder / f".{secrets.token_hex(8)}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with draft.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(target)
        finally:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError("error.output.not_writable", path=str(target), detail=error.strerror or str(error)) from error
    return target
