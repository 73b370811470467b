"""What is done to a grey picture before it is recognised: upright, straight, print of a usual size, leaders out.

Tesseract reads print best whose letters are some 20 to 40 pixels high, lines that run level, and it takes rows of dots
for letters. All pictures are numpy arrays of uint8, height x width, dark print on light ground.
"""

from __future__ import annotations

from typing import Any

from crawlers.readers.ocr.types import Box

MAX_WORK = 12_000_000
"""Pixels of a picture that is recognised; A4 at 200 dpi has 3.9 million."""

LETTER = 26
"""Height in pixels to which letters of pictures of unknown resolution are brought: 16-point print at 200 dpi."""

MAX_SKEW = 5.0
"""Degrees up to which a slant is sought."""

LEAST_SKEW = 0.3
"""Degrees below which a slant is left: turning blurs, and Tesseract follows a line that slants less."""

_SMALL_SIDE = 1000
"""Pixels of the longer side of the copy on which slant and direction are measured."""


def ink_of(grey: Any) -> Any:
    """255 where a picture is plainly darker than its surroundings, else 0."""
    import cv2

    return cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 51, 18)


def spots_of(ink: Any) -> Any:
    """The connected spots of `ink` (255 ink, 0 ground): a row each of left, top, width, height, area in pixels."""
    import cv2

    try:
        return cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_16U)[2][1:]
    except cv2.error:  # more than 65,535; three times as slow
        return cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:]


def despeckled(grey: Any, spots: Any) -> Any:
    """The picture without its specks where they are many (a bad copy), else the picture itself. `spots` are those of it."""
    import cv2

    specks = int((spots[:, 4] <= 4).sum())
    return cv2.medianBlur(grey, 3) if specks > 2000 and specks > 0.7 * len(spots) else grey


def letter_height(spots: Any) -> float:
    """Height in pixels of most letters among the spots of a picture, 0 where there are too few to tell."""
    import numpy

    width, height, area = spots[:, 2], spots[:, 3], spots[:, 4]
    letters = (height >= 6) & (height <= 300) & (width >= 0.3 * height) & (width <= 2 * height) & (area >= 0.1 * width * height)
    heights = numpy.sort(height[letters]).astype(numpy.float64)
    if len(heights) < 12:
        return 0.0
    # A page of contents has more dots than letters: what is small beside the bulk of the ink does not count.
    bulk = numpy.cumsum(heights**2)
    heights = heights[heights >= 0.4 * heights[numpy.searchsorted(bulk, 0.7 * bulk[-1])]]
    return float(numpy.median(heights))


def scaled(grey: Any) -> Any:
    """A picture of unknown resolution, enlarged or reduced until its print has the usual size."""
    import cv2

    height, width = grey.shape
    if height * width > MAX_WORK:
        grey = _resized(grey, (MAX_WORK / (height * width)) ** 0.5)
    found = letter_height(spots_of(ink_of(grey)))
    if not found or 0.75 * LETTER <= found <= 1.6 * LETTER:
        return grey
    most = (MAX_WORK / (grey.shape[0] * grey.shape[1])) ** 0.5
    factor = min(max(LETTER / found, 0.25), 3.0, most)
    return grey if abs(factor - 1) < 0.1 else cv2.resize(
        grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    )  # fmt: skip


def upright(grey: Any) -> bool:
    """Whether lines of print plainly do not run up and down: the print's own profile tells (a quarter turn, not which)."""
    import cv2
    import numpy

    ink: Any = ink_of(_small(grey))
    for long in ((30, 1), (1, 30)):  # rules say nothing of the print
        ink = cv2.subtract(ink, cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, long)))
    found = ink > 0
    if found.sum() < 200:
        return True
    across, down = (float((numpy.diff(found.mean(axis=axis)) ** 2).sum()) * found.shape[axis] for axis in (1, 0))
    return bool(across >= 0.5 * down)


def skew_of(grey: Any) -> float:
    """Degrees by which the lines of print fall to the right (turn the picture back by so much), 0 where none is plain."""
    import numpy

    ink = ink_of(_small(grey))
    ys, xs = numpy.nonzero(ink)
    if len(ys) < 500:
        return 0.0
    step = max(1, len(ys) // 60_000)
    xs, ys = xs[::step].astype(numpy.float32), ys[::step].astype(numpy.float32)

    def sharpness(angle: float) -> float:
        slant = ys - xs * numpy.float32(numpy.tan(numpy.radians(angle)))
        profile = numpy.bincount((slant - slant.min()).astype(numpy.int32)).astype(numpy.float64)
        return float((numpy.diff(profile) ** 2).sum())

    def best(angles: Any) -> tuple[float, float]:
        return max((sharpness(float(angle)), -abs(float(angle)), float(angle)) for angle in angles)[0::2]

    coarse = best(numpy.arange(-MAX_SKEW, MAX_SKEW + 0.01, 0.5))
    fine = best(numpy.arange(coarse[1] - 0.4, coarse[1] + 0.41, 0.1))
    # Pictures without lines of print are about as sharp at any angle, and a little sharper the further it is from level.
    plain = fine[0] > (1.1 + 0.15 * abs(fine[1])) * sharpness(0.0) and abs(fine[1]) < MAX_SKEW
    return round(fine[1], 2) if plain else 0.0


def straightened(grey: Any) -> Any:
    """The picture with its lines level; the same picture where they are so within `LEAST_SKEW`."""
    import cv2

    angle = skew_of(grey)
    if abs(angle) <= LEAST_SKEW:
        return grey
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def leaders_of(spots: Any, height: float) -> list[Box]:
    """The boxes of dotted and dashed leaders: ten small spots at least, level and evenly apart.

    `height` is that of the letters in pixels; a dot is at most a quarter of it.
    """
    import numpy

    largest = max(3.0, 0.28 * height)
    x, y, width, tall, area = (spots[:, i] for i in range(5))
    dots = (width <= largest) & (tall <= largest) & (area >= 2)
    order = numpy.lexsort((x[dots], (y[dots] + tall[dots] // 2) // max(2, int(height / 6))))
    ordered = numpy.stack([x[dots], y[dots], x[dots] + width[dots], y[dots] + tall[dots]], axis=1)[order].tolist()
    found: list[Box] = []
    chain: list[list[int]] = []

    def end() -> None:
        if len(chain) >= 10:
            found.append((chain[0][0], min(s[1] for s in chain), chain[-1][2], max(s[3] for s in chain)))

    for spot in ordered:
        if chain:
            last = chain[-1]
            level = abs((spot[1] + spot[3]) - (last[1] + last[3])) / 2 <= max(2.0, height / 8)
            if not level or not 0 <= spot[0] - last[2] <= 0.7 * height:
                end()
                chain = []
        chain.append(spot)
    end()
    return found


def paint_out(grey: Any, boxes: list[Box], ground: int) -> None:
    """Fill boxes with the ground's grey, in place."""
    for left, top, right, bottom in boxes:
        grey[max(0, top - 1) : bottom + 1, max(0, left - 1) : right + 1] = ground


def ground_of(grey: Any) -> int:
    """The grey of the paper, 0 (black) to 255."""
    import numpy

    return int(numpy.percentile(grey[::7, ::7], 75))


def _small(grey: Any) -> Any:
    return _resized(grey, min(1.0, _SMALL_SIDE / max(grey.shape)))


def _resized(grey: Any, factor: float) -> Any:
    import cv2

    return grey if factor >= 1 else cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
