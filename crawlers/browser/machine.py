"""Which Chromium this machine has, and the switches it is started with. None is ever downloaded.

The switches are the second wall: every request is answered by us before it reaches the browser's network
(`crawlers.browser.gate`); should one slip by, it finds no name that resolves and no proxy that answers.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

VARIABLE = "ITA_CHROMIUM"
"""The environment variable that names the browser's program; set and empty it says that none is to be used."""

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge", "microsoft-edge")

NOWHERE = "http://nowhere.invalid:1"
"""The proxy that everything is sent to; its name does not exist, and names are not resolved anyway."""

SWITCHES = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--dns-prefetch-disable",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-breakpad",
    "--disable-gpu",
    "--disable-3d-apis",
    "--disable-file-system",
    "--disable-notifications",
    "--disable-speech-api",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-pings",
    "--mute-audio",
    "--disk-cache-size=1",
    "--media-cache-size=1",
    "--renderer-process-limit=2",
    "--js-flags=--max-old-space-size=384",
)


def find() -> str:
    """The path of the browser's program; ``""`` where there is none."""
    named = os.environ.get(VARIABLE)
    if named is not None:
        return shutil.which(named) or (named if named and Path(named).is_file() else "")
    return next((path for path in map(shutil.which, _NAMES) if path), "")


def is_root() -> bool:
    """Whether we run as root, for whom Chromium's own sandbox does not start."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
