"""Named detectors: what is recognised by its shape and not by a heading (a telephone number, a photo beside a name, a form).

A component names its detectors in the vocabulary (`detect`). Each takes one document as `Sight` and yields hits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ita_rules.checks.confidence import MATCHED
from ita_rules.checks.find.findings import Hit, shorten
from ita_rules.checks.find.tables import filled, tables
from ita_rules.locate.lines import Line, Lines
from ita_rules.locate.pictures import portraits
from ita_rules.run.types import Document, Link
from ita_rules.thai.fold import clean, loose
from ita_rules.thai.months import MONTH
from ita_rules.thai.periods import mentions


@dataclass(frozen=True, slots=True)
class Sight:
    """What a detector sees of one document: its content lines, the document, and the content links of its page."""

    lines: Lines
    document: Document
    links: Sequence[Link] = ()


Detector = Callable[[Sight], list[Hit]]
_DETECTORS: dict[str, Detector] = {}

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
_MAPS = (
    "google.com/maps",
    "maps.google",
    "goo.gl/maps",
    "maps.app.goo.gl",
    "openstreetmap",
    "longdo",
    "bing.com/maps",
    "/maps/embed",
)


def is_map(url: str) -> bool:
    """Whether an address is of a map that pages embed."""
    return any(mark in url.lower() for mark in _MAPS)


_UNIT = re.compile(
    r"(?:สำนักงานปลัด|สำนักปลัด|สำนักงาน(?=[ก-๙]{3})|สำนัก(?!งาน)|กอง(?!ทุน|บรรณ)|ศูนย์|ฝ่าย|ส่วน(?!ราชการ|ท้องถิ่น|ร่วม|ตำบล|กลาง|งาน|ใหญ่|ที่)|กลุ่ม(?:งาน)?|หน่วยตรวจสอบภายใน|แผนก|คณะ(?!กรรมการ|ผู้|ทำงาน)|งาน(?=บริหาร|ธุรการ|การ|แผน|นิติ))[ก-๙]{2,}"
)
_STEP = re.compile(r"^\s*(?:ขั้นตอน(?:ที่)?|ลำดับ(?:ที่)?|ขั้นที่)?\s*\d+[.)\s]|^\s*\(\d+\)|→|⇒|➔|↓|ขั้นตอนที่\s*\d")
_NUMBERED = re.compile(r"^\s*(?:(?:ขั้น(?:ตอน)?|ลำดับ)(?:ที่)?\s*)?\(?(?P<n>\d{1,2})(?:[.)]\s*|\s+)(?P<rest>[ก-๙].*)")
_DOING = re.compile(
    r"(?:ผู้[ก-๙]{2,12}|เจ้าหน้าที่|เจ้าพนักงาน|ประชาชน|นักศึกษา|คณะกรรมการ|หัวหน้า[ก-๙]{2,12})?\s*(?:จะ|ต้อง|ให้|สามารถ)?"
    r"(?:ยื่น|กรอก|รับ(?!ผิดชอบ)|ชำระ|ตรวจ|ส่ง|เสนอ|แจ้ง|ติดต่อ|ลงทะเบียน|ลงรับ|ลงนาม|พิจารณา|อนุมัติ|อนุญาต|บันทึก|ออก(?:ใบ|เลข|คำสั่ง)|พบ|ซัก|คัดกรอง|"
    r"พิมพ์|นัด|สอบสวน|สำรวจ|ประกาศ|เตรียม|เบิก|ล้าง|นำ(?:ส่ง|เสนอ)|สรุป|รวบรวม|รายงาน|แสดง|กด|เลือก|กลั่นกรอง|เข้า(?:พบ|รับ|สู่)|จัดส่ง|เรียก|ประเมิน)"
)
_NO_STEPS = re.compile("หน้าที่|รับผิดชอบ|วัตถุประสงค์|เอกสาร|หลักฐาน|ขอบเขต|ภารกิจ|หลักเกณฑ์|เงื่อนไข|สารบัญ|อำนาจ")
_ARROWS = re.compile(r"→|⇒|➔|➜|>>|->|»|\s>\s")
_TIME_LIMIT = re.compile(
    r"(?:ภายใน|ใช้เวลา|ไม่เกิน|ระยะเวลา|รวมเวลา|เวลาที่ใช้|(?:เสร็จ|ตอบรับ|ตอบกลับ|แจ้งผล|รู้ผล|ได้รับผล|ทราบผล)\s?ใน|(?:ใช้|รอ)(?=\s*\d))[^\d\n]{0,30}"
    r"(?:\d+|หนึ่ง|สอง|สาม|ห้า|เจ็ด|สิบ|สิบห้า|สามสิบ|ครึ่ง)\s*(?:\([^)]*\)\s*)?(?:วัน|นาที|ชั่วโมง|ชม\.?|เดือน|สัปดาห์)"
    r"|\(\s*(?:ภายใน\s*|ไม่เกิน\s*)?\d{1,3}\s*(?:วัน(?:ทำการ)?|นาที|ชั่วโมง|ชม\.?)\s*\)"
)
_FORM_SERVICES = ("forms.gle", "docs.google.com/forms", "forms.office.com", "jotform", "surveymonkey", "typeform")
_ONLINE_VERBS = (
    "ยื่นคำขอ",
    "ยื่นคำร้อง",
    "ส่งคำขอ",
    "ส่งคำร้อง",
    "ขอรับบริการ",
    "ลงทะเบียน",
    "จองคิว",
    "ชำระภาษี",
    "แจ้งซ่อม",
    "บันทึกคำขอ",
    "ส่งข้อมูล",
    "submit",
)
_PROJECT_NUMBERED = re.compile(r"^\s*(?:[-•]\s*)?(?:โครงการ|กิจกรรม)\s*ที่\s*\d+")
_PROJECT = re.compile(r"^(?:โครงการ|กิจกรรม|จัดซื้อ|จ้าง|ก่อสร้าง|อุดหนุน)[ก-๙]{2,}")
_ACTIVITY = re.compile(
    r"กิจกรรม|โครงการ|มีส่วนร่วม|จัดเมื่อ|จัดขึ้น|ประชุม|อบรม|สัมมนา|เข้าร่วม|ประชาคม|รณรงค์|ลงพื้นที่|จัดงาน|มอบนโยบาย|ถ่ายทอด|รับฟัง|เวที|ชี้แจง|ปฏิญาณ|กล่าวคำ"
    r"|แคมเปญ|นำบุคลากร|นำเจ้าหน้าที่|นำคณะ|ถ่ายรูป|ถ่ายภาพ|ชวนพนักงาน|ชวนบุคลากร|ชวนเจ้าหน้าที่|ปลูกฝัง|ซักซ้อม|บรรยาย|เวิร์กชอป|เวิร์กช็อป|มอบเกียรติบัตร|ลงนามร่วม|แสดงสัญลักษณ์|กำชับ"
    r"|(?<!ขอ)(?<!เรื่อง )ประกาศเจตนารมณ์"  # the ceremony, not the words of the paper that was announced
)
_DUTY = re.compile(
    "(?:มี|ปฏิบัติ)?(?:อำนาจ)?(?:หน้าที่)?(?:ใน)?(?:การ)?(?:จัดให้มี|จัดทำ|จัดการ|จัดหา|จัดเก็บ|จัดระบบ|ดำเนิน|ส่งเสริม|สนับสนุน|ดูแล|รักษา|บำรุง|คุ้มครอง|ป้องกัน|ควบคุม|กำกับ|"
    "พัฒนา|ประสาน|ให้บริการ|ให้การ|ให้ความ|อำนวย|ปฏิบัติงาน|ปฏิบัติการ|ปฏิบัติหน้าที่|ศึกษา|วิเคราะห์|วิจัย|ผลิต|สอน|ตรวจสอบ|ติดตาม|เสนอ|บริหาร|สร้าง|เผยแพร่|"
    "ทะนุบำรุง|ทำนุบำรุง|ถ่ายทอด|แก้ไข|ช่วยเหลือ|สงเคราะห์|อนุรักษ์|ออก|รับผิดชอบ|ร่วม|วางแผน|กำหนด|เป็นศูนย์|รักษาพยาบาล|ฟื้นฟู|ให้คำ|รวบรวม|เฝ้าระวัง|แนะนำ)"
)
_DUTIES = 3  # entries that make a list of duties
_MONTH_HEAD = re.compile(rf"{MONTH}|ไตรมาส|(?<![A-Za-z])Q[1-4](?![0-9A-Za-z])")
_YEAR_HEAD = re.compile(r"(?<!\d)25\d\d(?!\d)")
_CHART = (
    "แผนผัง",
    "ผังโครงสร้าง",
    "โครงสร้างองค์กร",
    "โครงสร้างการบริหาร",
    "โครงสร้างการแบ่งส่วน",
    "โครงสร้างส่วนราชการ",
    "แผนภูมิโครงสร้าง",
    "โครงสร้างหน่วยงาน",
    "orgchart",
    "organizationchart",
)


def detector(name: str) -> Callable[[Detector], Detector]:
    """Register a detector under its name."""

    def register(function: Detector) -> Detector:
        _DETECTORS[name] = function
        return function

    return register


def detectors() -> frozenset[str]:
    """The names that a vocabulary may use."""
    return frozenset(_DETECTORS)


def detect(name: str, sight: Sight) -> list[Hit]:
    """What the detector of this name sees; nothing for an unknown name, which lint refuses."""
    found = _DETECTORS.get(name)
    return found(sight) if found else []


def _hit(line: Line, name: str, quote: str | None = None, confidence: float = MATCHED["detector"]) -> Hit:
    return Hit("detector", name, line, shorten(quote or line.text, 200), round(confidence * (0.6 + 0.4 * line.page.trust), 3))


def _matching(sight: Sight, pattern: re.Pattern[str], name: str, confidence: float = MATCHED["detector"]) -> list[Hit]:
    if not pattern.search(sight.lines.once(_whole)):
        return []
    return [_hit(x, name, confidence=confidence) for x in sight.lines if not x.toc and pattern.search(x.clean)]


def _whole(lines: Lines) -> str:
    """All lines as one text, in which is seen at once that something stands in none of them."""
    return "\n".join(x.clean for x in lines)


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
    return [_hit(line, "person-name") for line, _ in people(sight.lines)]


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
        return [_hit(persons[0][0], "person-photo", persons[0][1], 0.93)]
    return []


@detector("person-contact")
def person_contact(sight: Sight) -> list[Hit]:
    """A telephone number or e-mail among the lines of the persons, for most of them or one for all."""
    persons = people(sight.lines)
    contacts = [x for x in sight.lines if PHONE.search(x.clean) or EMAIL.search(x.text)]
    return [_hit(contacts[0], "person-contact")] if persons and contacts else []


@detector("phone")
def phone(sight: Sight) -> list[Hit]:
    """A telephone number."""
    return _matching(sight, PHONE, "phone")


@detector("email")
def email(sight: Sight) -> list[Hit]:
    """An e-mail address."""
    return _matching(sight, EMAIL, "email")


@detector("address")
def address(sight: Sight) -> list[Hit]:
    """A postal address: at least three of house number, tambon, amphoe, province, postal code within three lines."""
    for at, line in enumerate(sight.lines):
        if not _ADDRESS_PARTS[0].search(line.clean):
            continue
        text = clean(" ".join(x.text for x in sight.lines[at : at + 3]))
        if sum(bool(p.search(text)) for p in _ADDRESS_PARTS) >= 3:
            return [_hit(line, "address")]
    return []


@detector("map")
def location_map(sight: Sight) -> list[Hit]:
    """A map embedded, linked, or shown as a picture that says so."""
    marks = [*sight.document.embeds, *(link.url for link in sight.links)]
    pictures = [f"{i.url} {i.alt}" for p in sight.document.pages for i in p.images]
    by_picture = any("map" in p.lower() or "แผนที่" in p for p in pictures)
    if any(map(is_map, marks)) or by_picture:
        shown = [x for x in sight.lines if "แผนที่" in x.text] or list(sight.lines[:1])
        return [_hit(x, "map") for x in shown[:1]]
    return []


@detector("org-chart")
def org_chart(sight: Sight) -> list[Hit]:
    """A chart of the agency's structure: said so by a heading, a caption or the name of a picture."""
    for line in sight.lines:
        if not line.toc and len(line.key) <= 90 and any(loose(w) in line.loose for w in _CHART):
            return [_hit(line, "org-chart")]
    for page in sight.document.pages:
        for image in page.images:
            if any(loose(w) in loose(f"{image.alt} {image.url}") for w in (*_CHART, "structure", "organization")):
                return [_hit(x, "org-chart") for x in sight.lines[:1]]
    return []


