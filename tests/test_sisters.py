"""Parts of merged items that were not located, by what was found for the other parts."""

from __future__ import annotations

import pytest

from ita_rules.model import ItemResult, Status
from ita_rules.rulesets.types import Item, RuleSet
from ita_rules.wants import wants
from tests.build import TITLES, Site, check, rules, words
from tests.test_judge import BOTH, MERGED, told
from tests.test_wants import unread

POWERS = "# งานของเรา\n## ข้อเสนอแนะ\nควรเร่งรัดงานที่ค้างให้เสร็จภายในปี"
CHANNEL = rules(
    Item(
        id="O1",
        concepts=("contact", "qna"),
        name=words("การติดต่อและถามตอบ"),
        indicator="9.1",
        titles={c: TITLES[c] for c in ("contact", "qna")},
        checks=(
            check("answered", "contact.answered", "O1", concept="contact"),
            check("answered", "qna.answered", "O1", concept="qna"),
            check("two_way", "qna.two_way", "O1", concept="qna"),
        ),
    )
)
FORM = "# ติดต่อเรา\nโทรศัพท์ 0 2999 4400\n[form: ชื่อ, ข้อความ -> ส่ง]"


def menu(*names: str, powers: str = POWERS) -> Site:
    """A site with a menu that leads to the structure and to a page in words of its own, with others before and between."""
    site = Site().page("/").page("structure", f"# {BOTH['structure']}").page("powers", powers)
    for name in names:
        target, text = ("structure", TITLES["structure"][0]) if name == "structure" else (name, "งานของเรา")
        site = site if name in ("structure", "powers") else site.page(name, "# เรื่องอื่น\nไม่เกี่ยวกัน")
        site.link("/", target, text if name in ("structure", "powers") else name, zone="nav")
    return site


def only(site: Site, ruleset: RuleSet = MERGED) -> ItemResult:
    """The merged item."""
    (one,) = told(site, ruleset).items
    return one


@pytest.mark.parametrize(
    ("names", "status"),
    [
        (("structure", "powers"), Status.PASS),
        (("powers", "history", "structure"), Status.PASS),
        (("structure", "a", "b", "c", "powers"), Status.GAP),
    ],
)
def test_the_entry_beside_a_sisters_in_the_menu_is_taken(names: tuple[str, ...], status: Status) -> None:
    assert only(menu(*names)).status is status


def test_what_does_not_meet_all_is_left_alone() -> None:
    one = only(menu("structure", "powers", powers="# งานของเรา\nข้อความของหน้านี้"))
    told_of = {c.id: c for c in one.checks}
    assert told_of["O1.duties.answered"].status is Status.GAP
    assert not [s for s in one.sources if "powers" in s.url]


def test_the_menus_entry_is_wanted_before_it_is_judged() -> None:
    site = unread(menu("structure", "powers"), "powers", "text/html")
    assert site.url("powers") in {w.url for w in wants(site.data, MERGED) if w.kind == "read"}


def contact(form: str = FORM) -> Site:
    """A site whose contact page has a form."""
    return Site().page("/").page("contact", form).link("/", "contact", TITLES["contact"][0])


def test_the_only_form_of_a_site_is_no_two_way_channel() -> None:
    two_way = next(c for c in only(contact(), CHANNEL).checks if c.kind == "two_way")
    assert two_way.status is Status.GAP
    assert [e.url for e in two_way.evidence] == [contact().url("contact")]


def test_a_chat_on_the_contact_page_is_the_channel() -> None:
    site = contact().link("contact", "https://lin.ee/example1", "เพิ่มเพื่อน")
    assert only(site, CHANNEL).status is Status.PASS


@pytest.mark.parametrize("text", ["กระดานข่าวและกระทู้", "LINE Official Account"])
def test_a_word_of_a_channel_anywhere_keeps_the_form_from_being_called_the_only_one(text: str) -> None:
    site = contact().page("other", f"# อื่น ๆ\n{text}").link("/", "other", "อื่น ๆ")
    two_way = next(c for c in only(site, CHANNEL).checks if c.kind == "two_way")
    assert two_way.status is Status.UNDECIDED


def test_of_a_site_not_seen_whole_the_form_says_nothing() -> None:
    two_way = next(c for c in only(contact().meta(stopped_by="time"), CHANNEL).checks if c.kind == "two_way")
    assert two_way.status is Status.UNDECIDED
