"""Whole pages to measure on: headings, sentences, lists and a ruled table, with the truth of every number on them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from training.digits.degrade import Wear, spoil
from training.digits.fonts import Face
from training.digits.render import Drawn, Glyph, Grey, pixels_of, put, width_of
from training.digits.texts import MONTHS, SHORT_MONTHS, number, thai, words

NUMBER = re.compile(r"[๐-๙]+(?:[.,/-][๐-๙]+)*")
DPI = 200
A4 = (1654, 2339)
MARGIN = 150


@dataclass(frozen=True, slots=True)
class Truth:
    """A number in Thai digits on a page and its box; `year` when its words call it one within the years asked for."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    year: bool


@dataclass(frozen=True, slots=True)
class SamplePage:
    """A page and the numbers in Thai digits on it."""

    grey: Grey
    numbers: tuple[Truth, ...]


def sentence(rng: np.random.Generator) -> str:
    """One line of a page. Years run from 2555 to 2575; a law's from 2500 to 2539."""
    y = int(rng.integers(2555, 2576))
    day, month = int(rng.integers(1, 32)), str(rng.choice(MONTHS))
    forms = (
        f"รายงานผลการดำเนินงาน ประจำปีงบประมาณ พ.ศ. {y}",
        f"ประกาศ ณ วันที่ {day} {month} {y}",
        f"แผนพัฒนาท้องถิ่น (พ.ศ. {y} - {y + 4})",
        f"แผนปฏิบัติการป้องกันการทุจริต พ.ศ. {y}-{y + 4}",
        f"{words(rng, 2, 4)} ปี {y} {words(rng, 1, 2)}",
        f"ข้อมูล ณ เดือน{month} {y}",
        f"ลงวันที่ {day} {rng.choice(SHORT_MONTHS)} {y}",
        f"ปีงบประมาณ {y} {words(rng, 1, 3)}",
        f"พระราชบัญญัติ{words(rng, 1, 2)} พ.ศ. {rng.integers(2500, 2540)}",
        f"{rng.integers(1, 30)}. {words(rng, 2, 4)} จำนวน {number(rng)} บาท",
        f"ข้อ {rng.integers(1, 99)} {words(rng, 3, 5)}",
        f"โทร. 0-{rng.integers(2000, 9999)}-{rng.integers(1000, 9999)} ต่อ {rng.integers(10, 99)}",
        f"{words(rng, 2, 3)} ร้อยละ {rng.integers(1, 100)}.{rng.integers(10, 99)}",
        words(rng, 4, 7),
        words(rng, 4, 7),
        words(rng, 3, 5),
    )
    return str(rng.choice(np.array(forms, dtype=object)))


def page(face: Face, rng: np.random.Generator, wear: Wear, arabic: float = 0.125) -> SamplePage:
    """A page in one face, spoilt. The share `arabic` of its lines and tables has Arabic digits, which are no truth here."""
    picture = Image.new("L", A4, 255)
    draw = ImageDraw.Draw(picture)
    small_face = face.name.startswith("TH") or face.design in ("sarabun", "angsana")
    size = pixels_of(float(rng.uniform(15, 18) if small_face else rng.uniform(12, 16)), DPI)
    y = MARGIN
    glyphs: list[Glyph] = []
    spans: list[tuple[int, str]] = []
    while y < 1650:
        own = round(1.2 * size) if y == MARGIN or rng.random() < 0.08 else size
        y += round(1.75 * own)
        text = sentence(rng)
        text = text if rng.random() < arabic else thai(text)
        left = MARGIN + int(rng.integers(0, 120))
        while width_of(text, face, own) > A4[0] - left - 60:
            text = text[: text.rstrip().rfind(" ")] if " " in text.strip() else text[:30]
        spans.append((len(glyphs), text))
        glyphs += put(draw, (left, y), text, face, own)
    _table(draw, face, size, y + size, rng, glyphs, spans, arabic >= 1)
    spoilt = spoil(Drawn(np.asarray(picture, dtype=np.uint8).copy(), tuple(glyphs)), rng, wear)
    return SamplePage(spoilt.grey, tuple(t for start, text in spans for t in _truths(text, spoilt.glyphs[start:])))


def _table(
    draw: ImageDraw.ImageDraw,
    face: Face,
    size: int,
    top: int,
    rng: np.random.Generator,
    glyphs: list[Glyph],
    spans: list[tuple[int, str]],
    arabic: bool,
) -> None:
    """A table of figures by year, ruled."""
    first = int(rng.integers(2558, 2568))
    edges = [MARGIN, 600, 850, 1100, 1350]
    high = round(1.9 * size)
    for r in range(5):
        y = top + r * high
        draw.line((edges[0], y, 1580, y), fill=0, width=2)
        for c, x in enumerate(edges):
            if r == 0:
                text = f"ปี {first + c - 1}" if c else "รายการ"
            else:
                text = f"{rng.integers(1, 999):,}.{rng.integers(10, 99)}" if c else words(rng, 1, 2)[:18]
            text = text if arabic else thai(text)
            spans.append((len(glyphs), text))
            glyphs += put(draw, (x + 14, y + round(1.3 * size)), text, face, size)
    for x in [*edges, 1580]:
        draw.line((x, top, x, top + 5 * high), fill=0, width=2)
    draw.line((edges[0], top + 5 * high, 1580, top + 5 * high), fill=0, width=2)


def _truths(text: str, glyphs: tuple[Glyph, ...]) -> list[Truth]:
    """The numbers of one line with their places."""
    found = []
    for m in NUMBER.finditer(text):
        own = glyphs[m.start() : m.end()]
        plain = m.group()
        parts = plain.split("-")
        year = all(len(p) == 4 and "๒๕๔๐" <= p <= "๒๕๘๐" for p in parts) and "โทร" not in text
        found.append(Truth(plain, own[0].left, own[0].top, own[-1].right, own[0].bottom, year))
    return found
