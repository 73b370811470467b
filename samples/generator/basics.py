"""O1 to O10: what the agency says of itself."""

from __future__ import annotations

from generator import images
from generator.agency import (
    COUNCIL,
    DISTRICT,
    EMAIL,
    EXECUTIVES,
    FULL,
    MAYOR,
    NAME,
    OFFICIALS,
    PHONE,
    PLACE,
    PROVINCE,
    SHORT,
    VILLAGES,
)
from generator.layout import frame, grid, link, word
from generator.pdf import Paper
from generator.shelf import Shelf
from generator.thai import digits

PEOPLE = {file: name for name, _post, _phone, file in (*EXECUTIVES, *OFFICIALS)}


def add(shelf: Shelf) -> None:
    """Pages and papers of O1 to O10."""
    site = shelf.site
    _structure(shelf)
    _executives(shelf)
    _council(shelf)
    _duties(shelf)
    _plan(shelf)
    _contact(shelf)
    _laws(shelf)
    _privacy(shelf)
    body = (
        word(f"ติดตามข่าวสารของ{NAME}ผ่านสื่อสังคมออนไลน์ได้ทุกวัน เจ้าหน้าที่ดูแลเพจและไลน์ในเวลาราชการ")
        + "<table border=0><tr><td>"
        + link(
            '<img src="/images/fb.png" alt="Facebook"> เพจเฟซบุ๊ก อบต.ทุ่งดาวเรือง', "https://www.facebook.com/thungdaoruang.example"
        )
        + "</td><td>"
        + link(
            '<img src="/images/line.png" alt="LINE"> LINE Official : @thungdaoruang',
            "https://line.me/R/ti/p/@thungdaoruang.example",
        )
        + "</td></tr></table>"
    )
    site.page("/content.php?id=10", frame("สื่อสังคมออนไลน์", body))
    shelf.row("O9", ("Facebook / Line", "/content.php?id=10"))
    site.answer("O9", "/content.php?id=10", "หน้าแรก แถบด้านซ้าย > สื่อสังคมออนไลน์")
    site.truth("O9", "/content.php?id=10", "/", needs=["เพจเฟซบุ๊ก"], traps=["social"])
    site.page("/content.php?id=1", frame("สภาพทั่วไปและข้อมูลพื้นฐาน", _about()))
    site.page(
        "/content.php?id=2",
        frame(
            "วิสัยทัศน์ พันธกิจ",
            word(
                "“ทุ่งดาวเรืองน่าอยู่ เกษตรปลอดภัย ชุมชนเข้มแข็ง บริหารงานโปร่งใส”",
                "พันธกิจ ๔ ด้าน ได้แก่ ดูแลคุณภาพชีวิต บำรุงเส้นทางคมนาคม รักษาป่าต้นน้ำเขาสายหมอก และให้ประชาชนร่วมตรวจสอบงานของ อบต.",
            ),
        ),
    )


def _about() -> str:
    rows = [("หมู่ที่", "หมู่บ้าน", "ครัวเรือน", "ประชากร (คน)")]
    rows += [(str(n), name, str(90 + n * 17), f"{310 + n * 61:,}") for n, name in enumerate(VILLAGES, 1)]
    return word(
        f"{NAME} ตั้งอยู่ทางทิศเหนือของ{PLACE} ห่างจากที่ว่าการอำเภอประมาณ ๑๒ กิโลเมตร มีพื้นที่ ๖๘.๕ ตารางกิโลเมตร แบ่งเป็น ๖ หมู่บ้าน",
        "ประชาชนส่วนใหญ่ประกอบอาชีพทำนา ปลูกดาวเรืองตัดดอก และเลี้ยงโคเนื้อ",
    ) + grid(*rows)


