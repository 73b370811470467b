"""Sources as HTML: plain pages in several character sets, and the table that many programs export as ``.xls``."""

from __future__ import annotations

from html import escape

from tests.corpora.documents.source import MERGED, Block, Source


def _rows(table: Block, head: str, tail: str = "") -> str:
    """The rows of a table; `head` and `tail` are what column headings stand in, ``th`` or ``td`` with a colour."""
    spans, lines = table.spans(), []
    for down, row in enumerate(table.rows):
        mark, end = (head, tail) if down < table.heads else ("td", "")
        cells = []
        for right, cell in enumerate(row):
            high, wide = spans.get((down, right), (1, 1))
            more = (f' rowspan="{high}"' if high > 1 else "") + (f' colspan="{wide}"' if wide > 1 else "")
            if cell not in MERGED:
                cells.append(f"<{mark}{more}{end}>{escape(cell)}</{mark}>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return "\n".join(lines)


def page(source: Source, charset: str = "utf-8", told: str = "") -> bytes:
    """The document as a page in `charset`; its meta element says `told` (the truth when empty). Chromium prints it as it is."""
    marks = {"title": "h1", "heading": "h2", "text": "p", "item": "li", "centre": "p class=c"}
    parts = []
    for block in source.blocks:
        if block.kind == "table":
            parts.append(f'<table border="1" cellspacing="0">\n{_rows(block, "th")}\n</table>')
        elif block.kind == "page":
            parts.append('<div style="page-break-before: always"></div>')
        else:
            mark = marks[block.kind]
            parts.append(f"<{mark}>{escape(block.text)}</{mark.split()[0]}>")
    size = "A4 landscape" if source.wide else "A4"
    style = (
        f"@page {{size: {size}; margin: 18mm}} body {{font: 12pt '{font_name(source.font)}'}} h1 {{font-size: 15pt}} "
        "h1, .c {text-align: center; margin: 2pt} h2 {font-size: 13pt} table {border-collapse: collapse; width: 100%} "
        "td, th {border: 1px solid; padding: 2pt; vertical-align: top}"
    )
    text = (
        f'<!DOCTYPE html>\n<html lang="th"><head><meta charset="{told or charset}">\n'
        f"<title>{escape(source.blocks[0].text)}</title>\n"
        f"<style>{style}</style></head>\n<body>\n" + "\n".join(parts) + "\n</body></html>\n"
    )
    return text.encode(charset, "xmlcharrefreplace")


def export(source: Source) -> bytes:
    """The document as one table with everything in its cells, as old programs write what they call an Excel file."""
    wide = source.columns
    lines = []
    for block in source.blocks:
        if block.kind == "table":
            lines.append(_rows(block, "td", ' bgcolor="#cccccc" style="font-weight: bold"'))
        elif block.kind != "page":
            bold = ("<b>", "</b>") if block.kind in ("title", "heading") else ("", "")
            lines.append(f'<tr><td colspan="{wide}">{bold[0]}{escape(block.text)}{bold[1]}</td></tr>')
    text = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>\n<table border="1">\n'
        + "\n".join(lines)
        + "\n</table></body></html>"
    )
    return text.encode()


def font_name(font: str) -> str:
    """The family name of a font by the name of its file: ``NotoSansThai`` is ``Noto Sans Thai``."""
    return "".join(f" {c}" if c.isupper() and i else c for i, c in enumerate(font))
