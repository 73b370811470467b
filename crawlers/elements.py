"""Where an element of a page leads, besides the ``a``: what stands in its attributes, and what its form would send.

Pure functions of the element; `crawlers.links` adds the words around it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from crawlers.forms import asks, sent_by
from crawlers.hidden import is_address, literal_in, locations_in
from crawlers.rows import text_of
from crawlers.urls import resolve
from ita_rules.run.types import LinkKind

Attributes: TypeAlias = dict[str, str]
Led: TypeAlias = tuple[LinkKind, str, str]
"""Where something leads: the kind of link, the absolute address, the element's own words."""

Taker: TypeAlias = Callable[[Any, Attributes, str, str], Iterator[Led]]
"""Of an element, its attributes, the page's base address and its encoding: where it leads."""

_PRESSED = ("onclick", "ondblclick", "onmousedown", "data-href", "data-url", "data-link", "data-pdf", "data-file")
PRESSES = frozenset(_PRESSED)
"""Attributes that may say where pressing an element leads."""

_FEEDS = ("application/rss+xml", "application/atom+xml")


def pressed(attributes: Attributes, base: str, encoding: str) -> str:
    """The address that pressing an element leads to, ``""`` where it has none."""
    return next((url for name in _PRESSED if (url := handled(attributes.get(name, ""), base, encoding))), "")


def handled(handler: str, base: str, encoding: str) -> str:
    """The address that a handler leads to, ``""`` where it has none."""
    place = literal_in(handler) if handler else ""
    return resolve(base, place, encoding) if place else ""


def own_text(element: Any) -> str:
    """The words of an element, else those of a picture in it, else its title."""
    text = " ".join((element.text or "").split()) if not len(element) else text_of(element)
    if not text and len(element):
        for image in element.iter("img"):
            text = " ".join((image.get("alt") or image.get("title") or "").split())
            if text:
                break
    return text or " ".join((element.get("title") or element.get("aria-label") or "").split())


def _shown(kind: LinkKind, *names: str) -> Taker:
    """What the first of some attributes names that has an address."""

    def take(element: Any, attributes: Attributes, base: str, encoding: str) -> Iterator[Led]:
        for name in names:
            value = attributes.get(name)
            url = resolve(base, value, encoding) if value else ""
            if url:
                yield kind, url, attributes.get("alt") or attributes.get("title") or attributes.get("name") or ""
                return

    return take


def _link(element: Any, attributes: Attributes, base: str, encoding: str) -> Iterator[Led]:
    """What a page names for machines: the next page, its other languages, its feed. No visitor can click it."""
    relations = attributes.get("rel", "").lower().split()
    kind = attributes.get("type", "").strip().lower()
    url = resolve(base, attributes.get("href", ""), encoding) if attributes.get("href") else ""
    if not url or "stylesheet" in relations:
        return
    if "alternate" in relations and kind in _FEEDS:
        # Every article of some systems has a feed of its comments; what it holds is the article.
        own = base.partition("?")[0].rstrip("/")
        if "comment" not in url.lower() and (own.count("/") < 3 or not url.startswith(own)):
            yield "feed", url, attributes.get("title", "")
    elif (
        not {"next", "prev", "canonical", "alternate"}.isdisjoint(relations)
        and kind in ("", "text/html")
        and _path_of(url) != _path_of(base)
    ):
        yield "sitemap", url, attributes.get("title", "")


def _path_of(url: str) -> str:
    """Path and query of an address, as far as two spellings of one page share them."""
    return "".join(url.split("/", 3)[3:]).partition("#")[0].rstrip("/").lower()


def _option(element: Any, attributes: Attributes, base: str, encoding: str) -> Iterator[Led]:
    value = attributes.get("value", "").strip()
    if is_address(value):
        yield "onclick", resolve(base, value, encoding), text_of(element)


def _form(element: Any, attributes: Attributes, base: str, encoding: str) -> Iterator[Led]:
    for place, words in sent_by(element, encoding):
        yield "form", resolve(base, place, encoding), words


def _button(element: Any, attributes: Attributes, base: str, encoding: str) -> Iterator[Led]:
    place = attributes.get("formaction")
    if place and asks(element):
        yield "form", resolve(base, place, encoding), own_text(element) or attributes.get("value", "")
    elif not PRESSES.isdisjoint(attributes):
        yield "onclick", pressed(attributes, base, encoding), own_text(element)


def _param(element: Any, attributes: Attributes, base: str, encoding: str) -> Iterator[Led]:
    """The file of an object of the old kind."""
    value = attributes.get("value", "").strip()
    if attributes.get("name", "").lower() in ("src", "file", "filename", "url") and is_address(value):
        yield "object", resolve(base, value, encoding), ""


def _body(element: Any, attributes: Attributes, base: str, encoding: str) -> Iterator[Led]:
    for place in locations_in(attributes.get("onload", "")):
        yield "script", resolve(base, place, encoding), ""


TAKERS: dict[str, Taker] = {
    "area": _shown("area", "href"),
    "frame": _shown("frame", "src"),
    "iframe": _shown("iframe", "src", "data-src", "data-lazy-src"),
    "embed": _shown("embed", "src"),
    "object": _shown("object", "data"),
    "param": _param,
    "link": _link,
    "option": _option,
    "form": _form,
    "input": _button,
    "button": _button,
    "body": _body,
}
"""Where elements lead, by their tag; an address may be ``""`` where there is none."""
