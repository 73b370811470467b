"""Faults in a file of rules are named with file and line; a sound file comes through as written."""

from pathlib import Path

import pytest

from ita_rules.errors import RuleSetError
from ita_rules.inference import load_rules, parse_rules
from ita_rules.inference.interface import Variable

SHIPPED = Path(__file__).parents[2] / "rules" / "inference.yaml"

SOUND = """\
facts:
  seen: {item: text, n: number, ok: yesno, word: [a, b], free: any}
  place: {item: text}
  site: {state: [up, down]}
one_of_a_kind: [site]
tallies:
  - name: sum
    stratum: 1
    over: {fact: found, how: x}
    by: item
    count: word
    values: [a, b]
    each: place
rules:
  - name: first
    when:
      - {fact: site, state: up}
      - {fact: seen, item: $item, n: {gte: 1, lt: 9, as: $n}, word: {not: a}}
      - {fact: place, item: $item}
    then: {fact: found, item: $item, n: $n, word: b, how: x, late: false}
    because: {th: "ข้อ {item}", en: "item {item}"}
  - name: second
    stratum: 1
    when: [{fact: sum, item: $i, a: 0}]
    then: {fact: end, item: $i}
    because: {th: "จบ", en: "end"}
"""


def test_a_sound_file() -> None:
    rules = parse_rules(SOUND, "x.yaml")
    first, second = rules.rules
    assert [p.kind for p in first.when] == ["site", "seen", "place"]
    assert first.when[1].comparisons == (("n", "gte", 1), ("n", "lt", 9), ("word", "not", "a"))
    assert first.when[1].variables == (("item", "item"), ("n", "n"))
    assert dict(first.then)["n"] == Variable("n")
    assert dict(first.then)["late"] is False
    assert (second.stratum, second.order, second.line) == (1, 1, 22)
    assert rules.tallies[0].values == ("a", "b")
    assert rules.strata() == (0, 1)
    assert rules.digest != parse_rules(SOUND + "# another text\n", "x.yaml").digest


def fault(text: str) -> tuple[str, int, str]:
    with pytest.raises(RuleSetError) as caught:
        parse_rules(text, "dir/x.yaml")
    values = caught.value.values
    assert values["file"] == "dir/x.yaml"
    return caught.value.message_id.removeprefix("error.inference."), int(str(values["line"])), str(values["detail"])


@pytest.mark.parametrize(
    ("old", "new", "message", "line", "detail"),
    [
        ('    because: {th: "จบ"', '    becos: 1\n    because: {th: "จบ"', "unknown_key", 26, "becos"),
        ("tallies:", "talies: []\ntallies:", "unknown_key", 6, "talies"),
        ("gte: 1", "gt_or_so: 1", "unknown_key", 18, "gt_or_so"),
        ("    then: {fact: end, item: $i}\n", "", "missing_key", 22, "then"),
        ("then: {fact: end, item: $i}", "then: {item: $i}", "missing_key", 25, "fact"),
        ("item: $item, n: $n, word: b", "item: $item, n: $m, word: b", "unbound", 20, "$m"),
        ("ข้อ {item}", "ข้อ {itme}", "unbound", 21, "{itme}"),
        ("item {item}", "item {item", "braces", 21, "item {item"),
        ("{fact: found, how: x}", "{fact: found, how: $x}", "unbound", 9, "$x"),
        ("{fact: place, item: $item}", "{fact: place, item: $other}", "cross_product", 19, "place"),
        ("n: $n, word: b, how: x, late: false", "n: {gte: 1}", "wrong_type", 20, "one value"),
        ("gte: 1", "gte: many", "wrong_type", 18, "gte"),
        ("gte: 1", "gte: true", "wrong_type", 18, "gte"),
        ("stratum: 1\n    when", "stratum: first\n    when", "wrong_type", 23, "whole number"),
        ("stratum: 1\n    when", "stratum: 21\n    when", "wrong_type", 23, "0-20"),
        ("late: false", "late: no", "quote_it", 20, "no"),
        ("late: false", "late: 1.5", "quote_it", 20, "1.5"),
        ("late: false", "late: 2023-01-01", "quote_it", 20, "2023-01-01"),
        ("late: false", "late: null", "quote_it", 20, "null"),
        ("late: false", "late: 0x10", "quote_it", 20, "0x10"),
        ("late: false", "late: 99999999999999999", "wrong_type", 20, "99999999999999999"),
        ("late: false", 'late: "$no name"', "bad_name", 20, "no name"),
        ("late: false", "id: z", "bad_name", 20, "id"),
        ("fact: found, item: $item, n", "fact: site, state: up, n", "one_of_a_kind", 20, "site"),
        ("name: second", "name: first", "twice", 22, "first"),
        ("name: second", "name: Second One", "bad_name", 22, "Second One"),
        ("name: sum", "name: seen", "twice", 7, "seen"),
        ("ok: yesno", "ok: boolean", "wrong_type", 2, "ok"),
        ("one_of_a_kind: [site]", "one_of_a_kind: [sight]", "unknown_fact", 5, "sight"),
        ("{fact: place, item: $item}", "{fact: plaice, item: $item}", "unknown_fact", 19, "plaice"),
        ("each: place", "each: plaice", "unknown_fact", 7, "plaice"),
        ("word: {not: a}}", "wrod: {not: a}}", "unknown_fact_key", 18, "seen.wrod"),
        ("count: word", "count: wrod", "unknown_fact_key", 7, "found.wrod"),
        ("state: up}", "state: upp}", "never_holds", 17, "site.state: upp"),
        ("word: {not: a}}", "word: {not: c}}", "never_holds", 18, "seen.word: c"),
        ("word: {not: a}}", "ok: 1}", "never_holds", 18, "seen.ok: 1"),
        ("    stratum: 1\n    when", "    when", "too_early", 23, "sum"),
        ("    stratum: 1\n    over", "    over", "too_early", 7, "found"),
        ("    when: [{fact: sum, item: $i, a: 0}]", "    when: []", "pattern_count", 24, "1-6"),
        ("    when: [{fact: sum, item: $i, a: 0}]", "    when: {fact: sum}", "wrong_type", 24, "a list"),
        ("values: [a, b]", "values: [a, a]", "bad_name", 12, "a, a"),
        ("values: [a, b]", "values: [a, other]", "bad_name", 12, "other"),
        ('th: "จบ"', 'th: "จบ", th: "จบ"', "twice", 26, "th"),
        ('th: "จบ"', 'th: ""', "wrong_type", 26, "a text"),
        ("rules:\n", "rules: [\n", "syntax", 15, ""),
    ],
)
def test_faults_name_file_and_line(old: str, new: str, message: str, line: int, detail: str) -> None:
    assert SOUND.count(old) >= 1
    found = fault(SOUND.replace(old, new, 1))
    assert found[:2] == (message, line)
    assert detail in found[2]


