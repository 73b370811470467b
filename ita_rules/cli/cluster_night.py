"""An audit on a cluster, seen from the machine that started it: what goes to the workers, and what is taken in from them.

Only this process writes the audit's record, the history's index and the folders of runs in OUT. What a worker finished while
nobody listened lies on the storage, and is taken in by the audit that goes on.
"""

from __future__ import annotations

import contextlib
import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ita_rules.audit.cluster import Cluster, ClusterRunner
from ita_rules.audit.cluster_job import Answer, ClusterJob, mark
from ita_rules.audit.cluster_warm import Shared
from ita_rules.audit.record import Audit, Result
from ita_rules.audit.runner import Task, Told
from ita_rules.cli import console, given
from ita_rules.cli.audit_child import ChildTask, Common
from ita_rules.cli.cluster_seed import seed_of
from ita_rules.cli.earlier import earlier_year
from ita_rules.config import ClusterConfig, Config, Notify
from ita_rules.errors import ItaRulesError, RunError, UsageError
from ita_rules.exceptions import FILE_NAME as EXCEPTIONS
from ita_rules.history import enter, gathering
from ita_rules.rulesets.types import RuleSet
from ita_rules.saved import NAME as REPORT
from ita_rules.storage import bodies, inputs, nights
from ita_rules.storage.nights import Manifest
from ita_rules.storage.places import Storage, mark_of, open_storage

LOCAL = "local"
"""What stands for this machine alone where a configuration names a cluster."""


@dataclass(frozen=True, slots=True)
class Far:
    """An audit's work on a cluster; `slots` agencies at once when it began."""

    cluster: Cluster
    storage: Storage
    slots: int
    session: str = field(default_factory=lambda: secrets.token_hex(8))


@contextlib.contextmanager
def far_of(settings: Config, config: Path, base: Path, address: str | None, tls: Sequence[Path | None]) -> Iterator[Far | None]:
    """The cluster that is asked for, connected, its workers looked over; None for this machine alone.

    Raises `UsageError`: half of TLS, no storage for other machines. `ClusterError`: nobody answers, a worker cannot do our jobs.
    """
    where = address or settings.cluster.address
    if where is None or where == LOCAL:
        yield None
        return
    from ita_rules.audit.cluster_client import connected, is_loopback, packages

    packages()
    storage = storage_of(settings, base, is_loopback(where))
    certificates = tls_of(settings.cluster, config, tls)
    if certificates is None and not is_loopback(where):
        console.say("cli.cluster.no_tls", address=where)
    with connected(where, certificates) as cluster:
        views = cluster.greetings(storage)
        for view in views:
            if view.fault is not None:
                raise view.fault
            if not view.slots:
                console.say("cli.cluster.no_slots", worker=view.address)
        slots = sum(view.slots for view in views)
        console.say("cli.cluster.found", address=where, workers=len(views), slots=slots, storage=storage.url)
        yield Far(cluster, storage, slots)


def storage_of(settings: Config, base: Path, here: bool) -> Storage:
    """The storage that the configuration names; `base` itself for a cluster on this machine. Raises `UsageError`."""
    if settings.storage is not None:
        return open_storage(settings.storage)
    if not here:
        raise UsageError("error.cluster.no_storage")
    return open_storage(base.resolve().as_uri())


def tls_of(settings: ClusterConfig, config: Path, given_paths: Sequence[Path | None]) -> Any:
    """The certificates of the options, else of the configuration; None for neither. Raises `UsageError` for a part of them."""
    from ita_rules.audit.cluster_client import Tls

    ca, cert, key = given_paths
    if ca is not None and cert is not None and key is not None:
        return Tls(ca, cert, key)
    if any(path is not None for path in given_paths):
        raise UsageError("error.cluster.tls_half")
    if settings.tls is None:
        return None
    return Tls(*(config.parent / path for path in (settings.tls.ca, settings.tls.cert, settings.tls.key)))


