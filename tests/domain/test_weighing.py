"""Faint notes weighed together."""

import pytest

from bot.domain.weighing import Scale

SCALE = Scale("self_harm", asks_at=3, gives_at=6, within=8, points={"night": 1, "rope": 2, "farewell": 3, "fun": -3})


@pytest.mark.parametrize(
    ("where", "points"),
    [
        ({}, 0),
        ({"night": 0b11, "elsewhere": 1}, 1),
        ({"night": 1, "rope": 0b10, "farewell": 0b100}, 6),
        ({"night": 0b1011, "fun": 0b100}, -2),
    ],
)
def test_each_kind_of_note_counts_once(where: dict[str, int], points: int) -> None:
    """What is said twice is not twice as dark, and what speaks against it takes points away."""
    assert SCALE.most(where, 8) == points


def test_only_notes_near_each_other_count_together() -> None:
    """The dark corner of a long story is weighed alone: chance elsewhere adds nothing, fun elsewhere hides nothing."""
    assert SCALE.most({"rope": 1, "farewell": 1 << 30}, 40) == 3
    assert SCALE.most({"rope": 1 << 29, "farewell": 1 << 30, "fun": 1}, 40) == 5


@pytest.mark.parametrize("at", range(40))
def test_no_place_of_a_text_is_left_out(at: int) -> None:
    """A note is weighed wherever it stands, in the last word too."""
    assert SCALE.most({"farewell": 1 << at}, at + 1) == 3
