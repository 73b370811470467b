"""Makes the corpus anew: ``python -m tests.corpora.documents.make [FOLDER]`` from the root of the repository.

Writes ``files/`` and ``truth.json`` beside this file (or in FOLDER); both are committed, so that nobody who only measures needs
what making takes: the extras `samples` and `ocr`, LibreOffice, Chromium, and the fonts of Debian's fonts-thai-tlwg and
fonts-noto-core. LibreOffice and Chromium write the time into their files, so a second making differs in bytes, not in text.

Twelve core sources (``c01`` …) exist in every form that has text, and as scans of 200 dpi, so that forms can be compared over
the same documents; the other pictures and the faults of text layers take some of them in turn. The other sources (``v01`` …,
``w01`` … of rarer wordings and tables with merged headings, ``x01`` … of years and layouts) are there as HTML and in three forms
each.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.corpora.documents import convert, office, paper, pictures, web
from tests.corpora.documents.source import MET, Source, decoys, load, parse

HERE = Path(__file__).resolve().parent
PASSWORD = "เปิดได้เฉพาะผู้รู้"
"""Opens the locked files of the corpus; no reader is told."""

TEXT_FAULTS = ("am-lost", "am-split", "am-blank", "pua", "tone-first", "blank-marks", "doubled", "double-e", "latin1", "owner")
EACH_FAULT = 6
"""Documents with each fault of text layers."""

PICTURES = {
    "jpg": ("c04", "c05", "c09", "c12"),
    "png": ("c02", "c03", "c06", "c10"),
    "tiff": ("c04", "c07", "c08", "c11"),
    "webp": ("c02", "c03", "c05", "c12"),
    "scan-150": ("c02", "c04", "c08", "c10"),
    "scan-300": ("c05", "c06", "c09", "c12"),
}
"""Which sources exist as which pictures; scans of 200 dpi take all core sources, and two with wide tables."""

WIDE_SCANS = ("v01", "v02")
NOISE = {"shifted": ("c02", "c05", "c08"), "rubbish": ("c03", "c09", "c12")}
"""Sources whose text layer is noise over a page that can be read."""

BROKEN = {"user": ("c03", "c10"), "truncated": ("c01", "c06", "c09")}
"""Sources of files that nobody can read, or not whole."""

RUBBISH = (
    "/ d:s nrna q dni:uir 1 u:ifl",
    "flsu.hfl rn:9 uj au,lu; ti nr:n",
    "ilu:s:1 fllJ rnu 0u: a.fl.mc",
    "q:rrJ 9551 A:zuuu |u fi",
)
"""What a recogniser of English makes of a Thai page."""

TURNS = (
    ("pdf-libreoffice", "docx", "xls"),
    ("pdf-chromium", "doc", "csv"),
    ("pdf-reportlab", "odt", "xlsx"),
    ("pdf-libreoffice", "rtf", "pptx"),
    ("pdf-chromium", "html-874", "docx"),
    ("csv-874", "pdf-libreoffice", "html-xls"),
)
"""Forms of the other sources in turn, besides HTML."""

MEMO = """item: O13
agency: เทศบาลตำบลสมมุติ
type: local
font: Laksaman
period: none
components: {}
near: []
---
# บันทึกนำส่งเอกสาร
เรียน ผู้ดูแลเว็บไซต์ของหน่วยงาน
ขอส่งเอกสารตามรายการที่แนบเพื่อลงเผยแพร่ให้ประชาชนทราบ เมื่อลงแล้วโปรดแจ้งกลับทางโทรศัพท์ภายใน
~ งานธุรการ
"""
"""What lies in a ZIP beside the document itself."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file of the corpus. `reads` says what can be had of it: ``text``, ``picture`` (by recognition), ``nothing``."""

    source: Source
    form: str
    ending: str
    data: bytes
    fault: str = "none"
    reads: str = "text"
    pages: int = 1

    @property
    def name(self) -> str:
        """The file's name, without a year or a word that a judge could take for evidence."""
        fault = "" if self.fault == "none" else f"-{self.fault}"
        return f"{self.source.id}-{self.form}{fault}.{self.ending}"


