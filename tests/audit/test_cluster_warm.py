"""What forks children on a worker: one for what many jobs have in common, for as long as they come, and none left behind."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ita_rules.audit import cluster_warm
from ita_rules.audit.cluster_warm import Keeper, Lent, Shared
from ita_rules.audit.warm import CAN_FORK, Forked
from ita_rules.errors import RunError
from ita_rules.storage import inputs
from ita_rules.storage.places import Storage, open_storage
from tests.audit.night import kill, servers_of, wait
from tests.audit.test_warm import ask, found, over
from tests.cli.site import ROOT

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="children are started plainly here")


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return open_storage((tmp_path / "shared").as_uri())


@pytest.fixture
def keeper(module: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Keeper]:
    for name in ("CHILD", "WARM"):
        monkeypatch.setattr(cluster_warm, name, module)
    made = Keeper()
    yield made
    made.end()


def shared(storage: Storage, folder: Path, text: str = "a") -> Shared:
    rules = folder / f"rules-{text}"
    rules.mkdir(exist_ok=True)
    (rules / "form.yaml").write_text(text, "utf-8")
    return Shared(words={"lang": "th", "rules": "rules"}, archive=inputs.lay(storage, {"rules": rules}))


def parent_of_child(lent: Lent, folder: Path, name: str) -> int:
    """Have a child work; who forked it."""
    child = lent.start(folder / "log.txt")
    assert isinstance(child, Forked)
    ask(child, to=str(folder / name), code=0)
    assert over(child) == 0
    return int(found(folder / name)["parent"])


def alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def test_one_serves_all_jobs_that_have_the_same_in_common(keeper: Keeper, storage: Storage, tmp_path: Path) -> None:
    same = shared(storage, tmp_path)
    (tmp_path / "own").mkdir()
    with keeper.lent(same, "1", storage, str(tmp_path / "own")) as first:
        server = parent_of_child(first, tmp_path, "a")
        with keeper.lent(same, "1", storage, str(tmp_path / "own")) as beside:
            assert parent_of_child(beside, tmp_path, "b") == server
    with keeper.lent(same, "1", storage, str(tmp_path / "own")) as later:
        assert parent_of_child(later, tmp_path, "c") == server
        # It has the rules that the driver sent, where the child is told that they are.
        assert later.rules is not None
        assert (later.rules / "form.yaml").read_text("utf-8") == "a"
        assert str(later.rules) in found(tmp_path / "c")["loaded"][0]
    assert alive(server)
    keeper.end()
    assert not alive(server)
    assert list((tmp_path / "own").iterdir()) == []


@pytest.mark.parametrize("other", ["rules", "version"])
def test_another_one_takes_its_place_when_its_last_job_is_over(
    keeper: Keeper, storage: Storage, tmp_path: Path, other: str
) -> None:
    first, second = shared(storage, tmp_path), shared(storage, tmp_path, "b" if other == "rules" else "a")
    with keeper.lent(first, "1", storage, None) as old:
        child = old.start(tmp_path / "log.txt")
        ask(child, to=str(tmp_path / "a"), code=7, wait=True)
        with keeper.lent(second, "1" if other == "rules" else "2", storage, None) as new:
            server = parent_of_child(new, tmp_path, "b")
        # What goes on is not cut off: its exit status comes.
        assert child.poll() is None
        assert child.stdin is not None
        child.stdin.close()
        assert child.wait(30) == 7
        before = found(tmp_path / "a")["parent"]
        assert before != server
        assert alive(before)
    assert not alive(before)
    assert alive(server)
    with keeper.lent(first, "1", storage, None) as again:
        # Nobody had the other one.
        assert wait(lambda: not alive(server))
        assert parent_of_child(again, tmp_path, "c") not in (before, server)


def test_it_ends_when_nobody_came_for_a_while(keeper: Keeper, storage: Storage, tmp_path: Path) -> None:
    keeper.seconds = 0.3
    with keeper.lent(Shared(words={"rules": None}), "1", storage, None) as lent:
        server = parent_of_child(lent, tmp_path, "a")
        assert lent.rules is None
        time.sleep(0.5)
        assert alive(server)
    assert wait(lambda: not alive(server))
    with keeper.lent(Shared(words={"rules": None}), "1", storage, None) as lent:
        assert parent_of_child(lent, tmp_path, "b") != server


def test_rules_that_are_gone_leave_what_is_kept_as_it_is(keeper: Keeper, storage: Storage, tmp_path: Path) -> None:
    good = shared(storage, tmp_path)
    (tmp_path / "own").mkdir()
    with keeper.lent(good, "1", storage, str(tmp_path / "own")) as lent:
        server = parent_of_child(lent, tmp_path, "a")
    bad = good.model_copy(update={"archive": "0" * 64})
    with pytest.raises(RunError), keeper.lent(bad, "1", storage, str(tmp_path / "own")):
        pass
    with keeper.lent(good, "1", storage, str(tmp_path / "own")) as lent:
        assert parent_of_child(lent, tmp_path, "b") == server
    assert len(list((tmp_path / "own").iterdir())) == 1


WORKER = """
import sys, time
from pathlib import Path
from ita_rules.audit import cluster_warm
from ita_rules.storage.places import open_storage
cluster_warm.CHILD = cluster_warm.WARM = sys.argv[1]
keeper = cluster_warm.Keeper()
folder = Path(sys.argv[2])
with keeper.lent(cluster_warm.Shared(words={"rules": None}), "1", open_storage(folder.as_uri()), None) as lent:
    child = lent.start(folder / "log.txt")
print(child.pid, flush=True)
time.sleep(600)
"""


def test_nothing_outlives_a_worker_that_is_killed(module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", f"{ROOT}:{tmp_path}")
    worker = subprocess.Popen([sys.executable, "-c", WORKER, module, str(tmp_path)], stdout=subprocess.PIPE)
    assert worker.stdout is not None
    child = int(worker.stdout.readline())
    (server,) = servers_of(worker.pid)
    kill(worker.pid)
    worker.wait(30)
    worker.stdout.close()
    # The child, which waits for its words, hears that nobody will say any.
    assert wait(lambda: not alive(server) and not alive(child))
