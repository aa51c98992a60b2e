"""Weeks of reminders, whatever people do with them: each slot of a day once or a record why not, and quiet nights."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.domain.schedule import Quiet
from bot.storage.tables import firings, timers
from tests.chat import Chat, Shown, chatting
from tests.session.test_reminding import becomes

ZONE = ZoneInfo("Europe/London")
BEGIN = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)  # the clocks go forward on the 29th
TIMES = {
    "water": ["10:00", "10:30", "14:00", "20:00"],
    "exercise": ["18:00", "23:30"],
    "own1": ["01:30", "10:00", "18:30"],
    "own2": ["07:45"],
}
ASKED = {"water_reminder.ask": "water", "exercise_reminder.ask": "exercise"}
QUIET, ON_TIME, GRACE = Quiet(), timedelta(minutes=15), timedelta(hours=2)

DOES = st.one_of(
    st.tuples(st.just("waits"), st.integers(1, 40)),
    st.tuples(st.just("waits"), st.integers(1, 3)),
    st.tuples(st.just("is_down"), st.integers(1, 12)),
    st.tuples(
        st.just("says"),
        st.sampled_from(
            ["i drank a glass", "i did my exercises", "undo", "half past six", "in an hour", "20:00", "/help"]
        ),
    ),
    st.tuples(st.just("pauses"), st.sampled_from(["2 hours", "Until tomorrow", "3 days", "Go on"])),
    st.tuples(
        st.just("taps"),
        st.sampled_from(["Done", "Skip", "Later", "In 10 minutes", "In an hour", "Another time", "Tonight at 20:00"]),
        st.integers(0, 3),
    ),
)


def kind_of(message: Shown) -> str | None:
    """Return of what kind of reminder this is the prompt."""
    kind = ASKED.get(message.keys[-1])
    return message.html.partition("words of ")[2][:4] if message.keys[-1] == "own.ask" else kind


class Life:
    """A person with reminders, and all that came, with its time."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat

    async def comes(self, much: timedelta) -> None:
        """Let time pass and look at whatever comes: it had its slot, or they had put it off to this minute."""
        chat, goal = self.chat, self.chat.clock.at + much
        while (due := await chat.storage.due.next_due()) is not None and due <= goal:
            put_off = await self.rows(select(timers).where(timers.c.name.like("%_later")))
            seen, chat.clock.at = len(chat.messages), max(chat.clock.at, due)
            await chat.later(timedelta())
            await self.look(chat.messages[seen:], {row.name.removesuffix("_later"): row.due_at for row in put_off})
        chat.clock.at = goal

    async def look(self, new: list[Shown], put_off: dict[str, datetime]) -> None:
        """Each that came has its reason, and none came twice."""
        now = self.chat.clock.at
        sent = {
            row.kind: row
            for row in await self.rows(select(firings).where(firings.c.at == now))
            if row.outcome == "sent"
        }
        came = Counter(kind for message in new if (kind := kind_of(message)) is not None)
        assert set(sent) <= set(came)
        for kind, number in came.items():
            assert number == 1
            wanted = instant(sent[kind].day, sent[kind].slot) if kind in sent else put_off[kind]
            assert wanted <= now <= wanted + GRACE
            if QUIET.covers(now.astimezone(ZONE).time()):
                assert now <= wanted + ON_TIME

    async def rows(self, statement: Any) -> Any:
        """Return what a query finds, through the bot's own connection."""
        async with self.chat.database.begin() as connection:
            return (await connection.execute(statement)).all()

    async def does(self, what: str, *more: Any) -> None:
        """Do what is drawn, if it can be done now."""
        match what:
            case "waits":
                await self.comes(timedelta(hours=more[0], minutes=7))
            case "is_down":
                self.chat.clock.at += timedelta(hours=more[0])
                await self.comes(timedelta())
            case "says":
                await self.chat.says(more[0])
            case "pauses":
                await self.chat.says("/reminders")
                await self.tap("Go on" if more[0] == "Go on" else "Pause them", 0)
                await self.tap(more[0], 0)
            case _:
                await self.tap(*more)

    async def tap(self, label: str, back: int) -> None:
        """Press the newest such button but some, if there is one."""
        if sum(message.labels.count(label) for message in self.chat.messages) > back:
            await self.chat.taps_old(label, back)

    async def holds(self) -> None:
        """Of each kind one prompt at most can be pressed, and every slot until now has one record."""
        live = Counter(kind_of(message) for message in self.chat.messages if message.rows)
        assert all(number == 1 for kind, number in live.items() if kind is not None), live
        dealt = [(row.kind, row.day, row.slot) for row in await self.rows(select(firings))]
        assert len(dealt) == len(set(dealt))
        assert {one for one in dealt if instant(*one[1:]) < self.chat.clock.at} == set(self.wanted())

    def wanted(self) -> list[tuple[str, date, time]]:
        """Return all slots between the beginning and now."""
        days = (self.chat.clock.at - BEGIN).days + 2
        slots = [
            (kind, BEGIN.date() + timedelta(days=day), time.fromisoformat(at))
            for kind, times in TIMES.items()
            for at in times
            for day in range(days)
        ]
        return [one for one in slots if BEGIN < instant(*one[1:]) < self.chat.clock.at]


def instant(day: date, slot: time) -> datetime:
    """Return when a slot of a day is (UTC)."""
    return datetime.combine(day, slot, ZONE).astimezone(UTC)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(acts=st.lists(DOES, min_size=8, max_size=18))
async def test_weeks_of_reminders(acts: list[tuple[Any, ...]]) -> None:
    """Pauses, snoozes, counts, a bot that is down: nothing twice, nothing at night unasked, all of it recorded."""
    with TemporaryDirectory() as directory:
        async with chatting(Path(directory) / "steady.db", BEGIN) as chat:
            await becomes(chat, **TIMES)
            life = Life(chat)
            for act in acts:
                await life.does(*act)
                await life.holds()
            await life.comes(timedelta(days=2))
            await life.holds()
