import io
import json

import pytest
from PIL import Image

from crawlers.readers.interface import Limits
from crawlers.readers.page_picture import Picture, PictureAsk, draw
from crawlers.readers.sandbox import ReaderPool
from ita_rules.data import data_folder

REPORT = "รายงานการประเมินจริยธรรมเจ้าหน้าที่ของรัฐ"


def sample(name):
    """A file of the sample agency, by the end of its address."""
    routes = json.loads((data_folder("samples") / "routes.json").read_text("utf-8"))
    file = next(route["file"] for path, route in routes.items() if path.endswith(name))
    return (data_folder("samples") / "site" / file).read_bytes()


@pytest.fixture(scope="module")
def plan():
    return sample("แผนพัฒนา66-70.pdf")


def pixels(picture):
    return Image.open(io.BytesIO(picture.data)).convert("RGB")


def yellow(picture):
    return sum(n for n, (r, g, b) in pixels(picture).getcolors(1 << 24) if r > 220 and g > 190 and b < 170)


def test_the_words_of_a_quote_are_marked_and_the_picture_is_cut_to_them(plan):
    plain = draw(plan, PictureAsk(1))
    marked = draw(plan, PictureAsk(1, ("แผนพัฒนาท้องถิ่น",)))
    assert (plain.marked, yellow(plain)) == (0, 0)
    assert marked.marked >= 1
    assert yellow(marked) > 500
    assert marked.width == plain.width == 680
    assert marked.height < 0.7 * plain.height
    assert len(marked.data) < 60_000


def test_a_quote_in_pieces_is_found_by_its_pieces(plan):
    whole = draw(plan, PictureAsk(1, ("แผนพัฒนาท้องถิ่น … ไม่มีถ้อยคำนี้ | แผนพัฒนา",)))
    assert whole.marked >= 1


def test_words_that_are_not_there_mark_nothing(plan):
    assert draw(plan, PictureAsk(1, ("xyzxyzxyz",))).marked == 0


def test_numbers_are_painted_over(plan):
    hidden = draw(plan, PictureAsk(1, hide=("แผนพัฒนา",), crop=False))
    assert hidden.hidden >= 1
    dark = sum(n for n, (r, g, b) in pixels(hidden).getcolors(1 << 24) if max(r, g, b) < 60)
    before = sum(n for n, (r, g, b) in pixels(draw(plan, PictureAsk(1, crop=False))).getcolors(1 << 24) if max(r, g, b) < 60)
    assert dark > before + 500


def test_a_scan_has_no_marks():
    assert draw(sample("scan0041.pdf"), PictureAsk(1, (REPORT,))).marked == 0


def test_a_page_that_is_not_there(plan):
    assert draw(plan, PictureAsk(999)) == Picture(cause="unreadable")


def test_in_a_child_whatever_goes_wrong_is_a_cause(plan):
    with ReaderPool(1, Limits(seconds=10)) as pool:
        good = pool.picture(plan, PictureAsk(1, ("แผนพัฒนาท้องถิ่น",)))
        assert good.marked >= 1
        assert pool.picture(b"no pdf at all", PictureAsk(1)).cause.startswith("PdfiumError")
        assert pool.picture(plan, PictureAsk(1)).data
