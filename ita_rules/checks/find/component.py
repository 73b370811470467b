"""A component in lines of text: where it heads content, where its place is empty, where its words are only mentioned.

A word is not a component. It counts where it heads a section, column, row or field with content (or a permitted zero); not in
a table of contents, in another sense, in a printed criterion, or over empty cells (CONTRACT, "A word is not a component").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ita_rules.checks.find.composed import claimed, is_beside
from ita_rules.checks.find.declared import SENTENCE
from ita_rules.checks.find.findings import Findings, Partly, hit_of, joined, shorten
from ita_rules.checks.find.seek import GOING_ON, LABELS, NUMBER, Body, as_copula, as_field, as_ordinal, strip
from ita_rules.checks.find.spec import Spec, Wording, label_match, stands_in
from ita_rules.checks.find.tables import Table, filled, is_group_row, tables
from ita_rules.checks.find.unfinished import is_to_come
from ita_rules.locate.lines import Line, Lines
from ita_rules.thai.fold import key, loose

_YEAR = re.compile(r"(?:ปี|พศ|งบประมาณ)+25[0-9]{2}(?![0-9])")
_SIDE = re.compile(r"^ด้าน(?=การ|ปัญหา|ข้อ|งบ|ผล)")
_REACH = 14  # lines after a heading in which its content must begin
_LONG_LABEL = 110
_SIGNED = re.compile(r"^\(?\s*(?:ลงชื่อ|ผู้รายงาน|ผู้จัดทำ|ผู้สรุป|ผู้เสนอ|ผู้ตรวจสอบ|ผู้รับรอง|ผู้เห็นชอบ|ผู้อนุมัติ|จัดทำโดย)(?:ข้อมูล|รายงาน)?[\s.:…)(]")
"""A line by which a paper ends: who made it, and signed it."""

_PARTS = ("ด้าน", "โครงการ", "กิจกรรม", "กรณี", "ประเด็น", "แผนงาน", "งาน", "ไม่")
"""How headings of the parts of a section begin."""

_COUNTS = re.compile("ที|ลาดับ|ลาดับที|ขอ|ขอที|no")
"""Heads (folded) of columns that count the rows."""

_TABLE = 60  # lines about a row in which its table is looked at
_COVER = 3  # lines with which a paper begins: its title, whose it is, of when
_WRAPPED = 40  # letters from which a line of a paragraph may go on in the next
_WHOLE = 0.95  # how much of a label a wording must be to be all of it
_TOLD = 0.8  # how well a sentence bears what it is about
_LISTED = 3  # contradicting things that one sentence lists
_ELSEWHERE = re.compile(
    "ไม่(?!มี)|มิใช่|ช่องทางอื่น|แยก|คนละ|หากเป็น|กรณี|(?:ให้|โปรด|กรุณา|ต้อง)(?:แจ้ง|ใช้|ติดต่อ|ไป)|ที่หน้า|ที่เมนู|ที่ช่องทาง|อีกหน้า|ทั่วไป"
)
"""What sends such things elsewhere, in a sentence that lists them."""

_NAMED = 4  # letters from which what follows a number may be a name
_HALF = 90  # letters quoted of each of two lines over which a statement runs
_TELLING = 30  # letters of a cell that tell something by themselves, for instance in a cell merged over several rows


def find(lines: Sequence[Line], spec: Spec, titles: frozenset[str] = frozenset()) -> Findings:
    """All places of a component in the lines of one document. `titles` are loose keys of lines that only title it."""
    found = Findings()
    text = (lines if isinstance(lines, Lines) else Lines(lines)).once(Body)
    for table in text.tables_with(spec):
        if not _is_blank(_columns(table, spec, found)):
            _rows(table, spec, found)
    body = text.lines
    spec, places = text.sought(spec)
    for at in places:
        line = body[at]
        if line.toc:
            _contents(line, spec, found)
        elif line.block.kind != "row":
            if line.loose not in titles:
                _headed(body, at, spec, found)
            if not (found.empty and found.empty[-1].line is line and _heads(body, at)):
                _running(line, spec, found)
            if at + 1 < len(body):
                _torn(line, body[at + 1], spec, found)
        else:
            _running(line, spec, found)
    if found.empty and lines and all(h.line is lines[0] and h.how == "section" for h in found.met):
        found.met = []  # a title over an empty column of its own name
    return found


# -------------------------------------------------------------------------------- tables


def _is_blank(columns: list[bool]) -> bool:
    """Whether a table has columns for a component and none of them says anything: then the names of its rows, which may bear the
    component's words ("เปิดเผยข้อมูลงบประมาณ"), do not say it either."""
    return bool(columns) and not any(columns)


