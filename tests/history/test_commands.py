"""``diff`` and ``store`` as they are used, on runs that the real judge made."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from ita_rules.cli import exits
from ita_rules.cli.app import run
from ita_rules.history import Index, enter
from ita_rules.history.index import FILE_NAME
from ita_rules.run.store import RunWriter, load_run
from ita_rules.run.types import Document, Exchange, Page, RunMeta
from reports.json_report import JsonRenderer
from tests.cli.site import ita_rules, site
from tests.history.build import HOME, NIGHT, check, item, nights, report, save, simple, source

ONE, OTHER = "รายชื่อผู้บริหาร นายก", "รายชื่อผู้บริหาร ปลัด"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty store; the current folder has no configuration."""
    monkeypatch.chdir(tmp_path)
    base = tmp_path / "runs"
    base.mkdir()
    return base


def _with_page(base: Path, status: str, text: str, days: int, **more: object) -> Path:
    """A night on which the item's page had this text."""
    folder = save(base, simple(status, NIGHT + dt.timedelta(days=days), **more), texts={HOME: text})
    (body,) = load_run(folder).documents
    checks = [check("O1.people", status)]
    page = source("page", url=HOME, sha256=body)
    told = report(item("O1", checks, page), started=NIGHT + dt.timedelta(days=days), **more)
    JsonRenderer().render(told, folder, "report")
    enter(base, folder)
    return folder