@detector("units")
def units(sight: Sight) -> list[Hit]:
    """Two or more inner units (สำนัก กอง ศูนย์ ฝ่าย ส่วน กลุ่ม)."""
    seen: dict[str, Line] = {}
    for line in sight.lines:
        if not line.toc:
            for match in _UNIT.finditer(line.clean):
                seen.setdefault(match.group()[:14], line)
    lines = list(dict.fromkeys(seen.values()))
    return [_hit(x, "units") for x in lines[:2]] if len(seen) >= 2 else []


@detector("steps")
def steps(sight: Sight) -> list[Hit]:
    """Two or more steps that are called so, three or more numbered deeds in order, or deeds joined by arrows in one line."""
    lines = [x for x in sight.lines if not x.toc and x.block.kind != "heading"]
    said = [x for x in lines if _STEP.search(x.clean) and ("ขั้นตอน" in x.clean or "→" in x.text)]
    if len(said) >= 2:
        return [_hit(said[0], "steps")]
    for line in lines:
        parts = [p.strip() for p in _ARROWS.split(line.clean.partition(":")[2] or line.clean)]
        if len(parts) >= 3 and sum(bool(_DOING.match(p)) for p in parts) >= 2:
            return [_hit(line, "steps", confidence=0.88)]
    return _deeds(sight.lines)


