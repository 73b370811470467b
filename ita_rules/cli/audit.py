"""``ita-rules audit``: every agency of config.yaml, each in a process of its own, several side by side."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from ita_rules.audit.addresses import addresses_of, folder_lane, hosts_of, lanes, name_of
from ita_rules.audit.causes import grouped
from ita_rules.audit.forecast import forecast, last_results
from ita_rules.audit.lock import held
from ita_rules.audit.pool import Child, Pool, jobs_of_machine, spawn
from ita_rules.audit.record import FOLDER, Audit, Done, Header, Result, audits, keys_of, newest_unfinished
from ita_rules.audit.runner import CHILD, WARM, Runner, Task
from ita_rules.audit.space import demand
from ita_rules.audit.warm import WORTH, Warm
from ita_rules.cli import console, exits, extras, given, options
from ita_rules.cli.audit_child import ChildTask, Common
from ita_rules.cli.audit_summary import summarise
from ita_rules.cli.audit_view import AuditView, told_forecast
from ita_rules.cli.cluster_night import Far, FarNight, far_of, storage_of
from ita_rules.cli.units import units_of_each
from ita_rules.config import FILE_NAME, SAMPLE_URL, AgencyConfig, Config
from ita_rules.data import shipped_config
from ita_rules.errors import ClusterError, ConfigError, ItaRulesError, OutputError, RunError, UsageError
from ita_rules.storage.places import Storage

_RESOLVE_SECONDS = 60.0
_MOST_JOBS = 64
_MOST_SHARED = 5
_TOLD = ("ruleset", "rules", "day", "persona", "exceptions", "scores", "fresh", "full")
"""What is asked of the audit and told to each of its children."""

OnlyAgency = Annotated[list[str] | None, typer.Option("--agency", metavar="TEXT", help="help.only_agency", show_default=False)]
OnlyLabel = Annotated[list[str] | None, typer.Option("--label", metavar="TEXT", help="help.only_label", show_default=False)]
Jobs = Annotated[int | None, typer.Option("--jobs", metavar=options.NUMBER, help="help.jobs", show_default=False)]
Full = Annotated[bool, typer.Option("--full", help="help.audit.full", show_default=False)]
OnCluster = Annotated[str | None, typer.Option("--cluster", metavar="ADDRESS", help="help.audit.cluster", show_default=False)]
ResumeAudit = Annotated[bool, typer.Option("--resume", help="help.audit.resume", show_default=False)]


@dataclass(frozen=True, slots=True)
class Night:
    """An audit with all that its children are told: the agencies by key, and the settings without them."""

    audit: Audit
    agencies: Mapping[str, AgencyConfig]
    settings: Config
    config: Path
    base: Path
    lang: str
    asked: Mapping[str, Any]
    resume: bool
    alone: bool

    def words(self, key: str) -> bytes:
        """What the child of an agency is told."""
        task = ChildTask(
            key=key,
            agency=self.agencies[key],
            settings=self.settings,
            config=self.config,
            audit=self.audit.folder,
            base=self.base,
            lang=self.lang,
            resume=self.resume,
            quiet=not self.alone,
            **{name: self.asked[name] for name in _TOLD},
        )
        return task.model_dump_json().encode()

    def start(self, task: Task, warm: Warm | None = None) -> Child:
        """Start the child of an agency. The only agency of an audit speaks for itself; of several each has a log.

        Raises `OutputError` where the disk has no room for one more.
        """
        demand(self.base)
        log = None if self.alone else self.audit.log(task.key)
        return spawn(CHILD, log) if warm is None else warm.start(log)

    def common(self) -> Common:
        """What all children have in common."""
        asked = {self.asked["ruleset"] or agency.ruleset or self.settings.ruleset for agency in self.agencies.values()}
        rulesets = tuple(sorted(asked, key=str))
        return Common(lang=self.lang, formats=self.settings.formats, rulesets=rulesets, rules=self.asked["rules"])

    def lost(self, task: Task, overdue: bool, status: int | None) -> Result:
        """The result of an agency whose child left none."""
        agency = self.agencies[task.key]
        reason = console.words().say(
            "error.audit.overdue" if overdue else "error.audit.crashed", log=self.audit.log(task.key), status=status
        )
        now = given.now().isoformat()
        result = Result(
            key=task.key,
            name=agency.name,
            type=agency.type.value,
            url=agency.url,
            outcome="failed",
            code=exits.TOOL_FAILED,
            reason=reason,
            started=now,
            finished=now,
            ruleset=self.asked["ruleset"] or agency.ruleset or self.settings.ruleset or "",
        )
        self.audit.finish(result)
        return result


def audit(
    agency: OnlyAgency = None,
    label: OnlyLabel = None,
    jobs: Jobs = None,
    ruleset: options.RuleSetId = None,
    as_of: options.AsOf = None,
    out: options.Out = None,
    formats: options.Formats = None,
    max_pages: options.MaxPages = None,
    max_depth: options.MaxDepth = None,
    max_minutes: options.MaxMinutes = None,
    persona: extras.PersonaName = None,
    exceptions: extras.ExceptionsFile = None,
    scores: extras.ScoresFile = None,
    resume: ResumeAudit = False,
    fresh: options.Fresh = False,
    full: Full = False,
    lang: options.Lang = None,
    cluster: OnCluster = None,
    tls_ca: options.TlsCa = None,
    tls_cert: options.TlsCert = None,
    tls_key: options.TlsKey = None,
    config: options.ConfigFile = None,
    rules: options.RulesFolder = None,
) -> int:
    """The exit status is that of the worst agency; one that fails does not stop the others."""
    given.lang_of(lang)
    path = config or Path(FILE_NAME)
    if config is None and not path.exists():
        raise ConfigError("error.audit.no_config", file=FILE_NAME, example=shipped_config())
    settings = given.config_of(path)
    spoken = given.lang_of(lang, settings.lang)
    if not settings.agencies:
        raise ConfigError("error.config.no_agencies", file=str(path))
    chosen = [a for a in settings.agencies if _wanted(a, agency, label)]
    if not chosen:
        known = [a.name for a in settings.agencies]
        shown = ", ".join(known[:40]) + (" …" if len(known) > 40 else "")
        raise UsageError("error.audit.none_chosen", file=str(path), known=shown)
    jobs = _jobs_of(jobs, settings)
    base = out or Path(settings.out)
    now = given.now()
    tls = (tls_ca, tls_cert, tls_key)
    demand(base)
    with held(base / FOLDER, now.isoformat()), far_of(settings, path, base, cluster, tls) as far:
        asked: dict[str, Any] = {
            "ruleset": ruleset,
            "rules": rules,
            "day": given.day_of(as_of),
            "persona": persona,
            "exceptions": exceptions,
            "scores": scores,
            "fresh": fresh or None,
            "full": full or None,
            "formats": formats,
            "max_pages": max_pages,
            "max_depth": max_depth,
            "max_minutes": max_minutes,
        }
        left = newest_unfinished(base) if resume else None
        header = left.header() if left is not None else None
        if header is not None:
            asked = {name: value if value is not None else header.options.get(name) for name, value in asked.items()}
            asked["day"] = asked["day"] if isinstance(asked["day"], dt.date | None) else given.day_of(asked["day"])
        elif resume:
            console.say("cli.audit.resume.nothing", path=base)
        crawl = given.crawl_of(settings.crawl, asked["max_pages"], asked["max_depth"], asked["max_minutes"])
        settings = settings.model_copy(update={"crawl": crawl, "formats": given.formats_of(asked["formats"], settings.formats)})
        files = {name: Path(asked[name]) if asked[name] is not None else None for name in ("rules", "exceptions", "scores")}
        extras.extras_of(settings, path.parent, asked["persona"], files["exceptions"], files["scores"])
        asked = {**asked, **files, "fresh": bool(asked["fresh"]), "full": bool(asked["full"])}
        if header is not None:
            by_key = dict(zip(keys_of(settings.agencies), settings.agencies, strict=True))
            agencies = {key: by_key[key] for key in header.keys if key in by_key}
        else:
            agencies = dict(zip(keys_of(tuple(chosen)), chosen, strict=True))
        units_of_each(list(agencies.values()), settings, path, asked["ruleset"], asked["rules"])
        if left is None or header is None:
            left = _opened(base, path, agencies, asked, now)
        else:
            gone = len(header.keys) - len(agencies)
            console.say("cli.audit.resume.going_on", started=header.started, done=_done(left, agencies), count=len(agencies))
            if gone:
                console.say("cli.audit.resume.gone", count=gone, file=path)
        plain = settings.model_copy(update={"agencies": (), "agencies_file": None})
        alone = len(agencies) == 1 and far is None
        night = Night(left, agencies, plain, path, base, spoken, asked, resume, alone)
        try:
            if resume:
                _made_up(night, far)
            return _worked(night, far.slots if far is not None else jobs, far)
        except OutputError as error:
            # Most often the disk is full. What is done is kept, what was begun is gone on with.
            console.tell(console.words().error(error))
            undone = len(agencies) - _done(left, agencies)
            if undone:
                console.say("cli.audit.unfinished", left=undone)
            return exits.TOOL_FAILED


def _far(night: Night, storage: Storage, session: str, common: Common | None = None) -> FarNight:
    """The audit as it is done elsewhere. `common` is what is loaded there once for all its agencies."""
    return FarNight(
        storage,
        night.audit,
        night.base,
        night.config,
        {key: given.folder_name(agency.place) for key, agency in night.agencies.items()},
        {name: night.asked[name] for name in ("rules", "exceptions", "scores")},
        night.lost,
        session,
        budget_of(night.settings),
        common,
    )


def _made_up(night: Night, far: Far | None) -> None:
    """Take in what a cluster finished of this audit while nobody listened, also where this machine goes on alone."""
    storage = far.storage if far is not None else storage_of(night.settings, night.base, True)
    left = [key for key in night.agencies if not _is_done(night.audit, key)]
    count = _far(night, storage, "").made_up(left)
    if count:
        console.say("cli.cluster.made_up", count=count, storage=storage.url)


def _worked(night: Night, jobs: int, far: Far | None) -> int:
    """Do what is left of an audit, and tell what came of the whole."""
    left = [key for key in night.agencies if not _is_done(night.audit, key)]
    for key in left:
        night.audit.forget(key)
    hosts = {
        key: () if (one := night.agencies[key]).url == SAMPLE_URL else hosts_of(one.url, one.hosts) for key in night.agencies
    }
    addresses = addresses_of((name_of(host) for key in left for host in hosts[key]), _RESOLVE_SECONDS)
    tasks = [_task(night, key, hosts[key], addresses) for key in left]
    _tell_shared(list(night.agencies.values()))
    if not night.alone:
        console.say("cli.audit.start", count=len(tasks), file=night.config)
        young = given.now() - dt.timedelta(days=night.settings.audit.full_every_days)
        last = last_results(night.base, left, None if night.asked["full"] or night.asked["fresh"] else young)
        told_forecast(forecast(tasks, last, max(1, jobs), budget_of(night.settings)))
    broken: ItaRulesError | None = None
    with contextlib.ExitStack() as stack:
        view = stack.enter_context(AuditView(len(tasks), quiet=night.alone))
        runner: Runner
        if far is None:
            warm = stack.enter_context(Warm(CHILD, WARM, night.common().model_dump_json())) if len(tasks) >= WORTH else None
            runner = Pool(
                tasks,
                jobs,
                budget_of(night.settings),
                lambda task: night.start(task, warm),
                lambda task: night.audit.result(task.key),
                night.lost,
                view.told,
                lambda: view.tick(runner),
            )
        else:
            elsewhere = _far(night, far.storage, far.session, night.common() if len(tasks) >= WORTH else None)
            stack.enter_context(elsewhere.held())
            runner = elsewhere.runner(far.cluster, tasks, view.told, lambda: view.tick(runner))
        try:
            whole = runner.run()
        except (ClusterError, OutputError, RunError) as error:
            if far is None:
                raise
            # What came before is told all the same, and is not done again.
            whole, broken = False, error
    results = [found for key in night.agencies if (found := night.audit.result(key)) is not None]
    codes = [result.code for result in results]
    if broken is not None:
        codes.append(exits.TOOL_FAILED)
        console.tell(console.words().error(broken))
    if not whole or len(results) < len(night.agencies):
        # What nobody has looked at yet is undecided, however well the others did.
        codes.append(exits.UNDECIDED)
        console.say("cli.audit.unfinished", left=sum(not _is_done(night.audit, key) for key in night.agencies))
    else:
        down = any(group.kind == "line" for group in grouped(results, addresses))
        night.audit.close(Done(finished=given.now().isoformat(), code=exits.worst(codes), line_down=down))
    summarise(results, night.base, night.settings.formats, night.lang, addresses)
    return exits.worst(codes)


def _tell_shared(agencies: Sequence[AgencyConfig]) -> None:
    """Say which agencies keep their runs in one folder: what is compared with the night before could be another's night."""
    by_folder: dict[str, list[str]] = {}
    for agency in agencies:
        by_folder.setdefault(given.folder_name(agency.place).casefold(), []).append(agency.name)
    shared = [ours for ours in by_folder.values() if len(ours) > 1]
    if shared:
        console.say("cli.audit.same_folder", count=sum(map(len, shared)), names=[ours[0] for ours in shared[:_MOST_SHARED]])


