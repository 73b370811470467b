"""The frame that every page of the site stands in: banner, menu, side bar, footer; in the markup of an older CMS."""

from __future__ import annotations

from html import escape

from generator.agency import DOMAIN, EMAIL, FULL, NAME, PHONE, PLACE

# (title, [(words, href)]); the parents lead nowhere by themselves
MENU = [
    (
        "ข้อมูลหน่วยงาน",
        [
            ("สภาพทั่วไปและข้อมูลพื้นฐาน", "/content.php?id=1"),
            ("วิสัยทัศน์ พันธกิจ", "/content.php?id=2"),
            ("โครงสร้างองค์กร", "/content.php?id=3"),
            ("คณะผู้บริหาร", "/content.php?id=4"),
            ("สภาองค์การบริหารส่วนตำบล", "/content.php?id=5"),
            ("อำนาจหน้าที่", "/content.php?id=6"),
            ("กฎหมายที่เกี่ยวข้อง", "/content.php?id=7"),
            ("นโยบายคุ้มครองข้อมูลส่วนบุคคล", "/content.php?id=8"),
        ],
    ),
    (
        "แผนงานและรายงาน",
        [
            ("แผนพัฒนาท้องถิ่น", "/docs.php?cat=11"),
            ("แผนการดำเนินงานประจำปี", "/docs.php?cat=12"),
            ("รายงานติดตามและประเมินผล", "/docs.php?cat=13"),
        ],
    ),
    (
        "การคลังและพัสดุ",
        [
            ("แผนจัดหาพัสดุ", "/docs.php?cat=21"),
            ("ประกาศจัดซื้อจัดจ้าง", "/procure.php"),
            ("สรุปผลการจัดซื้อจัดจ้าง (สขร.1)", "/monthly.php?y=2566"),
            ("รายงานผลการจัดซื้อจัดจ้างประจำปี", "/docs.php?cat=22"),
        ],
    ),
    (
        "บุคลากร",
        [
            ("นโยบายและแผนด้านบุคคล", "/docs.php?cat=31"),
            ("หลักเกณฑ์ด้านบุคคล", "/docs.php?cat=32"),
            ("จริยธรรมเจ้าหน้าที่", "/docs.php?cat=33"),
        ],
    ),
    (
        "บริการประชาชน",
        [
            ("คู่มือประชาชน", "/docs.php?cat=41"),
            ("แบบฟอร์มดาวน์โหลด", "/content.php?id=21"),
            ("สถิติการให้บริการ", "/docs.php?cat=42"),
            ("ร้องทุกข์ - ร้องเรียนทั่วไป", "/complain.php"),
            ("กระดานถาม-ตอบ", "/webboard.php"),
        ],
    ),
    (
        "ธรรมาภิบาล",
        [
            ("การป้องกันการทุจริต", "/docs.php?cat=51"),
            ("No Gift Policy", "/docs.php?cat=52"),
            ("เรื่องร้องเรียนการทุจริต", "/docs.php?cat=53"),
            ("การมีส่วนร่วมของประชาชน", "/content.php?id=31"),
        ],
    ),
]

CSS = """body{font-family:"Sarabun","Laksaman","Garuda",sans-serif;font-size:16px;margin:0;background:#eef3ea;color:#222}
a{color:#14532d}#wrap{width:1000px;margin:0 auto;background:#fff}.banner img{display:block;width:100%}
ul.nav{list-style:none;margin:0;padding:0;background:#1f6f43;display:flex}ul.nav>li{position:relative}
ul.nav>li>a{display:block;color:#fff;padding:10px 12px;text-decoration:none}ul.sub{display:none;position:absolute;z-index:9;
background:#fff;border:1px solid #1f6f43;list-style:none;padding:4px;margin:0;width:260px}ul.nav>li:hover ul.sub{display:block}
ul.sub a{display:block;padding:5px;text-decoration:none}td{vertical-align:top}.side{width:200px;background:#f5f9f1;padding:8px}
.side h4{background:#c7e2b4;margin:6px 0;padding:4px}.main{padding:14px}table.grid{border-collapse:collapse;width:100%}
table.grid td,table.grid th{border:1px solid #999;padding:5px}.foot{background:#1f6f43;color:#fff;padding:12px;font-size:14px}
.foot a{color:#fff}.date{color:#777;font-size:13px}.card{float:left;width:210px;margin:6px;text-align:center;font-size:14px}
"""


