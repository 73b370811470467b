"""What the lines say: invented phrases of official papers, with numbers of every form in Thai and Arabic digits."""

from __future__ import annotations

import numpy as np

from training.digits.fonts import THAI_DIGITS

MONTHS = tuple("มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split())
SHORT_MONTHS = tuple("ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split())
WORDS = tuple(
    """รายงาน ผลการ ดำเนินงาน ประจำปี งบประมาณ แผน พัฒนา ท้องถิ่น ยุทธศาสตร์ ส่งเสริม คุณธรรม และ ความโปร่งใส หน่วยงาน ภาครัฐ
    จัดซื้อ จัดจ้าง โครงการ ก่อสร้าง ถนน คอนกรีต หมู่ที่ ตำบล อำเภอ จังหวัด องค์การ บริหาร ส่วนตำบล เทศบาล สำนักปลัด กองคลัง กองช่าง
    ผู้อำนวยการ นายก ปลัด เจ้าหน้าที่ บุคลากร ฝึกอบรม สัมมนา ศึกษา ดูงาน ร้องเรียน ทุจริต ประพฤติ มิชอบ ช่องทาง ติดต่อ โทรศัพท์ โทรสาร
    ไปรษณีย์ เว็บไซต์ ประกาศ คำสั่ง ระเบียบ ข้อบังคับ พระราชบัญญัติ กฎหมาย ที่เกี่ยวข้อง คู่มือ มาตรฐาน การปฏิบัติงาน การให้บริการ ประชาชน สถิติ
    ความพึงพอใจ ประเมิน ความเสี่ยง ผลประโยชน์ ทับซ้อน มาตรการ ป้องกัน ปัญหา อุปสรรค ข้อเสนอแนะ ลำดับ รายการ วงเงิน ราคากลาง ผู้ชนะ สัญญา
    เบิกจ่าย คงเหลือ ร้อยละ รวมทั้งสิ้น บาท คน ครั้ง เรื่อง วัน เดือน ระยะเวลา ไตรมาส รอบ หกเดือน ฉบับ ทบทวน แก้ไข เพิ่มเติม ลงนาม อนุมัติ
    เอกสาร แนบท้าย ตาราง ภาพ หน้า สารบัญ บทนำ สรุป วัตถุประสงค์ เป้าหมาย ตัวชี้วัด กลยุทธ์ กิจกรรม ผู้รับผิดชอบ ฝ่าย กลุ่มงาน ศูนย์ ญี่ปุ่น ฎีกา
    ฐานะ ฒ ฌาน ฆ่า ฝากฝัง ฟื้นฟู ซื่อสัตย์ โอกาส อัตรา ไฟฟ้า ใหญ่ เฮ ฬ ฯลฯ ๆ ทั้งนี้ ด้วย ตาม ใน ของ ให้ แก่ จาก ถึง""".split()
)
LATIN = tuple("ITA OIT e-Service www. https PDF No. Mobile Smart Plan Facebook Line oo OO bb ll II ee cc".split())
ARABIC_DIGITS = "0123456789"


def thai(number: int | str) -> str:
    """Digits as Thai digits; the rest as it is."""
    return str(number).translate(str.maketrans(ARABIC_DIGITS, THAI_DIGITS))


def number(rng: np.random.Generator) -> str:
    """A number of some form: year, day, amount, clause, telephone, percentage."""
    form = int(rng.integers(9))
    n = [int(v) for v in rng.integers(0, 10, 10)]
    if form <= 1:
        return str(rng.integers(2540, 2580))
    if form == 2:
        return f"{rng.integers(1, 999):,}" + (f",{rng.integers(0, 999):03d}" if n[0] < 6 else "") + (".00" if n[1] < 4 else "")
    if form == 3:
        return f"{rng.integers(1, 32)}/{rng.integers(1, 13)}/{rng.integers(2555, 2572)}"
    if form == 4:
        return f"0{n[0]}-{n[1]}{n[2]}{n[3]}-{n[4]}{n[5]}{n[6]}{n[7]}"
    if form == 5:
        return f"{n[0]}.{n[1]}" + (f".{n[2]}" if n[3] < 4 else "")
    if form == 6:
        return "".join(str(v) for v in n[: int(rng.integers(2, 8))])
    return str(rng.integers(1, 100))


def words(rng: np.random.Generator, least: int, most: int) -> str:
    """Some words, mostly joined as Thai is."""
    count = int(rng.integers(least, most + 1))
    parts = []
    for _ in range(count):
        parts.append(str(rng.choice(LATIN if rng.random() < 0.08 else WORDS)))
        parts.append(" " if rng.random() < 0.25 else "")
    return "".join(parts).strip()


def training_line(rng: np.random.Generator) -> str:
    """A line to learn from: words and numbers, or numbers alone as in a cell; one number in five in Arabic digits."""
    pieces = []
    for _ in range(int(rng.integers(1, 4))):
        digits = number(rng)
        pieces.append(digits if rng.random() < 0.2 else thai(digits))
        if rng.random() < 0.75:
            pieces.insert(int(rng.integers(0, len(pieces) + 1)), words(rng, 1, 3))
    joint = " " if rng.random() < 0.8 else ""
    text = joint.join(pieces)
    return f"({text})" if rng.random() < 0.1 else text
