from dataclasses import replace

import pytest

from ita_rules.run.codec import pack_all, unpack_all
from ita_rules.run.links import Links, held, pack_links, stem_of, stems_of, unpack_links
from ita_rules.run.types import Link

MENU = Link("http://a/", "http://a/ita", "http://a/ita", text="ITA", zone="nav")
ROW = Link("http://a/", "http://a/1", "/1", "a", "เปิด", "O1 | เปิด", ("O1", "เปิด"), "ITA 2566", "main", 1, "ปี 2566")
BARE = Link("http://a/", "", "", order=2)


def test_links_are_like_the_tuple_they_came_from():
    links = held((MENU, ROW, BARE))
    assert isinstance(links, Links)
    assert links == (MENU, ROW, BARE)
    assert {1: links} == {1: (MENU, ROW, BARE)}
    assert list(links) == [MENU, ROW, BARE]
    assert (len(links), links[1], links[-1]) == (3, ROW, BARE)
    assert links[1:] == (ROW, BARE)
    assert ROW in links
    assert links != (MENU, ROW)
    assert links != [MENU, ROW, BARE]
    assert held(()) == ()
    with pytest.raises(IndexError):
        links[3]


def test_pages_share_what_is_equal():
    here, there = (held((replace(MENU, source=page, order=7),)) for page in ("http://a/", "http://a/2"))
    assert stems_of(here)[0] is stems_of(there)[0]
    assert here != there
    assert there[0] == replace(MENU, source="http://a/2", order=7)


def test_stems_that_are_equal_and_not_one_compare_as_equal():
    before = Links("http://a/", [stem_of("http://a/x", "http://a/x")])
    stem_of.cache_clear()
    assert before == Links("http://a/", [stem_of("http://a/x", "http://a/x")])


def test_links_of_several_pages_stay_as_they_are():
    mixed = (MENU, replace(ROW, source="http://b/"))
    assert held(mixed) == mixed
    assert unpack_links(pack_links(mixed)) == mixed


@pytest.mark.parametrize("links", [(), (MENU,), (MENU, ROW, BARE), (replace(MENU, text='"\\ \ud800'[:3], order=9),)])
def test_a_page_is_stored_without_loss_and_as_it_always_was(links):
    assert unpack_links(pack_links(links)) == links
    assert unpack_all(Link, pack_links(links)) == links
    assert unpack_links(pack_all(links)) == links


@pytest.mark.parametrize("rows", ['[["a"]]', "[7]", '["abcd"]', '[["a","b","c","a","","",7]]', "[[1,2,3,4,5,6,[],8,9,10,11,12]]"])
def test_a_broken_record_is_told(rows):
    from ita_rules.run.codec import squeeze

    with pytest.raises((ValueError, TypeError)):
        unpack_links(squeeze(rows))
