"""What the children of an audit have in common, loaded once: the modules, the sentences and the rules of a night.

It is loaded in the process that forks them (`ita_rules.audit.warm_server`). All children of that process judge by the rules as
they were then, and mark their runs with those.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib

from ita_rules.cli import audit_full, given
from ita_rules.cli.audit_child import Common, main
from ita_rules.errors import ItaRulesError
from ita_rules.judge import judge
from ita_rules.messages import messages
from ita_rules.nights import basis
from ita_rules.run.types import RunData, RunMeta
from reports.interface import renderer_of

__all__ = ["audit_full", "main", "prepare"]

_NOTHING = RunData(RunMeta(start_url="http://nobody.invalid/"))
_DAY = dt.date(2000, 1, 1)
_LATER = ("ita_rules.cli.pictures", "rich.console")
"""What a child loads when it comes to that, and nearly every one does."""


def prepare(words: str) -> None:
    """Load what a `Common` (as JSON) names. What cannot be loaded is left: each child that needs it tells why."""
    common = Common.model_validate_json(words)
    messages(common.lang)
    for name in common.formats:
        renderer_of(name)
    for name in _LATER:
        importlib.import_module(name)
    with basis.held(common.rules), contextlib.suppress(ItaRulesError):
        for ruleset in common.rulesets:
            # Judging nothing puts the rules' wordings into the form in which they are looked for.
            judge(_NOTHING, given.ruleset_of(ruleset, common.rules), _DAY, lang=common.lang, engine="plain")
