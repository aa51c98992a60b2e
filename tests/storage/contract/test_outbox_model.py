"""The outbox against a model of it in a few lines: whatever happens, in whatever order, both do the same."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from bot.session.inputs import PersonId
from bot.session.kept import Outcome, Parcel
from bot.session.screens import Message
from bot.storage.tables import outbox
from tests.storage.making import NOW, Opener, claimed, hours, look, words, wrote

CHATS = [PersonId(1), PersonId(2), PersonId(3)]


@dataclass
class Row:
    """A parcel as the model sees it; `word` is its number and its words."""

    word: str
    chat: PersonId
    bulk: bool
    forget: bool
    state: str = "pending"
    again_at: datetime | None = None
    id: int = 0


class Modelled(RuleBasedStateMachine):
    """Parcels are posted, claimed, settled, given up; people are erased; the process crashes; time goes on."""

    opener: Opener

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.storage = self.runner.run(self.stack.enter_async_context(self.opener()))
        self.rows: list[Row] = []
        self.now = NOW
        self.posted = 0
        self.gone: dict[PersonId, list[str]] = {chat: [] for chat in CHATS}

    def teardown(self) -> None:
        """Close the store."""
        self.runner.run(self.stack.aclose())
        self.runner.close()

    def unsent(self, chat: PersonId) -> list[Row]:
        """Return what is yet to be sent in a chat, in order."""
        return [row for row in self.rows if row.chat == chat and row.state in ("pending", "sending")]

    def heads(self, busy: list[PersonId]) -> list[Row]:
        """Return what can be claimed now."""
        firsts = [self.unsent(chat)[0] for chat in CHATS if chat not in busy and self.unsent(chat)]
        return [row for row in firsts if row.state == "pending" and (row.again_at is None or row.again_at <= self.now)]

    def urgent(self, row: Row) -> bool:
        """Whether it is a reply, or one waits behind it."""
        chat = self.unsent(row.chat)
        return any(not other.bulk for other in chat[chat.index(row) :])

    @rule(
        chat=st.sampled_from(CHATS),
        kinds=st.lists(st.tuples(st.booleans(), st.sampled_from([False, False, True])), min_size=1, max_size=3),
        before=st.sampled_from(["", "", "", "", "drop", "erase"]),
    )
    def batch(self, chat: PersonId, kinds: list[tuple[bool, bool]], before: str) -> None:
        """A batch gives up or erases what there was, or neither, and posts some parcels."""
        match before:
            case "drop":
                self.rows = [row for row in self.rows if not (row.forget and row in self.unsent(chat))]
                for row in self.unsent(chat):
                    row.state = "dead"
            case "erase":
                self.rows = [row for row in self.rows if row.chat != chat]
            case _:
                pass
        parcels = []
        for bulk, forget in kinds:
            self.posted += 1
            self.rows.append(Row(str(self.posted), chat, bulk, forget))
            parcels.append(Parcel(Message(str(self.posted)), bulk, forget))
        self.runner.run(
            wrote(self.storage, chat, self.now, parcels=parcels, drop_parcels=before == "drop", erase=before == "erase")
        )

    @rule(limit=st.sampled_from([4, 1, 2, 0]), busy=st.just([]) | st.lists(st.sampled_from(CHATS), max_size=2))
    def claim(self, limit: int, busy: list[PersonId]) -> None:
        """Only heads are claimed, as many as may be, and no bulk while a reply is left."""
        heads = {row.word: row for row in self.heads(busy)}
        urgent = sum(self.urgent(row) for row in heads.values())
        parcels = self.runner.run(claimed(self.storage, self.now, limit, busy))
        assert len(parcels) == min(limit, len(heads))
        took = [heads[word] for word in words(parcels)]
        assert sum(self.urgent(row) for row in took) == min(limit, urgent)
        for row, parcel in zip(took, parcels, strict=True):
            assert (parcel.chat, parcel.bulk) == (row.chat, row.bulk)
            row.state, row.id = "sending", parcel.id

    @precondition(lambda self: any(row.state == "sending" for row in self.rows))
    @rule(data=st.data(), how=st.sampled_from(["sent", "dead", "again"]), wait=st.integers(0, 2))
    def settle(self, data: st.DataObject, how: str, wait: int) -> None:
        """One of those that are being sent arrives, is refused for good, or goes again later."""
        row = data.draw(st.sampled_from([row for row in self.rows if row.state == "sending"]))
        match how:
            case "sent":
                outcome = Outcome(row.id, message=int(row.word))
                self.gone[row.chat].append(row.word)
                row.state = "sent"
            case "dead":
                outcome = Outcome(row.id, reason="refused")
                row.state = "dead"
            case _:
                row.again_at = self.now + hours(wait)
                outcome = Outcome(row.id, again_at=row.again_at)
                row.state = "pending"
        if row.forget and row.state != "pending":
            self.rows.remove(row)
        self.runner.run(self.storage.outbox.settle([outcome]))

    @precondition(lambda self: any(row.state == "sending" for row in self.rows))
    @rule()
    def crash(self) -> None:
        """The process comes back: replies go again, bulk of unknown outcome does not."""
        lost = [row for row in self.rows if row.state == "sending"]
        for row in lost:
            row.state = "dead" if row.bulk else "pending"
            if row.bulk and row.forget:
                self.rows.remove(row)
        assert self.runner.run(self.storage.outbox.recover()) == len(lost)

    @precondition(lambda self: any(row.again_at and row.again_at > self.now for row in self.rows))
    @rule()
    def later(self) -> None:
        """An hour passes."""
        self.now += hours(1)

    @invariant()
    def the_same_rows(self) -> None:
        """The table is the model: states, and words only of what is unsent."""
        columns = outbox.c.person, outbox.c.state, outbox.c.body
        found = self.runner.run(look(self.storage, select(*columns).order_by(outbox.c.id)))
        assert [(person, state) for person, state, _ in found] == [(row.chat, row.state) for row in self.rows]
        for row, (_, state, body) in zip(self.rows, found, strict=True):
            assert (row.word in body) if state in ("pending", "sending") else body == ""

    @invariant()
    def one_at_a_time_and_in_order(self) -> None:
        """No chat has two parcels on their way, and what arrived there came in the order it was posted."""
        for chat in CHATS:
            assert sum(row.state == "sending" for row in self.unsent(chat)) <= 1
            assert self.gone[chat] == sorted(self.gone[chat], key=int)

    @invariant()
    def the_next_time(self) -> None:
        """The outbox says when the next may go."""
        times = [
            row.again_at
            for chat in CHATS
            for row in self.unsent(chat)[:1]
            if row.state == "pending" and row.again_at is not None
        ]
        fresh = any(
            self.unsent(c) and self.unsent(c)[0].state == "pending" and not self.unsent(c)[0].again_at for c in CHATS
        )
        told = self.runner.run(self.storage.outbox.next_again())
        if fresh:
            assert told is not None
            assert told <= self.now
        else:
            assert told == min(times, default=None)


def test_the_outbox_is_its_model(opened: Opener) -> None:
    """Order in each chat, replies before bulk, one at a time, words blanked, forgotten rows gone."""

    class Here(Modelled):
        opener = staticmethod(opened)

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=60, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
