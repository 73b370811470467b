"""decisions.json: what people decided on the items of a run, kept in the run's folder with its whole history.

Entries are only ever added; of each item the last one holds. A decision is shown beside the item's status and never changes it:
neither the score nor the exit status knows of it. An entry names the status that the item had when it was decided, so that a
report of the same run by mended rules can say that the verdict was another one then.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ita_rules.errors import RunError
from ita_rules.model import Decision, ItemResult, Report, Status

FILE_NAME = "decisions.json"
SCHEMA: Literal["ita-rules/decisions/1"] = "ita-rules/decisions/1"
MOST_BYTES = 20_000_000
COMMENT_LIMIT = 5_000
NAME_LIMIT = 200


class Entry(BaseModel):
    """One decision as kept: `item` and `ruleset` say on what, `on` the status it then had, `when` an ISO day (A.D.).

    `carried` is when the run began on which it was decided, where that is an earlier one; `evidence` marks the evidence and the
    conditions that it was decided on (`evidence_of`), and it holds only while they are the same.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    ruleset: str
    item: str
    decision: Literal["confirm", "pass", "gap", "more"]
    on: Status
    who: str = Field(min_length=1, max_length=NAME_LIMIT)
    when: str = Field(pattern=r"^\d{4}-\d\d-\d\d$")
    comment: str = Field(default="", max_length=COMMENT_LIMIT)
    carried: str = Field(default="", max_length=40)
    evidence: str = Field(default="", max_length=64)


class DecisionsFile(BaseModel):
    """`decisions.json` as written."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    schema_: Literal["ita-rules/decisions/1"] = Field(default=SCHEMA, alias="schema")
    decisions: tuple[Entry, ...]


def run_id(report: Report) -> str:
    """A short name of the run and form that a report is about: the same for every judgement of it, another for every other."""
    told = "\0".join((report.agency.url, report.agency.name, report.ruleset.id, report.run.started))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def load_decisions(folder: Path) -> tuple[Entry, ...]:
    """The decisions in a run's folder, oldest first; none where it has no such file. Raises `RunError` for a broken one."""
    path = folder / FILE_NAME
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise RunError("error.decisions.broken", path=str(path))
        return DecisionsFile.model_validate_json(data).decisions
    except FileNotFoundError:
        return ()
    except NotADirectoryError:
        return ()
    except OSError as err:
        raise RunError("error.decisions.unreadable", path=str(path), detail=err.strerror or str(err)) from err
    except ValidationError as err:
        raise RunError("error.decisions.broken", path=str(path)) from err


def dump(entries: Iterable[Entry]) -> bytes:
    """The file's bytes, an entry after the other, so that its history reads well."""
    data = DecisionsFile(decisions=tuple(entries)).model_dump(mode="json", by_alias=True, exclude_defaults=True)
    data = {"schema": SCHEMA, **data}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def added(before: Sequence[Entry], new: Iterable[Entry]) -> tuple[Entry, ...]:
    """The history with what is new at its end; what already holds as it is (but for its day) is not noted twice."""
    found = list(before)
    for entry in new:
        last = next((e for e in reversed(found) if (e.ruleset, e.item) == (entry.ruleset, entry.item)), None)
        same = {"when": entry.when, "carried": entry.carried, "evidence": entry.evidence}
        if last is None or last.model_copy(update=same) != entry:
            found.append(entry)
    return tuple(found)


def with_decisions(report: Report, entries: Iterable[Entry]) -> Report:
    """The report with the decision that holds on each item; no status is touched."""
    known = {item.id: item for item in report.items}
    entries = [e for e in entries if e.item not in known or holds(e, known[e.item])]
    holding = {entry.item: entry for entry in entries if entry.ruleset == report.ruleset.id}
    if not holding:
        return report
    items = tuple(
        item.model_copy(update={"decision": _told(holding[item.id])}) if item.id in holding else item for item in report.items
    )
    return report.model_copy(update={"items": items})


def evidence_of(item: ItemResult) -> str:
    """A mark of what an item was judged on: the contents of its evidence, and the conditions that were asked of it."""
    sources = sorted({(source.url, source.sha256 or "", source.cause or "") for source in item.sources})
    asked = [(check.id, check.kind, check.severity.value, check.component) for check in item.checks]
    return hashlib.sha256(json.dumps([sources, asked], ensure_ascii=False).encode("utf-8", "replace")).hexdigest()


def holds(entry: Entry, item: ItemResult) -> bool:
    """Whether a decision holds on an item: made on this very run, or on evidence and conditions that are still the same."""
    return not entry.carried or entry.evidence == evidence_of(item)


def _told(entry: Entry) -> Decision:
    return Decision(
        decision=entry.decision,
        on=entry.on,
        who=entry.who,
        when=entry.when,
        comment=entry.comment,
        carried=entry.carried or None,
    )
