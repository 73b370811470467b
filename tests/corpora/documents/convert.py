"""What other programs make of files: LibreOffice's PDF, DOC, ODT, RTF, XLS and PPT, and Chromium's print of pages."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

SECONDS = 600
"""Wall-clock seconds that one batch of LibreOffice may take."""


def office(files: Mapping[str, bytes], kind: str) -> dict[str, bytes]:
    """Each file (named with its ending) as `kind` (``pdf``, ``doc`` …), by its name without ending; one batch of LibreOffice.

    Raises `FileNotFoundError` where LibreOffice is not there or did not write a file.
    """
    with tempfile.TemporaryDirectory(prefix="documents-") as name:
        folder, out = Path(name), Path(name) / "out"
        for file, data in files.items():
            (folder / file).write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = ["soffice", "--headless", profile, "--convert-to", kind, "--outdir", str(out)]
        subprocess.run([*command, *(str(folder / f) for f in files)], check=True, capture_output=True, timeout=SECONDS)
        return {Path(f).stem: (out / Path(f).stem).with_suffix(f".{kind}").read_bytes() for f in files}


def printed(page: bytes) -> bytes:
    """An HTML page as Chromium prints it. Raises `FileNotFoundError` where Chromium is not there."""
    with tempfile.TemporaryDirectory(prefix="documents-") as name:
        here, there = Path(name) / "page.html", Path(name) / "page.pdf"
        here.write_bytes(page)
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-pdf-header-footer"]
        options += [f"--user-data-dir={name}/profile", f"--print-to-pdf={there}"]
        subprocess.run(["chromium", *options, here.as_uri()], check=True, capture_output=True, timeout=120)
        return there.read_bytes()
