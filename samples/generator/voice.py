"""O27 to O30: complaints and taking part."""

from __future__ import annotations

from generator import images
from generator.agency import CLERK, MAYOR, NAME, SHORT
from generator.layout import frame, grid, link, word
from generator.pdf import Paper
from generator.shelf import Shelf


def add(shelf: Shelf) -> None:
    """Pages and papers of O27 to O30, and the web board of O8."""
    _guideline(shelf)
    _channels(shelf)
    _statistics(shelf)
    _participation(shelf)
    _board(shelf)


def _form(action: str, fields: list[str], button: str) -> str:
    rows = "".join(
        f'<tr><td width="220">{field}</td><td><input type="text" name="f{n}" size="50"></td></tr>'
        for n, field in enumerate(fields)
    )
    return (
        f'<form action="{action}" method="post" enctype="multipart/form-data"><table border="0">{rows}'
        f'<tr><td>รายละเอียด</td><td><textarea name="detail" cols="50" rows="6"></textarea></td></tr></table>'
        f'<input type="submit" value="{button}"></form>'
    )


def _channels(shelf: Shelf) -> None:
    site = shelf.site
    body = word("แจ้งความเดือดร้อนเรื่องถนนชำรุด ไฟฟ้าสาธารณะดับ น้ำประปาไม่ไหล ขยะตกค้าง เหตุรำคาญ และเรื่องทั่วไปได้ที่แบบฟอร์มนี้")
    body += _form("/complain.php", ["ชื่อ - สกุล ผู้ร้อง", "หมายเลขโทรศัพท์", "สถานที่เกิดเหตุ"], "ส่งเรื่องร้องทุกข์")
    site.page("/complain.php", frame("ร้องทุกข์ - ร้องเรียนเรื่องทั่วไป", body))

    body = word(
        "<b>ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบของเจ้าหน้าที่</b>",
        f"ช่องทางนี้รับเฉพาะเรื่องการทุจริตและประพฤติมิชอบของเจ้าหน้าที่{SHORT} แยกต่างหากจากการร้องทุกข์เรื่องทั่วไป",
        f"ข้อมูลของผู้แจ้งเบาะแสจะถูกเก็บเป็นความลับ ผู้ที่เปิดอ่านได้มีเพียงปลัด{NAME} และจะไม่เปิดเผยชื่อผู้แจ้งแก่ผู้ถูกร้อง",
    ) + _form(
        "/report/secure.php",
        ["ชื่อผู้แจ้ง (ไม่ระบุก็ได้)", "ช่องทางติดต่อกลับ", "ชื่อหรือตำแหน่งเจ้าหน้าที่ผู้ถูกร้อง", "วันเวลาที่เกิดเหตุ", "หลักฐาน (ถ้ามี)"],
        "ส่งเรื่องร้องเรียน",
    )
    site.page("/report/secure.php", frame("แจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ", body))
    shelf.row("O28", ("ช่องทางแจ้งเรื่องร้องเรียนการทุจริต", "#"))
    site.answer("O28", "/report/secure.php", "ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ")
    site.truth(
        "O28",
        "/report/secure.php",
        gap="orphan",
        note="the channel stands only in the answers; no page of the site links it, one has it in a comment",
        expect=[("linked", "*"), ("reachable", "*")],
        traps=["orphan", "link-in-a-comment", "general-channel-beside"],
        needs=["แยกต่างหาก", "ความลับ"],
    )


