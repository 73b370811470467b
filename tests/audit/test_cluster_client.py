"""What is said to Dask: addresses and certificates looked at before Dask hangs on them, and a real cluster on this machine."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from ita_rules.audit.cluster_client import QUIET, RESOURCES, Tls, connected, is_loopback, on_this_machine
from ita_rules.audit.cluster_job import mark
from ita_rules.errors import ClusterError, UsageError
from ita_rules.storage.places import open_storage
from tests.tls import CERTS

pytest.importorskip("distributed", reason="the extra cluster is not installed")
BROKEN = {"night": "a.k", "folder": "a", "session": "s", "storage": "nothing://x", "storage_mark": "", "seconds": 1, "words": {}}
GOOD = Tls(CERTS / "authority.pem", CERTS / "good.pem", CERTS / "test-only-key.pem")


@pytest.mark.parametrize(
    ("address", "tls", "found"),
    [
        ("no address", None, "cluster.address"),
        ("127.0.0.1:8786", None, "cluster.address"),
        ("http://127.0.0.1:8786", None, "cluster.address"),
        ("tcp://127.0.0.1", None, "cluster.address"),
        ("tcp://[::1", None, "cluster.address"),
        ("tls://127.0.0.1:8786", None, "cluster.tls_wanted"),
        ("tcp://127.0.0.1:8786", GOOD, "cluster.tls_needless"),
        ("tls://127.0.0.1:8786", Tls(CERTS / "gone.pem", GOOD.cert, GOOD.key), "cluster.tls_file"),
        ("tls://127.0.0.1:8786", Tls(CERTS / "README.md", GOOD.cert, GOOD.key), "cluster.tls_broken"),
    ],
)
def test_what_cannot_be_an_address_or_a_certificate_is_told_at_once(address: str, tls: Tls | None, found: str) -> None:
    with pytest.raises(UsageError, match=found), connected(address, tls):
        pass


def test_where_nobody_answers_is_told() -> None:
    import dask

    with (
        dask.config.set({"distributed.comm.timeouts.connect": "1s"}),
        pytest.raises(ClusterError) as told,
        connected("tcp://127.0.0.1:9", None),
    ):
        pass
    assert told.value.message_id == "error.cluster.connect"
    assert told.value.values["address"] == "tcp://127.0.0.1:9"


def test_what_is_this_machine() -> None:
    assert is_loopback("tcp://127.0.0.1:8786")
    assert is_loopback("tls://[::1]:8786")
    assert is_loopback("localhost:8786")
    assert not is_loopback("tls://10.0.0.1:8786")
    assert not is_loopback("tcp://scheduler:8786")
    assert not is_loopback("tcp://[::1")


def _settings() -> dict[str, object]:
    """What Dask goes by in the process that runs this."""
    import dask

    return {name: dask.config.get(name) for name in QUIET}


@pytest.mark.slow
def test_a_cluster_on_this_machine_tells_what_it_can(tmp_path: Path) -> None:
    storage = open_storage((tmp_path / "shared").as_uri())
    with on_this_machine(1, tmp_path / "scratch") as address, connected(address, None) as cluster:
        assert is_loopback(address)
        assert cluster.slots() == 1
        (view,) = cluster.greetings(storage)
        assert (view.slots, view.busy, view.fault) == (1, 0, None)
        # Worker and scheduler look at themselves less often than Dask would.
        asked = {name: value for one in cluster.client.run(_settings).values() for name, value in one.items()}
        assert asked == cluster.client.run_on_scheduler(_settings) == QUIET
        cluster.submit("broken", '{"no": "job"}')
        while (said := cluster.said("broken")) is None:
            pass
        assert said.answer is not None
        assert (said.answer.refused, said.answer.found) == ("version", mark())
        assert said.worker == view.address
        # One that raises is lost, with the reason in words.
        broken = json.dumps(BROKEN | {"version": mark()})
        cluster.submit("raises", broken)
        while (said := cluster.said("raises")) is None:
            pass
        assert (said.answer, "storage.kind" in said.lost) == (None, True)
        cluster.dismiss(view.address)
        cluster.cancel(["unknown"])
    with pytest.raises(ClusterError, match=r"cluster\.(gone|connect)"), connected(address, None) as cluster:
        pass
    assert len(RESOURCES) == 2


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificates")
def test_certificates_as_the_manual_makes_them_serve(tmp_path: Path) -> None:
    for line in openssl_lines():
        subprocess.run(line, shell=True, cwd=tmp_path, check=True, capture_output=True)
    from distributed import LocalCluster, Security

    ca, cert, key = (str(tmp_path / name) for name in ("ca.pem", "machine.pem", "machine.key"))
    security = Security(
        tls_ca_file=ca,
        tls_scheduler_cert=cert,
        tls_scheduler_key=key,
        tls_worker_cert=cert,
        tls_worker_key=key,
        tls_client_cert=cert,
        tls_client_key=key,
        require_encryption=True,
    )
    with LocalCluster(
        n_workers=1,
        processes=False,
        threads_per_worker=1,
        protocol="tls://",
        security=security,
        dashboard_address="127.0.0.1:0",
        local_directory=str(tmp_path / "scratch"),
        resources=dict.fromkeys(RESOURCES, 1),
    ) as cluster:
        with connected(cluster.scheduler_address, Tls(Path(ca), Path(cert), Path(key))) as found:
            assert found.slots() == 1
        import dask

        with (
            dask.config.set({"distributed.comm.timeouts.connect": "2s"}),
            pytest.raises(ClusterError, match=r"cluster\.connect"),
            connected(cluster.scheduler_address, GOOD),
        ):
            pass


def openssl_lines() -> list[str]:
    """The lines by which the manual makes certificates."""
    manual = (Path(__file__).parents[2] / "docs" / "cluster.md").read_text("utf-8")
    lines = [line.strip() for line in manual.splitlines() if line.strip().startswith("openssl ")]
    assert len(lines) == 3
    return lines
