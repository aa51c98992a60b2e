"""Telegram misbehaves as it is told to, and every call is on record from the moment it came in."""

import asyncio

import httpx
import pytest
import telegram
from telegram.error import NetworkError, RetryAfter

from tests.playground.scripted import Caller, ScriptedBot, start


async def test_flood(
    api: Caller, scripted: ScriptedBot, library: telegram.Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """429 tells how long to wait, hits as often as asked, and nothing is applied."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # without it the library warns when it raises RetryAfter
    person = await api.person()
    await api.post("faults", method="sendMessage", times=2, status=429, retry_after=7)
    answer = await scripted.call("sendMessage", chat_id=person, text="hi")
    assert answer == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    with pytest.raises(RetryAfter):
        await library.send_message(person, "hi")
    await library.send_message(person, "at last")
    assert [one["text"] for one in await api.chat(person)] == ["/start", "at last"]


@pytest.mark.parametrize(("status", "words"), [(500, "Internal Server Error"), (502, "Bad Gateway")])
async def test_server_errors(api: Caller, scripted: ScriptedBot, status: int, words: str) -> None:
    """Any status can be sent, with Telegram's words for it or with given ones."""
    person = await api.person()
    await api.post("faults", method="sendMessage", times=1, status=status)
    await api.post("faults", method="sendMessage", times=1, status=status, description="Otherwise")
    assert await scripted.no("sendMessage", chat_id=person, text="hi") == (status, words)
    assert await scripted.no("sendMessage", chat_id=person, text="hi") == (status, "Otherwise")


@pytest.mark.parametrize(("when", "arrives"), [("before", False), ("after", True)])
async def test_dropped(api: Caller, scripted: ScriptedBot, library: telegram.Bot, when: str, arrives: bool) -> None:
    """The connection is closed without an answer, before the call took effect or after."""
    person = await api.person()
    await api.post("faults", method="sendMessage", times=2, drop=when)
    with pytest.raises(httpx.TransportError):
        await scripted.say(person, "one")
    with pytest.raises(NetworkError):
        await library.send_message(person, "two")
    await scripted.say(person, "three")
    expected = ["one", "two", "three"] if arrives else ["three"]
    assert [one["text"] for one in await api.chat(person)][1:] == expected
    calls = (await api.get("calls", method="sendMessage"))["calls"]
    assert [(call["applied"], call["status"]) for call in calls] == [(arrives, None), (arrives, None), (True, 200)]


async def test_dropped_poll(api: Caller, scripted: ScriptedBot) -> None:
    """Updates of an answer that got lost come again."""
    await api.person()
    await api.post("faults", method="getUpdates", times=1, drop="after")
    with pytest.raises(httpx.TransportError):
        await scripted.updates()
    assert len(await scripted.updates()) == 1


@pytest.mark.parametrize(("drop", "applied"), [("before", False), ("after", True), (None, False)])
async def test_held(api: Caller, scripted: ScriptedBot, drop: str | None, applied: bool) -> None:
    """A call that is held is on record meanwhile with what has come of it; clearing the faults lets it go."""
    person = await api.person()
    await api.post("faults", method="sendMessage", times=1, delay=60, **({"drop": drop} if drop else {}))
    sending = start(scripted.http.post("/bot1:x/sendMessage", json={"chat_id": person, "text": "slow"}))
    (call,) = await api.called("sendMessage", 1)
    while applied and not call["applied"]:
        (call,) = await api.called("sendMessage", 1)
    assert (call["arguments"], call["applied"], call["status"]) == (
        {"chat_id": person, "text": "slow"},
        applied,
        None,
    )
    assert not sending.done()
    await api.http.delete("/api/faults")
    await asyncio.wait([sending], timeout=10)
    assert (sending.exception() is None) is (drop is None)
    assert len(await api.chat(person)) == (1 if drop == "before" else 2)


async def test_one_chat(api: Caller, scripted: ScriptedBot) -> None:
    """A fault may be for one chat only, or for every method but getUpdates."""
    one, two = await api.person(), await api.person()
    await api.post("faults", method="*", times=1, status=500, chat_id=two)
    await scripted.say(one, "hi")
    assert (await scripted.no("sendMessage", chat_id=two, text="hi"))[0] == 500
    await api.post("faults", method="*", times=1, status=500)
    assert len(await scripted.updates()) == 2
    assert (await scripted.no("getMe"))[0] == 500


async def test_clearing(api: Caller, scripted: ScriptedBot) -> None:
    """Cleared faults come no more."""
    await api.post("faults", method="getMe", times=9, status=500)
    await api.http.delete("/api/faults")
    assert (await scripted.call("getMe"))["ok"]


@pytest.mark.parametrize(
    "fault",
    [
        {"method": "getMe"},
        {"method": "getMe", "status": 200},
        {"method": "getMe", "drop": "sometimes"},
        {"method": "getMe", "times": 0, "status": 500},
        {"method": "getMe", "status": 500, "drop": "after"},
    ],
)
async def test_no_faults(api: Caller, fault: dict[str, object]) -> None:
    """A fault that says nothing, or two things at once, is a mistake."""
    assert (await api.http.post("/api/faults", json=fault)).status_code == 400


async def test_calls(api: Caller, scripted: ScriptedBot) -> None:
    """Calls are told in order, by method, later than a number, with what came of them, and never with the token."""
    person = await api.person()
    await scripted.call("getMe")
    await scripted.say(person, "hi")
    await scripted.no("sendMessage", chat_id=person, text="")
    answer = await api.http.get("/api/calls")
    calls = answer.json()["calls"]
    assert [(call["method"], call["applied"], call["status"]) for call in calls] == [
        ("getMe", True, 200),
        ("sendMessage", True, 200),
        ("sendMessage", False, 400),
    ]
    assert "token" not in answer.text
    assert (await api.get("calls", method="sendMessage", after=calls[1]["number"]))["calls"] == calls[2:]
