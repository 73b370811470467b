"""A site of an application: every address gives the same shell, and scripts bring what stands there.

Years come from an interface (JSON) one by one, items lie in folds that are filled when they are opened, one item's file is
opened by a button, one only after "โหลดเพิ่มเติม", and an older part of the site has its routes behind ``#/``.
"""

import json

from tests.sites import Reply, Route, page, pdf

SHELL = """<!DOCTYPE html><html lang=th><head><meta charset=utf-8><title>เทศบาลตำบลตัวอย่าง</title></head>
<body><noscript>You need to enable JavaScript to run this app.</noscript><div id="__next"></div><script src="/_next/app.js"></script></body></html>"""

APP = r"""
const root = document.getElementById("__next");
const get = async (path) => (await fetch(path)).json();
const menu = `<nav><a href="/">หน้าแรก</a> <a href="/ita">ITA</a> <a href="/old.html">เว็บเดิม</a></nav>`;
async function home() { root.innerHTML = menu + `<main><h1>เทศบาลตำบลตัวอย่าง</h1><p>ยินดีต้อนรับสู่เว็บไซต์ของเทศบาลตำบลตัวอย่าง</p></main>`; }
async function ita() {
  root.innerHTML = menu + `<main><h1>การเปิดเผยข้อมูลสาธารณะ (OIT)</h1><p id=wait>กำลังโหลดข้อมูล...</p></main>`;
  const years = await get("/api/years");
  const main = root.querySelector("main");
  document.getElementById("wait").style.display = "none";
  main.insertAdjacentHTML("beforeend", `<div role=tablist>${years.map((y) => `<button role=tab>ปี ${y}</button>`).join("")}</div><div id=items></div>`);
  const show = async (year, tab) => {
    main.querySelectorAll("[role=tab]").forEach((t) => t.setAttribute("aria-selected", String(t === tab)));
    const items = await get(`/api/ita?year=${year}`);
    document.getElementById("items").innerHTML = items.map((i, n) =>
      `<h3><button class="accordion-button collapsed" aria-expanded=false data-n=${n}>${i.code} ${i.name}</button></h3><div class=panel></div>`).join("");
    main.querySelectorAll("[data-n]").forEach((button) => button.addEventListener("click", async () => {
      const open = button.getAttribute("aria-expanded") === "true";
      button.setAttribute("aria-expanded", String(!open));
      const panel = button.closest("h3").nextElementSibling;
      if (open) { panel.innerHTML = ""; return; }
      const item = items[button.dataset.n];
      const files = await get(`/api/files?item=${item.code}&year=${year}`);
      panel.innerHTML = "<ul>" + files.map((f) => `<li>${f.title} <a href="${f.url}">เปิด</a></li>`).join("") + "</ul>";
      if (item.code === "O2") {
        const b = document.createElement("button"); b.textContent = "ดาวน์โหลดเอกสาร";
        b.addEventListener("click", () => window.open(`/files/${year}/O2-button.pdf`, "_blank"));
        panel.append(b);
      }
    }));
  };
  main.querySelectorAll("[role=tab]").forEach((tab, n) => tab.addEventListener("click", () => show(years[n], tab)));
  await show(years[0], main.querySelector("[role=tab]"));
  const more = document.createElement("button"); more.textContent = "โหลดเพิ่มเติม"; main.append(more);
  more.addEventListener("click", async () => {
    const files = await get("/api/more"); more.remove();
    main.insertAdjacentHTML("beforeend", files.map((f) => `<p>${f.title} <a href="${f.url}">เปิด</a></p>`).join(""));
  });
}
location.pathname.startsWith("/ita") ? ita() : home();
"""

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
        "/_next/app.js": Reply(APP.encode(), type="application/javascript"),
        "/api/years": _json(["2566", "2565"]),
        "/api/ita": _ita,
        "/api/files": _files,
        "/api/more": _json([{"title": "ประกาศเพิ่มเติม", "url": "/files/more.pdf"}]),
        "/old.html": Reply(OLD.encode("cp874"), type="text/html"),
        "/robots.txt": Reply(b"User-agent: *\nAllow: /", type="text/plain"),
        **{path: pdf(path) for path in FILES},
    }


shell = Reply(SHELL.encode())
static = page("<h1>ยินดีต้อนรับ</h1><p>หน้าธรรมดา</p><a href=/x>x</a><script>var a = 1</script>", "หน้าแรก")
