"""Files on disk by item: named on the command line, or by the names in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from ita_rules.cli import evidence_files
from ita_rules.cli.evidence_files import body_of, evidence_of
from ita_rules.errors import UsageError
from tests.build import TITLES, check, item, rules

RULES = rules(item("O13", "annual-report", check("answered")), item("O14", "plan", check("answered", item="O14")))
assert len(TITLES) > 1


def touch(folder: Path, *names: str) -> None:
    """Files with a word in them."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("ก", encoding="utf-8")


def named(folder: Path, first: str, *files: str) -> list[tuple[str, list[str]]]:
    """The files by item, below `folder`."""
    found = evidence_of(first, [folder / f for f in files], RULES)
    return [(code, [p.relative_to(folder).as_posix() for p in paths]) for code, paths in found.files]


def test_files_and_folders_of_a_named_item(tmp_path: Path) -> None:
    touch(tmp_path, "b.pdf", "x/2.pdf", "x/1.pdf", "x/y/3.pdf", "x/.hidden", "x/~$1.docx")
    assert named(tmp_path, "ข้อ o13", "b.pdf", "x") == [("O13", ["b.pdf", "x/1.pdf", "x/2.pdf", "x/y/3.pdf"])]


def test_a_folder_named_by_items(tmp_path: Path) -> None:
    touch(tmp_path, "O14.pdf", "o13 รายงาน.docx", "O13/ก.pdf", "O13-2.pdf", "O99.pdf", "อื่น.pdf")
    assert named(tmp_path, str(tmp_path)) == [("O13", ["O13/ก.pdf", "O13-2.pdf", "o13 รายงาน.docx"]), ("O14", ["O14.pdf"])]
    assert [p.name for p in evidence_of(str(tmp_path), [], RULES).aside] == ["O99.pdf", "อื่น.pdf"]


def test_a_folder_that_is_itself_named_by_an_item(tmp_path: Path) -> None:
    touch(tmp_path, "O13/ก.pdf", "O13/ข.pdf")
    assert named(tmp_path, str(tmp_path / "O13")) == [("O13", ["O13/ก.pdf", "O13/ข.pdf"])]


def test_what_is_wrong_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path, "a.pdf", "many/1", "many/2", "many/3")
    (tmp_path / "empty").mkdir()
    for first, files, said in (
        ("O99", ["a.pdf"], "error.item.unknown"),
        ("O13", [], "error.file.none"),
        (str(tmp_path / "a.pdf"), [], "error.file.no_item"),
        (str(tmp_path), [], "error.file.folder"),
        ("O13", ["empty"], "error.file.empty_folder"),
    ):
        with pytest.raises(UsageError) as caught:
            evidence_of(first, [tmp_path / f for f in files], RULES)
        assert caught.value.message_id == said
    monkeypatch.setattr(evidence_files, "MAX_FILES", 2)
    with pytest.raises(UsageError, match="too_many"):
        evidence_of("O13", [tmp_path / "many"], RULES)


def test_bodies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path, "a.pdf")
    assert body_of(tmp_path / "a.pdf") == "ก".encode()
    with pytest.raises(UsageError, match="missing"):
        body_of(tmp_path / "none")
    monkeypatch.setattr(evidence_files, "MAX_BYTES", 2)
    with pytest.raises(UsageError, match="too_large"):
        body_of(tmp_path / "a.pdf")
