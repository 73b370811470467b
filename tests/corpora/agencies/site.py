"""The website of one agency: its pages in the shape that its maker gave it, and what is answered at each address."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.corpora.agencies.shapes import SHAPES

HTML = "text/html; charset=utf-8"
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpg": "image/jpeg",
}
CATEGORIES = {
    "9.1": "ข้อมูลหน่วยงาน",
    "9.2": "แผนงานและผลงาน",
    "9.3": "จัดซื้อจัดจ้างและการเงิน",
    "9.4": "งานบุคคล",
    "9.5": "ร้องเรียนและมีส่วนร่วม",
    "10.1": "ป้องกันการทุจริต",
    "10.2": "คุณธรรมและความโปร่งใส",
}
"""Headings of menus and lists by the number of the sub-indicator."""
WALL = (
    "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>"
    "<h1>Checking your browser before accessing this site.</h1>"
    "<p>Please enable cookies and JavaScript. Ray ID: 5d1f0a</p></body></html>"
)
LOGIN = (
    '<h2>เข้าสู่ระบบ</h2><form method="post">ชื่อผู้ใช้ <input name="user"> รหัสผ่าน <input type="password" name="pass">'
    '<input type="submit" value="เข้าสู่ระบบ"></form>'
)
GONE = "<h1>404</h1><p>ไม่พบหน้าที่ท่านต้องการ หน้านี้อาจถูกย้ายหรือลบไปแล้ว</p>"
SCRIPTED = (
    '<div id="app"></div><noscript>โปรดเปิดใช้งาน JavaScript</noscript><p>กำลังโหลดข้อมูล...</p><script src="/js/app.js"></script>'
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of a list: the item and concept that it is about, its words, where it leads."""

    item: str
    indicator: str
    concept: str
    title: str
    href: str


