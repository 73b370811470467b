"""Serves a folder that describes a website on loopback: the sample agency, and any other folder of the same shape.

A folder holds `site.json` (name, type, ruleset, as_of), `routes.json`, `site/` (the bodies) and, where the agency gave answers,
`answers.csv`. `routes.json` maps a decoded path with its query to what is answered there:

    {"file": name below site/, "type": media type, "status": 200, "location": where to, "headers": {name: value}}

The route `*` is the answer to everything unknown; its status is 404 when it says none. `{base}` in the answers, and the address
that `site.json` names as `url`, stand for the address the folder is really served at.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote, unquote

from ita_rules.data import data_folder
from ita_rules.errors import ItaRulesError

_HOST = "127.0.0.1"
# Seconds that a kept-alive connection may idle before its thread ends.
_IDLE_SECONDS = 10.0
# Bytes of a request body that are read away before answering; more closes the connection.
_BODY_LIMIT = 1 << 20
_SAFE_IN_LOCATION = "/?#&=%:;,+@!$'()*[]~"


@dataclass(frozen=True, slots=True)
class ServedSite:
    """A folder while it is served.

    `url`: its main page, `http://127.0.0.1:PORT/`. `answers_path`: the agency's answers with real addresses, a temporary file
    that lives as long as the context; None when the folder has no answers. `name`, `agency_type`, `ruleset`, `as_of`: as
    `site.json` says; `as_of` is the day on which the site is meant to be judged.
    """

    url: str
    answers_path: Path | None
    name: str
    agency_type: str
    ruleset: str
    as_of: date


@contextlib.contextmanager
def serve_sample() -> Iterator[ServedSite]:
    """Serve the sample agency that ships with the tool, for as long as the context lasts.

    Raises `ItaRulesError` `data_missing` when the sample was not shipped.
    """
    with serve_folder(data_folder("samples")) as site:
        yield site


@contextlib.contextmanager
def serve_folder(folder: Path) -> Iterator[ServedSite]:
    """Serve `folder` on 127.0.0.1 on any free port, for as long as the context lasts.

    Raises `ItaRulesError` `data_missing` when `site.json` or `routes.json` is not there or is no JSON object.
    """
    meta = _load(folder, "site.json")
    routes = _load(folder, "routes.json")
    with _Server(folder / "site", routes, str(meta.get("url", ""))) as server, contextlib.ExitStack() as stack:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        stack.callback(thread.join)
        stack.callback(server.shutdown)
        answers = folder / "answers.csv"
        path: Path | None = None
        if answers.is_file():
            path = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ita-rules-"))) / answers.name
            path.write_bytes(server.placed(answers.read_bytes()))
        yield ServedSite(
            url=server.base + "/",
            answers_path=path,
            name=str(meta.get("name", "")),
            agency_type=str(meta.get("type", "other")),
            ruleset=str(meta.get("ruleset", "")),
            as_of=date.fromisoformat(str(meta["as_of"])) if "as_of" in meta else datetime.now(UTC).date(),
        )


def _load(folder: Path, name: str) -> dict[str, Any]:
    """The JSON object in a file of the folder."""
    try:
        value = json.loads((folder / name).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ItaRulesError("data_missing", name=str(folder / name)) from error
    if not isinstance(value, dict):
        raise ItaRulesError("data_missing", name=str(folder / name))
    return cast(dict[str, Any], value)


class _Server(ThreadingHTTPServer):
    """The routes of one folder behind a socket."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, bodies: Path, routes: Mapping[str, Any], written_as: str) -> None:
        self.bodies = bodies.resolve()
        self.routes = routes
        super().__init__((_HOST, 0), _Handler)
        self.base = f"http://{_HOST}:{self.server_port}"
        self._written_as = written_as.rstrip("/").encode()

    def placed(self, text: bytes) -> bytes:
        """`text` with this server's address where the folder left a place for it."""
        text = text.replace(b"{base}", self.base.encode())
        return text.replace(self._written_as, self.base.encode()) if self._written_as else text

    def find(self, target: str) -> Mapping[str, Any] | None:
        """The route of a request target: with its query, then without it, then with a slash at the end."""
        path, mark, query = target.partition("?")
        path = unquote(path)
        found = self.routes.get(path + mark + unquote(query))
        if found is None and query:
            found = self.routes.get(path)
        if found is None and not path.endswith("/") and path + "/" in self.routes:
            found = {"status": 301, "location": path + "/"}
        return cast("Mapping[str, Any] | None", found)

    def body(self, route: Mapping[str, Any]) -> tuple[bytes, float | None]:
        """The bytes that a route answers with and when their file was changed (POSIX seconds). Nothing outside the folder."""
        name = route.get("file")
        if not name:
            return b"", None
        path = (self.bodies / str(name)).resolve()
        if not path.is_relative_to(self.bodies):
            return b"", None
        content = path.read_bytes()
        if self._written_as and str(route.get("type", "")).startswith("text/html"):
            content = content.replace(self._written_as, self.base.encode())
        return content, path.stat().st_mtime

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that hangs up is no event here."""


class _Handler(BaseHTTPRequestHandler):
    """Answers one connection from the routes, silently."""

    protocol_version = "HTTP/1.1"
    server_version = "Apache"
    sys_version = ""
    timeout = _IDLE_SECONDS
    # Headers and body go out in two writes; without this each answer waits for the other side's delayed acknowledgement.
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer from the routes."""
        server = cast(_Server, self.server)
        route = server.find(self.path)
        default = 200
        if route is None:
            route, default = server.routes.get("*", {}), 404
        status = int(route.get("status", default))
        content, changed = server.body(route)
        headers = {"Content-Type": str(route.get("type", "text/html; charset=utf-8"))}
        if status == 200 and changed is not None:
            headers["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
            headers["Last-Modified"] = format_datetime(datetime.fromtimestamp(int(changed), UTC), usegmt=True)
        if "location" in route:
            headers["Location"] = quote(str(route["location"]), safe=_SAFE_IN_LOCATION)
        headers.update(route.get("headers", {}))
        if status == 200 and headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
            status, content = 304, b""
        self._send(status, headers, content)

    def do_HEAD(self) -> None:
        """Answer as GET does, without the body."""
        self.do_GET()

    def do_POST(self) -> None:
        """Answer a form with the page at its address; what was sent is read and dropped."""
        length = self.headers.get("Content-Length", "0")
        if length.isdigit() and int(length) <= _BODY_LIMIT:
            self.rfile.read(int(length))
        else:
            self.close_connection = True
        self.do_GET()

    def _send(self, status: int, headers: Mapping[str, str], content: bytes) -> None:
        """Write one response."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