def _guideline(shelf: Shelf) -> None:
    paper = Paper("Laksaman", footer="")
    paper.head("แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ", "ของเจ้าหน้าที่" + NAME)
    paper.h("๑. วิธีการร้องเรียนสำหรับบุคคลภายนอก").p(
        "ผู้พบเห็นการทุจริตร้องเรียนได้ด้วยตนเอง ทางไปรษณีย์ ทางโทรศัพท์ หรือผ่านเว็บไซต์ โดยระบุชื่อหรือตำแหน่งผู้ถูกร้อง พฤติการณ์ และพยานหลักฐานเท่าที่มี"
    )
    paper.h("๒. ขั้นตอนการจัดการเรื่องร้องเรียน").table(
        [
            ("ขั้นตอน", "การดำเนินการ", "ผู้รับผิดชอบ", "ระยะเวลา"),
            ("๑", "ลงทะเบียนรับเรื่องและออกเลขรับ", "งานกฎหมายและคดี สำนักปลัด", "๑ วันทำการ"),
            ("๒", "ตรวจสอบมูลและเสนอนายก", "ปลัด" + SHORT, "๓ วันทำการ"),
            ("๓", "แต่งตั้งคณะกรรมการสอบข้อเท็จจริง", "นายก" + SHORT, "๗ วันทำการ"),
            ("๔", "สอบข้อเท็จจริงและสรุปความเห็น", "คณะกรรมการ", "๓๐ วัน"),
            ("๕", "แจ้งผลแก่ผู้ร้องเรียน", "งานกฎหมายและคดี", "๕ วันทำการ"),
        ],
        [1.6, 6, 4, 3],
    )
    paper.h("๓. ส่วนงานที่รับผิดชอบ").p(f"งานกฎหมายและคดี สำนักปลัด{NAME}")
    paper.p("ถือปฏิบัติตั้งแต่วันที่ ๑ ธันวาคม ๒๕๖๕").sign(MAYOR, "นายก" + NAME)
    shown = shelf.put(
        53, "แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริต", "/upload/ITA66/O27/o27.pdf", paper.bytes(), day="1 ธ.ค. 2565", wrap="iframe"
    )
    shelf.row("O27", ("แนวปฏิบัติการจัดการเรื่องร้องเรียน", shown[0]))
    shelf.site.answer("O27", shown[0], "หน้าแรก > ธรรมาภิบาล > เรื่องร้องเรียนการทุจริต")
    shelf.site.truth(
        "O27",
        *shown,
        form="pdf",
        traps=["via-iframe", "thai-digits", "duration-in-the-table"],
        needs=["วิธีการร้องเรียน", "ส่วนงานที่รับผิดชอบ", "ระยะเวลา"],
    )


def _statistics(shelf: Shelf) -> None:
    paper = Paper("Garuda", 13)
    paper.head("สถิติเรื่องร้องเรียน รอบ 6 เดือน", "ประจำปีงบประมาณ พ.ศ. 2566 (ตุลาคม 2565 - มีนาคม 2566)", NAME)
    rows: list[tuple[object, ...]] = [("ลำดับ", "ประเภทเรื่องร้องเรียน", "ทั้งหมด", "แล้วเสร็จ", "อยู่ระหว่างดำเนินการ")]
    kinds = [("ถนนชำรุด", 9, 7), ("ไฟฟ้าสาธารณะดับ", 14, 14), ("ขยะตกค้าง", 5, 5), ("น้ำประปาไม่ไหล", 11, 10), ("เสียงดังรบกวน", 3, 2)]
    for number, (kind, count, done) in enumerate(kinds, 1):
        rows.append((number, kind, count, done, count - done))
    rows.append((6, "การทุจริตและประพฤติมิชอบ", 0, 0, 0))
    rows.append(("", "รวม", sum(k[1] for k in kinds), sum(k[2] for k in kinds), sum(k[1] - k[2] for k in kinds)))
    paper.table(rows, [1.4, 6, 2, 2, 3]).sign(CLERK, "ปลัด" + NAME, "4 เมษายน 2566")
    shown = shelf.put(53, "สถิติเรื่องร้องเรียน รอบ 6 เดือน 2566", "/upload/ITA66/O29/29.pdf", paper.bytes(), day="4 เม.ย. 2566")
    shelf.row("O29", ("สถิติเรื่องร้องเรียน", shown[0]))
    shelf.site.answer("O29", shown[0], "หน้าแรก > ธรรมาภิบาล > เรื่องร้องเรียนการทุจริต")
    shelf.site.truth(
        "O29",
        *shown,
        form="pdf",
        gap="general-statistics",
        note="roads, lamps, rubbish and water are counted together with officials' misconduct",
        expect=[("component", "officials-only")],
        traps=["general-statistics", "table-only"],
        needs=["ถนนชำรุด", "แล้วเสร็จ", "มีนาคม 2566"],
    )


