"""YAML in which every value knows its line, for complaints that name the place; bounded, and strict about words.

Words that older YAML takes for yes and no (``yes``, ``off``, …), dates, numbers with a point and empty values are refused
unless quoted, because they would silently become something other than what was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml

from ita_rules.errors import RuleSetError

MAX_CHARACTERS = 500_000
MAX_NODES = 50_000
MAX_DEPTH = 12

_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})\Z")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

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
        self._count = 0

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
            loader = _Loader(text)
            try:
                node = loader.get_single_node()
            finally:
                loader.dispose()
        except yaml.YAMLError as err:
            mark = getattr(err, "problem_mark", None)
            self.fail("syntax", mark.line + 1 if mark else 1, getattr(err, "problem", None) or err)
        except RecursionError:
            self.fail("too_large", 1, "nesting")
        if node is None:
            self.fail("syntax", 1, "empty")
        return self._node(node, 0)

    def _node(self, node: Any, depth: int) -> Node:
        line = node.start_mark.line + 1
        self._count += 1
        if self._count > MAX_NODES or depth > MAX_DEPTH:
            self.fail("too_large", line, "nesting, or aliases")
        if isinstance(node, yaml.ScalarNode):
            return Node(self._scalar(node, line), line)
        if isinstance(node, yaml.SequenceNode):
            return Node([self._node(child, depth + 1) for child in node.value], line)
        result: dict[str, Node] = {}
        for key, value in node.value:
            name = self._scalar(key, key.start_mark.line + 1) if isinstance(key, yaml.ScalarNode) else None
            if not isinstance(name, str):
                self.fail("wrong_type", key.start_mark.line + 1, "a name is wanted")
            if name in result:
                self.fail("twice", key.start_mark.line + 1, name)
            result[name] = Node(self._node(value, depth + 1).value, key.start_mark.line + 1)
        return Node(result, line)

    def _scalar(self, node: Any, line: int) -> Scalar:
        text = str(node.value)
        tag = str(node.tag)
        if tag == "tag:yaml.org,2002:str":
            return text
        if tag == "tag:yaml.org,2002:bool" and text in ("true", "false"):
            return text == "true"
        if tag == "tag:yaml.org,2002:int" and _WHOLE.match(text):
            return int(text)
        return self.fail("quote_it", line, text)

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
