"""What the styles of an OpenDocument file say of paragraphs, cells, sheets and lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from crawlers.readers.docx_styles import is_of_contents, level_of, local
from crawlers.readers.numbering import Level, Numbering

MAX_DEPTH = 20
"""Styles based on styles are followed so far."""

_LENGTH = re.compile(r"^(-?[0-9.]+)(cm|mm|in|pt|pc|px)$")
_PIXELS = {"cm": 96 / 2.54, "mm": 96 / 25.4, "in": 96.0, "pt": 96 / 72, "pc": 16.0, "px": 1.0}
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none"}
_THAI_FORMS = {"๑": "thaiNumbers", "ก": "thaiLetters"}
_KINDS = ("{*}style", "{*}default-style", "{*}list-style", "{*}outline-style")
OUTLINE = "outline"
"""The name under which headings are counted."""


def attribute(node: Any, name: str, other: str = "") -> str:
    """An attribute by its name without namespace, `other` where there is none."""
    return next((str(found) for key, found in node.attrib.items() if key.rpartition("}")[2] == name), other)


def count_of(node: Any, name: str, most: int) -> int:
    """An attribute that counts something: 1 where it says nothing, at most `most`."""
    text = attribute(node, name)
    return max(1, min(int(text), most)) if text.isdecimal() and len(text) < 10 else 1


def pixels(length: str) -> int:
    """A length as pixels, 96 an inch; 0 where it is none."""
    found = _LENGTH.match(length)
    try:
        return int(float(found[1]) * _PIXELS[found[2]]) if found else 0
    except ValueError:
        return 0


@dataclass(frozen=True, slots=True)
class Style:
    """What counts of a style. `size` in points (0 unknown); `hidden` for sheets and slides that are not shown."""

    bold: bool = False
    size: float = 0.0
    centred: bool = False
    level: int = 0
    contents: bool = False
    shaded: bool = False
    hidden: bool = False
    list_name: str = ""


class Styles:
    """The styles of a file by family and name."""

    def __init__(self, trees: Iterable[Any | None]) -> None:
        self._nodes: dict[tuple[str, str], Any] = {}
        self._known: dict[tuple[str, str], Style] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        for tree in trees:
            for node in tree.iter(*_KINDS) if tree is not None else ():
                if local(node) in ("list-style", "outline-style"):
                    name = OUTLINE if local(node) == "outline-style" else attribute(node, "name")
                    self._levels[name] = dict(map(_level, (child for child in node if attribute(child, "level").isdecimal())))
                else:
                    self._nodes[attribute(node, "family"), attribute(node, "name")] = node

    def of(self, family: str, name: str, depth: int = 0) -> Style:
        """A style with all that it is based on; the family's default where there is none of that name."""
        key = (family, name)
        if key in self._known:
            return self._known[key]
        node = self._nodes.get(key)
        if node is None or depth > MAX_DEPTH:
            return self.of(family, "", depth + 1) if name and depth <= MAX_DEPTH else Style()
        parent = attribute(node, "parent-style-name")
        made = self.of(family, parent, depth + 1) if name else Style()
        made = replace(made, hidden=False)
        for setting in node:
            made = _changed(made, setting)
        title = (attribute(node, "display-name") or name).replace("_20_", " ")
        if level := level_of(title):
            made = replace(made, level=level)
        if is_of_contents(title) or re.match(r"contents \d", title, re.I):
            made = replace(made, level=0, contents=True)
        if attribute(node, "list-style-name"):
            made = replace(made, list_name=attribute(node, "list-style-name"))
        self._known[key] = made
        return made

    def numbering(self, names: dict[str, str]) -> Numbering:
        """The counters of the lists; `names` grows while the text is read and says which style each list has."""
        return Numbering(_Lists(self._levels, names))


class _Lists(dict[str, dict[int, Level]]):
    """The levels of each list by the name of its style."""

    def __init__(self, levels: dict[str, dict[int, Level]], names: dict[str, str]) -> None:
        super().__init__()
        self._levels = levels
        self._names = names

    def get(self, key: str, default: Any = None) -> Any:
        """The levels of the list `key`."""
        return self._levels.get(self._names.get(key, key), default)


def _changed(style: Style, setting: Any) -> Style:
    kind = local(setting)
    if kind == "text-properties":
        # Thai is a complex script, with a weight and a size of its own.
        weights = [attribute(setting, name) for name in ("font-weight", "font-weight-complex")]
        if any(weights):
            style = replace(style, bold=any(w == "bold" or (w.isdecimal() and int(w) >= 600) for w in weights))
        size = attribute(setting, "font-size-complex") or attribute(setting, "font-size")
        if size.endswith("pt"):
            style = replace(style, size=pixels(size) * 0.75)
    elif kind == "paragraph-properties":
        if side := attribute(setting, "text-align"):
            style = replace(style, centred=side == "center")
    elif kind == "table-cell-properties":
        if ground := attribute(setting, "background-color"):
            style = replace(style, shaded=ground.lower() not in ("transparent", "#ffffff"))
    elif kind in ("table-properties", "drawing-page-properties"):
        style = replace(style, hidden=attribute(setting, "display") == "false" or attribute(setting, "visibility") == "hidden")
    return style


def _level(node: Any) -> tuple[int, Level]:
    """One depth of a list."""
    depth = int(attribute(node, "level")[:3]) - 1
    start = attribute(node, "start-value")
    if local(node) != "list-level-style-number" and local(node) != "outline-level-style":
        return depth, ("bullet", "", 1)
    form = attribute(node, "num-format")
    shown = count_of(node, "display-levels", depth + 1)
    numbers = ".".join(f"%{at + 1}" for at in range(depth + 1 - shown, depth + 1))
    pattern = f"{attribute(node, 'num-prefix').replace('%', '')}{numbers}{attribute(node, 'num-suffix').replace('%', '')}"
    kind = _FORMS.get(form) or _THAI_FORMS.get(form[:1], "decimal")
    return depth, (kind, pattern, int(start) if start.isdecimal() and len(start) < 7 else 1)
