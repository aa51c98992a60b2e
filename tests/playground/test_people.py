"""People act as in Telegram; whoever asks for something impossible hears it in one sentence."""

from typing import Any

import pytest
import telegram

from tests.playground.scripted import Caller, ScriptedBot


def rows(*labels: str) -> dict[str, Any]:
    """An inline keyboard of one row, its data in lower case."""
    return {"inline_keyboard": [[{"text": label, "callback_data": label.lower()} for label in labels]]}


async def presses(scripted: ScriptedBot) -> list[tuple[int, str]]:
    """The presses that wait: on which message, with what data."""
    return [
        (update["callback_query"]["message"]["message_id"], update["callback_query"]["data"])
        for update in await scripted.updates()
        if "callback_query" in update
    ]


async def test_chat(api: Caller, scripted: ScriptedBot) -> None:
    """A chat shows both sides, plain text beside HTML, buttons and keyboard; `after` leaves out what is older."""
    person = await api.person(name="Someone", language="fr")
    await scripted.say(person, "<b>Hi</b> &amp; bye", parse_mode="HTML", reply_markup=rows("Go", "Stay"))
    await scripted.say(person, "Here", reply_markup={"keyboard": [["Water", {"text": "Toes"}]]})
    first, second, third = await api.chat(person)
    assert first == {
        "id": 1,
        "at": "2026-03-01T08:00:00Z",
        "from": "person",
        "text": "/start",
        "html": "/start",
        "buttons": [],
        "keyboard": [],
        "media": None,
        "file": None,
        "edited_at": None,
    }
    assert (second["from"], second["text"], second["html"]) == ("bot", "Hi & bye", "<b>Hi</b> &amp; bye")
    assert (second["buttons"], third["keyboard"]) == ([["Go", "Stay"]], [["Water", "Toes"]])
    assert (await api.get(f"people/{person}/chat", after=second["id"]))["messages"] == [third]


async def test_list(api: Caller) -> None:
    """Everybody is listed, with who has started and who has blocked the bot."""
    await api.post("people", name="Quiet")
    person = await api.person(name="Loud", language="en")
    await api.does(person, "block")
    assert [
        (one["name"], one["language"], one["started"], one["blocked"]) for one in (await api.get("people"))["people"]
    ] == [
        ("Quiet", None, False, False),
        ("Loud", "en", True, True),
    ]


async def test_ids_are_wide(api: Caller, library: telegram.Bot) -> None:
    """Ids need more than 32 bits, as Telegram's may; the language comes along."""
    person = await api.person(language="pt-br")
    (update,) = await library.get_updates()
    assert update.effective_user is not None
    assert update.effective_user.id == person > 2**32
    assert update.effective_user.language_code == "pt-br"


async def test_tap(api: Caller, scripted: ScriptedBot) -> None:
    """A tap presses the newest button of that label, or the one on the message that is named, old as it may be."""
    person = await api.person()
    old = (await scripted.say(person, "one", reply_markup=rows("Go", "Stay")))["message_id"]
    new = (await scripted.say(person, "two", reply_markup=rows("Go")))["message_id"]
    await api.does(person, "tap", button="Go")
    await api.does(person, "tap", button="Stay")
    await api.does(person, "tap", button="Go", message_id=old)
    assert await presses(scripted) == [(new, "go"), (old, "stay"), (old, "go")]


async def test_tap_on_a_key(api: Caller, scripted: ScriptedBot) -> None:
    """A key of the reply keyboard says its label, while the keyboard is there."""
    person = await api.person()
    await scripted.say(
        person, "Here", reply_markup={"keyboard": [["Water"], [{"text": "Where", "request_location": True}]]}
    )
    await api.does(person, "tap", button="Water")
    assert (await scripted.updates())[-1]["message"]["text"] == "Water"
    assert "request_location" in (await api.does(person, "tap", button="Where"))["error"]
    await scripted.say(person, "Gone", reply_markup={"remove_keyboard": True})
    assert "error" in await api.does(person, "tap", button="Water")


async def test_tap_on_nothing(api: Caller, scripted: ScriptedBot) -> None:
    """A label that is nowhere is 404, with the labels that are somewhere."""
    person = await api.person()
    await scripted.say(person, "one", reply_markup=rows("Go", "Stay"))
    await scripted.say(person, "two", reply_markup={"keyboard": [["Water"]]})
    answer = await api.http.post(f"/api/people/{person}/tap", json={"button": "Fly"})
    assert answer.status_code == 404
    assert answer.json()["buttons"] == ["Go", "Stay", "Water"]


