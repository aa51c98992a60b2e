"""How much is heard of what people type, by class: the floors under which nothing may fall."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.recall import PAGE, page
from bot.domain.signs import Reader, Reading, reader
from bot.library.ear import sign_words

HERE = Path(__file__).parent
CONTENT = HERE.parents[1] / "content"
CALM = ("none", "self_care")
SETS = ("development.yaml", "crisis_development.yaml", "doctor_development.yaml")
NEAR = "calm_development.yaml"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message and what must be heard in it."""

    text: str
    level: str
    signs: frozenset[str]
    doubt: bool
    foreign: bool

    def holds(self, read: Reading) -> bool:
        """Whether it was heard as gravely as it is meant, and no more gravely where nothing is wrong."""
        if self.level in CALM:
            return read.level in CALM
        return read.level == self.level and (read.doubt is not None) == self.doubt


def messages(name: str) -> list[Labelled]:
    """Return a labelled set."""
    rows: Sequence[dict[str, Any]] = yaml.safe_load((HERE / name).read_text("utf-8"))
    return [
        Labelled(
            row["text"], row["level"], frozenset(row.get("signs", ())), bool(row.get("doubt")), bool(row.get("foreign"))
        )
        for row in rows
    ]


@pytest.fixture(scope="module")
def ear() -> Reader:
    """The reader of English."""
    return reader(sign_words(CONTENT, "en"))


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize(
    ("levels", "floor"),
    [(("emergency", "crisis"), 1.0), (("doctor",), 0.97), (CALM, 0.95)],
    ids=["alarms", "doctor", "calm"],
)
def test_recall(ear: Reader, name: str, levels: tuple[str, ...], floor: float) -> None:
    """Every alarm is heard, nearly every reason for a doctor, and hardly anybody who is well is alarmed."""
    said = [message for message in messages(name) if message.level in levels]
    missed = [(message.text, ear.read(message.text)) for message in said if not message.holds(ear.read(message.text))]
    heard = 1 - len(missed) / len(said)
    assert heard >= floor, f"{heard:.1%} of {len(said)} {levels}:\n" + "\n".join(
        f"{text}\n    {read}" for text, read in missed
    )


def test_near_to_a_sign_is_calm(ear: Reader) -> None:
    """Who is well and comes near to a sign is hardly ever alarmed, and seldom asked."""
    said = messages(NEAR)
    stirred = [(message.text, ear.read(message.text)) for message in said if not message.holds(ear.read(message.text))]
    alarmed = [(text, read) for text, read in stirred if read.doubt is None]
    assert len(alarmed) <= len(said) * 0.03, alarmed
    assert len(stirred) <= len(said) * 0.05, stirred


@pytest.mark.parametrize(("name", "least"), [(SETS[0], 2000), (SETS[1], 120), (SETS[2], 350), (NEAR, 900)])
def test_the_set_is_large_and_has_no_message_twice(name: str, least: int) -> None:
    """A small or padded set proves nothing."""
    texts = [message.text for message in messages(name)]
    assert len(texts) >= least
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("name", SETS)
def test_the_named_sign_is_heard(ear: Reader, name: str) -> None:
    """The level is right for the right reason."""
    wrong = [m.text for m in messages(name) if m.signs and not m.signs <= ear.read(m.text).signs]
    assert wrong == []


@pytest.mark.parametrize("name", [*SETS, NEAR])
def test_only_other_languages_are_foreign(ear: Reader, name: str) -> None:
    """Who writes English is not told that their language is not spoken here, and others are."""
    wrong = [m.text for m in messages(name) if ear.read(m.text).foreign is not m.foreign]
    assert wrong == []


def test_the_page_of_figures_is_of_today() -> None:
    """What is told of the ear is what was measured with these rules, on both kinds of sets."""
    assert PAGE.read_text("utf-8") == page(), "run python -m benchmarks.recall"