def _structure(shelf: Shelf) -> None:
    chart = images.chart(
        "แผนผังโครงสร้างการแบ่งส่วนราชการ",
        "นายกองค์การบริหารส่วนตำบล",
        [
            ("สภาองค์การบริหารส่วนตำบล", ["ประธานสภา", "รองประธานสภา", "สมาชิกสภา", "เลขานุการสภา"]),
            ("ปลัดองค์การบริหารส่วนตำบล", ["สำนักปลัด", "กองคลัง", "กองช่าง", "กองการศึกษาฯ", "หน่วยตรวจสอบภายใน"]),
        ],
    )
    shelf.site.add("/images/โครงสร้างองค์กร66.png", chart, "png")
    body = (
        '<p align="center"><img src="/images/โครงสร้างองค์กร66.png" alt="แผนผังโครงสร้างการแบ่งส่วนราชการ" width="700"><br>'
        f"<b>แผนผังโครงสร้าง{NAME}</b></p>"
        + word("<b>๑. ฝ่ายการเมือง</b>", f"นายก{NAME} รองนายก ๒ คน เลขานุการนายก ๑ คน และสภา{NAME}ซึ่งมีสมาชิกหมู่บ้านละ ๑ คน")
        + word("<b>๒. ฝ่ายข้าราชการประจำ</b>", f"ปลัด{NAME}เป็นหัวหน้าส่วนราชการ แบ่งงานภายในดังนี้")
        + grid(
            ("ส่วนราชการ", "หัวหน้าส่วนราชการ", "งานภายใน"),
            ("สำนักปลัด", "หัวหน้าสำนักปลัด", "งานบริหารทั่วไป งานนโยบายและแผน งานการเจ้าหน้าที่ งานป้องกันและบรรเทาสาธารณภัย งานสวัสดิการสังคม"),
            ("กองคลัง", "ผู้อำนวยการกองคลัง", "งานการเงินและบัญชี งานพัสดุและทรัพย์สิน งานพัฒนาและจัดเก็บรายได้"),
            ("กองช่าง", "ผู้อำนวยการกองช่าง", "งานก่อสร้าง งานออกแบบและควบคุมอาคาร งานสาธารณูปโภค"),
            ("กองการศึกษา ศาสนาและวัฒนธรรม", "ผู้อำนวยการกองการศึกษาฯ", "งานบริหารการศึกษา ศูนย์พัฒนาเด็กเล็ก งานประเพณีท้องถิ่น"),
            ("หน่วยตรวจสอบภายใน", "นักวิชาการตรวจสอบภายใน", "งานตรวจสอบภายในและควบคุมภายใน"),
        )
    )
    shelf.site.page("/content.php?id=3", frame("โครงสร้างองค์กร", body))
    shelf.row("O1", ("โครงสร้างองค์กร", "/content.php?id=3"))
    shelf.site.answer("O1", "/content.php?id=3", "หน้าแรก > ข้อมูลหน่วยงาน > โครงสร้างองค์กร")
    shelf.site.truth("O1", "/content.php?id=3", traps=["chart-is-an-image"], needs=["แผนผังโครงสร้าง", "กองคลัง", "ฝ่ายการเมือง"])


def _executives(shelf: Shelf) -> None:
    rows = [("ที่", "ชื่อ - นามสกุล", "ตำแหน่ง", "ติดต่อ")]
    rows += [(str(n), name, post, f"โทร. {phone}") for n, (name, post, phone, _f) in enumerate(EXECUTIVES, 1)]
    staff = [("ที่", "ชื่อ - นามสกุล", "ตำแหน่ง", "ติดต่อ")]
    staff += [(str(n), name, post, f"โทร. {phone}") for n, (name, post, phone, _f) in enumerate(OFFICIALS, 1)]
    staff.insert(2, ("", "ว่าง", "รองปลัดองค์การบริหารส่วนตำบล (ตำแหน่งว่าง)", "โทร. " + PHONE))
    body = word("<b>ฝ่ายการเมือง</b>") + grid(*rows) + word("<b>ฝ่ายข้าราชการประจำ</b>") + grid(*staff)
    shelf.site.page("/content.php?id=4", frame("คณะผู้บริหาร", body))
    shelf.row("O2", ("ทำเนียบคณะผู้บริหารและหัวหน้าส่วนราชการ", "/content.php?id=4"))
    shelf.site.answer("O2", "/content.php?id=4", "หน้าแรก > ข้อมูลหน่วยงาน > คณะผู้บริหาร")
    shelf.site.truth(
        "O2",
        "/content.php?id=4",
        gap="component",
        note="names, posts and telephone numbers, but not one photograph",
        expect=[("component", "person-photo")],
        traps=["picture-in-the-side-bar", "vacant-post", "photos-on-the-council-page"],
        needs=[MAYOR, "ตำแหน่งว่าง"],
    )


