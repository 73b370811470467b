"""What a worker is told of earlier nights: this agency's, and no other's."""

from __future__ import annotations

from pathlib import Path

from ita_rules.audit.cluster_job import unpacked
from ita_rules.cli.cluster_seed import seed_of
from ita_rules.history import Entry, Index


def entry(folder: str) -> Entry:
    return Entry(folder, "ก", "http://x/", "2026-11-20T02:00:00+07:00", "", "", "oit-2566", "1", "0", None, True, 0, 0, 1, 1, 1)


def test_history_decisions_looks_and_days_down_are_sent(tmp_path: Path) -> None:
    base = tmp_path / "runs"
    with Index(base) as index:
        for folder in ("ก/20261120-020000", "ข/20261120-020000"):
            index.enter(entry(folder))
    files = {
        "ก/20261120-020000/decisions.json": b"[1]",
        "ข/20261120-020000/decisions.json": b"[2]",
        "ก/20261120-020000/report.json": b"{}",
        "uptime/ก/2026-11.jsonl": b"look",
        "uptime/ข/2026-11.jsonl": b"look",
        "audits/20261120-020000/done.json": b"{}",
        "audits/20261120-020000/audit.json": b"{}",
    }
    for name, data in files.items():
        (base / name).parent.mkdir(parents=True, exist_ok=True)
        (base / name).write_bytes(data)
    seed = seed_of(base, "ก")
    assert set(seed) == {
        "index.sqlite",
        "ก/20261120-020000/decisions.json",
        "uptime/ก/2026-11.jsonl",
        "audits/20261120-020000/done.json",
    }
    assert unpacked(seed["ก/20261120-020000/decisions.json"]) == b"[1]"
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "index.sqlite").write_bytes(unpacked(seed["index.sqlite"]))
    with Index(tmp_path / "there") as index:
        assert [found.folder for found in index.entries()] == ["ก/20261120-020000"]


def test_a_store_without_history_or_with_a_broken_one_sends_none(tmp_path: Path) -> None:
    assert seed_of(tmp_path, "ก") == {}
    (tmp_path / "index.sqlite").write_bytes(b"no index")
    assert seed_of(tmp_path, "ก") == {}
