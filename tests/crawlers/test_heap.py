import ctypes

import pytest

from crawlers import heap


class Library:
    def __init__(self) -> None:
        self.told: list[tuple[int, int]] = []

    def mallopt(self, what: int, value: int) -> int:
        self.told.append((what, value))
        return 1

    def malloc_trim(self, pad: int) -> int:
        self.told.append((0, pad))
        return 1


def test_threads_share_one_place(monkeypatch):
    library = Library()
    monkeypatch.setattr(ctypes, "CDLL", lambda name: library)
    monkeypatch.setattr(heap.sys, "platform", "linux")
    heap.share_memory()
    assert library.told == [(-8, 1)]


def test_what_lies_free_is_given_back(monkeypatch):
    library = Library()
    monkeypatch.setattr(ctypes, "CDLL", lambda name: library)
    monkeypatch.setattr(heap.sys, "platform", "linux")
    heap.give_back()
    assert library.told == [(0, 0)]


@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_another_library_is_left_alone(monkeypatch, platform):
    monkeypatch.setattr(ctypes, "CDLL", lambda name: object())
    monkeypatch.setattr(heap.sys, "platform", platform)
    heap.share_memory()
    heap.give_back()
