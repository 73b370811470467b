import time

import pytest

from crawlers.links import extract

URL = "http://a.go.th/ita/index.php"


def links(body, **options):
    return extract(f"<html><body>{body}</body></html>", URL, **options).links


@pytest.mark.parametrize(
    ("body", "kind", "url"),
    [
        ("<a href=o1.html>x</a>", "a", "/ita/o1.html"),
        ("<map><area href='/o1.html' alt='โครงสร้าง'></map>", "area", "/o1.html"),
        ("<frameset><frame src=/main.html></frameset>", "frame", "/main.html"),
        ("<iframe src='/o1.html'></iframe>", "iframe", "/o1.html"),
        ("<iframe data-src='/o1.html'></iframe>", "iframe", "/o1.html"),
        ("<embed src=/o1.pdf>", "embed", "/o1.pdf"),
        ("<object data='/o1.pdf'></object>", "object", "/o1.pdf"),
        ("<meta http-equiv=refresh content='0; url=/o1.html'>", "meta-refresh", "/o1.html"),
        ("<META HTTP-EQUIV='Refresh' CONTENT=\"5;URL='/o1.html'\">", "meta-refresh", "/o1.html"),
        ('<meta http-equiv="refresh" content=\'0, url="/o1.html"\'>', "meta-refresh", "/o1.html"),
        ("<div onclick=\"window.location.href='/o1.html'\">x</div>", "onclick", "/o1.html"),
        ("<div onclick=\"location='/o1.html'\">x</div>", "onclick", "/o1.html"),
        ("<tr onclick=\"window.open('/o1.pdf','_blank')\"><td>x</td></tr>", "onclick", "/o1.pdf"),
        ("<a href=\"javascript:window.open('o1.pdf')\">x</a>", "onclick", "/ita/o1.pdf"),
        ("<a href='#' onclick=\"openPdf('/o1.pdf')\">x</a>", "onclick", "/o1.pdf"),
        ("<button data-href='/o1.html'>x</button>", "onclick", "/o1.html"),
        ("<select><option value=''>เลือก</option><option value='/o1.html'>x</option></select>", "onclick", "/o1.html"),
        ("<script>setTimeout(function(){window.location = '/o1.html';}, 3000)</script>", "script", "/o1.html"),
        ('<script>location.replace("/o1.html")</script>', "script", "/o1.html"),
        ("<a onclick='javascript:void(0)' href='/o1.html'>x</a>", "a", "/o1.html"),
        ("<meta http-equiv=refresh content='0;/o1.html'>", "meta-refresh", "/o1.html"),
        ("<meta http-equiv=refresh content='1 url=/o1.html'>", "meta-refresh", "/o1.html"),
        ("<meta http-equiv=refresh content='0;url=&quot;/o1.html'>", "meta-refresh", "/o1.html"),
        ("<iframe src='about:blank' data-src='/o1.html'></iframe>", "iframe", "/o1.html"),
        ("<iframe srcdoc=\"<a href='/o1.html'>x</a>\" src='/not-shown'></iframe>", "a", "/o1.html"),
        ("<object><param name=Src value='/o1.pdf'></object>", "object", "/o1.pdf"),
        ("<svg><a xlink:href='/o1.html'>x</a></svg>", "a", "/o1.html"),
        ("<li data-link='/o1.html'>x</li>", "onclick", "/o1.html"),
        ("<form method=GET><button formaction='/o1.html'>x</button></form>", "form", "/o1.html"),
        (
            "<form action='o1.php?lost=1'><input type=hidden name=y value='2566 ก'><button>x</button></form>",
            "form",
            "/ita/o1.php?y=2566+%E0%B8%81",
        ),
        ('<script type=\'application/json\'>{"url": "/o1.html"}</script>', "a", "/o1.html"),
        ("<link rel=alternate type=application/rss+xml href=/feed/>", "feed", "/feed/"),
        ("<link rel=next href='?page=2'>", "sitemap", "/ita/index.php?page=2"),
    ],
)
def test_every_way_to_link(body, kind, url):
    assert [(link.kind, link.url) for link in links(body)] == [(kind, "http://a.go.th" + url)]


