"""Complaints about files that people write: what is wrong, in which file, on which line.

A complaint is data: a message id and its values. Rule sets collect all of theirs (`rules lint`) or raise the first
(loading); the configuration raises the first. `checked` turns pydantic's errors into complaints with lines, so that no
author ever reads a validator's own words; a model's own validator names its sentence in a ``ValueError``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from rapidfuzz import fuzz, process

from ita_rules.yamlfile import Place, YamlFile

M = TypeVar("M", bound=BaseModel)

_ALIKE = 60
"""Likeness (0 to 100) from which a known word is offered for one that is not known."""

_EXPECTED = {
    "string_type": "error.want_text",
    "string_too_short": "error.want_text",
    "int_type": "error.want_whole_number",
    "int_parsing": "error.want_whole_number",
    "int_from_float": "error.want_whole_number",
    "float_type": "error.want_number",
    "float_parsing": "error.want_number",
    "bool_type": "error.want_yes_no",
    "bool_parsing": "error.want_yes_no",
    "string_pattern_mismatch": "error.want_host",
    "list_type": "error.want_list",
    "tuple_type": "error.want_list",
    "dict_type": "error.want_group",
    "mapping_type": "error.want_group",
    "model_type": "error.want_group",
    "model_attributes_type": "error.want_group",
    "tuple_parsing": "error.want_list",
    "date_type": "error.want_date",
    "date_parsing": "error.want_date",
    "date_from_datetime_parsing": "error.want_date",
    "date_from_datetime_inexact": "error.want_date",
}

_BOUNDS = {
    "greater_than_equal": ("error.want_at_least", "ge"),
    "greater_than": ("error.want_more_than", "gt"),
    "less_than_equal": ("error.want_at_most", "le"),
    "less_than": ("error.want_less_than", "lt"),
    "too_short": ("error.want_entries", "min_length"),
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """One fault of a file. `line` is 1-based (a row of a workbook too); `values` fill the message's places."""

    file: str
    line: int
    message_id: str
    values: Mapping[str, object] = field(default_factory=dict)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that looks most like `word`, ``""`` where none does."""
    found = process.extractOne(word.lower(), [str(k) for k in known], scorer=fuzz.ratio, processor=str.lower, score_cutoff=_ALIKE)
    return str(found[0]) if found else ""


def unknown_word(yaml: YamlFile, place: Place, kind: str, word: object, known: Iterable[str]) -> Complaint:
    """A word that is not one of the `known`; names the nearest (`error.unknown_KIND_near`) or all (`error.unknown_KIND`)."""
    choices = sorted(str(k) for k in known)
    near = nearest(str(word), choices)
    shown = ", ".join(choices[:40]) + (" …" if len(choices) > 40 else "")
    return Complaint(
        str(yaml.path),
        yaml.line(place),
        f"error.unknown_{kind}_near" if near else f"error.unknown_{kind}",
        {"word": word, "near": near, "known": shown or "-"},
    )


def checked(model: type[M], value: Any, yaml: YamlFile, place: Place, complain: Callable[[Complaint], None]) -> M | None:
    """`value` as a `model`; None after complaining, once per fault, where it cannot be one."""
    try:
        return model.model_validate(value)
    except ValidationError as err:
        for fault in err.errors(include_url=False):
            complain(_complaint(model, dict(fault), yaml, place))
        return None


def _complaint(model: type[BaseModel], fault: dict[str, Any], yaml: YamlFile, place: Place) -> Complaint:
    """One of pydantic's faults as a complaint."""
    where = (*place, *fault["loc"])
    key = ".".join(str(p) for p in fault["loc"]) or "-"
    kind = str(fault["type"])
    if kind == "extra_forbidden":
        return unknown_word(yaml, where, "key", fault["loc"][-1], _keys(model, fault["loc"][:-1]))
    if kind == "missing":
        return Complaint(str(yaml.path), yaml.line(where), "error.missing_key", {"key": key})
    got = str(fault.get("input"))[:80]
    values: dict[str, object] = {"key": key, "got": got}
    error = fault.get("ctx", {}).get("error")
    if isinstance(error, ValueError) and str(error).startswith("error."):
        return Complaint(str(yaml.path), yaml.line(where), str(error), values)
    if kind in ("enum", "literal_error"):
        choices = re.findall(r"'([^']*)'", str(fault["ctx"]["expected"]))
        near = nearest(got, choices)
        message_id = "error.want_choice_near" if near else "error.want_choice"
        return Complaint(str(yaml.path), yaml.line(where), message_id, {**values, "near": near, "known": ", ".join(choices)})
    if kind in _BOUNDS:
        message_id, bound = _BOUNDS[kind]
        return Complaint(str(yaml.path), yaml.line(where), message_id, {**values, "bound": fault["ctx"][bound]})
    if kind in _EXPECTED:
        return Complaint(str(yaml.path), yaml.line(where), _EXPECTED[kind], values)
    return Complaint(str(yaml.path), yaml.line(where), "error.want_other", {**values, "detail": fault["msg"]})


def _keys(model: type[BaseModel], loc: tuple[Any, ...]) -> list[str]:
    """The keys known where `loc` leads from `model` (keys of mappings and positions of lists are stepped over)."""
    current: Any = model
    for step in loc:
        fields = getattr(current, "model_fields", None)
        if fields and step in fields:
            current = _model_in(fields[step].annotation)
    return list(getattr(current, "model_fields", {}))


def _model_in(annotation: Any) -> Any:
    """The first model named in an annotation (``tuple[Sub, ...]``, ``Sub | None``)."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        found = _model_in(part)
        if found is not None:
            return found
    return None
