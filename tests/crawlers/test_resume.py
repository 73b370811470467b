"""Runs that were broken off, gone on with: the result is that of an unbroken run, and nothing is asked twice."""

import hashlib
from dataclasses import replace

import pytest

from crawlers import resume
from crawlers.frontier import default_wants
from crawlers.settings import CrawlSettings
from crawlers.site import gather
from ita_rules.run.keys import url_key
from ita_rules.run.store import RunWriter, load_run
from ita_rules.run.types import Answer, Document, Exchange, Page, RunData, RunMeta, Want
from tests import sites
from tests.sites import Reply, Site, page, pdf, redirect

FAST = CrawlSettings(response_seconds=1.0, max_minutes=0.5)


class KilledError(BaseException):
    """The process is gone."""


class Reader:
    """A reader that counts."""

    ocr_version = ""

    def __init__(self):
        self.read_urls = []

    def read(self, data, hints):
        self.read_urls.append(hints.url)
        return Document(hashlib.sha256(data).hexdigest(), hints.media_type, pages=(Page(1, method="text"),))

    def recognise(self, data, hints, document):
        raise NotImplementedError


def wants(run):
    """Every page, and every PDF as text."""
    pdfs = [e for e in run.exchanges.values() if e.media_type == "application/pdf" and not run.document(e.key)]
    return [*(Want("read", e.key) for e in pdfs), *default_wants(run)]


def routes():
    return {
        "/": page("<a href=/list?page=1>ข่าว</a><a href=/old>เก่า</a><a href=/ita>ITA 2566</a><a href=/gone>x</a>", "เทศบาล"),
        "/ita": page("".join(f"<a href=/o{n}.pdf>O{n}</a>" for n in range(12))),
        **{f"/o{n}.pdf": pdf(str(n)) for n in range(12)},
        "/old": redirect("/new", 301),
        "/new": page("<a href=/deep>x</a>"),
        "/deep": page("<a href=/deeper>x</a>"),
        "/deeper": page("x"),
        "/sick": page("sorry", status=503),
        "/robots.txt": Reply(b"User-agent: *\nDisallow: /admin", type="text/plain"),
        **{f"/list?page={n}": page(f"<a href=/list?page={n + 1}>ถัดไป</a><a href=/sick>y</a>") for n in range(1, 6)},
    }


def broken_off(site, folder, after, **more):
    """The run as it stands on disk when the process dies after so many steps."""
    steps = iter(range(after))

    def progress(told):
        if next(steps, None) is None:
            raise KilledError

    with pytest.raises(KilledError):
        gather(
            site.url(), writer=RunWriter(folder, RunMeta(site.url())), settings=FAST, progress=progress, wants=wants,
            reader=Reader(), **more,
        )  # fmt: skip
    return load_run(folder)


def gone_on(site, kept, folder, *, reader=None, settings=FAST, **more):
    """The same run gone on with, in another file that holds what the first one did."""
    writer = RunWriter(folder / "on", replace(kept.meta, settings={}), blobs=folder / "blobs")
    for key, found in kept.exchanges.items():
        writer.put_exchange(found, kept.links.get(key))
    for document in kept.documents.values():
        writer.put_document(document)
    run = gather(site.url(), writer=writer, wants=wants, settings=settings, reader=reader or Reader(), resumed=kept, **more)
    assert load_run(folder / "on") == run
    return run


def plain(run):
    """What must be the same of two runs of one site."""
    found = {key: replace(e, fetched_at="", seconds=0.0, headers=(), hop_headers=()) for key, e in run.exchanges.items()}
    settings = {**run.meta.settings, "probe": sorted(run.meta.settings.get("probe", "").split())}
    return found, run.links, run.documents, settings, run.meta.stopped_by, run.meta.bounds


def probes(run):
    """The keys of what was only asked to learn something of the site."""
    return set(run.meta.settings.get("probe", "").split())


def asked(site):
    return {path: count for path, count in site.seen.items() if path != "/robots.txt"}


