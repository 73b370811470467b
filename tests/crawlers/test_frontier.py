import random
import time
from dataclasses import replace

import pytest

from crawlers.frontier import bounds_of, default_wants, smell
from ita_rules.run.keys import url_key
from ita_rules.run.types import Answer, Exchange, Link, RunData, RunMeta

A = "http://www.a.go.th"


def run_with(*links, answers=(), start=A + "/"):
    run = RunData(RunMeta(start), answers=tuple(answers))
    main = Exchange(url_key(start), start, start, url_key(start), 200)
    run.exchanges[main.key] = main
    run.links[main.key] = tuple(Link(main.key, url_key(url), url, text=text) for url, text in links)
    return run


def wanted(run):
    return [want.url for want in default_wants(run)]


def test_the_main_page_comes_first():
    (want,) = default_wants(RunData(RunMeta(A + "/")))
    assert (want.kind, want.key, want.url) == ("fetch", A + "/", A + "/")
    assert default_wants(RunData(RunMeta("nonsense"))) == []


def test_what_smells_of_evidence_comes_first():
    run = run_with(
        (A + "/calendar", "ปฏิทินกิจกรรม"),
        (A + "/x", "ข่าว"),
        (A + "/y", "รายงานผล ปีงบประมาณ 2566"),
        (A + "/z", "ITA 2566"),
        (A + "/w", "O13"),
    )
    assert wanted(run) == [A + p for p in ("/z", "/w", "/y", "/x", "/calendar")]


def test_only_the_site_and_only_once():
    run = run_with(
        (A + "/1", ""),
        (A + "/1#top", "again"),
        ("https://ita.a.go.th/2", ""),
        ("http://b.go.th/3", ""),
        (A + "/", "home"),
        (A + "/f.mp4", ""),
        ("", "-"),
    )
    assert sorted(wanted(run)) == sorted([A + "/1", "https://ita.a.go.th/2"])


def test_what_was_asked_is_not_wanted():
    run = run_with((A + "/1", ""), (A + "/2", ""), (A + "/3", ""))
    run.exchanges[A + "/1"] = Exchange(A + "/1", A + "/1", A + "/2", A + "/2", cause="timeout")
    assert wanted(run) == [A + "/3"]


def test_the_site_is_also_where_the_start_led():
    run = run_with(("http://new.go.th/1", "x"))
    run.exchanges[A + "/"] = Exchange(A + "/", A + "/", "http://new.go.th/", "http://new.go.th/", 200)
    assert wanted(run) == ["http://new.go.th/1"]


def test_traps_end():
    run = run_with(*[(f"{A}/calendar?y=2566&m={n}", "") for n in range(100)])
    assert len(wanted(run)) == 24
    for n in range(20):
        url = f"{A}/calendar?y=2565&m={n}"
        run.exchanges[url_key(url)] = Exchange(url_key(url), url)
    assert len(wanted(run)) == 4


def test_answers_are_wanted_wherever_they_are():
    run = run_with((A + "/1", "ITA"), answers=[Answer("O1", ("http://b.go.th/o 1.pdf", A + "/o2")), Answer("O2", ("ไม่มี",))])
    wants = default_wants(run)
    assert [(w.url, w.evidence) for w in wants] == [("http://b.go.th/o 1.pdf", True), (A + "/o2", True), (A + "/1", False)]


def test_smell():
    assert smell("O13") > smell("รายงาน") > smell("ข่าว") == 0 > smell("ปฏิทินกิจกรรม")
    assert smell("photo 12") == smell("CO2") == smell("vitamin") == 0


