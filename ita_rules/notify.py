"""Sends a message to channels, each at most once a day: what is sent stands in a journal before it leaves.

Channels are addresses of apprise. Their secrets come from the environment where ``${NAME}`` stands; neither the journal nor
any sentence holds an address: a channel is named by its place and its scheme.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import importlib
import json
import logging
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ita_rules.errors import ConfigError, OutputError, UsageError
from ita_rules.linefile import append, held, torn

logger = logging.getLogger(__name__)
Outcome = Literal["sent", "failed", "unsure", "already", "waiting"]
"""What came of a channel: `already` was sent today; `waiting` was begun today and never told to have ended."""

SECONDS = 60.0
"""Seconds that one channel may take."""

FILE_NAME = "sent.jsonl"
_NAME = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_MOST_JOURNAL = 5_000_000


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: a title, the text, and the same as HTML for e-mail."""

    title: str
    text: str
    html: str

    @property
    def hash(self) -> str:
        """What tells it from every other message."""
        return hashlib.sha256(f"{self.title}\n{self.text}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel as it is configured: its place from 1, and the address with its ``${NAME}`` unfilled."""

    place: int
    template: str

    @property
    def name(self) -> str:
        """What it may be called in front of people: ``2 (mailto)``."""
        scheme = self.template.partition("://")[0]
        return f"{self.place} ({scheme if re.fullmatch(r'[a-z0-9+.-]{1,20}', scheme) else '?'})"

    @property
    def key(self) -> str:
        """What the journal calls it."""
        return hashlib.sha256(self.template.encode()).hexdigest()

    def address(self, environment: Mapping[str, str]) -> str:
        """The address with its secrets. Raises `ConfigError` for one that the environment lacks."""
        for name in _NAME.findall(self.template):
            if not environment.get(name):
                raise ConfigError("error.notify.no_secret", channel=self.name, name=name)
        return _NAME.sub(lambda found: environment[found[1]], self.template)


def available() -> bool:
    """Whether apprise is installed."""
    try:
        importlib.import_module("apprise")
    except ImportError:
        return False
    return True


def channels_of(templates: Sequence[str]) -> tuple[Channel, ...]:
    """The channels of a configuration, each once."""
    return tuple(Channel(place, template) for place, template in enumerate(dict.fromkeys(templates), 1))


def deliver(
    message: Message, channel: Channel, day: dt.date, folder: Path, environment: Mapping[str, str], seconds: float = SECONDS
) -> Outcome:
    """Send to one channel unless the same was sent to it on this day; the journal lies in `folder`.

    What failed may be sent again. What did not end within `seconds`, or was ended by a kill, may have arrived: it is not sent
    again on that day. Raises `ConfigError` for a secret that is not there or an address that apprise does not know, `OutputError`
    where the journal cannot be written (nothing is sent then), `UsageError` where apprise is missing.
    """
    if not available():
        raise UsageError("error.notify.no_apprise")
    service = _service(channel, channel.address(environment))
    with held(folder):
        last = _last(folder / FILE_NAME, channel, day, message)
        if last in ("begun", "unsure"):
            return "waiting"
        if last == "sent":
            return "already"
        _note(folder, channel, day, message, "begun")
    outcome = _sent(service, message, channel.template.lower().startswith("mailto"), seconds)
    with held(folder):
        _note(folder, channel, day, message, outcome)
    return outcome


def _service(channel: Channel, address: str) -> object:
    apprise = importlib.import_module("apprise")
    service = apprise.Apprise()
    if not service.add(address):
        raise ConfigError("error.notify.bad_channel", channel=channel.name)
    return service


def _sent(service: object, message: Message, as_html: bool, seconds: float) -> Literal["sent", "failed", "unsure"]:
    """Send in a thread that is left behind when it does not end: no channel holds up the others."""
    done: list[bool] = []

    def work() -> None:
        try:
            body, kind = (message.html, "html") if as_html else (message.text, "text")
            done.append(bool(service.notify(body=body, title=message.title, body_format=kind)))  # type: ignore[attr-defined]
        except Exception:
            # A channel that fails in a way of its own must not stop the others; its address may stand in the error.
            logger.debug("a channel failed", exc_info=True)
            done.append(False)

    thread = threading.Thread(target=work, name="notify", daemon=True)
    thread.start()
    thread.join(seconds)
    return "unsure" if not done else "sent" if done[0] else "failed"


def _note(folder: Path, channel: Channel, day: dt.date, message: Message, state: str) -> None:
    """Add to the journal; half a line that a kill left is ended first, and passed over by whoever reads."""
    path = folder / FILE_NAME
    try:
        begun = [b""] if torn(path) else []
    except OSError as err:
        raise OutputError("error.output.not_writable", path=str(path), detail=err.strerror or str(err)) from err
    entry = {"day": day.isoformat(), "channel": channel.key, "message": message.hash, "state": state}
    append(path, [*begun, json.dumps(entry, sort_keys=True).encode()])


def _last(path: Path, channel: Channel, day: dt.date, message: Message) -> str | None:
    """The last state of a message at a channel on a day; None where it was not begun. Raises `OutputError`."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - _MOST_JOURNAL))
            rows = file.read().splitlines()
    except FileNotFoundError:
        return None
    except OSError as err:
        raise OutputError("error.uptime.no_access", path=str(path), detail=err.strerror or str(err)) from err
    wanted = {"day": day.isoformat(), "channel": channel.key, "message": message.hash}
    for row in reversed(rows):
        with contextlib.suppress(ValueError):
            entry = json.loads(row)
            if isinstance(entry, dict) and wanted.items() <= entry.items():
                return str(entry.get("state"))
    return None
