"""Thai agency documents as PDF, made from a seed, for measuring how fast they are read.

Each has 1 to about 30 pages of headings, paragraphs and ruled tables. Three programs write them, a third of the documents
each, since their text layers differ: LibreOffice and Chromium put shaped Thai into the file (with ``/ActualText``), ReportLab
plain characters. Where one of them is absent the others write its share. The Thai fonts are those of the Debian
package ``fonts-thai-tlwg``. The same seed gives the same words; the bytes carry the time of writing, so they are made once
and kept in a folder.
"""

from __future__ import annotations

import html
import importlib.util
import random
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

FONTS = Path("/usr/share/fonts/truetype/tlwg")
PIECES_A_PAGE = 6
"""Headings, paragraphs and tables that fill about one page."""

_OPENINGS = (
    "องค์การบริหารส่วนตำบลได้ดำเนินการ", "สำนักปลัดขอรายงานผล", "คณะกรรมการได้ประชุมพิจารณา", "กองคลังได้จัดทำ",
    "หน่วยงานมีความจำเป็นต้องปรับปรุง", "ผู้บริหารได้กำหนดนโยบาย", "ประชาชนในพื้นที่มีส่วนร่วมใน", "เจ้าหน้าที่ผู้รับผิดชอบได้ติดตาม",
)  # fmt: skip
_MIDDLES = (
    "โครงการก่อสร้างถนนคอนกรีตเสริมเหล็ก", "การจัดซื้อจัดจ้างตามแผนปฏิบัติการ", "การให้บริการประชาชนด้านงานทะเบียน",
    "การบริหารและพัฒนาทรัพยากรบุคคล", "มาตรการส่งเสริมคุณธรรมและความโปร่งใส", "การประเมินความเสี่ยงการทุจริตประจำปี",
    "ข้อบัญญัติงบประมาณรายจ่าย", "การรับเรื่องร้องเรียนร้องทุกข์", "ระบบประปาหมู่บ้านและแหล่งน้ำเพื่อการเกษตร",
)  # fmt: skip
_ENDINGS = (
    "ประจำปีงบประมาณ พ.ศ. ๒๕๖๕ แล้วเสร็จตามเป้าหมาย", "ในช่วงไตรมาสที่ 2 เป็นเงินทั้งสิ้น 1,250,000.00 บาท", "ซึ่งไม่พบปัญหาและอุปสรรคที่สำคัญ",
    "โดยมีข้อเสนอแนะให้เพิ่มการประชาสัมพันธ์", "ทั้งนี้ ตามระเบียบกระทรวงมหาดไทยที่เกี่ยวข้อง", "ณ วันที่ 30 กันยายน 2565 คิดเป็นร้อยละ 87.5",
)  # fmt: skip
_HEADINGS = (
    "บทนำ", "ผลการดำเนินงาน", "ผลการใช้จ่ายงบประมาณ", "ปัญหา อุปสรรค", "ข้อเสนอแนะ", "วัตถุประสงค์", "เป้าหมายและตัวชี้วัด", "ขั้นตอนการให้บริการ",
)  # fmt: skip
_COLUMNS = ("ที่", "โครงการ/กิจกรรม", "งบประมาณ (บาท)", "ผลการดำเนินงาน", "ปัญหา อุปสรรค")

Piece = tuple[str, str, list[list[str]]]
"""Kind (``h``, ``p``, ``t``), words of a heading or paragraph, rows of a table with the column headings first."""


def pieces(seed: int) -> list[Piece]:
    """What a document says, of 1 to about 30 pages."""
    dice = random.Random(seed)

    def clause() -> str:
        return f"{dice.choice(_OPENINGS)}{dice.choice(_MIDDLES)} {dice.choice(_ENDINGS)}"

    made: list[Piece] = [("h", f"รายงานฉบับที่ {seed + 1} {dice.choice(_MIDDLES)}", [])]
    for number in range(dice.randint(1, 30) * PIECES_A_PAGE):
        kind = dice.random()
        if kind < 0.2:
            made.append(("h", f"{number + 1}. {dice.choice(_HEADINGS)}", []))
        elif kind < 0.3:
            rows = [
                [
                    str(n),
                    dice.choice(_MIDDLES),
                    f"{dice.randint(10, 999)},000.00",
                    dice.choice(_ENDINGS),
                    dice.choice(("ไม่มี", "-")),
                ]
                for n in range(1, dice.randint(4, 9))
            ]
            made.append(("t", "", [list(_COLUMNS), *rows]))
        else:
            made.append(("p", " ".join(clause() for _ in range(dice.randint(1, 5))), []))
    return made


