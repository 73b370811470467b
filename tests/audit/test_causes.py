"""What many agencies have in common: one line for one cause, and none where each has its own."""

from __future__ import annotations

from ita_rules.audit.causes import grouped, tally
from ita_rules.audit.record import HostTally, Result
from ita_rules.model import Status
from ita_rules.run.types import Exchange


def result(name: str, *hosts: tuple[str, int, dict[str, int]], outcome: str = "judged") -> Result:
    return Result.model_validate(
        {
            "key": name,
            "name": name,
            "type": "local",
            "url": "http://x/",
            "outcome": outcome,
            "code": 10,
            "statuses": (Status.UNDECIDED, Status.PASS),
            "hosts": tuple(HostTally(host=h, answered=n, failed=f) for h, n, f in hosts),
        }
    )


def test_requests_are_counted_by_host_and_only_failures_of_the_way() -> None:
    found = tally(
        [
            Exchange("a", "http://a.go.th/", status=200),
            Exchange("b", "http://a.go.th/x", status=404, cause="http_404"),
            Exchange("c", "http://a.go.th/y", status=503, cause="http_503"),
            Exchange("d", "http://b.go.th:81/", cause="timeout"),
            Exchange("e", "http://b.go.th:81/z", cause="timeout"),
            Exchange("f", "http://c.go.th/", cause="budget"),
        ]
    )
    assert found == (
        HostTally(host="b.go.th:81", answered=0, failed={"timeout": 2}),
        HostTally(host="a.go.th", answered=2, failed={"http_5xx": 1}),
    )


def test_agencies_on_one_server_that_fails_are_told_in_one_line() -> None:
    down = {"timeout": 3}
    night = [
        result("ก", ("a.go.th", 0, down)),
        result("ข", ("b.go.th", 0, down)),
        result("ค", ("c.go.th", 50, {"timeout": 1})),
    ]
    (group,) = grouped(night, {"a.go.th": ["192.0.2.1"], "b.go.th": ["192.0.2.1"], "c.go.th": ["192.0.2.1"]})
    assert (group.kind, group.where, group.cause, group.agencies, group.undecided) == (
        "address",
        "192.0.2.1",
        "timeout",
        ("ก", "ข"),
        2,
    )


def test_a_host_that_many_link_to_is_told_once_and_a_lonely_failure_is_not() -> None:
    night = [
        result("ก", ("a.go.th", 20, {}), ("files.example", 0, {"blocked": 4})),
        result("ข", ("b.go.th", 20, {}), ("files.example", 1, {"blocked": 2, "timeout": 1})),
        result("ค", ("c.go.th", 0, {"refused": 1})),
    ]
    (group,) = grouped(night, {})
    assert (group.kind, group.where, group.cause, group.agencies) == ("host", "files.example", "blocked", ("ก", "ข"))


def test_nothing_from_anywhere_is_our_own_line() -> None:
    night = [result(name, (f"{name}.go.th", 0, {"dns": 1})) for name in "abcd"]
    (group,) = grouped(night, {})
    assert (group.kind, group.agencies) == ("line", ("a", "b", "c", "d"))
    # One answer from anywhere in the night, or one server only, and it is not the line.
    heard = [*night[:2], result("e", ("e.go.th", 3, {})), result("f", ("f.go.th", 3, {}))]
    assert grouped(heard, {}) == ()
    one_server = {f"{name}.go.th": ["192.0.2.9"] for name in "abcd"}
    assert [g.kind for g in grouped(night, one_server)] == ["address"]


def test_what_could_not_be_judged_explains_nothing() -> None:
    down = ("a.go.th", 0, {"dns": 1})
    assert grouped([result("ก", down), result("ข", down, outcome="failed")], {}) == ()
