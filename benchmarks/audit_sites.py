"""Generated agencies for `benchmarks.audit`: websites of so many pages and documents, each served on loopback at its own port.

An agency has a main page, a page of the ITA form, a page or a file for each concept of the rule set (the words are those of
``tests/corpora/agencies``, with a name and choices of its own, so that no two agencies share a byte), and pages of news until the
number of pages is full. Of the documents one in ten (over all agencies) is a scan without a text layer, worn as copiers wear
them; the others are PDF, Word and Excel (Word alone where the Thai fonts of ``fonts-thai-tlwg`` are not there). Every sixth item
has nothing at all, so that there are gaps. Files bear an ETag and are answered with 304; pages bear none and are sent whole, as
most content management systems do.

    python -m benchmarks.audit_sites make FOLDER --agencies 40 --pages 60 --documents 15
    python -m benchmarks.audit_sites serve FOLDER

`make` leaves what is there already; `serve` prints the agencies as JSON (name, type, url) and serves until its input ends. A line
``counter`` on its input changes a line on every main page and ITA page that counts for nothing, ``changed`` a piece of evidence.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from ita_rules.cli.sample import serve_folder
from ita_rules.rulesets.load import load_ruleset
from tests.corpora.agencies import pages as shown
from tests.corpora.agencies.gaps import asked
from tests.corpora.agencies.make import AGENCIES, FONTS
from tests.corpora.agencies.papers import ACTIVITIES, TABLES, Order, write
from tests.corpora.agencies.pool import POOLS, Voice
from tests.corpora.agencies.site import TYPES, Entry, Site
from tests.corpora.documents import office, paper, pictures
from tests.corpora.documents.source import Source

YEAR = 2569
RULESET = f"oit-{YEAR}"
AS_OF = f"{YEAR - 543}-04-28"
SCANS = 10
"""One document in so many is a scan."""
_NOTHING = 6  # every item of this number has no evidence
_DPI = 200
_BACK = {"previous_fiscal_year": 1, "fiscal_year_or_previous": 1}
_WHEN = {"first_half": "half", "span": "span"}
_UNSURE = {"ETag": "", "Last-Modified": ""}  # a page made anew for everyone who asks


Routes = Mapping[str, Mapping[str, str]]


class Numbered(Voice):
    """The voice of one of many agencies of a kind: its seed is its number, which stands in its name too."""

    @property
    def agency(self) -> dict[str, object]:
        """Who the agency is."""
        found = dict(super().agency)
        return {**found, "name": f"{found['name']} แห่งที่ {self.seed}"}


class _Maker:
    """One agency while it is made."""

    def __init__(self, number: int, pages: int, documents: int) -> None:
        kind = AGENCIES[number % len(AGENCIES)]
        self.number, self.pages, self.documents = number, pages, documents
        self.type = kind.type
        self.voice = Numbered(POOLS[number % len(POOLS)], kind.kind, str(number))
        self.rules = load_ruleset(RULESET)
        self.site = Site(str(self.voice.agency["name"]), "table", YEAR, {i.id: i.name.th for i in self.rules.items})
        self.files = 0

    def make(self, folder: Path) -> None:
        """Make every item and the news, and write the site."""
        wanted = [(item, concept) for n, item in enumerate(self.rules.items) if n % _NOTHING for concept in item.concepts]
        for item, concept in wanted:
            covers = [c.options.get("covers") for c in asked(item, concept, self.type) if c.kind == "period"]
            cover = str(covers[0]) if covers else ""
            when = _WHEN.get(cover, "year" if covers else "half" if concept == "procurement-monthly" else "")
            order = Order(self.voice, concept, when, YEAR - _BACK.get(cover, 0))
            title = self.voice.title(concept, when, order.title_year)
            path = self._placed(order, title, len(self.site.entries))
            self.site.entries.append(Entry(item.id, item.indicator, concept, title, path))
        for year in range(YEAR - 1, YEAR - 1 - max(0, self.documents - self.files), -1):
            order = Order(self.voice, "annual-report", "year", year)
            path = self._file(order, f"old-{year}")
            self.site.older.append(Entry("", "9.2", "annual-report", self.voice.title("annual-report", "year", year), path))
        self._news()
        self.site.finish()
        for route in self.site.routes.values():
            if str(route["type"]).startswith("text/html"):
                route["headers"] = _UNSURE
        meta = {"name": self.site.name, "type": self.type.value, "ruleset": RULESET, "as_of": AS_OF}
        self.site.write(folder, meta, [], [])

    def _placed(self, order: Order, title: str, number: int) -> str:
        """The address of a concept's evidence: a page of the site, or a file while there are to be more."""
        if order.concept in shown.PAGES:
            return self.site.page(f"/page.php?id={number}", title, shown.page(order))
        if order.concept in ACTIVITIES or self.files >= self.documents:
            return self.site.page(f"/page.php?id={number}", title, shown.blocks(write(order)))
        return self._file(order, f"{order.concept}-{number}")

    def _file(self, order: Order, name: str) -> str:
        """A document, in the form whose turn it is."""
        turn = self.number * self.documents + self.files
        self.files += 1
        found = write(order)
        wide = any(len(b.rows[0]) > 5 for b in found if b.kind == "table")
        source = Source(order.concept, "", order.agency, self.type.value, "Garuda", wide, "", {}, (), tuple(found))
        ending = "pdf"
        if not FONTS.exists():
            ending, body = "docx", office.docx(source)
        elif turn % SCANS == SCANS - 1:
            sheets = [pictures.worn(page, turn + n, _DPI) for n, page in enumerate(pictures.render(paper.pdf(source), _DPI))]
            body = paper.of_pictures([(pictures.jpeg(s), s.width * 72 / _DPI, s.height * 72 / _DPI) for s in sheets])
        elif turn % 5 == 1:
            ending, body = "docx", office.docx(source)
        elif turn % 5 == 3 and order.concept in TABLES:
            ending, body = "xlsx", office.xlsx(source)
        else:
            body = paper.pdf(source)
        return self.site.add(f"/upload/{name}.{ending}", body, TYPES[ending])

    def _news(self) -> None:
        """Pages of news until the number of pages is full; the list of them is the last."""
        there = sum("body" in route for route in self.site.routes.values()) + 2  # the main page and that of the form
        older = "".join(f'<li><a href="{quote(e.href)}">{e.title}</a></li>' for e in self.site.older)
        links = []
        for n in range(max(0, self.pages - there - 1)):
            words = f"ข่าวประชาสัมพันธ์ที่ {n} ของ{self.site.name}"
            lines = [self.voice.chance("line", n, m).choice(self.voice.words["themes"]["news"]) for m in range(12)]
            self.site.page(f"/news.php?id={n}", words, "".join(f"<p>{line} ครั้งที่ {n}</p>" for line in lines))
            links.append(f'<li><a href="/news.php?id={n}">{words}</a></li>')
        if links or older:
            self.site.page("/news.php", "ข่าวประชาสัมพันธ์", f"<ul>{''.join(links)}{older}</ul>")
            self.site.entries.append(Entry("", "9.1", "news", "ข่าวทั้งหมด", "/news.php"))


