"""What a gathering is handed by the one who starts it: the run of an earlier night, and a browser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from crawlers.fetch import Fetched
from ita_rules.run.types import Exchange, Link


class Earlier(Protocol):
    """The run of an earlier night on the same site, asked by address. Safe for threads."""

    def exchange(self, key: str) -> Exchange | None:
        """What came of an address that night."""
        ...

    def links(self, key: str) -> Sequence[Link] | None:
        """The links of a page (by its final key); None where it bore none because it was no page."""
        ...


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as a browser shows it.

    `html` is the document after its scripts have run and its folds were opened, in UTF-8 (empty where `cause` is set);
    `screenshot` a PNG of it (empty where none could be made); `beside` the data that the page itself asked for, as fetched.
    `browser` is name and version. `cause` is one of CONTRACT's, `detail` a word on it.
    """

    html: bytes
    final_url: str
    browser: str
    screenshot: bytes = b""
    beside: tuple[Fetched, ...] = ()
    cause: str | None = None
    detail: str = ""


class Renderer(Protocol):
    """A browser. Safe for threads; it does one page at a time."""

    @property
    def version(self) -> str:
        """Name and version of the browser; ``""`` where none can be started."""
        ...

    def render(self, url: str, get: Callable[[str], Fetched], *, seconds: float) -> Rendered:
        """The page at `url`. All that the browser asks for goes through `get`, nothing past it. Never raises."""
        ...
