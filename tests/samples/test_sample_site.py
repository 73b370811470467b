"""The committed sample agency: its links, its planted faults, its truth."""

import csv
import importlib
import io
import json
import re
import sys
import zipfile
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pypdfium2
import pytest

from ita_rules.data import data_folder

FOLDER = data_folder("samples")
ROUTES = json.loads((FOLDER / "routes.json").read_text("utf-8"))
TRUTH = json.loads((FOLDER / "truth.json").read_text("utf-8"))
ITEMS = {item["item"]: item for item in TRUTH["items"]}
PLANTED = TRUTH["planted"]
MONTHS = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม"
SHORT_MONTHS = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค."
HOST = "http://sample.invalid"
ATTRIBUTE = re.compile(r"""(?:href|src|data|content)=["']([^"']*)["']|location\.href='([^']*)'""")


def body(path):
    """The bytes behind a path."""
    return (FOLDER / "site" / ROUTES[path]["file"]).read_bytes()


def html(path):
    """The page at a path, decoded."""
    content = body(path)
    return content.decode("cp874" if b"charset=windows-874" in content else "utf-8")


def pages():
    """Paths that answer with a page."""
    return [path for path, route in ROUTES.items() if path != "*" and str(route.get("type", "")).startswith("text/html")]


def find(target):
    """The key of `routes.json` that the server answers a path with, or None."""
    if target in ROUTES:
        return target
    path = target.partition("?")[0]
    return path if path in ROUTES else None


def links(path):
    """Where a page leads to on this site: decoded paths with their queries. Comments are no links."""
    text = re.sub(r"<!--.*?-->", "", html(path), flags=re.S)
    found = set()
    for value, script in ATTRIBUTE.findall(text):
        value = unescape(value or script)
        if value.startswith("0; url="):
            value = value[7:]
        elif not value.startswith("/"):
            continue
        parts = urlsplit(urljoin(HOST + "/", value))
        found.add(unquote(parts.path) + ("?" + unquote(parts.query) if parts.query else ""))
        if parts.query.startswith("file="):
            found.add(unquote(parts.query[5:]))
    return found


def reached():
    """Every path that some chain of links leads to from the main page."""
    seen, waiting = set(), ["/"]
    while waiting:
        path = find(waiting.pop())
        if path is None or path in seen:
            continue
        seen.add(path)
        route = ROUTES[path]
        if "location" in route:
            waiting.append(route["location"])
        elif str(route["type"]).startswith("text/html"):
            waiting.extend(links(path))
    return seen


def text_of(path):
    """What a reader gets out of the document or page at a path."""
    route = ROUTES[path]
    if "location" in route:
        return text_of(route["location"])
    content = body(path)
    if content.startswith(b"%PDF"):
        with pypdfium2.PdfDocument(content) as document:
            parts = []
            for page in document:
                layer = page.get_textpage()
                parts.append(layer.get_text_range())
                layer.close()
                page.close()
        return "\n".join(parts)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name for name in archive.namelist() if re.search(r"word/document|sharedStrings|worksheets/", name)]
            return unescape(re.sub(r"<[^>]+>", " ", "\n".join(archive.read(name).decode("utf-8") for name in names)))
    return unescape(html(path))


def flat(text):
    """Without white space: lines break where they like."""
    return re.sub(r"\s+", "", text)


def test_every_route_has_its_body_and_every_body_its_route():
    named = {route["file"] for route in ROUTES.values() if "file" in route}
    assert named == {path.name for path in (FOLDER / "site").iterdir()}
    assert all("location" in route or "file" in route for route in ROUTES.values())
    assert all(find(route["location"]) for route in ROUTES.values() if "location" in route)


def test_it_is_small_and_has_many_pages():
    assert sum(path.stat().st_size for path in (FOLDER / "site").iterdir()) < 3_000_000
    assert len(pages()) >= 40


def test_internal_links_resolve_or_are_planted():
    dead = {link for path in pages() for link in links(path) if find(link) is None}
    assert dead == set(PLANTED["not_found"])


def test_only_planted_pages_are_orphans():
    served = {path for path in ROUTES if path not in ("*", "/robots.txt", "/index.php")}
    assert served - reached() == set(PLANTED["orphans"])


def test_links_are_relative_to_the_host():
    for path in pages():
        assert "127.0.0.1" not in html(path)
        assert "localhost" not in html(path)


def test_markup_has_its_oddities():
    text = "\n".join(html(path) for path in pages())
    for oddity in (
        "javascript:void(0)",
        'href="#"',
        "MsoNormal",
        "<!--",
        "<iframe",
        "<embed",
        "<object",
        'http-equiv="refresh"',
        "?file=",
    ):
        assert oddity in text
    assert any(b"charset=windows-874" in body(path) for path in pages())
    assert any("Content-Disposition" in route.get("headers", {}) for route in ROUTES.values())
    soft = PLANTED["soft_404"][0]
    assert ROUTES[soft].get("status", 200) == 200
    assert "ไม่พบ" in html(soft)


def test_truth_covers_the_year():
    assert list(ITEMS) == [f"O{number}" for number in range(1, 44)]
    gaps = {code: item for code, item in ITEMS.items() if item["status"][0] == "gap"}
    assert len(gaps) >= 12
    assert all(item["gap"] and item["expect"] and item["note"] for item in gaps.values())
    assert all(not item["gap"] and not item["expect"] for code, item in ITEMS.items() if code not in gaps)
    assert [code for code, item in ITEMS.items() if item["status"][0] == "undecided"] == ["O41"]
    assert len({item["gap"] for item in gaps.values()}) >= 10
    concepts = [concept for item in ITEMS.values() for concept in item["concepts"]]
    assert len(set(concepts)) == 43


