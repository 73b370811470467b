"""The few words of `ita_rules.audit.cluster.Cluster`, said to Dask distributed; and a cluster on this machine to try it.

Whoever can speak to a scheduler can have code run on its workers. So a cluster beyond one machine belongs behind TLS, where both
sides show a certificate of the same authority.
"""

from __future__ import annotations

import contextlib
import ipaddress
import logging
import ssl
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ita_rules.audit import cluster_job
from ita_rules.audit.cluster import Said, refusal
from ita_rules.audit.cluster_job import Answer, Greeting
from ita_rules.errors import ClusterError, UsageError
from ita_rules.storage.places import Storage, mark_of

logger = logging.getLogger(__name__)

RESOURCES = ("crawl", "read")
"""What a job takes one of: a place for a crawl, and one for the readers of documents (700 MB of memory each)."""

QUIET = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "500ms",
    "distributed.admin.system-monitor.interval": "10s",
}
"""What Dask is told not to look at so often: its own threads a hundred times a second, its loop fifty times. It waits most of the
time here, and this was two thirds of what waiting cost (6 % of a core for a scheduler and a worker, 2 % so)."""

_RETRIES = 2
_RESULT_SECONDS = 30.0
_GONE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Tls:
    """Certificates for the cluster: the authority's, ours, and our key."""

    ca: Path
    cert: Path
    key: Path


@dataclass(frozen=True, slots=True)
class WorkerView:
    """A worker as the scheduler sees it: its address, how many agencies it does at once (0: it was started without our
    resources), how many it is doing, and why it cannot do our jobs, if so."""

    address: str
    slots: int
    busy: int
    fault: ClusterError | None = None


@dataclass(slots=True)
class DaskCluster:
    """A cluster that one is connected to."""

    client: Any
    address: str
    _futures: dict[str, Any] = field(default_factory=dict)
    _silent: float | None = None

    def slots(self) -> int:
        """How many agencies the workers can do at once, now."""
        if not self._alive():
            return 0
        try:
            return sum(_slots(one) for one in self._workers().values())
        except ClusterError:
            # The line broke at this moment; whether it comes back is seen by the client.
            return 0

    def greetings(self, storage: Storage) -> tuple[WorkerView, ...]:
        """Every worker, asked whether it has our version and sees the storage. Raises `OutputError` where that fails here."""
        known_by = mark_of(storage)
        with self._asking():
            said = self.client.run(cluster_job.greet, storage.url, known_by, on_error="return")
        views = []
        for address, one in sorted(self._workers().items()):
            found = said.get(address)
            greeting = Greeting.model_validate_json(found) if isinstance(found, str) else None
            fault: ClusterError | None = None
            if greeting is None:
                detail = f"{type(found).__name__}: {found}"[:500] if found is not None else "-"
                fault = ClusterError("error.cluster.worker", worker=address, detail=detail)
            elif greeting.version != cluster_job.mark():
                fault = refusal(address, Answer(refused="version", found=greeting.version))
            elif not greeting.sees:
                fault = ClusterError("error.cluster.storage", worker=address, url=storage.url, why=greeting.why or "-")
            views.append(WorkerView(address, _slots(one), _busy(one), fault))
        return tuple(views)

    def submit(self, name: str, words: str) -> None:
        """Hand out a job under a name that no other job has."""
        with self._asking():
            self._futures[name] = self.client.submit(
                cluster_job.work, words, key=name, retries=_RETRIES, resources=dict.fromkeys(RESOURCES, 1), pure=False
            )

    def said(self, name: str) -> Said | None:
        """What became of a job; None while it lasts."""
        future = self._futures[name]
        status = future.status
        if status == "pending":
            self._alive()
            return None
        if status == "finished":
            from distributed import TimeoutError as Late

            try:
                with self._asking():
                    worker = next(iter(next(iter(self.client.who_has([future]).values()), ())), "")
                    answer = Answer.model_validate_json(future.result(timeout=_RESULT_SECONDS))
            except Late:
                return None
            except ClusterError as error:
                if not self._alive():
                    return None
                del self._futures[name]
                return Said(lost=str(error.__cause__))
            del self._futures[name]
            return Said(answer, worker=worker)
        if not self._alive():
            return None
        del self._futures[name]
        return Said(lost=_reason(future) if status == "error" else status)

    def stop(self, session: str) -> None:
        """Ask the jobs of a session to make their reports of what there is."""
        with self._asking():
            self.client.run(cluster_job.stop, session, on_error="ignore")

    def dismiss(self, worker: str) -> None:
        """Send a worker away that cannot do our jobs."""
        with self._asking():
            self.client.retire_workers([worker])

    def cancel(self, names: Sequence[str]) -> None:
        """Give up jobs; whoever works on them lets go."""
        gone = [self._futures.pop(name) for name in names if name in self._futures]
        with contextlib.suppress(ClusterError), self._asking():
            self.client.cancel(gone, force=True)

    def _workers(self) -> Mapping[str, Any]:
        with self._asking():
            found: Mapping[str, Any] = self.client.scheduler_info()["workers"]
            return found

    def _alive(self) -> bool:
        """Whether the scheduler is there now. Raises `ClusterError` when it was not for half a minute."""
        status = str(self.client.status)
        if status == "running":
            self._silent = None
            return True
        now = time.monotonic()
        self._silent = now if self._silent is None else self._silent
        if status in ("closed", "closing") or now - self._silent > _GONE_SECONDS:
            raise ClusterError("error.cluster.gone", address=self.address)
        return False

    @contextlib.contextmanager
    def _asking(self) -> Iterator[None]:
        """Dask's own errors of a lost connection are of many families."""
        try:
            yield
        except (KeyboardInterrupt, ClusterError):
            raise
        except Exception as error:
            logger.info("the scheduler does not answer", exc_info=True)
            raise ClusterError("error.cluster.gone", address=self.address) from error


