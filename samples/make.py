"""Makes the sample agency's website anew: run `python samples/make.py` after a change below `samples/generator/`.

Writes `site/` (bodies), `routes.json`, `site.json`, `answers.csv` and `truth.json` beside this file; the output is committed, so
nobody who only uses the sample needs to run it. Needs reportlab, Pillow, python-docx and openpyxl (the extra `samples`) and the
Thai fonts of the Debian package `fonts-thai-tlwg` (`/usr/share/fonts/truetype/tlwg/`). The same versions give the same bytes.

`python samples/make.py FOLDER` writes to another folder.
"""

from __future__ import annotations

import sys
from pathlib import Path

from generator import basics, buy, clean, earlier, ethics, front, people, voice, work
from generator.agency import AS_OF, NAME
from generator.shelf import Shelf
from generator.site import Site
from generator.titles import TITLES


def main(folder: Path) -> None:
    """Make everything and write it below `folder`."""
    shelf = Shelf(Site())
    for part in (basics, work, buy, people, voice, clean, ethics, earlier, front):
        part.add(shelf)
    shelf.site.write(folder, {"name": NAME, "type": "local", "ruleset": "oit-2566", "as_of": AS_OF}, TITLES)
    total = sum(len(content) for content in shelf.site.bodies.values())
    pages = sum(1 for route in shelf.site.routes.values() if str(route.get("type", "")).startswith("text/html"))
    print(f"{len(shelf.site.routes)} routes, {pages} pages, {total / 1e6:.2f} MB, {len(shelf.site.items)} items")


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    target.mkdir(parents=True, exist_ok=True)
    main(target)
