"""The crawler's settings as the configuration has them."""

from __future__ import annotations

from dataclasses import replace

from crawlers.settings import CrawlSettings
from ita_rules import __version__
from ita_rules.config import Agent, Crawl


def settings_of(crawl: Crawl, agent: Agent) -> CrawlSettings:
    """The crawler's settings: what the configuration says over the crawler's own defaults."""
    given = {name: value for name, value in crawl.model_dump().items() if value is not None}
    return replace(CrawlSettings(), user_agent=f"{agent.name}/{__version__}", contact=agent.contact, **given)
