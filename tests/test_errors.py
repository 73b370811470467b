"""The tree of errors: each carries a message id and the values of its places."""

from __future__ import annotations

import inspect

from ita_rules import errors


def test_every_error_stands_in_the_drawing_and_below_the_base() -> None:
    made = [c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, Exception)]
    assert all(issubclass(c, errors.ItaRulesError) for c in made)
    assert all(c.__name__ in (errors.__doc__ or "") for c in made)


def test_an_error_tells_its_id_and_values() -> None:
    error = errors.ConfigError("error.config.empty", file="config.yaml", line=1)
    assert error.values == {"file": "config.yaml", "line": 1}
    assert "error.config.empty" in str(error)
