import contextlib
import gzip
import io
import subprocess
import sys
import tracemalloc
from dataclasses import replace

import pytest
from warcio.archiveiterator import ArchiveIterator

from ita_rules.errors import OutputError, RunError
from ita_rules.run.store import RunWriter
from ita_rules.run.types import Exchange, RunMeta
from ita_rules.run.warc import FILE_NAME, write_warc

START = "http://a.go.th/"
META = RunMeta(
    START,
    agency_name="อบต.ตัวอย่าง",
    started="2026-11-21T02:00:00+07:00",
    finished="2026-11-21T02:01:00+07:00",
    tool_version="0.1.0",
    settings={"user_agent": "ita-rules/0.1", "contact": "w@a.go.th"},
)
HTML = "<html><title>หน้าแรก</title></html>".encode()
PACKED = (
    ("Content-Type", "text/html"),
    ("Content-Encoding", "gzip"),
    ("Content-Length", "41"),
    ("Date", "Fri, 20 Nov 2026 19:00:02 GMT"),
)


def answered(path, sha256=None, **more):
    """An address that was answered."""
    url = START + path
    given = {"final_url": url, "final_key": url, "status": 200, "media_type": "text/html", "sha256": sha256, "headers": PACKED}
    given |= {"fetched_at": "2026-11-21T02:00:10+07:00", "protocol": "HTTP/1.1", "reason": "OK"}
    return Exchange(url, url, **{**given, **more})


def archive(folder, *exchanges, bodies=(), blobs=None, out=None):
    with RunWriter(folder, META, blobs=blobs) as writer:
        for body in bodies:
            writer.blobs.put(body)
        for exchange in exchanges:
            writer.put_exchange(exchange)
        writer.finish()
    return write_warc(folder, out)


def sha_of(folder, body):
    with contextlib.closing(RunWriter(folder, META)) as writer:
        return writer.blobs.put(body)


def records(path):
    """Every record: its type, address, WARC headers, HTTP block and body."""
    found = []
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            head = dict(record.rec_headers.headers)
            body = record.raw_stream.read() if record.rec_type == "revisit" else record.content_stream().read()
            found.append((record.rec_type, head.get("WARC-Target-URI", ""), head, record.http_headers, body))
    return found


def of(found, kind, url=None):
    return [r for r in found if r[0] == kind and (url is None or r[1] == url)]


def check(path):
    """What warcio's own checker says."""
    return subprocess.run([sys.executable, "-m", "warcio.cli", "check", str(path)], capture_output=True, text=True, check=False)


@pytest.fixture
def shas(tmp_path):
    names = {"page": HTML, "plain": b"<div id=app></div>", "shown": HTML + b"<p>shown", "png": b"\x89PNG\r\n", "gone": b"<h1>404"}
    return {name: sha_of(tmp_path, body) for name, body in names.items()}


