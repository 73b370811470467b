"""O11 to O18: plans, reports, manuals, services."""

from __future__ import annotations

from generator.agency import CLERK, FINANCE, MAYOR, NAME, PLACE, SHORT, VILLAGES
from generator.layout import frame, grid, link, word
from generator.office import Letter, workbook
from generator.pdf import Paper
from generator.shelf import Shelf
from generator.thai import digits, money


def add(shelf: Shelf) -> None:
    """Pages and papers of O11 to O18."""
    _plan(shelf)
    _progress(shelf)
    _report(shelf)
    _staff_manual(shelf)
    _service_manual(shelf)
    _statistics(shelf)
    _survey(shelf)
    _online(shelf)


MONTHS = ["ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย."]
WORKS = [
    ("ก่อสร้างถนนคอนกรีตเสริมเหล็ก บ้านดอนพันดาว", 512000, 3, 7, "กองช่าง"),
    ("ขยายเขตไฟฟ้าสาธารณะ บ้านท่าน้ำเย็น", 150000, 4, 6, "กองช่าง"),
    ("อาหารกลางวันศูนย์พัฒนาเด็กเล็ก", 326000, 0, 11, "กองการศึกษาฯ"),
    ("สงเคราะห์เบี้ยยังชีพผู้สูงอายุ", 4020000, 0, 11, "สำนักปลัด"),
    ("ฝึกอบรมอาชีพร้อยดอกดาวเรือง", 35000, 2, 3, "สำนักปลัด"),
    ("ป้องกันไฟป่าเขาสายหมอก", 48000, 4, 6, "สำนักปลัด"),
    ("จัดทำแผนที่ภาษี", 90000, 1, 5, "กองคลัง"),
]


def gantt(first: int, last: int) -> list[str]:
    """Twelve cells, the months from `first` to `last` marked."""
    return ["X" if first <= month <= last else "" for month in range(12)]


def _plan(shelf: Shelf) -> None:
    paper = Paper("Garuda", 12, wide=True, footer=f"แผนการดำเนินงาน {SHORT} หน้า")
    paper.head("บัญชีโครงการ/กิจกรรม", f"แผนการดำเนินงาน ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ {NAME}")
    top = ("ที่", "โครงการ/กิจกรรม", "งบประมาณ (บาท)", "สถานที่ดำเนินการ", "หน่วยงานรับผิดชอบ", "ระยะเวลาดำเนินการ ต.ค. ๖๕ - ก.ย. ๖๖")
    rows: list[tuple[object, ...]] = [(*top, *[""] * 11), ("", "", "", "", "", *MONTHS)]
    for number, (name, _cost, first, last, unit) in enumerate(WORKS, 1):
        place = VILLAGES[(number + 2) % 6] if number < 3 else f"ตำบลทุ่งดาวเรือง ({SHORT})"
        rows.append((digits(number), name, "", place, unit, *gantt(first, last)))
    spans = [((5, 0), (16, 0)), *[((col, 0), (col, 1)) for col in range(5)]]
    paper.table(rows, [2, 8, 4, 6, 5, *[1.8] * 12], size=9, spans=spans, heads=2)
    paper.p("ประกาศใช้ ณ วันที่ ๒๑ ตุลาคม พ.ศ. ๒๕๖๕").sign(MAYOR, "นายก" + NAME)
    shown = shelf.put(
        12,
        "แผนการดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2566",
        "/upload/ITA66/O11/แผนดำเนินงาน66.pdf",
        paper.bytes(),
        day="25 ต.ค. 2565",
        wrap="page",
    )
    shelf.row("O11", ("แผนการดำเนินงาน ประจำปี 2566", shown[0]))
    shelf.site.answer("O11", shown[0], "หน้าแรก > แผนงานและรายงาน > แผนการดำเนินงานประจำปี")
    shelf.site.truth(
        "O11",
        *shown,
        form="pdf",
        gap="empty-cell",
        note="the column of the budget is there but every cell of it is empty",
        expect=[("component", "budget")],
        traps=["empty-cell", "gantt", "thai-digits", "via-page"],
        needs=["งบประมาณ (บาท)", "แผนการดำเนินงาน", "๒๕๖๖"],
    )


