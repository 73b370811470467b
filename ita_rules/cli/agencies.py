"""``ita-rules agencies import|list``: who is audited, taken from a sheet or told."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ita_rules.agencies import Imported, dump, read_agencies
from ita_rules.cli import console, exits, given, options
from ita_rules.config import FILE_NAME, Config, load_agencies, load_config
from ita_rules.errors import ConfigError, OutputError, UsageError
from ita_rules.rulesets.load import available
from reports.interface import write_whole

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

DEFAULT_FILE = "agencies.yaml"
_KEEP = ".old"

Sheet = Annotated[Path, typer.Argument(metavar="FILE", help="help.agencies_sheet", show_default=False)]
OutFile = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="help.agencies_out", show_default=False)]
Into = Annotated[Path | None, typer.Option("--into", metavar="CONFIG", help="help.agencies_into", show_default=False)]
OnlyLabel = Annotated[list[str] | None, typer.Option("--label", metavar="TEXT", help="help.only_label", show_default=False)]


@app.command("import", help="help.agencies.import")
def import_(
    sheet: Sheet,
    out: OutFile = None,
    into: Into = None,
    lang: options.Lang = None,
    rules: options.RulesFolder = None,
) -> int:
    """Exit 0 when every row was taken, 2 when rows were refused; what was sound is written all the same."""
    given.lang_of(lang)
    if out is not None and into is not None:
        raise UsageError("error.agencies.out_or_into")
    if sheet.is_dir():
        raise ConfigError("error.agencies.sheet_missing", file=str(sheet))
    settings = load_config(into) if into is not None else Config()
    file = _file_of(into, settings, out)
    # The agencies of the file that is about to be replaced are no doubles of the new ones.
    taken = settings.agencies[: len(settings.agencies) - _further(into, settings)]
    found = read_agencies(sheet, available(rules), taken)
    for complaint in found.refused:
        console.tell(console.complaint(complaint))
    if found.agencies:
        _write(found, file, into, settings)
    console.result(
        console.words().say("cli.agencies.imported", count=len(found.agencies), refused=len(found.refused), path=file)
        if found.agencies
        else console.words().say("cli.agencies.nothing", file=sheet)
    )
    if found.agencies and into is None:
        console.say("cli.agencies.next", file=file, config=FILE_NAME)
    return exits.USAGE if found.refused or not found.agencies else exits.PASSED


@app.command("list", help="help.agencies.list")
def list_(label: OnlyLabel = None, config: options.ConfigFile = None, lang: options.Lang = None) -> int:
    """A line for each agency of the configuration."""
    given.lang_of(lang)
    settings = given.config_of(config or Path(FILE_NAME))
    given.lang_of(lang, settings.lang)
    shown = [a for a in settings.agencies if not label or any(wanted in a.labels for wanted in label)]
    say = console.words().say
    for agency in shown:
        parts = (
            agency.code,
            agency.name,
            say(f"agency.{agency.type.value}"),
            agency.province,
            agency.url,
            agency.ruleset or "",
            ", ".join(agency.labels),
        )
        console.result(" · ".join(part for part in parts if part))
    console.result(say("cli.agencies.count", count=len(shown)))
    return exits.PASSED


def _file_of(into: Path | None, settings: Config, out: Path | None) -> Path:
    """Where the agencies go: `out`, or the file that the configuration names, or one beside it."""
    if into is not None:
        return into.parent / (settings.agencies_file or DEFAULT_FILE)
    return out or Path(DEFAULT_FILE)


def _further(into: Path | None, settings: Config) -> int:
    """How many of the agencies come from the configuration's further file."""
    if into is None or settings.agencies_file is None:
        return 0
    return len(load_agencies(into.parent / settings.agencies_file))


def _write(found: Imported, file: Path, into: Path | None, settings: Config) -> None:
    """Write the agencies; a file that was there is kept beside. Then the configuration names the file, if it did not."""
    try:
        if file.exists():
            write_whole(file.parent, file.name + _KEEP, file.read_bytes())
            console.say("cli.agencies.kept", path=f"{file}{_KEEP}")
    except OSError as error:
        raise OutputError("error.output.not_writable", path=str(file), detail=error.strerror or str(error)) from error
    write_whole(file.parent, file.name, dump(found.agencies).encode())
    if into is not None and settings.agencies_file is None:
        _name_file(into, file.name)


def _name_file(config: Path, name: str) -> None:
    """Add ``agencies_file`` at the end of a configuration, whose own lines and remarks stay; refuse where that would break it."""
    before = config.read_text("utf-8-sig")
    after = before + ("" if before.endswith("\n") else "\n") + f"agencies_file: {name}\n"
    trial = write_whole(config.parent, f".{config.name}.trial", after.encode())
    try:
        load_config(trial)
    except ConfigError as error:
        raise ConfigError("error.agencies.config_form", file=str(config), line=f"agencies_file: {name}") from error
    finally:
        trial.unlink(missing_ok=True)
    write_whole(config.parent, config.name, after.encode())