def test_warcio_accepts_what_a_run_of_every_kind_becomes(tmp_path, shas):
    hops = ((301, START + "แผน 1"), (302, START + "new"))
    heads = ((("Location", "/แผน 1"), ("Content-Length", "120")), (("Location", "/new"), ("Content-Length", "0")))
    new = answered("new", shas["page"])
    done = archive(
        tmp_path,
        new,
        replace(new, key=START + "old", url=START + "old", hops=hops, hop_headers=heads),
        answered("app", shas["shown"], rendered="chromium/1", plain_sha256=shas["plain"], screenshot=shas["png"]),
        answered("same", shas["page"], unchanged=True),
        answered("gone", shas["gone"], status=404, reason="Not Found", cause="http_404", attempts=2),
        answered("big", None, cause="too_large", detail="60 MB", headers=(("X Bad\r\nname", "a\r\nInjected: yes"), ("ก", "ข"))),
        Exchange(START + "dead", START + "dead", cause="dns", detail="no address", fetched_at="2026-11-21T02:00:10+07:00"),
        answered("cert", shas["page"], insecure="expired", cause="tls"),
        answered("share", shas["page"], asked=START + "file"),
    )
    assert (done.path, done.missing) == (tmp_path / FILE_NAME, 0)
    said = check(done.path)
    assert (said.returncode, said.stdout) == (0, "")
    found = records(done.path)
    assert len(found) == done.records
    assert len({r[2]["WARC-Record-ID"] for r in found}) == len(found)
    assert found[0][0] == "warcinfo"
    assert "อบต.ตัวอย่าง" in found[0][4].decode()

    # redirects hop by hop, each with its own headers, and the end of them once only
    thai = START + "%E0%B9%81%E0%B8%9C%E0%B8%99%201"
    first, second = of(found, "response", START + "old"), of(found, "response", thai)
    assert [r[3].get_statuscode() for r in first + second] == ["301", "302"]
    assert first[0][3].get_header("X-Archive-Orig-Content-Length") == "120"
    assert first[0][2]["WARC-Truncated"] == "unspecified"
    assert "WARC-Truncated" not in second[0][2]
    (end,) = of(found, "response", START + "new")
    assert end[4] == HTML
    assert end[2]["WARC-Date"] == "2026-11-20T19:00:10Z"

    # unpacked bodies, and said so
    assert end[3].get_header("Content-Encoding") is None
    assert end[3].get_header("X-Archive-Orig-Content-Encoding") == "gzip"
    assert end[3].get_header("Content-Length") == str(len(HTML))
    (asked,) = of(found, "request", START + "new")
    assert asked[2]["WARC-Concurrent-To"] == end[2]["WARC-Record-ID"]
    assert asked[3].get_header("User-Agent") == "ita-rules/0.1 (+w@a.go.th)"

    # what the server called unchanged refers to an answer within the same archive
    (again,) = of(found, "revisit", START + "same")
    (before,) = of(found, "response", START + "same")
    assert again[3].get_statuscode() == "304"
    assert again[2]["WARC-Refers-To"] == before[2]["WARC-Record-ID"]
    assert again[2]["WARC-Refers-To-Date"] == before[2]["WARC-Date"] == "2026-11-20T19:00:02Z"
    assert (again[4], before[4]) == (b"", HTML)

    # a page that a browser showed: as served, as shown, and its picture
    (served,) = of(found, "response", START + "app")
    (shown,) = of(found, "conversion", START + "app")
    (picture,) = of(found, "resource", "urn:view:" + START + "app")
    assert (served[4], shown[4], picture[4]) == (b"<div id=app></div>", HTML + b"<p>shown", b"\x89PNG\r\n")
    assert shown[2]["WARC-Refers-To"] == picture[2]["WARC-Concurrent-To"] == served[2]["WARC-Record-ID"]
    assert picture[2]["Content-Type"] == "image/png"

    # failures
    (gone,) = of(found, "response", START + "gone")
    assert (gone[3].get_statuscode(), gone[4]) == ("404", b"<h1>404")
    (big,) = of(found, "response", START + "big")
    assert big[2]["WARC-Truncated"] == "length"
    assert big[3].get_header("Injected") is None
    assert not of(found, "response", START + "dead")
    told = {r[1].removeprefix(START): r[4].decode() for r in of(found, "metadata")}
    assert set(told) == {"gone", "big", "dead", "cert", "share"}
    assert f"asked: {START}file\r\n" in told["share"]
    assert of(found, "response", START + "file")
    assert "cause: dns\r\n" in told["dead"]
    assert "attempts: 2\r\n" in told["gone"]
    assert "certificate: expired\r\n" in told["cert"]


def test_the_same_run_makes_the_same_archive(tmp_path, shas):
    first = archive(tmp_path, answered("a", shas["page"])).path.read_bytes()
    assert write_warc(tmp_path).path.read_bytes() == first
    plain = write_warc(tmp_path, tmp_path / "sub" / FILE_NAME.removesuffix(".gz")).path.read_bytes()
    assert plain.startswith(b"WARC/1.1\r\n")
    assert gzip.GzipFile(fileobj=io.BytesIO(first)).read().count(b"WARC/1.1") == plain.count(b"WARC/1.1") == 3
    assert not list(tmp_path.glob(".*.tmp"))


def test_bodies_that_are_gone(tmp_path, shas):
    done = archive(tmp_path, answered("a", shas["page"]), answered("b", "ab" * 32))
    assert done.missing == 1
    lost = of(records(done.path), "response", START + "b")[0]
    assert (lost[2]["WARC-Truncated"], lost[4]) == ("unspecified", b"")
    assert check(done.path).returncode == 0
    with pytest.raises(RunError, match="bodies_gone"):
        archive(tmp_path / "2", answered("a", shas["page"]), out=tmp_path / "none.warc.gz")
    assert not (tmp_path / "none.warc.gz").exists()


def test_what_cannot_be_written_or_is_no_run(tmp_path, shas):
    archive(tmp_path, answered("a", shas["page"]))
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="not_writable"):
        write_warc(tmp_path, tmp_path / "file" / "x.warc")
    with pytest.raises(RunError, match="run_missing"):
        write_warc(tmp_path / "nowhere")


def test_one_body_is_in_memory_at_a_time(tmp_path):
    bodies = [bytes([number]) * 4_000_000 for number in range(12)]
    with RunWriter(tmp_path, META) as writer:
        for number, body in enumerate(bodies):
            writer.put_exchange(answered(str(number), writer.blobs.put(body)))
        writer.finish()
    del bodies
    tracemalloc.start()
    try:
        write_warc(tmp_path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 3 * 4_000_000