def _columns(table: Table, spec: Spec, found: Findings) -> list[bool]:
    """Look at the columns of a table; of each that is the component's, whether anything stands in it."""
    own: list[bool] = []
    for index, head in enumerate(table.heads):
        if not head:
            continue
        for wording in spec.contradicted_by:
            if _is_label(wording, head):
                found.against.append(hit_of("column", wording, table.head_lines[0], head))
        match = label_match(spec, head, sure=True)
        if not match:
            continue
        wording, quality = match
        source = table.head(index)
        cells = table.column(index)
        full = [(line, cell) for line, cell in cells if filled(cell, spec.zero)]
        own.append(bool(full) or not cells)
        told = any(len(key(cell)) >= _TELLING for _, cell in full)
        if full and (told or len(full) >= len(cells) / 3):
            line, cell = full[0]
            found.met.append(hit_of("column", wording, line, joined(source, cell), quality))
        elif full:
            missing = next((x for x, cell in cells if not filled(cell, spec.zero)), full[0][0])
            found.partly.append(Partly(wording.text, len(full), len(cells), shorten(missing.text, 80)))
        elif cells or table.head_lines:
            found.empty.append(hit_of("column", wording, table.head_lines[0], shorten(source), quality))
    return own


def _rows(table: Table, spec: Spec, found: Findings) -> None:
    lines = (*table.head_lines, *table.rows)
    for at, line in enumerate(lines):
        cells = [c for c in line.block.cells if c.strip()]
        for wording in spec.contradicted_by:
            if any(_is_label(wording, strip(c)) for c in cells[:LABELS]):
                found.against.append(hit_of("row", wording, line, shorten(line.text)))
        if line in table.head_lines and len(table.rows) > 0:
            continue
        labels = [(i, c) for i, c in enumerate(line.block.cells[:LABELS]) if re.search(r"[ก-๙A-Za-z]{2}", c)][:1]
        for index, label in labels:
            match = label_match(spec, strip(label), sure=len(key(label)) <= 60)
            if not match:
                continue
            rest = [c for c in line.block.cells[index + 1 :] if c != label]
            if any(filled(c, spec.zero) for c in rest):
                value = next(c for c in rest if filled(c, spec.zero))
                found.met.append(hit_of("row", match[0], line, joined(label, value), match[1]))
            elif rest and (not is_group_row(line) or _is_field(lines[at + 1 :], spec)):
                found.empty.append(hit_of("row", match[0], line, shorten(label), match[1]))


def _is_field(below: Sequence[Line], spec: Spec) -> bool:
    """Whether a row that has words in its first cell alone is a field left blank, and heads no rows below it: there are none, or
    the next one is another field of the item."""
    if not below:
        return True
    label = strip(next((c for c in below[0].block.cells if c.strip()), ""))
    return loose(label) in spec.siblings or claimed(label, spec.stems, spec.beside, spec.rivals)


def _is_label(wording: Wording, label: str) -> bool:
    """Whether a label (a cell, a heading, a field's name) is about a wording: most of it is, or it begins or ends with it."""
    folded = loose(label)
    share = len(wording.loose) / max(1, len(folded))
    ends = folded.startswith(wording.loose) or folded.endswith(wording.loose)
    return wording.loose in folded and (share >= 0.6 or (ends and share >= 0.3))


# -------------------------------------------------------------------------------- headings and fields


