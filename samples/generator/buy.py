"""O19 to O22: what the agency buys."""

from __future__ import annotations

from generator.agency import FINANCE, MAYOR, NAME, SHORT
from generator.layout import frame, grid, link, word
from generator.office import workbook
from generator.pdf import Paper
from generator.shelf import Shelf
from generator.thai import digits, money

COLUMNS = (
    "ลำดับที่",
    "งานที่จัดซื้อหรือจัดจ้าง",
    "วงเงินที่จะซื้อหรือจ้าง",
    "ราคากลาง",
    "วิธีซื้อหรือจ้าง",
    "รายชื่อผู้เสนอราคาและราคาที่เสนอ",
    "ผู้ได้รับการคัดเลือกและราคาที่ตกลงซื้อหรือจ้าง",
    "เหตุผลที่คัดเลือกโดยสรุป",
    "เลขที่และวันที่ของสัญญาหรือข้อตกลงในการซื้อหรือจ้าง",
)
SHOPS = ["ร้านดาวเรืองเครื่องเขียน", "หจก.เขาสายหมอกก่อสร้าง", "ร้านช่างเอกการไฟฟ้า", "ปั๊มน้ำมันทุ่งกว้าง", "ร้านมะลิคอมพิวเตอร์"]
GOODS = ["วัสดุสำนักงาน", "ซ่อมแซมถนนลูกรัง บ้านดอนพันดาว", "วัสดุไฟฟ้าและวิทยุ", "น้ำมันเชื้อเพลิงและหล่อลื่น", "ครุภัณฑ์คอมพิวเตอร์"]
MONTHS = {"10": "ตุลาคม", "11": "พฤศจิกายน", "12": "ธันวาคม", "1": "มกราคม", "2": "กุมภาพันธ์", "3": "มีนาคม"}


def add(shelf: Shelf) -> None:
    """Pages and papers of O19 to O22."""
    _plan(shelf)
    _notices(shelf)
    _monthly(shelf)
    _report(shelf)


def _plan(shelf: Shelf) -> None:
    paper = Paper("Laksaman", 13)
    paper.head(f"ประกาศ{NAME}", "เรื่อง เผยแพร่แผนการจัดซื้อจัดจ้าง ประจำปีงบประมาณ พ.ศ. 2566")
    paper.p(
        "ตามพระราชบัญญัติการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ. 2560 มาตรา 11 ให้หน่วยงานของรัฐจัดทำแผนการจัดซื้อจัดจ้าง"
        f"ประจำปีและประกาศเผยแพร่ {NAME}จึงขอเผยแพร่แผนดังนี้"
    )
    paper.table(
        [
            ("ลำดับ", "รหัสแผนจัดซื้อจัดจ้าง", "ชื่อโครงการ", "งบประมาณโครงการ (บาท)", "คาดว่าจะประกาศจัดซื้อจัดจ้าง"),
            (1, "P65100099001", "ก่อสร้างถนนคอนกรีตเสริมเหล็ก บ้านดอนพันดาว", "512,000.00", "01/2566"),
            (2, "P65100099002", "จัดซื้อรถบรรทุกน้ำดับเพลิง", "2,400,000.00", "02/2566"),
        ],
        [1.4, 4, 6, 4, 3],
    )
    paper.p("ประกาศ ณ วันที่ 18 ตุลาคม พ.ศ. 2565").sign(MAYOR, "นายก" + NAME)
    shown = shelf.put(
        21,
        "ประกาศเผยแพร่แผนการจัดซื้อจัดจ้าง ปีงบประมาณ 2566",
        "/upload/ITA66/O19/แผนจัดซื้อจัดจ้าง 2566.pdf",
        paper.bytes(),
        day="18 ต.ค. 2565",
        wrap="download",
    )
    shelf.row("O19", ("แผนจัดหาพัสดุ ปี 2566", shown[0]))
    shelf.site.answer("O19", shown[0], "หน้าแรก > การคลังและพัสดุ > แผนจัดหาพัสดุ")
    shelf.site.truth(
        "O19", *shown, form="pdf", traps=["synonym", "download-without-a-name"], needs=["แผนการจัดซื้อจัดจ้าง", "พ.ศ. 2566"]
    )


