"""The diary's picture shows what was told, leaves out what was not, and frightens nobody."""

from collections.abc import Iterable
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageColor

from bot.diary.picture import DAYS, EXERCISE, FOOT, LEFT, LINE, SIGN, STEP, STRENGTH, WATER, draw, middle
from bot.diary.sheet import GAP, INK, PAPER, WIDTH, contrast
from bot.domain.diary import Day
from bot.library.pictures import picture, picture_fault
from tests.diary.making import IN_THE_PAGES, LABELS, TODAY, ago, levels, sample
from tests.media.looking import difference

FULL = [
    *levels(3, 4, None, 5, until=3),
    Day(ago(2), glasses=4, rounds=1),
    Day(ago(1), "calm", signs=2),
    Day(ago(0), "worse", glasses=7),
]


def seen(days: Iterable[Day]) -> Image.Image:
    """Return the picture of a diary."""
    return Image.open(BytesIO(draw({day.day: day for day in days}, TODAY, LABELS))).convert("RGB")


def has(image: Image.Image, color: str, back: int, foot: int = FOOT) -> bool:
    """Return whether a day's column has this colour, above the last `foot` pixels."""
    x = middle(DAYS - 1 - back)
    column = image.crop((round(x - STEP / 2) + 1, 0, round(x + STEP / 2) - 1, image.height - foot))
    return any(near(found, color) for _, found in column.getcolors(1 << 20) or [])


def near(found: object, color: str) -> bool:
    """Return whether a pixel has this colour; thin lines are a little off it."""
    assert isinstance(found, tuple | bytes)
    return all(abs(one - other) < 6 for one, other in zip(found, ImageColor.getrgb(color), strict=False))


def test_each_day_has_what_was_told_of_it() -> None:
    """Each kind in its colour, on its day and on no other."""
    image = seen(FULL)
    told = {
        color: [back for back in range(DAYS) if has(image, color, back, FOOT + LINE)]
        for color in (STRENGTH, WATER, EXERCISE, SIGN)
    }
    assert told == {STRENGTH: [0, 1, 3, 5, 6], WATER: [0, 2], EXERCISE: [2], SIGN: [1]}


def test_a_gap_is_hatched_and_nothing_leads_over_it() -> None:
    """Days without an entry show that, and no line joins the days around them."""
    image = seen(levels(4, 4, None, 4, 4))
    assert [has(image, GAP, back) for back in range(6)] == [False, False, True, False, False, True]
    assert not has(image, STRENGTH, 2)


def tops(image: Image.Image, x: float) -> list[int]:
    """Return where the colour of strength is in this line of pixels from top to bottom."""
    line = image.crop((round(x), 0, round(x) + 1, image.height - FOOT)).tobytes()
    pixels = [line[at : at + 3] for at in range(0, len(line), 3)]
    return [y for y, rgb in enumerate(pixels) if near(rgb, STRENGTH)]


def test_days_that_follow_each_other_are_joined() -> None:
    """A line goes from one told day to the next, at their height."""
    image = seen(levels(2, 2))
    dot, line = tops(image, middle(DAYS - 1)), tops(image, middle(DAYS - 1) - STEP / 2)
    assert len(dot) > len(line) > 2
    assert sum(line) / len(line) == pytest.approx(sum(dot) / len(dot), abs=1)


def test_stronger_is_higher() -> None:
    """A 10 stands above a 5, and a calm day on the ground line, as a dot and not as a gap."""
    image = seen([Day(ago(2), "worse", 10), Day(ago(1), "same", 5), Day(ago(0), "calm")])
    ten, five, none = (tops(image, middle(DAYS - 1 - back))[0] for back in (2, 1, 0))
    assert ten < five < none
    assert none - five == pytest.approx(five - ten, abs=2)


def test_one_glass_is_seen_beside_many() -> None:
    """However many glasses the highest bar stands for, a day with one has a bar."""
    image = seen([Day(ago(1), glasses=1), Day(ago(0), glasses=640)])
    assert [has(image, WATER, back) for back in range(3)] == [True, True, False]


def test_what_was_never_noted_takes_no_room() -> None:
    """Without water, exercises and signs the picture is smaller, and nothing in it asks where they are."""
    small, large = seen(levels(3)), seen([*levels(3), Day(ago(1), glasses=1, rounds=1)])
    assert small.height < large.height
    assert small.width == large.width == WIDTH


@pytest.mark.parametrize("color", [INK, STRENGTH, WATER, EXERCISE, SIGN])
def test_it_can_be_read(color: str) -> None:
    """Words and marks stand out from the paper: 4.5 to 1 at least (WCAG 2.2, 1.4.3 and 1.4.11)."""
    assert contrast(color, PAPER) >= 4.5


def test_contrast_by_hand() -> None:
    """Black on white is 21, a colour on itself is 1."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_no_red() -> None:
    """Nothing in it is the colour of an alarm."""
    found = seen(FULL).getcolors(1 << 24)
    assert found is not None
    assert not [rgb for _, rgb in found if isinstance(rgb, tuple) and rgb[0] > 150 and max(rgb[1:]) < 80]


def test_the_same_diary_is_the_same_picture() -> None:
    """It depends on nothing but what it is given."""
    days = {day.day: day for day in FULL}
    assert draw(days, TODAY, LABELS) == draw(dict(reversed(days.items())), TODAY, LABELS)


def test_days_outside_are_not_shown() -> None:
    """Four weeks, and nothing older or of tomorrow."""
    more = [*levels(3), Day(ago(28), "worse", 9), Day(ago(-1), "worse", 9)]
    assert seen(more).tobytes() == seen(levels(3)).tobytes()


day_told = st.builds(
    Day,
    st.integers(0, 27).map(ago),
    st.sampled_from([None, "calm", "better", "same", "worse"]),
    st.none() | st.integers(0, 10),
    st.integers(0, 5),
    st.none() | st.integers(1, 1000),
    st.none() | st.integers(1, 50),
)


@given(st.lists(day_told, max_size=28))
@settings(max_examples=15, deadline=None)
def test_any_diary_can_be_drawn(days: list[Day]) -> None:
    """Whatever was noted, it is a picture that Telegram takes."""
    content = draw({day.day: day for day in days}, TODAY, LABELS)
    assert picture_fault("diary", {"diary": picture("diary", content)}) is None


def test_the_marks_stand_inside() -> None:
    """The first and the last day are not cut off."""
    assert middle(0) - 15 >= LEFT
    assert middle(DAYS - 1) + 15 <= WIDTH


def test_the_pages_show_it_as_it_is() -> None:
    """The picture in `docs` is what is drawn today; `python -m tests.diary.making` draws it anew."""
    with Image.open(IN_THE_PAGES) as shown, Image.open(BytesIO(draw(sample(), TODAY, LABELS))) as drawn:
        assert difference(shown, drawn) <= 0.001
