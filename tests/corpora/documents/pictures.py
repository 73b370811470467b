"""Pages as pictures: rendered from a PDF, then worn as scanners and copiers wear them."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

QUALITY = 55
"""JPEG quality of scans."""


def render(pdf: bytes, dpi: int) -> list[Image.Image]:
    """The pages of a PDF in grey at `dpi` dots an inch."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L") for page in document]
    finally:
        document.close()


def worn(page: Image.Image, seed: int, dpi: int = 200) -> Image.Image:
    """A page as a scan of a print: turned by up to a degree, blurred, paler, noisy. The same seed, the same page."""
    chance = np.random.default_rng(seed)
    turned = page.rotate(float(chance.uniform(-1, 1)), Image.Resampling.BICUBIC, fillcolor=255)
    soft = turned.filter(ImageFilter.GaussianBlur(float(chance.uniform(0.5, 0.8)) * dpi / 200))
    grey = np.asarray(soft, dtype=np.float32) * float(chance.uniform(0.78, 0.88)) + float(chance.uniform(18, 32))
    noisy = grey + chance.normal(0, float(chance.uniform(2, 4.5)), grey.shape)
    return Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))


def jpeg(page: Image.Image, dpi: int = 200) -> bytes:
    """A page as JPEG."""
    return _saved(page, "JPEG", quality=QUALITY, dpi=(dpi, dpi))


def png(page: Image.Image, dpi: int = 200) -> bytes:
    """A page as PNG of sixteen greys."""
    few = page.point(lambda grey: grey // 16 * 17)
    return _saved(few.quantize(16), "PNG", optimize=True, dpi=(dpi, dpi))


def webp(page: Image.Image) -> bytes:
    """A page as WebP."""
    return _saved(page, "WEBP", quality=QUALITY, method=6)


def tiff(pages: Sequence[Image.Image], dpi: int = 200) -> bytes:
    """Pages as a fax keeps them: black and white, one file."""
    flat = [page.point(lambda grey: 255 * (grey > 150)).convert("1") for page in pages]
    return _saved(flat[0], "TIFF", compression="group4", save_all=True, append_images=flat[1:], dpi=(dpi, dpi))


def _saved(page: Image.Image, form: str, **how: object) -> bytes:
    out = io.BytesIO()
    page.save(out, form, **how)
    return out.getvalue()
