"""A set of months: each named with figures or a stated zero; the half ends in March."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ita_rules.checks import Context, Outcome, observe
from tests.build import Site, check, context, look

HALF = check("coverage", item="O13", months="first_half")
YEAR = check("coverage", item="O13", months="year")
MONTHS = ("ตุลาคม 2565", "พฤศจิกายน 2565", "ธันวาคม 2565", "มกราคม 2566", "กุมภาพันธ์ 2566", "มีนาคม 2566")
REST = tuple(f"{m} 2566" for m in ("เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน"))
TABLE = "| ที่ | งานที่จัดซื้อจัดจ้าง | ราคา |\n| 1 | ซื้อวัสดุ | 5,000 |"


def summary(*months: str) -> str:
    """The monthly summaries of some months, a page each."""
    return "\n=== page ===\n".join(f"# สรุปผลการจัดซื้อจัดจ้าง เดือน{m}\n{TABLE}" for m in months)


def test_every_month_of_the_half_is_met_with_a_quote_for_each() -> None:
    seen = look(summary(*MONTHS), HALF)
    assert seen.outcome is Outcome.MET
    assert [e.page for e in seen.evidence] == [1, 2, 3, 4, 5, 6]


def test_a_half_that_ends_in_december_names_the_missing_months() -> None:
    seen = look(summary(*MONTHS[:3]), HALF)
    assert seen.outcome is Outcome.NOT_MET
    assert seen.message[1]["months"] == ["มกราคม 2566", "กุมภาพันธ์ 2566", "มีนาคม 2566"]


def test_a_month_stated_as_having_none_counts() -> None:
    text = summary(*MONTHS[:5]) + "\n=== page ===\nเดือนมีนาคม 2566 ไม่มีการจัดซื้อจัดจ้าง"
    assert look(text, HALF).outcome is Outcome.MET


@pytest.mark.parametrize(
    "spelling", ["ต.ค. ๖๕|พ.ย. ๖๕|ธ.ค. ๖๕|ม.ค. ๖๖|ก.พ. ๖๖|มี.ค. ๖๖", "ต.ค.65|พ.ย.65|ธ.ค.65|ม.ค.66|ก.พ.66|มี.ค.66"]
)
def test_short_months_and_years(spelling: str) -> None:
    assert look(summary(*spelling.split("|")), HALF).outcome is Outcome.MET


def test_the_same_months_of_another_year_do_not_count() -> None:
    seen = look(summary(*(m.replace("2566", "2565").replace("ม 2565", "ม 2564") for m in MONTHS)), HALF)
    assert seen.outcome is not Outcome.MET


def test_dates_of_contracts_name_no_month_of_the_set() -> None:
    text = f"{summary(*MONTHS[:5])}\n| 2 | จ้างเหมา | สัญญาเลขที่ 5/2566 ลงวันที่ 3 มีนาคม 2566 |"
    seen = look(text, HALF)
    assert (seen.outcome, seen.message[1]["months"]) == (Outcome.NOT_MET, ["มีนาคม 2566"])


def test_one_file_a_month_by_the_words_of_their_links() -> None:
    site = Site().page("/").page("buy", "# สรุปผลการจัดซื้อจัดจ้างรายเดือน")
    for n, month in enumerate(MONTHS):
        site.link("buy", f"{n}.pdf", f"สขร.1 เดือน{month}").file(f"{n}.pdf", f"# แบบสรุป {n}\n{TABLE}")
    assert observe(linked(site), HALF).outcome is Outcome.MET


def linked(site: Site, *, with_page: bool = False) -> Context:
    """The files that the page ``buy`` links, as pieces with their links; `with_page` the page itself among them."""
    links = site.data.links[site.key("buy")]
    ctx = context(site, *(["buy"] if with_page else []), *(link.url for link in links), checks=(HALF,))
    assert ctx.candidate is not None
    behind = ctx.candidate.pieces[int(with_page) :]
    pieces = tuple(replace(p, link=x, via=site.key("buy")) for p, x in zip(behind, links, strict=True))
    ctx.candidate = replace(ctx.candidate, pieces=(*ctx.candidate.pieces[: int(with_page)], *pieces))
    return ctx


def monthly(december: str) -> Site:
    """A file a month, headed by its month, linked by it from a page that lists them; another text in place of December's."""
    site = Site().page("/").page("buy", "# สรุปผลการจัดซื้อจัดจ้างรายเดือน\n" + "\n".join(f"- สขร.1 เดือน{m}" for m in MONTHS))
    for n, month in enumerate(MONTHS):
        site.link("buy", f"{n}.pdf", f"สขร.1 เดือน{month}")
        site.file(f"{n}.pdf", december if n == 2 else f"# สรุปผลการจัดซื้อจัดจ้าง เดือน{month}\n{TABLE}")
    return site


@pytest.mark.parametrize("with_page", [False, True])
def test_a_link_of_december_that_opens_the_file_of_november_is_no_december(with_page: bool) -> None:
    november = f"# สรุปผลการจัดซื้อจัดจ้าง เดือน{MONTHS[1]}\n{TABLE}"
    seen = observe(linked(monthly(november), with_page=with_page), HALF)
    assert (seen.outcome, seen.message[1]["months"]) == (Outcome.NOT_MET, ["ธันวาคม 2565"])
    assert any(said == "why.month_belied" and values["found"] == ["พฤศจิกายน 2565"] for said, values in seen.why)
    whole = observe(linked(monthly(f"# สรุปผล เดือน{MONTHS[2]}\n{TABLE}"), with_page=with_page), HALF)
    assert whole.outcome is Outcome.MET


def test_a_heading_left_over_from_the_month_before_is_no_accusation() -> None:
    dated = f"# สรุปผลการจัดซื้อจัดจ้าง เดือน{MONTHS[1]}\n{TABLE}\n| 2 | จ้างเหมา | สัญญาลงวันที่ 7 ธันวาคม 2565 |"
    seen = observe(linked(monthly(dated)), HALF)
    assert (seen.outcome, seen.cause) == (Outcome.UNKNOWN, "uncertain")
    assert any(said == "why.month_belied" for said, _ in seen.why)


def test_the_whole_year_asks_for_twelve_months() -> None:
    assert look(summary(*MONTHS), YEAR).outcome is Outcome.NOT_MET
    assert look(summary(*MONTHS, *REST), YEAR).outcome is Outcome.MET


def test_a_month_that_may_stand_on_an_unread_page_is_unknown() -> None:
    seen = look(summary(*MONTHS[:3]), HALF, of={"truncated": True})
    assert (seen.outcome, seen.cause) == (Outcome.UNKNOWN, "budget")


def test_one_table_without_months_of_its_own_is_never_a_gap() -> None:
    assert look(f"# สรุปผลการจัดซื้อจัดจ้าง\n{TABLE}", HALF).outcome is Outcome.UNKNOWN


def test_a_month_missing_in_a_scan_may_have_been_misread() -> None:
    seen = look(summary(*MONTHS[:3]), HALF, of={"page": {"method": "ocr"}})
    assert (seen.outcome, seen.cause) == (Outcome.UNKNOWN, "uncertain")
    assert look(summary(*MONTHS), HALF, of={"page": {"method": "ocr"}}).outcome is Outcome.MET


def test_months_of_another_year_alone_are_a_gap_and_two_are_too_few_to_tell() -> None:
    earlier = [m.replace("2566", "2564").replace("2565", "2563") for m in MONTHS]
    assert look(summary(*earlier), HALF).outcome is Outcome.NOT_MET
    assert look(summary(*earlier[:2]), HALF).outcome is Outcome.UNKNOWN