def _texts(source: Source, forms: Sequence[str], converted: dict[str, dict[str, bytes]]) -> Iterator[Made]:
    """The forms with text that are asked of one source."""
    page, word, sheet = web.page(source), office.docx(source), office.xlsx(source)
    if "zip" in forms:
        pack = io.BytesIO()
        with zipfile.ZipFile(pack, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in (
                ("memo.docx", office.docx(parse("memo", MEMO))),
                (f"{source.id}.pdf", converted["pdf"][source.id]),
            ):
                archive.writestr(zipfile.ZipInfo(name, (2023, 4, 30, 12, 0, 0)), data, zipfile.ZIP_DEFLATED)
        yield Made(source, "zip", "zip", pack.getvalue())
    made = {
        "html": ("html", lambda: page),
        "html-874": ("html", lambda: web.page(source, "cp874", "windows-874")),
        "html-lying": ("html", lambda: web.page(source, "cp874", "utf-8")),
        "html-xls": ("xls", lambda: web.export(source)),
        "html-pdf": ("pdf", lambda: page),
        "docx": ("docx", lambda: word),
        "xlsx": ("xlsx", lambda: sheet),
        "pptx": ("pptx", lambda: office.pptx(source)),
        "csv": ("csv", lambda: office.comma(source, "utf-8-sig")),
        "csv-874": ("csv", lambda: office.comma(source, "cp874")),
        "pdf-reportlab": ("pdf", lambda: paper.pdf(source)),
        "pdf-chromium": ("pdf", lambda: convert.printed(page)),
        "pdf-libreoffice": ("pdf", lambda: converted["pdf"][source.id]),
        **{kind: (kind, lambda kind=kind: converted[kind][source.id]) for kind in ("doc", "odt", "rtf", "xls", "ppt")},
    }
    for form, (ending, data) in made.items():
        if form in forms:
            yield Made(source, form, ending, data())


def _faulty(core: Sequence[Source]) -> Iterator[Made]:
    """The faults of text layers, each on some of the core sources, and the locked and cut files."""
    by_id = {s.id: s for s in core}
    for turn, fault in enumerate(TEXT_FAULTS):
        for step in range(EACH_FAULT):
            source = core[(turn * 5 + step * 2) % len(core)]
            data = paper.pdf(source, owner=PASSWORD) if fault == "owner" else paper.pdf(source, fault)
            yield Made(source, "pdf", "pdf", data, fault)
    for name in NOISE["shifted"]:
        yield Made(by_id[name], "pdf", "pdf", paper.pdf(by_id[name], "shifted"), "shifted", "picture")
    for name in BROKEN["user"]:
        yield Made(by_id[name], "pdf", "pdf", paper.pdf(by_id[name], owner=PASSWORD, user=PASSWORD), "user", "nothing")
    for name in BROKEN["truncated"]:
        whole = paper.pdf(by_id[name])
        yield Made(by_id[name], "pdf", "pdf", whole[: len(whole) * 6 // 10], "truncated", "nothing")


def _pictures(sources: dict[str, Source], pdfs: dict[str, bytes]) -> Iterator[Made]:
    """The scans and pictures."""
    core = [name for name in sources if name.startswith("c")]

    def scan(name: str, dpi: int, fault: str = "none", layer: Sequence[str] = ()) -> Made:
        seed = sum(f"{name}{dpi}{fault}".encode())
        pages = [pictures.worn(p, seed + n, dpi) for n, p in enumerate(pictures.render(pdfs[name], dpi))]
        data = paper.of_pictures([(pictures.jpeg(p, dpi), p.width * 72 / dpi, p.height * 72 / dpi) for p in pages], layer)
        return Made(sources[name], f"scan-{dpi}", "pdf", data, fault, "picture", len(pages))

    for name in [*core, *WIDE_SCANS]:
        yield scan(name, 200)
    for name in NOISE["rubbish"]:
        yield scan(name, 200, "rubbish", RUBBISH)
    for form, names in PICTURES.items():
        for name in names:
            if form.startswith("scan-"):
                yield scan(name, int(form.removeprefix("scan-")))
                continue
            clean = pictures.render(pdfs[name], 200)
            if form != "tiff" and len(clean) > 1:
                raise ValueError(f"{name} has {len(clean)} pages, a {form} has one")
            pages = [pictures.worn(page, sum(f"{name}{form}".encode()) + n) for n, page in enumerate(clean)]
            data = {
                "jpg": lambda pages=pages: pictures.jpeg(pages[0]),
                "png": lambda pages=clean: pictures.png(pages[0]),
                "webp": lambda pages=pages: pictures.webp(pages[0]),
                "tiff": lambda pages=pages: pictures.tiff(pages),
            }[form]()
            yield Made(sources[name], form, form, data, reads="picture", pages=len(pages) if form == "tiff" else 1)


def corpus() -> Iterator[Made]:
    """Every file of the corpus."""
    sources = load()
    core = [s for s in sources if s.id.startswith("c")]
    words = {f"{s.id}.docx": office.docx(s) for s in sources}
    books = {f"{s.id}.xlsx": office.xlsx(s) for s in sources}
    shows = {f"{s.id}.pptx": office.pptx(s) for s in sources}
    converted = {kind: convert.office(words, kind) for kind in ("pdf", "doc", "odt", "rtf")}
    converted |= {"xls": convert.office(books, "xls"), "ppt": convert.office(shows, "ppt")}
    every = {"html", "ppt", "html-lying", "html-pdf", "zip", *(form for forms in TURNS for form in forms)}
    for number, source in enumerate(sources):
        forms = sorted(every) if source in core else ["html", *TURNS[number % len(TURNS)]]
        yield from _texts(source, forms, converted)
    yield from _faulty(core)
    yield from _pictures({s.id: s for s in sources}, converted["pdf"])


def truth(sources: Sequence[Source], made: Sequence[Made]) -> dict[str, object]:
    """What is true of every source and file, as the measuring program reads it."""
    return {
        "ruleset": "oit-2566",
        "as_of": "2023-04-30",
        "sources": {
            s.id: {
                "item": s.item,
                "agency": s.agency,
                "type": s.type,
                "period": s.period,
                "components": s.components,
                "phrases": s.phrases(),
                "decoys": decoys(s, sources),
                "tables": [{"head": b.head, "rows": b.rows[b.heads :]} for b in s.tables],
            }
            for s in sources
        },
        "documents": [
            {"file": m.name, "source": m.source.id, "form": m.form, "fault": m.fault, "reads": m.reads, "pages": m.pages}
            for m in sorted(made, key=lambda m: m.name)
        ],
    }


def main(folder: Path) -> None:
    """Write the corpus below `folder`."""
    files = folder / "files"
    files.mkdir(parents=True, exist_ok=True)
    for old in files.iterdir():
        old.unlink()
    made = list(corpus())
    for file in made:
        (files / file.name).write_bytes(file.data)
    text = json.dumps(truth(load(), made), ensure_ascii=False, indent=1)
    (folder / "truth.json").write_text(text + "\n", "utf-8")
    scans = sum(m.pages for m in made if m.reads == "picture")
    gaps = sum(status not in MET for s in load() for status in s.components.values())
    size = sum(len(m.data) for m in made) / 1e6
    sys.stdout.write(f"{len(made)} files, {size:.1f} MB, {scans} pages to recognise, {gaps} gaps in the sources\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
