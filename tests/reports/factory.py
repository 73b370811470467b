"""Reports built by hand: a realistic one, a hostile one, one with nothing decided, an empty one, a very large one."""

from __future__ import annotations

from typing import Any

from ita_rules.model import (
    AgencyInfo,
    Bounded,
    CheckResult,
    Decision,
    Evidence,
    FixPlan,
    IndicatorScore,
    ItemResult,
    LocatedBy,
    NearMiss,
    Range,
    Report,
    RuleSetInfo,
    RuleSource,
    RunInfo,
    Scores,
    Severity,
    SourceResult,
    SourceWarning,
    Status,
    ToolInfo,
    ToOpen,
    Total,
    Unreached,
    Unverified,
    Waived,
)
from ita_rules.plan import plan

SITE = "http://www.tambon-tuayang.go.th"
HANDBOOK = "handbook-2566"

INDICATORS: dict[str, tuple[str, int, float]] = {
    "9.1": ("ข้อมูลพื้นฐาน", 10, 1.0),
    "9.2": ("การบริหารงาน", 8, 1.25),
    "9.3": ("การบริหารเงินงบประมาณ", 4, 2.5),
    "9.4": ("การบริหารและพัฒนาทรัพยากรบุคคล", 4, 2.5),
    "9.5": ("การส่งเสริมความโปร่งใส", 4, 2.5),
    "10.1": ("การดำเนินการเพื่อป้องกันการทุจริต", 8, 3.125),
    "10.2": ("มาตรการภายในเพื่อส่งเสริมความโปร่งใสและป้องกันการทุจริต", 5, 5.0),
}
NAMES = """โครงสร้าง
ข้อมูลผู้บริหาร
อำนาจหน้าที่
แผนยุทธศาสตร์หรือแผนพัฒนาหน่วยงาน
ข้อมูลการติดต่อ
กฎหมายที่เกี่ยวข้อง
ข่าวประชาสัมพันธ์
Q&A
Social Network
นโยบายคุ้มครองข้อมูลส่วนบุคคล
แผนดำเนินงานและการใช้งบประมาณประจำปี
รายงานการกำกับติดตามการดำเนินงานและการใช้งบประมาณประจำปี รอบ 6 เดือน
รายงานผลการดำเนินงานประจำปี
คู่มือหรือมาตรฐานการปฏิบัติงาน
คู่มือหรือมาตรฐานการให้บริการ
ข้อมูลเชิงสถิติการให้บริการ
รายงานผลการสำรวจความพึงพอใจการให้บริการ
E-Service
แผนการจัดซื้อจัดจ้างหรือแผนการจัดหาพัสดุ
ประกาศต่าง ๆ เกี่ยวกับการจัดซื้อจัดจ้างหรือการจัดหาพัสดุ
สรุปผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุรายเดือน
รายงานผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุประจำปี
นโยบายหรือแผนการบริหารทรัพยากรบุคคล
การดำเนินการตามนโยบายหรือแผนการบริหารทรัพยากรบุคคล
หลักเกณฑ์การบริหารและพัฒนาทรัพยากรบุคคล
รายงานผลการบริหารและพัฒนาทรัพยากรบุคคลประจำปี
แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ
ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ
ข้อมูลเชิงสถิติเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ
การเปิดโอกาสให้เกิดการมีส่วนร่วม
ประกาศเจตนารมณ์นโยบาย No Gift Policy จากการปฏิบัติหน้าที่
การสร้างวัฒนธรรม No Gift Policy
รายงานผลตามนโยบาย No Gift Policy
การประเมินความเสี่ยงการทุจริตและประพฤติมิชอบ ประจำปี
การดำเนินการเพื่อจัดการความเสี่ยงการทุจริตและประพฤติมิชอบ
แผนปฏิบัติการป้องกันการทุจริต
รายงานการกำกับติดตามการดำเนินการป้องกันการทุจริตประจำปี รอบ 6 เดือน
รายงานผลการดำเนินการป้องกันการทุจริตประจำปี
ประมวลจริยธรรมสำหรับเจ้าหน้าที่ของรัฐ
การขับเคลื่อนจริยธรรม
การประเมินจริยธรรมเจ้าหน้าที่ของรัฐ
มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน
รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน""".splitlines()


