import _thread
import hashlib
import threading
import time
from dataclasses import replace

import pytest

from crawlers.frontier import default_wants
from crawlers.settings import CrawlSettings
from crawlers.site import gather
from ita_rules.errors import OutputError
from ita_rules.run.keys import url_key
from ita_rules.run.store import RunWriter, load_run
from ita_rules.run.types import Answer, Document, Page, RunMeta, Want
from tests import sites
from tests.sites import Reply, Site, page, pdf, redirect

FAST = CrawlSettings(response_seconds=1.0, max_minutes=0.5)


class Reader:
    """A reader that counts."""

    def __init__(self, fail=False):
        self.read_urls, self.fail = [], fail
        self.seen: list[str] = []
        self.ocr_version = "ocr/test"

    def read(self, data, hints):
        self.read_urls.append(hints.url)
        if self.fail:
            raise RuntimeError("broken")
        return Document(hashlib.sha256(data).hexdigest(), hints.media_type, pages=(Page(1, method="text"),), title=hints.filename)

    def recognise(self, data, hints, document):
        self.seen.append(hints.url)
        pages = tuple(replace(page, method="ocr", cause=None) for page in document.pages)
        return replace(document, pages=pages, cause=None, readers=(*document.readers, self.ocr_version))


def crawl(site, folder, *, wants=default_wants, settings=FAST, reader=None, start=None, **more):
    start = start or site.url()
    return gather(
        start, writer=RunWriter(folder, RunMeta(start)), wants=wants, settings=settings, reader=reader or Reader(), **more
    )


def causes(run, site):
    probes = run.meta.settings.get("probe", "").split()
    return {e.url.removeprefix(site.url("")): e.cause for e in run.exchanges.values() if e.key not in probes}


def test_a_whole_site(tmp_path):
    routes = {
        "/": page("<meta http-equiv=refresh content='3; url=/main.php'>", "ถวายพระพร"),
        "/main.php": page("<a href=/ita-2566/>ITA</a><a href=/old>เก่า</a><iframe src=/frame></iframe>", "เทศบาล"),
        "/ita-2566/": page(
            "<table><tr><td>O1</td><td><a href='/แผน 1.pdf'>เปิด</a></td></tr><tr><td>O2<td><a href=/gone>x</a></table>"
        ),
        "/frame": page("<div onclick=\"location.href='/deep'\">x</div>"),
        "/deep": page("<script>window.location='/deeper'</script>"),
        "/deeper": page("<a href='/viewer.html?file=/in.pdf'>x</a>"),
        "/viewer.html": page("กำลังโหลด"),
        "/in.pdf": pdf("in"),
        "/old": redirect("/new", 301),
        "/new": page("<a href=/>home</a>"),
        "/แผน 1.pdf": pdf(),
        "/orphan": page("x"),
        "/robots.txt": Reply(b"User-agent: *\nDisallow: /admin", type="text/plain"),
    }
    told = []
    with Site(routes) as site:
        run = crawl(site, tmp_path, progress=told.append)
    assert causes(run, site) == {
        **{path: None for path in routes if path not in ("/orphan", "/robots.txt", "/viewer.html")},
        "/viewer.html?file=/in.pdf": None,
        "/gone": "http_404",
    }
    assert run.exchanges[url_key(site.url("/old"))].final_key == url_key(site.url("/new"))
    assert run.meta.stopped_by is None
    assert run.meta.settings["main"] == url_key(site.url())
    assert run.meta.requests == sum(site.seen.values())
    assert run.exchanges[url_key(site.url("/ita-2566/"))].depth == 2
    assert run.exchanges[url_key(site.url("/in.pdf"))].depth == 5
    assert site.peak <= 4
    assert max(site.seen.values()) == 1
    assert told[-1].fetched == len(run.exchanges)
    assert told[-1].waiting == 0
    assert load_run(tmp_path) == run
    assert list(load_run(tmp_path).exchanges) == list(run.exchanges)


def test_failures_of_a_bad_moment_are_tried_again_at_the_end(tmp_path):
    routes = {
        "/": page("".join(f"<a href=/{n}>x</a>" for n in ("flaky", "dead", "sick", "sick-once", "none", *range(30)))),
        "/flaky": sites.first(sites.hang, page("<a href=/behind>x</a>")),
        "/behind": page("there"),
        "/dead": sites.hang,
        "/sick": page("sorry", status=500),
        "/sick-once": sites.first(page("sorry", status=503), page("well")),
        **{f"/{n}": page(str(n)) for n in range(30)},
    }
    start = time.monotonic()
    with Site(routes) as site:
        run = crawl(site, tmp_path)
    found = causes(run, site)
    assert found["/flaky"] is None
    assert found["/behind"] is None
    assert found["/sick-once"] is None
    assert found["/dead"] == "timeout"
    assert found["/sick"] == "http_500"
    assert {p: run.exchanges[url_key(site.url(p))].attempts for p in ("/flaky", "/dead", "/sick", "/none", "/1")} == {
        "/flaky": 2,
        "/dead": 2,
        "/sick": 2,
        "/none": 1,
        "/1": 1,
    }
    assert site.seen["/dead"] == 2
    assert time.monotonic() - start < 6


