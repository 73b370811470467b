"""What is wrong with a rule set beyond its form: missing or contradictory cases, wordings that two components share, words
that say nothing.

Loading refuses what cannot be understood; lint also refuses what can be understood and would still judge badly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ita_rules.complaints import Complaint
from ita_rules.measures import complaints as measure_complaints
from ita_rules.messages import messages
from ita_rules.rulesets.caseruns import PlacedCase
from ita_rules.rulesets.cases import read_cases
from ita_rules.rulesets.casesense import against_itself, contradictions
from ita_rules.rulesets.everyday import everyday
from ita_rules.rulesets.kinds import OPTIONS
from ita_rules.rulesets.parse import Parsed, parse
from ita_rules.rulesets.shelf import Shelf
from ita_rules.rulesets.types import Check, Component, Item, RuleSet
from ita_rules.rulesets.uncollected import uncollected
from ita_rules.thai.fold import key, loose
from ita_rules.yamlfile import Place, YamlFile

MIN_LETTERS = 3
"""Letters and vowel marks below which a wording means nothing by itself: it would be found everywhere."""

_PHRASES = ("wordings", "statements", "figures")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase by which a component is recognised, and where it stands."""

    component: str
    text: str
    yaml: YamlFile
    place: Place

    @property
    def key(self) -> str:
        """Its looser key."""
        return loose(self.text)

    def complaint(self, message_id: str, **values: object) -> Complaint:
        """A complaint at this phrase."""
        return Complaint(str(self.yaml.path), self.yaml.line(self.place), message_id, {"wording": self.text, **values})


def lint(ruleset_id: str, folder: Path, shelf: Shelf | None = None) -> list[Complaint]:
    """Every complaint about a rule set of the rules in `folder`, in the order of files and lines.

    Whoever lints several hands the same `shelf` of the folder to each, so that files are read once.
    """
    with uncollected():
        return _lint(ruleset_id, folder, shelf or Shelf(folder))


def _lint(ruleset_id: str, folder: Path, shelf: Shelf) -> list[Complaint]:
    parsed = parse(ruleset_id, folder, shelf)
    found = list(parsed.complaints)
    if parsed.ruleset is not None:
        for item in parsed.ruleset.items:
            for check in item.checks:
                found += _check(check, parsed)
            found += _shared_wordings(item, parsed)
        found += _empty_words(parsed, shelf)
        found += _measures(parsed, folder)
        found += _cases(parsed.ruleset, shelf, parsed)
    once: list[Complaint] = []
    for complaint in found:
        if complaint not in once:
            once.append(complaint)
    return sorted(once, key=lambda c: (c.file, c.line))


def _measures(parsed: Parsed, folder: Path) -> list[Complaint]:
    """What the measures of the papers name must be known to the rules."""
    assert parsed.vocabulary is not None
    vocabulary = parsed.vocabulary
    known = {
        "component": vocabulary.components,
        "concept": vocabulary.concepts,
        "kind": OPTIONS,
        "source": vocabulary.sources,
    }
    return measure_complaints(folder, known)


def _check(check: Check, parsed: Parsed) -> Iterator[Complaint]:
    """A check must say how to mend a gap (itself, or its kind's own sentence) and where it comes from."""
    yaml, place = parsed.places[check.id]
    at = (str(yaml.path), yaml.line(place))
    if check.fix is None and f"check.{check.kind}.fix" not in messages("th"):
        yield Complaint(*at, "error.check_without_fix", {"check": check.id})
    if check.source is None:
        yield Complaint(*at, "error.check_without_source", {"check": check.id})


def _cases(ruleset: RuleSet, shelf: Shelf, parsed: Parsed) -> list[Complaint]:
    """Each item needs evidence that passes and evidence that has a gap, or nobody knows what it does."""
    found: list[Complaint] = []
    placed = read_cases(ruleset, shelf.folder, found.append, shelf)
    of_item: dict[str, list[PlacedCase]] = {}
    for one in placed:
        of_item.setdefault(one.item, []).append(one)
    for item in ruleset.items:
        own = of_item.get(item.id, [])
        for outcome in ("passes", "gaps"):
            if not any(p.outcome == outcome for p in own):
                file = str(parsed.item_files[item.id].path)
                found.append(Complaint(file, 1, f"error.item_without_{outcome}", {"item": item.id}))
        found += (c for p in own for c in against_itself(item, p))
        found += contradictions(own)
    return found


