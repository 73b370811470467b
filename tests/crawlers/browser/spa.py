"""A site of an application: every address gives the same shell, and scripts bring what stands there.

Years come from an interface (JSON) one by one, items lie in folds that are filled when they are opened, one item's file is
opened by a button, one only after "โหลดเพิ่มเติม", and an older part of the site has its routes behind ``#/``.
"""

import json
from pathlib import Path

from tests.sites import Reply, Route, pdf

SHELL = """<!DOCTYPE html><html lang=th><head><meta charset=utf-8><title>เทศบาลตำบลตัวอย่าง</title></head>
<body><noscript>You need to enable JavaScript to run this app.</noscript>
<div id="__next"></div><script src="/_next/app.js"></script></body></html>"""

APP = Path(__file__).with_name("app.js").read_bytes()

OLD = """<!DOCTYPE html><html><head><meta charset="windows-874"><title>เว็บเดิม</title></head><body><div id="app"></div><script>
const views = {
  "": `<h1>เว็บเดิม</h1><p>เลือกเรื่อง</p><a href="#/plan">แผนพัฒนา</a> <a href="#/law">กฎหมายที่เกี่ยวข้อง</a>`,
  "/plan": `<h1>แผนพัฒนาท้องถิ่น</h1><p>แผนพัฒนาท้องถิ่น พ.ศ. 2566-2570</p><a href="/files/plan.pdf">แผน</a>`,
  "/law": `<h1>กฎหมาย</h1><p>พระราชบัญญัติเทศบาล</p><a href="/files/law.pdf">กฎหมาย</a>`};
const show = () => { document.getElementById("app").innerHTML = views[location.hash.slice(1)] || views[""]; };
addEventListener("hashchange", show); show();
</script></body></html>"""

FILES = (
    "/files/2566/O1.pdf", "/files/2566/O2.pdf", "/files/2566/O2-button.pdf", "/files/2565/O1.pdf", "/files/2565/O2.pdf",
    "/files/2565/O2-button.pdf", "/files/more.pdf", "/files/plan.pdf", "/files/law.pdf",
)  # fmt: skip
"""Every file that the application shows somewhere."""


def _json(data: object) -> Reply:
    return Reply(json.dumps(data, ensure_ascii=False).encode(), type="application/json")


def _ita(handler) -> None:
    _json([{"code": "O1", "name": "โครงสร้าง"}, {"code": "O2", "name": "ข้อมูลผู้บริหาร"}])(handler)


def _files(handler) -> None:
    query = dict(pair.split("=") for pair in handler.path.partition("?")[2].split("&"))
    url = f"/files/{query['year']}/{query['item']}.pdf"
    _json([{"title": f"{query['item']} ปี {query['year']}", "url": url}])(handler)


def routes() -> dict[str, Route]:
    """The site's routes; everything else gives the shell too (`otherwise=shell`)."""
    return {
        "/_next/app.js": Reply(APP, type="application/javascript"),
        "/api/years": _json(["2566", "2565"]),
        "/api/ita": _ita,
        "/api/files": _files,
        "/api/more": _json([{"title": "ประกาศเพิ่มเติม", "url": "/files/more.pdf"}]),
        "/old.html": Reply(OLD.encode("cp874"), type="text/html"),
        "/robots.txt": Reply(b"User-agent: *\nAllow: /", type="text/plain"),
        **{path: pdf(path) for path in FILES},
    }


shell = Reply(SHELL.encode())
