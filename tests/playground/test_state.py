"""With a state file the world goes on after a restart, and after a kill no id is given twice."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from bot.errors import OperatorError
from bot.playground.standin import Standin, running
from tests.playground.scripted import Caller, ScriptedBot

MORNING = datetime(2026, 3, 1, 8, tzinfo=UTC)


async def test_restart(tmp_path: Path) -> None:
    """Chats, people, the clock, unconfirmed updates, unanswered presses and all counters go on where they were."""
    state = tmp_path / "world.json"
    async with running(Standin(MORNING, state)) as url, httpx.AsyncClient(base_url=url) as http:
        api, bot = Caller(http), ScriptedBot(http)
        person = await api.person(name="Someone", language="en")
        markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
        await bot.say(person, "<b>Hi</b>", parse_mode="HTML", reply_markup=markup)
        await bot.call("setMyDescription", description="A companion")
        await api.does(person, "tap", button="Go")
        await api.post("clock", advance="PT1M")
        before, updates = await api.chat(person), await bot.updates()
    async with running(Standin(None, state)) as url, httpx.AsyncClient(base_url=url) as http:
        api, bot = Caller(http), ScriptedBot(http)
        assert (await api.get("clock"))["now"] == "2026-03-01T08:01:00Z"
        assert await api.chat(person) == before
        assert await bot.updates() == updates
        assert (await bot.call("answerCallbackQuery", callback_query_id=updates[1]["callback_query"]["id"]))["ok"]
        assert (await bot.call("getMyDescription"))["result"] == {"description": "A companion"}
        await api.does(person, "tap", button="Go")
        await api.does(person, "say", text="more")
        assert [update["update_id"] for update in await bot.updates()] == [1, 2, 3, 4]
        assert (await api.chat(person))[-1]["id"] == 3
        assert await api.person() != person


async def test_saved_while_it_runs(tmp_path: Path) -> None:
    """The file is written a moment after a change: a kill loses next to nothing, and no id is given a second time."""
    state = tmp_path / "world.json"
    async with running(Standin(MORNING, state)) as url, httpx.AsyncClient(base_url=url) as http:
        api = Caller(http)
        person = await api.person()
        while not (state.exists() and json.loads(state.read_bytes())["waiting"]):
            await api.get("changes", since=10**6, seconds=0.01)
        killed = tmp_path / "killed.json"
        killed.write_bytes(state.read_bytes())
    async with running(Standin(MORNING, killed)) as url, httpx.AsyncClient(base_url=url) as http:
        api, bot = Caller(http), ScriptedBot(http)
        await api.does(person, "say", text="after")
        first, second = await bot.updates()
        assert second["update_id"] > first["update_id"] + 1000
        assert second["message"]["message_id"] > first["message"]["message_id"] + 1000


async def test_a_running_bot_is_asked_to_look_again(tmp_path: Path) -> None:
    """After a restart a bot that went on is the present process still, and its next report counts."""
    state = tmp_path / "world.json"
    async with running(Standin(MORNING, state)) as url, httpx.AsyncClient(base_url=url) as http:
        bot = ScriptedBot(http)
        await bot.hello()
        await Caller(http).person()
        handled = await bot.fetch()
        assert await bot.rest(handled)
    async with running(Standin(MORNING, state)) as url, httpx.AsyncClient(base_url=url) as http:
        assert (await Caller(http).get("clock", after=0, seconds=20))["generation"] == 1
        assert await ScriptedBot(http).rest(handled)


async def test_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a state file nothing is written."""
    monkeypatch.chdir(tmp_path)
    async with running(Standin(MORNING)) as url, httpx.AsyncClient(base_url=url) as http:
        await Caller(http).person()
    assert os.listdir(tmp_path) == []  # noqa: PTH208  (in a coroutine a Path's own would be one more rule)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"next_update": "many"}'])
def test_foreign_file(tmp_path: Path, content: str) -> None:
    """A file that is none of ours ends the start with a sentence that says what to do, and stays as it is."""
    state = tmp_path / "world.json"
    state.write_text(content)
    with pytest.raises(OperatorError, match="move it away"):
        Standin(MORNING, state)
    assert state.read_text() == content