def check(item: str, key: str, kind: str, status: Status, message: str, **more: Any) -> CheckResult:
    """A check of `item` with likely values."""
    values: dict[str, Any] = {
        "id": f"{item}.{key}",
        "component": key,
        "kind": kind,
        "status": status,
        "confidence": 0.97,
        "message": message,
        "severity": Severity.CRITERION,
        "verified": True,
        "source": HANDBOOK,
    }
    return CheckResult(**(values | more))


def source(number: int, name: str, **more: Any) -> SourceResult:
    """A PDF that answers item `number`."""
    values: dict[str, Any] = {
        "url": f"{SITE}/upload/ita2566/O{number}/%E0%B8%A3%E0%B8%B2%E0%B8%A2%E0%B8%87%E0%B8%B2%E0%B8%99-{number}.pdf",
        "title": f"{name} (องค์การบริหารส่วนตำบลตัวอย่าง)",
        "media_type": "application/pdf",
        "http_status": 200,
        "sha256": f"{number:064x}",
        "fetched_at": "2026-11-21T02:04:00+07:00",
        "click_path": (f"{SITE}/", f"{SITE}/ita-2566"),
        "click_words": ("การเปิดเผยข้อมูลสาธารณะ (ITA) ปี 2566", f"O{number} {name}"),
        "located_by": LocatedBy.CODE,
        "text_from": "text-layer",
        "pages": 12 + number,
        "read_by": ("pypdfium2 5.15",),
    }
    return SourceResult(**(values | more))


def _passing(number: int, name: str) -> tuple[CheckResult, ...]:
    item, url = f"O{number}", source(number, name).url
    why = (f"หน้ารวมข้อมูล ITA มีลิงก์ชื่อ “O{number} {name}”", "อ่านข้อความในไฟล์ได้ครบ")
    quote = f"{name} ประจำปีงบประมาณ พ.ศ. ๒๕๖๖"
    return (
        check(item, "reachable", "reachable", Status.PASS, "เปิดหลักฐานได้", evidence=(Evidence(url=url),), confidence=1.0),
        check(item, "linked", "linked", Status.PASS, "เข้าถึงได้จากหน้าหลักใน 2 คลิก", evidence=(Evidence(url=url),)),
        check(
            item,
            "period",
            "period",
            Status.PASS,
            "เอกสารเป็นของปี พ.ศ. 2566 ตรงตามที่ข้อนี้ขอ",
            evidence=(Evidence(url=url, page=1, quote=quote),),
            asks="เป็นของปี พ.ศ. 2566",
            why=why,
        ),
    )


