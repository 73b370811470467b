"""Whose document it is: another agency on the cover and never this one is a gap; both is advice; the rest is nobody's fault."""

from __future__ import annotations

import pytest

from ita_rules.checks import Observation, Outcome, observe
from ita_rules.model import Severity
from ita_rules.run.keys import host_of
from tests.build import AGENCY, REPORT, Site, check, context

NAMED = check("named")


def see(text: str, agency: str = AGENCY, kind: str = "local") -> Observation:
    """What is seen in a file of a site that names its agency on the main page."""
    site = Site(agency=agency, kind=kind).page("/", f"# {agency}").file("a.pdf", text)
    return observe(context(site, "a.pdf", checks=(NAMED,)), NAMED)


@pytest.mark.parametrize(
    "own",
    ["องค์การบริหารส่วนตำบลไผ่เขียว", "อบต.ไผ่เขียว", "อบต. ไผ่เขียว", "องค์ การบริหารส่ วนตาบลไผ่เขียว", "องค์การบริหารส่วนตำบล ไผ่เขียว"],
)
def test_its_own_name_and_abbreviation_in_any_spelling(own: str) -> None:
    seen = see(f"# {REPORT} 2565\n{own}")
    assert seen.outcome is Outcome.MET
    assert seen.evidence[0].quote == own


@pytest.mark.parametrize("other", ["องค์การบริหารส่วนตำบลหนองแวง", "อบต.หนองแวง", "เทศบาลตำบลหนองแวง", "เทศบาลต าบลหนองแวง"])
def test_another_agency_on_the_cover_and_never_this_one_is_a_gap(other: str) -> None:
    seen = see(f"# {REPORT} 2565\n{other}\nผลการดำเนินงาน")
    assert (seen.outcome, seen.message[0], seen.severity) == (Outcome.NOT_MET, "check.named.gap", None)
    assert other in (seen.evidence[0].quote or "")


def test_a_neighbours_paper_beside_an_own_or_an_unread_one_accuses_nobody() -> None:
    site = Site().page("/", f"# {AGENCY}").file("other.pdf", f"# {REPORT} 2565\nเทศบาลตำบลหนองแวง")
    site = site.file("own.pdf", f"# {REPORT} 2565\n{AGENCY}").file("scan.pdf", "# ก", of={"cause": "no_ocr", "pages": ()})
    outcomes = [observe(context(site, *files, checks=(NAMED,)), NAMED).outcome for files in (
        ("other.pdf",), ("other.pdf", "own.pdf"), ("other.pdf", "scan.pdf"))]  # fmt: skip
    assert outcomes == [Outcome.NOT_MET, Outcome.MET, Outcome.UNKNOWN]


def test_both_names_are_advice() -> None:
    seen = see(f"# {REPORT}\nเทศบาลตำบลหนองแวง\nอบต.ไผ่เขียว ร่วมมือกับ")
    assert (seen.outcome, seen.severity) == (Outcome.NOT_MET, Severity.ADVICE)


@pytest.mark.parametrize(
    "text",
    [
        "กระทรวงมหาดไทย\nกรมส่งเสริมการปกครองท้องถิ่น",
        "อำเภอเมือง จังหวัดขอนแก่น",
        "องค์การบริหารส่วนตำบลและเทศบาลทุกแห่ง",
        "การบริหารงานขององค์กรปกครองส่วนท้องถิ่น",
        "ตามมติ ก.อบต.จังหวัด ครั้งที่ 2",
    ],
)
def test_superiors_places_and_kinds_are_no_other_agency(text: str) -> None:
    assert see(f"# {REPORT}\n{text}\nซ่อมถนน").outcome is Outcome.NOT_APPLICABLE


def test_a_neighbour_in_a_sentence_of_the_body_is_no_fault() -> None:
    body = "\n".join(f"ย่อหน้าที่ {n} ว่าด้วยการซ่อมถนน" for n in range(14))
    text = f"# {REPORT}\n{body}\nติดต่อกับเทศบาลตำบลหนองแวงทางทิศเหนือ\n{body}"
    assert see(text).outcome is Outcome.NOT_APPLICABLE