def budget_of(settings: Config) -> float:
    """The most wall-clock seconds that an agency may take, reading and judging included."""
    minutes = settings.audit.minutes_per_agency
    return 60 * (minutes if minutes is not None else 2 * (settings.crawl.max_minutes or 20) + 10)


def _jobs_of(jobs: int | None, settings: Config) -> int:
    if jobs is not None and not 1 <= jobs <= _MOST_JOBS:
        raise UsageError("error.number.wrong", option="--jobs", low=1, high=_MOST_JOBS, found=jobs)
    return jobs or settings.audit.jobs or jobs_of_machine()


def _wanted(agency: AgencyConfig, names: list[str] | None, labels: list[str] | None) -> bool:
    """Whether an agency was chosen: by a part of its name or its code, and by a label."""
    by_name = not names or any(n == agency.code or n in agency.name for n in names)
    return by_name and (not labels or any(wanted in agency.labels for wanted in labels))


def _opened(base: Path, path: Path, agencies: Mapping[str, AgencyConfig], asked: Mapping[str, Any], now: dt.datetime) -> Audit:
    """A new audit. A clock that was set back is told of: nothing is overwritten, but the order of nights is that of the clock."""
    newest = next((header for one in audits(base) if (header := one.header()) is not None), None)
    if newest is not None and newest.started > now.isoformat():
        console.say("cli.audit.clock", started=newest.started, now=now.isoformat())
    plain = {name: str(value) if isinstance(value, Path | dt.date) else value for name, value in asked.items()}
    header = Header(started=now.isoformat(), config=str(path), keys=tuple(agencies), options=plain)
    return Audit.create(base, header, f"{now:%Y%m%d-%H%M%S}")


def _task(night: Night, key: str, hosts: Sequence[str], addresses: Mapping[str, Sequence[str]]) -> Task:
    agency = night.agencies[key]
    # An agency that stands twice keeps its runs in one folder, told apart by the second in which they began.
    ours = lanes(hosts, addresses) | {folder_lane(given.folder_name(agency.place))}
    return Task(key, agency.name, night.words(key), ours)


def _is_done(audit: Audit, key: str) -> bool:
    result = audit.result(key)
    return result is not None and result.outcome != "interrupted"


def _done(audit: Audit, keys: Mapping[str, AgencyConfig]) -> int:
    return sum(_is_done(audit, key) for key in keys)
