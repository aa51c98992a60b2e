"""The rhythm stays within what Telegram allows, and never slower than it must be."""

from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from bot.session.screens import Acknowledge, Message, Rebutton, Rewrite
from bot.telegram.pace import CHAT, OVERALL, Floods, Pace, growing, weights


def most_within(times: list[float], seconds: float) -> int:
    """The most of these times that lie within any so many seconds."""
    return max(sum(start <= at < start + seconds for at in times) for start in times)


@example([0.0] * 100)
@given(st.lists(st.floats(0, 0.2), min_size=1, max_size=300))
def test_thirty_a_second(gaps: list[float]) -> None:
    """However calls come, no second has more than 30 of them, and each goes in its turn."""
    pace, now, times = Pace(), 100.0, []
    for gap in gaps:
        now += gap
        times.append(pace.overall_at(1.0, now))
    assert most_within(times, 1.0) <= 30
    assert times == sorted(times)


@given(st.lists(st.floats(0, 3), min_size=1, max_size=60))
def test_one_a_second_and_chat(gaps: list[float]) -> None:
    """A chat gets its burst, then one a second."""
    pace, now, times = Pace(), 100.0, []
    for gap in gaps:
        now += gap
        times.append(pace.chat_at(1, 1.0, now))
    for seconds in (1, 5, 20):
        assert most_within(times, seconds - 1e-6) <= CHAT.burst + seconds


def test_no_delay_without_need() -> None:
    """After a silence a burst goes at once, and one chat's haste delays no other."""
    pace = Pace()
    assert [pace.chat_at(1, 1.0, 50.0) for _ in range(CHAT.burst)] == [50.0] * CHAT.burst
    assert pace.chat_at(1, 1.0, 50.0) > 50.0
    assert pace.chat_at(2, 1.0, 50.0) == 50.0
    assert [pace.overall_at(1.0, 50.0) for _ in range(OVERALL.burst)] == [50.0] * OVERALL.burst
    assert pace.overall_at(1.0, 50.0) > 50.0


@given(st.lists(st.floats(0, 0.2), max_size=100))
def test_room(gaps: list[float]) -> None:
    """As many as there is room for go at once, and one more does not."""
    pace, now = Pace(), 100.0
    for gap in gaps:
        now += gap
        pace.overall_at(1.0, now)
        room = pace.room(now)
        assert 0 <= room < OVERALL.burst
    room = pace.room(now)
    assert all(pace.overall_at(1.0, now) - now < 1e-6 for _ in range(room))
    assert pace.room(now) == 0
    assert pace.overall_at(1.0, now) > now


def test_forgets_chats() -> None:
    """Chats that have been silent for long are forgotten."""
    pace = Pace()
    for chat in range(10_000):
        pace.chat_at(chat, 1.0, chat * 1.0)
    assert len(pace._chats) <= 1001


def test_one_chats_long_wait_is_not_everybodys() -> None:
    """An hour for one chat and seconds for two others silence the bot for seconds; half a minute for all, for that."""
    start, floods = datetime(2026, 3, 1, 8, tzinfo=UTC), Floods()
    for chat, seconds in ((1, 3600), (2, 3), (3, 5)):
        floods.told(chat, start, start + timedelta(seconds=seconds))
    assert floods.all_until == start + timedelta(seconds=3)
    later = start + timedelta(seconds=10)
    for chat in (4, 5):
        assert floods.all_until < later
        floods.told(chat, later, later + timedelta(seconds=30))
    assert floods.all_until == later + timedelta(seconds=30)


def test_weights() -> None:
    """Edits and answers to presses count less than messages; an answer to a press does not wait for its chat."""
    message, edit = weights(Message("x")), weights(Rewrite("n", "x"))
    assert message > edit == weights(Rebutton("n")) > weights(Acknowledge("5"))
    assert Pace().chat_at(1, weights(Acknowledge("5"))[1], 5.0) == 5.0


def test_growing() -> None:
    """Pauses double up to half a minute."""
    pauses = growing()
    assert [next(pauses) for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]


def test_a_wait_that_is_over_counts_no_more() -> None:
    """Three chats that wait one after the other are three chats, and not the bot."""
    start, floods, second = datetime(2026, 3, 1, 8, tzinfo=UTC), Floods(), timedelta(seconds=1)
    for chat in range(5):
        now = start + chat * 3 * second
        floods.told(chat, now, now + second)
    assert floods.all_until is None
