"""Every error that this project raises on purpose.

    ItaRulesError                 anything a person can be told about
      UsageError                  wrong words on the command line                      (exit 2)
      ConfigError                 config.yaml: an unknown key, a wrong type            (exit 2)
      RuleSetError                a rule set with a fault; carries file and line       (exit 2)
      AnswersError                an answers file that cannot be used                  (exit 2)
      OutputError                 a folder or file that cannot be written              (exit 2)
      RunError                    a saved run that is missing or cannot be read        (exit 2)
      ClusterError                the cluster cannot be reached, or is gone            (exit 1)
      ReaderError                 a document that cannot be read; becomes a cause, never an exit
      FetchError                  a response that could not be had; becomes a cause, never an exit

A failure while looking at an agency is *data* (a cause on a source), not an exception that ends a run: `ReaderError` and
`FetchError` are caught where they arise and recorded. Only the command line turns the others into words and an exit status.
"""

from __future__ import annotations

from collections.abc import Mapping


class ItaRulesError(Exception):
    """Base of all. `message_id` names a sentence of the message catalogues, `values` fill its places."""

    def __init__(self, message_id: str, **values: object) -> None:
        self.message_id = message_id
        self.values: Mapping[str, object] = values
        super().__init__(message_id, values)

    def __str__(self) -> str:
        return f"{self.message_id} {dict(self.values)}" if self.values else self.message_id


class UsageError(ItaRulesError):
    """Wrong words on the command line: a URL that is none, an item that the rule set lacks."""


class ConfigError(ItaRulesError):
    """config.yaml cannot be used. `values` holds `file` and `line`."""


class RuleSetError(ItaRulesError):
    """A rule set has a fault. `values` holds `file` and `line`."""


class AnswersError(ItaRulesError):
    """An answers file cannot be used. `values` holds `file`."""


class OutputError(ItaRulesError):
    """A folder or file cannot be written. `values` holds `path`."""


class RunError(ItaRulesError):
    """A saved run is missing, half written or of an unknown form. `values` holds `path`."""


class ClusterError(ItaRulesError):
    """The cluster cannot be reached, is gone, or cannot be worked with. What was done before is kept."""


class ReaderError(ItaRulesError):
    """A document cannot be read. `message_id` is the cause: `unreadable`, `encrypted`, `no_ocr`, `too_large`."""


class FetchError(ItaRulesError):
    """A response could not be had. `message_id` is the cause, as CONTRACT lists them."""
