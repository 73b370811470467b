"""Services by their addresses: what lies with whom, what is short, what a sign-in page there means."""

from __future__ import annotations

import pytest

from ita_rules.run.services import cause_at, end_of, is_shared, is_shared_file, is_short, is_sign_in, is_social, service_of
from ita_rules.run.types import Exchange

FILE_ID = "1AbCdEfGhIjKlMnOp"


@pytest.mark.parametrize(
    ("url", "service"),
    [
        ("https://www.facebook.com/x", "facebook"),
        ("https://m.facebook.com/x", "facebook"),
        ("https://youtu.be/x", "youtube"),
        ("https://line.me/R/ti/p/@x", "line"),
        ("https://lin.ee/abc", "line"),
        ("https://www.tiktok.com/@x", "tiktok"),
        ("https://x.com/a", "x"),
        ("https://www.instagram.com/x", "instagram"),
        (f"https://drive.google.com/file/d/{FILE_ID}/view", "google-drive"),
        (f"https://docs.google.com/uc?id={FILE_ID}", "google-drive"),
        (f"https://docs.google.com/document/d/{FILE_ID}/edit", "google-docs"),
        (f"https://docs.google.com/forms/d/e/{FILE_ID}/viewform", "google-forms"),
        ("https://forms.gle/x", "google-forms"),
        ("https://sites.google.com/view/x", "google-sites"),
        ("https://goo.gl/maps/x", "google-maps"),
        ("https://goo.gl/x", "short-link"),
        ("https://1drv.ms/b/x", "onedrive"),
        ("https://a-my.sharepoint.com/:b:/g/x", "onedrive"),
        ("https://www.dropbox.com/s/x", "dropbox"),
        ("https://www.canva.com/design/x", "canva"),
        ("https://bit.ly/x", "short-link"),
        ("https://shorturl.asia/x", "short-link"),
        ("https://www.example.go.th/facebook.com", ""),
        ("https://notfacebook.com/", ""),
        ("https://nox.com/", ""),
        ("https://notdropbox.com/x", ""),
        ("https://www.google.com/search?q=maps", ""),
        ("http://[::1", ""),
        ("", ""),
    ],
)
def test_a_service_is_known_by_its_host_and_the_beginning_of_the_path(url: str, service: str) -> None:
    assert service_of(url) == service


def test_social_shared_and_short_are_told_apart() -> None:
    assert is_social("https://youtu.be/x")
    assert not is_social("https://bit.ly/x")
    assert is_shared("https://www.canva.com/design/x")
    assert not is_shared("https://www.facebook.com/x")
    assert is_short("https://bit.ly/x")
    assert is_short("https://forms.gle/x")
    assert is_short("https://goo.gl/maps/x")
    assert not is_short("https://youtu.be/x")
    assert not is_short("https://www.example.go.th/bit.ly")


@pytest.mark.parametrize(
    ("url", "file"),
    [
        (f"https://drive.google.com/file/d/{FILE_ID}/view", True),
        (f"https://drive.google.com/open?usp=x&id={FILE_ID}", True),
        (f"https://docs.google.com/spreadsheets/d/{FILE_ID}/edit#gid=0", True),
        ("https://1drv.ms/b/s!AkCh", True),
        ("https://a.sharepoint.com/:w:/s/x/Eabc", True),
        ("https://www.dropbox.com/scl/fi/abc/o1.pdf?rlkey=z", True),
        (f"https://drive.google.com/drive/folders/{FILE_ID}", False),
        (f"https://docs.google.com/document/d/{FILE_ID}/pub", False),
        ("https://docs.google.com/document/d/e/2PACX-1vSabcdefgh/pub", False),
        (f"https://docs.google.com/forms/d/e/{FILE_ID}/viewform", False),
        ("https://a.sharepoint.com/:f:/s/x/Eabc", False),
        ("https://www.example.go.th/file/d/1AbCdEfGhIjKlMnOp/view", False),
    ],
)
def test_the_share_link_of_one_file(url: str, file: bool) -> None:
    assert is_shared_file(url) is file


def test_the_end_of_a_short_link_is_where_a_visitor_comes_to() -> None:
    view = f"https://drive.google.com/file/d/{FILE_ID}/view"
    hops = ((301, "https://bit.ly/y"), (302, view), (303, "https://drive.usercontent.google.com/download"))
    assert end_of(Exchange("k", "https://bit.ly/x", "https://drive.usercontent.google.com/download", hops=hops)) == view
    assert end_of(Exchange("k", "https://bit.ly/x", "https://bit.ly/x")) == "https://bit.ly/x"
    assert end_of(Exchange("k", "https://bit.ly/x", "https://www.example.go.th/")) == "https://www.example.go.th/"
    assert end_of(Exchange("k", view, "https://drive.usercontent.google.com/download")) == view


@pytest.mark.parametrize(
    ("url", "sign_in"),
    [
        ("https://accounts.google.com/v3/signin/identifier?continue=x", True),
        ("https://accounts.google.com/ServiceLogin", True),
        ("https://login.microsoftonline.com/common/oauth2/authorize", True),
        ("https://login.live.com/login.srf", True),
        ("https://www.facebook.com/login/?next=x", True),
        ("https://m.facebook.com/login.php", True),
        ("https://www.instagram.com/accounts/login/", True),
        ("https://www.facebook.com/loginburi.hospital", False),
        ("https://www.facebook.com/sharer", False),
        ("https://www.example.go.th/login", False),
        ("https://www.example.go.th/?next=https://accounts.google.com/", False),
    ],
)
def test_sign_in_pages_of_the_services(url: str, sign_in: bool) -> None:
    assert is_sign_in(url) is sign_in


@pytest.mark.parametrize("cause", ["login", "soft_404", "http_404", "http_400", "http_403"])
def test_at_a_walled_network_no_refusal_is_anybodys_fault(cause: str) -> None:
    assert cause_at(cause, "https://www.facebook.com/x") == "social_wall"
    assert cause_at(cause, "https://bit.ly/x", "https://www.facebook.com/login/") == "social_wall"
    assert cause_at(cause, "https://drive.google.com/x", "https://accounts.google.com/") == cause


def test_elsewhere_and_otherwise_a_cause_stays_what_it_is() -> None:
    assert cause_at("timeout", "https://www.facebook.com/x") == "timeout"
    assert cause_at("http_404", "https://www.youtube.com/watch?v=1") == "http_404"
    assert cause_at("login", "https://www.youtube.com/x") == "social_wall"
    assert cause_at(None, "https://www.facebook.com/x") is None
