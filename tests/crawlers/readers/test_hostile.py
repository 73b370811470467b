"""Files that want to do harm, in a child as the crawler reads them: each ends in a cause, soon, and the next one is read."""

from __future__ import annotations

import gzip
import io
import struct
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crawlers.readers.interface import Limits
from crawlers.readers.sandbox import ReaderPool
from ita_rules.run.types import Document
from tests.corpora.office import make
from tests.crawlers.readers import olemaker

FOLDER = Path(make.__file__).parent
SECONDS = 20.0
ZEROS = b"\x00" * (1 << 20)


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    """One child with the usual limits, less time."""
    with ReaderPool(workers=1, limits=Limits(seconds=SECONDS)) as made:
        made.read(b"warm words")
        yield made


def packed(*members: tuple[str, bytes], level: int = 9) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, body in members:
            archive.writestr(name, body)
    return out.getvalue()


def changed(data: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """A package with one member changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        bodies = {entry.filename: old.read(entry) for entry in old.infolist()}
    return packed(*((name, change(body) if name == member else body) for name, body in bodies.items()), level=1)


def big_zip() -> bytes:
    """Half a megabyte that unpacks to 500."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.txt", "w") as member:
        for _ in range(500):
            member.write(ZEROS)
    return out.getvalue()


def lying_zip() -> bytes:
    """The same, with a directory that says it is small."""
    data = bytearray(big_zip())
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(mark) + place, 1000)
    return bytes(data)


def nested(depth: int) -> bytes:
    data = packed(("a.txt", "เอกสารข้างใน".encode()))
    for _ in range(depth):
        data = packed(("b.zip", data))
    return data


def entities(member: str, data: bytes) -> bytes:
    bomb = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    made = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">' + bomb + b"]><x>&a11;</x>"
    return changed(data, member, lambda _: made)


def sparse_ods() -> bytes:
    cell = '<table:table-cell table:number-columns-repeated="16384"'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}%s</table:table-row>'
    rows = (row % "/>" + row % ' office:value-type="string"><text:p>x</text:p></table:table-cell>').encode()
    end = b"</table:table>"
    return changed((FOLDER / "rich.ods").read_bytes(), "content.xml", lambda body: body.replace(end, rows + end, 1))


def crowded_pptx() -> bytes:
    shape = (
        '<p:sp><p:nvSpPr><p:cNvPr id="%d" name="x"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>'
        "<p:txBody><a:bodyPr/><a:p><a:r><a:t>กล่องที่ %d</a:t></a:r></a:p></p:txBody></p:sp>"
    )
    shapes = "".join(shape % (n, n) for n in range(100, 10_100)).encode()
    return changed(make.slides(), "ppt/slides/slide2.xml", lambda body: body.replace(b"</p:spTree>", shapes + b"</p:spTree>"))


def deep_rtf() -> bytes:
    return b"{\\rtf1 " + b"{" * 2_000_000


def docx_bomb() -> bytes:
    paragraph = b"<w:p><w:r><w:t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</w:t></w:r></w:p>" * 16_000
    return changed(make.word(), "word/document.xml", lambda body: body.replace(b"<w:body>", b"<w:body>" + paragraph * 400))


def circular(name: str) -> bytes:
    return olemaker.compound({name: bytes(range(256)) * 64, "1Table": bytes(9000), "Current User": bytes(5000)}, circle=True)


