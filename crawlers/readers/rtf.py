"""Rich text (RTF): paragraphs, tables, heads and feet, text boxes and pictures, with Thai in any of the ways it is written.

Libraries at hand run neighbouring tables together and move them away from their place, so the form, a simple one, is read here.
Thai stands as bytes of the font's code page (``\\'a1`` where the font says charset 222, or the file code page 874) or as ``\\u``.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from crawlers.readers.assemble import Part, page_of, sized
from crawlers.readers.docx_styles import is_of_contents, level_of
from crawlers.readers.flow import Flow
from crawlers.readers.interface import Budget, Hints, Limits
from crawlers.readers.lines import Line, fold
from crawlers.readers.numbering import labelled
from crawlers.readers.rtf_state import RowSetting, State, Story
from crawlers.readers.rtf_words import (
    BYTE,
    CHARACTERS,
    CHARSETS,
    HEADS,
    SIGNS,
    SILENT,
    SYMBOLS,
    THROUGH,
    TOKEN,
    code_page,
    joined,
)  # fmt: skip
from crawlers.readers.thai_bytes import is_thai
from ita_rules.errors import ReaderError
from ita_rules.run.types import Document, Image, Zone

RTF = "application/rtf"
MAX_GROUPS = 500
"""Groups within groups; a file with more is none that an office program wrote."""

SAMPLE = 2_000_000
"""Bytes by which the code page is told where the file names a Western one."""

_TWIP = 15  # twentieths of a point in a pixel, at 96 pixels an inch
_LEADER = " ........ "
_PLACES = {
    "fonttbl": "fonts", "stylesheet": "style", "title": "title", "generator": "producer", "creatim": "created",
    "revtim": "modified", "info": "info",
}  # fmt: skip
_TIME = ("yr", "mo", "dy", "hr", "min")


def version() -> str:
    """Name and version of this reader."""
    return "rtf/1"


def read(data: bytes, hints: Hints, limits: Limits) -> Document:
    """One page. Raises `ReaderError` (`unreadable`) for groups nested without end."""
    budget = Budget(limits)
    reader = _Reader(data, budget)
    parts = reader.parts()
    page = page_of(1, sized(parts), budget, "office")
    facts = {"pages": "1", **{key: said for key, text in reader.facts.items() if (said := fold(joined(text)).rstrip(";"))}}
    return Document(
        hashlib.sha256(data).hexdigest(), RTF, title=facts.pop("title", ""), pages=(page,), readers=(version(),),
        cause=page.cause, truncated=budget.spent, facts=facts,
    )  # fmt: skip


class _Reader:
    """Walks the tokens once."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        self.data = data
        self.budget = budget
        self.facts: dict[str, str] = {}
        self.state = State()
        self.stack: list[State] = []
        self.stories = [Story(Flow(budget), "main")]
        self.frames: dict[str, list[Part]] = {"header": [], "footer": []}
        self.row = RowSetting()
        self.rows: list[tuple[int, RowSetting]] = []
        self.fonts: dict[int, str] = {}
        self.levels: dict[int, int] = {}
        self.contents: set[int] = set()
        self.names: dict[int, str] = {}
        self.time: dict[str, int] = {}
        self.picture: list[int] = []
        self.page = "cp1252"
        self.default = 0
        self.left = 0  # characters that a program without Unicode would show, still to be left out
        self.bytes = bytearray()
        self.optional = False
        sample = bytes.fromhex(b"".join(BYTE.findall(data[:SAMPLE])).decode("ascii"))
        # A file that names no Thai code page, and whose bytes are Thai all the same.
        self.western = "cp874" if is_thai(sample) else "cp1252"

    def parts(self) -> list[Part]:
        """All parts of the file."""
        at, count = 0, 0
        while (found := TOKEN.match(self.data, at)) is not None:
            at = found.end()
            count += 1
            if count % 1000 == 0 and self.budget.late():
                break
            kind = found.lastgroup
            if found["word"] is not None:
                word = found["word"].decode("ascii")
                number = int(found["number"]) if found["number"] else None
                if word == "bin":
                    at += max(number or 0, 0)
                elif not self._left_out():
                    self.word(word, number)
            elif kind == "byte":
                if not self._left_out():
                    self.bytes.append(int(found["byte"], 16))
            elif kind == "text":
                text = found["text"]
                gone = min(self.left, len(text))
                self.left -= gone
                if self.state.to not in ("", "picture", "shape"):
                    self.bytes += text[gone:]
            elif kind == "brace":
                self.brace(found["brace"] == b"{")
            elif kind == "sign":
                self.sign(found["sign"])
        # A file whose groups are not all closed was cut short: what it lacks, nobody left out.
        self.budget.spent = self.budget.spent or bool(self.stack)
        while self.stack:
            self.brace(False)
        self.paragraph()
        return [*self.frames["header"], *self.stories[0].flow.finish(), *self.frames["footer"]]

    def _left_out(self) -> bool:
        self.left, out = max(self.left - 1, 0), self.left > 0
        return out

    def brace(self, opens: bool) -> None:
        """A group begins or ends."""
        self.flush()
        self.left = 0
        self.optional = False
        if opens:
            if len(self.stack) >= MAX_GROUPS:
                raise ReaderError("unreadable", failure="nesting")
            self.stack.append(self.state)
            self.state = replace(self.state, story=False)
            return
        if not self.stack:
            return
        old, self.state = self.state, self.stack.pop()
        if old.story and len(self.stories) > 1:
            self._end_story()
        if old.to == "picture" and self.state.to != "picture":
            self._end_picture()
        if old.to in ("created", "modified") and self.state.to != old.to:
            self._end_time(old.to)
        if self.rows and self.rows[-1][0] > len(self.stack):
            self.row = self.rows.pop()[1]

    def sign(self, sign: bytes) -> None:
        """A control sign: a star marks a group that readers may leave out."""
        if sign == b"*":
            self.optional = True
        elif not self._left_out():
            if sign in (b"\r", b"\n"):
                self.word("par", None)
            else:
                self.put(SIGNS.get(sign, ""))

    def word(self, word: str, number: int | None) -> None:
        """A control word."""
        optional, self.optional = self.optional, False
        if word == "u":
            self.put(chr((number or 0) & 0xFFFF))
            self.left = self.state.skip
        elif word == "uc":
            self.state.skip = max(number or 0, 0)
        elif word in CHARACTERS:
            self.put(_LEADER if word == "tab" and self.state.style in self.contents else CHARACTERS[word])
        elif (handler := _WORDS.get(word)) is not None:
            self.flush()
            handler(self, word, number)
        elif word in HEADS or word == "shptxt":
            self.flush()
            if self.state.to == "text" or word == "shptxt":
                self._begin_story(HEADS.get(word, self.stories[-1].zone))
        elif word in SILENT or (optional and word not in THROUGH):
            self.flush()
            self.state.to = ""

    def put(self, text: str) -> None:
        """Characters that need no code page."""
        self.flush()
        self._say(text)

    def flush(self) -> None:
        """The bytes so far, as letters of the font's code page."""
        if not self.bytes:
            return
        raw, self.bytes = bytes(self.bytes), bytearray()
        name = self.fonts.get(self.state.font if self.state.font >= 0 else self.default, "") or self.page
        if name == "cp1252":
            name = self.western
        if name == "symbols":
            self._say("".join(chr(byte) if byte < 0x80 and chr(byte).isspace() else "•" for byte in raw))
            return
        self._say(raw.decode(name, "replace"))

    def _say(self, text: str) -> None:
        state = self.state
        if state.to == "text":
            if not state.hidden:
                self.stories[-1].pieces.append((text, state.bold, state.size))
        elif state.to == "label":
            self.stories[-1].label += text
        elif state.to in ("title", "producer"):
            self.facts[state.to] = self.facts.get(state.to, "") + text
        elif state.to == "style":
            self._name(state.style, text)

    def _name(self, style: int, text: str) -> None:
        """A style's name, which may come in several pieces."""
        self.names[style] = name = self.names.get(style, "") + text
        name = name.strip().rstrip(";")
        self.levels[style] = level_of(name) or self.state.outline
        (self.contents.add if is_of_contents(name) else self.contents.discard)(style)

    def paragraph(self) -> None:
        """The paragraph is whole."""
        self.flush()
        story, state = self.stories[-1], self.state
        text = joined("".join(words for words, _, _ in story.pieces))
        worded = [(bold, size, len(words)) for words, bold, size in story.pieces if words.strip()]
        sizes: Counter[float] = Counter()
        for _, size, length in worded:
            sizes[size] += length
        level = 0 if state.style in self.contents else state.outline or self.levels.get(state.style, 0)
        label = fold(joined(story.label))
        lines: list[Part] = []
        for words in filter(None, map(fold, text.split("\n"))):
            whole, bullet = labelled(label, words) if not lines else (words, False)
            lines.append(
                Line(
                    whole, bold=all(bold for bold, _, _ in worded), centred=state.centred, level=0 if lines else level,
                    item=bullet and not level, zone=story.zone, size=sizes.most_common(1)[0][0] if sizes else 0.0,
                )
            )  # fmt: skip
        story.flow.add([*lines, *story.aside], state.depth)
        story.pieces, story.label, story.aside = [], "", []

    def _begin_story(self, zone: Zone) -> None:
        self.state = replace(self.state, to="text", story=True, depth=0, style=0, outline=0, bold=False, centred=False)
        self.stories.append(Story(Flow(self.budget), zone))
        self.rows.append((len(self.stack), self.row))

    def _end_story(self) -> None:
        inner = self.state
        self.state = replace(inner, depth=0)
        self.paragraph()
        self.state = inner
        story = self.stories.pop()
        parts = story.flow.finish()
        if story.zone in self.frames and self.stories[-1].zone == "main":
            known = {part.text for part in self.frames[story.zone] if isinstance(part, Line)}
            self.frames[story.zone] += [part for part in parts if not isinstance(part, Line) or part.text not in known]
        else:
            self.stories[-1].aside += parts

    def _end_picture(self) -> None:
        wide, high, across, down = self.picture
        size = wide * across // 100 // _TWIP, high * down // 100 // _TWIP
        self.stories[-1].aside.append(Image("", "", max(size[0], 0), max(size[1], 0)))

    def _end_time(self, key: str) -> None:
        year, month, day, hour, minute = (self.time.get(part, 0) for part in _TIME)
        if year and month and day:
            self.facts[key] = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00"
        self.time = {}


