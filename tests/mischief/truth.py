"""What a mischievous site holds, written down while it is built: the pages that can be reached and how, the failures and their
causes, the traps and how much of them may be asked."""

import hashlib
import random
from dataclasses import dataclass, field, replace

from tests.sites import Reply, Route

WORDS = ("แผน", "รายงาน", "ข่าว", "คู่มือ", "สถิติ", "ประกาศ", "doc", "plan", "News", "o", "file", "เอกสาร")
SUBJECTS = (
    "โครงสร้างหน่วยงาน",
    "ข้อมูลผู้บริหาร",
    "อำนาจหน้าที่",
    "แผนยุทธศาสตร์หรือแผนพัฒนาหน่วยงาน",
    "แผนดำเนินงานประจำปี",
    "คู่มือหรือมาตรฐานการปฏิบัติงาน",
    "แผนการใช้จ่ายงบประมาณประจำปี",
    "นโยบายการบริหารทรัพยากรบุคคล",
    "แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริต",
    "ประกาศเจตนารมณ์นโยบาย No Gift Policy",
)


@dataclass(frozen=True)
class Trap:
    """An endless part: paths that start with `prefix`. Of these at most `most` may be asked, and `rule` has to be said."""

    prefix: str
    most: int
    rule: str


@dataclass
class Truth:
    """`pages`: SHA-256 of a body → the class by which it is reached. `failures`: path → cause. `documents`: path → the cause of a
    file that comes and cannot be read. `nowhere`: words of links that lead nowhere. `forbidden`: paths that nobody may ask."""

    pages: dict[str, str] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    nowhere: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    traps: list[Trap] = field(default_factory=list)


class Builder:
    """Grows one host's routes and its truth; everything that can differ comes from `random`.

    `place` is host and port, and stands for ``HOST`` in what is served.
    """

    def __init__(self, seed: int, place: str) -> None:
        self.random = random.Random(seed)
        self.place = place
        self.routes: dict[str, Route] = {}
        self.truth = Truth()
        self.count = 0

    def name(self) -> str:
        """A path segment that nobody has had: Thai or Latin letters and a number."""
        self.count += 1
        return f"{self.random.choice(WORDS)}{self.count}-{self.random.randrange(10**6)}"

    def words(self) -> str:
        """The title of an item, with or without its code, in any way of writing the year."""
        number, year = self.random.randint(1, 35), self.random.choice(("2566", "๒๕๖๖", "66"))
        code = self.random.choice((f"O{number} ", f"o{number} ", f"0{number} ", f"ข้อ O{number}. ", ""))
        return f"{code}{self.random.choice(SUBJECTS)} ปี {year}"

    def text(self) -> str:
        """A paragraph that no other page has."""
        self.count += 1
        return f"<h1>{self.words()}</h1><p>เนื้อหาลำดับที่ {self.count} รหัส {self.random.randrange(10**9)} ขององค์การบริหารส่วนตำบล</p>"

    def leaf(self, by: str, *, suffix: str = "", path: str = "", body: str = "") -> str:
        """A page that is reached in the way named `by`; its path, decoded, is given back."""
        suffix = suffix or self.random.choice((".html", ".php", ".aspx", ".htm", ".php?id=7"))
        path = path or f"/{self.name()}{suffix}"
        html = f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{self.words()}</title></head><body>{self.text()}{body}"
        self.put(path, Reply(html.encode()), by)
        return path

    def put(self, path: str, reply: Reply, by: str) -> None:
        """Serve `reply`, which is reached in the way named `by`."""
        reply = replace(reply, body=reply.body.replace(b"HOST", self.place.encode()))
        assert path not in self.routes, path
        self.routes[path] = reply
        digest = hashlib.sha256(reply.body).hexdigest()
        assert digest not in self.truth.pages
        self.truth.pages[digest] = by

    def hub(self, by: str, snippets: list[str], head: str = "") -> str:
        """A page of snippets in any order, itself reached in the way named `by`."""
        self.random.shuffle(snippets)
        path = f"/{self.name()}.html"
        html = f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{self.words()}</title>{head}</head><body>"
        self.put(path, Reply((html + self.text() + "\n".join(f"<div>{s}</div>" for s in snippets)).encode()), by)
        return path
