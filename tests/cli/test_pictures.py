import pytest

from crawlers.readers.page_picture import Picture
from ita_rules.cli.pictures import MAX_BYTES, pictures_of
from ita_rules.errors import RunError
from ita_rules.model import Evidence, Severity, Status, ToOpen
from tests.build import HOME, Site
from tests.reports import factory

NUMBER = "1-1037-02071-81-1"


class Bodies:
    """A store with a body for every hash, or with none."""

    def __init__(self, empty=False):
        self.empty = empty

    def get(self, sha256):
        if self.empty:
            raise RunError("blob_missing", path="x", sha256=sha256)
        return sha256.encode()


def item(number, *quotes, status=Status.PASS, **more):
    evidence = tuple(Evidence(url=HOME + "o.pdf", page=page, quote=quote) for page, quote in quotes)
    check = factory.check(number, "results", "component", status, "x").model_copy(update={"evidence": evidence, **more})
    return factory.realistic().items[0].model_copy(update={"id": number, "checks": (check,)})


def report(*items, to_open=()):
    return factory.realistic().model_copy(update={"items": items, "to_open": to_open})


def drawn(made, run=None, size=10, bodies=None):
    asked = []

    def draw(data, ask):
        asked.append(ask)
        return Picture(b"x" * size, 680, 200, len(ask.marks), len(ask.hide))

    site = run or Site().page("/").file("/o.pdf", "รายงาน")
    return pictures_of(made, site.data, bodies or Bodies(), draw), asked


def test_the_quotes_of_one_page_share_a_picture():
    pictures, asked = drawn(report(item("O1", (1, "ก"), (1, "ข"), (2, "ค"))))
    assert sorted((a.page, a.marks) for a in asked) == [(1, ("ก", "ข")), (2, ("ค",))]
    assert [(p.item, p.page, p.marked) for p in pictures] == [("O1", 1, True), ("O1", 2, True)]


def test_items_to_open_come_first_and_no_item_takes_all():
    first = ToOpen(item="O2", checks=("O2.results",), reasons=("x",), asks="x", confidence=0.9)
    many = [(n, "ก") for n in range(1, 9)]
    pictures, _ = drawn(report(item("O1", *many), item("O2", *many), to_open=(first,)))
    assert [p.item for p in pictures] == ["O2"] * 3 + ["O1"] * 3


@pytest.mark.parametrize("more", [{"status": Status.UNDECIDED}, {"severity": Severity.ADVICE}])
def test_only_what_decides_is_shown(more):
    assert drawn(report(item("O1", (1, "ก"), **more)))[0] == ()


def test_what_is_no_pdf_or_not_kept_is_left_out():
    web = Site().page("/").page("/o.pdf", "# x")
    assert drawn(report(item("O1", (1, "ก"))), web)[0] == ()
    assert drawn(report(item("O1", (1, "ก"))), bodies=Bodies(empty=True))[0] == ()


def test_personal_numbers_are_hidden():
    run = Site().page("/").file("/o.pdf", f"นายก เลขประจำตัวประชาชน {NUMBER}")
    _, asked = drawn(report(item("O1", (1, "นายก"))), run)
    assert asked[0].hide == (NUMBER,)


def test_all_together_stay_small():
    pictures, _ = drawn(report(*(item(f"O{n}", (1, "ก")) for n in range(1, 9))), size=MAX_BYTES // 3)
    assert len(pictures) == 3
