"""Where the data that ship beside the code are found: rule sets, the sample agency, the commented `config.yaml`.

In a checkout they stand beside the package (`rules/`, `samples/`); in an installed wheel inside it (`ita_rules/_data/NAME`).
"""

from __future__ import annotations

from pathlib import Path

from ita_rules.errors import ItaRulesError

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """Folder of the shipped data called `name` (`rules`, `samples`): the installed one when there is one, else the checkout's.

    Raises `ItaRulesError("error.data_missing", name=...)` when neither exists.
    """
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise ItaRulesError("error.data_missing", name=name)


def shipped_config() -> Path:
    """The commented `config.yaml` that ships with the tool and audits the sample agency.

    Raises `ItaRulesError("error.data_missing", name=...)` when it was not shipped.
    """
    for folder in (_PACKAGE / "_data", _PACKAGE.parent):
        if (folder / "config.yaml").is_file():
            return folder / "config.yaml"
    raise ItaRulesError("error.data_missing", name="config.yaml")