def test_evidence_is_seen_twice_before_it_is_missing(tmp_path):
    login = page("<form><input name=u><input type=password></form>", "เข้าสู่ระบบ")
    routes = {
        "/": page("x"),
        "/o2": page("<h1>ไม่พบหน้า</h1>"),
        "/o3": redirect("/login.php"),
        "/login.php": login,
        "/o4": sites.first(page("x", status=404), page("well")),
        "/o5": page("no", status=403),
    }
    with Site(routes) as site:
        answers = [Answer(f"O{n}", (site.url(f"/o{n}"),)) for n in range(1, 6)] + [Answer("O6", ("http://www.example.com/o6",))]
        run = crawl(site, tmp_path, answers=answers)
    got = {
        path: (cause, run.exchanges[url_key(site.url(path))].attempts)
        for path, cause in causes(run, site).items()
        if path[0] == "/"
    }
    assert got == {
        "/": (None, 1),
        "/o1": ("http_404", 2),
        "/o2": ("soft_404", 2),
        "/o3": ("login", 2),
        "/o4": (None, 2),
        "/o5": ("http_403", 2),
    }
    assert run.exchanges["http://www.example.com/o6"].cause == "external"
    assert run.answers == tuple(answers)
    assert run.meta.has_answers


def test_evidence_found_missing_later_is_tried_again_too(tmp_path):
    with Site({"/": page("<a href=/o1>O1</a>")}) as site:
        key = url_key(site.url("/o1"))

        def wants(run):
            found = run.exchanges.get(key)
            if found is None:
                return default_wants(run)
            return [Want("fetch", key, found.url, evidence=True)] if found.attempts < 2 else []

        run = crawl(site, tmp_path, wants=wants)
    assert run.exchanges[key].attempts == 2


def test_traps_end(tmp_path):
    routes = {
        "/": page("<a href='/calendar.php?y=2566&m=1'>ปฏิทิน</a><a href='loop/'>x</a><a href='/s?PHPSESSID=1'>x</a>"),
        "/calendar.php": sites.calendar,
        "/s": lambda h: page(f"<a href='/s?PHPSESSID={time.monotonic_ns()}'>x</a>")(h),
    }
    with Site(routes, otherwise=page("<h1>เนื้อหา</h1><a href='loop/'>x</a>", "ข่าว")) as site:
        run = crawl(site, tmp_path)
    assert run.meta.stopped_by is None
    assert sum(path.startswith("/calendar") for path in site.seen) == FAST.max_depth
    assert sum(path.startswith("/s?") for path in site.seen) == 1
    assert len(run.exchanges) < 35


def many(count):
    return {"/": page("".join(f"<a href=/{n}>x</a>" for n in range(count))), **{f"/{n}": page(str(n)) for n in range(count)}}


def test_a_budget_of_pages(tmp_path):
    with Site(many(50)) as site:
        run = crawl(site, tmp_path, settings=replace(FAST, max_pages=10))
    assert run.meta.stopped_by == "budget"
    assert len(causes(run, site)) == 10
    with Site(many(9)) as site:
        assert crawl(site, tmp_path, settings=replace(FAST, max_pages=10)).meta.stopped_by is None


def test_a_budget_of_time(tmp_path):
    with Site(many(400), delay=0.05) as site:
        start = time.monotonic()
        run = crawl(site, tmp_path, settings=replace(FAST, max_minutes=0.5 / 60))
    assert run.meta.stopped_by == "budget"
    assert 1 < len(run.exchanges) < 100
    assert time.monotonic() - start < 3


def test_depth_is_the_shortest_way(tmp_path):
    routes = {
        "/": page("<a href=/ita>ITA 2566</a><a href=/z>ข่าว</a>"),
        "/ita": page("<a href=/o1>O1 ITA</a>"),
        "/o1": page("<a href=/o2>O2 ITA</a>"),
        "/o2": page("<a href=/far>O3 ITA</a>"),
        "/z": page("<a href=/far>x</a>"),
        "/far": page("x"),
        **{f"/{n}": page("x") for n in range(20)},
    }
    with Site(routes, delay=0.01) as site:
        run = crawl(site, tmp_path, settings=replace(FAST, connections_per_host=1))
    assert run.exchanges[url_key(site.url("/far"))].depth == 2
    assert load_run(tmp_path) == run


