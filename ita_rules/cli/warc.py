"""``ita-rules warc RUN``: a saved run as a WARC file, which other tools open."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ita_rules.cli import console, exits, given, options
from ita_rules.cli.check_file import is_of_files
from ita_rules.errors import UsageError
from ita_rules.run.store import load_meta
from ita_rules.run.types import RunData
from ita_rules.run.warc import write_warc

OutFile = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="help.warc_out", show_default=False)]


def warc(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="help.run", show_default=False)],
    out: OutFile = None,
    lang: options.Lang = None,
) -> int:
    """Write the archive and say where it lies; bodies that are gone are told of."""
    given.lang_of(lang)
    if is_of_files(RunData(load_meta(run))):
        raise UsageError("error.warc.files", path=run)
    if out is not None and out.is_dir():
        raise UsageError("error.warc.folder", path=out)
    written = write_warc(run, out)
    if written.missing:
        console.say("cli.warc.missing", count=written.missing)
    console.result(console.words().say("cli.warc.written", count=written.records, path=written.path))
    return exits.PASSED
