"""The browser of these tests: the machine's own, or none and the tests are skipped."""

import pytest

from crawlers.browser.gate import Bounds
from crawlers.browser.renderer import Chromium
from crawlers.settings import CrawlSettings

QUICK = Bounds(seconds=8.0)


def pytest_collection_modifyitems(items):
    """Say why what needs a browser is not run."""
    if not Chromium(CrawlSettings()).available:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="no Chromium or no playwright on this machine: make setup-browser"))


@pytest.fixture(scope="module")
def chromium():
    """One browser for the tests of a module."""
    with Chromium(CrawlSettings(), QUICK) as browser:
        yield browser
