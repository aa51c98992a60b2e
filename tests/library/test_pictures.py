"""A picture that a flow shows is there, and Telegram takes it; its words stand without it."""

import hashlib
import struct
from pathlib import Path

import pytest

from bot.engine.names import FlowName, StepId
from bot.library.pictures import MOST_BYTES, idle_pictures, picture_fault, read_pictures
from tests.library.small_house import MOOD_WORDS, changed, faults, loaded

FLOW = changed("flows/mood.yaml", "    ask: mood\n", "    ask: mood\n    picture: toes\n")


def png(width: int = 960, height: int = 540, more: bytes = b"") -> bytes:
    """Return the head of a picture, as much of it as is looked at."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">LL", width, height) + more


def draw(root: Path, content: bytes, name: str = "toes") -> None:
    """Put a picture into the house below `root`."""
    folder = root / "content/media"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.png").write_bytes(content)


def test_it_is_read(tmp_path: Path) -> None:
    """The house has the picture, known by what is in it, and the step shows it."""
    draw(tmp_path, png(more=b"x"))
    house = loaded(tmp_path, FLOW)
    assert house.flows.flows[FlowName("mood")].steps[StepId("mood")].picture == "toes"
    assert house.pictures["toes"].size == (960, 540)
    assert house.pictures["toes"].digest == hashlib.sha256(png(more=b"x")).hexdigest()


def test_one_that_is_not_there_is_told(tmp_path: Path) -> None:
    """The author reads which file is missing, and what there is."""
    assert faults(tmp_path, FLOW) == [
        "flows/mood.yaml:12: there is no content/media/toes.png; draw it, or name one of none"
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"GIF89a", "is no PNG picture; save it as one"),
        (b"\x89PNG\r\n\x1a\n", "is no PNG picture; save it as one"),
        (
            png(9000, 1001),
            "has 9000 x 1001 pixels; Telegram takes 10000 of both together, and no side 20 times the other",
        ),
        (
            png(2001, 100),
            "has 2001 x 100 pixels; Telegram takes 10000 of both together, and no side 20 times the other",
        ),
        (png(100, 0), "has 100 x 0 pixels; Telegram takes 10000 of both together, and no side 20 times the other"),
        (png(more=bytes(MOST_BYTES)), "is larger than 10 MB, which Telegram does not take; make it smaller"),
    ],
    ids=["gif", "cut", "large", "narrow", "empty", "heavy"],
)
def test_one_that_telegram_does_not_take_is_told(content: bytes, said: str, tmp_path: Path) -> None:
    """The fault stands where the flow names it, and says what to do."""
    draw(tmp_path, content)
    assert faults(tmp_path, FLOW) == [f"flows/mood.yaml:12: content/media/toes.png {said}"]


def test_what_telegram_just_takes(tmp_path: Path) -> None:
    """The limits themselves are right."""
    for content in (png(9000, 1000), png(2000, 100), png(more=bytes(MOST_BYTES - len(png())))):
        draw(tmp_path, content)
        assert picture_fault("toes", read_pictures(tmp_path / "content/media")) is None


def test_its_words_fit_below_it(tmp_path: Path) -> None:
    """With what is said around a question, 1,024 units and no more; without a picture it may be longer."""
    draw(tmp_path, png())
    words = {"content/en/mood.yaml": MOOD_WORDS.replace("How are they?", "x" * 980)}
    (said,) = faults(tmp_path, {**FLOW, **words})
    assert said.startswith("content/en/mood.yaml:1: «mood» can become 10")
    assert said.endswith(" characters, and Telegram takes 1024 below a picture; make it shorter")
    short = {"content/en/mood.yaml": MOOD_WORDS.replace("How are they?", "x" * 970)}
    assert faults(tmp_path, {**FLOW, **short}) == []


def test_a_picture_without_words_is_told(tmp_path: Path) -> None:
    """Who sees no picture would have nothing."""
    draw(tmp_path, png())
    flow = changed("flows/mood.yaml", "    say: true\n    end: done\n", "    picture: toes\n    end: done\n")
    words = changed("content/en/mood.yaml", MOOD_WORDS[MOOD_WORDS.index("bye:") :], "")
    assert faults(tmp_path, {**flow, **words}) == [
        "flows/mood.yaml:27: «picture» belongs to a step with words of its own, by say: or ask:; leave it out"
    ]


def test_a_picture_that_nobody_shows_is_told(tmp_path: Path) -> None:
    """What is not shown is deleted, or was meant to be shown."""
    draw(tmp_path, png())
    draw(tmp_path, png(), "heel")
    assert faults(tmp_path, FLOW) == [
        "content/media/heel.png:1: is shown by nobody; delete it, or show it in a flow with picture:"
    ]
    assert list(idle_pictures({"toes"}, {"toes"})) == []
