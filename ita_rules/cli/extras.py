"""What is told beside a judgement: for whom, which gaps people have excepted, whose each item is, the total with IIT and EIT.

Given by options or by config.yaml; the statuses, the estimated score and the exit status never depend on any of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

import typer

from ita_rules.cli import options
from ita_rules.config import Config
from ita_rules.errors import ConfigError, UsageError
from ita_rules.exceptions import FILE_NAME, Waiver, load_exceptions, waive
from ita_rules.messages import messages
from ita_rules.model import Report
from ita_rules.rulesets.types import RuleSet
from ita_rules.toolscores import ToolScores, load_tool_scores, scores_of
from ita_rules.total import with_total
from ita_rules.units import with_units

Persona = Literal["webmaster", "reviewer"]
PERSONAS: dict[str, Persona] = {"webmaster": "webmaster", "reviewer": "reviewer"}
"""For whom a report is told, by name on the command line."""

PersonaName = Annotated[
    str | None, typer.Option("--persona", metavar="webmaster|reviewer", help="help.persona", show_default=False)
]
ExceptionsFile = Annotated[Path | None, typer.Option("--exceptions", metavar="FILE", help="help.exceptions", show_default=False)]
ScoresFile = Annotated[Path | None, typer.Option("--scores", metavar="FILE", help="help.scores", show_default=False)]
Iit = Annotated[float | None, typer.Option("--iit", metavar=options.NUMBER, help="help.iit", show_default=False)]
Eit = Annotated[float | None, typer.Option("--eit", metavar=options.NUMBER, help="help.eit", show_default=False)]


@dataclass(frozen=True, slots=True)
class Extras:
    """Everything that is told beside a judgement; nothing by default."""

    persona: Persona = "webmaster"
    exceptions: tuple[Waiver, ...] = ()
    scores: tuple[ToolScores, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)


def extras_of(
    settings: Config,
    beside: Path,
    persona: str | None = None,
    exceptions: Path | None = None,
    scores: Path | None = None,
    iit: float | None = None,
    eit: float | None = None,
) -> Extras:
    """Options over configuration. `beside` is the folder of the configuration, where exceptions.yaml is looked for.

    Raises:
        UsageError: a persona that there is not; IIT without EIT or the other way round; figures given twice; out of 0-100.
        ConfigError: a file with a fault (`file`, `line`).
    """
    given = scores or (beside / settings.scores if settings.scores else None)
    if iit is None and eit is None:
        figures = load_tool_scores(given) if given else ()
    elif scores is not None:
        raise UsageError("error.scores.both", file=str(scores))
    elif iit is None or eit is None:
        one, other = ("--iit", "--eit") if eit is None else ("--eit", "--iit")
        raise UsageError("error.scores.half", given=one, lacks=other)
    else:
        for option, value in (("--iit", iit), ("--eit", eit)):
            if not 0 <= value <= 100:
                raise UsageError("error.number.wrong", option=option, low=0, high=100, found=value)
        figures = (ToolScores("", iit, eit),)
    return Extras(persona_of(persona, settings), exceptions_of(exceptions, beside), figures)


def persona_of(text: str | None, settings: Config) -> Persona:
    """For whom to tell. Raises `UsageError` for a persona that there is not."""
    name = text or settings.persona
    if name not in PERSONAS:
        raise UsageError("error.persona.unknown", persona=name, known=", ".join(PERSONAS))
    return PERSONAS[name]


def exceptions_of(path: Path | None, beside: Path) -> tuple[Waiver, ...]:
    """The exceptions of the file named, else of exceptions.yaml in the folder `beside` where there is one."""
    if path is not None and path.is_dir():
        raise ConfigError("error.exceptions.missing", file=str(path))
    found = path or beside / FILE_NAME
    return load_exceptions(found) if path is not None or found.is_file() else ()


def told(report: Report, ruleset: RuleSet, as_of: dt.date, extras: Extras) -> Report:
    """The report with all of it."""
    say = messages(report.lang)
    report = with_units(report, extras.units)
    report = waive(report, extras.exceptions, as_of, say)
    figures = scores_of(extras.scores, report.agency.name)
    if figures is not None:
        report = with_total(report, ruleset, figures.iit, figures.eit, say)
    elif extras.scores:
        warning = say.say("warn.scores.none", agency=report.agency.name)
        run = report.run.model_copy(update={"warnings": (*report.run.warnings, warning)})
        report = report.model_copy(update={"run": run})
    return report.model_copy(update={"persona": extras.persona})
