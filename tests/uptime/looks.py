"""Looks as a test wants them."""

from __future__ import annotations

import datetime as dt

from ita_rules.uptime import Look

BANGKOK = dt.timezone(dt.timedelta(hours=7))


def look(
    day: int = 1, cause: str | None = None, *, hour: int = 2, month: int = 4, url: str = "https://a.go.th/", **more: object
) -> Look:
    """What came of asking on that day of a month in 2026; up unless there is a cause."""
    at = dt.datetime(2026, month, day, hour, tzinfo=BANGKOK)
    up = more.pop("up", cause is None)
    return Look.model_validate({"at": at, "url": url, "up": up, "cause": cause, **more})
