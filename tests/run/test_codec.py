import json
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ita_rules.run import codec
from ita_rules.run.codec import inflate, pack, pack_all, to_list, unpack, unpack_all
from ita_rules.run.types import Answer, Block, Document, Exchange, Form, Image, Link, Page, RunMeta

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
_TEXTS = st.lists(_TEXT, max_size=2).map(tuple)
_PAGES = st.builds(
    Page,
    st.integers(1, 9),
    st.lists(st.builds(Block, st.sampled_from(["row", "text"]), _TEXT, _TEXTS, bold=st.booleans()), max_size=2).map(tuple),
    name=st.none() | _TEXT,
    trust=st.floats(0, 1),
    images=st.lists(st.builds(Image, _TEXT, before=st.integers(0, 3)), max_size=1).map(tuple),
)
_FACTS = st.dictionaries(_TEXT, _TEXT, max_size=2)
_FORMS = st.lists(st.builds(Form, _TEXT, _TEXT, fields=_TEXTS), max_size=2).map(tuple)
_HOPS = st.lists(st.tuples(st.integers(), _TEXT)).map(tuple)
_NOUNS = st.one_of(
    st.builds(Document, _TEXT, _TEXT, pages=st.lists(_PAGES, max_size=2).map(tuple), facts=_FACTS),
    st.builds(Document, _TEXT, _TEXT, forms=_FORMS),
    st.builds(
        Exchange,
        _TEXT,
        _TEXT,
        status=st.none() | st.integers(100, 599),
        hops=_HOPS,
    ),
    st.builds(Link, _TEXT, _TEXT, _TEXT, cells=_TEXTS, order=st.integers(0, 9)),
    st.builds(Answer, _TEXT, _TEXTS, st.none() | st.booleans(), _TEXT),
    st.builds(RunMeta, _TEXT, warnings=_TEXTS, settings=_FACTS),
)


@settings(max_examples=200, deadline=None)
@given(_NOUNS)
def test_every_noun_comes_back_equal(noun):
    assert unpack(type(noun), pack(noun)) == noun
    assert unpack_all(type(noun), pack_all((noun, noun)), lambda text: text) == (noun, noun)


def test_defaults_take_no_room():
    assert to_list(Block("text", "ก")) == ["text", "ก"]
    assert to_list(Link("a", "b", "c", order=1))[-1] == 1


@pytest.mark.parametrize("data", [b"", b"x", zlib.compress(b"{"), zlib.compress(b"[1]")[:-3], zlib.compress(b"\xff")])
def test_what_is_broken(data):
    with pytest.raises(ValueError, match=r".*"):
        unpack(Block, data)


def test_too_many_fields():
    with pytest.raises(ValueError, match="fields"):
        unpack(Image, zlib.compress(json.dumps(["x"] * 20).encode()))


def test_what_unpacks_to_too_much(monkeypatch):
    monkeypatch.setattr(codec, "MAX_UNPACKED", 1000)
    with pytest.raises(ValueError, match="too large"):
        inflate(zlib.compress(b"x" * 5000))


def test_a_lone_surrogate_does_no_harm():
    assert unpack(Block, pack(Block("text", "\ud800"))).text == "?"
