"""YAML files that people write, read with the line of every value, so that each complaint can name file and line.

Only plain YAML comes through (PyYAML's safe resolver, the C parser where it is built in). The number of values is bounded,
so that aliases that multiply (a "YAML bomb") are refused instead of filling the memory.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

import yaml

from ita_rules.errors import ItaRulesError

Place = tuple[Hashable, ...]
"""Where a value stands: the keys and list positions that lead to it from the top."""

MAX_BYTES = 2_000_000
MAX_VALUES = 200_000
MAX_DEPTH = 40

_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})\Z")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlError(ItaRulesError):
    """A file is not usable YAML. `message_id` says why; `values` holds `file`, `line` and `detail`."""


@dataclass(frozen=True, slots=True)
class YamlFile:
    """The value of a file and the 1-based line of every place in it."""

    path: FilePath
    value: Any
    lines: Mapping[Place, int] = field(default_factory=dict)

    def line(self, place: Place) -> int:
        """Line of a place, or of the nearest place above it that is known."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


class _Builder:
    """Turns composed nodes into values, counting them and noting their lines."""

    def __init__(self, path: FilePath, strict: bool = False, most: int | None = None) -> None:
        self.path = path
        self.strict = strict
        self.lines: dict[Place, int] = {}
        self.count = 0
        self.most = most or MAX_VALUES
        self.scalars = yaml.constructor.SafeConstructor()

    def fail(self, message_id: str, node: Any, detail: str = "") -> YamlError:
        """An error at a node."""
        return YamlError(message_id, file=str(self.path), line=node.start_mark.line + 1, detail=detail)

    def build(self, node: Any, place: Place = ()) -> Any:
        """The value of a node."""
        self.count += 1
        if self.count > self.most or len(place) > MAX_DEPTH:
            raise self.fail("error.yaml_too_large", node)
        self.lines[place] = node.start_mark.line + 1
        if isinstance(node, yaml.ScalarNode):
            if self.strict and not _is_plain(node):
                raise self.fail("error.yaml_quote_it", node, str(node.value))
            try:
                return self.scalars.construct_object(node)
            except (yaml.YAMLError, ValueError) as err:
                raise self.fail("error.yaml_syntax", node, str(err).splitlines()[0]) from err
        if node.tag not in ("tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"):
            raise self.fail("error.yaml_syntax", node, str(node.tag))
        if isinstance(node, yaml.SequenceNode):
            return [self.build(n, (*place, i)) for i, n in enumerate(node.value)]
        if not isinstance(node, yaml.MappingNode):
            raise self.fail("error.yaml_syntax", node)
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = self.build(key_node, (*place, "?"))
            if not isinstance(key, Hashable):
                raise self.fail("error.yaml_syntax", key_node)
            if key in result:
                raise self.fail("error.yaml_twice", key_node, str(key))
            result[key] = self.build(value_node, (*place, key))
            self.lines[(*place, key)] = key_node.start_mark.line + 1
        return result


class _UnusualError(Exception):
    """There is something in a file that is to be looked at closely, most likely a fault."""


