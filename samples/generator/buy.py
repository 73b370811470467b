"""O19 to O22: what the agency buys."""

from __future__ import annotations

from generator.agency import NAME, SHORT
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
    _monthly(shelf)


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
            f"{month * 3 + number}/{year if month < 10 else year} ลงวันที่ {number * 4} {MONTHS[str(month)]} {year}",
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
            paper.table(bought(month, year, count, thai=True), [1, 4, 2, 2, 2, 4, 4, 4, 4], size=10)
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
