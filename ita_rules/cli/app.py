"""The program: its sub-commands put together, its help in the reader's language, and the one place that catches errors."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Sequence
from typing import Any

import typer

from ita_rules import __version__
from ita_rules.audit.space import is_full
from ita_rules.cli import console, exits, given, options
from ita_rules.complaints import nearest
from ita_rules.errors import ClusterError, ItaRulesError
from ita_rules.messages import Catalogue, messages

PROGRAM = "ita-rules"


def build(lang: str) -> Any:
    """The command with its sub-commands and help in `lang`. What only one sub-command needs is imported with it."""
    from ita_rules.cli import (
        agencies,
        audit,
        calendar,
        check,
        check_file,
        cluster,
        decisions,
        diff,
        digest,
        evidence,
        judge,
        probe,
        queue,
        rules,
        schedule,
        store,
        warc,
    )

    app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help="help.program")
    app.callback()(_options)
    app.command("check", help="help.check")(check.check)
    app.command("check-file", help="help.check_file")(check_file.check_file)
    app.command("judge", help="help.judge")(judge.judge)
    app.command("audit", help="help.audit")(audit.audit)
    app.command("warc", help="help.warc")(warc.warc)
    app.command("diff", help="help.diff_command")(diff.diff)
    app.command("evidence", help="help.evidence")(evidence.evidence)
    app.add_typer(rules.app, name="rules", help="help.rules")
    app.command("queue", help="help.queue")(queue.queue)
    app.add_typer(decisions.app, name="decisions", help="help.decisions")
    app.add_typer(agencies.app, name="agencies", help="help.agencies")
    app.add_typer(store.app, name="store", help="help.store")
    app.add_typer(cluster.app, name="cluster", help="help.cluster")
    app.add_typer(schedule.app, name="schedule", help="help.schedule")
    app.add_typer(probe.app, name="probe", help="help.probe")
    app.command("calendar", help="help.calendar")(calendar.calendar)
    app.command("digest", help="help.digest")(digest.digest)
    command = typer.main.get_command(app)
    _in_words(command, messages(lang))
    return command


def _show_version(wanted: bool) -> None:
    """Answer ``--version`` before a sub-command is missed."""
    if wanted:
        console.result(f"{PROGRAM} {__version__}")
        raise typer.Exit


def _options(
    version: bool = typer.Option(
        False, "--version", help="help.version", is_eager=True, show_default=False, callback=_show_version
    ),
    lang: options.Lang = None,
    debug: bool = typer.Option(False, "--debug", help="help.debug", show_default=False),
) -> None:
    """The program's own options; ``--debug`` is taken from anywhere on the line before the parser sees it."""
    given.lang_of(lang)


def _in_words(command: Any, say: Catalogue) -> None:
    """Replace message ids by their sentences, in a command and all below it. No line of the list of commands is cut short."""
    for thing in (command, *command.params):
        text = getattr(thing, "help", None)
        if text and text in say:
            thing.help = say.say(text)
    command.short_help = command.help
    help_option = command.get_help_option(command.context_class(command))
    if help_option is not None:
        help_option.help = say.say("help.help")
    for child in getattr(command, "commands", {}).values():
        _in_words(child, say)


def run(args: Sequence[str]) -> int:
    """Run the program on the words of a command line. The exit status."""
    words = list(args)
    stop = words.index("--") if "--" in words else len(words)
    debug = "--debug" in words[:stop]
    words = [w for n, w in enumerate(words) if w != "--debug" or n >= stop]
    lang = console.take_lang(words[:stop])
    console.prepare()
    logging.basicConfig(level=logging.DEBUG if debug else logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
    try:
        code = build(lang).main(args=words, prog_name=PROGRAM, standalone_mode=False)
        return code if isinstance(code, int) else exits.PASSED
    except ItaRulesError as error:
        if debug:
            traceback.print_exc()
        console.tell(f"{PROGRAM}: {console.words().error(error)}")
        return exits.TOOL_FAILED if type(error) in (ItaRulesError, ClusterError) or is_full(error) else exits.USAGE
    except typer.Exit as done:
        return done.exit_code
    except (KeyboardInterrupt, typer.Abort):
        console.say("error.interrupted")
        return exits.TOOL_FAILED
    except BrokenPipeError:
        console.hush_stdout()
        return exits.PASSED
    except Exception as error:  # noqa: BLE001 - the last line of defence: words instead of a traceback
        help_text = _help_in_place(error)
        if help_text:
            console.tell_block(help_text)
            return exits.USAGE
        wrong_use = _usage(error, console.words())
        if wrong_use:
            console.tell(f"{PROGRAM}: {wrong_use}")
            console.say("error.usage.help", command=_path(error))
            return exits.USAGE
        if debug:
            traceback.print_exc()
        console.say("error.internal", detail=f"{type(error).__name__}: {error}")
        console.say("error.internal.report", version=__version__)
        return exits.TOOL_FAILED


def _usage(error: Exception, say: Catalogue) -> str:
    """The parser's complaint as a sentence, ``""`` when `error` is none of the parser's."""
    if not hasattr(error, "format_message"):
        return ""
    name = type(error).__name__
    near = ", ".join(getattr(error, "possibilities", None) or [])
    parameter = getattr(error, "param", None)
    option = "/".join(getattr(parameter, "opts", None) or []) or str(getattr(parameter, "name", "") or "")
    if name == "NoSuchOption":
        unknown = "error.option.unknown_near" if near else "error.option.unknown"
        return say.say(unknown, option=getattr(error, "option_name", ""), near=near)
    if name == "BadOptionUsage":
        return say.say("error.option.no_value", option=getattr(error, "option_name", ""))
    if name == "MissingParameter":
        return say.say("error.option.missing", option=getattr(parameter, "metavar", None) or option)
    if name == "BadParameter" and getattr(parameter, "metavar", None) == options.NUMBER:
        return say.say("error.option.not_a_number", option=option)
    if name == "BadParameter" and parameter is not None:
        return say.say("error.option.bad", option=option, detail=error.format_message())
    return _wrong_words(error, error.format_message(), say)


def _help_in_place(error: Exception) -> str:
    """The help of a group that was called without a sub-command, ``""`` for any other error."""
    context = getattr(error, "ctx", None)
    if not hasattr(error, "format_message") or not hasattr(getattr(context, "command", None), "commands"):
        return ""
    missing = type(error).__name__ == "NoArgsIsHelpError" or error.format_message() == "Missing command."
    return str(context.get_help()) if context is not None and missing else ""


def _wrong_words(error: Exception, message: str, say: Catalogue) -> str:
    """The parser's complaint about a word that is no option: it says which one in its English message only."""
    children = getattr(getattr(getattr(error, "ctx", None), "command", None), "commands", None)
    quoted = re.search(r"'([^']+)'", message)
    if children and quoted:
        near = nearest(quoted[1], children)
        known = ", ".join(children)
        return say.say("error.command.unknown_near" if near else "error.command.unknown", word=quoted[1], near=near, known=known)
    surplus = re.search(r"extra arguments? \((.*)\)|extra argument\(s\) \((.*)\)", message)
    if surplus:
        return say.say("error.usage.surplus", words=surplus[1] or surplus[2])
    return say.say("error.usage", detail=message)


def _path(error: Exception) -> str:
    """The command that was being read: ``ita-rules check``."""
    context = getattr(error, "ctx", None)
    return str(getattr(context, "command_path", "") or PROGRAM)


def main() -> None:
    """Run ``ita-rules`` and leave with its exit status."""
    sys.exit(run(sys.argv[1:]))
