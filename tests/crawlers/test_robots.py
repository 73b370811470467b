import pytest

from crawlers.fetch import Fetched
from crawlers.robots import MAX_DELAY, Robots

RULES = b"""User-agent: *
Disallow: /admin/
Disallow: /*.php$
Allow: /admin/open/
Crawl-delay: 60

User-agent: ita-rules
Disallow: /closed
Disallow: /\xe0\xb8\x81
"""


def robots(body=RULES, agent="other", **answer):
    asked = []

    def get(url):
        asked.append(url)
        return Fetched(url, **{"status": 200, "media_type": "text/plain", "body": body, **answer})

    made = Robots(get, agent)
    return made, asked


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/", True), ("/admin/x", False), ("/admin/open/x", True), ("/x.php", False), ("/x.php?id=1", True), ("/adminx", True)],
)
def test_rules(path, allowed):
    assert robots()[0].allows("http://a.go.th" + path) is allowed


def test_our_own_rules_come_first():
    own, _ = robots(agent="ita-rules/0.1")
    assert own.allows("http://a.go.th/admin/x")
    assert not own.allows("http://a.go.th/closed")
    assert not own.allows("http://a.go.th/ก")


def test_one_look_an_origin():
    made, asked = robots()
    for url in ("http://a.go.th/1", "http://a.go.th/2", "https://a.go.th/1", "http://b.go.th:8080/"):
        made.allows(url)
    assert asked == ["http://a.go.th/robots.txt", "https://a.go.th/robots.txt", "http://b.go.th:8080/robots.txt"]


def test_delay_is_bounded():
    assert robots()[0].delay("http://a.go.th/") == MAX_DELAY
    assert robots(b"")[0].delay("http://a.go.th/") == 0


@pytest.mark.parametrize(
    "answer",
    [
        {"cause": "http_404", "status": 404},
        {"cause": "http_503", "status": 503},
        {"cause": "timeout", "status": None},
        {"media_type": "text/html"},
        {"body": b"\xff\xfe\x00"},
        {"body": b"Disallow: /\x00" * 10},
    ],
)
def test_what_is_no_robots_file_closes_nothing(answer):
    made, _ = robots(**{"body": RULES, **answer})
    assert made.allows("http://a.go.th/admin/x") or "body" in answer
    assert made.delay("http://a.go.th/") == 0 or "body" in answer


def test_maps_that_are_named():
    made, _ = robots(b"Sitemap: /a.xml\nUser-agent: *\nDisallow:\nsitemap: http://a.go.th/b.xml")
    assert made.sitemaps("http://a.go.th/") == ["/a.xml", "http://a.go.th/b.xml"]
    assert robots(status=404, cause="http_404")[0].sitemaps("http://a.go.th/") == []
