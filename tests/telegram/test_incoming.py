"""What Telegram tells becomes what happened; what it should never tell harms nobody."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.session.inputs import (
    Blocked,
    Command,
    Incoming,
    Irrelevant,
    Location,
    Media,
    Press,
    Text,
    Unblocked,
    Unreadable,
    UpdateId,
    What,
)
from bot.telegram.incoming import MEDIA, Group, read, update_id

PERSON = {"id": 42, "is_bot": False, "first_name": "Someone", "language_code": "pt-BR"}
PRIVATE = {"id": 42, "type": "private", "first_name": "Someone"}
GROUP = {"id": -77, "type": "supergroup", "title": "Toes"}
BOT = {"id": 1, "is_bot": True, "first_name": "Steady Toes"}


def message(**fields: Any) -> dict[str, Any]:
    """An update with a message of a person."""
    return {"update_id": 7, "message": {"message_id": 3, "from": PERSON, "chat": PRIVATE, "date": 0, **fields}}


def edited(**fields: Any) -> dict[str, Any]:
    """An update with an edited message of a person."""
    return {"update_id": 7, "edited_message": message(**fields)["message"]}


def press(**fields: Any) -> dict[str, Any]:
    """An update with a press on the bot's message."""
    under = {"message_id": 9, "from": BOT, "chat": PRIVATE, "date": 0, "text": "Well?"}
    return {"update_id": 7, "callback_query": {"id": "123", "from": PERSON, "message": under, **fields}}


