import _thread
import contextlib
import hashlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from crawlers.frontier import default_wants
from crawlers.politeness import Politeness
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


def test_where_a_redirect_leads_is_looked_at_once_a_verdict_depends_on_it(tmp_path):
    closed = Reply(b"User-agent: *\nDisallow: /in", type="text/plain")
    routes = {"/": page("<a href=/o1>O1</a><a href=/o2>O2</a>"), "/robots.txt": closed, "/in": page("<h1>O1")}
    routes |= {"/o1": sites.redirect("/in"), "/o2": sites.redirect("/in")}
    with Site(routes) as site:
        keys = [url_key(site.url(path)) for path in ("/o1", "/o2")]

        def wants(run):
            if keys[0] not in run.exchanges or keys[1] not in run.exchanges:
                return default_wants(run)
            return [Want("fetch", keys[0], keys[0], evidence=True)]

        run = crawl(site, tmp_path, wants=wants)
    assert [(run.exchanges[key].cause, run.exchanges[key].attempts) for key in keys] == [(None, 2), ("robots", 1)]


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


def test_what_the_traps_cut_off_is_said_in_the_run(tmp_path):
    menu = "".join(f"<a href='/calendar.php?y=2566&m={n}'>{n}</a>" for n in range(40))
    with Site({"/": page(menu)}, otherwise=page("<h1>กิจกรรม</h1>")) as site:
        run = crawl(site, tmp_path)
    (bound,) = run.meta.bounds
    assert (bound.rule, bound.asked, bound.refused) == ("dated", 24, 16)
    assert load_run(tmp_path).meta.bounds == run.meta.bounds


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


def test_a_long_way_found_first_is_no_end_of_the_budget(tmp_path):
    # What smells leads down a chain of twenty; the plain list beside it leads to each in two clicks.
    routes = {
        "/": page("<a href=/c/0>รายงาน ITA</a><a href=/list>x</a>"),
        "/list": page("".join(f"<a href=/c/{n}>x</a>" for n in range(20))),
        **{f"/c/{n}": page(f"<a href=/c/{n + 1}>รายงาน ITA</a>") for n in range(20)},
        "/c/20": page("x"),
    }
    with Site(routes) as site:
        run = crawl(site, tmp_path, settings=replace(FAST, max_depth=4, connections_per_host=1))
    assert set(causes(run, site)) == set(routes)
    assert run.meta.stopped_by is None
    assert run.exchanges[url_key(site.url("/c/20"))].depth == 3


def test_a_bound_on_links(tmp_path, monkeypatch):
    monkeypatch.setattr("crawlers.ledger.MAX_LINKS", 150)

    def crowd(own):
        return page("".join(f"<a href=/{n}>{own}</a>" for n in range(100)))

    with Site({"/": crowd(""), **{f"/{n}": crowd(n) for n in range(3)}}) as site:
        run = crawl(site, tmp_path)
    assert sorted(map(len, run.links.values())) == [50, 50, 50, 100]
    assert run.meta.stopped_by == "budget"
    assert load_run(tmp_path) == run


def test_a_menu_on_every_page_takes_little_of_the_bound_on_links(tmp_path, monkeypatch):
    monkeypatch.setattr("crawlers.ledger.MAX_LINKS", 400)
    menu = "<nav>" + "".join(f"<a href=/{n}>เมนู</a>" for n in range(100)) + "</nav>"
    with Site({"/": page(menu), **{f"/{n}": page(f"{menu}<a href=/{n + 1}>{n}</a>") for n in range(20)}}) as site:
        run = crawl(site, tmp_path)
    assert {len(links) for links in run.links.values()} == {100, 101}
    assert run.meta.stopped_by is None
    assert load_run(tmp_path) == run


def test_the_best_is_fetched_first(tmp_path):
    routes = many(40) | {"/": page("".join(f"<a href=/{n}>ข่าว</a>" for n in range(40)) + "<a href=/ita>ITA 2566</a>")}
    with Site(routes) as site:
        run = crawl(site, tmp_path, settings=replace(FAST, max_pages=3))
    assert "/ita" in causes(run, site)


