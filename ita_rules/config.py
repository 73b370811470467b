"""config.yaml: what `ita-rules audit` does, and the defaults of `check`.

Unknown keys and wrong types are refused with file and line. Times are seconds and minutes, `fiscal_year` stays with the
rule set; `as_of` is an A.D. date.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Annotated, Literal, TypeVar
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from ita_rules.errors import ConfigError
from ita_rules.model import AgencyType

FILE_NAME = "config.yaml"
SAMPLE_URL = "sample"
"""The address by which a configuration asks for the sample agency, served by the tool itself."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


_Model = TypeVar("_Model", bound=_Strict)


class Agent(_Strict):
    """How the crawler introduces itself: its name, and whom a webmaster can ask about it."""

    name: str = "ita-rules"
    contact: str = ""


class Crawl(_Strict):
    """The budget and manners of a crawl. None means the crawler's own default."""

    max_pages: int | None = Field(default=None, ge=1, le=1_000_000)
    max_depth: int | None = Field(default=None, ge=0, le=100)
    max_minutes: float | None = Field(default=None, gt=0, le=24 * 60)
    connections_per_host: int | None = Field(default=None, ge=1, le=16)
    interval_seconds: float | None = Field(default=None, ge=0, le=60)
    ocr_pages: int | None = Field(default=None, ge=0, le=2000)
    ocr_processes: int | None = Field(default=None, ge=1, le=64)
    render: bool | None = None
    max_renders: int | None = Field(default=None, ge=0, le=10_000)


_LABEL = r"[^\s/?#@:.]"
# A last part other than "th", or two before it: under a domain like go.th lie all agencies of the country.
_HOST = (
    rf"^(?:(?:{_LABEL}+\.)+(?:{_LABEL}*[^\s/?#@:.h]|{_LABEL}*[^\s/?#@:.t]h|{_LABEL}+th)|(?:{_LABEL}+\.){{2,}}th)(?::\d{{1,5}})?$"
)


def _host(value: object) -> object:
    """A host as a configuration may name it: alone, with a port, or as the address of its main page."""
    if not isinstance(value, str):
        return value
    host = value.strip().lower()
    host = host.partition("://")[2].partition("/")[0] if "://" in host else host
    return host.removeprefix("www.")


Host = Annotated[str, BeforeValidator(_host), Field(pattern=_HOST, max_length=253)]


# What these find wrong is told by the sentence that their error names (`ita_rules.complaints`).
_ITEM = re.compile(r"O[1-9]\d?")
_DATASET = re.compile(r"[\w-][\w.-]{0,99}")
_MOST_DATASETS = 60


def _address(value: object) -> object:
    """The address of a catalogue's main page."""
    if not isinstance(value, str):
        return value
    try:
        parts = urlsplit(value.strip())
        sound = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or any(c.isspace() for c in value.strip()):
        raise ValueError("error.want_address")
    return value.strip()


def _dataset(value: object) -> object:
    """A data set's name or id, alone or as the address of its page (``https://…/dataset/NAME``)."""
    if not isinstance(value, str):
        return value
    name = value.strip()
    if "://" in name:
        name = unquote(urlsplit(name).path.rstrip("/").rpartition("/dataset/")[2])
    if not _DATASET.fullmatch(name):
        raise ValueError("error.want_dataset")
    return name


def _by_item(value: object) -> object:
    """The data sets by item; those of a plain list belong to none in particular (``""``)."""
    return {"": value} if isinstance(value, (list, tuple)) else value


