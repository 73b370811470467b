import pytest

from crawlers.traps import (
    MAX_DATED,
    MAX_FACETS,
    MAX_LISTED,
    MAX_NAMES,
    MAX_SAME,
    MAX_SEARCHED,
    MAX_TAGS,
    MAX_TALK,
    Traps,
    is_endless,
)
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


A = "http://a.go.th"
TOKENS = [f"{n}a7b{n}c9d{n}e2f{n}a{n}b1c" for n in range(10, 60)]


def test_more_calendars_end():
    traps = Traps()
    assert sum(traps.admits(f"{A}/agenda?date=2023-{m:02}-{d:02}") for m in range(1, 13) for d in range(1, 20)) == MAX_DATED
    assert sum(traps.admits(f"{A}/e?cal_y=2023&cal_m={n}") for n in range(60)) == MAX_DATED
    assert all(traps.admits(f"{A}/news?date={n}") for n in range(60))


@pytest.mark.parametrize(
    ("pattern", "rule", "most"),
    [
        ("/page/{}/", "listed", MAX_LISTED),
        ("/forum/topic-{}.html", "talk", MAX_TALK),
        ("/webboard/view.php?id={}", "talk", MAX_TALK),
        ("/guestbook.php?id={}", "talk", MAX_TALK),
        ("/tag/คำ{}", "tags", MAX_TAGS),
        ("/?s=คำ{}", "searched", MAX_SEARCHED),
        ("/search.php?q=a{}", "searched", MAX_SEARCHED),
    ],
)
def test_families_by_their_looks(pattern, rule, most):
    traps = Traps()
    assert sum(traps.admits(A + pattern.format(n)) for n in range(most + 30)) == most
    (bound,) = traps.bounds()
    assert (bound.rule, bound.asked, bound.refused) == (rule, most, 30)


@pytest.mark.parametrize(
    "pattern",
    [
        "/dashboard/{}",
        "/index.php?option=com_content&view=article&id={0}&Itemid=5&catid={0}",
        "/?q=node/{}",
        "/index.php?s={}",
        "/view.php?doc=9f8e7d6c5b4a39281706f5e4d3c2b1{}",
        "/up/9f8e7d6c5b4a39281706f5e4d3c2b1{}/o1.pdf",
        "/ita-{}/",
        "/b{}/index.html",
    ],
)
def test_evidence_by_the_hundred_is_no_trap(pattern):
    traps = Traps()
    urls = [A + pattern.format(n) for n in range(1000, 1400)]
    traps.learn(urls)
    for url in urls[:200]:
        traps.count(url, url)
    assert all(map(traps.admits, urls))
    assert traps.bounds() == ()


def test_documents_with_many_choices_are_no_facets():
    traps = Traps()
    assert all(traps.admits(f"{A}/doc.php?dept={d}&year={y}&page={p}") for d in range(8) for y in range(8) for p in (1, 2))


def test_choices_that_are_combined_end():
    traps = Traps()
    urls = [f"{A}/f?a={a}&b={b}&c={c}&d={d}" for a in range(6) for b in range(6) for c in range(6) for d in range(6)]
    assert sum(map(traps.admits, urls)) == MAX_FACETS
    assert [(b.rule, b.family, b.asked) for b in traps.bounds()] == [("facets", "a.go.th/f", MAX_FACETS)]
    assert traps.admits(f"{A}/f?a=77")


def test_ever_new_names_end():
    traps = Traps()
    assert sum(traps.admits(f"{A}/x?n{n}=1") for n in range(100)) == MAX_NAMES
    assert traps.admits(f"{A}/x?n1=2")


def pages_of_a_shop(token):
    return [f"{A}/shop/{name}.php?ref=1&tk={token}" for name in ("list", "cart", "map")]


def test_the_mark_of_a_session_is_seen_through():
    traps = Traps()
    for token in TOKENS[:3]:
        assert all(map(traps.admits, pages_of_a_shop(token)))
        traps.learn(pages_of_a_shop(token))
    assert not any(map(traps.admits, pages_of_a_shop(TOKENS[3])))
    assert traps.admits(f"{A}/shop/new.php?ref=1&tk={TOKENS[4]}")
    assert not traps.admits(f"{A}/shop/new.php?ref=1&tk={TOKENS[5]}")
    assert {b.rule for b in traps.bounds()} == {"session"}


