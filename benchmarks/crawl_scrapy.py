"""A spider with ordinary settings for `benchmarks.crawl`: every link of the host, four connections. Needs the extra `bench`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor

SETTINGS = {
    "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
    "CONCURRENT_REQUESTS": 4,
    "ROBOTSTXT_OBEY": True,
    "LOG_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "DOWNLOAD_DELAY": 0,
}


class Site(scrapy.Spider):
    """Follows every link within the host of its start."""

    name = "site"

    def __init__(self, url: str, **more: Any) -> None:
        super().__init__(**more)
        self.start_urls = [url]
        self.extract = LinkExtractor(allow=[re.escape(url)], deny_extensions=[])

    def parse(self, response: Any, **_: Any) -> Iterator[Any]:
        """Ask for what a page links."""
        if "html" in response.headers.get("Content-Type", b"").decode():
            for link in self.extract.extract_links(response):
                yield scrapy.Request(link.url)


if __name__ == "__main__":
    process = CrawlerProcess(SETTINGS)
    process.crawl(Site, url=sys.argv[1])
    process.start()