def _items(value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    if any(item and not _ITEM.fullmatch(item) for item in value):
        raise ValueError("error.want_items")
    if not 0 < sum(map(len, value.values())) <= _MOST_DATASETS:
        raise ValueError("error.want_datasets")
    return value


DataSetName = Annotated[str, BeforeValidator(_dataset)]


class CatalogConfig(_Strict):
    """The data catalogue of an agency, and its data sets there. It speaks CKAN's API (``api/3/action``) below `url`.

    `datasets` are names, ids or pages of data sets, 60 at most: by item of the form (``{O11: [a, b]}``), or in one list, and
    then the title of each tells which item it serves. Many catalogues close their API to crawlers by robots.txt; `ignore_robots`
    says that this one's owner lets us ask all the same.
    """

    url: Annotated[str, BeforeValidator(_address), Field(max_length=500)]
    datasets: Annotated[dict[str, tuple[DataSetName, ...]], BeforeValidator(_by_item), AfterValidator(_items)]
    ignore_robots: bool = False


class AgencyConfig(_Strict):
    """One agency to audit. `answers` is a path beside the configuration file; what is left out comes from the top.

    `hosts` are the agency's further hosts (``oit.example.go.th``): their pages are its own. Subdomains of `url` always are.
    `former_names` and `former_urls` are what it was called and where it was before; `contact` is whom to phone or write to,
    `channels` are where its own digest goes, as in `Notify`. `catalog` is where its data sets lie that the form asks of it.
    `folder` is the name of the folder of its runs below `out`; its name when left out, or what `ita_rules.cli.places` makes of
    that where others bear the same name.
    """

    name: str = Field(min_length=1)
    type: AgencyType = AgencyType.OTHER
    url: str = Field(min_length=1)
    hosts: tuple[Host, ...] = ()
    answers: str | None = None
    ruleset: str | None = None
    as_of: dt.date | None = None
    labels: tuple[str, ...] = ()
    code: str = ""
    former_names: tuple[str, ...] = ()
    former_urls: tuple[str, ...] = ()
    province: str = ""
    contact: str = ""
    folder: str = ""
    channels: tuple[str, ...] = Field(default=(), max_length=20)
    units: dict[str, str] = Field(default_factory=dict)
    catalog: CatalogConfig | None = None

    @property
    def place(self) -> str:
        """By what its runs are kept: the folder, else the name."""
        return self.folder or self.name


class Notify(_Strict):
    """Where digests go: addresses of apprise (``mailto://…``, ``json://…``), in which ``${NAME}`` stands for the environment's.

    With `agencies` each agency that has channels of its own is sent a digest of itself too.
    """

    channels: tuple[str, ...] = Field(default=(), max_length=20)
    agencies: bool = False


class AuditLimits(_Strict):
    """How `audit` works on many agencies.

    `jobs` at once (None: as many as cores and memory carry), and the most wall-clock minutes that an agency may take in a night,
    reading and judging included (None: twice the crawl's own, and ten more). An agency is checked lightly (its main page, its
    ITA pages and its evidence alone) until its last full check is `full_every_days` old; with 0 every check is a full one.
    """

    jobs: int | None = Field(default=None, ge=1, le=64)
    minutes_per_agency: float | None = Field(default=None, gt=0, le=24 * 60)
    full_every_days: int = Field(default=7, ge=0, le=366)


class ClusterTls(_Strict):
    """Certificates for a cluster, as paths beside the configuration: the authority's, ours, and our key."""

    ca: str
    cert: str
    key: str


class ClusterConfig(_Strict):
    """The machines that share an audit: `address` of their scheduler (None: this machine alone), and its certificates."""

    address: str | None = None
    tls: ClusterTls | None = None


class Config(_Strict):
    """The whole file. `ruleset` None means the newest, `as_of` None today; `scores` is a path beside it (IIT and EIT).

    `agencies_file` is a path beside it too: a list of agencies such as ``agencies import`` writes. Once loaded, its agencies
    stand behind those of the file itself. `storage` is the address of what the machines of a cluster share.
    """

    ruleset: str | None = None
    as_of: dt.date | None = None
    out: str = "runs"
    formats: tuple[str, ...] = Field(default=("json", "html"), alias="format", min_length=1)
    lang: Literal["th", "en"] | None = None
    persona: Literal["webmaster", "reviewer"] = "webmaster"
    scores: str | None = None
    agent: Agent = Agent()
    crawl: Crawl = Crawl()
    notify: Notify = Notify()
    audit: AuditLimits = AuditLimits()
    cluster: ClusterConfig = ClusterConfig()
    storage: str | None = None
    agencies_file: str | None = None
    agencies: tuple[AgencyConfig, ...] = ()


class _Agencies(_Strict):
    agencies: tuple[AgencyConfig, ...]


AGENCIES_BYTES = 20_000_000
AGENCIES_VALUES = 1_000_000
"""A list of all agencies of the country: 10,000 of 2 kB and 100 values each."""


def load_config(path: Path) -> Config:
    """The configuration in a file.

    Raises:
        ConfigError: it is missing, empty, no YAML mapping, or has a key or value that it must not have (`file`, `line`).
    """
    if not path.is_file():
        raise ConfigError("error.config.missing", file=str(path))
    found = _loaded(path, Config, "error.config.empty")
    if found.agencies_file is None:
        return found
    further = load_agencies(path.parent / found.agencies_file)
    return found.model_copy(update={"agencies": (*found.agencies, *further)})


def load_agencies(path: Path) -> tuple[AgencyConfig, ...]:
    """The agencies in a file of their own (``agencies: […]``, up to 20 MB).

    Raises:
        ConfigError: as `load_config`.
    """
    if not path.is_file():
        raise ConfigError("error.agencies.file_missing", file=str(path))
    return _loaded(path, _Agencies, "error.agencies.file_empty", AGENCIES_BYTES, AGENCIES_VALUES).agencies


def _loaded(path: Path, model: type[_Model], empty: str, most_bytes: int | None = None, most_values: int | None = None) -> _Model:
    # A child of an audit is told its part of a configuration that was read already.
    from ita_rules.complaints import Complaint, checked
    from ita_rules.yamlfile import YamlError, load_yaml

    try:
        yaml = load_yaml(path, most_bytes, most_values)
    except YamlError as err:
        raise ConfigError(err.message_id, **dict(err.values)) from err
    if yaml.value is None or yaml.value == {}:
        raise ConfigError(empty, file=str(path))
    complaints: list[Complaint] = []
    if not isinstance(yaml.value, dict):
        complaints.append(Complaint(str(path), 1, "error.yaml_not_a_mapping"))
    found = None if complaints else checked(model, yaml.value, yaml, (), complaints.append)
    if found is None:
        first = complaints[0]
        raise ConfigError(first.message_id, file=first.file, line=first.line, **first.values)
    return found
