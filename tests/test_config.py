"""config.yaml: what it may hold, and how faults are told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ita_rules.config import load_config
from ita_rules.errors import ConfigError
from ita_rules.model import AgencyType

FULL = """\
ruleset: oit-2566
out: runs
format: [json]
lang: en
as_of: 2023-04-30
agent: {name: ita-rules, contact: a@example.go.th}
crawl: {max_pages: 2000, max_minutes: 20, connections_per_host: 4, interval_seconds: 0.25, render: false, max_renders: 5}
agencies:
  - {name: อบต., type: local, url: sample}
  - name: กรม
    type: department
    url: "https://www.example.go.th/"
    answers: answers.csv
    hosts: [OIT.example.go.th, "https://61.19.34.18:8000/ita/", www.a.com, b.health]
    labels: [ภาคเหนือ]
    code: "0101"
    units: {O24: กองคลัง}
    catalog: {url: "https://catalog.example.go.th/th", datasets: {O11: [a-1, "https://catalog.example.go.th/th/dataset/b_2"]}}
    contact: 02 123
    channels: ["json://a"]
notify: {channels: ["json://${HOST}/"], agencies: true}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_full_configuration(tmp_path: Path) -> None:
    config = load_config(written(tmp_path, FULL))
    assert config.as_of == dt.date(2023, 4, 30)
    assert config.formats == ("json",)
    assert config.crawl.max_pages == 2000
    assert config.crawl.max_depth is None
    assert (config.crawl.render, config.crawl.max_renders) == (False, 5)
    assert [a.type for a in config.agencies] == [AgencyType.LOCAL, AgencyType.DEPARTMENT]
    assert config.agencies[1].units == {"O24": "กองคลัง"}
    assert (config.agencies[1].contact, config.agencies[1].channels) == ("02 123", ("json://a",))
    assert (config.notify.channels, config.notify.agencies) == (("json://${HOST}/",), True)
    catalog = config.agencies[1].catalog
    assert catalog is not None
    assert (catalog.datasets, catalog.ignore_robots) == ({"O11": ("a-1", "b_2")}, False)
    assert config.agencies[0].catalog is None
    assert config.agencies[1].hosts == ("oit.example.go.th", "61.19.34.18:8000", "a.com", "b.health")


def test_the_configuration_that_ships_is_sound() -> None:
    config = load_config(Path(__file__).parent.parent / "config.yaml")
    assert [a.url for a in config.agencies] == ["sample"]
    assert config.agencies[0].as_of == dt.date(2023, 4, 28)


@pytest.mark.parametrize(
    ("old", "new", "message_id", "line", "near"),
    [
        ("out: runs", "outt: runs", "error.unknown_key_near", 2, "out"),
        ("out: runs", "xyzzy: runs", "error.unknown_key", 2, ""),
        ("hosts: [OIT.example.go.th,", "hosts: [go.th,", "error.want_host", 14, None),
        ("hosts: [OIT.example.go.th,", "hosts: [www.or.th,", "error.want_host", 14, None),
        ("hosts: [OIT.example.go.th,", "hosts: [example,", "error.want_host", 14, None),
        ("hosts: [OIT.example.go.th,", "hosts: ['a b.go.th',", "error.want_host", 14, None),
        ("hosts: [OIT.example.go.th,", "hosts: [7,", "error.want_text", 14, None),
        ("datasets: {O11: [a-1,", "datasets: {O11: ['a/b',", "error.want_dataset", 18, None),
        ("datasets: {O11: [a-1,", "datasets: {O11: ['https://catalog.example.go.th/',", "error.want_dataset", 18, None),
        ("datasets: {O11:", "datasets: {ข้อ 11:", "error.want_items", 18, None),
        ("datasets: {O11: [a-1,", "datasets: {O11: [" + "a," * 60, "error.want_datasets", 18, None),
        ("datasets: {O11:", "ignore_robot: true, datasets: {O11:", "error.unknown_key_near", 18, "ignore_robots"),
        ('{url: "https://catalog', '{url: "ftp://catalog', "error.want_address", 18, None),
        ('{url: "https://catalog', '{url: "https://cata log', "error.want_address", 18, None),
        ("max_pages: 2000", "max_page: 2000", "error.unknown_key_near", 7, "max_pages"),
        ("max_pages: 2000", "max_pages: many", "error.want_whole_number", 7, None),
        ("max_pages: 2000", "max_pages: 0", "error.want_at_least", 7, None),
        ("as_of: 2023-04-30", "as_of: soon", "error.want_date", 5, None),
        ("labels: [ภาคเหนือ]", "label: [ภาคเหนือ]", "error.unknown_key_near", 15, "labels"),
        ("type: department", "type: ministry", "error.want_choice", 11, None),
        ('    url: "https://www.example.go.th/"\n', "", "error.missing_key", 10, None),
        ("agent: {name: ita-rules,", "agent: {name: [a],", "error.want_text", 6, None),
        ("format: [json]", "format: json", "error.want_list", 3, None),
        ("lang: en", "lang: fr", "error.want_choice", 4, None),
        ("ruleset: oit-2566", "ruleset: oit-2566\nruleset: oit-2568", "error.yaml_twice", 2, None),
        ("ruleset: oit-2566", "ruleset: [", "error.yaml_syntax", None, None),
    ],
)
def test_faults_name_file_and_line(
    tmp_path: Path, old: str, new: str, message_id: str, line: int | None, near: str | None
) -> None:
    assert old in FULL
    path = written(tmp_path, FULL.replace(old, new))
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert caught.value.message_id == message_id
    assert caught.value.values["file"] == str(path)
    if line is not None:
        assert caught.value.values["line"] == line
    if near is not None:
        assert caught.value.values["near"] == near


@pytest.mark.parametrize(
    ("text", "message_id"),
    [
        ("", "error.config.empty"),
        ("# only words\n", "error.config.empty"),
        ("{}", "error.config.empty"),
        ("- a", "error.yaml_not_a_mapping"),
    ],
)
def test_an_empty_file_is_refused(tmp_path: Path, text: str, message_id: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(written(tmp_path, text))
    assert caught.value.message_id == message_id


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path / "none.yaml")
    assert caught.value.message_id == "error.config.missing"


def test_a_yaml_bomb_is_refused(tmp_path: Path) -> None:
    levels = "\n".join(f"b{n}: &b{n} [{', '.join([f'*b{n - 1}'] * 9)}]" for n in range(1, 9))
    with pytest.raises(ConfigError) as caught:
        load_config(written(tmp_path, f"b0: &b0 [x]\n{levels}\n"))
    assert caught.value.message_id == "error.yaml_too_large"


def test_data_sets_in_one_list_belong_to_no_item(tmp_path: Path) -> None:
    path = written(tmp_path, "agencies: [{name: ก, url: sample, catalog: {url: 'http://c.go.th', datasets: [a, b]}}]")
    catalog = load_config(path).agencies[0].catalog
    assert catalog is not None
    assert catalog.datasets == {"": ("a", "b")}
    with pytest.raises(ConfigError) as caught:
        load_config(written(tmp_path, "agencies: [{name: ก, url: sample, catalog: {url: 'http://c.go.th', datasets: []}}]"))
    assert caught.value.message_id == "error.want_datasets"
