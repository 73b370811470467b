"""Both catalogues are whole, every id that code uses exists, and nothing that a user meets can make `say` raise."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ita_rules.acts import ACTS, acts, known_causes
from ita_rules.errors import ConfigError, FetchError, RunError
from ita_rules.messages import LANGUAGES, Catalogue, messages
from ita_rules.model import AgencyType, LocatedBy, Severity, Status

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "ita_rules" / "messages"
FAMILIES = {
    "agency",
    "bound",
    "cause",
    "check",
    "cli",
    "confidence",
    "date",
    "diff",
    "error",
    "evidence",
    "explain",
    "help",
    "kind",
    "located",
    "media",
    "read",
    "rehearse",
    "report",
    "rules",
    "schema",
    "severity",
    "source",
    "status",
    "stopped",
    "store",
    "tls",
    "warn",
    "who",
    "why",
}
ID = re.compile(rf"(?:{'|'.join(sorted(FAMILIES))})(?:\.[a-z0-9_-]+)+")
PREFIX = re.compile(rf"(?:{'|'.join(sorted(FAMILIES))})\.(?:[a-z0-9_-]+\.)*")
# What looks like an id and is none: names of files, and paths of attributes in templates.
FILES = (".py", ".json", ".yaml", ".yml", ".html", ".j2", ".css", ".csv", ".xlsx", ".docx", ".xml", ".sqlite", ".zip", ".txt")
NOT_IDS = {"status.value"}
CAUSES = [
    "http_404",
    "http_410",
    "soft_404",
    "login",
    "empty_link",
    "http_5xx",
    "timeout",
    "dns",
    "refused",
    "reset",
    "tls",
    "redirect_loop",
    "http_4xx",
    "http_3xx",
    "blocked",
    "robots",
    "budget",
    "too_large",
    "private_address",
    "external",
    "needs_javascript",
    "unreadable",
    "encrypted",
    "no_ocr",
    "internal_error",
    "not_gathered",
    "uncertain",
    "site_down",
    "no_year",
    "incomplete_crawl",
    "social_wall",
    "social_only",
    "truncated",
]
KINDS = [
    "answered",
    "reachable",
    "linked",
    "permission",
    "component",
    "absent",
    "period",
    "coverage",
    "count",
    "named",
    "two_way",
    "signed",
    "machine_readable",
    "consistent",
    "personal_data",
]


def test_both_languages_have_the_same_ids_and_places() -> None:
    th, en = messages("th"), messages("en")
    assert th.ids() == en.ids()
    assert {i for i in th.ids() if th.places(i) != en.places(i)} == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_catalogue_is_flat_text_without_doubles(lang: str) -> None:
    text = (FOLDER / f"{lang}.yaml").read_text(encoding="utf-8")
    keys = Counter(re.findall(r"^([a-z][^\s:]*):", text, re.MULTILINE))
    assert [key for key, times in keys.items() if times > 1] == []
    sentences = yaml.safe_load(text)
    assert {type(sentence) for sentence in sentences.values()} == {str}
    assert all(sentence.strip() for sentence in sentences.values())
    assert {key.split(".")[0] for key in sentences} == FAMILIES
    # A brace that is no place is a misspelt place.
    assert [key for key, sentence in sentences.items() if re.search(r"[{}]", re.sub(r"\{[a-z][a-z0-9_]*\}", "", sentence))] == []


def test_the_thai_catalogue_is_thai_and_the_english_one_is_not() -> None:
    thai = re.compile("[\u0e01-\u0e3a]")
    th, en = (yaml.safe_load((FOLDER / f"{lang}.yaml").read_text(encoding="utf-8")) for lang in ("th", "en"))
    neutral = {
        "media.pdf",
        "media.word",
        "cli.unreached.group",
        "why.source",
        "cli.audit.agency",
        "date.day",
        "diff.head",
        "diff.line",
        "diff.line.open",
        "store.plan.run",
        "date.years_after_ad",
        "report.score.range",
        "explain.item",
        "explain.option",
        "report.paper.found",
        "report.paper.sign.name",
        "report.paper.time.months",
    }
    assert {key for key, sentence in th.items() if not thai.search(sentence)} <= neutral
    # Words that stand in Thai on a Thai form ("ไม่มี") and nothing else.
    assert {key for key, sentence in en.items() if thai.search(re.sub("ไม่มี|“มี”|ข้อ", "", sentence))} == set()


def test_who_acts_is_known_of_every_cause_and_said_of_every_class() -> None:
    written = {i.split(".")[1] for i in messages("th").ids() if i.startswith("cause.")} - {"unknown"}
    assert set(CAUSES) <= written <= known_causes()
    for lang in LANGUAGES:
        assert all(f"who.{one}" in messages(lang) for one in ACTS)


@pytest.mark.parametrize("cause", CAUSES)
def test_the_sentence_addresses_whom_the_class_names(cause: str) -> None:
    """Reports group by the class; the sentence under it must not send somebody else."""
    openings = {
        "webmaster": (("หน่วยงาน", "ผู้ดูแลเว็บไซต์"), ("The agency:", "The site's administrator:")),
        "hosting": (("ผู้ให้บริการเว็บไซต์",), ("The hosting provider",)),
        "tool": (("ผู้ใช้โปรแกรม",), ("You:",)),
    }
    for lang, opening in zip(LANGUAGES, openings[acts(cause)], strict=True):
        assert messages(lang).who(cause).startswith(opening)


@pytest.mark.parametrize(
    "rule",
    "deep same_page into_itself parameters dated listed talk tags searched session names facets same_body spelling other".split(),
)
def test_every_rule_against_traps_is_said_with_its_family(rule: str) -> None:
    for lang in LANGUAGES:
        assert {"family", "refused"} <= messages(lang).places(f"bound.{rule}") <= {"family", "asked", "refused"}


@pytest.mark.parametrize("cause", CAUSES)
def test_every_cause_says_what_happened_and_who_acts(cause: str) -> None:
    for lang in LANGUAGES:
        assert messages(lang).cause(cause) != messages(lang).say("cause.unknown", cause=cause)
        assert messages(lang).who(cause) not in ("", messages(lang).who("no such cause"))


def test_every_noun_of_the_model_has_words() -> None:
    wanted = {f"status.{s.value}" for s in Status} | {f"status.{s.value}.means" for s in Status}
    wanted |= {f"severity.{s.value}" for s in Severity} | {f"agency.{a.value}" for a in AgencyType}
    wanted |= {f"located.{way.value}" for way in LocatedBy} | {f"kind.{kind}" for kind in KINDS}
    wanted |= {f"check.{kind}.{part}" for kind in KINDS for part in ("asks", "pass", "undecided", "fix")}
    assert wanted - messages("th").ids() == set()


def _texts() -> Iterator[tuple[Path, str]]:
    for room in ("ita_rules", "crawlers", "reports"):
        for path in sorted((ROOT / room).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            docs = {
                id(node.body[0].value)
                for node in ast.walk(tree)
                if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
                and node.body
                and isinstance(node.body[0], ast.Expr)
            }
            parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
            for node in ast.walk(tree):
                if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                    yield path, f"{node.values[0].value}*"
                elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs | parts:
                    yield path, node.value
        for path in sorted((ROOT / room).rglob("*.j2")):
            for text in re.findall(r"""["']([a-z_.-]+)["']""", path.read_text(encoding="utf-8")):
                yield path, f"{text}*" if text.endswith(".") else text


def test_every_id_that_code_names_exists() -> None:
    ids = messages("th").ids()
    wrong, seen = [], 0
    for path, text in _texts():
        if text.endswith("*"):
            if PREFIX.fullmatch(text[:-1]):
                seen += 1
                if not any(i.startswith(text[:-1]) for i in ids):
                    wrong.append((path.name, text))
        elif ID.fullmatch(text) and text not in NOT_IDS and not text.endswith(FILES):
            seen += 1
            if text not in ids and not any(i.startswith(f"{text}.") for i in ids):
                wrong.append((path.name, text))
    assert seen > 40
    assert wrong == []


def test_values_are_put_in_as_plain_text() -> None:
    say = messages("th").say
    sentence = say("check.component.gap", component="{where.__class__} {where}", where="\x1b[31mก\u202eข\x00")
    assert "{where.__class__} {where}" in sentence
    assert sentence.endswith("กข")
    assert len(say("check.component.gap", component="ก" * 5000, where="x")) < 400
    assert "ก, ข" in say("check.coverage.gap", months=["ก", "ข"])


def test_what_is_missing_never_raises(caplog: pytest.LogCaptureFixture) -> None:
    th = Catalogue("th", {"a": "ก {x}"}, Catalogue("en", {"a": "a {x}", "b": "b {x}"}))
    assert th.say("a") == "ก –"
    assert th.say("b", x=1) == "b 1"
    assert th.say("none.such\x1b[0m", x=1) == "none.such"
    assert "none.such" in caplog.text
    assert messages("xx").lang == "th"


def test_a_cause_with_its_number_is_said_as_its_family() -> None:
    th = messages("th")
    assert th.cause("http_503") == th.say("cause.http_5xx")
    assert th.cause("http_418") == th.say("cause.http_4xx")
    assert th.cause("http_302") == th.say("cause.http_3xx")
    assert "strange" in th.cause("strange")
    assert th.cause(None) == th.say("cause.unknown", cause=None)
    assert th.cause("http_404.who") == th.cause("http_404.who")


def test_an_error_says_itself() -> None:
    error = ConfigError("error.unknown_key", file="config.yaml", line=3, word="crawll", known=["crawl", "out"])
    assert messages("en").error(error) == "config.yaml line 3: “crawll” is not known; there is crawl, out"
    assert messages("en").error(RunError("run_missing", path="x")) == messages("en").say("error.run_missing", path="x")
    assert messages("th").error(FetchError("timeout")) == messages("th").cause("timeout")


def test_days_are_said_in_the_era_of_the_language() -> None:
    assert messages("th").day("2023-04-30") == "30 เมษายน 2566"
    assert messages("en").day("2023-04-30") == "30 April 2023"
    assert messages("th").time("2026-11-21T02:05:00+07:00") == "21 พฤศจิกายน 2569 เวลา 02:05 น."
    assert messages("th").day("soon") == "soon"
    assert messages("th").time("\x1b[1mnever") == "never"


@settings(max_examples=50, deadline=None)
@given(message_id=st.text(max_size=30), value=st.text(max_size=60))
def test_say_never_raises(message_id: str, value: str) -> None:
    for lang in LANGUAGES:
        assert isinstance(messages(lang).say(message_id, value=value), str)
        assert isinstance(messages(lang).cause(message_id), str)
        assert isinstance(messages(lang).day(value) + messages(lang).time(value), str)