def _special() -> dict[int, tuple[CheckResult, ...]]:
    """The checks that are not plain passes, by item number."""
    whole = (Evidence(url=source(13, "").url, read="whole"),)
    gap, undecided = Status.GAP, Status.UNDECIDED
    return {
        2: (
            check(
                "O2",
                "person-photo",
                "component",
                gap,
                "ไม่พบรูปถ่ายของผู้บริหาร 2 จาก 5 คน ที่ขาดคือ รองนายกฯ และปลัด อบต.",
                asks="แสดงรูปถ่ายของผู้บริหารแต่ละคน",
                fix="เพิ่มรูปถ่ายของรองนายกองค์การบริหารส่วนตำบลและปลัด หากตำแหน่งว่างให้ระบุว่า “ตำแหน่งว่าง”",
                confidence=0.82,
                evidence=(Evidence(url=f"{SITE}/executives", read="whole"),),
                why=("หน้าข้อมูลผู้บริหารมีชื่อ 5 คน", "มีภาพอยู่ข้างชื่อ 3 คน"),
            ),
        ),
        8: (
            check(
                "O8",
                "two_way",
                "two_way",
                gap,
                "พบเพียงแบบฟอร์มติดต่อ ซึ่งส่งข้อความได้ทางเดียว",
                verified=False,
                source=None,
                asks="ประชาชนสอบถามและได้รับคำตอบบนเว็บไซต์หลักได้ทั้งสองทาง",
                confidence=0.78,
                fix="เพิ่มกระดานถาม-ตอบ กล่องสนทนา หรือ Line Official Account บนเว็บไซต์หลัก",
            ),
        ),
        12: (
            check(
                "O12",
                "progress",
                "component",
                undecided,
                "ยังดูไม่ได้ว่ามี ความก้าวหน้าการดำเนินการแต่ละโครงการ หรือไม่: เอกสารเป็นภาพสแกน",
                cause="no_ocr",
                confidence=0.4,
                asks="แสดงความก้าวหน้าการดำเนินการแต่ละโครงการ",
            ),
            check(
                "O12",
                "machine_readable",
                "machine_readable",
                gap,
                "ไฟล์เป็นภาพสแกน ค้นหาและคัดลอกข้อความไม่ได้",
                severity=Severity.ADVICE,
                fix="เผยแพร่ไฟล์ PDF ที่แปลงจาก Word หรือ Excel แทนหรือควบคู่กับไฟล์สแกน",
            ),
        ),
        13: (
            check(
                "O13",
                "problems",
                "component",
                gap,
                "ไม่พบองค์ประกอบ ปัญหา/อุปสรรค ใน รายงานผลการดำเนินงานประจำปี",
                asks="แสดงปัญหา อุปสรรค ในการดำเนินงาน",
                fix="เพิ่มหัวข้อ “ปัญหา อุปสรรค” ในรายงาน หากไม่มีให้ระบุว่า “ไม่มี”",
                evidence=whole,
                why=("อ่านรายงานครบ 25 หน้า", "คำว่า “ปัญหา” พบเฉพาะในสารบัญ หน้า 2 ซึ่งไม่ใช่เนื้อหา"),
            ),
            check(
                "O13",
                "suggestions",
                "component",
                gap,
                "มีหัวข้อหรือช่อง ข้อเสนอแนะ ใน รายงานผลการดำเนินงานประจำปี แต่เว้นว่างไว้",
                asks="แสดงข้อเสนอแนะ",
                fix="ใส่ข้อเสนอแนะ หากไม่มีให้ระบุว่า “ไม่มี” โดยไม่เว้นว่าง",
                verified=False,
                evidence=(
                    Evidence(
                        url=source(13, "").url, page=24, quote="๕. ข้อเสนอแนะ ....................................", read="whole"
                    ),
                ),
            ),
            check(
                "O13",
                "results",
                "component",
                Status.PASS,
                "พบ ผลการดำเนินการตามโครงการหรือกิจกรรม",
                evidence=(
                    Evidence(
                        url=source(13, "").url,
                        page=6,
                        quote="ผลการดำเนินงานตามแผนงาน/โครงการ ประจำปีงบประมาณ พ.ศ. ๒๕๖๕ จำนวน ๔๒ โครงการ",
                    ),
                ),
            ),
        ),
        21: (
            check(
                "O21",
                "months",
                "coverage",
                gap,
                "ยังขาดข้อมูลของเดือน กุมภาพันธ์ 2566",
                asks="มีข้อมูลครบทุกเดือน ตุลาคม 2565 ถึง มีนาคม 2566",
                fix="เพิ่ม สขร.1 ของเดือนกุมภาพันธ์ 2566 หากไม่มีการจัดซื้อจัดจ้างให้ระบุว่า “ไม่มีการจัดซื้อจัดจ้าง”",
                why=("พบ สขร.1 ของ 5 เดือน: ต.ค. พ.ย. ธ.ค. ม.ค. มี.ค.",),
            ),
        ),
        28: (
            check(
                "O28",
                "linked",
                "linked",
                gap,
                "ไม่พบลิงก์จากหน้าหลักไปถึงหลักฐานนี้",
                asks="มีลิงก์จากหน้าหลักของเว็บไซต์ไปถึงหลักฐาน",
                fix="เพิ่มลิงก์ไปยังหน้ารับแจ้งเรื่องร้องเรียนการทุจริตในเมนูของเว็บไซต์หลัก",
            ),
        ),
        29: (
            check(
                "O29",
                "reachable",
                "reachable",
                gap,
                "เปิดหลักฐานไม่ได้: เซิร์ฟเวอร์แจ้งว่าไม่มีหน้านี้หรือไฟล์นี้ (404)",
                confidence=1.0,
                asks="ประชาชนทั่วไปเปิดหลักฐานได้โดยไม่ต้องลงชื่อเข้าใช้",
                fix="นำไฟล์กลับขึ้นเว็บไซต์ หรือแก้ลิงก์ในคำตอบข้อ O29",
            ),
            check(
                "O29",
                "total",
                "component",
                undecided,
                "ยังดูไม่ได้ว่ามี เรื่องร้องเรียนทั้งหมด หรือไม่: เปิดหลักฐานไม่ได้",
                cause="http_404",
                confidence=0.5,
            ),
        ),
        31: (
            check(
                "O31",
                "signed",
                "signed",
                undecided,
                "ยังบอกไม่ได้ว่าผู้บริหารสูงสุดลงนามแล้วหรือไม่: ลายมือชื่ออยู่ในภาพสแกน",
                cause="uncertain",
                confidence=0.55,
                asks="ลงนามโดยผู้บริหารสูงสุดของหน่วยงาน",
            ),
        ),
        37: (
            check(
                "O37",
                "period",
                "period",
                Status.NOT_DUE,
                "ยังไม่ถึงกำหนดเผยแพร่ (30 เมษายน 2566)",
                asks="เป็นของ 6 เดือนแรก ปีงบประมาณ พ.ศ. 2566",
            ),
        ),
        41: (check("O41", "results", "component", Status.NOT_APPLICABLE, "ไม่ใช้กับหน่วยงานประเภทนี้"),),
        42: (
            check(
                "O42",
                "ita-analysis",
                "component",
                gap,
                "ไม่พบองค์ประกอบ การวิเคราะห์ผล ITA ปีก่อน ใน มาตรการส่งเสริมคุณธรรม",
                asks="แสดงการวิเคราะห์ผลการประเมิน ITA ปี พ.ศ. 2565",
                fix="เพิ่มการวิเคราะห์ผลการประเมิน ITA ปี พ.ศ. 2565 พร้อมประเด็นที่ต้องแก้ไขโดยเร่งด่วน",
                evidence=(Evidence(url=source(42, "").url, read="whole"),),
            ),
        ),
    }