def menu() -> str:
    """The drop-down menus."""
    rows = []
    for title, links in MENU:
        subs = "".join(f'<li><a href="{escape(href)}">{words}</a></li>' for words, href in links)
        rows.append(
            f'<li class="dropdown"><a href="javascript:void(0)" class="dropbtn">{title}</a><ul class="sub">{subs}</ul></li>'
        )
    return (
        '<ul class="nav"><li><a href="/">หน้าแรก</a></li>'
        + "\n".join(rows)
        + '<li><a href="/ita.php">ITA</a></li><li><a href="/content.php?id=9">ติดต่อเรา</a></li></ul>'
    )


def side() -> str:
    """The side bar: what agencies put there, with dead leftovers."""
    return """<div class="side">
<h4>ผู้บริหาร</h4><img src="/images/mayor_side.jpg" width="120" alt=""><br><small>สายตรงนายก</small>
<h4>ลิงก์ด่วน</h4>
&raquo; <a href="/news.php">ข่าวประชาสัมพันธ์</a><br>
&raquo; <a href="/content.php?id=10">สื่อสังคมออนไลน์</a><br>
&raquo; <a href="#">ระบบ E-Service</a><br>
&raquo; <a href="/otop.htm">ของดีตำบล</a><br>
&raquo; <a href="/gallery.php">ภาพกิจกรรม</a><br>
<!-- &raquo; <a href="/report/secure.php">แจ้งเบาะแสการทุจริต</a><br> -->
<h4>หน่วยงานที่เกี่ยวข้อง</h4>
<a href="https://www.dla.example.or.th/" target="_blank">กรมส่งเสริมฯ (ตัวอย่าง)</a><br>
<a href="https://www.facebook.com/thungdaoruang.example" target="_blank"><img src="/images/fb.png" alt="facebook" width="32"></a>
</div>"""


def frame(title: str, body: str, charset: str = "utf-8", head: str = "") -> str:
    """A whole page."""
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html lang="th">
<head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{title} | {NAME}</title>
<meta name="keywords" content="อบต.,{NAME},{PLACE}">
<link rel="stylesheet" href="/css/style.css" type="text/css">{head}
</head>
<body>
<div id="wrap">
<div class="banner"><a href="/"><img src="/images/banner.png" alt="{FULL}"></a></div>
{menu()}
<table width="100%" border="0" cellspacing="0" cellpadding="0"><tr><td width="216">
{side()}
</td><td class="main">
<h2>{title}</h2>
{body}
</td></tr></table>
<div class="foot">{NAME} เลขที่ 99 หมู่ที่ 3 ถนนเขาสายหมอก-ท่าน้ำเย็น {PLACE} โทรศัพท์ {PHONE} อีเมล <a href="mailto:{EMAIL}">{EMAIL}</a><br>
สงวนลิขสิทธิ์ &copy; 2566 {DOMAIN} | <a href="/sitemap.php">แผนผังเว็บไซต์</a> | <a href="javascript:history.back()">ย้อนกลับ</a></div>
</div>
</body></html>
"""


def word(*paragraphs: str) -> str:
    """Paragraphs as they come out of a word processor."""
    return "\n".join(
        f'<p class="MsoNormal" style="margin-bottom:0cm;line-height:normal"><span lang="TH" style="font-size:16.0pt;'
        f'font-family:&quot;TH SarabunIT๙&quot;,sans-serif">{text}<o:p></o:p></span></p>'
        for text in paragraphs
    )


def grid(*rows: tuple[str, ...]) -> str:
    """A ruled table; the first row is its head."""
    head = "".join(f"<th>{cell}</th>" for cell in rows[0])
    body = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows[1:])
    return f'<table class="grid" border="1" cellpadding="4"><tr bgcolor="#c7e2b4">{head}</tr>\n{body}</table>'


def link(words: str, href: str, blank: bool = True) -> str:
    """An anchor."""
    return f'<a href="{escape(href)}"{" target=_blank" if blank else ""}>{words}</a>'
