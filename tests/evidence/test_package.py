import hashlib
import zipfile

import pytest

from ita_rules.errors import OutputError
from ita_rules.evidence import MANIFEST, Manifest, write_package
from ita_rules.evidence.manifest import is_safe

FACTS = Manifest(
    tool_version="0.1.0",
    ruleset="oit-2566",
    ruleset_version="2566.abc",
    agency="อบต.ไผ่เขียว",
    url="https://www.example.go.th/",
    started="2023-04-30T09:00:00+07:00",
    finished="2023-04-30T09:20:00+07:00",
    as_of="2023-04-30",
)


def test_a_package_lists_every_file_with_its_hash(tmp_path):
    (tmp_path / "body").write_bytes(b"x" * 3_000_000)
    whole = write_package(tmp_path / "a.zip", FACTS, {"report.json": b"{}", "archive/run.warc.gz": tmp_path / "body"})
    with zipfile.ZipFile(tmp_path / "a.zip") as package:
        assert package.testzip() is None
        assert Manifest.model_validate_json(package.read(MANIFEST)) == whole
        assert hashlib.sha256(package.read(MANIFEST)).hexdigest() == whole.digest()
        for held in whole.files:
            assert hashlib.sha256(package.read(held.path)).hexdigest() == held.sha256
            assert package.getinfo(held.path).file_size == held.size
    assert [held.path for held in whole.files] == ["archive/run.warc.gz", "report.json"]


def test_the_same_files_give_the_same_bytes(tmp_path):
    for name in ("a.zip", "b.zip"):
        write_package(tmp_path / name, FACTS, {"report.json": b"{}", "texts/ก.txt": "ก".encode()})
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


@pytest.mark.parametrize("place", ["../x", "/etc/passwd", "a/../../b", "C:/x", "a\\b", "a\x00b", MANIFEST, "", "./a", "a/.."])
def test_a_place_out_of_the_package_is_refused(tmp_path, place):
    with pytest.raises(ValueError, match=r"^"):
        write_package(tmp_path / "a.zip", FACTS, {place: b"x"})
    assert not (tmp_path / "a.zip").exists()


def test_usual_places_are_safe():
    assert all(map(is_safe, ["report.json", "texts/0123-รายงาน.txt", "rules/oit-2566/O13-annual-report.yaml", "a..b"]))


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError):
        write_package(tmp_path / "file" / "a.zip", FACTS, {})
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
