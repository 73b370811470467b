"""`catalog`: the item's data sets lie in a data catalogue: public, with files and a licence, kept up, and this agency's."""

from __future__ import annotations

import datetime as dt
import re

from ita_rules.checks.find.names import own_names
from ita_rules.checks.interface import Context, Observation, Outcome, Said, quoted_row, unknown
from ita_rules.checks.named import is_named
from ita_rules.locate.titles import STRONG
from ita_rules.model import Evidence
from ita_rules.rulesets.types import Check
from ita_rules.run.catalog import ORGANISATION, Catalog, DataSet, catalog_of, dataset_of
from ita_rules.run.keys import url_key
from ita_rules.thai.fold import loose

KIND = "catalog"
_SURE = 0.95


def observe(ctx: Context, check: Check) -> Observation:
    """A gap when a data set of the item is not there or lacks something; unknown when one could not be looked at."""
    catalog = catalog_of(ctx.site.run.meta)
    fine, short = list[Evidence](), list[Evidence]()
    told, causes = list[Said](), list[str]()
    for name, is_sure in catalog.of_item(ctx.item.id) if catalog and not ctx.only_files else ():
        assert catalog is not None
        shown, cause = _look(ctx, catalog, name)
        if cause:
            causes.append(cause)
        elif shown is None or is_sure or ctx.titles.score(shown.title, ctx.item) >= STRONG:
            faults = _faults(ctx, shown) if shown else {"missing": ""}
            if faults:
                told.append(_said(shown.title if shown else name, tuple(faults)))
            quotes = dict.fromkeys(faults.values() if faults else [shown.quote("metadata_modified") if shown else ""])
            (short if faults else fine).extend(_evidence(catalog.address(name), quote) for quote in quotes)
    if told:
        fix = ("check.catalog.fix", told[0][1])
        return Observation(check, Outcome.NOT_MET, told[0], _SURE, tuple(short), tuple(told[1:]), fix=fix)
    if causes:
        return unknown(check, causes[0], "check.catalog.robots" if causes[0] == "robots" else "check.catalog.undecided")
    if not fine:
        return Observation(check, Outcome.NOT_APPLICABLE, ("check.catalog.not_configured", {"item": ctx.item.id}))
    return Observation(check, Outcome.MET, ("check.catalog.pass", {"count": len(fine)}), _SURE, tuple(fine))


def _said(dataset: str, faults: tuple[str, ...]) -> Said:
    """What a data set lacks and how to mend it, in words."""
    words = {
        "faults": tuple(f"@check.catalog.fault.{f}" for f in faults),
        "fixes": tuple(f"@check.catalog.mend.{f}" for f in faults),
    }
    return "check.catalog.gap", {"dataset": dataset, **words}


def _look(ctx: Context, catalog: Catalog, name: str) -> tuple[DataSet | None, str]:
    """A data set as the catalogue shows it, and why it could not be seen; neither where the catalogue itself says that there is
    none, twice and in its own form (a wrong address in the configuration answers with a page)."""
    found = ctx.site.run.exchange(url_key(catalog.address(name)))
    if found is None:
        return None, "not_gathered"
    if found.cause in ("http_404", "http_410") and "json" in found.media_type and found.attempts >= 2:
        return None, ""
    shown = None if found.cause or found.insecure else dataset_of(ctx.site.run.documents.get(found.sha256 or ""))
    return shown, "" if shown else found.cause or ("tls" if found.insecure else "unreadable")


def _faults(ctx: Context, shown: DataSet) -> dict[str, str]:
    """What a data set lacks in this year, or that it is another agency's, with the words that show it."""
    found = shown.faults(since=dt.date(ctx.ruleset.fiscal_year - 544, 10, 1))
    own = own_names(ctx.agency_name) if is_named(ctx.site.run.meta) else frozenset()
    owner = loose(shown.organisation)
    if own and re.search("[ก-๙]", owner) and not any(name in owner or owner in name for name in own):
        found["organisation"] = shown.quote(ORGANISATION)
    return found


def _evidence(url: str, quote: str) -> Evidence:
    return quoted_row(url, quote) if quote else Evidence(url=url, read="whole")
