"""What a failed address means: the agency's own causes are gaps, a bad night or a wall is unknown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ita_rules.checks import Context, Observation, Outcome, observe
from ita_rules.run.types import Failing
from tests.build import Site, check, context

REACHABLE = check("reachable")
LONG = "# เอกสาร\n" + "ข้อความยาวพอสมควรของหน้านี้ " * 20


def see(site: Site, *paths: str, concept: str = "annual-report", **more: object) -> Observation:
    """What is seen of some addresses."""
    return observe(context(site, *paths, concept=concept, checks=(REACHABLE,), **more), REACHABLE)  # type: ignore[arg-type]


@pytest.mark.parametrize("cause", ["http_404", "http_410", "soft_404", "login", "empty_link"])
def test_what_the_agency_must_mend_is_a_gap(cause: str) -> None:
    seen = see(Site().page("/").fail("a.pdf", cause, attempts=2), "a.pdf")
    assert seen.outcome is Outcome.NOT_MET
    assert seen.message[1]["cause"] == f"@cause.{cause}"
    assert seen.evidence[0].url.endswith("/a.pdf")


@pytest.mark.parametrize(
    "cause",
    "http_500 http_503 http_403 http_429 timeout dns refused reset tls redirect_loop blocked robots private_address external "
    "internal_error".split(),
)
def test_a_bad_night_or_a_wall_is_unknown_with_its_cause(cause: str) -> None:
    seen = see(Site().page("/").fail("a.pdf", cause), "a.pdf")
    assert (seen.outcome, seen.cause) == (Outcome.UNKNOWN, cause)


@pytest.mark.parametrize("cause", ["unreadable", "encrypted", "no_ocr"])
def test_a_file_that_opens_is_reachable_though_it_cannot_be_read(cause: str) -> None:
    assert see(Site().page("/").file("a.pdf", "# ก", of={"cause": cause, "pages": ()}), "a.pdf").outcome is Outcome.MET


def test_an_address_that_opens_is_met() -> None:
    assert see(Site().page("/").file("a.pdf", "# ก"), "a.pdf").outcome is Outcome.MET


def test_one_of_several_addresses_is_enough() -> None:
    assert see(Site().page("/").file("a.pdf", "# ก").fail("b.pdf", "http_404"), "b.pdf", "a.pdf").outcome is Outcome.MET


def test_of_several_failing_addresses_one_bad_night_leaves_it_unknown() -> None:
    seen = see(Site().page("/").fail("a.pdf", "http_404").fail("b.pdf", "timeout"), "a.pdf", "b.pdf")
    assert (seen.outcome, seen.cause) == (Outcome.UNKNOWN, "timeout")


def test_the_home_page_in_place_of_evidence_is_an_empty_link() -> None:
    seen = see(Site().page("/", LONG), "/")
    assert (seen.outcome, seen.message[0]) == (Outcome.NOT_MET, "check.reachable.home")


def test_an_answer_that_redirects_to_the_home_page_is_an_empty_link() -> None:
    assert see(Site().page("/", LONG).moved("o13", "/"), "o13").outcome is Outcome.NOT_MET


def test_an_address_that_is_none_is_an_empty_link() -> None:
    assert see(Site().page("/"), "").outcome is Outcome.NOT_MET


def test_social_media_alone_are_a_gap_but_for_news_qna_and_networks() -> None:
    page = "https://www.facebook.com/agency"
    site = Site().page("/").fail(page, "external")
    assert see(site, page).message[0] == "check.reachable.social"
    for concept in ("social-network", "news", "qna"):
        assert see(site, page, concept=concept).outcome is Outcome.UNKNOWN


def test_a_door_whose_every_file_is_gone_is_no_evidence() -> None:
    site = Site().page("/").page("o13", "# รายงาน").fail("a.pdf", "http_404").link("o13", "a.pdf", "เปิด")
    site.answer("O13", "o13")
    seen = see(site)
    assert (seen.outcome, seen.message[1]["cause"]) == (Outcome.NOT_MET, "@cause.http_404")


LIST = (
    "# รายงานประจำปี\n- รายงานผลการดำเนินงานประจำปี 2565 ปัญหา อุปสรรค และข้อเสนอแนะ\n- รายงานผลการดำเนินงานประจำปี 2563\n"
    "- แผนพัฒนาท้องถิ่นและข้อมูลอื่นที่หน่วยงานเผยแพร่ไว้ในปีก่อน ๆ เพื่อให้ประชาชนทั่วไปได้รับทราบ\n"
    "- กฎหมายที่เกี่ยวข้องกับการดำเนินงานขององค์กรปกครองส่วนท้องถิ่นทั้งหมดเท่าที่มีอยู่ในปัจจุบัน"
)


@pytest.mark.parametrize("cause", ["login", "http_404", "timeout"])
def test_a_list_whose_entry_leads_to_a_sign_in_page_is_no_evidence(cause: str) -> None:
    words = [line.removeprefix("- ") for line in LIST.splitlines()[1:]]

    def listed(first: Site) -> Context:
        site = first.file("old.pdf", "# รายงานผลการดำเนินงานประจำปี 2563").page("plan", "# แผน").page("law", "# กฎหมาย")
        for target, text in zip(("report", "old.pdf", "plan", "law"), words, strict=True):
            site.link("o13", target, text)
        period = check("period", covers="previous_fiscal_year")
        return context(site.answer("O13", "o13"), checks=(check("reachable"), check("component", "problems"), period))

    shut = listed(Site().page("/").page("o13", LIST).fail("report", cause))
    home = {shut.site.run.meta.start_url + "o13"}
    assert not {p.url for p in shut.content} & home
    assert observe(shut, shut.item.checks[1]).outcome is not Outcome.MET
    assert observe(shut, shut.item.checks[2]).outcome is not Outcome.MET
    opened = listed(Site().page("/").page("o13", LIST).file("report", "# รายงานผลการดำเนินงานประจำปี 2565"))
    assert {p.url for p in opened.content} >= home


def test_files_from_disk_are_not_asked() -> None:
    assert see(Site().page("/").file("a.pdf", "# ก"), "a.pdf", only_files=True).outcome is Outcome.NOT_APPLICABLE


def test_a_dead_link_seen_once_is_no_gap_yet() -> None:
    once = see(Site().page("/").fail("a.pdf", "http_404", attempts=1), "a.pdf")
    assert (once.outcome, once.cause) == (Outcome.UNKNOWN, "uncertain")
    assert see(Site().page("/").fail("a.pdf", "http_404"), "a.pdf").outcome is Outcome.NOT_MET


def test_what_was_had_without_verifying_its_certificate_is_unknown() -> None:
    site = Site().page("/").file("a.pdf", "# ก", insecure="expired")
    seen = see(site, "a.pdf")
    assert (seen.outcome, seen.cause) == (Outcome.UNKNOWN, "tls")
    assert see(site.file("b.pdf", "# ข"), "a.pdf", "b.pdf").outcome is Outcome.MET


def test_an_address_that_led_to_the_home_page_is_a_gap_only_when_seen_twice() -> None:
    seen = see(Site().page("/").fail("a.pdf", "empty_link", attempts=1), "a.pdf")
    assert (seen.outcome, seen.cause) == (Outcome.UNKNOWN, "uncertain")
    assert see(Site().page("/").fail("a.pdf", "empty_link"), "a.pdf").outcome is Outcome.NOT_MET


WALL = "https://www.facebook.com/login/?next=x"


@pytest.mark.parametrize("concept", ["social-network", "news", "qna"])
@pytest.mark.parametrize("cause", ["login", "soft_404", "http_404", "http_400"])
def test_the_wall_of_a_social_network_is_held_against_nobody(concept: str, cause: str) -> None:
    page = "https://www.facebook.com/agency"
    seen = see(Site().page("/").fail(page, cause, attempts=2), page, concept=concept)
    assert (seen.outcome, seen.cause) == (Outcome.UNKNOWN, "social_wall")
    assert seen.message[1]["cause"] == "@cause.social_wall"


def test_a_request_for_access_on_drive_stays_a_gap() -> None:
    drive = "https://drive.google.com/file/d/1AbCdEfGhIjKlMnOp/view"
    seen = see(Site().page("/").fail(drive, "login", attempts=2), drive)
    assert (seen.outcome, seen.message[1]["cause"]) == (Outcome.NOT_MET, "@cause.login")


def test_a_short_link_is_judged_at_its_end_and_told() -> None:
    short, end = "https://bit.ly/3xYz", "https://drive.google.com/file/d/1AbCdEfGhIjKlMnOp/view"
    seen = see(Site().page("/").file(short, "# ก", final_url=end), short)
    assert seen.outcome is Outcome.MET
    assert ("why.short_link", {"url": short, "final": end}) in seen.why


def test_a_short_link_to_social_media_is_social_media() -> None:
    short = "https://bit.ly/3xYz"
    site = Site().page("/").fail(short, "login", attempts=2, final_url=WALL)
    assert see(site, short).message[0] == "check.reachable.social"
    seen = see(site, short, concept="news")
    assert (seen.outcome, seen.cause) == (Outcome.UNKNOWN, "social_wall")


def test_a_short_link_that_leads_nowhere_known_is_no_social_media() -> None:
    short = "https://bit.ly/3xYz"
    seen = see(Site().page("/").fail(short, "timeout"), short)
    assert (seen.outcome, seen.cause) == (Outcome.UNKNOWN, "timeout")
    assert not any(message == "why.short_link" for message, _ in seen.why)


FAILING = (("2023-04-28", "timeout"), ("2023-04-29", "http_503"))
STARTED = "2023-04-30T02:00:00+07:00"


def failing(*days: tuple[str, str], started: str = STARTED, **more: object) -> Observation:
    """What is seen of an address that fails tonight and failed on these days."""
    site = Site().page("/").fail("a.pdf", "timeout", **more)
    site.data.meta = replace(site.data.meta, started=started, failing=(Failing(site.url("a.pdf"), days),))
    return see(site, "a.pdf")


def test_a_fault_that_the_history_shows_on_another_day_is_a_gap_with_its_days() -> None:
    seen = failing(*FAILING)
    assert (seen.outcome, seen.message[0]) == (Outcome.NOT_MET, "check.reachable.twice")
    assert seen.message[1]["days"] == ("@day.2023-04-28", "@day.2023-04-29", "@day.2023-04-30")
    assert [said[1]["day"] for said in seen.why if said[0] == "why.failed"] == list(seen.message[1]["days"])  # type: ignore[call-overload]
    assert seen.evidence[0].url.endswith("/a.pdf")


@pytest.mark.parametrize(
    "seen",
    [
        failing(),
        failing(("2023-04-30", "timeout")),
        failing(FAILING[0], started=""),
        failing(*FAILING, attempts=1),
        failing(*FAILING, carried=True),
        see(Site().page("/").fail("a.pdf", "timeout"), "a.pdf"),
    ],
)
def test_one_day_one_try_or_what_was_not_asked_tonight_is_none(seen: Observation) -> None:
    assert (seen.outcome, seen.cause) == (Outcome.UNKNOWN, "timeout")


def test_a_wall_tonight_is_no_second_day_of_a_fault() -> None:
    site = Site().page("/").fail("a.pdf", "blocked")
    site.data.meta = replace(site.data.meta, started=STARTED, failing=(Failing(site.url("a.pdf"), FAILING),))
    assert see(site, "a.pdf").outcome is Outcome.UNKNOWN


def test_of_two_addresses_both_have_to_have_failed_for_days() -> None:
    site = Site().page("/").fail("a.pdf", "timeout").fail("b.pdf", "timeout")
    site.data.meta = replace(site.data.meta, started=STARTED, failing=(Failing(site.url("a.pdf"), FAILING),))
    assert see(site, "a.pdf", "b.pdf").outcome is Outcome.UNKNOWN
    dead = Site().page("/").fail("a.pdf", "timeout").fail("b.pdf", "http_404")
    dead.data.meta = site.data.meta
    assert see(dead, "a.pdf", "b.pdf").outcome is Outcome.NOT_MET
