"""Every way in which an address gives no evidence, each with the cause that CONTRACT has for it."""

from tests import sites
from tests.crawlers.readers.pdfmaker import Sheet
from tests.crawlers.readers.pdfmaker import pdf as real_pdf
from tests.mischief.truth import Builder
from tests.sites import Reply, Route, page, redirect

LOGIN = page("<form><input name=user><input type=password name=pass><button>เข้า</button></form>", "เข้าสู่ระบบ")
HUGE = 900_000


def _huge(handler: object) -> None:
    Reply(b"%PDF-1.4\n" + bytes(HUGE), type="application/pdf")(handler)


def _flood(handler: object) -> None:
    """Headers without an end."""
    Reply(b"x", headers=tuple((f"X-{n}", "y" * 500) for n in range(300)))(handler)


def build(site: Builder, dead: str, tangled: str) -> list[str]:
    """Addresses of every cause; gives back the links to them. `dead` and `tangled` are origins of the agency: nobody listens at
    the one, the other speaks no TLS."""
    for path in ("/login.php", "/wp-login.php"):
        site.routes[path] = LOGIN
    site.routes["/404.html"] = page("<h1>ไม่พบหน้าที่ท่านต้องการ</h1>", "404")
    site.routes["/circle"], site.routes["/circle-2"] = redirect("/circle-2"), redirect("/circle", 301)
    for step in range(12):
        site.routes[f"/chain-{step}"] = redirect(f"/chain-{step + 1}")
    challenge = page("<h1>Checking your browser</h1><script src=/cdn-cgi/challenge-platform/x.js></script>", "Just a moment...")
    captcha = page("<p>กรุณายืนยันตัวตน captcha</p>", "Attention Required! | Cloudflare", status=403)
    kinds: list[tuple[str, str, Route]] = [
        ("", "http_404", sites.GONE),
        (".pdf", "http_404", sites.GONE),
        ("", "http_410", page("ลบแล้ว", status=410)),
        ("", "soft_404", page("<h1>ขออภัย ไม่พบหน้าที่ท่านต้องการ</h1>", "เทศบาล")),
        ("", "soft_404", page("<p>x</p>", "404 Not Found")),
        ("", "soft_404", redirect("/404.html")),
        (".pdf", "soft_404", page("<p>ไม่พบไฟล์ที่ต้องการ</p>", "ดาวน์โหลด")),
        (".pdf", "soft_404", page("<h3>Error 404: File not found</h3>")),
        ("", "login", LOGIN),
        ("", "login", redirect("/login.php")),
        ("", "login", redirect("/wp-login.php?redirect_to=x", 303)),
        ("", "login", page("x", status=401)),
        (".pdf", "login", page("<form><input type=password></form>", "ระบบภายใน")),
        ("", "http_500", page("x", status=500)),
        ("", "http_502", page("x", status=502)),
        ("", "http_503", page("ปิดปรับปรุง", status=503)),
        ("", "http_403", page("<h1>Forbidden</h1>", status=403)),
        ("", "http_405", page("x", status=405)),
        ("", "http_451", page("x", status=451)),
        ("", "timeout", sites.hang),
        ("", "timeout", sites.drip),
        ("", "timeout", sites.drip_headers),
        ("", "timeout", redirect("/slow-end")),
        ("", "reset", sites.reset),
        ("", "reset", sites.cut),
        ("", "reset", _flood),
        ("", "redirect_loop", redirect("/circle")),
        ("", "redirect_loop", redirect("/chain-0")),
        ("", "http_302", Reply(b"", 302)),
        ("", "blocked", captcha),
        ("", "blocked", page("ช้าลงหน่อย", status=429)),
        ("", "blocked", page("Request blocked by web application firewall", status=503)),
        ("", "blocked", challenge),
        ("", "blocked", Reply(b"x", 403, headers=(("CF-Mitigated", "challenge"),))),
        (".pdf", "too_large", _huge),
        (".pdf", "too_large", sites.endless),
        ("", "too_large", sites.bomb),
        ("", "private_address", redirect("http://10.9.8.7/")),
        ("", "private_address", redirect("http://169.254.169.254/latest/")),
        ("", "private_address", redirect("http://[::ffff:192.168.1.1]/")),
        ("", "private_address", redirect("http://2886729729/")),
        ("", "external", redirect("http://www.example.com/")),
        ("", "external", redirect("http://203.0.114.9/x")),
        ("", "external", redirect("//www.example.com/x", 307)),
        ("", "dns", redirect("http://bad host/x")),
        ("", "needs_javascript", page("<div id=root></div><script src=/app.js></script>", "ระบบ")),
        ("", "needs_javascript", page("<app-root></app-root><script>boot()</script>", "Loading")),
    ]
    site.routes["/slow-end"] = sites.hang
    links = []
    for suffix, cause, route in kinds:
        path = f"/{site.name()}{suffix or site.random.choice(('', '.html', '.php', '/'))}"
        site.routes[path] = route
        site.truth.failures[path] = cause
        links.append(_row(site, path))
    for path in ("/private/สมาชิก.html", "/private/x.pdf", "/tmp/a.html"):
        site.truth.failures[path] = "robots"
        site.truth.forbidden.append(path)
        links.append(_row(site, path))
    site.leaf("robots: the longer rule allows", path="/private/open.html")
    links.append(_row(site, "/private/open.html"))
    for origin, cause in ((dead, "refused"), (tangled, "tls")):
        url = f"{origin}/{site.name()}.html"
        site.truth.failures[url] = cause
        links.append(_row(site, url))
    for cause, body in (
        ("encrypted", real_pdf(Sheet().text(50, 50, "O1"), user="secret")),
        ("unreadable", b"%PDF-1.7\n" + site.text().encode() + b"\n%%EOF"),
    ):
        path = f"/{site.name()}.pdf"
        site.put(path, Reply(body, type="application/pdf"), "a file that cannot be read")
        site.truth.documents[path] = cause
        links.append(_row(site, path))
    for href in ("#", "", "javascript:void(0)", "javascript:;"):
        word = f"ว่าง{site.name()}"
        site.truth.nowhere.append(word)
        links.append(f"<tr><td>O{site.random.randint(1, 35)}</td><td>{word}</td><td><a href='{href}'>{word}</a></td></tr>")
    return links


def robots(sitemap: str) -> Reply:
    """What robots may see, and a map of it."""
    text = f"User-agent: *\nDisallow: /private/\nAllow: /private/open.html\nDisallow: /tmp/*.html$\nSitemap: {sitemap}\n"
    return Reply(text.encode(), type="text/plain")


def _row(site: Builder, path: str) -> str:
    return f"<tr><td>O{site.random.randint(1, 35)}</td><td>{site.words()}</td><td><a href='{path}'>เปิด</a></td></tr>"
