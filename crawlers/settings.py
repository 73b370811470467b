"""What a crawl may spend, and how politely."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

PURPOSE = "OIT disclosure check of Thai public agencies"
"""What a webmaster who reads his log is told about why we came."""


@dataclass(frozen=True, slots=True)
class CrawlSettings:
    """Limits of one gathering. Times in seconds unless the name says minutes, sizes in bytes.

    `max_pages` counts addresses asked, `max_depth` clicks from the main page. `response_seconds` is wall-clock time of one
    response, the drip included. The defaults are those measured on test sites: 10 MB for a page, 50 MB for a file, 8
    redirects, 2,000 pages and 20 minutes a site. `ocr_pages` bounds the pictures recognised of one document (0: none),
    `ocr_processes` how many documents are recognised at once. `hosts` are the agency's further hosts (``oit.example.go.th``,
    with a port where it is none of the usual); what lies on them belongs to the site.
    `services` are addresses of services beside the site that the configuration names (a data catalogue): a run from this machine
    may reach them where they are on it too. What begins with one of `closed_services` is asked although robots.txt closes it to
    crawlers, since its owner lets us. `render` tells whether a browser may be used, for `max_renders` pages at most and
    `render_seconds` each.
    """

    max_pages: int = 2000
    max_minutes: float = 20.0
    max_depth: int = 12
    connections_per_host: int = 4
    interval_seconds: float = 0.25
    response_seconds: float = 15.0
    retry_seconds: float = 5.0
    html_bytes: int = 10 * 1024**2
    file_bytes: int = 50 * 1024**2
    max_hops: int = 8
    readers: int = 2
    ocr_processes: int = 2
    ocr_pages: int = 40
    hosts: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    closed_services: tuple[str, ...] = ()
    render: bool = True
    max_renders: int = 40
    render_seconds: float = 20.0
    user_agent: str = "ita-rules/0.1"
    contact: str = ""

    @property
    def agent(self) -> str:
        """The User-Agent header: the program's name, why it comes, and whom to write to about it."""
        # A header holds plain letters only, and a bracket would end the remark early.
        contact = "".join(c for c in self.contact if c.isascii() and c.isprintable() and c not in "()\\").strip()[:200]
        whom = f"+{contact}" if contact else "the person who runs it left no contact"
        return f"{self.user_agent} ({PURPOSE}; {whom})"

    @property
    def robot(self) -> str:
        """The name by which a site's robots.txt may address the program."""
        return self.user_agent.partition("/")[0].strip()

    def as_strings(self) -> Mapping[str, str]:
        """The settings as a run's `meta` keeps them."""
        return {name: " ".join(value) if isinstance(value, tuple) else str(value) for name, value in asdict(self).items()}
