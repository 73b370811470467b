"""O31 to O38: keeping corruption away."""

from __future__ import annotations

from generator import images
from generator.agency import CLERK, DEPUTY, MAYOR, NAME, PLACE, SHORT
from generator.layout import frame, word
from generator.office import Letter
from generator.pdf import Paper
from generator.shelf import Shelf
from generator.thai import digits, money


def add(shelf: Shelf) -> None:
    """Pages and papers of O31 to O38."""
    _no_gift(shelf)
    _culture(shelf)
    _gifts(shelf)
    _risk(shelf)
    _risk_actions(shelf)
    _plan(shelf)
    _progress(shelf)
    _report(shelf)


def _no_gift(shelf: Shelf) -> None:
    paper = Paper("Norasi", 15)
    paper.head(f"ประกาศ{NAME}", "เรื่อง เจตนารมณ์นโยบายไม่รับของขวัญและของกำนัลทุกชนิดจากการปฏิบัติหน้าที่", "(No Gift Policy) ประจำปี พ.ศ. ๒๕๖๖")
    paper.p(
        f"ข้าพเจ้าในนาม{NAME} ขอประกาศว่า ผู้บริหาร ข้าราชการ พนักงาน และลูกจ้างทุกคน จะไม่รับของขวัญ ของกำนัล หรือประโยชน์อื่นใด "
        "ทั้งก่อน ขณะ และหลังการปฏิบัติหน้าที่ ในทุกโอกาสและทุกเทศกาล",
        "ประกาศ ณ วันที่ ๔ มกราคม พ.ศ. ๒๕๖๖",
    )
    paper.gap(30).centre("สุรเชษฐา", f"({DEPUTY})", f"รองนายก{NAME}")
    shown = shelf.put(
        52,
        "ประกาศ No Gift Policy ประจำปี 2566",
        "/upload/ITA66/O31/ประกาศ No Gift Policy 66.pdf",
        paper.bytes(),
        day="4 ม.ค. 2566",
    )
    shelf.row("O31", ("ประกาศเจตนารมณ์ No Gift Policy", shown[0]))
    shelf.site.answer("O31", shown[0], "หน้าแรก > ธรรมาภิบาล > No Gift Policy")
    shelf.site.truth(
        "O31",
        *shown,
        form="pdf",
        gap="unsigned",
        note="signed by the deputy mayor in his own name",
        expect=[("signed", "*")],
        traps=["signed-by-the-deputy", "last-years-signed-by-the-mayor"],
        needs=["ประกาศ ณ วันที่", "รองนายก", "๒๕๖๖"],
    )


def _culture(shelf: Shelf) -> None:
    src = shelf.site.add("/images/act/nogift66.jpg", images.scene("nogift66", "No Gift Policy 2566"), "jpg")
    body = f'<p class="date">9 กุมภาพันธ์ 2566</p><img src="{src}" alt="">' + word(
        "<b>กิจกรรมปลูกจิตสำนึก “งดให้ งดรับ” ตามนโยบาย No Gift Policy</b>",
        f"วันที่ ๙ กุมภาพันธ์ ๒๕๖๖ {MAYOR} นายก{NAME} เป็นประธานการประชุมพนักงานประจำเดือน และถ่ายทอดนโยบายไม่รับของขวัญให้บุคลากร ๔๐ คน",
        "ผู้เข้าร่วมลงชื่อในแผ่นป้ายแสดงพลัง และนำสติกเกอร์ “อบต.นี้ไม่รับของขวัญ” ไปติดทุกจุดบริการ",
    )
    shelf.site.page("/activity.php?id=7", frame("กิจกรรมสร้างวัฒนธรรม No Gift Policy ปี 2566", body))
    shelf.list(52, "กิจกรรมสร้างวัฒนธรรม No Gift Policy ปี 2566", "/activity.php?id=7", "9 ก.พ. 2566")
    shelf.row("O32", ("ประชุมถ่ายทอดนโยบาย No Gift Policy", "/activity.php?id=7"))
    shelf.site.answer("O32", "/activity.php?id=7", "หน้าแรก > ธรรมาภิบาล > No Gift Policy")
    shelf.site.truth("O32", "/activity.php?id=7", traps=["thai-digits"], needs=["No Gift Policy", "๒๕๖๖"])


