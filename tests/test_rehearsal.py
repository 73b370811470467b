from pathlib import Path

from ita_rules.answers import AnswerRow, load_answers
from ita_rules.messages import messages
from ita_rules.model import Status
from ita_rules.rehearsal import rehearse
from tests.build import HOME, Site
from tests.reports import factory

SAY = messages("th")


def site():
    built = Site().page("/", "[link: รายงาน -> /ita]").page("/ita", "[link: เอกสาร -> /o13.pdf]").file("/o13.pdf", "รายงาน")
    return built.page("/lonely", "# แผน").fail("/gone.pdf", "http_404").fail("/slow.pdf", "timeout").fail("/drive", "login")


def report(**statuses):
    """Items O1, O2 … with one check each of the kinds and statuses given."""
    items = []
    for number, checks in statuses.items():
        made = tuple(
            factory.check(number, f"{kind}-{n}", kind, status, f"คำตัดสิน {kind}", fix="ทำใหม่")
            for n, (kind, status) in enumerate(checks, start=1)
        )
        whole = Status.GAP if any(c.status is Status.GAP for c in made) else Status.PASS
        items.append(factory.realistic().items[0].model_copy(update={"id": number, "checks": made, "status": whole, "due": None}))
    return factory.realistic().model_copy(update={"items": tuple(items)})


def row(number, item, *paths, note="", has=True):
    urls = tuple(HOME.rstrip("/") + p if p.startswith("/") else p for p in paths)
    return AnswerRow(number, item, " ".join(urls), urls, has, note)


def one(*rows, run=None, verdicts=None, **more):
    return rehearse(rows, (run or site()).data, verdicts or report(O13=[]), SAY, **more)


def weights(found):
    return [r.weight for r in found.remarks]


def test_a_row_that_is_ready_gets_its_click_path():
    (found,) = one(row(2, "O13", "/o13.pdf"))
    assert (found.readiness, found.remarks, found.note) == ("ready", (), "หน้าหลัก > รายงาน > เอกสาร")


def test_a_note_that_was_typed_stays():
    (found,) = one(row(2, "O13", "/o13.pdf", note="เมนูซ้าย"))
    assert found.note == "เมนูซ้าย"


def test_dead_and_closed_addresses_are_to_be_mended_once_seen_twice():
    dead, closed = one(row(2, "O13", "/gone.pdf"), row(3, "O13", "/drive"))
    assert (dead.readiness, closed.readiness) == ("mend", "mend")
    assert "404" in dead.remarks[0].text
    assert dead.remarks[0].fix
    (seen_once,) = one(row(2, "O13", "/gone.pdf"), run=site().fail("/gone.pdf", "http_404", attempts=1))
    assert seen_once.readiness == "unsure"


def test_a_bad_night_of_the_server_accuses_nobody():
    (found,) = one(row(2, "O13", "/slow.pdf"))
    assert found.readiness == "unsure"
    (found,) = one(row(2, "O13", "/never-asked"))
    assert found.readiness == "unsure"


def test_not_linked_is_sure_only_when_the_whole_site_was_seen():
    assert one(row(2, "O13", "/lonely"))[0].readiness == "unsure"  # 3 of 7 addresses failed: not complete
    whole = Site().page("/", "[link: รายงาน -> /ita]").page("/ita").page("/lonely", "# แผน")
    assert one(row(2, "O13", "/lonely"), run=whole)[0].readiness == "mend"
    linked = report(O13=[("linked", Status.PASS)])
    assert one(row(2, "O13", "/lonely"), run=whole, verdicts=linked)[0].readiness == "ready"


def test_the_home_page_is_no_evidence():
    (found,) = one(row(2, "O13", "/"))
    assert found.readiness == "mend"
    assert "หน้าแรก" in found.remarks[0].text


