"""The lines on changes at the end of an audit."""

from ita_rules.audit.record import Result
from ita_rules.cli import console
from ita_rules.cli.audit_changes import changed


def result(name: str, to_confirm: int = 0, **kinds: int) -> Result:
    given = {"key": name, "name": name, "type": "local", "url": "http://x/", "outcome": "judged", "code": 0}
    return Result.model_validate({**given, "changed": kinds, "to_confirm": to_confirm})


def test_confirmed_changes_come_first_and_who_has_none_is_left_out() -> None:
    console.use_lang("en")
    try:
        lines = list(changed([result("a", 2, new_gap=2), result("b"), result("c", 1, mended=1, new_gap=1)]))
    finally:
        console.use_lang("th")
    assert [line[0] for line in lines] == ["c", "a"]
    assert "1 more to mend" in lines[0]
    assert "1 mended" in lines[0]
    assert "2 to be confirmed" in lines[1]


def test_many_are_counted() -> None:
    lines = list(changed([result(f"{n}", mended=1) for n in range(25)]))
    assert len(lines) == 21
    assert "5" in lines[-1]
