"""O39 to O43: ethics, and what follows from the ITA result of the year before."""

from __future__ import annotations

from generator import images
from generator.agency import CLERK, FINANCE, MAYOR, NAME, OFFICE_HEAD, PLACE, SHORT, WORKS
from generator.layout import frame, grid, word
from generator.office import workbook
from generator.pdf import Paper
from generator.shelf import Shelf


def add(shelf: Shelf) -> None:
    """Pages and papers of O39 to O43."""
    _code(shelf)
    _drive(shelf)
    _evaluation(shelf)
    _measures(shelf)
    _measures_report(shelf)


def _code(shelf: Shelf) -> None:
    paper = Paper("Norasi", 14)
    paper.head("ประมวลจริยธรรมพนักงานส่วนท้องถิ่น", f"ที่ใช้บังคับใน{NAME}")
    paper.p(
        "ข้อ ๑ ยึดมั่นในสถาบันหลักของประเทศและการปกครองระบอบประชาธิปไตย",
        "ข้อ ๒ ซื่อสัตย์สุจริต มีจิตสำนึกที่ดี และรับผิดชอบต่อหน้าที่",
        "ข้อ ๓ กล้าตัดสินใจและกระทำในสิ่งที่ถูกต้องชอบธรรม",
        "ข้อ ๔ คิดถึงประโยชน์ส่วนรวมมากกว่าประโยชน์ส่วนตัว และมีจิตสาธารณะ",
        "ข้อ ๕ มุ่งผลสัมฤทธิ์ของงาน ให้บริการด้วยอัธยาศัยที่ดี",
        "ข้อ ๖ ปฏิบัติหน้าที่อย่างเป็นธรรมและไม่เลือกปฏิบัติ",
        "ข้อ ๗ ดำรงตนเป็นแบบอย่างที่ดีและรักษาภาพลักษณ์ของทางราชการ",
        "ข้อ ๘ เคารพศักดิ์ศรีความเป็นมนุษย์และวัฒนธรรมของชุมชน",
    )
    paper.h("ข้อกำหนดจริยธรรมเพิ่มเติม").p("พนักงานต้องไม่ใช้ทรัพย์สินของ อบต. เพื่อกิจการส่วนตัว").sign(MAYOR, "นายก" + NAME, "๒ มีนาคม ๒๕๖๕")
    shown = shelf.put(
        33, "ประมวลจริยธรรมพนักงานส่วนท้องถิ่น", "/upload/จริยธรรม/ประมวลจริยธรรม.pdf", paper.bytes(), day="4 มี.ค. 2565", wrap="viewer"
    )
    shelf.row("O39", ("ประมวลจริยธรรม", shown[0]))
    shelf.site.answer("O39", shown[0], "หน้าแรก > บุคลากร > จริยธรรมเจ้าหน้าที่")
    shelf.site.truth(
        "O39", *shown, form="pdf", traps=["via-viewer-query", "folder-in-thai"], needs=["ประมวลจริยธรรม", "ซื่อสัตย์สุจริต"]
    )