def test_asking_while_the_run_grows_is_asking_afresh():
    """Whatever is remembered between two looks, the answer is that of a run nobody looked at before."""
    for seed in range(8):
        dice = random.Random(seed)
        run = run_with((A + "/0", "ข่าว"))
        for step in range(40):
            here = f"{A}/{dice.randrange(30)}"
            words = dice.choice(("ITA 2566", "รายงาน", "ข่าว", "O13", ""))
            there = [f"{A}/{dice.randrange(60)}", f"{A}/s?PHPSESSID={step}&x=1"]
            there += [f"{A}/calendar?y={step % 3}&m={dice.randrange(60)}" for _ in range(4)]
            final = here if dice.random() < 0.8 else f"{A}/{dice.randrange(60)}"
            cause = "timeout" if dice.random() < 0.2 else None
            run.exchanges[here] = Exchange(here, here, final, final, cause=cause, sha256=str(step))
            if cause is None and final not in run.links:
                run.links[final] = tuple(Link(final, url_key(url), url, text=words) for url in there)
            wants = default_wants(run)
            fresh = RunData(run.meta, dict(sorted(run.exchanges.items())), dict(sorted(run.links.items())), answers=run.answers)
            assert wants == default_wants(fresh)
            assert bounds_of(run) == bounds_of(fresh)
        assert bounds_of(run)


def test_a_main_page_known_later_changes_what_belongs_to_the_site():
    run = run_with(("http://new.go.th/1", "x"))
    assert wanted(run) == []
    run.meta = replace(run.meta, settings={"main": "http://new.go.th/"})
    run.exchanges["http://new.go.th/"] = Exchange("http://new.go.th/", "http://new.go.th/", "http://new.go.th/")
    assert wanted(run) == ["http://new.go.th/1"]


def test_a_large_site_is_ranked_quickly():
    menu = [(f"{A}/menu/{n}", f"เมนู {n}") for n in range(120)]
    run = run_with(*menu)
    for page in range(300):
        key = f"{A}/p/{page}"
        own = [(f"{A}/p/{page}/{n}", f"เอกสาร {page} {n}") for n in range(10)]
        run.exchanges[key] = Exchange(key, key, key, key, 200)
        run.links[key] = tuple(Link(key, url_key(url), url, text=text) for url, text in menu + own)
    default_wants(run)
    start = time.perf_counter()
    assert len(default_wants(run)) == 3_120
    assert time.perf_counter() - start < 1.5


@pytest.mark.parametrize("cause", ["timeout", "reset", "http_503", "blocked", "too_large"])
def test_an_answer_cut_short_says_nothing_of_what_lies_at_an_address(cause):
    run = run_with((A + "/NEWS", "x"), (A + "/other", ""))
    for path, body, why in (("/news", "whole", None), ("/News", "part", cause), ("/nEws", "whole", None)):
        run.exchanges[A + path] = Exchange(A + path, A + path, A + path, A + path, 200, "text/html", body, cause=why)
    assert wanted(run) == [A + "/other"]
    (bound,) = bounds_of(run)
    assert (bound.rule, bound.asked, bound.refused) == ("spelling", 2, 1)


def test_an_address_at_which_there_is_nothing_is_another():
    run = run_with((A + "/NEWS", "x"))
    for path, body, why in (("/news", "page", None), ("/News", "not found", "http_404")):
        run.exchanges[A + path] = Exchange(A + path, A + path, A + path, A + path, 200, "text/html", body, cause=why)
    assert wanted(run) == [A + "/NEWS"]


def test_a_few_spellings_are_asked_before_they_are_known_to_be_one_page():
    names = ["".join(c.upper() if n >> i & 1 else c for i, c in enumerate("report")) for n in range(64)]
    run = run_with(*((f"{A}/{name}", "x") for name in names))
    asked = []
    while first := wanted(run):
        assert len(first) <= 4
        for url in first:
            run.exchanges[url] = Exchange(url, url, url, url, 200, "text/html", "one body")
        asked += first
    assert len(asked) == 4
    (bound,) = bounds_of(run)
    assert (bound.rule, bound.asked, bound.refused) == ("spelling", 4, 60)


def test_spellings_that_differ_are_all_asked():
    names = ["".join(c.upper() if n >> i & 1 else c for i, c in enumerate("report")) for n in range(64)]
    run = run_with(*((f"{A}/{name}", "x") for name in names))
    asked = 0
    while first := wanted(run):
        for url in first:
            run.exchanges[url] = Exchange(url, url, url, url, 200, "text/html", url)
        asked += len(first)
    assert asked == 64
    assert bounds_of(run) == ()
