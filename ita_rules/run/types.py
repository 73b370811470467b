"""What a run holds, as frozen values.

A *run* is one gathering of one agency's site: every response (`Exchange`), the link graph (`Link`), the text of what was
read (`Document` of `Page` of `Block`), the agency's own answers (`Answer`) and the circumstances (`RunMeta`). `RunData` is
the whole in memory: gather grows it, judging reads it and nothing else.

Addresses are compared by their *key* (`ita_rules.run.keys.url_key`); they are fetched and shown as they were found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

BlockKind = Literal["heading", "text", "row", "item"]
Zone = Literal["main", "nav", "header", "footer"]
# fmt: off
LinkKind = Literal[
    "a", "area", "frame", "iframe", "embed", "object", "meta-refresh", "onclick", "script", "viewer", "img", "form",
    "sitemap", "feed",
]
# fmt: on
Depth = Literal["full", "light"]
"""`full`: the whole site was asked; `light`: its main page, its ITA pages and its evidence, the rest stands as it was."""
Method = Literal["html", "text-layer", "office", "text", "ocr", "none"]

HELD_BACK = "sent: "
"""How the `detail` of a page begins that shows more once something is sent to it."""


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph (or PDF line), list item or table row, in reading order.

    `text` stands as in the source (white space folded to single blanks); for a row it is the cells joined by `` | ``.
    `table` numbers the tables of a page from 0 (-1 outside tables). `header` marks a row of column headings.
    `level` is 1-6 for headings that say so, 0 where the depth is not known. `zone` tells a site's frame from its content.
    """

    kind: BlockKind
    text: str
    cells: tuple[str, ...] = ()
    table: int = -1
    header: bool = False
    level: int = 0
    zone: Zone = "main"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Image:
    """A picture. `before` is the index of the block of its page that follows it (len(blocks) at the end)."""

    url: str
    alt: str = ""
    width: int = 0
    height: int = 0
    before: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """An HTML form: its labels and field names, its buttons, whether it takes a file, where it stands (`before`)."""

    action: str
    method: str
    fields: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    has_file: bool = False
    has_password: bool = False
    before: int = 0
    zone: Zone = "main"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a document (1-based `number`), a sheet (`name`) or a whole HTML or DOCX file (page 1).

    `trust` runs from 0 (noise) to 1 (as written). `cause` says why the page gave no text (`no_ocr`: an image only).
    `alternate` is the text of a second reader where it differs; a phrase found in either counts.
    """

    number: int
    blocks: tuple[Block, ...] = ()
    name: str | None = None
    method: Method = "none"
    trust: float = 1.0
    cause: str | None = None
    alternate: str = ""
    images: tuple[Image, ...] = ()

    @property
    def text(self) -> str:
        """The page's text, one block a line."""
        return "\n".join(b.text for b in self.blocks)


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one body, keyed by the body's SHA-256. `cause` is set when nothing could be read at all.

    `truncated` tells that pages past the reader's limit were not read. `embeds` are addresses of frames, scripts and
    widgets of an HTML page (maps, chat boxes), as found. `facts` holds file facts: `producer`, `created`, `pages`.
    """

    sha256: str
    media_type: str
    title: str = ""
    pages: tuple[Page, ...] = ()
    readers: tuple[str, ...] = ()
    cause: str | None = None
    truncated: bool = False
    forms: tuple[Form, ...] = ()
    embeds: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def method(self) -> Method:
        """How the document was read: the method of its first page that gave text."""
        return next((p.method for p in self.pages if p.method != "none"), "none")

    @property
    def causes(self) -> tuple[str | None, ...]:
        """The causes of its pages (None for one that gave text), each once, in the order of the pages."""
        return tuple(dict.fromkeys(page.cause for page in self.pages))

    def blocks(self) -> Iterator[tuple[Page, int, Block]]:
        """Every block with its page and its index in the page."""
        for page in self.pages:
            for index, block in enumerate(page.blocks):
                yield page, index, block


@dataclass(frozen=True, slots=True)
class Link:
    """One link as it stands on a page.

    `source` and `target` are keys, `url` the absolute address as found (``""`` where there is none: ``#``, an empty
    ``javascript:``; then `target` is ``""`` too and the link leads nowhere). `text` is the link's own words (else the
    alt or title of its picture), `row` the words of the table row, list item, card or line around it, behind those
    over its list (at most 300 characters), `cells` the row's cells, `heading` the nearest heading, caption, accordion title or
    line with a code of the form before it. `section` is the heading, tab or list of a year under which the link stands on a page
    that lists several years ("ITA 2565"), ``""`` where there is none.
    A `kind` of `sitemap` or `feed` stands in what is made for machines, where nobody clicks: it proves no path for visitors.
    """

    source: str
    target: str
    url: str
    kind: LinkKind = "a"
    text: str = ""
    row: str = ""
    cells: tuple[str, ...] = ()
    heading: str = ""
    zone: Zone = "main"
    order: int = 0
    section: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One address asked and what came of it. `cause` is None when a usable body came (CONTRACT lists the causes).

    `hops` are the redirects followed: (status, address). `headers` are the last response's, as sent.
    `title` and `headings` are of an HTML body (at most 12 headings). `filename` is what Content-Disposition names.
    `depth` is the number of clicks from the main page at which it was found first; `attempts` counts the tries.

    `asked` is the address that was asked in place of `url`, where that names a share link and not the file (`crawlers.shares`).
    `unchanged` tells that the server said so (304): body and headers are those of the earlier run. `insecure` is what was wrong
    with the certificate of a body that was had without verifying it; ``""`` where nothing was. `rendered` names the browser that
    made `sha256` of the page; the body as served is `plain_sha256` then, and `screenshot` a PNG of what a visitor sees.
    `hop_headers` are the headers of each redirect in `hops`. `protocol` (``HTTP/1.1``) and `reason` are of the last response's
    first line. `carried` tells that it was not asked in this run: it stands as an earlier run had it, asked at `fetched_at`.
    `detail` is a word on `cause`; of a page that has none, how it brings what it does not show, where that has to be sent for
    (``sent: form``).
    """

    key: str
    url: str
    final_url: str = ""
    final_key: str = ""
    status: int | None = None
    media_type: str = ""
    sha256: str | None = None
    size: int = 0
    cause: str | None = None
    detail: str = ""
    fetched_at: str = ""
    seconds: float = 0.0
    attempts: int = 1
    depth: int = 0
    hops: tuple[tuple[int, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    title: str = ""
    headings: tuple[str, ...] = ()
    filename: str = ""
    asked: str = ""
    unchanged: bool = False
    insecure: str = ""
    rendered: str = ""
    plain_sha256: str | None = None
    screenshot: str | None = None
    hop_headers: tuple[tuple[tuple[str, str], ...], ...] = ()
    protocol: str = ""
    reason: str = ""
    carried: bool = False

    @property
    def holds_back(self) -> bool:
        """Whether it is a page that shows more once something is sent to it, which nobody did (`crawlers.sending`)."""
        return self.cause is None and self.detail.startswith(HELD_BACK)


@dataclass(frozen=True, slots=True)
class Failing:
    """An address whose server was at fault on every look that could tell, up to the start of a run, without an answer in between.

    `days` are those looks: (Thai day, ISO 8601; cause), in order, each day once with its last cause.
    """

    url: str
    days: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """A family of addresses that a rule against traps cut off (`crawlers.traps` names the rules): how many of it were asked, and
    how many that were seen were not."""

    rule: str
    family: str
    asked: int
    refused: int


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of the agency's own answers. `has` is None where the file has no such column; `urls` as typed."""

    item: str
    urls: tuple[str, ...] = ()
    has: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RunMeta:
    """The circumstances of a run. Times are ISO 8601 with offset. `settings` are the crawl's, as strings.

    `rests_on` is when the finished run began on which a light one rests, and `full_at` when the last run began that looked at the
    whole site; both are ``""`` for such a run itself. `failing` is what the history knew of addresses when the run began.
    """

    start_url: str
    agency_name: str = ""
    agency_type: str = "other"
    ruleset: str = ""
    as_of: str = ""
    lang: str = "th"
    started: str = ""
    finished: str = ""
    tool_version: str = ""
    stopped_by: str | None = None
    requests: int = 0
    warnings: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    has_answers: bool = False
    bounds: tuple[Bound, ...] = ()
    rests_on: str = ""
    full_at: str = ""
    failing: tuple[Failing, ...] = ()

    @property
    def depth(self) -> Depth:
        """How deep the run looked."""
        return "light" if self.rests_on else "full"


@dataclass(slots=True)
class RunData:
    """A whole run at hand. Only gather adds to it; for judging it is read-only.

    `exchanges` by the key asked; `links` by the key of the page that bears them (its final key); `documents` by SHA-256. Links
    and documents of a run that is gathered or comes from disk lie packed and are taken out when they are asked for
    (`ita_rules.run.graph`, `ita_rules.run.texts`). `derived` is what those who ask it again and again remember of it between two
    looks, each under a name of its own; all of it follows from the rest, and it is never stored.
    """

    meta: RunMeta
    exchanges: dict[str, Exchange] = field(default_factory=dict)
    links: MutableMapping[str, Sequence[Link]] = field(default_factory=dict)
    documents: MutableMapping[str, Document] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    derived: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def exchange(self, key: str) -> Exchange | None:
        """What came of `key`, if it was asked."""
        return self.exchanges.get(key)

    def document(self, key: str) -> Document | None:
        """The text behind `key`, if it was fetched and read."""
        found = self.exchanges.get(key)
        return self.documents.get(found.sha256) if found and found.sha256 else None


@dataclass(frozen=True, slots=True)
class Want:
    """Something that the rules would like gathered next; higher `priority` first.

    `fetch`: the address `url`. `read`: the body of the exchange `key` as text. `ocr`: the pictures in that text recognised.
    `render`: the page of the exchange `key` as a browser shows it.
    `reason` is for logs and traces.
    `evidence` marks an address that a verdict depends on: it is tried again at the end of the run when it failed.
    """

    kind: Literal["fetch", "read", "ocr", "render"]
    key: str
    url: str = ""
    priority: float = 0.0
    reason: str = ""
    evidence: bool = False
