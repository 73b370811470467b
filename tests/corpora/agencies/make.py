"""Makes the websites of the agencies: ``python -m tests.corpora.agencies.make FOLDER [POOL [AGENCY]]``.

Every agency can be made of the words of every pool. What is wrong, in what form a paper is and where it lies is drawn by chance
from a fixed seed, so that the same versions of the libraries give the same bytes. PDFs need the Thai fonts of the Debian package
``fonts-thai-tlwg``; without them papers are Word files.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from PIL import Image

from ita_rules.model import AgencyType
from ita_rules.rulesets.load import load_ruleset
from ita_rules.rulesets.types import Item
from tests.corpora.agencies import pages
from tests.corpora.agencies.gaps import ACCESS, UNDECIDED, asked, choose, expected
from tests.corpora.agencies.papers import ACTIVITIES, TABLES, Flaw, Order, write
from tests.corpora.agencies.pool import POOLS, Voice, load
from tests.corpora.agencies.site import GONE, LOGIN, SCRIPTED, TYPES, WALL, Entry, Site
from tests.corpora.documents import office
from tests.corpora.documents.source import Source

FONTS = Path("/usr/share/fonts/truetype/tlwg/Garuda.ttf")
GAPS = 0.3
"""Share of an agency's items that have a gap."""
_COVERS = {
    "fiscal_year": ("year", 0),
    "previous_fiscal_year": ("year", 1),
    "fiscal_year_or_previous": ("year", 1),
    "first_half": ("half", 0),
    "span": ("span", 0),
}


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency: its kind, type, year (B.E.), the shape of its site where the pool names none, whether it gave answers and has a
    scanned paper."""

    kind: str
    type: AgencyType
    year: int
    shape: str
    answers: bool = False
    scan: bool = False
    thai_digits: bool = False


AGENCIES = (
    Agency("subdistrict", AgencyType.LOCAL, 2566, "table", answers=True, thai_digits=True),
    Agency("town", AgencyType.LOCAL, 2567, "accordion", scan=True),
    Agency("provincial", AgencyType.LOCAL, 2568, "years", answers=True, scan=True),
    Agency("department", AgencyType.DEPARTMENT, 2569, "posts"),
    Agency("province", AgencyType.PROVINCE, 2568, "menu", thai_digits=True),
    Agency("university", AgencyType.UNIVERSITY, 2567, "table", answers=True),
    Agency("hospital", AgencyType.HOSPITAL, 2569, "accordion", thai_digits=True),
    Agency("school", AgencyType.SCHOOL, 2564, "old", answers=True),
    Agency("enterprise", AgencyType.STATE_ENTERPRISE, 2566, "shelves"),
)
"""All agencies, by type and year."""


class _Maker:
    """One agency while it is made."""

    def __init__(self, agency: Agency, pool: str) -> None:
        self.agency = agency
        self.voice = Voice(pool, agency.kind, str(agency.year), agency.thai_digits or load(pool).get("thai_digits", False))
        self.rules = load_ruleset(f"oit-{agency.year}")
        name = self.voice.agency["name"]
        self.shape = self.voice.words.get("shapes", {}).get(agency.kind, agency.shape)
        self.site = Site(name, self.shape, agency.year, {i.id: i.name.th for i in self.rules.items})
        self.site.headings |= self.voice.words.get("headings", {})
        self.answers: list[tuple[str, str]] = []
        self.truth: list[dict[str, object]] = []
        self.blocked: dict[str, str] = {}
        self.number = 100
        self.scan = agency.scan and FONTS.exists()

    def make(self, folder: Path) -> None:
        """Draw what is wrong, make every item, write the site."""
        chance, used = self.voice.chance("gaps"), dict[str, int]()
        items = list(self.rules.items)
        chance.shuffle(items)
        gaps = {i.id for i in items[: round(GAPS * len(items))]}
        self.blocked = {i.id: kind for i, kind in zip(items[len(gaps) :], chance.sample(UNDECIDED, 2), strict=False)}
        for item in self.rules.items:
            flaws: dict[str, Flaw] = {}
            if item.id in gaps:
                flaws = dict([choose(item, self.agency.type, self.agency.answers, chance, used)])
            elif item.id in self.blocked:
                concept = next((c for c in item.concepts if c not in pages.PAGES), item.concepts[0])
                if concept in pages.PAGES and self.blocked[item.id] == "encrypted":
                    self.blocked[item.id] = "bot-wall"
                flaws = {concept: Flaw(self.blocked[item.id])}
            self._item(item, flaws)
        for number in range(3):
            picture = Image.new("RGB", (120, 150), (90 + 40 * number, 140, 180))
            out = io.BytesIO()
            picture.save(out, "JPEG", quality=50)
            self.site.add(f"/images/p{number}.jpg", out.getvalue(), "image/jpeg")
        self.site.finish()
        year = self.agency.year
        meta = {"name": self.site.name, "type": self.agency.type.value, "ruleset": f"oit-{year}", "as_of": f"{year - 543}-04-28"}
        self.site.write(folder, meta, self.truth, self.answers)

    def _item(self, item: Item, flaws: dict[str, Flaw]) -> None:
        sources: list[str] = []
        forms: list[str] = []
        flaw = next(iter(flaws.values()), Flaw())
        for concept in item.concepts:
            places, form = self._evidence(item, concept, flaws.get(concept, Flaw()))
            forms.append(form)
            sources += places
        scanned = "scan" in forms
        status = ["pass"] if not flaw.kind else ["undecided"] if flaw.kind in UNDECIDED else ["gap"]
        gap = flaw.kind or None
        # a site that was not seen whole may hold the missing link
        unseen = gap == "orphan" and set(self.blocked.values()) & {"bot-wall", "javascript"}
        if gap == "cover-mismatch" or (scanned and gap is None) or unseen:
            status.append("undecided")
        form = forms[list(item.concepts).index(next(iter(flaws)))] if flaws else forms[0]
        self.truth.append(
            {
                "item": item.id,
                "title": item.name.th,
                "indicator": item.indicator,
                "concepts": list(item.concepts),
                "status": status,
                "gap": gap,
                "expect": [list(pair) for pair in expected(flaw)] if status[0] == "gap" else [],
                "sources": sources,
                "form": form,
                "located": flaw.kind not in (*ACCESS, *UNDECIDED, "orphan") and "social-network" not in item.concepts,
            }
        )

    def _evidence(self, item: Item, concept: str, flaw: Flaw) -> tuple[list[str], str]:
        """Put the evidence of one concept on the site. Returns where it is shown and its form."""
        covers = [c.options.get("covers") for c in asked(item, concept, self.agency.type) if c.kind == "period"]
        when, back = _COVERS[str(covers[0])] if covers else ("half" if concept == "procurement-monthly" else "", 0)
        order = Order(self.voice, concept, when, self.agency.year - back, flaw)
        title = self.voice.digits(self.voice.title(concept, when, order.title_year))
        self.number += 1
        places, form = self._placed(order, title)
        href = places[0]
        if flaw.kind != "orphan":
            self.site.entries.append(Entry(item.id, item.indicator, concept, title, href))
        if self.agency.answers:
            self.answers.append((item.id, href))
        if (
            not flaw.kind
            and when in ("year", "half")
            and concept in TABLES
            and self.voice.chance("older", concept).random() < 0.25
        ):
            old = Order(self.voice, concept, when, order.year - 1)
            path = self.site.page(f"/old.php?id={self.number}", f"เอกสารเผยแพร่ {self.number}", pages.blocks(write(old)))
            words = self.voice.digits(self.voice.title(concept, when, old.year))
            self.site.older.append(Entry(item.id, item.indicator, concept, words, path))
        return ([] if flaw.kind in ACCESS else places), form

    def _placed(self, order: Order, title: str) -> tuple[list[str], str]:
        kind, number = order.flaw.kind, self.number
        at = f"/?p={number}" if self.shape == "posts" else f"/page.php?id={number}"
        if kind == "link-404":
            return [f"/upload/{number}/missing.pdf"], "none"
        if kind in ("soft-404", "login"):
            return [
                self.site.page(at, "ไม่พบหน้า" if kind == "soft-404" else "เข้าสู่ระบบ", GONE if kind == "soft-404" else LOGIN, False)
            ], "none"
        if kind == "javascript":
            return [self.site.page(at, self.site.name, SCRIPTED, False)], "html"
        if kind == "bot-wall":
            return [
                self.site.page(at, title, WALL, False, status=403, headers={"Server": "cloudflare", "CF-RAY": "5d1f0a-BKK"})
            ], "none"
        if kind == "shared-channel":
            title = "ร้องเรียน - ร้องทุกข์"
        if order.concept in pages.PAGES:
            return [self.site.page(at, title, pages.page(order))], "html"
        form = self._form(order)
        if form == "html":
            return [self.site.page(at, title, pages.blocks(write(order)))], form
        ending = "pdf" if form.startswith(("pdf", "scan", "encrypted")) else form
        path = self.site.add(self._path(order, ending), self._file(order, form), TYPES[ending])
        wrap = self.voice.chance("wrap", order.concept).choice(("", "", "page", "iframe"))
        if self.shape == "posts" or wrap:
            inner = (
                f'<iframe src="{quote(path)}"></iframe>' if wrap == "iframe" else f'<p><a href="{quote(path)}">ดาวน์โหลด</a></p>'
            )
            return [self.site.page(at, title, inner), path], form
        return [path], form

    def _path(self, order: Order, ending: str) -> str:
        """The address of a file; in some pools it is a number that says nothing."""
        if self.voice.words.get("numbered_files"):
            return f"/files/{1700000000 + self.voice.chance('file', self.number).randrange(10**7)}.{ending}"
        return f"/upload/doc{self.number}/{order.concept}-{self.number}.{ending}"

    def _form(self, order: Order) -> str:
        """The form of a paper; a cover of another year needs pages, HTML has none."""
        if order.flaw.kind == "encrypted":
            return "encrypted" if FONTS.exists() else "docx"
        if order.concept in ACTIVITIES:
            return "html"
        draw = self.voice.chance("form", order.concept).random()
        if self.scan and not order.flaw.kind and order.concept in TABLES and order.when == "year":
            self.scan = False
            return "scan"
        # a page stands in the agency's own frame, which names it
        paged = order.flaw.kind in ("cover-mismatch", "toc-only", "named")
        if draw < 0.45 and not paged:
            return "html"
        if draw < 0.55 or not FONTS.exists():
            return "docx"
        if draw < 0.63 and order.concept in TABLES and not paged:
            return "xlsx"
        return "pdf" if draw < 0.88 else "pdf-broken"

    def _file(self, order: Order, form: str) -> bytes:
        found = write(order)
        wide = any(len(b.rows[0]) > 5 for b in found if b.kind == "table")
        source = Source(order.concept, "", order.agency, self.agency.type.value, "Garuda", wide, "", {}, (), tuple(found))
        if form == "docx":
            return office.docx(source)
        if form == "xlsx":
            return _undated(office.xlsx(source))
        # ReportLab and its fonts are needed only where PDFs are made
        from tests.corpora.documents import paper, pictures

        if form == "encrypted":
            return paper.pdf(source, owner="owner", user="reader")
        if form == "pdf-broken":
            return paper.pdf(source, self.voice.chance("fault", order.concept).choice(("am-lost", "am-blank", "blank-marks")))
        made = paper.pdf(source)
        if form == "scan":
            sheets = [pictures.worn(page, 7 + n, 200) for n, page in enumerate(pictures.render(made, 200))]
            return paper.of_pictures([(pictures.jpeg(s), s.width * 0.36, s.height * 0.36) for s in sheets])
        return made


def _undated(book: bytes) -> bytes:
    """A workbook with a fixed time in place of the one at which it was saved."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for member in before.infolist():
            data = before.read(member)
            if member.filename == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z", b"2023-04-28T05:00:00Z", data)
            after.writestr(member, data)
    return out.getvalue()


def make(folder: Path, agency: Agency, pool: str) -> None:
    """Write the site of `agency` in the words of `pool` into `folder`, which must not be there yet."""
    _Maker(agency, pool).make(folder)


def main(arguments: list[str]) -> None:
    """Make the agencies that are asked for, each in a folder ``POOL-KIND``."""
    folder = Path(arguments[0])
    for pool in arguments[1:2] or POOLS:
        for agency in AGENCIES:
            if not arguments[2:] or agency.kind in arguments[2:]:
                make(folder / f"{pool}-{agency.kind}", agency, pool)


if __name__ == "__main__":
    main(sys.argv[1:])
