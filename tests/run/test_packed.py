"""Packed records in memory and in a file, and what stays unpacked."""

import tempfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from ita_rules.errors import RunError
from ita_rules.run.packed import Packed, Recent


def test_records_come_back_from_memory_and_from_the_file():
    packed = Packed(most=10)
    places = [packed.put(data) for data in (b"12345678", b"0123456789", b"", b"90", b"a" * 5000)]
    assert [isinstance(place, bytes) for place in places] == [True, False, True, True, False]
    assert [packed.get(place) for place in reversed(places)] == [b"a" * 5000, b"90", b"", b"0123456789", b"12345678"]


def test_threads_read_each_what_they_asked_for():
    packed = Packed(most=0)
    places = [packed.put(str(n).encode() * (n + 1)) for n in range(200)]
    with ThreadPoolExecutor(8) as hands:
        found = list(hands.map(packed.get, places * 5))
    assert found == [str(n).encode() * (n + 1) for n in range(200)] * 5


def test_where_no_file_can_be_written_all_stays_in_memory(monkeypatch):
    def refuse(**_):
        raise OSError("no room")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    packed = Packed(most=0)
    assert packed.get(packed.put(b"kept")) == b"kept"


def test_a_file_that_lost_its_end_is_told():
    packed = Packed(most=0)
    place = packed.put(b"0123456789")
    assert packed._file is not None
    packed._file.truncate(4)
    with pytest.raises(RunError) as told:
        packed.get(place)
    assert told.value.message_id == "run_broken"


def test_what_was_used_longest_ago_goes_first():
    recent = Recent[str, str](10)
    for key in "abc":
        recent.put(key, key.upper(), 3)
    assert recent.get("a") == "A"
    recent.put("d", "D", 4)
    assert [recent.get(key) for key in "abcd"] == ["A", None, "C", "D"]
    assert recent.weight == 10


def test_a_value_in_place_of_another_is_weighed_anew():
    recent = Recent[str, int](10)
    recent.put("a", 1, 8)
    recent.put("a", 2, 3)
    recent.put("b", 3, 7)
    assert (recent.get("a"), recent.get("b"), recent.weight, len(recent)) == (2, 3, 10, 2)


def test_the_last_one_stays_however_heavy():
    recent = Recent[str, int](10)
    recent.put("a", 1, 2)
    recent.put("b", 2, 99)
    assert (recent.get("a"), recent.get("b"), len(recent)) == (None, 2, 1)
