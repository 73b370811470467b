"""The one door: the right reader, and never an exception for what is in a body."""

from __future__ import annotations

import sys
import types

import pytest

from crawlers.readers import interface
from crawlers.readers.interface import READERS, Budget, Hints, Limits, read, reader_of
from crawlers.readers.versions import versions
from ita_rules.errors import ReaderError


def test_every_reader_has_the_shape() -> None:
    for media_type in READERS:
        reader = reader_of(media_type)
        assert reader is not None
        assert reader.version().split("/")[0] in READERS[media_type]


def test_versions_are_named_once() -> None:
    found = versions()
    assert len(set(found)) == len(found)
    assert any(v.startswith("pdf/2 pypdfium2/") for v in found)


def test_unknown_kind_is_unreadable() -> None:
    document = read(b"\x00\x01\x02 nobody knows", Hints())
    assert (document.cause, document.facts["failure"]) == ("unreadable", "no_reader")
    assert document.media_type == "application/octet-stream"
    assert read(b"").facts["failure"] == "empty"


@pytest.mark.parametrize(
    ("error", "cause", "failure"),
    [
        (ReaderError("encrypted", failure="password"), "encrypted", "password"),
        (RecursionError(), "unreadable", "nesting"),
        (KeyError("x"), "unreadable", "KeyError"),
    ],
)
def test_errors_become_causes(monkeypatch: pytest.MonkeyPatch, error: Exception, cause: str, failure: str) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setitem(sys.modules, "fake_reader", types.SimpleNamespace(read=fail))
    monkeypatch.setattr(interface, "READERS", {"text/plain": "fake_reader"})
    document = read("ข้อความ".encode())
    assert (document.cause, document.facts["failure"].split("@")[0]) == (cause, failure)


def test_missing_library_is_a_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interface, "READERS", {"text/plain": "no_such_reader_module"})
    assert read(b"words").facts["failure"].startswith("ModuleNotFoundError")


def test_budget_stays_spent() -> None:
    budget = Budget(Limits(text_chars=5))
    assert budget.take("12345")
    assert not budget.take("6")
    assert not budget.take("")
    assert budget.late()
    assert Budget(Limits(seconds=-1)).late()
