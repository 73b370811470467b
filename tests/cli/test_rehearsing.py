import pytest

from ita_rules.answers import load_answers
from ita_rules.cli.app import run
from ita_rules.cli.sample import serve_sample


def test_a_rehearsal_of_the_sample(tmp_path, capfd):
    with serve_sample() as site:
        base = site.url.rstrip("/")
        rows = [f"O1,มี,{base}/content.php?id=3,", f"O3,มี,{base}/,หน้าแรก", f"O5,มี,{base}/nothing.pdf,", "O99,มี,http://x.th/,"]
        sheet = tmp_path / "answers.csv"
        sheet.write_text("\n".join(["ข้อ,มี,URL,คำอธิบาย", *rows]), encoding="utf-8")
        asked = ["--ruleset", "oit-2566", "--answers", str(sheet), "--rehearse", "--as-of", site.as_of.isoformat()]
        code = run(["check", site.url, "--agency-name", site.name, *asked, "--out", str(tmp_path / "run")])
    out, err = capfd.readouterr()
    assert code == 12
    assert "✓ O1 โครงสร้าง (แถวที่ 2): พร้อมส่ง" in out
    assert "✕ O3 อำนาจหน้าที่ (แถวที่ 3): ควรแก้ก่อนส่ง" in out
    assert "✕ O5 ข้อมูลการติดต่อ (แถวที่ 4): ควรแก้ก่อนส่ง" in out
    assert "(ไม่มีในไฟล์)" in out
    assert "answers-clean.csv" in err
    cleaned = load_answers(tmp_path / "run" / "answers-clean.csv", known_items=["O1", "O3", "O5"]).rows
    assert cleaned[0].note.startswith("หน้าหลัก > ")


@pytest.mark.parametrize("lang", ["th", "en"])
def test_a_rehearsal_needs_answers(lang, capfd):
    assert run(["check", "http://127.0.0.1:1/", "--rehearse", "--lang", lang]) == 2
    assert "--answers" in capfd.readouterr().err