@pytest.mark.parametrize(
    "body",
    [
        "<!-- <a href=/o1.html>x</a> -->",
        "<a name=top>x</a>",
        "<a href='#part2'>x</a>",
        "<a href='mailto:a@b.c'>x</a>",
        "<a href='tel:02'>x</a>",
        "<meta http-equiv=refresh content=30>",
        "<meta http-equiv=refresh content='60; url=/ita/index.php'>",
        "<div onclick=\"toggle('menu')\">x</div>",
        "<script>location.href = '/o.php?id=' + id</script>",
        "<select><option value=10>10</option><option value='ทั้งหมด'>x</option></select>",
        "<a href='#' data-toggle='collapse'>x</a>",
        "<a href='javascript:void(0)' class='dropdown-toggle'>x</a>",
        "<li><a href='#'>x</a><ul></ul></li>",
        "<nav><a href='#'>x</a></nav>",
        "<form method=post action=/x><input type=hidden name=a value=1><button>x</button></form>",
        "<form action=/x><input name=q><button>x</button></form>",
        "<form action=/x><input type=checkbox name=q><button>x</button></form>",
        "<form action=/x><textarea name=q></textarea><button>x</button></form>",
        "<form action=/x><select name=a><option>1</select><select name=b><option>1</select><button>x</button></form>",
        "<form action=/x><select name=a>" + "<option>1" * 61 + "</select></form>",
        "<form action=/x><input type=hidden name=a value=1></form>",
        "<form><button>x</button></form>",
        "<form method=post><button formaction=/x>x</button></form>",
        "<form><button formaction=/x formmethod=post>x</button></form>",
        "<link rel=stylesheet href=/x><link rel='alternate stylesheet' href=/y><link rel=icon href=/z>",
        "<link rel=canonical href='https://www.a.go.th/ita/index.php/'>",
        "<link rel=alternate type='application/json+oembed' href=/x>",
        "<link rel=alternate type=application/rss+xml href=/comments/feed/>",
        "<link rel=alternate type=application/rss+xml href=/ita/index.php/feed/>",
        '<script type=\'application/ld+json\'>{"url": "/x"}</script>',
        "<template><a href='{{ url }}'>x</a></template>",
        "",
        "<",
    ],
)
def test_what_is_no_link(body):
    assert links(body) == ()


@pytest.mark.parametrize("href", ["#", "", "javascript:void(0)", "javascript:;"])
def test_a_link_that_leads_nowhere_is_kept_in_the_content(href):
    (link,) = links(f"<table><tr><td>O14</td><td><a href='{href}'>-</a></td></tr></table>")
    assert (link.url, link.target, link.row) == ("", "", "O14 | -")


@pytest.mark.parametrize(
    ("href", "file"),
    [
        ("/pdfjs/web/viewer.html?file=/docs/o1.pdf", "http://a.go.th/docs/o1.pdf"),
        ("/pdfjs/web/viewer.html?file=..%2F..%2Fdocs%2Fo%201.pdf", "http://a.go.th/docs/o 1.pdf"),
        ("https://flowpaper.com/flipbook/?pdf=http://a.go.th/o1.pdf", "http://a.go.th/o1.pdf"),
        ("https://docs.google.com/viewer?url=http%3A%2F%2Fa.go.th%2Fo1.docx&embedded=true", "http://a.go.th/o1.docx"),
        ("/view.php?file=/load/17", "http://a.go.th/load/17"),
    ],
)
def test_a_viewer_leads_to_its_file(href, file):
    around, inside = links(f"<tr><td>O1</td><td><iframe src='{href}' title='โครงสร้าง'></iframe></td></tr>")
    assert (around.kind, inside.kind, inside.url, inside.text) == ("iframe", "viewer", file, "โครงสร้าง")


@pytest.mark.parametrize(
    "href",
    [
        "/download.php?file=o1.pdf",
        "/share.php?url=http://a.go.th/o1.pdf",
        "/login?url=/o1.pdf",
        "/x.php?id=o1.pdf",
        "/news?file=1",
    ],
)
def test_what_only_looks_like_a_viewer(href):
    assert len(links(f"<a href='{href}'>x</a>")) == 1


