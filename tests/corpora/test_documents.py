"""The labelled documents are what their truth says: the files are there, true phrases stand in the sources, decoys do not."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from benchmarks.documents import FAST, MET, PERIODS
from benchmarks.reading import Text, empty_cells, headings
from crawlers.readers.interface import Hints, read
from ita_rules.model import AgencyType
from ita_rules.rulesets.load import load_ruleset
from ita_rules.run.types import Block, Document, Page
from ita_rules.thai.fold import key, loose
from tests.corpora.documents import source as writing

FOLDER = Path(__file__).resolve().parent / "documents"
TRUTH: dict[str, Any] = json.loads((FOLDER / "truth.json").read_text("utf-8"))
DOCUMENTS: list[dict[str, Any]] = TRUTH["documents"]
SOURCES = writing.load()

CORE = [s.id for s in SOURCES if s.id.startswith("c")]
TEXT_FORMS = (
    "html html-874 html-lying html-xls html-pdf pdf-libreoffice pdf-chromium pdf-reportlab docx doc odt rtf "
    "xlsx xls csv csv-874 pptx ppt zip scan-200"
).split()
PICTURE_FORMS = "jpg png tiff webp scan-150 scan-300".split()
FAULTS = (
    "am-lost am-split am-blank pua tone-first blank-marks doubled double-e latin1 shifted owner user truncated rubbish"
).split()


def body(entry: dict[str, Any]) -> bytes:
    """The bytes of a file."""
    return (FOLDER / "files" / entry["file"]).read_bytes()


def test_every_file_is_in_the_truth_and_the_other_way_round() -> None:
    assert sorted(p.name for p in (FOLDER / "files").iterdir()) == sorted(d["file"] for d in DOCUMENTS)


def test_files_differ() -> None:
    # a page called .pdf is the same page; nothing else may be
    seen = Counter(hashlib.sha256(body(d)).hexdigest() for d in DOCUMENTS if d["form"] != "html-pdf")
    assert max(seen.values()) == 1


def test_the_corpus_is_small() -> None:
    sizes = [len(body(d)) for d in DOCUMENTS]
    assert sum(sizes) < 25_000_000
    assert sum(size < 100_000 for size in sizes) > 0.85 * len(sizes)
    assert 40 <= sum(d["pages"] for d in DOCUMENTS if d["reads"] == "picture") <= 50


def test_forms_and_faults_are_covered() -> None:
    sound = {(d["source"], d["form"]) for d in DOCUMENTS if d["fault"] == "none"}
    assert [(name, form) for name in CORE for form in TEXT_FORMS if (name, form) not in sound] == []
    assert len(CORE) >= 12
    assert min(Counter(form for _, form in sound if form in PICTURE_FORMS).get(form, 0) for form in PICTURE_FORMS) >= 4
    assert set(FAULTS) == {d["fault"] for d in DOCUMENTS} - {"none"}
    assert set(FAST) <= {form for _, form in sound}
    # every form is compared with HTML over the same documents
    assert {d["source"] for d in DOCUMENTS} == {name for name, form in sound if form == "html"}


def test_the_truth_is_that_of_the_sources() -> None:
    told = TRUTH["sources"]
    assert list(told) == [s.id for s in SOURCES]
    for source in SOURCES:
        truth = told[source.id]
        assert truth["phrases"] == source.phrases(), source.id
        assert truth["decoys"] == writing.decoys(source, SOURCES), source.id
        assert truth["components"] == source.components, source.id
        assert [t["head"] for t in truth["tables"]] == [t.head for t in source.tables], source.id


@pytest.mark.parametrize("source", SOURCES, ids=lambda s: s.id)
def test_phrases_are_in_the_text_and_decoys_are_not(source: writing.Source) -> None:
    truth = TRUTH["sources"][source.id]
    whole, loosely = key(source.text), loose(source.text)
    assert [p for p in truth["phrases"] if key(p) not in whole] == []
    assert [p for p in truth["decoys"] if loose(p) in loosely] == []
    assert 8 <= len(truth["phrases"]) <= 20
    assert len(truth["decoys"]) >= 12
    assert all(8 <= len(p) <= 40 for p in truth["phrases"])


def test_statuses_and_items_are_known() -> None:
    items = {item.id: item for item in load_ruleset(TRUTH["ruleset"]).items}
    for source in SOURCES:
        checks = items[source.item].checks
        asked = {c.component for c in checks if c.kind == "component"}
        assert set(source.components) == asked, source.id
        assert set(source.components.values()) <= {*MET, "missing", "empty", "toc"}
        assert source.period in {*PERIODS, "none"}
        assert (source.period != "none") == any(c.kind == "period" for c in checks), source.id
        assert source.type in {t.value for t in AgencyType}


def test_a_table_that_is_not_square_is_no_source() -> None:
    for source in SOURCES:
        for table in source.tables:
            assert len({len(row) for row in table.rows}) == 1, (source.id, table.rows[0])


def test_a_source_without_a_head_is_refused() -> None:
    with pytest.raises(ValueError, match="three dashes"):
        writing.parse("x", "# ชื่อเรื่อง")


def test_merged_headings_are_spans() -> None:
    told = "item: O1\nagency: a\ntype: local\nfont: Loma\nperiod: none\ncomponents: {}\nnear: []\n---\n"
    table = writing.parse("x", told + "| ก | ข | < |\n| ^ | ค | ง |\n| ๑ | ๒ | |").tables[0]
    assert (table.heads, table.head) == (2, ["ก", "ข", "ค", "ง"])
    assert table.spans() == {(0, 0): (2, 1), (0, 1): (1, 2)}


def test_what_is_measured_as_found_is_there() -> None:
    block = Block("row", "โครงการ | ปัญหา", ("โครงการ", "ปัญหา"), 0, header=True)
    row = Block("row", "ขุดสระน้ำ | ", ("ขุดสระน้ำ", ""), 0)
    wrong = Block("row", "ปลูกต้นไม้ | ปัญหา", ("ปลูกต้นไม้", "ปัญหา"), 0)
    document = Document("0" * 64, "text/html", pages=(Page(1, (block, row, wrong), method="html"),))
    tables = [{"head": ["โครงการ", "ปัญหา", "หมายเหตุ"], "rows": [["ขุดสระน้ำ", ""], ["ปลูกต้นไม้", ""]]}]
    assert headings(tables, document, False) == (2, 3)
    assert empty_cells(tables, document, False) == (1, 2)
    text = Text(document)
    assert text.has("ขุดสระนำ้")
    assert not text.has("ขุดสระน้ำลึก")


def test_recognised_text_need_only_be_alike() -> None:
    page = Page(1, (Block("text", "สรุปผลการดำเนินงานโครงกาวขุดลอกคลอง"),), method="ocr")
    text = Text(Document("0" * 64, "application/pdf", pages=(page,)))
    assert text.has("ผลการดำเนินงานโครงการขุดลอกคลอง")
    assert not text.has("โครงการ")
    assert not Text(Document("0" * 64, "application/pdf", pages=(Page(1, page.blocks, method="text-layer"),))).has(
        "โครงการขุดลอกคลอง"
    )


def test_one_source_is_read_back_whole() -> None:
    entry = next(d for d in DOCUMENTS if d["file"] == "c01-docx.docx")
    text = Text(read(body(entry), Hints(filename=entry["file"])))
    assert [p for p in TRUTH["sources"]["c01"]["phrases"] if not text.has(p)] == []
