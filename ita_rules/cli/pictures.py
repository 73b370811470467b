"""Pictures of the pages on which evidence was found, for the HTML report: few, small, personal numbers painted over.

Bodies are foreign bytes, so pages are drawn in the readers' limited child processes. A page that cannot be drawn is left out: a
picture is a help to the eye, and the quote stands beside it anyway.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from crawlers.readers.page_picture import Picture, PictureAsk
from ita_rules.checks.personal_data import look
from ita_rules.cli.kept_pictures import maker_of
from ita_rules.errors import RunError
from ita_rules.model import ItemResult, Report, Severity, Status
from ita_rules.run.blobs import BlobStore
from ita_rules.run.keys import url_key
from ita_rules.run.types import RunData
from reports.interface import PagePicture

logger = logging.getLogger(__name__)
MAX_PICTURES = 60
MAX_BYTES = 1_100_000
"""Bytes of all pictures of one report; with them and 300 sources it stays under 3 MB."""

_SHOWN = (Status.PASS, Status.GAP)
_PER_ITEM = 3
_HANDS = 2
Draw = Callable[[bytes, PictureAsk], Picture]


def pictures_of(report: Report, run: RunData, blobs: BlobStore, draw: Draw, *, hide: bool = True) -> tuple[PagePicture, ...]:
    """The pages of PDFs on which the report's evidence stands, by item: first those of items that a person should open.

    `draw` is `ReaderPool.picture`, `hide` paints personal numbers over. Past `MAX_PICTURES` and `MAX_BYTES` there are no more.
    """
    first = [each.item for each in report.to_open]
    items = sorted(report.items, key=lambda item: first.index(item.id) if item.id in first else len(first))
    asks = [ask for item in items for ask in list(_asks(item, run, hide))[:_PER_ITEM]][:MAX_PICTURES]
    with ThreadPoolExecutor(_HANDS) as hands:
        drawn = list(hands.map(lambda asked: _drawn(asked[2], asked[3], blobs, draw), asks))
    found: list[PagePicture] = []
    room = MAX_BYTES
    for (item, url, sha256, ask), picture in zip(asks, drawn, strict=True):
        if picture.data and len(picture.data) <= room:
            room -= len(picture.data)
            is_marked = picture.marked > 0
            place = (sha256, maker_of(ask))
            found.append(PagePicture(item, url, ask.page, picture.data, picture.width, picture.height, is_marked, place))
        elif picture.cause:
            logger.debug("page %d of %s (%s) was not drawn: %s", ask.page, url, sha256, picture.cause)
    return tuple(found)


def _asks(item: ItemResult, run: RunData, hide: bool) -> Iterator[tuple[str, str, str, PictureAsk]]:
    """The pages of an item's evidence with the quotes on them, in the order of its checks."""
    quotes: dict[tuple[str, int], list[str]] = {}
    for check in item.checks:
        if check.status in _SHOWN and check.severity is Severity.CRITERION:
            for each in check.evidence:
                if each.quote and isinstance(each.page, int):
                    quotes.setdefault((each.url, each.page), []).append(each.quote)
    for (url, page), marks in quotes.items():
        found = run.exchanges.get(url_key(url))
        if found is not None and found.sha256 and "pdf" in found.media_type:
            document = run.documents.get(found.sha256)
            seen = look(document) if document is not None and hide else ()
            numbers = tuple(sorted({one.plain for one in seen if one.page == page and one.plain}))
            yield item.id, url, found.sha256, PictureAsk(page, tuple(marks), numbers)


def _drawn(sha256: str, ask: PictureAsk, blobs: BlobStore, draw: Draw) -> Picture:
    try:
        return draw(blobs.get(sha256), ask)
    except RunError as error:
        return Picture(cause=error.message_id)
