"""Papers: what a concept's document says, as blocks, whole or with one flaw put in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.corpora.agencies.pool import MONTHS, Voice
from tests.corpora.documents.source import Block

Blocks = list[Block]


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with an item. `component` where the kind is about one; `years` that the content is behind."""

    kind: str = ""
    component: str = ""
    years: int = 0


@dataclass(frozen=True, slots=True)
class Order:
    """A paper to be written: its concept, the kind of its time (``year``, ``half``, ``span`` or empty) and its year (B.E.)."""

    voice: Voice
    concept: str
    when: str
    year: int
    flaw: Flaw = Flaw()

    @property
    def agency(self) -> str:
        """The name that stands on it."""
        return str(self.voice.agency["other" if self.flaw.kind == "named" else "name"])

    @property
    def real_year(self) -> int:
        """The year that its content is of."""
        return self.year - self.flaw.years

    @property
    def title_year(self) -> int:
        """The year that its cover says."""
        return self.year if self.flaw.kind == "cover-mismatch" else self.real_year

    def fill(self, text: str) -> str:
        """Names and years filled in."""
        return self.voice.digits(self.voice.years(text, self.real_year, self.agency))

    def lacks(self, component: str) -> bool:
        """Whether a component is left out."""
        return self.flaw.component == component and self.flaw.kind in ("component", "toc-only")

    def blank(self, component: str) -> bool:
        """Whether its place is there and empty."""
        return self.flaw.component == component and self.flaw.kind == "empty-cell"

    def joined(self, component: str) -> dict[str, Any] | None:
        """The heading that it stands under with others; one of which a flaw is stands alone."""
        columns = TABLES[self.concept].columns if self.concept in TABLES else ()
        joins = self.voice.combined(self.concept, columns)
        return next((j for j in joins if component in j["of"] and self.flaw.component not in j["of"]), None)

    def name(self, component: str) -> str:
        """The words over it."""
        if joined := self.joined(component):
            return self.fill(str(self.voice.chance("name", *joined["of"], self.concept).choice(joined["names"])))
        return self.fill(self.voice.name(component, self.concept))


@dataclass(frozen=True, slots=True)
class Table:
    """A paper around a table: the theme of its rows, the component of the first column, and of the others."""

    theme: str
    subject: str
    columns: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    label: str = ""


_PLAN = ("budget", "duration")
_STEP = ("progress", "spending")
_REPORT = ("results", "spending", "problems", "suggestions")
TABLES = {
    "strategic-plan": Table("goals", "strategies", ("goals", "indicators")),
    "annual-plan": Table("work", "projects", _PLAN),
    "progress-report": Table("work", "projects", _STEP),
    "annual-report": Table("work", "projects", _REPORT),
    "budget-plan": Table("money", "", ("budget",), label="ประเภทรายจ่าย"),
    "budget-progress": Table("money", "", ("spending",), label="ประเภทรายจ่าย"),
    "budget-report": Table("money", "", ("spending", "problems", "suggestions"), label="ประเภทรายจ่าย"),
    "procurement-plan": Table("purchases", "purchase", ("allotted-budget", "duration")),
    "procurement-report": Table("purchases", "purchase", ("method", "winner", "problems", "suggestions")),
    "satisfaction-survey": Table("services", "", ("survey-result",), label="ประเด็น"),
    "hr-policy": Table("hr", "projects", _PLAN),
    "hr-progress": Table("hr", "projects", _STEP),
    "hr-report": Table("hr", "projects", _REPORT),
    "no-gift-report": Table("", "", ("gift-report",), label="ผู้ให้"),
    "asset-receipt-report": Table("", "", ("gift-report",), label="ผู้ให้"),
    "corruption-risk": Table("risks", "risk-events", ("risk-level", "risk-measures")),
    "corruption-risk-actions": Table("risk_actions", "", ("results",), label="มาตรการจัดการความเสี่ยง"),
    "anticorruption-plan": Table("clean", "projects", _PLAN),
    "anticorruption-progress": Table("clean", "projects", _STEP),
    "anticorruption-report": Table("clean", "projects", _REPORT),
    "ethics-evaluation": Table("people", "", ("results",), label="กลุ่มผู้รับการประเมิน"),
    "integrity-measures": Table(
        "integrity",
        "measures",
        ("method-steps", "owner", "follow-up"),
        ("ita-analysis", "weak-points", "improvement-points", "practice"),
    ),
    "integrity-measures-report": Table("integrity", "measures", ("results",)),
}
SECTIONS = {
    "staff-manual": ("task", "post", "steps", "duration", "law"),
    "service-manual": ("service", "steps", "duration", "channel", "fee", "documents"),
    "hr-criteria": ("recruitment", "appointment", "development", "evaluation", "reward"),
    "complaint-guideline": ("how-to-complain", "handling", "unit", "duration", "channel"),
    "participation": ("topic", "participants", "outcome", "use-of-outcome"),
    "code-of-ethics": ("code",),
    "ethics-drive": ("working-group", "dos-donts", "ethics-training"),
}
LETTERS = ("no-gift-policy", "integrity-statement")
ACTIVITIES = ("no-gift-culture", "executive-participation", "integrity-culture")


