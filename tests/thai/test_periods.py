"""Times named in texts: every spelling of years, spans, halves, months and dates that agencies were seen to use."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_rules.thai import periods
from ita_rules.thai.fold import clean
from ita_rules.thai.months import YearMonth
from ita_rules.thai.periods import Mention, asks_half, perhaps_timed, quarters_named, repair


def mentions(text: str) -> tuple[Mention, ...]:
    """The times that a text names; whatever names one passes the quick look before."""
    found = periods.mentions(text)
    assert perhaps_timed(clean(text)) or not found
    return found


def only(text: str) -> Mention:
    """The one time that a text names."""
    found = mentions(text)
    assert len(found) == 1, [m.text for m in found]
    return found[0]


@pytest.mark.parametrize(
    "text",
    [
        "ประจำปีงบประมาณ พ.ศ. ๒๕๖๖",
        "ประจาปีงบประมาณ พ.ศ. ๒๕๖๖",  # ำ lost
        "ประจําปี ๒๕๖๖",  # ำ split
        "ปีงบประมาณ 2566",
        "ปีงบประมาณ ๖๖",
        "ปีงบ 66",
        "ปี 2566",
        "ปี ๖๖",
        "พ.ศ. 2566",
        "พ.ศ.2566",
        "พ .ศ. 2566",
        "พ.ศ. ๖๖",
        "พ.ศ.25๖๖",  # two systems of digits in one year
        "ปี 256๖",
        "ปี 25\n๖๖",  # broken over the line
        "พ.ศ.\n2566",
        "ปี 25 66",
        "ค.ศ. 2023",
        "ปี 2023",
        "FY2023",
        "Fiscal Year 2023",
        "งปม. 2566",
        "งปม.2566",
        "ปี งปม. 66",
        "ปี งป. ๖๖",
        "ปีงป.2566",
        "ปีงบฯ 66",
        "ปีงบฯ ๒๕๖๖",
        "FY66",
        "FY23",
        "FY'23",
        "FY2566",
        "fiscal year 2566",
        "Year 2023",
        "B.E. 2566",
        "BE 2566",
        "A.D. 2023",
        "ค.ศ.2023",
        "Q1/66",
        "ไตรมาส 1/66",
        "ไตรมาสที่ ๒/๖๖",
        "ประจำปี 2566 ครั้งที่ 1",
        "ประจำปี 2566 เรื่อง นโยบาย",
        "ปี 2566 รายงานผล",
    ],
)
def test_one_year_in_every_spelling_is_that_fiscal_year(text: str) -> None:
    mention = only(text)
    assert mention.kind == "year"
    assert mention.declared
    assert (mention.first, mention.last) == (YearMonth(2565, 10), YearMonth(2566, 9))
    assert list(mention.years) == [2566]


@pytest.mark.parametrize("text", ["01 2566", "O1 2566", "011-2566", "ข้อ 02 2566", "2566 รายงานผล", "2566"])
def test_a_year_beside_a_code_is_no_telephone_number(text: str) -> None:
    assert list(only(text).years) == [2566]


def test_a_bare_year_is_not_declared() -> None:
    mention = only("ITA 2566")
    assert mention.kind == "year"
    assert not mention.declared


@pytest.mark.parametrize(
    "text",
    [
        "แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570)",
        "พ.ศ. ๒๕๖๖ – ๒๕๗๐",
        "2566-2570",
        "พ.ศ. 2566 ถึง พ.ศ. 2570",
        "พ.ศ. 2566–70",
        "ปี พ.ศ. 2566 ถึง ปี พ.ศ. 2570",
        "ค.ศ. 2023 - 2027",
        "2566-70",
        "ปี 66-70",
        "พ.ศ. ๖๖ – ๗๐",
        "ปีงบประมาณ 66 ถึง 70",
    ],
)
def test_a_span_covers_the_years_between(text: str) -> None:
    mention = only(text)
    assert mention.kind == "span"
    assert list(mention.years) == [2566, 2567, 2568, 2569, 2570]


def test_a_span_that_runs_backwards_is_two_years() -> None:
    assert {y for m in mentions("ปี 2566-2565") for y in m.years} == {2565, 2566}


@pytest.mark.parametrize(
    "text",
    [
        "ต.ค. ๖๕ - มี.ค. ๖๖",
        "ต.ค.65-มี.ค.66",
        "ตุลาคม 2565 – มีนาคม 2566",
        "1 ตุลาคม 2565 ถึง 31 มีนาคม 2566",
        "ระหว่างวันที่ 1 ตุลาคม พ.ศ. 2565 ถึงวันที่ 31 มีนาคม พ.ศ. 2566",
        "ต. ค. 65 - มี. ค. 66",
        "ต.ค. - มี.ค. 66",  # the year is given once
        "ตุลาคม 2022 - มีนาคม 2023",
        "Oct 2022 – Mar 2023",
        "OCT - MAR 2023",
        "October 2565 to March 2566",
        "1 October 2022 - 31 March 2023",
        "October 1, 2022 - March 31, 2023",
        "1st Oct. 2022 to 31st Mar. 2023",
        "Oct-65 - Mar-66",
        "ต.ค.-65 – มี.ค.-66",
        "1/10/2565 - 31/3/2566",
        "01/10/65-31/03/66",
        "1/10/2565 ถึงวันที่ 31/3/2566",
    ],
)
def test_months_from_to(text: str) -> None:
    mention = only(text)
    assert mention.kind == "range"
    assert (mention.first, mention.last) == (YearMonth(2565, 10), YearMonth(2566, 3))


def test_a_range_within_one_calendar_year_takes_its_year_once() -> None:
    mention = only("ตุลาคม - ธันวาคม 2565")
    assert (mention.first, mention.last) == (YearMonth(2565, 10), YearMonth(2565, 12))


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("30 ก.ย.2565", YearMonth(2565, 9)),
        ("15/2/65", YearMonth(2565, 2)),
        ("15/02/2565", YearMonth(2565, 2)),
        ("15-2-2022", YearMonth(2565, 2)),
        ("31 มี.ค. 2022", YearMonth(2565, 3)),
        ("วันที่ ๒๑ พ.ย. ๒๕๖๖", YearMonth(2566, 11)),
        ("1 - 31 ตุลาคม 2564", YearMonth(2564, 10)),
        ("วันที่ 5 เดือน มีนาคม พ.ศ. 2565", YearMonth(2565, 3)),
        ("30 September 2022", YearMonth(2565, 9)),
        ("30 September 2565", YearMonth(2565, 9)),
        ("September 30, 2022", YearMonth(2565, 9)),
        ("Sept. 30th 2022", YearMonth(2565, 9)),
        ("30 Sep 65", YearMonth(2565, 9)),
        ("2022-09-30", YearMonth(2565, 9)),
        ("2565/09/30", YearMonth(2565, 9)),
        ("30.09.2565", YearMonth(2565, 9)),
    ],
)
def test_dates(text: str, month: YearMonth) -> None:
    mention = only(text)
    assert mention.kind == "date"
    assert mention.first == mention.last == month


MORE_OCTOBERS = ["ตุลาคม, 2565", "ต.ค.-65", "ต.ค./65", "Oct-65", "Oct. 2022", "OCTOBER 2565", "ลำดับ 1 เดือนตุลาคม 2565"]


@pytest.mark.parametrize(
    "text", ["เดือนตุลาคม 2565", "เดือน ตุลาคม พ.ศ. ๒๕๖๕", "ประจำเดือน ต.ค. 65", "ต. ค. 65", "ตุลาคม 2022", *MORE_OCTOBERS]
)
def test_a_month_with_its_year(text: str) -> None:
    mention = only(text)
    assert mention.kind == "month"
    assert mention.first == YearMonth(2565, 10)
    assert list(mention.years) == [2566]


@pytest.mark.parametrize(
    "text",
    [
        "รอบ 6 เดือน ประจำปีงบประมาณ พ.ศ. 2566",
        "รอบ ๖ เดือนแรก ปี ๒๕๖๖",
        "ไตรมาส 1-2 ปีงบประมาณ 2566",
        "ไตรมาสที่ 1 และ 2 ปี 2566",
        "ไตรมาสที่ ๑ และไตรมาสที่ ๒ ประจำปี 2566",
        "ครึ่งปีแรก ปี 2566",
        "รอบการประเมินที่ 1 ปี 2566",
        "ประจำปี 2566 (รอบ 6 เดือน)",
        "รอบหกเดือน ปี 2566",
        "ปี 2566 (ตุลาคม - มีนาคม)",
        "ไตรมาสที่ ๑–๒/2566",
        "ไตรมาสที่ 1-2/2566",
        "Q1-Q2/2566",
        "Q1 - Q2 FY2023",
        "Q1 และ Q2 ปี 2566",
        "Q1-2 ปี 2566",
        "ครึ่งปีแรก 2566",
        "ครึ่งแรกของปี 2566",
        "ครึ่งปีงบประมาณแรก 2566",
        "First half of FY2023",
        "6-month report, fiscal year 2566",
    ],
)
def test_a_first_half_in_every_spelling(text: str) -> None:
    assert [m.part for m in mentions(text) if m.kind == "year"] == ["first-half"]
    assert asks_half(text) == "first-half"


@pytest.mark.parametrize("text", ["6 เดือนหลัง ปี 2566", "ครึ่งปีหลัง ปี 2566", "ไตรมาส 3-4 ปี 2566", "Q3-Q4 ปี 2566", "รอบที่ 2 ปี 2566"])
def test_a_second_half(text: str) -> None:
    assert only(text).part == "second-half"


def test_a_whole_year_said_as_twelve_months() -> None:
    assert only("รอบ 12 เดือน ปี 2566").part == "full"


@pytest.mark.parametrize(
    "text",
    [
        "พระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. 2540",
        "พ.ร.บ. การจัดซื้อจัดจ้าง พ.ศ. ๒๕๖๐",
        "ระเบียบกระทรวงมหาดไทย ว่าด้วยวิธีการงบประมาณ พ.ศ. 2563",
        "กฎกระทรวงกำหนดวงเงิน พ.ศ. 2560",
        "พระราชบัญญัติสภาตำบล (ฉบับที่ 7) พ.ศ. 2562",
        "(ฉบับที่ 2) พ.ศ. 2566",
        "พระราชบัญญัติงบประมาณรายจ่ายประจำปีงบประมาณ พ.ศ. 2566",
        "มาตรา 7 แห่งพระราชกฤษฎีกา พ.ศ. 2546",
        "Official Information Act, B.E. 2540 (1997)",
        "Organic Act (No. 2), B.E. 2566",
    ],
)
def test_years_in_titles_of_laws_do_not_count(text: str) -> None:
    assert mentions(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "หลักเกณฑ์การบริหารและพัฒนาทรัพยากรบุคคล ประจำปีงบประมาณ พ.ศ. 2566",
        "การปฏิบัติตามระเบียบ ประจำปี พ.ศ. 2566",
        "กฎหมายที่เกี่ยวข้อง ประจำปี พ.ศ. 2566",
        "ข้อบัญญัติงบประมาณรายจ่าย ประจำปีงบประมาณ พ.ศ. 2566",
        "พ.ร.บ. ข้อมูลข่าวสาร พ.ศ. 2540 ประจำปี 2566",
    ],
)
def test_the_documents_own_year_after_a_laws_words_counts(text: str) -> None:
    assert list(only(text).years) == [2566]


@pytest.mark.parametrize(
    "text",
    [
        "งบประมาณ 2,566 บาท",
        "2566 บาท",
        "2566.50 บาท",
        "12,566 บาท",
        "เลขที่ 12566",
        "รหัสไปรษณีย์ 42560",
        "โทร. 0-2562-1234",
        "ผู้ร่วมงาน 2566 คน",
        "ร้อยละ 66",
        "ระยะเวลา 66 ปี",
        "ปี 66.5",
        "เลขที่ 2699",
        "โทร. 0 4371 2566",
        "โทร 0-2141-2566 ต่อ 2568",
        "02-256-2566",
        "043 712 2566",
        "ที่ อว 0605/2567",
        "ที่ มท 0818.2/ว 2566",
        "บ้านเลขที่ 25/2566",
        "หมู่ที่ 2/2566",
        "เป็นเงิน 2566",
        "ISO 9001:2015",
        "มอก. 2566-2555",
        "โรคติดเชื้อไวรัสโคโรนา 2019 (COVID-19)",
        "© 2024",
        "สงวนลิขสิทธิ์ พ.ศ. 2567",
        "ข้อ 3.1.12",
        "มค 12",
        "หน้า 66-70",
        "อายุ 25-68 ปี",
        "Mar 15",
        "march 66",
        "FY1",
    ],
)
def test_numbers_that_are_no_years(text: str) -> None:
    assert mentions(text) == ()


@pytest.mark.parametrize("text", ["คำสั่งที่ 12/2565", "คำสั่งสำนักงานตัวอย่าง ที่ ๑๒/๒๕๖๕", "ที่ 118/2565", "ประกาศ เลขที่ 3/2565"])
def test_the_number_of_a_paper_tells_the_calendar_year_and_no_period(text: str) -> None:
    mention = only(text)
    assert (mention.kind, mention.declared) == ("number", False)
    assert (mention.first, mention.last) == (YearMonth(2565, 1), YearMonth(2565, 12))
    assert list(mention.years) == [2565, 2566]


@pytest.mark.parametrize("text", ["ไตรมาสที่ 1/2565", "ประกาศผล ไตรมาสที่ 1/2565", "รอบที่ 2/2565"])
def test_the_number_of_a_part_of_a_year_is_of_that_year(text: str) -> None:
    assert [m.kind for m in mentions(text)] == ["year"]


def test_mentions_stand_in_reading_order_with_their_words() -> None:
    found = mentions("แผนปี 2566 ต่อจากรายงานปี 2565 เมื่อวันที่ 1 ต.ค. 2565")
    assert [m.text for m in found] == ["ปี 2566", "ปี 2565", "1 ต.ค. 2565"]
    assert [m.at for m in found] == sorted(m.at for m in found)


def test_repair_makes_torn_years_whole_and_leaves_other_numbers() -> None:
    assert repair("พ .ศ. 25 ๖๖") == "พ.ศ. 2566"
    assert repair("จำนวน 125 66 บาท") == "จำนวน 125 66 บาท"


WORDS = "พ.ศ. ค.ศ. ปี ประจำปี ปีงบประมาณ รอบ 6 เดือน ไตรมาส 1 - – ถึง / ต.ค. มีนาคม 2566 ๒๕๖๕ 66 2023 31 25 99 0 บาท พ.ร.บ. ( )"
PIECES = st.sampled_from([*WORDS.split(), "มาตรา", "\n", "."])


@given(st.lists(PIECES, max_size=14).map(" ".join) | st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=60))
def test_any_text_is_read_and_every_year_is_within_bounds(text: str) -> None:
    for mention in mentions(text):
        assert mention.first <= mention.last
        assert all(2500 <= y <= 2601 for y in mention.years)
        assert 1 <= mention.first.month <= 12
        assert mention.text


def test_long_blanks_cost_no_square_of_their_length() -> None:
    began = time.monotonic()
    assert [m.text for m in mentions("ปี" + " " * 30_000 + "2565" + "\u00a0" * 30_000 + "x")] == [
        m.text for m in mentions("ปี" + " " * 8 + "2565 x")
    ]
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("text", "quarters"),
    [
        ("ไตรมาสที่ ๑", {1}),
        ("ไตรมาส 1-2 และไตรมาส 4", {1, 2, 4}),
        ("Q1 & Q2", {1, 2}),
        ("ไตรมาสที่ 2 ถึงไตรมาสที่ 4", {2, 3, 4}),
        ("ไตรมาส 12, FAQ1, รายไตรมาส", set()),
    ],
)
def test_quarters_by_number(text: str, quarters: set[int]) -> None:
    assert quarters_named(text) == quarters
