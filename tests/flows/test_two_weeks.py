"""The two weeks of `tests/two_weeks.py` with the whole house and a real store, which is closed and opened between."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

from bot.storage.tables import metadata
from tests.chat import Chat, chatting
from tests.two_weeks import BEGINS, Says, Taps, Until, acts


class Mortal(Chat):
    """A chat whose bot ends and begins again on the same file: before it sends what it has kept, and after."""

    life: AsyncExitStack
    path: Path
    seeds: "count[int]"
    lives = 1

    async def deliver(self) -> None:
        """Send, with another session and store than those that decided what to say, and let a third pair go on."""
        await self.reborn()
        await super().deliver()
        await self.reborn()

    async def reborn(self) -> None:
        """Close everything and open it again. What the test holds of Telegram's side stays."""
        await self.life.aclose()
        self.lives += 1
        anew = await self.life.enter_async_context(chatting(self.path, self.clock.at, seeds=self.seeds))
        anew.words.keys |= self.words.keys
        for part in ("session", "storage", "clock", "words", "ear", "store"):
            setattr(self, part, getattr(anew, part))


@asynccontextmanager
async def mortal(path: Path) -> AsyncIterator[Mortal]:
    """Give a chat that restarts whenever something is sent."""
    async with AsyncExitStack() as life:
        seeds: count[int] = count()
        first = await life.enter_async_context(chatting(path, BEGINS, seeds=seeds))
        chat = Mortal(first.session, first.storage, first.clock, first.words, first.ear, first.store)
        chat.life, chat.path, chat.seeds = life, path, seeds
        yield chat


async def lived(chat: Chat) -> dict[str, Any]:
    """Live through the two weeks; return all that was seen, and all that is kept."""
    for act in acts():
        match act:
            case Says(words):
                await chat.says(words)
            case Taps(label, back):
                await chat.taps_old(label, back)
            case Until(at):
                await chat.later(at - chat.clock.at)
    seen = [(message.html, message.labels, message.edited, message.picture) for message in chat.messages]
    async with chat.database.begin() as connection:
        kept = {table.name: (await connection.execute(table.select())).all() for table in metadata.sorted_tables}
    return {"seen": seen, "toasts": chat.toasts} | {name: sorted(map(repr, rows)) for name, rows in kept.items()}


async def test_a_restart_at_any_point_of_two_weeks_changes_nothing(tmp_path: Path) -> None:
    """With a new session and store around everything that is sent, what is seen and kept is the same, to the letter."""
    async with chatting(tmp_path / "one.db", BEGINS) as chat:
        whole = await lived(chat)
    async with mortal(tmp_path / "many.db") as chat:
        broken = await lived(chat)
        assert chat.lives > 120
    for part, found in whole.items():
        assert broken[part] == found, part
    assert len(whole["checkins"]) == 5
