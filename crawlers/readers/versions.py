"""Names and versions of all readers here, as they stand in `Document.readers` and in a run."""

from __future__ import annotations

from functools import lru_cache

from crawlers.readers.interface import READERS, reader_of


@lru_cache(maxsize=1)
def versions() -> tuple[str, ...]:
    """One string a reader, e.g. ``pdf/1 pypdfium2/5.15.2 poppler/22.12.0``; sorted, each once."""
    found = (reader_of(media_type) for media_type in READERS)
    return tuple(sorted({reader.version() for reader in found if reader is not None}))