def _empty_words(parsed: Parsed, shelf: Shelf) -> Iterator[Complaint]:
    """Phrases that say nothing by themselves, in the vocabulary (looked through once for all rule sets) and in items."""
    assert parsed.vocabulary is not None
    assert parsed.ruleset is not None
    if shelf.empty_words is None:
        shelf.empty_words = tuple(
            complaint
            for component in parsed.vocabulary.components.values()
            for phrase in _phrases(component, None, parsed)
            for complaint in _if_empty(phrase, component.look_alikes)
        )
    yield from shelf.empty_words
    for item in parsed.ruleset.items:
        for check in _components_of(item.checks):
            known = parsed.vocabulary.components[check.component or ""].look_alikes
            for phrase in _phrases(None, check, parsed):
                yield from _if_empty(phrase, (*known, *check.options.get("look_alikes", ())))


def _if_empty(phrase: _Phrase, look_alikes: Iterable[str]) -> Iterator[Complaint]:
    """A complaint where a phrase says nothing by itself: too short, or a word that every paper has."""
    if phrase.text.startswith("="):
        return
    if len(key(phrase.text)) < MIN_LETTERS:
        yield phrase.complaint("error.wording_short", least=MIN_LETTERS)
    elif word := everyday(phrase.text, look_alikes):
        yield phrase.complaint("error.wording_common", word=word)


def _components_of(checks: Iterable[Check]) -> Iterator[Check]:
    """Every check on a component, those within groups too."""
    for check in checks:
        if check.any_of:
            yield from _components_of(check.any_of)
        elif check.kind == "component":
            yield check


def _phrases(
    component: Component | None, check: Check | None, parsed: Parsed, names: Sequence[str] = _PHRASES
) -> Iterator[_Phrase]:
    """The phrases of a vocabulary entry, or those that an item's check adds."""
    assert parsed.vocabulary is not None
    if component is not None:
        for name in names:
            for number, text in enumerate(getattr(component, name)):
                place = (component.id, name, number)
                yield _Phrase(component.id, text, parsed.vocabulary.components_file, place)
    if check is not None and check.id in parsed.places:
        yaml, at = parsed.places[check.id]
        for name in names:
            for number, text in enumerate(check.options.get(name, ())):
                yield _Phrase(check.component or "", text, yaml, (*at, name, number))


def _shared_wordings(item: Item, parsed: Parsed) -> Iterator[Complaint]:
    """Wordings of one component that are also another's of the same concept of the item.

    A shorter wording inside a longer one of another component is no fault: the longer one has the label when a site is judged.
    Alternatives of one group are not compared, since either of them meets the condition.
    """
    assert parsed.vocabulary is not None
    known = parsed.vocabulary.components
    groups = [(number, check, list(_components_of([check]))) for number, check in enumerate(item.checks)]
    flat = [(number, group.concept, check) for number, group, checks in groups for check in checks]
    keys = {check.id: _by_key(check, known, parsed) for _, _, check in flat} if len(flat) > 1 else {}
    for n, concept, one in flat:
        for m, other_concept, other in flat:
            if n >= m or concept != other_concept or one.component == other.component or _share(one, other):
                continue
            if keys[one.id].keys().isdisjoint(keys[other.id]):
                continue
            for mine in _wordings(one, known, parsed):
                if mine.key in keys[other.id]:
                    longer = keys[other.id][mine.key]
                    values = {"component": one.component, "other": other.component, "longer": longer, "item": item.id}
                    yield mine.complaint("error.wording_shared", **values)


def _share(one: Check, other: Check) -> bool:
    """Whether one of two checks says that the same headings answer both."""
    return other.component in one.options.get("shares", ()) or one.component in other.options.get("shares", ())


def _wordings(check: Check, known: Mapping[str, Component], parsed: Parsed) -> list[_Phrase]:
    """Vocabulary's and item's wordings of a component check."""
    names = ("wordings",)
    return [*_phrases(known[check.component or ""], None, parsed, names), *_phrases(None, check, parsed, names)]


def _by_key(check: Check, known: Mapping[str, Component], parsed: Parsed) -> Mapping[str, str]:
    """The wordings of a component check by their looser keys."""
    of_all = _folded(known[check.component or ""].wordings)
    own = check.options.get("wordings", ()) if check.id in parsed.places else ()
    return {**of_all, **_folded(tuple(own))} if own else of_all


@lru_cache(maxsize=512)
def _folded(words: tuple[str, ...]) -> Mapping[str, str]:
    """Some words by their looser keys: a component's are the same in every item and year."""
    return {loose(word): word for word in words}
