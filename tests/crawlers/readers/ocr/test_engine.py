"""Where the model is looked for, and that nothing heavy is loaded before it is used."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawlers.readers.ocr import engine
from tests.crawlers.readers.ocr.pictures import needs_engine, numpy, sheet


@pytest.fixture
def fresh() -> Iterator[None]:
    caches = (engine.model, engine.available, engine.version)
    for cached in caches:
        cached.cache_clear()
    yield
    for cached in caches:
        cached.cache_clear()


@pytest.mark.usefixtures("fresh")
def test_a_named_folder_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tessdata" / "script").mkdir(parents=True)
    (tmp_path / "tessdata" / "tha.traineddata").write_bytes(b"x")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    monkeypatch.setattr(engine, "_FOLDERS", ())
    assert engine.model() == (tmp_path / "tessdata", "tha")
    engine.model.cache_clear()
    (tmp_path / "tessdata" / "script" / "Thai.traineddata").write_bytes(b"x")
    assert engine.model() == (tmp_path / "tessdata" / "script", "Thai")


@pytest.mark.usefixtures("fresh")
def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    monkeypatch.setattr(engine, "_FOLDERS", ())
    monkeypatch.setattr(engine, "find_spec", lambda name: object())
    assert engine.available() == "model"
    assert engine.version() == ""
    engine.available.cache_clear()
    monkeypatch.setattr(engine, "find_spec", lambda name: None if name == "cv2" else object())
    assert engine.available() == "cv2"


def test_importing_loads_nothing_heavy() -> None:
    code = (
        "import sys, crawlers.readers.sandbox, crawlers.readers.ocr.engine as e; e.available();"
        "sys.exit(' '.join({'cv2', 'numpy', 'tesserocr', 'PIL'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""


def test_version() -> None:
    needs_engine()
    name, program, model = engine.version().split()
    assert name == "ocr/1"
    assert program.startswith("tesseract/")
    assert model in engine.MODELS


def test_rows_have_places_however_narrow_the_picture_is_made() -> None:
    needs_engine()
    picture = sheet([(200, 100, "รายงานผลการดำเนินงาน")])
    for squeeze in (1.0, 0.8):
        engine.engine().show(picture, squeeze)
        (row,) = engine.engine().read(engine.SPARSE)
        assert "ผลการดํา" in row.text.replace(" ", "")
        assert abs(row.box[0] - 200) < 15
        assert row.box[1] > 80
        assert row.confidence > 0.95


def test_bounded_in_time() -> None:
    needs_engine()
    engine.engine().show(sheet([(20, 20 + 60 * i, "รายงานผลการดำเนินงานประจำปี " * 2) for i in range(14)]))
    with pytest.raises(TimeoutError):
        engine.engine().read(engine.SPARSE, 0.01)


def test_nothing_to_read() -> None:
    needs_engine()
    for size in ((300, 300), (2, 50)):
        engine.engine().show(numpy.full(size, 255, numpy.uint8))
        assert engine.engine().read(engine.SPARSE) == []
