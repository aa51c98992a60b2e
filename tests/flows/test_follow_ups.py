"""Follow-ups over a month: each once and in its order, none after the end, none that comes too late."""

from datetime import datetime, timedelta

import pytest

from bot.domain.episodes import ROUNDS, TOO_LATE
from tests.flows.walking import NOW, Walker, somebody

DAY = timedelta(days=1)
ASKED = {f"follow_up.day_{number}": number for number in ROUNDS}
MORNING = NOW.replace(hour=9)


def agreed(days: int = 0) -> Walker:
    """Return somebody whose twitching began so many days ago, and who wants to be asked."""
    walker = Walker(somebody(), now=MORNING)
    walker.commands("checkin")
    for option in ("same", "4", "none"):
        walker.presses(option)
    # The onset as it is, instead of the coarse answers of a button.
    walker.person = somebody(onset=MORNING.date() - days * DAY, checkins=walker.person.checkins)
    walker.presses("days")
    walker.person = somebody(onset=MORNING.date() - days * DAY, checkins=walker.person.checkins)
    walker.presses("yes")
    if "follow_up" in walker.due:  # as it would be with that onset
        walker.due["follow_up"] = (first(walker, days), *walker.due["follow_up"][1:])
    return walker


def first(walker: Walker, days: int) -> datetime:
    """Return when the first question comes."""
    number = next(number for number in ROUNDS if number > days)
    return walker.now.replace(hour=18) + (number - days) * DAY


@pytest.mark.parametrize("days", range(14))
def test_whoever_does_not_answer_is_asked_each_question_once(days: int) -> None:
    """From whatever day on: those that lie ahead, each at six in the evening of its day, and none afterwards."""
    walker = agreed(days)
    asked = walker.goes_on(MORNING + 40 * DAY)
    wanted = [number for number in ROUNDS if number > days]
    assert [ASKED[key] for _, key in asked] == wanted
    assert [at for at, _ in asked] == [MORNING.replace(hour=18) + (number - days) * DAY for number in wanted]


def test_when_it_is_over_nothing_is_asked_any_more() -> None:
    """Said at the second question: the third and the fourth do not come."""
    walker = agreed()
    assert len(walker.goes_on(MORNING + 4 * DAY)) == 2
    for option in ("over", "none"):
        walker.presses(option)
    assert walker.person.onset is None
    assert walker.due == {}
    assert walker.goes_on(MORNING + 40 * DAY) == []


def test_whoever_answers_gets_all_four_and_the_doctor_at_the_last() -> None:
    """Each answer is the day's entry; on day 14 it still twitches, however mildly, and the doctor's card comes."""
    walker = agreed()
    for number in ROUNDS:
        ((_, key),) = walker.goes_on(MORNING + number * DAY + timedelta(hours=10))
        assert ASKED[key] == number
        for option in ("better", "1", "none"):
            walker.presses(option)
        assert walker.person.checkins[walker.known.today].mood == "better"
        said = [getattr(effect, "key", "") for effect in walker.last]
        assert ("care.doctor" in said) == (number == 14)


def test_a_check_in_of_the_day_answers_it() -> None:
    """Nobody is asked twice on one day; the next question comes all the same."""
    walker = agreed()
    walker.now += DAY
    walker.commands("checkin")
    for option in ("same", "4", "none"):
        walker.presses(option)
    asked = walker.goes_on(MORNING + 40 * DAY)
    assert [ASKED[key] for _, key in asked] == [3, 7, 14]


@pytest.mark.parametrize("begin", range(20))
def test_what_was_missed_while_the_bot_was_off_never_piles_up(begin: int) -> None:
    """Off from any day to any other: at most one question when it is back, and none more than three days late."""
    for end in range(begin, 26):
        walker = agreed()
        back = MORNING + end * DAY + timedelta(hours=12)
        asked = walker.goes_on(MORNING + 40 * DAY, off=(MORNING + begin * DAY, back))
        numbers = [ASKED[key] for _, key in asked]
        assert numbers == sorted(set(numbers))
        for at, key in asked:
            late = (at.date() - MORNING.date()).days - ASKED[key]
            assert 0 <= late <= TOO_LATE
        assert sum(at == back for at, _ in asked) <= 1
        missed = {number for number in ROUNDS if begin <= number <= end}
        assert set(ROUNDS) - missed <= set(numbers)