@dataclass(slots=True)
class FarNight:
    """An audit whose agencies are done elsewhere. `folders` are those of the agencies' runs by key, `files` what the night was
    given besides the configuration (rules, exceptions, scores), `lost` the result of an agency that came to nothing. `common` is
    what workers load once for all agencies, None where they are too few for that."""

    storage: Storage
    audit: Audit
    base: Path
    config: Path
    folders: Mapping[str, str]
    files: Mapping[str, Path | None]
    lost: Callable[[Task, bool, int | None], Result]
    session: str
    seconds: float
    common: Common | None = None
    _laid: tuple[dict[str, str], str] | None = None
    _mark: str = ""
    _forms: dict[str | None, RuleSet | None] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The audit's name among all that use the storage."""
        return self.audit.unique()

    def runner(self, cluster: Cluster, tasks: Sequence[Task], told: Told, tick: Callable[[], None]) -> ClusterRunner:
        """The runner for what is left of the audit."""
        return ClusterRunner(
            cluster,
            tasks,
            self.name,
            self.session,
            self.seconds,
            self.words,
            self.taken,
            self.lost,
            told,
            tick,
            waiting=lambda: console.say("cli.cluster.nobody"),
            dismissed=lambda error: console.say("cli.cluster.dismissed", reason=console.words().error(error)),
        )

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Keep the bodies of a store in OUT from being collected while workers rest on them; say where the others lie."""
        nights.sweep(self.base)
        nights.sweep_places(self.storage, given.now().date())
        with gathering(self.base):
            if self.storage.folder is None or self.storage.folder.resolve() != self.base.resolve():
                bodies.name_origin(self.base / given.BLOBS, self.storage.url)
            yield

    def words(self, task: Task) -> str:
        """The job of an agency, with the files that it needs laid on the storage."""
        words: dict[str, Any] = json.loads(task.words)
        # Addresses that digests go to hold passwords, and no worker sends any.
        words["settings"] |= {
            "notify": Notify().model_dump(mode="json"),
            "cluster": ClusterConfig().model_dump(),
            "storage": None,
        }
        words["agency"]["channels"] = []
        archives = []
        named, common = self._lay_common(words)
        words |= {name: named.get(name) for name in ("rules", "exceptions", "scores")}
        if "settings.scores" in named:
            words["settings"]["scores"] = named["settings.scores"]
        if words["agency"].get("answers"):
            path = self.config.parent / str(words["agency"]["answers"])
            words["agency"]["answers"] = f"answers/{path.name}"
            # One that is missing is a fault of this agency alone, which its child tells.
            if path.is_file():
                archives.append(inputs.lay(self.storage, {f"answers/{path.name}": path}))
        folder = self.folders[task.key]
        words["previous"] = self._earlier_year(ChildTask.model_validate_json(task.words), folder)
        job = ClusterJob(
            night=nights.night_name(self.name, task.key),
            folder=folder,
            session=self.session,
            storage=self.storage.url,
            storage_mark=self._known_by(),
            version=mark(),
            seconds=self.seconds,
            words=words,
            inputs=tuple(name for name in (common, *archives) if name),
            seed=dict(seed_of(self.base, folder)),
            shared=self._shared(named, common),
        )
        return job.model_dump_json()

    def _shared(self, named: Mapping[str, str], archive: str) -> Shared | None:
        """What is loaded once, with the rules by their name in the `archive` of what all agencies need."""
        if self.common is None:
            return None
        rules = named.get("rules")
        return Shared(words=self.common.model_dump(mode="json") | {"rules": rules}, archive=archive if rules else "")

    def _earlier_year(self, task: ChildTask, folder: str) -> str:
        """The check of an earlier year that the agency's files are compared with: only this machine has the history."""
        form = task.ruleset or task.agency.ruleset or task.settings.ruleset
        if form not in self._forms:
            try:
                self._forms[form] = given.ruleset_of(form, task.rules)
            except ItaRulesError:
                self._forms[form] = None  # told by the child, which cannot load it either
        asked = self._forms[form]
        found = earlier_year(asked, (task.agency.name, task.agency.url), (), (self.base, folder)) if asked is not None else None
        return found.as_text() if found is not None else ""

    def taken(self, task: Task, answer: Answer) -> Result | None:
        """Take in what a worker tells: its run, the history, and last the result, which makes the agency done.

        None where a person stopped it before there was anything to tell.
        """
        if answer.stopped:
            return None
        if answer.log:
            with contextlib.suppress(OSError):
                log = self.audit.log(task.key)
                log.parent.mkdir(parents=True, exist_ok=True)
                log.write_text(answer.log, encoding="utf-8")
        if answer.manifest is None:
            return self.lost(task, answer.overdue, answer.status)
        try:
            return self.take_in(task.key, answer.manifest)
        except RunError as error:
            # What lies there is no use to anybody; the others are not to wait for it.
            nights.forget(self.storage, answer.manifest)
            result = self.lost(task, False, None).model_copy(update={"reason": console.words().error(error)})
            self.audit.finish(result)
            return result

    def take_in(self, key: str, manifest: Manifest) -> Result:
        """Take in an agency by its manifest; doing it twice does no harm. Raises `RunError`, `OutputError`."""
        try:
            result = Result.model_validate(manifest.result).model_copy(update={"key": key})
        except ValidationError as error:
            raise RunError("error.storage.broken", path=self.storage.url, name=manifest.name, run=manifest.folder) from error
        run = nights.fetch(self.storage, manifest, self.base)
        if run is not None:
            result = result.model_copy(update={"folder": run.relative_to(self.base).as_posix()})
            if (run / REPORT).is_file():
                _entered(self.base, run, manifest.code, result.depth)
        self.audit.finish(result)
        if result.outcome == "interrupted" and self.storage.folder is None and manifest.place is not None:
            self.storage.remove(manifest.place)
        return result

    def made_up(self, keys: Sequence[str]) -> int:
        """Take in what workers finished for an audit that was cut short; how many agencies that were."""
        count = 0
        for key in keys:
            found = nights.find(self.storage, self.folders[key], nights.night_name(self.name, key))
            if found is None:
                continue
            try:
                self.take_in(key, found)
                count += 1
            except RunError as error:
                # It is done again.
                nights.forget(self.storage, found)
                console.tell(console.words().error(error))
        return count

    def _known_by(self) -> str:
        self._mark = self._mark or mark_of(self.storage)
        return self._mark

    def _lay_common(self, words: Mapping[str, Any]) -> tuple[dict[str, str], str]:
        """The files that all agencies need, laid once: what the child calls them, and the name of the archive."""
        if self._laid is None:
            paths: dict[str, Path] = {}
            named: dict[str, str] = {}
            if (rules := self.files.get("rules")) is not None:
                paths["rules"], named["rules"] = rules, "rules"
            exceptions = self.files.get("exceptions")
            beside = self.config.parent / EXCEPTIONS
            if exceptions is not None or beside.is_file():
                paths[EXCEPTIONS] = exceptions or beside
                if exceptions is not None:
                    named["exceptions"] = EXCEPTIONS
            if (scores := self.files.get("scores")) is not None:
                paths[f"scores/{scores.name}"], named["scores"] = scores, f"scores/{scores.name}"
            elif words["settings"].get("scores"):
                own = self.config.parent / str(words["settings"]["scores"])
                paths[f"scores/{own.name}"], named["settings.scores"] = own, f"scores/{own.name}"
            self._laid = named, inputs.lay(self.storage, paths)
        return self._laid


def _entered(base: Path, run: Path, code: str, depth: str) -> None:
    """The run is whole without being in the index: a fault there is only told."""
    try:
        enter(base, run, code=code, depth=depth)
    except ItaRulesError as error:
        say = console.words()
        console.tell(say.say("store.not_entered", reason=say.error(error)))
