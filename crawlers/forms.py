"""Forms that need no typing are links: a button with hidden fields, a year to choose.

Only those that ask (GET) and have nothing that a person fills in: what is sent then is what every visitor would send.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_plus

from crawlers.hidden import is_address
from crawlers.rows import text_of

MAX_CHOICES = 60
"""Choices of one list that are followed; a list of all villages is a search and no menu."""

_MAX_FIELDS = 40
_SENDING = ("submit", "image", "button", "reset", "")


def asks(element: Any) -> bool:
    """Whether a button (or what stands in its form) asks for an address, and sends nothing that would change anything."""
    own = element.get("formmethod")
    form = next(element.iterancestors("form"), None)
    method = own or (form.get("method") if form is not None else "") or "get"
    return bool(method.strip().lower() == "get")


def sent_by(form: Any, encoding: str) -> Iterator[tuple[str, str]]:
    """What a form that needs no typing sends: (address, as written; words of the button or choice) of each way to send it.

    `encoding` is the page's, in which a browser sends letters. Nothing comes of a form with a field to fill in, with
    several lists to choose from, or that sends by POST.
    """
    if (form.get("method") or "get").strip().lower() != "get":
        return
    pairs: list[tuple[str, str]] = []
    button, words, choice = None, "", None
    for count, field in enumerate(form.iter("input", "select", "textarea", "button")):
        kind = (field.get("type") or ("submit" if field.tag == "button" else "")).strip().lower()
        if field.tag == "textarea" or count > _MAX_FIELDS or (field.tag == "select" and choice is not None):
            return
        if field.tag == "select":
            choice = field
        elif field.tag == "input" and kind == "hidden":
            if field.get("name"):
                pairs.append((field.get("name"), field.get("value") or ""))
        elif field.tag == "input" and (kind not in _SENDING or kind == ""):
            return
        elif kind in ("submit", "image") and button is None:
            button = field
            words = field.get("value") or text_of(field) or field.get("alt") or ""
    if button is None and choice is None:
        return
    if button is not None and button.get("name") and button.get("value"):
        pairs.append((button.get("name"), button.get("value")))
    place = (form.get("action") or "").strip().partition("#")[0].partition("?")[0]
    if choice is None:
        if pairs or place:
            yield _asked(place, pairs, encoding), words
        return
    name = choice.get("name")
    options = [(o.get("value") if o.get("value") is not None else text_of(o), text_of(o)) for o in choice.iter("option")]
    if not name or len(options) > MAX_CHOICES or any(is_address(value) for value, _ in options):
        return
    for value, text in options:
        if value.strip():
            yield _asked(place, [*pairs, (name, value.strip())], encoding), text


def _asked(place: str, pairs: list[tuple[str, str]], encoding: str) -> str:
    if not pairs:
        return place
    known = encoding if encoding == "cp874" else "utf-8"
    query = "&".join(f"{_coded(name, known)}={_coded(value, known)}" for name, value in pairs)
    return f"{place}?{query}"


def _coded(text: str, encoding: str) -> str:
    return quote_plus(text.encode(encoding, "replace"))