def _character(reader: _Reader, word: str, number: int | None) -> None:
    """Print of the characters that follow."""
    reader.state.character(word, number)


def _paragraph(reader: _Reader, word: str, number: int | None) -> None:
    """Settings of the paragraph."""
    reader.state.paragraph(word, number)


def _end(reader: _Reader, word: str, number: int | None) -> None:
    """Ends of paragraphs, cells and rows; elsewhere than in the text they end nothing."""
    state = reader.state
    if state.to == "upr":
        return
    if word in ("row", "nestrow"):
        if state.to == "text":
            state.depth = max(state.depth, 1)
            if reader.stories[-1].pieces:
                reader.paragraph()
            reader.stories[-1].flow.end_row(reader.row.row())
        return
    if state.to != "text":
        return
    if word in ("cell", "nestcell"):
        state.depth = max(state.depth, 1 if word == "cell" else 2)
        reader.paragraph()
        reader.stories[-1].flow.end_cell()
    else:
        reader.paragraph()


def _row(reader: _Reader, word: str, number: int | None) -> None:
    """Settings of the rows that follow."""
    if word == "trowd":
        reader.row = RowSetting()
    else:
        reader.row.say(word, number)


def _nested(reader: _Reader, word: str, number: int | None) -> None:
    """The settings of an inner table's row hold for it alone."""
    reader.rows.append((len(reader.stack), reader.row))


