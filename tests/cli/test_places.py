"""Where runs lie: names of folders, and agencies of one name told apart."""

from __future__ import annotations

import pytest

from ita_rules.cli.places import folder_name, told_apart
from ita_rules.config import AgencyConfig

LONG = "องค์การบริหารส่วนตำบลห้วยตะเคียนงามเหนือคลองใหญ่ฝั่งตะวันออกเฉียงเหนือสายที่หนึ่งถึงสายที่เก้า"


def _agency(name: str = "อบต.บ้านใหม่", **more: str) -> AgencyConfig:
    return AgencyConfig.model_validate({"name": name, "url": "http://a.go.th/", **more})


def test_a_name_that_is_too_long_ends_in_a_mark_of_the_whole() -> None:
    one, other = folder_name(f"{LONG} 1"), folder_name(f"{LONG} 2")
    assert one != other
    assert one[:40] == other[:40] == LONG[:40]
    assert max(len(one.encode()), len(other.encode())) <= 200
    assert folder_name(one) == one


@pytest.mark.parametrize(
    ("agencies", "folders"),
    [
        ([_agency("ก"), _agency("ข")], ["", ""]),
        ([_agency(code="11"), _agency(code="12")], ["อบต.บ้านใหม่ 11", "อบต.บ้านใหม่ 12"]),
        ([_agency(province="ลำปาง"), _agency(province="ตาก")], ["อบต.บ้านใหม่ ลำปาง", "อบต.บ้านใหม่ ตาก"]),
        ([_agency(code="11"), _agency(url="http://b.go.th/")], ["อบต.บ้านใหม่ a.go.th", "อบต.บ้านใหม่ b.go.th"]),
        ([_agency("Town"), _agency("TOWN", url="http://b.go.th/")], ["Town a.go.th", "TOWN b.go.th"]),
    ],
)
def test_agencies_of_one_name_have_folders_of_their_own(agencies: list[AgencyConfig], folders: list[str]) -> None:
    assert [one.folder for one in told_apart(agencies)] == folders


def test_addresses_of_one_host_tell_agencies_apart_too() -> None:
    one, other = told_apart([_agency(url="http://a.go.th/1/"), _agency(url="http://a.go.th/2/")])
    assert one.place != other.place
    assert one.place.startswith("อบต.บ้านใหม่ ")


def test_the_same_agency_twice_shares_its_folder() -> None:
    one, other = told_apart([_agency(), _agency()])
    assert one.place == other.place


def test_a_folder_that_is_named_stays() -> None:
    one, other = told_apart([_agency(folder="เหนือ"), _agency(folder="ใต้")])
    assert (one.place, other.place) == ("เหนือ", "ใต้")
