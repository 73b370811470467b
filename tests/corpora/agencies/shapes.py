"""More shapes of websites, for the pools that name them in `shapes`: where the lists of papers are and what their links say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.corpora.agencies.site import Entry, Site

Menu = list[tuple[str, str]]
"""Words and addresses of the links that a shape adds to the menu of every page."""


def _fields(site: Site, entries: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """The entries under the heading of their field; fields without any are left out."""
    found = [(words, [e for e in entries if e.indicator == code]) for code, words in site.headings.items()]
    return [(words, inner) for words, inner in found if inner]


def _titled(site: Site, entries: Sequence[Entry], words: str) -> str:
    """A list of titles, each beside a link that says the same everywhere."""
    return "<ul>" + "".join(f"<li>{escape(e.title)} {site.link(e, words)}</li>" for e in entries) + "</ul>"


def _clicks(site: Site) -> Menu:
    """The form as a table: code, item, and a link that says no more than where to click."""
    rows = []
    for code, name in site.titles.items():
        found = [e for e in site.entries if e.item == code]
        alone = len(found) == 1
        cells = "<br>".join(("" if alone else f"{escape(e.title)} ") + site.link(e, "คลิกที่นี่") for e in found)
        rows.append(f"<tr><td>{code}</td><td>{escape(name)}</td><td>{cells}</td></tr>")
    head = "<tr><th>ลำดับ</th><th>รายการข้อมูล</th><th>เอกสาร</th></tr>"
    return [(f"ITA {site.year}", site.page("/ita", f"ITA {site.year}", f"<table>{head}{''.join(rows)}</table>"))]


def _codeless(site: Site) -> Menu:
    """The form as one list of links, with no codes and no names of items."""
    body = "".join(f"<p>{site.link(e)}</p>" for e in site.entries)
    words = f"เปิดเผยข้อมูลสาธารณะ ปี {site.year}"
    return [(words, site.page("/oit", words, body))]


def _split(site: Site) -> Menu:
    """The form on one page for each field, behind a page that only lists those."""
    parts = []
    for number, (words, found) in enumerate(_fields(site, site.entries), 1):
        body = "".join(f"<p>{e.item.lower()} : {site.link(e)}</p>" for e in found)
        path = site.page(f"/ita/{site.year}/{number}", words, body)
        parts.append(f'<li><a href="{path}">{escape(words)}</a></li>')
    title = f"การประเมิน ITA ปี {site.year}"
    return [("ITA", site.page(f"/ita/{site.year}", title, f"<ul>{''.join(parts)}</ul>"))]


def _folders(site: Site) -> Menu:
    """A folder for each year, and in it the papers by their field, to be downloaded."""
    folders = []
    for year, entries in ((site.year, site.entries), (site.year - 1, site.older)):
        if entries:
            inner = "".join(f"<h4>{escape(words)}</h4>{_titled(site, e, 'ดาวน์โหลด')}" for words, e in _fields(site, entries))
            path = site.page(f"/folder/{year}", f"เอกสารเผยแพร่ ปี {year}", inner)
            folders.append(f'<li><a href="{path}">ปี {year}</a></li>')
    return [("คลังเอกสาร", site.page("/folder", "คลังเอกสาร", f"<ul>{''.join(folders)}</ul>"))]


def _dropdown(site: Site) -> Menu:
    """No lists: every paper hangs in a menu that opens under the heading of its field."""
    for words, found in _fields(site, [*site.entries, *site.older]):
        site.groups.append((words, list({e.href: (e.title, e.href) for e in found}.values())))
    return []


SHAPES: dict[str, Callable[[Site], Menu]] = {
    "clicks": _clicks,
    "codeless": _codeless,
    "split": _split,
    "folders": _folders,
    "dropdown": _dropdown,
}
"""What makes the lists of a shape and returns its part of the menu."""
