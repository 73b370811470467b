import gzip
import os
import time

import pytest

from ita_rules.errors import OutputError, RunError
from ita_rules.run.blobs import BlobStore
from ita_rules.run.types import Block, Document, Page

DOCUMENT = Document("0" * 64, "text/html", pages=(Page(1, (Block("text", "สำนักงาน"),), method="html"),), facts={"a": "b"})


@pytest.mark.parametrize("data", [b"", b"abc", "สำนักงาน ".encode() * 9000, os.urandom(200_000)])
def test_bodies_come_back(tmp_path, data):
    store = BlobStore(tmp_path / "blobs")
    sha = store.put(data)
    assert store.put(data) == sha
    assert store.has(sha)
    assert store.get(sha) == data
    path = tmp_path / "blobs" / sha[:2] / sha[2:]
    assert path.stat().st_size < len(data) + 200
    assert list((tmp_path / "blobs" / ".tmp").iterdir()) == []


def test_text_is_packed(tmp_path):
    sha = BlobStore(tmp_path).put("สำนักงาน ".encode() * 9000)
    assert (tmp_path / sha[:2] / sha[2:]).stat().st_size < 5000


def test_equal_bodies_give_equal_files(tmp_path):
    for name in "ab":
        BlobStore(tmp_path / name).put(b"x" * 999)
    one, two = (next(p for p in (tmp_path / n).rglob("*") if p.is_file()) for n in "ab")
    assert one.read_bytes() == two.read_bytes()


def test_a_packed_body_is_kept_as_it_came(tmp_path):
    data, store = "สำนักงาน ".encode() * 900, BlobStore(tmp_path)
    packed = gzip.compress(data, 9, mtime=7)
    sha = store.put(data, packed)
    assert (tmp_path / sha[:2] / sha[2:]).read_bytes() == packed
    assert store.get(sha) == data


@pytest.mark.parametrize("packed", [gzip.compress(b"x" * 5000), b"", b"abc", gzip.compress(b"y" * 5000)[:-1]])
def test_what_is_not_the_same_body_packed_is_not_kept_for_it(tmp_path, packed):
    store = BlobStore(tmp_path)
    assert store.get(store.put(b"y" * 5000, packed)) == b"y" * 5000


def test_what_is_packed_badly_is_packed_anew(tmp_path):
    data, store = b"z" * 5000, BlobStore(tmp_path)
    sha = store.put(data, gzip.compress(data, 0))
    assert (tmp_path / sha[:2] / sha[2:]).stat().st_size < 100


def test_a_missing_or_broken_body(tmp_path):
    store = BlobStore(tmp_path)
    with pytest.raises(RunError, match="blob_missing"):
        store.get("0" * 64)
    with pytest.raises(RunError, match="blob_missing"):
        store.get("../../etc/passwd")
    sha = store.put(b"x" * 5000)
    path = tmp_path / sha[:2] / sha[2:]
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(RunError, match="blob_broken"):
        store.get(sha)


def test_what_a_killed_writer_left_is_swept(tmp_path):
    left, fresh = tmp_path / ".tmp" / "old", tmp_path / ".tmp" / "fresh"
    left.parent.mkdir()
    for path in (left, fresh):
        path.write_bytes(b"half")
    os.utime(left, (time.time() - 7200,) * 2)
    BlobStore(tmp_path).put(b"x")
    assert not left.exists()
    assert fresh.exists()


def test_texts_by_body_and_reader(tmp_path):
    store = BlobStore(tmp_path)
    assert store.get_text(DOCUMENT.sha256, "html/1") is None
    store.put_text(DOCUMENT.sha256, "html/1", DOCUMENT)
    assert store.get_text(DOCUMENT.sha256, "html/1") == DOCUMENT
    assert store.get_text(DOCUMENT.sha256, "html/2") is None
    next((tmp_path / "texts").rglob("*.*")).write_bytes(b"broken")
    assert store.get_text(DOCUMENT.sha256, "html/1") is None


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="not_writable"):
        BlobStore(tmp_path / "file").put(b"x")
