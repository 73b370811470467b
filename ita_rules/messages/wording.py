"""Making foreign text harmless to read: in a terminal, in a report, in a file name."""

from __future__ import annotations

import re

VALUE_LIMIT = 300
"""Characters of one value in a sentence; the rest becomes an ellipsis."""

# Order matters: whole escape sequences first, so that their visible tail ("[31m") goes with them.
_ANSI = re.compile(
    r"\x1b\][^\x07\x1b\x9c]{0,4096}(?:\x07|\x1b\\|\x9c)?"  # operating system command: titles, links
    r"|[\x1b\x9b]\[?[0-?]{0,64}[ -/]{0,16}[@-~]"  # control sequence: colour, cursor
)
_WHITE = re.compile(r"[\s\u2028\u2029\x85]+")
_HARMFUL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0, DEL, C1
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # bidi marks, invisible marks
    "\U000e0000-\U000e007f"  # tag characters
    "\ud800-\udfff]"  # lone surrogates, which no encoder takes
)
_MARK = "[\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u20d0-\u20f0]"
_RUN_OF_MARKS = re.compile(f"({_MARK}{{4}}){_MARK}+")
# Cleaning costs time per character; what lies far beyond the limit cannot be seen anyway.
_LOOK_AHEAD = 8


def clean(text: str, limit: int = VALUE_LIMIT) -> str:
    """`text` on one line without control characters, terminal escapes, bidi overrides or lone surrogates.

    At most `limit` characters; longer text ends in an ellipsis. Stacks of more than four combining marks are cut,
    since they paint over the lines around them.
    """
    cut = text[: limit * _LOOK_AHEAD]
    plain = _HARMFUL.sub("", _WHITE.sub(" ", _ANSI.sub("", cut)))
    plain = _RUN_OF_MARKS.sub(r"\1", plain).strip()
    if len(plain) > limit or len(cut) < len(text):
        return plain[: max(limit - 1, 0)].rstrip() + "…"
    return plain
