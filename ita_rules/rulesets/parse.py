"""Reads the folder of rules and resolves one rule set, collecting every complaint with its file and line.

`load` raises the first complaint, `lint` shows them all: both stand on `parse`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ita_rules.complaints import Complaint, checked, unknown_word
from ita_rules.model import RuleSource
from ita_rules.rulesets.checks import Owner, Vocabulary, resolve_check
from ita_rules.rulesets.inherit import Draft, Spec, common_checks, draft_item, item_of, levels_of
from ita_rules.rulesets.kinds import DETECTORS
from ita_rules.rulesets.shelf import Shelf
from ita_rules.rulesets.synonyms import Synonyms, groups_of, of_component, of_concept
from ita_rules.rulesets.types import Check, Component, Concept, Item, Levels, RuleSet
from ita_rules.rulesets.uncollected import uncollected
from ita_rules.rulesets.written import ITEM_FILE, RuleSetFile
from ita_rules.yamlfile import Place, YamlFile


@dataclass(slots=True)
class Parsed:
    """What came of a folder: the rule set, the complaints, and the places that lint points at.

    The rule set is there although items of the grid have no file yet, so that a half written year can be linted.
    """

    ruleset: RuleSet | None = None
    complaints: list[Complaint] = field(default_factory=list)
    vocabulary: Vocabulary | None = None
    item_files: dict[str, YamlFile] = field(default_factory=dict)
    places: dict[str, tuple[YamlFile, Place]] = field(default_factory=dict)

    def complain(self, complaint: Complaint) -> None:
        """Note a complaint, once."""
        if complaint not in self.complaints:
            self.complaints.append(complaint)


@dataclass(frozen=True, slots=True)
class Form:
    """What the items of one rule set are read against: its head, its grid (code → sub-indicator and place), common checks."""

    id: str
    head: RuleSetFile
    grid: Mapping[str, tuple[str, int]]
    common: Mapping[str, Spec]
    vocabulary: Vocabulary
    shelf: Shelf


def parse(ruleset_id: str, folder: Path, shelf: Shelf | None = None) -> Parsed:
    """The rule set `ruleset_id` of the rules in `folder`, with every complaint. A `shelf` of the folder spares doing it twice."""
    shelf = shelf or Shelf(folder)
    if ruleset_id not in shelf.parsed:
        with uncollected():
            shelf.parsed[ruleset_id] = _parse(ruleset_id, shelf)
    return shelf.parsed[ruleset_id]


def _parse(ruleset_id: str, shelf: Shelf) -> Parsed:
    parsed = Parsed()
    vocabulary = parsed.vocabulary = read_vocabulary(shelf, parsed.complain)
    found = shelf.head(ruleset_id, parsed.complain)
    if vocabulary is None or found is None:
        return parsed
    head, yaml = found
    if head.id != ruleset_id:
        parsed.complain(Complaint(str(yaml.path), yaml.line(("id",)), "error.ruleset_id", {"id": head.id, "folder": ruleset_id}))
    grid = {item: (sub.id, n) for n, (sub, item) in enumerate(_grid(head))}
    for code in head.due:
        if code not in grid:
            parsed.complain(unknown_word(yaml, ("due", code), "item", code, grid))
    common = common_checks(shelf, ruleset_id, parsed.complain)
    form = Form(ruleset_id, head, grid, common, vocabulary, shelf)
    items: dict[str, Item] = {}
    for path in shelf.item_paths(ruleset_id):
        if not ITEM_FILE.match(path.name):
            parsed.complain(Complaint(str(path), 1, "error.item_file_name", {"name": path.name}))
            continue
        item = _item(path.name.partition("-")[0], shelf.read(path, parsed.complain), parsed, form)
        if item is not None and item.id in items:
            values = {"item": item.id, "other": items[item.id].file}
            parsed.complain(Complaint(str(path), 1, "error.item_twice", values))
        elif item is not None:
            items[item.id] = item
    named = {path.name.partition("-")[0] for path in shelf.item_paths(ruleset_id)}
    for code in (c for c in grid if c not in named and head.inherit_items):
        item = _item(code, shelf.item(ruleset_id, code, parsed.complain), parsed, form)
        if item is not None:
            items[item.id] = item
    levels = levels_of(shelf, ruleset_id, parsed.complain)
    _known_sources(head, levels, yaml, vocabulary, parsed)
    sound = not parsed.complaints
    for code in grid:
        if code not in parsed.item_files and code not in named and not (head.inherit_items and head.extends):
            at = yaml.line(next(_place_of(head, code)))
            parsed.complain(Complaint(str(yaml.path), at, "error.item_without_file", {"item": code}))
    if sound:
        parsed.ruleset = _whole(head, levels, vocabulary, tuple(sorted(items.values(), key=lambda i: grid[i.id][1])), shelf)
    return parsed


def read_vocabulary(shelf: Shelf, complain: Callable[[Complaint], None]) -> Vocabulary | None:
    """Components, concepts and sources; None when one of the files cannot be read at all."""
    if shelf.vocabulary is None:
        faults: list[Complaint] = []
        shelf.vocabulary = (_vocabulary(shelf, faults.append), tuple(faults))
    found, told = shelf.vocabulary
    for fault in told:
        complain(fault)
    return found


def _vocabulary(shelf: Shelf, complain: Callable[[Complaint], None]) -> Vocabulary | None:
    folder = shelf.folder
    sources_file = shelf.read(folder / "sources.yaml", complain)
    components_file = shelf.read(folder / "vocabulary" / "components.yaml", complain)
    concepts_file = shelf.read(folder / "vocabulary" / "concepts.yaml", complain)
    if sources_file is None or components_file is None or concepts_file is None:
        return None
    sources = _by_id(RuleSource, sources_file, complain)
    components = _by_id(Component, components_file, complain)
    concepts = _by_id(Concept, concepts_file, complain)
    for yaml, entries in ((components_file, components), (concepts_file, concepts)):
        for key, entry in entries.items():
            if entry.source is not None and entry.source not in sources:
                complain(unknown_word(yaml, (key, "source"), "source", entry.source, sources))
    for key, component in components.items():
        for number, word in enumerate(component.detect):
            if word not in DETECTORS:
                complain(unknown_word(components_file, (key, "detect", number), "detector", word, DETECTORS))
    synonyms = _synonyms(shelf, complain)
    components = {key: of_component(entry, synonyms) for key, entry in components.items()}
    concepts = {key: of_concept(entry, synonyms) for key, entry in concepts.items()}
    return Vocabulary(components, concepts, sources, components_file, concepts_file)


def _synonyms(shelf: Shelf, complain: Callable[[Complaint], None]) -> Synonyms:
    """The words of one meaning; a folder of rules need not have any."""
    path = shelf.folder / "vocabulary" / "synonyms.yaml"
    yaml = shelf.read(path, complain) if path.exists() else None
    written: dict[str, list[str]] = {}
    for word, others in yaml.value.items() if yaml else ():
        if not isinstance(others, list) or not all(isinstance(o, str) for o in others):
            complain(
                Complaint(
                    str(path), yaml.line((word,)) if yaml else 0, "error.want_words", {"key": word, "got": str(others)[:80]}
                )
            )
            continue
        written[str(word)] = others
    return groups_of(written)


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


def _draft(code: str, yaml: YamlFile, parsed: Parsed, form: Form) -> Draft | None:
    """The item of one file as written, None after complaining. Of two files of one code the second is no other item's parent."""
    of_code = form.shelf.item(form.id, code, lambda _: None)
    if of_code is not None and of_code.path == yaml.path:
        return item_of(form.shelf, form.id, code, parsed.complain)
    return draft_item(form.shelf, form.id, form.head.fiscal_year, yaml, parsed.complain)