def _progress(shelf: Shelf) -> None:
    paper = Paper("Norasi", 13, lose={"ำ": "า"}, footer="")
    paper.head("รายงานการกำกับติดตามการดำเนินงานและการใช้จ่ายงบประมาณ", "รอบ ๖ เดือน (ตุลาคม ๒๕๖๕ - มีนาคม ๒๕๖๖)", NAME)
    paper.p("สำนักปลัดได้ติดตามความก้าวหน้าของโครงการตามแผนการดำเนินงาน ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ ณ วันที่ ๓๑ มีนาคม ๒๕๖๖ ดังนี้")
    rows: list[tuple[object, ...]] = [("ที่", "โครงการ/กิจกรรม", "ความก้าวหน้า", "งบประมาณ", "เบิกจ่ายแล้ว", "ร้อยละ")]
    states = [
        "ลงนามสัญญาแล้ว กำลังก่อสร้าง",
        "รอการไฟฟ้าสำรวจ",
        "ดำเนินการต่อเนื่อง",
        "จ่ายครบทุกเดือน",
        "แล้วเสร็จ",
        "จัดชุดลาดตระเวนแล้ว",
        "สำรวจแล้ว ๔ หมู่บ้าน",
    ]
    shares = [0.3, 0, 0.5, 0.49, 0.96, 0.25, 0.4]
    for number, ((name, cost, *_rest), state, share) in enumerate(zip(WORKS, states, shares, strict=True), 1):
        rows.append((digits(number), name, state, digits(money(cost)), digits(money(cost * share)), digits(f"{share * 100:.2f}")))
    paper.table(rows, [1, 6, 5, 3, 3, 2], size=11)
    given = sum(row[1] for row in WORKS)
    spent = sum(row[1] * share for row, share in zip(WORKS, shares, strict=True))
    paper.p(f"รวมเบิกจ่ายแล้ว {digits(money(spent))} บาท คิดเป็นร้อยละ {digits(f'{spent / given * 100:.2f}')} ของงบประมาณตามแผน")
    paper.sign(CLERK, "ปลัด" + NAME, "๕ เมษายน ๒๕๖๖")
    shown = shelf.put(
        13,
        "รายงานการกำกับติดตามการดำเนินงาน รอบ 6 เดือน ปีงบประมาณ 2566",
        "/upload/ITA66/O12/20230405101500_1207.pdf",
        paper.bytes(),
        day="5 เม.ย. 2566",
    )
    shelf.row("O12", ("รายงานกำกับติดตาม รอบ 6 เดือน", shown[0]))
    shelf.site.answer("O12", shown[0], "หน้าแรก > แผนงานและรายงาน > รายงานติดตามและประเมินผล")
    shelf.site.truth(
        "O12",
        *shown,
        form="pdf-broken",
        traps=["sara-am-lost", "thai-digits", "table-only"],
        needs=["ความก้าวหน้า", "เบิกจ่ายแล้ว", "ดาเนินงาน", "มีนาคม ๒๕๖๖"],
    )


