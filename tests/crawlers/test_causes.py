import pytest

from crawlers.causes import page_cause, status_cause
from crawlers.links import extract

A = "http://a.go.th"
MENU = "<nav>" + "".join(f"<a href=/{n}>เมนู {n}</a>" for n in range(40)) + "</nav>"
SIGN_IN = "<form action=/check><input name=u><input type=password name=p><button>เข้าสู่ระบบ</button></form>"
PROSE = "<p>" + "องค์การบริหารส่วนตำบลมีอำนาจหน้าที่ตามกฎหมายว่าด้วยสภาตำบล " * 20


def cause(url, html, final="", **more):
    final = final or url
    pages = {name: extract(text, A + "/x") for name, text in more.items()}
    return page_cause(url, final, extract(html, final), pages.get("made_up"), pages.get("home"))[0]


@pytest.mark.parametrize(
    ("status", "headers", "body", "expected"),
    [
        (200, (), b"<title>x</title>", None),
        (206, (), b"", None),
        (404, (), b"", "http_404"),
        (404, (("CF-RAY", "1"),), b"Just a moment...", "http_404"),
        (410, (), b"", "http_410"),
        (401, (), b"", "login"),
        (403, (), b"<h1>Forbidden</h1>", "http_403"),
        (403, (), b"<title>Just a moment...</title>", "blocked"),
        (403, (), b"<title>Attention Required! | Cloudflare</title>", "blocked"),
        (403, (("cf-mitigated", "challenge"),), b"", "blocked"),
        (403, (("CF-RAY", "1"),), b"<h1>403 Forbidden</h1> cloudflare", "blocked"),
        (403, (("CF-RAY", "1"),), b"<h1>403 Forbidden</h1> nginx", "http_403"),
        (403, (), b"Request unsuccessful. Incapsula incident ID: 1", "blocked"),
        (403, (), b"Sucuri WebSite Firewall - Access Denied", "blocked"),
        (403, (), b"please solve the captcha", "blocked"),
        (429, (), b"", "blocked"),
        (500, (), b"captcha", "http_500"),
        (502, (), b"", "http_502"),
        (503, (), b"Service Unavailable", "http_503"),
        (503, (), b"Checking your browser before accessing", "blocked"),
        (200, (), b"<html><head><title>Just a moment...</title></head>", "blocked"),
        (200, (), b"<p>news: a captcha was added, the page said just a moment...", None),
    ],
)
def test_status(status, headers, body, expected):
    assert status_cause(status, headers, body)[0] == expected


@pytest.mark.parametrize(
    "said",
    [
        "ไม่พบหน้า",
        "ไม่พบหน้าที่คุณต้องการ",
        "ไม่พบข้อมูลที่ท่านต้องการ",
        "404",
        "404 Not Found",
        "Error 404",
        "Page not found",
        "Page Not Found | เทศบาลตำบลตัวอย่าง",
        "ไม่พบหน้า | องค์การบริหารส่วนตำบลตัวอย่าง",
        "Not Found",
        "ขออภัย ไม่พบหน้าเว็บ",
        "ไม่พบไฟล์",
        "หน้าที่ท่านต้องการไม่พบ",
    ],
)
def test_soft_404(said):
    assert cause(A + "/x.php?id=1", f"<title>{said}</title>{MENU}<p>กลับหน้าหลัก") == "soft_404"
    assert cause(A + "/x.php?id=1", f"<title>เทศบาล</title>{MENU}<h1>{said}</h1>") == "soft_404"
    assert cause(A + "/x.pdf", f"<title>{said}</title>{MENU}<p>ข่าว") == "soft_404"


@pytest.mark.parametrize(
    "said",
    [
        "ไม่พบผู้ติดเชื้อรายใหม่",
        "พบหน้าที่การงานใหม่",
        "โครงการ 404 ครัวเรือน",
        "ห้อง 404",
        "ข้อ 404",
        "รายงานผล 2566",
        "ไม่พบการทุจริต",
        "",
    ],
)
def test_a_page_that_only_sounds_like_it(said):
    assert cause(A + "/x.php?id=1", f"<title>{said}</title>{MENU}<h1>{said}</h1><p>เนื้อหา") is None


