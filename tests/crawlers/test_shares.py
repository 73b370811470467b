"""Share links: which address gives the file, what a viewer without its file means, and whom a wall is held against (nobody)."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

import pytest

from crawlers import fetch, guard
from crawlers.fetch import Fetched
from crawlers.settings import CrawlSettings
from crawlers.shares import Found, confirmed, direct, follow, onward
from crawlers.site import gather
from crawlers.visit import Visitor
from ita_rules.run.blobs import BlobStore
from ita_rules.run.keys import url_key
from ita_rules.run.services import end_of
from ita_rules.run.store import RunWriter
from ita_rules.run.types import Answer, Exchange, RunData, RunMeta, Want
from tests.crawlers.test_site import Reader
from tests.sites import Reply, Site, page, pdf, redirect

ID = "1AbCdEfGhIjKlMnOp"
VIEW = f"https://drive.google.com/file/d/{ID}/view?usp=sharing"
LOAD = f"https://drive.google.com/uc?export=download&id={ID}"
DOC = f"https://docs.google.com/document/d/{ID}/edit?usp=sharing"
DOCX = f"https://docs.google.com/document/d/{ID}/export?format=docx"
FOLDER = f"https://drive.google.com/drive/folders/{ID}?usp=sharing"
LISTING = f"https://drive.google.com/embeddedfolderview?id={ID}"
CONTENT = f"https://drive.usercontent.google.com/download?id={ID}&export=download"
SIGN_IN = "https://accounts.google.com/v3/signin/identifier"
BIG = (
    f'<html><head><title>Google Drive - Virus scan warning</title></head><body><form id="download-form" method="get"'
    f' action="https://drive.usercontent.google.com/download"><input type="hidden" name="id" value="{ID}">'
    f'<input type="hidden" name="export" value="download"><input type="hidden" name="confirm" value="t">'
    f'<input type="hidden" name="uuid" value="a-b"><input type="submit" value="Download anyway"></form></body></html>'
)
CONFIRMED = f"https://drive.usercontent.google.com/download?id={ID}&export=download&confirm=t&uuid=a-b"


def file(url: str, *, at: str = "") -> Fetched:
    """A PDF."""
    hops = ((303, at),) if at else ()
    return Fetched(url, at or url, 200, body=b"%PDF-1.4", media_type="application/pdf", hops=hops)


def shown(url: str, body: str = "<title>O1.pdf - Google Drive</title>", *, at: str = "") -> Fetched:
    """A page, `at` another address than was asked where it was sent on."""
    hops = ((302, at),) if at else ()
    return Fetched(url, at or url, 200, body=body.encode(), media_type="text/html", hops=hops)


def failed(url: str, cause: str) -> Fetched:
    """Nothing."""
    return Fetched(url, url, cause=cause, status=int(cause[5:]) if cause.startswith("http_") else None)


def following(url: str, answers: Mapping[str, Fetched]) -> tuple[Found, list[str]]:
    """What comes of `url`, and what was asked for it."""
    asked: list[str] = []

    def ask(address: str) -> Fetched:
        asked.append(address)
        return answers.get(address) or failed(address, "http_404")

    return follow(url, ask), asked


# ---------------------------------------------------------------- the address of the file


@pytest.mark.parametrize(
    "url",
    [
        VIEW,
        f"https://drive.google.com/file/d/{ID}",
        f"https://drive.google.com/file/d/{ID}/preview",
        f"https://drive.google.com/file/u/1/d/{ID}/edit",
        f"https://drive.google.com/a/moph.go.th/file/d/{ID}/view",
        f"https://docs.google.com/file/d/{ID}/edit",
        f"https://drive.google.com/open?authuser=0&id={ID}",
        f"https://drive.google.com/uc?id={ID}",
        f"https://docs.google.com/uc?export=view&id={ID}",
    ],
)
def test_every_spelling_of_a_file_on_drive(url: str) -> None:
    assert direct(url) == (LOAD,)


def test_the_key_of_an_older_file_goes_along() -> None:
    assert direct(f"https://drive.google.com/file/d/{ID}/view?resourcekey=0-xY_z&usp=sharing") == (f"{LOAD}&resourcekey=0-xY_z",)


@pytest.mark.parametrize(
    ("url", "made"),
    [
        (f"https://docs.google.com/document/d/{ID}/edit", ["export?format=docx", "export?format=pdf"]),
        (f"https://docs.google.com/document/u/0/d/{ID}/preview", ["export?format=docx", "export?format=pdf"]),
        (f"https://docs.google.com/a/x.go.th/document/d/{ID}", ["export?format=docx", "export?format=pdf"]),
        (f"https://docs.google.com/spreadsheets/d/{ID}/edit#gid=7", ["export?format=xlsx", "export?format=pdf"]),
        (f"https://docs.google.com/presentation/d/{ID}/embed", ["export/pptx", "export/pdf"]),
        (f"https://docs.google.com/drawings/d/{ID}/edit", ["export/pdf"]),
    ],
)
def test_what_googles_editors_made_is_exported(url: str, made: list[str]) -> None:
    kind = next(k for k in ("document", "spreadsheets", "presentation", "drawings") if k in url)
    assert direct(url) == tuple(f"https://docs.google.com/{kind}/d/{ID}/{how}" for how in made)


@pytest.mark.parametrize(
    "url",
    [
        FOLDER,
        f"https://drive.google.com/drive/u/1/folders/{ID}",
        f"https://drive.google.com/drive/mobile/folders/{ID}",
        f"https://drive.google.com/folderview?id={ID}",
    ],
)
def test_a_folder_is_asked_for_its_plain_list(url: str) -> None:
    assert direct(url) == (LISTING,)


@pytest.mark.parametrize(
    ("url", "made"),
    [
        (
            "https://a-my.sharepoint.com/:b:/g/personal/x/EabC?e=1",
            "https://a-my.sharepoint.com/:b:/g/personal/x/EabC?e=1&download=1",
        ),
        ("https://a.sharepoint.com/:x:/s/x/EabC", "https://a.sharepoint.com/:x:/s/x/EabC?download=1"),
        (
            "https://a.sharepoint.com/sites/x/_layouts/15/Doc.aspx?sourcedoc=%7B1-2%7D&file=a.docx",
            "https://a.sharepoint.com/sites/x/_layouts/15/download.aspx?UniqueId=1-2",
        ),
        (
            "https://a-my.sharepoint.com/personal/x/_layouts/15/onedrive.aspx?id=%2Fpersonal%2Fx%2FDocuments%2Fo1.pdf&ga=1",
            "https://a-my.sharepoint.com/personal/x/_layouts/15/download.aspx?SourceUrl=%2Fpersonal%2Fx%2FDocuments%2Fo1.pdf",
        ),
        (
            "https://onedrive.live.com/?cid=AB&id=AB!123&authkey=!K",
            "https://onedrive.live.com/download?resid=AB%21123&authkey=%21K&cid=AB",
        ),
        ("https://onedrive.live.com/embed?resid=ABC!123", "https://onedrive.live.com/download?resid=ABC%21123"),
        ("https://www.dropbox.com/s/abc/o1.pdf?dl=0", "https://www.dropbox.com/s/abc/o1.pdf?dl=1"),
        ("https://www.dropbox.com/scl/fi/abc/o1.pdf?rlkey=z&dl=0", "https://www.dropbox.com/scl/fi/abc/o1.pdf?rlkey=z&dl=1"),
    ],
)
def test_microsoft_and_dropbox(url: str, made: str) -> None:
    assert direct(url) == (made,)


@pytest.mark.parametrize(
    "url",
    [
        LOAD,
        CONTENT,
        LISTING,
        DOCX,
        f"https://docs.google.com/document/d/{ID}/pub",
        "https://docs.google.com/document/d/e/2PACX-1vSabcdefgh/pub",
        "https://docs.google.com/spreadsheets/d/e/2PACX-1vSabcdefgh/pubhtml",
        f"https://docs.google.com/forms/d/e/{ID}/viewform",
        "https://docs.google.com/viewer?url=http://www.example.go.th/a.pdf",
        "https://sites.google.com/view/x",
        "https://drive.google.com/drive/my-drive",
        "https://a.sharepoint.com/:f:/g/personal/x/EabC",
        "https://1drv.ms/b/s!AkCh",
        "https://www.dropbox.com/s/abc/o1.pdf?dl=1",
        "https://www.dropbox.com/home",
        "https://www.facebook.com/x",
        f"https://www.example.go.th/file/d/{ID}/view",
        "http://[::1",
        "",
    ],
)
def test_what_is_asked_as_it_stands(url: str) -> None:
    assert direct(url) == ()


def test_what_is_made_of_a_link_is_never_made_over() -> None:
    for url in (VIEW, DOC, FOLDER, "https://a.sharepoint.com/:x:/s/x/EabC", "https://www.dropbox.com/s/abc/o1.pdf"):
        assert [direct(made) for made in direct(url)] == [()] * len(direct(url))


# ---------------------------------------------------------------- what comes of it


def test_a_file_comes_in_place_of_its_viewer_under_the_published_address() -> None:
    found, asked = following(VIEW, {LOAD: file(LOAD, at=CONTENT)})
    assert (found.got.url, found.asked, found.got.final_url, found.got.media_type) == (VIEW, LOAD, CONTENT, "application/pdf")
    assert (found.got.hops, found.cause, asked) == (((303, CONTENT),), None, [LOAD])


def test_an_ordinary_address_is_asked_once() -> None:
    url = "https://www.example.go.th/o1"
    found, asked = following(url, {url: shown(url)})
    assert (found.asked, found.cause, asked) == ("", None, [url])


def test_a_big_file_is_confirmed_once() -> None:
    found, asked = following(VIEW, {LOAD: shown(LOAD, BIG, at=CONTENT), CONFIRMED: file(CONFIRMED)})
    assert (found.asked, found.got.media_type, asked) == (LOAD, "application/pdf", [LOAD, CONFIRMED])
    assert found.got.hops == ((302, CONTENT), (200, CONFIRMED))
    again, asked = following(VIEW, {LOAD: shown(LOAD, BIG, at=CONTENT), CONFIRMED: shown(CONFIRMED, BIG), VIEW: shown(VIEW)})
    assert (again.cause, asked.count(CONFIRMED)) == ("needs_javascript", 1)


def test_a_download_that_is_published_itself_is_confirmed_too() -> None:
    found, asked = following(LOAD, {LOAD: shown(LOAD, BIG, at=CONTENT), CONFIRMED: file(CONFIRMED)})
    assert (found.got.media_type, found.asked, asked) == ("application/pdf", "", [LOAD, CONFIRMED])


@pytest.mark.parametrize(
    "other",
    [
        BIG.replace("drive.usercontent.google.com", "evil.example"),
        BIG.replace(ID, "1ZzZzZzZzZzZzZz"),
        BIG.replace("https://drive", "http://drive"),
        BIG.replace("https://drive", "javascript://drive"),
        "<p>can't scan this file for viruses</p>",
        "<p>an ordinary page</p>",
    ],
)
def test_only_googles_own_question_about_the_same_file_is_answered(other: str) -> None:
    assert confirmed(shown(LOAD, BIG, at=CONTENT)) == CONFIRMED
    assert confirmed(shown(LOAD, other, at=CONTENT)) == ""
    assert confirmed(shown("https://www.example.go.th/", BIG)) == ""


def test_the_older_question_is_a_link() -> None:
    body = f'<a id="uc-download-link" href="/uc?export=download&amp;confirm=ab12&amp;id={ID}">Download anyway</a>'
    assert confirmed(shown(LOAD, body)) == f"https://drive.google.com/uc?export=download&confirm=ab12&id={ID}"


def test_a_shut_file_is_login_by_what_its_published_address_answers() -> None:
    answers = {LOAD: shown(LOAD, at=SIGN_IN), VIEW: shown(VIEW, at=SIGN_IN)}
    found, asked = following(VIEW, answers)
    assert (found.got.cause, found.got.url, found.got.final_url, asked) == ("login", VIEW, SIGN_IN, [LOAD, VIEW])


def test_a_sign_in_page_that_robots_close_is_one_all_the_same() -> None:
    closed = Fetched(VIEW, VIEW, status=302, cause="robots", detail=SIGN_IN)
    found, _ = following(VIEW, {LOAD: failed(LOAD, "robots"), VIEW: closed})
    assert found.got.cause == "login"
    other, _ = following(VIEW, {LOAD: failed(LOAD, "robots"), VIEW: failed(VIEW, "robots")})
    assert other.got.cause == "robots"


def test_a_file_that_is_gone_is_gone() -> None:
    found, _ = following(VIEW, {})
    assert (found.got.cause, found.got.url, found.cause) == ("http_404", VIEW, None)


@pytest.mark.parametrize(
    "refusal", [failed(LOAD, "http_403"), failed(LOAD, "http_404"), shown(LOAD, "quota exceeded"), shown(LOAD, at=SIGN_IN)]
)
def test_a_viewer_that_opens_blames_nobody_for_a_download_that_does_not(refusal: Fetched) -> None:
    found, _ = following(VIEW, {LOAD: refusal, VIEW: shown(VIEW)})
    assert (found.got.cause, found.cause) == (None, "needs_javascript")


@pytest.mark.parametrize("cause", ["timeout", "reset", "http_503", "http_429", "blocked"])
def test_a_bad_moment_of_the_download_is_tried_again_later(cause: str) -> None:
    found, _ = following(VIEW, {LOAD: failed(LOAD, cause), VIEW: shown(VIEW)})
    assert found.cause == cause


@pytest.mark.parametrize("cause", ["too_large", "external", "private_address", "budget"])
def test_what_asking_elsewhere_would_not_mend_ends_it(cause: str) -> None:
    found, asked = following(VIEW, {LOAD: failed(LOAD, cause)})
    assert (found.got.cause, found.got.url, asked) == (cause, VIEW, [LOAD])


def test_a_document_comes_in_its_second_form_where_the_first_fails() -> None:
    pdf_of = DOCX.replace("docx", "pdf")
    found, asked = following(DOC, {DOCX: failed(DOCX, "http_500"), pdf_of: file(pdf_of)})
    assert (found.asked, found.got.media_type, asked) == (pdf_of, "application/pdf", [DOCX, pdf_of])


def test_a_file_that_is_as_it_was_is_had() -> None:
    same = Fetched(LOAD, CONTENT, 304)
    found, asked = following(VIEW, {LOAD: same})
    assert (found.got.status, found.asked, found.cause, asked) == (304, LOAD, None, [LOAD])


def test_a_folder_is_the_page_of_its_files() -> None:
    found, _ = following(FOLDER, {LISTING: shown(LISTING, f"<a href='{VIEW}'>O1.pdf</a>")})
    assert (found.got.url, found.asked, found.cause) == (FOLDER, LISTING, None)
    shut, _ = following(FOLDER, {LISTING: shown(LISTING, at=SIGN_IN), FOLDER: shown(FOLDER, at=SIGN_IN)})
    assert shut.got.cause == "login"
    scripts, _ = following(FOLDER, {FOLDER: shown(FOLDER)})
    assert scripts.cause == "needs_javascript"


def test_open_leads_to_whatever_the_id_is_of() -> None:
    start = f"https://drive.google.com/open?id={ID}"
    found, asked = following(start, {start: shown(start, at=DOC), DOCX: file(DOCX)})
    assert (found.got.url, found.asked, asked) == (start, "", [LOAD, start, DOCX])
    assert found.got.hops == ((302, DOC), (200, DOCX))
    folder, asked = following(start, {start: shown(start, at=FOLDER), LISTING: shown(LISTING)})
    assert (folder.got.final_url, asked) == (LISTING, [LOAD, start, LISTING])


def test_the_same_download_is_not_asked_twice() -> None:
    start = f"https://drive.google.com/open?id={ID}"
    found, asked = following(start, {start: shown(start, at=VIEW), VIEW: shown(VIEW)})
    assert (found.cause, asked) == ("needs_javascript", [LOAD, start, VIEW])


def test_a_short_link_ends_at_the_file_and_every_hop_is_kept() -> None:
    short = "https://bit.ly/3xYz"
    found, asked = following(short, {short: shown(short, at=VIEW), LOAD: file(LOAD, at=CONTENT)})
    assert (found.got.url, found.asked, asked) == (short, "", [short, LOAD])
    assert found.got.hops == ((302, VIEW), (200, LOAD), (303, CONTENT))


def test_the_waiting_page_of_a_shortener_is_passed() -> None:
    short, end = "https://shorturl.at/abc", "https://www.example.go.th/o1.pdf"
    body = f"<meta http-equiv='Refresh' content='3; URL={end}'><p>โฆษณา"
    found, asked = following(short, {short: shown(short, body), end: file(end)})
    assert (found.got.url, found.got.final_url, found.asked, asked) == (short, end, "", [short, end])
    assert found.got.hops == ((200, end),)
    assert onward(shown("https://www.example.go.th/", body)) == ""


def test_short_links_in_a_circle_come_to_an_end() -> None:
    one, two = "https://bit.ly/one", "https://bit.ly/two"

    def waiting(url: str, to: str) -> Fetched:
        return shown(url, f"<meta http-equiv=refresh content='0;url={to}'>")

    _, asked = following(one, {one: waiting(one, two), two: waiting(two, one)})
    assert len(asked) == 3


def test_the_wall_of_a_social_network_is_a_sign_in_page() -> None:
    url = "https://www.facebook.com/tessaban"
    found, _ = following(url, {url: shown(url, at="https://www.facebook.com/login/?next=x")})
    assert found.got.cause == "login"


def test_a_sign_in_page_that_is_published_itself_is_what_it_is() -> None:
    found, _ = following(SIGN_IN, {SIGN_IN: shown(SIGN_IN)})
    assert found.got.cause is None


@pytest.mark.parametrize(
    "body", ["", "<", "\x00\x01", "<form id=download-form>" * 500, "<meta http-equiv=refresh content='0;url='>"]
)
def test_foreign_bytes_do_no_harm(body: str) -> None:
    assert confirmed(shown(LOAD, body, at=CONTENT)) == ""
    assert onward(shown("https://bit.ly/x", body)) == ""


# ---------------------------------------------------------------- with the crawler, on a double of the services


@pytest.fixture
def double(monkeypatch: pytest.MonkeyPatch) -> Callable[[Site], None]:
    """Puts a site on loopback in the place of every public name. Names are public until the first request is sent."""
    place, port = ["203.0.114.1"], [80]
    real = fetch.wire

    def answer(host: str, at: int, *_args: object, **_options: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place[0], at))]

    def here(address: str) -> str:
        place[0] = "127.0.0.1"
        parts = urlsplit(real(address))
        return parts._replace(scheme="http", netloc=f"{parts.hostname}:{port[0]}").geturl()

    def stand_in(site: Site) -> None:
        port[0] = site.port

    monkeypatch.setattr(guard.socket, "getaddrinfo", answer)
    monkeypatch.setattr(guard, "_is_public", lambda ip: str(ip) in ("127.0.0.1", "203.0.114.1"))
    monkeypatch.setattr(fetch, "wire", here)
    return stand_in


@pytest.fixture
def visiting(double, tmp_path) -> Callable[[Site, str], Exchange]:
    """A visit from a public agency's site, where every public name is the given double on loopback."""

    def visit(site: Site, url: str) -> Exchange:
        visitor = Visitor(f"http://www.example.go.th:{site.port}/", CrawlSettings(interval_seconds=0.0), BlobStore(tmp_path))
        double(site)
        assert visitor.reach.kind == "public"
        found = visitor.visit(url_key(url), url)
        again = visitor.visit(url_key(url), url)
        visitor.close()
        assert again.exchange.cause == found.exchange.cause
        assert found.exchange.cause is None or found.links is None
        return found.exchange

    return visit