def _gifts(shelf: Shelf) -> None:
    letter = Letter().head(
        "แบบรายงานการรับของขวัญและของกำนัลตามนโยบาย No Gift Policy", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ (รอบ ๖ เดือนแรก)", NAME
    )
    letter.table(
        [
            ("ที่", "รายการ", "จำนวน (ครั้ง)"),
            ("๑", "การรับของขวัญจากหน่วยงานภาครัฐ", "ไม่มี"),
            ("๒", "การรับของขวัญจากภาคเอกชน", "ไม่มี"),
            ("๓", "การรับของขวัญจากประชาชน", "ไม่มี"),
        ]
    )
    letter.p("สรุป ในรอบ ๖ เดือน ไม่มีการรับของขวัญหรือประโยชน์อื่นใด", f"ผู้รายงาน {CLERK} ปลัด{NAME} ๓๑ มีนาคม ๒๕๖๖")
    shown = shelf.put(
        52, "รายงานผลตามนโยบาย No Gift Policy 2566", "/upload/ITA66/O33/33.docx", letter.bytes(), "docx", "3 เม.ย. 2566", "page"
    )
    shelf.row("O33", ("รายงานผล No Gift Policy", shown[0]))
    shelf.site.answer("O33", shown[0], "หน้าแรก > ธรรมาภิบาล > No Gift Policy")
    shelf.site.truth("O33", *shown, form="docx", traps=["stated-none", "thai-digits", "via-page"], needs=["การรับของขวัญ", "ไม่มี"])


