"""The catalogue mechanism: loads the sentences of a language and fills their places.

A wrong id or a missing value is a fault of ours that tests catch; in front of a user it must not raise. `say` then
falls back to the other language, and at last to the id itself.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from importlib import resources
from pathlib import Path

from ita_rules.errors import ItaRulesError
from ita_rules.messages.wording import VALUE_LIMIT, clean
from ita_rules.yamlfile import load_yaml_text

logger = logging.getLogger(__name__)

LANGUAGES: tuple[str, ...] = ("th", "en")
"""The languages that have a catalogue; the first is the one when nothing is asked."""

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_HTTP_CAUSE = re.compile(r"http_([345])\d\d")
_NO_VALUE = "–"


class Catalogue:
    """The sentences of one language.

    `sentences` maps an id such as ``check.component.gap`` to a sentence with ``{places}``; `other` is the catalogue
    that is asked when an id is missing here.
    """

    def __init__(self, lang: str, sentences: Mapping[str, str], other: Catalogue | None = None) -> None:
        self.lang = lang
        self._sentences = sentences
        self._other = other

    def __contains__(self, message_id: object) -> bool:
        return message_id in self._sentences

    def ids(self) -> frozenset[str]:
        """Every id of this language."""
        return frozenset(self._sentences)

    def places(self, message_id: str) -> frozenset[str]:
        """The places of a sentence, for instance ``{"found", "asked"}``; empty for an unknown id."""
        return frozenset(_PLACE.findall(self._sentences.get(message_id, "")))

    def say(self, message_id: str, /, **values: object) -> str:
        """The sentence `message_id` with its places filled by cleaned `values`. Never raises.

        A value may be text, a number, or a list of them (shown with commas). A place without a value shows a dash.
        """
        sentence = self._sentences.get(message_id)
        if sentence is None:
            logger.warning("no sentence %r in %r", message_id, self.lang)
            return self._other.say(message_id, **values) if self._other is not None else clean(message_id, VALUE_LIMIT)
        return _PLACE.sub(lambda place: _words(values.get(place.group(1))), sentence)

    def cause(self, cause: str | None) -> str:
        """A cause of CONTRACT as a sentence; ``http_503`` is said as ``http_5xx``, an unknown one by its name."""
        return self._say_cause(cause, "")

    def who(self, cause: str | None) -> str:
        """Who must act on a cause, and how."""
        return self._say_cause(cause, ".who")

    def day(self, iso: str) -> str:
        """An ISO 8601 day as people write it: ``30 เมษายน 2566`` (B.E.), ``30 April 2023`` (A.D.); else the text, cleaned."""
        try:
            day = date.fromisoformat(iso[:10])
        except ValueError:
            return clean(iso, 40)
        year = day.year + int(self.say("date.years_after_ad"))
        return self.say("date.day", day=day.day, month=self.say(f"date.month.{day.month}"), year=year)

    def time(self, iso: str) -> str:
        """An ISO 8601 time as people write it, to the minute and in its own offset: ``30 เมษายน 2566 เวลา 02:00 น.``"""
        try:
            moment = datetime.fromisoformat(iso)
        except ValueError:
            return clean(iso, 40)
        return self.say("date.time", day=self.day(iso), clock=f"{moment:%H:%M}")

    def error(self, error: ItaRulesError) -> str:
        """An error that this project raises on purpose, as a sentence."""
        if error.message_id not in self and f"cause.{error.message_id}" in self:
            return self.cause(error.message_id)
        message_id = error.message_id if error.message_id in self else f"error.{error.message_id}"
        return self.say(message_id, **dict(error.values))

    def _say_cause(self, cause: str | None, suffix: str) -> str:
        name = cause or ""
        if f"cause.{name}" not in self:
            name = _HTTP_CAUSE.sub(r"http_\1xx", name)
        known = f"cause.{name}" in self and bool(name)
        return self.say(f"cause.{name}{suffix}" if known else f"cause.unknown{suffix}", cause=cause or _NO_VALUE)


def messages(lang: str = "th") -> Catalogue:
    """The catalogue of a language; the Thai one where there is none of that name."""
    return _load(lang if lang in LANGUAGES else LANGUAGES[0])


@cache
def _load(lang: str) -> Catalogue:
    other = next(name for name in LANGUAGES if name != lang)
    return Catalogue(lang, _sentences(lang), Catalogue(other, _sentences(other)))


@cache
def _sentences(lang: str) -> Mapping[str, str]:
    file = resources.files(__package__).joinpath(f"{lang}.yaml")
    sentences = load_yaml_text(file.read_text(encoding="utf-8"), Path(str(file))).value
    return {str(key): str(value) for key, value in sentences.items()}


def _words(value: object) -> str:
    if value is None or value == "":
        return _NO_VALUE
    if isinstance(value, (list, tuple, set, frozenset)):
        parts: Iterable[object] = sorted(value, key=str) if isinstance(value, (set, frozenset)) else value
        return clean(", ".join(str(part) for part in parts), VALUE_LIMIT) or _NO_VALUE
    return clean(str(value), VALUE_LIMIT) or _NO_VALUE
