"""What a page shows only after something was sent, and the forms and scripts of a page that hold nothing back."""

from __future__ import annotations

import pytest

from crawlers.links import extract
from crawlers.sending import held_back, may_send

URL = "https://www.example.go.th/list.aspx"
MENU = "<nav><a href=/a>หน้าแรก</a><a href=/b>ติดต่อ</a></nav>"
LONG = f"<p>{'เนื้อหาของหน้านี้เล่าเรื่องของหน่วยงาน ' * 12}</p>"
YEARS = "<select name=year><option>2565<option>2566<option>2567</select>"
KINDS = "<select name=kind><option>ประกาศ<option>คำสั่ง</select>"
VIEWSTATE = "<input type=hidden name=__VIEWSTATE value=x>"


def entry(words: str, argument: str = "", control: str = "ctl00$Main$GridView1$ctl02$LinkButton1") -> str:
    return f"<a href=\"javascript:__doPostBack('{control}','{argument}')\">{words}</a>"


def grid(*rows: str) -> str:
    return f"<form method=post id=form1>{VIEWSTATE}<table>{''.join(f'<tr><td>{r}</td></tr>' for r in rows)}</table></form>"


def told(body: str) -> str:
    html = f"<html><body>{MENU}{body}</body></html>"
    return held_back(extract(html, URL), html) if may_send(html.encode()) else "no mark"


@pytest.mark.parametrize(
    ("body", "way"),
    [
        (grid(entry("รายงานผลการดำเนินงานประจำปี 2565")), "postback"),
        (grid(f"O13 รายงานประจำปี</td><td>{entry('เปิด')}"), "postback"),
        (grid("<a href=/o1.pdf>แผน</a>", entry("2", "Page$2", "ctl00$Main$GridView1")), "postback"),
        (grid("<a href='#' onclick=\"__doPostBack('ctl00$Grid','Select$0');return false\">ดู</a>"), "postback"),
        (grid("<a href='javascript:__doPostBack(&#39;ctl00$Grid$ctl02&#39;,&#39;&#39;)'>แผนปฏิบัติการประจำปี</a>"), "postback"),
        (grid("<a href=\"javascript:__doPostBack('Tree','s%E0%B8%81')\">แผนการใช้จ่ายงบประมาณ</a>"), "postback"),
        (f"<form method=post action=/list.php>{YEARS}<input type=submit value=ค้นหา></form>", "form"),
        (f"{LONG}<form method=POST>{YEARS}<input name=word><button>แสดง</button></form>", "form"),
        (f"<form method='post'>{KINDS}<input type=submit value=ค้นหา></form>", "form"),
        (f"<form method=post>{VIEWSTATE}<textarea name=t></textarea>{YEARS}<input type=submit value=แสดง></form>", "form"),
        (grid("แผน</td><td><input type=submit name=ctl02$Button1 value=ดาวน์โหลด>"), "form"),
        (
            f"{LONG}<table id=docs><thead><tr><th>ชื่อ</thead></table>"
            "<script>$('#docs').DataTable({ajax: {url: '/api', type: \"POST\"}})</script>",
            "script",
        ),
        (
            "<ul id=list></ul><script>fetch('/api', {method: 'POST'}).then(r => fill(document.getElementById('list')))</script>",
            "script",
        ),
        ("<table class='t docs'><tbody></tbody></table><script>$.post('/api', x => $('.docs tbody').html(x))</script>", "script"),
        ("<div id=out>กรุณารอ</div><script>axios.post('/api').then(r => out('#out'))</script>", "script"),
        ("<ul id=list></ul><script>x.open('POST', '/a'); show('list')</script>", "script"),
        ("<ul id=list></ul><script>s = new WebSocket('wss://www.example.go.th/'); show('list')</script>", "socket"),
        ("<ul id=list></ul><script src=/socket.io.js></script><script>s = io('/'); show('#list')</script>", "socket"),
    ],
)
def test_a_page_that_shows_a_list_only_for_what_is_sent(body: str, way: str) -> None:
    assert told(body) == way


