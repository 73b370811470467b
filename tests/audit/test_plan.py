"""Who shares a server with whom, what a night takes, what an audit keeps of itself, and its lock."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import pytest

from ita_rules.audit.addresses import addresses_of, busiest, folder_lane, hosts_of, lanes
from ita_rules.audit.forecast import Before, forecast, last_results
from ita_rules.audit.lock import held
from ita_rules.audit.record import Audit, Done, Header, Result, audits, keys_of, newest_unfinished
from ita_rules.audit.runner import Task
from ita_rules.config import AgencyConfig
from ita_rules.errors import OutputError, UsageError


def result(key: str, seconds: float = 10, requests: int = 100, outcome: str = "judged") -> Result:
    return Result.model_validate(
        {
            "key": key,
            "name": key,
            "type": "local",
            "url": "http://x/",
            "outcome": outcome,
            "code": 0,
            "seconds": seconds,
            "requests": requests,
        }
    )


def test_agencies_on_one_address_share_a_lane_and_ports_of_this_machine_do_not() -> None:
    known = {"a.go.th": ("192.0.2.1",), "b.go.th": ("192.0.2.1", "192.0.2.2"), "127.0.0.1": ("127.0.0.1",)}
    first = lanes(hosts_of("https://A.go.th/x"), known)
    assert first & lanes(hosts_of("http://b.go.th/", ["c.go.th"]), known) == {"192.0.2.1"}
    assert lanes(hosts_of("http://unknown.go.th/"), known) == {"unknown.go.th"}
    here = [lanes(hosts_of(f"http://127.0.0.1:{port}/"), known) for port in (81, 82)]
    assert not here[0] & here[1]
    assert busiest([first, first, {folder_lane("ก")} | here[0], {folder_lane("ก")}, {folder_lane("ก")}]) == ("192.0.2.1", 2)
    assert hosts_of("http://[::1") == ()


def test_a_name_that_is_never_answered_holds_nobody_up() -> None:
    over = threading.Event()

    def ask(host: str) -> list[str]:
        if host == "slow":
            over.wait(20)
        if host == "none":
            raise OSError
        return ["192.0.2.7"]

    try:
        assert addresses_of(["slow", "none", "a", ""], 0.5, ask) == {"a": ("192.0.2.7",)}
    finally:
        over.set()


def test_a_night_is_as_long_as_its_longest_queue() -> None:
    tasks = [Task(name, name, b"", frozenset({"192.0.2.1"} if name in "abc" else {name})) for name in "abcd"]
    last = {"a": Before(result("a", 30, 300)), "d": Before(result("d", 10, 100), light=True)}
    found = forecast(tasks, last, 4, 100)
    assert (found.known, found.requests, found.seconds, found.most_seconds) == (2, 800, 30 + 20 + 20, 300)
    assert (found.busiest, found.shared, found.queue, found.light) == ("192.0.2.1", 3, 70, 1)
    assert forecast(tasks, {}, 1, 100).seconds is forecast(tasks, {}, 1, 100).queue is None
    assert forecast(tasks, {}, 1, 100).most_seconds == 400


def test_what_is_expected_is_as_deep_as_tonight_will_be(tmp_path: Path) -> None:
    def audited(day: int, **depths: str) -> None:
        audit = Audit.create(tmp_path, Header(started="x", config="c", keys=tuple(depths)), f"202611{day:02}-020000")
        for key, depth in depths.items():
            one = result(key, seconds=day)
            audit.finish(one.model_copy(update={"depth": depth, "started": f"2026-11-{day:02}T02:00:00+07:00"}))

    audited(1, weekly="full", young="full", old="full")
    audited(6, young="full", lone="full", endless="light")
    audited(7, weekly="light", young="light", endless="light")
    audited(8, old="", endless="light")
    week = dt.datetime(2026, 11, 2, 2, tzinfo=dt.UTC)
    found = last_results(tmp_path, ["weekly", "young", "lone", "old", "endless", "new"], week)
    # A full check that is a week old comes again; a younger one is followed by light ones, of which the last is taken.
    assert {key: (one.result.seconds, one.light) for key, one in found.items()} == {
        "weekly": (1, False),
        "young": (7, True),
        "lone": (6, True),
        "old": (8, True),
        "endless": (8, False),
    }
    assert {one.light for one in last_results(tmp_path, ["weekly", "young"]).values()} == {False}


def test_an_audit_is_unfinished_until_it_is_closed(tmp_path: Path) -> None:
    header = Header(started="2026-11-21T02:00:00+07:00", config="config.yaml", keys=("a", "b"))
    first = Audit.create(tmp_path, header, "20261121-020000")
    second = Audit.create(tmp_path, header, "20261121-020000")
    assert (first.id, second.id) == ("20261121-020000", "20261121-020000-2")
    assert [audit.id for audit in audits(tmp_path)] == [second.id, first.id]
    assert newest_unfinished(tmp_path) == second
    second.finish(result("a"))
    second.finish(result("b", outcome="failed"))
    assert last_results(tmp_path, ["a", "b"]) == {"a": Before(result("a"))}
    second.close(Done(finished="x", code=0))
    # An older audit that was cut short stays as it is: newer ones have overtaken it.
    assert newest_unfinished(tmp_path) is None
    (second.folder / "results" / "a.json").write_text('{"key": "a", "na', encoding="utf-8")
    assert second.result("a") is None
    second.forget("b")
    assert second.result("b") is None


def test_keys_stay_while_others_come_and_go() -> None:
    one, two = AgencyConfig(name="ก", url="http://a/"), AgencyConfig(name="ก", url="http://b/")
    keys = keys_of((one, two, one))
    assert len(set(keys)) == 3
    assert keys_of((two, one)) == [keys[1], keys[0]]


def test_a_lock_is_held_by_one_and_free_again(tmp_path: Path) -> None:
    folder = tmp_path / "audits"
    with held(folder, "2026-11-21T02:00:00"), pytest.raises(UsageError) as refused, held(folder, "later"):
        pass
    assert refused.value.values["since"] == "2026-11-21T02:00:00"
    with held(folder, "again"):
        pass
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError), held(tmp_path / "file" / "audits", "x"):
        pass
