"""Thai letters for pages that nobody shapes: where a line may break, which glyph a mark takes, Thai digits."""

from __future__ import annotations

import re

_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")

# Words that a line is not broken inside of; between two known words it may be. Written for the texts of this generator.
_WORDS = """
ด้าน ทรัพยากร ธรรมชาติ องค์การบริหารส่วนตำบล องค์กรปกครองส่วนท้องถิ่น ทุ่งดาวเรือง เขาสายหมอก นครธารา อำเภอ จังหวัด ตำบล หมู่ที่ หมู่บ้าน
บ้าน ชุมชน รายงาน รายการ ผลการ ดำเนินการ ดำเนินงาน ประจำปี ปีงบประมาณ งบประมาณ การใช้จ่าย ใช้จ่าย เบิกจ่าย ปัญหา
อุปสรรค ข้อเสนอแนะ แนวทาง แก้ไข โครงการ กิจกรรม แผนงาน แผนการ แผนพัฒนา แผน ยุทธศาสตร์ เป้าหมาย ตัวชี้วัด ระยะเวลา
ผู้รับผิดชอบ หน่วยงาน รับผิดชอบ ความก้าวหน้า ก้าวหน้า การทุจริต ทุจริต ประพฤติมิชอบ ประพฤติ มิชอบ ป้องกัน
เจ้าหน้าที่ ของรัฐ ของขวัญ ทรัพย์สิน ประโยชน์ อื่นใด ปฏิบัติหน้าที่ ปฏิบัติงาน ปฏิบัติราชการ ปฏิบัติ นโยบาย มาตรการ
ส่งเสริม คุณธรรม ความโปร่งใส โปร่งใส จริยธรรม ประเมิน การประเมิน คะแนน วิเคราะห์ จุดอ่อน ข้อบกพร่อง ประเด็น พัฒนา
ปรับปรุง บริการ ประชาชน สำหรับ คู่มือ ขั้นตอน ขั้น วิธีการ เอกสาร หลักฐาน ค่าธรรมเนียม คำขอ ยื่น ตรวจสอบ อนุญาต
อนุมัติ ใบอนุญาต ภาษี ที่ดิน สิ่งปลูกสร้าง จัดซื้อจัดจ้าง จัดซื้อ จัดจ้าง จัดหา พัสดุ วงเงิน ราคากลาง ราคา เสนอราคา
ผู้เสนอราคา คัดเลือก ผู้ได้รับ เหตุผล สัญญา เลขที่ วันที่ วิธีเฉพาะเจาะจง เฉพาะเจาะจง ประกวดราคา อิเล็กทรอนิกส์
ทรัพยากรบุคคล บุคลากร บุคคล พนักงานส่วนตำบล พนักงานจ้าง พนักงาน ข้าราชการ ลูกจ้าง สรรหา บรรจุ แต่งตั้ง เลื่อน
เงินเดือน ขั้นเงินเดือน อบรม ฝึกอบรม ร้องเรียน เรื่องร้องเรียน เรื่อง ช่องทาง แจ้งเบาะแส เบาะแส ผู้แจ้ง
ผู้ร้องเรียน ข้อเท็จจริง สอบสวน วินัย คุ้มครอง ความลับ ข้อมูล ส่วนบุคคล สถิติ จำนวน ทั้งหมด ทั้งสิ้น สำนักงาน
สำนักปลัด กองคลัง กองช่าง กองการศึกษา ศาสนา วัฒนธรรม ปลัด นายก รองนายก ผู้บริหาร คณะผู้บริหาร คณะกรรมการ คณะทำงาน
สมาชิก สภา ประชุม หัวหน้า ผู้อำนวยการ ถนน คอนกรีต เสริมเหล็ก ก่อสร้าง ซ่อมแซม ลำเหมือง ระบบ ประปา ไฟฟ้า น้ำประปา
แหล่งน้ำ ขยะ มูลฝอย สิ่งแวดล้อม ป่าไม้ เกษตร เกษตรกร ผู้สูงอายุ ผู้พิการ เด็กเล็ก ศูนย์พัฒนา เด็ก เยาวชน กีฬา
ประเพณี เศรษฐกิจ สังคม การศึกษา สาธารณสุข โครงสร้าง พื้นฐาน คุณภาพชีวิต บริหาร จัดการ จัดทำ จัดเก็บ จัดให้มี
จัดกิจกรรม จัด ตาม ต่อ จาก และ หรือ ของ โดย เพื่อ ให้ ที่ ใน กับ เป็น ได้ มี ไม่มี ไม่ได้ ไม่ ทำ การ ความ ผู้
พระราชบัญญัติ ระเบียบ กระทรวงมหาดไทย มาตรา กฎหมาย ข้อบัญญัติ ประกาศ คำสั่ง หนังสือ อำนาจ หน้าที่ ตุลาคม พฤศจิกายน
ธันวาคม มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ความเสี่ยง เสี่ยง เหตุการณ์ ระดับ
สูง ปานกลาง ต่ำ โอกาส ผลกระทบ ควบคุม ติดตาม กำกับ เผยแพร่ ประชาสัมพันธ์ เว็บไซต์ ออนไลน์ สื่อสาร ประสาน รับทราบ
พิจารณา แล้วเสร็จ แล้ว อยู่ระหว่าง ระหว่าง ภายใน ภายนอก ทันที ร้อยละ บาท วัน เดือน ปี ครั้ง คน ราย แห่ง สาย
ครัวเรือน ไตรมาส รอบ หมวด ประเภท ลำดับ ชื่อ ตำแหน่ง งาน เงิน ค่า วัสดุ ครุภัณฑ์ คอมพิวเตอร์ เครื่อง รถยนต์
น้ำมันเชื้อเพลิง สำคัญ จำเป็น สามารถ ต้อง ควร จะ ยัง ทุก แต่ละ เมื่อ ก่อน หลัง
"""
_KNOWN = sorted(set(_WORDS.split()), key=len, reverse=True)
_PIECE = re.compile("|".join(re.escape(word) for word in _KNOWN) + r"|[฀-๿]|[^\s฀-๿]+|\s+")
# What may not begin a line, and what may not end one.
_NO_START = set("ะัาำิีึืฺุูๅๆ็่้๊๋์ํ๎ฯ.,)/:”’")
_NO_END = set("เแโใไ(“‘")