def make(folder: Path, agencies: int, pages: int, documents: int) -> list[Path]:
    """Make so many agencies below `folder`, each in a folder of its own; those that are there already are left."""
    found = []
    for number in range(agencies):
        place = folder / f"{pages}x{documents}" / f"{number:04d}"
        if not (place / "routes.json").is_file():
            _Maker(number, pages, documents).make(place)
        found.append(place)
    return found


def touch(site: Path, routes: Routes) -> None:
    """Change a line of the main page and the ITA page, so that nothing but their words is new."""
    for path in ("/", f"/ita/{YEAR}"):
        page = site / routes[path]["file"]
        page.write_bytes(page.read_bytes().replace("สงวนลิขสิทธิ์".encode(), "สงวนลิขสิทธิ์ ".encode(), 1))


def edit(site: Path, routes: Routes) -> None:
    """Add a line to the first page of evidence."""
    page = site / routes[min(path for path in routes if path.startswith("/page.php?"))]["file"]
    page.write_bytes(page.read_bytes().replace(b"</body>", "<p>ปรับปรุงข้อมูลแล้ว</p></body>".encode(), 1))


CHANGES = {"counter": touch, "changed": edit}
"""What may change on every site, by the night that is to find it."""


def change(folders: list[Path], what: str) -> None:
    """Change something on every site: a word of `CHANGES`."""
    for folder in folders:
        CHANGES[what](folder / "site", json.loads((folder / "routes.json").read_text("utf-8")))


@contextlib.contextmanager
def serving(folders: list[Path]) -> Iterator[list[dict[str, str]]]:
    """Serve agencies, each at its own port; what `config.yaml` says of them."""
    with contextlib.ExitStack() as stack:
        sites = [stack.enter_context(serve_folder(folder)) for folder in folders]
        yield [{"name": site.name, "type": site.agency_type, "url": site.url} for site in sites]


def main() -> None:
    """Make or serve, as the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("do", choices=("make", "serve"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--agencies", type=int, default=40)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--documents", type=int, default=15)
    given = parser.parse_args()
    if given.do == "make":
        make(given.folder, given.agencies, given.pages, given.documents)
        return
    folders = make(given.folder, given.agencies, given.pages, given.documents)
    with serving(folders) as found:
        print(json.dumps(found), flush=True)
        for line in sys.stdin:
            change(folders, line.strip())
            print("{}", flush=True)


if __name__ == "__main__":
    main()
