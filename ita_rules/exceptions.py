"""exceptions.yaml: conditions that people decided to live with, each with a reason, a name and a last day.

An exception never hides anything: the check keeps its status and shows the exception beside it; the item stays a gap, the
estimated score counts it, and the exit status is the same. What changes is that the gap is no longer among the things to mend.
Each names one check of one item of one agency, so that a new gap is never covered by an old exception.

    exceptions:
      - agency: องค์การบริหารส่วนตำบลตัวอย่าง
        item: O13
        check: problems            # or O13.problems
        reason: รายงานปีนี้จัดทำโดยสำนักงานจังหวัด
        who: นาย ก ปลัด อบต.
        until: 2023-12-31          # the last day on which it holds, A.D.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from ita_rules.answers import item_code
from ita_rules.complaints import Complaint, checked, nearest
from ita_rules.errors import ConfigError
from ita_rules.messages import Catalogue
from ita_rules.model import CheckResult, ItemResult, Report, Status, Waived
from ita_rules.plan import plan
from ita_rules.rulesets.types import RuleSet
from ita_rules.thai.fold import key
from ita_rules.yamlfile import YamlError, YamlFile, load_yaml

FILE_NAME = "exceptions.yaml"
_LAST_CHRISTIAN_YEAR = 2400  # B.E. 2400 is A.D. 1857: a later number is a Buddhist year


class ExceptionEntry(BaseModel):
    """One exception as written; `until` is the last day on which it holds (A.D.)."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    agency: str = Field(min_length=1)
    item: str = Field(min_length=1)
    check: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    who: str = Field(min_length=1)
    until: dt.date


