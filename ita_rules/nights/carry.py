"""A verdict taken over from the run before, where judging could only give the same: the report with this night's times.

Only for a run in which everything is as before on which a verdict may rest (`crawlers.light.Looked.same` after a light look,
`ita_rules.nights.same` after a full one), judged by the same
rules and for the same reader. The result is, byte for byte, what judging would give.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from ita_rules.messages import messages
from ita_rules.model import ItemResult, Report, RunInfo, SourceResult, Unreached
from ita_rules.provenance import asked_at, outside, source_warnings
from ita_rules.run.keys import url_key
from ita_rules.run.types import Exchange, RunData


def carried_report(before: Report, run: RunData, as_of: dt.date, window: tuple[dt.date, dt.date]) -> Report:
    """The report on `run` as of a day, from the one on the run before, without what people decided and what changed then.

    `window` are the first and the last day of the rule set's; both days of judgement lie on one side of each of its ends.
    """
    exchanges = run.exchanges
    items = tuple(_item(item, exchanges, before.lang) for item in before.items)
    told = _run(before.run, run, as_of).model_copy(update={"warnings": _warnings(before, as_of, window)})
    return before.model_copy(update={"items": items, "run": told, "changes": None})


def _warnings(before: Report, as_of: dt.date, window: tuple[dt.date, dt.date]) -> tuple[str, ...]:
    """The warnings, of which one names the day of judgement where that is outside of the window."""
    say, ruleset = messages(before.lang), before.ruleset.id
    old = outside(say, ruleset, window, dt.date.fromisoformat(before.run.as_of))
    new = dict(zip(old, outside(say, ruleset, window, as_of), strict=True))
    return tuple(new.get(warning, warning) for warning in before.run.warnings)


def _run(before: RunInfo, run: RunData, as_of: dt.date) -> RunInfo:
    meta, probes = run.meta, set(run.meta.settings.get("probe", "").split())
    asked = [exchange for key, exchange in run.exchanges.items() if key not in probes]
    return before.model_copy(
        update={
            "started": meta.started,
            "finished": meta.finished,
            "as_of": as_of.isoformat(),
            "requests": meta.requests,
            "stopped_by": meta.stopped_by,
            "unreached": tuple(_unreached(each, run.exchanges) for each in before.unreached),
            "unchanged": sum(1 for e in asked if e.unchanged and not e.carried),
            "depth": meta.depth,
            "rests_on": meta.rests_on or None,
            "full_at": meta.full_at or None,
            "carried": sum(1 for e in asked if e.carried),
        }
    )


def _unreached(each: Unreached, exchanges: Mapping[str, Exchange]) -> Unreached:
    found = exchanges.get(url_key(each.url))
    return each.model_copy(update={"asked_at": asked_at(found) if found is not None else None})


def _item(item: ItemResult, exchanges: Mapping[str, Exchange], lang: str) -> ItemResult:
    return item.model_copy(update={"sources": tuple(_source(s, exchanges, lang) for s in item.sources), "decision": None})


def _source(source: SourceResult, exchanges: Mapping[str, Exchange], lang: str) -> SourceResult:
    found = exchanges.get(url_key(source.url))
    if found is None:
        return source
    warnings = source_warnings(messages(lang), source.url, found)
    return source.model_copy(update={"fetched_at": found.fetched_at or None, "sha256": found.sha256, "warnings": warnings})