def test_a_difference_is_told_in_both_languages(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = _with_page(store, "pass", ONE, 0), _with_page(store, "gap", OTHER, 1)
    for lang, words in (
        ("th", ("ต้องแก้ไขเพิ่มขึ้น (1)", "รอการตรวจครั้งถัดไปยืนยัน")),
        ("en", ("since then (1)", "confirmed by the next")),
    ):
        assert run(["diff", str(old), str(new), "--lang", lang]) == exits.GAPS
        out = capsys.readouterr().out
        assert all(word in out for word in (*words, "O1.people", HOME, "ปลัด", "นายก"))
    assert run(["diff", str(new), str(old)]) == exits.GAPS  # the run that began first is the older one


def test_a_difference_as_data(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = _with_page(store, "pass", ONE, 0), _with_page(store, "gap", OTHER, 1)
    _with_page(store, "gap", OTHER, 2)
    assert run(["diff", str(old), str(new), "--format", "json"]) == exits.GAPS
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == "ita-rules/diff/1"
    assert data["counts"]["new_gap"] == 1
    (change,) = data["changes"]
    assert (change["cause"], change["confirmed"], change["before"], change["after"]) == ("page", True, "pass", "gap")
    (evidence,) = data["evidence"]
    assert (evidence["added"], evidence["removed"], evidence["items"]) == (["ปลัด"], ["นายก"], ["O1"])
    assert run(["diff", str(old), str(new), "--format", "json", "--out", "d.json"]) == exits.GAPS
    assert json.loads((tmp_path / "d.json").read_text(encoding="utf-8")) == data


def test_only_what_is_confirmed(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = _with_page(store, "pass", ONE, 0), _with_page(store, "gap", OTHER, 1)
    assert run(["diff", str(old), str(new), "--confirmed"]) == exits.PASSED
    _with_page(store, "gap", OTHER, 2)
    assert run(["diff", str(old), str(new), "--confirmed"]) == exits.GAPS


@pytest.mark.parametrize(
    ("before", "after", "more", "code"),
    [
        ("pass", "pass", {}, exits.PASSED),
        ("gap", "gap", {}, exits.PASSED),
        ("gap", "pass", {}, exits.PASSED),
        ("pass", "undecided", {}, exits.UNDECIDED),
        ("undecided", "gap", {}, exits.GAPS),
        ("pass", "gap", {"version": "no such version"}, exits.UNDECIDED),
        ("gap", "pass", {"version": "no such version"}, exits.PASSED),
    ],
)
def test_the_exit_status(store: Path, before: str, after: str, more: dict[str, str], code: int) -> None:
    old, new = save(store, simple(before)), save(store, simple(after, NIGHT + dt.timedelta(days=1), **more))
    (old / "run.sqlite").unlink()
    assert run(["diff", str(old), str(new)]) == code


def test_advice_moves_no_exit_status(store: Path) -> None:
    told = [
        report(item("O1", [check("O1.hint", status, severity="advice")]), started=NIGHT + dt.timedelta(days=n))
        for n, status in enumerate(("pass", "gap"))
    ]
    assert run(["diff", *(str(save(store, one)) for one in told)]) == exits.PASSED


def test_words_of_a_site_leave_no_mark_on_the_terminal(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = _with_page(store, "pass", ONE, 0), _with_page(store, "gap", "\x1b[31mแดง\u202e", 1)
    run(["diff", str(old), str(new)])
    out = capsys.readouterr().out
    assert "แดง" in out
    assert "\x1b" not in out
    assert "\u202e" not in out
    run(["diff", str(old), str(new), "--format", "json"])
    assert "\x1b" not in capsys.readouterr().out


def test_runs_of_two_agencies_are_not_compared(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = save(store, simple("pass"))
    new = save(store, simple("gap", NIGHT + dt.timedelta(days=1), name="อื่น", url="https://other.go.th/"))
    assert run(["diff", str(old), str(new)]) == exits.USAGE
    assert "อื่น" in capsys.readouterr().err
    for wrong in (["--format", "xml"], ["--hours", "-1"]):
        assert run(["diff", str(old), str(old), *wrong]) == exits.USAGE
    assert run(["diff", str(old), "nowhere"]) == exits.USAGE
    assert "Traceback" not in capsys.readouterr().err


def test_the_store_says_what_it_holds(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(3):
        _with_page(store, "pass", f"คืน {number}", number)
    assert run(["store", "status", "--lang", "en"]) == exits.PASSED
    out = capsys.readouterr().out
    assert "2026-01-07" in out
    assert "index" in out
    assert run(["store", "status", "--out", "nowhere"]) == exits.USAGE
    assert not Path("nowhere").exists()


def test_prune_shows_first_and_deletes_with_yes(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders = [save(store, told) for told in nights(*["pass"] * 20)]
    words = ["store", "prune", "--as-of", "2026-01-24", "--nights", "3", "--weeks", "9", "--lang", "en"]
    assert run(words) == exits.PASSED
    shown = capsys.readouterr().out
    assert folders[0].name in shown
    assert "--yes" in shown
    assert all(folder.is_dir() for folder in folders)
    assert run([*words, "--yes"]) == exits.PASSED
    left = [folder for folder in folders if folder.is_dir()]
    assert 4 <= len(left) <= 6
    assert folders[-1] in left
    with Index(store) as index:
        assert len(list(index.entries())) == len(left)
    capsys.readouterr()
    assert run([*words, "--yes"]) == exits.PASSED
    assert "nothing to delete" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", [["--nights", "-1"], ["--nights", "9", "--weeks", "3"], ["--as-of", "2569-01-01"]])
def test_prune_refuses_wrong_days(store: Path, wrong: list[str]) -> None:
    assert run(["store", "prune", "--yes", *wrong]) == exits.USAGE


def test_rebuild_names_what_it_left_out(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders = [save(store, told) for told in nights("pass", "gap")]
    (folders[0] / "report.json").write_text("{")
    (store / FILE_NAME).write_bytes(b"no index")
    assert run(["store", "rebuild"]) == exits.PASSED
    said = capsys.readouterr()
    assert folders[0].name in said.err
    assert FILE_NAME in said.out
    with Index(store) as index:
        assert len(list(index.entries())) == 1


def _judged(base: Path, days: int, title: str) -> Path:
    """A night of a site of one page, judged by the real rules."""
    started = NIGHT + dt.timedelta(days=days)
    folder = base / "a" / f"{started:%Y%m%d-%H%M%S}"
    meta = RunMeta(HOME, "ก", started=started.isoformat(), finished=started.isoformat(), as_of="2023-04-30", ruleset="oit-2566")
    with RunWriter(folder, meta, blobs=base / "blobs") as writer:
        sha = writer.blobs.put(title.encode())
        writer.put_exchange(Exchange(HOME, HOME, HOME, HOME, 200, "text/html", sha, title=title))
        writer.put_document(Document(sha, "text/html", title=title, pages=(Page(1, method="html"),)))
        writer.finish()
    assert run(["judge", str(folder), "--format", "json"]) in (exits.GAPS, exits.UNDECIDED)
    enter(base, folder)
    return folder


def test_the_older_run_is_judged_again_where_the_rules_changed(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = _judged(store, 0, "ก"), _judged(store, 1, "ก")
    path = old / "report.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    told["ruleset"]["version"] = "an older one"
    first = next(c for i in told["items"] for c in i["checks"] if c["severity"] == "criterion" and c["status"] != "pass")
    was, first["status"] = first["status"], "pass"
    path.write_text(json.dumps(told), encoding="utf-8")
    capsys.readouterr()
    assert run(["diff", str(old), str(new), "--format", "json"]) == exits.PASSED
    data = json.loads(capsys.readouterr().out)
    assert data["rules"] == {"changed": True, "separated": True}
    assert [(c["id"], c["before"], c["after"]) for c in data["by_rules"]] == [(first["id"], "pass", was)]
    assert [c for c in data["changes"] if c["kind"] != "still_open"] == []
    # Neither run was judged by the rules that are here: both are judged again, so that they are judged alike.
    for folder in (old, new):
        told = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        told["tool"]["version"] = f"0.0.{folder.name}"
        (folder / "report.json").write_text(json.dumps(told), encoding="utf-8")
    assert run(["diff", str(old), str(new), "--format", "json"]) == exits.PASSED
    assert json.loads(capsys.readouterr().out)["rules"]["separated"]
    (old / "run.sqlite").unlink()
    assert run(["diff", str(old), str(new), "--format", "json"]) == exits.UNDECIDED
    data = json.loads(capsys.readouterr().out)
    assert not data["rules"]["separated"]
    assert {c["kind"] for c in data["changes"]} == {"still_open"}


@pytest.mark.slow
def test_a_check_enters_its_run(tmp_path: Path) -> None:
    with site(lambda path: (200, "<title>อบต.</title><h1>อบต.</h1>") if path == "/" else (404, "")) as url:
        for _ in range(2):
            done = ita_rules(["check", url, "--ruleset", "oit-2566", "--agency-name", "ก", "--format", "json"], tmp_path)
            assert done.code in (exits.GAPS, exits.UNDECIDED), done.err
        ita_rules(["check", url, "--ruleset", "oit-2566", "--out", "elsewhere", "--format", "json"], tmp_path)
    with Index(tmp_path / "runs") as index:
        entries = list(index.entries())
    assert [(e.name, e.url, e.ruleset) for e in entries] == [("ก", url, "oit-2566")] * 2
    folders = [tmp_path / "runs" / entry.folder for entry in entries]
    done = ita_rules(["diff", *map(str, folders)], tmp_path)
    assert (done.code, done.err) == (exits.PASSED, "")


def test_an_index_that_cannot_be_used_costs_no_check_its_run(tmp_path: Path) -> None:
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / FILE_NAME).write_bytes(b"no index" * 100)
    with site(lambda path: (200, "<title>อบต.</title>") if path == "/" else (404, "")) as url:
        done = ita_rules(["check", url, "--agency-name", "ก", "--format", "json", "--lang", "en"], tmp_path)
    assert done.code in (exits.GAPS, exits.UNDECIDED)
    assert "store rebuild" in done.err
    assert len(list((tmp_path / "runs" / "ก").glob("*/report.json"))) == 1
