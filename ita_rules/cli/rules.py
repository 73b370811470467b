"""The rule sets, for those who write them and those who ask why.

``ita-rules rules list|show|lint|test|explain|new-year|schema|trace``
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from ita_rules.answers import item_code
from ita_rules.authoring.schema import schemas
from ita_rules.authoring.trace import document
from ita_rules.authoring.watch import Watch
from ita_rules.cli import console, exits, extras, given, options, watching
from ita_rules.complaints import Complaint
from ita_rules.data import data_folder
from ita_rules.errors import ConfigError, OutputError, UsageError
from ita_rules.exceptions import FILE_NAME, lint_exceptions
from ita_rules.judge import judge
from ita_rules.model import ItemResult, Report
from ita_rules.rulesets.cases import run_cases
from ita_rules.rulesets.diff import told
from ita_rules.rulesets.explain import calendar_told, counts, explain_item, levels_told
from ita_rules.rulesets.lint import lint as lint_ruleset
from ita_rules.rulesets.load import available
from ita_rules.rulesets.newyear import skeleton
from ita_rules.rulesets.shelf import Shelf
from ita_rules.rulesets.types import Item, RuleSet
from ita_rules.run.store import load_run
from ita_rules.run.types import RunData

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)


@app.callback()
def _options(lang: options.Lang = None) -> None:
    """``--lang`` is understood before the sub-command too."""
    given.lang_of(lang)


RuleSetIds = Annotated[list[str] | None, typer.Argument(metavar="[RULESET]...", help="help.rulesets", show_default=False)]
Diff = Annotated[tuple[str, str] | None, typer.Option("--diff", metavar="OLD NEW", help="help.diff", show_default=False)]
CaseWords = Annotated[list[str] | None, typer.Argument(metavar="[RULESET|ITEM]...", help="help.case_words", show_default=False)]


def _folder(rules: Path | None) -> Path:
    return rules if rules is not None else data_folder("rules")


@app.command("list", help="help.rules.list")
def list_rulesets(rules: options.RulesFolder = None, lang: options.Lang = None) -> int:
    """A table of the rule sets."""
    given.lang_of(lang)
    say = console.words()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("id", "name", "items", "version", "window"):
        table.add_column(Text(say.say(f"cli.rules.column.{column}")), overflow="fold")
    for ruleset_id in available(_folder(rules)):
        ruleset = given.ruleset_of(ruleset_id, rules)
        window = f"{say.day(ruleset.window.opens.isoformat())} – {say.day(ruleset.window.closes.isoformat())}"
        cells = (ruleset.id, ruleset.name.say(say.lang), str(len(ruleset.items)), ruleset.version, window)
        table.add_row(*(Text(c) for c in cells))
    console.stdout().print(table)
    return exits.PASSED


@app.command("show", help="help.rules.show")
def show(
    ruleset: Annotated[str | None, typer.Argument(metavar="[RULESET]", help="help.ruleset", show_default=False)] = None,
    diff: Diff = None,
    rules: options.RulesFolder = None,
    lang: options.Lang = None,
) -> int:
    """The whole form: indicators, items, levels and calendar; or what changed between two forms."""
    given.lang_of(lang)
    if diff is not None:
        old, new = (given.ruleset_of(ruleset_id, rules) for ruleset_id in diff)
        for line in told(old, new, console.words().lang):
            console.result(line)
        return exits.PASSED
    found = given.ruleset_of(ruleset, rules)
    say = console.words()
    total, unverified = counts(found)
    console.result(f"{found.id} {found.version} · {found.name.say(say.lang)}")
    console.result(say.say("explain.counts", items=len(found.items), checks=total, unverified=unverified))
    by_id = {item.id: item for item in found.items}
    for indicator in found.indicators:
        console.result()
        console.result(say.say("report.indicator", id=f"{indicator.id} {indicator.name.say(say.lang)}"))
        for sub in indicator.subs:
            console.result(f"  {sub.id} {sub.name.say(say.lang)}")
            for code in sub.items:
                item = by_id[code]
                checks = say.say("explain.checks", count=len(item.checks))
                console.result(f"    {code} {item.name.say(say.lang)} ({checks})")
    for line in (*levels_told(found, say), *calendar_told(found, say)):
        console.result(line)
    return exits.PASSED


@app.command("lint", help="help.rules.lint")
def lint(
    rulesets: RuleSetIds = None,
    rules: options.RulesFolder = None,
    exceptions: extras.ExceptionsFile = None,
    lang: options.Lang = None,
) -> int:
    """Every complaint with file and line, of the exceptions too where there are some; exit 2 when there is one."""
    given.lang_of(lang)
    folder = _folder(rules)
    known = _known(folder)
    shelf = Shelf(folder)
    faults: list[Complaint] = []  # those of the vocabulary are every rule set's, and told once
    for ruleset_id in rulesets or known:
        if ruleset_id not in known:
            raise given.unknown_ruleset(ruleset_id, known)
        complaints = lint_ruleset(ruleset_id, folder, shelf)
        for complaint in (c for c in complaints if c not in faults):
            console.result(console.complaint(complaint))
            faults.append(complaint)
        if not complaints:
            console.result(console.words().say("cli.rules.sound", ruleset=ruleset_id))
    count = len(faults) + _lint_exceptions(exceptions, list(known), rules, broken=bool(faults))
    if count:
        console.result(console.words().say("cli.rules.faults", count=count))
    return exits.USAGE if count else exits.PASSED


def _lint_exceptions(path: Path | None, known: list[str], rules: Path | None, *, broken: bool) -> int:
    """How many faults the exceptions have, told. Their checks are not looked up while a rule set is broken."""
    found = path or Path(FILE_NAME)
    if path is None and not found.is_file():
        return 0
    if not found.is_file():
        raise ConfigError("error.exceptions.missing", file=str(found))
    rulesets = [] if broken else [given.ruleset_of(ruleset_id, rules) for ruleset_id in known]
    complaints = lint_exceptions(found, rulesets, given.now().date())
    for complaint in complaints:
        console.result(console.complaint(complaint))
    if not complaints:
        console.result(console.words().say("cli.exceptions.sound", file=found))
    return len(complaints)


@app.command("test", help="help.rules.test")
def run_own_cases(
    wanted: CaseWords = None,
    ruleset: options.RuleSetId = None,
    watch: Annotated[bool, typer.Option("--watch", help="help.watch", show_default=False)] = False,
    rules: options.RulesFolder = None,
    lang: options.Lang = None,
) -> int:
    """Judge the cases of every rule set, or of some rule sets or items; exit 2 when one is not as written.

    With `watch` again and again, until it is interrupted.
    """
    given.lang_of(lang)
    folder = _folder(rules)
    chosen, codes = _chosen(wanted or [], ruleset, folder)
    if watch:
        items = [item_code(code) or code for code in codes] or None
        return watching.watch(Watch(folder, chosen, items, _judge))
    wrong = 0
    for ruleset_id, items in _items_of(chosen, codes, rules).items():
        found = given.ruleset_of(ruleset_id, rules)
        results = run_cases(found, _judge, folder, items)
        for result in results:
            for problem in result.problems:
                console.result(watching.told(problem, result.placed))
        passed = sum(r.ok for r in results)
        wrong += len(results) - passed
        console.result(console.words().say("cli.rules.cases", ruleset=found.id, passed=passed, total=len(results)))
    return exits.USAGE if wrong else exits.PASSED


def _chosen(words: list[str], ruleset: str | None, folder: Path) -> tuple[list[str], list[str]]:
    """Rule sets and items from words such as ``oit-2566 O13``; every rule set of the folder where none is named.

    Raises `UsageError` for a folder without rule sets, `RuleSetError` for one that is not there.
    """
    known = _known(folder)
    named = [w for w in words if re.match(r"oit\b", w, re.IGNORECASE)]
    chosen = list(dict.fromkeys([*([ruleset] if ruleset else []), *named]))
    for one in chosen:
        if one not in known:
            raise given.unknown_ruleset(one, known)
    return chosen or known, [w for w in words if w not in named]


def _items_of(rulesets: list[str], codes: list[str], rules: Path | None) -> dict[str, list[str] | None]:
    """The items wanted of each rule set, None for all; rule sets that have none of the `codes` are left out.

    Raises `UsageError` for a code that none of the rule sets has.
    """
    if not codes:
        return dict.fromkeys(rulesets)
    sets = [given.ruleset_of(ruleset_id, rules) for ruleset_id in rulesets]
    wanted = {code: item_code(code) for code in codes}
    for code, item in wanted.items():
        if all(found.item(item) is None for found in sets):
            _item(sets[-1], code)
    found = {s.id: [i for i in dict.fromkeys(wanted.values()) if s.item(i) is not None] for s in sets}
    return {ruleset_id: items for ruleset_id, items in found.items() if items}


def _known(folder: Path) -> list[str]:
    """Ids of the rule sets of a folder. Raises `UsageError` where it has none."""
    known = available(folder)
    if not known:
        raise UsageError("error.ruleset.none", path=folder)
    return known


def _judge(run: RunData, ruleset: RuleSet, as_of: dt.date) -> Report:
    return judge(run, ruleset, as_of, lang=console.words().lang)


@app.command("explain", help="help.rules.explain")
def explain(
    item: Annotated[str, typer.Argument(metavar="ITEM", help="help.item", show_default=False)],
    ruleset: options.RuleSetId = None,
    run: Annotated[Path | None, typer.Option("--run", metavar="RUN", help="help.explain_run", show_default=False)] = None,
    rules: options.RulesFolder = None,
    lang: options.Lang = None,
) -> int:
    """What an item asks, in words; of a run also what became of each condition, and why."""
    given.lang_of(lang)
    result: ItemResult | None = None
    if run is None:
        found = given.ruleset_of(ruleset, rules)
        asked = _item(found, item)
    else:
        data = load_run(run)
        found = given.ruleset_of(ruleset or data.meta.ruleset or None, rules)
        asked = _item(found, item)
        day = dt.date.fromisoformat(data.meta.as_of) if data.meta.as_of else given.now().date()
        report = _judge(data, found, day)
        result = next((i for i in report.items if i.id == asked.id), None)
    for line in explain_item(found, asked, lang=console.words().lang, result=result):
        console.result(line)
    return exits.PASSED


@app.command("new-year", help="help.rules.new_year")
def new_year(
    new: Annotated[str, typer.Argument(metavar="RULESET", help="help.new_ruleset", show_default=False)],
    old: Annotated[str | None, typer.Option("--from", metavar="ID", help="help.new_year_from", show_default=False)] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="help.new_year_out", show_default=False)] = None,
    rules: options.RulesFolder = None,
    lang: options.Lang = None,
) -> int:
    """Writes the skeleton of the next form beside the others."""
    given.lang_of(lang)
    before = given.ruleset_of(old, rules)
    named = re.fullmatch(r"oit-(25[0-9]{2})", new)
    if named is None or int(named[1]) <= before.fiscal_year:
        raise UsageError("error.new_year.id", word=new, old=before.id)
    folder = (out or _folder(rules)) / new
    if folder.exists():
        raise UsageError("error.new_year.exists", path=folder)
    files = skeleton(before, int(named[1]))
    try:
        folder.mkdir(parents=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as err:
        raise UsageError("error.new_year.write", path=folder, detail=err.strerror or str(err)) from err
    console.result(console.words().say("cli.rules.new_year", count=len(files), path=folder, ruleset=new, old=before.id))
    return exits.PASSED


@app.command("schema", help="help.rules.schema")
def schema(
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="help.schema_out", show_default=False)] = None,
    rules: options.RulesFolder = None,
    lang: options.Lang = None,
) -> int:
    """Writes the schemas of the files that people write."""
    given.lang_of(lang)
    _write(out or _folder(rules) / "schema", schemas())
    return exits.PASSED


@app.command("trace", help="help.rules.trace")
def trace(
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="help.trace_out", show_default=False)] = None,
    rules: options.RulesFolder = None,
    lang: options.Lang = None,
) -> int:
    """The table of conditions, printed or written."""
    given.lang_of(lang)
    folder = _folder(rules)
    _known(folder)
    text = document(folder)
    if out is None:
        for line in text.splitlines():
            console.result(line)
    else:
        _write(out.parent, {out.name: text})
    return exits.PASSED


def _write(folder: Path, files: Mapping[str, str]) -> None:
    """Writes texts into a folder and says so. Raises `OutputError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as err:
        raise OutputError("error.output.not_writable", path=folder, detail=err.strerror or str(err)) from err
    console.result(console.words().say("cli.rules.written", count=len(files), path=folder))


def _item(ruleset: RuleSet, text: str) -> Item:
    """The item of a code as typed. Raises `UsageError` for one that the rule set lacks."""
    found = ruleset.item(item_code(text))
    if found is None:
        raise given.unknown("error.item.unknown", text, (i.id for i in ruleset.items), item=text, ruleset=ruleset.id)
    return found
