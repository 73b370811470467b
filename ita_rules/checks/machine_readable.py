"""`machine_readable`: files hold text that can be searched and copied, not only pictures of it. Advice in most years."""

from __future__ import annotations

from ita_rules.checks.interface import Context, Observation, Outcome, whole
from ita_rules.rulesets.types import Check
from ita_rules.run.types import Page

KIND = "machine_readable"


def observe(ctx: Context, check: Check) -> Observation:
    """A gap when every page of a file is a picture without text."""
    files = [p for p in ctx.pieces if p.role == "file" and p.document is not None]
    if not files:
        return Observation(check, Outcome.NOT_APPLICABLE, ("check.not_applicable", {}))
    pictures = tuple(p for p in files if p.document and p.document.pages and all(map(_is_picture, p.document.pages)))
    if pictures:
        return Observation(check, Outcome.NOT_MET, ("check.machine_readable.gap", {}), 0.95, whole(pictures))
    return Observation(check, Outcome.MET, ("check.machine_readable.pass", {}), 0.95)


def _is_picture(page: Page) -> bool:
    """Whether a page is only a picture, recognised or not."""
    return page.method == "ocr" or page.cause == "no_ocr"
