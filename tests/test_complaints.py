"""Faults of files as complaints: the line, the key, the nearest known word."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from ita_rules.complaints import Complaint, checked, nearest, unknown_word
from ita_rules.yamlfile import load_yaml_text


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")
    number: int
    word: str = ""


class Whole(BaseModel):
    model_config = ConfigDict(extra="forbid")
    parts: tuple[Part, ...]
    named: dict[str, Part] = {}


def faults(text: str) -> list[tuple[str, int, object]]:
    yaml = load_yaml_text(text, Path("a.yaml"))
    found: list[Complaint] = []
    assert (checked(Whole, yaml.value, yaml, (), found.append) is None) == bool(found)
    return [(c.message_id, c.line, c.values.get("near") or c.values.get("key")) for c in found]


def test_every_fault_is_told_where_it_stands() -> None:
    text = "parts:\n  - {number: 1}\n  - number: x\n    wrod: a\n  - {word: b}\nnamed:\n  a: {numbr: 1, number: 2}\n"
    assert faults(text) == [
        ("error.want_whole_number", 3, "parts.1.number"),
        ("error.unknown_key_near", 4, "word"),
        ("error.missing_key", 5, "parts.2.number"),
        ("error.unknown_key_near", 7, "number"),
    ]


def test_a_sound_file_has_none() -> None:
    assert faults("parts: []") == []


def test_words_far_from_all_known_ones_have_no_neighbour() -> None:
    assert nearest("xyz", ["component", "period"]) == ""
    yaml = load_yaml_text("a: 1", Path("a.yaml"))
    assert unknown_word(yaml, ("a",), "kind", "xyz", ["period"]).message_id == "error.unknown_kind"
    assert unknown_word(yaml, ("a",), "kind", "perod", ["period"]).values["near"] == "period"