def _notices(shelf: Shelf) -> None:
    site = shelf.site
    notices = [
        (41, "20 เม.ย. 2566", "ประกาศผู้ชนะการเสนอราคา จ้างซ่อมแซมระบบประปา บ้านห้วยแม่เปลว โดยวิธีเฉพาะเจาะจง"),
        (40, "14 มี.ค. 2566", "ประกาศประกวดราคาซื้อรถบรรทุกน้ำดับเพลิง ด้วยวิธีประกวดราคาอิเล็กทรอนิกส์ (e-bidding)"),
        (39, "27 ม.ค. 2566", "ประกาศผู้ชนะการเสนอราคา ก่อสร้างถนนคอนกรีตเสริมเหล็ก บ้านดอนพันดาว"),
        (38, "9 พ.ย. 2565", "ประกาศราคากลาง ก่อสร้างถนนคอนกรีตเสริมเหล็ก บ้านดอนพันดาว"),
        (31, "16 มิ.ย. 2565", "ประกาศผู้ชนะการเสนอราคา ซื้อครุภัณฑ์สำนักงาน"),
    ]
    rows = [("วันที่", "เรื่อง", "รายละเอียด")]
    for number, day, title in notices:
        body = f'<p class="date">ลงวันที่ {day}</p>' + word(
            f"ประกาศ{NAME} เรื่อง {title}",
            f"ด้วย{NAME}ได้ดำเนินการตามพระราชบัญญัติการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ. ๒๕๖๐ จึงประกาศให้ทราบโดยทั่วกัน",
            f"ประกาศ ณ วันที่ {digits(day)} {MAYOR} นายก{NAME}",
        )
        site.page(f"/procure_view.php?id={number}", frame(title, body))
        rows.append((day, title, link("อ่าน", f"/procure_view.php?id={number}", False)))
    site.page("/procure.php", frame("ประกาศจัดซื้อจัดจ้าง", grid(*rows)))
    shelf.row("O20", ("ประกาศจัดซื้อจัดจ้าง", "/procure.php"))
    site.answer("O20", "/procure.php", "หน้าแรก > การคลังและพัสดุ > ประกาศจัดซื้อจัดจ้าง")
    site.truth(
        "O20",
        "/procure.php",
        *(f"/procure_view.php?id={n}" for n, _d, _t in notices),
        traps=["short-months"],
        needs=["27 ม.ค. 2566"],
    )


def bought(month: int, year: int, count: int, thai: bool = False) -> list[tuple[object, ...]]:
    """The rows of one month's summary, the heads first. `year` in B.E."""
    rows: list[tuple[object, ...]] = [COLUMNS]
    for number in range(1, count + 1):
        pick = (month + number) % len(SHOPS)
        price = 2500 + ((month * 37 + number * 113 + year) % 60) * 850
        cells = (
            number,
            GOODS[pick],
            money(price + 500),
            money(price + 200),
            "เฉพาะเจาะจง",
            f"{SHOPS[pick]} / {money(price)} บาท",
            f"{SHOPS[pick]} / {money(price)} บาท",
            "มีคุณสมบัติถูกต้องและเสนอราคาไม่เกินราคากลาง",
            f"{month * 3 + number}/{year} ลงวันที่ {number * 4} {MONTHS[str(month)]} {year}",
        )
        rows.append(tuple(digits(cell) for cell in cells) if thai else cells)
    return rows


def titles(month: int, year: int) -> list[str]:
    """The head lines of the form."""
    return [f"สรุปผลการดำเนินการจัดซื้อจัดจ้างในรอบเดือน {MONTHS[str(month)]} {year} (แบบ สขร.1)", NAME]


