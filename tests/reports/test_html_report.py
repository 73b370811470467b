"""The page holds nothing hostile, says all that matters in both languages, and stays small."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from ita_rules.messages import messages
from ita_rules.model import Example, Measured, Report, Status, ToOpen, Total, Waived
from ita_rules.plan import plan
from reports.html_report import LIMITS, HtmlRenderer, page
from reports.interface import PagePicture
from tests.reports import factory

CSS = (Path(__file__).parents[2] / "reports" / "templates" / "report.css").read_text(encoding="utf-8")


def _parsed(text: str) -> Any:
    return html.fromstring(text, parser=html.HTMLParser(encoding="utf-8"))


def test_nothing_hostile_survives() -> None:
    text = page(factory.hostile())
    tree = _parsed(text.encode())
    assert tree.xpath("//img | //svg | //iframe | //object | //embed | //form | //base | //link") == []
    assert len(tree.xpath("//script")) == 1
    assert [name for element in tree.iter("*") for name in element.attrib if name.startswith("on")] == []
    hrefs = tree.xpath("//@href")
    assert hrefs
    assert [href for href in hrefs if not re.match(r"#[a-z0-9-]+$|https?://[a-z]", href)] == []
    assert tree.xpath("//@src | //@srcset | //@action | //@formaction | //@srcdoc") == []
    assert re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text) == []
    assert "7*7" in text  # text of a template stays text
    assert len(tree.xpath("//style")) == 1
    assert len(text) < 300_000


def test_only_plain_web_addresses_become_links() -> None:
    tree = _parsed(page(factory.realistic()).encode())
    outside = [link for link in tree.xpath("//a[@href]") if not link.get("href").startswith("#")]
    assert len(outside) > 40
    assert {link.get("rel") for link in outside} == {"noopener noreferrer nofollow"}
    assert {link.get("href").split(":")[0] for link in outside} <= {"http", "https"}
    # Thai in an address is shown as Thai and linked as it was found.
    assert any("รายงาน-13.pdf" in link.text_content() and "%E0%B8" in link.get("href") for link in outside)


def test_the_page_forbids_every_script_but_its_own() -> None:
    tree = _parsed(page(factory.empty()).encode())
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    (script,) = tree.xpath("//script/text()")
    mark = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{mark}';" in policy
    assert tree.xpath("//@onclick | //@onload | //@onerror") == []
    assert not re.search(r"url\(|@import", CSS)


def test_every_item_has_a_card_and_the_strip_leads_there() -> None:
    report = factory.realistic()
    tree = _parsed(page(report).encode())
    cards = {card.get("id"): card for card in tree.xpath("//details[contains(@class, 'item')]")}
    assert len(cards) == len(report.items) == 43
    chips = tree.xpath("//ul[@class='chips']//a")
    assert [chip.get("href")[1:] for chip in chips] == list(cards)
    words = messages("th")
    for item, (anchor, card), chip in zip(report.items, cards.items(), chips, strict=True):
        assert (card.get("open") is not None) == (item.status in (Status.GAP, Status.UNDECIDED)), anchor
        # Never by colour alone: the word stands in the card and in the strip.
        assert words.say(f"status.{item.status.value}") in card.xpath("./summary")[0].text_content()
        assert words.say(f"status.{item.status.value}") in chip.text_content()
        assert item.name in card.text_content()


def test_gaps_come_first_inside_an_item_and_passes_are_folded() -> None:
    tree = _parsed(page(factory.realistic()).encode())
    card = tree.get_element_by_id("item-13")
    text = " ".join(card.text_content().split())
    assert text.index("ไม่พบองค์ประกอบ ปัญหา/อุปสรรค") < text.index("เงื่อนไขที่ผ่านแล้ว 4 เงื่อนไข")
    (folded,) = card.xpath(".//details[@class='rest']")
    assert folded.get("open") is None
    assert "พบ ผลการดำเนินการ" in folded.text_content()
    assert "๕. ข้อเสนอแนะ" in card.xpath(".//mark")[0].text_content()
    assert "หน้า 24" in text
    assert "เพิ่มหัวข้อ “ปัญหา อุปสรรค”" in text
    assert "ยังไม่ได้ตรวจเทียบกับคู่มือ" in text
    assert "หน้าหลัก > การเปิดเผยข้อมูลสาธารณะ (ITA) ปี 2566 > O13" in text
    advice = tree.get_element_by_id("item-12").xpath(".//div[@class='advice']")
    assert "ภาพสแกน" in advice[0].text_content()


def test_the_summary_says_what_the_report_says() -> None:
    tree = _parsed(page(factory.realistic()).encode())
    text = " ".join(tree.text_content().split())
    assert "72.19 ถึง 85" in text
    assert "ไม่ใช่ผลการประเมินของสำนักงาน ป.ป.ช." in text
    assert "เงื่อนไขที่ต้องแก้ไขรวม 8 เงื่อนไข · ในจำนวนนี้ 2 เงื่อนไข" in text
    assert "ครบจำนวนหน้าที่กำหนด" in text
    first = [code.text_content() for code in tree.xpath("//ol[@class='first']/li/a")]
    assert first == ["O42", "O21", "O28", "O29", "O2", "O8", "O13"]
    assert "หน่วยงาน โปรดเปิดสิทธิ์" in text


@pytest.mark.parametrize("make", [factory.realistic, factory.hostile, factory.undecided, factory.empty])
@pytest.mark.parametrize("lang", ["th", "en"])
def test_both_languages_stand_in_every_report(make: Any, lang: str, caplog: pytest.LogCaptureFixture) -> None:
    text = page(make().model_copy(update={"lang": lang}))
    tree = _parsed(text.encode())
    assert tree.get("lang") == lang
    assert messages(lang).say("report.disclaimer") in tree.text_content()
    assert caplog.records == []  # a missing sentence would be logged
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert set(tree.xpath("//a[starts-with(@href, '#')]/@href")) <= {f"#{each}" for each in ids}
    for labelled in tree.xpath("//section/@aria-labelledby"):
        assert labelled in ids


def test_nothing_to_mend_is_not_said_alone_when_much_is_undecided() -> None:
    assert messages("th").say("report.first.open", count=43) in page(factory.undecided())
    assert "ข้อที่ยังตัดสินไม่ได้ ดูสาเหตุ" not in page(factory.empty())
    assert messages("th").say("report.first.none") in page(factory.empty())


def test_what_is_left_out_is_said() -> None:
    report = factory.large()
    text = page(report)
    assert messages("th").say("report.check.more", more=len(report.items[0].checks[0].evidence) - LIMITS["evidence"]) in text


def test_a_large_report_is_small_and_quick(tmp_path: Path) -> None:
    report = factory.large()
    assert sum(len(item.sources) for item in report.items) >= 300
    start = time.perf_counter()
    path = HtmlRenderer().render(report, tmp_path, "large")
    assert time.perf_counter() - start < 2
    assert path.stat().st_size < 3_000_000


def test_the_same_report_gives_the_same_page() -> None:
    assert page(factory.realistic()) == page(factory.realistic())


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colours_reach_the_contrast_of_wcag_aa() -> None:
    themes = [dict(re.findall(r"--([a-z_-]+): (#[0-9a-f]{6})", block)) for block in re.findall(r":root \{([^}]*)\}", CSS)]
    assert len(themes) == 2
    for theme in themes:
        pairs = [(text, ground) for text in ("ink", "soft", "accent", "link") for ground in ("paper", "tint")]
        pairs += [(s.value, ground) for s in Status for ground in ("paper", f"{s.value}-tint")] + [("mark-ink", "mark")]
        pairs += [("undecided", "tint")]
        assert [pair for pair in pairs if _contrast(theme[pair[0]], theme[pair[1]]) < 4.5] == []


def test_files_from_disk_are_told_without_a_site_and_a_score() -> None:
    report = factory.realistic()
    agency = report.agency.model_copy(update={"name": "", "url": ""})
    run = report.run.model_copy(update={"warnings": (), "unreached": ()})
    text = page(report.model_copy(update={"agency": agency, "run": run}))
    say = messages("th").say
    assert f"<h1>{say('report.files')}</h1>" in text
    for left_out in ("report.score", "report.coverage", "report.strip"):
        assert say(left_out) not in text.replace(say("report.disclaimer"), ""), left_out
    assert f"<dt>{say('report.website')}</dt>" not in text
    assert say("report.items") in text


def narrowly() -> Report:
    """The realistic report with an item that passes narrowly, a gap that is waived, and the whole total."""
    report = factory.realistic()
    opened = ToOpen(
        item="O14",
        checks=("O14.period",),
        reasons=("อ่านจากภาพสแกน",),
        asks="แสดงปี",
        url=f"{factory.SITE}/a.pdf",
        page=7,
        quote="ประจำปี ๒๕๖๖",
        confidence=0.8,
    )
    waived = Waived(reason="จังหวัดเป็นผู้จัดทำ", who="ปลัด อบต.", until="2023-12-31")
    items = tuple(
        i.model_copy(update={"checks": tuple(c.model_copy(update={"waived": waived}) for c in i.checks)}) if i.id == "O42" else i
        for i in report.items
    )
    total = Total(iit=90, eit=85, low=81.38, high=86.5, level_low="ต้องปรับปรุง", level_high="ผ่านดี", passes=85)
    return report.model_copy(update={"to_open": (opened,), "items": items, "plan": plan(items), "total": total})


def test_the_report_opens_with_what_passes_narrowly() -> None:
    tree = _parsed(page(narrowly()).encode())
    assert tree.xpath("//main/section/h2/@id")[:2] == ["summary", "open"]
    assert tree.xpath("//main/section[1]//a[@href='#open']")
    (entry,) = tree.xpath("//ol[@class='first narrow']/li")
    assert entry.xpath(".//a/@href") == ["#item-14", f"{factory.SITE}/a.pdf#page=7"]
    for words in ("แสดงปี", "ประจำปี ๒๕๖๖", "อ่านจากภาพสแกน", "หน้า 7"):
        assert words in entry.text_content()
    assert "open" not in _parsed(page(factory.realistic()).encode()).xpath("//main/section/h2/@id")


def test_what_is_waived_is_told_with_its_reason_and_is_not_to_be_mended() -> None:
    tree = _parsed(page(narrowly()).encode())
    first = [code.text_content() for code in tree.xpath("//ol[@class='first']/li/a")]
    assert "O42" not in first
    card = tree.get_element_by_id("item-42")
    assert messages("th").say("status.gap") in card.xpath("./summary")[0].text_content()
    assert "ยกเว้นถึง 31 ธันวาคม 2566 เพราะ จังหวัดเป็นผู้จัดทำ โดย ปลัด อบต." in " ".join(card.text_content().split())
    assert "มีข้อยกเว้น" in card.xpath("./summary")[0].text_content()


def test_the_whole_total_has_its_levels_and_says_that_nobody_verified_them() -> None:
    text = " ".join(_parsed(page(narrowly()).encode()).text_content().split())
    assert "81.38 ถึง 86.5" in text
    assert "ต้องปรับปรุง ถึง ผ่านดี (เกณฑ์ของระดับยังไม่ได้ตรวจเทียบกับคู่มือ)" in text


@pytest.mark.parametrize("lang", ["th", "en"])
def test_to_a_reviewer_a_gap_is_a_proposal_and_there_is_no_score(lang: str) -> None:
    say = messages(lang).say
    report = narrowly().model_copy(update={"persona": "reviewer", "lang": lang})
    tree = _parsed(page(report).encode())
    text = " ".join(tree.text_content().split())
    assert all(card.get("open") is not None for card in tree.xpath("//details"))
    assert say("report.proposed") in text
    marks = {mark.text_content().strip() for mark in tree.xpath("//span[contains(@class, 'badge')] | //span[@class='unseen']")}
    assert not any(say("status.gap") in mark for mark in marks)
    for gone in ("report.disclaimer", "report.score", "report.total", "report.first", "report.score.explain"):
        assert say(gone) not in text, gone
    proposed = tree.xpath("//ol[@class='first']/li//li")
    assert proposed
    prefix = say("report.proposed.message").partition(":")[0]
    assert all(li.text_content().startswith(f"{prefix}: ") for li in proposed)
    assert tree.xpath("//p[@class='mini']") == []


def test_what_was_measured_of_an_item_stands_in_its_card() -> None:
    made = factory.realistic()
    first = made.items[0].model_copy(update={"measured": Measured(seen=9, right=7, passes=8, accused=1)})
    report = made.model_copy(update={"items": (first, *made.items[1:])})
    told = messages(report.lang).say("report.measured", right=7, seen=9, accused=1, passes=8)
    cards = _parsed(page(report)).xpath("//details[contains(@class, 'item')]")
    assert sum(told in " ".join(card.text_content().split()) for card in cards) == 1


@pytest.mark.parametrize("lang", ["th", "en"])
def test_coverage_says_who_must_act_what_was_cut_off_and_what_was_not_verified(lang: str) -> None:
    report = factory.realistic(lang=lang)
    tree = _parsed(page(report).encode())
    (section,) = tree.xpath("//section[@aria-labelledby='coverage']")
    words = " ".join(section.text_content().split())
    say = messages(lang).say
    places = [words.index(say(f"who.{who}")) for who in ("webmaster", "hosting", "external", "tool")]
    assert places == sorted(places)
    for told in ("report.coverage.bounds", "report.coverage.insecure"):
        assert say(told) in words
    for told, count in (("report.coverage.rendered", 3), ("report.coverage.unchanged", 57)):
        assert say(told, count=count) in words
    assert report.run.bounds[0].message in words
    assert "ใบรับรองหมดอายุ" in words
    assert messages(lang).who("social_wall") in words


def test_a_run_without_such_things_says_nothing_of_them() -> None:
    text = page(factory.empty())
    say = messages("th").say
    for id_ in ("report.coverage.bounds", "report.coverage.insecure", "report.coverage.unreached.title", "who.webmaster"):
        assert say(id_) not in text


def test_a_source_shows_what_is_to_be_known_of_it() -> None:
    report = factory.realistic()
    (warned,) = [w.message for item in report.items for s in item.sources for w in s.warnings]
    tree = _parsed(page(report).encode())
    (shown,) = tree.xpath("//*[contains(@class, 'warned') and not(self::p)]")
    assert " ".join(shown.text_content().split()) == warned


def test_a_gap_shows_its_example_before_and_after() -> None:
    report = factory.realistic()
    item = next(i for i in report.items if i.status is Status.GAP)
    checks = tuple(
        c.model_copy(update={"example": Example(before="ไม่มีหัวข้อ<b>", after="มีหัวข้อ")}) if c.status is Status.GAP else c
        for c in item.checks
    )
    text = page(report.model_copy(update={"items": (item.model_copy(update={"checks": checks}),)}))
    assert "ไม่มีหัวข้อ&lt;b&gt;" in text
    assert messages("th").say("report.check.after") in text


def test_pictures_of_pages_stand_at_their_item() -> None:
    picture = PagePicture("O13", "http://a.go.th/แผน.pdf", 4, b"RIFFxxxx", 680, 200, True)
    tree = _parsed(page(factory.realistic(), [picture]).encode())
    (shown,) = tree.xpath("//img")
    assert shown.get("src") == "data:image/webp;base64," + base64.b64encode(b"RIFFxxxx").decode()
    assert "4" in shown.get("alt")
    assert shown.xpath("ancestor::details[contains(@class,'item')]//summary/span[@class='code']/text()")[0] == "O13"


def test_pictures_never_make_the_page_too_large_to_be_sent() -> None:
    report = factory.large()
    noise = bytes(range(256)) * 80
    many = [PagePicture(report.items[n % 43].id, "http://a.go.th/แผน.pdf", n, noise, 680, 200, True) for n in range(60)]
    text = page(report, many)
    shown = _parsed(text.encode()).xpath("//img")
    assert 5 < len(shown) < 60
    assert len(text.encode()) < 3_000_000
    assert [img.get("alt") for img in shown].count(messages("th").say("report.shot.alt", page=0)) == 1  # the first are kept


def test_search_and_filter_are_hidden_until_the_script_shows_them() -> None:
    tree = _parsed(page(factory.realistic()).encode())
    (tools,) = tree.xpath("//*[@id='tools']")
    assert tools.get("hidden") is not None
    assert {b.get("data-status") for b in tools.xpath(".//button[@data-status]")} == {
        i.status.value for i in factory.realistic().items
    }
    assert tree.xpath("//label[@for='find']")
