import pytest

from crawlers.links import extract
from crawlers.sections import names_year_list


def sections(body):
    return {link.text: link.section for link in extract(f"<html><body>{body}</body></html>", "http://a.go.th/ita").links}


@pytest.mark.parametrize(
    "text",
    [
        "ITA 2566",
        "ปี 2565",
        "ปีงบประมาณ พ.ศ. ๒๕๖๖",
        "การเปิดเผยข้อมูลสาธารณะ (OIT) ประจำปีงบประมาณ พ.ศ. 2566",
        "การประเมินคุณธรรมและความโปร่งใส 2023",
    ],
)
def test_heads_a_years_list(text):
    assert names_year_list(text)


@pytest.mark.parametrize(
    "text",
    [
        "O13 รายงานผลการดำเนินงานประจำปี 2565",
        "มาตรการส่งเสริมคุณธรรมและความโปร่งใส ปี 2566",
        "การวิเคราะห์ผลการประเมิน ITA ปี 2565",
        "ข่าวประชาสัมพันธ์ 2566",
        "ITA",
        "0 2566 1234",
    ],
)
def test_names_one_thing(text):
    assert not names_year_list(text)


def test_headings_part_a_page_into_years():
    body = """<h3>ITA 2566</h3><h5>O1 โครงสร้าง</h5><a href=/a.pdf>ก</a>
    <h3>ITA 2565</h3><h5>O1 โครงสร้าง</h5><a href=/b.pdf>ข</a><h3>ติดต่อเรา</h3><a href=/c.html>ค</a>"""
    assert sections(body) == {"ก": "ITA 2566", "ข": "ITA 2565", "ค": ""}


def test_the_list_goes_on_under_its_indicators():
    body = "<h4>ITA 2566</h4><h4>ตัวชี้วัดย่อยที่ 9.1</h4><h4>O1 โครงสร้าง</h4><a href=/a.pdf>ก</a>"
    assert sections(body) == {"ก": "ITA 2566"}


@pytest.mark.parametrize(
    "tab", ['<a data-toggle="tab" href="#y{}">ปี {}</a>', '<button data-bs-toggle="tab" data-bs-target="#y{}">ปี {}</button>']
)
def test_panes_of_tabs_are_years(tab):
    body = "".join(tab.format(y, y) for y in (2566, 2565))
    body += '<div id="y2566"><div><a href=/a.pdf>ก</a></div></div><div id="y2565"><a href=/b.pdf>ข</a></div><a href=/c.html>ค</a>'
    assert sections(body) == {"ก": "ปี 2566", "ข": "ปี 2565", "ค": ""}


def test_a_list_under_a_year_is_the_years_and_ends_with_it():
    years = "".join(f"<li>ITA {y}<ul><li>O1 <a href=/{y}.pdf>{y}</a></li></ul></li>" for y in (2566, 2565))
    body = f"<ul>{years}<li><a href=/c.html>ค</a></li></ul>"
    assert sections(body) == {"2566": "ITA 2566", "2565": "ITA 2565", "ค": ""}


@pytest.mark.parametrize("over", ["O7 แผน", "แผนพัฒนาท้องถิ่น"])
def test_years_within_an_entry_are_no_lists_of_the_form(over):
    assert sections(f"<ul><li>{over}<ul><li>ปี 2566<ul><li><a href=/a.pdf>ก</a></li></ul></li></ul></li></ul>") == {"ก": ""}