def test_a_budget_of_depth_spares_evidence(tmp_path):
    routes = {f"/{n}": page(f"<a href=/{n + 1}>x</a>") for n in range(9)} | {"/": page("<a href=/1>x</a>")}
    with Site(routes) as site:
        run = crawl(site, tmp_path, settings=replace(FAST, max_depth=3))
        assert set(causes(run, site)) == {"/", "/1", "/2", "/3"}
        assert run.meta.stopped_by == "budget"
        run = crawl(site, tmp_path, settings=replace(FAST, max_depth=0), answers=[Answer("O1", (site.url("/1"),))])
        assert set(causes(run, site)) == {"/", "/1"}


def test_a_bound_on_links(tmp_path, monkeypatch):
    monkeypatch.setattr("crawlers.site.MAX_LINKS", 150)
    crowd = "".join(f"<a href=/{n}>x</a>" for n in range(100))
    with Site({"/": page(crowd), **{f"/{n}": page(crowd) for n in range(3)}}) as site:
        run = crawl(site, tmp_path)
    assert sorted(map(len, run.links.values())) == [50, 50, 50, 100]
    assert run.meta.stopped_by == "budget"


def test_the_best_is_fetched_first(tmp_path):
    routes = many(40) | {"/": page("".join(f"<a href=/{n}>ข่าว</a>" for n in range(40)) + "<a href=/ita>ITA 2566</a>")}
    with Site(routes) as site:
        run = crawl(site, tmp_path, settings=replace(FAST, max_pages=3))
    assert "/ita" in causes(run, site)


def test_an_interrupt_keeps_what_was_had(tmp_path):
    routes = many(200) | {"/0": sites.hang}
    with Site(routes, delay=0.02) as site:
        threading.Timer(0.5, _thread.interrupt_main).start()
        start = time.monotonic()
        run = crawl(site, tmp_path, settings=replace(FAST, response_seconds=20))
        assert time.monotonic() - start < 4
    assert run.meta.stopped_by == "interrupt"
    assert run.meta.finished
    assert 2 < len(run.exchanges) < 200
    assert all(e.cause in (None, "http_404") for e in run.exchanges.values())
    assert load_run(tmp_path) == run


def test_an_interrupt_while_recording(tmp_path):
    def progress(told):
        if told.fetched == 20:
            raise KeyboardInterrupt

    with Site(many(60)) as site:
        run = crawl(site, tmp_path, progress=progress)
    assert run.meta.stopped_by == "interrupt"
    assert 20 <= len(run.exchanges) < 40


def test_not_one_page(tmp_path):
    with Site({"/": sites.reset}) as site:
        run = crawl(site, tmp_path)
    assert [e.cause for e in run.exchanges.values()] == ["reset"]
    assert "main" not in run.meta.settings
    assert load_run(tmp_path) == run


def test_a_main_page_that_comes_late(tmp_path):
    with Site({"/": sites.first(sites.hang, page("<a href=/1>x</a>")), "/1": page("x")}) as site:
        run = crawl(site, tmp_path)
    assert causes(run, site) == {"/": None, "/1": None}
    assert run.meta.settings["main"] == url_key(site.url())


def test_texts_are_read_once(tmp_path):
    with Site({"/": page("<a href=/1.pdf>x</a><a href=/2.pdf>y</a>"), "/1.pdf": pdf(), "/2.pdf": pdf()}) as site:

        def wants(run):
            reads = [
                Want("read", e.key)
                for e in run.exchanges.values()
                if e.media_type == "application/pdf" and not run.document(e.key)
            ]
            return [*reads, Want("read", "http://unknown/"), *default_wants(run)]

        one, two, three = Reader(), Reader(), Reader(fail=True)
        run = crawl(site, tmp_path / "1", wants=wants, reader=one)
        assert len(one.read_urls) == len(run.documents) == 1
        assert run.document(url_key(site.url("/2.pdf"))).method == "text"
        assert load_run(tmp_path / "1") == run
        writer = RunWriter(tmp_path / "2", RunMeta(site.url()), blobs=tmp_path / "1" / "blobs")
        again = gather(site.url(), writer=writer, wants=wants, settings=FAST, reader=two)
        assert again.documents == run.documents
        broken = crawl(site, tmp_path / "3", wants=wants, reader=three)
        assert [d.cause for d in broken.documents.values()] == ["internal_error"]
        assert len(three.read_urls) == 1