def _participation(shelf: Shelf) -> None:
    src = shelf.site.add("/images/act/forum66.jpg", images.scene("forum66", "ประชาคมตำบล 2566"), "jpg")
    body = f'<p class="date">18 มกราคม 2566</p><img src="{src}" alt="ประชาคม">' + word(
        "<b>การประชุมประชาคมตำบลเพื่อทบทวนแผนพัฒนาท้องถิ่น ประจำปี พ.ศ. ๒๕๖๖</b>",
        f"เมื่อวันที่ ๑๘ มกราคม ๒๕๖๖ {NAME}เปิดโอกาสให้ผู้แทนทั้ง ๖ หมู่บ้าน กลุ่มสตรี กลุ่มผู้สูงอายุ และผู้ประกอบการ รวม ๑๓๗ คน "
        "ร่วมเสนอความต้องการและจัดลำดับโครงการ ณ ศาลาประชาคมบ้านห้วยแม่เปลว",
        "ที่ประชุมเสนอโครงการใหม่ ๙ โครงการ คณะกรรมการพัฒนาท้องถิ่นรับบรรจุในแผน ๖ โครงการ",
    )
    shelf.site.page("/content.php?id=31", frame("การมีส่วนร่วมของประชาชน", body))
    shelf.row("O30", ("ประชาคมตำบล 2566", "/content.php?id=31"))
    shelf.site.answer("O30", "/content.php?id=31", "หน้าแรก > ธรรมาภิบาล > การมีส่วนร่วมของประชาชน")
    shelf.site.truth("O30", "/content.php?id=31", traps=["thai-digits"], needs=["ประชาคม", "๒๕๖๖"])


THREADS = [
    (
        5,
        "ขอถังขยะเพิ่มหน้าตลาด",
        "แม่ค้าตลาดเช้า",
        "22 มี.ค. 2566",
        "อยากให้เพิ่มถังขยะหน้าตลาดสัก 2 ใบค่ะ",
        "รับเรื่องแล้วค่ะ กองช่างจะนำถังไปวางวันที่ 27 มี.ค. นี้",
    ),
    (
        4,
        "ชำระภาษีที่ดินได้ถึงวันไหน",
        "ลูกบ้านหมู่ 2",
        "6 ก.พ. 2566",
        "ปีนี้จ่ายได้ถึงเมื่อไรครับ",
        "ชำระได้ถึงสิ้นเดือนเมษายนค่ะ หากไม่สะดวกโอนผ่านธนาคารได้",
    ),
    (
        3,
        "ศูนย์เด็กเล็กเปิดเทอมวันไหน",
        "คุณแม่น้องดาว",
        "19 ม.ค. 2566",
        "จะเปิดรับเด็ก 3 ขวบไหมคะ",
        "เปิดรับสมัครเดือนมีนาคมค่ะ เตรียมสูติบัตรและสมุดวัคซีน",
    ),
    (2, "น้ำประปาขุ่น", "หมู่ 3", "2 พ.ย. 2565", "น้ำขุ่นมา 2 วันแล้วครับ", "เจ้าหน้าที่ล้างถังกรองเรียบร้อยแล้วเมื่อเช้านี้ครับ"),
    (1, "ขอใช้เต็นท์ของ อบต.", "ช่างแดง", "8 ต.ค. 2565", "งานบวชต้องการเต็นท์ 3 หลัง", "ยืมได้ครับ กรุณาแจ้งล่วงหน้า 7 วัน"),
]


def _board(shelf: Shelf) -> None:
    site = shelf.site
    rows = [("หัวข้อ", "ผู้ถาม", "วันที่", "ตอบ")]
    for number, title, who, day, question, reply in THREADS:
        body = (
            f'<table class="grid"><tr><td width="150"><b>ถาม</b><br>{who}<br>'
            f'<span class="date">{day}</span></td><td>{question}</td></tr>'
            f"<tr><td><b>ตอบ</b><br>ผู้ดูแลเว็บ {SHORT}</td><td>{reply}</td></tr></table>"
        )
        path = site.page(f"/webboard_view.php?id={number}", frame(title, body))
        rows.append((link(title, path, False), who, day, "1"))
    ask = _form("/webboard.php", ["หัวข้อ", "ชื่อผู้ถาม"], "ตั้งคำถาม")
    body = word("สอบถามข้อมูลได้ที่นี่ เจ้าหน้าที่จะตอบภายใน ๓ วันทำการ") + grid(*rows) + "<h3>ตั้งคำถามใหม่</h3>" + ask
    site.page("/webboard.php", frame("กระดานถาม-ตอบ (Q&amp;A)", body))
    shelf.row("O8", ("กระดานถาม-ตอบ", "/webboard.php"))
    site.answer("O8", "/webboard.php", "หน้าแรก > บริการประชาชน > กระดานถาม-ตอบ")
    site.truth(
        "O8",
        "/webboard.php",
        *(f"/webboard_view.php?id={row[0]}" for row in THREADS),
        traps=["answers-one-step-away"],
        needs=["ตั้งคำถาม", "ผู้ถาม"],
    )
