"""The pages that hold the others together: main page, ITA pages, lists of papers, news, web board, leftovers."""

from __future__ import annotations

from generator import images
from generator.agency import AS_OF, FULL, MAYOR, NAME, SHORT
from generator.layout import CSS, MENU, frame, grid, link, word
from generator.shelf import Shelf
from generator.titles import TITLES

CATS = {href: (parent, words) for parent, links in MENU for words, href in links}


def add(shelf: Shelf) -> None:
    """Everything that needs the other pages to be there first."""
    _pictures(shelf)
    _news(shelf)
    _lists(shelf)
    _ita(shelf)
    _home(shelf)
    _sitemap(shelf)
    _leftovers(shelf)


def _pictures(shelf: Shelf) -> None:
    site = shelf.site
    site.add("/css/style.css", CSS.encode(), "css")
    site.add("/images/banner.png", images.banner(NAME, "อำเภอเขาสายหมอก จังหวัดนครธารา"), "png")
    site.add("/images/mayor_side.jpg", images.portrait(MAYOR), "jpg")
    site.add("/images/fb.png", images.icon("f", "#1877f2"), "png")
    site.add("/images/line.png", images.icon("L", "#06c755"), "png")
    site.add("/robots.txt", b"User-agent: *\nDisallow: /admin/\n", "txt")
    lost = "<h1>404</h1><p>ไม่พบหน้าที่ท่านต้องการ หน้านี้อาจถูกย้ายหรือลบออกแล้ว</p><p><a href='/'>กลับหน้าแรก</a></p>"
    page = f"<!DOCTYPE html><html lang='th'><head><meta charset='utf-8'><title>ไม่พบหน้า</title></head><body>{lost}</body></html>"
    site.page("*", page, status=404)
    site.redirect("/index.php", "/")


# newest first; the newest is of the fiscal year before the one that is asked
NEWS = [
    (118, "13 กันยายน 2565", "เชิญชวนร่วมงานลอยดอกดาวเรืองริมห้วย"),
    (117, "30 สิงหาคม 2565", "แจ้งงดจ่ายน้ำประปาหมู่ที่ 3 เพื่อล้างถังตะกอน"),
    (116, "11 สิงหาคม 2565", "โครงการปลูกต้นไม้เฉลิมพระเกียรติ ป่าชุมชนเขาสายหมอก"),
    (115, "20 กรกฎาคม 2565", "รับสมัครเด็กเล็กเข้าเรียนศูนย์พัฒนาเด็กเล็ก"),
    (114, "5 กรกฎาคม 2565", "ฉีดวัคซีนป้องกันโรคพิษสุนัขบ้า 6 หมู่บ้าน"),
    (113, "9 มิถุนายน 2565", "ประชาสัมพันธ์การชำระภาษีที่ดินและสิ่งปลูกสร้าง"),
    (112, "17 พฤษภาคม 2565", "อบรมอาชีพร้อยมาลัยดาวเรือง กลุ่มสตรีบ้านท่าน้ำเย็น"),
    (111, "11 เมษายน 2565", "กิจกรรมรดน้ำขอพรผู้สูงอายุ วันสงกรานต์"),
    (110, "3 มีนาคม 2565", "ซ่อมแซมไฟฟ้าสาธารณะ บ้านหนองกระดิ่งเงิน"),
]


