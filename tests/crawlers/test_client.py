import contextlib

import pytest
from urllib3.exceptions import ProtocolError

from crawlers.client import Client
from crawlers.connect import GuardedAdapter
from crawlers.guard import Reach
from tests.sites import Reply, Site, page


def client_of(site, **headers):
    return contextlib.closing(Client(GuardedAdapter(Reach.of(site.url())), headers))


def test_headers_go_out_each_time_and_those_of_one_request_once():
    seen = []

    def told(handler):
        seen.append((handler.headers.get("User-Agent"), handler.headers.get("If-None-Match")))
        Reply(b"x")(handler)

    with Site({}, otherwise=told) as site, client_of(site, **{"User-Agent": "me"}) as client:
        for more in ({"If-None-Match": '"1"'}, {}):
            with client.asked(site.url("/a?b=%20//c"), 5.0, more) as response:
                assert (response.status, response.read()) == (200, b"x")
    assert seen == [("me", '"1"'), ("me", None)]


def test_an_address_is_asked_letter_for_letter():
    paths = []

    def told(handler):
        paths.append(handler.path)
        Reply(b"x")(handler)

    with Site({}, otherwise=told) as site, client_of(site) as client:
        for path in ("/", "/a//b", "/a?", "/a?b=1&b=1;c", "/%E0%B8%81|x"):
            with client.asked(site.url(path), 5.0, {}):
                pass
    assert paths == ["/", "/a//b", "/a", "/a?b=1&b=1;c", "/%E0%B8%81%7Cx"]


def test_cookies_are_sent_back_and_are_few():
    cookies = []

    def told(handler):
        cookies.append(handler.headers.get("Cookie", ""))
        names = [("Set-Cookie", f"a{n}=1") for n in range(70)] if handler.path == "/many" else [("Set-Cookie", "seen=1")]
        Reply(b"x", headers=tuple(names))(handler)

    with Site({}, otherwise=told) as site, client_of(site) as client:
        for path in ("/", "/many", "/", "/"):
            with client.asked(site.url(path), 5.0, {}):
                pass
    assert cookies[:2] == ["", "seen=1"]
    assert "a69=1" in cookies[2]
    assert cookies[3] == "seen=1"


def test_the_guard_is_asked_without_a_session_too():
    with Site({"/": page("x")}) as site:
        client = Client(GuardedAdapter(Reach()), {})
        with contextlib.closing(client), pytest.raises(ProtocolError, match="private_address"), client.asked(site.url(), 5.0, {}):
            pass
        assert not site.seen


def test_a_connection_is_used_again_only_after_its_body_was_read():
    ports = []

    def told(handler):
        ports.append(handler.client_address[1])
        Reply(b"x" * 5_000_000)(handler)

    with Site({}, otherwise=told) as site, client_of(site) as client:
        for is_read in (True, False, True):
            with client.asked(site.url(), 5.0, {}) as response:
                assert response.read() if is_read else response.status == 200
    assert ports[0] == ports[1] != ports[2]