def test_content_speaks_against_a_soft_404():
    assert cause(A + "/x.php", f"<title>404</title>{PROSE}") is None
    assert cause(A + "/x.php", f"<title>เทศบาล</title><h1>วิธีแก้ Page not found</h1>{PROSE}") is None


def test_as_for_a_made_up_address():
    shown = f"<title>เทศบาล</title>{MENU}<p>ยินดีต้อนรับ ขออภัยในความไม่สะดวก {{}}"
    other = f"<title>เทศบาล</title>{MENU}<p>หน้าหลัก ข่าว"
    assert cause(A + "/o1", shown.format("/o1"), made_up=shown.format("/zz"), home=other) == "soft_404"
    assert cause(A + "/o1", other, made_up=shown.format("/zz"), home=other) is None
    # A site that shows its main page for everything: only a file that turns out to be it is missing.
    assert cause(A + "/o1", shown, made_up=shown, home=shown) is None
    assert cause(A + "/o1.pdf", shown, made_up=shown, home=shown) == "soft_404"


def test_sign_in_pages():
    form = f"<title>เข้าสู่ระบบสมาชิก</title>{SIGN_IN}"
    assert cause(A + "/file.php?f=1", form, A + "/member/login.php?back=x") == "login"
    assert cause(A + "/wp-admin/o1", form, A + "/wp-login.php") == "login"
    assert cause(A + "/o1.pdf", f"<title>x</title>{SIGN_IN}") == "login"
    assert cause(A + "/o1", form) == "login"


def test_what_is_no_sign_in_page():
    assert cause(A + "/", f"<title>เทศบาล</title>{PROSE}{SIGN_IN}") is None
    assert cause(A + "/news", f"<title>ข่าว</title><div id=header>{SIGN_IN}</div><p>ข่าว") is None
    assert cause(A + "/login.php", f"<title>เข้าสู่ระบบ</title>{SIGN_IN}") is None
    assert cause(A + "/e-service/", f"<title>เข้าสู่ระบบ e-Service</title>{SIGN_IN}") is None
    assert cause(A + "/o1", "<title>ระบบล็อกอิน</title><p>คู่มือ", A + "/manual/login-guide") is None


def test_a_request_for_access():
    drive = "https://drive.google.com/file/d/1/view"
    assert cause(drive, "<title>Google Drive: Access Denied</title><p>You need access") == "login"
    assert cause(drive, "<title>คุณต้องมีสิทธิ์เข้าถึง</title>") == "login"
    assert cause(drive, "<title>Sign in</title>", "https://accounts.google.com/v3/signin/identifier") == "login"
    assert cause(drive, "<title>O1.pdf - Google Drive</title><p>ดาวน์โหลด") is None


def test_walls_of_social_networks():
    page = "https://www.facebook.com/agency"
    assert cause(page, "<title>Log into Facebook</title>", "https://www.facebook.com/login/?next=x") == "login"
    assert cause(page, "<title>เข้าสู่ระบบ Facebook</title>") == "login"
    assert cause(page, "<title>Facebook</title><h2>คุณต้องเข้าสู่ระบบเพื่อดำเนินการต่อ</h2>") == "login"
    assert (
        cause(
            "https://www.instagram.com/agency/", "<title>Login • Instagram</title>", "https://www.instagram.com/accounts/login/"
        )
        == "login"
    )
    assert cause(page, f"<title>เทศบาลตำบลตัวอย่าง | Facebook</title><div>{PROSE}</div>") is None
    assert cause(A + "/news", "<title>เข้าสู่ระบบ Facebook ไม่ได้ทำอย่างไร</title><p>ข่าว") is None


