"""Sources as PDF by ReportLab, with the faults of real text layers put in one by one, locks, and pictures as pages.

A fault is of two parts: what is drawn in place of the text (`draw`: marks in another order, marks twice), and what the text
layer says of each drawn letter (`layer`, the font's ToUnicode map). The page looks right in every case.
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab import rl_config
from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas as canvases
from reportlab.platypus import Flowable, PageBreak, SimpleDocTemplate, Table

from samples.generator.thai import SHAPED, clusters, pieces, shape
from tests.corpora.documents.source import MERGED, Source

_TLWG = "/usr/share/fonts/truetype/tlwg/"
_MARKS = "ัิีึืฺุู็่้๊๋์ํ"
_LETTERS = "".join(chr(c) for c in range(0x0E01, 0x0E2F)) + "ะาำเแโใไ" + _MARKS
rl_config.invariant = 1
rl_config.useA85 = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with a text layer; both functions leave alone what they do not break."""

    draw: Callable[[str], str] = str
    layer: Callable[[str], str] = str
    shaped: bool = False
    """Whether the private glyphs of shifted marks stay in the layer."""


def _shift() -> Callable[[str], str]:
    there = list(_LETTERS)
    random.Random(7).shuffle(there)
    table = str.maketrans(_LETTERS, "".join(there))
    return lambda letter: letter.translate(table)


FAULTS = {
    "none": Fault(),
    "am-lost": Fault(layer=lambda c: c.replace("ำ", "า")),
    "am-split": Fault(layer=lambda c: c.replace("ำ", "ํา")),
    "am-blank": Fault(layer=lambda c: c.replace("ำ", " า")),
    "pua": Fault(shaped=True),
    "tone-first": Fault(draw=lambda t: re.sub("([่้๊๋])ำ", r"ำ\1", re.sub("([ัิีึืฺุู])([่้๊๋])", r"\2\1", t))),
    "blank-marks": Fault(layer=lambda c: f" {c}" if c in _MARKS else c),
    "doubled": Fault(draw=lambda t: re.sub(f"([{_MARKS}])", r"\1\1", t)),
    "double-e": Fault(draw=lambda t: t.replace("แ", "เเ")),
    "latin1": Fault(layer=lambda c: c.encode("cp874", "replace").decode("latin-1")),
    "shifted": Fault(layer=_shift()),
}
"""The faults of text layers by their names."""

_now = FAULTS["none"]


def _to_unicode(fontname: str, subset: Sequence[int]) -> str:
    """The map from glyphs to what the layer says, letters of more than one character too."""
    lines = []
    for place, code in enumerate(subset):
        letter = chr(code if _now.shaped else SHAPED.get(code, code))
        said = _now.layer(letter).encode("utf-16-be").hex().upper()
        lines.append(f"<{place:02X}> <{said}>")
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    ranges = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        f"/CMapName /{fontname} def\n/CMapType 2 def\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
        f"{ranges}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


ttfonts.makeToUnicodeCMap = _to_unicode


class _Text(Flowable):
    """A paragraph, broken between words, drawn with placed marks."""

    def __init__(self, text: str, font: str, size: float, centred: bool = False, bold: bool = False, after: float = 4) -> None:
        super().__init__()
        self.text, self.font, self.size, self.centred, self.bold, self.spaceAfter = text, font, size, centred, bold, after

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Break into lines of `width` points."""
        self.width, line = width, ""
        self.lines: list[str] = []
        for piece in [q for p in pieces(self.text) for q in (clusters(p) if self._wide(p) > width else [p])]:
            if line.strip() and self._wide((line + piece).rstrip()) > width:
                self.lines.append(line.rstrip())
                line, piece = "", piece.lstrip()
            line += piece
        self.lines.append(line.rstrip())
        self.height = len(self.lines) * self.size * 1.38
        return width, self.height

    def _wide(self, text: str) -> float:
        return float(stringWidth(shape(text), self.font, self.size))

    def draw(self) -> None:
        """Write the lines; bold is the same outline with a stroke."""
        for place, line in enumerate(self.lines):
            left = (self.width - self._wide(line)) / 2 if self.centred else 0
            self.canv.setFont(self.font, self.size)
            self.canv.setLineWidth(self.size / 34)
            down = self.height - self.size * (1.05 + 1.38 * place)
            self.canv.drawString(
                left, down, _now.draw(shape(line)) if _now.shaped else shape(_now.draw(line)), mode=2 * self.bold
            )


def pdf(source: Source, fault: str = "none", owner: str = "", user: str = "") -> bytes:
    """The document as a PDF of ReportLab with one fault; locked where a password is given."""
    global _now
    _now = FAULTS[fault]
    # the private glyphs of shifted marks are in the fonts of the package fonts-thai-tlwg only
    font = source.font if not source.font.startswith("Noto") else "Loma"
    pdfmetrics.registerFont(TTFont(font, f"{_TLWG}{font}.ttf", asciiReadable=False))
    story: list[Flowable] = []
    for block in source.blocks:
        if block.kind == "table":
            cells = [
                [_Text(c, font, 11, bold=n < block.heads, after=0) if c and c not in MERGED else "" for c in row]
                for n, row in enumerate(block.rows)
            ]
            full = (A4[1] if source.wide else A4[0]) - 112
            widths = [max(6, min(24, max(len(row[n]) for row in block.rows))) for n in range(len(block.rows[0]))]
            columns = [full * w / sum(widths) for w in widths]
            style: list[tuple[object, ...]] = [("GRID", (0, 0), (-1, -1), 0.6, black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
            style += [
                ("SPAN", (right, down), (right + wide - 1, down + high - 1))
                for (down, right), (high, wide) in block.spans().items()
            ]
            story.append(Table(cells, colWidths=columns, repeatRows=block.heads, style=style, spaceAfter=6, spaceBefore=4))
        elif block.kind == "page":
            story.append(PageBreak())
        else:
            strong = block.kind in ("title", "heading")
            text = f"• {block.text}" if block.kind == "item" else block.text
            story.append(_Text(text, font, 15 if block.kind == "title" else 13, block.kind in ("title", "centre"), strong))
    lock = StandardEncryption(user, ownerPassword=owner, canModify=0, canCopy=0) if owner else None
    out = io.BytesIO()
    size = landscape(A4) if source.wide else A4
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 56)
    SimpleDocTemplate(out, pagesize=size, title=source.blocks[0].text, pageCompression=1, encrypt=lock, **margins).build(story)
    return out.getvalue()


def of_pictures(pictures: Sequence[tuple[bytes, float, float]], layer: Sequence[str] = ()) -> bytes:
    """A scan: each page a JPEG with its width and height in points; `layer` are lines of invisible text over every page."""
    out = io.BytesIO()
    canvas = canvases.Canvas(out, pageCompression=1)
    for data, width, height in pictures:
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(io.BytesIO(data)), 0, 0, width, height)
        text = canvas.beginText(60, height - 60)
        text.setFont("Helvetica", 10)
        text.setTextRenderMode(3)
        text.textLines(list(layer))
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
