import socket
import threading
import time

import pytest
import requests

from crawlers.connect import Deadline, GuardedAdapter
from crawlers.guard import Reach, RefusedError
from tests.sites import Site, page


def pair():
    return socket.socketpair()


def test_a_deadline_ends_a_connection_that_waits():
    one, two = pair()
    with one, two, Deadline(0.1) as deadline:
        deadline.attach(one)
        one.settimeout(5)
        assert one.recv(1) == b""
        assert deadline.expired


def test_a_deadline_that_is_over_ends_what_comes_late():
    one, two = pair()
    with one, two, Deadline(10) as deadline:
        deadline.expire()
        deadline.attach(one)
        assert one.recv(1) == b""


def test_a_deadline_that_was_kept_leaves_the_connection_alone():
    one, two = pair()
    with one, two:
        with Deadline(0.05) as deadline:
            deadline.attach(one)
        time.sleep(0.1)
        two.send(b"x")
        assert one.recv(1) == b"x"
        assert not deadline.expired


def test_a_deadline_leaves_no_thread_behind():
    before = threading.active_count()
    for _ in range(20):
        with Deadline(60):
            pass
    time.sleep(0.05)
    assert threading.active_count() <= before + 1


def test_a_shorter_deadline_beside_a_longer_one_and_after_it():
    for first in (60, 0.01):
        one, two = pair()
        with one, two, Deadline(first), Deadline(0.1) as deadline:
            deadline.attach(one)
            one.settimeout(5)
            began = time.monotonic()
            assert one.recv(1) == b""
            assert 0.05 < time.monotonic() - began < 2
            assert deadline.expired


def test_an_adapter_guards_its_session():
    with Site({"/": page("x")}) as site, requests.Session() as session:
        session.trust_env = False
        session.mount("http://", GuardedAdapter(Reach.of(site.url())))
        assert session.get(site.url(), timeout=2).status_code == 200
        session.mount("http://", GuardedAdapter(Reach()))
        with pytest.raises(requests.ConnectionError, match="private_address"):
            session.get(site.url(), timeout=2)
        with pytest.raises(RefusedError):
            session.get(site.url(), timeout=2, proxies={"http": "http://127.0.0.1:9/"})
