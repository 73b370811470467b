import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from ita_rules.errors import RunError
from ita_rules.run.reader import RunReader
from ita_rules.run.store import EARLIER_NAME, FILE_NAME, RunWriter, blobs_of, load_meta, load_run
from ita_rules.run.types import Answer, Document, Exchange, Link, RunMeta

START = "http://a.go.th/"
META = RunMeta(START, started="2026-11-21T02:00:00+07:00", settings={"main": START})
DONE = replace(META, finished="2026-11-21T02:10:00+07:00", requests=3)


def exchange(path, **more):
    return Exchange(START + path, START + path, **more)


def finished(folder, *paths, **options):
    with RunWriter(folder, META, **options) as writer:
        for path in paths:
            writer.put_exchange(exchange(path, final_key=START + path), [Link(START + path, "", "", text=path)])
        writer.finish(DONE)


KILLED = """
import os, signal, sys
from pathlib import Path
from ita_rules.run.store import RunWriter
from ita_rules.run.types import Answer, Document, Exchange, Link, RunMeta
start = "http://a.go.th/"
writer = RunWriter(Path(sys.argv[1]), RunMeta(start, started="then", settings={"main": start}), blobs=Path(sys.argv[2]))
sha256 = writer.blobs.put(b"body")
writer.put_exchange(Exchange(start, start, final_key=start, sha256=sha256), [Link(start, "", "", text="x")])
writer.put_document(Document(sha256, "text/html", title="t"))
writer.put_answers([Answer("O1")])
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_killed_run_goes_on_with_all_that_was_stored(tmp_path):
    folder, blobs = tmp_path / "agency" / "1", tmp_path / "blobs"
    subprocess.run([sys.executable, "-c", KILLED, str(folder), str(blobs)], check=False)
    assert (folder / f"{FILE_NAME}-wal").stat().st_size
    writer, run = RunWriter.resume(folder, start_url=START)
    assert writer.meta == run.meta
    assert run.meta.started == "then"
    assert list(run.exchanges) == list(run.links) == [START]
    assert [d.title for d in run.documents.values()] == ["t"]
    assert run.answers == (Answer("O1"),)
    assert writer.blobs.get(str(run.exchanges[START].sha256)) == b"body"
    writer.put_exchange(exchange("more"))
    writer.finish(replace(run.meta, finished="now"))
    whole = load_run(folder)
    assert list(whole.exchanges) == [START, START + "more"]
    assert whole.documents == run.documents
    assert blobs_of(folder).folder.resolve() == blobs.resolve()
    assert [p.name for p in folder.iterdir()] == [FILE_NAME]


def test_a_run_whose_writer_was_closed_early_goes_on_too(tmp_path):
    with RunWriter(tmp_path, META) as writer:
        writer.put_document(Document("ab" * 32, "text/html"))
    again, run = RunWriter.resume(tmp_path)
    again.close()
    assert list(run.documents) == ["ab" * 32]


def test_what_cannot_go_on(tmp_path):
    finished(tmp_path / "done")
    with RunWriter(tmp_path / "open", META):
        pass
    for folder, start, message in (
        ("done", START, "run_finished"),
        ("open", "http://b.go.th/", "run_other_start"),
        ("nowhere", START, "run_missing"),
    ):
        with pytest.raises(RunError) as caught:
            RunWriter.resume(tmp_path / folder, start_url=start)
        assert caught.value.message_id == message
    RunWriter.resume(tmp_path / "open", start_url=START)[0].close()


ANOTHER = """
import sys
from pathlib import Path
from ita_rules.run.store import RunWriter
from ita_rules.run.types import RunMeta
folder = Path(sys.argv[1])
"""


def test_a_run_that_somebody_writes_is_left_to_him(tmp_path):
    with RunWriter(tmp_path, META) as writer:
        writer.put_exchange(exchange("a"))
        for attempt in ("RunWriter.resume(folder)", "RunWriter(folder, RunMeta('http://a.go.th/'))"):
            words = [sys.executable, "-c", f"{ANOTHER}\n{attempt}", str(tmp_path)]
            assert "run_in_use" in subprocess.run(words, capture_output=True, text=True, check=False).stderr
        writer.put_exchange(exchange("b"))
        writer.finish(DONE)
    assert list(load_run(tmp_path).exchanges) == [START + "a", START + "b"]


def test_the_earlier_run_stays_until_the_new_one_is_finished(tmp_path):
    finished(tmp_path, "old")
    writer = RunWriter(tmp_path, replace(META, lang="en"))
    with RunReader(tmp_path, name=EARLIER_NAME) as earlier:
        assert earlier.meta == DONE
        assert earlier.exchange(START + "old")
    writer.close()
    # The new one never came to its end: a third takes its place and still has the first beside it.
    writer = RunWriter(tmp_path, META)
    with RunReader(tmp_path, name=EARLIER_NAME) as earlier:
        assert earlier.exchange(START + "old")
    writer.put_exchange(exchange("new"))
    writer.finish(DONE)
    assert [p.name for p in tmp_path.iterdir()] == [FILE_NAME]
    assert list(load_run(tmp_path).exchanges) == [START + "new"]


def test_a_kill_before_the_run_began_bars_nobody(tmp_path):
    db = sqlite3.connect(tmp_path / FILE_NAME)
    db.execute("PRAGMA journal_mode=WAL")
    db.close()
    assert (tmp_path / FILE_NAME).stat().st_size
    with pytest.raises(RunError, match="run_missing"):
        load_run(tmp_path)
    finished(tmp_path, "a")
    assert load_meta(tmp_path) == DONE


def test_a_reader_tells_what_the_run_holds_and_no_more(tmp_path):
    finished(tmp_path, *(f"{n:03}" for n in range(450)))
    with RunReader(tmp_path) as reader:
        run = load_run(tmp_path)
        assert list(reader.exchanges()) == list(run.exchanges.values())
        for key in (START + "000", START + "449", START + "000"):
            assert reader.exchange(key) == run.exchanges[key]
            assert reader.links(key) == run.links[key]
        assert reader.exchange(START + "none") is reader.links(START + "none") is None
        for key in run.exchanges:
            reader.exchange(key)
        assert len(reader._known) <= 256
    assert reader.exchange(START + "007") is None
    reader.close()


def test_threads_share_a_reader(tmp_path):
    paths = [f"{n:02}" for n in range(60)]
    finished(tmp_path, *paths)
    with RunReader(tmp_path) as reader, ThreadPoolExecutor(8) as pool:
        asked = [START + path for path in paths] * 5
        assert [e.key for e in pool.map(reader.exchange, asked) if e] == asked
        assert all(pool.map(reader.links, asked))


def test_a_broken_record_of_an_earlier_night_is_one_that_is_not_there(tmp_path):
    finished(tmp_path, "a", "b")
    with sqlite3.connect(tmp_path / FILE_NAME) as db:
        db.execute("UPDATE exchange SET data = x'00' WHERE key LIKE '%a'")
        db.execute("UPDATE link SET data = x'00' WHERE source LIKE '%a'")
    db.close()
    with RunReader(tmp_path) as reader:
        assert reader.exchange(START + "a") is reader.links(START + "a") is None
        assert reader.exchange(START + "b")
        with pytest.raises(RunError, match="run_broken"):
            list(reader.exchanges())


def test_a_reader_of_nothing(tmp_path):
    with pytest.raises(RunError, match="run_missing"):
        RunReader(tmp_path)
    (tmp_path / FILE_NAME).write_bytes(b"something else altogether, and long enough")
    with pytest.raises(RunError, match="run_foreign"):
        RunReader(tmp_path)
