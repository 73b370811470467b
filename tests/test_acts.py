"""Who must act: by the cause, and by whose server it is."""

from __future__ import annotations

import pytest

from ita_rules.acts import ACTS, acts, known_causes


@pytest.mark.parametrize(
    ("cause", "who"),
    [
        ("http_404", "webmaster"),
        ("http_403", "webmaster"),
        ("login", "webmaster"),
        ("http_503", "hosting"),
        ("timeout", "hosting"),
        ("blocked", "tool"),
        ("social_wall", "tool"),
        ("a cause of tomorrow", "tool"),
        ("", "tool"),
    ],
)
def test_a_cause_has_its_class(cause: str, who: str) -> None:
    assert acts(cause) == who


@pytest.mark.parametrize("cause", ["http_500", "timeout", "dns", "refused", "reset", "tls", "redirect_loop", "http_403"])
def test_what_fails_on_anothers_server_is_its_owners(cause: str) -> None:
    assert acts(cause, own=False) == "external"


@pytest.mark.parametrize("cause", ["http_404", "login", "soft_404", "empty_link"])
def test_a_link_to_what_is_gone_or_shut_stays_the_webmasters(cause: str) -> None:
    assert acts(cause, own=False) == "webmaster"


def test_every_class_is_shown() -> None:
    assert {acts(cause, own=own) for cause in known_causes() for own in (True, False)} == set(ACTS)
