"""How a paper gets onto the site: its file, the page around it, its line in the lists of papers and on the ITA pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote

from generator.layout import frame, link, word
from generator.site import Site


@dataclass
class Listed:
    """One line of a list of papers."""

    cat: int
    title: str
    href: str
    day: str


@dataclass
class Shelf:
    """The site with its lists. `rows`: item code to the links of its line on the ITA page of 2566; `old_rows`: of 2565."""

    site: Site
    listed: list[Listed] = field(default_factory=list)
    rows: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    old_rows: dict[str, tuple[str, str]] = field(default_factory=dict)
    number: int = 200

    def put(
        self, cat: int, title: str, path: str, content: bytes, kind: str = "pdf", day: str = "", wrap: str = "", words: str = ""
    ) -> list[str]:
        """Add a file and list it under `cat`. Returns the addresses that show it: what a reader is given first, then the file.

        `wrap`: the page around it: `iframe`, `embed`, `viewer` (a `?file=` viewer), `refresh` (a meta refresh), `page` (a link on
        a page), `download` (an address without a name and a header that gives one), or empty for the bare file.
        """
        self.number += 1
        shown = path
        if wrap == "download":
            name = quote(path.rsplit("/", 1)[1])
            path = shown = f"/download.php?id={self.number}"
            self.site.add(path, content, kind, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"})
        else:
            self.site.add(path, content, kind)
        body, head = "", ""
        if wrap == "iframe":
            body = f'<iframe src="{quote(path)}" width="100%" height="700" frameborder="0"></iframe>'
        elif wrap == "embed":
            body = f'<embed src="{quote(path)}" type="application/pdf" width="100%" height="700">'
        elif wrap == "page":
            body = word(words or title) + f"<p>ไฟล์แนบ : {link('ดาวน์โหลดเอกสาร', quote(path))} <small>({kind})</small></p>"
        elif wrap == "refresh":
            head = f'<meta http-equiv="refresh" content="0; url={quote(path)}">'
            body = "<p>กำลังนำท่านไปยังเอกสาร...</p>"
        if wrap in ("iframe", "embed", "page"):
            shown = f"/doc.php?id={self.number}"
            self.site.page(shown, frame(title, f'<p class="date">เผยแพร่เมื่อ {day}</p>{body}'))
        elif wrap == "refresh":
            shown = f"/go.php?to={self.number}"
            self.site.page(
                shown, f"<html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>{body}</body></html>"
            )
        elif wrap == "viewer":
            shown = f"/pdfjs/web/viewer.html?file={path}"
            self.site.page(
                shown,
                "<!DOCTYPE html><html><head><meta charset='utf-8'><title>PDF viewer</title></head><body>"
                "<div id='viewer'></div><script>var DEFAULT_URL='';</script></body></html>",
            )
        if cat:
            self.list(cat, title, shown, day)
        return [shown] if shown == path else [shown, path]

    def list(self, cat: int, title: str, href: str, day: str) -> None:
        """A line in the list of papers `cat`."""
        self.listed.append(Listed(cat, title, href, day))

    def row(self, item: str, *links: tuple[str, str]) -> None:
        """The links of an item on the ITA page of 2566."""
        self.rows[item] = list(links)
