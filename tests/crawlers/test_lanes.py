from crawlers.lanes import Lanes, lane_of
from ita_rules.run.types import Want


def wants(*urls):
    return [Want("fetch", url, url) for url in urls]


def drain(lanes):
    found = []
    while (want := lanes.next()) is not None:
        lanes.start(want)
        found.append(want.url)
    return found


def test_the_best_comes_first_whatever_its_host():
    lanes = Lanes(9)
    lanes.plan(wants("http://a/1", "http://b/1", "http://a/2", "http://c/1"))
    assert len(lanes) == 4
    assert drain(lanes) == ["http://a/1", "http://b/1", "http://a/2", "http://c/1"]
    assert len(lanes) == 0


def test_a_full_host_lets_the_others_pass():
    lanes = Lanes(2)
    lanes.plan(wants(*(f"http://a/{n}" for n in range(4)), "http://b/1"))
    assert drain(lanes) == ["http://a/0", "http://a/1", "http://b/1"]
    assert [want.url for want in lanes] == ["http://a/2", "http://a/3"]
    lanes.end(Want("fetch", "", "http://A/0"))
    assert drain(lanes) == ["http://a/2"]


def test_a_new_plan_takes_the_place_of_the_old_and_knows_who_is_busy():
    lanes = Lanes(1)
    lanes.plan(wants("http://a/1", "http://a/2"))
    assert drain(lanes) == ["http://a/1"]
    lanes.plan(wants("http://a/3", "http://b/1"))
    assert drain(lanes) == ["http://b/1"]


def test_a_lane_is_host_and_port():
    assert lane_of("http://A.go.th:8080/x//y") == "a.go.th:8080"
    assert lane_of("http://a.go.th") == "a.go.th"
    assert lane_of("nonsense") == ""
