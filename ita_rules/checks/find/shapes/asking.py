"""Forms by which people hand something in or ask."""

from __future__ import annotations

import re

from ita_rules.checks.find.findings import Hit
from ita_rules.checks.find.shapes.sight import Sight, detector, hit
from ita_rules.thai.fold import loose

_FORM_SERVICES = ("forms.gle", "docs.google.com/forms", "forms.office.com", "jotform", "surveymonkey", "typeform")
_ONLINE_VERBS = (
    "ยื่นคำขอ",
    "ยื่นคำร้อง",
    "ส่งคำขอ",
    "ส่งคำร้อง",
    "ขอรับบริการ",
    "ลงทะเบียน",
    "จองคิว",
    "ชำระภาษี",
    "แจ้งซ่อม",
    "บันทึกคำขอ",
    "ส่งข้อมูล",
    "submit",
)


@detector("online-form")
def online_form(sight: Sight) -> list[Hit]:
    """A form that hands something in, or a link to a form service or an online system."""
    first = next(iter(sight.lines), None)
    if first is None:
        return []
    for form in sight.document.forms:
        real = [f for f in form.fields if f.strip()]
        search = len(real) <= 1 and any(
            w in " ".join((form.action, *form.fields, *form.buttons)).lower() for w in ("search", "ค้นหา", "q")
        )
        if form.zone == "main" and not form.has_password and not search and (len(real) >= 2 or form.has_file):
            shown = [w for w in (*form.fields, *form.buttons) if re.search("[ก-๙]", w)]
            return [hit(first, "online-form", " … ".join((*shown[:2], *form.buttons[:1])) or None)]
    for link in sight.links:
        words = loose(link.text + link.row)
        service = any(s in link.url.lower() for s in _FORM_SERVICES)
        if service or (
            link.zone == "main"
            and any(loose(v) in words for v in _ONLINE_VERBS)
            and not link.url.lower().endswith((".pdf", ".doc", ".docx"))
        ):
            return [hit(first, "online-form", link.text or link.row or link.url, 0.88)]
    return []


@detector("question-form")
def question_form(sight: Sight) -> list[Hit]:
    """A form with a field to ask in."""
    first = next(iter(sight.lines), None)
    for form in sight.document.forms:
        words = loose(" ".join((*form.fields, *form.buttons)))
        if first and form.zone == "main" and any(w in words for w in ("คาถาม", "กระทู", "ถาม", "question", "ขอความ", "message")):
            return [hit(first, "question-form", " ".join(form.buttons) or None)]
    return []
