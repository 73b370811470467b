"""Runs made of real bytes without a network: papers and pages as they are published, read by the crawler's readers."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Literal

from crawlers.fetch import Fetched
from crawlers.readers.interface import Hints, read
from crawlers.screen import view_of
from ita_rules.judge import judge
from ita_rules.model import ItemResult
from ita_rules.rulesets.load import load_ruleset, only_items
from ita_rules.rulesets.types import RuleSet
from ita_rules.run.keys import url_key
from ita_rules.run.types import Answer, Document, Exchange, Image, Page, RunData, RunMeta
from tests.corpora.agencies.make import FONTS
from tests.corpora.documents import office, paper, web
from tests.corpora.documents.source import parse

HOME = "https://www.example.go.th/"
AGENCY = "องค์การบริหารส่วนตำบลตัวอย่าง"
HEAD = "item: O1\nagency: ก\ntype: local\nfont: Laksaman\nperiod: none\ncomponents: {}\nnear: []\n---\n"
PHOTO = Document("", "image/jpeg", pages=(Page(1, method="ocr", images=(Image("", width=1000, height=800),)),))
Form = Literal["pdf", "docx", "html"]


def made(text: str, form: Form) -> bytes:
    """A paper in the mark-up of `tests.corpora.documents.source`; as a Word file where the machine lacks the fonts for a PDF."""
    source = parse("made", HEAD + text)
    if form == "html":
        return web.page(source)
    return paper.pdf(source) if form == "pdf" and FONTS.exists() else office.docx(source)


def page(body: str, title: str = AGENCY) -> bytes:
    """A web page."""
    return (
        f"<!DOCTYPE html><html lang=th><head><meta charset=utf-8><title>{title}</title></head><body>{body}</body></html>".encode()
    )


def run_of(
    files: Mapping[str, bytes | str], *, kind: str = "local", agency: str = AGENCY, answers: Mapping[str, str] | None = None
) -> RunData:
    """The run of a site: what lies at each path, or the cause why nothing came of it; `answers` are paths by item.

    Without a page at ``""`` the main page links every path by the path's own words. A path that ends in ``.jpg`` is a photo, in
    which no text was found.
    """
    files = dict(files)
    files.setdefault("", page("".join(f"<p><a href='/{path}'>{path}</a></p>" for path in files)))
    run = RunData(RunMeta(HOME, agency_name=agency, agency_type=kind, ruleset="", has_answers=answers is not None))
    run.answers = tuple(Answer(item, (HOME + path,), has=True) for item, path in (answers or {}).items())
    for path, found in files.items():
        url = HOME + path
        at = url_key(url)
        if isinstance(found, str):
            run.exchanges[at] = Exchange(at, url, url, at, cause=found, attempts=2)
            continue
        document = PHOTO if path.endswith(".jpg") else read(found, Hints(url=url, filename=path.rpartition("/")[2]))
        sha = hashlib.sha256(found or url.encode()).hexdigest()
        run.documents[sha] = document
        title, headings = document.title, tuple[str, ...]()
        if document.media_type == "text/html":
            got = Fetched(url, url, 200, (("Content-Type", "text/html; charset=utf-8"),), found, media_type="text/html")
            view = view_of(got)
            title, headings, run.links[at] = view.title, view.headings, tuple(view.links)
        run.exchanges[at] = Exchange(
            at, url, url, at, 200, document.media_type, sha, len(found), title=title, headings=headings, depth=int(bool(path))
        )
    return run


@cache
def rules(year: int, item: str = "") -> RuleSet:
    """The rules of a year, or of one of its items."""
    whole = load_ruleset(f"oit-{year}")
    return only_items(whole, [item]) if item else whole


def judged(run: RunData, year: int, item: str, as_of: dt.date | None = None) -> ItemResult:
    """One item of a run, on the last day of the year's window."""
    ruleset = rules(year, item)
    return judge(run, ruleset, as_of or ruleset.window.closes, engine="plain").items[0]
