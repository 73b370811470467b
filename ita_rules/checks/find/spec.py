"""A component's wordings, folded once, and how well a label bears one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ita_rules.checks.find.composed import Parts, claimed, composed
from ita_rules.rulesets.kinds import COMPONENT_LISTS
from ita_rules.rulesets.types import Check, Component, Item
from ita_rules.thai.fold import key, loose

_WHOLE = 0.95  # how well a label bears a wording from which on it is that and nothing else
_COMPOSED = 0.86  # how well a label made of stems bears the component
_USUAL = (
    "results",
    "problems",
    "suggestions",
    "spending",
    "progress",
    "projects",
    "budget",
    "duration",
    "owner",
    "follow-up",
    "goals",
)
"""Components that stand in papers on anything, so that a label may name them beside its own, whether they are asked or not."""

_JOINED_BY = ("และ", "หรือ", "ตลอดจน", "รวมทั้ง", "รวมถึง")
_GAP = 40  # letters that ``…`` in a statement may stand for


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording as the vocabulary writes it, with its keys. Short ones (under 6 letters) are compared by the stricter key.

    `pattern` is set where the wording has ``…`` in it: its parts, of which `first` is the first (loose), then stand in order,
    at most 40 letters apart.
    `whole` is set where it is written with ``=`` before it: then it is a label only by itself ("ผล", "ระดับ"). `strict` tells
    that only the stricter key counts.
    """

    text: str
    loose: str
    key: str
    pattern: re.Pattern[str] | None = None
    whole: bool = False
    first: str = ""
    strict: bool = field(init=False)

    def __post_init__(self) -> None:
        # asked of every wording in every line: counted once
        object.__setattr__(self, "strict", len(self.loose) < 6)


@dataclass(frozen=True, slots=True)
class Spec:
    """What a component check looks for. `siblings` are the loose wordings of the item's other components, `hints` the
    loose stems that make an unknown label suspicious; of `stems` and `beside` a label may be made, and of
    those of `rivals` labels of the item's other components (`find.composed`). Labels name what is of `company` beside it;
    `others` are both. `begins` is how a label that names several things begins, if not with the component. `cores` gives, of a
    folded word that holds a shorter one, that word: where it does not stand, the longer one does not."""

    component: str
    wordings: tuple[Wording, ...]
    statements: tuple[Wording, ...]
    figures: tuple[Wording, ...]
    detect: tuple[str, ...]
    look_alikes: tuple[str, ...]
    contradicted_by: tuple[Wording, ...]
    zero: frozenset[str]
    zero_statements: tuple[Wording, ...]
    title_counts: bool = False
    siblings: frozenset[str] = frozenset()
    hints: tuple[str, ...] = ()
    stems: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    rivals: frozenset[Parts] = frozenset()
    company: frozenset[Parts] = frozenset()
    cores: Mapping[str, str] = field(default_factory=dict, compare=False)
    others: frozenset[Parts] = field(init=False)
    begins: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "others", self.rivals | self.company)
        object.__setattr__(self, "begins", (*_JOINED_BY, *self.siblings))


def _fold(words: Iterable[str]) -> tuple[Wording, ...]:
    made = (_wording(w) for w in words if loose(w))
    unique = {w.loose: w for w in made}
    return tuple(sorted(unique.values(), key=lambda w: (-len(w.loose), w.loose)))


def _wording(words: str) -> Wording:
    parts = [loose(p) for p in re.split(r"…|\.\.\.", words) if loose(p)]
    gapped = re.compile(f".{{0,{_GAP}}}".join(map(re.escape, parts))) if len(parts) > 1 else None
    return Wording(words.removeprefix("="), loose(words), key(words), gapped, words.startswith("="), parts[0])


