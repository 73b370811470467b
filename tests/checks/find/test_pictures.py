"""Which pictures may show something."""

from __future__ import annotations

from ita_rules.checks.find.pictures import portraits
from ita_rules.run.types import Document, Image, Page


def test_icons_banners_and_logos_are_no_portraits() -> None:
    images = (
        Image("/img/mayor.jpg", before=3),
        Image("/img/logo.png"),
        Image("/img/a.gif", width=16, height=16),
        Image("/img/strip.jpg", width=900, height=100),
    )
    assert portraits(Document("a" * 64, "text/html", pages=(Page(1, images=images),))) == [(1, 3)]