def _fonts(reader: _Reader, word: str, number: int | None) -> None:
    """Code pages: of the file, of a font."""
    if word == "ansicpg":
        reader.page = code_page(number or 1252)
    elif word == "mac":
        reader.page = "mac_roman"
    elif word in ("pc", "pca"):
        reader.page = "cp437" if word == "pc" else "cp850"
    elif word == "deff":
        reader.default = number or 0
    elif word == "fcharset" and reader.state.to == "fonts":
        reader.fonts[reader.state.font] = "symbols" if number == SYMBOLS else CHARSETS.get(number or 0, "")
    elif word == "cpg" and reader.state.to == "fonts":
        reader.fonts[reader.state.font] = code_page(number or 1252)


def _place(reader: _Reader, word: str, number: int | None) -> None:
    """Groups whose words go to a place of their own."""
    state = reader.state
    if word == "ud":
        state.to = state.before or "text"
    elif word == "upr":
        state.before, state.to = state.to, "upr"
    elif word == "pict":
        if state.to in ("text", "shape"):
            state.to, reader.picture = "picture", [0, 0, 100, 100]
    elif word in ("sp", "sv"):
        state.to = "shape" if state.to in ("text", "shape") else state.to
    elif word in ("listtext", "pntext"):
        state.to = "label" if state.to == "text" else state.to
    elif state.to not in ("", "upr"):
        state.to = _PLACES[word]


def _figure(reader: _Reader, word: str, number: int | None) -> None:
    """Figures of a picture's size and of a time."""
    if word in _TIME:
        reader.time[word] = number or 0
    elif reader.picture:
        reader.picture[("picwgoal", "pichgoal", "picscalex", "picscaley").index(word)] = number or 0


_WORDS: dict[str, Callable[[_Reader, str, int | None], None]] = {
    **dict.fromkeys(("plain", "b", "ab", "fs", "afs", "v", "deleted", "f"), _character),
    **dict.fromkeys(("pard", "qc", "ql", "qr", "qj", "intbl", "itap", "s", "outlinelevel"), _paragraph),
    **dict.fromkeys(("par", "sect", "page", "column", "cell", "nestcell", "row", "nestrow"), _end),
    **dict.fromkeys(("trowd", "trleft", "trhdr", "clvmgf", "clvmrg", "clmgf", "clmrg", "cellx"), _row),
    **dict.fromkeys(("ansicpg", "mac", "pc", "pca", "deff", "fcharset", "cpg"), _fonts),
    **dict.fromkeys(
        (
            "ud",
            "upr",
            "pict",
            "sp",
            "sv",
            "listtext",
            "pntext",
            "fonttbl",
            "stylesheet",
            "title",
            "generator",
            "creatim",
            "revtim",
            "info",
        ),
        _place,
    ),
    **dict.fromkeys((*_TIME, "picwgoal", "pichgoal", "picscalex", "picscaley"), _figure),
    "nesttableprops": _nested,
}
