"""Every way in which a page of an agency leads to the next one, each to a page that nothing else leads to."""

from html import escape
from urllib.parse import quote

from tests.mischief.truth import Builder
from tests.sites import Reply, pdf

_REFRESH = (
    '<meta http-equiv="refresh" content="3;url={0}">',
    "<META HTTP-EQUIV=Refresh CONTENT='0; URL={0}'>",
    '<meta http-equiv="refresh" content="0;URL=\'{0}\'">',
    "<meta http-equiv='refresh' content='5; url=\"{0}\"'>",
    "<meta http-equiv=refresh content=3;url={0}>",
    '<meta http-equiv="refresh" content="0;{0}">',
    '<meta http-equiv="refresh" content="2, url = {0} ">',
    '<meta http-equiv="refresh" content="1 url={0}">',
    '<meta http-equiv="refresh" content="&#48;&#59;&#117;rl&equals;{0}">',
    '<meta content="3; url={0}" http-equiv=" REFRESH ">',
    '<meta http-equiv="refresh" content="0;url=&quot;{0}&quot;">',
    '<noscript><meta http-equiv="refresh" content="0; url={0}"></noscript>',
)
_SCRIPTS = (
    "location.assign('{0}')",
    'window.location.replace("{0}");',
    "window.location.href = '{0}';",
    "top.location.href='{0}'",
    'document.location="{0}"',
    "self.location = '{0}'",
    "parent.location.href='{0}'",
    "setTimeout(function(){{ window.location = '{0}'; }}, 3000);",
    "setTimeout(\"location.href='{0}'\", 5000);",
    "setTimeout('window.location=\\'{0}\\'', 5000);",
    "setTimeout(() => {{ location.href = `{0}` }}, 1)",
    "window.open('{0}', 'intro', 'width=600')",
    "window.location['href'] = '{0}'",
    "$(location).attr('href', '{0}')",
    "window.navigate('{0}')",
    "<!--\n location.href = '{0}'\n//-->",
)
_PRESSED = (
    "<div onclick=\"location.href='{0}'\">{1}</div>",
    '<tr onclick=\'window.open("{0}","_blank")\'><td>{1}</td></tr>',
    '<button type="button" onclick="window.location=\'{0}\'">{1}</button>',
    '<input type=button value="{1}" onClick="window.location.assign(\'{0}\')">',
    '<img src="/b.gif" alt="{1}" onclick="location=\'{0}\'">',
    "<a href=\"javascript:window.open('{0}')\">{1}</a>",
    '<a href="javascript:location.href=%27{0}%27">{1}</a>',
    '<a href="JavaScript:void(0)" onclick="openNewWindow(\'{0}\', 800, 600)">{1}</a>',
    "<a href=\"javascript:เปิดหน้า('{0}')\">{1}</a>",
    "<a href='#' onclick='return goTo(5, \"{0}\");'>{1}</a>",
    "<a href='#' onclick=\"popup(&quot;{0}&quot;)\">{1}</a>",
    "<a onclick=\"document.location.href='{0}';return false;\">{1}</a>",
    "<span ondblclick=\"location.href='{0}'\">{1}</span>",
    "<a href='#' data-href='{0}'>{1}</a>",
    "<div class=row-link data-url='{0}'>{1}</div>",
    "<li data-link='{0}'>{1}</li>",
    '<td data-href="{0}">{1}</td>',
    "<select onchange='location.href=this.value'><option value=''>เลือก</option><option value='{0}'>{1}</option></select>",
    "<select><option>เลือกปี<option value={0}>{1}</select>",
    "<form><button formaction='{0}'>{1}</button></form>",
    "<form action='{0}'><input type=submit value='{1}'></form>",
    "<a data-fancybox data-type=iframe data-src='{0}' href='javascript:;'>{1}</a>",
    "<a href='#' onclick=\"MM_openBrWindow('{0}','','width=500')\">{1}</a>",
    "<script>document.write('<a href=\"' + '{0}' + '\"><img src=\"docs/to-web.png\" alt=\"{1}\"></a>');</script>",
    '<script>document.write("<a href=\'{0}\'>" + year + "</a>"); x.innerHTML = `<a href="/no/${{n}}">x</a>`</script>',
)
_PLAIN = (
    "<a href='{0}'>{1}</a>",
    "<A HREF={0}>{1}</A>",
    "<a target=_blank\n href = \"{0}\" >{1}</a>",
    "<a href='  {0}\n '>{1}</a>",
    "<a href='{0}#ส่วนที่2'>{1}</a>",
    "<a onclick='javascript:void(0)' href='{0}'>{1}</a>",
    "<map name=m{2}><area shape=rect coords='0,0,9,9' href='{0}' alt='{1}'></map><img src=/m.gif usemap=#m{2}>",
    "<svg viewBox='0 0 9 9'><a xlink:href='{0}'><text>{1}</text></a></svg>",
    "<svg><a href='{0}'><text>{1}</text></a></svg>",
    "<noscript><a href='{0}'>{1}</a></noscript>",
    "<template><a href='{0}'>{1}</a></template>",
    "<iframe src='{0}'></iframe>",
    "<iframe data-src='{0}'></iframe>",
    "<iframe src='about:blank' data-src='{0}'></iframe>",
    "<iframe srcdoc=\"<p>{1}</p><a href='{0}'>{1}</a>\"></iframe>",
    "<iframe srcdoc='&lt;a href=&quot;{0}&quot;&gt;x&lt;/a&gt;'></iframe>",
    "<embed src='{0}'>",
    "<object data='{0}'></object>",
    "<object><param name=src value='{0}'></object>",
    "<nav><ul><li class=dropdown><a href='#' data-toggle=dropdown>เมนู</a><ul><li><a href='{0}'>{1}</a></ul></ul></nav>",
    "<details><summary>{1}</summary><a href='{0}'>เปิด</a></details>",
    "<div style='display:none'><a href='{0}'>{1}</a></div>",
    "<table><tr><td>O9</td><td>{1}</td><td><a href='{0}'><img src=/pdf.gif></a></td></tr></table>",
    "<p><a href='{0}'><b>{1}</p></a></b>",
    "<script type='application/json'>{{\"items\": [{{\"title\": \"x\", \"url\": \"{0}\"}}]}}</script>",
)  # fmt: skip
_HEADS = ("<link rel=next href='{0}'>", "<link rel='alternate' hreflang=en href='{0}'>", "<LINK REL=Canonical HREF='{0}'>")
_NO_LINKS = (
    "<!-- <a href='/commented{0}.html'>x</a> -->",
    "<script>// location.href='/commented{0}.html'\n/* window.location='/commented{0}.php' */</script>",
    "<script>var t = \"<a href='/written{0}.html'>x</a>\"; var u = '/never{0}.html' + id;</script>",
    "<a href='mailto:saraban@example.go.th'>x</a><a href='tel:029876543'>x</a><a href='line://ti/p/x{0}'>x</a>",
    "<a href='{{{{ url{0} }}}}'>x</a><a href='${{link{0}}}'>x</a><a href='/detail/<%= id{0} %>'>x</a>",
    "<div onclick=\"toggle('menu{0}')\">x</div><a href='#' onclick=\"return confirm('ออก/เข้า{0}')\">x</a>",
    "<select><option value={0}>10</option><option value='ทั้งหมด'>x</option></select>",
    "<img src='/picture{0}.html' srcset='/picture{0}.php 2x'><link rel=stylesheet href='/style{0}.php'>",
    "<form action='/search{0}.php'><input name=q><input type=submit></form>",
    "<form action='/vote{0}.php' method=post><input type=hidden name=a value=1><button>x</button></form>",
    "<form method=post><button formaction='/posted{0}.php'>x</button></form>",
    '<a href=\'javascript:__doPostBack("ctl00$lnk{0}","")\'>x</a>',
    "<a href='#' onclick=\"go('/item{0}/' + id)\">x</a><a href='#' onclick=\"share('', 'ข่าว/กิจกรรม{0}')\">x</a>",
    '<script type=\'application/ld+json\'>{{"@context": "https://schema.org", "@type": "Org", "@id": "/#org{0}"}}</script>',
    "<script>document.write('<a href=\"/part{0}/' + id + '\">x</a>'); doc.save('s{0}.pdf'); f('/a/' + '/b{0}.pdf')</script>",
)


