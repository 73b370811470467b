"""Pictures that may show something: portraits, posters, scans; not icons, banners or logos."""

from __future__ import annotations

from ita_rules.run.types import Document


def portraits(document: Document) -> list[tuple[int, int]]:
    """Places (page, block index) of pictures that may be portraits: not icons, banners or logos."""
    found = []
    for page in document.pages:
        for image in page.images:
            name = image.url.lower()
            small = 0 < image.width < 50 or 0 < image.height < 50
            wide = image.width > 0 and image.height > 0 and image.width > 3 * image.height
            if not small and not wide and not any(w in name for w in ("logo", "banner", "icon", "pdf.gif", "spacer", "button")):
                found.append((page.number, image.before))
    return found