def test_from_the_published_link_to_the_stored_file(visiting) -> None:
    routes = {"/uc": redirect(CONTENT, 303), "/download": Reply(BIG.encode())}
    routes[urlsplit(CONFIRMED).path + "?" + urlsplit(CONFIRMED).query] = pdf("o1")
    with Site(routes) as site:
        found = visiting(site, VIEW)
    assert (found.url, found.key, found.asked, found.final_url) == (VIEW, url_key(VIEW), LOAD, CONFIRMED)
    assert (found.cause, found.media_type, [s for s, _ in found.hops]) == (None, "application/pdf", [303, 200])
    assert found.sha256


def test_a_request_for_access_in_place_of_the_file(visiting) -> None:
    wall = page("<p>You need access</p><p>Ask for access, or switch to another account.</p>", "Google Drive: Access Denied")
    with Site({"/uc": page("", status=403), f"/file/d/{ID}/view": wall}) as site:
        found = visiting(site, VIEW)
    assert (found.cause, found.url) == ("login", VIEW)


def test_a_sign_in_page_in_place_of_the_file(visiting) -> None:
    form = page("<input type=email>", "Sign in - Google Accounts")
    with Site({"/v3/signin/identifier": form}, otherwise=redirect(SIGN_IN)) as site:
        # the double answers robots.txt with the redirect too, as some services do
        found = visiting(site, VIEW)
    assert (found.cause, found.final_url) == ("login", SIGN_IN)


