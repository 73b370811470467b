"""Forms of a web page: what they ask for and whether one can send a file or must sign in."""

from __future__ import annotations

from collections.abc import Iterable

from bs4 import Tag

from crawlers.readers.lines import fold
from ita_rules.run.types import Form, Zone

MAX_FIELDS = 60
"""At most so many words of a form are kept."""

MAX_OPTIONS = 12
"""At most so many choices of one list are kept: a year or district list tells nothing more after that."""

_BUTTONS = frozenset(("submit", "button", "reset", "image"))


def is_field(node: Tag | str) -> bool:
    """Whether an element (or a tag's name) is a field or a button."""
    return (node if isinstance(node, str) else node.name) in ("input", "select", "textarea", "button")


def form_of(form: Tag | None, fields: Iterable[Tag], action: str, before: int, zone: Zone) -> Form:
    """The form made of `fields`. `form` is None for fields that stand in no form (pages that send by script).

    `Form.fields` holds, each once: labels, placeholders, titles, names of the fields, and the choices of lists and radio
    buttons.
    """
    words: list[str] = [label.get_text() for label in form.find_all("label")] if form else []
    buttons: list[str] = []
    has_file = has_password = False
    for node in fields:
        kind = str(node.get("type") or ("submit" if node.name == "button" else "text")).lower()
        if node.name == "button" or (node.name == "input" and kind in _BUTTONS):
            buttons.append(node.get_text() or str(node.get("value") or node.get("alt") or node.get("title") or ""))
            continue
        if kind == "hidden":
            continue
        has_file = has_file or kind == "file"
        has_password = has_password or kind == "password"
        words.extend(str(node.get(key) or "") for key in ("placeholder", "aria-label", "title", "name"))
        if node.name == "select":
            words.extend(option.get_text() for option in node.find_all("option")[:MAX_OPTIONS])
        elif kind in ("radio", "checkbox"):
            words.append(str(node.get("value") or ""))
    return Form(
        action.strip(),
        str(form.get("method") or "get").lower() if form else "",
        tuple(dict.fromkeys(w for w in map(fold, words) if w))[:MAX_FIELDS],
        tuple(dict.fromkeys(w for w in map(fold, buttons) if w))[:MAX_FIELDS],
        has_file,
        has_password,
        before,
        zone,
    )
