"""What examiners found at real agencies, reproduced on papers and pages like theirs; and that the same, mended, passes.

The findings are those of agencies' own papers on their results of 2563 to 2566 (an examiner's or the agency's words on what its
evidence lacked), and what criteria say of when an item fails; the papers here are ours. Each finding names the check that has to
say it; where the fault is something that stands in the evidence, with its words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest

from ita_rules.model import CheckResult, ItemResult, Status
from ita_rules.rulesets.load import load_ruleset
from tests.made import AGENCY, Form, judged, made, page, run_of


@dataclass(frozen=True)
class Finding:
    """A finding on an item of a form: which checks say it, the evidence as it was and mended; `quote` is a part of the words
    that show it."""

    name: str
    year: int
    item: str
    checks: tuple[str, ...]
    bad: str
    good: str
    quote: str = ""
    form: Form = "pdf"
    kind: str = "local"
    agency: str = AGENCY


MONTHS = ("ตุลาคม 2565", "พฤศจิกายน 2565", "ธันวาคม 2565", "มกราคม 2566", "กุมภาพันธ์ 2566", "มีนาคม 2566")
BOUGHT = "| {month} | จ้างเหมาซ่อมแซม | 45,000 | 45,000 | เฉพาะเจาะจง | หจก.ช่างดี 45,000 | หจก.ช่างดี 45,000 | ราคาเหมาะสม | {n}/2566 ลงวันที่ 9 |"
BOUGHT_HEAD = "| เดือน | งานที่จัดซื้อจัดจ้าง | วงเงินที่จะซื้อหรือจ้าง | ราคากลาง | วิธีซื้อหรือจ้าง | รายชื่อผู้เสนอราคาและราคาที่เสนอ | ผู้ได้รับการคัดเลือกและราคาที่ตกลง | เหตุผลที่คัดเลือกโดยสรุป | เลขที่และวันที่ของสัญญา |"


def monthly(months: tuple[str, ...]) -> str:
    """A monthly procurement summary of these months."""
    rows = "\n".join(BOUGHT.format(month=month, n=n) for n, month in enumerate(months, start=1))
    return f"# สรุปผลการจัดซื้อจัดจ้าง {AGENCY} ปีงบประมาณ พ.ศ. 2566\n{BOUGHT_HEAD}\n{rows}\n"


REPORT = """# รายงานผลการดำเนินงาน ประจำปีงบประมาณ พ.ศ. {year}
องค์การบริหารส่วนตำบลตัวอย่าง
## ผลการดำเนินงานตามโครงการ
| โครงการ | ผลการดำเนินงาน | งบประมาณที่ใช้ |
| ส่งเสริมอาชีพผู้สูงอายุ | จัดอบรม 2 รุ่น ผู้เข้าร่วม 80 คน | 41,500 |
| ซ่อมแซมทางเดินเท้า | แล้วเสร็จ 1.2 กิโลเมตร | 388,000 |
"""
SPENT = """# รายงานผลการใช้จ่ายงบประมาณ ประจำปี พ.ศ. ๒๕๖๔
{agency}
## ผลการใช้จ่ายงบประมาณ
| แผนงาน | งบประมาณที่ตั้งไว้ | เบิกจ่ายแล้ว | ร้อยละ |
| บริหารงานทั่วไป | ๘,๒๐๐,๐๐๐ | ๗,๙๘๐,๐๐๐ | ๙๗.๓ |
| การศึกษา | ๔,๑๐๐,๐๐๐ | ๔,๐๕๐,๐๐๐ | ๙๘.๘ |
""".replace("{agency}", AGENCY)
ENDS = "## ปัญหา อุปสรรค\nผู้รับจ้างบางรายส่งงานล่าช้ากว่าสัญญา\n## ข้อเสนอแนะ\nจัดทำแผนจัดจ้างตั้งแต่ต้นปีงบประมาณ\n"
ZERO = "## ปัญหา อุปสรรค\nไม่มี\n## ข้อเสนอแนะ\nไม่มี\n"
CONTENTS = "# สารบัญ\nผลการดำเนินงาน ........................ ๒\nปัญหา อุปสรรค ........................ ๙\nข้อเสนอแนะ ........................ ๑๐\n=== page ===\n"
STATISTICS = """# สถิติเรื่องร้องเรียนการทุจริตและประพฤติมิชอบของเจ้าหน้าที่ รอบ 6 เดือนแรก ปีงบประมาณ พ.ศ. {year}
| ประเภทเรื่อง | เรื่องร้องเรียนทั้งหมด | ดำเนินการแล้วเสร็จ | อยู่ระหว่างดำเนินการ |
"""
OWN_ROWS = "| เรียกรับผลประโยชน์ | 1 | 1 | 0 |\n| ละเว้นการปฏิบัติหน้าที่ | 1 | 0 | 1 |\n"
PLAN = "# แผนดำเนินงานและการใช้งบประมาณ ประจำปีงบประมาณ พ.ศ. 2566\n"
POLICY = """# ประกาศ {agency}
# เรื่อง นโยบายไม่รับของขวัญ (No Gift Policy) ประจำปีงบประมาณ พ.ศ. 2566
ผู้บริหาร ข้าราชการ และเจ้าหน้าที่ทุกคนงดรับของขวัญหรือประโยชน์อื่นใดจากการปฏิบัติหน้าที่ ทั้งก่อน ขณะ และหลังปฏิบัติหน้าที่
ประกาศ ณ วันที่ 4 มกราคม พ.ศ. 2566
~ (นายสมชาย ใจงาม)
""".replace("{agency}", AGENCY)
LAW = "พระราชบัญญัตินี้เรียกว่า “พระราชบัญญัติคุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562”\n" + "".join(
    f"มาตรา {n} ให้ผู้ควบคุมข้อมูลส่วนบุคคลดำเนินการตามที่กำหนดในพระราชบัญญัตินี้\n" for n in range(1, 30)
)
MANUAL = """# คู่มือการปฏิบัติงาน งานรับชำระภาษีที่ดินและสิ่งปลูกสร้าง
{post}## ขั้นตอนการปฏิบัติงาน
1. รับแบบและตรวจสอบเอกสาร
2. คำนวณภาษีและแจ้งการประเมิน
3. รับชำระเงินและออกใบเสร็จ
"""

PAPERS = (
    Finding("รายงานประจำปีขาดปัญหา อุปสรรค และข้อเสนอแนะ", 2565, "O12", ("problems", "suggestions"),
            REPORT.format(year=2564), REPORT.format(year=2564) + ENDS),
    Finding("รายงานใช้จ่ายงบประมาณขาดปัญหา แก้โดยระบุว่าไม่มี", 2565, "O20", ("problems", "suggestions"), SPENT, SPENT + ZERO),
    Finding("มีปัญหา อุปสรรค เฉพาะในสารบัญ", 2565, "O12", ("problems", "suggestions"),
            CONTENTS + REPORT.format(year=2564), CONTENTS + REPORT.format(year=2564) + ENDS),
    Finding("เป็นรายงานผลของสองปีก่อน", 2566, "O13", ("period",),
            REPORT.format(year=2564) + ENDS, REPORT.format(year=2565) + ENDS, quote="2564", form="docx"),
    Finding("สถิติมีเรื่องร้องเรียนทั่วไปปน", 2565, "O31", ("officials-only",),
            STATISTICS.format(year=2565) + "| ไฟฟ้าส่องสว่าง | 6 | 6 | 0 |\n| เหตุเดือดร้อนรำคาญ | 3 | 2 | 1 |\n",
            STATISTICS.format(year=2565) + OWN_ROWS, quote="ไฟฟ้าส่องสว่าง"),
    Finding("แผนไม่มีงบประมาณของแต่ละโครงการ", 2566, "O11", ("budget",),
            PLAN + "| โครงการ | ระยะเวลาดำเนินการ |\n| อบรมอาสาสมัคร | ม.ค. - มี.ค. 2566 |\n| ปลูกป่าชุมชน | มิ.ย. 2566 |\n",
            PLAN + "| โครงการ | งบประมาณ (บาท) | ระยะเวลาดำเนินการ |\n| อบรมอาสาสมัคร | 20,000 | ม.ค. - มี.ค. 2566 |\n"
            "| ปลูกป่าชุมชน | 15,000 | มิ.ย. 2566 |\n", form="docx"),
    Finding("ขาดเดือนกุมภาพันธ์", 2566, "O21", ("coverage",), monthly((*MONTHS[:4], MONTHS[5])), monthly(MONTHS), form="html"),
    Finding("รายงานจัดซื้อจัดจ้างขาดปัญหา อุปสรรค และข้อเสนอแนะ", 2566, "O22", ("problems", "suggestions"),
            text := "# รายงานผลการจัดซื้อจัดจ้าง ประจำปีงบประมาณ พ.ศ. 2565\n| วิธีการจัดซื้อจัดจ้าง | จำนวน | งบประมาณ |\n"
            "| เฉพาะเจาะจง | 64 | 2,110,000 |\n| e-bidding | 2 | 5,400,000 |\n", text + ENDS),
    Finding("การดำเนินการด้านบุคคลไม่มีงบประมาณที่ใช้", 2566, "O24", ("spending",),
            "# การดำเนินการตามแผนบริหารทรัพยากรบุคคล รอบ 6 เดือนแรก ปีงบประมาณ พ.ศ. 2566\n| โครงการ | ความก้าวหน้า |\n"
            "| ฝึกอบรมพนักงานใหม่ | ดำเนินการแล้ว 1 รุ่น |\n| ประเมินผลรอบแรก | แล้วเสร็จ |\n",
            "# การดำเนินการตามแผนบริหารทรัพยากรบุคคล รอบ 6 เดือนแรก ปีงบประมาณ พ.ศ. 2566\n"
            "| โครงการ | ความก้าวหน้า | งบประมาณที่ใช้ |\n| ฝึกอบรมพนักงานใหม่ | ดำเนินการแล้ว 1 รุ่น | 12,000 |\n"
            "| ประเมินผลรอบแรก | แล้วเสร็จ | ไม่ใช้งบประมาณ |\n", form="docx"),
    Finding("รายงานบุคคลมีปัญหาเฉพาะในสารบัญ", 2566, "O26", ("problems", "suggestions"),
            CONTENTS + (hr := "# รายงานผลการบริหารและพัฒนาทรัพยากรบุคคล ประจำปีงบประมาณ พ.ศ. 2565\n| โครงการ | ผลการดำเนินงาน | งบประมาณที่ใช้ |\n"
                        "| อบรมจริยธรรม | ผู้เข้าร่วม 40 คน | 18,000 |\n"), CONTENTS + hr + ENDS),
    Finding("แนวปฏิบัติไม่มีระยะเวลาดำเนินการ", 2566, "O27", ("duration",),
            (guide := "# แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ\n## วิธีการร้องเรียน\nยื่นหนังสือด้วยตนเองหรือส่งทางไปรษณีย์\n"
             "## ขั้นตอนการจัดการเรื่องร้องเรียน\n1. ลงทะเบียนรับเรื่อง\n2. เสนอผู้บริหารแต่งตั้งผู้สอบข้อเท็จจริง\n3. แจ้งผลผู้ร้อง\n"
             "## ส่วนงานที่รับผิดชอบ\nสำนักปลัด\n"), guide + "## ระยะเวลาดำเนินการ\nแจ้งผลภายใน 15 วัน นับแต่วันรับเรื่อง\n"),
    Finding("ลงนามโดยรองนายก", 2566, "O31", ("signed",), POLICY + "~ รองนายกองค์การบริหารส่วนตำบลตัวอย่าง\n",
            POLICY + "~ นายกองค์การบริหารส่วนตำบลตัวอย่าง\n", quote="สมชาย"),
    Finding("แผนป้องกันการทุจริตไม่มีงบประมาณและช่วงเวลา", 2566, "O36", ("budget", "duration"),
            "# แผนปฏิบัติการป้องกันการทุจริต พ.ศ. 2566\n| โครงการ | ผู้รับผิดชอบ |\n| อบรมวินัยข้าราชการ | สำนักปลัด |\n| รณรงค์ไม่โกง | กองคลัง |\n",
            "# แผนปฏิบัติการป้องกันการทุจริต พ.ศ. 2566\n| โครงการ | งบประมาณ | ระยะเวลาดำเนินการ | ผู้รับผิดชอบ |\n"
            "| อบรมวินัยข้าราชการ | 10,000 | ก.พ. 2566 | สำนักปลัด |\n| รณรงค์ไม่โกง | 5,000 | พ.ค. 2566 | กองคลัง |\n", form="docx"),
    Finding("คู่มือไม่ระบุว่าใช้สำหรับตำแหน่งใด", 2566, "O14", ("post",), MANUAL.format(post=""),
            MANUAL.format(post="## ผู้ปฏิบัติงาน\nเจ้าพนักงานจัดเก็บรายได้ กองคลัง\n")),
    Finding("แผนพัฒนาสิ้นสุดก่อนปีที่ประเมิน", 2566, "O4", ("period",),
            (plan := "# แผนพัฒนาท้องถิ่น (พ.ศ. {first} - {last})\n## ยุทธศาสตร์\nยุทธศาสตร์ที่ 1 การพัฒนาคุณภาพชีวิต\n## เป้าหมาย\nประชาชนมีรายได้เพิ่มขึ้น\n"
             "## ตัวชี้วัด\nร้อยละของครัวเรือนที่มีรายได้เพิ่ม\n").format(first=2561, last=2565), plan.format(first=2566, last=2570), quote="2565"),
    Finding("รายงานหกเดือนถึงเพียงธันวาคม", 2566, "O12", ("period",),
            (half := "# รายงานการกำกับติดตามการดำเนินงานและการใช้งบประมาณ ระหว่างเดือนตุลาคม 2565 ถึงเดือน{last}\n| โครงการ | ความก้าวหน้า | งบประมาณที่ใช้ |\n"
             "| อบรมอาสาสมัคร | ร้อยละ 50 | 9,000 |\n| ปลูกป่าชุมชน | ยังไม่เริ่ม | 0 |\n").format(last="ธันวาคม 2565"),
            half.format(last="มีนาคม 2566"), quote="ธันวาคม 2565"),
    Finding("เป็นแบบสอบถาม ไม่ใช่ผลสำรวจ", 2566, "O17", ("survey-result",),
            "# แบบสำรวจความพึงพอใจการให้บริการ ประจำปี พ.ศ. 2565\nโปรดทำเครื่องหมายในช่องที่ตรงกับความเห็นของท่าน\n- ชื่อผู้ตอบ ..................\n- งานที่มาติดต่อ ..................\n",
            "# รายงานผลการสำรวจความพึงพอใจการให้บริการ ประจำปี พ.ศ. 2565\n## ผลการสำรวจความพึงพอใจ\n| งานบริการ | ร้อยละความพึงพอใจ | ระดับ |\n"
            "| งานทะเบียน | 93.4 | มากที่สุด |\n| งานภาษี | 90.1 | มาก |\n"),
    Finding("นโยบายเป็นพระราชบัญญัติทั้งฉบับ", 2566, "O10", ("absent", "policy"),
            "# พระราชบัญญัติคุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562\n" + LAW,
            "# นโยบายคุ้มครองข้อมูลส่วนบุคคล องค์การบริหารส่วนตำบลตัวอย่าง\n## นโยบายของหน่วยงาน\nองค์การบริหารส่วนตำบลตัวอย่างเก็บรวบรวม ใช้ "
            "และเปิดเผยข้อมูลส่วนบุคคลเท่าที่จำเป็นต่อการให้บริการ\n## สิทธิของเจ้าของข้อมูล\nขอเข้าถึง แก้ไข หรือลบข้อมูลได้ที่สำนักปลัด\n",
            form="docx"),
    Finding("หลักเกณฑ์ขาดการให้คุณให้โทษ", 2566, "O25", ("reward",),
            (hrc := "# หลักเกณฑ์การบริหารและพัฒนาทรัพยากรบุคคล\n## หลักเกณฑ์การสรรหาและคัดเลือกบุคลากร\nสอบแข่งขันและสอบคัดเลือก\n"
             "## หลักเกณฑ์การบรรจุและแต่งตั้งบุคลากร\nบรรจุตามลำดับที่สอบได้\n## หลักเกณฑ์การพัฒนาบุคลากร\nอบรมปีละ 2 ครั้ง\n"
             "## หลักเกณฑ์การประเมินผลการปฏิบัติงานบุคลากร\nประเมินปีละ 2 รอบ\n"),
            hrc + "## หลักเกณฑ์การให้คุณให้โทษและการสร้างขวัญกำลังใจ\nยกย่องพนักงานดีเด่นและลงโทษทางวินัยตามระเบียบ\n"),
    Finding("ไม่มีแนวปฏิบัติ Dos & Don'ts", 2566, "O40", ("dos-donts",),
            (drive := "# การขับเคลื่อนจริยธรรม ปีงบประมาณ พ.ศ. 2566\n## คณะทำงานขับเคลื่อนจริยธรรม\nแต่งตั้งตามคำสั่งที่ 12/2566\n"
             "## การฝึกอบรมด้านจริยธรรม\nจัดอบรมเมื่อวันที่ 14 กุมภาพันธ์ 2566 ผู้เข้าร่วม 35 คน\n"),
            drive + "## แนวปฏิบัติ Dos & Don'ts\n| ควรทำ (Dos) | ไม่ควรทำ (Don'ts) |\n| ตรงต่อเวลา | ใช้รถราชการส่วนตัว |\n"),
    Finding("มาตรการไม่มีผู้รับผิดชอบและการติดตาม", 2567, "O34", ("owner", "follow-up"),
            (ita := "# มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ประจำปี พ.ศ. 2567\n## การวิเคราะห์ผลการประเมิน ITA ประจำปี พ.ศ. 2566\n"
             "คะแนนรวม 86.2 คะแนน ประเด็นการใช้งบประมาณได้คะแนนต่ำสุด\n") +
            "| มาตรการ | ขั้นตอนหรือวิธีการปฏิบัติ |\n| เผยแพร่การใช้งบประมาณ | จัดทำสรุปรายเดือนขึ้นเว็บไซต์ |\n",
            ita + "| มาตรการ | ขั้นตอนหรือวิธีการปฏิบัติ | ผู้รับผิดชอบ | การกำกับติดตาม |\n"
            "| เผยแพร่การใช้งบประมาณ | จัดทำสรุปรายเดือนขึ้นเว็บไซต์ | กองคลัง | รายงานผู้บริหารทุกไตรมาส |\n", form="docx"),
    Finding("การมีส่วนร่วมไม่แสดงการนำผลไปปรับปรุง", 2567, "O25", ("use-of-outcome",),
            (part := "# การเปิดโอกาสให้เกิดการมีส่วนร่วม ปีงบประมาณ พ.ศ. 2567\n## ประเด็นหรือเรื่องในการมีส่วนร่วม\nการจัดการขยะในตลาด\n"
             "## สรุปข้อมูลของผู้มีส่วนร่วม\nผู้ค้าและประชาชน 60 คน\n## ผลจากการมีส่วนร่วม\nเสนอให้แยกถังขยะและกำหนดเวลาเก็บ\n"),
            part + "## การนำผลจากการมีส่วนร่วมไปปรับปรุงพัฒนาการดำเนินงาน\nกำหนดเวลาเก็บขยะวันละ 2 รอบตั้งแต่เดือนพฤษภาคม\n"),
    Finding("ช่องค่าธรรมเนียมและเอกสารเว้นว่าง", 2568, "O9", ("fee", "documents"),
            (service := "# คู่มือการขอรับบริการ\n| ชื่องาน | ขั้นตอนการขอรับบริการ | ระยะเวลา | ช่องทางให้บริการ | ค่าธรรมเนียม | เอกสารหลักฐาน | กฎหมายที่เกี่ยวข้อง |\n"
             "| ขอข้อมูลข่าวสาร | ยื่นคำขอ ตรวจสอบ แจ้งผล | 3 วัน | สำนักปลัด | {fee} | {papers} | พ.ร.บ.ข้อมูลข่าวสาร |\n"
             "| แจ้งซ่อมถนน | แจ้งเรื่อง สำรวจ ซ่อม | 7 วัน | กองช่าง | {fee} | {papers} | พ.ร.บ.ทางหลวง |\n").format(fee="", papers=""),
            service.format(fee="ไม่มีค่าธรรมเนียม", papers="ไม่มี"), form="docx"),
    Finding("โครงสร้างมีแต่ฝ่ายข้าราชการประจำ", 2568, "O1", ("political-side",),
            (units := "# โครงสร้างองค์การบริหารส่วนตำบลตัวอย่าง\n# แผนผังโครงสร้าง\n{side}## ฝ่ายข้าราชการประจำ\nปลัดองค์การบริหารส่วนตำบล\n- สำนักปลัด\n- กองคลัง\n- กองช่าง\n"
             "# หน้าที่และอำนาจ\nจัดให้มีและบำรุงรักษาทางน้ำและทางบก รักษาความสะอาดของถนน\n").format(side=""),
            units.format(side="## ฝ่ายการเมือง\nนายกองค์การบริหารส่วนตำบล รองนายก และสภาองค์การบริหารส่วนตำบล\n"), form="html"),
)  # fmt: skip


def failing(item: ItemResult) -> dict[str, CheckResult]:
    """The checks that an item fails by, by component (the kind's name for others)."""
    return {c.component: c for c in item.checks if c.status is Status.GAP}


def of_paper(finding: Finding, text: str) -> ItemResult:
    """The item as it is judged by a paper that the main page links under the item's name."""
    suffix = finding.form
    title = load_name(finding)
    home = page(f"<h1>{finding.agency}</h1><a href='/evidence.{suffix}'>{title}</a>")
    files: Mapping[str, bytes] = {"": home, f"evidence.{suffix}": made(text, finding.form)}
    run = run_of(files, kind=finding.kind, agency=finding.agency, answers={finding.item: f"evidence.{suffix}"})
    return judged(run, finding.year, finding.item)


def load_name(finding: Finding) -> str:
    """What the form calls the item."""
    item = load_ruleset(f"oit-{finding.year}").item(finding.item)
    assert item is not None
    return item.name.th


@pytest.mark.parametrize("finding", PAPERS, ids=lambda f: f"{f.year} {f.item} {f.name}")
def test_a_papers_fault_is_found_and_the_mended_paper_passes(finding: Finding) -> None:
    item = of_paper(finding, finding.bad)
    said = failing(item)
    assert item.status is Status.GAP, [(c.id, c.status, c.cause, c.why) for c in item.checks]
    assert set(finding.checks) <= set(said)
    for name in finding.checks:
        assert said[name].fix
        quotes = [e.quote or "" for e in said[name].evidence]
        assert any(finding.quote in q for q in quotes) if finding.quote else said[name].evidence
    mended = of_paper(finding, finding.good)
    assert {c: r.message for c, r in failing(mended).items() if r.severity == "criterion"} == {}
    assert mended.status is Status.PASS, [(c.id, c.message) for c in mended.checks if c.status is not Status.PASS]


@pytest.mark.parametrize("form", ["pdf", "docx", "html"])
def test_the_examiners_finding_of_problems_missing_is_made_in_every_form(form: Form) -> None:
    finding = PAPERS[0]
    from dataclasses import replace

    one = replace(finding, form=form)
    assert set(failing(of_paper(one, finding.bad))) >= {"problems", "suggestions"}
    assert of_paper(one, finding.good).status is Status.PASS


@dataclass(frozen=True)
class Place:
    """A finding on pages of a site: the files as they were and mended (paths, or the cause why nothing came), the answered path."""

    name: str
    year: int
    item: str
    check: str
    bad: Mapping[str, bytes | str]
    good: Mapping[str, bytes | str]
    answer: str = "p"


PERSON = "<tr><td>{photo}</td><td>{name}</td><td>{post}</td><td>{phone}</td></tr>"
PEOPLE = (
    ("นายสมชาย ใจงาม", "นายกองค์การบริหารส่วนตำบล", "081 234 5678"),
    ("นางสาวมาลี ศรีสุข", "รองนายกองค์การบริหารส่วนตำบล", "081 234 5679"),
    ("นายประเสริฐ มั่นคง", "ปลัดองค์การบริหารส่วนตำบล", "081 234 5680"),
    ("นางวันดี ทองคำ", "รองปลัดองค์การบริหารส่วนตำบล", "081 234 5681"),
)


def people(photos: bool = True, phones: bool = True) -> bytes:
    """The page of the executives."""
    rows = [
        PERSON.format(
            photo=f"<img src='/photo-{n}.jpg' alt='{name}' width=150 height=200>" if photos else "",
            name=name,
            post=post,
            phone=f"โทร. {phone}" if phones else "",
        )
        for n, (name, post, phone) in enumerate(PEOPLE)
    ]
    heads = "<h1>ข้อมูลผู้บริหาร</h1><h2>ฝ่ายการเมือง</h2>", "<h2>ฝ่ายข้าราชการประจำ</h2>"
    return page(f"{heads[0]}<table>{''.join(rows[:2])}</table>{heads[1]}<table>{''.join(rows[2:])}</table>")


def home(path: str, title: str) -> bytes:
    """A main page with a link."""
    return page(f"<h1>{AGENCY}</h1><ul><li><a href='/{path}'>{title}</a></li><li><a href='/about'>เกี่ยวกับเรา</a></li></ul>")


def site(title: str, evidence: bytes | str, *, path: str = "p", linked: bool = True) -> Mapping[str, bytes | str]:
    """A small site with one piece of evidence."""
    about = page(f"<h1>เกี่ยวกับเรา</h1><p>{AGENCY} ตั้งอยู่ในอำเภอตัวอย่าง</p>")
    photos = (
        {f"photo-{n}.jpg": b"" for n, _ in enumerate(PEOPLE)} if isinstance(evidence, bytes) and b"photo-0" in evidence else {}
    )
    return {"": home(path if linked else "about", title if linked else "เกี่ยวกับ"), "about": about, path: evidence, **photos}


def news(*days: str) -> bytes:
    """A list of news."""
    return page("<h1>ข่าวประชาสัมพันธ์</h1>" + "".join(f"<h3>ลงพื้นที่พัฒนาคลองสายหลัก</h3><p>{day}</p>" for day in days))


CHANNEL = (
    "<h1>ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ</h1><p>ช่องทางนี้แยกต่างหากจากช่องทางร้องเรียนเรื่องทั่วไป ข้อมูลของผู้แจ้งเบาะแสจะถูกเก็บเป็นความลับ</p>"
    "<form method=post action=/send><label>เรื่อง <input name=subject></label><label>รายละเอียด <textarea name=detail></textarea></label>"
    "<button>ส่งเรื่องร้องเรียน</button></form>"
)
SHARED = CHANNEL.replace(
    "ช่องทางนี้แยกต่างหากจากช่องทางร้องเรียนเรื่องทั่วไป ข้อมูลของผู้แจ้งเบาะแสจะถูกเก็บเป็นความลับ", "ร้องเรียนได้ทุกเรื่อง ทั้งถนน ไฟฟ้า ขยะ และเรื่องทุจริต"
).replace("ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ", "ร้องเรียน ร้องทุกข์")
CHAT = "<h1>ถาม-ตอบ (Q&A)</h1><a href='https://m.me/example'>สนทนากับเราทาง Messenger Live Chat</a>"
ASK = "<h1>ถาม-ตอบ (Q&A)</h1><form method=post action=/c><input name=name placeholder=ชื่อ><textarea name=text placeholder=ข้อความ></textarea><button>ส่ง</button></form>"
CONTACT = "<h1>ข้อมูลการติดต่อ</h1><p>เลขที่ 9 หมู่ 2 ตำบลตัวอย่าง อำเภอตัวอย่าง จังหวัดตัวอย่าง 10110</p><p>โทรศัพท์ 02 123 4567</p><p>อีเมล saraban@example.go.th</p>"
MAP = "<iframe src='https://www.google.com/maps/embed?pb=1'></iframe>"
APPLY = (
    "<h1>E-Service</h1><form method=post action=/r><label>ชื่อผู้ยื่นคำขอ <input name=n></label><label>เรื่องที่ขอรับบริการ <input name=t></label>"
    "<label>แนบเอกสาร <input type=file name=f></label><button>ยื่นคำขอ</button></form>"
)
PRINT = "<h1>E-Service</h1><ul><li><a href='/form1.pdf'>ดาวน์โหลดแบบคำร้องทั่วไป</a></li><li><a href='/form2.pdf'>ดาวน์โหลดแบบขออนุญาตก่อสร้าง</a></li></ul>"
BLANK = made("# แบบคำร้องทั่วไป\nเขียนที่ ....................\nข้าพเจ้า .................... อยู่บ้านเลขที่ ..........\n", "docx")
SURVEY = made(next(f.good for f in PAPERS if f.item == "O17"), "docx")
CITIZEN = STATISTICS.format(year=2566) + OWN_ROWS + "ผู้ร้องเรียน นางสาวมาลี ศรีสุข เลขประจำตัวประชาชน 1-1017-00230-70-8\n"

PLACES = (
    Place("ไม่พบรูปคณะผู้บริหาร", 2564, "O2", "person-photo",
          site("ข้อมูลผู้บริหาร", people(photos=False)), site("ข้อมูลผู้บริหาร", people())),
    Place("ไม่มีช่องทางติดต่อผู้บริหารแต่ละคน", 2566, "O2", "person-contact",
          site("ข้อมูลผู้บริหาร", people(phones=False)), site("ข้อมูลผู้บริหาร", people())),
    Place("ข่าวล่าสุดเป็นของปีก่อน", 2566, "O7", "period",
          site("ข่าวประชาสัมพันธ์", news("14 มีนาคม 2565", "2 สิงหาคม 2565")),
          site("ข่าวประชาสัมพันธ์", news("14 มีนาคม 2565", "16 กุมภาพันธ์ 2566"))),
    Place("ช่องทางร้องเรียนการทุจริตไม่เชื่อมโยงจากเว็บไซต์หลัก", 2565, "O30", "linked",
          site("ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ", page(CHANNEL), linked=False),
          site("ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ", page(CHANNEL))),
    Place("ใช้ช่องทางเดียวกับเรื่องร้องเรียนทั่วไป", 2566, "O28", "separate-channel",
          site("ร้องเรียน ร้องทุกข์", page(SHARED)), site("ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ", page(CHANNEL))),
    Place("มีแต่แบบฟอร์มติดต่อ ไม่ใช่การสื่อสารสองทาง", 2566, "O8", "two_way", site("Q&A", page(ASK)), site("Q&A", page(CHAT))),
    Place("ไม่พบแผนที่ตั้ง", 2566, "O5", "map", site("ข้อมูลการติดต่อ", page(CONTACT)), site("ข้อมูลการติดต่อ", page(CONTACT + MAP))),
    Place("เป็นการดาวน์โหลดแบบฟอร์ม ไม่ใช่ระบบขอรับบริการ", 2566, "O18", "online-request",
          {**site("E-Service", page(PRINT)), "form1.pdf": BLANK, "form2.pdf": BLANK}, site("E-Service", page(APPLY))),
    Place("บริการออนไลน์ไม่เข้าถึงจากเว็บไซต์หลัก", 2564, "O17", "linked",
          site("E-Service", page(APPLY), linked=False), site("E-Service", page(APPLY))),
    Place("ไฟล์เปิดไม่ได้", 2566, "O17", "reachable", site("รายงานผลการสำรวจความพึงพอใจ", "http_404", path="s.docx"),
          site("รายงานผลการสำรวจความพึงพอใจ", SURVEY, path="s.docx"), answer="s.docx"),
    Place("ไฟล์ขอสิทธิ์ก่อนเปิด", 2566, "O17", "reachable", site("รายงานผลการสำรวจความพึงพอใจ", "login", path="s.docx"),
          site("รายงานผลการสำรวจความพึงพอใจ", SURVEY, path="s.docx"), answer="s.docx"),
)  # fmt: skip


def of_site(place: Place, files: Mapping[str, bytes | str]) -> ItemResult:
    """The item as it is judged on a site whose every page was seen."""
    return judged(run_of(files, answers={place.item: place.answer}), place.year, place.item)


@pytest.mark.parametrize("place", PLACES, ids=lambda p: f"{p.year} {p.item} {p.name}")
def test_a_sites_fault_is_found_and_the_mended_site_passes(place: Place) -> None:
    item = of_site(place, place.bad)
    said = failing(item)
    assert item.status is Status.GAP, [(c.id, c.status, c.cause, c.why) for c in item.checks]
    assert place.check in said
    assert said[place.check].fix
    assert said[place.check].evidence
    mended = of_site(place, place.good)
    assert mended.status is Status.PASS, [(c.id, c.message, c.why) for c in mended.checks if c.status is not Status.PASS]


def test_personal_data_in_statistics_is_told_and_hidden() -> None:
    finding = Finding("", 2566, "O29", (), CITIZEN, STATISTICS.format(year=2566) + OWN_ROWS, form="docx")
    item = of_paper(finding, finding.bad)
    told = failing(item)["personal_data"]
    assert told.severity == "advice"
    assert item.status is Status.PASS
    assert "1-1017-00230-70-8" not in told.model_dump_json()
    assert "personal_data" not in failing(of_paper(finding, finding.good))