def _risk(shelf: Shelf) -> None:
    paper = Paper("Laksaman", 13, wide=True)
    paper.head("การประเมินความเสี่ยงการทุจริตและประพฤติมิชอบ", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๖", NAME)
    paper.p("คณะทำงานวิเคราะห์ความเสี่ยงจากกระบวนงานหลัก ๓ ด้าน โดยให้คะแนนโอกาสและผลกระทบด้านละ ๑ - ๕")
    paper.table(
        [
            ("กระบวนงาน", "เหตุการณ์ความเสี่ยงที่อาจเกิดขึ้น", "โอกาส x ผลกระทบ", "ระดับความเสี่ยง", "มาตรการควบคุม/จัดการความเสี่ยง"),
            ("การอนุญาตก่อสร้าง", "เรียกรับเงินเพื่อเร่งออกใบอนุญาต", "๒ x ๔ = ๘", "ปานกลาง", "กำหนดเวลาแล้วเสร็จและติดประกาศลำดับคิว"),
            ("การตรวจรับพัสดุ", "ตรวจรับทั้งที่ของไม่ครบ", "๓ x ๔ = ๑๒", "สูง", "สุ่มตรวจโดยหน่วยตรวจสอบภายในทุกเดือน"),
            ("การใช้รถราชการ", "นำรถไปใช้ส่วนตัว", "๓ x ๒ = ๖", "ต่ำ", "บันทึกเลขไมล์และขออนุญาตทุกครั้ง"),
        ],
        [3, 5, 3, 2, 5],
    )
    paper.sign(CLERK, "ปลัด" + NAME, "๒๐ ธันวาคม ๒๕๖๕")
    shown = shelf.put(51, "การประเมินความเสี่ยงการทุจริต ปี 2566", "/upload/ITA66/O34/34.pdf", paper.bytes(), day="21 ธ.ค. 2565")
    shelf.row("O34", ("ประเมินความเสี่ยงการทุจริต", shown[0]))
    shelf.site.answer("O34", shown[0], "หน้าแรก > ธรรมาภิบาล > การป้องกันการทุจริต")
    shelf.site.truth(
        "O34", *shown, form="pdf", traps=["table-only", "thai-digits"], needs=["เหตุการณ์ความเสี่ยง", "ระดับความเสี่ยง", "มาตรการควบคุม"]
    )


def _risk_actions(shelf: Shelf) -> None:
    paper = Paper("Garuda", 13)
    paper.head("รายงานการดำเนินการเพื่อจัดการความเสี่ยงการทุจริต", f"ปีงบประมาณ พ.ศ. 2566 {NAME}")
    paper.table(
        [
            ("มาตรการ", "การดำเนินการ", "ผลที่เกิดขึ้น"),
            ("ติดประกาศลำดับคิวใบอนุญาต", "ติดที่กองช่างตั้งแต่ 9 ม.ค. 2566", "ออกใบอนุญาตได้ภายในกำหนดทุกราย"),
            ("สุ่มตรวจการตรวจรับพัสดุ", "สุ่มตรวจ 3 ครั้ง (ม.ค. - มี.ค. 2566)", "ของครบตามสัญญาทุกครั้ง"),
            ("บันทึกเลขไมล์รถราชการ", "ใช้สมุดบันทึกกับรถ 4 คัน", "ไม่พบการใช้รถนอกเวลา"),
        ],
        [4, 5, 5],
    )
    paper.p("จัดทำเมื่อวันที่ 11 เมษายน 2566").sign(CLERK, "ปลัด" + NAME)
    shown = shelf.put(
        51, "การจัดการความเสี่ยงการทุจริต ปี 2566", "/upload/ITA66/O35/35.pdf", paper.bytes(), day="11 เม.ย. 2566", wrap="refresh"
    )
    shelf.row("O35", ("การจัดการความเสี่ยง", shown[0]))
    shelf.site.answer("O35", shown[0], "หน้าแรก > ธรรมาภิบาล > การป้องกันการทุจริต")
    shelf.site.truth("O35", *shown, form="pdf", traps=["via-meta-refresh", "synonym"], needs=["ผลที่เกิดขึ้น", "2566"])


def _plan(shelf: Shelf) -> None:
    paper = Paper("Norasi", 14, footer="- ")
    paper.gap(140).head("แผนปฏิบัติการป้องกันการทุจริต", "พ.ศ. ๒๕๖๖ - ๒๕๗๐", NAME, PLACE).leaf()
    paper.h("มิติที่ ๑ การสร้างสังคมที่ไม่ทนต่อการทุจริต").items("๑. ชื่อโครงการ : อบรมคุณธรรมจริยธรรมบุคลากร")
    paper.items(
        "วิธีดำเนินการ : บรรยายและศึกษาดูงาน", "ระยะเวลาดำเนินการ : ตุลาคม ๒๕๖๕ - กันยายน ๒๕๗๐", "งบประมาณดำเนินการ : ปีละ ๓๐,๐๐๐ บาท"
    )
    paper.items(
        "๒. ชื่อโครงการ : เยาวชนทุ่งดาวเรืองโตไปไม่โกง", "ระยะเวลาดำเนินการ : ปีงบประมาณ ๒๕๖๖ - ๒๕๖๘", "งบประมาณดำเนินการ : ปีละ ๑๕,๐๐๐ บาท"
    )
    paper.h("มิติที่ ๒ การบริหารราชการด้วยความโปร่งใส").items("๓. ชื่อกิจกรรม : เปิดเผยข้อมูลจัดซื้อจัดจ้างทุกเดือน")
    paper.items("ระยะเวลาดำเนินการ : ตลอดทั้งปี", "งบประมาณดำเนินการ : ไม่ใช้งบประมาณ")
    paper.h("มิติที่ ๓ การส่งเสริมบทบาทภาคประชาชน").items("๔. ชื่อกิจกรรม : ให้ผู้แทนชุมชนร่วมสังเกตการณ์ตรวจรับงานจ้าง")
    paper.items("ระยะเวลาดำเนินการ : ทุกครั้งที่มีงานก่อสร้าง ปี ๒๕๖๖ - ๒๕๗๐", "งบประมาณดำเนินการ : ปีละ ๕,๐๐๐ บาท").sign(
        MAYOR, "นายก" + NAME
    )
    shown = shelf.put(
        51, "แผนปฏิบัติการป้องกันการทุจริต (พ.ศ. 2566-2570)", "/upload/ITA66/O36/36.pdf", paper.bytes(), day="14 ต.ค. 2565", wrap="page"
    )
    shelf.row("O36", ("แผนป้องกันการทุจริต", shown[0]))
    shelf.site.answer("O36", shown[0], "หน้าแรก > ธรรมาภิบาล > การป้องกันการทุจริต")
    shelf.site.truth(
        "O36",
        *shown,
        form="pdf",
        traps=["fields-in-place-of-a-table", "span-of-years", "via-page"],
        needs=["ชื่อโครงการ", "งบประมาณดำเนินการ", "ระยะเวลาดำเนินการ"],
    )


def _progress(shelf: Shelf) -> None:
    paper = Paper("Laksaman", 14)
    paper.head("รายงานการกำกับติดตามการดำเนินการป้องกันการทุจริต", "รอบ ๖ เดือน ปีงบประมาณ พ.ศ. ๒๕๖๕", "(ตุลาคม ๒๕๖๔ - มีนาคม ๒๕๖๕)", NAME)
    paper.table(
        [
            ("โครงการ/กิจกรรม", "ความก้าวหน้า", "งบประมาณที่ใช้"),
            ("อบรมคุณธรรมจริยธรรมบุคลากร", "กำหนดจัดเดือนพฤษภาคม", "ยังไม่ใช้งบประมาณ"),
            ("เปิดเผยข้อมูลจัดซื้อจัดจ้าง", "เผยแพร่ครบ ๖ เดือน", "ไม่ใช้งบประมาณ"),
            ("เยาวชนโตไปไม่โกง", "จัดแล้ว ๑ รุ่น ๖๐ คน", "๑๔,๒๐๐ บาท"),
        ],
        [5, 5, 4],
    )
    paper.sign(CLERK, "ปลัด" + NAME, "๘ เมษายน ๒๕๖๕")
    shown = shelf.put(
        51, "รายงานติดตามการป้องกันการทุจริต รอบ 6 เดือน", "/upload/ITA66/O37/ติดตาม6เดือน.pdf", paper.bytes(), day="8 เม.ย. 2565"
    )
    shelf.row("O37", ("รายงานติดตาม รอบ 6 เดือน", shown[0]))
    shelf.old_rows["O40"] = ("รายงานติดตามการป้องกันการทุจริต รอบ 6 เดือน", shown[0])
    shelf.site.answer("O37", shown[0], "หน้าแรก > ธรรมาภิบาล > การป้องกันการทุจริต")
    shelf.site.truth(
        "O37",
        *shown,
        form="pdf",
        gap="wrong-year",
        note="last year's paper (October 2564 to March 2565) under this year's item and in this year's folder",
        expect=[("period", "*"), ("coverage", "*")],
        traps=["wrong-year", "folder-of-the-right-year", "thai-digits"],
        needs=["มีนาคม ๒๕๖๕", "ความก้าวหน้า"],
    )


def _report(shelf: Shelf) -> None:
    paper = Paper("Laksaman", 14, footer="หน้า")
    paper.head("รายงานผลการดำเนินการป้องกันการทุจริต", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๕", NAME)
    rows: list[tuple[object, ...]] = [("ที่", "โครงการ/กิจกรรม", "ผลการดำเนินการ", "งบประมาณที่ใช้ไป (บาท)")]
    for number, (name, done, spent) in enumerate(
        [
            ("อบรมคุณธรรมจริยธรรมบุคลากร", "จัดเมื่อ ๑๙ พฤษภาคม ๒๕๖๕ ผู้เข้าร่วม ๓๘ คน", 27300),
            ("เยาวชนโตไปไม่โกง", "จัด ๒ รุ่น รวม ๑๑๘ คน", 28900),
            ("ผู้แทนชุมชนร่วมสังเกตการณ์ตรวจรับ", "ร่วมสังเกตการณ์ ๔ ครั้ง", 3200),
        ],
        1,
    ):
        rows.append((digits(number), name, done, digits(money(spent))))
    paper.table(rows, [1, 5, 6, 3])
    paper.p("รวมเบิกจ่ายทั้งสิ้น ๕๙,๔๐๐ บาท คิดเป็นร้อยละ ๘๘.๖๖ ของงบประมาณที่ตั้งไว้")
    paper.h("ปัญหา/อุปสรรคในการดำเนินงาน").p("- ช่วงต้นปีมีการระบาดของโรค ทำให้ต้องเลื่อนการอบรมเยาวชนรุ่นที่ ๒ ออกไปสองเดือน")
    paper.h("ข้อเสนอแนะเพื่อการปรับปรุง").p("- ควรเตรียมรูปแบบอบรมออนไลน์ไว้สำรอง", f"- ควรเชิญวิทยากรจากภายนอก{SHORT}")
    paper.sign(CLERK, "ปลัด" + NAME, "๒๖ ตุลาคม ๒๕๖๕")
    shown = shelf.put(
        51, "รายงานผลการป้องกันการทุจริต ประจำปี 2565", "/upload/ITA66/O38/38.pdf", paper.bytes(), day="27 ต.ค. 2565", wrap="embed"
    )
    shelf.row("O38", ("รายงานผลป้องกันการทุจริต 2565", shown[0]))
    shelf.site.answer("O38", shown[0], "หน้าแรก > ธรรมาภิบาล > การป้องกันการทุจริต")
    shelf.site.truth(
        "O38",
        *shown,
        form="pdf",
        traps=["synonym", "via-embed", "thai-digits"],
        needs=["ปัญหา/อุปสรรค", "ข้อเสนอแนะเพื่อการปรับปรุง", "งบประมาณที่ใช้ไป"],
    )
