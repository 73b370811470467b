"""What is opened on a page before it is written down, and what is left alone."""

import pytest

from crawlers.fetch import Fetched
from crawlers.links import extract

pytestmark = pytest.mark.browser
URL = "https://www.example.go.th/ita"


def show(chromium, body, url=URL, head=""):
    asked = []

    def get(at):
        asked.append(at)
        html = f"<!DOCTYPE html><html><head><meta charset=utf-8><title>t</title>{head}</head><body>{body}</body></html>"
        return Fetched(at, at, 200, (("Content-Type", "text/html"),), html.encode())

    found = chromium.render(url, get)
    assert found.cause is None, found.detail
    assert asked == [url.partition("#")[0]] or asked == [url]
    return found.html.decode()


def links(html, url=URL):
    """The links by path; what a script's text names comes after what stands on the page."""
    found = reversed([link for link in extract(html, url).links if link.url])
    return {link.url.removeprefix("https://www.example.go.th"): link for link in found}


SHADOW = "document.querySelector('my-list').attachShadow({mode: 'closed'}).innerHTML = '<a href=/11.pdf>ก</a>'"
FILL = "<script>const fill = (at, html) => document.querySelector(at).insertAdjacentHTML('beforeend', html)</script>"


@pytest.mark.parametrize(
    ("body", "path", "words"),
    [
        ("<details><summary>O1</summary><a href=/1.pdf>เปิด</a></details>", "/1.pdf", "เปิด"),
        (
            "<button aria-expanded=false onclick=\"fill('#p', '<a href=/2.pdf>ก</a>')\">O2 ผู้บริหาร</button><div id=p></div>",
            "/2.pdf",
            "ก",
        ),
        ("<div class='accordion-title' onclick=\"fill('#p', '<a href=/3.pdf>ก</a>')\">O3</div><div id=p></div>", "/3.pdf", "ก"),
        (
            "<a href='#' data-toggle=collapse onclick=\"fill('#p', '<a href=/4.pdf>ก</a>')\">แผน</a><div id=p></div>",
            "/4.pdf",
            "ก",
        ),
        ("<button onclick=\"fill('#p', '<a href=/5.pdf>ก</a>')\">ดูเพิ่มเติม</button><div id=p></div>", "/5.pdf", "ก"),
        (
            "<a href='javascript:void(0)' onclick=\"fill('body', '<a href=/6.pdf>ก</a>')\">แสดงทั้งหมด</a>",
            "/6.pdf",
            "ก",
        ),
        ("<button id=x>เปิดไฟล์</button><script>x.onclick = () => window.open('/7.pdf')</script>", "/7.pdf", "เปิดไฟล์"),
        ("<button id=x>ดาวน์โหลด</button><script>x.onclick = () => { location.href = '/8.pdf' }</script>", "/8.pdf", "ดาวน์โหลด"),
        (
            "<div id=x style='cursor:pointer'>O9 รายงาน</div><script>x.onclick = () => location.assign('/9.pdf')</script>",
            "/9.pdf",
            "O9 รายงาน",
        ),
        (
            "<div id=x style='cursor:pointer'>O10</div><script>x.onclick = () => history.pushState(0, '', '/o10')</script>",
            "/o10",
            "O10",
        ),
        (
            f"<my-list></my-list><script>{SHADOW}</script>",
            "/11.pdf",
            "ก",
        ),
        ("<a href='#/o12'>O12</a>", "/ita#/o12", "O12"),
        ("<script>setTimeout(() => { location.href = '/13.html' }, 50)</script>", "/13.html", ""),
        (
            "<p style='height:5000px'><script>onscroll = () => { onscroll = 0; fill('p', '<a href=/14.pdf>ก</a>') }</script>",
            "/14.pdf",
            "ก",
        ),
    ],
)
def test_what_is_folded_away_is_found(chromium, body, path, words):
    found = links(show(chromium, FILL + body))
    assert found[path].text == words


@pytest.mark.parametrize("word", ["ลบ", "ส่งข้อมูล", "ออกจากระบบ", "เข้าสู่ระบบ", "Delete file", "แชร์ไฟล์", "ยืนยัน"])
def test_what_does_something_is_not_pressed(chromium, word):
    body = f"<div id=p></div><button aria-expanded=false onclick=\"p.append('ถูกกด')\">{word}</button>"
    form = "<form onsubmit=\"p.append('ถูกส่ง'); return false\"><button>ดูเพิ่มเติม</button></form>"
    html = show(chromium, body + form + "<nav><button onclick=\"p.append('เมนู')\">ดูทั้งหมด</button></nav>")
    assert '<div id="p"></div>' in html


def test_years_to_choose_from_stand_one_under_the_other(chromium):
    files = "const files = {2566: ['/66-1.pdf', '/66-2.pdf'], 2565: ['/65-1.pdf'], 2564: []}"
    body = f"""<h1>ITA</h1><form><select id=y><option>2566<option>2565<option>2564</select></form>
    <ul id=list></ul><script>{files};
    const show = () => {{ list.innerHTML = files[y.value].map((f, n) => `<li>O${{n + 1}} <a href=${{f}}>เปิด</a>`).join('') }};
    y.onchange = show; show()</script>"""
    found = links(show(chromium, body))
    assert {path: link.section for path, link in found.items()} == {"/66-1.pdf": "", "/66-2.pdf": "", "/65-1.pdf": "2565"}


def test_signs_of_waiting_and_words_for_those_without_scripts_are_not_written_down(chromium):
    body = """<noscript>Please enable JavaScript</noscript><template><p>{{ name }}</p></template>
    <p id=w>กำลังโหลดข้อมูล...</p><p id=v>กำลังโหลดแผนที่</p><script>w.style.display = 'none'</script>"""
    html = show(chromium, body).partition("<script")[0]
    assert "enable JavaScript" not in html
    assert "name" not in html
    assert "กำลังโหลดข้อมูล" not in html
    assert "กำลังโหลดแผนที่" in html, "what can be seen stands"


def test_a_page_that_never_ceases_to_ask_is_opened_too(chromium):
    poll = "setInterval(() => fetch('https://other.example.com/' + Math.random()), 20)"
    folds = "".join(
        f"<button aria-expanded=false onclick=\"fill('body', '<a href=/{n}.pdf>ก</a>')\">O{n}</button>" for n in range(3)
    )
    html = f"<html><body>{folds}{FILL}<script>{poll}</script></body></html>"
    json = Fetched("", "", 200, (("Content-Type", "application/json"),), b"[]")
    found = chromium.render(URL, lambda at: Fetched(at, at, 200, (), html.encode()) if at == URL else json, seconds=16.0)
    assert {"/0.pdf", "/1.pdf", "/2.pdf"} <= set(links(found.html.decode()))


def test_a_route_behind_a_hash_is_shown_itself(chromium):
    body = "<div id=app></div><script>app.textContent = 'เส้นทาง ' + decodeURI(location.hash)</script>"
    assert "เส้นทาง #/o1/แผน" in show(chromium, body, f"{URL}#/o1/แผน")
