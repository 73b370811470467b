"""Which item a few words speak of: links, headings, rows, file names and document covers against the concepts' titles.

Where code and title disagree the title tells, and of several concepts that share words the one whose title says most wins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from rapidfuzz import process
from rapidfuzz.distance import Indel

from ita_rules.locate.signs import Signs
from ita_rules.rulesets.types import Item, RuleSet
from ita_rules.run.links import Stem
from ita_rules.run.types import Link
from ita_rules.thai.codes import code_in
from ita_rules.thai.fold import clean, loose
from ita_rules.thai.generic import is_generic
from ita_rules.thai.periods import mentions

_STEPS = frozenset(
    loose(w)
    for w in (
        "ก่อนหน้า ถัดไป หน้าก่อนหน้า หน้าถัดไป ข้อก่อนหน้า ข้อถัดไป ก่อนหน้านี้ บทความก่อนหน้า บทความถัดไป เรื่องก่อนหน้า เรื่องถัดไป "
        "ย้อนกลับ กลับ กลับหน้าแรก กลับหน้าหลัก กลับสู่หน้าหลัก กลับสู่หน้าแรก กลับหน้าเดิม หน้าแรก หน้าหลัก "
        "previous prev next back home older newer previouspost nextpost"
    ).split()
)
_LONGEST_STEP = 40
_YEAR = re.compile(r"(?:พศ)?25[0-9]{2}")
_LEAF = re.compile(r"(?i)[?&](?:page|paged|pg|pageno|start|limitstart|offset|per_page|p)=[0-9]|/page/?[0-9]")
_YEAR_WORDS = re.compile(
    r"(?:\(?\s*(?:ประจำ)?(?:ปี)?\s*(?:งบประมาณ)?\s*(?:พ\s*\.?\s*ศ\s*\.?)?\s*(?:25|20)[0-9]{2}(?:\s*[-–]\s*(?:25|20)?[0-9]{2})?\s*\)?)"
)
STRONG, WEAK = 0.75, 0.45
_NEAR, _NEAR_MARGIN, _NEAR_LETTERS = 0.83, 0.07, 18  # likeness of near titles (0-1), its lead over the next item, letters
_LEAST_PART = 8  # letters of a wording that may stand for a longer title of which it is a part
_MEANT, _LEAST_MEANT = 0.8, 4  # how well words name what they mean by their stems; letters of such words
_SHORT_WORD = 6  # letters below which a Latin title must be a word by itself ("LINE" is no part of "guideline")
_LATIN = re.compile("[a-z0-9]+")
_WHOLE = 0.9  # of some words that a title must make to be all that they say
_NONE: frozenset[int] = frozenset()
_LONG = 220  # letters above which some words are a text (or a whole page's layout), not a name
_LONG_AROUND = 130  # the same for a row, cell or heading around a link
_SHORT_HEADING = 24  # letters of a heading that is read together with what stands below it, at most


def link_code(link: Link | Stem) -> int | None:
    """The O-code beside a link: in its row's cells, its own words, its row, or the heading above."""
    for text in (*link.cells, link.text, link.row[:60], link.heading):
        code = code_in(text)
        if code is not None and 1 <= code <= 60:
            return code
    return None


def is_step(link: Link | Stem) -> bool:
    """Whether a link only leads on or back in a row of pages (ถัดไป, ย้อนกลับ); the next leaf of one list is no such step."""
    return _says_step(link.text) and not _LEAF.search(link.url)


@lru_cache(maxsize=4096)
def _says_step(words: str) -> bool:
    return len(words) <= _LONGEST_STEP and loose(re.sub(r"[«»‹›<>←→|]+", "", words)) in _STEPS


@lru_cache(maxsize=2048)
def file_words(url: str) -> str:
    """The words of a file name in an address, blanks in place of marks; ``""`` for names that are only numbers."""
    name = unquote(urlsplit(url).path.rsplit("/", 1)[-1])
    name = re.sub(r"\.[A-Za-z0-9]{2,5}$", "", name)
    words = re.sub(r"[_+.\-]+", " ", name)
    return words if re.search(r"[ก-๙A-Za-z]{3}", words) else ""


def _grams(text: str) -> set[str]:
    return {text[i : i + 3] for i in range(len(text) - 2)}