async def test_forged_press(api: Caller, scripted: ScriptedBot) -> None:
    """Any data can be pressed on any message; of a message that is gone Telegram tells only the id."""
    person = await api.person()
    await api.does(person, "tap", data="anything", message_id=1)
    await api.does(person, "tap", data="x" * 64, message_id=999)
    assert await presses(scripted) == [(1, "anything"), (999, "x" * 64)]
    assert "error" in await api.does(person, "tap", data="x" * 65, message_id=1)
    assert "error" in await api.does(person, "tap", data="x")


async def test_location(api: Caller, library: telegram.Bot) -> None:
    """A place arrives as a location."""
    person = await api.person()
    await api.does(person, "location", latitude=48.2, longitude=16.4)
    message = (await library.get_updates())[-1].message
    assert message is not None
    assert message.location == telegram.Location(longitude=16.4, latitude=48.2)
    assert (await api.chat(person))[-1]["media"] == "location"


@pytest.mark.parametrize("kind", ["sticker", "photo", "voice", "contact", "document"])
async def test_other_kinds(api: Caller, library: telegram.Bot, kind: str) -> None:
    """What is no text arrives as its kind, with a caption, in a form that the library can read."""
    person = await api.person()
    await api.does(person, "send", kind=kind, text="look")
    message = (await library.get_updates())[-1].message
    assert message is not None
    assert getattr(message, kind)
    assert (message.text, message.caption) == (None, "look")


async def test_forwarded(api: Caller, library: telegram.Bot) -> None:
    """A forwarded text says that it was written by another."""
    person = await api.person()
    await api.does(person, "send", kind="forward", text="my arm is weak")
    message = (await library.get_updates())[-1].message
    assert message is not None
    assert message.text == "my arm is weak"
    assert isinstance(message.forward_origin, telegram.MessageOriginHiddenUser)


async def test_edited(api: Caller, library: telegram.Bot) -> None:
    """An edit of one's own text arrives as such, with the id it had."""
    person = await api.person()
    await api.does(person, "send", kind="edited", text="/begin")
    update = (await library.get_updates())[-1]
    assert update.edited_message is not None
    assert (update.edited_message.message_id, update.edited_message.text) == (1, "/begin")


async def test_raw(api: Caller, scripted: ScriptedBot) -> None:
    """Any update at all can be queued, under an id of the stand-in's."""
    person = await api.person()
    await api.does(person, "raw", update={"update_id": 1, "message": {"message_id": "?"}})
    before, raw = await scripted.updates()
    assert raw == {"update_id": before["update_id"] + 1, "message": {"message_id": "?"}}


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("people/1/say", {"text": "x"}, 404),
        ("people/{person}/say", {}, 400),
        ("people/{person}/say", {"text": " "}, 400),
        ("people/{person}/say", {"text": "🦶" * 2049}, 400),
        ("people/{person}/say", {"text": "x", "wiat": 0}, 400),
        ("people/{person}/tap", {}, 400),
        ("people/{person}/location", {"latitude": 91, "longitude": 0}, 400),
        ("people/{person}/send", {"kind": "thought"}, 400),
        ("people", {"name": ""}, 400),
    ],
)
async def test_mistakes(api: Caller, scripted: ScriptedBot, path: str, body: dict[str, Any], status: int) -> None:
    """What cannot be is a 4xx with one sentence, and the bot hears nothing of it."""
    person = await api.person()
    answer = await api.http.post(f"/api/{path.format(person=person)}", json=body)
    assert answer.status_code == status
    assert answer.json()["error"].endswith(".")
    assert len(await scripted.updates()) == 1


async def test_broken_json(api: Caller) -> None:
    """A body that is no JSON is a 400 with a sentence."""
    answer = await api.http.post("/api/people", content=b"{")
    assert (answer.status_code, answer.json()["error"][-1]) == (400, ".")


async def test_blocked_people_are_silent(api: Caller) -> None:
    """Who has blocked the bot cannot write before letting it in again."""
    person = await api.person()
    await api.does(person, "block")
    assert "unblock" in (await api.does(person, "say", text="hi"))["error"]
    await api.does(person, "unblock")
    assert "error" not in await api.does(person, "say", text="hi")


async def test_changes(api: Caller, scripted: ScriptedBot) -> None:
    """The number of changes rises with every message, edit and move of time, and can be waited for."""
    person = await api.person()
    version = (await api.get("changes"))["version"]
    assert (await api.get("changes", since=version, seconds=0))["version"] == version
    message = await scripted.say(person, "hi")
    await scripted.call("editMessageText", chat_id=person, message_id=message["message_id"], text="ho")
    await api.post("clock", advance="PT1H")
    assert (await api.get("changes", since=version + 2, seconds=10))["version"] == version + 3
