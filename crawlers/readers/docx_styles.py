"""What the styles and the numbering of a Word file say of a paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from crawlers.readers.numbering import Level, Numbering

_HEADING = re.compile(r"^(?:heading|หัวเรื่อง|หัวข้อ)\s*(\d)", re.I)
_CONTENTS = re.compile(r"^(?:toc|สารบัญ|table of figures)\b", re.I)
DEFAULT_SIZE = 20.0
"""Half points where a file says nothing."""


def local(node: Any) -> str:
    """An element's name without its namespace, ``""`` for comments."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def value(node: Any, name: str) -> str | None:
    """The ``val`` of the child `name`, None where there is no such child."""
    for child in node:
        if local(child) == name:
            return next((v for key, v in child.attrib.items() if key.rpartition("}")[2] == "val"), "")
    return None


def on(node: Any, name: str) -> bool:
    """Whether the switch `name` is there and not turned off."""
    found = value(node, name)
    return found is not None and found not in ("0", "false", "off", "none")


def level_of(name: str) -> int:
    """The heading level that a style's name tells, 0 where it tells none."""
    if found := _HEADING.match(name):
        return max(1, int(found[1]))
    return int(name.lower() in ("title", "ชื่อเรื่อง"))


def is_of_contents(name: str) -> bool:
    """Whether a style's name is that of the lines of a table of contents."""
    return bool(_CONTENTS.match(name)) and not name.lower().endswith("heading")


def _child(node: Any, name: str) -> Any | None:
    return next((child for child in node if local(child) == name), None) if node is not None else None


@dataclass(slots=True)
class Style:
    """What counts for a paragraph: heading level (0 none), bold, size (half points), centred, number, line of contents."""

    level: int = 0
    bold: bool = False
    size: float = DEFAULT_SIZE
    centred: bool = False
    number: tuple[str, int] | None = None
    contents: bool = False


class Styles:
    """The paragraph and character styles of a file."""

    def __init__(self, tree: Any | None) -> None:
        self._nodes: dict[str, Any] = {}
        self._known: dict[str, Style] = {}
        self._default = ""
        base = Style()
        for node in tree if tree is not None else ():
            if local(node) == "docDefaults":
                for run in node.iter("{*}rPr"):
                    self._run(run, base)
            elif local(node) == "style":
                identity = _attribute(node, "styleId")
                self._nodes[identity] = node
                if _attribute(node, "type") == "paragraph" and _attribute(node, "default") in ("1", "true"):
                    self._default = identity
        self._base = base

    def of(self, paragraph: Any) -> Style:
        """The style of a paragraph, with its own settings on top."""
        setting = _child(paragraph, "pPr")
        name = (value(setting, "pStyle") if setting is not None else None) or self._default
        style = self.named(name)
        if setting is None:
            return style
        own = Style(style.level, style.bold, style.size, style.centred, style.number, style.contents)
        self._paragraph(setting, own)
        return own

    def of_run(self, run: Any, style: Style) -> tuple[bool, float]:
        """Whether a run of a paragraph of `style` is bold, and its size in half points."""
        setting = _child(run, "rPr")
        if setting is None:
            return style.bold, style.size
        own = Style(bold=style.bold, size=style.size)
        if name := value(setting, "rStyle"):
            own.bold = own.bold or self.named(name).bold
        self._run(setting, own)
        return own.bold, own.size

    def named(self, name: str, depth: int = 0) -> Style:
        """A style by its id, with all that it is based on."""
        if name in self._known:
            return self._known[name]
        node = self._nodes.get(name)
        if node is None or depth > 20:
            return Style(size=self._base.size, bold=self._base.bold)
        parent = self.named(value(node, "basedOn") or "", depth + 1)
        style = Style(parent.level, parent.bold, parent.size, parent.centred, parent.number, parent.contents)
        if (setting := _child(node, "rPr")) is not None:
            self._run(setting, style)
        if (setting := _child(node, "pPr")) is not None:
            self._paragraph(setting, style)
        title = value(node, "name") or ""
        style.level = level_of(title) or style.level
        style.contents = style.contents or is_of_contents(title)
        if style.contents:
            style.level = 0
        self._known[name] = style
        return style

    def _run(self, setting: Any, style: Style) -> None:
        # Thai is a complex script: its weight and size have settings of their own.
        for name in ("b", "bCs"):
            if value(setting, name) is not None:
                style.bold = on(setting, "b") or on(setting, "bCs")
        size = value(setting, "szCs") or value(setting, "sz") or ""
        if size.isdigit():
            style.size = float(size)

    def _paragraph(self, setting: Any, style: Style) -> None:
        if (outline := value(setting, "outlineLvl")) is not None and outline.isdigit():
            style.level = int(outline) + 1 if int(outline) < 9 else 0
        if (side := value(setting, "jc")) is not None:
            style.centred = side == "center"
        if (number := _child(setting, "numPr")) is not None:
            identity, depth = value(number, "numId"), value(number, "ilvl") or "0"
            if identity is not None:
                style.number = (identity, int(depth) if depth.isdigit() else 0) if identity != "0" else None


def _attribute(node: Any, name: str) -> str:
    return next((str(v) for key, v in node.attrib.items() if key.rpartition("}")[2] == name), "")


def number_of(text: str | None, default: int = 0) -> int:
    """A whole number as a file writes it, `default` for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else default


def numbering(tree: Any | None) -> Numbering:
    """The counters that a file's numbering part describes."""
    levels: dict[str, dict[int, Level]] = {}
    abstract: dict[str, dict[int, Level]] = {}
    for node in tree if tree is not None else ():
        if local(node) == "abstractNum":
            abstract[_attribute(node, "abstractNumId")] = {
                number_of(_attribute(level, "ilvl")): _level(level) for level in node if local(level) == "lvl"
            }
    for node in tree if tree is not None else ():
        if local(node) == "num":
            levels[_attribute(node, "numId")] = abstract.get(value(node, "abstractNumId") or "", {})
    return Numbering(levels)


def _level(node: Any) -> Level:
    start = value(node, "start") or "1"
    return value(node, "numFmt") or "decimal", value(node, "lvlText") or "", int(start) if start.isdigit() else 1