def write(order: Order) -> Blocks:
    """The paper that is ordered."""
    if order.flaw.kind == "whole-law":
        return _law(order)
    if order.concept in LETTERS:
        return _letter(order)
    blocks = [Block("title", order.voice.digits(_title(order, order.title_year))), Block("title", order.agency)]
    if order.flaw.kind == "cover-mismatch":
        told = (
            f"ตามงบประมาณรายจ่ายประจำปีงบประมาณ พ.ศ. {order.real_year}",
            f"ข้อมูลระหว่างเดือนตุลาคม {order.real_year - 1} ถึงเดือนกันยายน {order.real_year}",
            f"ตรวจสอบข้อมูล ณ วันที่ 20 กันยายน {order.real_year}",
        )
        inner = Block("heading", order.voice.digits(_title(order, order.real_year)))
        blocks += [Block("page"), inner, *(Block("text", order.voice.digits(line)) for line in told)]
    body = _BODIES.get(order.concept, _table if order.concept in TABLES else _sections)(order)
    if order.flaw.kind == "toc-only":
        heads = [b.text for b in body if b.kind == "heading"] or [order.name(c) for c in TABLES[order.concept].columns]
        heads = list(dict.fromkeys([*heads, order.name(order.flaw.component)]))
        blocks += [
            Block("heading", "สารบัญ"),
            *(Block("text", f"{h} {'.' * 30} {n}") for n, h in enumerate(heads, 1)),
            Block("page"),
        ]
    return [*blocks, *body]


def _law(order: Order) -> Blocks:
    """A whole act where the agency's own text is asked."""
    name = "คุ้มครองข้อมูลส่วนบุคคล พ.ศ. ๒๕๖๒" if order.concept == "privacy-policy" else "ระเบียบบริหารหน่วยงานสมมุติ พ.ศ. ๒๕๔๕"
    sections = "ให้ใช้คำนี้ตามความหมายที่กำหนด|ให้จัดตั้งส่วนงานตามกฎกระทรวง|ให้มีคณะกรรมการคณะหนึ่ง|ให้รัฐมนตรีรักษาการ|ผู้ใดฝ่าฝืนต้องระวางโทษ".split(
        "|"
    )
    lines = [
        f"มาตรา {n} {sections[n % len(sections)]}".translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")) for n in range(3, 15)
    ]
    return [
        Block("title", f"พระราชบัญญัติ{name}"),
        Block("text", "โดยที่เป็นการสมควรให้มีกฎหมายว่าด้วยการนี้ จึงทรงพระกรุณาโปรดเกล้าฯ ให้ตราพระราชบัญญัติขึ้นไว้"),
        Block("text", f"มาตรา ๑ พระราชบัญญัตินี้เรียกว่า “พระราชบัญญัติ{name}”"),
        Block("text", "มาตรา ๒ พระราชบัญญัตินี้ให้ใช้บังคับตั้งแต่วันถัดจากวันประกาศในราชกิจจานุเบกษาเป็นต้นไป"),
        *(Block("text", line) for line in lines),
        Block("centre", "ผู้รับสนองพระราชโองการ"),
    ]


