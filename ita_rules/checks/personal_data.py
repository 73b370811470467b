"""`personal_data`: what is disclosed names no citizen's number, bank account or complainant. Advice of our own, on every item.

A citizen's number is thirteen digits whose last one is the check digit of the others (the weights 13 to 2, modulo 11); a bank
account number is ten to twelve digits beside words that say so. Numbers are shown masked but for their last three digits, and
of a name no more than its title. When in doubt nothing is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ita_rules.checks.interface import Context, Observation, Outcome, page_of
from ita_rules.model import Evidence, Severity
from ita_rules.rulesets.types import Check
from ita_rules.run.types import Block, Document
from ita_rules.thai.fold import UNREAD, arabic

KIND = "personal_data"

_BEFORE = rf"(?<![A-Za-z0-9_=/.,–—{UNREAD}-])(?<!{UNREAD}\s)"
_AFTER = rf"(?![A-Za-z0-9_=/{UNREAD}]|[.,–—-][0-9{UNREAD}]|\.[A-Za-z]|\s{UNREAD})"
_BETWEEN = r"[\s.–—-]{1,3}"
_CITIZEN = re.compile(
    f"{_BEFORE}[1-8](?:[0-9]{{12}}|{_BETWEEN}[0-9]{{4}}{_BETWEEN}[0-9]{{5}}{_BETWEEN}[0-9]{{2}}{_BETWEEN}[0-9]){_AFTER}"
)
"""In one piece, or in the groups of an identity card."""
_ANY_GROUPS = re.compile(rf"{_BEFORE}[1-8](?:[\s.–—-]{{0,3}}[0-9]){{12}}{_AFTER}")
_CITIZEN_WORDS = re.compile("ประชาชน|ประจำตัว|citizen", re.IGNORECASE)
_ACCOUNT = re.compile(rf"{_BEFORE}[0-9](?:[\s–—-]{{0,3}}[0-9]){{9,11}}{_AFTER}")
_BANKS_FORM = re.compile("[0-9]{3}-[0-9]-[0-9]{5,6}-[0-9]")
_ACCOUNT_WORDS = re.compile(r"เลข(?:ที่)?\s?บัญชี|บัญชี(?:เงินฝาก|ธนาคาร|ออมทรัพย์|กระแสรายวัน)|ธนาคาร|\baccount n", re.IGNORECASE)
_WEAK_WORDS = re.compile("(?<!รหัส)บัญชี")
"""An account of a ledger is called so too; only a number in the form that banks print is taken for a bank's then."""
_ACCOUNT_HEAD = re.compile(r"(?:เลข|หมายเลข)(?:ที่)?\s?บัญชี|บัญชี(?:เงินฝาก)?ธนาคาร")
_OTHER_NUMBERS = re.compile(
    r"โทร|แฟกซ์|โทรสาร|\bfax\b|\btel\b|phone|มือถือ|พร้อมเพย์|สัญญา|ใบสั่ง|โครงการ|หนังสือ|ผู้เสียภาษี|e-?gp|บาร์โค้ด|ทะเบียน|แยกประเภท",
    re.IGNORECASE,
)
_MOBILE = re.compile("0[689][0-9]{8}")
_ORGANISATIONS = re.compile(
    "กองทุน|เงินรายได้|เงินบำรุง|องค์การ|เทศบาล|อบต|อบจ|สำนัก|กรม|โรงพยาบาล|โรงเรียน|มหาวิทยาลัย|วัด|มูลนิธิ|สหกรณ์|บริษัท|ห้าง"
)
"""Whose account is no person's: where such a word stands in the same block or beside it, the account may be theirs."""
_NEAR = 60  # letters before a number in which words say what it is
_COMPLAINTS = frozenset({"complaint-statistics", "complaint-channel", "complaint-guideline"})
_COMPLAINANT = r"ผู้(?:ร้องเรียน|ร้องทุกข์|ร้อง|แจ้งเบาะแส|แจ้ง)"
_PERSON = (
    r"(?P<title>นางสาว|นาง|นาย|น\.ส\.)\s?(?!ก(?:เทศ|องค์|อบ|สมาคม|รัฐ)|อำเภอ|ทะเบียน|ช่าง|แพทย์|จ้าง|ประกัน|ตำรวจ|ทหาร)"
    r"[ก-๙]{2,20}\s+[ก-๙]{2,25}"
)
_NAMED = re.compile(rf"{_COMPLAINANT}\s?(?:คือ|ชื่อ|ได้แก่)?\s*[:：]?\s*{_PERSON}")
_NAME_HEAD = re.compile(rf"(?:รายชื่อ|ชื่อ(?:\s?-?\s?(?:นาม)?สกุล)?)?\s?{_COMPLAINANT}")
_WHOLE_NAME = re.compile(rf"\s*{_PERSON}\s*")
_SAMPLES = re.compile("ตัวอย่าง|สมมติ|สมมุติ|แบบฟอร์ม|example", re.IGNORECASE)
_PERHAPS = re.compile(r"[0-9๐-๙](?:[\s.–—-]{0,3}[0-9๐-๙]){9}")
"""What every number of a citizen or an account has in it."""
_MOST = 5


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found: what it is (``citizen``, ``account``, ``complainant``), where, and how it reads masked.

    `plain` is a number with its digits as Arabic ones, to be painted over in pictures; it is shown to nobody. ``""`` for names.
    """

    what: str
    page: int
    masked: str
    plain: str = ""


def is_citizen(digits: str) -> bool:
    """Whether thirteen Arabic digits are a citizen's number by the check digit; numbers of one digit repeated are none."""
    if len(digits) != 13 or len(set(digits)) < 4:
        return False
    total = sum(int(d) * weight for d, weight in zip(digits, range(13, 1, -1), strict=False))
    return (11 - total % 11) % 10 == int(digits[12])


