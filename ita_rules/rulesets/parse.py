"""Reads the folder of rules and resolves one rule set, collecting every complaint with its file and line.

`load` raises the first complaint, `lint` shows them all: both stand on `parse`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from ita_rules.complaints import Complaint, checked, unknown_word
from ita_rules.model import RuleSource
from ita_rules.rulesets.checks import Owner, Vocabulary, resolve_check
from ita_rules.rulesets.kinds import DETECTORS
from ita_rules.rulesets.types import Check, Component, Concept, Indicator, Item, RuleSet, Window, Words
from ita_rules.yamlfile import Place, YamlError, YamlFile, load_yaml

ITEM_FILE = re.compile(r"^O\d{1,3}-[a-z0-9-]+\.yaml$")
CASES_SUFFIX = ".cases.yaml"


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RuleSetFile(_File):
    """`ruleset.yaml` as written; `fiscal_year` is B.E."""

    id: str
    fiscal_year: int
    name: Words
    window: Window
    indicators: tuple[Indicator, ...]
    every_item: dict[str, Any] = Field(default_factory=dict)
    due: dict[str, dt.date] = Field(default_factory=dict)


class Locate(_File):
    """Where to look, beside the concept's own titles."""

    titles: tuple[str, ...] = ()


class ItemFile(_File):
    """`Onn-concept.yaml` as written. A name left out is the concept's."""

    item: str
    concepts: tuple[str, ...] = Field(min_length=1)
    name: Words | None = None
    indicator: str
    verified: bool = True
    source: str | None = None
    locate: Locate = Locate()
    checks: dict[str, Any] = Field(default_factory=dict)


@dataclass(slots=True)
class Parsed:
    """What came of a folder: the rule set, the complaints, and the places that lint points at.

    The rule set is there although items of the grid have no file yet, so that a half written year can be linted.
    """

    ruleset: RuleSet | None = None
    complaints: list[Complaint] = field(default_factory=list)
    vocabulary: Vocabulary | None = None
    ruleset_file: YamlFile | None = None
    item_files: dict[str, YamlFile] = field(default_factory=dict)
    places: dict[str, tuple[YamlFile, Place]] = field(default_factory=dict)

    def complain(self, complaint: Complaint) -> None:
        """Note a complaint, once."""
        if complaint not in self.complaints:
            self.complaints.append(complaint)

    def read(self, path: Path) -> YamlFile | None:
        """A YAML file that must be a mapping; None after complaining."""
        try:
            yaml = load_yaml(path)
        except YamlError as err:
            values = dict(err.values)
            self.complain(Complaint(str(values.pop("file")), int(str(values.pop("line"))), err.message_id, values))
            return None
        if not isinstance(yaml.value, dict):
            self.complain(Complaint(str(path), 1, "error.yaml_not_a_mapping", {}))
            return None
        return yaml


def item_paths(folder: Path) -> list[Path]:
    """The item files of a rule set's folder, in the order of their codes."""
    found = [p for p in folder.glob("*.yaml") if p.name != "ruleset.yaml" and not p.name.endswith(CASES_SUFFIX)]
    return sorted(found, key=lambda p: (int(re.sub(r"\D", "", p.name.partition("-")[0]) or 0), p.name))