def test_a_fault_of_ours_is_a_cause(tmp_path, monkeypatch):
    from crawlers import visit

    def fail(*_args, **_options):
        raise ZeroDivisionError

    with Site({"/": page("<a href=/x>x</a>"), "/x": page("y")}) as site:
        real = visit.extract
        monkeypatch.setattr(visit, "extract", lambda text, url, enc: fail() if url.endswith("/x") else real(text, url, enc))
        run = crawl(site, tmp_path)
    assert causes(run, site) == {"/": None, "/x": "internal_error"}


def test_a_folder_that_cannot_be_written_any_more(tmp_path):
    with Site(many(40)) as site:
        (tmp_path / "blobs").write_text("in the way")
        with pytest.raises(OutputError, match="not_writable"):
            crawl(site, tmp_path)


def test_two_crawls_of_one_site_are_alike(tmp_path):
    def plain(run):
        return {
            key: replace(e, fetched_at="", seconds=0.0, headers=(), hop_headers=()) for key, e in run.exchanges.items()
        }, run.links

    with Site(many(60)) as site:
        one, two = (crawl(site, tmp_path / name) for name in "ab")
    assert plain(one) == plain(two)


class Scans(Reader):
    """A reader to whom every file is a picture."""

    def read(self, data, hints):
        document = super().read(data, hints)
        return replace(document, cause="no_ocr", pages=(Page(1, cause="no_ocr"),), readers=("pdf/1",))


def scans(run):
    """All PDFs, to be read and then recognised."""
    pdfs = [e for e in run.exchanges.values() if e.media_type == "application/pdf"]
    pending = [e for e in pdfs if (d := run.document(e.key)) and d.cause == "no_ocr"]
    reads = [Want("read", e.key) for e in pdfs if not run.document(e.key)]
    return [*reads, *(Want("ocr", e.key) for e in pending), *default_wants(run)]


def test_pictures_are_recognised_once_in_all_runs(tmp_path):
    with Site({"/": page("<a href=/1.pdf>x</a>"), "/1.pdf": pdf()}) as site:
        one, two = Scans(), Scans()
        run = crawl(site, tmp_path / "1", wants=scans, reader=one)
        assert (run.document(url_key(site.url("/1.pdf"))).method, len(one.seen)) == ("ocr", 1)
        assert run.meta.settings["ocr"] == "ocr/test"
        assert load_run(tmp_path / "1") == run
        writer = RunWriter(tmp_path / "2", RunMeta(site.url()), blobs=tmp_path / "1" / "blobs")
        again = gather(site.url(), writer=writer, wants=scans, settings=FAST, reader=two)
        assert (again.documents, two.seen, two.read_urls) == (run.documents, [], [])


def test_without_recognition_pictures_stay_unread(tmp_path):
    with Site({"/": page("<a href=/1.pdf>x</a>"), "/1.pdf": pdf()}) as site:
        reader = Scans()
        reader.ocr_version = ""
        run = crawl(site, tmp_path, wants=scans, reader=reader)
        assert run.document(url_key(site.url("/1.pdf"))).cause == "no_ocr"
        assert (reader.seen, run.meta.settings["ocr"], run.meta.stopped_by) == ([], "", None)


def test_pictures_for_which_there_was_no_time_say_so(tmp_path, monkeypatch):
    monkeypatch.setattr("crawlers.site._READING_GRACE", 0.0)

    class Slow(Scans):
        def read(self, data, hints):
            time.sleep(1.5)
            return super().read(data, hints)

    with Site({"/": page("<a href=/1.pdf>x</a>"), "/1.pdf": pdf()}) as site:
        reader = Slow()
        run = crawl(site, tmp_path, wants=scans, reader=reader, settings=replace(FAST, max_minutes=1 / 60))
        assert run.document(url_key(site.url("/1.pdf"))).cause == "budget"
        assert (reader.seen, run.meta.stopped_by) == ([], "budget")


def test_a_fault_in_recognition_costs_no_text_that_was_read(tmp_path):
    class Broken(Scans):
        def read(self, data, hints):
            read = super().read(data, hints)
            return replace(read, cause=None, pages=(Page(1, method="text-layer"), Page(2, cause="no_ocr")))

        def recognise(self, data, hints, document):
            raise ZeroDivisionError

    def wants(run):
        pdfs = [e for e in run.exchanges.values() if e.media_type == "application/pdf"]
        return [*(Want("read" if not run.document(e.key) else "ocr", e.key) for e in pdfs), *default_wants(run)]

    with Site({"/": page("<a href=/1.pdf>x</a>"), "/1.pdf": pdf()}) as site:
        document = crawl(site, tmp_path, wants=wants, reader=Broken()).document(url_key(site.url("/1.pdf")))
    assert document.cause is None
    assert [p.cause for p in document.pages] == [None, "unreadable"]