def _news(shelf: Shelf) -> None:
    site = shelf.site
    for number, day, title in NEWS:
        src = site.add(f"/images/news/{number}.jpg", images.scene(title, SHORT), "jpg")
        body = f'<p class="date">วันที่ {day} | เปิดอ่าน {number * 7} ครั้ง</p><img src="{src}" width="360" alt="">' + word(
            f"{NAME} ขอประชาสัมพันธ์เรื่อง {title} ผู้สนใจสอบถามได้ที่สำนักปลัดในวันและเวลาราชการ"
        )
        site.page(f"/news_view.php?id={number}", frame(title, body))
    for page, part in ((1, NEWS[:5]), (2, NEWS[5:])):
        lines = "".join(
            f'<li>{link(t, f"/news_view.php?id={n}", False)} <span class="date">({d})</span></li>' for n, d, t in part
        )
        pages = " ".join(f"<b>{p}</b>" if p == page else link(str(p), f"/news.php?page={p}", False) for p in (1, 2))
        site.page(f"/news.php?page={page}", frame("ข่าวประชาสัมพันธ์", f"<ul>{lines}</ul><p align=center>หน้า {pages}</p>"))
    site.redirect("/news.php", "/news.php?page=1")
    shelf.row("O7", ("ข่าวประชาสัมพันธ์", "/news.php"))
    site.answer("O7", "/news.php", "หน้าแรก > ข่าวประชาสัมพันธ์")
    site.truth(
        "O7",
        "/news.php",
        "/news.php?page=1",
        *(f"/news_view.php?id={n}" for n, _d, _t in NEWS),
        gap="stale-news",
        note="the newest item is of September 2565",
        expect=[("period", "*"), ("count", "*")],
        traps=["stale-news", "redirect"],
        needs=["13 กันยายน 2565"],
    )


def _lists(shelf: Shelf) -> None:
    known = {int(href.rpartition("=")[2]): words for href, (_parent, words) in CATS.items() if href.startswith("/docs.php")}
    for cat, name in known.items():
        lines = [entry for entry in shelf.listed if entry.cat == cat]
        rows = [("ที่", "เรื่อง", "วันที่เผยแพร่")]
        rows += [(str(n), link(entry.title, entry.href), entry.day) for n, entry in enumerate(lines, 1)]
        shelf.site.page(f"/docs.php?cat={cat}", frame(name, grid(*rows) if lines else word("ยังไม่มีข้อมูลในหมวดนี้")))


# what is asked, copied beside the links as many agencies do; it proves nothing
ASKED = {
    "O2": "ต้องมีชื่อ ตำแหน่ง รูปถ่าย และช่องทางติดต่อของผู้บริหารแต่ละคน",
    "O13": "รายงานผลของปี 2565 มีผลการดำเนินการ ผลการใช้จ่ายงบประมาณ ปัญหา อุปสรรค และข้อเสนอแนะ",
    "O21": "แบบ สขร.1 รายเดือน ครอบคลุม 6 เดือนแรก ต.ค. 65 ถึง มี.ค. 66",
    "O24": "มีความก้าวหน้าและรายละเอียดงบประมาณที่ใช้ รอบ 6 เดือนแรก",
    "O26": "มีผลการดำเนินการ งบประมาณที่ใช้ ปัญหา อุปสรรค และข้อเสนอแนะ",
    "O28": "ช่องทางออนไลน์ที่แยกจากเรื่องทั่วไป และคุ้มครองข้อมูลผู้แจ้งเบาะแส",
    "O29": "เฉพาะเรื่องการทุจริตและประพฤติมิชอบของเจ้าหน้าที่ จำนวนทั้งหมด แล้วเสร็จ อยู่ระหว่างดำเนินการ",
}


def _ita(shelf: Shelf) -> None:
    site = shelf.site
    rows = [("ข้อ", "ข้อมูล", "การเชื่อมโยง", "คำอธิบาย")]
    for item, (title, indicator, _concept) in TITLES.items():
        links = shelf.rows.get(item, [])
        cell = "<br>".join(link(words, href, href != "#") for words, href in links) or "-"
        rows.append((item, title, cell, ASKED.get(item, f"ตัวชี้วัดย่อย {indicator}")))
    intro = word(f"การเปิดเผยข้อมูลสาธารณะ (OIT) ประจำปีงบประมาณ พ.ศ. 2566 {FULL}")
    site.page("/ita.php?year=2566", frame("ITA ประจำปี 2566", intro + grid(*rows)))
    old = [("ข้อ", "รายการข้อมูล", "ลิงก์")]
    old += [
        (code, words, link("เปิดดู", href))
        for code, (words, href) in sorted(shelf.old_rows.items(), key=lambda row: int(row[0][1:]))
    ]
    site.page("/ita.php?year=2565", frame("ITA ประจำปี 2565", word("การเปิดเผยข้อมูลสาธารณะ ปี พ.ศ. 2565") + grid(*old)))
    years = "".join(f"<li>{link(f'ITA ปี {year}', f'/ita.php?year={year}', False)}</li>" for year in (2566, 2565))
    years += '<li><a href="#">ITA ปี 2564</a></li>'
    site.page("/ita.php", frame("การประเมินคุณธรรมและความโปร่งใส (ITA)", f"<ul>{years}</ul>"))


