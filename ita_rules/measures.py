"""``rules/measures.yaml``: what agencies resolve to do about a gap, from which the official papers are drafted.

Data beside the rules, because people who know the agencies' papers write it and programmers do not. It decides nothing: a verdict
never depends on it, so it is no part of a rule set's version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ita_rules.complaints import Complaint, checked, unknown_word
from ita_rules.data import data_folder
from ita_rules.errors import RuleSetError
from ita_rules.yamlfile import YamlError, YamlFile, load_yaml

FILE = "measures.yaml"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Said(_Strict):
    """One sentence in both languages; `{item}` and `{asks}` are its only places."""

    th: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def say(self, lang: str, item: str = "", asks: str = "") -> str:
        """In the language asked, with its places filled by plain text."""
        text = self.en if lang == "en" else self.th
        # One pass, so that a place within an item's name stays what it is.
        return asks.join(part.replace("{item}", item) for part in text.split("{asks}"))


class Measure(_Strict):
    """What is resolved about a gap: the measure, steps beside the check's own fix, and by what it is seen to be done."""

    measure: Said
    method: tuple[Said, ...] = ()
    follow_up: Said
    source: str | None = None


class SurveyIndicator(_Strict):
    """An indicator that people's opinions are asked about, and of which a website shows nothing."""

    tool: Literal["iit", "eit"]
    name: Said


class Measures(_Strict):
    """The whole file. `concepts` maps a concept to measures by component or kind of check."""

    reporting: Said
    indicators: Mapping[str, SurveyIndicator]
    keep: Measure
    look: Measure
    kinds: Mapping[str, Measure]
    components: Mapping[str, Measure] = Field(default_factory=dict)
    concepts: Mapping[str, Mapping[str, Measure]] = Field(default_factory=dict)

    def of(self, concepts: Iterable[str], component: str, kind: str) -> Measure:
        """The measure for a gap of a check: by concept, then by component, then by kind; a missing component's where all fail."""
        own = [self.concepts[concept] for concept in concepts if concept in self.concepts]
        tables = [(table, key) for table in own for key in (component, kind)]
        tables += [(self.components, component), (self.kinds, kind), (self.kinds, "component")]
        return next((table[key] for table, key in tables if key in table), self.keep)


def load_measures(folder: Path | None = None) -> Measures:
    """The measures in a folder of rules (the shipped ones when None).

    Raises `RuleSetError` for the file's first fault, `YamlError` for what is no YAML or is missing.
    """
    return _load((folder or data_folder("rules")) / FILE)


@cache
def _load(path: Path) -> Measures:
    faults: list[Complaint] = []
    found = _read(load_yaml(path), faults.append)
    if found is None:
        fault = faults[0]
        raise RuleSetError(fault.message_id, file=fault.file, line=fault.line, **fault.values)
    return found


def _read(yaml: YamlFile, complain: Callable[[Complaint], None]) -> Measures | None:
    return checked(Measures, yaml.value, yaml, (), complain)


def complaints(folder: Path, known: Mapping[str, Iterable[str]]) -> list[Complaint]:
    """What is wrong with the measures in a folder of rules; nothing where it has none.

    `known` holds the ids that may be named: `concept`, `component`, `kind` and `source`.
    """
    path = folder / FILE
    found: list[Complaint] = []
    if not path.is_file():
        return found
    try:
        yaml = load_yaml(path)
    except YamlError as err:
        values = dict(err.values)
        return [Complaint(str(values.pop("file")), int(str(values.pop("line"))), err.message_id, values)]
    measures = _read(yaml, found.append)
    if measures is None:
        return found
    named: list[tuple[tuple[str, ...], str, str]] = [(("kinds", key), "kind", key) for key in measures.kinds]
    named += [(("components", key), "component", key) for key in measures.components]
    named += [(("concepts", key), "concept", key) for key in measures.concepts]
    for place, kind, word in named:
        if word not in known[kind]:
            found.append(unknown_word(yaml, place, kind, word, known[kind]))
    for concept, table in measures.concepts.items():
        found += (
            unknown_word(yaml, ("concepts", concept, key), "component", key, known["component"])
            for key in table
            if key not in known["component"] and key not in known["kind"]
        )
    for place, measure in _entries(measures):
        if measure.source is not None and measure.source not in known["source"]:
            found.append(unknown_word(yaml, (*place, "source"), "source", measure.source, known["source"]))
    return found


def _entries(measures: Measures) -> list[tuple[tuple[str, ...], Measure]]:
    found: list[tuple[tuple[str, ...], Measure]] = [(("keep",), measures.keep), (("look",), measures.look)]
    found += [(("kinds", key), entry) for key, entry in measures.kinds.items()]
    found += [(("components", key), entry) for key, entry in measures.components.items()]
    found += [(("concepts", c, key), entry) for c, table in measures.concepts.items() for key, entry in table.items()]
    return found
