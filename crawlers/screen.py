"""Whether a page is shown by a browser before it is recorded, and what of it counts then."""

from __future__ import annotations

import codecs
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urldefrag

from crawlers.causes import is_file
from crawlers.charset import decode
from crawlers.fetch import Fetched
from crawlers.interfaces import Rendered, Renderer
from crawlers.links import PageView, extract
from crawlers.settings import CrawlSettings
from crawlers.shell import is_form, says_much, shell
from crawlers.urls import wire

_CHARSET = re.compile(rb"(?i)charset\s*=\s*[\"']?\s*([\w-]+)")
_FOR_EVIDENCE = 0.25  # share of the pages that is kept for evidence


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as it is to be recorded: as it was served, or with the body that the browser made of it (`by`, what was served is
    `plain`). `cause` is `needs_javascript` where what a visitor sees could not be had."""

    got: Fetched
    view: PageView
    cause: str | None = None
    detail: str = ""
    by: str = ""
    plain: bytes = b""
    screenshot: bytes = b""
    beside: tuple[Fetched, ...] = ()


def text_of(got: Fetched) -> tuple[str, str]:
    """The text of a page's body and the charset it was in."""
    declared = _CHARSET.search(got.header("content-type").encode("ascii", "ignore")) or _CHARSET.search(got.body[:4096])
    return decode(got.body, declared[1].decode("ascii") if declared else None)


def view_of(got: Fetched) -> PageView:
    """A page as links see it."""
    text, encoding = text_of(got)
    is_clean = encoding == "utf-8" and "\ufffd" not in text and not got.body.startswith(codecs.BOM_UTF8)
    return extract(got.body if is_clean else text, got.final_url, encoding, refresh=got.header("refresh"))


class Screen:
    """Shows the pages of one run that need it, as many as the settings allow. Safe for threads."""

    def __init__(self, settings: CrawlSettings, renderer: Renderer | None) -> None:
        self._renderer = renderer if settings.render else None
        self._most = settings.max_renders
        self._lock = threading.Lock()
        self._count = 0

    @property
    def is_there(self) -> bool:
        """Whether there is a browser to show pages with."""
        return self._renderer is not None and self._renderer.available

    def show(
        self,
        got: Fetched,
        view: PageView,
        get: Callable[[str], Fetched],
        *,
        home: PageView | None = None,
        asked: bool = False,
        evidence: bool = False,
    ) -> Shown:
        """The page, shown by the browser where it is a shell or where that is `asked`; `get` brings what it consists of.

        A page that depends on its scripts for certain and could not be shown has a cause; one that only may do so stays as it
        was served.
        """
        if is_file(got.url) or not (view.scripts or asked):
            return Shown(got, view)
        text, _ = text_of(got)
        empty = shell(view, text, got.final_url, home)
        if empty is None and not asked:
            return Shown(got, view)
        missing = "needs_javascript" if empty is not None and empty.sure else None
        if self._renderer is None or not self._renderer.available:
            return Shown(got, view, missing, "no_browser" if missing else "")
        if not self._take(evidence or asked):
            return Shown(got, view, missing, "max_renders" if missing else "")
        served = replace(
            got, packed=b"", body=text.encode("utf-8", "replace"), headers=(("content-type", "text/html; charset=utf-8"),)
        )
        address = wire(got.final_url) or got.final_url
        fragment = urldefrag(got.final_url)[1]
        place = f"{address}#{fragment}" if fragment else address
        found = self._renderer.render(place, lambda url: served if _same(url, address) else get(url))
        if found.cause is not None or not found.html:
            return Shown(got, view, missing, found.detail if missing else "")
        return self._judge(got, view, found, sure=bool(missing) or asked, home=home)

    def _judge(self, got: Fetched, view: PageView, found: Rendered, *, sure: bool, home: PageView | None) -> Shown:
        """Take what the browser showed, unless it shows less than was served; say where it is still not the whole."""
        made = replace(got, body=found.html, packed=b"")
        after = view_of(made)
        gained = len(after.links) > len(view.links) or after.content_length > view.content_length
        # A list of the form that lacks something lacks evidence; other pages say themselves whether they have anything.
        partial = found.missed and not (says_much(after, home) and not is_form(after, got.final_url))
        if not sure and not gained and not found.missed:
            return Shown(got, view)
        shown = Shown(made, after, None, "", found.browser, got.body, found.screenshot, found.beside)
        left = shell(after, text_of(made)[0], got.final_url, home)
        if (left is not None and left.sure) or (found.missed and not gained) or partial:
            return replace(shown, cause="needs_javascript", detail=f"unanswered: {found.missed}" if found.missed else "empty")
        return shown

    def _take(self, matters: bool) -> bool:
        """One more page, where there is room for it."""
        with self._lock:
            room = self._most if matters else self._most - int(_FOR_EVIDENCE * self._most)
            if self._count >= room:
                return False
            self._count += 1
            return True


def _same(url: str, address: str) -> bool:
    return urldefrag(url)[0] == urldefrag(address)[0]
