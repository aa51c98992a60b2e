"""The Bot API refuses what Telegram refuses, with its status and its words, and takes what Telegram takes."""

import io
import json
import struct
from typing import Any

import httpx
import pytest
import telegram
from telegram.error import BadRequest, Forbidden, InvalidToken
from telegram.request import HTTPXRequest

from bot.playground.standin import Standin, running
from tests.playground.scripted import TOKEN, Caller, ScriptedBot

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def png(width: int, height: int) -> bytes:
    """The head of a picture, as much of it as anybody here looks at."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">LL", width, height)


PICTURE = png(960, 540)


def buttons(*labels: str, data: str = "data") -> dict[str, Any]:
    """An inline keyboard of one row."""
    return {"inline_keyboard": [[{"text": label, "callback_data": data} for label in labels]]}


async def test_token(http: httpx.AsyncClient) -> None:
    """A token of the wrong form is refused with 401."""
    answer = await http.get("/botnonsense/getMe")
    assert answer.status_code == 401
    assert answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_only_the_given_tokens() -> None:
    """With tokens given, the library's client hears of any other one that it is invalid."""
    async with running(Standin(tokens=[TOKEN])) as url:
        async with telegram.Bot(TOKEN, base_url=f"{url}/bot") as bot:
            assert bot.id == 123456
        connection = HTTPXRequest()
        stranger = telegram.Bot("1:other", base_url=f"{url}/bot", request=connection, get_updates_request=connection)
        with pytest.raises(InvalidToken):
            await stranger.initialize()
        await connection.shutdown()


async def test_unknown_method(scripted: ScriptedBot) -> None:
    """A method that does not exist is 404, and methods are not case sensitive."""
    assert await scripted.no("sendThought") == (404, "Not Found")
    assert (await scripted.call("GETME"))["result"]["is_bot"] is True


@pytest.mark.parametrize("way", ["query", "json", "form", "multipart"])
async def test_every_way_of_calling(http: httpx.AsyncClient, api: Caller, way: str) -> None:
    """Arguments come by query, JSON, form or multipart, with the reply markup as an object or as text."""
    person, path = await api.person(), f"/bot{TOKEN}/sendMessage"
    given = {"chat_id": str(person), "text": "hello", "reply_markup": json.dumps(buttons("Go"))}
    match way:
        case "query":
            answer = await http.get(path, params=given)
        case "json":
            answer = await http.post(path, json={"chat_id": person, "text": "hello", "reply_markup": buttons("Go")})
        case "form":
            answer = await http.post(path, data=given)
        case _:
            answer = await http.post(path, files={name: (None, value) for name, value in given.items()})
    assert answer.json()["result"]["text"] == "hello"
    assert (await api.chat(person))[-1]["buttons"] == [["Go"]]


async def test_strangers(api: Caller, scripted: ScriptedBot) -> None:
    """Nobody can be written to who has not written first."""
    stranger = (await api.post("people", name="Someone"))["id"]
    for chat in (stranger, 42, "@somebody"):
        assert await scripted.no("sendMessage", chat_id=chat, text="hi") == (400, "Bad Request: chat not found")
    assert await scripted.no("sendMessage", text="hi") == (400, "Bad Request: chat_id is empty")


async def test_blocked(api: Caller, scripted: ScriptedBot, library: telegram.Bot) -> None:
    """After a block everything is 403, and the bot is told of block and unblock once each."""
    person = await api.person()
    await api.does(person, "block")
    await api.does(person, "block")
    assert await scripted.no("sendMessage", chat_id=person, text="hi") == (
        403,
        "Forbidden: bot was blocked by the user",
    )
    with pytest.raises(Forbidden):
        await library.send_chat_action(person, "typing")
    await api.does(person, "unblock")
    await scripted.say(person, "hi")
    changes = [update.my_chat_member for update in await library.get_updates() if update.my_chat_member]
    assert [(one.old_chat_member.status, one.new_chat_member.status) for one in changes] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Bad Request: message text is empty"),
        (" \n ", "Bad Request: message text is empty"),
        ("<b> </b>", "Bad Request: message text is empty"),
        ("x" * 4097, "Bad Request: message is too long"),
        ("🦶" * 2049, "Bad Request: message is too long"),
        ("<b>no end", "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ("<p>x</p>", 'Bad Request: can\'t parse entities: Unsupported start tag "p" at byte offset 0'),
    ],
)
async def test_texts_that_are_refused(api: Caller, scripted: ScriptedBot, text: str, says: str) -> None:
    """Text that is empty, too long in UTF-16 units or no HTML of Telegram's is refused, in sending and in editing."""
    person = await api.person()
    message = await scripted.say(person, "before")
    assert await scripted.no("sendMessage", chat_id=person, text=text, parse_mode="HTML") == (400, says)
    where = {"chat_id": person, "message_id": message["message_id"]}
    assert await scripted.no("editMessageText", **where, text=text, parse_mode="HTML") == (400, says)
    assert [one["text"] for one in await api.chat(person)] == ["/start", "before"]