def build(site: Builder) -> list[str]:
    """Pages of every way; gives back the links that the main page must bear."""
    plain = _snippets(site, "link", _PLAIN)
    pressed = _snippets(site, "pressed", _PRESSED)
    nothing = [text.format(site.random.randrange(10**6)) for text in _NO_LINKS]
    links = [
        _a(site.hub("link", plain[: len(plain) // 2])),
        _a(site.hub("link", plain[len(plain) // 2 :] + nothing)),
        _a(site.hub("link", pressed)),
    ]
    for number, text in enumerate(_REFRESH):
        target = site.leaf(f"refresh {number}")
        links.append(_a(site.hub("link", ["รอสักครู่"], head=text.format(target))))
    for number, text in enumerate(_SCRIPTS):
        target = site.leaf(f"script {number}")
        links.append(_a(site.hub("link", [f"<script>{text.format(target)}</script>"])))
    for number, text in enumerate(_HEADS):
        target = site.leaf(f"head {number}")
        links.append(_a(site.hub("link", ["x"], head=text.format(target))))
    by_onload = site.leaf("onload")
    links.append(_a(_page(site, f"<body onload=\"location.href='{by_onload}'\">{site.text()}", "link")))
    by_header = site.leaf("refresh header")
    path = f"/{site.name()}.html"
    site.put(path, Reply(site.text().encode(), headers=(("Refresh", f"0; url={quote(by_header, safe='/?=.')}"),)), "link")
    links.append(_a(path))
    links += [_a(path) for path in (_frames(site), _based(site), _leaves(site), _forms(site), _odd(site))]
    links += [_a(path) for path in _old(site)]
    return links + _viewers(site)


def _a(path: str) -> str:
    return f"<a href='{escape(path)}'>{path[1:7]}</a>"


def _page(site: Builder, html: str, by: str) -> str:
    path = f"/{site.name()}.html"
    site.put(path, Reply(f"<html><head><meta charset=utf-8><title>{site.words()}</title></head>{html}".encode()), by)
    return path


def _snippets(site: Builder, family: str, texts: tuple[str, ...]) -> list[str]:
    found = []
    for number, text in enumerate(texts):
        suffix = ".html" if "<form action" in text else ""
        found.append(text.format(site.leaf(f"{family} {number}", suffix=suffix), site.words(), site.count))
    return found


def _frames(site: Builder) -> str:
    """Frames within frames; what has no frames is told by another link."""
    inner = _page(
        site, f"<frameset rows=9,*><frame src='{site.leaf('frame in a frame')}' name={site.name()}></frameset>", "frame"
    )
    other = site.leaf("noframes")
    return _page(
        site,
        f"<frameset cols=9,*><frame src='{inner}'><FRAME SRC='{site.leaf('frame')}'>"
        f"<noframes><body><a href='{other}'>x</a></body></noframes></frameset>",
        "link",
    )


def _based(site: Builder) -> str:
    folder = site.name()
    for name in ("one.html", "two.html"):
        site.leaf("base", path=f"/{folder}/in/{name}")
    head = f"<base target=_top><base href='/{folder}/in/'>"
    return site.hub("link", ["<a href=one.html>1</a>", "<a href='./two.html'>2</a>"], head=head)


def _leaves(site: Builder) -> str:
    """A list that is leafed through; each page leads to the next only."""
    path, last = f"/{site.name()}.php", site.random.randint(4, 8)
    for number in range(1, last + 1):
        more = f"<a href='?page={number + 1}'>ถัดไป</a>" if number < last else ""
        site.leaf("pagination", path=f"{path}?page={number}", body=more)
    return f"{path}?page=1"


def _forms(site: Builder) -> str:
    """Forms that need no typing."""
    hidden, years = f"/{site.name()}.php", f"/{site.name()}.php"
    site.leaf("form with hidden fields", path=f"{hidden}?menu=5&ปี=2566")
    for year in (2565, 2566):
        site.leaf("form with a choice", path=f"{years}?t=1&year={year}")
    return site.hub(
        "link",
        [
            f"<form action='{hidden}' METHOD=GET><input type=hidden name=menu value=5><input type=hidden name=ปี value=2566>"
            "<input type=submit value=ดู></form>",
            f"<form action='{years}'><input type=hidden name=t value=1><select name=year><option>2565"
            "<option value=2566>พ.ศ. 2566</select><button>เลือก</button></form>",
        ],
    )


def _odd(site: Builder) -> str:
    """Addresses that only a browser understands."""
    a, b, c, d, e, f, g, h = (site.leaf(f"spelling {n}", suffix=".html") for n in range(8))
    blank, plus, round_ = (f"/{site.name()}{t}.html" for t in (" แผน งาน (2)", "+ก", "[1]&'ข"))
    for path in (blank, plus, round_):
        site.leaf("odd letters", path=path)
    folder = site.name()
    site.leaf("relative", path=f"/{folder}/y.html")
    here = f"/{folder}/x/list.html"
    html = (
        f"<a href='//HOST{a}'>1</a><a href='\\\\HOST{b}'>2</a><a href='{c.replace('/', chr(92))}'>3</a>"
        f"<a href='http:/HOST{d}'>4</a><a href='HTTP://HOST{e}'>5</a><a href='http:\\\\HOST{f}'>6</a>"
        f"<a href='http://HOST/x/../.{g}'>7</a><a href='/\n{h[1:]}'>8</a><a href='../y.html'>9</a>"
        f"<a href='{blank}'>10</a><a href='{plus}'>11</a><a href=\"{round_.replace('&', '&amp;')}\">12</a>"
    )
    site.put(here, Reply((site.text() + html).encode()), "link")
    return here


def _old(site: Builder) -> list[str]:
    """Pages in the Thai code page: said in the header or the meta tag, wrongly, or nowhere; links typed as they are spoken."""
    found = []
    for number, (kind, meta) in enumerate(
        (
            ("text/html; charset=windows-874", ""),
            ("text/html; charset=TIS-620", "<meta charset=tis-620>"),
            ("text/html; charset=utf-8", "<meta http-equiv=Content-Type content='text/html; charset=windows-874'>"),
            ("text/html; charset=iso-8859-1", ""),
            ("text/html", "<meta charset=windows-874>"),
            ("text/html", ""),
        )
    ):
        by_path = site.leaf(f"code page {number}: path", suffix=" ก.html")
        by_query, value = f"/q{site.count}.php", "ข้อมูล"
        site.leaf(f"code page {number}: query", path=f"{by_query}?q=" + quote(value.encode("cp874")))
        by_bytes = f"/{quote('เอกสาร'.encode('cp874'))}{site.count}.html"
        site.leaf(f"code page {number}: bytes", path=by_bytes)
        html = (
            f"<html><head>{meta}<title>{site.words()}</title></head><body>{site.text()}<a href='{by_path}'>แฟ้ม</a>"
            f"<a href='{by_query}?q={value}'>ค้น</a><a href='{by_bytes}'>เก่า</a>"
        )
        path = f"/{site.name()}.html"
        site.put(path, Reply(html.encode("cp874"), type=kind), "link")
        found.append(path)
    return found


def _viewers(site: Builder) -> list[str]:
    """Viewers on the site and elsewhere around files that nothing else names."""
    links = []
    for number, around in enumerate(
        (
            "/pdfjs/web/viewer.html?file={0}",
            "/pdfjs/web/viewer.html?file=http%3A%2F%2FHOST{1}",
            "/flipbook/view.php?pdf={0}",
            "https://docs.google.com/gview?url=http://HOST{1}&embedded=true",
            "https://docs.google.com/viewer?embedded=true&url=http%3A%2F%2FHOST{1}",
            "https://view.officeapps.live.com/op/embed.aspx?src=http%3A%2F%2FHOST{1}",
            "https://flowpaper.com/flipbook/?pdf=http://HOST{1}",
            "/ViewerJS/#..{0}",
        )
    ):
        path = f"/{site.name()}.pdf"
        site.put(path, pdf(site.text()), f"viewer {number}")
        place = around.format(path, quote(path))
        if place.startswith("/"):
            site.routes[place.partition("?")[0].partition("#")[0]] = Reply(b"<title>viewer</title><div>" + b"\xc2\xa0" * 50)
        tag = "<iframe src='{0}'></iframe>" if number % 2 else "<a href='{0}'>เปิดอ่าน</a>"
        links.append(tag.format(place))
    for number, script in enumerate(
        (
            'window.option_df_7 = {{"outline":[],"source":"http:\\/\\/HOST{0}","is3D":true}};',
            "PDFObject.embed('{1}', '#show');",
            "var url = '{1}'; pdfjsLib.getDocument(url);",
        )
    ):
        path = f"/{site.name()}.pdf"
        site.put(path, pdf(site.text()), f"shown by a script {number}")
        text = script.format(path.replace("/", "\\/"), path)
        links.append(_a(site.hub("link", [f"<div id=show></div><script>{text}</script>"])))
    return links
