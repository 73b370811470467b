"""How often verdicts were right when the tool was measured on made-up agencies: the figures of ``rules/accuracy.yaml``.

The file is written by ``python -m benchmarks.agencies --write``, on wordings that serve for nothing but measuring. Its figures
are counts, so that several concepts of one item can be added up; years are taken together, since a concept asks nearly the same
in each and a year alone is seen too seldom.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from ita_rules.data import data_folder
from ita_rules.errors import RuleSetError
from ita_rules.yamlfile import Place, YamlFile, load_yaml

FILE = "accuracy.yaml"


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Counts of items: `seen` at all; `right`, with the true status; true `gaps` and of them `found`; `passes`, items without a
    gap, and of them `accused` of one."""

    seen: int = 0
    right: int = 0
    gaps: int = 0
    found: int = 0
    passes: int = 0
    accused: int = 0

    def __add__(self, other: Accuracy) -> Accuracy:
        """The counts of both."""
        return Accuracy(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def share(self) -> float | None:
        """The share of items whose status was right, from 0 to 1; None where none was seen."""
        return self.right / self.seen if self.seen else None


def load_accuracy(folder: Path | None = None) -> Mapping[str, Accuracy]:
    """The figures by concept; empty where nothing was measured (no file in `folder`, the shipped rules when None).

    Raises `YamlError` for what is no YAML, `RuleSetError` `error.accuracy_unreadable` for what is no map of concepts to counts.
    """
    path = (folder or data_folder("rules")) / FILE
    return _read(path) if path.is_file() else {}


@cache
def _read(path: Path) -> Mapping[str, Accuracy]:
    file = load_yaml(path)
    names = {f.name for f in fields(Accuracy)}
    if not isinstance(file.value, Mapping):
        raise _fault(file, (), "")
    found: dict[str, Accuracy] = {}
    for concept, counts in file.value.items():
        if not isinstance(counts, Mapping) or set(counts) != names or not all(type(n) is int and n >= 0 for n in counts.values()):
            raise _fault(file, (concept,), str(concept))
        found[str(concept)] = Accuracy(**{str(name): int(count) for name, count in counts.items()})
    return found


def _fault(file: YamlFile, place: Place, detail: str) -> RuleSetError:
    return RuleSetError("error.accuracy_unreadable", file=str(file.path), line=file.line(place), detail=detail)


def of_item(concepts: Iterable[str], measured: Mapping[str, Accuracy]) -> Accuracy:
    """The counts of an item of some concepts, as far as they were measured."""
    return sum((measured[c] for c in concepts if c in measured), Accuracy())
