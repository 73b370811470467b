"""The links of a run lie packed and are what was put in; where they lead is told without unpacking."""

from dataclasses import replace

import pytest

from ita_rules.run.graph import LinkGraph, StoredLinks, leading_to, targets_of
from ita_rules.run.links import Links, held
from ita_rules.run.menus import Menus
from ita_rules.run.types import Link

HOME, PAGE, LIST = "http://a/", "http://a/1", "http://a/sitemap.xml"
MENU = Link(HOME, PAGE, PAGE, text="ITA", zone="nav")
ROW = Link(HOME, "http://a/2", "/2", "a", "เปิด", "O1 | เปิด", ("O1", "เปิด"), "ITA 2566", "main", 4, "ปี 2566")
NOWHERE = Link(HOME, "", "", order=2)
LISTED = Link(LIST, "http://a/3", "http://a/3", "sitemap")
RUN = {HOME: (MENU, ROW, NOWHERE), PAGE: (replace(MENU, source=PAGE, target=HOME),), LIST: (LISTED,)}


@pytest.fixture(params=["plain", "packed"])
def links(request):
    return dict(RUN) if request.param == "plain" else LinkGraph(RUN)


def test_a_page_is_equal_to_the_links_that_were_put_in():
    stored = LinkGraph(RUN)[HOME]
    assert isinstance(stored, StoredLinks)
    assert stored == RUN[HOME]
    assert stored == held(RUN[HOME])
    assert (len(stored), list(stored), stored[1], stored[1:]) == (3, [MENU, ROW, NOWHERE], ROW, (ROW, NOWHERE))
    assert stored != RUN[PAGE]
    assert LinkGraph(RUN) == RUN
    assert LinkGraph(RUN) == LinkGraph(RUN)


def test_where_links_lead(links):
    assert list(targets_of(links, HOME)) == [(0, PAGE), (1, "http://a/2")]
    assert list(targets_of(links, LIST)) == []
    assert list(targets_of(links, LIST, listed=True)) == [(0, "http://a/3")]
    assert list(targets_of(links, "http://a/nothing")) == []


def test_which_pages_lead_to_an_address(links):
    assert list(leading_to(links, {HOME, "http://a/3", "http://a/unknown"})) == [PAGE, LIST]
    assert list(leading_to(links, [])) == []


def test_where_links_lead_is_told_without_unpacking(monkeypatch):
    links = LinkGraph(RUN, most=1)

    def never(*_):
        raise AssertionError("unpacked")

    monkeypatch.setattr(Menus, "unpack", never)
    assert list(links.targets(HOME)) == [(0, PAGE), (1, "http://a/2")]
    assert list(links.leading_to([HOME])) == [PAGE]
    assert len(links[HOME]) == 3
    with pytest.raises(AssertionError):
        links[HOME][0]


def test_no_more_stays_unpacked_than_is_allowed():
    pages = [f"http://a/{n}" for n in range(50)]
    links = LinkGraph({page: (replace(MENU, source=page), replace(ROW, source=page)) for page in pages}, most=10)
    assert all(links[page][1] == replace(ROW, source=page) for page in pages)
    assert (links._recent.weight, len(links._recent)) == (10, 5)


def test_a_page_that_is_put_in_again_is_another():
    links = LinkGraph(RUN)
    old = links[HOME]
    links[HOME] = (ROW,)
    assert old == RUN[HOME]
    assert links[HOME] == (ROW,)
    assert list(links.targets(HOME)) == [(0, "http://a/2")]
    links[PAGE] = links[HOME]
    assert isinstance(links[PAGE], StoredLinks)
    assert links[PAGE] == (ROW,)


def test_links_of_several_pages_in_one_stay_as_they_are():
    several = (MENU, replace(ROW, source=PAGE))
    links = LinkGraph({HOME: several})
    assert links[HOME] == several
    assert [target for _, target in links.targets(HOME)] == [PAGE, "http://a/2"]


def test_a_mapping_like_any_other():
    links = LinkGraph(RUN)
    links.keep("http://a/0", held((ROW,)))
    assert list(links) == [HOME, PAGE, LIST, "http://a/0"]
    assert list(links.in_order()) == [HOME, "http://a/0", PAGE, LIST]
    assert LinkGraph.of(RUN) == RUN
    other = LinkGraph.of(links)
    other["http://a/9"] = (replace(ROW, target="http://a/8"),)
    assert len(links) == 4
    assert list(links.targets("http://a/9")) == []
    assert list(other.targets("http://a/9")) == [(0, "http://a/8")]
    assert other[HOME] == RUN[HOME]
    del links[HOME]
    assert HOME not in links
    assert len(links) == 3
    assert list(links.targets(HOME)) == []
    assert type(links.whole(links[PAGE])) is Links


def test_fewer_may_stay_unpacked_from_now_on():
    links = LinkGraph({f"http://a/{n}": (replace(MENU, source=f"http://a/{n}"),) for n in range(3)})
    links.allow(1)
    links[HOME] = (ROW,)
    assert (links._recent.weight, links["http://a/0"][0]) == (1, replace(MENU, source="http://a/0"))