def test_a_session_in_the_path_too():
    traps = Traps()
    for token in TOKENS[:3]:
        urls = [f"{A}/(S({token}))/{name}.aspx" for name in "ab"]
        assert all(map(traps.admits, urls))
        traps.learn(urls)
    assert not traps.admits(f"{A}/(S({TOKENS[7]}))/a.aspx")


def test_ids_that_stand_side_by_side_are_no_session():
    traps = Traps()
    traps.learn([f"{A}/shop/list.php?ref=1&tk={t}" for t in TOKENS[:2]])
    for token in TOKENS:
        assert all(map(traps.admits, pages_of_a_shop(token)))
        traps.learn(pages_of_a_shop(token))
    assert traps.bounds() == ()


def test_one_body_in_ever_other_folders_ends():
    traps = Traps()
    urls = [f"{A}/m/x{n}/y{n}/news.html" for n in range(40)]
    for url in urls[: MAX_SAME + 1]:
        assert traps.admits(url)
        traps.count(url, "same")
    assert not any(map(traps.admits, urls[MAX_SAME + 1 :]))
    (bound,) = traps.bounds()
    assert (bound.rule, bound.family, bound.asked) == ("same_body", "a.go.th/m/…/news.html", MAX_SAME + 1)


def test_a_folder_with_bodies_of_its_own_goes_on():
    traps = Traps()
    for n in range(40):
        traps.count(f"{A}/m/x{n}/news.html", "same" if n > 1 else str(n))
        traps.count(f"{A}/files/{n}.pdf")
    assert traps.admits(f"{A}/m/other/news.html")
    assert traps.admits(f"{A}/files/new.pdf")


def test_spellings_of_one_page_end():
    traps = Traps()
    traps.count(A + "/News/Index.html", "x")
    assert traps.admits(A + "/news/")
    traps.count(A + "/news/", "x")
    assert not traps.admits(A + "/NEWS//index.php")
    assert traps.admits(A + "/NEWS/index.php?id=1")
    traps.count(A + "/a", "x1")
    traps.count(A + "/A", "x2")
    assert traps.admits(A + "/a/")


def test_one_odd_answer_among_the_spellings_of_a_page_is_outvoted():
    traps = Traps()
    for body in ("come again later", "x"):
        traps.count(A + "/News/", body)
    for n in range(32):
        assert traps.admits(A + "/NEWS/")
        traps.count(f"{A}/news/{'/' * n}", "x")
        if n == 4:
            traps.count(A + "/newS", "a session of its own")
    assert not traps.admits(A + "/NEWS/")
    (bound,) = traps.bounds()
    assert (bound.rule, bound.asked, bound.refused) == ("spelling", 35, 1)


def test_pages_that_differ_by_a_spelling_are_no_trap():
    traps = Traps()
    for n in range(60):
        traps.count(f"{A}/news/{'/' * n}", str(n // 2))
    assert traps.admits(A + "/NEWS/")


def test_what_is_admitted_ahead_is_not_taken_for_asked():
    traps = Traps()
    for n in range(20):
        traps.count(f"{A}/calendar/25{n}/1", f"body {n}")
        traps.count(f"{A}/x?n{n}=1&m=2")
    for token in TOKENS[:3]:
        traps.learn(pages_of_a_shop(token))
        traps.count(pages_of_a_shop(token)[0])
    twin = traps.ahead()
    for _ in range(10):
        twin.admits(f"{A}/calendar/99/1")
        twin.admits(f"{A}/x?new=1&m=3")
    assert twin.bounds()
    assert not traps.bounds()
    assert all(traps.admits(f"{A}/calendar/{n}/1") for n in range(4))
    assert not traps.admits(f"{A}/calendar/9/1")
    assert not traps.ahead().admits(pages_of_a_shop(TOKENS[9])[0])


def test_what_may_have_no_end():
    assert is_endless(A + "/calendar/1")
    assert is_endless(pages_of_a_shop(TOKENS[0])[0])
    assert not is_endless(A + "/ita/2566/o1.php?id=7")


def test_what_came_again_is_known_ahead():
    traps = Traps()
    for place in ("/news", "/NEWS/"):
        traps.count(f"http://a.go.th{place}", "a" * 64)
    assert not traps.ahead().admits("http://a.go.th//news")
    assert traps.ahead().admits("http://a.go.th/other")