def _drive(shelf: Shelf) -> None:
    paper = Paper("Laksaman", 14)
    paper.head(f"คำสั่ง{NAME}", "ที่ ๒๑๗/๒๕๖๕", "เรื่อง แต่งตั้งคณะทำงานขับเคลื่อนจริยธรรม ประจำปีงบประมาณ พ.ศ. ๒๕๖๖")
    paper.table(
        [
            ("ที่", "ชื่อ - สกุล", "ตำแหน่ง", "หน้าที่ในคณะทำงาน"),
            ("๑", CLERK, "ปลัด อบต.", "ประธาน"),
            ("๒", FINANCE, "ผู้อำนวยการกองคลัง", "คณะทำงาน"),
            ("๓", WORKS, "ผู้อำนวยการกองช่าง", "คณะทำงาน"),
            ("๔", OFFICE_HEAD, "หัวหน้าสำนักปลัด", "เลขานุการ"),
        ],
        [1, 5, 4, 4],
    )
    paper.p("ให้คณะทำงานให้คำปรึกษาตอบข้อสงสัยด้านจริยธรรมแก่บุคลากร สั่ง ณ วันที่ ๑ พฤศจิกายน พ.ศ. ๒๕๖๕").sign(MAYOR, "นายก" + NAME)
    order = shelf.put(
        33, "คำสั่งแต่งตั้งคณะทำงานขับเคลื่อนจริยธรรม", "/upload/ITA66/O40/คำสั่งคณะทำงาน.pdf", paper.bytes(), day="1 พ.ย. 2565"
    )
    rows = grid(
        ("ควรทำ (Do’s)", "ไม่ควรทำ (Don’ts)"),
        ("แจ้งเวลาแล้วเสร็จให้ผู้มาติดต่อทราบ", "รับเงินหรือสิ่งของเพื่อลัดคิว"),
        ("ใช้รถราชการเฉพาะงานที่ได้รับอนุญาต", "นำรถราชการไปธุระส่วนตัว"),
        ("เปิดเผยความเกี่ยวข้องกับผู้เสนอราคา", "เป็นกรรมการตรวจรับงานของญาติ"),
    )
    page = shelf.site.page("/activity.php?id=11", frame("แนวปฏิบัติ Do’s & Don’ts ปี 2566".replace("&", "&amp;"), rows))
    shelf.list(33, "แนวปฏิบัติ Do’s & Don’ts".replace("&", "&amp;"), page, "15 พ.ย. 2565")
    src = shelf.site.add("/images/act/ethics66.jpg", images.scene("ethics66", "อบรมจริยธรรม 2566"), "jpg")
    body = f'<p class="date">23 มีนาคม 2566</p><img src="{src}" alt="">' + word(
        f"<b>โครงการฝึกอบรมคุณธรรมจริยธรรม ประจำปี ๒๕๖๖</b> {NAME}จัดอบรมพนักงาน ๔๑ คน หัวข้อมาตรฐานทางจริยธรรมและประโยชน์ทับซ้อน"
    )
    training = shelf.site.page("/activity.php?id=12", frame("อบรมจริยธรรม ปี 2566", body))
    shelf.list(33, "ภาพการอบรมจริยธรรม ปี 2566", training, "23 มี.ค. 2566")
    shelf.row("O40", ("1. คำสั่งคณะทำงาน", order[0]), ("2. Do’s &amp; Don’ts", page), ("3. การฝึกอบรม", training))
    for path in (order[0], page, training):
        shelf.site.answer("O40", path, "หน้าแรก > บุคลากร > จริยธรรมเจ้าหน้าที่")
    shelf.site.truth(
        "O40",
        *order,
        page,
        training,
        form="pdf",
        traps=["three-addresses", "components-in-several-places"],
        needs=["คณะทำงาน", "Don’ts", "ฝึกอบรม"],
    )


def _evaluation(shelf: Shelf) -> None:
    lines = [
        "=รายงานการประเมินจริยธรรมเจ้าหน้าที่ของรัฐ",
        "=ประจำปีงบประมาณ พ.ศ. ๒๕๖๖",
        "=" + NAME,
        "",
        "๑. ผู้รับการประเมิน พนักงานส่วนตำบลและพนักงานจ้าง ๔๒ คน",
        "๒. ผลการประเมิน ระดับดีมาก ๓๑ คน ระดับดี ๑๑ คน",
        "๓. การนำผลไปใช้ ประกอบการเลื่อนขั้นเงินเดือน ครั้งที่ ๑/๒๕๖๖",
        "",
        "                                 ลงชื่อ",
        f"                                 ({MAYOR})",
        f"                                 นายก{SHORT}",
    ]
    paper = Paper("Laksaman")
    paper.picture(images.scan(lines, "evaluation"), 470, 663)
    shown = shelf.put(33, "รายงานการประเมินจริยธรรม ปี 2566", "/upload/ITA66/O41/scan0041.pdf", paper.bytes(), day="18 เม.ย. 2566")
    shelf.row("O41", ("รายงานการประเมินจริยธรรม 2566", shown[0]))
    shelf.site.answer("O41", shown[0], "หน้าแรก > บุคลากร > จริยธรรมเจ้าหน้าที่")
    shelf.site.truth(
        "O41",
        *shown,
        form="scan",
        status=["undecided", "pass"],
        note="a scan without a text layer: undecided without OCR; what is written on it would pass",
        traps=["scan"],
    )