def test_a_seventh_pattern_is_refused() -> None:
    line = "      - {fact: place, item: $item}\n"
    parse_rules(SOUND.replace(line, line * 4))
    assert fault(SOUND.replace(line, line * 5))[0] == "pattern_count"


def test_a_single_fact_joins_nothing() -> None:
    """Two kinds that share a variable only with the one-of-a-kind fact would multiply all the same."""
    text = SOUND.replace("state: [up, down]}", "state: any, a: any, b: any}").replace("state: up}\n", "a: $a, b: $b}\n")
    text = text.replace("{fact: seen, item: $item,", "{fact: seen, free: $a, item: $item,")
    parse_rules(text)
    assert fault(text.replace("{fact: place, item: $item}", "{fact: place, item: $b}"))[:2] == ("cross_product", 19)


def test_alias_bombs_are_refused() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}]\n" for i in range(1, 11))
    message, line, _ = fault("facts:\n  k: {v: text}\nrules: []\n" + bomb)
    assert message == "too_large"
    assert line >= 3


@pytest.mark.parametrize(
    "text",
    [
        "facts: &a [*a]\nrules: []\n",
        "[" * 2000,
        "facts: " + "[" * 900 + "]" * 900,
        "",
        "facts: {}\nrules: []\n---\nfacts: {}\n",
        "? [a]\n: b\n",
        "facts: !!python/object/apply:os.getcwd []\nrules: []\n",
        "facts: {k: {v: text}}\nrules: []\nx: !odd 1\n",
        "# " + "x" * 500_000,
        "facts: {k: {v: text}}\x00",
    ],
)
def test_hostile_files_end_in_a_complaint(text: str) -> None:
    assert fault(text)[0] in ("too_large", "syntax", "wrong_type", "unknown_key", "quote_it")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(RuleSetError) as caught:
        load_rules(tmp_path / "none.yaml")
    assert caught.value.message_id == "error.inference.unreadable"
    (tmp_path / "thai.yaml").write_bytes(b"facts:\n  # " + "ไทย".encode("cp874"))
    with pytest.raises(RuleSetError) as caught:
        load_rules(tmp_path / "thai.yaml")
    assert (caught.value.message_id, caught.value.values["line"]) == ("error.inference.syntax", 2)


def test_the_shipped_rules_load() -> None:
    assert {rule.stratum for rule in load_rules(SHIPPED).rules} == {0, 1}
