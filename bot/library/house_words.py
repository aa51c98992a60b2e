"""The words that Python itself says: each stands in `content/<language>/common.yaml` and is checked like a flow's.

`HOUSE` is the whole list. A key that Python says without being here is a bug; one here that nobody says is a lie.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.engine.facts import FACTS
from bot.engine.model import Field, Words
from bot.library.limits import LONGEST_LABEL, LONGEST_TOAST


@dataclass(frozen=True, slots=True)
class HouseWord:
    """When it is said, what Python fills in, and whether it is plain text (a button, a toast) of so many units."""

    when: str
    values: Mapping[str, Field] = field(default_factory=dict)
    plain: int | None = None


HOUSE: dict[str, HouseWord] = {
    "common.lost": HouseWord("the talk cannot go on: an author's mistake, or a step that a new version took away"),
    "common.media": HouseWord("they sent a sticker, a photo, a voice message: nothing that can be read"),
    "common.not_understood": HouseWord("what they typed answers nothing; said above the question, put again"),
    "common.resumed": HouseWord("said above the question that an interruption had pushed aside"),
    "common.unknown_command": HouseWord("a command that no flow has"),
    "common.which_place": HouseWord("several time zones fit what they typed; said above the question, put again"),
    "common.ticked": HouseWord("they typed a sign that a question asks for; said above the question, put again"),
    "common.nothing_open": HouseWord("a button of a question that is closed, and no other is open"),
    "common.other_language": HouseWord(
        "they write in a language that we do not speak", {"help.emergency": FACTS["help.emergency"].field}
    ),
    "common.group": HouseWord("the one line for a group, before leaving it"),
    "common.article_foot": HouseWord(
        "the last line of an article", {"sources": Field(Words(600)), "checked": Field(Words(40))}
    ),
    "common.typed_choice": HouseWord("the line below a question that was answered", {"chosen": Field(Words(400))}),
    "common.already": HouseWord("a toast: the second tap of a double tap", plain=LONGEST_TOAST),
    "common.stale": HouseWord("a toast: a button of a question that is no longer open", plain=LONGEST_TOAST),
    "common.back": HouseWord("the button to the question before", plain=LONGEST_LABEL),
    "common.skip": HouseWord("the button that leaves a question out", plain=LONGEST_LABEL),
    "common.none": HouseWord("the last button of a set while nothing is picked", plain=LONGEST_LABEL),
    "common.done": HouseWord("the last button of a set once something is picked", plain=LONGEST_LABEL),
    "common.emergency_number": HouseWord("stands for the emergency number where the country is unknown", plain=80),
    "common.crisis_line": HouseWord("stands for the crisis line where the country is unknown", plain=120),
}
SHARED = {"~back": "common.back", "~skip": "common.skip", "~none": "common.none", "~done": "common.done"}
"""The options that all flows share, and their words."""
LEADS = ("common.not_understood", "common.resumed", "common.which_place", "common.ticked")
"""What may be said above a question, in the same message."""
