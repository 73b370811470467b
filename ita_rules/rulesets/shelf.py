"""The files of a folder of rules, each read once, however many rule sets stand on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ita_rules.complaints import Complaint, checked
from ita_rules.rulesets.checks import Vocabulary
from ita_rules.rulesets.written import RuleSetFile, item_paths
from ita_rules.yamlfile import YamlError, YamlFile, load_yaml

if TYPE_CHECKING:
    from ita_rules.rulesets.caseruns import PlacedCase
    from ita_rules.rulesets.inherit import Draft, Specs
    from ita_rules.rulesets.parse import Parsed

Complain = Callable[[Complaint], None]


@dataclass(slots=True)
class Shelf:
    """A folder of rules. What is read stays as it was read for as long as the shelf is kept; what others make of it
    (`vocabulary`, items put together (`drafts`) and `common` checks, `parsed` rule sets, `cases`; each with its complaints; and
    the vocabulary's `empty_words`, and the vocabulary `written` as JSON) is kept here by who made it."""

    folder: Path
    vocabulary: tuple[Vocabulary | None, tuple[Complaint, ...]] | None = None
    drafts: dict[str, tuple[Draft | None, tuple[Complaint, ...]]] = field(default_factory=dict)
    common: dict[str, tuple[Specs, tuple[Complaint, ...]]] = field(default_factory=dict)
    parsed: dict[str, Parsed] = field(default_factory=dict)
    cases: dict[tuple[str, str], tuple[list[PlacedCase], tuple[Complaint, ...]]] = field(default_factory=dict)
    empty_words: tuple[Complaint, ...] | None = None
    written: dict[str, str] = field(default_factory=dict)
    _ids: list[str] | None = None
    _files: dict[Path, YamlFile | Complaint] = field(default_factory=dict)
    _heads: dict[str, tuple[RuleSetFile | None, tuple[Complaint, ...]]] = field(default_factory=dict)
    _by_code: dict[str, dict[str, Path]] = field(default_factory=dict)
    _paths: dict[str, list[Path]] = field(default_factory=dict)

    def rulesets(self) -> list[str]:
        """Ids of the rule sets, oldest first."""
        if self._ids is None:
            self._ids = sorted(p.parent.name for p in self.folder.glob("oit-*/ruleset.yaml"))
        return list(self._ids)

    def read(self, path: Path, complain: Complain) -> YamlFile | None:
        """A YAML file that must be a mapping; None after complaining."""
        if path not in self._files:
            self._files[path] = _load(path)
        found = self._files[path]
        if isinstance(found, Complaint):
            complain(found)
            return None
        return found

    def head(self, ruleset_id: str, complain: Complain) -> tuple[RuleSetFile, YamlFile] | None:
        """`ruleset.yaml` of a rule set; None after complaining."""
        yaml = self.read(self.folder / ruleset_id / "ruleset.yaml", complain)
        if yaml is None:
            return None
        if ruleset_id not in self._heads:
            faults: list[Complaint] = []
            self._heads[ruleset_id] = (checked(RuleSetFile, yaml.value, yaml, (), faults.append), tuple(faults))
        head, told = self._heads[ruleset_id]
        for fault in told:
            complain(fault)
        return None if head is None else (head, yaml)

    def item_paths(self, ruleset_id: str) -> list[Path]:
        """The item files of a rule set, in the order of their codes."""
        if ruleset_id not in self._paths:
            self._paths[ruleset_id] = item_paths(self.folder / ruleset_id)
        return self._paths[ruleset_id]

    def _codes(self, ruleset_id: str) -> dict[str, Path]:
        """The item files of a rule set by their codes; of two with one code the first."""
        if ruleset_id not in self._by_code:
            found = self._by_code[ruleset_id] = {}
            for path in self.item_paths(ruleset_id):
                found.setdefault(path.name.partition("-")[0], path)
        return self._by_code[ruleset_id]

    def codes(self, ruleset_id: str) -> list[str]:
        """The codes of the items that have a file, or may be inherited whole."""
        found = list(self._codes(ruleset_id))
        head = self.head(ruleset_id, lambda _: None)
        return list(dict.fromkeys((*found, *(c for c in _grid(head[0]) if head[0].inherit_items)))) if head else found

    def item(self, ruleset_id: str, code: str, complain: Complain) -> YamlFile | None:
        """The file of an item; for one that is inherited whole what its file would say. None where there is none, and after
        complaining."""
        path = self._codes(ruleset_id).get(code)
        if path is not None:
            return self.read(path, complain)
        head = self.head(ruleset_id, complain)
        if head is None or not head[0].inherit_items or head[0].extends is None or code not in _grid(head[0]):
            return None
        line = head[1].line(("inherit_items",))
        return YamlFile(head[1].path, {"item": code, "extends": f"{head[0].extends}/{code}"}, {(): line})


def _grid(head: RuleSetFile) -> list[str]:
    return [code for indicator in head.indicators for sub in indicator.subs for code in sub.items]


def _load(path: Path) -> YamlFile | Complaint:
    try:
        yaml = load_yaml(path)
    except YamlError as err:
        values = dict(err.values)
        return Complaint(str(values.pop("file")), int(str(values.pop("line"))), err.message_id, values)
    return yaml if isinstance(yaml.value, dict) else Complaint(str(path), 1, "error.yaml_not_a_mapping", {})