_ITEM_STATUS = {37: Status.NOT_DUE, 41: Status.NOT_APPLICABLE}


def _item(number: int, name: str, indicator: str, worth: float, special: tuple[CheckResult, ...]) -> ItemResult:
    checks = special + (_passing(number, name) if number not in (29, 41) else ())
    found = {each.status for each in checks if each.severity is Severity.CRITERION}
    status = _ITEM_STATUS.get(number) or next(s for s in (Status.GAP, Status.UNDECIDED, Status.PASS) if s in found)
    sources = (source(number, name),)
    if number == 12:
        sources = (source(12, name, cause="no_ocr", text_from=None),)
    if number == 29:
        sources = (
            source(
                29,
                name,
                cause="http_404",
                http_status=404,
                text_from=None,
                pages=None,
                located_by=LocatedBy.ANSWER,
                click_path=(),
                click_words=(),
            ),
        )
    if number == 13:
        short = "ลิงก์ที่เผยแพร่เป็นลิงก์ย่อ นำไปยัง https://drive.google.com/file/d/1AbCdEfGhIjKlMnOp/view"
        sources = (source(13, name, url="https://bit.ly/3AbCdEf", warnings=(SourceWarning(code="short_link", message=short),)),)
    if number == 28:
        sources = (
            source(
                28,
                name,
                url=f"{SITE}/corruption-complaint",
                media_type="text/html",
                text_from="html",
                pages=None,
                click_path=(),
                click_words=(),
            ),
        )
    return ItemResult(
        id=f"O{number}",
        concepts=("concept",),
        name=name,
        indicator=indicator,
        status=status,
        score={Status.PASS: 100, Status.GAP: 0}.get(status),
        due="2023-04-30" if status is Status.NOT_DUE else None,
        worth=worth,
        sources=() if number == 41 else sources,
        checks=checks,
    )


