"""Two weeks of one person in London, as acts: what they type and press, and when. It is played by more than one test.

It began on January 30. The questions of its day 7 and 14 are February 6 and 13; February 8 and 15 are Sundays.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

BEGINS = datetime(2026, 2, 2, 9, tzinfo=UTC)
MOOD, WATER, WEEKS = "How are your toes today?", "Time for a glass of water?", "Your last four weeks"


@dataclass(frozen=True, slots=True)
class Says:
    """They type."""

    text: str


@dataclass(frozen=True, slots=True)
class Taps:
    """They press the newest button of this label, or that below the newest but `back` message that has it."""

    label: str
    back: int = 0


@dataclass(frozen=True, slots=True)
class Until:
    """Time passes until then (UTC)."""

    at: datetime


Act = Says | Taps | Until


def _taps(*labels: str) -> Iterator[Act]:
    return (Taps(label) for label in labels)


def _until(day: int, hour: int, minute: int = 0) -> Iterator[Act]:
    yield Until(datetime(2026, 2, day, hour, minute, tzinfo=UTC))


def acts() -> Iterator[Act]:
    """Return what they do, in order."""
    yield Says("/checkin")
    yield from _taps("Yes, you may", "The same", "4", "None of these", "A few days", "Yes, please ask")
    yield Says("London")
    yield from _taps("Yes, that is right")
    yield Says("/reminders")
    yield from _taps("Check-in", "20:00")
    yield Says("/reminders")
    yield from _taps("Water", "No, none of that", "Once, at 10:00")
    yield Says("/reminders")
    yield from _taps("Your weeks", "18:00")
    yield from _until(3, 10, 1)
    yield from _taps("Done")
    yield from _until(3, 21)
    yield from _taps("The same as yesterday", "None of these")
    yield from _until(4, 9, 30)
    yield Says("2 glasses")
    yield from _until(4, 10, 1)  # a glass just before: nobody is asked
    yield from _until(4, 21)  # the evening goes by without an answer
    yield from _until(5, 10, 1)
    yield from _taps("Later", "In an hour")
    yield from _until(5, 11, 1)
    yield from _taps("Done")
    yield from _until(6, 16)
    yield from _taps("Done")  # of ten in the morning
    yield from _until(6, 21)  # the follow-up takes the place of the question
    yield from _taps("Worse", "6", "None of these")
    yield from _until(8, 21)  # a Sunday: the weeks
    yield from _until(9, 21)
    yield Taps("Better", back=1)  # the evening before, told a day later
    yield from _taps("2", "None of these")
    yield from _until(10, 9)
    yield Says("/reminders")
    yield from _taps("Pause them", "3 days")
    yield from _until(12, 23)
    yield from _until(13, 21)  # two weeks: the doctor, however mild
    yield from _taps("Better", "1", "None of these", "Yes, please ask")
    yield from _until(15, 21)
    yield Says("/diary")
    yield Says("/export")