def test_a_viewers_own_page_leads_to_its_file():
    (link,) = extract("<title>PDF.js viewer</title>", "http://a.go.th/viewer.html?file=/o1.pdf").links
    assert (link.kind, link.url, link.source) == ("viewer", "http://a.go.th/o1.pdf", "http://a.go.th/viewer.html?file=%2Fo1.pdf")


def test_words_of_a_picture_stand_for_missing_ones():
    (one, two) = links("<a href=/1><img alt='โครงสร้าง'></a><a href=/2 title='งบประมาณ'><img></a>")
    assert (one.text, two.text) == ("โครงสร้าง", "งบประมาณ")


def test_the_row_of_a_table():
    (link,) = links(
        "<table><tr><th>ข้อ</th></tr><tr><td>O13</td><td>รายงานผล\n ประจำปี</td><td><a href=/x>เปิด</a></td></tr></table>"
    )
    assert link.cells == ("O13", "รายงานผล ประจำปี", "เปิด")
    assert link.row == "O13 | รายงานผล ประจำปี | เปิด"


def test_a_cell_that_reaches_down_counts_for_each_row():
    first = "<tr><td rowspan=2>O13</td><td colspan=2>ก</td><td><a href=/1>1</a></td></tr>"
    second = "<tr><td>ข</td><td></td><td><a href=/2>2</a></td></tr>"
    one, two = links(f"<table>{first}{second}</table>")
    assert one.cells == ("O13", "ก", "1")
    assert two.cells == ("O13", "ข", "", "2")


def test_a_table_that_lays_out_the_page_is_no_row():
    inner = "<table><tr><td>O1</td><td><ul><li><a href=/x>เปิด</a></li></ul></td></tr></table>"
    (link,) = links(f"<table><tr><td>เมนู</td><td>{inner}</td></tr></table>")
    assert link.cells == ("O1", "เปิด")
    (link,) = links("<table><tr><td>เมนู<table></table></td><td><p><a href=/x>เปิด</a></p></td></tr></table>")
    assert (link.row, link.cells) == ("", ())


def test_words_of_two_lines_stay_apart():
    (link,) = links("<tr><td>O1<br>โครงสร้าง<p>ก<b>ข</b>ค</p></td><td><a href=/x>เปิด<br>ดู</a></td></tr>")
    assert (link.row, link.text) == ("O1 โครงสร้าง กขค | เปิด ดู", "เปิด ดู")


def test_rows_of_lists_and_cards():
    (one,) = links("<ul><li>O2 ข้อมูลผู้บริหาร <a href=/x>เปิด</a></li></ul>")
    assert one.row == "O2 ข้อมูลผู้บริหาร เปิด"
    (two,) = links(f"<div class='card mb-3'><b>O3</b><p>{'ก' * 400}</p><a href=/x>เปิด</a></div>")
    assert two.row.startswith("O3 ก")
    assert len(two.row) == 300


def test_the_words_over_a_list_are_of_the_row():
    months = "<ul><li>ไตรมาส 1 <a href=/1>คลิก</a></li></ul>"
    body = f"<h3>ก</h3><ul><li>แผนการดำเนินงาน<ul><li>ปี 2567{months}</li><li><a href=/2>ปี 2566</a></li></ul></li></ul>"
    one, two = links(f"{body}<p><a href=/3>ค</a></p>")[:2]
    assert (one.row, two.row) == ("แผนการดำเนินงาน | ปี 2567 | ไตรมาส 1 คลิก", "แผนการดำเนินงาน | ปี 2566")
    assert {one.heading, two.heading} == {"ก"}
    (one, two) = links("<ul><li>O8 แผน<ul><li>O8 ก <a href=/1>1</a></li><li><a href=/2>คลิก</a></li></ul></li></ul>")
    assert (one.row, two.row) == ("O8 ก 1", "O8 แผน | คลิก")


