"""The cases of rules: evidence that passes, has a gap or stays undecided, written beside each item and judged for real.

A case becomes a mini run: a main page, the agency's answer, and the evidence that the main page links to. It takes the
judge as an argument, since judging stands above rule sets.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ita_rules.complaints import Complaint, checked, unknown_word
from ita_rules.model import ItemResult, Report, Status
from ita_rules.rulesets.caseruns import WANTED, Case, CasesFile, PlacedCase, mini_run
from ita_rules.rulesets.casesabove import Inherited, inherited
from ita_rules.rulesets.load import as_error, only_items
from ita_rules.rulesets.parse import parse
from ita_rules.rulesets.shelf import Shelf
from ita_rules.rulesets.types import Item, RuleSet
from ita_rules.rulesets.written import CASES_SUFFIX
from ita_rules.run.types import RunData
from ita_rules.yamlfile import YamlFile

Judge = Callable[[RunData, RuleSet, dt.date], Report]
"""What judges a mini run."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came of a case. `problems` holds one complaint for each thing that is not as the case says."""

    placed: PlacedCase
    problems: tuple[Complaint, ...] = field(default=())

    @property
    def ok(self) -> bool:
        """Whether all is as the case says."""
        return not self.problems


def read_cases(
    ruleset: RuleSet, folder: Path, complain: Callable[[Complaint], None], shelf: Shelf | None = None
) -> list[PlacedCase]:
    """Every case of a rule set, its items' own and those that they inherit, in the order of its items; faults go to `complain`.

    `folder` is the folder of all rules, the one that the rule set was loaded from.
    """
    shelf = shelf or Shelf(folder)
    found: list[PlacedCase] = []
    for item in ruleset.items:
        placed, faults = _cases_of(shelf, ruleset, item)
        found += placed
        for fault in faults:
            complain(fault)
    known = {folder / cases_file(item) for item in ruleset.items}
    for path in sorted((folder / ruleset.id).glob(f"*{CASES_SUFFIX}")):
        if path not in known:
            complain(Complaint(str(path), 1, "error.cases_without_item", {"name": path.name}))
    return found


def cases_file(item: Item) -> str:
    """The path of an item's cases below the folder of all rules."""
    return item.file.removesuffix(".yaml") + CASES_SUFFIX


def _cases_of(shelf: Shelf, ruleset: RuleSet, item: Item) -> tuple[list[PlacedCase], tuple[Complaint, ...]]:
    """The cases of an item, with what is wrong in its own file."""
    at = (ruleset.id, item.id)
    if at not in shelf.cases:
        faults: list[Complaint] = []
        shelf.cases[at] = (_read(shelf, ruleset, item, faults.append), tuple(faults))
    return shelf.cases[at]


def _read(shelf: Shelf, ruleset: RuleSet, item: Item, complain: Callable[[Complaint], None]) -> list[PlacedCase]:
    path = shelf.folder / cases_file(item)
    yaml = shelf.read(path, complain) if path.is_file() else None
    raw = checked(CasesFile, yaml.value, yaml, (), complain) if yaml else None
    found = inherited(item, ruleset.fiscal_year + (raw.moved_by if raw else 0), _above(shelf, item))
    if yaml is None or raw is None:
        return found
    if raw.item != item.id:
        complain(unknown_word(yaml, ("item",), "item", raw.item, [item.id]))
    names = {p.case.name for p in found}
    for number, name in enumerate(raw.drop):
        if name not in names:
            complain(unknown_word(yaml, ("drop", number), "case", name, names))
    found = [p for p in found if p.outcome in raw.inherit and p.case.name not in raw.drop]
    for outcome in WANTED:
        for number, case in enumerate(getattr(raw, outcome)):
            _check_expect(item, case, yaml, (outcome, number, "expect"), complain)
            line = yaml.line((outcome, number))
            found.append(PlacedCase(item.id, outcome, case, str(path), line))
    return found


def _above(shelf: Shelf, item: Item) -> list[Inherited]:
    """The items that an item extends, with the cases of each."""
    found = []
    for reference in item.extends:
        ruleset_id, _, code = reference.partition("/")
        parent_set = parse(ruleset_id, shelf.folder, shelf).ruleset
        parent = parent_set.item(code) if parent_set else None
        if parent_set is not None and parent is not None:
            found.append(Inherited(parent, parent_set.fiscal_year, tuple(_cases_of(shelf, parent_set, parent)[0])))
    return found


def _check_expect(
    item: Item, case: Case, yaml: YamlFile, place: tuple[str | int, ...], complain: Callable[[Complaint], None]
) -> None:
    known = {c.id.removeprefix(f"{item.id}.") for c in item.checks}
    for key in case.expect:
        if key not in known:
            complain(unknown_word(yaml, (*place, key), "check", key, known))


def run_cases(ruleset: RuleSet, judge: Judge, folder: Path, only: Collection[str] | None = None) -> list[CaseResult]:
    """Judge every case (`only`: of these items) and say what is not as written.

    Raises:
        RuleSetError: a cases file has a fault.
    """
    faults: list[Complaint] = []
    placed = read_cases(ruleset, folder, faults.append)
    if faults:
        raise as_error(faults[0])
    return judge_cases(ruleset, [p for p in placed if only is None or p.item in only], judge)


def judge_cases(ruleset: RuleSet, placed: Iterable[PlacedCase], judge: Judge) -> list[CaseResult]:
    """Judge these cases of a rule set and say what is not as written."""
    narrowed: dict[str, RuleSet] = {}
    results = []
    for one in placed:
        if one.item not in narrowed:
            narrowed[one.item] = only_items(ruleset, [one.item])
        day = one.case.as_of or ruleset.window.closes
        run = mini_run(ruleset, one, day)
        report = judge(run, narrowed[one.item], day)
        item = next((i for i in report.items if i.id == one.item), None)
        results.append(CaseResult(one, tuple(_problems(one, item))))
    return results


def _problems(placed: PlacedCase, item: ItemResult | None) -> list[Complaint]:
    """What is not as the case says."""
    found = []
    wanted = WANTED[placed.outcome]
    if item is None or item.status != wanted:
        blamed = (
            [f"{c.id}={c.status}" for c in item.checks if c.status not in (Status.PASS, Status.NOT_APPLICABLE)] if item else []
        )
        values = {"wanted": wanted.value, "got": item.status.value if item else "-", "checks": ", ".join(blamed) or "-"}
        found.append(Complaint(placed.file, placed.line, "rules.case_item_status", values))
    statuses = {c.id: c.status for c in item.checks} if item else {}
    for key, status in placed.case.expect.items():
        got = statuses.get(f"{placed.item}.{key}")
        if got != status:
            values = {"check": key, "wanted": status.value, "got": got.value if got else "-"}
            found.append(Complaint(placed.file, placed.line, "rules.case_check_status", values))
    return found
