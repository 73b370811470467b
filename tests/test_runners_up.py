"""The candidates that were nearly it: told for each concept, the nearest first, with what each lacks."""

from __future__ import annotations

import pytest

from ita_rules.checks import observe
from ita_rules.locate import Candidate
from ita_rules.model import CheckResult, LocatedBy, Status
from ita_rules.rulesets.explain import explain_item
from ita_rules.runners_up import with_runners_up
from tests.build import TITLES, Site, check, context
from tests.test_judge import BOTH, GOOD, MERGED, REPORT, linked, of, told


def answered(site: Site, concept: str) -> CheckResult:
    """The `answered` check of a concept of the merged item."""
    (one,) = told(site, MERGED).items
    return next(c for c in one.checks if c.id == f"O1.{concept}.answered")


def both(lacking: str) -> Site:
    """Two files for each concept, of which the first of `lacking` bears its title alone."""
    site = Site().page("/")
    for concept, text in BOTH.items():
        title = TITLES[concept][0]
        first = f"# {title}\nข้อความของเอกสารนี้" if concept == lacking else f"# {text}"
        for name, content in (("a", first), ("b", f"# {text}\nฉบับที่สอง")):
            site.link("/", f"{concept}-{name}.pdf", title).file(f"{concept}-{name}.pdf", content)
    return site


@pytest.mark.parametrize(("lacking", "other"), [("structure", "duties"), ("duties", "structure")])
def test_a_merged_item_tells_those_of_each_concept_with_that_concept(lacking: str, other: str) -> None:
    site = both(lacking)
    (one,) = told(site, MERGED).items
    assert one.status is Status.PASS
    found = [line for line in answered(site, lacking).why if "ไม่ได้เลือก" in line]
    assert len(found) == 1
    assert f"{lacking}-a.pdf" in found[0]
    asked = MERGED.components["problems" if lacking == "structure" else "suggestions"].name.say("th")
    assert asked in found[0]
    assert "{" not in found[0]
    # the other concept was served by its first file, and nothing else was looked at for it
    assert not [line for line in answered(site, other).why if "ไม่ได้เลือก" in line]


def test_explaining_reads_it_out_under_the_condition_of_its_concept() -> None:
    (one,) = told(both("duties"), MERGED).items
    lines = explain_item(MERGED, MERGED.items[0], result=one)
    places = [n for n, line in enumerate(lines) if "ไม่ได้เลือก" in line and "duties-a.pdf" in line]
    heads = [n for n, line in enumerate(lines) if "O1.duties.answered" in line]
    assert len(places) == 1
    assert 0 < places[0] - heads[0] < 6


def test_the_nearest_comes_first_and_a_condition_of_another_kind_has_its_name() -> None:
    site = linked(f"# {REPORT} พ.ศ. 2565", f"{REPORT} 2565")
    site.link("/", "b.pdf", REPORT).file("b.pdf", GOOD.replace("2565", "2563"))
    site.link("/", "c.pdf", REPORT).file("c.pdf", GOOD + "\nฉบับสมบูรณ์")
    _, checks = of(told(site))
    told_of = [line for line in checks["answered"].why if "ไม่ได้เลือก" in line]
    assert [next(n for n in ("a.pdf", "b.pdf", "c.pdf") if n in line) for line in told_of] == ["b.pdf", "a.pdf"]
    assert told_of[0].endswith("1 เงื่อนไข: ปีหรือรอบระยะเวลา")


def test_what_was_found_at_once_has_no_runner_up() -> None:
    _, checks = of(told(linked()))
    assert not [line for line in checks["answered"].why if "ไม่ได้เลือก" in line]


def test_what_is_a_part_of_the_chosen_one_was_chosen_with_it() -> None:
    asked = check("answered")
    site = Site().page("/").file("a.pdf", "# ก").file("b.pdf", "# ข").file("c.pdf", "# ค")
    ctx = context(site, "a.pdf", "b.pdf", checks=(asked,))
    assert ctx.candidate is not None
    part = Candidate(ctx.candidate.pieces[:1], LocatedBy.TITLE, 0.8)
    more = context(site, "a.pdf", "c.pdf", checks=(asked,)).candidate
    assert more is not None
    seen = (observe(ctx, asked),)
    assert with_runners_up(ctx, seen, [(part, ())])[0].why == seen[0].why
    assert len(with_runners_up(ctx, seen, [(part, ()), (more, ())])[0].why) == len(seen[0].why) + 1
