"""From what Telegram tells to what happened. Pure, and never raises: Telegram's next version must not stop the bot.

Updates are read as they come, not as a library types them: one that is broken is told as `Unreadable`, and the others
of its batch live on. Reasons are fixed words, never a part of the update.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from bot.session.inputs import (
    Blocked,
    Command,
    Incoming,
    Irrelevant,
    Location,
    Media,
    PersonId,
    Press,
    Text,
    Unblocked,
    Unreadable,
    UpdateId,
    What,
)

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
"""What is asked of Telegram; everything else it keeps to itself."""

MEDIA = (
    "animation", "audio", "live_photo", "paid_media", "photo", "sticker", "story", "video", "video_note", "voice",
    "document", "checklist", "contact", "dice", "game", "poll", "venue", "location", "invoice", "passport_data",
    "users_shared", "chat_shared", "giveaway", "gift",
)  # fmt: skip
"""A venue carries a location too, an animation a document: the first that is found names it."""

COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{3,32}))?(?:\s+(.*))?", re.DOTALL)
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}")
LARGEST = 2**63 - 1
DATA_BYTES = 64
SURROGATE = re.compile("[\ud800-\udfff]")
ANY = re.compile(r"\d{1,18}")


@dataclass(frozen=True, slots=True)
class Group:
    """The bot is in a group or channel, or somebody there spoke to it."""

    update: UpdateId
    chat: int


class _Odd(Exception):  # noqa: N818  (it never leaves this module)
    """This is not what Telegram documents."""


def update_id(raw: object) -> UpdateId | None:
    """Return the id under which an update is acknowledged; None where it has none that can be read."""
    found = raw.get("update_id") if isinstance(raw, Mapping) else None
    if isinstance(found, str) and ANY.fullmatch(found):
        found = int(found)
    return UpdateId(found) if _is_id(found) and found >= 0 else None


def read(raw: object, username: str | None = None) -> Incoming | Group | Irrelevant | Unreadable | None:
    """Say what happened; None for an update that cannot be named, so not kept either.

    `username`: the bot's own, by which a command for another bot is known.
    """
    update = update_id(raw)
    if update is None or not isinstance(raw, Mapping):
        return None
    try:
        for kind in ALLOWED:
            if kind in raw:
                return _read(update, kind, _object(raw, kind), (username or "").lower())
    except _Odd as odd:
        return Unreadable(update, str(odd))
    return Irrelevant(update)


def _read(
    update: UpdateId, kind: str, told: Mapping[str, Any], username: str
) -> Incoming | Group | Irrelevant | Unreadable:
    sender = told.get("from")
    if kind == "callback_query":
        place = told.get("message")
        # A press under an inline message tells no chat; the person's id is the id of their chat.
        chat = (
            {"type": "private", **_object(told, "from")} if place is None else _object(_object(told, "message"), "chat")
        )
    else:
        chat = _object(told, "chat")
    chat_id = _id(chat, "id")
    if chat.get("type") != "private":
        gone = kind == "my_chat_member" and _status(told) in {"left", "kicked"}
        return Irrelevant(update) if gone else Group(update, chat_id)
    if chat_id <= 0:
        raise _Odd("a private chat with an id that is not positive")
    what = _what(kind, told, username)
    if what is None:
        return Irrelevant(update)
    return Incoming(PersonId(chat_id), what, update, _language(sender))


def _what(kind: str, told: Mapping[str, Any], username: str) -> What | None:
    match kind:
        case "callback_query":
            return _press(told)
        case "my_chat_member":
            status = _status(told)
            return Blocked() if status == "kicked" else Unblocked() if status == "member" else None
        case _:
            return _message(told, username, edited=kind == "edited_message")


def _message(told: Mapping[str, Any], username: str, *, edited: bool) -> What | None:
    for field in ("text", "caption"):
        words = told.get(field)
        if words is not None and not isinstance(words, str):
            raise _Odd(f"{field} is no text")
        if words:
            words = _clean(words)
            return (
                Text(words, edited=True) if edited else Text(words) if field == "caption" else _typed(words, username)
            )
    if edited:  # a live location moves on, a picture is changed: nothing was said
        return None
    kind = next((kind for kind in MEDIA if told.get(kind) is not None), None)
    if kind in {"venue", "location"} and (place := _place(told.get("location"))) is not None:
        return place
    return None if kind is None else Media(kind)


def _place(told: object) -> Location | None:
    """Return the place that a message shows; None where its numbers are none of a map."""
    if not isinstance(told, Mapping):
        return None
    latitude, longitude = _degrees(told.get("latitude"), 90), _degrees(told.get("longitude"), 180)
    return None if latitude is None or longitude is None else Location(latitude, longitude)


def _degrees(found: object, most: int) -> float | None:
    if isinstance(found, bool) or not isinstance(found, int | float) or not -most <= found <= most:
        return None  # NaN, which JSON does not have and Python reads, is in no range either
    return float(found)


def _typed(words: str, username: str) -> What | None:
    found = COMMAND.fullmatch(words)
    if found is None:
        return Text(words)
    name, to, tail = found.group(1), found.group(2), (found.group(3) or "").strip()
    if to and username and to.lower() != username:
        # For another bot; but what somebody writes here is read for warning signs, whoever it is addressed to.
        return Text(words) if tail else None
    return Command(name.lower(), tail)


def _press(told: Mapping[str, Any]) -> Press:
    press = told.get("id")
    if not isinstance(press, str) or not 0 < len(press) <= 64:
        raise _Odd("a press without id")
    data = told.get("data")
    if not isinstance(data, str) or SURROGATE.search(data) or len(data.encode()) > DATA_BYTES:
        data = ""
    place = told.get("message")
    found = place.get("message_id") if isinstance(place, Mapping) else None
    return Press(_clean(press), data, found if _is_id(found) and found > 0 else None)


def _status(told: Mapping[str, Any]) -> str:
    status = _object(told, "new_chat_member").get("status")
    if not isinstance(status, str):
        raise _Odd("a membership without status")
    return status


def _language(sender: object) -> str | None:
    tag = sender.get("language_code") if isinstance(sender, Mapping) else None
    return tag if isinstance(tag, str) and LANGUAGE.fullmatch(tag) else None


def _clean(words: str) -> str:
    # JSON can carry half a character and NUL; no database takes the first, PostgreSQL not the second.
    return SURROGATE.sub("\ufffd", words).replace("\x00", "")


def _object(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = told.get(name)
    if not isinstance(found, Mapping):
        raise _Odd(f"{name} is missing or no object")
    return found


def _id(told: Mapping[str, Any], name: str) -> int:
    found = told.get(name)
    if not _is_id(found):
        raise _Odd(f"{name} is no number")
    return found


def _is_id(found: object) -> TypeGuard[int]:
    return isinstance(found, int) and not isinstance(found, bool) and -LARGEST <= found <= LARGEST