def test_a_link_in_no_row_takes_its_line_or_else_the_one_above():
    (one, two, three, four) = links(
        "<p>แผนดำเนินงาน ปี 2567 <a href=/1>คลิก</a><br>รายงานผล <a href=/2>คลิก</a></p><p>คู่มือ</p><p><a href=/3>ดาวน์โหลด</a></p>"
        "<p>กองคลัง</p><p><a href=/4>งบแสดงฐานะ</a></p>"
    )
    assert (one.row, two.row) == ("แผนดำเนินงาน ปี 2567 คลิก", "รายงานผล คลิก")
    assert (three.row, four.row) == ("คู่มือ | ดาวน์โหลด", "")
    assert links("<p>โครงสร้าง (O1)</p><p><a href=/1>คลิก</a></p>")[0].row == "โครงสร้าง (O1) | คลิก"


def test_a_line_of_a_card_comes_before_the_card():
    body = "<b>งานคลัง</b><p>งบ <a href=/1>คลิก</a></p><p><a href=/2>แผน</a></p>"
    one, two = links(f"<div class='card-body panel-body'>{body}</div>")
    assert (one.row, two.row) == ("งบ คลิก", "งานคลัง งบ คลิก แผน")


@pytest.mark.parametrize(
    "above",
    [
        "<h3>O4 แผน</h3>",
        "<div class='panel-heading'><a href='#c1' data-toggle='collapse'>O4 แผน</a></div>",
        "<button class='accordion'>O4 แผน</button>",
        "<details><summary>O4 แผน</summary></details>",
        "<p><strong>O4 แผน</strong></p>",
        "<table><tr><td colspan=4><b>O4 แผน</b></td></tr></table>",
        "<a href='javascript:void(0)' data-bs-toggle='collapse'>O4 แผน</a>",
        "<table><caption>O4 แผน</caption></table>",
        "<div class='elementor-tab-title'>O4 แผน</div>",
    ],
)
def test_the_heading_above(above):
    found = links(f"<h2>ITA</h2>{above}<div><a href=/x>เปิด</a></div>")
    assert found[-1].heading == "O4 แผน"


def test_a_heading_of_the_frame_is_none_of_the_content():
    found = links("<h2>ITA 2566</h2><nav><h3>เมนู</h3></nav><a href=/x>เปิด</a>")
    assert found[0].heading == "ITA 2566"


def test_zones():
    body = (
        "<header><h1>ก</h1><a href=/1>1</a><nav><a href=/2>2</a></nav></header>"
        "<div class='navbar navbar-light'><a href=/3>3</a></div>"
        "<article><header><a href=/4>4</a></header><a href=/5>5</a></article>"
        "<div id='footer'><div><a href=/6>6</a></div></div><a href=/7>7</a>"
    )
    assert [link.zone for link in links(body)] == ["header", "nav", "nav", "main", "main", "footer", "main"]
    assert [link.order for link in links(body)] == list(range(7))


def test_title_and_headings():
    view = extract("<title> ก\n ข </title><h1>ค</h1>" + "".join(f"<h2>{n}</h2>" for n in range(20)), URL)
    assert view.title == "ก ข"
    assert view.headings[:2] == ("ค", "0")
    assert len(view.headings) == 12


def test_a_base_address():
    assert links("<base href='/web/'><a href=x>1</a>")[0].url == "http://a.go.th/web/x"


def test_odd_spellings_are_mended():
    found = links("<a href='//b.go.th/x'>1</a><a href='\\up\\แผน 1.pdf'>2</a><a href=' /x y '>3</a><a href='http://'>4</a>")
    assert [link.url for link in found] == ["http://b.go.th/x", "http://a.go.th/up/แผน 1.pdf", "http://a.go.th/x y"]
    assert found[1].target == "http://a.go.th/up/%E0%B9%81%E0%B8%9C%E0%B8%99%201.pdf"


def test_a_query_of_an_old_page():
    assert links("<a href='/s.php?q=ก'>1</a>", encoding="cp874")[0].url == "http://a.go.th/s.php?q=%A1"


