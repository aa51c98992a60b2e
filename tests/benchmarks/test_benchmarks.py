"""The benchmarks still work, at their smallest. What they measure is not judged: a busy machine must fail no test."""

from pathlib import Path

import pytest

from benchmarks import by_hand, ear, growth, state, steps
from benchmarks.measure import percentile, ratio, table
from benchmarks.sampled import part_of
from benchmarks.state import LAW, measure
from benchmarks.steps import TALKS
from benchmarks.updates import CHECK_IN, echoes, ours, parts
from tests.flows.transcripts import all_transcripts


async def test_updates(tmp_path: Path) -> None:
    """Everybody's check-in ends, and the barest bot gets as many updates with a call each."""
    us, bare = await ours(2, tmp_path), await echoes(2, 0, tmp_path)
    assert us.updates == bare.updates == 2 * len(CHECK_IN)
    assert bare.sent == bare.updates
    assert us.sent > 2 * us.updates


async def test_parts(tmp_path: Path) -> None:
    """The parts of the bot's work are shares of one whole."""
    assert sum((await parts(2, tmp_path)).values()) == pytest.approx(1)


def test_steps() -> None:
    """Both talks are measured, and what is written by hand says what the house says."""
    told = steps.report(0.001)
    assert all(name in told for name in TALKS)
    assert "no longer" not in told, told


def test_steps_that_are_not_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """A baseline that says something else than the house is told, and so is a talk that goes another way."""
    monkeypatch.setattr(by_hand, "NEXT", {**by_hand.NEXT, "daily_checkin.often": lambda _: "sign_questions.urgent"})
    assert "check-in: the two no longer say the same" in steps.report(0.001)
    monkeypatch.setitem(TALKS, "check-in", ("/checkin", "agree", "nothing of this kind"))
    assert "check-in: the house no longer takes these answers" in steps.report(0.001)


def test_the_ear() -> None:
    """Short and long messages are measured."""
    assert ear.report(0.001, 20).count("\n| ") == 3


async def test_state() -> None:
    """Every wait that is found is below the law."""
    found = await measure(all_transcripts()[:3])
    assert found
    assert all(0 < wait.stored < min(wait.plain, LAW) for wait in found)


def test_state_is_told() -> None:
    """The report names how much was looked at."""
    assert "waits in 2 transcripts" in state.report(2)


async def test_growth(tmp_path: Path) -> None:
    """Updates are answered and reminders sent in each database."""
    found = await growth.measure((10, 20), 3, tmp_path)
    assert all(len(costs) == 2 for costs in found.values())


@pytest.mark.parametrize(
    ("files", "part"),
    [
        (["/x/httpx/_client.py", "/y/bot/telegram/client.py", "/y/bot/telegram/sender.py"], "sending: calls"),
        (["/y/bot/telegram/render.py", "/y/bot/telegram/sender.py"], "sending: the sender itself"),
        (["/x/sqlalchemy/engine/base.py"], "database"),
        (["/lib/selectors.py", "/lib/asyncio/base_events.py", "/y/bot/cli.py"], "database"),
        (
            ["/y/bot/engine/run.py", "/y/bot/session/step.py", "/y/bot/telegram/poller.py"],
            "hearing, deciding, rendering",
        ),
        (["/lib/asyncio/events.py", "/y/bot/cli.py"], "event loop and sockets"),
    ],
)
def test_a_stack_belongs_to_one_part(files: list[str], part: str) -> None:
    """The part is that of the work, not of who waits for it."""
    assert part_of(files) == part


def test_measures() -> None:
    """A percentile is one of the values, a ratio needs a baseline, a table is Markdown."""
    assert percentile([3, 1, 2], 0.95) == 3
    assert percentile(range(1, 101), 0.95) == 95
    assert (ratio(3, 2), ratio(3, 0)) == ("1.5 ×", "–")
    assert table(("a", "b"), [("c", 1)]) == "| a | b |\n| --- | ---: |\n| c | 1 |"
