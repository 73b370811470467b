"""Which check and which cases stand behind each condition of each form: a table in Markdown, made from the rules alone.

Every line of a form is an item, a concept and a condition. A condition is borne out when a case passes that is asked it, and
another case expects it to be a gap; the checks that every item has are borne out once for a form. What nobody has compared with
the handbook says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ita_rules.complaints import Complaint
from ita_rules.messages import LANGUAGES, messages
from ita_rules.model import Severity, Status
from ita_rules.rulesets.caseruns import PlacedCase
from ita_rules.rulesets.cases import read_cases
from ita_rules.rulesets.load import as_error, available, load_ruleset
from ita_rules.rulesets.shelf import Shelf
from ita_rules.rulesets.types import Check, Item, RuleSet

COMMON = ("answered", "reachable", "linked", "permission", "named", "machine_readable")
"""Keys of the checks that every item has."""

_LONGEST = 60  # letters of a case's name
_OF = {"passes": Status.PASS, "gaps": Status.GAP, "undecided": Status.UNDECIDED}  # of a check that a case does not name
_CHOICES = ("covers", "months", "what", "by")


@dataclass(frozen=True, slots=True)
class Line:
    """One condition of one form; of a common check `item` and `concept` are ``""``.

    `passing` and `failing` are the names of the cases that bear it out, in the order of the files.
    """

    ruleset: str
    item: str
    concept: str
    check: Check
    passing: tuple[str, ...]
    failing: tuple[str, ...]

    @property
    def borne_out(self) -> bool:
        """Whether it has a passing and a failing case."""
        return bool(self.passing and self.failing)


def lines(folder: Path) -> dict[str, tuple[RuleSet, list[Line]]]:
    """The conditions of every rule set of a folder, common checks first, then by item.

    Raises:
        RuleSetError: a rule set or one of its cases has a fault.
    """
    found = {}
    shelf = Shelf(folder)
    for ruleset_id in available(folder):
        ruleset = load_ruleset(ruleset_id, folder)
        faults: list[Complaint] = []
        placed = read_cases(ruleset, folder, faults.append, shelf)
        if faults:
            raise as_error(faults[0])
        by_item = {item.id: [p for p in placed if p.item == item.id] for item in ruleset.items}
        own = [_line(ruleset, item, c, by_item[item.id]) for item in ruleset.items for c in item.checks]
        found[ruleset_id] = (ruleset, [*_common(own), *(one for one in own if one.check.key not in COMMON)])
    return found


def _line(ruleset: RuleSet, item: Item, check: Check, placed: Sequence[PlacedCase]) -> Line:
    key = check.id.removeprefix(f"{item.id}.")
    asked = [p for p in placed if check.applies_to(p.case.agency.type)]
    if check.kind == "machine_readable":  # asked of files alone
        asked = [p for p in asked if p.case.media != "page"]
    elif check.kind == "catalog":
        asked = [p for p in asked if p.case.catalog]
    passing = [p.case.name for p in asked if p.case.expect.get(key, _OF[p.outcome]) == Status.PASS]
    failing = [p.case.name for p in asked if p.case.expect.get(key) == Status.GAP]
    return Line(ruleset.id, item.id, check.concept, check, tuple(passing), tuple(failing))


def _common(own: Sequence[Line]) -> Iterator[Line]:
    """The checks of every item, each once, with all cases of the form that bear it out."""
    for key in dict.fromkeys(one.check.key for one in own if one.check.key in COMMON):
        same = [one for one in own if one.check.key == key]
        passing = tuple(name for one in same for name in one.passing)
        yield Line(same[0].ruleset, "", "", same[0].check, passing, tuple(name for one in same for name in one.failing))


def document(folder: Path) -> str:
    """The table as a Markdown document, Thai with an English head. Raises `RuleSetError` as `lines` does."""
    say = messages("th").say
    every = lines(folder)
    out = ["# " + " · ".join(messages(lang).say("rules.trace.title") for lang in LANGUAGES), ""]
    for lang in LANGUAGES:
        out += [messages(lang).say("rules.trace.head"), ""]
    out += [_row([say(f"rules.trace.column.{c}") for c in ("form", "items", "lines", "unverified", "open")]), "|---" * 5 + "|"]
    for ruleset, found in every.values():
        unverified = sum(not one.check.verified for one in found)
        open_lines = sum(not one.borne_out for one in found)
        out.append(_row([ruleset.id, str(len(ruleset.items)), str(len(found)), str(unverified), str(open_lines)]))
    for ruleset, found in every.values():
        columns = [say(f"rules.trace.column.{c}") for c in ("item", "condition", "check", "verified", "passing", "failing")]
        out += ["", f"## {ruleset.id}", "", _row(columns), "|---" * 6 + "|"]
        out += [_row(_cells(ruleset, one)) for one in found]
    return "\n".join(out) + "\n"


def _cells(ruleset: RuleSet, one: Line) -> list[str]:
    say = messages("th").say
    check = one.check
    item = f"{one.item} {ruleset.concepts[one.concept].name.th}" if one.item else say("rules.trace.every_item")
    asked = _condition(ruleset, check)
    if check.severity is Severity.ADVICE:
        asked = say("rules.trace.advice", condition=asked)
    if check.when is not None:
        asked = f"{asked} ({', '.join(say(f'agency.{t}') for t in check.when.agency_type)})"
    verified = say("rules.trace.seen" if check.verified else "rules.trace.unseen")
    name = f"`{check.id if one.item else check.key}`"
    return [item, asked, name, verified, _cases(one.passing), _cases(one.failing)]


def _condition(ruleset: RuleSet, check: Check) -> str:
    """What a check asks, in few words."""
    say = messages("th").say
    if check.any_of:
        return say("rules.trace.any_of", conditions=[_condition(ruleset, branch) for branch in check.any_of])
    if check.kind == "component" and check.component:
        return ruleset.component(check.component).name.th
    name = say(f"kind.{check.kind}")
    choice = next((check.options[k] for k in _CHOICES if k in check.options), None)
    return f"{name}: {say(f'explain.choice.{choice}')}" if choice else name


def _cases(names: Sequence[str]) -> str:
    """The first of some cases, and how many more there are; says so where there is none."""
    say = messages("th").say
    if not names:
        return say("rules.trace.none")
    first = names[0] if len(names[0]) <= _LONGEST else names[0][: _LONGEST - 1] + "…"
    return say("rules.trace.more", case=first, count=len(names) - 1) if len(names) > 1 else first


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |"