def _deeds(lines: Sequence[Line]) -> list[Hit]:
    """Lines numbered 1, 2, 3 … of which most begin with a deed, not under a heading of duties, aims or papers to bring."""
    heading, run, deeds = "", list[Line](), 0
    for line in lines:
        found = None if line.toc or line.block.kind == "row" else _NUMBERED.match(line.clean)
        if found is None or line.block.kind == "heading":
            if line.block.kind == "heading" or line.text.rstrip().endswith(":"):
                heading, run, deeds = line.clean, [], 0
            continue
        if int(found["n"]) != len(run) + 1:
            run, deeds = [], 0
            if int(found["n"]) != 1:
                continue
        run.append(line)
        deeds += bool(_DOING.match(found["rest"]))
        if len(run) >= 3 and deeds * 3 >= len(run) * 2 and not _NO_STEPS.search(heading):
            return [_hit(run[0], "steps", confidence=0.88)]
    return []


@detector("time-limit")
def time_limit(sight: Sight) -> list[Hit]:
    """A time within which something is done (ภายใน 15 วัน)."""
    return _matching(sight, _TIME_LIMIT, "time-limit", 0.9)


@detector("duties")
def duties(sight: Sight) -> list[Hit]:
    """Three or more entries of a list that begin with what an agency is to do (จัดให้มี …, ส่งเสริม …, กำกับดูแล …)."""
    found = [x for x in sight.lines if not x.toc and (x.block.kind == "item" or x.numbered) and _DUTY.match(x.bare)]
    return [_hit(found[0], "duties", confidence=0.85)] if len(found) >= _DUTIES else []