@pytest.mark.parametrize(
    "body",
    [
        "<form method=post action=/search><input name=q><input type=submit value=ค้นหา></form>",
        f"{LONG}<form method=post action=/search>{KINDS}<input name=q><button>ค้นหา</button></form>",
        "<form method=post><input name=user><input type=password name=p><button>เข้าสู่ระบบ</button></form>",
        f"<form method=post>{KINDS}<input name=user><input type=password name=p></form>",
        f"<form method=post>{KINDS}<input name=name><input type=email name=e><textarea name=m></textarea></form>",
        f"<form method=post>{YEARS}<input name=n><input name=s><input name=no><button>สมัคร</button></form>",
        f"<div class=header><form method=post>{YEARS}<button>แสดง</button></form></div>",
        f"<aside><form method=post>{YEARS}<button>แสดง</button></form></aside>",
        f"<form method=get>{YEARS}<button>post</button></form><i title='post'></i>",
        grid(entry("เข้าสู่ระบบของเจ้าหน้าที่"), entry("ภาษาไทย / English"), entry("ขนาดตัวอักษรปกติ")),
        grid(*(entry(str(n), str(8400 + n), "ctl00$Calendar1") for n in range(1, 32))),
        grid(entry("เรียงตามชื่อเอกสาร", "Sort$Title"), "<a href=/o1.pdf>แผน</a>"),
        f"<nav>{entry('รายงานผลการดำเนินงานประจำปี')}</nav>{LONG}",
        f"{LONG}<form method=post id=form1>{VIEWSTATE}<input name=q><input type=submit value=ค้นหา></form>",
        f"{LONG}<div id=count></div><script>$.post('/count', x => $('#count').html(x))</script>",
        "<div id=result></div><form><textarea name=m></textarea></form><script>$.post('/s', x => $('#result').html(x))</script>",
        "<table id=docs><tr><td>แผน</table><script>$.post('/like'); $('#docs').show()</script>",
        "<ul id=list></ul><script>$.post('/like')</script>",
        "<ul id=list></ul><script>$.get('/api'); show('list')</script><i title='post'></i>",
        f"<p>{LONG}</p><script>new WebSocket('wss://chat.example.com/')</script>",
    ],
)
def test_forms_and_scripts_that_hold_nothing_back(body: str) -> None:
    assert told(body) in ("", "no mark")


def test_a_page_without_a_mark_of_sending_is_not_parsed_again() -> None:
    assert not may_send(f"{MENU}{LONG}<form method=get><input name=q></form> posted ratio(1)".encode())


def test_links_of_the_sites_frame_are_no_list_of_the_page() -> None:
    menu = "<div>" + "".join(f"<a href=/m{n}>เมนู {n}</a>" for n in range(9)) + "</div>"
    html = f"<html><body>{menu}<form method=post>{KINDS}<button>ค้นหา</button></form></body></html>"
    home = extract(f"<html><body>{menu}</body></html>", "https://www.example.go.th/")
    assert (held_back(extract(html, URL), html), held_back(extract(html, URL), html, home)) == ("", "form")


@pytest.mark.parametrize("html", ["", "<" * 1000, "<table id=a>" * 3000 + "<script>$.post('a')</script>", "<select>" * 3000])
def test_nothing_makes_it_fail(html: str) -> None:
    assert held_back(extract(html, URL), html) in ("", "script")


def test_a_choice_that_the_main_page_offers_too_is_a_search_of_the_site() -> None:
    form = f"<form method=post action=/search.php>{YEARS}<button>ค้นหา</button></form>"
    pages = [f"<html><body>{MENU}{form}{LONG}{more}</body></html>" for more in ("", grid("<a href=/1.pdf>แผน</a>"))]
    own = f"<html><body>{MENU}{form}<form method=post>{YEARS.replace('year', 'of')}</form></body></html>"
    home = extract(pages[0], "https://www.example.go.th/")
    assert held_back(home, pages[0]) == "form"
    assert [held_back(extract(html, URL), html, home) for html in (pages[1], own)] == ["", "form"]