def member(now: str, chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    """An update about the bot's own place in a chat."""
    told = {"chat": chat, "from": PERSON, "date": 0, "new_chat_member": {"user": BOT, "status": now}}
    return {"update_id": 7, "my_chat_member": told}


@pytest.mark.parametrize(
    ("update", "what"),
    [
        (message(text="my toe twitches"), Text("my toe twitches")),
        (edited(text="my toes twitch"), Text("my toes twitch", edited=True)),
        (edited(text="/start"), Text("/start", edited=True)),
        (message(photo=[{}], caption="look"), Text("look")),
        (edited(photo=[{}], caption="see"), Text("see", edited=True)),
        (message(photo=[{}], caption="/start"), Text("/start")),
        (message(text="/start"), Command("start")),
        (message(text="/START@Steady_Toes_Bot"), Command("start")),
        (message(text="/note  it hurts\nvery much "), Command("note", "it hurts\nvery much")),
        (message(text="/start@OtherBot my chest hurts"), Text("/start@OtherBot my chest hurts")),
        (message(text="/"), Text("/")),
        (message(text="/my-toe"), Text("/my-toe")),
        (message(text="and /start"), Text("and /start")),
        (message(text="a\x00b\ud800"), Text("ab\ufffd")),
        (message(voice={}), Media("voice")),
        (message(venue={}, location={}), Media("venue")),
        (message(animation={}, document={}), Media("animation")),
        (message(location={"latitude": 1, "longitude": 2.5}), Location(1, 2.5)),
        (message(location={"latitude": -90, "longitude": 180, "live_period": 60}), Location(-90, 180)),
        (message(venue={"title": "Home"}, location={"latitude": 48.2, "longitude": 16.4}), Location(48.2, 16.4)),
        (message(location={"latitude": 91, "longitude": 0}), Media("location")),
        (message(location={"latitude": 0, "longitude": -180.001}), Media("location")),
        (message(location={"latitude": float("nan"), "longitude": 0}), Media("location")),
        (message(location={"latitude": 10**400, "longitude": 0}), Media("location")),
        (message(location={"latitude": True, "longitude": 0}), Media("location")),
        (message(location={"latitude": "1", "longitude": 0}), Media("location")),
        (message(location={"latitude": 1}), Media("location")),
        (message(location=[1, 2]), Media("location")),
        (press(data="n1:yes"), Press("123", "n1:yes", 9)),
        (press(), Press("123", "", 9)),
        (press(data="x" * 65), Press("123", "", 9)),
        (press(data="é" * 33), Press("123", "", 9)),
        (press(data=5), Press("123", "", 9)),
        (press(data="d", message=None), Press("123", "d", None)),
        (press(data="d", message={"chat": PRIVATE, "message_id": 9, "date": 0}), Press("123", "d", 9)),
        (member("kicked"), Blocked()),
        (member("member"), Unblocked()),
    ],
)
def test_what_happened(update: dict[str, Any], what: What) -> None:
    """Each kind of update says what happened, to whom, in which language, under which id."""
    assert read(update, "steady_toes_bot") == Incoming(_person(42), what, UpdateId(7), "pt-BR")


NUMBERS = st.floats() | st.integers() | st.none() | st.text(max_size=3) | st.booleans()


@given(NUMBERS, NUMBERS)
def test_a_place_is_on_the_map_or_none(latitude: object, longitude: object) -> None:
    """Whatever the numbers are: a place has both, in degrees that there are; all else is only something sent."""
    found = read(message(location={"latitude": latitude, "longitude": longitude}))
    assert isinstance(found, Incoming)
    if isinstance(found.what, Location):
        assert (found.what.latitude, found.what.longitude) == (latitude, longitude)
        assert abs(found.what.latitude) <= 90
        assert abs(found.what.longitude) <= 180
    else:
        assert found.what == Media("location")


def test_no_trace_of_an_error_can_print_a_place() -> None:
    """What an exception or a log shows of it has no number."""
    assert repr(read(message(location={"latitude": 48.2, "longitude": 16.4}))).count("Location()") == 1


@pytest.mark.parametrize("kind", MEDIA)
def test_media(kind: str) -> None:
    """Whatever is sent that has no words is known by its kind."""
    found = read(message(**{kind: {}}))
    assert isinstance(found, Incoming)
    assert found.what == Media(kind)


@pytest.mark.parametrize(
    "update",
    [
        message(text="/start@OtherBot"),
        message(pinned_message={}),
        message(text=""),
        edited(location={}),
        member("left"),
        {"update_id": 7, "poll": {}},
        {"update_id": 7},
        member("kicked", GROUP),
        member("left", GROUP),
    ],
)
def test_irrelevant(update: dict[str, Any]) -> None:
    """What needs no answer is only remembered by its id."""
    assert read(update, "steady_toes_bot") == Irrelevant(UpdateId(7))


@pytest.mark.parametrize(
    "update",
    [
        member("member", GROUP),
        member("administrator", {"id": -77, "type": "channel"}),
        message(chat=GROUP, text="hello"),
        message(chat=GROUP, new_chat_members=[BOT]),
        press(message={"message_id": 9, "chat": GROUP, "date": 0}),
    ],
)
def test_group(update: dict[str, Any]) -> None:
    """Whatever comes from a group says only which group it is."""
    assert read(update) == Group(UpdateId(7), -77)


@pytest.mark.parametrize(
    "update",
    [
        message(chat={"id": -5, "type": "private"}, text="x"),
        message(chat={"id": True, "type": "private"}, text="x"),
        message(chat={"id": 2**64, "type": "private"}, text="x"),
        message(chat=None, text="x"),
        message(text=["x"]),
        press(id=""),
        press(id=None),
        {"update_id": 7, "my_chat_member": {"chat": PRIVATE}},
        {"update_id": 7, "message": "hello"},
    ],
)
def test_unreadable(update: dict[str, Any]) -> None:
    """What Telegram does not document is told by fixed words, which quote nothing."""
    found = read(update)
    assert isinstance(found, Unreadable)
    assert found.update == 7
    assert found.reason.isascii()
    assert "hello" not in found.reason


@pytest.mark.parametrize("known", [None, "x", True, -1, 2**63, 1.5, {}, "9" * 40])
def test_no_id(known: object) -> None:
    """An update without an id that can be read is none that could be kept or acknowledged."""
    update = {**message(text="x"), "update_id": known}
    assert (update_id(update), read(update)) == (None, None)
    assert (update_id([]), read([])) == (None, None)


def test_id_as_text() -> None:
    """An id written as text is still an id."""
    assert update_id({"update_id": "12"}) == 12


@pytest.mark.parametrize("tag", [None, 5, "", "x", "not a language", "de" * 40, "de\n"])
def test_no_language(tag: object) -> None:
    """What is no language tag is not told as one."""
    found = read(message(text="x", **{"from": {**PERSON, "language_code": tag}}))
    assert isinstance(found, Incoming)
    assert found.language is None


LEAVES: Any = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["private", "group", "kicked"]),
)
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)
WHOLE = [
    message(text="/start x"),
    edited(caption="x"),
    press(data="d"),
    member("kicked"),
    message(photo=[]),
]


def paths(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [above, *(path for key, one in inner for path in paths(one, (*above, key)))]


def mangled(value: Any, path: tuple[Any, ...], by: Any) -> Any:
    """The value with another one in that place."""
    if not path:
        return by
    key, *rest = path
    if isinstance(value, dict):
        return {**value, key: mangled(value[key], tuple(rest), by)}
    return [mangled(one, tuple(rest), by) if at == key else one for at, one in enumerate(value)]


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_never_raises(data: st.DataObject) -> None:
    """Whatever stands in any place of an update, it is read or told as unreadable, and what is read can be stored."""
    update: Any = data.draw(st.sampled_from(WHOLE))
    for _ in range(data.draw(st.integers(1, 3))):
        update = mangled(update, data.draw(st.sampled_from(paths(update))), data.draw(JSON))
    found = read(update, "steady_toes_bot")
    assert (found is None) == (update_id(update) is None)
    if isinstance(found, Incoming):
        assert 0 < found.person < 2**63
        match found.what:
            case Text(text) | Command(tail=text) | Press(data=text):
                text.encode()
                assert "\x00" not in text or isinstance(found.what, Press)


@given(JSON)
def test_anything_at_all(raw: Any) -> None:
    """Any JSON value can be handed in."""
    read(raw)
    read({"update_id": 1, "message": raw})
    read({"update_id": 1, "callback_query": raw})


def _person(known: int) -> Any:
    return known