def _headed(lines: Sequence[Line], at: int, spec: Spec, found: Findings) -> None:
    line = lines[at]
    field = as_field(line.bare)
    if field and len(field["label"]) <= _LONG_LABEL:
        match = label_match(spec, field["label"], sure=len(key(field["label"])) <= 60)
        if match:
            _field(lines, at, match, field["value"], spec, found)
            return
    if len(line.key) <= _LONG_LABEL:
        match = label_match(spec, line.bare, sure=line.heading and line.block.kind != "item", folded=(line.loose, line.key))
        if match:
            content = _content(lines, at, spec)
            if content is not None and _is_twin(lines, at, content):
                return  # empty, or over what the next one heads: its words alone are seen
            if content is not None:
                found.met.append(hit_of("section", match[0], line, joined(line.text, content.text), match[1]))
            elif not _opening(line, spec, found):
                found.empty.append(hit_of("section", match[0], line, shorten(line.text), match[1]))
            return
    _opening(line, spec, found)


def _field(lines: Sequence[Line], at: int, match: tuple[Wording, float], value: str, spec: Spec, found: Findings) -> None:
    line = lines[at]
    if filled(value, spec.zero) and not is_to_come(loose(value)):
        found.met.append(hit_of("field", match[0], line, shorten(line.text, 220), match[1]))
        return
    content = _content(lines, at, spec)
    if content is None:
        found.empty.append(hit_of("field", match[0], line, shorten(line.text), match[1]))
    else:
        found.met.append(hit_of("section", match[0], line, joined(line.text, content.text), match[1]))


def _opening(line: Line, spec: Spec, found: Findings) -> bool:
    """A line that opens with a wording, then a blank or dash, then its content ("โทรศัพท์ 043 …", "ปัญหาและอุปสรรค งบประมาณ …"), or
    with a wording and its number, which names one of several ("ยุทธศาสตร์ที่ 1 การพัฒนาคุณภาพชีวิต").

    Words that only go on with the label ("ปัญหา อุปสรรค ในการดำเนินงาน") are no content, nor is the rest of a heading.
    """
    told = as_copula(line.bare)
    if told and not line.heading and filled(told["value"], spec.zero) and (match := label_match(spec, told["label"], sure=False)):
        found.met.append(hit_of("field", match[0], line, shorten(line.text, 220), min(match[1], _TOLD)))
        return True
    counted = as_ordinal(line.bare)
    if counted and filled(counted["value"], spec.zero):
        match = label_match(spec, counted["label"], sure=True)
        if match and match[1] >= _WHOLE:
            found.met.append(hit_of("field", match[0], line, shorten(line.text, 220), _TOLD))
            return True
    bare = _SIDE.sub("", line.bare)
    folded, strict = (line.loose, line.key) if bare == line.bare else (loose(bare), key(bare))
    if folded.startswith(spec.look_alikes):
        return False
    for wording in spec.wordings:
        if wording.whole or not folded.startswith(wording.loose) or (wording.strict and not strict.startswith(wording.key)):
            continue
        rest = _after(bare, wording.loose)
        if rest is None:
            continue
        content = filled(rest, spec.zero) and (key(rest) in spec.zero or not (line.heading or rest.startswith(GOING_ON)))
        content = content or (wording.text[-1:].isdigit() and len(key(rest)) >= _NAMED)  # the first of several, and its name
        if content:
            found.met.append(hit_of("field", wording, line, shorten(line.text, 220), 0.85))
        return content  # the longest wording has the line
    return False


def _after(text: str, wanted: str) -> str | None:
    """What follows a wording at the head of a text, if a blank or a mark stands between; None where words run on."""
    for cut in range(len(wanted), min(len(text), len(wanted) * 2 + 12) + 1):
        if loose(text[:cut]) == wanted:
            rest = text[cut:]
            if not rest or rest[0] in " \t:-–—/(,.•":
                return rest.strip(" \t:-–—/(,.•")
    return None


def _depth(line: Line) -> tuple[str, ...]:
    number = NUMBER.match(line.clean.strip())
    if not number:
        return ()
    return tuple(number["n"].split(".")) if number["n"] else (number["part"],)