def _council(shelf: Shelf) -> None:
    cards = []
    for number, (name, post) in enumerate(COUNCIL, 1):
        src = shelf.site.add(f"/images/council/{number:02d}.jpg", images.portrait(name), "jpg")
        cards.append(f'<div class="card"><img src="{src}" alt="{name}"><br>{name}<br>{post}<br>โทร. 08 1000 22{number:02d}</div>')
    shelf.site.page("/content.php?id=5", frame("สภาองค์การบริหารส่วนตำบล", "\n".join(cards) + '<br clear="all">'))


def _duties(shelf: Shelf) -> None:
    title = "พระราชบัญญัติสภาตำบลและองค์การบริหารส่วนตำบล พ.ศ. ๒๕๓๗"
    paper = Paper("Norasi", footer="- ")
    paper.head("พระราชบัญญัติ", "สภาตำบลและองค์การบริหารส่วนตำบล", "พ.ศ. ๒๕๓๗").centre("ให้ไว้ ณ วันที่ ๒๖ พฤศจิกายน พ.ศ. ๒๕๓๗")
    paper.p(
        "มาตรา ๑ พระราชบัญญัตินี้เรียกว่า “พระราชบัญญัติสภาตำบลและองค์การบริหารส่วนตำบล พ.ศ. ๒๕๓๗”",
        "มาตรา ๒ พระราชบัญญัตินี้ให้ใช้บังคับเมื่อพ้นกำหนดเก้าสิบวันนับแต่วันประกาศในราชกิจจานุเบกษาเป็นต้นไป",
        "มาตรา ๓ ให้ยกเลิกกฎหมายและประกาศที่มีมาก่อนซึ่งขัดหรือแย้งกับพระราชบัญญัตินี้",
        "มาตรา ๔ ให้รัฐมนตรีว่าการกระทรวงมหาดไทยรักษาการตามพระราชบัญญัตินี้",
    )
    paper.centre("หมวด ๑ สภาตำบล")
    texts = [
        "สภาตำบลประกอบด้วยสมาชิกโดยตำแหน่งและสมาชิกซึ่งราษฎรในหมู่บ้านเลือกตั้งขึ้น",
        "ผู้มีสิทธิสมัครต้องมีสัญชาติไทย มีชื่อในทะเบียนบ้าน และไม่มีลักษณะต้องห้ามตามกฎหมาย",
        "สมาชิกภาพสิ้นสุดลงเมื่อถึงคราวออกตามวาระ ตาย ลาออก หรือขาดคุณสมบัติ",
        "ให้มีการประชุมสภาตำบลไม่น้อยกว่าเดือนละหนึ่งครั้ง องค์ประชุมต้องไม่น้อยกว่ากึ่งหนึ่ง",
        "มติของที่ประชุมให้ถือเสียงข้างมาก ถ้าคะแนนเสียงเท่ากันให้ประธานออกเสียงชี้ขาด",
        "รายได้ของสภาตำบลให้เป็นไปตามที่กฎหมายกำหนด",
    ]
    number = 4
    for text in texts * 2:
        number += 1
        paper.p(f"มาตรา {digits(number)} {text}")
    paper.centre("หมวด ๒ องค์การบริหารส่วนตำบล")
    more = [
        "สภาตำบลที่มีรายได้ตามเกณฑ์อาจจัดตั้งเป็นองค์การบริหารส่วนตำบลได้โดยทำเป็นประกาศกระทรวงมหาดไทย",
        "องค์การบริหารส่วนตำบลมีอำนาจหน้าที่ในการพัฒนาตำบลทั้งในด้านเศรษฐกิจ สังคม และวัฒนธรรม",
        "องค์การบริหารส่วนตำบลต้องจัดให้มีและบำรุงรักษาทางน้ำและทางบก รักษาความสะอาด ป้องกันโรคและระงับโรคติดต่อ",
        "องค์การบริหารส่วนตำบลอาจออกข้อบัญญัติเพื่อใช้บังคับในเขตเท่าที่ไม่ขัดหรือแย้งต่อกฎหมาย",
        "การจัดทำงบประมาณรายจ่ายประจำปีให้ทำเป็นข้อบัญญัติ",
        "ให้นายอำเภอมีอำนาจกำกับดูแลการปฏิบัติหน้าที่ให้เป็นไปตามกฎหมายและระเบียบของทางราชการ",
    ]
    for text in more * 3:
        number += 1
        paper.p(f"มาตรา {digits(number)} {text}")
    paper.centre("บทเฉพาะกาล")
    paper.p(f"มาตรา {digits(number + 1)} ให้สภาตำบลที่มีอยู่ก่อนวันใช้บังคับเป็นสภาตำบลตามพระราชบัญญัตินี้")
    paper.gap().centre("ผู้รับสนองพระบรมราชโองการ", "นายกรัฐมนตรี")
    paper.p("หมายเหตุ :- เหตุผลในการประกาศใช้พระราชบัญญัติฉบับนี้ คือ โดยที่สมควรปรับปรุงฐานะของสภาตำบลให้คล่องตัวยิ่งขึ้น")
    path = shelf.site.add("/files/law/พรบ.สภาตำบล2537.pdf", paper.bytes(), "pdf")
    body = word(f"อำนาจหน้าที่ของ{NAME} เป็นไปตาม{title} ดังเอกสารต่อไปนี้")
    body += f'<object data="{path}" type="application/pdf" width="100%" height="700"><a href="{path}">{title}</a></object>'
    shelf.site.page("/content.php?id=6", frame("อำนาจหน้าที่", body))
    shelf.row("O3", ("อำนาจหน้าที่", "/content.php?id=6"))
    shelf.site.answer("O3", "/content.php?id=6", "หน้าแรก > ข้อมูลหน่วยงาน > อำนาจหน้าที่")
    shelf.site.truth(
        "O3",
        "/content.php?id=6",
        path,
        form="pdf",
        gap="whole-law",
        note="the whole act in place of the agency's own duties",
        expect=[("absent", "*"), ("component", "duties")],
        traps=["whole-law", "via-object"],
        needs=["ผู้รับสนองพระบรมราชโองการ", "มาตรา ๓๐"],
    )


