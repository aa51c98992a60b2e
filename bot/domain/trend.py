"""Whether it was milder than the week before, and whether that can be said at all. Pure; no estimate of health.

It compares what was told in two weeks. Sure it is only with five days in each, and when a difference like that would
come about by chance less than once in ten times: the days are dealt anew to the two weeks in every possible way
(Fisher's permutation test; at most 3,432 ways).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import combinations

ENOUGH = 5
"""Days of a week, below which nothing is sure."""
SLIGHT = 0.5
"""Points of 10: a smaller difference of the means is none."""
CHANCE = 0.1


class Way(Enum):
    """Which way it went."""

    MILDER = auto()
    SAME = auto()
    STRONGER = auto()


class Doubt(Enum):
    """Why it is not sure."""

    FEW_DAYS = auto()
    UNEVEN = auto()


@dataclass(frozen=True, slots=True)
class Trend:
    """This week beside the one before. `days`: how many days the smaller of the two has; `doubt` None: it is sure."""

    way: Way
    days: int
    doubt: Doubt | None


def trend(before: Sequence[int], now: Sequence[int]) -> Trend | None:
    """Return the trend of two weeks' levels (0 to 10, one a day, at most seven each); None where one has none."""
    if not before or not now:
        return None
    days = min(len(before), len(now))
    # Whole numbers, so that what is equal is equal: the difference of the means, times both lengths.
    change, whole = sum(now) * len(before) - sum(before) * len(now), len(now) * len(before)
    doubt = Doubt.FEW_DAYS if days < ENOUGH else None
    if abs(change) < SLIGHT * whole:
        return Trend(Way.SAME, days, doubt)
    if doubt is None and by_chance(before, now) > CHANCE:
        doubt = Doubt.UNEVEN
    return Trend(Way.MILDER if change < 0 else Way.STRONGER, days, doubt)


def by_chance(before: Sequence[int], now: Sequence[int]) -> float:
    """Return in what part of all ways to deal the days the weeks differ at least so much, in the same direction."""
    both = (*before, *now)
    total, size, rest = sum(both), len(now), len(before)
    # Whole numbers here too.
    seen = sum(now) * rest - sum(before) * size
    dealt = [sum(chosen) * (rest + size) - total * size for chosen in combinations(both, size)]
    extreme = sum(difference >= seen if seen > 0 else difference <= seen for difference in dealt)
    return extreme / len(dealt)
