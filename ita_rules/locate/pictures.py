"""Pictures that may show something: portraits, posters, scanned papers; not icons, banners or logos.

Small agencies put a paper on a page as a picture of it. Where a page says little in words, the pictures of its content are
evidence beside it, fetched and recognised like a scan.
"""

from __future__ import annotations

from collections import Counter
from urllib.parse import urljoin

from ita_rules.locate.site import SiteView
from ita_rules.locate.types import Piece
from ita_rules.run.keys import url_key
from ita_rules.run.types import Document, Image, Page

MOST = 8
"""Pictures of one page that are looked at."""

SMALLEST = 250_000
"""Pixels of a picture below which nothing that is asked for could be read in it (a page of A4 at 50 dpi has 240,000)."""

_SHARE = 0.3  # of the pages read: a picture on more of them, and on more than two, belongs to the site's frame


def portraits(document: Document) -> list[tuple[int, int]]:
    """Places (page, block index) of pictures that may be portraits: not icons, banners or logos."""
    return [(page.number, image.before) for page in document.pages for image in page.images if _shows(image)]


def _shows(image: Image) -> bool:
    name = image.url.lower()
    small = 0 < image.width < 50 or 0 < image.height < 50
    wide = image.width > 0 and image.height > 0 and image.width > 3 * image.height
    return not small and not wide and not any(w in name for w in ("logo", "banner", "icon", "pdf.gif", "spacer", "button"))


def shown(site: SiteView, around: Piece) -> list[Piece]:
    """The pictures of a page's content that may hold text, as pieces of role `picture`: those not looked at yet, those that
    are large enough, and those that could not be had for no fault of the agency's."""
    document, exchange = around.document, around.exchange
    if document is None or exchange is None or document.media_type != "text/html":
        return []
    everywhere = _repeated(site)
    found: dict[str, Piece] = {}
    for page in document.pages:
        for image in page.images:
            url = urljoin(exchange.final_url or exchange.url, image.url)
            key = url_key(url)
            if not key or key in found or not _shows(image) or not _in_content(page, image) or not site.own_host(url):
                continue
            if everywhere[image.url] or _is_small(site, key):
                continue
            if (had := site.exchange(key)) is not None and had.cause in ("http_404", "http_410", "soft_404"):
                continue  # nobody sees a picture that is not there
            found[key] = Piece(key, url, "picture", had, site.document(key), None, around.key)
            if len(found) >= MOST:
                return list(found.values())
    return list(found.values())


def _in_content(page: Page, image: Image) -> bool:
    """Whether a picture stands in a page's content: beside a block of it, or on a page without blocks."""
    beside = [page.blocks[i] for i in (image.before - 1, image.before) if 0 <= i < len(page.blocks)]
    return not beside or any(block.zone == "main" for block in beside)


def _is_small(site: SiteView, key: str) -> bool:
    document = site.document(key)
    images = [image for page in document.pages for image in page.images] if document else []
    return any(0 < image.width * image.height < SMALLEST for image in images)


def _repeated(site: SiteView) -> Counter[str]:
    """The addresses of pictures that many of the pages read show, each counted once."""
    if site.repeated_pictures is None:
        pages = [d for d in site.run.documents.values() if d.media_type == "text/html"]
        count = Counter(url for d in pages for url in {image.url for page in d.pages for image in page.images})
        limit = max(2.0, _SHARE * len(pages))
        site.repeated_pictures = Counter({url: 1 for url, n in count.items() if n > limit})
    return site.repeated_pictures
