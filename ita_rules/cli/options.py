"""The options that several sub-commands share. Help texts are message ids, put into words when the program starts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

NUMBER = "N"
"""What stands for the value of an option that takes a number."""

RuleSetId = Annotated[str | None, typer.Option("--ruleset", metavar="ID", help="help.ruleset", show_default=False)]
RulesFolder = Annotated[Path | None, typer.Option("--rules", metavar="DIR", help="help.rules_folder", show_default=False)]
Answers = Annotated[Path | None, typer.Option("--answers", metavar="FILE", help="help.answers", show_default=False)]
AgencyName = Annotated[str | None, typer.Option("--agency-name", metavar="TEXT", help="help.agency_name", show_default=False)]
AgencyKind = Annotated[str | None, typer.Option("--agency-type", metavar="TYPE", help="help.agency_type", show_default=False)]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="help.as_of", show_default=False)]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="help.out", show_default=False)]
Formats = Annotated[str | None, typer.Option("--format", metavar="LIST", help="help.format", show_default=False)]
MaxPages = Annotated[int | None, typer.Option("--max-pages", metavar=NUMBER, help="help.max_pages", show_default=False)]
MaxDepth = Annotated[int | None, typer.Option("--max-depth", metavar=NUMBER, help="help.max_depth", show_default=False)]
MaxMinutes = Annotated[float | None, typer.Option("--max-minutes", metavar=NUMBER, help="help.max_minutes", show_default=False)]
Resume = Annotated[bool, typer.Option("--resume", help="help.resume", show_default=False)]
Fresh = Annotated[bool, typer.Option("--fresh", help="help.fresh", show_default=False)]
Lang = Annotated[str | None, typer.Option("--lang", metavar="th|en", help="help.lang", show_default=False)]
ConfigFile = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="help.config", show_default=False)]
Engine = Annotated[str, typer.Option("--engine", metavar="auto|durable|plain", help="help.engine", show_default=False)]
Previous = Annotated[Path | None, typer.Option("--previous", metavar="RUN", help="help.previous", show_default=False)]
TlsCa = Annotated[Path | None, typer.Option("--tls-ca", metavar="FILE", help="help.tls_ca", show_default=False)]
TlsCert = Annotated[Path | None, typer.Option("--tls-cert", metavar="FILE", help="help.tls_cert", show_default=False)]
TlsKey = Annotated[Path | None, typer.Option("--tls-key", metavar="FILE", help="help.tls_key", show_default=False)]
