"""Collects what the site answers with and writes it: bodies under `site/`, the table of routes, the truth, the answers."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

HTML = "text/html; charset=utf-8"
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpg": "image/jpeg",
    "png": "image/png",
    "css": "text/css",
    "txt": "text/plain; charset=utf-8",
}


class Site:
    """The site while it is made."""

    def __init__(self) -> None:
        self.routes: dict[str, dict[str, Any]] = {}
        self.bodies: dict[str, bytes] = {}
        self.items: dict[str, dict[str, Any]] = {}
        # addresses that tests must know of: `not_found` (linked, answer 404), `soft_404`, `orphans` (linked from nowhere)
        self.planted: dict[str, list[str]] = {
            "not_found": ["/upload/ITA66/O17/ผลสำรวจความพึงพอใจ2565.pdf", "/gallery/2564/index.html"],
            "soft_404": ["/staff_old.php"],
            "orphans": ["/eservice/request.php", "/report/secure.php"],
        }
        self.answers: list[tuple[str, str, str, str]] = []

    def add(self, path: str, content: bytes, kind: str = "html", **more: Any) -> str:
        """Answer `path` (decoded, with its query) with `content`; `kind` is a file ending or a media type."""
        if path in self.routes:
            raise ValueError(f"two answers at {path}")
        ending = kind if kind in TYPES else "html"
        name = f"{hashlib.sha256(content).hexdigest()[:12]}.{ending}"
        self.bodies[name] = content
        self.routes[path] = {"file": name, "type": more.pop("type", TYPES.get(kind, HTML)), **more}
        return path

    def page(self, path: str, text: str, charset: str = "utf-8", **more: Any) -> str:
        """Answer `path` with an HTML page."""
        return self.add(path, text.encode("cp874" if charset == "windows-874" else "utf-8"), **more)

    def redirect(self, path: str, location: str, status: int = 302) -> str:
        """Send who asks for `path` to `location`."""
        self.routes[path] = {"status": status, "location": location}
        return path

    def answer(self, item: str, path: str, note: str = "", has: str = "มี") -> None:
        """One row of the agency's own answers."""
        self.answers.append((item, has, f"{{base}}{path}" if path.startswith("/") else path, note))

    def truth(self, item: str, *sources: str, form: str = "html", **more: Any) -> None:
        """What is true of an item; without more words it passes."""
        gap = more.get("gap")
        self.items[item] = {
            "status": more.get("status") or (["gap"] if gap else ["pass"]),
            "gap": gap,
            "note": more.get("note", ""),
            "expect": [list(pair) for pair in more.get("expect", [])],
            "sources": list(sources),
            "form": form,
            "traps": more.get("traps", []),
            "needs": more.get("needs", []),
            "located": more.get("located", True),
            "bad_urls": more.get("bad_urls", []),
        }

    def write(self, folder: Path, meta: dict[str, Any], titles: dict[str, tuple[str, str, str]]) -> None:
        """Write everything below `folder`; bodies of an earlier run are removed. Items without a truth are left out."""
        bodies = folder / "site"
        bodies.mkdir(exist_ok=True)
        for old in bodies.iterdir():
            old.unlink()
        for name, content in self.bodies.items():
            (bodies / name).write_bytes(content)
        items = [
            {"item": item, "title": title, "indicator": indicator, "concepts": [concept], **self.items[item]}
            for item, (title, indicator, concept) in titles.items()
            if item in self.items
        ]
        agency = {"key": "sample", **meta, "fiscal_year": 2566, "shape": "table", "answers": True}
        truth = {"schema": "oit-evaluation/truth/1", "agency": agency, "planted": self.planted, "items": items}
        for name, value in (("site.json", meta), ("routes.json", self.routes), ("truth.json", truth)):
            (folder / name).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")
        out = io.StringIO()
        rows = csv.writer(out, lineterminator="\r\n")
        rows.writerow(("item", "has", "url", "note"))
        rows.writerows(sorted(self.answers, key=lambda row: int(row[0][1:])))
        (folder / "answers.csv").write_bytes(out.getvalue().encode("utf-8-sig"))
