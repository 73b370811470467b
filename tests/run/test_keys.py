"""Keys of addresses: one page under many spellings is one, different pages stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_rules.run.keys import host_of, query_of, url_key

SAME = [
    ("http://Example.GO.TH/", "http://example.go.th"),
    ("HTTP://example.go.th/a", "http://example.go.th/a"),
    ("http://example.go.th:80/a", "http://example.go.th/a"),
    ("https://example.go.th:443/a", "https://example.go.th/a"),
    ("http://example.go.th./a", "http://example.go.th/a"),
    ("http://example.go.th/a#part", "http://example.go.th/a"),
    ("http://example.go.th/a?b=2&a=1", "http://example.go.th/a?a=1&b=2"),
    ("http://example.go.th/a?PHPSESSID=x1&id=3", "http://example.go.th/a?id=3"),
    ("http://example.go.th/a;jsessionid=ABC?id=3", "http://example.go.th/a?id=3"),
    ("http://example.go.th/a?sid=1", "http://example.go.th/a"),
    ("http://example.go.th/แผน งาน.pdf", "http://example.go.th/%E0%B9%81%E0%B8%9C%E0%B8%99%20%E0%B8%87%E0%B8%B2%E0%B8%99.pdf"),
    (" http://example.go.th/a ", "http://example.go.th/a"),
    ("http://example.go.th/(2).pdf", "http://example.go.th/%282%29.pdf"),
    ("http://example.go.th/%e0%b8%81", "http://example.go.th/%E0%B8%81"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_address_share_a_key(one: str, other: str) -> None:
    assert url_key(one) == url_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.go.th/a", "https://example.go.th/a"),
        ("http://example.go.th/a", "http://www.example.go.th/a"),
        ("http://example.go.th/a", "http://example.go.th/A"),
        ("http://example.go.th/a", "http://example.go.th/a/"),
        ("http://example.go.th/a?id=1", "http://example.go.th/a?id=2"),
        ("http://example.go.th:8080/", "http://example.go.th/"),
        ("http://example.go.th/%2F", "http://example.go.th//"),
        ("http://example.go.th/?p=370", "http://example.go.th/"),
    ],
)
def test_different_pages_have_different_keys(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#",
        "/a",
        "mailto:a@b.th",
        "javascript:void(0)",
        "ftp://a.th/",
        "http://",
        "http:///a",
        "http://a:b:c/",
        "http://a:99999/",
        "tel:1",
    ],
)
def test_what_is_no_web_address_has_no_key(text: str) -> None:
    assert url_key(text) == ""


def test_addresses_in_numbers_and_ports() -> None:
    assert url_key("http://[::1]:8000/a") == "http://[::1]:8000/a"
    assert url_key("http://61.19.34.18:8000/ita_66/eb12.php") == "http://61.19.34.18:8000/ita_66/eb12.php"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://a.go.th/old.html#/plan", "http://a.go.th/old.html#/plan"),
        ("http://a.go.th#!/ita/o1", "http://a.go.th/#!/ita/o1"),
        ("http://a.go.th/?x=#/plan", "http://a.go.th/?x=#/plan"),
        ("http://a.go.th/old.html#/", "http://a.go.th/old.html"),
        ("http://a.go.th/old.html#!", "http://a.go.th/old.html"),
        ("http://a.go.th/old.html#plan", "http://a.go.th/old.html"),
    ],
)
def test_only_a_route_of_an_application_stays_of_a_fragment(url: str, key: str) -> None:
    assert url_key(url) == key


def test_hosts() -> None:
    assert host_of("https://WWW.Example.go.th:8080/a") == "www.example.go.th"
    assert host_of("nothing") == ""
    assert host_of("http://[bad") == ""


@given(st.text(max_size=80) | st.text(alphabet="htp:/.a[]%กข?&=#;@ 0123456789", max_size=40).map("http://".__add__))
def test_any_text_has_a_key_or_none_and_a_key_is_its_own_key(text: str) -> None:
    found = url_key(text)
    assert found == "" or found.startswith(("http://", "https://"))
    assert url_key(found) == found


def test_a_query_in_utf_8_or_in_the_thai_code_page() -> None:
    assert query_of("http://a.go.th/v?file=%E0%B8%81.pdf&x=1") == [("file", "ก.pdf"), ("x", "1")]
    assert query_of("http://a.go.th/v?file=%A1.pdf") == [("file", "ก.pdf")]
    assert query_of("http://[bad?a=1") == []
