"""Faint notes weighed together: one proves nothing; several of different kinds are asked about, many are heard.

Points are whole numbers that a clinician can read and mend. Each kind of note counts once, and only those that stand
near each other count together: a long story touches on many things by chance, and its one dark corner is short.
"""

from collections.abc import Mapping
from dataclasses import dataclass

STEPS = 4
"""A stretch is moved on by this part of itself: notes at its two ends may be missed, nearer ones never are."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What faint notes are weighed for: from `asks_at` points on a `sign` is asked about, from `gives_at` it is heard.

    `within`: words in which they must stand. `points`: by the name of a note; below zero for what speaks against it.
    """

    sign: str
    asks_at: int
    gives_at: int
    within: int
    points: Mapping[str, int]

    def most(self, where: Mapping[str, int], words: int) -> int:
        """Return the points of the heaviest stretch of a text of so many words.

        `where`: by note, the words that it stands on, bit i for word i.
        """
        notes = [(points, where[note]) for note, points in self.points.items() if note in where]
        step = max(1, self.within // STEPS)
        stretches = (((1 << self.within) - 1) << start for start in range(0, max(1, words - self.within + step), step))
        return max(sum(points for points, mask in notes if mask & stretch) for stretch in stretches)