def test_content_is_told_from_the_frame():
    view = extract("<nav>เมนู</nav><p>เนื้อ</p>หา<script>var x</script><footer>ท้าย</footer>", URL)
    assert view.content == "เนื้อ หา"
    assert (view.scripts, view.password) == (1, False)
    assert extract("<p><input type=password>", URL).password


def test_hostile_pages_are_bounded():
    start = time.process_time()
    assert len(links("<a href=/x>x" * 7000)) == 5000
    links("<div>" * 50_000)
    links("<table>" * 2000 + "<tr><td rowspan=2><a href=/x>x</a>" * 2000)
    links("<table><tr><td rowspan=65000 colspan=65000>x" + "<tr><td rowspan=9999><a href=/x>x</a>" * 2000)
    links("<div onclick=\"location='/x'\">" * 1000 + "<i>" * 5000 + "x" * 1_000_000)
    links("<ul><li><a href=/x>x</a>" * 1000 + "<p>x" * 10_000)
    links("\x00<a href='/\ud800'>x</a>")
    assert time.process_time() - start < 15


def test_a_large_page_takes_little_time():
    """The aim is 3 ms for 65 kB with 138 links; the bound leaves room for a busy machine."""
    menu = "".join(f"<li class='nav-item'><a class='nav-link' href='/page/{n}'>เมนูที่ {n}</a></li>" for n in range(100))
    rows = "".join(f"<tr><td>O{n}</td><td>รายงานผล</td><td><a href='/f/{n}.pdf'>เปิด</a></td></tr>" for n in range(38))
    prose = "<p>องค์การบริหารส่วนตำบลมีอำนาจหน้าที่ตามกฎหมาย</p>" * 370
    html = f"<body><nav><ul>{menu}</ul></nav><table>{rows}</table>{prose}</body>"
    assert 60_000 < len(html.encode()) < 80_000
    extract(html, URL)
    best = min(_seconds(html) for _ in range(5))
    assert best < 0.2  # a quadratic step would take seconds


def _seconds(html):
    start = time.perf_counter()
    assert len(extract(html, URL).links) == 138
    return time.perf_counter() - start


def test_a_choice_in_a_form_leads_to_each_of_its_pages():
    choice = "<select name=ปี><option value=''>เลือก<option>2565<option value=66>2566</select>"
    body = f"<form action=/o.php><input type=hidden name=t value=1>{choice}<input type=submit name=b value=ดู></form>"
    found = links(body, encoding="cp874")
    assert [(link.url, link.text) for link in found] == [
        ("http://a.go.th/o.php?t=1&b=%B4%D9&%BB%D5=2565", "2565"),
        ("http://a.go.th/o.php?t=1&b=%B4%D9&%BB%D5=66", "2566"),
    ]


def test_a_handler_that_opens_something_else_than_the_link():
    found = links("<a href='/list' onclick=\"window.open('/o1.pdf');return false\">x</a>")
    assert [(link.kind, link.url) for link in found] == [("a", "http://a.go.th/list"), ("onclick", "http://a.go.th/o1.pdf")]
    assert len(links("<a href='/list' onclick=\"track('/o1.pdf')\">x</a>")) == 1


def test_a_header_and_a_body_that_send_on():
    assert [link.url for link in links("x", refresh="0; url=/o1.html")] == ["http://a.go.th/o1.html"]
    (link,) = extract("<html><body onload=\"location.href='/o1.html'\">x", URL).links
    assert (link.kind, link.url) == ("script", "http://a.go.th/o1.html")


def test_what_stands_for_browsers_without_frames():
    (frame, inside) = extract("<frameset><frame src=/a><noframes><body><a href=/b>x</a></body></noframes></frameset>", URL).links
    assert (frame.kind, inside.kind, inside.url) == ("frame", "sitemap", "http://a.go.th/b")


def test_frames_in_frames_in_attributes_end():
    start = time.perf_counter()
    inner = "<a href=/x>x</a>"
    for _ in range(8):
        inner = "<iframe srcdoc='" + inner.replace("&", "&amp;").replace("'", "&#39;") + "'></iframe>"
    assert links(inner) == ()
    assert time.perf_counter() - start < 2
