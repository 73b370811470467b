"""The page on every check kind: the committed one is what the code and the rule sets say today."""

from __future__ import annotations

from pathlib import Path

import pytest

from ita_rules import across
from ita_rules.checks import kinds
from ita_rules.cli import checkpages
from ita_rules.cli.app import run
from ita_rules.rulesets.kinds import OPTIONS

PAGE = Path(__file__).parents[2] / "docs" / "checks.md"


@pytest.fixture(scope="module")
def text() -> str:
    return checkpages.pages()


def test_the_committed_page_is_up_to_date(text: str) -> None:
    assert PAGE.read_text(encoding="utf-8") == text, "make it anew: ita-rules rules docs --out docs/checks.md"


def test_every_kind_stands_in_both_languages(text: str) -> None:
    for kind in {*kinds(), *OPTIONS, across.KIND}:
        assert text.count(f"\n## `{kind}` ") == 2
    assert text.index("ชนิดของเงื่อนไข") < text.index("Check kinds")


def test_a_kind_tells_its_options_and_where_it_is_used(text: str) -> None:
    thai = text[: text.index("# Check kinds")]
    period = thai[thai.index("## `period`") : thai.index("## `coverage`")]
    assert "* `covers` (ต้องระบุ): `fiscal_year`" in period
    row = next(line for line in period.splitlines() if line.startswith("| 2566 |"))
    assert "O13" in row.split("|")[2]
    assert "O1," not in row


def test_the_rules_across_items_stand_with_their_sentences(text: str) -> None:
    assert text.count("* `same-file`: ") == 2


def test_the_command_writes_the_page(tmp_path: Path, text: str) -> None:
    out = tmp_path / "checks.md"
    assert run(["rules", "docs", "--out", str(out)]) == 0
    assert out.read_text(encoding="utf-8") == text
    assert run(["rules", "docs", "--out", str(tmp_path / "none" / "checks.md")]) == 2
