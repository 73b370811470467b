import pytest

from crawlers.traps import Traps
from ita_rules.run.types import Bound


@pytest.mark.parametrize(
    "url",
    [
        "http://a.go.th/" + "/".join(map(str, range(13))),
        "http://a.go.th/x/y/x/y/",
        "http://a.go.th/a/b/a/c/a/",
        "http://a.go.th/n.php?id=1&print=1",
        "http://a.go.th/n.php?sort=name&id=1",
        "http://a.go.th/?p=1&replytocom=5",
        "http://a.go.th/?a=1&a=2&a=3",
        "http://a.go.th/files/?C=M;O=A",
        "http://a.go.th/list?id=3&dir=desc",
    ],
)
def test_hopeless_addresses(url):
    assert not Traps().admits(url)


@pytest.mark.parametrize(
    "pattern", ["/calendar.php?y=25{}&m=1", "/calendar/25{}/1", "/cal?month=1&year=25{}", "/20{}/03/", "/20{}-03-05"]
)
def test_a_calendar_ends(pattern):
    traps = Traps()
    urls = ["http://a.go.th" + pattern.format(n) for n in range(10, 60)]
    assert sum(traps.admits(u) for u in urls) == 24


@pytest.mark.parametrize(
    "pattern",
    [
        "/2023/03/news-{}/",
        "/news.php?id={}",
        "/ita.php?year=25{}",
        "/files/2566{}_12345.pdf",
        "/page/{}/",
        "/o{}",
        "/ls.php?dir=ita{}",
    ],
)
def test_many_pages_are_no_trap(pattern):
    traps = Traps()
    assert all(traps.admits("http://a.go.th" + pattern.format(n)) for n in range(10, 60))


def test_leafing_ends_too():
    traps = Traps()
    for n in range(150):
        traps.count(f"http://a.go.th/guestbook.php?page={n}")
    assert sum(traps.admits(f"http://a.go.th/guestbook.php?page={n}") for n in range(1000, 1100)) == 50


def test_what_was_cut_off_is_told():
    traps = Traps()
    for n in range(10, 60):
        traps.admits(f"http://a.go.th/calendar/25{n}/1")
    traps.admits("http://a.go.th/n.php?print=1")
    assert traps.bounds() == (
        Bound("dated", "a.go.th/calendar/#/#", 24, 26),
        Bound("same_page", "a.go.th/n.php", 0, 1),
    )