def test_a_name_that_stands_nowhere_on_the_site_blames_no_document() -> None:
    site = Site(agency="อบต.พิมพ์ผิด").page("/", f"# {AGENCY}").file("a.pdf", f"# {REPORT}\nเทศบาลตำบลหนองแวง")
    assert observe(context(site, "a.pdf", checks=(NAMED,)), NAMED).outcome is Outcome.NOT_APPLICABLE


def test_a_municipality_is_named_by_its_abbreviation() -> None:
    assert see("# รายงาน\nทต.หนองแวง", agency="เทศบาลตำบลหนองแวง").outcome is Outcome.MET
    assert see("# รายงาน\nเทศบาลหนองแวง", agency="เทศบาลตำบลหนองแวง").outcome is not Outcome.NOT_MET


def test_a_hospital_is_compared_with_hospitals_only() -> None:
    agency = "โรงพยาบาลหนองแวง"
    assert see("# รายงาน\nโรงพยาบาลบ้านไผ่", agency=agency, kind="hospital").outcome is Outcome.NOT_MET
    assert see("# รายงาน\nกรมการแพทย์", agency=agency, kind="hospital").outcome is not Outcome.NOT_MET


def test_a_state_enterprise_is_compared_with_those_named_alike() -> None:
    agency = "การประปาชุมชนภาคเหนือ"
    assert see("# รายงาน\nการไฟฟ้าชุมชนภาคเหนือ", agency=agency, kind="state-enterprise").outcome is Outcome.NOT_MET
    for text in ("การประปาชุมชนภาคเหนือ", "การดำเนินงานด้านน้ำดื่มของชุมชนภาคเหนือ ปีนี้", "การประปา", "ประชาชนในชุมชนภาคเหนือ"):
        assert see(f"# รายงาน\n{text}", agency=agency, kind="state-enterprise").outcome is not Outcome.NOT_MET


def test_a_host_in_the_place_of_a_name_accuses_nobody() -> None:
    host = host_of(Site().url("/"))
    assert see(f"# {REPORT} 2565\nองค์การบริหารส่วนตำบลไผ่เขียว", agency=host).outcome is Outcome.NOT_APPLICABLE


def scanned(text: str) -> Observation:
    """What is seen in a scan, its text as it was recognised."""
    site = Site().page("/", f"# {AGENCY}").file("a.pdf", text, of={"page": {"method": "ocr"}})
    return observe(context(site, "a.pdf", checks=(NAMED,)), NAMED)


def test_a_mistaken_letter_in_a_scan_makes_no_other_agency_of_this_one() -> None:
    misread = AGENCY.replace("เขียว", "เขึยว")
    assert see(f"# {REPORT} 2565\n{misread}").outcome is Outcome.NOT_MET  # by the letter it is another name
    assert scanned(f"# {REPORT} 2565\n{misread}").outcome is Outcome.MET
    assert scanned(f"# {REPORT} 2565\nองค์การบริหารส่วนตำบลหนองแวง").outcome is Outcome.NOT_MET


def test_a_state_enterprises_paper_that_another_one_signed_is_a_gap() -> None:
    agency = "องค์การสวนไม้ดอก"
    text = "# รายงาน 2565\nองค์การตลาดน้ำ\nซ่อมถนน\nผู้อำนวยการองค์การตลาดน้ำ"
    assert see(text, agency=agency, kind="state-enterprise").message[0] == "check.named.gap"
    assert see(f"{text}\nสำเนาถึง {agency}", agency=agency, kind="state-enterprise").severity is Severity.ADVICE


def test_what_the_agency_does_is_told_as_no_other_agency() -> None:
    assert see(f"# {REPORT}\n{AGENCY}\nอบต. ตอบคำร้องทุกเรื่อง").outcome is Outcome.MET
    assert see(f"# {REPORT}\nอบต. ตอบคำร้องทุกเรื่อง").outcome is Outcome.NOT_APPLICABLE
