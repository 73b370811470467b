import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from ita_rules.errors import OutputError, RunError
from ita_rules.run.reader import RunReader
from ita_rules.run.store import FILE_NAME, RunWriter, blobs_of, in_order, load_run
from ita_rules.run.types import Answer, Block, Document, Exchange, Form, Image, Link, Page, RunData, RunMeta

META = RunMeta("http://a.go.th/", agency_name="อบต.ตัวอย่าง", settings={"max_pages": "20"}, warnings=("x",), has_answers=True)
MAIN = Exchange(
    "http://a.go.th/",
    "http://a.go.th/",
    final_url="http://a.go.th/index.php",
    final_key="http://a.go.th/index.php",
    status=200,
    media_type="text/html",
    sha256="ab" * 32,
    size=12,
    seconds=0.25,
    hops=((301, "http://a.go.th/index.php"),),
    headers=(("Server", "x"), ("Set-Cookie", "a=b")),
    headings=("ข่าว",),
)
LINKS = (
    Link(MAIN.final_key, "http://a.go.th/o1", "http://a.go.th/o1", text="O1", cells=("O1", "โครงสร้าง"), zone="nav", order=3),
    Link(MAIN.final_key, "", "", text="-"),
)
DOCUMENT = Document(
    "ab" * 32,
    "text/html",
    title="ก",
    pages=(
        Page(1, (Block("row", "ก | ข", ("ก", "ข"), table=0, header=True), Block("text", "ค", bold=True)), method="html"),
        Page(2, name="แผ่น 2", cause="no_ocr", trust=0.5, images=(Image("http://a.go.th/x.jpg", width=3, before=1),)),
    ),
    readers=("html/1",),
    forms=(Form("/post", "post", ("ชื่อ",), ("ส่ง",), has_file=True),),
    facts={"producer": "Word"},
)
ANSWERS = (Answer("O2", ("http://a.go.th/ a b",), True, "ไม่มี"), Answer("O1", has=False), Answer("O1"))


def write(folder, **options):
    with RunWriter(folder, META, **options) as writer:
        writer.put_exchange(MAIN, LINKS)
        writer.put_exchange(Exchange("http://a.go.th/0", "http://a.go.th/0", cause="timeout"), ())
        writer.put_document(DOCUMENT)
        writer.put_answers(ANSWERS)
        writer.finish(replace(META, requests=7, stopped_by="budget"))


def snapshot(folder):
    return {p.relative_to(folder).as_posix(): (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*") if p.is_file()}


def test_a_run_comes_back_equal(tmp_path):
    write(tmp_path / "run")
    expected = RunData(
        replace(META, requests=7, stopped_by="budget"),
        {"http://a.go.th/0": Exchange("http://a.go.th/0", "http://a.go.th/0", cause="timeout"), MAIN.key: MAIN},
        {MAIN.final_key: LINKS, "http://a.go.th/0": ()},
        {DOCUMENT.sha256: DOCUMENT},
        ANSWERS,
    )
    loaded = load_run(tmp_path / "run")
    assert loaded == expected
    assert list(loaded.exchanges) == sorted(loaded.exchanges) == list(in_order(expected).exchanges)
    assert list(loaded.links) == sorted(loaded.links)


def test_a_later_try_replaces_the_earlier(tmp_path):
    with RunWriter(tmp_path, META) as writer:
        writer.put_exchange(replace(MAIN, cause="timeout"))
        writer.put_exchange(replace(MAIN, attempts=2))
        writer.finish()
    assert load_run(tmp_path).exchanges == {MAIN.key: replace(MAIN, attempts=2)}


def test_loading_leaves_the_folder_as_it_is(tmp_path):
    write(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == [FILE_NAME]
    before = snapshot(tmp_path)
    load_run(tmp_path)
    assert snapshot(tmp_path) == before


def test_an_unfinished_run_loads_and_stays_as_it_is(tmp_path):
    writer = RunWriter(tmp_path, META)
    writer.put_exchange(MAIN, LINKS)
    before = snapshot(tmp_path)
    assert any(name.endswith("-wal") for name in before)
    assert load_run(tmp_path).exchanges == {MAIN.key: MAIN}
    assert snapshot(tmp_path) == before
    writer.close()
    writer.close()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_folder_can_be_judged(tmp_path):
    write(tmp_path)
    tmp_path.chmod(0o500)
    try:
        assert MAIN.key in load_run(tmp_path).exchanges
    finally:
        tmp_path.chmod(0o700)


def test_a_folder_name_with_marks_of_a_uri(tmp_path):
    folder = tmp_path / "ปี 2566?x=1#y%20"
    write(folder)
    assert load_run(folder).meta.requests == 7


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "run_missing"), (b"not a database, but some text that is long enough", "run_foreign"), (b"", "run_foreign")],
)
def test_what_is_no_run(tmp_path, content, message):
    if content is not None:
        (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(RunError) as caught:
        load_run(tmp_path)
    assert caught.value.message_id == message
    assert caught.value.values["path"]


def test_a_run_of_a_later_version(tmp_path):
    write(tmp_path)
    with sqlite3.connect(tmp_path / FILE_NAME) as db:
        db.execute("PRAGMA user_version=99")
    db.close()
    with pytest.raises(RunError, match="run_newer"):
        load_run(tmp_path)


def test_a_broken_record(tmp_path):
    write(tmp_path)
    with sqlite3.connect(tmp_path / FILE_NAME) as db:
        db.execute("UPDATE exchange SET data = x'00'")
    db.close()
    with pytest.raises(RunError, match="run_broken"):
        load_run(tmp_path)


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError) as caught:
        RunWriter(tmp_path / "file" / "run", META)
    assert caught.value.message_id == "not_writable"
    assert "file" in str(caught.value.values["path"])