def masked(text: str) -> str:
    """A number with all digits but the last three as ``x``; what stands between them stays."""
    digits = sum(c.isdigit() for c in text)
    out = []
    for c in text:
        out.append("x" if c.isdigit() and digits > 3 else c)
        digits -= c.isdigit()
    return "".join(out)


def look(document: Document, *, complaints: bool = False) -> Iterator[Found]:
    """What a document discloses of persons, in reading order; names only where `complaints` says that it is about complaints."""
    blocks = [(page, block) for page, _, block in document.blocks() if block.zone == "main"]
    # the number of a firm's owner stands in the forms of procurement because they ask for it
    taxed = any(block.kind == "row" and "ผู้เสียภาษี" in block.text for _, block in blocks)
    heads: dict[tuple[int, int], Block] = {}
    for at, (page, block) in enumerate(blocks):
        place = (page.number, block.table)
        head = heads.setdefault(place, block) if block.kind == "row" else None
        if _PERHAPS.search(block.text):
            text = arabic(block.text)  # unread digits stay unread
            beside = " ".join(b.text for _, b in blocks[max(0, at - 1) : at + 3])
            for what, number in _numbers(text, beside, head, block):
                if not (what == "citizen" and taxed and block.kind == "row"):
                    yield Found(what, page.number, masked(number), number)
        if complaints:
            yield from (Found("complainant", page.number, f"{title} xxx") for title in _complainants(block, head))


def masked_in(text: str) -> str:
    """A text with the numbers of citizens and accounts in it masked; each letter keeps its place."""
    plain = arabic(text)
    for _, number in _numbers(plain, plain, None, Block("text", plain)):
        start = plain.find(number)
        text = text[:start] + masked(number) + text[start + len(number) :]
    return text


def _numbers(text: str, beside: str, head: Block | None, block: Block) -> Iterator[tuple[str, str]]:
    citizens = {m.span(): m[0] for m in _CITIZEN.finditer(text)}
    citizens |= {m.span(): m[0] for m in _ANY_GROUPS.finditer(text) if _CITIZEN_WORDS.search(_before(text, m.start()))}
    for (start, _), number in citizens.items():
        if is_citizen(_bare(number)) and not _OTHER_NUMBERS.search(_before(text, start)):
            yield "citizen", number
    if not _ORGANISATIONS.search(text):
        for cell in _column(head, block, _ACCOUNT_HEAD):
            if whole := _ACCOUNT.fullmatch(arabic(cell).strip()):
                yield "account", whole[0]
    if _ORGANISATIONS.search(beside):
        return
    for match in _ACCOUNT.finditer(text):
        before = _before(text, match.start())
        said = _last(_ACCOUNT_WORDS, before)
        if said < 0 and _BANKS_FORM.fullmatch(match[0]):
            said = _last(_WEAK_WORDS, before)
        overlaps = any(a < match.end() and match.start() < b for a, b in citizens)
        if said > _last(_OTHER_NUMBERS, before) and not overlaps and not _MOBILE.fullmatch(_bare(match[0])):
            yield "account", match[0]


def _complainants(block: Block, head: Block | None) -> Iterator[str]:
    """The titles (นาย, นาง …) of complainants that a block names."""
    if _SAMPLES.search(block.text):
        return
    yield from (m["title"] for m in _NAMED.finditer(block.text))
    yield from (m["title"] for cell in _column(head, block, _NAME_HEAD) if (m := _WHOLE_NAME.fullmatch(cell)))


def _column(head: Block | None, block: Block, says: re.Pattern[str]) -> Iterator[str]:
    """The cells of a row that stand under heads that say so."""
    if head is not None and head is not block and len(head.cells) == len(block.cells):
        yield from (cell for words, cell in zip(head.cells, block.cells, strict=True) if says.match(words.strip()))


def _before(text: str, start: int) -> str:
    return text[max(0, start - _NEAR) : start]


def _bare(number: str) -> str:
    return re.sub("[^0-9]", "", number)


def _last(words: re.Pattern[str], text: str) -> int:
    """Where the last of such words begins, -1 where there is none."""
    return max((m.start() for m in words.finditer(text)), default=-1)


def observe(ctx: Context, check: Check) -> Observation:
    """A gap where any evidence that was read discloses such a thing; not applicable, and not shown, where none does."""
    complaints = bool(_COMPLAINTS & set(ctx.item.concepts))
    found = [
        (piece, one)
        for piece in ctx.pieces
        if piece.document is not None and not piece.index
        for one in look(piece.document, complaints=complaints)
    ]
    if not found:
        return Observation(check, Outcome.NOT_APPLICABLE, ("check.personal_data.pass", {}))
    kinds = list(dict.fromkeys(one.what for _, one in found))
    shown = tuple(dict.fromkeys(one.masked for _, one in found))
    evidence = dict.fromkeys(Evidence(url=p.url, page=page_of(p, one.page)) for p, one in found)
    recognised = ctx.recognised(tuple(p for p, _ in found))
    return Observation(
        check,
        Outcome.NOT_MET,
        (
            "check.personal_data.gap",
            {"what": tuple(f"@check.personal_data.what.{k}" for k in kinds), "shown": shown[:_MOST], "count": len(shown)},
        ),
        0.7 if recognised else 0.95,
        tuple(evidence)[:_MOST],
    )


def advice_on(item: str, concept: str) -> Check:
    """The check that every item has of itself: no rule set names it."""
    return Check(id=f"{item}.{KIND}", key=KIND, kind=KIND, concept=concept, severity=Severity.ADVICE, verified=False)
