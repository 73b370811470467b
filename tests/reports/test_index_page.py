"""The page of all agencies: whole, without script, and deaf to what names would like to be."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from lxml import html

from reports import index_page
from reports.agencies_sheet import AgencyLine, Heads, failed_line
from reports.trend import Point
from tests.reports import factory


def test_a_row_for_each_agency_with_a_link_to_its_report(tmp_path: Path) -> None:
    line = Heads().line(factory.realistic())
    rows = [
        index_page.Row(line, "อบต. ก/20261121-020000/report.html"),
        index_page.Row(failed_line("กรม", "department", "http://x/", line.ruleset), reason="ไม่พบไฟล์คำตอบ"),
    ]
    path = index_page.write(rows, ["เครื่องแม่ข่าย 192.0.2.1 ไม่ตอบ"], "2026-11-21T04:00:00+07:00", tmp_path, "th")
    text = path.read_text("utf-8")
    page = html.fromstring(text.encode())
    assert page.xpath("//script") == []
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv]/@content")[0]
    body = page.xpath("//tbody/tr")
    assert len(body) == 2
    assert body[0].xpath(".//a/@href") == [
        "%E0%B8%AD%E0%B8%9A%E0%B8%95.%20%E0%B8%81/20261121-020000/report.html",
    ]
    assert len(body[0].xpath("./td")) == len(line.statuses) + 1
    assert [cell.get("class") for cell in body[0].xpath("./td")[1:]] == [status.value for status in line.statuses]
    assert "ไม่พบไฟล์คำตอบ" in body[1].text_content()
    assert "192.0.2.1" in page.xpath("//ul")[0].text_content()
    assert index_page.page(rows, [], "x", "en") == index_page.page(rows, [], "x", "en")


def test_what_a_site_says_stays_text() -> None:
    line = Heads().line(factory.hostile())
    evil = failed_line("<img src=x onerror=alert(1)>", "other", "javascript:x", "")
    text = index_page.page([index_page.Row(line), index_page.Row(evil, reason="<b>x</b>")], ["<i>y</i>"], "x", "th")
    assert not re.search(r"<(?:img|b|i|script)[ >]", text)


def test_a_reviewer_sees_proposals_and_no_score() -> None:
    line = Heads().line(factory.realistic(persona="reviewer"))
    page = html.fromstring(index_page.page([index_page.Row(line)], [], "x", "th"))
    assert len(page.xpath("//tbody/tr/td")) == len(line.statuses)
    assert "✕" not in page.text_content()


def with_trend(line: AgencyLine) -> AgencyLine:
    return replace(line, trend=(Point("2026-11-19", 60, 90, 6, 2), Point("2026-11-20", 70, 90, 4, 3)))


def test_a_trend_for_each_agency_and_one_for_all() -> None:
    line = Heads().line(factory.realistic())
    rows = [
        index_page.Row(with_trend(line)),
        index_page.Row(line),
        index_page.Row(failed_line("กรม", "department", "http://x/", line.ruleset), reason="ไม่ตอบ"),
    ]
    page = html.fromstring(index_page.page(rows, [], "x", "th"))
    matrix = page.xpath("//div[@class='wide']/table")[0]
    widths = [
        sum(int(cell.get("colspan", "1")) for cell in row.xpath("./td|./th")) for row in matrix.xpath("./thead/tr|./tbody/tr")
    ]
    assert widths == [len(line.statuses) + 3] * 4
    assert "60.0–90.0" in matrix.xpath(".//svg/@aria-label")[0]
    assert "ต้องแก้ไข −2" in matrix.xpath("./tbody/tr")[0].text_content()
    assert len(matrix.xpath(".//svg")) == 1
    days = page.xpath("//details//tbody/tr")
    assert [row.xpath("./td[1]")[0].text for row in days] == ["1", "1"]
    assert "70.0–90.0" in days[0].text_content()


def test_a_reviewer_sees_no_score_in_a_trend() -> None:
    line = with_trend(Heads().line(factory.realistic(persona="reviewer")))
    text = index_page.page([index_page.Row(line)], [], "x", "th")
    assert "<svg" not in text
    assert "70.0" not in text
    assert "เสนอให้ตรวจ −2" in text


def test_a_trend_that_moves_every_night_stays_small() -> None:
    restless = tuple(Point(f"2026-10-{n + 1:02}", 30 + n % 7 * 5, 60 + n % 5 * 8, n % 9, n % 4) for n in range(30))
    line = Heads().line(factory.realistic())
    plain, moving = (
        len(index_page.page([index_page.Row(one)] * 20, [], "x", "th").encode()) for one in (line, replace(line, trend=restless))
    )
    # Were 8,300 agencies all like this, the page would be 12 MB larger.
    assert (moving - plain) / 20 < 1_500
