"""Where the data that ship with the code are found."""

from __future__ import annotations

import pytest

from ita_rules.data import data_folder
from ita_rules.errors import ItaRulesError


def test_rules_and_samples_are_there_and_others_are_not() -> None:
    assert (data_folder("rules") / "inference.yaml").is_file()
    assert (data_folder("samples") / "truth.json").is_file()
    with pytest.raises(ItaRulesError) as raised:
        data_folder("nothing")
    assert raised.value.message_id == "error.data_missing"
