"""One client of many servers: the connections it keeps open, the cookies it was given, the headers it sends each time.

What `requests` does for a request of its user (sessions, hooks, prepared requests, redirects) costs twice what the request
itself does, and none of it is needed here: its adapter and its jar of cookies are used, and urllib3's answer as it is.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import requests
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar, get_cookie_header
from requests.structures import CaseInsensitiveDict
from urllib3 import BaseHTTPResponse

from crawlers.connect import GuardedAdapter

_MAX_COOKIES = 60


class Client:
    """Asks addresses over the connections of `adapter`, with `headers` each time. Safe for threads; close it at the end."""

    def __init__(self, adapter: GuardedAdapter, headers: Mapping[str, str]) -> None:
        self.headers = dict(headers)
        self.cookies = RequestsCookieJar()
        self._adapter = adapter
        self._lock = threading.Lock()

    @contextmanager
    def asked(self, address: str, seconds: float, more: Mapping[str, str]) -> Iterator[BaseHTTPResponse]:
        """The answer to a GET of `address`, its body unread, for as long as the block runs; `more` are headers of this request.

        `seconds` limit the connecting, and each waiting for more. Raises what urllib3 raises.
        """
        response = self._adapter.ask(address, {**self.headers, **self._cookie(address), **more}, seconds)
        try:
            self._keep(address, response)
            yield response
        finally:
            # What was not read to its end takes its connection along.
            response.close()
            response.release_conn()

    def close(self) -> None:
        """Close every connection."""
        self._adapter.close()

    def _cookie(self, address: str) -> dict[str, str]:
        """The header with the cookies for an address."""
        with self._lock:
            if not len(self.cookies):
                return {}
            value = get_cookie_header(self.cookies, _request(address))  # type: ignore[no-untyped-call]
        return {"Cookie": value} if value else {}

    def _keep(self, address: str, response: BaseHTTPResponse) -> None:
        """Keep the cookies that an answer sets."""
        if "set-cookie" in response.headers:
            with self._lock:
                if len(self.cookies) > _MAX_COOKIES:
                    self.cookies.clear()
                extract_cookies_to_jar(self.cookies, _request(address), response)  # type: ignore[no-untyped-call]


def _request(address: str) -> requests.PreparedRequest:
    """A request as the jar of cookies wants to see it."""
    request = requests.PreparedRequest()
    request.method, request.url, request.headers = "GET", address, CaseInsensitiveDict()
    return request
