"""Which of the titles that files bear inside were given by a person.

Programs write one into every file that they make: the address of the page that was printed ("about:blank"), their own name before
the file's ("Microsoft Word - …"), the name of a document that nobody named ("เอกสาร1", "Untitled"). Such a title names nothing.
"""

from __future__ import annotations

import re

_PROGRAM = re.compile(
    r"^\s*(?:microsoft\s+(?:office\s+)?(?:word|excel|powerpoint|publisher|visio|access)|(?:libre|open)office(?:\s+\w+)?|wps\s+\w+)\s*[-–:]\s*",
    re.IGNORECASE,
)
"""A program's name before that of the file it printed."""

_ENDING = re.compile(r"\.(?:docx?|xlsx?|pptx?|odt|ods|odp|rtf|pub|pdf|indd|ai|psd|cdr)\s*$", re.IGNORECASE)
_PAGE = re.compile(r"^\S+\.(?:x?html?|mht(?:ml)?|php|aspx?|jsp|tmp|dot[xm]?|jpe?g|png|tiff?|bmp)(?:[?#]\S*)?$", re.IGNORECASE)
"""A name of a page, a template or a picture by itself."""

_ADDRESS = re.compile(r"^(?:about|blob|data|file|https?|chrome|javascript):", re.IGNORECASE)
_COUNTED = r"[\s_\-–#(]*[0-9๐-๙]*\)?"
_UNNAMED = re.compile(
    r"(?:(?:new|สร้าง)\s+)?(?:microsoft\s+)?(?:(?:office\s+)?(?:word|excel|powerpoint)\s+)?"
    r"(?:เอกสาร|เอกสารใหม่|งานนำเสนอ|การนำเสนอ|สมุดงาน|แผ่นงาน|ภาพนิ่ง|แบบฟอร์ม|"
    r"(?:งานนำเสนอ|เอกสาร|สมุดงาน)\s*(?:microsoft\s*)?(?:powerpoint|word|excel)|"
    r"ไม่มีชื่อ(?:เรื่อง|เอกสาร)?|ไม่ได้ตั้งชื่อ|ชื่อเรื่อง|ชื่อเอกสาร|"
    r"document|presentation|workbook|book|sheet|slide|worksheet|page|page\s*title|title|untitled|unnamed|no\s*title|none|null|undefined|"
    r"untitled\s*(?:document|presentation|spreadsheet|design)|scan|scanned(?:\s*document)?|scanner|image|img|doc|print|printing|layout|layer|"
    r"camscanner|adobe\s*scan|powerpoint\s*presentation|word\s*document|pdf|pdf\s*document)" + _COUNTED,
    re.IGNORECASE,
)
_LETTER = re.compile(r"[A-Za-zก-ฮ]")


def own_title(title: str) -> str:
    """A title as a person gave it, without what a program put around it; ``""`` where only a program did."""
    bare = _ENDING.sub("", _PROGRAM.sub("", title)).strip()
    if _ADDRESS.match(bare) or _PAGE.match(bare) or _UNNAMED.fullmatch(bare) or len(_LETTER.findall(bare)) < 2:
        return ""
    return bare
