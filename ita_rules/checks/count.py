"""`count`: the evidence holds at least so many things (one manual, one law, one notice)."""

from __future__ import annotations

import re

from ita_rules.checks.interface import Context, Observation, Outcome, unknown, whole
from ita_rules.locate import Piece
from ita_rules.model import Evidence
from ita_rules.rulesets.types import Check
from ita_rules.thai.fold import clean

KIND = "count"
_NOTHING = re.compile(
    r"ระหว่าง(?:การ)?(?:ปรับปรุง|จัดทำ|ดำเนินการ|รวบรวม)|(?:ไม่พบ|ไม่มี|ยังไม่มี)(?:ข้อมูล|รายการ|ไฟล์|เอกสาร)|"
    r"coming soon|under construction|no data|not found",
    re.IGNORECASE,
)
_PLAIN = 0.9  # of a title that names a concept plainly
_ENTRY = 12  # letters that make a line or link an entry of its own


def observe(ctx: Context, check: Check) -> Observation:
    """Counts documents, and on a page that lists things its content links and list lines; enough is met."""
    asked = check.at_least or 1
    name = ctx.item.name.say(ctx.lang)
    if not ctx.content and ctx.unfinished and ctx.unread_cause == "uncertain":
        none = ("check.count.gap", {"what": name, "found": 0, "asked": asked})
        sure = not any(map(ctx.may_fill, ctx.unfinished))
        return Observation(
            check, Outcome.NOT_MET, none, 0.7 if sure else 0.5, whole(ctx.unfinished), fix=("check.count.fix", none[1])
        )
    if not ctx.content:
        return unknown(check, ctx.unread_cause or "not_gathered", "check.count.undecided", what=name)
    documents = [p for p in ctx.content if p.role == "file"]
    others = {p.key: title for p in documents if (title := _of_another(ctx, p))}
    entries = 0
    for piece in ctx.content:
        if piece.role == "page" and piece.document is not None:
            lines = [
                x
                for x in ctx.site.lines(piece.document)
                if x.block.kind in ("item", "row", "text")
                and len(x.key) >= _ENTRY
                and not x.block.header
                and not x.criterion
                and not _NOTHING.search(clean(x.text))
            ]
            entries += len(lines)
    if others and not entries and len(documents) - len(others) < asked <= len(documents):
        # A paper that names itself another item's may still be what is asked for: a person has to open it.
        why = tuple(("why.of_another", {"title": title}) for title in others.values())
        return Observation(
            check,
            Outcome.NOT_MET,
            ("check.count.gap", {"what": name, "found": len(documents) - len(others), "asked": asked}),
            0.5,
            whole(tuple(documents)),
            why,
        )
    found = len(documents) + entries
    values = {"what": name, "found": found if not documents else len(documents), "asked": asked}
    if found >= asked:
        sources = tuple(Evidence(url=p.url) for p in (documents or list(ctx.content))[:3])
        return Observation(check, Outcome.MET, ("check.count.pass", values), 0.9, sources)
    if ctx.unread_cause:
        return unknown(check, ctx.unread_cause, "check.count.undecided", what=name)
    return Observation(
        check, Outcome.NOT_MET, ("check.count.gap", values), 0.7, whole(ctx.content), fix=("check.count.fix", values)
    )


def _of_another(ctx: Context, piece: Piece) -> str:
    """The title of a file that plainly names another item's concept and none of this item's, else ``""``."""
    title = piece.title
    scores = ctx.titles.scores(title) if title else {}
    own = any(scores.get(concept) for concept in ctx.item.concepts)
    return title if scores and not own and max(scores.values()) >= _PLAIN else ""
