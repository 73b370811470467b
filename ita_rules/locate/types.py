"""What locating yields: for each item its candidates, each a bundle of pages and files with the way to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from ita_rules.model import LocatedBy
from ita_rules.run.titles import own_title
from ita_rules.run.types import Document, Exchange, Link

Role = Literal["page", "file", "picture"]

_SHORTEST, _LONGEST = 6, 120
"""Letters of a heading by which a file may be called."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A page or file of a candidate, or a picture that a page of it shows.

    `link` is the link that led to it (None for an address typed in the answers). `via` is the key of the page around it.
    `index` marks a page that only lists the form's items: its words prove nothing. `note` is what the answer says of it.
    """

    key: str
    url: str
    role: Role
    exchange: Exchange | None = None
    document: Document | None = None
    link: Link | None = None
    via: str = ""
    index: bool = False
    note: str = ""

    @property
    def title(self) -> str:
        """The title that it bears itself, ``""`` where it has none that a person gave."""
        return own_title(self.document.title) if self.document else ""

    @property
    def words(self) -> str:
        """The words that name it: its title, else a file's first heading, the page's title, those of the link to it."""
        page = self.exchange.title if self.exchange else ""
        return self.title or self._heading() or own_title(page) or (self.link.text.strip() if self.link else "")

    @property
    def called(self) -> str:
        """How people are told of it: by such words, else by the file's name."""
        return self.words or unquote(self.url.rsplit("/", 1)[-1]) or self.url

    def _heading(self) -> str:
        """The first heading of a file, where it opens with one."""
        if self.document is None or self.role == "page" or not self.document.pages:
            return ""
        first = next((b for b in self.document.pages[0].blocks if b.text.strip()), None)
        text = " ".join(first.text.split()) if first is not None and first.kind == "heading" else ""
        return text if _SHORTEST <= len(text) <= _LONGEST else ""

    @property
    def cause(self) -> str | None:
        """Why it gives no text: the fetch's cause, the reader's, or `not_gathered`. None when there is text."""
        if self.exchange is None:
            return "not_gathered"
        if self.exchange.cause:
            return self.exchange.cause
        if self.document is None:
            return "not_gathered"
        if self.document.cause:
            return self.document.cause
        causes = self.document.causes
        if causes and all(causes):
            return causes[0]
        return None

    @property
    def partial_cause(self) -> str | None:
        """Why a part of it could not be read (one page of many is an image, a list is behind a form), None when it was read
        whole."""
        if self.cause or self.document is None:
            return self.cause
        if self.document.truncated:
            return "budget"
        held_back = "needs_javascript" if self.exchange is not None and self.exchange.holds_back else None
        return next((cause for cause in self.document.causes if cause), held_back)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One answer to an item: pages and files that belong together. `score` orders candidates, higher first."""

    pieces: tuple[Piece, ...]
    located_by: LocatedBy
    score: float = 0.0
    words: str = ""

    @property
    def readable(self) -> tuple[Piece, ...]:
        """The pieces that gave text."""
        return tuple(p for p in self.pieces if p.cause is None)


@dataclass(frozen=True, slots=True)
class Located:
    """What was found for an item.

    `state`: `given` (the answers name addresses), `no_answer` (answers exist, this item is missing or ไม่มี),
    `found` (located without answers) or `none`. `hint` is a page that may serve better. `note` is the answer's explanation.
    `unread` counts candidates by code or title that could not be read.
    """

    state: Literal["given", "no_answer", "found", "none"]
    candidates: tuple[Candidate, ...] = ()
    hint: str = ""
    note: str = ""
    said_no: bool = False
    unread: int = 0
