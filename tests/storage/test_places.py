"""A shared folder and an object store keep the same promises."""

from __future__ import annotations

import threading
import uuid
from pathlib import Path

import pytest

from ita_rules.errors import OutputError, UsageError
from ita_rules.storage.places import Objects, Storage, open_storage

pytest.importorskip("fsspec", reason="the extra cluster is not installed")


@pytest.fixture(params=["file", "memory"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    return open_storage(tmp_path.as_uri() if request.param == "file" else f"memory://{uuid.uuid4().hex}")


def test_files_come_back_and_folders_are_listed(storage: Storage) -> None:
    assert storage.read("ก/ข.json") is None
    assert storage.names("ก") == []
    storage.put("ก/ข.json", b"1")
    storage.put("ก/ข.json", b"2")
    storage.put("ก/ค/ง", b"3")
    assert storage.read("ก/ข.json") == b"2"
    assert storage.exists("ก/ข.json")
    assert not storage.exists("ก/ค")
    assert storage.names("ก") == ["ข.json", "ค"]
    storage.remove("ก/ค")
    storage.remove("ก/ค")
    storage.remove("ก/ข.json")
    assert not storage.exists("ก/ข.json")
    assert storage.names("ก") == []


def test_a_name_is_given_once(storage: Storage) -> None:
    assert storage.put_new("a/b", b"first")
    assert not storage.put_new("a/b", b"second")
    assert storage.read("a/b") == b"first"


def test_of_many_at_once_one_has_the_name(tmp_path: Path) -> None:
    storage = open_storage(tmp_path.as_uri())
    start = threading.Barrier(8)
    won: list[int] = []

    def take(number: int) -> None:
        start.wait()
        if storage.put_new("one", str(number).encode()):
            won.append(number)

    threads = [threading.Thread(target=take, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert storage.read("one") == str(won[0]).encode()
    assert storage.names("") == ["one"]


def test_a_folder_that_fails_is_told(tmp_path: Path) -> None:
    (tmp_path / "in-the-way").write_bytes(b"")
    storage = open_storage((tmp_path / "in-the-way").as_uri())
    with pytest.raises(OutputError, match=r"storage\.failed"):
        storage.put("a", b"")


def test_a_store_that_fails_is_told_in_its_words() -> None:
    class Broken:
        def cat_file(self, path: str, **rest: object) -> bytes:
            raise RuntimeError("no keys")

    with pytest.raises(OutputError) as told:
        Objects(Broken(), "bucket", "s3://bucket").read("a")
    assert told.value.values == {"path": "s3://bucket", "detail": "no keys"}


@pytest.mark.parametrize("url", ["/mnt/ita", "ftp://host/x", "file://host/x", "sftp://host/x", ""])
def test_what_keeps_no_promise_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match=r"storage\.kind"):
        open_storage(url)


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec

    def lacks(url: str) -> tuple[object, str]:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr(fsspec.core, "url_to_fs", lacks)
    with pytest.raises(UsageError) as told:
        open_storage("s3://bucket/ita")
    assert told.value.message_id == "error.storage.package"
    assert "s3fs" in str(told.value.values["detail"])
