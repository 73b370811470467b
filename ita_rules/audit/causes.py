"""What many agencies have in common that could not be looked at: one line for one cause, with the agencies behind it.

Pure functions over the results of a night. Only failures of the way count (a server that does not answer, a name that is not
known): what an agency has to mend itself stays with its items.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ita_rules.audit.addresses import hosts_of, name_of
from ita_rules.audit.record import HostTally, Result
from ita_rules.model import Status
from ita_rules.run.types import Exchange

LINE_CAUSES = frozenset({"dns", "timeout", "refused", "reset", "tls"})
"""What a broken line of ours looks like from within."""

WAY_CAUSES = LINE_CAUSES | {"http_5xx", "blocked"}
"""Causes that lie with a server, its address, its supplier or the line, and not with a page."""

_LINE_AGENCIES = 3
_LINE_SHARE = 0.9
_MOST_OF = 0.5
_MOST_HOSTS = 40


@dataclass(frozen=True, slots=True)
class Group:
    """One cause behind several agencies.

    `kind` tells what is at fault: our own `line`, a network `address` with several of their hosts, or one `host`; `where` names
    it (``""`` for the line). `cause` is the one seen most. `agencies` are their names in the order of the night; `undecided`
    counts their undecided items, which this cause may explain.
    """

    kind: Literal["line", "address", "host"]
    where: str
    cause: str
    agencies: tuple[str, ...]
    undecided: int


def tally(exchanges: Sequence[Exchange]) -> tuple[HostTally, ...]:
    """The requests of a run by host: first those with failures of the way, most failures first; 40 hosts at most."""
    answered: Counter[str] = Counter()
    failed: dict[str, Counter[str]] = defaultdict(Counter)
    for one in exchanges:
        host = next(iter(hosts_of(one.final_url or one.url)), "")
        if not host:
            continue
        cause = _family(one.cause)
        if cause in WAY_CAUSES:
            failed[host][cause] += 1
        elif one.status is not None:
            answered[host] += 1
    hosts = sorted({*answered, *failed}, key=lambda host: (-failed[host].total(), -answered[host], host))
    return tuple(
        HostTally(host=host, answered=answered[host], failed=dict(sorted(failed[host].items()))) for host in hosts[:_MOST_HOSTS]
    )


def grouped(results: Sequence[Result], addresses: Mapping[str, Sequence[str]]) -> tuple[Group, ...]:
    """The common causes of a night, most agencies first. `addresses` are those of hosts, by name, where they are known.

    A host is at fault for an agency when at least half of what was asked of it failed on the way. Two agencies make a cause
    common. Our own line is suspected when nine in ten agencies (three at least) had not one answer from anywhere.
    """
    judged = [r for r in results if r.outcome == "judged" and r.hosts]
    silent = [r for r in judged if _is_silent(r)]
    if len(silent) >= _LINE_AGENCIES and len(silent) >= _LINE_SHARE * len(judged) and _places(silent, addresses) > 1:
        return (_group("line", "", silent, [t for r in silent for t in r.hosts]),)
    by_address: dict[str, dict[str, list[tuple[Result, HostTally]]]] = defaultdict(lambda: defaultdict(list))
    by_host: dict[str, list[tuple[Result, HostTally]]] = defaultdict(list)
    for result in judged:
        for one in result.hosts:
            if _is_at_fault(one):
                by_host[one.host].append((result, one))
                for address in addresses.get(name_of(one.host), ()):
                    by_address[address][one.host].append((result, one))
    groups: list[Group] = []
    explained: set[str] = set()
    for address, hosts in sorted(by_address.items()):
        if len(hosts) > 1 and not explained.issuperset(hosts):
            groups += _common("address", address, [pair for pairs in hosts.values() for pair in pairs])
            explained.update(hosts)
    for host, pairs in sorted(by_host.items()):
        if host not in explained:
            groups += _common("host", host, pairs)
    return tuple(sorted(groups, key=lambda group: -len(group.agencies)))


def _common(kind: Literal["address", "host"], where: str, pairs: list[tuple[Result, HostTally]]) -> list[Group]:
    ours = list({result.key: result for result, _ in pairs}.values())
    return [_group(kind, where, ours, [one for _, one in pairs])] if len(ours) > 1 else []


def _group(kind: Literal["line", "address", "host"], where: str, ours: Sequence[Result], tallies: Sequence[HostTally]) -> Group:
    causes: Counter[str] = Counter()
    for one in tallies:
        causes.update(one.failed)
    cause = min(causes, key=lambda name: (-causes[name], name))
    undecided = sum(result.statuses.count(Status.UNDECIDED) for result in ours)
    return Group(kind, where, cause, tuple(result.name for result in ours), undecided)


def _is_silent(result: Result) -> bool:
    """Whether a run had no answer from anywhere, for causes that a broken line would give."""
    failed = {cause for one in result.hosts for cause in one.failed}
    return bool(failed) and failed <= LINE_CAUSES and not any(one.answered for one in result.hosts)


def _places(results: Sequence[Result], addresses: Mapping[str, Sequence[str]]) -> int:
    """How many servers they lie on, as far as that is known: one that is down is no broken line."""
    return len({tuple(addresses.get(name_of(r.hosts[0].host), (r.hosts[0].host,))) for r in results})


def _is_at_fault(one: HostTally) -> bool:
    failed = sum(one.failed.values())
    return failed > 0 and failed >= _MOST_OF * (failed + one.answered)


def _family(cause: str | None) -> str:
    """A cause with its number as its family: ``http_503`` is of ``http_5xx``."""
    found = cause or ""
    return "http_5xx" if found.startswith("http_5") else found
