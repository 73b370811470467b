"""The evidence package of a real run, made and checked by the command line; and packages that were tampered with."""

import hashlib
import json
import shutil
import sqlite3
import zipfile
from contextlib import closing

import pytest

from ita_rules.cli.app import run
from ita_rules.cli.sample import serve_sample
from ita_rules.evidence import MANIFEST, Manifest, verify_package

NUMBER = "1103702071811"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder of a small run of the sample, and a package of it."""
    folder = tmp_path_factory.mktemp("evidence")
    with serve_sample() as site:
        sheet = folder / "answers.csv"
        base = site.url.rstrip("/")
        sheet.write_text(f"ข้อ,URL\nO1,{base}/content.php?id=3\nO4,{base}/files/plan/แผนพัฒนา66-70.pdf\n", encoding="utf-8")
        asked = ["--ruleset", "oit-2566", "--answers", str(sheet), "--max-pages", "12", "--as-of", site.as_of.isoformat()]
        assert run(["check", site.url, "--agency-name", site.name, *asked, "--out", str(folder / "run")]) in (10, 12)
    assert run(["evidence", str(folder / "run"), "--out", str(folder / "whole.zip")]) == 0
    return folder


def test_a_package_is_sound_and_holds_what_it_says(made, capfd):
    assert run(["evidence", "verify", str(made / "whole.zip")]) == 0
    out = capfd.readouterr().out
    assert "แฟ้มถูกต้อง" in out
    with zipfile.ZipFile(made / "whole.zip") as package:
        names = package.namelist()
        text = package.read(MANIFEST)
    assert {"README.html", "report.html", "report.json", "run/run.sqlite", "archive/run.warc.gz"} <= set(names)
    assert any(name.startswith("pages/O4/") for name in names)
    assert any(name.startswith("texts/") for name in names)
    assert "rules/inference.yaml" in names
    assert not any(name.endswith(".cases.yaml") for name in names)
    assert hashlib.sha256(text).hexdigest() in out


def test_checking_reads_the_bodies_anew_and_finds_the_same(made):
    from crawlers.readers.interface import Hints, read

    found = verify_package(
        made / "whole.zip", lambda data, e: read(data, Hints(e.final_url, e.media_type, e.filename, e.final_url))
    )
    assert found.sound
    assert found.reread >= 2
    assert found.drift == []
    drifted = verify_package(made / "whole.zip", lambda data, e: read(b"", Hints()))
    assert drifted.sound
    assert len(drifted.drift) == drifted.reread


def test_one_item_takes_only_what_it_rests_on(made, capfd):
    assert run(["evidence", str(made / "run"), "--item", "o4", "--out", str(made / "one.zip")]) == 0
    assert run(["evidence", "verify", str(made / "one.zip")]) == 0
    with zipfile.ZipFile(made / "one.zip") as one, zipfile.ZipFile(made / "whole.zip") as whole:
        assert one.getinfo("archive/run.warc.gz").file_size < whole.getinfo("archive/run.warc.gz").file_size
        assert {name.split("/")[1] for name in one.namelist() if name.startswith("pages/")} == {"O4"}
        assert Manifest.model_validate_json(one.read(MANIFEST)).items == ("O4",)
        assert "O1 โครงสร้าง" not in one.read("README.html").decode()


def changed(made, tmp_path, name, content, *, listed=False):
    """The package with one file changed; `listed` brings the manifest into line."""
    target = tmp_path / "changed.zip"
    with zipfile.ZipFile(made / "whole.zip") as source, zipfile.ZipFile(target, "w") as out:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == name:
                data = content(data)
            if entry.filename == MANIFEST and listed:
                facts = json.loads(data)
                made_anew = content(source.read(name))
                for held in facts["files"]:
                    if held["path"] == name:
                        held.update(sha256=hashlib.sha256(made_anew).hexdigest(), size=len(made_anew))
                data = json.dumps(facts).encode()
            if data is not None:
                out.writestr(entry.filename, data)
    return target


@pytest.mark.parametrize("name", ["report.json", "run/run.sqlite", "archive/run.warc.gz", "rules/inference.yaml", "README.html"])
def test_a_changed_file_is_named(made, tmp_path, name, capfd):
    target = changed(made, tmp_path, name, lambda data: data[:-1] + b"x")
    assert run(["evidence", "verify", str(target)]) == 12
    assert name in capfd.readouterr().out


def test_a_file_that_lacks_or_was_added_is_named(made, tmp_path):
    lacks = changed(made, tmp_path, "README.html", lambda data: None)
    assert verify_package(lacks).problems == [("evidence.problem.lacks", {"path": "README.html"})]
    added = tmp_path / "added.zip"
    shutil.copy(made / "whole.zip", added)
    with zipfile.ZipFile(added, "a") as package:
        package.writestr("more.txt", "x")
    assert verify_package(added).problems == [("evidence.problem.added", {"path": "more.txt"})]


def test_a_verdict_that_the_texts_do_not_give_is_found_even_where_all_hashes_fit(made, tmp_path, capfd):
    def better(data):
        report = json.loads(data)
        report["items"][1]["status"] = "pass"
        return json.dumps(report, ensure_ascii=False).encode()

    target = changed(made, tmp_path, "report.json", better, listed=True)
    assert run(["evidence", "verify", str(target), "--lang", "en"]) == 12
    assert "not sound" in capfd.readouterr().out


def test_other_rules_than_those_that_judged_are_found(made, tmp_path):
    target = changed(
        made,
        tmp_path,
        "rules/oit-2566/ruleset.yaml",
        lambda data: data.replace(b"fiscal_year: 2566", b"fiscal_year: 2567"),
        listed=True,
    )
    found = verify_package(target)
    assert [name for name, _ in found.problems] in (["evidence.problem.rules"], ["evidence.problem.unusable"])


def test_numbers_are_masked_unless_asked(made, tmp_path):
    folder = tmp_path / "run"
    shutil.copytree(made / "run", folder)
    report = json.loads((folder / "report.json").read_text("utf-8"))
    check = report["items"][0]["checks"][0]
    check["evidence"] = [{"url": "http://a/", "page": None, "quote": f"เลขประจำตัวประชาชน {NUMBER}"}]
    (folder / "report.json").write_text(json.dumps(report, ensure_ascii=False), "utf-8")
    for more, seen in (([], False), (["--unmasked"], True)):
        assert run(["evidence", str(folder), "--out", str(tmp_path / "x.zip"), *more]) == 0
        with zipfile.ZipFile(tmp_path / "x.zip") as package:
            for name in ("report.json", "report.html", "README.html"):
                assert (NUMBER in package.read(name).decode()) is seen


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["verify"], "verify evidence.zip"),
        (["verify", "/nowhere/x.zip"], "/nowhere/x.zip"),
        (["RUN", "FILE"], "FILE"),
        (["RUN", "--item", "O99"], "O99"),
        (["/nowhere"], "/nowhere"),
    ],
)
@pytest.mark.parametrize("lang", ["th", "en"])
def test_wrong_use_is_said_in_words(made, args, says, lang, capfd):
    words = [str(made / "run") if word == "RUN" else word for word in args]
    assert run(["evidence", *words, "--lang", lang]) == 2
    err = capfd.readouterr().err
    assert says in err
    assert "Traceback" not in err


def test_what_is_no_package_is_said_in_words(tmp_path, capfd):
    (tmp_path / "a.zip").write_bytes(b"not a zip")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as package:
        package.writestr("x", "y")
    for name in ("a.zip", "b.zip"):
        assert run(["evidence", "verify", str(tmp_path / name)]) == 2
        assert "Traceback" not in capfd.readouterr().err


def test_a_run_without_its_report_or_with_other_rules_is_refused(made, tmp_path, capfd):
    folder = tmp_path / "run"
    shutil.copytree(made / "run", folder)
    report = json.loads((folder / "report.json").read_text("utf-8"))
    report["ruleset"]["version"] = "2566.old"
    (folder / "report.json").write_text(json.dumps(report), "utf-8")
    assert run(["evidence", str(folder)]) == 2
    assert "2566.old" in capfd.readouterr().err
    (folder / "report.json").unlink()
    assert run(["evidence", str(folder)]) == 2
    assert "judge" in capfd.readouterr().err


def test_a_broken_run_in_a_package_is_a_problem(made, tmp_path):
    def broken(data):
        path = tmp_path / "broken.sqlite"
        path.write_bytes(data)
        with closing(sqlite3.connect(path)) as db, db:
            db.execute("UPDATE document SET data = x'00'")
        return path.read_bytes()

    target = changed(made, tmp_path, "run/run.sqlite", broken, listed=True)
    assert [name for name, _ in verify_package(target).problems] == ["evidence.problem.unusable"]
