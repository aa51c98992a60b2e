"""What is over, denied, made up or said of something else alarms nobody; what lasts beside it still does."""

import pytest

from tests.domain.test_signs import READER

CALM = ("none", "self_care")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("i have worked here for six years, my toe twitches since yesterday", 1),
        ("i've been in this job for six weeks and my toe has twitched for two days", 2),
        ("my toe twitches since yesterday, it has been doing this for six weeks", 42),
        ("my toe has twitched for 5 days, i am 43 years old", 5),
        ("i have 43 years and my toe trembles since 2 days", 2),
        ("i teach year 6", None),
        ("less than two weeks", None),
    ],
)
def test_each_thing_has_its_own_time(text: str, days: int | None) -> None:
    """Where the toe has a short time of its own, a longer one is of something else, unless it is said of it."""
    assert READER.read(text).days == days


@pytest.mark.parametrize(
    "text",
    [
        "my toe twitched for three months. it stopped by itself",
        "it stopped. three weeks without a twitch",
        "The leaflet lists weakness, a drooping face, trouble swallowing. I have none of these.",
        "weak? no. numb? no. longer than two weeks? no.",
        "I had the same for a month; it went away and never came back",
        "my left leg was numb and weak when I lay in hospital. I could hardly walk. That was all years ago.",
    ],
)
def test_what_is_over_or_denied_alarms_nobody(text: str) -> None:
    """It stopped, I have none of these, that was years ago: nobody is sent anywhere."""
    assert READER.read(text).level in CALM


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("my toe twitched for three months. it stopped, and now it is back", "doctor"),
        ("the pain went away but my leg is still weak, for three months now", "doctor"),
        ("it has not stopped for three weeks", "doctor"),
        ("My face droops on one side since lunch. I have none of these other things.", "emergency"),
        ("weak? yes. my arm is weak since an hour", "emergency"),
    ],
)
def test_what_lasts_beside_it_is_heard(text: str, level: str) -> None:
    """What is over or denied hides nothing else."""
    assert READER.read(text).level == level


def test_a_novel_goes_on_in_the_next_sentence() -> None:
    """Who writes a novel tells of him and her in the sentences behind; the writer's own face is no novel."""
    novel = "I am writing a novel about a keeper in a storm. His face droops and his arm goes dead."
    assert READER.read(novel).level in CALM
    assert READER.read(f"{novel} And my own face is drooping as I type.").level == "emergency"
