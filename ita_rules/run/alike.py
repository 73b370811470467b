"""What of an exchange a verdict may rest on: all but its times, its bytes on the way, and how it was come by."""

from __future__ import annotations

from dataclasses import replace

from ita_rules.run.types import Exchange


def essence(found: Exchange) -> Exchange:
    """An exchange without what no verdict rests on; those of two nights with equal ones are judged alike."""
    return replace(
        found,
        size=0,
        fetched_at="",
        seconds=0.0,
        attempts=min(found.attempts, 2) if found.cause or found.insecure else 1,
        depth=0,
        headers=(),
        hop_headers=(),
        protocol="",
        reason="",
        unchanged=False,
        screenshot=None,
        plain_sha256=None,
        carried=False,
    )
