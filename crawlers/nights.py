"""What an earlier night had of an address: asked for only if it changed, and taken over where the server says it did not.

Nothing is ever answered from the store without asking. What was not good, or not as the server sent it, is asked plainly.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawlers.fetch import Fetched
from crawlers.headers import Known
from crawlers.interfaces import Earlier
from ita_rules.run.blobs import BlobStore
from ita_rules.run.keys import url_key
from ita_rules.run.types import Exchange, Link


@dataclass(frozen=True, slots=True)
class Before:
    """The good answer of an earlier night, and the links it bore (None where it bore none because it is no page)."""

    exchange: Exchange
    links: Sequence[Link] | None

    @classmethod
    def of(cls, earlier: Earlier | None, key: str, blobs: BlobStore) -> Before | None:
        """What the earlier night had of `key`, if it was good, is still there, and was what the server sent."""
        found = earlier.exchange(key) if earlier is not None else None
        if earlier is None or found is None or found.cause or found.status != 200 or not found.sha256 or not found.final_url:
            return None
        if found.rendered or found.insecure or not blobs.has(found.sha256):
            return None
        links = earlier.links(found.final_key or key)
        return None if links is None and found.media_type == "text/html" else cls(found, links)

    @property
    def known(self) -> Known | None:
        """What the server can be asked by whether its answer is still the same."""
        return Known.of(self.exchange.final_url, self.exchange.headers)

    def is_still(self, got: Fetched) -> bool:
        """Whether a body that was sent whole is the one of that night, at the same place and in the same letters."""
        was = self.exchange
        told = next((value for name, value in was.headers if name.lower() == "content-type"), "")
        return (
            not got.insecure
            and url_key(got.final_url) == was.final_key
            and len(got.body) == was.size
            and got.header("content-type") == told
            and hashlib.sha256(got.body).hexdigest() == was.sha256
        )

    def again(self, key: str, got: Fetched, depth: int, fetched_at: str) -> Exchange:
        """The exchange of this night: the body, its words and its names of that night, the way to it and the time of this one."""
        not_sent = got.status == 304
        return replace(
            self.exchange,
            key=key,
            url=got.url,
            headers=self.exchange.headers if not_sent else got.headers,
            fetched_at=fetched_at,
            seconds=round(got.seconds, 3),
            attempts=got.attempts,
            depth=depth,
            hops=got.hops,
            hop_headers=got.hop_headers,
            unchanged=not_sent,
            carried=False,
        )
