"""Leaving out a part of the vocabulary: the same words everywhere, so many of them, and nothing else."""

from benchmarks.heldout import LISTS, SHARE, is_left_out, line, thinned
from ita_rules.rulesets.load import load_ruleset
from ita_rules.thai.fold import loose
from tests.corpora.test_agencies_benchmark import row

RULES = load_ruleset("oit-2566")


def test_a_share_of_the_words_is_left_out_of_every_component_alike() -> None:
    left = thinned(RULES, 1)
    before = [w for c in RULES.components.values() for name in LISTS for w in getattr(c, name)]
    after = [w for c in left.components.values() for name in LISTS for w in getattr(c, name)]
    assert 0.6 < len(after) / len(before) < 0.73
    gone = {loose(w) for w in before if is_left_out(w, 1, SHARE)}
    assert not gone & {loose(w) for w in after}
    asked = [w for i in left.items for c in i.checks for w in c.options.get("wordings", ())]
    assert not gone & {loose(w) for w in asked}


def test_what_keeps_a_component_from_being_seen_stays_and_seeds_differ() -> None:
    left = thinned(RULES, 1)
    for name, component in RULES.components.items():
        assert left.components[name].look_alikes == component.look_alikes
        assert left.components[name].zero == component.zero
    assert left == thinned(RULES, 1) != thinned(RULES, 2)


def test_the_line_tells_what_became_of_gaps_and_of_the_others() -> None:
    rows = [row("gap", "gap"), row("undecided", "gap"), row("gap", "pass"), row("undecided", "pass"), row("pass", "pass")]
    told = line("whole", rows)
    assert "accused   1 of    3" in told
    assert "undecided   1  gaps   2: said   1, undecided   1, passed   0" in told
