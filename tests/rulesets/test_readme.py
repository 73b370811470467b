"""The first fifteen minutes of `rules/README.md`, done as they are written: its commands, texts and the answers it promises."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from ita_rules.cli.app import run
from ita_rules.rulesets import load

RULES = Path(__file__).resolve().parents[2] / "rules"
TEXT = (RULES / "README.md").read_text(encoding="utf-8")
CASES = "my-rules/oit-2566/O13-annual-report.cases.yaml"
ITEM = "my-rules/oit-2566/O13-annual-report.yaml"
COMPONENTS = "my-rules/vocabulary/components.yaml"


def block(begins: str) -> str:
    """The example in the document that begins so."""
    return next(b for b in re.findall(r"```(?:yaml)?\n(.*?)```", TEXT, re.DOTALL) if b.startswith(begins))


def edit(name: str, old: str, new: str) -> None:
    path = Path(name)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_first_fifteen_minutes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(RULES, "my-rules")
    commands = re.findall(r"^ita-rules (rules (?:lint|test) oit-2566.*)$", TEXT, re.MULTILINE)
    lint, test = (words.split() for words in commands[:2])

    def answers(words: list[str], code: int) -> list[str]:
        for kept in (load._load, load.shelf_of):  # each command is a process of its own
            kept.cache_clear()
        assert run(words) == code
        return [line for line in capsys.readouterr().out.splitlines() if line]

    for words in (lint, test):
        for line in answers(words, 0):
            assert line in TEXT

    edit(CASES, "gaps:\n", block("  - name: หัวข้อใช้คำว่าเรื่องที่ยังติดค้าง") + "gaps:\n")
    line = answers(test, 2)[0]
    told = re.search(r"(บรรทัด \d+: .*problems=gap)", line)
    assert told is not None
    assert told[1] in TEXT

    added = block("  wordings: [\n    เรื่องที่ยังติดค้าง").splitlines()[1].split(",")[0].strip()
    text = Path(COMPONENTS).read_text(encoding="utf-8")
    at = text.index("wordings: [", text.index("\nproblems:")) + len("wordings: [")
    Path(COMPONENTS).write_text(f"{text[:at]}{added}, {text[at:]}", encoding="utf-8")
    for line in (*answers(lint, 0), *answers(test, 0)):
        assert line.removeprefix("oit-2566: ") in TEXT

    edit(ITEM, "  spending: {kind: component}\n", "  spending: {kind: component}\n" + block("  goals:"))
    answers(lint, 0)
    answers(test, 0)
    explained = answers(["rules", "explain", "O13", "--ruleset", "oit-2566", "--rules", "my-rules"], 0)
    assert any("O13.goals" in line for line in explained)

    edit(ITEM, "goals: {kind: component,", "goals: {kind: componet,")
    assert answers(lint, 2)[0] in TEXT


def test_the_lines_for_editors_name_schemas_that_are_there() -> None:
    named = re.findall(r"\$schema=([a-z./]+\.json)", TEXT)
    assert len(named) >= 6
    for path in named:
        assert (RULES / "schema" / Path(path).name).is_file()
        assert path in (f"../schema/{Path(path).name}", f"schema/{Path(path).name}", f"rules/schema/{Path(path).name}")