def _plan(shelf: Shelf) -> None:
    paper = Paper("Laksaman", footer=f"แผนพัฒนาท้องถิ่น {SHORT} หน้า")
    paper.gap(160).head("แผนพัฒนาท้องถิ่น", "(พ.ศ. ๒๕๖๖ - ๒๕๗๐)", NAME, PLACE).leaf()
    paper.h("ส่วนที่ ๒ ยุทธศาสตร์องค์กรปกครองส่วนท้องถิ่น")
    paper.p("วิสัยทัศน์ : ทุ่งดาวเรืองน่าอยู่ เกษตรปลอดภัย ชุมชนเข้มแข็ง บริหารงานโปร่งใส")
    paper.table(
        [
            ("ยุทธศาสตร์", "เป้าประสงค์", "ตัวชี้วัด", "ค่าเป้าหมาย ๕ ปี"),
            ("๑. ด้านโครงสร้างพื้นฐาน", "ประชาชนสัญจรสะดวกทุกหมู่บ้าน", "ร้อยละของถนนสายหลักที่เป็นคอนกรีต", "ร้อยละ ๘๕"),
            ("๒. ด้านเศรษฐกิจและการเกษตร", "รายได้ครัวเรือนเกษตรกรเพิ่มขึ้น", "จำนวนกลุ่มอาชีพที่เข้มแข็ง", "๑๒ กลุ่ม"),
            ("๓. ด้านคุณภาพชีวิตและสังคม", "ผู้สูงอายุและผู้พิการได้รับการดูแล", "ร้อยละของผู้มีสิทธิที่ได้รับเบี้ยตรงเวลา", "ร้อยละ ๑๐๐"),
            ("๔. ด้านทรัพยากรธรรมชาติ", "ป่าต้นน้ำเขาสายหมอกคงอยู่", "พื้นที่ป่าชุมชนที่ฟื้นฟู", "๓๐๐ ไร่"),
            ("๕. ด้านการบริหารจัดการที่ดี", "ประชาชนเชื่อมั่นการทำงานของ อบต.", "คะแนน ITA", "ไม่น้อยกว่า ๘๕ คะแนน"),
        ],
        [3, 4, 4, 2],
    )
    paper.h("ส่วนที่ ๓ การนำแผนพัฒนาไปสู่การปฏิบัติ")
    rows: list[tuple[object, ...]] = [("ที่", "โครงการ", "พ.ศ. ๒๕๖๖", "พ.ศ. ๒๕๖๗", "พ.ศ. ๒๕๖๘", "พ.ศ. ๒๕๖๙", "พ.ศ. ๒๕๗๐")]
    for number, village in enumerate(VILLAGES, 1):
        cost = [digits(f"{(number * 83 + year * 41) * 1000:,}") if (number + year) % 2 else "-" for year in range(5)]
        rows.append((digits(number), f"ก่อสร้างถนนคอนกรีตเสริมเหล็ก {village} หมู่ที่ {digits(number)}", *cost))
    paper.table(rows, [1, 5, 2, 2, 2, 2, 2], size=11)
    shown = shelf.put(11, "แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570)", "/files/plan/แผนพัฒนา66-70.pdf", paper.bytes(), day="12 ม.ค. 2566")
    shelf.row("O4", ("แผนพัฒนาท้องถิ่น 2566-2570", shown[0]))
    shelf.site.answer("O4", shown[0], "หน้าแรก > แผนงานและรายงาน > แผนพัฒนาท้องถิ่น")
    shelf.site.truth(
        "O4", *shown, form="pdf", traps=["thai-digits", "synonym"], needs=["ยุทธศาสตร์", "เป้าประสงค์", "ตัวชี้วัด", "๒๕๖๖ - ๒๕๗๐"]
    )


