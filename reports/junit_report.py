"""report.junit.xml: the report as test results, for build servers: a suite for each indicator, a case for each criterion.

A gap is a failure; what is undecided, not due or not applicable is skipped with its reason, never failed. Advice is no case.
Only what both common schemas (Ant's and Jenkins's) know is written.
"""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from ita_rules.messages import Catalogue, clean, messages
from ita_rules.model import CheckResult, ItemResult, Report, Severity, Status
from reports import view
from reports.interface import write_whole

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_SKIPPED = (Status.UNDECIDED, Status.NOT_DUE, Status.NOT_APPLICABLE)
_TEXT = 1_000
_PLACES = 5
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_NO_TIME = "1970-01-01T00:00:00"


class JunitRenderer:
    """See `reports.interface.Renderer`."""

    name = "junit"
    suffix = ".junit.xml"

    def render(self, report: Report, folder: Path, stem: str) -> Path:
        """See `reports.interface.Renderer.render`."""
        return write_whole(folder, stem + self.suffix, document(report))


def document(report: Report) -> bytes:
    """The whole document as UTF-8; the same bytes every time."""
    say = messages(report.lang)
    root = ElementTree.Element("testsuites")
    for number, group in enumerate(view.groups(report)):
        _suite(root, group, number, report, say)
    ElementTree.indent(root, " ")
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _suite(root: ElementTree.Element, group: view.Group, number: int, report: Report, say: Catalogue) -> None:
    """The suite of one indicator."""
    cases = [(item, check) for item in group.items for check in item.checks if check.severity is Severity.CRITERION]
    stamp = _TIME.match(report.run.started)
    suite = ElementTree.SubElement(
        root,
        "testsuite",
        {
            "name": _plain(f"{say.say('report.indicator', id=group.id)} {group.name}"),
            "package": _plain(report.ruleset.id, 80),
            "id": str(number),
            "tests": str(len(cases)),
            "failures": str(sum(check.status is Status.GAP for _, check in cases)),
            "errors": "0",
            "skipped": str(sum(check.status in _SKIPPED for _, check in cases)),
            "time": "0",
            "timestamp": stamp.group() if stamp else _NO_TIME,
            "hostname": _plain(report.agency.url, 300) or "localhost",
        },
    )
    properties = ElementTree.SubElement(suite, "properties")
    for name, value in (("agency", report.agency.name), ("ruleset", report.ruleset.version), ("as_of", report.run.as_of)):
        ElementTree.SubElement(properties, "property", {"name": name, "value": _plain(value)})
    for item, check in cases:
        _case(suite, item, check, report, say)
    ElementTree.SubElement(suite, "system-out")
    ElementTree.SubElement(suite, "system-err")


def _case(suite: ElementTree.Element, item: ItemResult, check: CheckResult, report: Report, say: Catalogue) -> None:
    """One criterion."""
    name = f"{check.id} {check.asks or view.kind_word(check.kind, say)}"
    of = {"name": _plain(name, 300), "classname": _plain(f"{report.ruleset.id}.{item.id}", 80), "time": "0"}
    case = ElementTree.SubElement(suite, "testcase", of)
    if check.status is Status.GAP:
        told = {"message": _plain(view.message(check, report, say)), "type": _plain(check.kind, 40)}
        ElementTree.SubElement(case, "failure", told).text = _details(item, check, say)
    elif check.status in _SKIPPED:
        cause = f": {say.cause(check.cause)}" if check.status is Status.UNDECIDED and check.cause else ""
        reason = f"{view.status_word(check.status, report, say)}{cause} – {check.message}"
        ElementTree.SubElement(case, "skipped", {"message": _plain(reason)})


def _details(item: ItemResult, check: CheckResult, say: Catalogue) -> str:
    """What helps whoever reads the failure: how to mend it, whose it is, where it was looked for."""
    told = [check.fix or "", item.unit, view.waived_words(check, say), "" if check.verified else say.say("check.unverified")]
    places = [view.readable_url(each.url) for each in check.evidence[:_PLACES]]
    return "\n".join(_plain(line) for line in (*told, *places) if line)


def _plain(text: str, limit: int = _TEXT) -> str:
    """`text` on one line with nothing in it that XML 1.0 has no place for."""
    return _NOT_XML.sub("", clean(text, limit))
