"""How a message is told: to the bot as the Bot API's Message, to people and tests as the JSON API's."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.playground.chats import Chat, Message, Toast
from bot.playground.clock import machine_time

ACTION_KEPT = timedelta(seconds=5)


def iso(at: datetime) -> str:
    """A moment in UTC, as the JSON API writes it."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def as_api(message: Message, chat: Chat, bot: dict[str, Any]) -> dict[str, Any]:
    """The Bot API's Message object."""
    told: dict[str, Any] = {
        "message_id": message.id,
        "from": bot if message.sender == "bot" else chat.person(),
        "chat": chat.api(),
        "date": int(message.at.timestamp()),
        **message.extra,
    }
    if message.edited_at is not None:
        told["edit_date"] = int(message.edited_at.timestamp())
    text, entities = ("caption", "caption_entities") if message.media else ("text", "entities")
    if message.words.text:
        told[text] = message.words.text
    if message.words.entities:
        told[entities] = [entity.api() for entity in message.words.entities]
    if message.markup.inline:
        told["reply_markup"] = message.markup.api()
    return told


def as_seen(message: Message) -> dict[str, Any]:
    """What the person sees: `buttons` are inline, `keyboard` is the one that came with the message, `file` a path."""
    return {
        "id": message.id,
        "at": iso(message.at),
        "from": message.sender,
        "text": message.words.text,
        "html": message.words.html,
        "buttons": [[button.label for button in row] for row in message.markup.inline],
        "keyboard": [[key.label for key in row] for row in message.markup.keyboard],
        "media": message.media,
        "file": f"/api/files/{message.file}" if message.file else None,
        "edited_at": iso(message.edited_at) if message.edited_at else None,
    }


def as_toast(toast: Toast) -> dict[str, Any]:
    """What the person sees for a moment after a press."""
    return {"at": iso(toast.at), "text": toast.text, "alert": toast.alert}


def as_doing(chat: Chat) -> str | None:
    """The action that stands below the bot's name at this moment: Telegram takes it away after five seconds."""
    if chat.doing is None or machine_time() - chat.doing[1] >= ACTION_KEPT:
        return None
    return chat.doing[0]