def test_an_address_inside_the_agency():
    for url in ("http://192.168.1.9/ita.pdf", "http://localhost/ita", "http://[fd00::1]/x"):
        assert one(row(2, "O13", url))[0].readiness == "mend"
    inside = Site("http://192.168.1.9/").page("/", "[link: x -> /a]").page("/a")
    (found,) = one(row(2, "O13", "http://192.168.1.9/a"), run=inside)
    assert found.readiness == "ready"


def test_a_short_link_is_replaced_by_where_it_leads():
    run = site()
    run.file("https://bit.ly/x", "รายงาน", final_url=run.url("/o13.pdf"), final_key=run.key("/o13.pdf"))
    (found,) = one(row(2, "O13", "https://bit.ly/x"), run=run)
    assert (found.readiness, weights(found), found.urls) == ("ready", ["tip"], (HOME + "o13.pdf",))


def test_a_short_link_to_a_shared_file_is_replaced_by_the_share_link_and_not_by_the_download() -> None:
    run = site()
    view, load = (
        "https://drive.google.com/file/d/1AbCdEfGhIjKl/view",
        "https://drive.google.com/uc?export=download&id=1AbCdEfGhIjKl",
    )
    run.file("https://bit.ly/x", "รายงาน", hops=((302, view),), asked=load, final_url=load, final_key=run.key(load))
    (found,) = one(row(2, "O13", "https://bit.ly/x"), run=run)
    assert found.urls == (view,)


def test_the_wall_of_a_social_network_is_nothing_to_mend() -> None:
    run = site()
    run.fail("https://www.facebook.com/agency", "login")
    (found,) = one(row(2, "O13", "https://www.facebook.com/agency"), run=run)
    assert weights(found) == ["unsure"]


def test_the_same_address_in_two_rows_is_told_at_both():
    first, second = one(row(2, "O13", "/o13.pdf"), row(5, "O14", "/o13.pdf"), verdicts=report(O13=[], O14=[]))
    assert ("5" in first.remarks[0].text, "2" in second.remarks[0].text) == (True, True)
    assert first.readiness == "ready"


def test_within_a_row_an_address_stands_once_and_without_marks_of_campaigns():
    (found,) = one(row(2, "O13", "/o13.pdf", "/o13.pdf#page=2", "/ita?id=1&fbclid=abc"))
    assert found.urls == (HOME + "o13.pdf#page=2", HOME + "ita?id=1")


def test_what_the_item_lacks_is_told_once_and_undecided_is_unsure():
    verdicts = report(O13=[("period", Status.GAP), ("component", Status.UNDECIDED), ("linked", Status.PASS)])
    first, second = one(row(2, "O13", "/o13.pdf"), row(3, "O13", "/ita"), verdicts=verdicts)
    assert (weights(first), first.readiness, second.readiness) == (["mend", "unsure"], "mend", "ready")
    assert first.remarks[0].text == "คำตัดสิน period"


def test_an_address_that_is_dead_is_not_told_twice():
    verdicts = report(O13=[("reachable", Status.GAP), ("linked", Status.UNDECIDED)])
    (found,) = one(row(2, "O13", "/gone.pdf"), verdicts=verdicts)
    assert weights(found) == ["mend"]


def test_items_that_the_sheet_lacks_come_last():
    found = one(row(2, "O13", "/o13.pdf"), verdicts=report(O13=[], O14=[("answered", Status.GAP)]))
    assert [(r.number, r.item, r.readiness) for r in found] == [(2, "O13", "ready"), (0, "O14", "mend")]


def test_rows_are_read_from_the_sheet_as_typed(tmp_path: Path):
    file = tmp_path / "answers.csv"
    file.write_text("ข้อ,มี,URL,คำอธิบาย\nO1,มี,www.example.go.th/a,x\n,,https://www.example.go.th/b,\nO2,ไม่มี,,-\n", encoding="utf-8")
    rows = load_answers(file, known_items=["O1", "O2"]).rows
    assert [(r.number, r.item, r.urls, r.has) for r in rows] == [
        (2, "O1", ("http://www.example.go.th/a",), True),
        (3, "O1", ("https://www.example.go.th/b",), None),
        (4, "O2", (), False),
    ]
