"""What is installed: the wheel has all that the program needs at work, and works in an empty folder far from the checkout and on
a machine without poppler.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

import ita_rules

ROOT = Path(__file__).resolve().parent.parent
DATA = "ita_rules/_data"
PACKAGES = ("ita_rules", "crawlers", "reports")


def python(folder: Path) -> Path:
    """The interpreter of an environment."""
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def call(words: list[str], folder: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a program in a folder, with nothing of this checkout in its environment."""
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "ITA_", "VIRTUAL_ENV")) and "proxy" not in k.lower()
    }
    environment = {**kept, "HOME": str(home), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=300, check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    made = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--disable-pip-version-check", "-w", str(out), str(ROOT)],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return next(out.glob("ita_rules-*.whl"))


def test_every_package_says_that_it_is_typed() -> None:
    assert [p for p in PACKAGES if not (ROOT / p / "py.typed").is_file()] == []


def test_what_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = [
        *project["dependencies"],
        *(line for extra in ("ocr", "browser", "cluster") for line in project["optional-dependencies"][extra]),
    ]
    names = {re.split(r"[<>=;\[ ]", line)[0].lower().replace("-", "_") for line in declared}
    called = {"PIL": "pillow", "bs4": "beautifulsoup4", "yaml": "pyyaml", "durable": "durable_rules", "pptx": "python_pptx"}
    called |= {"docx": "python_docx"}
    called["cv2"] = "opencv_python_headless"
    imported: dict[str, Path] = {}
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                found = [a.name for a in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and node.level == 0:
                    found = [node.module or ""]
                imported |= {name.partition(".")[0]: path for name in found}
    foreign = {name for name in imported if name not in sys.stdlib_module_names and name not in PACKAGES}
    assert {name: imported[name] for name in foreign if called.get(name, name).lower() not in names} == {}
    assert "requests" in foreign


@pytest.mark.slow
def test_the_wheel_holds_the_data_and_nothing_of_the_workshop(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
    tracked = subprocess.run(
        ["git", "-c", "core.quotepath=off", "ls-files", "-z", "rules", "samples/site", "ita_rules", "crawlers", "reports"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout.split("\0")[:-1]
    wanted = {f"{DATA}/{name}" if name.startswith(("rules/", "samples/")) else name for name in tracked}
    wanted |= {f"{DATA}/config.yaml"} | {f"{DATA}/samples/{n}" for n in ("site.json", "routes.json", "answers.csv", "truth.json")}
    own = {name for name in names if ".dist-info/" not in name}
    assert wanted - own == set()
    assert own - wanted == set()
    assert any(name.endswith("licenses/LICENSE") for name in names)


@pytest.mark.slow
def test_the_installed_program_works_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    home, work, place = tmp_path / "home", tmp_path / "work", tmp_path / "venv"
    home.mkdir()
    work.mkdir()
    # The dependencies are those of the environment that runs this test; the project itself comes from the wheel alone.
    venv.create(place, with_pip=False)
    site = next(place.glob("lib/python*/site-packages"), place / "Lib/site-packages")
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(site)
    shared = [p for p in sys.path if p.endswith("site-packages")]
    (site / "shared.pth").write_text("\n".join(shared), encoding="utf-8")
    program = [str(python(place)), "-m", "ita_rules"]
    where = call([str(python(place)), "-c", "import ita_rules; print(ita_rules.__file__)"], work, home).stdout.strip()
    assert Path(where).is_relative_to(place)

    assert call([*program, "--version"], work, home).stdout.strip() == f"ita-rules {ita_rules.__version__}"
    assert "oit-2566" in call([*program, "rules", "list"], work, home).stdout
    cases = call([*program, "rules", "test", "--ruleset", "oit-2569"], work, home)
    assert (cases.returncode, cases.stderr) == (0, "")

    config = site / DATA / "config.yaml"
    audit = call([*program, "audit", "--config", str(config)], work, home)
    assert audit.returncode == 12, audit.stderr
    report = json.loads(next(work.glob("runs/*/*/report.json")).read_text("utf-8"))
    truth = json.loads((ROOT / "samples/truth.json").read_text("utf-8"))
    assert [item["id"] for item in report["items"]] == [item["item"] for item in truth["items"]]

    (work / "file.txt").write_text("มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน พ.ศ. 2566", encoding="utf-8")
    checked = call([*program, "check-file", "O42", "file.txt", "--ruleset", "oit-2566", "--as-of", "2023-04-28"], work, home)
    assert checked.returncode in (10, 12), checked.stderr
    assert sorted(p.name for p in work.iterdir()) == ["file.txt", "runs"]
    assert list(home.iterdir()) == []


@pytest.mark.slow
def test_without_poppler_nobody_is_accused(tmp_path: Path) -> None:
    environment = {**os.environ, "PATH": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    words = [sys.executable, "-m", "benchmarks.eval"]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=300, check=False)
    assert done.stdout.startswith("sample_without_poppler: "), done.stderr
    assert done.returncode == 0, done.stdout
