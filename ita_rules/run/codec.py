"""The nouns of a run as compact JSON, and back, without loss.

A value becomes a list of its fields in their order, cut after the last one that differs from its default; so a document of
ten thousand blocks stays small, and a field added at the end of a type (with a default) does not spoil what is stored.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, TypeVar, cast

from ita_rules.run.types import Block, Bound, Document, Failing, Form, Image, Page, RunMeta

T = TypeVar("T")

MAX_UNPACKED = 512 * 1024**2
"""Bytes that one packed record may unpack to; a record beyond it counts as broken."""

_NESTED: dict[type, dict[str, type]] = {
    Document: {"pages": Page, "forms": Form},
    Page: {"blocks": Block, "images": Image},
    RunMeta: {"bounds": Bound, "failing": Failing},
}
_PLAIN = {"facts", "settings"}  # mappings of str to str


_SHAPES: dict[type, tuple[tuple[str, Any, type | None], ...]] = {}


def _shape(kind: type) -> tuple[tuple[str, Any, type | None], ...]:
    """Name, default and nested type of each field of a noun."""
    known = _SHAPES.get(kind)
    if known is None:
        known = tuple(
            (f.name, f.default if f.default_factory is MISSING else f.default_factory(), _NESTED.get(kind, {}).get(f.name))
            for f in fields(cast(Any, kind))
        )
        _SHAPES[kind] = known
    return known


def to_list(noun: Any) -> list[Any]:
    """The fields of `noun` as JSON can hold them, without the defaults at the end."""
    shape = _shape(type(noun))
    values = [getattr(noun, name) for name, _, _ in shape]
    while values and shape[len(values) - 1][1] is not MISSING and values[-1] == shape[len(values) - 1][1]:
        values.pop()
    for place, value in enumerate(values):
        if isinstance(value, tuple) and value and is_dataclass(value[0]):
            values[place] = [to_list(v) for v in value]
        elif shape[place][0] in _PLAIN:
            values[place] = dict(value)
    return values


def _tuples(value: Any) -> Any:
    return tuple([_tuples(v) for v in value]) if type(value) is list else value


def from_list(kind: type[T], values: list[Any]) -> T:
    """The noun that `to_list` took apart, and whose values are used up. Raises `TypeError` or `ValueError` where the list is none
    of that kind."""
    shape = _shape(kind)
    if len(values) > len(shape):
        raise ValueError(f"{kind.__name__} has {len(shape)} fields, not {len(values)}")
    for place, value in enumerate(values):
        nested = shape[place][2]
        if nested is not None:
            values[place] = tuple([from_list(nested, v) for v in value])
        elif type(value) is list:
            values[place] = _tuples(value)
    return kind(*values)


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
# Made once: `json.dumps` makes one for each call that asks for anything else than its defaults.


def dumps(value: Any) -> str:
    """JSON on one line, the shortest way; letters stay as they are."""
    return _ENCODER.encode(value)


def pack(noun: Any) -> bytes:
    """One noun as compressed JSON."""
    return squeeze(dumps(to_list(noun)))


def unpack(kind: type[T], data: bytes) -> T:
    """The noun that `pack` stored. Raises `ValueError` or `TypeError` for broken data."""
    return from_list(kind, json.loads(inflate(data)))


def pack_all(nouns: tuple[Any, ...]) -> bytes:
    """Several nouns of one kind as one compressed record."""
    return squeeze(dumps([to_list(n) for n in nouns]))


def unpack_all(kind: type[T], data: bytes, share: Callable[[Any], Any] | None = None) -> tuple[T, ...]:
    """The nouns that `pack_all` stored. `share` maps a value to an equal one already in memory (menus repeat on every page)."""
    rows = json.loads(inflate(data))
    if share is not None:
        rows = [[share(v) if isinstance(v, str) else v for v in row] for row in rows]
    return tuple(from_list(kind, row) for row in rows)


def squeeze(text: str) -> bytes:
    """Compressed UTF-8; lone surrogates, which a hostile page can cause, become question marks."""
    return zlib.compress(text.encode("utf-8", "replace"), 3)


def inflate(data: bytes) -> str:
    """The text that `squeeze` compressed. Raises `ValueError` where it is broken or larger than `MAX_UNPACKED`."""
    machine = zlib.decompressobj()
    try:
        text = machine.decompress(data, MAX_UNPACKED)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if not machine.eof:
        raise ValueError("cut short, or too large when unpacked")
    return text.decode("utf-8")
