"""Faint notes weighed together."""

import pytest

from bot.domain.weighing import Scale

SCALE = Scale(
    "self_harm", asks_at=3, gives_at=6, words_a_point=10, points={"night": 1, "rope": 2, "farewell": 3, "fun": -3}
)


@pytest.mark.parametrize(
    ("heard", "asks", "gives"),
    [
        (set(), False, False),
        ({"night", "elsewhere"}, False, False),
        ({"night", "rope"}, True, False),
        ({"night", "rope", "farewell"}, False, True),
        ({"night", "rope", "farewell", "fun"}, True, False),
    ],
)
def test_one_faint_note_is_nothing_some_are_asked_about_and_many_are_heard(
    heard: set[str], asks: bool, gives: bool
) -> None:
    """One kind of note proves nothing, several are worth a question, many are as good as the sign itself."""
    assert SCALE.asks(heard, 5) is asks
    assert SCALE.gives(heard, 5) is gives


def test_a_long_story_needs_more() -> None:
    """Who tells a long story touches on more by chance."""
    assert SCALE.asks({"farewell"}, 10)
    assert not SCALE.asks({"farewell"}, 11)
    assert not SCALE.gives({"farewell", "rope", "night"}, 11)
