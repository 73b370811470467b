"""The report as one self-contained HTML page that reads without script, prints on A4 and trusts nothing from a site.

Text is escaped by the template engine and cleaned before; an address becomes a link only when it is plain http or https;
the page's own policy (Content-Security-Policy) forbids anything from outside and every script but the one that the page brings
along, known by its hash. That one searches, filters and copies; without it nothing is missing.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket

from ita_rules.messages import clean, messages
from ita_rules.model import Report
from reports import changes, decided, view
from reports.answers import answers
from reports.interface import PagePicture, write_whole

LIMITS = {"evidence": 6, "why": 12, "sources": 30, "unreached": 100, "warnings": 50, "first": 10}
"""How many of each are shown; what is left out is said, and stands in report.json."""

LIMITS_OF_REVIEWER = LIMITS | {"first": 60, "evidence": 50, "why": 60, "sources": 200, "unreached": 500}
"""The same for a reviewer, who is shown nearly everything."""

MAX_BYTES = 2_900_000
"""Bytes of a page up to which pictures are put into it."""

_AROUND = 900

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src '{script}'; base-uri 'none'; form-action 'none'"
)
"""The page's own Content-Security-Policy; `script` is the hash of its own script."""


class HtmlRenderer:
    """See `reports.interface.Renderer`."""

    name = "html"
    suffix = ".html"

    def __init__(self, pictures: Sequence[PagePicture] = ()) -> None:
        self._pictures = pictures

    def render(self, report: Report, folder: Path, stem: str) -> Path:
        """See `reports.interface.Renderer.render`."""
        return write_whole(folder, stem + self.suffix, page(report, self._pictures).encode("utf-8"))


def page(report: Report, pictures: Sequence[PagePicture] = ()) -> str:
    """The whole page as text, in the report's language; the same text every time.

    `pictures` stand at their items, as many of the first ones as fit into `MAX_BYTES`: a page that cannot be sent by e-mail helps
    nobody.
    """
    text = _page(report, pictures)
    spare = MAX_BYTES - len(text.encode("utf-8"))
    if spare >= 0 or not pictures:
        return text
    spare += sum(map(_weight, pictures))
    kept: list[PagePicture] = []
    for each in pictures:
        spare -= _weight(each)
        if spare < 0:
            break
        kept.append(each)
    return _page(report, kept)


def _weight(picture: PagePicture) -> int:
    """Bytes of a picture on the page: its data in base64, and the words around it."""
    return 4 * (len(picture.data) + 2) // 3 + _AROUND + 6 * len(picture.url)


def _page(report: Report, pictures: Sequence[PagePicture]) -> str:
    catalogue = messages(report.lang)
    anchors = {id(item): f"item-{number}" for number, item in enumerate(report.items, 1)}
    env = _environment()
    script = resources.files("reports").joinpath("templates/report.js").read_text("utf-8")
    env.filters["clean"] = lambda value, limit=300: clean(str(value), limit)
    env.filters["lines"] = lambda text, limit: "\n".join(clean(line, limit) for line in text.splitlines())
    env.filters["day"] = catalogue.day
    env.filters["time"] = catalogue.time
    context: dict[str, Any] = {
        "report": report,
        "say": catalogue.say,
        "catalogue": catalogue,
        "view": view,
        "decided": decided,
        "limits": LIMITS_OF_REVIEWER if view.is_for_reviewer(report) else LIMITS,
        "reviewer": view.is_for_reviewer(report),
        "symbols": view.symbols(report),
        "status_word": lambda status: view.status_word(status, report, catalogue),
        "message": lambda check, limit=800: view.message(check, report, catalogue, limit),
        "policy": POLICY.format(script=f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"),
        "script": script,
        "anchor": lambda item: anchors[id(item)],
        "answers": answers,
        "pictures": lambda item: [each for each in pictures if each.item == item.id],
        "data_url": lambda data: "data:image/webp;base64," + base64.b64encode(data).decode("ascii"),
        "changed": {
            "depth": changes.depth_words(report, catalogue),
            "summary": changes.summary(report, catalogue),
            "groups": changes.groups(report, catalogue),
        },
        "rule_sources": {source.id: source for source in report.ruleset.sources},
    }
    return env.get_template("report.html.j2").render(context)


class _Compiled(FileSystemBytecodeCache):
    """Templates as they were compiled, in the user's own folder for that; compiling them takes longer than rendering a report."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template; a disk without room costs the time of compiling again, and nothing else."""
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def _compiled() -> FileSystemBytecodeCache | None:
    """Where compiled templates are kept; None where the system has no place that is this user's alone."""
    try:
        return _Compiled()
    except (OSError, RuntimeError):
        return None


def _environment() -> Environment:
    env = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_compiled(),
    )
    env.filters["href"] = view.safe_href
    env.filters["url"] = view.readable_url
    env.filters["number"] = view.number
    env.filters["share"] = lambda value: f"{min(max(value, 0.0), 100.0):.2f}"
    return env