@pytest.mark.parametrize("after", [0, 1, 3, 8, 15, 25])
def test_the_result_is_that_of_an_unbroken_run(tmp_path, after):
    with Site(routes()) as site:
        whole = gather(
            site.url(), writer=RunWriter(tmp_path / "1", RunMeta(site.url())), wants=wants, settings=FAST, reader=Reader()
        )
        once = asked(site)
        site.seen.clear()
        kept = broken_off(site, tmp_path / "2", after)
        before = asked(site)
        site.seen.clear()
        reader = Reader()
        run = gone_on(site, kept, tmp_path / "2", reader=reader)
    assert plain(run) == plain(whole)
    assert run.meta.started == kept.meta.started
    there = {e.url.removeprefix(site.url("")) for e in kept.exchanges.values() if not e.cause and not e.detail}
    assert not there & asked(site).keys()
    lost = sum(before.values()) + sum(asked(site).values()) - sum(once.values())
    assert lost <= FAST.connections_per_host + 3
    # A text that was being read when the process died may stand in the store already.
    assert len(reader.read_urls) <= len(run.documents) - len(kept.documents)
    assert not {url_key(url) for url in reader.read_urls} & {e.key for e in kept.exchanges.values() if kept.document(e.key)}


def test_the_budget_of_pages_is_the_whole_runs(tmp_path):
    with Site({"/": page("".join(f"<a href=/{n}>x</a>" for n in range(50)))}, otherwise=page("y")) as site:
        kept = broken_off(site, tmp_path, 9)
        run = gone_on(site, kept, tmp_path, settings=replace(FAST, max_pages=20))
    assert len(run.exchanges.keys() - probes(run)) == 20
    assert run.meta.stopped_by == "budget"
    assert run.meta.requests >= 20


def test_evidence_that_failed_before_has_its_second_try(tmp_path):
    routes = {
        "/": page("".join(f"<a href=/{n}>x</a>" for n in range(20))),
        "/o1": sites.first(page("x", status=404), page("well")),
    }
    with Site(routes | {f"/{n}": page(str(n)) for n in range(20)}) as site:
        answers = [Answer("O1", (site.url("/o1"),))]
        kept = broken_off(site, tmp_path, 12, answers=answers)
        assert kept.exchanges[url_key(site.url("/o1"))].cause == "http_404"
        run = gone_on(site, kept, tmp_path, answers=answers)
    found = run.exchanges[url_key(site.url("/o1"))]
    assert (found.cause, found.attempts) == (None, 2)


def test_what_had_its_second_try_is_left_alone(tmp_path):
    with Site({"/": page("<a href=/sick>x</a>"), "/sick": page("sorry", status=500)}) as site:
        whole = gather(site.url(), writer=RunWriter(tmp_path, RunMeta(site.url())), wants=wants, settings=FAST, reader=Reader())
        site.seen.clear()
        run = gone_on(site, replace(whole, meta=replace(whole.meta, finished="")), tmp_path)
    assert plain(run) == plain(whole)
    assert asked(site) == {}


def test_a_main_page_that_was_kept_and_not_noted_yet(tmp_path):
    with Site({"/": page("<a href=/1>x</a>", "หน้าหลัก"), "/1": page("y")}) as site:
        kept = broken_off(site, tmp_path, 0)
        kept.meta = replace(kept.meta, settings={})
        run = gone_on(site, kept, tmp_path)
        assert run.meta.settings["main"] == url_key(site.url())
        assert site.seen["/"] == 1


def test_nothing_was_had_yet(tmp_path):
    with Site({"/": page("<a href=/1>x</a>"), "/1": page("y")}) as site:
        RunWriter(tmp_path, RunMeta(site.url(), started="2026-01-01T00:00:00+07:00")).close()
        run = gone_on(site, load_run(tmp_path), tmp_path)
    assert len(run.exchanges.keys() - probes(run)) == 2
    assert run.meta.started == "2026-01-01T00:00:00+07:00"


def test_a_body_that_is_gone_is_no_fault(tmp_path):
    with Site({"/": page("<a href=/1>x</a>"), "/1": page("y")}) as site:
        kept = broken_off(site, tmp_path, 0)
        for blob in (tmp_path / "blobs").rglob("*"):
            if blob.is_file():
                blob.unlink()
        run = gone_on(site, kept, tmp_path)
    assert run.exchanges[url_key(site.url("/1"))].cause is None


def test_what_a_redirect_answered_counts_for_nothing_in_the_budget():
    led = Exchange("http://a/old", "http://a/old", "http://a/new", "http://a/new", 200, hops=((301, "http://a/new"),))
    there = Exchange("http://a/new", "http://a/new", "http://a/new", "http://a/new", 200, depth=3)
    own = replace(there, fetched_at="2026-01-01")
    run = RunData(RunMeta("http://a/"), {led.key: led, there.key: there})
    assert resume.arrivals(run) == {"http://a/new"}
    assert resume.fetched(run, ()) == 1
    assert resume.fetched(RunData(run.meta, {led.key: led, own.key: own}), ()) == 2
    assert resume.requests_of(run) == 2
