"""The data catalogue of an agency: from the configuration to what the gathering and the run are told of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crawlers.settings import CrawlSettings
from ita_rules.config import CatalogConfig
from ita_rules.messages import Catalogue
from ita_rules.model import AgencyType
from ita_rules.run.catalog import Catalog

if TYPE_CHECKING:
    from ita_rules.rulesets.types import RuleSet


def noted(config: CatalogConfig | None) -> Catalog | None:
    """The catalogue as a run notes it; None where none is configured."""
    if config is None:
        return None
    return Catalog(config.url, tuple((item, name) for item, names in config.datasets.items() for name in names))


def with_catalog(settings: CrawlSettings, config: CatalogConfig | None) -> CrawlSettings:
    """The crawler's settings with where the catalogue is, and whether its robots.txt is set aside for its API."""
    if config is None:
        return settings
    api = f"{config.url.rstrip('/')}/api/3/action/"
    return replace(settings, services=(config.url,), closed_services=(api,) if config.ignore_robots else ())


def unasked(catalog: Catalog | None, ruleset: RuleSet, agency_type: AgencyType, say: Catalogue) -> list[str]:
    """Warnings of data sets that nothing will look at: the form of that year asks no catalogue of such an agency, or not for the
    items that they are named for."""
    if catalog is None:
        return []
    asked = ruleset.catalogued(agency_type)
    if not asked:
        return [say.say("warn.catalog.not_asked", ruleset=ruleset.id, type=say.say(f"agency.{agency_type}"))]
    others = sorted({item for item, _ in catalog.datasets if item and item not in asked})
    return [say.say("warn.catalog.items", items=others, asked=asked, ruleset=ruleset.id)] if others else []