def _home(shelf: Shelf) -> None:
    latest = "".join(
        f'<tr><td><span class="date">{d}</span></td><td>{link(t, f"/news_view.php?id={n}", False)}</td></tr>'
        for n, d, t in NEWS[:5]
    )
    body = f"""<marquee>ยินดีต้อนรับสู่เว็บไซต์{NAME}</marquee>
<!-- <div id="popup"><a href="/popup_old.html"><img src="/images/popup.jpg"></a></div> -->
<h3>ข่าวประชาสัมพันธ์</h3><table border="0">{latest}</table><p align="right"><a href="/news.php">อ่านทั้งหมด</a></p>
<h3>การเปิดเผยข้อมูลสาธารณะ</h3><p>{link("ITA 2566", "/ita.php?year=2566", False)} | {link("ITA ปีก่อน ๆ", "/ita.php", False)}</p>
<h3>บริการ</h3><p><a href="javascript:void(0)" onclick="location.href='/webboard.php'">ถาม-ตอบ</a> |
<a href="#">ชำระภาษีออนไลน์ (เร็ว ๆ นี้)</a></p>
<iframe src="https://www.facebook.com/plugins/page.php?href=thungdaoruang.example" width="340" height="130"
frameborder="0"></iframe>
<p class="date">ปรับปรุงเว็บไซต์ล่าสุด {AS_OF[8:]} เมษายน 2566</p>"""
    shelf.site.page("/", frame("หน้าแรก", body))


def _sitemap(shelf: Shelf) -> None:
    parts = []
    for parent, links in MENU:
        parts.append(f"<b>{parent}</b><ul>" + "".join(f"<li>{link(words, href, False)}</li>" for words, href in links) + "</ul>")
    shelf.site.page("/sitemap.php", frame("แผนผังเว็บไซต์", "\n".join(parts)))


def _leftovers(shelf: Shelf) -> None:
    """Pages that answer nothing: pictures, local goods in the old encoding, a page that is gone but says 200."""
    site = shelf.site
    shots = "".join(
        f'<a href="/news_view.php?id={n}"><img src="/images/news/{n}.jpg" width="200" alt="{t}"></a> ' for n, _d, t in NEWS
    )
    more = link("ภาพงานลอยดอกดาวเรือง ปี 2564", "/gallery/2564/index.html", False)
    site.page("/gallery.php", frame("ภาพกิจกรรม", shots + f"<p>{more} | {link('ผังบุคลากรเดิม', '/staff_old.php', False)}</p>"))
    gone = "<p>ขออภัย ไม่พบข้อมูลที่ท่านต้องการ</p><p>เนื้อหานี้อาจถูกลบไปแล้ว</p>"
    site.page("/staff_old.php", frame("ไม่พบข้อมูล", gone))
    goods = word("ดอกดาวเรืองตัดดอก", "มาลัยดาวเรืองบ้านท่าน้ำเย็น โทร 08 1000 3301", "น้ำผึ้งป่าเขาสายหมอก ขวดละ 150 บาท")
    text = frame("ของดีตำบลทุ่งดาวเรือง", goods, charset="windows-874").replace("’", "'")
    site.page("/otop.htm", text, charset="windows-874", type="text/html")