def _item(code: str, yaml: YamlFile | None, parsed: Parsed, form: Form) -> Item | None:
    """The item of one file, None after complaining."""
    before = len(parsed.complaints)
    draft = _draft(code, yaml, parsed, form) if yaml else None
    if yaml is None or draft is None:
        return None
    raw, vocabulary, grid = draft.written, form.vocabulary, form.grid
    parsed.item_files[raw.item] = yaml
    if raw.item not in grid:
        parsed.complain(unknown_word(yaml, ("item",), "item", raw.item, grid))
    elif raw.indicator is not None and raw.indicator != grid[raw.item][0]:
        values = {"item": raw.item, "indicator": raw.indicator, "grid": grid[raw.item][0]}
        parsed.complain(Complaint(str(yaml.path), yaml.line(("indicator",)), "error.item_indicator", values))
    if yaml.path.name.partition("-")[0] not in (raw.item, "ruleset.yaml"):
        parsed.complain(Complaint(str(yaml.path), yaml.line(("item",)), "error.item_file_name", {"name": yaml.path.name}))
    if raw.source is not None and raw.source not in vocabulary.sources:
        parsed.complain(unknown_word(yaml, ("source",), "source", raw.source, vocabulary.sources))
    for number, concept in enumerate(draft.concepts):
        if concept not in vocabulary.concepts:
            parsed.complain(unknown_word(yaml, ("concepts", number), "concept", concept, vocabulary.concepts))
    if len(parsed.complaints) > before:
        return None
    known = vocabulary.concepts
    titles = {
        c: tuple(t for t in dict.fromkeys((*known[c].titles, *draft.titles[c])) if t not in draft.without) for c in draft.concepts
    }
    return Item(
        id=raw.item,
        concepts=draft.concepts,
        name=draft.name or known[draft.concepts[0]].name,
        indicator=grid[raw.item][0],
        titles=titles,
        checks=tuple(_checks(draft, parsed, form)),
        verified=draft.verified,
        file=f"{form.id}/{yaml.path.name}",
        extends=raw.extends,
    )


