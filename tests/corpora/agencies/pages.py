"""Pages of the site itself: who and where the agency is, what it announces, where people ask, apply and complain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from tests.corpora.agencies.papers import Order
from tests.corpora.documents.source import Block

LOCAL = ("subdistrict", "town", "provincial")
Body = str


def blocks(found: Sequence[Block]) -> Body:
    """A paper as part of a page."""
    parts = []
    marks = {"title": "h3", "heading": "h4", "text": "p", "item": "li", "centre": "p"}
    for block in found:
        if block.kind == "table":
            parts.append(grid(block.rows))
        elif block.kind in marks:
            parts.append(f"<{marks[block.kind]}>{escape(block.text)}</{marks[block.kind]}>")
    return "\n".join(parts)


def grid(rows: Sequence[Sequence[str]]) -> Body:
    """A table; the first row is its head, its cells may not hold markup."""
    head = "".join(f"<th>{escape(c)}</th>" for c in rows[0])
    lines = ["<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in rows[1:]]
    return f'<table border="1"><tr>{head}</tr>\n' + "\n".join(lines) + "</table>"


def form(fields: Sequence[str], button: str, action: str) -> Body:
    """A form with a field for each name."""
    rows = "".join(f'<p><label>{escape(f)} <input type="text" name="f{n}"></label></p>' for n, f in enumerate(fields))
    return f'<form method="post" action="{action}">{rows}<input type="submit" value="{escape(button)}"></form>'


def page(order: Order) -> Body:
    """The page of a concept that `PAGES` has."""
    return PAGES[order.concept](order)


def _structure(order: Order) -> Body:
    who, kind = order.voice.agency, order.voice.kind
    units = "".join(f"<li>{u}</li>" for u in who["units"])
    parts = [f"<h4>แผนผังโครงสร้าง{order.agency}</h4>"]
    if order.flaw.component == "units":
        return f"{parts[0]}<ul><li>{who['post']}</li><li>รอง{who['post']}</li></ul>"
    if kind in LOCAL:
        if order.flaw.component != "political-side":
            parts.append(f"<h4>ฝ่ายการเมือง</h4><ul><li>{who['post']}</li><li>รอง{who['post']}</li><li>ประธานสภา</li></ul>")
        parts.append(f"<h4>ฝ่ายข้าราชการประจำ</h4><ul><li>ปลัด{order.agency}</li>{units}</ul>")
    elif kind == "province":
        if order.flaw.component != "province-vice-governor":
            parts.append(f"<ul><li>{who['post']}</li><li>รอง{who['post']} 3 คน</li></ul>")
        else:
            parts.append(f"<ul><li>{who['post']}</li></ul>")
        parts.append(f"<ul>{units}</ul><h4>ราชการส่วนภูมิภาค</h4><ul><li>อำเภอ 9 อำเภอ</li><li>สำนักงานสรรพากรพื้นที่</li></ul>")
    else:
        parts.append(f"<ul><li>{who['post']}</li><li>รอง{who['post']}</li>{units}</ul>")
    return "\n".join(parts)


def _executives(order: Order) -> Body:
    who, flaw = order.voice.agency, order.flaw.component
    clerk = f"ปลัด{order.agency}" if order.voice.kind in LOCAL else "หัวหน้าสำนักงานบริหารทั่วไป"
    people = [(who["head"], who["post"]), (who["second"], f"รอง{who['post']}"), (who["clerk"], clerk)]
    cards = []
    for number, (name, post) in enumerate(people):
        photo = "" if flaw == "person-photo" else f'<img src="/images/p{number}.jpg" alt="{name}" width="120" height="150"><br>'
        reach = "" if flaw == "person-contact" else f"<br>โทร. 0{number + 2}-555-01{number}2"
        cards.append(f'<td align="center">{photo}{name}<br>{post}{reach}</td>')
    sides = "<h4>ฝ่ายการเมืองและฝ่ายข้าราชการประจำ</h4>" if order.voice.kind in LOCAL else ""
    return f'{sides}<table border="0"><tr>{"".join(cards)}</tr></table>'


def _contact(order: Order) -> Body:
    flaw, number = order.flaw.component, order.voice.chance("house").randrange(10, 400)
    lines = [f"<p>ที่อยู่ {order.agency} เลขที่ {number} หมู่ที่ 4 {order.voice.agency['place']} 50990</p>"]
    if flaw != "phone":
        lines.append("<p>โทรศัพท์ 0 5322 2111 โทรสาร 0 5322 2112</p>")
    if flaw != "email":
        lines.append("<p>อีเมล saraban@agency.example.go.th</p>")
    if flaw != "map":
        lines.append('<h4>แผนที่ตั้ง</h4><iframe src="https://www.google.com/maps/embed?pb=!1m18!2m3" width="600"></iframe>')
    return "\n".join(lines)


def _laws(order: Order) -> Body:
    laws = order.voice.words["themes"]["laws"]
    told = order.voice.words["concepts"]["laws"]["intro"]
    return f"<p>{told}</p><ul>" + "".join(f"<li>{law}</li>" for law in laws) + "</ul>"


def _dated(order: Order, titles: Sequence[str]) -> Body:
    """A list of what was announced on some days of a year, newest first."""
    days = (f"14 มีนาคม {order.real_year}", f"9 มกราคม {order.real_year}", f"21 พฤศจิกายน {order.real_year - 1}")
    if order.flaw.kind == "stale-news":
        days = (f"2 สิงหาคม {order.year - 2}", f"11 พฤษภาคม {order.year - 2}", f"6 มกราคม {order.year - 2}")
    rows = "".join(f"<li>{order.voice.digits(day)} - {title}</li>" for day, title in zip(days, titles, strict=False))
    return f"<ul>{rows}</ul>"


def _news(order: Order) -> Body:
    return _dated(order, order.voice.words["themes"]["news"])


def _notices(order: Order) -> Body:
    return _dated(order, order.voice.words["concepts"]["procurement-notices"]["list"])


def _qna(order: Order) -> Body:
    if order.flaw.kind == "one-way":
        return form(("ชื่อผู้ติดต่อ", "อีเมล", "ข้อความ"), "ส่งข้อความ", "/send")
    if order.voice.chance("qna").random() < 0.4:
        return '<p>สอบถามข้อมูลผ่าน LINE Official Account ของหน่วยงาน <a href="https://lin.ee/example1">เพิ่มเพื่อน LINE OA</a></p>'
    threads = (("เปิดทำการวันเสาร์หรือไม่", "เปิดถึงเที่ยงค่ะ"), ("ต้องใช้เอกสารอะไรบ้าง", "ใช้บัตรประชาชนใบเดียวครับ"))
    lines = (f"<p>คำถาม: {q}</p><p>คำตอบจากเจ้าหน้าที่: {a}</p>" for q, a in threads)
    return "\n".join(lines) + form(("หัวข้อคำถาม", "รายละเอียด"), "ตั้งคำถาม", "/ask")


def _social(order: Order) -> Body:
    links = '<a href="https://www.facebook.com/agency.example">Facebook</a> <a href="https://www.youtube.com/@agency.example">YouTube</a>'
    return f"<p>ติดตาม{order.agency}ได้ที่ {links}</p>"


def _e_service(order: Order) -> Body:
    told = order.voice.words["concepts"]["e-service"]
    if order.flaw.kind == "forms-only":
        return f"<p>{told['forms']}</p><ul><li>แบบคำขอทั่วไป</li><li>แบบคำขอหนังสือรับรอง</li></ul>"
    return f"<p>{told['intro']}</p>" + form(told["fields"], told["button"], "/eservice/send")


def _complaints(order: Order) -> Body:
    told, components = order.voice.words["concepts"]["complaint-channel"], order.voice.words["components"]
    lines = []
    if order.flaw.kind == "shared-channel":
        lines.append(told["shared"])
    else:
        lines.append(components["separate-channel"]["body"])
    if order.flaw.component != "protects-informant":
        lines.append(components["protects-informant"]["body"])
    fields = ("ชื่อผู้แจ้ง", "เรื่องที่แจ้ง") if order.flaw.kind == "shared-channel" else told["fields"]
    return "".join(f"<p>{line}</p>" for line in lines) + form(fields, told["button"], "/report/send")


def _opinions(order: Order) -> Body:
    told = order.voice.words["concepts"]["opinion-channel"]
    return f"<p>{order.fill(told['intro'])}</p>" + form(told["fields"], told["button"], "/opinion/send")


PAGES: dict[str, Callable[[Order], Body]] = {
    "structure": _structure,
    "executives": _executives,
    "contact": _contact,
    "laws": _laws,
    "news": _news,
    "procurement-notices": _notices,
    "qna": _qna,
    "social-network": _social,
    "e-service": _e_service,
    "complaint-channel": _complaints,
    "opinion-channel": _opinions,
}
