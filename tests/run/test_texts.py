"""Texts that lie packed are in every way the texts that were put in."""

import pickle
from dataclasses import astuple, replace

import pytest

from ita_rules.run import texts
from ita_rules.run.codec import pack
from ita_rules.run.texts import MOST_BYTES, Documents, StoredDocument, weight_of
from ita_rules.run.types import Block, Document, Form, Image, Page


def document(name: str, letters: int = 10) -> Document:
    blocks = (Block("heading", name, level=1), Block("row", "ก | ข", ("ก", "ข"), 0), Block("text", "ก" * letters))
    pages = (Page(1, blocks, method="html", images=(Image("a.png", before=1),)), Page(2, cause="no_ocr"))
    return Document(name * 64, "text/html", "หน้า", pages, ("r/1",), forms=(Form("/", "post", ("ชื่อ",)),), embeds=("m",))


ONE, TWO = document("a"), document("b")


def test_a_stored_text_is_equal_to_the_one_that_was_put_in():
    documents = Documents({ONE.sha256: ONE})
    stored = documents[ONE.sha256]
    assert isinstance(stored, StoredDocument)
    assert stored == ONE
    assert [stored] == [ONE]
    assert stored != TWO
    assert stored != "text"
    assert documents == {ONE.sha256: ONE}
    assert {ONE.sha256: ONE} == documents
    assert astuple(stored) == astuple(ONE)
    assert (stored.method, stored.causes, list(stored.blocks())) == (ONE.method, (None, "no_ocr"), list(ONE.blocks()))


def test_what_is_asked_of_all_unpacks_nothing(monkeypatch):
    documents = Documents(most=1)
    documents.update({d.sha256: d for d in (ONE, TWO)})

    def never(*_):
        raise AssertionError("unpacked")

    monkeypatch.setattr(texts, "unpack", never)
    stored = documents[ONE.sha256]
    assert (stored.sha256, stored.media_type, stored.title, stored.cause, stored.causes, stored.truncated) == (
        *(ONE.sha256, ONE.media_type, ONE.title, ONE.cause, ONE.causes, False),
    )
    assert len(documents) == 2
    with pytest.raises(AssertionError):
        stored.pages  # noqa: B018


def test_no_more_stays_unpacked_than_is_allowed():
    many = [document(name, 1000) for name in "0123456789abcdef"]
    documents = Documents(most=3 * weight_of(many[0]))
    documents.update({d.sha256: d for d in many})
    assert [d.pages == was.pages for d, was in zip(documents.values(), many, strict=True)] == [True] * len(many)
    assert documents._recent.weight <= documents._recent.most
    first = documents[many[0].sha256]
    assert first.pages is first.pages, "what was looked at last stays"


def test_a_text_in_place_of_another_leaves_the_old_one_as_it_was():
    documents = Documents({ONE.sha256: ONE})
    old = documents[ONE.sha256]
    documents[ONE.sha256] = replace(ONE, pages=(Page(1, (Block("text", "รู้จำแล้ว"),), method="ocr"),))
    assert old == ONE
    assert documents[ONE.sha256].method == "ocr"
    assert documents[ONE.sha256] is not old


def test_a_changed_copy_and_one_for_another_process_are_whole():
    stored = Documents({ONE.sha256: ONE})[ONE.sha256]
    changed = replace(stored, cause="budget")
    assert type(changed) is Document
    assert changed == replace(ONE, cause="budget")
    sent = pickle.loads(pickle.dumps(stored))
    assert type(sent) is Document
    assert sent == ONE


def test_a_mapping_like_any_other():
    documents = Documents([(TWO.sha256, TWO)])
    documents.keep(ONE.sha256, ONE, pack(ONE))
    assert list(documents) == [TWO.sha256, ONE.sha256]
    assert list(documents.in_order()) == [ONE.sha256, TWO.sha256]
    assert Documents.of({ONE.sha256: ONE}) == {ONE.sha256: ONE}
    other = Documents.of(documents)
    del other[TWO.sha256]
    assert len(documents) == 2
    assert other == {ONE.sha256: ONE}
    del documents[ONE.sha256]
    assert ONE.sha256 not in documents
    assert documents.get(ONE.sha256) is None


def test_the_longer_text_weighs_more():
    assert weight_of(document("a", 5000)) - weight_of(document("a", 0)) == 10_000


def test_fewer_may_stay_unpacked_while_others_are_gathered():
    documents = Documents({ONE.sha256: ONE})
    documents.allow(1)
    for number in range(5):
        documents[str(number)] = replace(ONE, sha256=str(number))
    assert len(documents._recent) == 1
    documents.allow(MOST_BYTES)
    assert all(documents[key].pages == ONE.pages for key in documents)
    assert len(documents._recent) == 6
