"""The stand-in's world: every part of it, put together once, and saved a moment after it changed."""

import asyncio
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.playground.bell import Bell
from bot.playground.chats import Chat, ChatId, Chats
from bot.playground.clock import Clock
from bot.playground.faults import Calls, Faults
from bot.playground.files import Files
from bot.playground.people import People, membership
from bot.playground.presses import Presses
from bot.playground.rest import Rest
from bot.playground.state import State, load, save
from bot.playground.updates import UpdateId, Updates

SAVED_AFTER = 0.2
TOKEN = re.compile(r"(\d+):[A-Za-z0-9_-]+")
BOT = {"id": 1, "is_bot": True, "first_name": "Steady Toes", "username": "steady_toes_bot"}


class Standin:
    """The world. With `clock_at` time stands there; without, it follows the machine's. A saved clock goes before it.

    `state`: the file it is saved in, if any. `tokens`: the only ones it takes; None: any of the form digits:letters.
    """

    def __init__(
        self, clock_at: datetime | None = None, state: Path | None = None, tokens: Sequence[str] | None = None
    ) -> None:
        self._path = state
        self._tokens = None if tokens is None else frozenset(tokens)
        self._saving: asyncio.TimerHandle | None = None
        was = load(state) or State(at=clock_at)
        self.bot: dict[str, Any] = dict(was.bot or BOT)
        self.profile = dict(was.profile)
        self.changes = Bell(was.changes)
        self.clock = Clock(was.at, offset=was.offset, generation=was.generation)
        self.updates = Updates(self.clock, was.next_update)
        self.updates.allowed = was.allowed
        self.updates.confirmed = was.confirmed
        self.updates.delivered.extend(was.delivered)
        for update in was.waiting:
            self.updates.put(update)
        self.chats = Chats(self.clock, was.next_message, self.changes)
        self.chats.all.update({chat.id: chat for chat in was.chats})
        self.presses = Presses(self.clock, was.next_press, was.unanswered)
        self.people = People(self.clock, self.chats, self.updates, self.presses, bot=self.bot, next_id=was.next_person)
        self.files = Files(was.next_file)
        self.rest = Rest(self.clock, self.updates)
        self.rest.boot = was.boot
        self.calls = Calls()
        self.faults = Faults()

    def knows(self, token: str) -> bool:
        """Whether this is the bot's token; its digits are the bot's id."""
        found = TOKEN.fullmatch(token)
        if found is None or (self._tokens is not None and token not in self._tokens):
            return False
        self.bot["id"] = int(found.group(1))
        return True

    def raw(self, body: dict[str, Any]) -> UpdateId:
        """Queue any update at all. A group it speaks of exists from then on, with the bot in it unless it says not."""
        for content in body.values():
            given = content.get("chat") if isinstance(content, dict) else None
            if isinstance(given, dict) and isinstance(given.get("id"), int) and given["id"] < 0:
                new = Chat(
                    ChatId(given["id"]), str(given.get("type", "group")), str(given.get("title", "")), started=True
                )
                chat = self.chats.all.setdefault(new.id, new)
                member = content.get("new_chat_member")
                chat.member = not (isinstance(member, dict) and member.get("status") in {"left", "kicked"})
        return self.updates.add_raw(body)

    def leave(self, chat: Chat) -> None:
        """The bot goes out of a group: it gets an update about it, and may not write there any more."""
        chat.member = False
        self.changes.ring()
        self.updates.add("my_chat_member", membership(self.clock, chat, self.bot, self.bot, ("member", "left")))

    def touched(self) -> None:
        """Something happened: the world is saved a moment later, however much more happens until then."""
        if self._path is not None and self._saving is None:
            self._saving = asyncio.get_running_loop().call_later(SAVED_AFTER, self._save)

    def close(self) -> None:
        """Let everybody go who waits, and save."""
        for bell in (
            self.changes,
            self.clock.moved,
            self.updates.arrived,
            self.rest.rested,
            self.faults.cleared,
            self.calls.heard,
        ):
            bell.close()
        if self._saving is not None:
            self._saving.cancel()
        self._save(complete=True)

    def _save(self, *, complete: bool = False) -> None:
        self._saving = None
        if self._path is not None:
            save(self._path, self._state(complete=complete))

    def _state(self, *, complete: bool) -> State:
        return State(
            at=self.clock.now() if self.clock.standing else None,
            offset=self.clock.offset,
            generation=self.clock.generation,
            changes=self.changes.count,
            next_update=self.updates.next_id,
            next_message=self.chats.next_id,
            next_person=self.people.next_id,
            next_press=self.presses.next_id,
            next_file=self.files.next_id,
            bot=self.bot,
            profile=self.profile,
            chats=list(self.chats.all.values()),
            waiting=self.updates.waiting(),
            allowed=self.updates.allowed,
            boot=self.rest.boot,
            confirmed=self.updates.confirmed,
            delivered=self.updates.delivered,
            unanswered=self.presses.unanswered,
            complete=complete,
        )