@detector("month-columns")
def month_columns(sight: Sight) -> list[Hit]:
    """A plan by months or quarters: a table with three or more such columns of which some cells are marked."""
    for table in sight.lines.once(tables):
        columns = [i for i, h in enumerate(table.heads) if _MONTH_HEAD.search(clean(h)) and len(h) <= 40]
        if len(columns) >= 3 and any(filled(c) for i in columns for _, c in table.column(i)):
            words = " … ".join(table.heads[i] for i in columns[:2])
            return [_hit(table.head_lines[-1], "month-columns", words)]
    names = [x for x in sight.lines if not x.toc and len(re.findall(MONTH, x.clean)) >= 6]
    return [_hit(names[0], "month-columns", confidence=0.85)] if names else []


@detector("year-columns")
def year_columns(sight: Sight) -> list[Hit]:
    """A plan by years: a table with two or more columns of years, one a year, of which some cells are marked."""
    for table in sight.lines.once(tables):
        columns = [i for i, h in enumerate(table.heads) if _YEAR_HEAD.search(clean(h)) and len(h) <= 40]
        years = {_YEAR_HEAD.findall(clean(table.heads[i]))[-1] for i in columns}
        if len(years) >= 2 and any(filled(c) for i in columns for _, c in table.column(i)):
            return [_hit(table.head_lines[-1], "year-columns", " … ".join(table.heads[i] for i in columns[:2]), 0.85)]
    return []