def packages() -> None:
    """Make sure that the packages of the extra ``cluster`` are here. Raises `UsageError` (`error.cluster.extra`)."""
    try:
        import distributed
        import fsspec
    except ImportError as error:
        raise UsageError("error.cluster.extra", lacks=error.name or "distributed") from error
    assert distributed.__version__
    assert fsspec.__version__
    for name in ("distributed", "distributed.client", "distributed.batched", "distributed.comm", "tornado"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


@contextlib.contextmanager
def connected(address: str, tls: Tls | None) -> Iterator[DaskCluster]:
    """The cluster at an address (``tcp://…``, ``tls://…``), for as long as it is used.

    Raises `UsageError`: the extra is missing, the address is none, a file of TLS cannot be used. `ClusterError`: nobody answers
    there (`error.cluster.connect`), or its versions of Dask are not ours (`error.cluster.dask`).
    """
    packages()
    _check(address, tls)
    from distributed import Client

    with warnings.catch_warnings():
        # Other versions over there are told in our own words.
        warnings.simplefilter("ignore")
        try:
            client = Client(address, security=_security(tls), set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise ClusterError("error.cluster.connect", address=address, detail=str(error).strip() or "-") from error
    try:
        try:
            client.get_versions(check=True)
        except ValueError as error:
            raise ClusterError("error.cluster.dask", address=address, detail=" ".join(str(error).split())[:1000]) from error
        yield DaskCluster(client, address)
    finally:
        with contextlib.suppress(Exception):
            client.close(timeout=5)


@contextlib.contextmanager
def on_this_machine(workers: int, folder: Path) -> Iterator[str]:
    """A scheduler and workers on loopback, each with one agency at a time; the address. They end with the context.

    Raises `UsageError` where the extra is missing.
    """
    packages()
    import dask
    from distributed import LocalCluster

    with (
        dask.config.set(QUIET),
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            # Without an address its pages would be served to the whole network.
            dashboard_address="127.0.0.1:0",
            worker_dashboard_address="127.0.0.1:0",
            resources=dict.fromkeys(RESOURCES, 1),
            local_directory=str(folder),
            silence_logs=logging.CRITICAL,
        ) as cluster,
    ):
        yield str(cluster.scheduler_address)


def is_loopback(address: str) -> bool:
    """Whether an address of a scheduler is one of this machine."""
    try:
        host = urlsplit(address if "://" in address else f"tcp://{address}").hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _check(address: str, tls: Tls | None) -> None:
    """Raises `UsageError` for an address that is none, or that does not fit the certificates; Dask would hang on some."""
    try:
        parts = urlsplit(address)
        whole = parts.scheme in ("tcp", "tls") and bool(parts.hostname) and parts.port is not None
    except ValueError:
        whole = False
    if not whole:
        raise UsageError("error.cluster.address", address=address)
    if (parts.scheme == "tls") != (tls is not None):
        raise UsageError("error.cluster.tls_wanted" if tls is None else "error.cluster.tls_needless", address=address)


def _security(tls: Tls | None) -> Any:
    """Raises `UsageError` (`error.cluster.tls_file`, `error.cluster.tls_broken`) for a file that cannot be used."""
    if tls is None:
        return None
    from distributed.security import Security

    for path in (tls.ca, tls.cert, tls.key):
        if not path.is_file():
            raise UsageError("error.cluster.tls_file", path=path)
    try:
        # Dask reads them in a thread of its own, where a file that is no certificate cannot be told of.
        context = ssl.create_default_context(cafile=str(tls.ca))
        context.load_cert_chain(tls.cert, tls.key)
    except (OSError, ValueError) as error:
        raise UsageError("error.cluster.tls_broken", detail=str(error)) from error
    return Security(tls_ca_file=str(tls.ca), tls_client_cert=str(tls.cert), tls_client_key=str(tls.key), require_encryption=True)


def _slots(worker: Mapping[str, Any]) -> int:
    resources = worker.get("resources") or {}
    return min(int(worker.get("nthreads", 0)), *(int(resources.get(name, 0)) for name in RESOURCES))


def _busy(worker: Mapping[str, Any]) -> int:
    found = (worker.get("metrics") or {}).get("executing", 0)
    return int(found)


def _reason(future: Any) -> str:
    try:
        error = future.exception()
    except Exception as broken:  # noqa: BLE001 - an error that does not survive the way here is a reason all the same
        error = broken
    return f"{type(error).__name__}: {error}"[:500]
