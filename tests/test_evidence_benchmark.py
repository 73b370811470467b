"""The figure on evidence tells what was found, how far the rest came, and what nobody could have."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.evidence import Found, evidence, figure, lines
from ita_rules.run.store import RunWriter
from ita_rules.run.types import Exchange, RunMeta

HOST = "http://127.0.0.1:18401"
ROUTES = {
    "/a.pdf": {"type": "application/pdf"},
    "/b.pdf": {},
    "/c?x=ก": {"behave": "flaky"},
    "/wall": {"behave": "wall-403"},
    "/gone": {"status": 404},
    "/late": {},
}
ITEMS = {
    "O1": ["/a.pdf"],
    "O2": ["/none", "/b.pdf"],
    "O3": ["/c?x=ก"],
    "O4": ["/wall"],
    "O5": ["/gone"],
    "O6": ["/late"],
    "O7": [],
    "O8": ["https://drive.google.com/x"],
}
SOURCES = {"O1": "/viewer?file=a", "O3": "/c?x=%E0%B8%81"}
EXPECTED = [
    Found("O1", True, "source"),
    Found("O2", True, "not a source"),
    Found("O3", True, "source"),
    Found("O4", False, "blocked"),
    Found("O5", False, "not asked"),
    Found("O6", True, "timeout"),
    Found("O8", False, "not asked"),
]


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    agency, run = tmp_path / "agency", tmp_path / "run"
    agency.mkdir()
    truth = {"items": [{"item": item, "sources": sources} for item, sources in ITEMS.items()]}
    (agency / "truth.json").write_text(json.dumps(truth), "utf-8")
    (agency / "routes.json").write_text(json.dumps(ROUTES), "utf-8")
    with RunWriter(run, RunMeta(f"{HOST}/")) as writer:
        for path, cause in (("/b.pdf", None), ("/wall", "blocked"), ("/late", "timeout")):
            writer.put_exchange(Exchange(HOST + path, HOST + path, cause=cause))
    items = [
        {"id": item, "sources": [{"url": HOST + SOURCES[item], "final_url": f"{HOST}/a.pdf"}] if item in SOURCES else []}
        for item in ITEMS
    ]
    (run / "report.json").write_text(json.dumps({"items": items}), "utf-8")
    return agency, run


def test_each_miss_has_its_cause(folders: tuple[Path, Path]) -> None:
    found = evidence(*folders)
    assert found == EXPECTED
    assert figure(found) == 0.5
    told = lines("x", found)
    assert told[0] == "x: evidence found 2 / reachable 4"
    assert "  O6: timeout" in told
    assert "  O4: blocked (cannot be reached there)" in told
    assert len(told) == 6


def test_nothing_to_find_is_no_miss() -> None:
    assert figure([]) == figure([Found("O4", False, "blocked")]) == 1.0
