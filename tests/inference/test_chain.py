"""Forward chaining: bounds, equal facts, and traces that rest on nothing circular."""

from __future__ import annotations

from enum import StrEnum

import pytest

from ita_rules.errors import RuleSetError
from ita_rules.inference import Fact, chain, engine, parse_rules
from tests.inference.twins import both, durable, rules

HEAD = "facts:\n  a: {k: any, v: any}\n  b: {k: any, v: any}\nrules:\n"


def rule(name: str, when: str, then: str, stratum: int = 0) -> str:
    return f"  - {{name: {name}, stratum: {stratum}, when: [{when}], then: {{{then}}}, because: {{th: ก, en: {name}}}}}\n"


def a(number: str, k: object, v: object = 0) -> Fact:
    return {"fact": "a", "id": number, "k": k, "v": v}  # type: ignore[dict-item]


def test_a_fact_never_explains_itself() -> None:
    """The circle's rule stands first in the file and could be taken for the reason of what it rests on."""
    text = HEAD + rule("circle", "{fact: y, k: $k}", "fact: x, k: $k") + rule("ahead", "{fact: x, k: $k}", "fact: y, k: $k")
    ruleset = parse_rules(text + rule("start", "{fact: a, k: $k}", "fact: x, k: $k"), "circle.yaml")
    found = both(ruleset, [a("1", "q")])
    assert [f.rule for f in found.firings] == ["ahead", "start"]


def test_the_first_reason_is_kept() -> None:
    text = HEAD + rule("one", "{fact: a, k: $k}", "fact: x") + rule("two", "{fact: a, v: $v}", "fact: x")
    found = both(parse_rules(text, "first.yaml"), [a("2", "q"), a("1", "p"), a("3", "r")])
    assert [(f.rule, f.facts) for f in found.firings] == [("one", ("1",))]


def test_what_is_given_already_needs_no_reason() -> None:
    text = HEAD + rule("one", "{fact: b, k: $k}", "fact: a, k: $k, v: 0") + rule("next", "{fact: a, k: $k}", "fact: z, k: $k", 1)
    found = both(parse_rules(text, "given.yaml"), [a("1", "q"), a("2", "q"), {**a("3", "q"), "fact": "b"}])
    assert [f.rule for f in found.firings] == ["next"]
    assert len(list(found.of("a"))) == 2


def test_values_that_look_alike_are_different_facts() -> None:
    text = HEAD + rule("say", "{fact: a, k: $k}", "fact: x, k: $k")
    found = both(
        parse_rules(text, "alike.yaml"), [a(str(n), k) for n, k in enumerate((1, True, "1", "True", "true", 0, False, ""))]
    )
    assert len(list(found.of("x"))) == 8
    assert len(list(found.of("x", k=1))) == len(list(found.of("x", k=True))) == 1


def test_two_patterns_never_match_one_fact() -> None:
    text = HEAD + rule("pair", "{fact: a, k: $k, v: $v}, {fact: a, k: $k, v: $w}", "fact: x, v: $v, w: $w")
    ruleset = parse_rules(text, "pair.yaml")
    assert not list(both(ruleset, [a("1", "q", 5)]).of("x"))
    assert {f["v"]: f["w"] for f in both(ruleset, [a("1", "q", 5), a("2", "q", 6)]).of("x")} == {5: 6, 6: 5}


def test_words_of_an_enumeration_are_words() -> None:
    class Kind(StrEnum):
        Q = "q"

    found = both(parse_rules(HEAD + rule("say", "{fact: a, k: q}", "fact: x"), "enum.yaml"), [a("1", Kind.Q)])
    assert list(found.of("x"))
    assert type(found.facts[0]["k"]) is str


@pytest.mark.parametrize(
    "bad",
    [
        {"fact": "a", "k": 1, "v": 1},
        {"id": "1", "k": 1, "v": 1},
        {"fact": "", "id": "1"},
        {"fact": "a", "id": 1, "k": 1, "v": 1},
        {"fact": "a", "id": "derived:a:1", "k": 1, "v": 1},
        {"fact": "a", "id": "1", "k": 1},
        {"fact": "a", "id": "1", "k": 1.5, "v": 1},
        {"fact": "a", "id": "1", "k": None, "v": 1},
        {"fact": "a", "id": "1", "k": 2**53 + 1, "v": 1},
        {"fact": "a", "id": "1", "k": "x" * 100_001, "v": 1},
        {"fact": "a", "id": "1", "k": ["x"], "v": 1},
        {"fact": "reach", "id": "1", "from": 1, "to": 1},
        {"fact": "a", "id": "0", "k": 1, "v": 1},
        {"fact": "a", "id": "1", "k": 1, "v": 1, 5: 1},
        {"fact": "a", "id": "1", "k": 1, "v": 1, **{f"x{n}": 1 for n in range(60)}},
    ],
)
def test_what_is_no_fact_is_refused(bad: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="fact"):
        engine("plain").run(rules("chain"), [a("0", 1), bad])  # type: ignore[list-item]


def test_runaway_rules_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "MAX_MATCHES", 300)
    facts = [a(f"{n:03}", n, n + 1) for n in range(40)]
    for each in (engine("plain"), durable()):
        with pytest.raises(RuleSetError) as caught:
            each.run(rules("chain"), facts)
        assert caught.value.message_id == "error.inference.too_much"
    monkeypatch.setattr(chain, "MAX_MATCHES", 200_000)
    monkeypatch.setattr(chain, "MAX_FACTS", 41)
    for each in (engine("plain"), durable()):
        with pytest.raises(RuleSetError):
            each.run(rules("chain"), facts)
    assert both(rules("chain"), facts[:4]).firings


def test_a_key_that_is_not_there_is_not_other_than_a_value() -> None:
    text = HEAD + rule("with", "{fact: a, k: $k}", "fact: x, k: $k") + rule("bare", "{fact: b, k: $k}", "fact: x")
    text += rule("not", "{fact: x, k: {not: 1}}", "fact: z") + rule("any", "{fact: x, k: $k}", "fact: w, k: $k")
    found = both(parse_rules(text, "missing.yaml"), [a("1", 1), {**a("2", 2), "fact": "b"}])
    assert len(list(found.of("x"))) == 2
    assert len(list(found.of("w"))) == 1
    assert not list(found.of("z"))


def test_a_reason_waits_for_all_its_premises() -> None:
    """`x` is there early, `y` follows from `z` alone: `z` must not be explained by the two."""
    text = HEAD + rule("both", "{fact: x, k: $k}, {fact: y, k: $k}", "fact: z, k: $k")
    text += rule("back", "{fact: z, k: $k}", "fact: y, k: $k") + rule("early", "{fact: a, k: $k}", "fact: x, k: $k")
    text += rule("late", "{fact: x, k: $k}", "fact: s, k: $k") + rule("later", "{fact: s, k: $k}", "fact: z, k: $k")
    found = both(parse_rules(text, "waits.yaml"), [a("1", "q")])
    assert [f.rule for f in found.firings] == ["back", "early", "late", "later"]