def _title(order: Order, year: int) -> str:
    if order.flaw.kind == "general-statistics":
        return f"สถิติเรื่องร้องเรียน {order.voice.when(order.when, year, order.concept)}"
    return order.voice.title(order.concept, order.when, year)


def _intro(order: Order) -> Blocks:
    told = order.voice.words["concepts"][order.concept].get("intro")
    return [Block("text", order.fill(told))] if told else []


def _cells(order: Order, component: str, count: int) -> list[str]:
    """What stands in a component's column."""
    if order.blank(component):
        return [""] * count
    cells = (order.joined(component) or order.voice.component(component, order.concept))["cells"]
    aligned = order.voice.words.get("aligned", False)
    start = 0 if aligned else order.voice.chance("cells", component, order.concept).randrange(len(cells))
    return [order.fill(cells[(start + n) % len(cells)]) for n in range(count)]


def _section(order: Order, component: str, head: str = "") -> Blocks:
    """A component under its heading."""
    if order.lacks(component):
        return []
    found = order.joined(component) or order.voice.component(component, order.concept)
    blocks = [Block("heading", head + order.name(component))]
    if order.blank(component):
        return blocks
    if "list" in found:
        return [*blocks, *(Block("item", order.fill(text)) for text in found["list"])]
    text = found.get("body") or next((c for c in found["cells"] if len(c) > 8), "ไม่มี")
    return [*blocks, Block("text", order.fill(text))]


def _grid(heads: Sequence[str], columns: Sequence[Sequence[str]]) -> Block:
    return Block("table", rows=(tuple(heads), *zip(*columns, strict=True)))


def _table(order: Order) -> Blocks:
    shape = TABLES[order.concept]
    words = order.voice.words
    rows = [order.fill(r) for r in (words["themes"][shape.theme] if shape.theme else words["concepts"][order.concept]["row"])]
    below = {"problems", "suggestions"} if order.voice.chance("below", order.concept).random() < 0.4 else set()
    if order.flaw.kind == "toc-only" and order.flaw.component in shape.columns:
        below = {*below, order.flaw.component} & {"problems", "suggestions"}
    own = order.voice.words["concepts"][order.concept].get("label", shape.label)
    label = order.name(shape.subject) if shape.subject else own
    heads, columns = ["ที่", label], [[order.voice.digits(str(n)) for n in range(1, len(rows) + 1)], rows]
    if shape.subject and order.lacks(shape.subject):
        heads[1] = "รายการ"
    # what stands under the heading of the first of several is not written again under the others
    shown = [c for c in shape.columns if (order.joined(c) or {"of": [c]})["of"][0] == c]
    for component in shown:
        if component not in below and not order.lacks(component):
            heads.append(order.name(component))
            columns.append(_cells(order, component, len(rows)))
    lead = [b for c in shape.sections for b in _section(order, c)]
    tail = [b for c in shown if c in below for b in _section(order, c)]
    return [*_intro(order), *lead, _grid(heads, columns), *tail, *_foot(order)]


def _sections(order: Order) -> Blocks:
    numbered = order.voice.chance("numbered", order.concept).random() < 0.5
    blocks = _intro(order)
    for number, component in enumerate(SECTIONS[order.concept], 1):
        blocks += _section(order, component, order.voice.digits(f"{number}. ") if numbered else "")
    return blocks


def _statistics(order: Order) -> Blocks:
    """Complaints against officials: figures, or the words that there are none."""
    told, components = order.voice.words["concepts"]["complaint-statistics"], order.voice.words["components"]
    general = order.flaw.kind == "general-statistics"
    blocks = _intro(order) if general else [*_intro(order), Block("text", order.fill(components["officials-only"]["body"]))]
    shown = order.flaw.component in ("total", "finished", "pending")
    if not general and not shown and order.voice.chance("zero").random() < 0.5:
        return [*blocks, Block("text", f"{order.voice.digits(order.voice.when(order.when, order.real_year))} {told['zero']}")]
    rows = told["general" if general else "row"]
    heads, columns = ["ประเภทเรื่อง"], [list(rows)]
    for component in ("total", "finished", "pending"):
        if not order.lacks(component):
            heads.append(order.name(component))
            columns.append(_cells(order, component, len(rows)))
    return [*blocks, _grid(heads, columns), *_foot(order)]


