"""Thai digits in scans, which Tesseract's Thai models cannot write: their character set has only ๐ ๑ ๒ ๓ ๕, so ๒๕๖๘ reads ๒๕๒๕.

`read_runs` takes a recognised line and its picture and says which of its symbols are numbers in Thai digits and what they
say, or that they cannot be read for certain. `cues` looks where numbers may stand, `cut` cuts glyphs from the picture,
`features` and `classify` name them, `runs` decides. It needs numpy and OpenCV (extra ``ocr``) and nothing of the system.
CARD.md says how the weights were made and what they reach.
"""

from crawlers.readers.digits.runs import Run, read_runs

__all__ = ["Run", "read_runs"]