def _measures(shelf: Shelf) -> None:
    paper = Paper("Laksaman", 13, footer="หน้า")
    paper.head("มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๖", NAME, PLACE)
    paper.h("๑. การวิเคราะห์ผลการประเมิน ITA ประจำปี พ.ศ. ๒๕๖๕").p(
        f"{SHORT}ได้คะแนนรวม ๗๙.๔๒ คะแนน ระดับ B โดยแบบวัด IIT ๘๔.๑๐ แบบวัด EIT ๘๑.๗๕ และแบบวัด OIT ๗๔.๓๘"
    )
    paper.h("๒. ข้อบกพร่องหรือจุดอ่อนที่ต้องแก้ไขโดยเร่งด่วน").p("การเปิดเผยข้อมูล (OIT) ยังไม่ครบ โดยเฉพาะรายงานประจำปีและช่องทางร้องเรียน")
    paper.h("๓. ประเด็นที่ต้องพัฒนาให้ดีขึ้น").p("การใช้ทรัพย์สินของราชการ บุคลากรยังไม่ทราบขั้นตอนการยืม")
    paper.h("๔. แนวทางการนำผลการวิเคราะห์ไปสู่การปฏิบัติ").table(
        [
            ("มาตรการ/แนวทาง", "วิธีการ", "ผู้รับผิดชอบ", "ระยะเวลา", "การกำกับติดตาม"),
            ("ปรับปรุงเว็บไซต์ให้ข้อมูลครบ", "มอบผู้ดูแลข้อมูลรายข้อ", "สำนักปลัด", "ต.ค. ๖๕ - เม.ย. ๖๖", "รายงานนายกทุกเดือน"),
            ("ทำคู่มือการยืมทรัพย์สิน", "จัดทำผังขั้นตอนและแบบยืม", "กองคลัง", "ม.ค. - มี.ค. ๖๖", "รายงานในที่ประชุมประจำเดือน"),
            ("สื่อสารนโยบาย No Gift", "ประชุมถ่ายทอดนโยบาย", "ทุกส่วนราชการ", "ก.พ. ๖๖", "สรุปผลเมื่อสิ้นไตรมาส"),
        ],
        [4, 4, 3, 3, 4],
    )
    paper.sign(MAYOR, "นายก" + NAME, "๑๗ พฤศจิกายน ๒๕๖๕")
    shown = shelf.put(
        51, "มาตรการส่งเสริมคุณธรรมและความโปร่งใส 2566", "/upload/ITA66/O42/42.pdf", paper.bytes(), day="18 พ.ย. 2565", wrap="iframe"
    )
    shelf.row("O42", ("มาตรการส่งเสริมคุณธรรมฯ", shown[0]))
    shelf.site.answer("O42", shown[0], "หน้าแรก > ธรรมาภิบาล > การป้องกันการทุจริต")
    shelf.site.truth(
        "O42",
        *shown,
        form="pdf",
        traps=["two-years-in-one-paper", "thai-digits", "short-years", "via-iframe"],
        needs=["การวิเคราะห์ผลการประเมิน ITA", "จุดอ่อน", "ประเด็นที่ต้องพัฒนา", "การกำกับติดตาม"],
    )


def _measures_report(shelf: Shelf) -> None:
    rows: list[tuple[object, ...]] = [
        ("ที่", "มาตรการ", "การดำเนินการ", "ผลการดำเนินการ", "ผู้รับผิดชอบ"),
        (1, "ปรับปรุงเว็บไซต์ให้ข้อมูลครบ", "แต่งตั้งผู้ดูแลข้อมูล 43 ข้อ เมื่อ 1 ธ.ค. 2565", "ลงข้อมูลแล้ว 40 ข้อ", "สำนักปลัด"),
        (2, "ทำคู่มือการยืมทรัพย์สิน", "จัดทำและแจ้งเวียน 20 มี.ค. 2566", "มีผู้ยืมตามขั้นตอนใหม่ 12 ราย", "กองคลัง"),
        (3, "สื่อสารนโยบาย No Gift", "ประชุม 9 ก.พ. 2566", "บุคลากรรับทราบ 40 คน", "ทุกส่วนราชการ"),
    ]
    titles = ["ผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน", f"ปีงบประมาณ พ.ศ. 2566 {NAME}"]
    book = workbook([("ผลตามมาตรการ", titles, rows, ["ข้อมูล ณ วันที่ 12 เมษายน 2566"])])
    shown = shelf.put(
        51, "ผลการดำเนินการตามมาตรการส่งเสริมคุณธรรม 2566", "/upload/ITA66/O43/43.xlsx", book, "xlsx", "12 เม.ย. 2566", "page"
    )
    shelf.row("O43", ("ผลตามมาตรการ", shown[0]))
    shelf.site.answer("O43", shown[0], "หน้าแรก > ธรรมาภิบาล > การป้องกันการทุจริต")
    shelf.site.truth("O43", *shown, form="xlsx", traps=["via-page"], needs=["ผลการดำเนินการ", "2566"])
