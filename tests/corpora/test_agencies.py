"""The made-up agencies: pools alike in shape and different in words, the same bytes each time, and truth that holds."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from ita_rules.rulesets.load import load_ruleset
from tests.corpora.agencies.make import AGENCIES, FONTS, make
from tests.corpora.agencies.papers import TABLES, Flaw, Order, write
from tests.corpora.agencies.pool import BUILDING, POOLS, Voice, load
from tests.corpora.agencies.shapes import SHAPES

ITEMS = [i for year in {a.year for a in AGENCIES} for i in load_ruleset(f"oit-{year}").items]

WORDS = (("components", "names"), ("concepts", "titles"))
UNNAMED = ("officials-only", "separate-channel", "protects-informant")


SHAPED = {load(pool)["shapes"][kind]: (pool, kind) for pool in BUILDING[1:] for kind in load(pool)["shapes"]}
"""An agency of each shape that pools name."""


def reached(folder: Path) -> set[str]:
    """What links lead to from the front page of a site."""
    routes = json.loads((folder / "routes.json").read_text("utf-8"))
    seen, ahead = set[str](), ["/"]
    while ahead:
        if (path := ahead.pop()) in seen or path not in routes:
            continue
        seen.add(path)
        if "html" in routes[path]["type"]:
            text = (folder / "site" / routes[path]["file"]).read_text("utf-8", "replace")
            ahead += [unquote(unescape(link)) for link in re.findall(r'(?:href|src)="([^"]+)"', text)]
    return seen


def made(folder: Path, pool: str, kind: str) -> dict[str, Any]:
    make(folder, next(a for a in AGENCIES if a.kind == kind), pool)
    found: dict[str, Any] = json.loads((folder / "truth.json").read_text("utf-8"))
    return found


def text_of(order: Order) -> str:
    return "\n".join([b.text + " ".join(c for row in b.rows for c in row) for b in write(order)])


@pytest.mark.parametrize("pool", POOLS)
@pytest.mark.parametrize("part", ["agencies", "when", "themes", "components", "concepts"])
def test_the_pools_have_words_for_the_same_things(part: str, pool: str) -> None:
    assert set(load("build")[part]) == set(load(pool)[part])


@pytest.mark.parametrize("pool", POOLS)
def test_every_concept_of_every_agency_has_words_in_every_pool(pool: str) -> None:
    assert {c for i in ITEMS for c in i.concepts} <= set(load(pool)["concepts"])


def test_no_agency_of_one_pool_is_in_another() -> None:
    names = {a[key] for pool in POOLS for a in load(pool)["agencies"].values() for key in ("name", "head")}
    assert len(names) == 2 * len(POOLS) * len(AGENCIES)


def test_no_two_building_pools_say_a_thing_alike() -> None:
    said = [
        {(name, word) for part, key in WORDS for name, told in load(pool)[part].items() for word in told[key]}
        for pool in BUILDING
    ]
    assert len(set.union(*said)) == sum(map(len, said))


@pytest.mark.parametrize("pool", BUILDING[1:])
def test_the_pools_written_blind_have_ways_enough_to_say_a_thing(pool: str) -> None:
    named = {name: told["names"] for name, told in load(pool)["components"].items() if name not in UNNAMED}
    assert not [name for name, words in named.items() if len(set(words)) < 3]
    assert not [name for name, told in load(pool)["concepts"].items() if not 2 <= len(set(told["titles"])) <= 6]


@pytest.mark.slow
@pytest.mark.parametrize("pool", POOLS)
@pytest.mark.parametrize("kind", [a.kind for a in AGENCIES])
def test_every_agency_can_be_made_in_the_words_of_every_pool(tmp_path: Path, pool: str, kind: str) -> None:
    items = made(tmp_path / "site", pool, kind)["items"]
    assert {s for i in items if i["gap"] != "orphan" for s in i["sources"]} <= reached(tmp_path / "site")
    year = next(a.year for a in AGENCIES if a.kind == kind)
    assert [i["item"] for i in items] == [i.id for i in load_ruleset(f"oit-{year}").items]


def test_two_components_under_one_heading_are_written_once() -> None:
    voice, concept = Voice("build4", "department", "2567"), "annual-report"
    joined = Order(voice, concept, "year", 2567)
    assert joined.name("problems") == joined.name("suggestions")
    assert text_of(joined).count(joined.name("problems")) == 1
    # a flaw is of one component, so that the two must be told apart
    alone = Order(voice, concept, "year", 2567, Flaw("empty-cell", "problems"))
    assert alone.name("problems") != alone.name("suggestions")
    assert alone.name("suggestions") in text_of(alone)


def test_words_of_one_concept_take_the_place_of_those_of_all() -> None:
    voice = Voice("build2", "town")
    assert voice.component("results", "ethics-evaluation")["cells"] != voice.component("results")["cells"]
    # its names are said nowhere else, so those of all stay
    assert voice.component("results", "hr-report")["names"] == voice.component("results")["names"]


def test_cells_stand_beside_the_rows_that_they_fit_where_a_pool_says_so() -> None:
    voice = Voice("build2", "town", thai_digits=True)
    table = next(b for b in write(Order(voice, "corruption-risk", "year", 2566)) if b.kind == "table")
    told = voice.words["components"]["risk-measures"]["cells"]
    assert [row[-1] for row in table.rows[1:]] == told


def test_an_agency_is_made_the_same_each_time(tmp_path: Path) -> None:
    made(tmp_path / "a", "build", "hospital")
    made(tmp_path / "b", "build", "hospital")
    files = [{p.relative_to(f): p.read_bytes() for p in f.rglob("*") if p.is_file()} for f in (tmp_path / "a", tmp_path / "b")]
    assert files[0] == files[1]


@pytest.mark.parametrize("pool", POOLS)
def test_truth_has_every_item_and_gaps_in_about_a_third(tmp_path: Path, pool: str) -> None:
    items = made(tmp_path / "site", pool, "province")["items"]
    assert [i["item"] for i in items] == [i.id for i in load_ruleset("oit-2568").items]
    assert 0.25 <= sum(i["status"][0] == "gap" for i in items) / len(items) <= 0.35
    assert sum(i["status"][0] == "undecided" for i in items) == 2
    assert all(i["expect"] for i in items if i["status"][0] == "gap")


def test_true_sources_are_answered_and_dead_links_are_not(tmp_path: Path) -> None:
    items = made(tmp_path / "site", "build", "university")["items"]
    routes = json.loads((tmp_path / "site" / "routes.json").read_text("utf-8"))
    assert {s for i in items for s in i["sources"]} <= set(routes)
    gone = [
        line.split("{base}")[1] for line in (tmp_path / "site" / "answers.csv").read_text("utf-8").split() if "missing" in line
    ]
    assert gone
    assert not set(gone) & set(routes)


@pytest.mark.parametrize("shape", list(SHAPES))
def test_what_is_said_to_be_linked_is_linked_in_every_shape(tmp_path: Path, shape: str) -> None:
    pool, kind = SHAPED[shape]
    items = made(tmp_path / "site", pool, kind)["items"]
    assert json.loads((tmp_path / "site" / "truth.json").read_text("utf-8"))["agency"]["shape"] == shape
    found = reached(tmp_path / "site")
    assert {s for i in items if i["gap"] != "orphan" for s in i["sources"]} <= found
    assert not {s for i in items if i["gap"] == "orphan" and len(i["concepts"]) == 1 for s in i["sources"]} & found


def test_names_of_files_say_nothing_where_a_pool_has_numbers(tmp_path: Path) -> None:
    made(tmp_path / "site", "build3", "province")
    served = json.loads((tmp_path / "site" / "routes.json").read_text("utf-8"))
    files = [path for path, told in served.items() if "html" not in told["type"] and not path.startswith("/images")]
    assert files
    assert all(re.fullmatch(r"/files/\d{10}\.\w+", path) for path in files)


def test_papers_are_word_files_where_the_fonts_are_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.corpora.agencies.make.FONTS", tmp_path / FONTS.name)
    forms = {i["form"] for i in made(tmp_path / "site", "build", "town")["items"]}
    assert "docx" in forms
    assert not forms & {"pdf", "pdf-broken", "scan", "encrypted"}


@pytest.mark.parametrize("pool", POOLS)
@pytest.mark.parametrize("concept", [c for c, t in TABLES.items() if "problems" in t.columns])
def test_a_missing_component_is_nowhere_and_an_empty_one_only_named(pool: str, concept: str) -> None:
    voice = Voice(pool, "town")
    head = voice.name("problems", concept)
    both = Order(voice, concept, "year", 2566).name("problems")
    whole = text_of(Order(voice, concept, "year", 2566))
    missing = text_of(Order(voice, concept, "year", 2566, Flaw("component", "problems")))
    empty = text_of(Order(voice, concept, "year", 2566, Flaw("empty-cell", "problems")))
    listed = text_of(Order(voice, concept, "year", 2566, Flaw("toc-only", "problems")))
    assert both in whole
    assert head not in missing
    assert head in empty
    said = voice.component("problems", concept)
    assert not [words for words in (*said["cells"], said.get("body", "")) if len(words) > 8 and words in empty]
    assert f"{head} ...." in listed


def test_a_paper_of_another_year_says_no_year_that_is_asked() -> None:
    late = text_of(Order(Voice("build", "town"), "annual-report", "year", 2566, Flaw("wrong-year", years=2)))
    cover = text_of(Order(Voice("build", "town"), "annual-report", "year", 2566, Flaw("cover-mismatch", years=2)))
    assert "2564" in late
    assert "2566" not in late
    assert cover.index("2566") < cover.index("2564")
    assert cover.count("2566") == 1


def test_thai_digits_are_written_where_the_agency_likes_them() -> None:
    assert "๒๕๖๖" in text_of(Order(Voice("measure", "town", thai_digits=True), "annual-plan", "year", 2566))
