"""Check kinds: one module each, found by scanning this package. `observe` runs the check of a kind.

Adding a kind is adding a module with `KIND` and `observe` (and its test); nothing else names it.
"""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections.abc import Callable
from functools import cache

from ita_rules.checks.confidence import sure_of
from ita_rules.checks.interface import Context, Observation, Outcome, unknown
from ita_rules.rulesets.types import Check

__all__ = ["Context", "Observation", "Outcome", "kinds", "observe"]

logger = logging.getLogger(__name__)

Observe = Callable[[Context, Check], Observation]


@cache
def kinds() -> dict[str, Observe]:
    """Every check kind by its name."""
    found: dict[str, Observe] = {}
    for info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{info.name}")
        kind = getattr(module, "KIND", None)
        if isinstance(kind, str):
            found[kind] = module.observe
    return found


def observe(ctx: Context, check: Check) -> Observation:
    """What a check sees. A fault of ours becomes an unknown, `internal_error`: it is never held against the agency."""
    if not check.applies_to(ctx.agency_type):
        return _not_asked(ctx, check)
    try:
        return sure_of(ctx, kinds()[check.kind](ctx, check))
    except Exception:
        logger.exception("check %s failed", check.id)
        return unknown(check, "internal_error", "check.not_checked")


def _not_asked(ctx: Context, check: Check) -> Observation:
    """A condition that is not asked of this type of agency: of which it is asked, and by which clause."""
    types = check.when.agency_type if check.when else ()
    values = {"types": tuple(f"@agency.{t}" for t in types), "type": f"@agency.{ctx.agency_type}"}
    source = ctx.ruleset.sources.get(check.source or "")
    why = (("why.clause", {"clause": source.title}),) if source else ()
    return Observation(check, Outcome.NOT_APPLICABLE, ("check.not_applicable.type", values), why=why)