@dataclass
class Site:
    """The site while it is made.

    `shape` decides how its lists look: ``table``, ``years``, ``accordion`` (pages of the ITA form), ``posts``, ``menu``, ``old``,
    ``shelves`` (none), or one of `SHAPES`; `titles` are the items' names by their codes, `headings` the words over the fields,
    `groups` menus that open under words of their own.
    """

    name: str
    shape: str
    year: int
    titles: dict[str, str]
    entries: list[Entry] = field(default_factory=list)
    older: list[Entry] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=lambda: dict(CATEGORIES))
    groups: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)
    menu: list[tuple[str, str]] = field(default_factory=list)
    routes: dict[str, dict[str, Any]] = field(default_factory=dict)
    bodies: dict[str, bytes] = field(default_factory=dict)

    @property
    def old(self) -> bool:
        """Whether its pages are of the last century."""
        return self.shape == "old"

    def add(self, path: str, body: bytes, media_type: str, **more: Any) -> str:
        """Answer `path` (decoded, with its query) with `body`."""
        name = hashlib.sha256(body).hexdigest()[:16]
        self.bodies[name] = body
        self.routes[path] = {"file": name, "type": media_type, **more}
        return path

    def page(self, path: str, title: str, body: str, framed: bool = True, **more: Any) -> str:
        """Answer `path` with a page; `framed` with the banner, menu and footer of the site once `finish` is called."""
        self.routes[path] = {"title": title, "body": body, "framed": framed, **more}
        return path

    def finish(self) -> None:
        """Make the lists, then write every page into the site's frame."""
        if self.shape in SHAPES:
            lists = SHAPES[self.shape](self)
        else:
            lists = self._ita() if self.shape in ("table", "years", "accordion") else self._lists()
        first = [(e.title, e.href) for e in self.entries if e.indicator == "9.1"]
        self.menu = [*dict(first).items(), *lists] if self.shape != "posts" else [*lists, *dict(first).items()]
        self.page("/", f"ยินดีต้อนรับ {self.name}", f"<p>เว็บไซต์ของ{self.name}</p><img src='/images/p0.jpg' alt=''>")
        self.page("*", "ไม่พบหน้า", GONE, False, status=404)
        for path, route in list(self.routes.items()):
            if "body" in route:
                told = dict(route)
                text = self._frame(told.pop("title"), told.pop("body")) if told.pop("framed") else self._bare(told)
                charset = "windows-874" if self.old and path != "*" else "utf-8"
                body = text.encode("cp874", "xmlcharrefreplace") if charset != "utf-8" else text.encode()
                self.add(path, body, told.pop("type", f"text/html; charset={charset}"), **told)

    def _bare(self, told: dict[str, Any]) -> str:
        title, body = told.pop("title"), told.pop("body")
        if body.startswith("<!DOCTYPE"):
            return str(body)
        charset = "windows-874" if self.old else "utf-8"
        head = f'<meta charset="{charset}"><title>{escape(title)}</title>'
        return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"

    def _frame(self, title: str, body: str) -> str:
        links = [f'<a href="{quote(href, safe="/?=&.")}">{escape(words)}</a>' for words, href in self.menu]
        if self.old:
            side = "".join(f'<tr><td bgcolor="#ffffcc">{link}</td></tr>' for link in links)
            return (
                '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-874">'
                f"<title>{escape(title)}</title></head><body><center><b>{self.name}</b></center>"
                f'<table width="100%"><tr><td width="180"><table><tr><td><a href="/">หน้าแรก</a></td></tr>{side}</table></td>'
                f'<td valign="top"><b><font size="4">{escape(title)}</font></b><br>{body}</td></tr></table></body></html>'
            )
        side = "".join(f"<li>{link}</li>" for link in links) + "".join(self._group(*group) for group in self.groups)
        head = f'<meta charset="utf-8"><title>{escape(title)} - {self.name}</title>'
        return (
            f'<!DOCTYPE html><html lang="th"><head>{head}</head><body><header><a href="/">{self.name}</a></header>'
            f"<nav><ul>{side}</ul></nav><main><h2>{escape(title)}</h2>\n{body}\n</main>"
            f"<footer>สงวนลิขสิทธิ์ {self.name}</footer></body></html>"
        )

    def _group(self, words: str, inner: Sequence[tuple[str, str]]) -> str:
        """A menu that opens under its words, which lead nowhere."""
        lines = "".join(f'<li><a href="{quote(href, safe="/?=&.")}">{escape(title)}</a></li>' for title, href in inner)
        return f'<li class="dropdown"><a href="#">{escape(words)}</a><ul class="dropdown-menu">{lines}</ul></li>'

    def link(self, entry: Entry, words: str = "") -> str:
        """A link to an entry, of its title or of other words."""
        return f'<a href="{quote(entry.href, safe="/?=&.#:")}">{escape(words or entry.title)}</a>'

    def _ita(self) -> list[tuple[str, str]]:
        """The pages of the form: of this year and, where there are older papers, of the year before."""
        path = f"/ita/{self.year}"
        by_item = {code: [e for e in self.entries if e.item == code] for code in self.titles}
        if self.shape == "table":
            rows = "".join(
                f"<tr><td>{code}</td><td>{escape(self.titles[code])}</td><td>{'<br>'.join(self.link(e) for e in found)}</td></tr>"
                for code, found in by_item.items()
            )
            body = f'<table border="1"><tr><th>ข้อ</th><th>ข้อมูล</th><th>การเชื่อมโยง</th></tr>{rows}</table>'
        elif self.shape == "accordion":
            body = "".join(self._card(code, found) for code, found in by_item.items())
        else:
            body = "".join(
                f"<h4>ข้อ {code} {escape(self.titles[code])}</h4><ul>{''.join(f'<li>{self.link(e)}</li>' for e in found)}</ul>"
                for code, found in by_item.items()
            )
        self.page(path, f"การประเมินคุณธรรมและความโปร่งใส (ITA) ประจำปี {self.year}", body)
        if self.shape != "years" or not self.older:
            return [(f"ITA {self.year}", path)]
        before = "".join(f"<li>{self.link(e)}</li>" for e in self.older)
        self.page(f"/ita/{self.year - 1}", f"การประเมิน ITA ประจำปี {self.year - 1}", f"<ul>{before}</ul>")
        index = "".join(f'<li><a href="/ita/{y}">ITA {y}</a></li>' for y in (self.year, self.year - 1))
        self.page("/ita", "การประเมินคุณธรรมและความโปร่งใส", f"<ul>{index}</ul>")
        return [("ITA", "/ita")]

    def _card(self, code: str, found: Sequence[Entry]) -> str:
        """One item of an accordion; the links have the same words everywhere."""
        lines = "".join(f"<p>{escape(e.title)} {self.link(e, 'ดูไฟล์แนบ')}</p>" for e in found)
        head = f"<h5><button data-toggle='collapse'>{code.lower()} {escape(self.titles[code])}</button></h5>"
        return f"<div class='card'>{head}<div class='collapse'>{lines}</div></div>"

    def _lists(self) -> list[tuple[str, str]]:
        """Lists of papers by their field; `posts` shows them as a blog, `shelves` one list a concept."""
        made = []
        for number, (indicator, words) in enumerate(self.headings.items(), 1):
            found = [e for e in (*self.entries, *self.older) if e.indicator == indicator]
            if not found:
                continue
            if self.shape == "shelves":
                body = "".join(f'<li><a href="/shelf.php?c={c}">{escape(t)}</a></li>' for c, t in self._shelves(found))
                body = f"<ul>{body}</ul>"
            elif self.shape == "old":
                body = (
                    "<table border='1'>" + "".join(f"<tr><td>{self.link(e)}</td><td>เปิดดู</td></tr>" for e in found) + "</table>"
                )
            elif self.shape == "posts":
                body = "".join(f'<article><h3 class="entry-title">{self.link(e)}</h3></article>' for e in found)
            else:
                body = "<ul>" + "".join(f"<li>{self.link(e)}</li>" for e in found) + "</ul>"
            made.append((words, self.page(f"/list.php?cat={number}", words, body)))
        return made

    def _shelves(self, found: Sequence[Entry]) -> list[tuple[str, str]]:
        made = []
        for concept in dict.fromkeys(e.concept for e in found):
            inner = [e for e in found if e.concept == concept]
            title = inner[0].title.split(" ปี")[0].split(" ประจำ")[0].split(" รอบ")[0]
            self.page(f"/shelf.php?c={concept}", title, "<ul>" + "".join(f"<li>{self.link(e)}</li>" for e in inner) + "</ul>")
            made.append((concept, title))
        return made

    def write(
        self, folder: Path, meta: dict[str, Any], items: Sequence[dict[str, Any]], answers: Sequence[tuple[str, str]]
    ) -> None:
        """Write the folder as ``ita_rules.cli.sample`` serves it, with ``truth.json``, and ``answers.csv`` if any."""
        (folder / "site").mkdir(parents=True)
        for name, body in self.bodies.items():
            (folder / "site" / name).write_bytes(body)
        truth = {
            "schema": "oit-evaluation/truth/1",
            "agency": {**meta, "fiscal_year": self.year, "shape": self.shape},
            "items": items,
        }
        for name, value in (("site.json", meta), ("routes.json", self.routes), ("truth.json", truth)):
            (folder / name).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")
        if answers:
            rows = "".join(f"{code},{{base}}{quote(path, safe='/?=&.')}\n" for code, path in answers)
            (folder / "answers.csv").write_text(f"item,url\n{rows}", "utf-8")
