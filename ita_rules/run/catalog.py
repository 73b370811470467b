"""The data catalogue of an agency: what the configuration names of it, and what the catalogue says of a data set.

A catalogue that speaks CKAN's API (the Government Data Catalog does) answers ``package_show`` with one JSON object. What of it
matters here becomes rows of a field's name and its value (`rows`), by which the answer is stored as a text like any other, and
from which judging takes it again (`dataset_of`). The run's `meta.settings` hold what was asked (`SETTING`), so that a saved run
can be judged without the configuration.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from ita_rules.run.types import Document, RunMeta

SETTING = "catalog"
"""The name under which a run's settings hold its catalogue."""

FACT, SHOWN = "answer", "ckan/package_show"
"""The fact of a document, and its value, by which it is known to be the answer on one data set."""

_FIELDS = ("name", "title", "state", "private", "license_id", "license_title", "metadata_modified")
ORGANISATION = "organization.title"
"""The row that tells whose a data set is."""

_RESOURCES = "resources"
_MOST_RESOURCES = 100
_LONGEST = 500  # characters of one value
_THAI_TIME = dt.timedelta(hours=7)


@dataclass(frozen=True, slots=True)
class Catalog:
    """A catalogue by the address of its root, and its data sets as (item, id); the item is ``""`` where none is named."""

    url: str
    datasets: tuple[tuple[str, str], ...]

    def of_item(self, item: str) -> tuple[tuple[str, bool], ...]:
        """The ids of the data sets that may serve an item, each with whether it was named for it; each once."""
        return tuple(dict.fromkeys((name, for_item == item) for for_item, name in self.datasets if for_item in ("", item)))

    def address(self, name: str) -> str:
        """The address that answers on one data set."""
        return f"{self.url.rstrip('/')}/api/3/action/package_show?id={quote(name, safe='')}"

    def as_text(self) -> str:
        """The catalogue as a run's settings hold it."""
        return json.dumps({"url": self.url, "datasets": self.datasets}, ensure_ascii=False)


def catalog_of(meta: RunMeta) -> Catalog | None:
    """The catalogue that was named for a run; None where none was."""
    try:
        told = json.loads(meta.settings.get(SETTING, "") or "null")
        return Catalog(str(told["url"]), tuple((str(item), str(name)) for item, name in told["datasets"])) if told else None
    except (ValueError, TypeError, KeyError):
        return None


def rows(answer: object) -> tuple[tuple[str, str], ...]:
    """What an answer of ``package_show`` says of its data set, as fields and values; nothing where it is no such answer."""
    shown = answer.get("result") if isinstance(answer, Mapping) and answer.get("success") is True else None
    if not isinstance(shown, Mapping) or not shown.get("name") or not isinstance(shown.get("resources", []), list):
        return ()
    owner = shown.get("organization")
    resources = [one for one in shown.get("resources", []) if isinstance(one, Mapping)]
    found = [(field, _word(shown.get(field))) for field in _FIELDS]
    found.append((ORGANISATION, _word(owner.get("title") or owner.get("name") if isinstance(owner, Mapping) else None)))
    found.append((_RESOURCES, str(len(resources))))
    for number, one in enumerate(resources[:_MOST_RESOURCES], start=1):
        told = (_word(one.get(field)) for field in ("name", "format", "url"))
        found.append((f"{_RESOURCES}.{number}", " ".join(word for word in told if word)))
    return tuple(found)


def _word(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return " ".join(value.split())[:_LONGEST] if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class DataSet:
    """A data set as its catalogue shows it. `said` are its fields; a field that the catalogue leaves empty is ``""``."""

    said: Mapping[str, str]

    @property
    def title(self) -> str:
        """What it is called."""
        return self.said.get("title", "") or self.said.get("name", "")

    @property
    def organisation(self) -> str:
        """Whose it is."""
        return self.said.get(ORGANISATION, "")

    @property
    def is_public(self) -> bool:
        """Whether it is neither private nor taken away."""
        return self.said.get("private") != "true" and self.said.get("state") in ("", "active")

    @property
    def has_licence(self) -> bool:
        """Whether a licence is told; CKAN's own word for none is ``notspecified``."""
        told = self.said.get("license_id", "") or self.said.get("license_title", "")
        return told.lower() not in ("", "notspecified")

    @property
    def resources(self) -> int:
        """How many files or services it has."""
        told = self.said.get(_RESOURCES, "")
        return int(told) if told.isdecimal() else 0

    @property
    def modified(self) -> dt.date | None:
        """The day in Thailand on which it was changed last (CKAN tells the time in UTC); None where it is not told."""
        try:
            moment = dt.datetime.fromisoformat(self.said.get("metadata_modified", ""))
            return (moment.replace(tzinfo=None) - (moment.utcoffset() or dt.timedelta()) + _THAI_TIME).date()
        except (ValueError, OverflowError):
            return None

    def faults(self, since: dt.date) -> dict[str, str]:
        """What it lacks, each with the words that show it (``""`` where nothing stands there): it is `closed` to the public, has
        no `resources` or no `licence`, or is `old`, not changed `since` a day."""
        found = {}
        if not self.is_public:
            found["closed"] = self.quote("private" if self.said.get("private") == "true" else "state")
        if not self.resources:
            found["resources"] = self.quote("resources")
        if not self.has_licence:
            found["licence"] = self.quote("license_id")
        if self.modified is not None and self.modified < since:
            found["old"] = self.quote("metadata_modified")
        return found

    def quote(self, field: str) -> str:
        """A field as it stands in the text of the answer (cells apart by `` | ``), ``""`` where the catalogue leaves it empty."""
        return f"{field} | {self.said[field]}" if self.said.get(field) else ""


def dataset_of(document: Document | None) -> DataSet | None:
    """The data set that a document is the answer on; None where it is no such answer."""
    if document is None or document.facts.get(FACT) != SHOWN:
        return None
    return DataSet({block.cells[0]: block.cells[1] for _, _, block in document.blocks() if len(block.cells) == 2})
