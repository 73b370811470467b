"""Agencies from the sheet in which somebody keeps them (CSV, XLSX), checked row by row.

Columns ``code, name, former names, type, url, former urls, hosts, province, labels, units, contact, ruleset, answers`` or their
Thai names, in any order; only name and url are needed, and the row of column names need not be the first. What is wrong with a
row is told with its number; the other rows are taken all the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from pydantic import ValidationError

from ita_rules.complaints import Complaint
from ita_rules.config import AgencyConfig
from ita_rules.errors import ConfigError
from ita_rules.messages import messages
from ita_rules.model import AgencyType
from ita_rules.run.keys import url_key
from ita_rules.sheets import Row, SheetError, read_tables

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "รหัส", "รหัสหน่วยงาน"),
    "name": ("name", "agency", "ชื่อ", "หน่วยงาน", "ชื่อหน่วยงาน"),
    "former_names": ("former names", "former name", "ชื่อเดิม"),
    "type": ("type", "ประเภท", "ประเภทหน่วยงาน"),
    "url": ("url", "website", "เว็บไซต์", "เว็บไซต์หลัก", "ที่อยู่เว็บไซต์", "ลิงก์"),
    "former_urls": ("former urls", "former url", "เว็บไซต์เดิม", "url เดิม"),
    "hosts": ("hosts", "เว็บไซต์อื่น"),
    "province": ("province", "จังหวัด"),
    "labels": ("labels", "label", "ป้าย", "กลุ่ม"),
    "units": ("units", "ผู้รับผิดชอบ", "ส่วนงาน"),
    "contact": ("contact", "ผู้ติดต่อ", "ติดต่อ"),
    "ruleset": ("ruleset", "ชุดหลักเกณฑ์", "แบบวัด"),
    "answers": ("answers", "คำตอบ", "ไฟล์คำตอบ"),
}
"""Field of an agency → the names of its column, in lower case and with blanks for underscores."""

MAX_ROWS = 20_000

_KINDS: Mapping[str, AgencyType] = {
    "กรม": AgencyType.DEPARTMENT,
    "ส่วนราชการ": AgencyType.DEPARTMENT,
    "อปท": AgencyType.LOCAL,
    "อบต": AgencyType.LOCAL,
    "อบจ": AgencyType.LOCAL,
    "เทศบาล": AgencyType.LOCAL,
    "องค์การบริหารส่วน": AgencyType.LOCAL,
    "องค์กรปกครองส่วนท้องถิ่น": AgencyType.LOCAL,
    "จังหวัด": AgencyType.PROVINCE,
    "รัฐวิสาหกิจ": AgencyType.STATE_ENTERPRISE,
    "มหาวิทยาลัย": AgencyType.UNIVERSITY,
    "สถาบันอุดมศึกษา": AgencyType.UNIVERSITY,
    "โรงพยาบาล": AgencyType.HOSPITAL,
    "โรงเรียน": AgencyType.SCHOOL,
    "สถานศึกษา": AgencyType.SCHOOL,
    "อื่น": AgencyType.OTHER,
    "หน่วยงานอื่น": AgencyType.OTHER,
}
"""Beginnings of the words that people use for a type of agency."""

_HEADER_WITHIN = 30
_SEVERAL = re.compile(r"\s*[;|\n]\s*")
_LABELS = re.compile(r"\s*[;|,\n]\s*")


@dataclass(frozen=True, slots=True)
class Imported:
    """What a sheet gave: agencies in its order, and the rows that were refused (`line` is the row's number in the file)."""

    agencies: tuple[AgencyConfig, ...]
    refused: tuple[Complaint, ...]


class _RefusedError(Exception):
    def __init__(self, message_id: str, **values: object) -> None:
        self.message_id = message_id
        self.values = values
        super().__init__(message_id)


def read_agencies(path: Path, rulesets: Collection[str], taken: Sequence[AgencyConfig] = ()) -> Imported:
    """The agencies of a sheet. `rulesets` are the ids that there are; `taken` are agencies that are configured already.

    Raises:
        ConfigError: the file cannot be read, has no row of column names with name and url, or is too large.
    """
    try:
        for rows in read_tables(path, MAX_ROWS):
            found = _header(rows)
            if found is not None:
                at, columns = found
                return _taken(path, rows[at + 1 :], columns, rulesets, taken)
    except SheetError as err:
        raise ConfigError(f"error.agencies.sheet_{err.reason}", file=str(path), detail=err.detail) from err
    raise ConfigError("error.agencies.columns", file=str(path))


def dump(agencies: Sequence[AgencyConfig]) -> str:
    """The agencies as a file that `agencies_file` of the configuration can name."""
    each = [agency.model_dump(mode="json", exclude_defaults=True) for agency in agencies]
    return yaml.safe_dump({"agencies": each}, allow_unicode=True, sort_keys=False, width=10_000)


def _header(rows: list[Row]) -> tuple[int, dict[str, int]] | None:
    """Where the row of column names stands, and the column of each field."""
    for at, row in enumerate(rows[:_HEADER_WITHIN]):
        columns: dict[str, int] = {}
        for number, cell in enumerate(row.cells):
            name = " ".join(cell.lower().replace("_", " ").split())
            field = next((f for f, names in COLUMNS.items() if name in names), None)
            if field is not None:
                columns.setdefault(field, number)
        if {"name", "url"} <= columns.keys():
            return at, columns
    return None


def _taken(
    path: Path, rows: list[Row], columns: Mapping[str, int], rulesets: Collection[str], taken: Sequence[AgencyConfig]
) -> Imported:
    codes: dict[str, int] = {agency.code: 0 for agency in taken if agency.code}
    urls: dict[str, int] = {url_key(agency.url): 0 for agency in taken}
    agencies: list[AgencyConfig] = []
    refused: list[Complaint] = []
    for row in rows:
        if not any(row.cells):
            continue
        try:
            agency = _agency(row, columns, rulesets)
            for known, mark, message_id in (
                (codes, agency.code, "error.agencies.code_twice"),
                (urls, url_key(agency.url), "error.agencies.url_twice"),
            ):
                if mark and mark in known:
                    raise _RefusedError(message_id if known[mark] else f"{message_id}_configured", found=mark, before=known[mark])
        except _RefusedError as fault:
            refused.append(Complaint(str(path), row.number, fault.message_id, fault.values))
            continue
        if agency.code:
            codes[agency.code] = row.number
        urls[url_key(agency.url)] = row.number
        agencies.append(agency)
    return Imported(tuple(agencies), tuple(refused))


def _agency(row: Row, columns: Mapping[str, int], rulesets: Collection[str]) -> AgencyConfig:
    """The agency of a row. Raises `_RefusedError`."""
    said = {field: row.cell(column) for field, column in columns.items()}
    if not said["name"]:
        raise _RefusedError("error.agencies.no_name")
    if said.get("ruleset") and said["ruleset"] not in rulesets:
        raise _RefusedError("error.agencies.ruleset", found=said["ruleset"], known=", ".join(rulesets))
    values: dict[str, object] = {
        **{f: said[f] for f in ("code", "name", "province", "contact", "ruleset", "answers") if said.get(f)},
        "url": _url(said["url"] or row.links.get(columns["url"], "")),
        "type": _type(said.get("type", "")),
        "former_names": _split(_SEVERAL, said.get("former_names", "")),
        "former_urls": [_url(url) for url in _split(_SEVERAL, said.get("former_urls", ""))],
        "hosts": _split(_LABELS, said.get("hosts", "")),
        "labels": _split(_LABELS, said.get("labels", "")),
        "units": _units(said.get("units", "")),
    }
    try:
        return AgencyConfig.model_validate(values)
    except ValidationError as err:
        fault = err.errors(include_url=False)[0]
        raise _RefusedError("error.agencies.value", column=str(fault["loc"][0]), found=str(fault["input"])[:80]) from err


def _split(by: re.Pattern[str], text: str) -> list[str]:
    return [part for part in by.split(text.strip()) if part]


def _url(text: str) -> str:
    """An address as a configuration takes it. Nothing is guessed: whether a site is at http or https changes what is found."""
    if not text:
        raise _RefusedError("error.agencies.no_url")
    try:
        scheme = urlsplit(text).scheme.lower()
    except ValueError:
        scheme = ""
    if scheme not in ("http", "https") or not url_key(text):
        raise _RefusedError("error.agencies.bad_url", found=text[:200])
    return text


def _type(text: str) -> AgencyType:
    word = text.strip().lower()
    if not word:
        return AgencyType.OTHER
    for one in AgencyType:
        if word == one.value or any(word == messages(lang).say(f"agency.{one.value}").lower() for lang in ("th", "en")):
            return one
    for begins, kind in _KINDS.items():
        if word.startswith(begins):
            return kind
    raise _RefusedError("error.agencies.type", found=text[:80], known=", ".join(one.value for one in AgencyType))


def _units(text: str) -> dict[str, str]:
    units = {}
    for part in _split(_SEVERAL, text):
        key, colon, unit = (side.strip() for side in part.partition(":"))
        if not (key and colon and unit):
            raise _RefusedError("error.agencies.units", found=part[:80])
        units[key] = unit
    return units
