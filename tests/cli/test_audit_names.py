"""Agencies whose names lead to one folder: an audit says so before their nights are taken for each other's."""

from __future__ import annotations

import pytest

from ita_rules.cli.audit import _tell_shared

LONG = "องค์การบริหารส่วนตำบลห้วยตะเคียนงามเหนือคลองใหญ่"


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["อบต.ก", "อบต.ข"], ""),
        (["อบต.ก", "อบต.ข", "อบต.ก"], "2 หน่วยงาน"),
        ([f"{LONG} แห่งที่ 1", f"{LONG} แห่งที่ 2", "อบต.ข"], "2 หน่วยงาน"),
        (["a/b", "a:b", "c"], "2 หน่วยงาน"),
    ],
)
def test_names_that_share_a_folder_are_told(names: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    _tell_shared(names)
    said = capsys.readouterr().err
    assert (told in said) if told else not said
