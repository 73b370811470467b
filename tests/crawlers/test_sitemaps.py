import gzip

import pytest

from crawlers.fetch import Fetched
from crawlers.sitemaps import MAX_NESTING, Maps

HOME = "http://a.go.th/"
NAMESPACE = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'"


def own(url):
    return url.startswith(HOME)


def found(body, *, url=HOME + "x.xml", media_type="application/xml", maps=None):
    maps = maps or Maps(own)
    body = body.encode() if isinstance(body, str) else body
    links = maps.links(url, Fetched(url, url, 200, body=body, media_type=media_type))
    return links if links is None else [(link.kind, link.url, link.text) for link in links]


def urlset(*places):
    return f"<?xml version='1.0'?><urlset {NAMESPACE}>" + "".join(f"<url><loc>{p}</loc></url>" for p in places) + "</urlset>"


def test_a_map():
    assert found(urlset(HOME + "แผน", f"\n {HOME}b?x=1&amp;y=2 ", "/c", "http://b.go.th/", "mailto:x", "")) == [
        ("sitemap", HOME + "แผน", ""),
        ("sitemap", HOME + "b?x=1&y=2", ""),
        ("sitemap", HOME + "c", ""),
    ]


def test_the_links_of_a_map_stand_outside_the_content():
    (link,) = Maps(own).links("k", Fetched("", HOME + "x.xml", body=urlset(HOME + "b").encode()))
    assert (link.source, link.target, link.zone, link.order) == (HOME + "x.xml", HOME + "b", "footer", 0)


def test_pictures_of_a_page_are_no_pages():
    body = (
        f"<urlset {NAMESPACE}><url><loc>{HOME}a</loc><image:image><image:loc>{HOME}p.jpg</image:loc></image:image></url></urlset>"
    )
    assert found(body) == [("sitemap", HOME + "a", "")]


@pytest.mark.parametrize(
    ("body", "places"),
    [
        (
            f"<rss><channel><link>{HOME}</link><item><title> ก  ข </title><link>{HOME}a</link></item></channel></rss>",
            [("a", "ก ข")],
        ),
        (f"<rss><channel><item><enclosure url='{HOME}a.pdf'/></item></channel></rss>", [("a.pdf", "")]),
        (
            f"<feed xmlns='http://www.w3.org/2005/Atom'><link href='{HOME}'/><entry><title>ก</title><link href='{HOME}a'/>"
            f"<link rel='self' href='{HOME}b'/></entry></feed>",
            [("a", "ก")],
        ),
        (
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
            f"<item><link>{HOME}a</link></item></rdf:RDF>",
            [("a", "")],
        ),
    ],
)
def test_feeds(body, places):
    assert found(body) == [("feed", HOME + place, words) for place, words in places]


def test_what_is_no_list():
    assert found("<html><a href=/x>x</a></html>") is None
    assert found("<?xml version='1.0'?><html><body/></html>") is None
    assert found("", media_type="") is None
    assert found("http://a.go.th/x", media_type="text/plain") is None
    assert found(b"\x1f\x8bjunk", url=HOME + "x.xml.gz") is None
    assert found(gzip.compress(b"%PDF"), url=HOME + "x.xml.gz") is None


def test_packed_and_plain_maps():
    maps = Maps(own)
    assert maps.roots(HOME, ["/a.gz", "/b.txt"]) == [(HOME + n, HOME + n) for n in ("a.gz", "b.txt", "sitemap.xml")]
    packed = gzip.compress(urlset(HOME + "1").encode())
    assert found(packed, url=HOME + "a.gz", maps=maps) == [("sitemap", HOME + "1", "")]
    text = f"{HOME}2\r\n\n# x\n{HOME}3"
    assert [url for _, url, _ in found(text, url=HOME + "b.txt", media_type="text/plain", maps=maps)] == [HOME + "2", HOME + "3"]


def test_maps_within_maps_end():
    maps = Maps(own)
    maps.roots(HOME, [])
    url, asked = HOME + "sitemap.xml", 0
    for level in range(1, 10):
        index = f"<sitemapindex><sitemap><loc>{HOME}{level}.xml</loc></sitemap><sitemap><loc>{url}</loc></sitemap></sitemapindex>"
        links = found(index, url=url, maps=maps)
        if not links:
            break
        ((_, url, _),) = links
        assert maps.knows(url)
        asked += 1
    assert asked == MAX_NESTING - 1


def test_only_what_is_the_sites():
    maps = Maps(own)
    named = ["http://b.go.th/s.xml", *[f"/{n}.xml" for n in range(50)]]
    assert len(maps.roots(HOME, named)) == 10
    assert not maps.knows("http://b.go.th/s.xml")


def test_hostile_maps_are_bounded(monkeypatch):
    bomb = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
    assert found(f"<?xml version='1.0'?>{bomb}<urlset><url><loc>{HOME}&b;</loc></url><url><loc>&f;</loc></url></urlset>") in (
        [],
        [("sitemap", HOME, "")],
    )
    assert found(f"<urlset><url><loc>{HOME}a</loc></url><url><loc>{HOME}b & c</loc></url><broken") == [
        ("sitemap", HOME + "a", ""),
        ("sitemap", HOME + "b  c", ""),
    ]
    monkeypatch.setattr("crawlers.sitemaps.MAX_BYTES", 2000)
    assert len(found(gzip.compress(urlset(*[HOME + str(n) for n in range(10_000)]).encode()), url=HOME + "x.xml.gz")) < 60


def test_a_site_has_so_many_addresses_and_no_more(monkeypatch):
    monkeypatch.setattr("crawlers.sitemaps.MAX_URLS", 30)
    maps = Maps(own)
    first = found(urlset(*[HOME + str(n) for n in range(20)]), maps=maps)
    second = found(urlset(*[HOME + str(n) for n in range(20)]), maps=maps)
    assert (len(first), len(second)) == (20, 10)