def _spec(
    component: Component,
    more: tuple[tuple[str, tuple[str, ...]], ...],
    rivals: tuple[str, ...],
    others: tuple[Component, ...],
    usual: tuple[Component, ...],
) -> Spec:
    extra = dict(more)

    def words(name: str) -> tuple[str, ...]:
        own: tuple[str, ...] = getattr(component, name)
        return own + extra.get(name, ())

    own = _fold(words("wordings"))
    longer = {r for r in map(loose, rivals) if any(w.loose in r and w.loose != r for w in own)} - {w.loose for w in own}
    made = Spec(
        component.id,
        own,
        _fold(words("statements")),
        _fold(words("figures")),
        words("detect"),
        tuple(sorted({f(a) for a in words("look_alikes") for f in (loose, key)} | longer, key=lambda a: (-len(a), a))),
        _fold(words("contradicted_by")),
        frozenset(key(z) for z in words("zero") if key(z)) | frozenset(z.strip() for z in words("zero") if not key(z)),
        _fold(words("zero_statements")),
        component.title_counts,
        frozenset(loose(r) for r in rivals if len(loose(r)) >= 4) - {w.loose for w in own},
        tuple(sorted({loose(h) for h in component.hints if loose(h)})),
        _parts(component).stems,
        _parts(component).beside,
        frozenset(_parts(other) for other in others if other.stems),
        frozenset(_parts(other) for other in usual if other.stems),
    )
    return replace(made, cores=_cores(made))


def _cores(spec: Spec) -> dict[str, str]:
    """Of the folded words that are sought for a component, those that hold a shorter one of them, with that one."""
    groups = (spec.wordings, spec.statements, spec.figures, spec.zero_statements, spec.contradicted_by)
    words = {folded for group in groups for w in group for folded in (w.loose, w.key, w.first)}
    found: dict[str, str] = {}
    shortest: list[str] = []
    for word in sorted(words.union(spec.stems, spec.look_alikes) - {""}, key=lambda w: (len(w), w)):
        core = next((c for c in shortest if c in word), None)
        if core is None:
            shortest.append(word)
        else:
            found[word] = core
    return found


def _parts(component: Component) -> Parts:
    return _folded(component.stems, component.beside)


@lru_cache(maxsize=1_000)
def _folded(stems: tuple[str, ...], beside: tuple[str, ...]) -> Parts:
    """The parts of labels, folded: those of a component are asked for by all that may stand beside it."""
    return Parts(frozenset(filter(None, map(loose, stems))), frozenset(filter(None, map(loose, beside))))


def _more(check: Check) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, tuple(check.options[name])) for name in COMPONENT_LISTS if check.options.get(name))


_MOST_KNOWN = 4_000  # specs of one vocabulary: a rule set asks for two hundred
_known: list[tuple[Mapping[str, Component], dict[tuple[int, ...], tuple[tuple[Check, ...], Spec]]]] = []


def spec_of(components: Mapping[str, Component], item: Item, check: Check) -> Spec:
    """What a check looks for, made once for as long as the same vocabulary is asked: the vocabulary's words and those that the
    check adds.

    Of two components of one item the longer wording has a label: what another component's longer wording says is blotted out
    like a look-alike ("มาตรการควบคุมความเสี่ยง" is no "ความเสี่ยง").
    """
    made = _made_of(components)
    checks = (check, *item.checks)
    known = made.get(place := tuple(map(id, checks)))
    if known is None:
        if len(made) >= _MOST_KNOWN:
            made.clear()
        known = made[place] = checks, _spec_of(components, item, check)  # with the checks, so that their ids stay theirs
    return known[1]


def _made_of(components: Mapping[str, Component]) -> dict[tuple[int, ...], tuple[tuple[Check, ...], Spec]]:
    """The specs of a vocabulary; those of the two that were asked for last are kept."""
    for known, made in _known:
        if known is components:
            return made
    _known.insert(0, (components, {}))
    del _known[2:]
    return _known[0][1]


def _spec_of(components: Mapping[str, Component], item: Item, check: Check) -> Spec:
    name = check.component or check.key
    others = [c for one in item.checks for c in (one, *one.any_of) if c.kind == "component" and (c.component or c.key) != name]
    rivals = [w for c in others for w in (*components[c.component or c.key].wordings, *c.options.get("wordings", ()))]
    apart = {id: components[id] for c in others if (id := c.component or c.key) not in check.options.get("shares", ())}
    usual = tuple(components[id] for id in _USUAL if id in components and id != name and id not in apart)
    return _spec(components[name], _more(check), tuple(sorted(set(rivals))), tuple(apart.values()), usual)


