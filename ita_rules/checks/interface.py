"""What a check kind is: a module of this package with `KIND` and `observe(ctx, check) -> Observation`.

A check looks at the evidence of its item and yields one observation: met, not met, or could not tell and why, with quotes.
It knows nothing of statuses; the rules over facts make those.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from ita_rules.acts import is_server_fault
from ita_rules.checks.find.fit import Asked, Fit, asked_of, fit
from ita_rules.checks.find.printed import form_words, says_nothing
from ita_rules.checks.find.shapes.agency import is_map
from ita_rules.checks.find.unfinished import is_unfinished, says_none
from ita_rules.locate import Candidate, Located, Piece, SiteView, Titles
from ita_rules.locate.expand import link_years
from ita_rules.locate.lines import strip_number
from ita_rules.locate.pictures import portraits
from ita_rules.locate.site import viewer_target
from ita_rules.locate.titles import STRONG, WEAK
from ita_rules.model import AgencyType, Evidence, NearMiss, Severity
from ita_rules.rulesets.types import Check, Item, RuleSet
from ita_rules.run.keys import url_key
from ita_rules.run.services import cause_at
from ita_rules.run.types import Document
from ita_rules.thai.fold import loose

Said = tuple[str, Mapping[str, object]]
"""A sentence of the catalogues: its id and the values for its places."""


class Outcome(StrEnum):
    """What a check saw."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_DUE = "not_due"
    NOT_APPLICABLE = "not_applicable"


AGENCY_CAUSES = frozenset({"http_404", "http_410", "soft_404", "login", "empty_link"})
"""Causes that are the agency's to mend, each seen again on a second try (CONTRACT, "Looking and failing")."""

SOCIAL_SERVES = frozenset({"social-network", "news", "qna"})
"""Concepts that social media serve; for all others they are no place of their own."""


@dataclass(frozen=True, slots=True)
class Observation:
    """What one check saw. `message` and `why` are catalogue sentences; `cause` names why an unknown is one.

    `severity` overrides the rule's, for what is only advice once seen. `fix` overrides the rule's fix.
    """

    check: Check
    outcome: Outcome
    message: Said
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()
    why: tuple[Said, ...] = ()
    cause: str = ""
    severity: Severity | None = None
    fix: Said | None = None
    due: str = ""
    near: tuple[NearMiss, ...] = ()


