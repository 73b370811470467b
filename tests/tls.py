"""The misbehaving server behind https, with certificates as agencies' sites have them (`tests/certs`)."""

import ssl
from pathlib import Path
from typing import Any

import pytest
import requests.adapters

from tests.sites import Site

CERTS = Path(__file__).with_name("certs")


class SecureSite(Site):
    """`Site` with a certificate: ``good``, ``expired``, ``early``, ``other`` (another host's) or ``self-signed``."""

    def __init__(self, routes: Any, certificate: str = "good", *, context: ssl.SSLContext | None = None, **more: Any) -> None:
        super().__init__(routes, **more)
        context = context or ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTS / f"{certificate}.pem", CERTS / "test-only-key.pem")
        # The handshake belongs to the thread of its connection: one that hangs must not hold up the others.
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)

    def url(self, path: str = "/") -> str:
        """The address of a path."""
        return f"https://{self.host}:{self.port}{path}"


def trust(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the tests' own authority be trusted, and no other."""
    monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(CERTS / "authority.pem"))
