"""A file of rules as nodes that know their lines, for complaints that name the place; read strictly (`ita_rules.yamlfile`)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from ita_rules.errors import RuleSetError
from ita_rules.yamlfile import Place, YamlError, YamlFile, load_yaml_text

MAX_CHARACTERS = 500_000
_COMPLAINTS = {"error.yaml_too_large": "too_large", "error.yaml_twice": "twice", "error.yaml_quote_it": "quote_it"}

Scalar = str | int | bool


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its 1-based line (that of its key in a mapping): a scalar, a list of nodes, or a mapping of names to nodes."""

    value: Scalar | list[Node] | dict[str, Node]
    line: int


class Source:
    """One file: reads it into nodes, and complains with file and line."""

    def __init__(self, file: str) -> None:
        self.file = file

    def fail(self, message: str, line: int, detail: object = "") -> NoReturn:
        """Raise the complaint ``error.inference.MESSAGE`` about a line.

        Raises:
            RuleSetError: always.
        """
        raise RuleSetError(f"error.inference.{message}", file=self.file, line=line, detail=str(detail))

    def read(self, text: str) -> Node:
        """The nodes of a document.

        Raises:
            RuleSetError: not YAML, empty, too large (also by aliases that multiply), a key twice, a value that is refused.
        """
        if len(text) > MAX_CHARACTERS:
            self.fail("too_large", 1, f"{len(text)} > {MAX_CHARACTERS}")
        try:
            found = load_yaml_text(text, Path(self.file), strict=True)
        except YamlError as err:
            line, detail = err.values["line"], err.values.get("detail", "")
            self.fail(_COMPLAINTS.get(err.message_id, "syntax"), int(str(line)), detail)
        if found.value is None:
            self.fail("syntax", 1, "empty")
        return self._node(found, found.value, ())

    def _node(self, found: YamlFile, value: Any, place: Place) -> Node:
        line = found.line(place)
        if isinstance(value, list):
            return Node([self._node(found, child, (*place, n)) for n, child in enumerate(value)], line)
        if not isinstance(value, dict):
            return Node(value, line)
        for key in value:
            if not isinstance(key, str):
                self.fail("wrong_type", found.line((*place, key)), "a name is wanted")
        return Node({key: self._node(found, child, (*place, key)) for key, child in value.items()}, line)

    def mapping(self, node: Node, required: tuple[str, ...] = (), optional: tuple[str, ...] | None = ()) -> dict[str, Node]:
        """The node as a mapping with the keys `required` and no others than `optional` (any when None)."""
        if not isinstance(node.value, dict):
            self.fail("wrong_type", node.line, "a mapping is wanted")
        for key, value in node.value.items():
            if optional is not None and key not in required and key not in optional:
                self.fail("unknown_key", value.line, key)
        for key in required:
            if key not in node.value:
                self.fail("missing_key", node.line, key)
        return node.value

    def items(self, node: Node) -> list[Node]:
        """The node as a list."""
        if not isinstance(node.value, list):
            self.fail("wrong_type", node.line, "a list is wanted")
        return node.value

    def text(self, node: Node) -> str:
        """The node as a text that is not empty."""
        if not isinstance(node.value, str) or not node.value.strip():
            self.fail("wrong_type", node.line, "a text is wanted")
        return node.value

    def number(self, node: Node) -> int:
        """The node as a whole number."""
        if type(node.value) is not int:
            self.fail("wrong_type", node.line, "a whole number is wanted")
        return node.value

    def scalar(self, node: Node) -> Scalar:
        """The node as a text, a whole number, true or false."""
        if isinstance(node.value, (list, dict)):
            self.fail("wrong_type", node.line, "one value is wanted")
        return node.value