def _content(lines: Sequence[Line], at: int, spec: Spec) -> Line | None:
    """The first line of content under a heading, None where the next heading follows at once."""
    line, depth = lines[at], _depth(lines[at])
    for place, after in enumerate(lines[at + 1 : at + 1 + _REACH], at + 1):
        if after.toc:
            continue
        if after.block.kind == "row":
            if (
                after.block.header
                or not any(filled(c, spec.zero) for c in after.block.cells)
                or _is_unmeasured(lines, place, spec)
            ):
                continue
            return after
        if not filled(after.text, spec.zero) or is_to_come(after.loose):
            continue
        if _SIGNED.match(after.bare):
            return None
        if _closes(line, depth, after, spec) or (_is_level(line, after) and _begun(lines, at)):
            return None
        return after
    return None


def _is_unmeasured(lines: Sequence[Line], at: int, spec: Spec) -> bool:
    """Whether a row stands in a table that only names things and leaves blank the column that was to measure the component
    ("อัตรา (บาท)" below a heading of fees). Only for what a number tells; beside the names there may be remarks, all blank too."""
    if not spec.figures:
        return False
    same = [x for x in lines[max(0, at - _TABLE) : at + _TABLE] if x.page is lines[at].page and x.block.kind == "row"]
    for table in tables([x for x in same if x.block.table == lines[at].block.table]):
        blank = [i for i, head in enumerate(table.heads) if head and not any(filled(c, spec.zero) for _, c in _cells(table, i))]
        named = [i for i, head in enumerate(table.heads) if head and i not in blank and not _COUNTS.fullmatch(loose(head))]
        if table.rows and len(named) == 1 and any(is_beside(table.heads[i], spec.stems, spec.beside) for i in blank):
            return True
    return False


def _cells(table: Table, index: int) -> list[tuple[Line, str]]:
    """The cells of a column, those of rows that have words in one cell alone too."""
    return [(row, row.block.cells[index]) for row in table.rows if index < len(row.block.cells)]


def _begun(lines: Sequence[Line], at: int) -> bool:
    """Whether a document has content before a line, so that the line does not title it."""
    below = at >= _COVER and not lines[at - 1].heading
    return below or any(not x.heading and len(x.key) > SENTENCE for x in lines[:at])


def _is_level(line: Line, after: Line) -> bool:
    """Whether the source gives two headings the same level, or the later one the higher."""
    return line.block.kind == after.block.kind == "heading" and 0 < after.block.level <= line.block.level


def _is_twin(lines: Sequence[Line], at: int, after: Line) -> bool:
    """Whether a line in bold stands directly over another that looks the same and has content in plain letters."""
    line, following = lines[at], lines[at + 1 : at + 3]
    if len(following) < 2 or following[0] is not after or not _begun(lines, at):
        return False
    bold = all(x.block.kind == "text" and x.block.bold and not x.numbered and len(x.key) <= _LONG_LABEL for x in (line, after))
    return bold and not following[1].heading and not after.bare.startswith(_PARTS)


def _heads(lines: Sequence[Line], at: int) -> bool:
    """Whether a line heads a section (here an empty one) and is no entry of a list, whose words tell all there is to tell.

    A numbered line does where others numbered as deep have something below them.
    """
    depth = len(_depth(lines[at]))
    if not depth:
        return lines[at].heading
    numbered = [i for i, x in enumerate(lines) if x.heading and len(_depth(x)) == depth]
    return any(i + 1 < len(lines) and not lines[i + 1].heading and filled(lines[i + 1].text) for i in numbered)


def _closes(line: Line, depth: tuple[str, ...], after: Line, spec: Spec) -> bool:
    """Whether a line is a heading that ends the (still empty) section of `line`.

    By levels that the source tells, by numbers that follow each other; else only where it is the label of another component
    of the item: under a title stand the agency's name and other lines that look like headings and end nothing.
    """
    if depth and _depth(after)[: len(depth)] == depth:
        return False
    field = as_field(after.bare)
    if (loose(field["label"]) if field else after.loose) in spec.siblings:
        return True
    label = not after.numbered and after.block.kind != "item" and not any(c.isdigit() for c in after.key)
    if label and claimed(after.bare, spec.stems, spec.beside, spec.rivals):
        return True
    if not after.heading:
        return False
    below = _depth(after)
    if depth and below:
        return len(below) == len(depth) and below[:-1] == depth[:-1] and _next_number(depth[-1], below[-1])
    levels = (line.block.level, after.block.level)
    if line.block.kind == after.block.kind == "heading" and min(levels) >= 2 and not depth and not below:
        return levels[1] <= levels[0]
    told = not label and after.block.kind != "heading" and not after.block.bold
    # an entry of a list may begin with such words and go on ("– ผู้เข้าร่วมเห็นชอบ …"): then it is what the list tells
    least = len(after.loose) / 2 if told else 0
    return any(after.loose.startswith(s) for s in spec.siblings if len(s) >= max(6, least))