async def test_longest_text(api: Caller, scripted: ScriptedBot) -> None:
    """4096 UTF-16 units pass, counted after the marks are parsed."""
    person = await api.person()
    text = "🦶" * 2048
    assert (await scripted.say(person, f"<b>{text}</b>&amp;"[:-5], parse_mode="HTML"))["text"] == text


@pytest.mark.parametrize("data", ["", "x" * 65, "é" * 33])
async def test_button_data(api: Caller, scripted: ScriptedBot, data: str) -> None:
    """A button carries 1 to 64 bytes."""
    person = await api.person()
    markup = buttons("Go", data=data)
    assert await scripted.no("sendMessage", chat_id=person, text="x", reply_markup=markup) == (
        400,
        "Bad Request: BUTTON_DATA_INVALID",
    )
    await scripted.say(person, "x", reply_markup=buttons("Go", data="é" * 32))


@pytest.mark.parametrize(
    "markup",
    ["[", "[]", {"inline_keyboard": [{"text": "x"}]}, {"inline_keyboard": [[{"text": "x"}]]}, {"keyboard": [[7]]}],
)
async def test_broken_markup(api: Caller, scripted: ScriptedBot, markup: object) -> None:
    """What is no reply markup is refused, whatever is wrong with it."""
    code, _ = await scripted.no("sendMessage", chat_id=await api.person(), text="x", reply_markup=markup)
    assert code == 400


async def test_edits(api: Caller, scripted: ScriptedBot) -> None:
    """An edit shows with its time; one that changes nothing, of no message or of the person's own is refused."""
    person = await api.person()
    message = await scripted.say(person, "Shall we?", reply_markup=buttons("Go"))
    where = {"chat_id": person, "message_id": message["message_id"]}
    same = {"text": "Shall we?", "reply_markup": buttons("Go")}
    assert await scripted.no("editMessageText", **where, **same) == (400, NOT_MODIFIED)
    await api.post("clock", advance="PT1M")
    await scripted.call("editMessageText", **where, text="Shall we?")
    shown = (await api.chat(person))[-1]
    assert (shown["buttons"], shown["edited_at"]) == ([], "2026-03-01T08:01:00Z")
    assert await scripted.no("editMessageReplyMarkup", **where) == (400, NOT_MODIFIED)
    await scripted.call("editMessageReplyMarkup", **where, reply_markup=buttons("Stop"))
    assert (await api.chat(person))[-1]["buttons"] == [["Stop"]]
    missing = (400, "Bad Request: message to edit not found")
    assert await scripted.no("editMessageText", chat_id=person, message_id=99, text="x") == missing
    theirs = (400, "Bad Request: message can't be edited")
    assert await scripted.no("editMessageText", chat_id=person, message_id=1, text="x") == theirs
    keyboard = {"keyboard": [["A"]]}
    assert (await scripted.no("editMessageReplyMarkup", **where, reply_markup=keyboard))[0] == 400


async def test_pictures(api: Caller, http: httpx.AsyncClient, library: telegram.Bot) -> None:
    """A picture is uploaded, seen, sent again by its id; its caption has 1024 units at most."""
    person = await api.person()
    sent = await library.send_photo(person, io.BytesIO(PICTURE), caption="<b>Look</b>", parse_mode="HTML")
    again = await library.send_photo(person, sent.photo[-1].file_id)
    shown = (await api.chat(person))[-2:]
    assert [(one["media"], one["text"]) for one in shown] == [("photo", "Look"), ("photo", "")]
    assert (await http.get(shown[1]["file"])).content == PICTURE
    assert bytes(await (await again.photo[-1].get_file()).download_as_bytearray()) == PICTURE
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await library.send_photo(person, PICTURE, caption="x" * 1025)
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await sent.edit_text("x")
    with pytest.raises(BadRequest, match=r"[Ww]rong file identifier"):
        await library.send_photo(person, "nothing-like-it")
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await library.send_document(person, io.BytesIO(b""), filename="empty.json")
    document = await library.send_document(person, b"{}", filename="export.json")
    assert document.document is not None
    assert document.document.file_name == "export.json"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (png(9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        (png(1000, 49), "PHOTO_INVALID_DIMENSIONS"),
        (png(10, 0), "PHOTO_INVALID_DIMENSIONS"),
        (png(10, 10) + bytes(10 * 1024 * 1024), "maximum size is 10485760 bytes"),
    ],
    ids=["none", "large", "narrow", "empty", "heavy"],
)
async def test_what_is_no_photo(api: Caller, library: telegram.Bot, content: bytes, reason: str) -> None:
    """What Telegram cannot show as a photo is refused when it is uploaded; as a document it may come."""
    person = await api.person()
    with pytest.raises(BadRequest, match=f"(?i){reason}"):
        await library.send_photo(person, content)
    assert (await library.send_document(person, content[:100], filename="x.png")).document is not None


