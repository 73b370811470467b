import threading
import time

import pytest

from crawlers.breaker import FAILURES, MAX_PAUSE, PATIENCE, PAUSE, Breaker, LeftAloneError
from crawlers.politeness import Politeness

URL = "http://www.a.go.th/x"
OTHER = "http://b.go.th/"


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def dead(clock):
    """A host that has just been found dead."""
    breaker = Breaker(clock)
    for _ in range(FAILURES):
        breaker.bad(URL, "timeout", clock())
    return breaker


def enter(breaker, last=False, may_wait=None):
    return breaker.enter(URL, last, may_wait or (lambda: last))


def test_a_host_is_left_alone_after_failures_in_a_row(clock):
    breaker = Breaker(clock)
    for _ in range(FAILURES - 1):
        breaker.bad(URL, "refused", clock())
    assert enter(breaker) is False
    breaker.bad(URL, "dns", clock())
    with pytest.raises(LeftAloneError) as caught:
        enter(breaker)
    assert caught.value.cause == "dns"
    assert breaker.left() == PAUSE


def test_an_answer_in_between_starts_the_count_anew(clock):
    breaker = Breaker(clock)
    for _ in range(3):
        for _ in range(FAILURES - 1):
            breaker.bad(URL, "reset", clock())
        clock.now += 1
        breaker.good(URL)
    assert enter(breaker) is False


def test_pages_that_hang_while_others_answer_do_not_speak_against_the_host(clock):
    breaker = Breaker(clock)
    start = clock()
    clock.now += 10
    breaker.good(URL)
    clock.now += 5
    for _ in range(3 * FAILURES):
        breaker.bad(URL, "timeout", start)
    assert enter(breaker) is False


def test_one_request_tries_when_the_while_is_over(dead, clock):
    clock.now += PAUSE
    assert enter(dead) is True
    with pytest.raises(LeftAloneError):
        enter(dead)
    dead.good(URL)
    dead.leave()
    assert enter(dead) is False


def test_a_try_that_fails_makes_the_while_longer(dead, clock):
    for pause in (2 * PAUSE, 4 * PAUSE, 8 * PAUSE, MAX_PAUSE, MAX_PAUSE):
        clock.now += dead.left()
        assert enter(dead)
        dead.bad(URL, "timeout", clock())
        dead.leave()
        assert dead.left() == pause


def test_what_was_under_way_when_it_was_found_dead_does_not_count_again(dead, clock):
    dead.bad(URL, "timeout", clock() - 10)
    assert dead.left() == PAUSE


def test_a_last_try_may_ask_once_although_the_while_is_not_over(dead, clock):
    clock.now += 1
    assert enter(dead, last=True) is True
    dead.bad(URL, "timeout", clock())
    dead.leave()
    with pytest.raises(LeftAloneError):
        enter(dead, last=True)


def test_other_last_tries_wait_for_the_one_under_way(dead, clock):
    assert enter(dead, last=True)
    found = []
    waiting = threading.Thread(target=lambda: found.append(enter(dead, last=True)))
    waiting.start()
    time.sleep(0.05)
    assert not found
    dead.good(URL)
    dead.leave()
    waiting.join(2)
    assert found == [False]


def test_who_may_wait_waits_for_the_try(dead, clock):
    found = []
    waiting = threading.Thread(target=lambda: found.append(enter(dead, may_wait=lambda: True)))
    waiting.start()
    time.sleep(0.05)
    assert not found
    clock.now += PAUSE
    waiting.join(2)
    assert found == [True]


def test_patience_has_an_end(dead, clock):
    clock.now += PATIENCE
    assert enter(dead, may_wait=lambda: True) is True
    with pytest.raises(LeftAloneError):
        enter(dead, may_wait=lambda: True)


def test_a_run_that_ends_waits_no_longer(dead):
    willing = iter([True, True, False])
    with pytest.raises(LeftAloneError):
        enter(dead, may_wait=lambda: next(willing))


def test_the_door_is_asked_before_a_host_is_given_up(clock):
    breaker = Breaker(clock)
    breaker.good("http://www.a.go.th/robots.txt")
    clock.now += 1
    for _ in range(FAILURES - 1):
        breaker.bad(URL, "reset", clock())
    assert breaker.knock() == ""
    breaker.bad(URL, "reset", clock())
    assert enter(breaker) is False
    assert breaker.knock() == "http://www.a.go.th/robots.txt"
    assert breaker.knock() == ""
    breaker.bad("http://www.a.go.th/robots.txt", "timeout", clock())
    assert breaker.left() == PAUSE
    # a try that fails is doubted too, and the door may be asked although the while is not over
    assert enter(breaker, last=True)
    breaker.bad(URL, "reset", clock())
    breaker.leave()
    assert breaker.enter(breaker.knock(), False, lambda: False) is True
    breaker.good("http://www.a.go.th/robots.txt")
    breaker.leave()
    assert enter(breaker) is False


def test_politeness_leaves_a_dead_host_alone_and_no_other(clock):
    gate = Politeness(4, 0.0, clock=clock, sleep=lambda seconds: None)
    for _ in range(FAILURES):
        with gate.slot(URL):
            gate.told(URL, None, "", failed="timeout", since=clock())
    with pytest.raises(LeftAloneError), gate.slot(URL):
        pytest.fail("asked")
    with gate.slot(OTHER):
        pass
    clock.now += PAUSE
    with gate.slot(URL):
        gate.told(URL, 500, "", since=clock())
    with gate.slot(URL):
        pass


def test_a_try_that_ends_without_a_word_leaves_room_for_the_next(clock):
    gate = Politeness(4, 0.0, clock=clock, sleep=lambda seconds: None)
    for _ in range(FAILURES):
        gate.told(URL, None, "", failed="timeout", since=clock())
    clock.now += PAUSE
    for _ in range(2):
        with gate.slot(URL):
            pass


def test_on_loopback_nobody_is_left_alone(clock):
    gate = Politeness(4, 0.0, clock=clock)
    for _ in range(3 * FAILURES):
        gate.told("http://127.0.0.1:8000/", None, "", failed="timeout", since=clock())
    with gate.slot("http://127.0.0.1:8000/"):
        pass
