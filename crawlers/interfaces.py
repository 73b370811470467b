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
    `browser` is name and version. `cause` is one of CONTRACT's, `detail` a word on it. `missed` counts the requests for data of
    the page's own site that brought nothing, so that something may not be shown.
    """

    html: bytes
    final_url: str
    browser: str
    screenshot: bytes = b""
    beside: tuple[Fetched, ...] = ()
    cause: str | None = None
    detail: str = ""
    missed: int = 0


class Renderer(Protocol):
    """A browser. Safe for threads; it does one page at a time."""

    @property
    def version(self) -> str:
        """Name and version of the browser once it has shown a page, else ``""``."""
        ...

    @property
    def available(self) -> bool:
        """Whether there is a browser to start at all."""
        ...

    def render(self, url: str, get: Callable[[str], Fetched], *, seconds: float = 0.0) -> Rendered:
        """The page at `url`, in so many seconds (the browser's own limit when 0). All that the browser asks for goes through
        `get`, nothing past it. Never raises."""
        ...

    def close(self) -> None:
        """End the browser; pages under way get a cause. May be called again, and from any thread."""
        ...
