"""Bodies that come from the shared storage when they are asked for, and go there once."""

from __future__ import annotations

from pathlib import Path

import pytest

from ita_rules.errors import RunError
from ita_rules.run.blobs import BlobStore
from ita_rules.run.types import Document
from ita_rules.storage import bodies
from ita_rules.storage.places import open_storage


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    return tmp_path / "shared"


def test_a_body_and_its_text_come_when_they_are_asked_for(tmp_path: Path, shared: Path) -> None:
    far = BlobStore(shared / "blobs")
    sha, other = far.put(b"body" * 999), far.put(b"other")
    far.put_text(sha, "reader 1", Document(sha, "text/html"))
    near = tmp_path / "near"
    bodies.name_origin(near, shared.as_uri(), [sha])
    store = BlobStore(near)
    assert store.has(sha)
    assert not store.has(other)
    assert not (near / sha[:2]).exists()
    assert store.get(sha) == b"body" * 999
    assert store.get_text(sha, "reader 1") == Document(sha, "text/html")
    assert store.get_text(sha, "reader 2") is None
    assert (near / sha[:2] / sha[2:]).exists()
    assert list((near / ".tmp").iterdir()) == []
    # Nothing is promised of the other, yet it is had where somebody asks for it.
    assert store.get(other) == b"other"


def test_a_store_that_does_not_know_what_lies_there_asks(tmp_path: Path, shared: Path) -> None:
    sha = BlobStore(shared / "blobs").put(b"body")
    bodies.name_origin(tmp_path / "near", shared.as_uri())
    store = BlobStore(tmp_path / "near")
    assert store.has(sha)
    assert not store.has("0" * 64)
    with pytest.raises(RunError, match="blob_missing"):
        store.get("0" * 64)


def test_a_storage_that_is_gone_is_a_body_that_is_missing(tmp_path: Path) -> None:
    bodies.name_origin(tmp_path, "nothing://x", None)
    store = BlobStore(tmp_path)
    assert not store.has("0" * 64)
    with pytest.raises(RunError, match="blob_missing"):
        store.get("0" * 64)
    (tmp_path / bodies.ORIGIN).write_text("{", encoding="utf-8")
    assert bodies.Origin.of(tmp_path) is None


def test_only_what_is_missing_is_laid_there(tmp_path: Path, shared: Path) -> None:
    storage = open_storage(shared.as_uri())
    far = BlobStore(shared / "blobs")
    known, there = far.put(b"known"), far.put(b"there")
    near = tmp_path / "near"
    bodies.name_origin(near, shared.as_uri(), [known])
    store = BlobStore(near)
    new = [store.put(body) for body in (b"known", b"there", b"new")][-1]
    store.put_text(new, "reader", Document(new, "text/html"))
    (near / "notes.txt").write_bytes(b"no body")
    assert bodies.upload(storage, near) == 2
    assert far.get(new) == b"new"
    assert far.get_text(new, "reader") is not None
    assert bodies.upload(storage, near) == 0
    assert sorted(path.name for path in (shared / "blobs").iterdir() if len(path.name) == 2) == sorted(
        {sha[:2] for sha in (known, there, new)}
    )
