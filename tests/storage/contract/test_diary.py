"""One person's diary, read back day by day."""

from datetime import date, timedelta

from bot.domain.diary import Day
from bot.session.kept import Checkin, Logged
from bot.storage.open import Storage
from tests.storage.making import ANN, BEN, CAT, NOW, TODAY, loaded, wrote

YESTERDAY, LONG_AGO = TODAY - timedelta(days=1), TODAY - timedelta(days=30)


def checkin(day: date, strength: int | None, *signs: str) -> Checkin:
    """Return a day's check-in."""
    return Checkin(day, NOW, "same", strength, None, None, signs)


async def test_each_day_has_what_was_noted_of_it(storage: Storage) -> None:
    """Glasses and rounds are summed, a later check-in counts, nobody else's is among it, and nothing older."""
    await wrote(
        storage,
        ANN,
        facts={"language": "de", "zone": "Europe/Berlin"},
        checkins={day: checkin(day, 3, "cramp", "numbness") for day in (TODAY, LONG_AGO)},
        logged=[
            Logged("water", YESTERDAY, NOW, 2),
            Logged("water", YESTERDAY, NOW, 1),
            Logged("exercise", TODAY, NOW, 1),
        ],
    )
    await wrote(storage, ANN, checkins={TODAY: checkin(TODAY, 4, "cramp")})
    await wrote(storage, BEN, logged=[Logged("water", TODAY, NOW, 9)])
    kept = await storage.diary.diary(ANN, TODAY - timedelta(days=28))
    assert kept is not None
    assert (kept.language, kept.zone) == ("de", "Europe/Berlin")
    assert dict(kept.days) == {
        YESTERDAY: Day(YESTERDAY, glasses=3),
        TODAY: Day(TODAY, "same", 4, signs=1, rounds=1),
    }


async def test_what_was_taken_back_is_no_entry(storage: Storage) -> None:
    """A glass that was undone leaves neither a zero nor a day."""
    await wrote(storage, ANN, logged=[Logged("water", TODAY, NOW, 1), Logged("water", TODAY, NOW, -1)])
    kept = await storage.diary.diary(ANN, LONG_AGO)
    assert kept is not None
    assert dict(kept.days) == {}


async def test_a_stranger_has_none(storage: Storage) -> None:
    """Somebody who is not there, or not any more, has no diary and is not made by asking."""
    assert await storage.diary.diary(CAT, LONG_AGO) is None
    assert await storage.diary.diary(CAT, LONG_AGO) is None


async def test_the_newest_entry_is_known(storage: Storage) -> None:
    """Of whatever kind it is, however old; of somebody without one, nothing."""
    assert (await loaded(storage, ANN))[ANN].noted is None
    await wrote(storage, ANN, checkins={LONG_AGO: checkin(LONG_AGO, None)})
    assert (await loaded(storage, ANN))[ANN].noted == LONG_AGO
    await wrote(storage, ANN, logged=[Logged("exercise", YESTERDAY, NOW, 1)])
    await wrote(storage, BEN, logged=[Logged("water", TODAY, NOW, 1)])
    found = await loaded(storage, ANN, BEN)
    assert [found[who].noted for who in (ANN, BEN)] == [YESTERDAY, TODAY]
