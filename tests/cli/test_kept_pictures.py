"""Pictures are drawn once, and never taken for one on which something else is hidden."""

from __future__ import annotations

import hashlib
from pathlib import Path

from crawlers.readers.page_picture import Picture, PictureAsk
from ita_rules.cli.kept_pictures import found_again, kept, maker_of
from ita_rules.run.blobs import BlobStore
from reports.interface import PagePicture


def test_a_picture_is_drawn_once_for_all_that_is_asked(tmp_path: Path) -> None:
    drawn: list[PictureAsk] = []

    def draw(data: bytes, ask: PictureAsk) -> Picture:
        drawn.append(ask)
        return Picture(b"\n12 webp\n", 68, 20, 1, len(ask.hide))

    look_up = kept(draw, BlobStore(tmp_path))
    ask, hidden = PictureAsk(1, ("ก",)), PictureAsk(1, ("ก",), ("1103702071811",))
    assert look_up(b"body", ask) == look_up(b"body", ask) == Picture(b"\n12 webp\n", 68, 20, 1, 0)
    assert look_up(b"body", hidden).hidden == 1
    assert drawn == [ask, hidden]
    assert "1103702071811" not in maker_of(hidden)
    place = (hashlib.sha256(b"body").hexdigest(), maker_of(ask))
    shown = PagePicture("O1", "u", 1, b"", 68, 20, True, place)
    again = found_again([shown], BlobStore(tmp_path))
    assert again is not None
    assert again[0].data == b"\n12 webp\n"
    assert found_again([shown, PagePicture("O1", "u", 2, b"", 68, 20, True, (place[0], "other"))], BlobStore(tmp_path)) is None
    assert found_again([PagePicture("O1", "u", 1, b"x", 1, 1, True)], BlobStore(tmp_path)) is None


def test_what_could_not_be_drawn_is_tried_again(tmp_path: Path) -> None:
    count = 0

    def draw(data: bytes, ask: PictureAsk) -> Picture:
        nonlocal count
        count += 1
        return Picture(cause="timeout")

    look_up = kept(draw, BlobStore(tmp_path))
    assert (look_up(b"x", PictureAsk(1)).cause, look_up(b"x", PictureAsk(1)).cause) == ("timeout", "timeout")
    assert count == 2
