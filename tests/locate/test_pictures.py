"""Which pictures may show something."""

from __future__ import annotations

from ita_rules.locate import SiteView
from ita_rules.locate.expand import piece
from ita_rules.locate.pictures import portraits, shown
from ita_rules.run.types import Document, Image, Page
from tests.build import Site


def test_icons_banners_and_logos_are_no_portraits() -> None:
    images = (
        Image("/img/mayor.jpg", before=3),
        Image("/img/logo.png"),
        Image("/img/a.gif", width=16, height=16),
        Image("/img/strip.jpg", width=900, height=100),
    )
    assert portraits(Document("a" * 64, "text/html", pages=(Page(1, images=images),))) == [(1, 3)]


def seen(site: Site, path: str = "p") -> list[str]:
    """The pictures of a page that are looked at."""
    view = SiteView(site.data)
    return [p.url for p in shown(view, piece(view, site.key(path), site.url(path)))]


def test_pictures_of_the_content_are_evidence_strangers_and_icons_are_not() -> None:
    site = Site().page("/").page("p", "![](a.jpg)\n![](logo.png)\n![](https://other.com/b.jpg)")
    assert seen(site) == [site.url("a.jpg")]


def test_what_turned_out_too_small_or_is_not_there_is_left_out() -> None:
    site = Site().page("/").page("p", "![](a.jpg)\n![](b.jpg)\n![](c.jpg)\n![](d.jpg)")
    site.file("a.jpg", "", "image/jpeg", of={"pages": (Page(1, images=(Image("a.jpg", "", 300, 400),)),)})
    site.file("b.jpg", "", "image/jpeg", of={"sha256": "b" * 64, "pages": (Page(1, images=(Image("b.jpg", "", 900, 1200),)),)})
    site.fail("c.jpg", "http_404").fail("d.jpg", "timeout")
    assert seen(site) == [site.url("b.jpg"), site.url("d.jpg")]


def test_a_picture_that_many_pages_show_belongs_to_the_frame() -> None:
    site = Site().page("/")
    for n in range(4):
        site.page(f"p{n}", f"# หน้า {n}\n![](everywhere.jpg)\n![](own{n}.jpg)")
    assert seen(site, "p1") == [site.url("own1.jpg")]
