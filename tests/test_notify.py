"""Messages leave once, wherever they go; what is dead or slow is told, and no secret is."""

from __future__ import annotations

import datetime as dt
import json
import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ita_rules import notify
from ita_rules.errors import ConfigError, OutputError, UsageError
from ita_rules.linefile import held
from ita_rules.notify import Channel, Message, channels_of, deliver
from tests.hooks import Hook

DAY = dt.date(2026, 4, 10)
MESSAGE = Message("สรุป", "โทรหา อบต. ก\n", "<p>โทรหา อบต. ก</p>")
pytest.importorskip("apprise")


@pytest.fixture
def hook() -> Iterator[Hook]:
    with Hook() as hook:
        yield hook


def send(hook: Hook, folder: Path, message: Message = MESSAGE, day: dt.date = DAY, seconds: float = 30) -> str:
    return deliver(message, Channel(1, hook.address), day, folder, {}, seconds)


def test_the_same_is_sent_once_a_day_to_a_channel(hook: Hook, tmp_path: Path) -> None:
    assert send(hook, tmp_path) == "sent"
    assert send(hook, tmp_path) == "already"
    assert [(one["title"], one["message"].strip()) for one in hook.got] == [("สรุป", "โทรหา อบต. ก")]
    assert send(hook, tmp_path, Message("สรุป", "อื่น", "")) == "sent"
    assert send(hook, tmp_path, day=DAY + dt.timedelta(days=1)) == "sent"
    with Hook() as other:
        assert send(other, tmp_path) == "sent"
        assert len(other.got) == 1
    assert len(hook.got) == 3


def test_a_dead_channel_is_told_and_may_be_tried_again(tmp_path: Path) -> None:
    with Hook() as hook:
        port = hook.port
    assert deliver(MESSAGE, Channel(1, hook.address), DAY, tmp_path, {}) == "failed"
    with Hook(port=port) as hook:
        assert send(hook, tmp_path) == "sent"
    with Hook(status=500) as hook:
        assert send(hook, tmp_path) == "failed"


def test_a_channel_that_does_not_answer_holds_up_nobody_and_is_not_asked_twice(tmp_path: Path) -> None:
    with Hook(silent=True) as hook:
        assert send(hook, tmp_path, seconds=0.2) == "unsure"
        assert send(hook, tmp_path, seconds=0.2) == "waiting"
        assert len(hook.got) == 1


def test_what_a_kill_left_begun_is_not_sent_again(hook: Hook, tmp_path: Path) -> None:
    assert send(hook, tmp_path) == "sent"
    journal = tmp_path / notify.FILE_NAME
    rows = journal.read_bytes().splitlines(keepends=True)
    assert [json.loads(row)["state"] for row in rows] == ["begun", "sent"]
    journal.write_bytes(rows[0] + rows[1][:20])
    assert send(hook, tmp_path) == "waiting"
    journal.write_bytes(rows[0][:20])
    assert send(hook, tmp_path) == "sent"
    assert send(hook, tmp_path) == "already"
    assert len(hook.got) == 2


def test_two_at_once_send_once(hook: Hook, tmp_path: Path) -> None:
    threads = [threading.Thread(target=send, args=(hook, tmp_path)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(hook.got) == 1


def test_nothing_is_sent_that_cannot_be_noted(hook: Hook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / notify.FILE_NAME).mkdir()
    with pytest.raises(OutputError):
        send(hook, tmp_path)
    assert hook.got == []
    with held(tmp_path):
        pass


def test_secrets_come_from_the_environment_and_go_nowhere_else(
    hook: Hook, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    channel = Channel(3, hook.address + "?+X-Token=${TOKEN}")
    with pytest.raises(ConfigError) as told:
        deliver(MESSAGE, channel, DAY, tmp_path, {})
    assert told.value.values == {"channel": "3 (json)", "name": "TOKEN"}
    assert deliver(MESSAGE, channel, DAY, tmp_path, {"TOKEN": "geheim"}) == "sent"
    assert hook.headers[0]["X-Token"] == "geheim"
    assert "geheim" not in (tmp_path / notify.FILE_NAME).read_text()
    assert "geheim" not in caplog.text


@pytest.mark.parametrize("template", ["nonsense", "nosuch://x", "user:secret@host", "://", ""])
def test_an_address_that_is_none_is_told_without_it(tmp_path: Path, template: str) -> None:
    with pytest.raises(ConfigError) as told:
        deliver(MESSAGE, Channel(2, template), DAY, tmp_path, {})
    assert "secret" not in str(told.value)
    assert not (tmp_path / notify.FILE_NAME).exists()


def test_channels_are_counted_once() -> None:
    assert [one.place for one in channels_of(["json://a", "json://b", "json://a"])] == [1, 2]


def test_without_apprise_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notify, "available", lambda: False)
    with pytest.raises(UsageError) as told:
        deliver(MESSAGE, Channel(1, "json://127.0.0.1/"), DAY, tmp_path, {})
    assert told.value.message_id == "error.notify.no_apprise"