def test_a_viewer_without_its_file_is_read_by_nobody(visiting) -> None:
    with Site({"/uc": page("", status=403), f"/file/d/{ID}/view": page("<p>O1.pdf", "O1.pdf - Google Drive")}) as site:
        found = visiting(site, VIEW)
    assert (found.cause, found.status) == ("needs_javascript", 200)


def test_robots_txt_of_the_service_is_kept(visiting) -> None:
    rules = Reply(b"User-agent: *\nDisallow: /", type="text/plain")
    with Site({"/robots.txt": rules, "/uc": pdf()}) as site:
        found = visiting(site, VIEW)
        assert set(site.seen) == {"/robots.txt"}
    assert found.cause == "robots"


def test_from_loopback_no_service_is_asked(tmp_path, monkeypatch) -> None:
    with Site({"/": page("x"), "/go": redirect(VIEW)}) as site:
        visitor = Visitor(site.url(), CrawlSettings(), BlobStore(tmp_path))
        monkeypatch.setattr(guard.socket, "getaddrinfo", lambda *_a, **_o: pytest.fail("resolved"))
        for url in (VIEW, DOC, FOLDER, "https://bit.ly/x"):
            found = visitor.visit(url_key(url), url).exchange
            assert (found.cause, found.url, found.asked) == ("external", url, "")
        assert visitor.requests == 0
        visitor.close()


