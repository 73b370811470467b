"""Makes the lines that the tests read, with what Tesseract sees in them: ``python -m training.digits.fixtures``.

Each line becomes ``NAME.png`` and an entry of ``lines.json``: its text, the numbers in Thai digits in it, and Tesseract's rows.
The fonts are those of Debian's fonts-thai-tlwg and Noto; the shipped weights have seen them, so these lines show that the
reader works, not how well: that is the business of `training.digits.evaluate`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from crawlers.readers.ocr.types import TextRow
from training.digits.degrade import Wear, spoil
from training.digits.engine import Engine
from training.digits.fonts import FOLDERS, faces
from training.digits.pages import NUMBER
from training.digits.render import line, pixels_of

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "corpora" / "digits"

LINES = (
    ("budget", "รายงานผล ประจำปีงบประมาณ พ.ศ. ๒๕๖๕", "Laksaman", 16),
    ("day", "ประกาศ ณ วันที่ ๓๐ กันยายน ๒๕๖๖", "Garuda", 14),
    ("span", "แผนพัฒนาท้องถิ่น (พ.ศ. ๒๕๖๖ - ๒๕๗๐)", "Norasi", 15),
    ("joined", "แผนปฏิบัติการ พ.ศ. ๒๕๖๖-๒๕๗๐", "Waree", 13),
    ("amount", "จำนวนเงิน ๑๒,๓๔๕.๐๐ บาท", "Laksaman-Bold", 17),
    ("telephone", "โทร. ๐-๒๑๒๓-๔๕๖๗ ต่อ ๘๙", "Loma", 14),
    ("clause", "ข้อ ๔๗ และข้อ ๙๘ แห่งระเบียบ", "Kinnari", 15),
    ("loopless", "ข้อมูลปี ๒๕๖๘ ถึงปี ๒๕๗๑", "NotoSansThai-Regular", 14),
    ("serif", "ประจำปี ๒๕๖๗ รอบ ๖ เดือน", "NotoSerifThai-Regular", 14),
    ("looped", "ตุลาคม ๒๕๖๔ และ มีนาคม ๒๕๖๙", "NotoLoopedThai-Regular", 14),
    ("slanted", "เดือนธันวาคม ๒๕๖๓", "Laksaman-Italic", 16),
    ("bold", "สถิติปี ๒๕๕๙ และ ๒๕๖๐", "Garuda-Bold", 13),
    ("typed", "วันที่ ๗ มกราคม ๒๕๖๒", "TlwgTypist", 14),
    ("cell", "๙๔๘.๖๗", "Laksaman", 16),
    ("glued", "ประจำปี๒๕๖๖และปี๒๕๖๗", "Umpush", 14),
    ("old", "พระราชบัญญัติ พ.ศ. ๒๕๓๙", "Laksaman", 16),
    ("arabic", "ประจำปีงบประมาณ พ.ศ. 2566", "Garuda", 14),
    ("letters", "รายงานผลการดำเนินงานของหน่วยงาน", "Laksaman", 16),
    ("latin", "ช่องทาง Facebook และ Line ของหน่วยงาน", "Sawasdee", 14),
    ("thin", "ปี ๒๕๖๔", "Umpush-Light", 12),
)
"""Name, text, face and points of each line."""


def as_json(row: TextRow) -> dict[str, Any]:
    """A row as the tests read it back."""
    symbols = [[s.text, *s.box, round(s.confidence, 4), s.gap] for s in row.symbols]
    return {"box": list(row.box), "symbols": symbols}


def main() -> None:
    """Write the pictures and the file beside them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    by_name, engine, entries = {f.name: f for f in faces(FOLDERS)}, Engine(), []
    for number, (name, text, face, points) in enumerate(LINES):
        rng = np.random.default_rng([2566, number])
        drawn = spoil(line(text, by_name[face], pixels_of(points, 200)), rng, Wear(0.2, 0.8, 0.5, 60, 0.3, 0.0))
        grey = np.asarray(drawn.grey // 16 * 17, dtype=np.uint8)  # sixteen greys: the noise would make large files
        cv2.imwrite(str(FOLDER / f"{name}.png"), grey, [cv2.IMWRITE_PNG_COMPRESSION, 9])
        rows = [as_json(row) for row in engine.rows(grey)]
        entries.append({"name": name, "text": text, "numbers": NUMBER.findall(text), "rows": rows})
    body = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
    (FOLDER / "lines.json").write_text(f"[\n{body}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