async def test_answers_to_presses(api: Caller, scripted: ScriptedBot) -> None:
    """A press is answered once and within 150 seconds; its toast is seen; any other id is refused."""
    person = await api.person()
    await scripted.say(person, "Shall we?", reply_markup=buttons("Go"))
    for _ in range(2):
        await api.does(person, "tap", button="Go")
    one, two = [update["callback_query"] for update in await scripted.updates() if "callback_query" in update]
    assert one["data"] == "data"
    assert one["message"]["text"] == "Shall we?"
    await scripted.call("answerCallbackQuery", callback_query_id=one["id"], text="Noted", show_alert=True)
    assert (await api.get(f"people/{person}/chat"))["toasts"] == [
        {"at": "2026-03-01T08:00:00Z", "text": "Noted", "alert": True}
    ]
    for known in (one["id"], "17"):
        assert await scripted.no("answerCallbackQuery", callback_query_id=known) == (400, TOO_OLD)
    await api.post("clock", advance="PT150S")
    assert await scripted.no("answerCallbackQuery", callback_query_id=two["id"]) == (400, TOO_OLD)


async def test_deleting(api: Caller, scripted: ScriptedBot) -> None:
    """A message can be taken away once, and only while it is younger than two days."""
    person = await api.person()
    old, new = await scripted.say(person, "old"), await scripted.say(person, "new")
    assert (await scripted.call("deleteMessage", chat_id=person, message_id=new["message_id"]))["ok"]
    gone = (400, "Bad Request: message to delete not found")
    assert await scripted.no("deleteMessage", chat_id=person, message_id=new["message_id"]) == gone
    await api.post("clock", advance="P2D")
    kept = (400, "Bad Request: message can't be deleted")
    assert await scripted.no("deleteMessage", chat_id=person, message_id=old["message_id"]) == kept


async def test_groups(api: Caller, scripted: ScriptedBot) -> None:
    """In a group that a raw update speaks of the bot may write until it leaves, which it is told of."""
    person = await api.person()
    chat = {"id": -100123, "type": "supergroup", "title": "Toes"}
    someone = {"id": 5, "is_bot": False, "first_name": "Someone"}
    message = {"message_id": 9, "date": 0, "chat": chat, "from": someone, "text": "/start"}
    await api.does(person, "raw", update={"message": message})
    await scripted.say(-100123, "Private chats only.")
    assert (await scripted.call("leaveChat", chat_id=-100123))["ok"]
    group = await api.get("groups/100123/chat")
    assert ([one["text"] for one in group["messages"]], group["member"]) == (["Private chats only."], False)
    assert await scripted.no("sendMessage", chat_id=-100123, text="x") == (
        403,
        "Forbidden: bot is not a member of the group chat",
    )
    last = (await scripted.updates())[-1]["my_chat_member"]
    assert (last["chat"]["id"], last["new_chat_member"]["status"]) == (-100123, "left")
    assert (await scripted.no("leaveChat", chat_id=person))[0] == 400


async def test_profile(library: telegram.Bot) -> None:
    """Commands and descriptions are kept, each language by itself."""
    await library.set_my_commands([("start", "Begin")])
    await library.set_my_commands([("start", "Los")], language_code="de")
    await library.set_my_description("A companion")
    await library.set_my_short_description("Toes")
    assert [one.description for one in await library.get_my_commands()] == ["Begin"]
    assert [one.description for one in await library.get_my_commands(language_code="de")] == ["Los"]
    assert (await library.get_my_description()).description == "A companion"
    assert (await library.get_my_short_description()).short_description == "Toes"
    assert (await library.get_my_short_description(language_code="de")).short_description == ""
