"""Where the program speaks: results on standard output, everything else on standard error, in the reader's language.

Consoles that cannot show Thai (cp437, ASCII) get replacement marks instead of a crash.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ita_rules.messages import Catalogue, clean, messages

if TYPE_CHECKING:
    # Long to load: a child of an audit writes plain lines into a file.
    from rich.console import Console

    from ita_rules.complaints import Complaint

LANGUAGES = ("th", "en")
_LINE_LIMIT = 8_000
_state: dict[str, str | None] = {"lang": "th", "asked": None}


def prepare() -> None:
    """Make both streams take any character."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            with contextlib.suppress(ValueError, OSError):
                reconfigure(errors="replace")


def take_lang(args: Sequence[str]) -> str:
    """Speak the language that the words of a command line ask for, from anywhere among them.

    Thai where they ask for none that we have; the word itself stays known to `asked_lang`. The language spoken.
    """
    found: str | None = None
    for before, word in zip(["", *args], args, strict=False):
        if before == "--lang":
            found = word
        elif word.startswith("--lang="):
            found = word.partition("=")[2]
    lang = found if found in LANGUAGES else LANGUAGES[0]
    _state.update(lang=lang, asked=found)
    return lang


def asked_lang() -> str | None:
    """The word after ``--lang``, wherever it stood; None where the command line has none."""
    return _state["asked"]


def use_lang(lang: str) -> None:
    """Speak this language from now on."""
    _state["lang"] = lang


def words() -> Catalogue:
    """The catalogue of the language spoken."""
    return messages(_state["lang"] or LANGUAGES[0])


def stdout() -> Console:
    """The console of results."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def stderr() -> Console:
    """The console of progress and of messages."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, markup=False, emoji=False)


def say(message_id: str, /, **values: object) -> None:
    """A sentence on standard error."""
    tell(words().say(message_id, **values))


def tell(text: str) -> None:
    """Words on standard error, on one unbroken line."""
    _print(text, to_stderr=True)


def tell_block(text: str) -> None:
    """A text of ours on standard error with its lines and blanks as they are; nothing from a site may stand in it."""
    from rich.text import Text

    console = stderr()
    encoding = console.encoding or "utf-8"
    console.print(Text(text.encode(encoding, "replace").decode(encoding, "replace")), soft_wrap=True)


def result(text: str = "") -> None:
    """A line on standard output."""
    _print(text, to_stderr=False)


def _print(text: str, *, to_stderr: bool) -> None:
    fitting = text if not text.strip() else text[: len(text) - len(text.lstrip())] + clean(text, _LINE_LIMIT)
    stream = sys.stderr if to_stderr else sys.stdout
    if not stream.isatty():
        encoding = stream.encoding or "utf-8"
        stream.write(fitting.encode(encoding, "replace").decode(encoding, "replace") + "\n")
        stream.flush()
        return
    from rich.text import Text

    console = stderr() if to_stderr else stdout()
    encoding = console.encoding or "utf-8"
    console.print(Text(fitting.encode(encoding, "replace").decode(encoding, "replace")), soft_wrap=True)


def complaint(found: Complaint) -> str:
    """A complaint about a file in words; its sentence has places for `file` and `line`."""
    return words().say(found.message_id, **{"file": found.file, "line": found.line, **found.values})


def hush_stdout() -> None:
    """Standard output was closed by its reader (``| head``): let what is left go nowhere."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
