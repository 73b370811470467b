"""The texts of a run: packed, and unpacked when somebody looks into one.

A run may hold a thousand texts, of which a verdict reads a few at a time. `Documents` is a mapping like any other; what it gives
knows the little that is asked of all of them (media type, title, method, causes) and takes its pages, forms and embeds out when
these are asked for. What was taken out last stays out, by what it weighs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from copy import copy
from dataclasses import fields
from itertools import count
from typing import Any

from ita_rules.run.codec import pack, unpack
from ita_rules.run.packed import Packed, Place, Recent
from ita_rules.run.types import Document, Form, Method, Page

MOST_BYTES = 8 * 1024**2
"""What the texts that are unpacked may weigh, in bytes of memory, about."""

_BLOCK, _PAGE, _IMAGE = 220, 220, 320  # bytes of the objects themselves, measured on CPython 3.11
_FIELDS = tuple(f.name for f in fields(Document))
_STORED = frozenset({"pages", "forms", "embeds"})


def weight_of(document: Document) -> int:
    """About how many bytes of memory a text takes."""
    return sum(
        _PAGE
        + 2 * len(page.alternate)
        + _IMAGE * len(page.images)
        + _BLOCK * len(page.blocks)
        + 2 * sum([len(block.text) for block in page.blocks])
        + sum([60 + 2 * len(cell) for block in page.blocks if block.cells for cell in block.cells])
        for page in document.pages
    )


class StoredDocument(Document):
    """A document whose `pages`, `forms` and `embeds` lie packed until they are asked for. Equal to one that holds the same."""

    __slots__ = ("_causes", "_method", "_number", "_place", "_texts")

    _causes: tuple[str | None, ...]
    _method: Method
    _number: int
    _place: Place
    _texts: Documents

    def __new__(cls, *args: Any, **values: Any) -> Any:
        """A changed copy (`dataclasses.replace`) is a document of its own."""
        return Document(*args, **values)

    @classmethod
    def of(cls, document: Document, place: Place, number: int, texts: Documents) -> StoredDocument:
        """The stored form of a document that lies packed at a place; `number` is its own among those of `texts`."""
        self: StoredDocument = object.__new__(cls)
        values = {name: getattr(document, name) for name in _FIELDS if name not in _STORED}
        values |= {"_causes": document.causes, "_method": document.method, "_place": place, "_number": number, "_texts": texts}
        for name, value in values.items():
            object.__setattr__(self, name, value)
        return self

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages, unpacked."""
        return self._texts.whole(self).pages

    @property
    def forms(self) -> tuple[Form, ...]:
        """The forms, unpacked."""
        return self._texts.whole(self).forms

    @property
    def embeds(self) -> tuple[str, ...]:
        """The embeds, unpacked."""
        return self._texts.whole(self).embeds

    @property
    def causes(self) -> tuple[str | None, ...]:
        """As `Document.causes`, without unpacking."""
        return self._causes

    @property
    def method(self) -> Method:
        """As `Document.method`, without unpacking."""
        return self._method

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Document):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _FIELDS)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"StoredDocument({self.sha256!r}, {self.media_type!r})"

    def __reduce__(self) -> tuple[type[Document], tuple[Any, ...]]:
        """Another process gets the whole document."""
        return Document, tuple(getattr(self, name) for name in _FIELDS)


class Documents(MutableMapping[str, Document]):
    """Texts by SHA-256, held packed. `most` is what the unpacked ones may weigh. Safe for threads that read."""

    def __init__(self, given: Mapping[str, Document] | Iterable[tuple[str, Document]] = (), *, most: int = MOST_BYTES) -> None:
        self._packed = Packed()
        self._recent: Recent[int, Document] = Recent(most)
        self._stored: dict[str, Document] = {}
        self._numbers = count(1)
        self.update(given)

    @classmethod
    def of(cls, documents: Mapping[str, Document]) -> Documents:
        """A mapping of its own with some texts; those that are packed already lie where they are."""
        if not isinstance(documents, Documents):
            return cls(documents)
        made = copy(documents)
        made._stored = dict(documents._stored)
        return made

    def keep(self, sha256: str, document: Document, packed: bytes) -> None:
        """Take in a text that `ita_rules.run.codec.pack` packed already."""
        number = next(self._numbers)  # one that is taken in again is another: who looks at the old one sees the old one
        self._stored[sha256] = StoredDocument.of(document, self._packed.put(packed), number, self)
        self._recent.put(number, document, weight_of(document))

    def whole(self, stored: StoredDocument) -> Document:
        """A stored text with all that it holds. Raises `RunError` where it cannot be read back."""
        known = self._recent.get(stored._number)
        if known is not None:
            return known
        document = unpack(Document, self._packed.get(stored._place))
        return self._recent.put(stored._number, document, weight_of(document))

    def allow(self, most: int) -> None:
        """Let the unpacked texts weigh so many bytes from now on."""
        self._recent.most = most

    def in_order(self) -> Documents:
        """The same texts in the order of their keys."""
        made = Documents.of(self)
        made._stored = dict(sorted(self._stored.items()))
        return made

    def __getitem__(self, sha256: str) -> Document:
        return self._stored[sha256]

    def __setitem__(self, sha256: str, document: Document) -> None:
        self.keep(sha256, document, pack(document))

    def __delitem__(self, sha256: str) -> None:
        del self._stored[sha256]

    def __iter__(self) -> Iterator[str]:
        return iter(self._stored)

    def __len__(self) -> int:
        return len(self._stored)
