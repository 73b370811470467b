"""What workers need of the driver: one archive by its hash, the same for the same files."""

from __future__ import annotations

from pathlib import Path

import pytest

from ita_rules.errors import OutputError, RunError
from ita_rules.storage import inputs
from ita_rules.storage.places import open_storage


def test_files_and_folders_arrive_under_their_names(tmp_path: Path) -> None:
    storage = open_storage((tmp_path / "shared").as_uri())
    (tmp_path / "rules" / "ก").mkdir(parents=True)
    (tmp_path / "rules" / "ก" / "a.yaml").write_bytes(b"a")
    (tmp_path / "answers.csv").write_bytes(b"b")
    files = {"rules": tmp_path / "rules", "answers/x.csv": tmp_path / "answers.csv"}
    name = inputs.lay(storage, files)
    assert inputs.lay(storage, files) == name
    assert storage.names(inputs.FOLDER) == [name]
    inputs.unpack(storage, name, tmp_path / "there")
    found = {p.relative_to(tmp_path / "there").as_posix(): p.read_bytes() for p in (tmp_path / "there").rglob("*") if p.is_file()}
    assert found == {"rules/ก/a.yaml": b"a", "answers/x.csv": b"b"}
    assert inputs.lay(storage, {}) == ""


def test_what_is_missing_or_changed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = open_storage((tmp_path / "shared").as_uri())
    with pytest.raises(OutputError) as told:
        inputs.lay(storage, {"a": tmp_path / "gone.csv"})
    assert str(told.value.values["path"]).endswith("gone.csv")
    with pytest.raises(RunError, match=r"storage\.broken"):
        inputs.unpack(storage, "0" * 64, tmp_path)
    storage.put(f"{inputs.FOLDER}/{'1' * 64}", b"no archive")
    with pytest.raises(RunError, match=r"storage\.broken"):
        inputs.unpack(storage, "1" * 64, tmp_path)
    (tmp_path / "large").write_bytes(b"x" * 100)
    monkeypatch.setattr(inputs, "_MOST_BYTES", 99)
    with pytest.raises(OutputError, match=r"cluster\.input"):
        inputs.lay(storage, {"large": tmp_path / "large"})
