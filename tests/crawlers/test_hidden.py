import time

import pytest

from crawlers.hidden import files_in, goes_to, is_address, literal_in, locations_in, named_in, viewed, written_in


@pytest.mark.parametrize(
    ("handler", "place"),
    [
        ("window.location.href='/o1.html'", "/o1.html"),
        ('location = "o1.php?id=1"', "o1.php?id=1"),
        ("window.open('/แผน 1.pdf', '_blank')", "/แผน 1.pdf"),
        ("return showPdf('/up/o1.pdf', 800)", "/up/o1.pdf"),
        ("/page/1", "/page/1"),
        ("javascript:void(0)", ""),
        ("toggle('menu')", ""),
        ("location.href = 'o.php?id=' + id", ""),
        ("return confirm('ออกจากระบบ?')", ""),
        ("javascript:location.href=%27/o%201.html%27", "/o 1.html"),
        ("goTo(5, '/news/12')", "/news/12"),
        ("เปิด('../o1')", "../o1"),
        ("go('/item/' + id)", ""),
        ("go(base + '/item.php')", ""),
        ("go(`/item/${id}`); location.href=`/item/${id}`", ""),
        ("share('', 'ข่าว/กิจกรรม')", ""),
        ("confirm('/'); location='/b'", "/b"),
        ("MM_openBrWindow('Message?code=7','','width=5')", "Message?code=7"),
        ("", ""),
        ("'" * 100_000, ""),
    ],
)
def test_handlers(handler, place):
    assert literal_in(handler) == place


def test_scripts():
    script = "if (x) window.location = '/a'; else location.replace(\"/b\"); top.location.href='/c?id=' + id; let location2 = 5"
    assert list(locations_in(script)) == ["/a", "/b"]
    assert list(locations_in("var x = '/a'")) == []


@pytest.mark.parametrize(
    ("value", "expected"), [("/a", True), ("o1.php?x=1", True), ("https://a", True), ("10", False), ("ทั้งหมด", False)]
)
def test_option_values(value, expected):
    assert is_address(value) is expected


def test_a_value_with_marks_of_its_own():
    assert viewed("http://a.go.th/view?file=http%3A%2F%2Fa.go.th%2Fo.php%3Fid%3D1%26x%3D2") == "http://a.go.th/o.php?id=1&x=2"
    assert viewed("http://a.go.th/view?id=1") == ""


@pytest.mark.parametrize(
    ("script", "places"),
    [
        ("window.location.assign(\"/a\"); self.location = '/b'", ["/a", "/b"]),
        ("setTimeout('location.href=\\'/a\\'', 9)", ["/a"]),
        ("window['location']['href']='/x'; location['href'] = '/a'", ["/a"]),
        ("$(location).attr('href', '/a'); window.open('/b')", ["/a", "/b"]),
        ("// location='/a'\n/* location='/b' */ location='/c' // location='/d'", ["/c"]),
        ("var x = 'http://a.go.th/'; location='//b.go.th/y'", ["//b.go.th/y"]),
        ("location.href = `/a${id}`; dialog.open('/b'); allocation = '/c'", []),
        ("location='" + "x" * 5000 + "'", []),
    ],
)
def test_where_scripts_go(script, places):
    assert list(locations_in(script)) == places


def test_a_handler_that_goes_somewhere_itself():
    assert goes_to("window.open('/o1.pdf'); return false") == "/o1.pdf"
    assert goes_to("track('/o1.pdf')") == goes_to("location.href = base + '/x'") == ""


def test_addresses_in_data():
    data = r'{"url": "/ita/2566", "href":"https:\/\/a.go.th\/\u0e01", "link": "news", "url": "/page/:id", "file": "/{x}"}'
    assert list(named_in(data)) == ["/ita/2566", "https://a.go.th/ก"]
    assert len(list(named_in('"url": "/x"' * 1000))) == 500
    assert list(named_in(r'"url": "/\u12"')) == []


def test_a_viewer_with_the_file_behind_the_mark():
    assert viewed("http://a.go.th/ViewerJS/#../up/o1.pdf") == "http://a.go.th/up/o1.pdf"
    assert viewed("http://a.go.th/viewer.html#file=/up/o1.pdf") == "http://a.go.th/up/o1.pdf"
    assert viewed("http://a.go.th/page#o1.pdf") == ""


@pytest.mark.parametrize(
    ("script", "files"),
    [
        (r'var o = {"source":"https:\/\/a.go.th\/up\/o1.pdf","x":1}', ["https://a.go.th/up/o1.pdf"]),
        ("PDFObject.embed('/o1.PDF', x); show('/o 1.pdf', '../o1.docx')", ["/o1.PDF", "../o1.docx"]),
        ("doc.save('o1.pdf'); // '/old.pdf'\n f('/up/' + '/o1.pdf'); f('/o2.pdf' + x); f('/x.js')", []),
    ],
)
def test_documents_that_a_script_shows(script, files):
    assert list(files_in(script)) == files


def test_what_a_script_writes():
    script = "document.write('<a href=\"' + '/Home' + '\">x</a>'); e.innerHTML = \"<a href='/o/\" + id + \"'>y</a>\""
    assert list(written_in(script)) == ['<a href="/Home">x</a>', "<a href='/o/{{}}'>y</a>"]
    assert list(written_in("document.write(`<a href='/x/${id}'>`)")) == ["<a href='/x/{{}}'>"]
    assert list(written_in("var t = '<a href=/x>'; document.write(t)")) == []
    assert len(list(written_in("document.write('<a>');" * 100))) == 50


def test_hostile_scripts_cost_little():
    start = time.perf_counter()
    hostile = ("document.write(" + "'<a' + " * 20_000, "document.write(" * 20_000 + "<a", "'<a.pdf" * 30_000, "'" + "/x" * 99_000)
    for script in hostile:
        for look in (written_in, files_in, locations_in, named_in):
            list(look(script + "location"))
    assert time.perf_counter() - start < 5
