"""Which part of a web page is the site's frame (menus, banner, footer) and which its content.

Told by tag and role; by class and id only where the words are plain and the part does not hold most of the page, since home
made themes wrap everything in a ``div class="menu"``.
"""

from __future__ import annotations

import re

from bs4 import Tag

from ita_rules.run.types import Zone

_NAV = re.compile(
    r"^(?:(?:main|top|side|left|right|mobile|site|primary|secondary|mega|sub|dropdown|drop|footer|bottom|header|global|page|my|ul)[-_]?)?"
    r"(?:nav|menu|navbar|navigation|navi|menubar|sidemenu|sidenav|topnav)(?:[-_]?(?:bar|main|top|left|right|container|wrapper|wrap|list|primary|"
    r"collapse|area|links|inner|menu|box))?\d*$|^breadcrumbs?$|^(?:site-)?pathway$|^off-?canvas(?:-menu)?$|^slicknav.*$",
    re.I,
)
_TAB_LIST = re.compile(r"^(?:nav-(?:tabs|pills)|tabs?|tab-list|tablist)$", re.I)
_HEADER = re.compile(
    r"^(?:(?:site|main|top|page-top|global|wrap|web)[-_]?header|header(?:[-_]?(?:top|wrap|wrapper|area|main|bar))?|masthead|top-?bar|banner)$",
    re.I,
)
_FOOTER = re.compile(
    r"^(?:(?:site|main|page|global|wrap|web|bottom)[-_]?)?footer(?:[-_]?(?:top|bottom|wrap|wrapper|area|main|bar|inner|widgets?|container|copyright|section))?\d*$"
    r"|^copy-?right(?:s|-text|-area)?$",
    re.I,
)
_CONTENT = frozenset(("main", "article", "section"))
_BY_ROLE: dict[str, Zone] = {"navigation": "nav", "menu": "nav", "menubar": "nav", "banner": "header", "contentinfo": "footer"}
MOST = 0.5
"""A part named like a frame that holds more than this share of the page's text is content all the same."""


def zone_of(node: Tag, outer: Zone, total: int) -> Zone:
    """The zone of `node` inside a part of zone `outer`; `total` is the length of the page's text."""
    if outer in ("nav", "footer"):
        return outer
    name = node.name.lower()
    role = str(node.get("role") or "").lower()
    if name in ("html", "body", "main", "article") or role == "main":
        return "main" if name != "html" else outer
    found: Zone | None = _BY_ROLE.get(role)
    words = [word for word in (*node.get_attribute_list("class"), node.get("id")) if isinstance(word, str) and word]
    if name == "nav" and not any(_TAB_LIST.match(word) for word in words):
        found = "nav"
    elif name in ("header", "footer") and not any(p.name in _CONTENT for p in node.parents):
        found = "header" if name == "header" else "footer"
    elif found is None and not any(_TAB_LIST.match(word) for word in words):
        for word in words:
            found = found or (
                "nav" if _NAV.match(word) else "header" if _HEADER.match(word) else "footer" if _FOOTER.match(word) else None
            )
    if found is None:
        return outer
    sure = name in ("nav", "footer") or role in _BY_ROLE
    if (
        not sure
        and total
        and len(node.get_text()) > MOST * total
        and node.find(("table", "article", "main", "p", "h1", "h2", "h3"))
    ):
        return outer
    return found
