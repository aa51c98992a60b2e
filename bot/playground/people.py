"""What people do in Telegram, and the update that it becomes. A person's id is the id of their chat with the bot."""

from typing import Any

from bot.playground.chats import Chat, ChatId, Chats, Message, MessageId
from bot.playground.clock import Clock
from bot.playground.formatting import NOTHING, typed, units
from bot.playground.presses import Presses
from bot.playground.refusals import Mistaken
from bot.playground.updates import Updates
from bot.playground.views import as_api

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
DATA_BYTES = 64
FILE = {"file_id": "from-a-person", "file_unique_id": "from-a-person", "file_size": 1}
KINDS: dict[str, object] = {
    "photo": [{**FILE, "width": 90, "height": 90}],
    "sticker": {
        **FILE,
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": "👣",
    },
    "voice": {**FILE, "duration": 3, "mime_type": "audio/ogg"},
    "document": {**FILE, "file_name": "notes.pdf", "mime_type": "application/pdf"},
    "contact": {"phone_number": "+10000000000", "first_name": "Someone"},
}


class People:
    """The private chats, from the person's side."""

    def __init__(
        self, clock: Clock, chats: Chats, updates: Updates, presses: Presses, *, bot: dict[str, Any], next_id: int
    ) -> None:
        self._clock = clock
        self._chats = chats
        self._updates = updates
        self._presses = presses
        self._bot = bot
        self.next_id = next_id

    def join(self, name: str, language: str | None) -> Chat:
        """A new person, who has not written yet: until then the bot cannot find the chat."""
        chat = Chat(ChatId(self.next_id), "private", name, language)
        self.next_id += 1
        self._chats.all[chat.id] = chat
        self._chats.changes.ring()
        return chat

    def all(self) -> list[Chat]:
        """Everybody."""
        return [chat for chat in self._chats.all.values() if chat.kind == "private"]

    def find(self, person: int) -> Chat:
        """The person's chat; Mistaken (404) for nobody."""
        chat = self._chats.all.get(ChatId(person))
        if chat is None or chat.kind != "private":
            raise Mistaken(f"There is no person {person}: POST /api/people makes one.", 404)
        return chat

    def say(self, chat: Chat, text: str) -> None:
        """Type a text and send it."""
        words = typed(text)
        if not words.text:
            raise Mistaken("A person cannot send an empty message.")
        if units(words.text) > TEXT_UNITS:
            raise Mistaken(f"A message has {TEXT_UNITS} UTF-16 units at most; this one has {units(words.text)}.")
        self._send(chat, self._chats.new("person", words))

    def send(self, chat: Chat, kind: str, text: str) -> None:
        """Send something that is not typed text; `text` is its caption, or the words of a forwarded message."""
        words = typed(text)
        if units(words.text) > CAPTION_UNITS:
            raise Mistaken(f"A caption has {CAPTION_UNITS} UTF-16 units at most.")
        if kind == "forward":
            origin = {"type": "hidden_user", "sender_user_name": "Someone", "date": int(self._clock.now().timestamp())}
            message = self._chats.new("person", words, extra={"forward_origin": origin})
        elif kind in KINDS:
            message = self._chats.new("person", words, media=kind, extra={kind: KINDS[kind]})
        else:
            raise Mistaken(f"{kind!r} is no kind of message here: {', '.join((*KINDS, 'forward', 'edited'))}.")
        self._send(chat, message)

    def revise(self, chat: Chat, text: str, message_id: int | None) -> None:
        """Edit one of their own messages, the newest text if none is named."""
        own = (
            one for one in chat.newest() if one.sender == "person" and not one.media and message_id in {None, one.id}
        )
        message = next(own, None)
        if message is None:
            raise Mistaken("There is no text of this person's to edit.", 404)
        self._able(chat)
        edited = self._chats.edit(chat, message, words=typed(text))
        self._updates.add("edited_message", as_api(edited, chat, self._bot))

    def locate(self, chat: Chat, latitude: float, longitude: float) -> None:
        """Share where they are."""
        place = {"latitude": latitude, "longitude": longitude}
        self._send(chat, self._chats.new("person", NOTHING, media="location", extra={"location": place}))

    def press(self, chat: Chat, label: str, message_id: int | None) -> None:
        """Press the newest button with this label (or that of a named message); a keyboard's key says its label."""
        for message in chat.newest():
            if message_id not in {None, message.id}:
                continue
            button = next((one for row in message.markup.inline for one in row if one.label == label), None)
            if button is not None and button.data is not None:
                return self._press(chat, message, button.data)
            if button is not None:
                raise Mistaken(f"The button {label!r} opens {button.url}: the bot hears nothing of it.")
        keys = [key for row in chat.keyboard.keyboard for key in row]
        key = next((key for key in keys if key.label == label), None)
        if key is None or message_id is not None:
            labels = [one.label for message in chat.newest() for row in message.markup.inline for one in row]
            there = list(dict.fromkeys([*labels, *(key.label for key in keys)]))
            raise Mistaken(
                f"There is no button {label!r} in this chat; there is: {', '.join(there) or 'none'}.",
                404,
                buttons=there,
            )
        if key.asks is not None:
            raise Mistaken(f"The key {label!r} sends something else than its label ({key.asks}): use that door.")
        return self.say(chat, label)

    def forge(self, chat: Chat, data: str, message_id: int) -> None:
        """A press with any data at all; on a message that is gone it tells only its id, as Telegram does."""
        if not 1 <= len(data.encode()) <= DATA_BYTES:
            raise Mistaken(f"Telegram carries 1 to {DATA_BYTES} bytes of data.")
        self._press(chat, chat.messages.get(MessageId(message_id)) or MessageId(message_id), data)

    def block(self, chat: Chat, blocked: bool) -> None:
        """Block the bot, or let it in again; doing it twice changes nothing."""
        if chat.blocked == blocked:
            return
        chat.blocked = blocked
        self._chats.changes.ring()
        was, now = ("member", "kicked") if blocked else ("kicked", "member")
        self._updates.add("my_chat_member", membership(self._clock, chat, chat.person(), self._bot, (was, now)))

    def _send(self, chat: Chat, message: Message) -> None:
        self._able(chat)
        chat.started = True
        if chat.keyboard.once:
            chat.keyboard = type(chat.keyboard)()
        self._updates.add("message", as_api(self._chats.write(chat, message), chat, self._bot))

    def _press(self, chat: Chat, message: Message | MessageId, data: str) -> None:
        self._able(chat)
        gone = {"chat": chat.api(), "message_id": message, "date": 0}
        query = {
            "id": self._presses.new(chat.id),
            "from": chat.person(),
            "message": as_api(message, chat, self._bot) if isinstance(message, Message) else gone,
            "chat_instance": str(chat.id),
            "data": data,
        }
        self._updates.add("callback_query", query)

    def _able(self, chat: Chat) -> None:
        if chat.blocked:
            raise Mistaken("They have blocked the bot, so Telegram sends nothing: POST …/unblock first.", 409)


def membership(
    clock: Clock, chat: Chat, by: dict[str, Any], bot: dict[str, Any], change: tuple[str, str]
) -> dict[str, Any]:
    """The Bot API's ChatMemberUpdated: the bot's own place in a chat changed."""
    was, now = (
        {"user": bot, "status": status} | ({"until_date": 0} if status == "kicked" else {}) for status in change
    )
    return {
        "chat": chat.api(),
        "from": by,
        "date": int(clock.now().timestamp()),
        "old_chat_member": was,
        "new_chat_member": now,
    }