def _report(shelf: Shelf) -> None:
    paper = Paper("Laksaman", footer="หน้า")
    paper.gap(170).head("รายงานผลการดำเนินงาน", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๕", NAME, PLACE).leaf()
    paper.h("บทนำ").p(
        f"รายงานฉบับนี้รวบรวมผลงานของ{NAME}ในรอบปีงบประมาณ พ.ศ. ๒๕๖๕ (๑ ตุลาคม ๒๕๖๔ ถึง ๓๐ กันยายน ๒๕๖๕) "
        "เพื่อเสนอต่อสภาและเผยแพร่ให้ประชาชนทราบ โดยมุ่งแก้ไขปัญหาความเดือดร้อนของประชาชนในพื้นที่เป็นสำคัญ"
    )
    paper.h("ผลการดำเนินงานตามโครงการ/กิจกรรม")
    works = [
        ("ก่อสร้างถนนคอนกรีตเสริมเหล็ก บ้านโคกสะเดาเอน", "แล้วเสร็จ ยาว ๒๕๐ เมตร", 498000, 489500),
        ("ซ่อมแซมระบบประปาหมู่บ้าน บ้านห้วยแม่เปลว", "แล้วเสร็จ ใช้งานได้ ๑๑๐ ครัวเรือน", 180000, 176400),
        ("ส่งเสริมการปลูกดาวเรืองปลอดสารพิษ", "อบรมเกษตรกร ๔๕ คน", 40000, 38250),
        ("อาหารกลางวันศูนย์พัฒนาเด็กเล็ก", "เด็กเล็ก ๖๒ คน ได้รับครบทุกวันทำการ", 319000, 312480),
        ("เบี้ยยังชีพผู้สูงอายุ", "จ่ายให้ผู้มีสิทธิ ๔๘๖ คน ทุกเดือน", 3900000, 3871200),
        ("ฟื้นฟูป่าชุมชนเขาสายหมอก", "ปลูกต้นไม้ ๑,๒๐๐ ต้น", 25000, 25000),
        ("แข่งขันกีฬาต้านยาเสพติด", "จัด ๑ ครั้ง ผู้ร่วม ๓๐๐ คน", 60000, 58900),
    ]
    rows: list[tuple[object, ...]] = [("ที่", "โครงการ/กิจกรรม", "ผลการดำเนินงาน", "งบประมาณที่ตั้งไว้ (บาท)", "เบิกจ่ายแล้ว (บาท)", "ร้อยละ")]
    for number, (name, done, given, spent) in enumerate(works, 1):
        rows.append(
            (digits(number), name, done, *(digits(x) for x in (money(given), money(spent), f"{100 * spent / given:.2f}")))
        )
    paper.table(rows, [1, 6, 5, 3, 3, 2], size=11)
    given, spent = sum(w[2] for w in works), sum(w[3] for w in works)
    paper.h("สรุปผลการใช้จ่ายงบประมาณ").p(
        f"งบประมาณตามโครงการรวม {digits(money(given))} บาท เบิกจ่ายแล้ว {digits(money(spent))} บาท "
        f"คิดเป็นร้อยละ {digits(f'{100 * spent / given:.2f}')} คงเหลือ {digits(money(given - spent))} บาท ตกเป็นเงินสะสมของ{SHORT}"
    )
    paper.h("บทสรุป").p("ทุกโครงการดำเนินการครบถ้วนตามที่ตั้งไว้ และจะนำผลไปใช้จัดทำแผนการดำเนินงานในปีต่อไป")
    paper.sign(MAYOR, "นายก" + NAME, "๑๔ ธันวาคม ๒๕๖๕")
    shown = shelf.put(
        13,
        "รายงานผลการดำเนินงานประจำปี พ.ศ. 2565",
        "/upload/ITA66/O13/รายงานผลการดำเนินงาน 2565.pdf",
        paper.bytes(),
        day="20 ธ.ค. 2565",
        wrap="iframe",
    )
    shelf.row("O13", ("รายงานผลการดำเนินงาน 2565", shown[0]))
    shelf.site.answer("O13", shown[0], "หน้าแรก > แผนงานและรายงาน > รายงานติดตามและประเมินผล")
    shelf.site.truth(
        "O13",
        *shown,
        form="pdf",
        gap="component",
        note="neither problems and obstacles nor suggestions",
        expect=[("component", "problems"), ("component", "suggestions")],
        traps=["other-sense", "thai-digits", "via-iframe"],
        needs=["ผลการดำเนินงาน", "เบิกจ่าย", "๒๕๖๕"],
    )


def _staff_manual(shelf: Shelf) -> None:
    paper = Paper("Laksaman", footer="")
    paper.gap(150).head("คู่มือการปฏิบัติงาน", "งานจัดเก็บภาษีที่ดินและสิ่งปลูกสร้าง", f"กองคลัง {NAME}").leaf()
    paper.h("๑. วัตถุประสงค์").p("เพื่อให้ผู้ปฏิบัติงานทำงานเป็นแนวทางเดียวกัน และส่งต่องานกันได้เมื่อมีการโยกย้าย")
    paper.h("๒. ผู้ใช้คู่มือ").p("ตำแหน่งนักวิชาการจัดเก็บรายได้ และผู้ช่วยเจ้าพนักงานจัดเก็บรายได้ กองคลัง")
    paper.h("๓. ขั้นตอนการปฏิบัติงาน")
    paper.table(
        [
            ("ขั้นตอนที่", "รายละเอียด", "ผู้ปฏิบัติ", "เวลา"),
            ("๑", "สำรวจและปรับปรุงบัญชีรายการที่ดินและสิ่งปลูกสร้าง", "นักวิชาการจัดเก็บรายได้", "ต.ค. - พ.ย."),
            ("๒", "ประกาศราคาประเมินและแจ้งผลการประเมินภาษี", "ผู้อำนวยการกองคลัง", "ภายใน ก.พ."),
            ("๓", "รับชำระภาษี ออกใบเสร็จ และนำส่งเงินทุกวัน", "ผู้ช่วยเจ้าพนักงานจัดเก็บรายได้", "๑๕ นาที/ราย"),
            ("๔", "ออกหนังสือเตือนผู้ค้างชำระ", "นักวิชาการจัดเก็บรายได้", "พ.ค."),
        ],
        [2, 7, 4, 3],
    )
    paper.h("๔. ระเบียบที่เกี่ยวข้อง").p("พระราชบัญญัติภาษีที่ดินและสิ่งปลูกสร้าง พ.ศ. ๒๕๖๒").sign(FINANCE, "ผู้อำนวยการกองคลัง")
    shown = shelf.put(
        41, "คู่มือการปฏิบัติงาน งานจัดเก็บภาษี", "/files/manual/(1) คู่มือปฏิบัติงานจัดเก็บภาษี.pdf", paper.bytes(), day="9 ธ.ค. 2565"
    )
    shelf.row("O14", ("คู่มือการปฏิบัติงาน", shown[0]))
    shelf.site.answer("O14", shown[0], "หน้าแรก > บริการประชาชน > คู่มือประชาชน")
    shelf.site.truth(
        "O14", *shown, form="pdf", traps=["thai-digits", "brackets-in-the-name"], needs=["ขั้นตอนการปฏิบัติงาน", "ตำแหน่งนักวิชาการ"]
    )


def _service_manual(shelf: Shelf) -> None:
    paper = Paper("Laksaman", footer=f"คู่มือสำหรับประชาชน {SHORT} หน้า")
    paper.head("คู่มือสำหรับประชาชน", NAME)
    services = [
        ("การขออนุญาตก่อสร้างอาคาร", "กองช่าง", "๑๕ วัน", "ตามกฎกระทรวง เริ่มต้น ๒๐ บาท", "แบบ ข.๑ สำเนาโฉนด แบบแปลน ๒ ชุด"),
        ("การขอถังรองรับมูลฝอย", "สำนักปลัด", "๓ วัน", "ไม่มีค่าธรรมเนียม", "สำเนาทะเบียนบ้าน ๑ ฉบับ"),
    ]
    for number, (name, unit, days, fee, papers) in enumerate(services, 1):
        paper.h(f"{digits(number)}. งานที่ให้บริการ : {name}").items(f"หน่วยงานที่รับผิดชอบ : {unit}", "ขั้นตอนการขอรับบริการ")
        paper.table(
            [
                ("ลำดับ", "ขั้นตอน", "ผู้ดำเนินการ"),
                ("๑", "ยื่นคำขอพร้อมเอกสาร ณ ศูนย์บริการร่วม", "ผู้ขอรับบริการ"),
                ("๒", "ตรวจสอบเอกสารและสถานที่", f"เจ้าหน้าที่{unit}"),
                ("๓", "เสนอผู้มีอำนาจพิจารณาและแจ้งผล", "ปลัด/นายก"),
            ],
            [1, 6, 4],
        )
        paper.items(f"ระยะเวลา : {days}", f"ค่าธรรมเนียม : {fee}", f"เอกสารหลักฐาน : {papers}")
    shown = shelf.put(41, "คู่มือสำหรับประชาชน", "/files/manual/คู่มือสำหรับประชาชน.pdf", paper.bytes(), day="9 ธ.ค. 2565", wrap="viewer")
    shelf.row("O15", ("คู่มือสำหรับประชาชน (การให้บริการ)", shown[0]))
    shelf.site.answer("O15", shown[0], "หน้าแรก > บริการประชาชน > คู่มือประชาชน")
    shelf.site.truth(
        "O15",
        *shown,
        form="pdf",
        traps=["via-viewer-query", "synonym", "stated-none"],
        needs=["งานที่ให้บริการ", "ขั้นตอนการขอรับบริการ"],
    )


def _statistics(shelf: Shelf) -> None:
    names = ["ต.ค. 65", "พ.ย. 65", "ธ.ค. 65", "ม.ค. 66", "ก.พ. 66", "มี.ค. 66"]
    kinds = ["รับชำระภาษีที่ดินและสิ่งปลูกสร้าง", "ขออนุญาตก่อสร้างอาคาร", "ลงทะเบียนเบี้ยผู้สูงอายุ", "ขอรถน้ำอุปโภค", "ขอถังขยะ"]
    rows: list[tuple[object, ...]] = [("ที่", "งานบริการ", *names, "รวม (ราย)")]
    for number, kind in enumerate(kinds, 1):
        counts = [(number * 7 + month * month * 3) % 29 for month in range(6)]
        rows.append((number, kind, *counts, sum(counts)))
    book = workbook(
        [("สถิติ 6 เดือน", [f"ข้อมูลสถิติการให้บริการ {NAME}", "ระหว่างเดือนตุลาคม 2565 - มีนาคม 2566"], rows, ["จัดทำโดย สำนักปลัด"])]
    )
    shown = shelf.put(
        42, "สถิติการให้บริการ รอบ 6 เดือน ปีงบประมาณ 2566", "/upload/ITA66/O16/สถิติการให้บริการ66.xlsx", book, "xlsx", "10 เม.ย. 2566"
    )
    shelf.row("O16", ("สถิติการให้บริการ (ต.ค. 65 - มี.ค. 66)", shown[0]))
    shelf.site.answer("O16", shown[0], "หน้าแรก > บริการประชาชน > สถิติการให้บริการ")
    shelf.site.truth("O16", *shown, form="xlsx", traps=["short-years"], needs=["งานบริการ", "มีนาคม 2566", "ขอถังขยะ"])


def _survey(shelf: Shelf) -> None:
    gone = "/upload/ITA66/O17/ผลสำรวจความพึงพอใจ2565.pdf"
    shelf.list(42, "รายงานผลการสำรวจความพึงพอใจการให้บริการ ประจำปี 2565", gone, "8 พ.ย. 2565")
    shelf.row("O17", ("รายงานผลสำรวจความพึงพอใจ ปี 2565", gone))
    shelf.site.answer("O17", gone, "หน้าแรก > บริการประชาชน > สถิติการให้บริการ")
    shelf.site.truth(
        "O17",
        form="none",
        gap="link-404",
        note="the file that the site links and the answers name is not there",
        expect=[("reachable", "*"), ("answered", "*")],
        traps=["link-404", "last-years-survey-elsewhere"],
        bad_urls=[gone],
        located=False,
    )


def _online(shelf: Shelf) -> None:
    site = shelf.site
    letter = Letter().head("แบบคำร้องทั่วไป", f"เขียนที่ {NAME}").p("วันที่ ...... เดือน .................. พ.ศ. ........")
    letter.p("ข้าพเจ้า ............................ อยู่บ้านเลขที่ ........ หมู่ที่ ...... ขอยื่นคำร้องต่อนายก" + NAME + " เรื่อง .............")
    site.add("/files/form/แบบคำร้องทั่วไป.docx", letter.bytes(), "docx")
    paper = (
        Paper("Garuda", 13)
        .head("แบบขออนุญาตก่อสร้างอาคาร (ข.๑)", NAME)
        .p("ข้าพเจ้า ........................ เจ้าของอาคาร ขอยื่นคำขอต่อเจ้าพนักงานท้องถิ่น")
    )
    site.add("/files/form/ข1.pdf", paper.bytes(), "pdf")
    rows = grid(
        ("แบบฟอร์ม", "ไฟล์"),
        ("แบบคำร้องทั่วไป", link("Word", "/files/form/แบบคำร้องทั่วไป.docx")),
        ("แบบขออนุญาตก่อสร้างอาคาร", link("PDF", "/files/form/ข1.pdf")),
    )
    site.page("/content.php?id=21", frame("แบบฟอร์มดาวน์โหลด", word("พิมพ์แบบฟอร์ม กรอกข้อมูล แล้วนำมายื่นที่สำนักงานด้วยตนเอง") + rows))
    fields = ["ชื่อ - นามสกุล", "เลขประจำตัวประชาชน", "บ้านเลขที่ / หมู่ที่", "โทรศัพท์มือถือ"]
    inputs = "".join(
        f'<tr><td>{name}</td><td><input type="text" name="e{n}" required></td></tr>' for n, name in enumerate(fields)
    )
    body = word(
        "ระบบขอรับบริการออนไลน์ ไม่ต้องเดินทางมาที่สำนักงาน เลือกบริการ กรอกข้อมูล แนบไฟล์ แล้วกดส่งคำขอ เจ้าหน้าที่จะแจ้งผลทาง SMS ภายใน ๑ วันทำการ"
    )
    body += (
        '<form action="/eservice/request.php" method="post" enctype="multipart/form-data"><table border="0">'
        '<tr><td>บริการที่ต้องการ</td><td><select name="service"><option>ขอรถน้ำอุปโภคบริโภค</option>'
        "<option>ขอถังขยะ</option><option>แจ้งซ่อมไฟฟ้าสาธารณะ</option>"
        f"<option>ขอหนังสือรับรอง</option></select></td></tr>{inputs}"
        '<tr><td>แนบเอกสาร</td><td><input type="file" name="doc"></td></tr></table>'
        '<input type="submit" value="ส่งคำขอรับบริการ"></form>'
    )
    site.page("/eservice/request.php", frame("E-Service ยื่นคำขอรับบริการออนไลน์", body))
    shelf.row("O18", ("ระบบ E-Service", "#"))
    site.answer("O18", "/eservice/request.php", "ระบบ E-Service ของ อบต.")
    site.truth(
        "O18",
        "/eservice/request.php",
        gap="orphan",
        note="the system works but stands only in the answers; the site's own links to it are #",
        expect=[("linked", "*"), ("reachable", "*")],
        traps=["orphan", "empty-link", "forms-page-beside"],
        needs=["ขอรับบริการออนไลน์"],
    )
