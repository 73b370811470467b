"""The sample agency's report, made once for all tests of the papers that ask for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ita_rules.cli.app import run
from ita_rules.model import Report

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The sample agency as ``ita-rules audit`` judges it by the rules of 2566."""
    folder = tmp_path_factory.mktemp("sample")
    run(["audit", "--config", str(ROOT / "config.yaml"), "--out", str(folder), "--format", "json"])
    return Report.model_validate_json(next(folder.rglob("report.json")).read_text("utf-8"))