def _monthly(shelf: Shelf) -> None:
    site = shelf.site
    rows = [("ประจำเดือน", "รายละเอียด")]
    shown = []
    for month, year, kind, count in (
        (10, 2565, "pdf", 4),
        (11, 2565, "pdf", 5),
        (12, 2565, "", 0),
        (1, 2566, "xlsx", 6),
        (3, 2566, "xlsx", 5),
    ):
        name = f"{MONTHS[str(month)]} {year}"
        path = f"/upload/สขร/{year}/สขร.1 เดือน{name}.{kind}"
        if kind == "pdf":
            paper = Paper("Garuda", 12, wide=True).head(*(digits(line) for line in titles(month, year)))
            paper.table(bought(month, year, count, thai=True), [2, 4, 3, 2.5, 4, 5, 5, 5, 5], size=10)
            site.add(path, paper.bytes(), "pdf")
        elif kind == "xlsx":
            sheet = (name, titles(month, year), bought(month, year, count), ["ข้อมูล ณ วันสิ้นเดือน"])
            site.add(path, workbook([sheet]), "xlsx")
        else:
            rows.append((name, f"เดือน{name} ไม่มีการจัดซื้อจัดจ้าง"))
            continue
        shown.append(path)
        rows.append((name, link(f"สขร.1 เดือน{name}", path)))
    body = word(f"สรุปผลการจัดซื้อจัดจ้างรายเดือน ปีงบประมาณ พ.ศ. 2566 ของ{SHORT}") + grid(*rows)
    body += f"<p>ปีอื่น : {link('ปีงบประมาณ 2565', '/monthly.php?y=2565', False)}</p>"
    site.page("/monthly.php?y=2566", frame("สรุปผลการจัดซื้อจัดจ้างรายเดือน (สขร.1) ปีงบประมาณ 2566", body))
    shelf.row("O21", ("สขร.1 ปีงบประมาณ 2566", "/monthly.php?y=2566"))
    site.answer("O21", "/monthly.php?y=2566", "หน้าแรก > การคลังและพัสดุ > สรุปผลการจัดซื้อจัดจ้าง (สขร.1)")
    site.truth(
        "O21",
        "/monthly.php?y=2566",
        *shown,
        form="xlsx",
        gap="month-missing",
        note="February 2566 is missing; December 2565 is stated as none",
        expect=[("coverage", "*")],
        traps=["month-missing", "zero-month", "february-of-another-year", "thai-digits", "several-files"],
        needs=["ราคากลาง", "เหตุผลที่คัดเลือก", "ไม่มีการจัดซื้อจัดจ้าง"],
    )

    old = [("ประจำเดือน", "รายละเอียด")]
    for month in (10, 11, 12, 1, 2, 3):
        year = 2564 if month > 9 else 2565
        path = f"/monthly_view.php?m={month}&y={year}"
        table = grid(*(tuple(str(cell) for cell in row) for row in bought(month, year, 2)))
        site.page(path, frame(titles(month, year)[0], table))
        old.append((f"{MONTHS[str(month)]} {year}", link("เปิด", path, False)))
    site.page("/monthly.php?y=2565", frame("สรุปผลการจัดซื้อจัดจ้างรายเดือน (สขร.1) ปีงบประมาณ 2565", grid(*old)))
    shelf.old_rows["O23"] = ("สรุปผลการจัดซื้อจัดจ้างรายเดือน", "/monthly.php?y=2565")


def _report(shelf: Shelf) -> None:
    paper = Paper("Laksaman", 13, lose={"ำ": "า"})
    paper.head("รายงานสรุปผลการจัดซื้อจัดจ้าง", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๕", NAME)
    paper.p("กองคลังขอรายงานผลการดำเนินการจัดซื้อจัดจ้างในรอบปี จำแนกตามวิธีการจัดซื้อจัดจ้าง ดังนี้")
    paper.table(
        [
            ("วิธีการจัดซื้อจัดจ้าง", "จำนวน (โครงการ)", "วงเงินงบประมาณ (บาท)", "ราคาที่ตกลง (บาท)", "ประหยัดได้ (บาท)"),
            ("เฉพาะเจาะจง", "๘๗", "๓,๑๒๔,๕๐๐", "๓,๐๖๑,๒๒๐", "๖๓,๒๘๐"),
            ("คัดเลือก", "ไม่มี", "-", "-", "-"),
            ("ประกวดราคาอิเล็กทรอนิกส์", "๒", "๑,๘๙๐,๐๐๐", "๑,๗๙๕,๐๐๐", "๙๕,๐๐๐"),
            ("รวม", "๘๙", "๕,๐๑๔,๕๐๐", "๔,๘๕๖,๒๒๐", "๑๕๘,๒๘๐"),
        ],
        [4, 2, 3, 3, 3],
    )
    paper.h("ปัญหาและอุปสรรค").p("ไม่มี").h("ข้อเสนอแนะ").p("ควรให้ทุกส่วนราชการส่งรายละเอียดคุณลักษณะก่อนไตรมาสแรก เพื่อให้ก่อหนี้ได้ทันเวลา")
    paper.sign(FINANCE, "ผู้อำนวยการกองคลัง", "๑๙ ตุลาคม ๒๕๖๕")
    shown = shelf.put(
        22,
        "รายงานสรุปผลการจัดซื้อจัดจ้าง ประจำปี 2565",
        "/upload/ITA66/O22/22.1.pdf",
        paper.bytes(),
        day="20 ต.ค. 2565",
        wrap="embed",
    )
    shelf.row("O22", ("รายงานผลการจัดซื้อจัดจ้าง ประจำปี 2565", shown[0]))
    shelf.site.answer("O22", shown[0], "หน้าแรก > การคลังและพัสดุ > รายงานผลการจัดซื้อจัดจ้างประจำปี")
    shelf.site.truth(
        "O22",
        *shown,
        form="pdf-broken",
        traps=["sara-am-lost", "stated-none", "thai-digits", "via-embed"],
        needs=["เฉพาะเจาะจง", "ปัญหาและอุปสรรค", "ไม่มี", "ข้อเสนอแนะ"],
    )
