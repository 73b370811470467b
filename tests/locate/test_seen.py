"""Marks of very many things: each noted once, however the table grows."""

from __future__ import annotations

import random

from ita_rules.locate.seen import Seen


def test_a_mark_is_new_once() -> None:
    seen = Seen()
    assert [seen.add(mark) for mark in (5, -5, 5, -5)] == [True, True, False, False]
    assert len(seen) == 2


def test_as_a_set_does_however_many_and_however_alike() -> None:
    chance = random.Random(7)
    marks = [chance.choice((chance.randrange(400), chance.randrange(400) << 32, chance.getrandbits(63))) for _ in range(20_000)]
    seen, known = Seen(), set[int]()
    for mark in marks:
        mark = mark or 1  # nought is how an empty place looks, and counts as one
        assert seen.add(mark) == (mark not in known)
        known.add(mark)
    assert len(seen) == len(known)


def test_only_the_last_64_bits_count() -> None:
    seen = Seen()
    assert seen.add(1 << 70 | 9)
    assert not seen.add(9)
