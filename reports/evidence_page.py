"""The page that explains an evidence package to the person who opens it: what is in it, what was found, how to check it."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined

from ita_rules.messages import clean, messages
from ita_rules.model import ItemResult, Report
from reports import view
from reports.html_report import POLICY

PLACES = {
    "report": "report.html, report.json",
    "archive": "archive/run.warc.gz",
    "run": "run/run.sqlite",
    "texts": "texts/",
    "pages": "pages/",
    "rules": "rules/",
    "manifest": "manifest.json",
}
"""The parts of a package and where they lie in it."""


def evidence_page(report: Report, items: Sequence[ItemResult], pictures: Sequence[tuple[str, str, int]], *, masked: bool) -> str:
    """The page as HTML, in the report's language.

    `items` are those that the package is about, `pictures` the page pictures in it (item, place in the package, page).
    """
    say = messages(report.lang)
    env = Environment(
        loader=PackageLoader("reports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    env.filters["clean"] = lambda value, limit=300: clean(str(value), limit)
    env.filters["href"] = view.safe_href
    env.filters["url"] = view.readable_url
    env.filters["day"] = say.day
    env.filters["time"] = say.time
    return env.get_template("evidence.html.j2").render(
        report=report,
        items=items,
        pictures=pictures,
        masked=masked,
        places=PLACES,
        say=say.say,
        view=view,
        catalogue=say,
        policy=POLICY.replace("; script-src '{script}'", "").replace("img-src data:", "img-src 'self' file:"),
        symbols=view.symbols(report),
        status_word=lambda status: view.status_word(status, report, say),
    )
