"""Pictures: the banner, the chart of the organisation, drawn portraits, and a paper that was only scanned."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from generator.thai import shape

_FOLDER = "/usr/share/fonts/truetype/tlwg/"


def _font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Garuda in so many pixels, each letter placed alone so that the result is the same on every machine."""
    return ImageFont.truetype(f"{_FOLDER}Garuda{'-Bold' if bold else ''}.ttf", size, layout_engine=ImageFont.Layout.BASIC)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.quantize(32).save(out, "PNG", optimize=True)
    return out.getvalue()


def _jpeg(image: Image.Image, quality: int = 60) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def banner(top: str, below: str) -> bytes:
    """The banner of the site."""
    image = Image.new("RGB", (1000, 150), "#d7edc4")
    draw = ImageDraw.Draw(image)
    draw.polygon([(560, 150), (720, 40), (820, 110), (900, 60), (1000, 150)], fill="#7fb069")
    draw.ellipse((20, 20, 130, 130), fill="#f2b632", outline="#1f6f43", width=4)
    draw.text((150, 30), shape(top), font=_font(30, True), fill="#14532d")
    draw.text((150, 85), shape(below), font=_font(20), fill="#14532d")
    return _png(image)


def chart(title: str, root: str, sides: list[tuple[str, list[str]]]) -> bytes:
    """A chart: one root, sides below it, boxes below each side."""
    image = Image.new("RGB", (820, 470), "white")
    draw = ImageDraw.Draw(image)

    def box(x: int, y: int, text: str, width: int = 250) -> None:
        draw.rectangle((x, y, x + width, y + 34), outline="#14532d", width=2, fill="#eef7e6")
        draw.text((x + width / 2, y + 17), shape(text), font=_font(13), fill="black", anchor="mm")

    draw.text((410, 24), shape(title), font=_font(17, True), fill="black", anchor="mm")
    box(285, 50, root)
    for column, (name, parts) in enumerate(sides):
        x = 40 + column * 490
        draw.line((410, 84, x + 125, 118), fill="#14532d", width=2)
        box(x, 118, name)
        for row, part in enumerate(parts):
            draw.line((x + 125, 152 + row * 52, x + 125, 170 + row * 52), fill="#14532d", width=2)
            box(x, 170 + row * 52, part)
    return _png(image)


def portrait(seed: str) -> bytes:
    """A drawn head and shoulders; nobody's."""
    dice = random.Random(seed)
    image = Image.new("RGB", (120, 150), (dice.randint(120, 200), dice.randint(150, 210), dice.randint(190, 235)))
    draw = ImageDraw.Draw(image)
    skin = (dice.randint(190, 230), dice.randint(150, 185), dice.randint(115, 145))
    draw.ellipse((10, 100, 110, 210), fill=(245, 245, 240))
    draw.ellipse((36, 26, 84, 70), fill=(30, 25, 22))
    draw.ellipse((38, 34, 82, 96), fill=skin)
    draw.rectangle((52, 90, 68, 108), fill=skin)
    return _jpeg(image.filter(ImageFilter.GaussianBlur(0.8)), 70)


def icon(letter: str, colour: str) -> bytes:
    """A small square with a letter."""
    image = Image.new("RGB", (32, 32), colour)
    ImageDraw.Draw(image).text((16, 16), letter, font=_font(22, True), fill="white", anchor="mm")
    return _png(image)


def scene(seed: str, caption: str) -> bytes:
    """A picture of an activity, drawn."""
    dice = random.Random(seed)
    image = Image.new("RGB", (360, 220), "#bfe3f2")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 130, 360, 220), fill="#8cbf6a")
    for _ in range(9):
        x, y = dice.randint(10, 330), dice.randint(110, 170)
        draw.ellipse((x, y, x + 18, y + 20), fill="#c99a73")
        draw.rectangle((x - 4, y + 18, x + 22, y + 48), fill=dice.choice(["#1f6f43", "#f2b632", "#7a3b69", "#345995"]))
    draw.text((180, 18), shape(caption), font=_font(15, True), fill="#14532d", anchor="mm")
    return _jpeg(image.filter(ImageFilter.GaussianBlur(0.6)), 55)


def scan(lines: list[str], seed: str) -> bytes:
    """A page as a scanner sees it: grey, slightly turned, grainy, with a stamp. `lines` that begin with = are centred."""
    dice = random.Random(seed)
    wide, high = 900, 1270
    image = Image.new("L", (wide, high), 247)
    draw = ImageDraw.Draw(image)
    y = 90
    for line in lines:
        font = _font(20, line.startswith("="))
        if line.startswith("="):
            draw.text((wide / 2, y), shape(line[1:]), font=font, fill=60, anchor="ma")
        else:
            draw.text((95, y), shape(line), font=font, fill=60)
        y += 38
    draw.ellipse((600, 1010, 760, 1170), outline=130, width=4)
    draw.arc((560, 1000, 720, 1080), 200, 340, fill=80, width=3)
    pixels = image.load()
    for _ in range(24000):
        x, y = dice.randrange(wide), dice.randrange(high)
        pixels[x, y] = dice.choice([200, 215, 230, 255])
    image = image.rotate(0.7, fillcolor=240, resample=Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(0.9))
    return _jpeg(image.resize((760, 1072)), 38)
