"""People and how to reach them: names with titles, portraits, telephone numbers, addresses."""

from __future__ import annotations

import re

from ita_rules.checks.find.findings import Hit
from ita_rules.checks.find.shapes.sight import Sight, detector, hit, matching
from ita_rules.locate.lines import Line, Lines
from ita_rules.locate.pictures import portraits
from ita_rules.thai.fold import clean, loose

TITLE = (
    r"(?:นายแพทย์|แพทย์หญิง|ทันตแพทย์(?:หญิง)?|เภสัชกร(?:หญิง)?|(?:ผู้ช่วย|รอง)?ศาสตราจารย์(?:พิเศษ)?|"
    r"พลตำรวจ(?:เอก|โท|ตรี)|พัน(?:ตำรวจ)?(?:เอก|โท|ตรี)|ร้อย(?:ตำรวจ)?(?:เอก|โท|ตรี)|พล(?:เอก|โท|ตรี)|นาวา[อท]?(?:เอก|โท|ตรี)|"
    r"นาย|นางสาว|นาง|น\.ส\.|ดร\.|ผศ\.|รศ\.|ศ\.|นพ\.|พญ\.|ทพ\.|พล\.?(?:ต\.?อ|อ|ต|ท)\.?|พ\.ต\.[อทต]\.|ร\.ต\.[อทต]\.|"
    r"เรือ(?:อากาศ)?(?:เอก|โท|ตรี)|(?:จ่า)?สิบ(?:ตำรวจ)?(?:เอก|โท|ตรี)|ดาบตำรวจ|หม่อม(?:หลวง|ราชวงศ์|เจ้า)|ม\.(?:ล|ร\.ว)\.|คุณหญิง|"
    r"ว่าที่\s?ร(?:้อย|\.)[ก-๙.]*|จ\.ส\.[อทต]\.|จ่าเอก|จ\.อ\.)"
)
PERSON = re.compile(rf"(?<![ก-๙])(?:{TITLE}\s?){{1,3}}[ก-๙]{{2,}}(?:\s+[ก-๙]{{2,}}){{1,2}}")
_NOT_PERSON = ("นายก", "นายอำเภอ", "นายทะเบียน", "นายจ้าง", "นายช่าง", "นางแบบ", "นายแพทย์สาธารณสุข")
PHONE = re.compile(
    r"(?<![\d-])(?:\+66|0)[\s-]?\d{1,2}[\s-]?\d{3,4}[\s-]?\d{3,4}(?!\d)|(?<!\d)0\d{8,9}(?!\d)|โทร[^\d\n]{0,20}\d{3,}"
)
EMAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")
_ADDRESS_PARTS = (
    re.compile(r"เลขที่\s*\d|หมู่(?:ที่|\s)*\d|(?<!\d)\d+/\d+|ถนน|ซอย|อาคาร|(?<![ก-๙])(?:ถ|ซ|ม)\."),
    re.compile(r"ตำบล|ต\.|แขวง"),
    re.compile(r"อำเภอ|อ\.|เขต"),
    re.compile(r"จังหวัด|จ\.|กรุงเทพ|กทม"),
    re.compile(r"(?<!\d)[1-9]\d{4}(?!\d)"),
)


def people(lines: Lines) -> list[tuple[Line, str]]:
    """Every person named with a title, once each, with the line."""
    return lines.once(_people)


def _people(lines: Lines) -> list[tuple[Line, str]]:
    seen: dict[str, tuple[Line, str]] = {}
    for line in lines:
        for match in PERSON.finditer(line.clean):
            name = " ".join(match.group().split())
            if not name.startswith(_NOT_PERSON):
                seen.setdefault(loose(name), (line, name))
    return list(seen.values())


@detector("person-name")
def person_name(sight: Sight) -> list[Hit]:
    """A person with a title (นาย, นาง, ยศ) and two names."""
    return [hit(line, "person-name") for line, _ in people(sight.lines)]


@detector("person-photo")
def person_photo(sight: Sight) -> list[Hit]:
    """Pictures beside the persons named: at least four for every five persons, near the lines that name them."""
    persons = people(sight.lines)
    places = portraits(sight.document)
    spots = {(line.page.number, line.at) for line, _ in persons}
    if not spots:
        return []
    low, high = min(spots), max(spots)
    near = [p for p in places if (low[0], low[1] - 6) <= p <= (high[0], high[1] + 6)]
    groups = len({(line.page.number, line.at // 1) for line, _ in persons})
    if near and len(near) >= 0.8 * min(groups, len(persons)):
        return [hit(persons[0][0], "person-photo", persons[0][1], 0.93)]
    return []


@detector("person-contact")
def person_contact(sight: Sight) -> list[Hit]:
    """A telephone number or e-mail among the lines of the persons, for most of them or one for all."""
    persons = people(sight.lines)
    contacts = [x for x in sight.lines if PHONE.search(x.clean) or EMAIL.search(x.text)]
    return [hit(contacts[0], "person-contact")] if persons and contacts else []


@detector("phone")
def phone(sight: Sight) -> list[Hit]:
    """A telephone number."""
    return matching(sight, PHONE, "phone")


@detector("email")
def email(sight: Sight) -> list[Hit]:
    """An e-mail address."""
    return matching(sight, EMAIL, "email")


@detector("address")
def address(sight: Sight) -> list[Hit]:
    """A postal address: at least three of house number, tambon, amphoe, province, postal code within three lines."""
    for at, line in enumerate(sight.lines):
        if not _ADDRESS_PARTS[0].search(line.clean):
            continue
        text = clean(" ".join(x.text for x in sight.lines[at : at + 3]))
        if sum(bool(p.search(text)) for p in _ADDRESS_PARTS) >= 3:
            return [hit(line, "address")]
    return []