def _contact(shelf: Shelf) -> None:
    body = (
        '<table border="0" cellpadding="4"><tr><td width="360">'
        + word(
            f"<b>ที่ทำการ{NAME}</b>",
            f"เลขที่ ๙๙ หมู่ที่ ๓ ถนนเขาสายหมอก-ท่าน้ำเย็น ตำบลทุ่งดาวเรือง {DISTRICT} {PROVINCE} ๙๙๙๙๐",
            f"โทรศัพท์ {PHONE} ต่อ ๑๑ (สำนักปลัด) ต่อ ๑๒ (กองคลัง) ต่อ ๑๓ (กองช่าง)",
            "โทรสาร ๐ ๕๕๐๐ ๐๑๒๑",
            f'จดหมายอิเล็กทรอนิกส์ <a href="mailto:{EMAIL}">{EMAIL}</a>',
            "เวลาทำการ วันจันทร์ - ศุกร์ ๐๘.๓๐ - ๑๖.๓๐ น.",
        )
        + '</td><td><b>แผนที่ตั้งสำนักงาน</b><br><iframe src="https://www.google.com/maps/embed?pb=!1m14!1m12!thungdaoruang-example" '
        'width="320" height="260" style="border:0"></iframe></td></tr></table>'
    )
    shelf.site.page("/content.php?id=9", frame("ติดต่อเรา", body))
    shelf.row("O5", ("ติดต่อเรา", "/content.php?id=9"))
    shelf.site.answer("O5", "/content.php?id=9", "หน้าแรก > ติดต่อเรา")
    shelf.site.truth(
        "O5", "/content.php?id=9", traps=["thai-digits", "map-embed"], needs=["ที่ทำการ", "โทรศัพท์", EMAIL, "google.com/maps"]
    )


