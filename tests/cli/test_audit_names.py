"""Agencies that stand twice in a configuration: an audit says so before their nights are taken for each other's."""

from __future__ import annotations

import pytest

from ita_rules.cli.audit import _tell_shared
from ita_rules.config import AgencyConfig


@pytest.mark.parametrize(
    ("places", "told"),
    [
        (["อบต.ก", "อบต.ข"], ""),
        (["อบต.ก", "อบต.ข", "อบต.ก"], "2 หน่วยงาน"),
        (["a/b", "A:b", "c"], "2 หน่วยงาน"),
    ],
)
def test_agencies_that_share_a_folder_are_told(places: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    _tell_shared([AgencyConfig(name="หน่วยงาน", url="http://127.0.0.1/", folder=place) for place in places])
    said = capsys.readouterr().err
    assert (told in said) if told else not said
