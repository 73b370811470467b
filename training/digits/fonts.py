"""Thai fonts on the machine: which files have Thai digits, and which faces are one design under several names.

What is left out of training must not come back under another name: Laksaman, TH Sarabun and Sarabun are one design, the four
TLWG monospaced fonts share theirs, and Waree and Arundina are both drawn to go with the DejaVu fonts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

HELD_OUT = ("sarabun", "noto-sans", "norasi", "thniramitas")
"""The designs that measure: the one that agencies use most, a loopless one, a serif one, and another of the national fonts."""

NEVER = ("angsana",)
"""Designs whose licence is not free; they may measure, but nothing is learned from them."""

FOLDERS = (Path("/usr/share/fonts/truetype"), Path("/usr/share/fonts/opentype"))
"""Where Debian puts fonts."""

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"

DESIGNS = {
    "garuda": "garuda",
    "norasi": "norasi",
    "kinnari": "kinnari",
    "loma": "loma",
    "purisa": "purisa",
    "sawasdee": "sawasdee",
    "tlwg": "tlwg-mono",
    "umpush": "umpush",
    "waree": "waree",
    "arundina": "waree",
    "laksaman": "sarabun",
    "thsarabun": "sarabun",
    "sarabun": "sarabun",
    "notosansthai": "noto-sans",
    "notoloopedthai": "noto-looped",
    "notoserifthai": "noto-serif",
    "angsana": "angsana",
}
"""Design by the beginning of a file's name, small letters without blanks; a file not listed is a design of its own."""

ODD = ("thcharmonman", "thsrisakdi", "thin", "webdings")
"""Faces that are no text of documents: ornamental scripts, hairlines."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font file. `design` names what it shares with its sisters."""

    path: Path
    design: str

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.path.stem


def design_of(path: Path) -> str:
    """The design of a font file, by its name."""
    name = path.stem.lower().replace(" ", "").replace("_", "")
    for start, design in DESIGNS.items():
        if name.startswith(start):
            return design
    return name.partition("-")[0]


@lru_cache(maxsize=512)
def font(path: Path, pixels: int) -> ImageFont.FreeTypeFont:
    """The font at a size of `pixels` an em, with Thai shaping."""
    return ImageFont.truetype(str(path), pixels, layout_engine=ImageFont.Layout.RAQM)


def has_thai_digits(path: Path) -> bool:
    """Whether ten different Thai digits are in the font, none of them its sign for what it lacks."""
    try:
        face = font(path, 40)
        lacking = bytes(face.getmask("\ue9f3"))
        marks = [bytes(face.getmask(digit)) for digit in THAI_DIGITS]
    except OSError:
        return False
    return len(set(marks)) == len(THAI_DIGITS) and lacking not in marks


@lru_cache(maxsize=65536)
def has(path: Path, character: str) -> bool:
    """Whether the font draws `character` itself."""
    face = font(path, 40)
    return character == " " or bytes(face.getmask(character)) != bytes(face.getmask("\ue9f3"))


@lru_cache(maxsize=1)
def stand_in() -> Path | None:
    """The face that draws what another lacks, as a word processor would choose one; Noto's Thai faces have no Latin."""
    return next((path for folder in FOLDERS for path in sorted(folder.rglob("Loma.[ot]tf"))), None)


def faces(folders: Iterable[Path], leave_out: Sequence[str] = (), only: Sequence[str] = ()) -> list[Face]:
    """The faces with Thai digits under `folders`, sorted by name, one for each file name. `leave_out` and `only` are designs."""
    found: dict[str, Face] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() not in (".ttf", ".otf") or any(odd in path.stem.lower() for odd in ODD):
                continue
            design = design_of(path)
            if path.stem in found or design in leave_out or (only and design not in only):
                continue
            if has_thai_digits(path):
                found[path.stem] = Face(path, design)
    return [found[name] for name in sorted(found)]