def _next_number(this: str, following: str) -> bool:
    if this.isdigit() and following.isdigit():
        return int(following) == int(this) + 1
    return not this.isdigit() and not following.isdigit() and this != following


# -------------------------------------------------------------------------------- running text


def _running(line: Line, spec: Spec, found: Findings) -> None:
    for zero in spec.zero_statements:
        if stands_in(zero, line.loose, line.key, ()):
            found.met.append(hit_of("zero", zero, line, shorten(line.text, 260)))
    for statement in spec.statements:
        if stands_in(statement, line.loose, line.key, spec.look_alikes):
            found.met.append(hit_of("statement", statement, line, shorten(line.text, 260)))
    for figure in spec.figures:
        if stands_in(figure, line.loose, line.key, spec.look_alikes) and _number_after(line.loose, figure.loose):
            found.met.append(hit_of("figure", figure, line, shorten(line.text, 260)))
    for wording in spec.contradicted_by:
        field = as_field(line.bare)
        if line.block.kind != "row" and _is_label(wording, field["label"] if field else line.bare):
            found.against.append(hit_of("statement", wording, line, shorten(line.text)))
    named = [w for w in spec.contradicted_by if w.loose in line.loose]
    if len(named) >= _LISTED and not _ELSEWHERE.search(line.clean):
        found.against.append(hit_of("statement", named[0], line, shorten(line.text)))
    for wording in spec.wordings:
        if len(wording.loose) >= 8 and not wording.whole and stands_in(wording, line.loose, line.key, spec.look_alikes):
            found.mentioned.append(hit_of("statement", wording, line, shorten(line.text), 0.5))
            break


def _torn(line: Line, after: Line, spec: Spec, found: Findings) -> None:
    """A statement that runs over two lines: readers of PDF and of pictures cannot always tell that a paragraph goes on."""
    goes_on = not after.numbered and (after.block.kind == "text" or (after.block.kind == "heading" and not after.block.bold))
    if line.block.kind != "text" or not goes_on or after.toc or line.page is not after.page:
        return
    if line.page.method not in ("text-layer", "ocr") or len(line.key) < _WRAPPED:
        return
    both = line.loose + after.loose, line.key + after.key
    quote = joined(line.text[-_HALF:], after.text[:_HALF])
    for zero in spec.zero_statements:
        if _runs_over(zero, line, after, both, ()):
            found.met.append(hit_of("zero", zero, line, quote, 0.9))
    for statement in spec.statements:
        if _runs_over(statement, line, after, both, spec.look_alikes):
            found.met.append(hit_of("statement", statement, line, quote, 0.9))


def _runs_over(wording: Wording, line: Line, after: Line, both: tuple[str, str], alike: Sequence[str]) -> bool:
    return stands_in(wording, *both, alike) and not any(stands_in(wording, x.loose, x.key, alike) for x in (line, after))


def _number_after(text: str, wanted: str) -> bool:
    """Whether a number that is no year follows a wording within 40 letters."""
    start = text.find(wanted)
    while start >= 0:
        after = _YEAR.sub("", text[start + len(wanted) : start + len(wanted) + 60])
        if re.match(r"[^0-9]{0,40}[0-9]", after):
            return True
        start = text.find(wanted, start + 1)
    return False


def _contents(line: Line, spec: Spec, found: Findings) -> None:
    match = label_match(spec, re.sub(r"[.…_\s]+\d*\s*$", "", line.bare), sure=True)
    if match:
        found.contents.append(hit_of("section", match[0], line, shorten(line.text), match[1]))
