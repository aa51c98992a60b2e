"""A deploy while somebody is in the middle of a talk: a step that has another name now is gone on with."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.engine.names import FlowName, StepId
from bot.session.kept import Person
from tests.chat import chatting, the_house


@pytest.mark.parametrize(("named", "said"), [(True, "daily_checkin.strength"), (False, "common.lost")])
async def test_who_waits_at_a_renamed_step_answers_it(tmp_path: Path, *, named: bool, said: str) -> None:
    """The old button counts where the flow names the step's successor, and leads to an apology where it does not."""
    house, name = the_house(), FlowName("daily_checkin")
    flow = house.flows.flows[name]
    changes = {1: {StepId("how"): StepId("mood")}} if named else {}
    house = replace(
        house, flows=replace(house.flows, flows={**house.flows.flows, name: replace(flow, changes=changes)})
    )
    async with chatting(tmp_path / "steady.db", datetime(2026, 3, 1, 20, tzinfo=UTC), house) as chat:
        for words in ("/checkin", "Yes, you may"):
            await (chat.says if words.startswith("/") else chat.taps)(words)
        assert chat.said[-1] == "daily_checkin.mood"

        def aged(person: Person) -> Person:
            state = (person.conversation or "").replace(
                f'["daily_checkin",{flow.version},"mood"', '["daily_checkin",1,"how"'
            )
            assert '"how"' in state
            return replace(person, conversation=state)

        await chat.becomes(aged)
        chat.store.careful = False
        await chat.taps("The same")
        assert said in chat.said
