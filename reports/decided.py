"""What a person decided on an item, in words, for every report that shows it beside the program's verdict."""

from __future__ import annotations

from ita_rules.messages import Catalogue, clean
from ita_rules.model import ItemResult

DECISIONS = ("confirm", "pass", "gap", "more")
"""The decisions there are, in the order in which they are offered."""


def decision_word(decision: str, say: Catalogue) -> str:
    """A decision in words."""
    return say.say(f"report.decision.{decision}")


def cells(item: ItemResult, say: Catalogue) -> tuple[str | None, str | None, str | None]:
    """Decision, comment, and who decided when; three times None where nobody has."""
    made = item.decision
    if made is None:
        return None, None, None
    return decision_word(made.decision, say), made.comment, by(item, say)


def by(item: ItemResult, say: Catalogue) -> str:
    """Who decided when, and on which verdict where that has changed since; empty where nobody has."""
    made = item.decision
    if made is None:
        return ""
    words = say.say("report.decision.by", who=clean(made.who, 120), when=say.day(made.when))
    if made.carried is not None:
        words = f"{words} · {say.say('report.decision.carried', when=say.day(made.carried))}"
    if made.on is item.status:
        return words
    return f"{words} · {say.say('report.decision.before', status=say.say(f'status.{made.on.value}'))}"
