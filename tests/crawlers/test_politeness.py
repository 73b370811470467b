import datetime
import email.utils
import threading
import time

import pytest

from crawlers.politeness import MAX_INTERVAL, Politeness, seconds_of

URL = "http://www.a.go.th/x"


class Clock:
    """A clock that a sleeper moves on."""

    def __init__(self):
        self.now, self.slept = 100.0, []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(round(seconds, 3))
        self.now += seconds


def polite(interval=0.25, connections=4):
    clock = Clock()
    return Politeness(connections, interval, clock=clock, sleep=clock.sleep), clock


def ask(gate, *urls):
    for url in urls:
        with gate.slot(url):
            pass


def test_a_pause_between_two_starts_at_a_host():
    gate, clock = polite()
    ask(gate, URL, URL, "http://b.go.th/", URL)
    assert clock.slept == [0.25, 0.25]


def test_no_pause_on_loopback():
    gate, clock = polite()
    ask(gate, *["http://127.0.0.1:8000/"] * 3, *["http://localhost/"] * 3, *["http://[::1]/"] * 3)
    gate.told("http://127.0.0.1:8000/", 429, "30")
    ask(gate, "http://127.0.0.1:8000/")
    assert clock.slept == []


def test_hosts_on_one_address_share_its_pause():
    gate, clock = polite()
    gate.met("www.a.go.th", "203.150.1.1")
    gate.met("b.go.th", "203.150.1.1")
    ask(gate, URL, "http://b.go.th/")
    assert clock.slept == [0.25]


def test_errors_double_the_pause_and_answers_ease_it():
    gate, clock = polite()
    ask(gate, URL)
    for _ in range(20):
        gate.told(URL, 503, "")
    ask(gate, URL, URL)
    assert clock.slept[-1] == MAX_INTERVAL
    for _ in range(30):
        gate.told(URL, 200, "")
    ask(gate, URL, URL)
    assert clock.slept[-1] == 0.25


def test_retry_after_is_heeded_within_reason():
    gate, clock = polite()
    gate.told(URL, 429, "7")
    ask(gate, URL)
    assert clock.slept == [7.0]
    gate.told("http://b.go.th/", 429, "3600")
    ask(gate, "http://b.go.th/")
    assert clock.slept == [7.0]


def test_what_robots_ask_for_is_the_least():
    gate, clock = polite()
    gate.at_least(URL, 1.5)
    gate.told(URL, 200, "")
    ask(gate, URL, URL)
    assert clock.slept == [1.5]


@pytest.mark.parametrize("shared", [False, True])
def test_no_more_than_so_many_at_once(shared):
    gate = Politeness(3, 0.0)
    urls = ["http://127.0.0.1/"] * 12
    if shared:
        urls = ["http://a.go.th/", "http://b.go.th/"] * 6
        for host in ("a.go.th", "b.go.th"):
            gate.met(host, "203.150.1.1")
    busy, peak, lock = 0, 0, threading.Lock()

    def work(url):
        nonlocal busy, peak
        with gate.slot(url):
            with lock:
                busy += 1
                peak = max(peak, busy)
            time.sleep(0.01)
            with lock:
                busy -= 1

    threads = [threading.Thread(target=work, args=(url,)) for url in urls]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert peak == 3


def test_stop_wakes_those_who_wait():
    gate = Politeness(4, 20.0)
    ask(gate, URL)
    threading.Timer(0.1, gate.stop).start()
    start = time.monotonic()
    ask(gate, URL)
    assert time.monotonic() - start < 2


def test_retry_after_as_number_or_date():
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=90)
    assert seconds_of("12") == 12
    assert 80 < seconds_of(email.utils.format_datetime(later, usegmt=True)) <= 90
    assert seconds_of("") == seconds_of("soon") == seconds_of("Mon, 01 Jan 2001 00:00:00 GMT") == 0


def test_hosts_that_share_an_address_are_counted_together_from_the_first_request():
    gate = Politeness(4, 0.0)
    busy, peak, lock = 0, 0, threading.Lock()

    def work(url):
        nonlocal busy, peak
        with gate.slot(url, find=lambda: "203.150.1.1"):
            with lock:
                busy += 1
                peak = max(peak, busy)
            time.sleep(0.02)
            with lock:
                busy -= 1

    threads = [threading.Thread(target=work, args=(f"http://{name}.go.th/",)) for name in "abcdefgh" for _ in range(2)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert peak == 4
    assert gate.address_of("a.go.th") == "203.150.1.1"


def test_an_address_is_looked_for_once():
    gate, _ = polite()
    asked = []
    for _ in range(3):
        with gate.slot(URL, find=lambda: asked.append(1) or "203.150.1.1"):
            pass
    with gate.slot("http://203.150.1.9/", find=lambda: pytest.fail("an address needs no resolver")):
        pass
    assert asked == [1]


def test_a_place_is_given_back_when_no_address_is_found():
    gate, _ = polite(connections=1)
    for _ in range(3):
        with pytest.raises(OSError, match="unknown"), gate.slot(URL, find=lambda: (_ for _ in ()).throw(OSError("unknown"))):
            pytest.fail("there is no such host")
    with gate.slot(URL):
        pass


def test_slow_answers_lengthen_the_pause_until_they_are_quick_again():
    gate, clock = polite()

    def pause():
        ask(gate, URL, URL)
        return clock.slept[-1]

    for _ in range(20):
        gate.told(URL, 200, "", waited=0.2)
    assert pause() == 0.25
    for _ in range(4):
        gate.told(URL, 200, "", waited=3.0)
    slow = pause()
    assert slow > 1.0
    for _ in range(20):
        gate.told(URL, 200, "", waited=0.2)
    assert pause() == 0.25


@pytest.mark.parametrize(
    "waits",
    [[3.0] * 30, [0.02] * 20 + [0.3] * 9, [0.2] * 7 + [9.0]],
    ids=["always so", "a blink", "not known long enough"],
)
def test_a_host_is_slow_only_by_its_own_measure(waits):
    gate, clock = polite()
    for waited in waits:
        gate.told(URL, 200, "", waited=waited)
    ask(gate, URL, URL)
    assert clock.slept[-1] == 0.25


def test_retry_after_as_a_date_is_waited_for():
    gate, clock = polite()
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=20)
    gate.told(URL, 503, email.utils.format_datetime(later, usegmt=True))
    ask(gate, URL)
    assert 10 < clock.slept[-1] <= 20
