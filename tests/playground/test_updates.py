"""getUpdates: nothing is lost, nothing is confirmed by accident, nothing outlives its time, one poller at a time."""

import asyncio
from typing import Any

import httpx

from tests.playground.scripted import TOKEN, Caller, ScriptedBot, start

CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


def texts(updates: list[dict[str, Any]]) -> list[str]:
    """What people said, in the order of the updates."""
    return [update["message"]["text"] for update in updates]


async def test_redelivery(api: Caller, scripted: ScriptedBot) -> None:
    """An update comes again until an offset above it confirms it, and never after that."""
    person = await api.person()
    await api.does(person, "say", text="two")
    first = await scripted.updates()
    assert texts(first) == ["/start", "two"]
    assert texts(await scripted.updates(offset=first[0]["update_id"])) == ["/start", "two"]
    assert texts(await scripted.updates(offset=first[1]["update_id"])) == ["two"]
    assert texts(await scripted.updates()) == ["two"]
    assert await scripted.updates(offset=first[1]["update_id"] + 1) == []
    assert await scripted.updates() == []


async def test_ids_are_consecutive(api: Caller, scripted: ScriptedBot) -> None:
    """Each update's id is one above the last one's, whoever it comes from."""
    one, two = await api.person(), await api.person()
    await api.does(one, "say", text="a")
    await api.does(two, "block")
    ids = [update["update_id"] for update in await scripted.updates()]
    assert ids == list(range(ids[0], ids[0] + 4))


async def test_limit(api: Caller, scripted: ScriptedBot) -> None:
    """A limit counts from the oldest; one outside 1 to 100 is brought inside."""
    person = await api.person()
    for number in range(104):
        await api.does(person, "say", text=str(number))
    assert texts(await scripted.updates(limit=2)) == ["/start", "0"]
    assert len(await scripted.updates(limit=0)) == 1
    assert len(await scripted.updates(limit=500)) == 100
    assert len(await scripted.updates()) == 100


async def test_negative_offset(api: Caller, scripted: ScriptedBot) -> None:
    """A negative offset keeps only that many of the newest and forgets the others."""
    person = await api.person()
    for text in ("one", "two", "three"):
        await api.does(person, "say", text=text)
    assert texts(await scripted.updates(offset=-2)) == ["two", "three"]
    assert texts(await scripted.updates()) == ["two", "three"]


async def test_long_poll_returns_at_once(api: Caller, scripted: ScriptedBot) -> None:
    """A poll that waits is answered as soon as somebody does something."""
    person = await api.person()
    (first,) = await scripted.updates()
    poll = start(scripted.updates(offset=first["update_id"] + 1, timeout=50))
    await api.called("getUpdates", 2)
    await api.does(person, "say", text="here")
    assert texts(await asyncio.wait_for(poll, 10)) == ["here"]


async def test_two_pollers(api: Caller, scripted: ScriptedBot, http: httpx.AsyncClient) -> None:
    """A second poll ends the first with 409; the second goes on."""
    older = start(scripted.no("getUpdates", timeout=50))
    await api.called("getUpdates", 1)
    newer = start(ScriptedBot(http).updates(timeout=50))
    assert await asyncio.wait_for(older, 10) == (409, CONFLICT)
    await api.person()
    assert texts(await asyncio.wait_for(newer, 10)) == ["/start"]


async def test_killed_poller(api: Caller, url: str) -> None:
    """A poller whose connection breaks is seen to be gone, and what comes then waits for the next."""
    async with httpx.AsyncClient(base_url=url, timeout=30) as client:
        poll = start(client.post(f"/bot{TOKEN}/getUpdates", json={"timeout": 50}))
        await api.called("getUpdates", 1)
        assert (await api.get("state"))["bot"]["connected"] is True
        poll.cancel()
        await asyncio.wait([poll])
    await api.called("getUpdates", 1)
    while (state := await api.get("state"))["bot"]["connected"]:
        pass
    assert state["bot"]["polling"] is False
    await api.person()
    async with httpx.AsyncClient(base_url=url) as client:
        assert texts(await ScriptedBot(client).updates()) == ["/start"]


async def test_messages_are_kept_a_day(api: Caller, scripted: ScriptedBot) -> None:
    """What nobody fetched within 24 hours is gone."""
    person = await api.person()
    await api.post("clock", advance="PT1H")
    await api.does(person, "say", text="later")
    await api.post("clock", advance="PT22H59M59S")
    assert texts(await scripted.updates()) == ["/start", "later"]
    await api.post("clock", advance="PT1S")
    assert texts(await scripted.updates()) == ["later"]


async def test_presses_are_kept_150_seconds(api: Caller, scripted: ScriptedBot) -> None:
    """A press that nobody fetched within 150 seconds is gone; messages around it stay."""
    person = await api.person()
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    await scripted.say(person, "Shall we?", reply_markup=markup)
    await api.does(person, "tap", button="Go")
    await api.does(person, "say", text="so?")
    await api.post("clock", advance="PT149S")
    assert [set(update) - {"update_id"} for update in await scripted.updates()] == [
        {"message"},
        {"callback_query"},
        {"message"},
    ]
    await api.post("clock", advance="PT1S")
    assert texts(await scripted.updates()) == ["/start", "so?"]


async def test_allowed_updates(api: Caller, scripted: ScriptedBot) -> None:
    """Kinds that the bot did not ask for are not queued; its wish stays until another; [] is Telegram's default."""
    await scripted.updates(allowed_updates=["message"])
    person = await api.person()
    await api.does(person, "block")
    await api.does(person, "unblock")
    assert texts(await scripted.updates()) == ["/start"]
    await scripted.updates(allowed_updates=[])
    await api.does(person, "block")
    assert [set(update) - {"update_id"} for update in await scripted.updates(offset=-1)] == [{"my_chat_member"}]


async def test_dropping_what_waits(api: Caller, scripted: ScriptedBot) -> None:
    """DeleteWebhook may forget what waits; getWebhookInfo tells how much does, and that there is no webhook."""
    await api.person()
    info = (await scripted.call("getWebhookInfo"))["result"]
    assert (info["url"], info["pending_update_count"]) == ("", 1)
    await scripted.call("deleteWebhook", drop_pending_updates=True)
    assert await scripted.updates() == []