@detector("month-range")
def month_range(sight: Sight) -> list[Hit]:
    """Months from – to (ต.ค. 65 - ก.ย. 66) in a row or line of content."""
    for line in sight.lines:
        if not line.toc and line.block.kind in ("row", "item", "text"):
            found = [m for m in mentions(line.text) if m.kind in ("range", "month")]
            if found and (line.block.kind == "row" or len(line.key) > 12):
                return [_hit(line, "month-range", confidence=0.85)]
    return []


@detector("online-form")
def online_form(sight: Sight) -> list[Hit]:
    """A form that hands something in, or a link to a form service or an online system."""
    first = next(iter(sight.lines), None)
    if first is None:
        return []
    for form in sight.document.forms:
        real = [f for f in form.fields if f.strip()]
        search = len(real) <= 1 and any(
            w in " ".join((form.action, *form.fields, *form.buttons)).lower() for w in ("search", "ค้นหา", "q")
        )
        if form.zone == "main" and not form.has_password and not search and (len(real) >= 2 or form.has_file):
            shown = [w for w in (*form.fields, *form.buttons) if re.search("[ก-๙]", w)]
            return [_hit(first, "online-form", " … ".join((*shown[:2], *form.buttons[:1])) or None)]
    for link in sight.links:
        words = loose(link.text + link.row)
        service = any(s in link.url.lower() for s in _FORM_SERVICES)
        if service or (
            link.zone == "main"
            and any(loose(v) in words for v in _ONLINE_VERBS)
            and not link.url.lower().endswith((".pdf", ".doc", ".docx"))
        ):
            return [_hit(first, "online-form", link.text or link.row or link.url, 0.88)]
    return []


@detector("question-form")
def question_form(sight: Sight) -> list[Hit]:
    """A form with a field to ask in."""
    first = next(iter(sight.lines), None)
    for form in sight.document.forms:
        words = loose(" ".join((*form.fields, *form.buttons)))
        if first and form.zone == "main" and any(w in words for w in ("คาถาม", "กระทู", "ถาม", "question", "ขอความ", "message")):
            return [_hit(first, "question-form", " ".join(form.buttons) or None)]
    return []


@detector("figures")
def figures(sight: Sight) -> list[Hit]:
    """A table with numbers in its cells."""
    for table in sight.lines.once(tables):
        rows = [r for r in table.rows if any(re.search(r"\d", clean(c)) for c in r.block.cells[1:])]
        if rows:
            return [_hit(rows[0], "figures", confidence=0.88)]
    return []


@detector("dated-activity")
def dated_activity(sight: Sight) -> list[Hit]:
    """Something that was held or done on a day: a line that names an act, with a date in it or near it."""
    for at, line in enumerate(sight.lines):
        if line.toc or not _ACTIVITY.search(line.clean):
            continue
        near = " ".join(x.text for x in sight.lines[max(0, at - 2) : at + 3])
        # months in a row of a table are a plan as often as a deed; a day is not
        kinds = ("date",) if line.block.kind == "row" else ("date", "month", "range")
        if any(m.kind in kinds for m in mentions(near)):
            return [_hit(line, "dated-activity", confidence=0.9)]
    return []


@detector("project-lines")
def project_lines(sight: Sight) -> list[Hit]:
    """Two or more lines or cells that begin with the name of a project or activity."""
    named = []
    for line in sight.lines:
        cells = line.block.cells or (line.bare,)
        if not line.toc and _PROJECT_NUMBERED.match(line.clean):
            named.append(line)
            continue
        if not line.toc and any(_PROJECT.match(re.sub(r"^[\d.\s)(-]+", "", clean(c).strip())) for c in cells):
            named.append(line)
    return [_hit(x, "project-lines", confidence=0.9) for x in named[:2]] if len(named) >= 2 else []