BOMBS: dict[str, tuple[Callable[[], bytes], set[str | None]]] = {
    "zip of 500 MB": (big_zip, {"too_large"}),
    "zip that lies": (lying_zip, {"unreadable", "too_large"}),
    "zips within zips": (lambda: nested(3), {"unreadable"}),
    "gzip of 500 MB": (lambda: gzip.compress(ZEROS * 500), {"too_large"}),
    "gzip within gzip": (lambda: gzip.compress(gzip.compress(gzip.compress(b"a"))), {"unreadable"}),
    "docx of 400 MB": (docx_bomb, {"too_large"}),
    "entities in docx": (lambda: entities("word/document.xml", make.word()), {"unreadable"}),
    "entities in odt": (lambda: entities("content.xml", (FOLDER / "rich.odt").read_bytes()), {"unreadable"}),
    "entities in pptx": (lambda: entities("ppt/presentation.xml", make.slides()), {"unreadable"}),
    "entities in xlsx": (lambda: entities("xl/workbook.xml", make.workbook()), {"unreadable"}),
    "ods of a million rows": (sparse_ods, {None}),
    "xls with a far cell": ((FOLDER / "far.xls").read_bytes, {None}),
    "pptx of 10,000 shapes": (crowded_pptx, {None}),
    "rtf of 2,000,000 groups": (deep_rtf, {"unreadable"}),
    "doc in circles": (lambda: circular("WordDocument"), {"unreadable", "encrypted"}),
    "xls in circles": (lambda: circular("Workbook"), {"unreadable"}),
    "ppt in circles": (lambda: circular("PowerPoint Document"), {"unreadable"}),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_bombs_end_in_a_cause(pool: ReaderPool, name: str) -> None:
    make_it, causes = BOMBS[name]
    data = make_it()
    assert len(data) < 20 << 20
    started = time.monotonic()
    document = pool.read(data)
    took = time.monotonic() - started
    assert document.cause in causes
    assert not str(document.facts.get("failure", "")).startswith(("signal", "exit", "timeout", "memory"))
    assert took < SECONDS
    assert reads_on(pool)


def reads_on(pool: ReaderPool) -> bool:
    return pool.read("ข้อความธรรมดา".encode()).pages[0].text == "ข้อความธรรมดา"


def test_repeated_rows_are_cut_and_said(pool: ReaderPool) -> None:
    document = pool.read(sparse_ods())
    assert document.truncated
    assert document.pages[0].blocks


def test_names_that_climb_out_are_only_names(pool: ReaderPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("../../../../tmp/out.txt", "/etc/out.txt", "C:\\out.txt", "..\\..\\out.txt")
    document = pool.read(packed(*((name, f"คำ {n}".encode()) for n, name in enumerate(names))))
    assert [page.name for page in document.pages] == [name.replace("\\", "/") for name in names]
    assert [page.text for page in document.pages] == [f"คำ {n}" for n in range(4)]
    assert not Path("/tmp/out.txt").exists()


FORMS = {
    **{form: (FOLDER / f"rich.{form}").read_bytes for form in ("doc", "odt", "rtf", "xls", "ods", "ppt", "odp")},
    "docx": make.word,
    "xlsx": make.workbook,
    "pptx": make.slides,
    "zip": lambda: packed(("a.doc", (FOLDER / "rich.doc").read_bytes())),
    "gz": lambda: gzip.compress((FOLDER / "rich.doc").read_bytes()),
}


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_files_cut_short_never_crash_and_never_pass_for_whole(pool: ReaderPool, form: str) -> None:
    """What is left of a file may be read; but a child that dies, or words that were never there, would be faults."""
    data = FORMS[form]()
    whole = said(pool.read(data))
    for share in (0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99):
        document = pool.read(data[: int(len(data) * share)])
        failure = str(document.facts.get("failure", ""))
        assert not failure.startswith(("signal", "exit", "timeout", "memory")), (share, failure)
        assert "Error@" not in failure, (share, failure)
        assert document.cause or document.truncated or said(document) == whole, share
    assert reads_on(pool)
    assert whole


def said(document: Document) -> set[str]:
    return {block.text for _, _, block in document.blocks()}


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_changed_bytes_never_crash(pool: ReaderPool, form: str) -> None:
    data = bytearray(FORMS[form]())
    for seed in range(40):
        made = bytearray(data)
        for step in range(12):
            at = (seed * 7919 + step * 104_729 + seed * step * 31) % len(made)
            made[at] = (made[at] + 1 + seed * 3 + step) % 256
        failure = str(pool.read(bytes(made)).facts.get("failure", ""))
        assert not failure.startswith(("signal", "exit", "timeout", "memory")), (seed, failure)
    assert reads_on(pool)