def test_sources_exist_and_bad_addresses_do_not():
    for item in ITEMS.values():
        assert item["sources"] or item["bad_urls"]
        assert all(path in ROUTES for path in item["sources"])
        assert all(find(path) is None for path in item["bad_urls"])


def test_answers_name_a_true_source_of_every_item():
    content = (FOLDER / "answers.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert {row["item"] for row in rows} == set(ITEMS)
    for row in rows:
        assert row["url"].startswith("{base}/")
        item = ITEMS[row["item"]]
        assert row["url"][6:] in item["sources"] + item["bad_urls"]


@pytest.mark.parametrize("code", [code for code, item in ITEMS.items() if item["needs"]])
def test_evidence_says_what_its_truth_rests_on(code):
    text = flat("\n".join(text_of(path) for path in ITEMS[code]["sources"]))
    missing = [words for words in ITEMS[code]["needs"] if flat(words) not in text]
    assert missing == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("O13", ["อุปสรรค", "ข้อเสนอแนะ"]),
        ("O21", ["กุมภาพันธ์ 2566"]),
        ("O24", ["งบประมาณที่ใช้", "เบิกจ่าย", "บาท"]),
        ("O31", ["นายพงศ์เทวา"]),
        ("O37", ["มีนาคม ๒๕๖๖"]),
        ("O7", ["มกราคม 2566", "ตุลาคม 2565", "พฤศจิกายน 2565", "ธันวาคม 2565"]),
    ],
)
def test_gaps_are_truly_there(code, words):
    text = flat("\n".join(text_of(path) for path in ITEMS[code]["sources"]))
    assert [word for word in words if flat(word) in text] == []


def test_contents_page_alone_names_the_problems():
    path = ITEMS["O26"]["sources"][0]
    assert flat(text_of(path)).count("อุปสรรค") == 1


def test_executives_have_no_photo_beside_them_and_the_council_has():
    main = html("/content.php?id=4").split('class="main"')[1]
    assert "<img" not in main
    assert html("/content.php?id=5").split('class="main"')[1].count("<img") == 6


def test_scan_has_no_text_and_is_a_picture():
    path = ITEMS["O41"]["sources"][0]
    assert text_of(path).strip() == ""
    assert b"/Image" in body(path)


def test_papers_with_a_broken_text_layer_lost_every_sara_am():
    broken = [item for item in ITEMS.values() if item["form"] == "pdf-broken"]
    assert broken
    for item in broken:
        text = "".join(text_of(path) for path in item["sources"] if path.endswith(".pdf"))
        assert "ำ" not in text
        assert "ดาเนิน" in text


def test_all_other_papers_have_a_sound_text_layer():
    broken = {path for item in ITEMS.values() if item["form"] in ("pdf-broken", "scan") for path in item["sources"]}
    papers = [path for path, route in ROUTES.items() if route.get("type") == "application/pdf" and path not in broken]
    assert len(papers) >= 20
    for path in papers:
        text = text_of(path)
        assert "องค์การบริหารส่วนตำบล" in flat(text)
        assert not re.search(r"[\ue000-\uf8ff\ufffd]|(?<![ก-ฮ])[ัิีึืุู็่้๊๋์ํ]{3}", text)


def test_nothing_is_dated_after_the_day_of_judgement():
    months, short = MONTHS.split(), SHORT_MONTHS.split()
    names = "|".join(re.escape(name) for name in months + short)
    thai = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
    late = []
    for path, route in ROUTES.items():
        if "file" not in route or path == "*" or str(route["type"]).startswith(("image", "text/css", "text/plain")):
            continue
        for day, month, year in re.findall(rf"(\d{{1,2}})\s*({names})\s*(?:พ\.ศ\.)?\s*(\d{{4}})", text_of(path).translate(thai)):
            number = (months.index(month) if month in months else short.index(month)) + 1
            if (int(year), number, int(day)) > (2566, 4, 28):
                late.append((path, day, month, year))
    # a plan of several years ends later than the day of judgement; no day of the month stands before those
    assert late == []


@pytest.mark.slow
def test_generator_makes_the_committed_site_and_the_same_bytes_twice(tmp_path, monkeypatch):
    pytest.importorskip("reportlab")
    pytest.importorskip("PIL")
    if not Path("/usr/share/fonts/truetype/tlwg/Laksaman.ttf").is_file():
        pytest.skip("the Thai fonts of fonts-thai-tlwg are not on this machine")
    monkeypatch.syspath_prepend(str(FOLDER))
    first, second = tmp_path / "1", tmp_path / "2"
    try:
        make = importlib.import_module("make")
        for folder in (first, second):
            folder.mkdir()
            make.main(folder)
    finally:
        for name in [name for name in sys.modules if name == "make" or name.partition(".")[0] == "generator"]:
            del sys.modules[name]
    # routes name their bodies by content, so they tell of every byte
    assert (first / "routes.json").read_bytes() == (second / "routes.json").read_bytes()
    for name in ("truth.json", "site.json", "answers.csv"):
        assert (first / name).read_bytes() == (FOLDER / name).read_bytes()
    # other versions of the libraries may pack the same page differently, so against the committed site only the shape counts
    made = json.loads((first / "routes.json").read_text("utf-8"))
    assert {path: route.get("type") for path, route in made.items()} == {
        path: route.get("type") for path, route in ROUTES.items()
    }