def test_another_programs_database_is_left_alone(tmp_path):
    with sqlite3.connect(tmp_path / FILE_NAME) as db:
        db.execute("CREATE TABLE t (x)")
    db.close()
    before = snapshot(tmp_path)
    with pytest.raises(OutputError, match="foreign_file"):
        RunWriter(tmp_path, META)
    assert snapshot(tmp_path) == before


def test_a_second_run_replaces_the_first(tmp_path):
    write(tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    with RunWriter(tmp_path, replace(META, lang="en")) as writer:
        writer.finish()
    assert load_run(tmp_path) == RunData(replace(META, lang="en"))
    assert (tmp_path / "notes.txt").exists()


def test_blobs_are_named_relative_to_the_run(tmp_path):
    write(tmp_path / "old" / "night" / "1", blobs=tmp_path / "old" / "blobs")
    (tmp_path / "old").rename(tmp_path / "new")
    assert blobs_of(tmp_path / "new" / "night" / "1").folder.resolve() == (tmp_path / "new" / "blobs").resolve()
    write(tmp_path / "own")
    assert blobs_of(tmp_path / "own").folder.resolve() == (tmp_path / "own" / "blobs").resolve()


def test_threads_share_a_writer(tmp_path):
    writer = RunWriter(tmp_path, META)

    def work(name):
        for n in range(20):
            key = f"http://a.go.th/{name}/{n}"
            writer.put_exchange(Exchange(key, key), [Link(key, "", "")])

    threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    writer.finish()
    run = load_run(tmp_path)
    assert len(run.exchanges) == len(run.links) == 80


KILLED = """
import sys
from pathlib import Path
from ita_rules.run.store import RunWriter
from ita_rules.run.types import Exchange, Link, RunMeta
writer = RunWriter(Path(sys.argv[1]), RunMeta("http://a.go.th/"))
n = 0
while True:
    key = f"http://a.go.th/{n}"
    sha = writer.blobs.put(key.encode() * 5000)
    writer.put_exchange(Exchange(key, key, sha256=sha), [Link(key, "", "", text="x" * 500)])
    n += 1
    print(n, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_kill_in_mid_write_leaves_a_run_that_loads(tmp_path):
    with subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if int(line) == 150:
                break
        time.sleep(0.003)
        child.kill()
        rest = child.stdout.read().split()
    told = int(rest[-1]) if rest else 150
    run, blobs = load_run(tmp_path), blobs_of(tmp_path)
    assert told <= len(run.exchanges) <= told + 1
    for exchange in run.exchanges.values():
        assert exchange.key in run.links
        assert blobs.get(str(exchange.sha256)).startswith(exchange.key.encode())


def test_a_run_that_rests_on_another_says_what_it_did_not_ask(tmp_path):
    write(tmp_path / "old")
    other = Exchange("http://a.go.th/0", "http://a.go.th/0", final_key="http://a.go.th/0", status=200)
    with RunWriter(tmp_path / "new", replace(META, rests_on="x", full_at="x"), blobs=tmp_path / "blobs") as writer:
        writer.rest_on(tmp_path / "old")
        writer.put_exchange(other, ())
        assert writer.whole().exchanges == {other.key: other, MAIN.key: replace(MAIN, carried=True)}
        writer.finish()
    loaded = load_run(tmp_path / "new")
    assert (loaded.meta.depth, load_run(tmp_path / "old").meta.depth) == ("light", "full")
    assert (loaded.links[MAIN.final_key], loaded.documents, loaded.answers) == (LINKS, {DOCUMENT.sha256: DOCUMENT}, ANSWERS)
    with RunReader(tmp_path / "new") as reader:
        assert reader.answers() == ANSWERS
        assert (reader.has_text(DOCUMENT.sha256), reader.has_text("cd" * 32)) == (True, False)


def test_what_was_carried_is_dropped_where_the_whole_site_is_asked(tmp_path):
    write(tmp_path / "old")
    with RunWriter(tmp_path / "new", META) as writer:
        writer.rest_on(tmp_path / "old")
        writer.put_exchange(Exchange("http://a.go.th/0", "http://a.go.th/0", final_key="http://a.go.th/0", status=200), LINKS[:1])
        writer.drop_carried()
        left = writer.whole()
        assert list(left.exchanges) == list(left.links) == ["http://a.go.th/0"]
        assert (left.documents, left.answers) == ({}, ANSWERS)
        with pytest.raises(RunError):
            writer.rest_on(tmp_path / "nowhere")


def test_texts_that_nothing_gives_any_more_are_dropped(tmp_path: Path) -> None:
    with RunWriter(tmp_path, RunMeta(start_url="http://a.example/")) as writer:
        writer.put_exchange(Exchange("k", "http://a.example/", sha256="aa"))
        writer.put_exchange(Exchange("l", "http://a.example/l"))
        for sha256 in ("aa", "bb"):
            writer.put_document(Document(sha256, "text/html"))
        writer.drop_texts()
        assert list(writer.whole().documents) == ["aa"]
