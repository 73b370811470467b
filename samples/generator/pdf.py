"""PDF papers in Thai with a true text layer: own line breaking and mark placing, ruled tables that run over pages.

A document is a list of blocks: `H("heading")`, `P("text")`, `C("centred")`, `T(rows, widths)`, `Page()`, `Gap(points)`,
`Sign(name, post)`. The fonts are those of Debian's `fonts-thai-tlwg`.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab import rl_config
from reportlab.lib.colors import black, whitesmoke
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas as canvases
from reportlab.platypus import Flowable, Image, PageBreak, SimpleDocTemplate, Spacer, Table

from generator.agency import NAME
from generator.thai import SHAPED, clusters, pieces, shape

_FOLDER = "/usr/share/fonts/truetype/tlwg/"
rl_config.invariant = 1
rl_config.useA85 = 0
# Letters that the text layer gives wrongly: empty, or sara am for sara aa as in many papers exported from old word processors.
_lost: dict[int, int] = {}


def _to_unicode(fontname: str, subset: Sequence[int]) -> str:
    """The map from glyphs to letters; a shifted mark stands for the mark itself."""
    letters = [_lost.get(SHAPED.get(code, code), SHAPED.get(code, code)) for code in subset]
    lines = [f"<{place:02X}> <{place:02X}> <{letter:04X}>" for place, letter in enumerate(letters)]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    ranges = "\n".join(f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        f"/CMapName /{fontname} def\n/CMapType 2 def\n1 begincodespacerange\n<00> <{len(letters) - 1:02X}>\nendcodespacerange\n"
        f"{ranges}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


ttfonts.makeToUnicodeCMap = _to_unicode


class Text(Flowable):
    """A paragraph: broken between Thai words, drawn with placed marks."""

    def __init__(
        self, text: str, font: str, size: float, align: str = "left", indent: float = 0, after: float = 3, bold: bool = False
    ) -> None:
        super().__init__()
        self.bold = bold
        self.text, self.font, self.size, self.align, self.indent = text, font, size, align, indent
        self.leading = size * 1.38
        self.spaceAfter = after
        self.lines: list[str] = []

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Break into lines of `width` points."""
        self.width = width
        self.lines = []
        for row in self.text.split("\n"):
            line, room = "", width - self.indent
            parts = pieces(row)
            # a word that is wider than its column is cut anywhere
            for piece in [q for part in parts for q in (clusters(part) if self._wide(part) > width else [part])]:
                if line.strip() and self._wide((line + piece).rstrip()) > room:
                    self.lines.append(line.rstrip())
                    line, room = "", width
                    piece = piece.lstrip()
                line += piece
            self.lines.append(line.rstrip())
        self.height = len(self.lines) * self.leading
        return width, self.height

    def _wide(self, text: str) -> float:
        """Points that `text` takes."""
        return float(stringWidth(shape(text), self.font, self.size))

    def split(self, width: float, height: float) -> list[Flowable]:
        """Cut between lines where the page ends."""
        self.wrap(width, height)
        fit = int(height // self.leading)
        if fit < 1 or fit >= len(self.lines):
            return [] if fit < 1 else [self]
        halves = []
        for place, lines in enumerate((self.lines[:fit], self.lines[fit:])):
            indent = self.indent if place == 0 else 0
            halves.append(Text("\n".join(lines), self.font, self.size, self.align, indent, self.spaceAfter, self.bold))
        return halves

    def draw(self) -> None:
        """Write the lines."""
        top = self.height - self.size * 1.05
        for place, line in enumerate(self.lines):
            shaped = shape(line)
            wide = stringWidth(shaped, self.font, self.size)
            left = {"left": self.indent if place == 0 else 0, "center": (self.width - wide) / 2, "right": self.width - wide}
            self.canv.saveState()
            self.canv.setFont(self.font, self.size)
            self.canv.setLineWidth(self.size / 34)
            # one font a paper: bold is the same outline with a stroke
            self.canv.drawString(left[self.align], top - place * self.leading, shaped, mode=2 if self.bold else 0)
            self.canv.restoreState()


class Paper:
    """Collects blocks and becomes a PDF.

    `font`: a TLWG family. `lose`: letters of the text layer that come out as others (`{"ำ": "า"}`). `footer`: page numbers
    and the words before them, or None.
    """

    def __init__(
        self,
        font: str = "Laksaman",
        size: float = 14,
        wide: bool = False,
        lose: dict[str, str] | None = None,
        footer: str | None = None,
        title: str = "",
    ) -> None:
        self.font, self.size, self.lose, self.footer, self.title = font, size, lose or {}, footer, title
        self.page = landscape(A4) if wide else A4
        self.blocks: list[Flowable] = []
        # a font object keeps what it embedded; a fresh one for each paper keeps papers independent of their order
        pdfmetrics.registerFont(TTFont(font, f"{_FOLDER}{font}.ttf", asciiReadable=False))

    def head(self, *lines: str) -> Paper:
        """Centred bold lines: a title."""
        for line in lines:
            self.blocks.append(Text(line, self.font, self.size + 2, "center", bold=True))
        return self

    def h(self, *lines: str) -> Paper:
        """Section headings."""
        for line in lines:
            self.blocks.append(Text(line, self.font, self.size, after=2, bold=True))
        return self

    def p(self, *texts: str, indent: float = 36) -> Paper:
        """Paragraphs, the first line indented."""
        for text in texts:
            self.blocks.append(Text(text, self.font, self.size, indent=indent))
        return self

    def items(self, *texts: str) -> Paper:
        """Lines that are not indented."""
        return self.p(*texts, indent=12)

    def centre(self, *texts: str) -> Paper:
        """Centred plain lines."""
        for text in texts:
            self.blocks.append(Text(text, self.font, self.size, "center"))
        return self

    def gap(self, points: float = 12) -> Paper:
        """White space."""
        self.blocks.append(Spacer(1, points))
        return self

    def leaf(self) -> Paper:
        """A new page."""
        self.blocks.append(PageBreak())
        return self

    def picture(self, content: bytes, width: float, height: float) -> Paper:
        """A picture of so many points."""
        self.blocks.append(Image(io.BytesIO(content), width, height))
        return self

    def table(
        self,
        rows: Sequence[Sequence[object]],
        widths: Sequence[float],
        size: float | None = None,
        spans: Sequence[tuple[tuple[int, int], tuple[int, int]]] = (),
        heads: int = 1,
    ) -> Paper:
        """A ruled table; `widths` are shares of the text's width, `heads` rows are repeated on each page."""
        size = size or self.size - 2
        full = self.page[0] - 2 * 56
        cols = [full * share / sum(widths) for share in widths]
        cells = [
            [Text(str(cell), self.font, size, after=0, bold=number < heads) if cell != "" else "" for cell in row]
            for number, row in enumerate(rows)
        ]
        style = [
            ("GRID", (0, 0), (-1, -1), 0.6, black),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, heads - 1), whitesmoke),
            ("LEFTPADDING", (0, 0), (-1, -1), 3),
            ("RIGHTPADDING", (0, 0), (-1, -1), 3),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            *[("SPAN", first, last) for first, last in spans],
        ]
        self.blocks.append(Table(cells, colWidths=cols, repeatRows=heads, style=style, spaceAfter=8, spaceBefore=4))
        return self

    def sign(self, name: str, post: str, day: str = "") -> Paper:
        """A signature: the mark, the name in brackets, the post."""
        self.gap(18)
        for line in ("(ลงชื่อ) ......................................", f"({name})", post, day):
            if line:
                self.blocks.append(Text(line, self.font, self.size, "center", after=0))
        return self.gap(8)

    def _decorate(self, canvas: canvases.Canvas, _doc: object) -> None:
        """Write the footer of a page."""
        if self.footer is not None:
            canvas.setFont(self.font, 10)
            canvas.drawCentredString(self.page[0] / 2, 28, shape(f"{self.footer} {canvas.getPageNumber()}".strip()))

    def bytes(self) -> bytes:
        """The finished PDF."""
        _lost.clear()
        _lost.update({ord(shown): ord(read) for shown, read in self.lose.items()})
        out = io.BytesIO()
        doc = SimpleDocTemplate(
            out,
            pagesize=self.page,
            leftMargin=56,
            rightMargin=56,
            topMargin=50,
            bottomMargin=50,
            title=self.title,
            author=NAME,
            pageCompression=1,
        )
        doc.build(self.blocks, onFirstPage=self._decorate, onLaterPages=self._decorate)
        return out.getvalue()