_UPPER = "ัิีึื็ํ"
_LOWER = "ฺุู"
_TONES = "่้๊๋์"
_TALL = "ปฝฟฬ"
# Glyphs that the TLWG fonts keep in the private area for shifted marks, and the letter each stands for.
_LEFT_UPPER = dict(zip("ัิีึื็ํ", "\uf710\uf701\uf702\uf703\uf704\uf712\uf711", strict=True))
_LOW = dict(zip(_TONES, "\uf70a\uf70b\uf70c\uf70d\uf70e", strict=True))
_LOW_LEFT = dict(zip(_TONES, "\uf705\uf706\uf707\uf708\uf709", strict=True))
_HIGH_LEFT = dict(zip(_TONES, "\uf713\uf714\uf715\uf716\uf717", strict=True))
_CUT = {"ญ": "\uf70f", "ฐ": "\uf700"}
SHAPED = {
    ord(glyph): ord(letter) for table in (_LEFT_UPPER, _LOW, _LOW_LEFT, _HIGH_LEFT, _CUT) for letter, glyph in table.items()
}


def digits(text: object) -> str:
    """`text` with Thai digits."""
    return str(text).translate(_DIGITS)


def money(value: float) -> str:
    """Baht with thousands separators, two places only where there are satang."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def pieces(text: str) -> list[str]:
    """Cut `text` where a line may break. Unknown letters stay with what they stand beside."""
    parts: list[str] = []
    known_before = True
    for found in _PIECE.findall(text):
        single = len(found) == 1 and "฀" <= found <= "๿"
        joins = parts and (
            found[0] in _NO_START or parts[-1][-1] in _NO_END or (single and not known_before and not parts[-1].isspace())
        )
        if joins and not found.isspace():
            parts[-1] += found
        else:
            parts.append(found)
        known_before = not single
    return parts


def clusters(text: str) -> list[str]:
    """Cut `text` into the smallest parts that can stand alone: a letter with its marks, a leading vowel with what it leads."""
    parts: list[str] = []
    for letter in text:
        if parts and (letter in _NO_START or parts[-1][-1] in _NO_END):
            parts[-1] += letter
        else:
            parts.append(letter)
    return parts


def shape(text: str) -> str:
    """`text` with the private glyphs that put each mark where it belongs."""
    out: list[str] = []
    for place, letter in enumerate(text):
        before = text[place - 1] if place else ""
        base = text[place - 2] if place > 1 else ""
        after = text[place + 1] if place + 1 < len(text) else ""
        if letter in _TONES:
            if before and before in _UPPER:
                out.append(_HIGH_LEFT[letter] if base and base in _TALL else letter)
            elif after == "ำ":
                out.append(letter)
            else:
                stands_on = base if before and before in _LOWER else before
                out.append((_LOW_LEFT if stands_on and stands_on in _TALL else _LOW)[letter])
        elif letter in _UPPER and before and before in _TALL:
            out.append(_LEFT_UPPER[letter])
        elif letter in _CUT and after and after in _LOWER:
            out.append(_CUT[letter])
        else:
            out.append(letter)
    return "".join(out)
