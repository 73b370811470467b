"""`two_way`: people can ask and are answered on the main site: a board with answers, a chat, LINE OA; a contact form is not."""

from __future__ import annotations

import re

from ita_rules.checks.interface import Context, Observation, Outcome, page_of, quoted, unknown, whole
from ita_rules.locate import Piece, SiteView
from ita_rules.model import Evidence
from ita_rules.rulesets.types import Check
from ita_rules.run.services import cause_at, is_social
from ita_rules.thai.fold import loose

KIND = "two_way"

_CHAT_ADDRESSES = {
    "m.me": "Messenger",
    "messenger.com": "Messenger",
    "facebook.com/plugins": "Messenger",
    "customerchat": "Messenger",
    "customer_chat": "Messenger",
    "xfbml.customerchat": "Messenger",
    "line.me": "LINE",
    "lin.ee": "LINE",
    "tawk.to": "Live Chat",
    "zwiz": "Chatbot",
    "crisp.chat": "Live Chat",
    "livechat": "Live Chat",
    "tidio": "Live Chat",
    "chatbot": "Chatbot",
    "zendesk": "Live Chat",
    "dialogflow": "Chatbot",
}
_CHAT_WORDS = {
    "messengerlivechat": "Messenger",
    "livechat": "Live Chat",
    "chatbot": "Chatbot",
    "แชทบอท": "Chatbot",
    "lineoa": "LINE",
    "lineofficialaccount": "LINE",
}
_ASKED = re.compile("|".join(loose(w) for w in ("ถาม", "กระทู้", "question")))
_ANSWERED = re.compile("|".join(loose(w) for w in ("ตอบ", "answer", "reply", "เจ้าหน้าที่", "ผู้ดูแลระบบ", "admin")))
_BOARD = ("กระดานสนทนา", "กระดานถามตอบ", "เว็บบอร์ด", "webboard", "ถาม-ตอบ", "ถามตอบ", "q&a", "คำถามจากประชาชน")

_ANY_CHANNEL = re.compile("|".join(re.escape(loose(w)) for w in (*_BOARD, *_CHAT_WORDS, "กระทู้", "แชท", "messenger", "line@")))


def observe(ctx: Context, check: Check) -> Observation:
    """Met by a chat on the page, LINE OA, or a board on which questions and answers stand."""
    pages = [p for p in ctx.content if p.role == "page" or ctx.only_files] or list(ctx.content)
    # A page that only leads on to the chat has no content of its own, and is the way to it all the same.
    leading = [p for p in ctx.pieces if p.role == "page" and p not in pages]
    for piece in (*pages, *leading):
        channel = _chat(ctx, piece)
        if channel:
            evidence = (Evidence(url=piece.url, quote=channel[1] or None),)
            return Observation(check, Outcome.MET, ("check.two_way.pass", {"channel": channel[0]}), 0.93, evidence)
    for piece in pages:
        answered = _board(ctx, piece)
        if answered is not None:
            evidence = (quoted(piece, page_of(piece, 1), answered[:200]),)
            return Observation(check, Outcome.MET, ("check.two_way.pass", {"channel": "Q&A"}), 0.9, evidence)
    if all(is_social(p.url) for p in ctx.pieces) and ctx.pieces:
        return unknown(check, _unseen(ctx), "check.two_way.undecided")
    if not pages or ctx.unread_cause:
        return unknown(check, ctx.unread_cause or "not_gathered", "check.two_way.undecided")
    forms = [f for p in pages if p.document for f in p.document.forms if f.zone == "main"]
    board_words = any(loose(w) in x.loose for p in pages if p.document for x in ctx.site.lines(p.document) for w in _BOARD)
    message = "check.two_way.form_only" if forms else "check.two_way.gap"
    confidence = 0.55 if board_words and not forms else 0.85
    return Observation(check, Outcome.NOT_MET, (message, {}), confidence, whole(tuple(pages)))


def _unseen(ctx: Context) -> str:
    """Why the pages on social media could not be seen."""
    causes = [cause_at(p.exchange.cause, p.url, p.exchange.final_url) for p in ctx.pieces if p.exchange]
    return next((cause for cause in causes if cause), "social_wall")


def _chat(ctx: Context, piece: Piece) -> tuple[str, str] | None:
    if piece.document is None:
        return None
    marks = [(e, "") for e in piece.document.embeds]
    marks += [
        (link.url, link.text) for link in ctx.site.links(piece.key) if link.zone == "main" or not ctx.site.is_frame_link(link)
    ]
    for url, words in marks:
        for mark, channel in _CHAT_ADDRESSES.items():
            if mark in url.lower():
                return channel, words
    for line in ctx.site.lines(piece.document):
        for word, channel in _CHAT_WORDS.items():
            if word in line.loose and len(line.key) <= 120:
                return channel, line.text[:160]
    return None


def _board(ctx: Context, piece: Piece) -> str | None:
    """A line of an answer on a page that shows questions and answers; None where there are only questions, or a bare form."""
    if piece.document is None:
        return None
    lines = ctx.site.lines(piece.document)
    asked = [x for x in lines if _ASKED.search(x.loose)]
    answers = [x for x in lines if _ANSWERED.search(x.loose.replace("ถามตอบ", ""))]
    polite = [x for x in lines if re.search(r"(?:ครับ|ค่ะ|คะ)\s*$", x.text.strip()) or "ค่ะ" in x.text]
    rows = [
        x for x in lines if x.block.kind == "row" and not x.block.header and len([c for c in x.block.cells if len(c) > 6]) >= 2
    ]
    heads = [x for x in lines if x.block.header and _ANSWERED.search(x.loose)]
    if heads and rows:
        return rows[0].text
    if asked and answers and (polite or len(answers) >= 2):
        return (polite or answers)[0].text
    return None


def anywhere(site: SiteView) -> bool:
    """Whether any page of a site may hold a two-way channel: a chat's address or name, a board's, LINE, also in its frame."""
    for page, links in site.run.links.items():
        marks = " ".join(filter(None, (*(x.url for x in links), *(_embeds(site, page)))))
        if any(mark in marks.lower() for mark in _CHAT_ADDRESSES):
            return True
        exchange = site.exchange(page)
        heads = (exchange.title, *exchange.headings) if exchange is not None else ()
        if any(_ANY_CHANNEL.search(loose(words)) for words in (*heads, *(x.text for x in links))):
            return True
        document = site.document(page)
        if document is not None and any(_ANY_CHANNEL.search(x.loose) for x in site.memory.lines(document)):
            return True
    return False


def has_form(piece: Piece) -> bool:
    """Whether a page has a form in its own content."""
    return piece.role == "page" and piece.document is not None and any(f.zone == "main" for f in piece.document.forms)


def _embeds(site: SiteView, page: str) -> tuple[str, ...]:
    document = site.document(page)
    return document.embeds if document is not None else ()
