"""Runs on a shared storage: whole or not there, once for an agency and an audit, never outside of their folder."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

import pytest
from pydantic import ValidationError

from ita_rules.errors import OutputError, RunError
from ita_rules.storage import nights
from ita_rules.storage.nights import Manifest
from ita_rules.storage.places import Storage, open_storage

pytest.importorskip("fsspec", reason="the extra cluster is not installed")


@pytest.fixture(params=["file", "memory"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    return open_storage((tmp_path / "shared").as_uri() if request.param == "file" else f"memory://{uuid.uuid4().hex}")


@pytest.fixture
def run(tmp_path: Path) -> Path:
    folder = tmp_path / "scratch" / "20261121-020000"
    (folder / "pictures").mkdir(parents=True)
    (folder / "run.sqlite").write_bytes(b"run")
    (folder / "report.json").write_bytes(b"report")
    (folder / "pictures" / "1.png").write_bytes(b"picture")
    (folder / ".0123456789abcdef.tmp").write_bytes(b"draft")
    return folder


def manifest(name: str = "20261121-020000-aaaaaaaa.k", folder: str | None = "ก/20261121-020000", **more: object) -> Manifest:
    return Manifest.model_validate({"name": name, "agency": "ก", "folder": folder, **more})


def test_a_run_comes_back_whole(storage: Storage, run: Path, tmp_path: Path) -> None:
    kept = nights.publish(storage, manifest(), run)
    assert nights.find(storage, "ก", kept.name) == kept
    assert list(nights.nights(storage, "ก")) == [kept]
    assert nights.agencies(storage) == ["ก"]
    base = tmp_path / "runs"
    found = nights.fetch(storage, kept, base)
    assert found == base / "ก" / "20261121-020000"
    assert {path.relative_to(found).as_posix() for path in found.rglob("*") if path.is_file()} == {
        "run.sqlite",
        "report.json",
        "pictures/1.png",
        "manifest.json",
    }
    # A second time nothing is fetched, and nothing is changed.
    (found / "report.json").write_bytes(b"decided")
    assert nights.fetch(storage, kept, base) == found
    assert (found / "report.json").read_bytes() == b"decided"
    assert [path.name for path in base.iterdir()] == ["ก"]


def test_who_comes_second_has_the_first_ones(storage: Storage, run: Path) -> None:
    first = nights.publish(storage, manifest(tool="1"), run)
    (run / "run.sqlite").write_bytes(b"another")
    second = nights.publish(storage, manifest(tool="2"), run)
    assert second == first
    assert len(storage.names(f"{nights.NIGHTS}/ก")) == 1
    # Of the second nothing is left.
    assert storage.names(nights.RUNS) == ([] if storage.folder is not None else [str(first.place).rpartition("/")[2]])


def test_without_its_manifest_a_run_is_not_there(storage: Storage, run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(name: str, data: bytes) -> bool:
        raise OutputError("killed")

    monkeypatch.setattr(storage, "put_new", killed)
    with pytest.raises(OutputError):
        nights.publish(storage, manifest(), run)
    assert nights.find(storage, "ก", manifest().name) is None
    assert list(nights.nights(storage, "ก")) == []


def test_a_run_that_is_not_to_count_does_not(storage: Storage, run: Path, tmp_path: Path) -> None:
    lies = nights.publish(storage, manifest(), run, keep=False)
    assert nights.find(storage, "ก", lies.name) is None
    assert nights.fetch(storage, lies, tmp_path / "runs") is not None


def test_a_shared_folder_shows_whole_runs_only_under_their_names(tmp_path: Path, run: Path) -> None:
    storage = open_storage((tmp_path / "shared").as_uri())
    kept = nights.publish(storage, manifest(), run)
    final = tmp_path / "shared" / "ก" / "20261121-020000"
    assert (final / "run.sqlite").read_bytes() == b"run"
    # OUT may be the shared folder itself: then there is nothing to fetch.
    assert nights.fetch(storage, kept, tmp_path / "shared") == final
    assert not (final / "manifest.json").exists()


def test_a_kill_between_manifest_and_renaming_is_made_up_for(tmp_path: Path, run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = open_storage((tmp_path / "shared").as_uri())
    with monkeypatch.context() as patch:
        patch.setattr(nights, "settle", lambda storage, manifest: None)
        kept = nights.publish(storage, manifest(), run)
    assert not (tmp_path / "shared" / "ก").exists()
    assert nights.fetch(storage, kept, tmp_path / "shared") == tmp_path / "shared" / "ก" / "20261121-020000"
    assert storage.names(nights.RUNS) == []


def test_two_runs_of_one_second_are_both_fetched(storage: Storage, run: Path, tmp_path: Path) -> None:
    one = nights.publish(storage, manifest("20261121-020000-aaaaaaaa.k"), run)
    (run / "run.sqlite").write_bytes(b"another")
    two = nights.publish(storage, manifest("20261121-020000-aaaaaaaa.m"), run)
    base = tmp_path / "runs"
    first, second = nights.fetch(storage, one, base), nights.fetch(storage, two, base)
    assert first is not None
    assert second is not None
    assert (first / "run.sqlite").read_bytes() == b"run"
    assert (second.name, (second / "run.sqlite").read_bytes()) == ("20261121-020000-2", b"another")
    assert nights.fetch(storage, two, base) == second


def test_a_file_that_was_changed_is_told_and_leaves_nothing(storage: Storage, run: Path, tmp_path: Path) -> None:
    kept = nights.publish(storage, manifest(), run)
    place = kept.folder if storage.folder is not None else kept.place
    storage.put(f"{place}/run.sqlite", b"run?")
    with pytest.raises(RunError, match=r"storage\.broken"):
        nights.fetch(storage, kept, tmp_path / "runs")
    assert not list((tmp_path / "runs").rglob("*.*"))
    # What was left by a fetch that was killed goes with the next audit.
    (tmp_path / "runs" / ".incoming-x").mkdir(parents=True)
    nights.sweep(tmp_path / "runs")
    assert not list((tmp_path / "runs").iterdir())


def test_a_run_that_was_pruned_is_not_there(tmp_path: Path, run: Path) -> None:
    storage = open_storage((tmp_path / "shared").as_uri())
    kept = nights.publish(storage, manifest(), run)
    assert nights.is_there(storage, kept)
    storage.remove("ก/20261121-020000")
    assert not nights.is_there(storage, kept)
    with pytest.raises(RunError, match=r"storage\.broken"):
        nights.fetch(storage, kept, tmp_path / "runs")


def test_old_nights_go_and_so_does_what_never_counted(storage: Storage, run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nights, "KEPT", 2)
    for day in (1, 2, 3):
        nights.publish(storage, manifest(f"2026110{day}-020000-aaaaaaaa.k", f"ก/2026110{day}-020000"), run)
    assert [one.name[:8] for one in nights.nights(storage, "ก")] == ["20261103", "20261102"]
    nights.publish(storage, manifest("20261103-030000-aaaaaaaa.k"), run, keep=False)
    nights.publish(storage, manifest("20261109-020000-aaaaaaaa.k"), run, keep=False)
    nights.sweep_places(storage, dt.date(2026, 11, 10))
    left = {name[:15] for name in storage.names(nights.RUNS)}
    assert left == (
        {"20261109-020000"}
        if storage.folder is not None
        else {"20261102-020000", "20261103-020000", "20261103-030000", "20261109-020000"}
    )


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", "a\\b", "C:x", ""])
def test_no_manifest_leads_out_of_its_folder(name: str) -> None:
    for field in ({"folder": name}, {"place": name}, {"files": {name: {"bytes": 1, "sha256": "0" * 64}}}):
        with pytest.raises(ValidationError):
            manifest(**field)  # type: ignore[arg-type]


def test_a_manifest_that_cannot_be_read_or_is_another_ones_is_none(storage: Storage) -> None:
    storage.put(f"{nights.NIGHTS}/ก/a.k.json", b"{")
    storage.put(f"{nights.NIGHTS}/ก/a.m.json", manifest("a.other").model_dump_json().encode())
    assert nights.find(storage, "ก", "a.k") is None
    assert nights.find(storage, "ก", "a.m") is None
    with pytest.raises(ValueError, match="x/"):
        nights.night_name("x/", "k")
