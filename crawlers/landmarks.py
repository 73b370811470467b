"""What an element says of its place on a page by its tag, role, class and id: the zone of a site's frame, a card, a fold's title.

Some sites name their parts by tags and roles, others by the classes of the framework that they are built with.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ita_rules.run.types import Zone

ZONE_TAGS: dict[str, Zone] = {"nav": "nav", "header": "header", "footer": "footer", "main": "main", "article": "main"}
"""Zones that a tag names by itself."""

_ZONE_ROLES: dict[str, Zone] = {
    "navigation": "nav",
    "banner": "header",
    "contentinfo": "footer",
    "main": "main",
    "menubar": "nav",
}
_ZONE_CLASSES: tuple[tuple[Zone, re.Pattern[str]], ...] = (
    (
        "nav",
        re.compile(
            r"(?:^|\s)(?:nav|navbar|navigation|menubar|mainnav|main-nav|site-navigation|main-?menu|top-?menu|side-?menu|mega-?menu"
            r"|nav-?menu|sidebar-menu|dropdown-menu|breadcrumbs?)(?:$|\s)"
        ),
    ),
    ("header", re.compile(r"(?:^|\s)(?:(?:site-)?header|top-?bar|top-header|masthead|page-top)(?:$|\s)")),
    ("footer", re.compile(r"(?:^|\s)(?:(?:site-|page-|main-)?footer|copyright|footer-(?:area|wrapper)|colophon)(?:$|\s)")),
)
_CARD = re.compile(r"(?:^|[\s_-])(?:card|list-group-item|thumbnail|media|panel-body|accordion-(?:body|item)|list-item)(?:$|\s)")
_TITLE_CLASS = re.compile(
    r"(?i)(?:^|\s)(?:accordion-(?:header|title|button|heading)|panel-(?:title|heading)|card-(?:header|title)|collapsible(?:-header)?"
    r"|collapse-title|toggle-title|[\w-]*tab-title|[\w-]*toggle_title|[\w-]*panel-title|accordion__title|ui-accordion-header)(?:$|\s)"
)
TOGGLE = re.compile(
    r"(?i)(?:^|\s)(?:dropdown-toggle|collapsed|accordion[\w-]*|navbar-toggle[r]?|close|btn-close|carousel-control\S*|back-to-top|scroll\S*)(?:$|\s)"
)
"""Classes of a link that opens something on the page itself."""


@lru_cache(maxsize=2048)
def hints_of(tag: str, name: str, identity: str, role: str) -> tuple[Zone | None, bool, bool]:
    """What an element's class, id and role say: its zone, whether it is a card, whether it is the title of a fold."""
    zone = _ZONE_ROLES.get(role)
    words = f"{name} {identity}".lower()
    if zone is None and tag in ("div", "ul", "ol", "section", "table", "td", "aside", "span", "p"):
        zone = next((z for z, names in _ZONE_CLASSES if names.search(words)), None)
    is_title = bool(_TITLE_CLASS.search(name)) or (tag == "button" and "accordion" in name)
    return zone, tag in ("div", "section", "article", "dd") and bool(_CARD.search(name.lower())), is_title
