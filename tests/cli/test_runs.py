"""Checks that were cut short, nights after nights, and archives: what `--resume`, `--fresh` and `warc` do on the command line."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ita_rules.cli import runs, session
from ita_rules.cli.app import run
from ita_rules.run.codec import pack
from ita_rules.run.reader import RunReader
from ita_rules.run.store import FILE_NAME, RunWriter, load_meta, load_run
from ita_rules.run.types import RunMeta
from tests.cli.site import ita_rules, site
from tests.cli.test_commands import answer
from tests.rulesets.folder import write_rules


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return write_rules(tmp_path / "rules")


@contextmanager
def counted() -> Iterator[tuple[str, list[str]]]:
    """The site of the other tests, and the paths that it was asked for."""
    asked: list[str] = []

    def told(path: str) -> tuple[int, str]:
        asked.append(path)
        return answer(path)

    with site(told) as url:
        yield url, asked


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What each gathering was handed, and the addresses whose bodies readers were given."""
    seen: list[dict[str, Any]] = []
    real_gather, real_pool = session.gather, session.reader_pool

    def gather(*args: Any, **options: Any) -> Any:
        earlier = options["earlier"]
        seen.append({"earlier": earlier and earlier.path, "resumed": options["resumed"], "read": []})
        return real_gather(*args, **options)

    def reader_pool(settings: Any) -> Any:
        pool = real_pool(settings)
        real_read = pool.read

        def read(data: bytes, hints: Any) -> Any:
            seen[-1]["read"].append(hints.url)
            return real_read(data, hints)

        monkeypatch.setattr(pool, "read", read)
        return pool

    monkeypatch.setattr(session, "gather", gather)
    monkeypatch.setattr(session, "reader_pool", reader_pool)
    return seen


def check(url: str, rules: Path, *more: str) -> int:
    given = ["--rules", str(rules), "--as-of", "2023-04-28", "--agency-name", "อบต.ก", "--format", "json", "--lang", "en"]
    return run(["check", url, *given, *more])


def cut_short(folder: Path, forget: str) -> RunMeta:
    """Make a run look as if its program had been killed before an address was asked and before its end."""
    meta = replace(load_meta(folder), finished="", stopped_by=None, started="2023-04-01T02:00:00+07:00")
    with closing(sqlite3.connect(folder / FILE_NAME)) as db, db:
        db.execute("UPDATE meta SET value = ? WHERE name = 'run'", (pack(meta),))
        db.execute("DELETE FROM exchange WHERE key = ?", (forget,))
        db.execute("DELETE FROM link WHERE source = ?", (forget,))
        db.execute("DELETE FROM document")
    (folder / "report.json").unlink()
    return meta


def only_run() -> Path:
    (folder,) = (p.parent for p in Path.cwd().glob(f"runs/*/*/{FILE_NAME}"))
    return folder


def items(folder: Path) -> Any:
    found = json.loads((folder / "report.json").read_text("utf-8"))["items"]
    for item in found:
        for source in item["sources"]:
            del source["fetched_at"]
    return found


@pytest.mark.parametrize("out", [(), ("--out", "run")])
def test_a_check_goes_on_where_it_was_cut_short(
    rules: Path, capsys: pytest.CaptureFixture[str], handed: list[dict[str, Any]], out: tuple[str, ...]
) -> None:
    with counted() as (url, asked):
        code = check(url, rules, *out)
        folder = Path("run") if out else only_run()
        whole, expected = load_run(folder), items(folder)
        meta = cut_short(folder, f"{url}r")
        asked.clear()
        capsys.readouterr()
        assert check(url, rules, "--resume", *out) == code
        assert "2023-04-01T02:00:00" in capsys.readouterr().err
    assert sorted(asked) == ["/r", "/robots.txt"]
    assert handed[1]["resumed"] is not None
    again = load_run(folder)
    assert (again.meta.started, items(folder)) == (meta.started, expected)
    assert set(again.exchanges) == set(whole.exchanges)
    assert again.documents == whole.documents
    assert again.meta.settings == whole.meta.settings


