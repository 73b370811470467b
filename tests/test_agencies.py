"""Agencies from a sheet: what is taken, what is refused with its row, and how the configuration comes to name them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from ita_rules.agencies import dump, read_agencies
from ita_rules.cli.app import run
from ita_rules.config import load_agencies, load_config
from ita_rules.errors import ConfigError
from ita_rules.model import AgencyType

SHEET = """\
บัญชีหน่วยงาน,,,,,
รหัส,ชื่อหน่วยงาน,ประเภท,เว็บไซต์,กลุ่ม,ผู้รับผิดชอบ
0101,อบต.ก,อบต.,https://a.go.th/,"เหนือ, 2569",O24: กองคลัง; annual-report: สำนักปลัด
0102,กรมข,กรม,https://b.go.th/,,
,,องค์กรปกครองส่วนท้องถิ่น,https://c.go.th/,,
0104,อบต.ง,ยานอวกาศ,https://d.go.th/,,
0105,อบต.จ,local,www.e.go.th,,
0101,อบต.ฉ,local,https://f.go.th/,,
0107,อบต.ช,local,HTTPS://A.go.th,,
0108,อบต.ซ,local,https://h.go.th/,,กองคลัง
,,,,,
0109,อบต.ฌ,,https://i.go.th/,,
"""


def sheet(folder: Path, text: str = SHEET) -> Path:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_are_taken_or_refused_with_their_number(tmp_path: Path) -> None:
    found = read_agencies(sheet(tmp_path), ["oit-2569"])
    assert [a.name for a in found.agencies] == ["อบต.ก", "กรมข", "อบต.ฌ"]
    first = found.agencies[0]
    assert (first.type, first.code, first.labels) == (AgencyType.LOCAL, "0101", ("เหนือ", "2569"))
    assert first.units == {"O24": "กองคลัง", "annual-report": "สำนักปลัด"}
    assert found.agencies[1].type is AgencyType.DEPARTMENT
    assert {(c.line, c.message_id.removeprefix("error.agencies.")) for c in found.refused} == {
        (5, "no_name"),
        (6, "type"),
        (7, "bad_url"),
        (8, "code_twice"),
        (9, "url_twice"),
        (10, "units"),
    }
    assert next(c for c in found.refused if c.line == 9).values["before"] == 3


def test_english_columns_and_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["Name", "URL", "former_names", "Former URLs", "hosts", "contact", "province", "ruleset"])
    page.append(["ก", "http://a.go.th/", "ข; ค", "http://old.go.th/", "oit.a.go.th", "02", "น่าน", "oit-2569"])
    page.append(["ง", "http://d.go.th/", "", "", "th", "", "", ""])
    page.append(["จ", "http://e.go.th/", "", "", "", "", "", "oit-1"])
    book.save(tmp_path / "list.xlsx")
    found = read_agencies(tmp_path / "list.xlsx", ["oit-2569"])
    (one,) = found.agencies
    assert (one.former_names, one.former_urls, one.hosts) == (("ข", "ค"), ("http://old.go.th/",), ("oit.a.go.th",))
    assert (one.contact, one.province, one.ruleset) == ("02", "น่าน", "oit-2569")
    assert [(c.line, c.message_id) for c in found.refused] == [(3, "error.agencies.value"), (4, "error.agencies.ruleset")]
    (tmp_path / "agencies.yaml").write_text(dump(found.agencies), encoding="utf-8")
    assert load_agencies(tmp_path / "agencies.yaml") == found.agencies


def test_a_sheet_without_the_columns_or_without_letters_is_refused(tmp_path: Path) -> None:
    for text, message_id in (("a,b\n1,2\n", "error.agencies.columns"), ("", "error.agencies.columns")):
        with pytest.raises(ConfigError) as refused:
            read_agencies(sheet(tmp_path, text), [])
        assert refused.value.message_id == message_id
    with pytest.raises(ConfigError) as refused:
        read_agencies(tmp_path / "none.csv", [])
    assert refused.value.message_id == "error.agencies.sheet_missing"


def test_a_configuration_comes_to_name_them_and_keeps_its_own_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    own = "# ของเรา\nagencies:\n  - {name: เดิม, url: 'https://b.go.th/'}\n"
    Path("config.yaml").write_text(own, encoding="utf-8")
    sheet(tmp_path)
    assert run(["agencies", "import", "list.csv", "--into", "config.yaml", "--lang", "en"]) == 2
    told = capsys.readouterr()
    assert "row 4: the website" in told.err
    assert "2 agencies taken, 7 rows refused" in told.out
    assert Path("config.yaml").read_text("utf-8") == own + "agencies_file: agencies.yaml\n"
    assert [a.name for a in load_config(Path("config.yaml")).agencies] == ["เดิม", "อบต.ก", "อบต.ฌ"]
    # The same again: what was imported is no double of itself, and the old file stays beside the new one.
    assert run(["agencies", "import", "list.csv", "--into", "config.yaml", "--lang", "en"]) == 2
    assert "2 agencies taken" in capsys.readouterr().out
    assert Path("agencies.yaml.old").is_file()
    assert run(["agencies", "list", "--label", "เหนือ", "--lang", "en"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert listed == ["0101 · อบต.ก · Local administrative organization · https://a.go.th/ · เหนือ, 2569", "1 agencies"]
    Path("agencies.yaml").write_text("agencies:\n- {name: ก, url: x, colour: red}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load_config(Path("config.yaml"))
    assert (Path(str(refused.value.values["file"])).name, refused.value.values["line"]) == ("agencies.yaml", 2)


def test_a_flow_configuration_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("config.yaml").write_text("{out: runs}\n", encoding="utf-8")
    sheet(tmp_path)
    assert run(["agencies", "import", "list.csv", "--into", "config.yaml"]) == 2
    assert Path("config.yaml").read_text("utf-8") == "{out: runs}\n"
    assert run(["agencies", "import", "list.csv", "--into", "config.yaml", "--out", "x.yaml"]) == 2
    assert not Path("x.yaml").exists()


def test_who_imports_for_the_first_time_is_told_how_the_list_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.csv").write_text("ชื่อหน่วยงาน,เว็บไซต์\nอบต. ก,https://a.example.go.th/\n", encoding="utf-8")
    assert run(["agencies", "import", "list.csv", "--into", "config.yaml", "--lang", "en"]) == 2
    assert "ruleset: oit-2569" in capsys.readouterr().err
    assert run(["agencies", "import", "list.csv", "--lang", "en"]) == 0
    assert "agencies_file: agencies.yaml" in capsys.readouterr().err
    (tmp_path / "config.yaml").write_text("ruleset: oit-2569\n", encoding="utf-8")
    assert run(["agencies", "import", "list.csv", "--into", "config.yaml", "--lang", "en"]) == 0
    assert "agencies_file" not in capsys.readouterr().err