def parse(ruleset_id: str, folder: Path) -> Parsed:
    """The rule set `ruleset_id` of the rules in `folder`, with every complaint."""
    parsed = Parsed()
    vocabulary = parsed.vocabulary = read_vocabulary(folder, parsed)
    yaml = parsed.ruleset_file = parsed.read(folder / ruleset_id / "ruleset.yaml")
    if vocabulary is None or yaml is None:
        return parsed
    head = checked(RuleSetFile, yaml.value, yaml, (), parsed.complain)
    if head is None:
        return parsed
    if head.id != ruleset_id:
        parsed.complain(Complaint(str(yaml.path), yaml.line(("id",)), "error.ruleset_id", {"id": head.id, "folder": ruleset_id}))
    grid = {item: (sub.id, n) for n, (sub, item) in enumerate(_grid(head))}
    for code in head.due:
        if code not in grid:
            parsed.complain(unknown_word(yaml, ("due", code), "item", code, grid))
    items: dict[str, Item] = {}
    for path in item_paths(folder / ruleset_id):
        item = _item(path, parsed, vocabulary, head, yaml, grid)
        if item is None:
            continue
        if item.id in items:
            values = {"item": item.id, "other": items[item.id].file}
            parsed.complain(Complaint(str(path), 1, "error.item_twice", values))
            continue
        items[item.id] = item.model_copy(update={"file": f"{ruleset_id}/{path.name}"})
    sound = not parsed.complaints
    named = {path.name.partition("-")[0] for path in item_paths(folder / ruleset_id)}
    for code in grid:
        if code not in parsed.item_files and code not in named:
            at = yaml.line(next(_place_of(head, code)))
            parsed.complain(Complaint(str(yaml.path), at, "error.item_without_file", {"item": code}))
    if sound:
        parsed.ruleset = _whole(head, vocabulary, tuple(sorted(items.values(), key=lambda i: grid[i.id][1])))
    return parsed


def read_vocabulary(folder: Path, parsed: Parsed) -> Vocabulary | None:
    """Components, concepts and sources; None when one of the files cannot be read at all."""
    sources_file = parsed.read(folder / "sources.yaml")
    components_file = parsed.read(folder / "vocabulary" / "components.yaml")
    concepts_file = parsed.read(folder / "vocabulary" / "concepts.yaml")
    if sources_file is None or components_file is None or concepts_file is None:
        return None
    sources = _by_id(RuleSource, sources_file, parsed.complain)
    components = _by_id(Component, components_file, parsed.complain)
    concepts = _by_id(Concept, concepts_file, parsed.complain)
    for yaml, entries in ((components_file, components), (concepts_file, concepts)):
        for key, entry in entries.items():
            if entry.source is not None and entry.source not in sources:
                parsed.complain(unknown_word(yaml, (key, "source"), "source", entry.source, sources))
    for key, component in components.items():
        for number, word in enumerate(component.detect):
            if word not in DETECTORS:
                parsed.complain(unknown_word(components_file, (key, "detect", number), "detector", word, DETECTORS))
    return Vocabulary(components, concepts, sources, components_file, concepts_file)


def _by_id(model: Any, yaml: YamlFile, complain: Callable[[Complaint], None]) -> dict[str, Any]:
    """A mapping of id → entry, each entry checked; those with faults are left out."""
    found: dict[str, Any] = {}
    for key, value in yaml.value.items():
        if not isinstance(value, dict) or not isinstance(key, str):
            complain(Complaint(str(yaml.path), yaml.line((key,)), "error.want_group", {"key": key, "got": str(value)[:80]}))
            continue
        entry = checked(model, {**value, "id": key}, yaml, (key,), complain)
        if entry is not None:
            found[key] = entry
    return found


def _grid(head: RuleSetFile) -> list[tuple[Any, str]]:
    """Sub-indicator and code of every line of the form, in order."""
    return [(sub, item) for indicator in head.indicators for sub in indicator.subs for item in sub.items]


def _place_of(head: RuleSetFile, code: str) -> Any:
    """Where a code stands in the grid."""
    for i, indicator in enumerate(head.indicators):
        for s, sub in enumerate(indicator.subs):
            for n, item in enumerate(sub.items):
                if item == code:
                    yield ("indicators", i, "subs", s, "items", n)


