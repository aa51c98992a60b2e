"""Faint notes weighed together: one proves nothing; several of different kinds are asked about, many are heard.

Points are whole numbers that a clinician can read and mend; each kind of note counts once, however often it is said. A
long story touches on more by chance, so it needs more.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """What faint notes are weighed for: from `asks_at` points on a `sign` is asked about, from `gives_at` it is heard.

    `points`: by note; below zero for what speaks against it. `words_a_point`: every so many words behind the first so
    many ask for one point more.
    """

    sign: str
    asks_at: int
    gives_at: int
    words_a_point: int
    points: Mapping[str, int]

    def over(self, heard: Collection[str], words: int) -> int:
        """Return the points of the notes that were heard, less what a text of so many words asks for."""
        more = max(0, words - 1) // self.words_a_point
        return sum(points for note, points in self.points.items() if note in heard) - more

    def gives(self, heard: Collection[str], words: int) -> bool:
        """Whether they are as good as the sign itself."""
        return self.over(heard, words) >= self.gives_at

    def asks(self, heard: Collection[str], words: int) -> bool:
        """Whether they are worth a question, and no more."""
        return self.asks_at <= self.over(heard, words) < self.gives_at
