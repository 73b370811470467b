"""The units of an agency, looked up in config.yaml and checked before anything is gathered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ita_rules.cli.given import ruleset_of
from ita_rules.complaints import nearest
from ita_rules.config import AGENCIES_BYTES, AGENCIES_VALUES, FILE_NAME, AgencyConfig, Config, load_agencies
from ita_rules.errors import ConfigError, ItaRulesError
from ita_rules.rulesets.types import RuleSet
from ita_rules.run.keys import url_key
from ita_rules.thai.fold import key as folded
from ita_rules.units import known_keys, unknown_keys
from ita_rules.yamlfile import YamlError, load_yaml


def units_of(settings: Config, config: Path | None, name: str, url: str, ruleset: RuleSet) -> Mapping[str, str]:
    """The units of the configured agency with this URL, else with this name; none where there is no such agency.

    Raises `ConfigError` for a key that the rule set lacks (`file`, `line`).
    """
    ours = configured(settings, name, url)
    return checked_units(ours, settings, config, ruleset) if ours is not None else {}


def configured(settings: Config, name: str, url: str) -> AgencyConfig | None:
    """The configured agency with this URL, else with this name; None where there is no such agency."""
    wanted = url_key(url)
    ours = next((a for a in settings.agencies if wanted and url_key(a.url) == wanted), None)
    return ours or next((a for a in settings.agencies if folded(a.name) == folded(name)), None)


def checked_units(agency: AgencyConfig, settings: Config, config: Path | None, ruleset: RuleSet) -> Mapping[str, str]:
    """The units of an agency of the configuration. Raises `ConfigError` for a key that the rule set lacks (`file`, `line`)."""
    wrong = unknown_keys(agency.units, ruleset)
    if not wrong:
        return agency.units
    near = nearest(wrong[0], known_keys(ruleset))
    path, line = _place(config or Path(FILE_NAME), settings, agency, wrong[0])
    raise ConfigError(
        "error.units.unknown_near" if near else "error.units.unknown",
        file=str(path),
        line=line,
        key=wrong[0],
        near=near,
        ruleset=ruleset.id,
    )


def units_of_each(
    agencies: Sequence[AgencyConfig], settings: Config, config: Path, ruleset: str | None, rules: Path | None
) -> list[Mapping[str, str]]:
    """The units of each of these agencies, checked by the rule set that will judge it before the first is gathered.

    Raises `ConfigError` for a key that the rule set lacks. A rule set that is not there is that agency's own failure, told in its
    turn: its units are left unchecked here.
    """
    known: dict[str | None, RuleSet | None] = {}
    found: list[Mapping[str, str]] = []
    for agency in agencies:
        wanted = ruleset or agency.ruleset or settings.ruleset
        if agency.units and wanted not in known:
            try:
                known[wanted] = ruleset_of(wanted, rules)
            except ItaRulesError:
                known[wanted] = None
        asked = known.get(wanted)
        found.append(checked_units(agency, settings, config, asked) if asked is not None else agency.units)
    return found


def _place(config: Path, settings: Config, agency: AgencyConfig, key: str) -> tuple[Path, int]:
    """The file and line where a key stands; the first line when the file has changed under our hands."""
    place = settings.agencies.index(agency)
    path = config
    try:
        if settings.agencies_file is not None:
            further = config.parent / settings.agencies_file
            own = len(settings.agencies) - len(load_agencies(further))
            path, place = (further, place - own) if place >= own else (config, place)
        return path, load_yaml(path, AGENCIES_BYTES, AGENCIES_VALUES).line(("agencies", place, "units", key))
    except (YamlError, ConfigError):
        return path, 1