class Titles:
    """The titles of all items of a rule set, folded once."""

    def __init__(self, ruleset: RuleSet) -> None:
        self._titles: dict[str, list[tuple[str, str]]] = {}
        self._look_alikes: dict[str, list[str]] = {}
        self._item_of: dict[str, str] = {}
        for item in ruleset.items:
            for concept, titles in item.titles.items():
                self._item_of[concept] = item.id
                words = {loose(t) for t in titles}
                self._titles[concept] = sorted(((w, concept) for w in words if len(w) >= 3), key=lambda p: (-len(p[0]), p[0]))
                alike = ruleset.concepts[concept].look_alikes if concept in ruleset.concepts else ()
                self._look_alikes[concept] = [loose(a) for a in alike]
        long = [(word, concept) for titles in self._titles.values() for word, concept in titles if len(word) >= _NEAR_LETTERS]
        self._long = [word for word, _ in long]
        self._long_of = [concept for _, concept in long]
        self._concepts = list(self._titles)
        self._signs = Signs(ruleset.concepts)
        self._index()
        self.scores = lru_cache(maxsize=4096)(self._scores)
        self._titled = lru_cache(maxsize=2048)(self._by_titles)
        self._link_scores = lru_cache(maxsize=1024)(self._of_link)

    def _index(self) -> None:
        """Note by which three letters each title can be found, so that a text is not compared with all of them."""
        self._holding: dict[str, set[int]] = {}
        self._rare: dict[str, set[int]] = {}
        titles = [(number, _grams(t)) for number, concept in enumerate(self._concepts) for t, _ in self._titles[concept]]
        for number, grams in titles:
            for gram in grams:
                self._holding.setdefault(gram, set()).add(number)
        for number, grams in titles:
            gram = min(grams, key=lambda g: (len(self._holding[g]), g))
            self._rare.setdefault(gram, set()).add(number)

    def _perhaps(self, folded: str, plain: str) -> list[str]:
        """The concepts of which a title may be a part of `folded`, or have `plain` as a part, in their order."""
        found: set[int] = set()
        grams = _grams(folded)
        for gram in grams & self._rare.keys():
            found |= self._rare[gram]
        if len(plain) >= _LEAST_PART:
            found |= min((self._holding.get(gram, _NONE) for gram in (grams if plain == folded else _grams(plain))), key=len)
        return [self._concepts[number] for number in sorted(found)]

    def _scores(self, text: str) -> Mapping[str, float]:
        """How well a text names each concept, 0-1; only the concepts that it names about as well as the best one.

        What the text means as a whole outweighs a title that is only a part of it ("รายงานผลตามแผนปฏิบัติการ…" is no plan).
        """
        titled = self._titled(text)
        found = {concept: score for concept, (score, _) in titled.items()}
        plain = loose(_YEAR_WORDS.sub(" ", clean(text)))
        meant = self._signs.named(plain) if len(plain) >= _LEAST_MEANT else ""
        if meant not in self._titles:
            return found
        letters = max((letters for _, letters in titled.values()), default=0)
        # a title that holds a year's words is measured with them
        whole = letters >= _WHOLE * (len(plain) if letters <= len(plain) else len(loose(text)))
        if whole and max(found.values()) >= STRONG:
            return found
        return {meant: max(_MEANT, found.get(meant, 0.0))}

    def _by_titles(self, text: str) -> dict[str, tuple[float, int]]:
        """How well the titles in a text name each concept, with the letters of the title that does it best."""
        folded = loose(text)
        if not 3 <= len(folded) <= _LONG:
            return {}
        has_year = _YEAR.search(folded) or _YEAR_WORDS.search(clean(text))
        plain = loose(_YEAR_WORDS.sub(" ", clean(text))) if has_year else folded
        words = set(_LATIN.findall(clean(text).lower()))
        found: dict[str, tuple[float, int]] = {}
        parts: set[str] = set()
        for concept in self._perhaps(folded, plain):
            titles = self._titles[concept]
            best = (0.0, 0)
            whole = False
            for title, _ in titles:
                if title in folded and not (len(title) < _SHORT_WORD and title.isascii() and title not in words):
                    share = len(title) / len(folded)
                    score = 0.7 + 0.3 * min(1.0, share * 1.5) if len(title) >= 6 else 0.5 + 0.5 * (share > 0.6)
                    if share < 0.25 and not folded.startswith(title):
                        score = 0.5  # one of many things that the words name
                    best = max(best, (score, len(title)))
                    whole = True
                elif len(plain) >= _LEAST_PART and plain in title and len(plain) >= 0.55 * len(title):
                    best = max(best, (0.45 + 0.35 * len(plain) / len(title), len(plain)))
            if best[0] and not any(
                a in folded and not any(a in t for t, _ in titles if t in folded) for a in self._alike(concept)
            ):
                found[concept] = best
                if not whole:
                    parts.add(concept)
        if not found:
            near = self._near(plain) or (self._near(_YEAR.sub("", folded)) if has_year else {})
            return {concept: (score, len(plain)) for concept, score in near.items()}
        if len(parts) < len(found):
            # words that bear a whole title do not mean the longer titles that they are a part of
            found = {
                c: f for c, f in found.items() if c not in parts or all(f[1] > n for o, (_, n) in found.items() if o not in parts)
            }
        elif len({self._item_of[c] for c in parts}) > 1:
            found = {c: (0.8 * s, n) for c, (s, n) in found.items()}  # a part of several items' titles is the name of none
        longest = max(n for _, n in found.values())
        return {c: (round(s, 3), n) for c, (s, n) in found.items() if n >= 0.8 * longest}

    def _near(self, plain: str) -> Mapping[str, float]:
        """The one concept whose title a longer wording is very near to, letter by letter (a word more or less); else none."""
        if not _NEAR_LETTERS <= len(plain) <= _LONG_AROUND:
            return {}
        best: dict[str, tuple[float, str]] = {}
        for _, alike, place in process.extract(
            plain, self._long, scorer=Indel.normalized_similarity, limit=20, score_cutoff=_NEAR - _NEAR_MARGIN
        ):
            concept = self._long_of[place]
            if not any(a in plain for a in self._alike(concept)):
                best[self._item_of[concept]] = max(best.get(self._item_of[concept], (0.0, "")), (alike, concept))
        ranked = sorted(best.values(), reverse=True)
        if not ranked or ranked[0][0] < _NEAR or (len(ranked) > 1 and ranked[1][0] > ranked[0][0] - _NEAR_MARGIN):
            return {}
        return {ranked[0][1]: round(0.65 * ranked[0][0], 3)}

    def _alike(self, concept: str) -> Sequence[str]:
        return self._look_alikes.get(concept, ())

    def score(self, text: str, item: Item) -> float:
        """How well a text names an item (its best concept), 0-1; 0 when another concept is meant more plainly."""
        if not text.strip():
            return 0.0
        scores = self.scores(text)
        return max((scores.get(c, 0.0) for c in item.concepts), default=0.0)

    def listed_score(self, text: str, item: Item) -> float:
        """How well a text names an item by the listed titles alone: of running text, where stems of a meaning stand anyway."""
        titled = self._titled(text) if text.strip() else {}
        return max((titled.get(c, (0.0, 0))[0] for c in item.concepts), default=0.0)

    def link_scores(self, link: Link | Stem) -> Mapping[str, float]:
        """How well a link names each concept: by its own words, else by its file name, the row and the heading around it."""
        return self._link_scores(link.text, link.url, link.cells, link.row, link.heading)

    def _of_link(self, text: str, url: str, cells: tuple[str, ...], row: str, heading: str) -> dict[str, float]:
        own = {} if is_generic(text) else self.scores(text)
        if own:
            return self._under(heading, [(text, 1.0)], own)
        beside = [(cell, 0.9) for cell in cells] or [(row, 0.8)]
        found = self._said(beside)
        more = self._said([(file_words(url), 0.95), (heading, 0.75)])
        if max(found.values(), default=0.0) >= STRONG * beside[0][1]:
            # what a reader sees beside a link tells more than its slug, or than a heading over several things
            more = {c: s for c, s in more.items() if c in found}
        found = {c: max(found.get(c, 0.0), more.get(c, 0.0)) for c in {**found, **more}}
        return self._under(heading, beside, found)

    def _said(self, texts: Sequence[tuple[str, float]]) -> dict[str, float]:
        """How well some texts around a link name each concept, weighed (0-1); what is too long for a name is left out."""
        found: dict[str, float] = {}
        for words, weight in texts:
            for concept, score in self.scores(words).items() if len(loose(words)) <= _LONG_AROUND else ():
                found[concept] = max(found.get(concept, 0.0), round(weight * score, 3))
        return found

    def _under(self, heading: str, texts: Sequence[tuple[str, float]], found: Mapping[str, float]) -> dict[str, float]:
        """What some words name below a short heading that names nothing itself, read with them ("สถิติ", then "เรื่องร้องเรียน …"),
        beside what was `found`."""
        named = dict(found)
        if not found or not 3 <= len(loose(heading)) <= _SHORT_HEADING or self.scores(heading):
            return named
        for words, weight in texts:
            alone = self._titled(words)
            for concept, (score, _) in self._titled(f"{heading} {words}").items() if len(loose(words)) <= _LONG_AROUND else ():
                if score >= STRONG and score > alone.get(concept, (0.0, 0))[0]:
                    named[concept] = max(named.get(concept, 0.0), round(weight * score, 3))
        return named

    def items_named(self, link: Link | Stem, least: float) -> set[str]:
        """The ids of the items that a link names at least so well."""
        return {self._item_of[c] for c, score in self.link_scores(link).items() if score >= least}

    def link_score(self, link: Link, item: Item) -> float:
        """How well a link names an item, 0-1."""
        scores = self.link_scores(link)
        return max((scores.get(c, 0.0) for c in item.concepts), default=0.0)


_known: list[tuple[RuleSet, Titles]] = []


def titles_of(ruleset: RuleSet) -> Titles:
    """The titles of a rule set, folded once for as long as the same rule set is asked for; what they judged is remembered."""
    for known, titles in _known:
        if known is ruleset:
            return titles
    _known.insert(0, (ruleset, Titles(ruleset)))
    del _known[2:]
    return _known[0][1]


def years_in(*texts: str) -> set[int]:
    """The fiscal years (B.E.) that some words name."""
    return {year for text in texts for m in mentions(text) for year in m.years}
