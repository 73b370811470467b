import pytest

from crawlers.landmarks import TOGGLE, hints_of


@pytest.mark.parametrize(
    ("tag", "name", "identity", "role", "zone"),
    [
        ("div", "navbar navbar-light", "", "", "nav"),
        ("div", "", "Main-Menu", "", "nav"),
        ("ul", "dropdown-menu", "", "", "nav"),
        ("td", "site-footer", "", "", "footer"),
        ("div", "top-bar", "", "", "header"),
        ("div", "", "", "contentinfo", "footer"),
        ("x-menu", "", "", "navigation", "nav"),
        ("a", "navbar", "", "", None),
        ("div", "navigate-here", "", "", None),
        ("div", "content", "body", "", None),
    ],
)
def test_zones(tag, name, identity, role, zone):
    assert hints_of(tag, name, identity, role)[0] == zone


@pytest.mark.parametrize(
    ("tag", "name", "is_card"),
    [("div", "Card shadow", True), ("article", "media", True), ("span", "card", False), ("div", "discard", False)],
)
def test_cards(tag, name, is_card):
    assert hints_of(tag, name, "", "")[1] is is_card


@pytest.mark.parametrize(
    ("tag", "name", "is_title"),
    [
        ("div", "card-header", True),
        ("div", "elementor-tab-title", True),
        ("button", "my-accordion", True),
        ("div", "my-accordion", False),
        ("div", "subtitle", False),
    ],
)
def test_titles_of_folds(tag, name, is_title):
    assert hints_of(tag, name, "", "")[2] is is_title


@pytest.mark.parametrize(("name", "toggles"), [("nav-link dropdown-toggle", True), ("collapsed", True), ("nav-link", False)])
def test_toggles(name, toggles):
    assert bool(TOGGLE.search(name)) is toggles
