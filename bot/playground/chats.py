"""What stands in the chats: messages, what hangs under them, the toasts of pressed buttons.

A private chat has the person's id, a group a negative one. Every change gets the next number of `changes`: by it the
page knows that there is something new, and a step of a person knows which messages are the bot's answer to it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from http import HTTPStatus
from typing import Any, Literal, NewType

from bot.playground.bell import Bell
from bot.playground.clock import Clock, machine_time
from bot.playground.formatting import NOTHING, Formatted
from bot.playground.markup import NONE, Markup
from bot.playground.refusals import Refused, bad_request

ChatId = NewType("ChatId", int)
MessageId = NewType("MessageId", int)
Sender = Literal["bot", "person"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it stands now. `media` names its kind unless it is text; `extra`: what the Bot API adds then."""

    id: MessageId
    at: datetime
    sender: Sender
    words: Formatted = NOTHING
    markup: Markup = NONE
    media: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    file: str | None = None
    edited_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Toast:
    """The answer to a press: shown for a moment, or as an alert."""

    at: datetime
    text: str
    alert: bool
    change: int


@dataclass(slots=True)
class Chat:
    """One chat. `started`: the person wrote first, before which no bot may; `member`: the bot is in the group."""

    id: ChatId
    kind: str
    name: str
    language: str | None = None
    started: bool = False
    blocked: bool = False
    member: bool = True
    messages: dict[MessageId, Message] = field(default_factory=dict)
    changed: dict[MessageId, int] = field(default_factory=dict)
    toasts: list[Toast] = field(default_factory=list)
    keyboard: Markup = NONE
    doing: tuple[str, datetime] | None = None  # what the bot says it does, and since when on the machine's clock

    def api(self) -> dict[str, Any]:
        """The Bot API's Chat."""
        name = {"first_name": self.name} if self.kind == "private" else {"title": self.name}
        return {"id": self.id, "type": self.kind, **name}

    def person(self) -> dict[str, Any]:
        """The Bot API's User of a private chat."""
        user = {"id": self.id, "is_bot": False, "first_name": self.name}
        return user | ({"language_code": self.language} if self.language else {})

    def since(self, change: int) -> list[Message]:
        """Messages written or edited after a change, in the order of their ids."""
        found = set[MessageId]()
        for known in reversed(self.changed):
            if self.changed[known] <= change:
                break
            found.add(known)
        return [self.messages[known] for known in sorted(found) if known in self.messages]

    def toasts_since(self, change: int) -> list[Toast]:
        """Toasts shown after a change."""
        found = []
        for toast in reversed(self.toasts):
            if toast.change <= change:
                break
            found.append(toast)
        return found[::-1]

    def newest(self) -> Iterator[Message]:
        """All messages, the newest first."""
        return reversed(self.messages.values())


class Chats:
    """Every chat, and the one counter of message ids that Telegram gives an account."""

    def __init__(self, clock: Clock, next_id: int, changes: Bell) -> None:
        self._clock = clock
        self.next_id = next_id
        self.changes = changes
        self.all = dict[ChatId, Chat]()

    def open_to_bot(self, chat_id: object) -> Chat:
        """The chat that the bot may write to; Refused with Telegram's words for one it may not."""
        chat = self.all.get(ChatId(chat_id)) if isinstance(chat_id, int) else None
        if chat is None or not chat.started:
            raise bad_request("chat not found")
        if chat.blocked:
            raise Refused(HTTPStatus.FORBIDDEN, "Forbidden: bot was blocked by the user")
        if not chat.member:
            raise Refused(HTTPStatus.FORBIDDEN, "Forbidden: bot is not a member of the group chat")
        return chat

    def write(self, chat: Chat, message: Message) -> Message:
        """Put a new message under the next id."""
        new = replace(message, id=MessageId(self.next_id))
        self.next_id += 1
        chat.messages[new.id] = new
        if new.sender == "bot":
            chat.doing = None
        if new.markup.keyboard or new.markup.removes:
            chat.keyboard = new.markup
        self._note(chat, new.id)
        return new

    def new(self, sender: Sender, words: Formatted = NOTHING, **more: Any) -> Message:
        """A message of this moment, not yet in any chat."""
        return Message(MessageId(0), self._clock.now(), sender, words, **more)

    def edit(self, chat: Chat, message: Message, *, words: Formatted, markup: Markup = NONE) -> Message:
        """Put another text or other buttons into a message."""
        edited = replace(message, words=words, markup=markup, edited_at=self._clock.now())
        chat.messages[edited.id] = edited
        self._note(chat, edited.id)
        return edited

    def delete(self, chat: Chat, message: Message) -> None:
        """Take a message away."""
        del chat.messages[message.id]
        chat.changed.pop(message.id, None)
        self.changes.ring()

    def toast(self, chat: Chat, text: str, *, alert: bool) -> None:
        """Show the answer to a press."""
        self.changes.ring()
        chat.toasts.append(Toast(self._clock.now(), text, alert, self.changes.count))

    def does(self, chat: Chat, action: str) -> None:
        """Show for five seconds, or until the bot's next message, that it is typing or the like."""
        chat.doing = action, machine_time()
        self.changes.ring()

    def _note(self, chat: Chat, changed: MessageId) -> None:
        self.changes.ring()
        chat.changed.pop(changed, None)
        chat.changed[changed] = self.changes.count