def agency(news=240):
    """A site of three hundred pages whose evidence stands three clicks away, behind one link of many."""
    menu = "<nav>" + "".join(f"<a href=/n/{n}>ข่าวกิจกรรม {n}</a>" for n in range(60)) + "<a href=/about>เกี่ยวกับเรา</a></nav>"
    return {
        "/": page(f"{menu}<a href=/open>ข้อมูลข่าวสาร</a><a href=/ita>การประเมินคุณธรรมและความโปร่งใส</a>", "เทศบาลตัวอย่าง"),
        "/about": page(menu),
        "/open": page(menu + "".join(f"<a href=/d/{n}>เอกสาร {n}</a>" for n in range(50))),
        "/ita": page(menu + "<a href=/ita-65>ปี 2565</a><a href=/ita-66>ITA 2566</a>"),
        "/ita-65": page(menu),
        "/ita-66": page(menu + "".join(f"<a href=/oit/{n}>O{n} รายงาน</a>" for n in range(1, 6))),
        **{f"/oit/{n}": page(f"{menu}<a href=/files/o{n}.pdf>O{n} ดาวน์โหลด</a>") for n in range(1, 3)},
        **{f"/oit/{n}": pdf(f"o{n}") for n in range(3, 6)},
        **{f"/files/o{n}.pdf": pdf(f"o{n}") for n in range(1, 3)},
        **{f"/n/{n}": page(f"{menu}<a href=/n/{n + 1}>ข่าวถัดไป</a><a href=/ภาพ/{n}.html>อัลบั้ม</a>") for n in range(news)},
    }


def test_a_small_budget_finds_the_evidence(tmp_path):
    with Site(agency(), otherwise=page("x")) as site:
        run = crawl(site, tmp_path, settings=replace(FAST, max_pages=15))
    assert run.meta.stopped_by == "budget"
    paths = set(causes(run, site))
    assert len(paths) == 15
    assert paths >= {"/", "/ita", "/ita-66", *(f"/oit/{n}" for n in range(1, 6)), "/files/o1.pdf", "/files/o2.pdf"}


def test_a_slow_host_does_not_hold_up_the_others(tmp_path):
    slow = {f"/{n}": page(str(n)) for n in range(12)}
    with Site({}, host="127.0.0.2", otherwise=sites.hang) as dead, Site(slow, host="127.0.0.3") as well:
        answers = [Answer(f"O{n}", (dead.url(f"/{n}"),)) for n in range(12)]
        answers += [Answer(f"O{n + 20}", (well.url(f"/{n}"),)) for n in range(12)]
        came = {}

        def tell(told):
            came.setdefault(told.url, time.monotonic() - start)

        with Site({"/": page("x")}) as site:
            start = time.monotonic()
            run = crawl(site, tmp_path, answers=answers, progress=tell, settings=replace(FAST, response_seconds=1.5))
        assert all(run.exchanges[url_key(well.url(f"/{n}"))].cause is None for n in range(12))
        assert max(came[well.url(f"/{n}")] for n in range(12)) < 1.4


def test_sites_gathered_side_by_side_share_one_politeness(tmp_path):
    gate = Politeness(4, 0.0)
    served = [Site(many(30), host=f"127.0.0.{n}", delay=0.005) for n in range(10, 16)]
    with contextlib.ExitStack() as open_sites, ThreadPoolExecutor(len(served)) as pool:
        for site in served:
            open_sites.enter_context(site)
        runs = list(pool.map(lambda s: crawl(s, tmp_path / s.host, gate=gate), served))
    for site, run in zip(served, runs, strict=True):
        assert set(causes(run, site)) == {"/", *(f"/{n}" for n in range(30))}
        probes = run.meta.settings["probe"].split()
        assert not [e for e in run.exchanges.values() if e.cause and e.key not in probes]
        assert site.peak <= 4


def test_an_interrupt_keeps_what_was_had(tmp_path):
    routes = many(200) | {"/0": sites.hang}
    told = []

    def progress(one):
        told.append(time.monotonic())
        if len(told) == 10:
            threading.Thread(target=_thread.interrupt_main).start()

    with Site(routes, delay=0.02) as site:
        run = crawl(site, tmp_path, settings=replace(FAST, response_seconds=60), progress=progress)
        assert time.monotonic() - told[9] < 20
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
        real = visit.view_of
        monkeypatch.setattr(visit, "view_of", lambda got: fail() if got.url.endswith("/x") else real(got))
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
    monkeypatch.setattr("crawlers.readings.READING_GRACE", 0.0)

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