def _item(
    path: Path,
    parsed: Parsed,
    vocabulary: Vocabulary,
    head: RuleSetFile,
    head_file: YamlFile,
    grid: Mapping[str, tuple[str, int]],
) -> Item | None:
    """The item of one file, None after complaining."""
    if not ITEM_FILE.match(path.name):
        parsed.complain(Complaint(str(path), 1, "error.item_file_name", {"name": path.name}))
        return None
    yaml = parsed.read(path)
    raw = checked(ItemFile, yaml.value, yaml, (), parsed.complain) if yaml else None
    if yaml is None or raw is None:
        return None
    parsed.item_files[raw.item] = yaml
    before = len(parsed.complaints)
    if raw.item not in grid:
        parsed.complain(unknown_word(yaml, ("item",), "item", raw.item, grid))
    elif raw.indicator != grid[raw.item][0]:
        values = {"item": raw.item, "indicator": raw.indicator, "grid": grid[raw.item][0]}
        parsed.complain(Complaint(str(path), yaml.line(("indicator",)), "error.item_indicator", values))
    if path.name.partition("-")[0] != raw.item:
        parsed.complain(Complaint(str(path), yaml.line(("item",)), "error.item_file_name", {"name": path.name}))
    if raw.source is not None and raw.source not in vocabulary.sources:
        parsed.complain(unknown_word(yaml, ("source",), "source", raw.source, vocabulary.sources))
    for number, concept in enumerate(raw.concepts):
        if concept not in vocabulary.concepts:
            parsed.complain(unknown_word(yaml, ("concepts", number), "concept", concept, vocabulary.concepts))
    if len(parsed.complaints) > before:
        return None
    checks = _checks(raw, yaml, parsed, vocabulary, head, head_file)
    return Item(
        id=raw.item,
        concepts=raw.concepts,
        name=raw.name or vocabulary.concepts[raw.concepts[0]].name,
        indicator=raw.indicator,
        titles={c: tuple(dict.fromkeys((*vocabulary.concepts[c].titles, *raw.locate.titles))) for c in raw.concepts},
        checks=tuple(checks),
        verified=raw.verified,
    )


def _checks(
    raw: ItemFile, yaml: YamlFile, parsed: Parsed, vocabulary: Vocabulary, head: RuleSetFile, head_file: YamlFile
) -> list[Check]:
    """Every check of an item: for each concept those of every item, with the item's own words over them, then the item's."""
    several = len(raw.concepts) > 1
    used: set[str] = set()
    found: list[Check] = []
    for concept in raw.concepts:
        owner = Owner(raw.item, concept, several, raw.source, raw.verified, vocabulary, parsed.complain)
        wanted: dict[str, tuple[Any, YamlFile, Place]] = {
            key: (spec, head_file, ("every_item", key)) for key, spec in head.every_item.items()
        }
        for written, spec in raw.checks.items():
            prefix, dot, rest = written.partition(".")
            if dot and several and prefix == concept:
                key = rest
            elif not dot and (not several or written in head.every_item):
                key = written
            else:
                continue
            used.add(written)
            base = wanted[key][0] if key in wanted else None
            merged = {**(base or {}), **(spec or {})} if isinstance(spec, dict | None) and isinstance(base, dict | None) else spec
            wanted[key] = (merged, yaml, ("checks", written))
        for key, (spec, file, place) in wanted.items():
            check = resolve_check(owner, key, spec, file, place)
            if check is not None:
                found.append(check)
                parsed.places[check.id] = (file, place)
    for written in raw.checks:
        if written not in used:
            values = {"key": written, "known": ", ".join(raw.concepts)}
            parsed.complain(Complaint(str(yaml.path), yaml.line(("checks", written)), "error.check_of_concept", values))
    return found


def _whole(head: RuleSetFile, vocabulary: Vocabulary, items: tuple[Item, ...]) -> RuleSet:
    """The rule set, its version made from its content."""
    ruleset = RuleSet(
        id=head.id,
        version="",
        fiscal_year=head.fiscal_year,
        name=head.name,
        window=head.window,
        indicators=head.indicators,
        items=items,
        components=vocabulary.components,
        concepts=vocabulary.concepts,
        sources=vocabulary.sources,
        due=head.due,
    )
    content = json.dumps(ruleset.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(content.encode()).hexdigest()
    return ruleset.model_copy(update={"version": f"{head.fiscal_year}.{digest[:8]}"})
