"""O13, the yearly report, and the papers of the same shelf."""

from __future__ import annotations

from generator.agency import MAYOR, NAME, PLACE, SHORT
from generator.pdf import Paper
from generator.shelf import Shelf
from generator.thai import digits, money


def add(shelf: Shelf) -> None:
    """Pages and papers of O11 to O18."""
    _report(shelf)


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