def realistic(**more: Any) -> Report:
    """43 items of FY 2566 of a sub-district office, with gaps like those that examiners find."""
    special, items, number = _special(), [], 0
    for indicator, (_, many, worth) in INDICATORS.items():
        for _place in range(many):
            number += 1
            items.append(_item(number, NAMES[number - 1], indicator, worth, special.get(number, ())))
    scores = Scores(
        oit=Range(low=72.1875, high=85.0),
        indicators=(
            IndicatorScore(id="9", name="การเปิดเผยข้อมูล", low=73.5, high=76.0),
            IndicatorScore(id="9.1", name=INDICATORS["9.1"][0], low=80, high=80),
            IndicatorScore(id="9.2", name=INDICATORS["9.2"][0], low=75, high=87.5),
            IndicatorScore(id="9.3", name=INDICATORS["9.3"][0], low=75, high=75),
            IndicatorScore(id="9.4", name=INDICATORS["9.4"][0], low=100, high=100),
            IndicatorScore(id="9.5", name=INDICATORS["9.5"][0], low=37.5, high=50),
            IndicatorScore(id="10", name="การป้องกันการทุจริต", low=67.5, high=87.5),
            IndicatorScore(id="10.1", name=INDICATORS["10.1"][0], low=75, high=100),
            IndicatorScore(id="10.2", name=INDICATORS["10.2"][0], low=60, high=80),
        ),
    )
    return _report(**{"items": tuple(items), "scores": scores, "plan": plan(items)} | more)


def _report(**more: Any) -> Report:
    values: dict[str, Any] = {
        "tool": ToolInfo(version="0.1.0"),
        "ruleset": RuleSetInfo(
            id="oit-2566",
            version="2566.1",
            fiscal_year=2566,
            name="แบบวัดการเปิดเผยข้อมูลสาธารณะ ปีงบประมาณ พ.ศ. 2566",
            sources=(
                RuleSource(id=HANDBOOK, title="รายละเอียดการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2566", url="https://itas.nacc.go.th/"),
            ),
        ),
        "agency": AgencyInfo(name="องค์การบริหารส่วนตำบลตัวอย่าง", type="local", url=f"{SITE}/"),
        "run": RunInfo(
            started="2026-11-21T02:00:00+07:00",
            finished="2026-11-21T02:11:00+07:00",
            as_of="2023-04-01",
            requests=412,
            pages=230,
            documents=96,
            unreached=(
                Unreached(url=f"{SITE}/upload/O29.pdf", cause="http_404"),
                Unreached(
                    url="https://drive.google.com/file/d/1AbCdEfGhIjKlMnOpQrStUvWxYz012345/view?usp=sharing", cause="login"
                ),
                Unreached(
                    url=f"{SITE}/upload/%E0%B8%AA%E0%B8%82%E0%B8%A3%201.xlsx", cause="timeout", message="ไม่ตอบภายใน 30 วินาที"
                ),
                Unreached(
                    url="https://www.other.example/o7",
                    cause="http_503",
                    who="ผู้ดูแล www.other.example ซึ่งเซิร์ฟเวอร์ไม่ตอบตามปกติ",
                    acts="external",
                ),
                Unreached(url="https://www.facebook.com/tessaban.example", cause="social_wall", acts="tool"),
            ),
            bounds=(
                Bounded(
                    rule="dated",
                    family=f"{SITE}/calendar.php",
                    asked=24,
                    refused=118,
                    message=f"ปฏิทินหรือคลังตามวันที่ใน {SITE}/calendar.php ไม่มีที่สิ้นสุด เปิดดูแล้ว 24 หน้า ไม่ได้เปิด 118 ที่อยู่",
                ),
                Bounded(rule="unheard-of", family=f"{SITE}/#/x", asked=2, refused=9),
            ),
            insecure=(
                Unverified(url=f"{SITE}/upload/O13.pdf", fault="expired", message="ใบรับรองหมดอายุ"),
                Unverified(url="https://files.other.example/o21.xlsx", fault="some other fault"),
            ),
            rendered=3,
            unchanged=57,
            warnings=("ไฟล์คำตอบมีข้อ “O44” ซึ่งไม่มีในชุดหลักเกณฑ์ oit-2566 จึงไม่ได้ใช้",),
            complete=False,
            stopped_by="max_pages",
        ),
        "items": (),
        "scores": Scores(oit=Range(low=0, high=0), indicators=()),
    }
    return Report(**(values | more))


