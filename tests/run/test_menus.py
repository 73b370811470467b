"""Links of pages packed beside each other: what they share is there once, and every page comes back as it was."""

import pytest

from ita_rules.run import menus
from ita_rules.run.links import Links, stem_of
from ita_rules.run.menus import Menus

MENU = [stem_of(f"http://a/{n}", f"/{n}", "a", f"เมนู {n}", zone="nav") for n in range(30)]


def own(name):
    return stem_of(f"http://a/{name}", f"/{name}", "a", "เปิด", "O1 | เปิด", ("O1", "เปิด"), "ITA 2566", "main", "ปี 2566")


def pages():
    """Pages with the menu in different places, one with links out of their order, one without any."""
    yield Links("http://a/", [*MENU, own("x")])
    yield Links("http://a/1", [own("y"), *MENU[:20], own("z"), *MENU[20:]], range(40, 72))
    yield Links("http://a/2", ())
    yield Links("http://a/3", [*MENU, own("y")])


def test_a_page_comes_back_as_it_was():
    packer = Menus()
    records = [(page, packer.pack(page)) for page in pages()]
    for page, record in records:
        back = packer.unpack(page.source, record)
        assert back == page
        assert back.orders == page.orders
        assert tuple(back) == tuple(page)


def test_what_two_pages_share_is_there_once():
    packer = Menus()
    first, second, _, third = (packer.pack(page) for page in pages())
    assert len(packer) == len(MENU)
    back = [packer.unpack("http://a/", record).stems for record in (second, third)]
    assert all(any(stem is found for found in stems) for stem in MENU for stems in back)
    assert len(third) < len(first) / 2


@pytest.mark.parametrize("most", [0, 7])
def test_what_there_is_no_room_for_is_packed_with_its_page(monkeypatch, most):
    monkeypatch.setattr(menus, "MOST_STEMS", most)
    packer = Menus()
    records = [(page, packer.pack(page)) for page in (*pages(), *pages())]
    assert len(packer) == most
    assert all(packer.unpack(page.source, record) == page for page, record in records)