def _checks(draft: Draft, parsed: Parsed, form: Form) -> list[Check]:
    """Every check of an item: for each concept those of every item, with the item's own words over them, then the item's."""
    several = len(draft.concepts) > 1
    found: list[Check] = []
    for concept in draft.concepts:
        owner = Owner(draft.item, concept, several, draft.source, draft.verified, form.vocabulary, parsed.complain)
        wanted = dict(form.common)
        for key, spec in draft.checks[concept].items():
            base = wanted[key].value if key in wanted else None
            merged = {**base, **spec.value} if isinstance(base, dict) and isinstance(spec.value, dict) else spec.value
            wanted[key] = Spec(merged, spec.file, spec.place)
        for key, spec in wanted.items():
            check = resolve_check(owner, key, spec.value, spec.file, spec.place) if spec.value is not None else None
            if check is not None:
                found.append(check)
                parsed.places[check.id] = (spec.file, spec.place)
    return found


def _known_sources(head: RuleSetFile, levels: Levels | None, yaml: YamlFile, vocabulary: Vocabulary, parsed: Parsed) -> None:
    """Complains of a source of the levels or of the calendar that is not listed."""
    named: list[tuple[str, Place]] = [(s.source, ("calendar", n, "source")) for n, s in enumerate(head.calendar)]
    if levels is not None:
        named.append((levels.source, ("levels", "source")))
    for source, place in named:
        if source not in vocabulary.sources:
            parsed.complain(unknown_word(yaml, place, "source", source, vocabulary.sources))


def _whole(head: RuleSetFile, levels: Levels | None, vocabulary: Vocabulary, items: tuple[Item, ...], shelf: Shelf) -> RuleSet:
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
        levels=levels,
        calendar=head.calendar,
    )
    if not shelf.written:
        shelf.written = _written(ruleset.model_dump(mode="json", include=set(_OF_ALL)))
    fields = shelf.written | _written(ruleset.model_dump(mode="json", exclude=set(_OF_ALL)))
    content = "{" + ", ".join(f'"{name}": {fields[name]}' for name in sorted(fields)) + "}"
    digest = hashlib.sha256(content.encode()).hexdigest()
    return ruleset.model_copy(update={"version": f"{head.fiscal_year}.{digest[:8]}"})


_OF_ALL = ("components", "concepts", "sources")
"""What all rule sets of a shelf have alike, and what is most of them."""


def _written(fields: Mapping[str, object]) -> dict[str, str]:
    return {name: json.dumps(value, ensure_ascii=False, sort_keys=True) for name, value in fields.items()}
