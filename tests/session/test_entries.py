"""A day's entry: what a flow's fields make of it, and how it is told back."""

from datetime import UTC, date, datetime, timedelta

import hypothesis.strategies as st
from hypothesis import given, settings

from bot.engine.kinds import Value
from bot.session.entries import day_in_words, entry_in_words, entry_of
from bot.session.kept import Checkin
from tests.chat import the_house

TODAY = date(2026, 3, 5)
NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)


def noted(back: int, mood: str = "better", *signs: str) -> dict[date, Checkin]:
    """Return a diary with one entry."""
    day = TODAY - timedelta(days=back)
    return {day: Checkin(day, NOW - timedelta(days=back), mood, 3, "few", "good", signs)}


def test_what_is_not_named_stays_as_it_was_noted() -> None:
    """Whoever adds their sleep keeps the number and the signs of that day."""
    entry = entry_of({"mood": "better", "sleep": "poor"}, noted(0, "better", "stiffness"), TODAY, NOW)
    assert entry == Checkin(TODAY, NOW, "better", 3, "few", "poor", ("stiffness",))


def test_what_is_named_takes_the_place() -> None:
    """None is an answer too: they cannot say."""
    entry = entry_of({"mood": "worse", "strength": None, "signs": ()}, noted(0, "better", "stiffness"), TODAY, NOW)
    assert entry == Checkin(TODAY, NOW, "worse", None, "few", "good", ())


def test_as_before_takes_all_but_the_signs() -> None:
    """The entry before the day that it is for; its signs are asked every time."""
    entry = entry_of({"mood": "as_before", "strength": None, "signs": ()}, noted(1, "worse", "stiffness"), TODAY, NOW)
    assert entry == Checkin(TODAY, NOW, "worse", 3, "few", "good", ())
    earlier = {**noted(4, "calm"), **noted(1)}
    day = (TODAY - timedelta(days=2)).isoformat()
    assert entry_of({"mood": "as_before", "day": day}, earlier, TODAY, NOW).mood == "calm"


def test_as_before_without_an_entry_before_is_the_same() -> None:
    """Nothing is made up."""
    entry = entry_of({"mood": "as_before"}, noted(5), TODAY, NOW)
    assert entry == Checkin(TODAY, NOW, "same", None, None, None, ())


def test_calm_is_a_zero_that_somebody_told() -> None:
    """Over is calm, and calm has no strength, whatever was told before."""
    for mood in ("calm", "over"):
        entry = entry_of({"mood": mood, "strength": None}, noted(0), TODAY, NOW)
        assert (entry.mood, entry.strength) == ("calm", 0)


@given(
    st.fixed_dictionaries(
        {"mood": st.sampled_from(["calm", "better", "same", "worse", "as_before", "over"])},
        optional={
            "day": st.none() | st.text(max_size=10) | st.integers(-20, 3).map(lambda n: str(TODAY + timedelta(days=n))),
            "strength": st.none() | st.integers(0, 10),
            "often": st.none() | st.sampled_from(["few", "many", "most"]),
            "sleep": st.none() | st.sampled_from(["good", "fair", "poor"]),
            "signs": st.lists(st.sampled_from(["stiffness", "numbness"]), unique=True).map(tuple),
        },
    ),
    st.integers(0, 8),
)
@settings(deadline=None)  # the first one loads the house
def test_any_entry_can_be_told_back(fields: dict[str, Value], back: int) -> None:
    """Whatever a flow saves is an entry of a mood that is kept, never of the future, and has words."""
    entry = entry_of(fields, noted(back), TODAY, NOW)
    assert entry.mood in {"calm", "better", "same", "worse"}
    assert TODAY - timedelta(days=14) <= entry.day <= TODAY
    assert fields.get("signs", entry.signs) == entry.signs
    assert len(entry_in_words(entry, TODAY, the_house().words, "en")) <= 120


def test_an_entry_in_words() -> None:
    """Its day first, then what was told; a calm day needs no number."""
    words = the_house().words
    (better,), (calm,) = noted(0).values(), noted(1, "calm").values()
    (old,) = noted(3, "same", "stiffness", "numbness").values()
    assert entry_in_words(better, TODAY, words, "en") == "Today: better, strength 3, a few times, slept well"
    assert entry_in_words(calm, TODAY, words, "en") == "Yesterday: calm, a few times, slept well"
    assert entry_in_words(old, TODAY, words, "en").startswith("Monday, March 2: the same, strength 3")
    assert entry_in_words(old, TODAY, words, "en").endswith("with 2 things to tell a doctor")


def test_a_day_is_said_as_a_language_says_it() -> None:
    """CLDR's order and words, in full."""
    assert day_in_words(date(2026, 3, 2), "en") == "Monday, March 2"
    assert day_in_words(date(2026, 3, 2), "de") == "Montag, 2. März"
