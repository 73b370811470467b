"""Which pages are the shell of a script; the many that are none must not cost a browser."""

import pytest

from crawlers.links import extract
from crawlers.shell import FEW_LINKS, Shell, shell

URL = "https://www.example.go.th/ita"
MENU = "<nav>" + "".join(f"<a href=/m{n}>เมนู {n}</a>" for n in range(20)) + "</nav>"
FOOT = "<footer>ที่ทำการองค์การบริหารส่วนตำบลตัวอย่าง โทร 0 2000 0000</footer>"
LONG = "<p>" + "ประวัติความเป็นมาของตำบล " * 80 + "</p>"
SHORT = "<h1>ติดต่อ</h1><p>ที่ทำการ 99 หมู่ 4 โทร 0 2000 0000 ทุกวันราชการ</p>"
APP = "<script src=/static/app.js></script>"
TABLE = "<table id=t><thead><tr><th>ข้อ<th>ข้อมูล<th>ลิงก์</thead><tbody></tbody></table>"
FETCH = (
    "<script>fetch('/api/ita?year=2566').then(r => r.json()).then(d => { document.getElementById('t').innerHTML = d })</script>"
)


def seen(body, title="หน้า", head="", home=None, url=URL):
    html = f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return shell(extract(html, url), html, url, home)


@pytest.mark.parametrize(
    "body",
    [
        f"<div id=root></div>{APP}",
        f"<noscript>You need to enable JavaScript to run this app.</noscript><div id='root'></div>{APP}",
        f'<div id="__next"><div class="spinner"></div></div>{APP}<script id="__NEXT_DATA__">{{}}</script>',
        f'<div id="__nuxt"><!-- --></div>{APP}',
        f"<app-root>กำลังโหลด...</app-root>{APP}",
        f"<div id=app><p>Loading</p></div>{APP}",
        f"{MENU}<div ng-app=ita><div ng-view></div></div>{FOOT}{APP}",
        f"{MENU}<h1>ITA 2566</h1><p>กำลังโหลดข้อมูล...</p>{FOOT}{APP}",
        f"{MENU}<main><h2>ข้อมูล OIT</h2><div>โปรดรอสักครู่</div></main>{FOOT}{APP}",
        f"{MENU}<h1>ITA</h1>{TABLE}{FETCH}{FOOT}",
        f"{MENU}<h1>การเปิดเผยข้อมูลสาธารณะ</h1><ul id=t></ul>{FETCH}",
        f"{MENU}<div v-for='i in items'>{{{{ i.code }}}} {{{{ i.name }}}}</div><script src=vue.js></script>",
        f"{MENU}<noscript>กรุณาเปิดใช้งาน JavaScript</noscript><div class=page></div>{APP}",
        APP,
    ],
)
def test_shells(body):
    found = seen(body)
    assert found is not None
    assert found.sure


@pytest.mark.parametrize(
    "body",
    [
        f"{MENU}<h1>ITA 2566</h1><p>รายการข้อมูลการเปิดเผยข้อมูลสาธารณะของหน่วยงาน ประจำปีงบประมาณ พ.ศ. 2566</p>{TABLE}{LONG}{FETCH}",
        f"{MENU}<h1>ITA 2566</h1><p>ตัวชี้วัดที่ 9</p>{APP}",
        f"{MENU}<h1>ติดต่อเรา</h1><p>{'ที่อยู่ ' * 20}</p><div id=preload>กำลังโหลด...</div>{APP}",
        f"{MENU}<tr ng-repeat='i in items'><td>{'ก' * 400}</td></tr>{APP}",
    ],
)
def test_what_may_be_one_is_shown_where_that_can_be_and_blamed_on_nobody(body):
    found = seen(body, "ITA 2566")
    assert found is not None
    assert not found.sure


LINKS = "".join(f"<tr><td>O{n}<td>ชื่อ<td><a href=/f{n}.pdf>เปิด</a>" for n in range(1, FEW_LINKS + 2))


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (f"{MENU}<h1>ประวัติ</h1>{LONG}{FOOT}{APP}", "ประวัติ"),
        (f"{MENU}<h1>ITA 2566</h1><table>{LINKS}</table>{FETCH}{APP}", "ITA 2566"),
        (f"<div id=__next>{MENU}<h1>ข่าว</h1><p>{'เนื้อหา ' * 10}</p></div>{APP}", "ข่าว"),
        (f"<div id=app>{MENU}{LONG}</div>{APP}", "หน้า"),
        (
            f"<app-root><router-outlet></router-outlet><app-page>{SHORT}</app-page></app-root>{APP}",
            "ก",
        ),
        (f"<div id=root>{SHORT}</div><div id=app></div>{APP}", "ติดต่อ"),
        (f"{MENU}<h1>โครงสร้าง</h1><img src=/chart.jpg>{FOOT}<script src=/jquery.js></script>", "โครงสร้าง"),
        (f"{MENU}<h1>ITA 2566</h1><iframe src=/list.php></iframe>{APP}", "ITA 2566"),
        ("<a href=/main.php><img src=/splash.jpg></a><script src=/jquery.js></script>", "ถวายพระพร"),
        ("<p>กำลังโหลด</p>", "หน้าที่ไม่มีสคริปต์"),
        (f"{MENU}<h1>วิธีใช้</h1><p>เขียน {{{{ ชื่อ }}}}</p>", "คู่มือ"),
        (
            f"{MENU}{LONG}<div id=counter></div><script>fetch('/count').then(() => document.getElementById('counter'))</script>",
            "หน้า",
        ),
        (f"{MENU}<h1>ถาม-ตอบ</h1><p>{'คำถาม ' * 30}</p><form><input name=q><input name=n></form>{APP}", "ถามตอบ"),
        ("<frameset><frame src=/menu.html><frame src=/main.html></frameset><script>var a</script>", "เว็บเก่า"),
        (f"{MENU}<p>ประกาศ ณ วันที่ 1 ตุลาคม 2565</p><script>document.write(new Date())</script>", "ประกาศ"),
        ("", "ว่าง"),
    ],
)
def test_pages_that_show_what_they_have(body, title):
    assert seen(body, title, url="https://www.example.go.th/page.php") is None


def test_links_that_stand_on_the_main_page_too_are_not_the_pages_own():
    menu = "<div>" + "".join(f"<a href=/m{n}>เมนู {n}</a>" for n in range(20)) + "</div>"
    home = extract(f"<body>{menu}<h1>หน้าแรก</h1>", "https://www.example.go.th/")
    body = f"{menu}<h1>ITA</h1>{TABLE}{FETCH}"
    assert seen(body, "ITA") is None
    assert seen(body, "ITA", home=home) == Shell("unfilled", True)


@pytest.mark.parametrize(
    "html", ["", "\x00" * 50, "<" * 1000, "<div id=root>" * 3000, "<script>" + "fetch(" * 5000, "<table id='" + "(" * 200]
)
def test_nothing_makes_it_fail(html):
    shell(extract(html, URL), html, URL)
