"""Cases judged again whenever a file of the rules is saved, for whoever is writing them.

What changed is found by the files' times and sizes, looked at again and again: this works on every file system and needs no
library. A change is judged when the files have been still for one look, since editors write in steps. Only items whose rules
or cases are no longer what they were are judged again; what is told is what changed its state.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from ita_rules.complaints import Complaint
from ita_rules.errors import UsageError
from ita_rules.rulesets.caseruns import PlacedCase
from ita_rules.rulesets.cases import CaseResult, Judge, judge_cases, read_cases
from ita_rules.rulesets.lint import lint
from ita_rules.rulesets.parse import parse
from ita_rules.rulesets.shelf import Shelf
from ita_rules.rulesets.types import Check, Item, RuleSet

MAX_FILES = 5_000
"""Files that are watched; the project's own rules are some 400."""

CaseKey = tuple[str, str, str, str, int]
"""Rule set, item, outcome, name, and which of those that are so called."""

_Faults = dict[tuple[object, ...], Complaint]
_Files = dict[Path, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Change:
    """What became different: complaints that came and went, cases that no longer and that again are as written.

    `passed` of `total` cases are as written now; in rule sets with complaints of form, as they were before.
    """

    complaints: tuple[Complaint, ...]
    settled: tuple[Complaint, ...]
    broken: tuple[CaseResult, ...]
    mended: tuple[PlacedCase, ...]
    passed: int
    total: int


@dataclass(slots=True)
class Watch:
    """The rules of a folder while somebody writes them: some rule sets (`rulesets`), some items of theirs (None for all)."""

    folder: Path
    rulesets: Sequence[str]
    items: Sequence[str] | None
    judge: Judge
    _seen: _Files | None = None
    _judged: _Files | None = None
    _faults: _Faults = field(default_factory=dict)
    _results: dict[tuple[str, str], tuple[str, list[CaseResult]]] = field(default_factory=dict)

    def look(self) -> Change | None:
        """What changed since the last look; None where no file did, or where files are still being written.

        Raises:
            UsageError: the folder holds more than `MAX_FILES` files of rules.
        """
        now = _files(self.folder)
        still, self._seen = self._seen in (None, now), now
        if not still or now == self._judged:
            return None
        self._judged = now
        faults, results = self._faults, self._cases()
        self._judge_all()
        after = self._cases()
        return Change(
            complaints=tuple(c for k, c in self._faults.items() if k not in faults),
            settled=tuple(c for k, c in faults.items() if k not in self._faults),
            broken=tuple(r for k, r in after.items() if not r.ok and (k not in results or results[k].ok)),
            mended=tuple(r.placed for k, r in after.items() if r.ok and k in results and not results[k].ok),
            passed=sum(r.ok for r in after.values()),
            total=len(after),
        )

    def _cases(self) -> dict[CaseKey, CaseResult]:
        found: dict[CaseKey, CaseResult] = {}
        for (ruleset_id, item), (_, results) in self._results.items():
            times: Counter[tuple[str, str]] = Counter()
            for result in results:
                name = (str(result.placed.outcome), result.placed.case.name)
                found[(ruleset_id, item, *name, times[name])] = result
                times[name] += 1
        return found

    def _judge_all(self) -> None:
        shelf = Shelf(self.folder)
        self._faults = {}
        for ruleset_id in self.rulesets:
            for fault in lint(ruleset_id, self.folder, shelf):
                # without the line, which moves with every line written above it
                self._faults[(fault.file, fault.message_id, str(sorted(fault.values.items(), key=str)))] = fault
            parsed = parse(ruleset_id, self.folder, shelf)
            if parsed.ruleset is not None and not parsed.complaints:
                self._judge_items(parsed.ruleset, shelf)

    def _judge_items(self, ruleset: RuleSet, shelf: Shelf) -> None:
        placed = read_cases(ruleset, self.folder, lambda _: None, shelf)
        kept = {}
        for item in ruleset.items:
            if self.items is not None and item.id not in self.items:
                continue
            own = [p for p in placed if p.item == item.id]
            digest = _digest(ruleset, item, own)
            before = self._results.get((ruleset.id, item.id), ("", []))
            same = before[0] == digest
            kept[(ruleset.id, item.id)] = before if same else (digest, judge_cases(ruleset, own, self.judge))
        others = {k: v for k, v in self._results.items() if k[0] != ruleset.id}
        self._results = {**others, **kept}


def _files(folder: Path) -> _Files:
    """Time (nanoseconds) and size (bytes) of every file of rules; one that is being replaced is left out."""
    found: _Files = {}
    paths = list(islice(folder.rglob("*.yaml"), MAX_FILES + 1))
    if len(paths) > MAX_FILES:
        raise UsageError("error.watch.too_many", path=folder, limit=MAX_FILES)
    for path in paths:
        try:
            seen = path.stat()
        except OSError:
            continue
        found[path] = (seen.st_mtime_ns, seen.st_size)
    return found


def _digest(ruleset: RuleSet, item: Item, placed: Sequence[PlacedCase]) -> str:
    """A hash of all that the verdict on an item's cases depends on."""
    parts = [item.model_dump_json(), ruleset.window.model_dump_json(), str(ruleset.due.get(item.id))]
    parts += [ruleset.concepts[c].model_dump_json() for c in sorted(ruleset.concepts)]
    parts += [ruleset.components[c].model_dump_json() for c in sorted(_components(item.checks))]
    parts += [p.outcome + "".join(c.model_dump_json() for c in (p.case, *p.beside)) for p in placed]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _components(checks: Sequence[Check]) -> set[str]:
    """The components that some checks name, those of their branches too."""
    found: set[str] = set()
    for check in checks:
        found |= {check.component} if check.component else set()
        found |= set(check.options.get("shares", ())) | _components(check.any_of)
    return found