def empty() -> Report:
    """A report without items, as of a rule set of one kind that leaves all out."""
    return _report(
        run=RunInfo(
            started="2026-11-21T02:00:00+07:00",
            finished="2026-11-21T02:00:01+07:00",
            as_of="2023-04-01",
            requests=0,
            pages=0,
            documents=0,
        )
    )


def undecided() -> Report:
    """A report of a site that was down: nothing could be looked at."""
    items = tuple(
        ItemResult(
            id=f"O{number}",
            concepts=("concept",),
            name=name,
            indicator="9.1",
            status=Status.UNDECIDED,
            score=None,
            worth=1.0,
            checks=(
                check(
                    f"O{number}",
                    "answered",
                    "answered",
                    Status.UNDECIDED,
                    f"ยังบอกไม่ได้ว่ามีหลักฐานของ {name} หรือไม่",
                    cause="site_down",
                    confidence=0.0,
                ),
            ),
        )
        for number, name in enumerate(NAMES, 1)
    )
    return _report(items=items, scores=Scores(oit=Range(low=0, high=100), indicators=()))


HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)>{{ 7*7 }}{% raw %}"
    "\u202egnp.exe\u2066\u200f\x1b[31mred\x1b]0;owned\x07\x00\x9b[2J\ud800[bold red]markup[/] &lt;b&gt;</details></style>"
)
HOSTILE_URLS = (
    "javascript:alert(document.cookie)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    'http://x.example/"onmouseover="alert(1)',
    "http://x.example/\u202egnp.exe",
    "http://",
    "//evil.example/x",
    "file:///etc/passwd",
    "http://[::1",
)