def others_of(components: Mapping[str, Component], item: Item, check: Check) -> tuple[tuple[Spec, ...], tuple[Spec, ...]]:
    """What the item's other component checks look for, with the components that stand in papers on anything; and all others.
    What the check itself looks for is in neither."""
    name = check.component or check.key
    asked = [c for one in item.checks for c in (one, *one.any_of) if c.kind == "component" and (c.component or c.key) != name]
    near = {c.component or c.key for c in asked} | {name}
    usual = [id for id in _USUAL if id in components and id not in near]
    rest = [id for id in components if id not in near and id not in usual]
    plain = {id: _spec(components[id], (), (), (), ()) for id in (*usual, *rest)}
    return (*(spec_of(components, item, c) for c in asked), *(plain[id] for id in usual)), tuple(plain[id] for id in rest)


def without(folded: str, look_alikes: Iterable[str], keep: str = "") -> str:
    """A folded text with look-alike phrases blotted out (but not those that are part of the wording itself)."""
    for alike in look_alikes:
        if alike and alike in folded and alike not in keep:
            folded = folded.replace(alike, "\x00")
    return folded


_IN_BRACKETS = re.compile(r"\([^)]*\)")


def label_match(spec: Spec, label: str, *, sure: bool, folded: tuple[str, str] | None = None) -> tuple[Wording, float] | None:
    """The wording that a label (a heading, a column's head, a field's name) bears, and how well (0-1).

    `sure` says that the source itself marks it as a label: then a wording inside a longer label counts too. `folded` is the label
    by `loose` and by `key`, where that is known.
    """
    folded_loose, folded_key = folded or (loose(label), key(label))
    if not folded_loose:
        return None
    best: tuple[Wording, float] | None = None
    for wording in spec.wordings:
        wanted = wording.key if wording.strict else wording.loose
        whole = folded_key if wording.strict else folded_loose
        if wanted not in whole:  # most wordings stand in no label: the look-alikes need not be tried
            continue
        have = without(whole, spec.look_alikes, wanted)
        if wanted not in have:
            continue
        share = len(wanted) / max(1, len(whole))
        if wording.whole and key(_IN_BRACKETS.sub("", label)) != wording.key:
            continue
        if wording.whole:
            share = 1.0
        if share >= 0.95:
            quality = 1.0
        elif len(wanted) < 4:
            continue  # a word of three letters is a label only by itself
        elif have.startswith(wanted) and (share >= 0.4 or sure):
            quality = 0.93
        elif have.endswith(wanted) and (share >= 0.5 or (sure and len(wanted) >= 4)):
            quality = 0.9
        elif share >= 0.55 or (sure and len(wanted) >= 6):
            quality = 0.82
        elif _combined(spec, folded_loose, wording):
            quality = 0.88
        else:
            continue
        if wording.key not in folded_key:
            quality -= 0.04
        if best is None or quality > best[1]:
            best = (wording, round(quality, 3))
    if best is not None and best[1] < _WHOLE and spec.stems and claimed(label, spec.stems, spec.beside, spec.rivals):
        return None
    if (
        best is None
        and spec.stems
        and composed(label, spec.stems, spec.beside, spec.siblings, spec.look_alikes, spec.others, (folded_loose, folded_key))
    ):
        return Wording(label.strip(), folded_loose, folded_key), _COMPOSED
    return best


_JOINTS = re.compile("|".join(_JOINED_BY))


def _combined(spec: Spec, folded: str, wording: Wording) -> bool:
    """Whether a label names several components of the item and nothing else ("ปัญหา อุปสรรค และข้อเสนอแนะ")."""
    if not folded.startswith(spec.begins) and not folded.startswith(wording.loose):
        return False
    rest = folded.replace(wording.loose, " ")
    for other in sorted((s for s in spec.siblings if s in folded), key=len, reverse=True):
        rest = rest.replace(other, " ")
    return not loose(_JOINTS.sub("", rest))


def stands_in(wording: Wording, folded_loose: str, folded_key: str, look_alikes: Iterable[str]) -> bool:
    """Whether a wording stands in a folded text outside its look-alikes."""
    if wording.pattern is not None:
        return bool(wording.pattern.search(without(folded_loose, look_alikes, wording.loose)))
    if wording.strict:
        return wording.key in folded_key and wording.key in without(folded_key, look_alikes, wording.key)
    return wording.loose in folded_loose and wording.loose in without(folded_loose, look_alikes, wording.loose)
