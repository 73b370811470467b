"""Writing a Word file in the layout of Thai government papers: fonts, sizes, margins, blanks, tables, heads of memos.

The layout is that of the regulation on office work and the typing guide that goes with it: A4, left margin 3 cm, right 2 cm,
TH Sarabun 16 points, paragraphs drawn in 2.5 cm, the word บันทึกข้อความ in bold 29 points, the words of a memo's head in bold
20 points with dotted lines behind. Thai is a complex script to Word, so every size and font stands twice (`w:sz` and `w:szCs`).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_COLOR_INDEX, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

FONT = "TH Sarabun New"
"""The font of official papers; `_FONTS` names what stands in for it where it is not installed."""

SIZE = 16.0
"""Points of running text."""

DOTS = "."
"""Blanks are dotted lines, as on a printed form: they are no content, to people as to the tool's own rules."""

Align = Literal["left", "center", "right", "thai"]

_FONTS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    f'<w:font w:name="{FONT}"><w:altName w:val="TH SarabunPSK,TH Sarabun IT9,TH SarabunIT๙,Sarabun"/>'
    '<w:charset w:val="DE"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
)
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "thai": WD_ALIGN_PARAGRAPH.THAI_JUSTIFY,
}
_STYLES = {"Normal": (SIZE, False), "Header": (14.0, True), "Heading 1": (18.0, True), "Heading 2": (SIZE, True)}
_BLANK = re.compile(r"(_{4,})")
_INDENT = Cm(2.5)
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Page:
    """One Word file that is being written.

    Texts may hold blanks: four or more underscores become a dotted line of that length, highlighted in yellow, for a person to
    fill. `digits` turns the numbers of a text into those of the paper's language.
    """

    def __init__(self, lang: str, title: str, digits: Callable[[str], str]) -> None:
        self._docx: Any = Document()
        self._digits = digits
        self._lang = "en-US" if lang == "en" else "th-TH"
        properties = self._docx.core_properties
        properties.title, properties.author, properties.language = self._text(title), "ita-rules", self._lang
        properties.comments = ""
        self._fonts()
        section = self._docx.sections[0]
        _a4(section, landscape=False)

    def _text(self, text: str) -> str:
        return _NOT_XML.sub("", self._digits(text))

    def _fonts(self) -> None:
        for part in self._docx.part.package.iter_parts():
            if str(part.partname) == "/word/fontTable.xml":
                part._blob = _FONTS.encode()
        styles = self._docx.styles
        # The template's defaults name theme fonts, which would win over ours.
        for defaults in styles.element.iter(qn("w:rPrDefault")):
            defaults.getparent().remove(defaults)
        for name, (size, bold) in _STYLES.items():
            style = styles[name]
            properties = style.element.get_or_add_rPr()
            for child in list(properties):
                properties.remove(child)
            _dress(properties, size, bold, self._lang)
            spacing = style.paragraph_format
            spacing.space_before, spacing.space_after = Pt(6 if name.startswith("Heading") else 0), Pt(0)
            spacing.line_spacing_rule = WD_LINE_SPACING.SINGLE
            spacing.keep_with_next = name.startswith("Heading")

    def draft(self, text: str) -> None:
        """Mark every page as a draft, in its head."""
        head = self._docx.sections[0].header.paragraphs[0]
        head.alignment = _ALIGN["right"]
        self._runs(head, text, bold=True, size=14.0, mark=True)

    def numbered(self) -> None:
        """Number the pages at their foot, in Thai digits in a Thai paper."""
        if self._lang == "th-TH":
            numbers = OxmlElement("w:pgNumType")
            numbers.set(qn("w:fmt"), "thaiNumbers")
            properties = self._docx.sections[0]._sectPr
            properties.insert(list(properties).index(properties.find(qn("w:pgMar"))) + 1, numbers)
        foot = self._docx.sections[0].footer.paragraphs[0]
        foot.alignment = _ALIGN["center"]
        for kind, code in (("begin", ""), ("", "PAGE"), ("end", "")):
            run = foot.add_run()
            _dress(run._r.get_or_add_rPr(), 14.0, False, self._lang)
            made = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                made.set(qn("w:fldCharType"), kind)
            made.text = code or None
            run._r.append(made)

    def heading(self, text: str, level: Literal[1, 2] = 2, align: Align = "left") -> None:
        """A heading: 1 the paper's title, 2 a section's."""
        made = self._docx.add_paragraph(style=f"Heading {level}")
        made.alignment = _ALIGN[align]
        made.add_run(self._text(text))

    def line(
        self,
        text: str,
        *,
        align: Align = "left",
        drawn_in: bool = False,
        bold: bool = False,
        size: float = SIZE,
        before: float = 0,
        left: float = 0,
        keep: bool = False,
    ) -> None:
        """One paragraph; `drawn_in` by 2.5 cm as running text is, `left` moves all of it by centimetres, `before` is in points,
        `keep` holds it on the page of what follows."""
        made = self._docx.add_paragraph()
        made.alignment = _ALIGN[align]
        if drawn_in:
            made.paragraph_format.first_line_indent = _INDENT
        if left:
            made.paragraph_format.left_indent = Cm(left)
        made.paragraph_format.space_before = Pt(before)
        made.paragraph_format.keep_with_next = keep
        self._runs(made, text, bold=bold, size=size)

    def words(self, text: str, *, keep: bool = False) -> None:
        """A paragraph of running text; `keep` as in `line`."""
        self.line(text, align="thai", drawn_in=True, before=6, keep=keep)

    def memo_title(self, text: str) -> None:
        """The word บันทึกข้อความ, with the emblem's place left free on its left."""
        made = self._docx.add_paragraph()
        made.alignment = _ALIGN["center"]
        made.paragraph_format.space_before = Pt(30)  # the emblem is 1.5 cm high and stands 1.5 cm from the edge
        made.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        made.paragraph_format.line_spacing = Pt(35)
        self._runs(made, text, bold=True, size=29)

    def memo_line(self, *pairs: tuple[str, str]) -> None:
        """A line of a memo's head: each label in bold 20 points, its value, and dots up to the next label or the margin."""
        made = self._docx.add_paragraph()
        width = Cm(16)
        for place in range(len(pairs)):
            end = int(width * (place + 1) / len(pairs))
            leader = WD_TAB_LEADER.DOTS if place + 1 == len(pairs) or not pairs[place][1] else WD_TAB_LEADER.SPACES
            made.paragraph_format.tab_stops.add_tab_stop(
                end, WD_TAB_ALIGNMENT.RIGHT if place + 1 == len(pairs) else WD_TAB_ALIGNMENT.LEFT, leader
            )
        for label, value in pairs:
            self._runs(made, f"{' ' if made.runs else ''}{label} ", bold=True, size=20)
            if value:
                self._runs(made, value)
            run = made.add_run("\t")
            if not value:
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW

    def table(
        self,
        head: Sequence[str],
        rows: Iterable[Sequence[str | Sequence[str]]],
        widths: Sequence[float],
        *,
        size: float = 14.0,
        centred: Sequence[int] = (),
        spans: Sequence[int] = (),
    ) -> None:
        """A ruled table whose head is repeated on every page. `widths` are centimetres; a cell is a text or several paragraphs.

        Rows whose place is in `spans` are one cell over the whole width, in bold: they head the rows below them.
        """
        made = self._docx.add_table(rows=1, cols=len(head))
        made.style = "Table Grid"
        made.alignment = WD_TABLE_ALIGNMENT.CENTER
        made.autofit = False
        for place, text in enumerate(head):
            self._cell(made.rows[0].cells[place], text, size, "center", bold=True)
        _repeated(made.rows[0])
        for number, row in enumerate(rows):
            added = made.add_row()
            _whole(added)
            if number in spans:
                cell = added.cells[0].merge(added.cells[-1])
                self._cell(cell, row[0], size, "left", bold=True)
                cell.paragraphs[0].paragraph_format.keep_with_next = True
                continue
            for place, content in enumerate(row):
                self._cell(added.cells[place], content, size, "center" if place in centred else "left")
        for row in made.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                if len({id(c._tc) for c in row.cells}) > 1:
                    cell.width = Cm(width)
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Cm(width)

    def _cell(self, cell: Any, content: str | Sequence[str], size: float, align: Align, *, bold: bool = False) -> None:
        texts = [content] if isinstance(content, str) else list(content) or [""]
        for number, text in enumerate(texts):
            made = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            made.alignment = _ALIGN[align]
            self._runs(made, text, bold=bold, size=size)

    def signature(self, *lines: str, left: float = 7.0) -> None:
        """Lines for a signature, centred in the right part of the page, kept together."""
        for number, text in enumerate(lines):
            made = self._docx.add_paragraph()
            made.alignment = _ALIGN["center"]
            made.paragraph_format.left_indent = Cm(left)
            made.paragraph_format.space_before = Pt(18 if number == 0 else 0)
            made.paragraph_format.keep_with_next = number + 1 < len(lines)
            self._runs(made, text)

    def new_page(self) -> None:
        """What follows begins a page."""
        self._docx.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def landscape(self, on: bool = True) -> None:
        """What follows stands on pages lying (or standing again, with `on` false)."""
        _a4(self._docx.add_section(), landscape=on)

    def narrow(self) -> None:
        """Smaller margins above and below, for what has to fit on one page."""
        section = self._docx.sections[-1]
        section.top_margin, section.bottom_margin = Cm(1.4), Cm(1.0)
        section.header_distance, section.footer_distance = Cm(0.6), Cm(0.4)

    def data(self) -> bytes:
        """The file's bytes; the same for the same content, whatever the day."""
        first, last = io.BytesIO(), io.BytesIO()
        self._docx.save(first)
        with zipfile.ZipFile(first) as made, zipfile.ZipFile(last, "w", zipfile.ZIP_DEFLATED) as fixed:
            for name in sorted(made.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
                fixed.writestr(zipfile.ZipInfo(name, _EPOCH), made.read(name), zipfile.ZIP_DEFLATED)
        return last.getvalue()

    def _runs(self, paragraph: Any, text: str, *, bold: bool = False, size: float = SIZE, mark: bool = False) -> None:
        """The runs of a text, blanks among them."""
        for part in _BLANK.split(text):
            blank = part.startswith("____")
            run = paragraph.add_run(DOTS * (len(part) * 3) if blank else self._text(part))
            if not run.text:
                continue
            _dress(run._r.get_or_add_rPr(), size, bold, self._lang)
            if blank or mark:
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _dress(properties: Any, size: float, bold: bool, lang: str) -> None:
    """Font and size of a run or style, for both kinds of script, in the order that the format asks."""
    fonts = OxmlElement("w:rFonts")
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{slot}"), FONT)
    properties.append(fonts)
    if bold:
        properties.append(OxmlElement("w:b"))
        properties.append(OxmlElement("w:bCs"))
    for name in ("w:sz", "w:szCs"):
        made = OxmlElement(name)
        made.set(qn("w:val"), str(int(size * 2)))
        properties.append(made)
    made = OxmlElement("w:lang")
    made.set(qn("w:val"), "en-US")
    made.set(qn("w:bidi"), lang)
    properties.append(made)


def _a4(section: Any, *, landscape: bool) -> None:
    short, long = Cm(21.0), Cm(29.7)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.left_margin, section.right_margin = Cm(3.0), Cm(2.0)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.0)
    section.header_distance, section.footer_distance = Cm(1.25), Cm(1.0)


def _repeated(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _whole(row: Any) -> None:
    """Rows are not torn at a page's end, which makes them hard to read; longer ones than a page Word tears all the same."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
