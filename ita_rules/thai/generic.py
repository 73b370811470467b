"""Words of links that say nothing of where they lead."""

from __future__ import annotations

from ita_rules.thai.fold import loose

_GENERIC = frozenset(
    loose(w)
    for w in (
        "คลิกที่นี่ คลิก เปิด ดาวน์โหลด download ดูรายละเอียด รายละเอียด ดูไฟล์แนบ ไฟล์แนบ เอกสารแนบ อ่านต่อ อ่านเพิ่มเติม "
        "เพิ่มเติม ลิงก์ link url ดูข้อมูล เปิดดู view more readmore here ดู เอกสาร ไฟล์ ดูเอกสาร เปิดเอกสาร ดาวน์โหลดเอกสาร คลิกดู "
        "คลิกเพื่อดู คลิกดูเอกสาร pdf word excel file ไฟล์pdf"
    ).split()
)


def is_generic(words: str) -> bool:
    """Whether a link's words say nothing of where it leads (คลิกที่นี่, a bare address)."""
    folded = loose(words)
    return not folded or folded in _GENERIC or words.strip().lower().startswith(("http://", "https://", "www."))
