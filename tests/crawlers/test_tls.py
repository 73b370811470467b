"""Certificates as agencies' sites have them: told apart, never held against the agency, looked behind once for evidence."""

import ssl
import warnings

import pytest

from crawlers.fetch import Fetcher
from crawlers.guard import Reach
from crawlers.settings import CrawlSettings
from crawlers.visit import Visitor
from ita_rules.run.blobs import BlobStore
from ita_rules.run.keys import url_key
from tests.sites import Reply, Site, page, pdf, redirect, reset
from tests.tls import SecureSite, trust

SETTINGS = CrawlSettings(response_seconds=2.0)
FAULTS = {"expired": "expired", "early": "not valid yet", "other": "wrong host", "self-signed": "self-signed"}


@pytest.fixture(autouse=True)
def authority(monkeypatch):
    trust(monkeypatch)


@pytest.fixture
def blobs(tmp_path):
    return BlobStore(tmp_path)


def fetching(site):
    return Fetcher(SETTINGS, Reach.of(site.url(), [site.url()]))


def test_a_good_certificate_is_no_matter():
    with SecureSite({"/": page("x")}) as site, fetching(site) as fetcher:
        got = fetcher.get(site.url(), insecure=True)
        assert (got.status, got.cause, got.insecure) == (200, None, "")


@pytest.mark.parametrize(("certificate", "fault"), FAULTS.items())
def test_what_is_wrong_is_said_and_looked_behind_when_asked(certificate, fault):
    with SecureSite({"/": page("x")}, certificate) as site, fetching(site) as fetcher:
        got = fetcher.get(site.url())
        assert (got.status, got.cause, got.detail, got.body) == (None, "tls", fault, b"")
        assert not site.seen
        got = fetcher.get(site.url(), insecure=True)
        assert (got.status, got.cause, got.insecure) == (200, None, fault)
        assert b"x" in got.body
        # what was had so opens no door for the others
        assert fetcher.get(site.url()).cause == "tls"


def test_an_unknown_issuer(monkeypatch):
    monkeypatch.undo()
    with SecureSite({"/": page("x")}) as site, fetching(site) as fetcher:
        assert fetcher.get(site.url()).detail == "unknown issuer"


def test_a_protocol_that_is_no_longer_in_use():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    with SecureSite({"/": page("x")}, context=context) as site, fetching(site) as fetcher:
        got = fetcher.get(site.url())
        assert (got.cause, got.detail) == ("tls", "old protocol")
        got = fetcher.get(site.url(), insecure=True)
        assert (got.cause, got.insecure) == (None, "old protocol")


def test_no_https_at_all_is_not_looked_behind():
    with Site({"/": page("x")}) as site, fetching(site) as fetcher:
        got = fetcher.get(site.url().replace("http:", "https:"), insecure=True)
        assert (got.cause, got.detail, got.insecure) == ("tls", "no https at this port", "")


@pytest.mark.parametrize(
    "route", [page("no", status=404), page("no", status=500), redirect("/a"), reset], ids=["404", "500", "redirect", "reset"]
)
def test_what_an_unverified_server_refuses_is_held_against_nobody(route):
    with SecureSite({"/a": route}, "expired") as site, fetching(site) as fetcher:
        got = fetcher.get(site.url("/a"), insecure=True)
        assert got.cause in ("tls", "redirect_loop")
        assert got.body == b""


def test_cookies_of_the_one_are_not_for_the_other():
    cookies = []

    def told(handler):
        cookies.append(handler.headers.get("Cookie", ""))
        Reply(b"<html>x", headers=(("Set-Cookie", "stolen=1"),))(handler)

    with SecureSite({}, "expired", otherwise=told) as bad, fetching(bad) as fetcher:
        fetcher._client.cookies.set("mine", "1", domain="127.0.0.1")
        for _ in range(2):
            assert fetcher.get(bad.url(), insecure=True).insecure
        assert cookies == ["", ""]
        assert "stolen" not in fetcher._client.cookies
    with SecureSite({}, otherwise=told) as good, fetching(good) as fetcher:
        fetcher._client.cookies.set("mine", "1", domain="127.0.0.1")
        fetcher.get(good.url())
        assert cookies[-1] == "mine=1"


def test_a_redirect_to_a_bad_certificate_is_looked_behind_hop_by_hop():
    with (
        SecureSite({"/o1.pdf": pdf()}, "other") as bad,
        Site({"/o1.pdf": redirect(bad.url("/o1.pdf"))}) as site,
        Fetcher(SETTINGS, Reach.of(site.url(), [bad.url()])) as fetcher,
    ):
        assert fetcher.get(site.url("/o1.pdf")).cause == "tls"
        got = fetcher.get(site.url("/o1.pdf"), insecure=True)
        assert (got.cause, got.insecure, got.media_type) == (None, "wrong host", "application/pdf")
        assert got.final_url == bad.url("/o1.pdf")


def test_evidence_behind_a_bad_certificate_is_read_at_the_second_try_and_not_followed(blobs):
    routes = {
        "/ita": page("<a href=/o1.pdf>O1</a>", "ITA"),
        "/o1.pdf": pdf(),
        "/in.pdf": page("<form><input type=password></form>", "เข้าสู่ระบบ"),
    }
    with SecureSite(routes, "expired") as bad, Site({"/": page("x")}) as site:
        visitor = Visitor(site.url(), SETTINGS, blobs, [bad.url("/ita")])

        def visit(url, **more):
            return visitor.visit(url_key(url), url, **more)

        # as long as the main page is not there, nothing is
        assert visit(bad.url("/ita"), slow=True, evidence=True).exchange.cause == "tls"
        visitor.home = visit(site.url()).view
        for more in ({}, {"slow": True}, {"evidence": True}):
            found = visit(bad.url("/ita"), **more).exchange
            assert (found.cause, found.detail, found.insecure, found.sha256) == ("tls", "expired", "", None)
        found = visit(bad.url("/ita"), slow=True, evidence=True)
        assert (found.exchange.cause, found.exchange.insecure, found.exchange.title) == (None, "expired", "ITA")
        assert b"O1" in blobs.get(found.exchange.sha256)
        assert (found.links, found.probes) == (None, ())
        file = visit(bad.url("/o1.pdf"), slow=True, evidence=True).exchange
        assert (file.cause, file.insecure, file.media_type) == (None, "expired", "application/pdf")
        # a sign-in page behind it accuses nobody
        refused = visit(bad.url("/in.pdf"), slow=True, evidence=True).exchange
        assert (refused.cause, refused.detail, refused.insecure) == ("tls", "expired", "expired")
        visitor.close()