def make(folder: Path, count: int, seed: int) -> list[Path]:
    """`count` documents of `seed` in `folder`, those made that are not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{seed}-{n:03}.pdf" for n in range(count)]
    missing = [n for n in range(count) if not paths[n].exists()]
    office, browser = (
        shutil.which("soffice"),
        next(filter(None, map(shutil.which, ("chromium", "chrome", "google-chrome"))), None),
    )
    plain = importlib.util.find_spec("reportlab") is not None and (FONTS / "Laksaman.ttf").exists()
    writers = [name for name, there in (("office", office), ("browser", browser), ("plain", plain)) if there]
    if not writers:
        raise SystemExit("LibreOffice, Chromium, or ReportLab with Thai fonts is needed to write the documents")
    shares = {name: [n for n in missing if writers[n % len(writers)] == name] for name in writers}
    if shares.get("office"):
        _by_office(str(office), shares["office"], paths, seed)
    for n in shares.get("browser", ()):
        _by_browser(str(browser), paths[n], pieces(seed * 1000 + n))
    for n in shares.get("plain", ()):
        _by_reportlab(paths[n], pieces(seed * 1000 + n), str(n))
    return paths


def _markup(content: Sequence[Piece]) -> str:
    parts = [
        "<!DOCTYPE html><html lang=th><head><meta charset=utf-8><style>@page{size:A4;margin:2cm}body{font:14pt Laksaman,Norasi}"
        "table{border-collapse:collapse;width:100%}td,th{border:1px solid black;padding:2pt;font-size:11pt}</style></head><body>"
    ]
    for kind, words, rows in content:
        if kind == "t":
            lines = [
                "".join(f"<{tag}>{html.escape(c)}</{tag}>" for c in row)
                for tag, row in zip(["th", *["td"] * len(rows)], rows, strict=False)
            ]
            parts.append(f"<table border=1>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>")
        else:
            tag = "h2" if kind == "h" else "p"
            parts.append(f"<{tag}>{html.escape(words)}</{tag}>")
    return "\n".join([*parts, "</body></html>"])


def _by_office(program: str, numbers: Sequence[int], paths: Sequence[Path], seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sources = []
        for n in numbers:
            source = Path(folder, paths[n].stem + ".html")
            source.write_text(_markup(pieces(seed * 1000 + n)), encoding="utf-8")
            sources.append(str(source))
        subprocess.run(
            [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--infilter=HTML (StarWriter)",
             "--convert-to", "pdf:writer_pdf_Export", "--outdir", folder, *sources],
            check=True, capture_output=True,
        )  # fmt: skip
        for n in numbers:
            shutil.move(Path(folder, paths[n].name), paths[n])


def _by_browser(program: str, path: Path, content: Sequence[Piece]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "page.html")
        source.write_text(_markup(content), encoding="utf-8")
        subprocess.run(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             f"--user-data-dir={folder}/profile", "--no-pdf-header-footer", f"--print-to-pdf={folder}/made.pdf", source.as_uri()],
            check=True, capture_output=True,
        )  # fmt: skip
        shutil.move(Path(folder, "made.pdf"), path)


def _by_reportlab(path: Path, content: Sequence[Piece], name: str) -> None:
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    for font in ("Laksaman", "Laksaman-Bold"):
        if font not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(font, str(FONTS / f"{font}.ttf")))
    body = ParagraphStyle("body", fontName="Laksaman", fontSize=14, leading=20, spaceAfter=8, wordWrap="CJK")
    head = ParagraphStyle("head", parent=body, fontName="Laksaman-Bold", fontSize=18, leading=26, spaceBefore=8)
    cell = ParagraphStyle("cell", parent=body, fontSize=11, leading=15, spaceAfter=0)
    story: list[object] = []
    for kind, words, rows in content:
        if kind == "t":
            cells = [[Paragraph(html.escape(c), cell) for c in row] for row in rows]
            story.append(Table(cells, [30, 140, 90, 130, 80], style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])))
        else:
            story.append(Paragraph(html.escape(words), head if kind == "h" else body))
    SimpleDocTemplate(str(path), pagesize=A4, title=f"รายงาน {name}").build(story)