class ExceptionsFile(BaseModel):
    """`exceptions.yaml` as written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    exceptions: tuple[ExceptionEntry, ...]


@dataclass(frozen=True, slots=True)
class Waiver:
    """One exception and where it stands. `check` is a whole id (``O13.problems``); `until` an A.D. day, the last one."""

    agency: str
    item: str
    check: str
    reason: str
    who: str
    until: dt.date
    file: str
    line: int


def read_exceptions(path: Path) -> tuple[tuple[Waiver, ...], tuple[Complaint, ...]]:
    """The exceptions in a file, and every fault of it with file and line; never raises."""
    try:
        yaml = load_yaml(path)
    except YamlError as err:
        values = dict(err.values)
        place = str(values.pop("file", path)), int(str(values.pop("line", 1)))
        return (), (Complaint(*place, err.message_id, values),)
    faults: list[Complaint] = []
    if yaml.value is None:
        return (), ()
    if not isinstance(yaml.value, dict):
        return (), (Complaint(str(path), 1, "error.yaml_not_a_mapping"),)
    whole = checked(ExceptionsFile, yaml.value, yaml, (), faults.append)
    entries = whole.exceptions if whole else ()
    found = [w for n, entry in enumerate(entries) if (w := _waiver(entry, yaml, n, faults)) is not None]
    return tuple(_once(found, faults)), tuple(faults)


def _waiver(entry: ExceptionEntry, yaml: YamlFile, number: int, faults: list[Complaint]) -> Waiver | None:
    place = ("exceptions", number)
    file = str(yaml.path)
    item = item_code(entry.item)
    if not item:
        line = yaml.line((*place, "item"))
        faults.append(Complaint(file, line, "error.exceptions.item", {"item": entry.item}))
        return None
    if entry.until.year >= _LAST_CHRISTIAN_YEAR:
        meant = f"{entry.until.year - 543}-{entry.until:%m-%d}"
        line = yaml.line((*place, "until"))
        faults.append(Complaint(file, line, "error.exceptions.buddhist", {"until": entry.until.isoformat(), "meant": meant}))
        return None
    head, _, rest = entry.check.partition(".")
    named = item_code(head) if rest else ""
    if named and named != item:
        line = yaml.line((*place, "check"))
        faults.append(Complaint(file, line, "error.exceptions.other_item", {"item": item, "check": entry.check}))
        return None
    check = f"{item}.{rest if named else entry.check}"
    return Waiver(entry.agency, item, check, entry.reason, entry.who, entry.until, file, yaml.line(place))


def _once(found: Iterable[Waiver], faults: list[Complaint]) -> Iterable[Waiver]:
    """The exceptions without those that speak of a check a second time, whatever they say of it."""
    first: dict[tuple[str, str], Waiver] = {}
    for one in found:
        before = first.setdefault((key(one.agency), one.check), one)
        if before is not one:
            values = {"check": one.check, "agency": one.agency, "before": before.line}
            faults.append(Complaint(one.file, one.line, "error.exceptions.twice", values))
    return first.values()


def load_exceptions(path: Path) -> tuple[Waiver, ...]:
    """The exceptions in a file.

    Raises:
        ConfigError: it is missing, or has a fault; the first is told with `file` and `line`.
    """
    if not path.is_file():
        raise ConfigError("error.exceptions.missing", file=str(path))
    found, faults = read_exceptions(path)
    if faults:
        first = faults[0]
        raise ConfigError(first.message_id, file=first.file, line=first.line, **first.values)
    return found


def lint_exceptions(path: Path, rulesets: Sequence[RuleSet], today: dt.date) -> tuple[Complaint, ...]:
    """Every fault of a file: what cannot be read, what has expired, checks that none of these rule sets has."""
    found, faults = read_exceptions(path)
    known = {c.id for ruleset in rulesets for item in ruleset.items for c in item.checks}
    more = []
    for one in found:
        if one.until < today:
            values: dict[str, object] = {"check": one.check, "agency": one.agency, "until": one.until.isoformat()}
            more.append(Complaint(one.file, one.line, "error.exceptions.expired", values))
        if known and one.check not in known:
            near = nearest(one.check, known)
            message_id = "error.exceptions.unknown_near" if near else "error.exceptions.unknown"
            more.append(Complaint(one.file, one.line, message_id, {"check": one.check, "near": near}))
    return tuple(sorted((*faults, *more), key=lambda c: c.line))


def waive(report: Report, exceptions: Sequence[Waiver], as_of: dt.date, say: Catalogue) -> Report:
    """The report with the exceptions of its agency shown on their checks, and the plan without them.

    An expired exception is ignored with a warning (it held to the end of its last day). So is one whose check the rule set
    lacks, or whose check is neither a gap nor undecided any more: it has done its work and ought to go.
    """
    ours = [w for w in exceptions if key(w.agency) == key(report.agency.name)]
    if not ours:
        return report
    status = {c.id: c.status for item in report.items for c in item.checks}
    holding: dict[str, Waiver] = {}
    warnings = []
    for one in ours:
        place = {"file": one.file, "line": one.line, "check": one.check}
        if one.until < as_of:
            warnings.append(say.say("warn.exceptions.expired", until=say.day(one.until.isoformat()), **place))
        elif one.check not in status:
            warnings.append(say.say("warn.exceptions.unknown", ruleset=report.ruleset.id, **place))
        elif status[one.check] not in (Status.GAP, Status.UNDECIDED):
            warnings.append(say.say("warn.exceptions.idle", status=say.say(f"status.{status[one.check]}"), **place))
        else:
            holding[one.check] = one
    items = tuple(_item(item, holding) for item in report.items)
    run = report.run.model_copy(update={"warnings": (*report.run.warnings, *warnings)})
    return report.model_copy(update={"items": items, "run": run, "plan": plan(items)})


def _item(item: ItemResult, holding: dict[str, Waiver]) -> ItemResult:
    if not any(c.id in holding for c in item.checks):
        return item
    return item.model_copy(update={"checks": tuple(_check(c, holding.get(c.id)) for c in item.checks)})


def _check(check: CheckResult, waiver: Waiver | None) -> CheckResult:
    if waiver is None:
        return check
    waived = Waived(reason=waiver.reason, who=waiver.who, until=waiver.until.isoformat())
    return check.model_copy(update={"waived": waived})