@dataclass
class Context:
    """All that a check may look at. `candidate` is the bundle judged now; None where nothing was located."""

    site: SiteView
    titles: Titles
    ruleset: RuleSet
    item: Item
    located: Located
    candidate: Candidate | None
    agency_name: str
    agency_type: AgencyType
    as_of: dt.date
    lang: str = "th"
    only_files: bool = False

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The candidate's pieces."""
        return self.candidate.pieces if self.candidate else ()

    @cached_property
    def content(self) -> tuple[Piece, ...]:
        """The readable pieces whose words may prove something: no ITA page, no page that is only a door to its file, or to the
        one page that it names, nothing that only prints what the form asks, or says that it is still to come."""
        readable = [p for p in self.pieces if p.cause is None and not p.index and not self._is_loading(p)]
        readable = [p for p in readable if p.key not in self.doors and p not in self.printed and p not in self.unfinished]
        files = [p for p in readable if p.role == "file"]
        rich = [p for p in readable if p.role == "page" and (not files or self._own_letters(p) >= _DOOR or _has_form(p))]
        shown = [p for p in readable if p.role == "picture" and self.letters(p) >= _WORDS]
        return tuple(files + rich + shown)

    @cached_property
    def doors(self) -> frozenset[str]:
        """Keys of the pages that say nothing of their own but what their one link leads to, and of those that only list what
        cannot be opened."""
        return frozenset(p.key for p in self.pieces if p.role == "page" and (self._is_door(p) or self._is_dead_list(p)))

    def _is_door(self, page: Piece) -> bool:
        behind = {self.site.final(p.key) for p in self.pieces if p.via in (page.key, self.site.final(page.key))}
        if page.cause or page.index or page.document is None or len(behind) != 1 or self.site.is_home(page.key):
            return False
        links = self.site.content_links(page.key)
        if {self.site.final(x.target) for x in links} != behind or _has_form(page):
            return False
        named = {loose(x.text) for x in links}
        lines = [x for x in self.site.lines(page.document) if x.block.kind != "heading" and loose(x.text) not in named]
        return sum(map(len, {x.key for x in lines})) < _WORDS

    def _is_dead_list(self, page: Piece) -> bool:
        """Whether a page is a list whose every entry for the item leads to a sign-in page or to nothing: its words only name what
        should stand behind them. Entries that name the item count, else all; those of another year do not."""
        if page.cause or page.index or page.document is None or self.site.is_home(page.key) or _has_form(page):
            return False
        behind = [p for p in self.pieces if p.key and p.link and p.via in (page.key, self.site.final(page.key))]
        behind = [p for p in behind if not self._of_another_year(p)]
        entries = [p for p in behind if p.link and self.titles.link_score(p.link, self.item) >= WEAK] or behind
        if not entries or not all(map(_is_shut, entries)):
            return False
        links = self.site.content_links(page.key)
        labels = {folded for x in links for words in (x.text, x.row) if (folded := loose(strip_number(words)))}
        rest = (x for x in self.site.lines(page.document) if x.block.kind != "heading" and x.loose not in labels)
        return sum(map(len, {x.key for x in rest})) < _DOOR

    @cached_property
    def printed(self) -> tuple[Piece, ...]:
        """The readable pieces that print what the form asks, and no answer."""
        return tuple(p for p in self.pieces if p.cause is None and not p.index and self._is_printed(p))

    def _is_printed(self, piece: Piece) -> bool:
        """Whether a piece prints what the form asks and answers nothing: in words, by a form, a picture or a link."""
        document = self._words_alone(piece)
        return document is not None and says_nothing(self.site.lines(document), form_words(self.ruleset), self.agency_name)

    @cached_property
    def unfinished(self) -> tuple[Piece, ...]:
        """The readable pieces that only say that their content is still to come, or that there is none yet."""
        return tuple(p for p in self.pieces if p.cause is None and not p.index and self._is_unfinished(p))

    def _is_unfinished(self, piece: Piece) -> bool:
        document = self._words_alone(piece)
        if document is None or self.letters(piece) > _SHELL:
            return False
        return is_unfinished(self.site.lines(document), form_words(self.ruleset), self.agency_name)

    def may_fill(self, piece: Piece) -> bool:
        """Whether a script may yet fill a web page whose list is empty when it is fetched ("ไม่พบข้อมูล")."""
        lines = self.site.lines(piece.document) if piece.document else ()
        web = piece.document is not None and piece.document.media_type == "text/html"
        return web and any(says_none(x.loose) for x in lines)

    def _words_alone(self, piece: Piece) -> Document | None:
        """The document of a piece that holds nothing but words: no form, picture, embedded page or link that could answer."""
        document = piece.document
        if document is None or document.embeds or any(f.zone == "main" for f in document.forms) or portraits(document):
            return None
        own = (piece.key, self.site.final(piece.key))
        if any(self.site.final(x.target) not in own for x in self.site.content_links(piece.key) if x.target):
            return None
        return document

    @property
    def known_words(self) -> tuple[str, ...]:
        """The folded wordings and look-alikes of all components, and titles of all concepts, of four letters and more."""
        return form_words(self.ruleset).listed

    @cached_property
    def asked(self) -> Asked | None:
        """The period that the item asks for, by its first criterion check of kind `period`."""
        for check in self.item.checks:
            if check.kind == "period" and check.severity is Severity.CRITERION:
                return asked_of(check, self.ruleset.fiscal_year)
        return None

    @cached_property
    def fits(self) -> Mapping[str, Fit]:
        """How each content piece fits the period asked, by key; empty where none is asked."""
        if self.asked is None:
            return {}
        return {p.key: fit(self.site, p, self.item, self.titles, self.asked) for p in self.content}

    @cached_property
    def fitting(self) -> tuple[Piece, ...]:
        """The content pieces to look for components in: those of the period asked where there are such, with those that do
        not say (by their names are of another one); else all."""
        good = {k for k, f in self.fits.items() if f.verdict == "fit"}
        if not good:
            return self.content
        unsaid = {k for k, f in self.fits.items() if f.verdict == "unknown" and f.reason != "name"}
        return tuple(p for p in self.content if p.key in good | unsaid)

    def recognised(self, pieces: Iterable[Piece]) -> bool:
        """Whether some text of these pieces was recognised from a picture, where letters are mistaken now and then."""
        return any(page.method == "ocr" for p in pieces if p.document for page in p.document.pages)

    def letters(self, piece: Piece) -> int:
        """How many letters of own text a piece has."""
        return self.site.letters(piece.document) if piece.document else 0

    def _own_letters(self, piece: Piece) -> int:
        """The same without what the site repeats on its pages, even where a page has little else."""
        lines = self.site.lines(piece.document) if piece.document else ()
        return sum(map(len, {line.key for line in lines if line.loose not in self.site.frame}))

    @cached_property
    def unread_cause(self) -> str | None:
        """Why some of the evidence could not be read whole, None when all of it was.

        A page that only surrounds a file is no evidence of its own, and the map in a page holds no text that is asked.
        What the agency's own fault hides (a dead link beside a good file) is dealt with by `reachable`; what its link says is
        of another year would not have served anyway.
        """
        for piece in self.pieces:
            cause = self._told(piece)
            if not cause or piece.index or (self._is_around(piece) and self.content):
                continue
            if self.content and is_map(piece.url):
                continue
            if self.content and (cause in AGENCY_CAUSES or self._of_another_year(piece)):
                continue
            return cause
        readable = [p for p in self.pieces if p.cause is None and not p.index and p.role != "picture"]
        if any(self._is_loading(p) and not self._shows_file(p) for p in readable):
            return "needs_javascript"
        if (self.printed or self.unfinished) and not self.content:
            return "uncertain"
        return "no_ocr" if readable and all(map(self._is_pictures, readable)) else None

    def _told(self, piece: Piece) -> str | None:
        """Why a piece could not be read whole; the wall of a social network tells of itself only where such a page serves."""
        final = piece.exchange.final_url if piece.exchange else ""
        serves = set(self.item.concepts) & SOCIAL_SERVES
        return cause_at(piece.partial_cause, piece.url, final) if serves else piece.partial_cause

    def _is_around(self, piece: Piece) -> bool:
        """Whether a piece is a page beside the evidence: one that a link led to whose words do not name the item."""
        return piece.role == "page" and piece.link is not None and self.titles.link_score(piece.link, self.item) < STRONG

    def _of_another_year(self, piece: Piece) -> bool:
        told = link_years(piece.link)
        return bool(self.asked and told and not told & set(self.asked.years))

    def _is_pictures(self, piece: Piece) -> bool:
        """Whether a web page says nothing but in pictures, which nobody has read."""
        return (
            piece.document is not None
            and piece.document.media_type == "text/html"
            and self.letters(piece) < _WORDLESS
            and not _has_form(piece)
            and bool(portraits(piece.document))
            and not self._shows_file(piece)
        )

    def _shows_file(self, piece: Piece) -> bool:
        viewed = url_key(viewer_target(piece.url))
        own = (piece.key, self.site.final(piece.key))
        return any(p.role != "page" and (p.via in own or p.key == viewed) for p in self.pieces)

    def _is_loading(self, piece: Piece) -> bool:
        """Whether a web page holds next to nothing but a word that its content is still to be loaded by a script."""
        return piece.document is not None and is_loading(self.site, piece.document)

    def words_of(self, check: Check) -> str:
        """The name of a check's component in the report's language."""
        component = self.ruleset.components.get(check.component or "")
        return component.name.say(self.lang) if component else check.kind