def _laws(shelf: Shelf) -> None:
    names = [
        "พระราชบัญญัติสภาตำบลและองค์การบริหารส่วนตำบล พ.ศ. 2537 และที่แก้ไขเพิ่มเติม",
        "พระราชบัญญัติกำหนดแผนและขั้นตอนการกระจายอำนาจให้แก่องค์กรปกครองส่วนท้องถิ่น พ.ศ. 2542",
        "พระราชบัญญัติการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ. 2560",
        "พระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. 2540",
        "ระเบียบกระทรวงมหาดไทยว่าด้วยการรับเงิน การเบิกจ่ายเงิน และการเก็บรักษาเงินขององค์กรปกครองส่วนท้องถิ่น",
    ]
    rows = [("ลำดับ", "ชื่อกฎหมาย", "ไฟล์")]
    rows += [(str(n), name, link("เปิด", "/files/law/พรบ.สภาตำบล2537.pdf") if n == 1 else "-") for n, name in enumerate(names, 1)]
    paper = Paper("Garuda", 13).head("ข้อบัญญัติ" + NAME, "เรื่อง การจัดการมูลฝอยทั่วไป พ.ศ. ๒๕๖๔")
    paper.p(
        "ข้อ ๑ ข้อบัญญัตินี้ใช้บังคับในเขต" + NAME + "ทุกหมู่บ้าน",
        "ข้อ ๒ ให้เจ้าของอาคารจัดให้มีที่รองรับมูลฝอยแยกประเภท",
        "ข้อ ๓ อัตราค่าธรรมเนียมเก็บขนมูลฝอยครัวเรือนละ ๒๐ บาทต่อเดือน",
    ).sign(MAYOR, "นายก" + NAME)
    path = shelf.site.add("/files/law/ข้อบัญญัติมูลฝอย.pdf", paper.bytes(), "pdf")
    rows.append(("6", f"ข้อบัญญัติ{NAME} เรื่อง การจัดการมูลฝอยทั่วไป พ.ศ. 2564", link("เปิด", path)))
    shelf.site.page("/content.php?id=7", frame("กฎหมายที่เกี่ยวข้อง", word("กฎหมาย ระเบียบ และข้อบัญญัติที่ใช้ในการปฏิบัติงาน") + grid(*rows)))
    shelf.row("O6", ("กฎหมายที่เกี่ยวข้อง", "/content.php?id=7"))
    shelf.site.answer("O6", "/content.php?id=7", "หน้าแรก > ข้อมูลหน่วยงาน > กฎหมายที่เกี่ยวข้อง")
    shelf.site.truth("O6", "/content.php?id=7", path, needs=["พระราชบัญญัติ"])


def _privacy(shelf: Shelf) -> None:
    body = word(
        f"<b>ประกาศ{NAME} เรื่อง นโยบายคุ้มครองข้อมูลส่วนบุคคล</b>",
        f"{SHORT} ให้ความสำคัญกับความเป็นส่วนตัวของผู้มาติดต่อ จึงกำหนดนโยบายไว้ดังนี้",
        "<b>๑. ข้อมูลที่เก็บ</b> ชื่อ ที่อยู่ หมายเลขโทรศัพท์ และเลขประจำตัวประชาชน เท่าที่จำเป็นต่อการให้บริการ",
        "<b>๒. วัตถุประสงค์</b> เพื่อพิจารณาคำขอ ติดต่อกลับ และจัดทำสถิติที่ไม่ระบุตัวบุคคล",
        "<b>๓. การเปิดเผย</b> ไม่เปิดเผยแก่ผู้อื่น เว้นแต่กฎหมายให้อำนาจหรือเจ้าของข้อมูลยินยอม",
        "<b>๔. สิทธิของเจ้าของข้อมูล</b> ขอดู แก้ไข ลบ หรือถอนความยินยอมได้ที่สำนักปลัด",
        "<b>๕. การรักษาความปลอดภัย</b> กำหนดสิทธิการเข้าถึงแฟ้มข้อมูลเป็นรายบุคคลและเก็บเอกสารในตู้ที่มีกุญแจ",
        "<b>๖. ระยะเวลาเก็บ</b> ไม่เกิน ๑๐ ปีนับแต่สิ้นสุดการให้บริการ",
        f"ประกาศ ณ วันที่ ๑ กรกฎาคม ๒๕๖๕ ลงชื่อ {MAYOR} นายก{NAME}",
    )
    shelf.site.page("/content.php?id=8", frame("นโยบายคุ้มครองข้อมูลส่วนบุคคล", body))
    shelf.row("O10", ("นโยบายคุ้มครองข้อมูลส่วนบุคคล (PDPA)", "/content.php?id=8"))
    shelf.site.answer("O10", "/content.php?id=8", "หน้าแรก > ข้อมูลหน่วยงาน > นโยบายคุ้มครองข้อมูลส่วนบุคคล")
    shelf.site.truth("O10", "/content.php?id=8", traps=["thai-digits"], needs=["สิทธิของเจ้าของข้อมูล", FULL.split(" ")[0]])