def test_only_the_report_is_made_where_only_that_lacks(rules: Path, handed: list[dict[str, Any]]) -> None:
    with counted() as (url, asked):
        code = check(url, rules)
        folder = only_run()
        expected = (folder / "report.json").read_bytes()
        (folder / "report.json").unlink()
        asked.clear()
        assert check(url, rules, "--resume") == code
        assert (asked, len(handed)) == ([], 1)
        assert (folder / "report.json").read_bytes() == expected
        # Now there is nothing left to go on with.
        check(url, rules, "--resume")
        assert len(handed) == 2
    assert len(list(Path.cwd().glob("runs/*/*/report.json"))) == 2


def test_with_nothing_to_go_on_with_a_check_starts_anew(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with counted() as (url, _):
        assert check(url, rules, "--resume", "--out", "run") == check(url, rules, "--resume", "--out", "run")
        assert capsys.readouterr().err.count("No unfinished check was found in run") == 2
        cut_short(Path("run"), url)
        assert check(url.replace("127.0.0.1", "localhost"), rules, "--resume", "--out", "run") == 2
        assert url in capsys.readouterr().err
        assert load_meta(Path("run")).finished == ""


def test_the_answers_given_now_count_and_a_change_is_told(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with counted() as (url, _):
        Path("a.csv").write_text(f"item,url\nO13,{url}r\n", encoding="utf-8")
        check(url, rules, "--out", "run", "--answers", "a.csv")
        for rows, is_told in ((f"O13,{url}r\n", False), (f"O13,{url}r\nO1,{url}\n", True)):
            cut_short(Path("run"), f"{url}r")
            Path("a.csv").write_text(f"item,url\n{rows}", encoding="utf-8")
            capsys.readouterr()
            check(url, rules, "--out", "run", "--answers", "a.csv", "--resume")
            assert ("not the one with which this check began" in capsys.readouterr().err) is is_told
    assert [a.item for a in load_run(Path("run")).answers] == ["O13", "O1"]


def test_the_second_night_has_the_first_beside_it_and_reads_nothing_anew(rules: Path, handed: list[dict[str, Any]]) -> None:
    with counted() as (url, _):
        check(url, rules)
        first = only_run()
        check(url, rules)
        check(url, rules, "--fresh")
        check(f"{url}r", rules)
    assert [h["earlier"] for h in handed] == [None, Path("runs") / first.relative_to(Path.cwd() / "runs") / FILE_NAME, None, None]
    assert handed[0]["read"]
    assert handed[1]["read"] == handed[2]["read"] == []
    documents = [load_run(p.parent).documents for p in sorted(Path.cwd().glob(f"runs/*/*/{FILE_NAME}"))]
    assert documents[0] == documents[1] == documents[2] != {}


def test_the_run_that_lay_in_the_folder_is_the_earlier_one(rules: Path, handed: list[dict[str, Any]]) -> None:
    with counted() as (url, _):
        for _ in range(2):
            check(url, rules, "--out", "run")
    assert [h["earlier"] and h["earlier"].name for h in handed] == [None, "earlier.sqlite"]
    assert sorted(p.name for p in Path("run").iterdir()) == ["blobs", "report.json", FILE_NAME]


def test_the_night_before_is_the_newest_that_reached_the_site(rules: Path) -> None:
    with counted() as (url, _):
        check(url, rules)
        first = only_run()
        for name, more in (("20990101-000000", {"finished": ""}), ("20990101-000000-10", {"settings": {}})):
            shutil.copytree(first, first.with_name(name))
            with closing(sqlite3.connect(first.with_name(name) / FILE_NAME)) as db, db:
                meta = replace(load_meta(first), **more)
                db.execute("UPDATE meta SET value = ? WHERE name = 'run'", (pack(meta),))
        shutil.copytree(first, first.with_name("20990101-000000-2"))
        (first.with_name("30990101-000000")).mkdir()
        base = Path("runs")
        newest = runs.newest_finished(base, "อบต.ก", url, base)
        assert newest is not None
        assert newest.name == "20990101-000000-2"
        assert runs.newest_finished(base, "อบต.ก", url + "x", base) is None
        assert runs.newest_finished(base, "อบต.ข", url, base) is None
        with RunReader(first) as reader:
            assert reader.exchange(url)


def test_an_audit_goes_on_with_the_agencies_that_were_cut_short(rules: Path) -> None:
    with counted() as (url, asked):
        agencies = "".join(f"- {{name: {name}, type: local, url: '{url}'}}\n" for name in "กข")
        Path("config.yaml").write_text(f"as_of: 2023-04-28\nformat: [json]\nagencies:\n{agencies}", encoding="utf-8")
        code = run(["audit", "--rules", str(rules)])
        (folder,) = (p.parent for p in Path.cwd().glob(f"runs/ก/*/{FILE_NAME}"))
        cut_short(folder, f"{url}r")
        asked.clear()
        assert run(["audit", "--rules", str(rules), "--resume", "--agency", "ก"]) == code
        assert sorted(asked) == ["/r", "/robots.txt"]
        asked.clear()
        assert run(["audit", "--rules", str(rules), "--resume", "--agency", "ข"]) == code
        assert {"/", "/r"} <= set(asked)
        assert [len(list(Path.cwd().glob(f"runs/{name}/*/report.json"))) for name in "กข"] == [1, 2]


def test_an_archive_of_a_run(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with counted() as (url, _):
        check(url, rules, "--out", "run")
    assert run(["warc", "run", "--lang", "en"]) == 0
    assert "run.warc.gz" in capsys.readouterr().out
    assert Path("run/run.warc.gz").read_bytes()[:2] == b"\x1f\x8b"
    assert run(["warc", "run", "--out", "x.warc"]) == 0
    assert Path("x.warc").read_bytes().startswith(b"WARC/1.1")
    body = next(p for p in Path("run/blobs").rglob("*") if p.is_file() and "texts" not in p.parts)
    body.unlink()
    capsys.readouterr()
    assert run(["warc", "run", "--lang", "en"]) == 0
    assert "1 stored bodies are gone" in capsys.readouterr().err
    shutil.rmtree("run/blobs")
    assert run(["warc", "run"]) == 2
    assert "เนื้อหาของหน้าเว็บและไฟล์ไม่อยู่ใน" in capsys.readouterr().err
    assert run(["warc", "run", "--out", "rules"]) == 2
    assert run(["warc", "nowhere"]) == 2


def test_files_from_this_machine_are_no_website(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("ก.html").write_text("<h1>x</h1>", encoding="utf-8")
    run(["check-file", "O13", "ก.html", "--rules", str(rules), "--as-of", "2023-09-30", "--out", "file"])
    capsys.readouterr()
    assert run(["warc", "file", "--lang", "en"]) == 2
    assert "nothing to archive" in capsys.readouterr().err


def test_drafts_that_a_kill_left_are_swept(rules: Path) -> None:
    Path("run").mkdir()
    kept = ["notes.tmp", ".hidden.tmp", ".0123456789abcdeg.tmp"]
    for name in (*kept, ".0123456789abcdef.tmp", f".{'0' * 32}.tmp"):
        Path("run", name).write_text("x")
    with counted() as (url, _):
        check(url, rules, "--out", "run")
    assert sorted(p.name for p in Path("run").iterdir()) == sorted([*kept, "blobs", "report.json", FILE_NAME])


def test_two_checks_do_not_write_to_one_folder(rules: Path) -> None:
    with counted() as (url, asked), RunWriter(Path("run"), RunMeta(url)):
        for more in ((), ("--resume",)):
            words = [*"check --rules rules --as-of 2023-04-28 --format json --lang en --out run".split(), url, *more]
            done = ita_rules(words, Path.cwd())
            assert (done.code, "Another check is writing" in done.err) == (2, True)
        assert not asked
