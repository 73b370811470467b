"""JSON Schemas (draft 2020-12) of every YAML file that a person writes, for editors that know them.

They are made from the models that load the files and from the closed lists of kinds, options and detectors, so that they
cannot disagree with the loader about a key; `inference.yaml` has a loader of its own, and its schema its bounds. A schema is
for hints while typing: what needs several files at once (an unknown component) is left to lint.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel

from ita_rules.config import Config
from ita_rules.exceptions import ExceptionsFile
from ita_rules.inference.interface import Operator
from ita_rules.inference.load import MAX_PATTERNS, MAX_RULES, MAX_STRATUM
from ita_rules.measures import Measures
from ita_rules.messages import LANGUAGES, messages
from ita_rules.model import RuleSource
from ita_rules.rulesets.caseruns import CasesFile
from ita_rules.rulesets.checks import CheckSpec
from ita_rules.rulesets.kinds import CHOICES, DETECTORS, OPTIONS
from ita_rules.rulesets.types import Component, Concept, Levels
from ita_rules.rulesets.written import ItemFile, RuleSetFile

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SUFFIX = ".schema.json"


def schemas() -> dict[str, str]:
    """File name → text of each schema, the same on every machine."""
    built: Mapping[str, Schema] = {
        "item": _item(),
        "cases": _of(CasesFile),
        "ruleset": _ruleset(),
        "components": _entries(Component),
        "concepts": _entries(Concept),
        "sources": _entries(RuleSource),
        "inference": _inference(),
        "config": _of(Config),
        "exceptions": _of(ExceptionsFile),
        "measures": _of(Measures),
    }
    texts = {}
    for name, schema in built.items():
        whole = {"$schema": DIALECT, "title": name, **schema}
        texts[name + SUFFIX] = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return texts


def _of(model: type[BaseModel]) -> Schema:
    """A model's schema with our descriptions of its keys in place of the code's own."""
    schema = model.model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        _described(part)
    return schema


def _described(part: Schema) -> None:
    """Drops titles and the code's docstrings of one object, explains its keys, closes lists that are closed."""
    part.pop("title", None)
    part.pop("description", None)
    for key, value in part.get("properties", {}).items():
        value.pop("title", None)
        if key == "detect":
            value["items"] = {"enum": sorted(DETECTORS)}
        text = _says(key)
        if text:
            value["description"] = text


def _says(key: str) -> str:
    """What a key means, in both languages, Thai first; ``""`` for one that explains itself."""
    found = [messages(lang).say(f"schema.{key}") for lang in LANGUAGES if f"schema.{key}" in messages(lang)]
    return " | ".join(found)


def _item() -> Schema:
    schema = _of(ItemFile)
    properties = schema["properties"]
    listed = properties["extends"]
    properties["extends"] = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    properties["extends"]["description"] = listed["description"]
    properties["checks"] = {**_checks(), "description": properties["checks"]["description"]}
    return _with_check(schema)


def _ruleset() -> Schema:
    schema = _of(RuleSetFile)
    properties = schema["properties"]
    properties["every_item"] = {**_checks(), "description": properties["every_item"]["description"]}
    levels = _of(Levels)
    levels.pop("required")  # what is left out is inherited
    schema["$defs"].update(levels.pop("$defs", {}))
    schema["$defs"]["Levels"] = levels
    properties["levels"] = {"$ref": "#/$defs/Levels", "description": properties["levels"]["description"]}
    return _with_check(schema)


def _checks() -> Schema:
    """Checks by their keys; an empty one has nothing to add, or drops what is inherited."""
    return {"type": "object", "additionalProperties": {"anyOf": [{"$ref": "#/$defs/Check"}, {"type": "null"}]}}


def _with_check(schema: Schema) -> Schema:
    """Adds what a check may say: the keys of all, and those of each kind."""
    check = _of(CheckSpec)
    schema.setdefault("$defs", {}).update(check.pop("$defs", {}))
    properties = check["properties"]
    properties["kind"] = {"enum": sorted(OPTIONS), "description": _says("kind")}
    properties["any_of"] = {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/Check"}, "description": _says("any_of")}
    for name, option in sorted({k: v for options in OPTIONS.values() for k, v in options.items()}.items()):
        if option == "words":
            words: Schema = {"enum": sorted(DETECTORS)} if name == "detect" else {"type": "string", "minLength": 1}
            properties[name] = {"type": "array", "items": words, "description": _says(name)}
        elif option == "choice":
            properties[name] = {"enum": list(CHOICES[name]), "description": _says(name)}
    schema["$defs"]["Check"] = check
    return schema


def _entries(model: type[BaseModel]) -> Schema:
    """A file of id → entry."""
    entry = _of(model)
    entry["properties"].pop("id")  # the key above it
    entry["required"] = [key for key in entry["required"] if key != "id"]
    return {"type": "object", "$defs": entry.pop("$defs", {}), "additionalProperties": entry}


def _inference() -> Schema:
    """`inference.yaml`: facts, tallies and rules (`ita_rules.inference.load`)."""
    scalar = {"type": ["string", "integer", "boolean"]}
    compared = {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": dict.fromkeys((*get_args(Operator), "as"), scalar),
    }
    fact: Schema = {"type": "object", "required": ["fact"], "properties": {"fact": {"type": "string"}}}
    pattern = {**fact, "additionalProperties": {"anyOf": [scalar, compared]}}
    stratum = {"type": "integer", "minimum": 0, "maximum": MAX_STRATUM}
    words = {"type": "array", "items": {"type": "string"}}
    held = {"anyOf": [{"enum": ["text", "number", "yesno", "any"]}, words]}
    sentence = {"type": "object", "required": list(LANGUAGES), "properties": {lang: {"type": "string"} for lang in LANGUAGES}}
    rule = _group(
        {
            "name": {"type": "string"},
            "stratum": stratum,
            "when": {"type": "array", "minItems": 1, "maxItems": MAX_PATTERNS, "items": pattern},
            "then": {**fact, "additionalProperties": scalar},
            "because": {**sentence, "additionalProperties": False},
        },
        optional=("stratum",),
    )
    tally = _group(
        {
            "name": {"type": "string"},
            "stratum": stratum,
            "over": pattern,
            "by": {"type": "string"},
            "count": {"type": "string"},
            "values": {"type": "array", "items": scalar},
            "each": {"type": "string"},
        },
        optional=("stratum", "each"),
    )
    facts = {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": held}}
    parts = {
        "facts": facts,
        "one_of_a_kind": words,
        "tallies": {"type": "array", "items": tally},
        "rules": {"type": "array", "maxItems": MAX_RULES, "items": rule},
    }
    return _group(parts, optional=("one_of_a_kind", "tallies"))


def _group(properties: Schema, optional: tuple[str, ...] = ()) -> Schema:
    """An object of these keys and no others."""
    required = [key for key in properties if key not in optional]
    return {"type": "object", "required": required, "additionalProperties": False, "properties": properties}
