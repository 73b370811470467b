"""What becomes of a report: its files, its lines on the screen, the exit status, its place in the index of the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ita_rules.cli import console, exits
from ita_rules.cli.runs import STEM
from ita_rules.errors import ItaRulesError
from ita_rules.history.runs import enter
from ita_rules.messages import messages
from ita_rules.model import Report
from ita_rules.run.blobs import BlobStore
from ita_rules.run.types import RunData
from reports.interface import PagePicture, renderer_of

_DRAWING = 2  # children that draw pages
_DRAWING_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job: its exit status, its report, the run that was judged, the files written, by format, and the pictures
    in them."""

    code: int
    report: Report
    folder: Path
    run: RunData
    written: Mapping[str, Path]
    pictures: tuple[PagePicture, ...] = ()


def remember(base: Path, folder: Path, code: str = "") -> None:
    """Enter a run whose reports are written into the index of its store; `code` is the agency's own. The run is whole without: a
    fault there is only told."""
    try:
        enter(base, folder, code=code)
    except ItaRulesError as error:
        say = console.words()
        console.tell(say.say("store.not_entered", reason=say.error(error)))


def deliver(
    report: Report,
    run: RunData,
    folder: Path,
    formats: Sequence[str],
    lang: str,
    *,
    blobs: BlobStore | None = None,
    quiet: bool = False,
    pictures: tuple[PagePicture, ...] | None = None,
) -> Outcome:
    """Write the report in every format, print the result, and tell the exit status.

    `blobs` are the bodies of the run, for pictures of pages; without them there are none but those in `pictures`.
    """
    if pictures is None:
        pictures = drawn(report, run, blobs) if blobs is not None and "html" in formats else ()
    written = {name: renderer_of(name, pictures).render(report, folder, STEM) for name in formats}
    code = exits.of_report(report, run)
    for warning in report.run.warnings:
        console.tell(warning)
    if not quiet:
        from reports import terminal

        try:
            terminal.render(report, console.stdout(), lang, html=written.get("html"))
        except BrokenPipeError:
            console.hush_stdout()
    if code == exits.TOOL_FAILED:
        console.say("error.internal_share", share=round(100 * exits.internal_share(report)))
    elif code == exits.NO_PAGE:
        cause = next((u.cause for u in report.run.unreached), None)
        console.say("error.site.down", url=report.agency.url, cause=messages(lang).cause(cause))
    elif report.run.stopped_by == exits.INTERRUPT:
        console.say("cli.interrupted")
    console.say("cli.saved", path=folder)
    return Outcome(code, report, folder, run, written, pictures)


def drawn(report: Report, run: RunData, blobs: BlobStore) -> tuple[PagePicture, ...]:
    """Pictures of the pages on which a report's evidence stands, drawn in the readers' children from the bodies of its run."""
    # Imported where something is to be drawn: on most nights every picture is there already.
    from crawlers.readers.interface import Limits
    from crawlers.readers.sandbox import ReaderPool
    from ita_rules.cli.kept_pictures import kept
    from ita_rules.cli.pictures import pictures_of

    with ReaderPool(_DRAWING, Limits(seconds=_DRAWING_SECONDS)) as pool:
        return pictures_of(report, run, blobs, kept(pool.picture, blobs))