def hostile() -> Report:
    """A report in which every text that a site can reach tries to break out of the page or the terminal."""
    long = "ก" * 1_000_000
    checks = tuple(
        check(
            "O1",
            f"k{place}",
            HOSTILE if place == 0 else "component",
            status,
            HOSTILE,
            fix=HOSTILE,
            asks=HOSTILE,
            why=(HOSTILE, long),
            cause=HOSTILE if status is Status.UNDECIDED else None,
            source=HOSTILE,
            severity=severity,
            evidence=(Evidence(url=HOSTILE_URLS[place % len(HOSTILE_URLS)], page=HOSTILE, quote=HOSTILE + long),),
            near=(NearMiss(label=HOSTILE, wording=HOSTILE, likeness=70, url=HOSTILE_URLS[0], page=HOSTILE),),
            waived=Waived(reason=HOSTILE + long, who=HOSTILE, until=HOSTILE) if place % 3 == 0 else None,
        )
        for place, (status, severity) in enumerate((s, v) for s in Status for v in Severity)
    )
    sources = tuple(
        SourceResult(
            url=url,
            title=HOSTILE + long,
            final_url=url,
            media_type=HOSTILE,
            cause=HOSTILE,
            located_by=LocatedBy.SEARCH,
            click_path=(url, url),
            click_words=(HOSTILE, long),
            text_from=HOSTILE,
            fetched_at=HOSTILE,
            warnings=(SourceWarning(code=HOSTILE, message=HOSTILE + long),),
        )
        for url in HOSTILE_URLS
    )
    item = ItemResult(
        id=HOSTILE,
        concepts=(HOSTILE,),
        name=HOSTILE + long,
        indicator=HOSTILE,
        status=Status.GAP,
        score=0,
        due=HOSTILE,
        worth=1.0,
        unit=HOSTILE,
        decision=Decision(decision="gap", on=Status.PASS, who=HOSTILE, when=HOSTILE, comment=HOSTILE + long[:5_000]),
        sources=sources,
        checks=checks,
    )
    run = RunInfo(
        started=HOSTILE,
        finished=HOSTILE,
        as_of=HOSTILE,
        requests=1,
        pages=1,
        documents=1,
        stopped_by=HOSTILE,
        complete=False,
        warnings=(HOSTILE,),
        unreached=tuple(Unreached(url=url, cause=HOSTILE, message=HOSTILE, who=HOSTILE) for url in HOSTILE_URLS),
        bounds=(Bounded(rule=HOSTILE, family=HOSTILE, asked=1, refused=1, message=HOSTILE + long),),
        insecure=tuple(Unverified(url=url, fault=HOSTILE, message=HOSTILE) for url in HOSTILE_URLS),
    )
    opened = tuple(
        ToOpen(
            item=HOSTILE,
            checks=(HOSTILE,),
            reasons=(HOSTILE,),
            asks=HOSTILE + long,
            url=url,
            page=number,
            quote=HOSTILE + long,
            confidence=0.7,
        )
        for number, url in enumerate(HOSTILE_URLS)
    )
    fixes = FixPlan(item=HOSTILE, checks=(HOSTILE,), fixes=(HOSTILE + long,), points=1.0, total_points=0.4, effort=2)
    return _report(
        to_open=opened,
        plan=(fixes, fixes),
        total=Total(iit=90, eit=80, low=50, high=60, level_low=HOSTILE, level_high=HOSTILE + long, passes=85),
        items=(item, item.model_copy(update={"status": Status.NOT_DUE})),
        run=run,
        agency=AgencyInfo(name=HOSTILE + long, type="other", url=HOSTILE_URLS[0]),
        tool=ToolInfo(version=HOSTILE),
        ruleset=RuleSetInfo(
            id=HOSTILE,
            version=HOSTILE,
            fiscal_year=2566,
            name=HOSTILE,
            sources=(RuleSource(id=HOSTILE, title=HOSTILE, url=HOSTILE_URLS[0], note=HOSTILE),),
        ),
        scores=Scores(oit=Range(low=0, high=50), indicators=(IndicatorScore(id=HOSTILE, name=HOSTILE, low=0, high=1),)),
    )


def large() -> Report:
    """43 items, 300 sources, every check with quotes."""
    report = realistic()
    items = tuple(
        item.model_copy(
            update={
                "sources": tuple(source(place * 50 + n, item.name * 2, cause="timeout" if n % 3 else None) for n in range(7)),
                "checks": tuple(
                    each.model_copy(
                        update={"evidence": tuple(Evidence(url=f"{SITE}/{n}", page=n, quote=item.name * 5) for n in range(7))}
                    )
                    for each in item.checks * 2
                ),
            }
        )
        for place, item in enumerate(report.items)
    )
    return report.model_copy(update={"items": items})
