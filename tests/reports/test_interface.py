"""Reports come to stand whole or not at all, under the name asked and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from ita_rules.errors import OutputError
from reports import renderers
from reports.interface import write_whole
from tests.reports import factory


def test_every_renderer_writes_its_file(tmp_path: Path) -> None:
    found = renderers()
    assert list(found) == ["json", "html", "xlsx", "docx", "csv", "junit", "jsonl"]
    for name, renderer in found.items():
        path = renderer.render(factory.empty(), tmp_path / "new" / "folder", "report")
        assert renderer.name == name
        assert path == tmp_path / "new" / "folder" / f"report{renderer.suffix}"
        # Of no checks, lines are none and suites are empty.
        assert path.stat().st_size > 100 or name in ("jsonl", "junit")
    # The papers are several files under the report's stem.
    assert {p.name for p in path.parent.iterdir()} >= {f"report{renderer.suffix}" for renderer in found.values()}


def test_a_file_is_replaced_and_nothing_else_touched(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"old and longer")
    (tmp_path / "other").write_bytes(b"mine")
    assert write_whole(tmp_path, "a.txt", b"new").read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "other"]


def test_what_cannot_be_written_is_an_output_error_and_leaves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x")
    (tmp_path / "taken").mkdir()
    for folder, name in ((file, "report.json"), (file / "below", "report.json"), (tmp_path, "taken"), (tmp_path, "n" * 300)):
        with pytest.raises(OutputError) as caught:
            write_whole(folder, name, b"x")
        assert caught.value.message_id == "error.output.not_writable"
        assert name in str(caught.value.values["path"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "taken"]


@pytest.mark.parametrize("name", ["", "../up.json", "a/b.json", "/etc/x", "nul\x00.json", ".."])
def test_a_name_never_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError):
        write_whole(tmp_path / "in", name, b"x")
    assert list(tmp_path.rglob("*.json")) == []