class _Quick:
    """Reads a file in one go from the parser's events, without nodes between; most of our files are as plain as that.

    At the first thing that is not (an anchor, a tag, a fault, nesting, a great many values) it gives up, and the file is read
    by `_Builder`, which tells what is wrong.
    """

    def __init__(self, path: FilePath, text: str) -> None:
        self.path = path
        self.text = text
        self.lines: dict[Place, int] = {}
        self.scalars = yaml.constructor.SafeConstructor()

    def read(self) -> YamlFile | None:
        """The file; None where it has to be looked at closely."""
        loader = _Loader(self.text)
        self._next = loader.get_event
        self._resolvers = loader.yaml_implicit_resolvers
        self._resolve = loader.resolve
        try:
            self._next()  # the stream begins
            if not isinstance(self._next(), yaml.DocumentStartEvent):
                return None
            value = self._value(self._next(), ())
            self._next()  # the document ends
            if not isinstance(self._next(), yaml.StreamEndEvent) or len(self.lines) > MAX_VALUES // 2:
                return None
        except (yaml.YAMLError, ValueError, _UnusualError):
            return None
        finally:
            loader.dispose()
        return YamlFile(self.path, value, self.lines)

    def _value(self, event: Any, place: Place) -> Any:
        kind = type(event)
        if kind is yaml.AliasEvent or event.anchor is not None or event.tag is not None or len(place) >= MAX_DEPTH:
            raise _UnusualError
        self.lines[place] = event.start_mark.line + 1
        if kind is yaml.ScalarEvent:
            return self._scalar(event)
        following = self._next()
        if kind is yaml.SequenceStartEvent:
            listed: list[Any] = []
            while type(following) is not yaml.SequenceEndEvent:
                listed.append(self._value(following, (*place, len(listed))))
                following = self._next()
            return listed
        found: dict[Any, Any] = {}
        while type(following) is not yaml.MappingEndEvent:
            if type(following) is not yaml.ScalarEvent:
                raise _UnusualError
            key = self._value(following, (*place, "?"))
            if key in found:
                raise _UnusualError
            mark: Any = following.start_mark
            found[key] = self._value(self._next(), (*place, key))
            self.lines[(*place, key)] = mark.line + 1
            following = self._next()
        return found

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if not event.implicit[0] or (text and text[0] not in self._resolvers and None not in self._resolvers):
            return text
        tag = self._resolve(yaml.ScalarNode, text, event.implicit)
        return text if tag == _TEXT else self.scalars.construct_object(yaml.ScalarNode(tag, text))


_TEXT = "tag:yaml.org,2002:str"


def _is_plain(node: Any) -> bool:
    """Whether a scalar cannot be taken for something other than what was written: text, a whole number, true or false."""
    kind, text = str(node.tag).rpartition(":")[2], str(node.value)
    return kind == "str" or (kind == "bool" and text in ("true", "false")) or (kind == "int" and bool(_WHOLE.match(text)))


def load_yaml(path: FilePath, most_bytes: int | None = None, most_values: int | None = None) -> YamlFile:
    """Read one YAML document. `most_bytes` and `most_values` are bounds for files that are larger by their nature.

    Raises:
        YamlError: the file cannot be read, is larger than 2 MB, is not YAML, names a key twice, or unfolds to more than
            200,000 values or 40 levels.
    """
    try:
        data = path.read_bytes()
    except OSError as err:
        raise YamlError("error.file_unreadable", file=str(path), line=1, detail=err.strerror or str(err)) from err
    if len(data) > (most_bytes or MAX_BYTES):
        raise YamlError("error.yaml_too_large", file=str(path), line=1, detail=f"{len(data)} bytes")
    return load_yaml_text(data.decode("utf-8-sig", "replace"), path, most_values=most_values)


def _check_depth(text: str, path: FilePath) -> None:
    """Refuse nesting past the limit by the events alone: composing nodes recurses and would overflow the C stack."""
    depth = 0
    loader = _Loader(text)
    try:
        while loader.check_event():
            event = loader.get_event()
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    mark: Any = event.start_mark
                    detail = f"{MAX_DEPTH} levels"
                    raise YamlError("error.yaml_too_large", file=str(path), line=mark.line + 1, detail=detail)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    finally:
        loader.dispose()


def load_yaml_text(text: str, path: FilePath, *, strict: bool = False, most_values: int | None = None) -> YamlFile:
    """As `load_yaml`, of a text; `path` names it in complaints.

    `strict` refuses words that older YAML takes for yes and no (``yes``, ``off``, …), dates, numbers with a point and empty
    values unless quoted, because they would silently become something other than what was written.
    """
    builder = _Builder(path, strict, most_values)
    quick = _Quick(path, text).read() if not strict and most_values is None else None
    if quick is not None:
        return quick
    try:
        _check_depth(text, path)
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.YAMLError as err:
        mark: Any = getattr(err, "problem_mark", None)
        detail = str(getattr(err, "problem", None) or err).splitlines()[0]
        raise YamlError("error.yaml_syntax", file=str(path), line=mark.line + 1 if mark else 1, detail=detail) from err
    except RecursionError as err:
        raise YamlError("error.yaml_too_large", file=str(path), line=1, detail="nesting") from err
    value = None if node is None else builder.build(node)
    return YamlFile(path, value, builder.lines)
