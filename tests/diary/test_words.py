"""The diary in words tells what its picture shows, fits below it, and says how sure it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.diary.words import Telling
from bot.domain.diary import Day, last_weeks
from bot.library.house_words import HOUSE
from bot.library.limits import LONGEST_CAPTION, LONGEST_TEXT, units, visible
from bot.library.texts import Values
from bot.library.words import Words
from tests.chat import the_house
from tests.diary.making import TODAY, ago, levels
from tests.diary.test_picture import FULL, day_told


@pytest.fixture
def telling() -> Telling:
    """Who tells it in English."""
    return Telling(the_house().words, "en")


def test_the_weeks(telling: Telling) -> None:
    """The comparison first, then each week, the newest first; what is not there is not said."""
    assert visible(telling.weeks(last_weeks(FULL, TODAY))).split("\n\n") == [
        "Your last four weeks",
        "There are not enough days yet to compare this week with the one before.",
        (
            "Feb 23\u2009–\u2009Mar 1\n"
            "How strong: 0 to 5 of 10, on 4 of 7 days. Noted without a number on 1 of 7 days. "
            "Water: 4 to 7 glasses, on 2 of 7 days. Exercises on 1 of 7 days. Warning signs on 1 of 7 days."
        ),
        "Feb 16\u2009–\u200922\nNo entry.",
        "Feb 9\u2009–\u200915\nNo entry.",
        "Feb 2\u2009–\u20098\nNo entry.",
    ]


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ((7, 6, 7, 8, 7, 6), (2, 3, 2, 1, 3, 2), "It was milder in the last seven days than in the seven before."),
        ((2, 3, 2, 1, 3), (7, 6, 7, 8, 7), ("It was stronger in the last seven days than in the seven before. "
          "It often goes up and down.")),
        ((4,) * 7, (4,) * 7, "The last seven days were about the same as the seven before."),
        ((6, 6, 6, 6), (3, 3, 3, 3, 3), ("It was milder in the last seven days than in the seven before. "
         "One of these weeks has only 4 days with a number, so this is not sure.")),
        ((6,), (3, 3), ("It was milder in the last seven days than in the seven before. "
         "One of these weeks has only 1 day with a number, so this is not sure.")),
        ((9, 1, 8, 2, 9), (1, 8, 1, 7, 5), ("It was milder in the last seven days than in the seven before. "
         "The days differ a lot, so this is not sure.")),
    ],
)  # fmt: skip
def test_how_sure_it_is(telling: Telling, before: tuple[int, ...], now: tuple[int, ...], said: str) -> None:
    """A comparison says which way it went, and why it is not sure if it is not."""
    days = [*levels(*before, until=7), *levels(*now)]
    assert visible(telling.weeks(last_weeks(days, TODAY))).split("\n\n")[1] == said


def test_the_days(telling: Telling) -> None:
    """Each day that was noted, and how many were not; a strength that was not told is not a zero."""
    assert visible(telling.days(last_weeks(FULL, TODAY))).split("\n") == [
        "Day by day",
        "",
        "Mon, Feb 23 The same. How strong: 3 of 10.",
        "Tue, Feb 24 The same. How strong: 4 of 10.",
        "Thu, Feb 26 The same. How strong: 5 of 10.",
        "Fri, Feb 27 4 glasses. Exercises.",
        "Sat, Feb 28 Calm. Warning signs: 2.",
        "Sun, Mar 1 Worse. 7 glasses.",
        "",
        "On 22 of the 28 days there is no entry. That is fine.",
    ]


def test_a_full_diary_has_no_gaps(telling: Telling) -> None:
    """Where every day has an entry nothing is said of gaps."""
    days = [Day(ago(back), glasses=1) for back in range(28)]
    assert "no entry" not in telling.days(last_weeks(days, TODAY))
    assert "Water: 1 glass, on 7 of 7 days." in telling.weeks(last_weeks(days, TODAY))


@pytest.mark.parametrize("language", the_house().words.languages)
@given(st.lists(day_told, max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_diary_fits(language: str, days: list[Day]) -> None:
    """In every language the weeks fit below a picture, and the days into a message."""
    telling = Telling(the_house().words, language)
    weeks = last_weeks(days, TODAY)
    assert units(visible(telling.weeks(weeks))) <= LONGEST_CAPTION
    assert units(visible(telling.days(weeks))) <= LONGEST_TEXT


@pytest.mark.parametrize("language", the_house().words.languages)
def test_the_longest_diary_fits(language: str) -> None:
    """Every day full, every kind of it, the week uneven: it still fits."""
    moods = ("calm", "better", "same", "worse")
    days = [
        Day(ago(back), moods[back % 4], None if back % 7 == 3 else (10, 0)[back % 2], 99, 1000 - back, 9)
        for back in range(28)
    ]
    telling, weeks = Telling(the_house().words, language), last_weeks(days, TODAY)
    assert units(visible(telling.weeks(weeks))) <= LONGEST_CAPTION
    assert units(visible(telling.days(weeks))) <= LONGEST_TEXT


def test_every_word_is_said() -> None:
    """No words are written for the diary that no diary says."""
    words = Remembering(the_house().words)
    telling = Telling(words, "en")
    alike = [Day(ago(back), "better", 3, glasses=2) for back in range(14)]
    for days in (FULL, alike, [*levels(2, until=7), *levels(5)], [*levels(5, until=7), *levels(2)],
                 [*levels(9, 1, 8, 2, 9, until=7), *levels(1, 8, 1, 7, 5)]):  # fmt: skip
        weeks = last_weeks(days, TODAY)
        telling.weeks(weeks)
        telling.days(weeks)
        telling.labels(weeks)
    telling.nothing()
    assert words.said == {key for key in HOUSE if key.startswith("weeks.")}


class Remembering(Words):
    """The house's words, which remember what was said of them."""

    def __init__(self, words: Words) -> None:
        self.__dict__.update(words.__dict__)
        self.said: set[str] = set()

    def render(self, key: str, values: Values, language: str) -> str:
        """Return the words at `key` as HTML."""
        self.said.add(key)
        return super().render(key, values, language)

    def label(self, key: str, language: str) -> str:
        """Return the words at `key` as plain text."""
        self.said.add(key)
        return super().label(key, language)
