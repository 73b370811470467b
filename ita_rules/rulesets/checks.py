"""From what an author writes of a check to the check as resolved: kind, component, inheritance, options, groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

from ita_rules.complaints import Complaint, checked, unknown_word
from ita_rules.model import RuleSource, Severity
from ita_rules.rulesets.kinds import CHOICES, COMMON_KEYS, DETECTORS, OPTIONS, REQUIRED
from ita_rules.rulesets.types import Check, Component, Concept, When, Words
from ita_rules.yamlfile import Place, YamlFile


class CheckSpec(BaseModel):
    """The keys that every check may have, as written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str | None = None
    component: str | None = None
    severity: Severity = Severity.CRITERION
    verified: bool | None = None
    source: str | None = None
    fix: Words | None = None
    asks: Words | None = None
    when: When | None = None
    at_least: int | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What all rule sets share: components, concepts, sources, and the files they were read from."""

    components: Mapping[str, Component]
    concepts: Mapping[str, Concept]
    sources: Mapping[str, RuleSource]
    components_file: YamlFile
    concepts_file: YamlFile


@dataclass(frozen=True, slots=True)
class Owner:
    """The item that a check belongs to, and what it hands down to its checks."""

    item: str
    concept: str
    several: bool
    source: str | None
    verified: bool
    vocabulary: Vocabulary
    complain: Callable[[Complaint], None]

    def check_id(self, key: str) -> str:
        """``ITEM.key``, or ``ITEM.concept.key`` in an item of several concepts."""
        return f"{self.item}.{self.concept}.{key}" if self.several else f"{self.item}.{key}"


def resolve_check(owner: Owner, key: str, spec: Any, yaml: YamlFile, place: Place) -> Check | None:
    """The check `key` of an item, None after complaining where it cannot be one."""
    return _resolve(owner, owner.check_id(key), key, spec, yaml, place)


def _resolve(owner: Owner, check_id: str, key: str, spec: Any, yaml: YamlFile, place: Place) -> Check | None:
    spec = {} if spec is None else spec
    if not isinstance(spec, dict):
        owner.complain(Complaint(str(yaml.path), yaml.line(place), "error.want_group", {"key": key, "got": str(spec)[:80]}))
        return None
    common = {k: v for k, v in spec.items() if k in COMMON_KEYS and k != "any_of"}
    parsed = checked(CheckSpec, common, yaml, place, owner.complain)
    branches = _branches(owner, check_id, spec, yaml, place) if "any_of" in spec else ()
    if parsed is None or branches is None:
        return None
    kind, component = _kind_and_component(owner, key, parsed, branches, yaml, place)
    if kind is None:
        return None
    options = _options(owner, kind, spec, yaml, place)
    if kind == "count":
        options["at_least"] = parsed.at_least or 1
    elif parsed.at_least is not None and not branches:
        owner.complain(Complaint(str(yaml.path), yaml.line((*place, "at_least")), "error.at_least_alone", {"check": check_id}))
    known = owner.vocabulary.components.get(component or "")
    source = _source(owner, parsed, known, yaml, place)
    fix = parsed.fix or (known.fix if known else None) or next((b.fix for b in branches if b.fix), None)
    if fix is None and kind in ("answered", "reachable"):
        fix = owner.vocabulary.concepts[owner.concept].fix
    return Check(
        id=check_id,
        key=key,
        kind=kind,
        concept=owner.concept,
        component=component,
        severity=parsed.severity,
        verified=owner.verified if parsed.verified is None else parsed.verified,
        source=source,
        fix=fix,
        asks=parsed.asks or (known.asks if known else None),
        when=parsed.when,
        options=options,
        any_of=branches,
        at_least=parsed.at_least,
    )


def _branches(owner: Owner, check_id: str, spec: Mapping[str, Any], yaml: YamlFile, place: Place) -> tuple[Check, ...] | None:
    """The branches of a group; None after complaining."""
    listed = spec["any_of"]
    if not isinstance(listed, list) or not listed:
        values = {"key": "any_of", "got": str(listed)[:80]}
        owner.complain(Complaint(str(yaml.path), yaml.line((*place, "any_of")), "error.want_list", values))
        return None
    found: list[Check] = []
    for number, branch in enumerate(listed):
        name = str((branch.get("component") or branch.get("kind")) if isinstance(branch, dict) else number + 1)
        name = f"{name}-{number + 1}" if any(b.key == name for b in found) else name
        check = _resolve(owner, f"{check_id}.{name}", name, branch, yaml, (*place, "any_of", number))
        if check is None:
            return None
        found.append(check)
    return tuple(found)


def _kind_and_component(
    owner: Owner, key: str, parsed: CheckSpec, branches: tuple[Check, ...], yaml: YamlFile, place: Place
) -> tuple[str | None, str | None]:
    """Kind and component: as said, else by the key, else those of the first branch. No kind after complaining."""
    known = owner.vocabulary.components
    kind = parsed.kind or (key if key in OPTIONS else None) or (branches[0].kind if branches else None)
    if kind is None:
        if parsed.component is None:
            owner.complain(unknown_word(yaml, place, "check", key, OPTIONS))
            return None, None
        kind = "component"
    if kind not in OPTIONS:
        owner.complain(unknown_word(yaml, (*place, "kind"), "kind", kind, OPTIONS))
        return None, None
    if kind != "component":
        if parsed.component is not None:
            values = {"check": key, "kind": kind}
            owner.complain(Complaint(str(yaml.path), yaml.line((*place, "component")), "error.component_of_kind", values))
        return kind, None
    component = parsed.component or (key if key in known or not branches else branches[0].component)
    if component not in known:
        at = (*place, "component") if parsed.component else place
        owner.complain(unknown_word(yaml, at, "component", component, known))
        return None, None
    return kind, component


def _source(owner: Owner, parsed: CheckSpec, known: Component | None, yaml: YamlFile, place: Place) -> str | None:
    """The nearest source: check, item, component, concept."""
    sources = owner.vocabulary.sources
    if parsed.source is not None and parsed.source not in sources:
        owner.complain(unknown_word(yaml, (*place, "source"), "source", parsed.source, sources))
    inherited = (known.source if known else None) or owner.vocabulary.concepts[owner.concept].source
    return parsed.source or owner.source or inherited


def _options(owner: Owner, kind: str, spec: Mapping[str, Any], yaml: YamlFile, place: Place) -> dict[str, Any]:
    """The keys that only this kind knows, checked."""
    allowed = OPTIONS[kind]
    options: dict[str, Any] = {}
    for name, value in spec.items():
        if name in COMMON_KEYS:
            continue
        at = (*place, name)
        if name not in allowed:
            owner.complain(unknown_word(yaml, at, "key", name, (*COMMON_KEYS, *allowed)))
        elif allowed[name] == "words":
            if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
                values = {"key": name, "got": str(value)[:80]}
                owner.complain(Complaint(str(yaml.path), yaml.line(at), "error.want_words", values))
                continue
            options[name] = list(value)
            for number, word in enumerate(value):
                if name == "detect" and word not in DETECTORS:
                    owner.complain(unknown_word(yaml, (*at, number), "detector", word, DETECTORS))
                if name == "shares" and word not in owner.vocabulary.components:
                    owner.complain(unknown_word(yaml, (*at, number), "component", word, owner.vocabulary.components))
        elif value in CHOICES[name]:
            options[name] = value
        else:
            owner.complain(unknown_word(yaml, at, "choice", value, CHOICES[name]))
    for name in REQUIRED.get(kind, ()):
        if name not in spec:
            owner.complain(Complaint(str(yaml.path), yaml.line(place), "error.missing_key", {"key": name}))
    return options
