"""Reading what people write: values, the line of each, and every fault named with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_rules import yamlfile
from ita_rules.data import data_folder
from ita_rules.yamlfile import YamlError, load_yaml, load_yaml_text

HERE = Path("rules.yaml")


def test_values_and_the_line_of_every_place() -> None:
    read = load_yaml_text("a: 1\nb:\n  - x\n  - {c: true}\nd: ก\n", HERE)
    assert read.value == {"a": 1, "b": ["x", {"c": True}], "d": "ก"}
    assert [read.line(p) for p in [("a",), ("b",), ("b", 0), ("b", 1, "c"), ("d",)]] == [1, 2, 3, 4, 5]


def test_an_unknown_place_has_the_line_of_the_nearest_above_it() -> None:
    read = load_yaml_text("a: 1\nb:\n  c: 2\n", HERE)
    assert read.line(("b", "c", "nothing", 7)) == 3
    assert read.line(("zzz",)) == 1


def test_an_empty_file_is_nothing() -> None:
    assert load_yaml_text("# only a remark\n", HERE).value is None


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("a: 1\na: 2\n", "error.yaml_twice", 2),
        ("a: [1\nb: 2\n", "error.yaml_syntax", 2),
        ("a:\n\t- x\n", "error.yaml_syntax", 2),
        ("a: 1\nb: !!python/object/apply:os.system [x]\n", "error.yaml_syntax", 2),
        ("a: 1\n--- \nb: 2\n", "error.yaml_syntax", 2),
        ("? [a]\n: 1\n", "error.yaml_syntax", 1),
        ("ok: 1\nd: 2023-13-45\n", "error.yaml_syntax", 2),
    ],
)
def test_a_fault_names_its_file_and_line(text: str, message: str, line: int) -> None:
    with pytest.raises(YamlError) as raised:
        load_yaml_text(text, HERE)
    assert raised.value.message_id == message
    assert raised.value.values["file"] == "rules.yaml"
    assert raised.value.values["line"] == line


def test_aliases_that_multiply_are_refused() -> None:
    text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    text += "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 9))
    with pytest.raises(YamlError) as raised:
        load_yaml_text(text, HERE)
    assert raised.value.message_id == "error.yaml_too_large"


@pytest.mark.parametrize("depth", [60, 100_000])
def test_nesting_without_end_is_refused(depth: int) -> None:
    with pytest.raises(YamlError) as raised:
        load_yaml_text("[" * depth + "]" * depth, HERE)
    assert raised.value.message_id in ("error.yaml_too_large", "error.yaml_syntax")


def test_an_alias_of_itself_is_refused() -> None:
    with pytest.raises(YamlError):
        load_yaml_text("a: &a [*a]\n", HERE)


def test_a_file_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("ชื่อ: ก\n".encode("utf-8-sig"))
    assert load_yaml(path).value == {"ชื่อ": "ก"}


def test_a_file_that_is_missing_or_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(YamlError) as raised:
        load_yaml(tmp_path / "none.yaml")
    assert raised.value.message_id == "error.file_unreadable"
    monkeypatch.setattr(yamlfile, "MAX_BYTES", 10)
    path = tmp_path / "big.yaml"
    path.write_text("a: 123456789\n", encoding="utf-8")
    with pytest.raises(YamlError) as raised:
        load_yaml(path)
    assert raised.value.message_id == "error.yaml_too_large"


@given(st.text(alphabet="ab:-[]{}&*!?#|>'\"\n\t 0.9,%@`", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    lines = []
    try:
        lines.append(load_yaml_text(text, HERE).line(()))
    except YamlError as err:
        lines.append(int(str(err.values["line"])))
    assert lines[0] >= 1


@pytest.mark.parametrize("path", sorted(data_folder("rules").glob("oit-256[69]/*.yaml"))[:40], ids=lambda p: p.name)
def test_reading_in_one_go_gives_what_reading_with_care_gives(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = load_yaml(path)
    monkeypatch.setattr(yamlfile._Quick, "read", lambda _: None)
    careful = load_yaml(path)
    assert (repr(quick.value), quick.lines) == (repr(careful.value), careful.lines)


@pytest.mark.parametrize("text", ["a: &x [1]\nb: *x", "a: !!str 1", "a: 1\na: 2", "a: [", "? [a]\n: 1", "[" * 50 + "]" * 50])
def test_what_is_unusual_is_read_with_care(text: str) -> None:
    assert yamlfile._Quick(Path("a.yaml"), text).read() is None