def _service_statistics(order: Order) -> Blocks:
    words = order.voice.words
    services = words["themes"]["services"]
    counts = [str(order.voice.chance("count", s).randrange(20, 900)) for s in services]
    count = words["concepts"]["service-statistics"]["count"]
    if order.flaw.kind == "component":
        # figures of months, not split by service
        return [_grid(["เดือน", count], [MONTHS, [*counts, "77", "81"]])]
    if order.blank("service"):
        services = [""] * len(services)
    return [*_intro(order), _grid([order.name("service"), count], [services, [order.voice.digits(c) for c in counts]])]


def _monthly(order: Order) -> Blocks:
    words, columns = order.voice.words, ("allotted-budget", "median-price", "method", "bidders", "winner", "reason", "contract")
    told = words["concepts"]["procurement-monthly"]
    pick = order.voice.chance("monthly")
    missing, none = pick.sample(range(6), 2)
    blocks: Blocks = []
    for number, month in enumerate(MONTHS):
        if order.flaw.kind == "month-missing" and number == missing:
            continue
        year = str(order.real_year - (number < 3))
        if number == none:
            blocks.append(Block("heading", order.fill(told["none"][0].replace("{my}", year).replace("{m}", month))))
            continue
        blocks.append(Block("heading", order.fill(told["month"][pick.randrange(1)].replace("{my}", year).replace("{m}", month))))
        rows = [order.fill(r) for r in words["themes"]["purchases"][: 2 + number % 3]]
        heads, cells = ["ลำดับ"], [[order.voice.digits(str(n)) for n in range(1, len(rows) + 1)]]
        for component in ("purchase", *columns):
            if not order.lacks(component):
                heads.append(order.name(component))
                cells.append(rows if component == "purchase" else _cells(order, component, len(rows)))
        blocks.append(_grid(heads, cells))
    return blocks


def _letter(order: Order) -> Blocks:
    """An announcement of the top executive."""
    who = order.voice.agency
    blocks = [
        Block("title", f"ประกาศ{order.agency}"),
        Block("title", f"เรื่อง {order.voice.digits(_title(order, order.title_year))}"),
    ]
    blocks += [*_intro(order), Block("text", order.fill("ประกาศ ณ วันที่ 4 มกราคม พ.ศ. {y}"))]
    if order.flaw.kind == "unsigned":
        deputy = order.voice.chance("deputy", order.concept).random() < 0.5
        return [*blocks, Block("centre", f"({who['second']})"), Block("centre", f"รอง{who['post']}")] if deputy else blocks
    return [*blocks, Block("centre", f"({who['head']})"), Block("centre", who["post"])]


def _activity(order: Order) -> Blocks:
    return _intro(order)


def _list(order: Order) -> Blocks:
    return [Block("item", order.fill(text)) for text in order.voice.words["concepts"][order.concept]["list"]]


def _named(order: Order) -> Blocks:
    return [*_intro(order), *(Block("item", order.fill(text)) for text in order.voice.words["themes"]["duties"])]


def _foot(order: Order) -> Blocks:
    return [Block("centre", f"ผู้รายงาน {order.voice.agency['clerk']}"), Block("centre", order.agency)]


_BODIES: dict[str, Callable[[Order], Blocks]] = {
    "complaint-statistics": _statistics,
    "service-statistics": _service_statistics,
    "procurement-monthly": _monthly,
    "privacy-policy": _list,
    "powers-duties": _named,
    **dict.fromkeys(ACTIVITIES, _activity),
}
PAPERS = (*TABLES, *SECTIONS, *LETTERS, *_BODIES)
"""The concepts that papers are written for; the rest are pages of the site."""