def _is_shut(piece: Piece) -> bool:
    """Whether an address did not open, by a fault of the agency's or of a server; a social network's wall is nobody's."""
    if piece.exchange is None:
        return False
    cause = cause_at(piece.exchange.cause, piece.url, piece.exchange.final_url)
    return cause is not None and (cause in AGENCY_CAUSES or cause == "blocked" or is_server_fault(cause))


def is_loading(site: SiteView, document: Document) -> bool:
    """Whether a web page's text is next to nothing but a word that its content is still to be loaded by a script."""
    if document.media_type != "text/html" or site.letters(document) > _SHELL:
        return False
    return any(_LOADING.search(line.bare) for line in site.lines(document) if len(line.key) <= 60)


def _has_form(piece: Piece) -> bool:
    return piece.document is not None and any(f.zone == "main" and len(f.fields) > 1 for f in piece.document.forms)


_LOADING = re.compile(
    r"กำลังโหลด|กำลังดาวน์โหลด|โปรดรอ|กรุณารอ|\bloading\b|please wait|enable javascript|เปิดใช้งาน\s*javascript", re.IGNORECASE
)
_PAGED = ("application/pdf", "presentation", "powerpoint")  # media types whose pages have numbers
_SHELL = 300  # letters up to which a page with such a word is the empty shell of a script
_WORDS = 20  # letters below which a recognised picture says nothing
_WORDLESS = 60  # letters (a title, no more) below which a page with pictures shows its content in them
_DOOR = 160  # letters of own text below which a page beside a file is only the door to it


def unknown(check: Check, cause: str, message_id: str, **values: object) -> Observation:
    """An observation that could not be made; the cause's sentence fills the place `cause`."""
    return Observation(check, Outcome.UNKNOWN, (message_id, {**values, "cause": f"@cause.{cause}"}), 1.0, cause=cause)


def quoted(piece: Piece, page: int | str | None, quote: str) -> Evidence:
    """A place found in a piece, as evidence. Cells of a row stand apart in the source, so ``…`` stands between them here."""
    return quoted_row(piece.url, quote, page)


def quoted_row(url: str, quote: str, page: int | str | None = None) -> Evidence:
    """The same at an address."""
    return Evidence(url=url, page=page, quote=" … ".join(part.strip() for part in quote.split(" | ") if part.strip()))


def page_of(piece: Piece, number: int) -> int | str | None:
    """A page number as evidence writes it.

    1-based for PDF and slides, the sheet's name for workbooks, the member's (with its page or sheet) for archives, None for
    HTML and texts.
    """
    document = piece.document
    if document is None:
        return None
    if any(word in document.media_type for word in _PAGED):
        return number
    return next((p.name for p in document.pages if p.number == number), None)


def whole(pieces: tuple[Piece, ...]) -> tuple[Evidence, ...]:
    """The sources that were read whole, as the evidence of a gap."""
    return tuple(Evidence(url=p.url, page=None, quote=None, read="whole") for p in pieces)