def test_a_whole_gathering_with_shares_of_every_kind(double, tmp_path) -> None:
    shut, gone = (f"https://drive.google.com/file/d/{n}AbCdEfGhIjKlMnOp/view" for n in (2, 3))
    folder = FOLDER
    short, facebook = "https://bit.ly/o13", "https://www.facebook.com/tessaban"
    listing = f"<a href='{VIEW}'>O13.pdf</a>"
    routes = {
        "/": page("<a href=/ita>ITA</a>", "เทศบาล"),
        f"/uc?export=download&id={ID}": pdf("o13"),
        f"/uc?export=download&id={shut.split('/')[5]}": redirect(SIGN_IN),
        f"/file/d/{shut.split('/')[5]}/view": redirect(SIGN_IN),
        "/v3/signin/identifier": page("<input type=email>", "Sign in"),
        "/embeddedfolderview": page(listing, "O13"),
        "/o13": redirect(VIEW),
        "/tessaban": redirect("https://www.facebook.com/login/?next=x"),
        "/login/": page("<input type=password>", "Log in to Facebook"),
    }
    answers = [Answer("O13", (VIEW, shut, gone, folder, short, facebook))]

    def wants(run: RunData) -> list[Want]:
        wanted = [url for answer in run.answers for url in answer.urls]
        return [Want("fetch", url_key(url), url, evidence=True) for url in wanted]

    with Site(routes) as site:
        start = f"http://www.example.go.th:{site.port}/"
        double(site)
        settings = CrawlSettings(response_seconds=2.0, max_minutes=0.5, interval_seconds=0.0, retry_seconds=0.0)
        run = gather(
            start, writer=RunWriter(tmp_path, RunMeta(start)), wants=wants, settings=settings, reader=Reader(), answers=answers
        )
    found = {url: run.exchanges[url_key(url)] for url in answers[0].urls}
    assert {url: e.cause for url, e in found.items()} == {
        VIEW: None,
        shut: "login",
        gone: "http_404",
        folder: None,
        short: None,
        facebook: "login",
    }
    assert [found[url].attempts for url in (VIEW, shut, gone, facebook)] == [1, 2, 2, 2]
    assert found[VIEW].sha256 == found[short].sha256
    assert [link.url for link in run.links[found[folder].final_key]] == [VIEW]
    assert found[short].hops[0] == (302, VIEW)
    assert end_of(found[short]) == VIEW