def test_microsoft_and_dropbox_send_to_their_own_sign_in():
    moved = "<title>Sign in to your account</title>"
    for end in ("https://login.microsoftonline.com/common/oauth2/authorize", "https://login.live.com/login.srf"):
        assert cause("https://agency.sharepoint.com/:b:/g/x", moved, end) == "login"
    assert (
        cause("https://www.dropbox.com/s/x/o1.pdf", "<title>Login - Dropbox</title>", "https://www.dropbox.com/login?cont=x")
        == "login"
    )
    assert (
        cause("https://notlogin.live.com.a.go.th/x", "<title>x</title><p>x", "https://notlogin.live.com.a.go.th/y/log-in") is None
    )


def test_a_box_at_the_side_is_no_sign_in_page():
    box = f"<div id=side><h3>เข้าสู่ระบบ</h3>{SIGN_IN}</div>"
    assert cause(A + "/o1", f"<title>โครงสร้าง</title><h1>โครงสร้าง</h1>{box}") is None
    assert cause(A + "/o1", f"<title>เข้าสู่ระบบ</title><a href=/o1.pdf>O1</a>{SIGN_IN}") is None
    assert cause(A + "/o1", f"<title>ระบบเอกสาร</title><h1>กรุณาเข้าระบบ</h1>{SIGN_IN}") == "login"


def test_a_list_without_entries_is_no_missing_page():
    assert cause(A + "/news.php", f"<title>ข่าว | เทศบาล</title>{MENU}<h3>ไม่พบข้อมูล</h3>") is None
    assert cause(A + "/news.php", f"<title>ไม่พบข้อมูล</title>{MENU}") == "soft_404"
    assert cause(A + "/news.php", f"<title>ข่าว</title>{MENU}<h1>ไม่พบหน้า</h1><a href=/o1.pdf>O1</a>") is None
    assert cause(A + "/o1.pdf", f"<title>ข่าว</title>{MENU}<h3>ไม่พบข้อมูล</h3>") == "soft_404"


def test_a_file_that_leads_to_the_home_page():
    home = f"<title>เทศบาล</title>{MENU}<p>ยินดีต้อนรับ"
    for end in ("/", "/index.php", "/home", "/main.html", "/default.aspx"):
        assert cause(A + "/files/o1.pdf", home, A + end) == "empty_link"
    assert cause(A + "/files/o1.pdf", home, A + "/welcome", home=home) == "empty_link"
    assert cause(A + "/files/o1.pdf", f"<title>O1</title>{MENU}<iframe src=/v>", A + "/view/12") is None
    assert cause(A + "/files/o1.pdf", home, A + "/?file=o1.pdf") is None


def test_redirected_as_a_made_up_address_is():
    view = extract("<title>เทศบาล</title><p>ยินดีต้อนรับ", A + "/")
    assert page_cause(A + "/ita-2566", A + "/", view, sent_alike=True)[0] == "soft_404"
    for alias in ("/index.php", "/", "/home/", "/main.php", "/default.aspx"):
        assert page_cause(A + alias, A + "/", view, sent_alike=True)[0] is None
    assert page_cause(A + "/ita-2566", A + "/ita-2566", view, sent_alike=True)[0] is None


def test_pages_without_words_are_told_apart_by_what_they_show():
    nothing = "<title>เทศบาล</title>"
    assert cause(A + "/o1", f"{nothing}<iframe src=/o1.pdf></iframe>", made_up=nothing, home="x") is None
    assert cause(A + "/o1", f"{nothing}<a href=/list/2>2</a>", made_up=nothing, home="x") is None
    assert cause(A + "/o1", f"{nothing}{MENU}", made_up=f"{nothing}{MENU}", home="x") == "soft_404"


def test_needs_javascript():
    assert cause(A + "/", "<title>เทศบาล</title><div id=root></div><script src=/app.js></script>") == "needs_javascript"
    assert cause(A + "/", "<title>เทศบาล</title><div><a href=/in>เข้าสู่เว็บไซต์</a></div><script src=/app.js></script>") is None
    assert cause(A + "/", "<script>location.href='/main.php'</script>") is None
    assert cause(A + "/v.html?file=/o1.pdf", "<title>PDF.js viewer</title><script src=pdf.js></script>") is None
