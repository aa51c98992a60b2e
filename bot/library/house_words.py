"""The words that Python itself says: each stands in `common.yaml` or `weeks.yaml`, and is checked like a flow's.

`HOUSE` is the whole list. A key that Python says without being here is a bug; one here that nobody says is a lie.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.engine.facts import FACTS
from bot.engine.kinds import Field, Whole, Words
from bot.library.limits import LONGEST_ABOUT, LONGEST_FACE, LONGEST_LABEL, LONGEST_TOAST


@dataclass(frozen=True, slots=True)
class HouseWord:
    """When it is said, what Python fills in, and whether it is plain text (a button, a toast) of so many units."""

    when: str
    values: Mapping[str, Field] = field(default_factory=dict)
    plain: int | None = None


HOUSE: dict[str, HouseWord] = {
    "common.lost": HouseWord("the talk cannot go on: an author's mistake, or a step that a new version took away"),
    "common.media": HouseWord("they sent a sticker, a photo, a voice message: nothing that can be read"),
    "common.place": HouseWord("they sent a place on the map, and no time zone is asked for"),
    "common.no_zone": HouseWord("they sent a place that has no time zone; said above the question, put again"),
    "common.not_understood": HouseWord("what they typed answers nothing; said above the question, put again"),
    "common.tap": HouseWord("the same, of a list to tick: a mere yes does not say which"),
    "common.past": HouseWord("the moment that they typed is over; said above the question, put again"),
    "common.far": HouseWord("the moment that they typed is too far away; said above the question, put again"),
    "common.weekly": HouseWord("they want it on some days of the week; said above the question, put again"),
    "common.no_hour": HouseWord("they typed a day and no time of it; said above the question, put again"),
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
    "common.passed": HouseWord(
        "below a reminder that was not answered, once the next one is there", plain=LONGEST_LABEL
    ),
    "common.settled": HouseWord("below a reminder of what was done without it", plain=LONGEST_LABEL),
    "common.back": HouseWord("the button to the question before", plain=LONGEST_LABEL),
    "common.skip": HouseWord("the button that leaves a question out", plain=LONGEST_LABEL),
    "common.none": HouseWord("the last button of a set while nothing is picked", plain=LONGEST_LABEL),
    "common.done": HouseWord("the last button of a set once something is picked", plain=LONGEST_LABEL),
    "common.description": HouseWord("stands in an empty chat, before anything is written", plain=LONGEST_FACE),
    "common.about": HouseWord("stands in the bot's profile, and where it is shared", plain=LONGEST_ABOUT),
    "common.emergency_number": HouseWord("stands for the emergency number where the country is unknown", plain=80),
    "common.crisis_line": HouseWord("stands for the crisis line where the country is unknown", plain=120),
}
_DAYS, _LEVEL, _GLASSES = (Field(Whole(0, most)) for most in (28, 10, 1000))
_WEEK = {"days": _DAYS}
HOUSE |= {
    "common.everything": HouseWord("below the file with all that is kept"),
    "common.table": HouseWord("below the file with the diary"),
    "entry.today": HouseWord("before what was noted for today"),
    "entry.yesterday": HouseWord("before what was noted for yesterday"),
    **{f"entry.{mood}": HouseWord("a day's mood, within a line") for mood in ("calm", "better", "same", "worse")},
    "entry.strength": HouseWord("how strong it was, within a line", {"strength": _LEVEL}),
    **{f"entry.{often}": HouseWord("how often it came, within a line") for often in ("few", "many", "most")},
    **{f"entry.{sleep}": HouseWord("how they slept, within a line") for sleep in ("good", "fair", "poor")},
    "entry.signs": HouseWord("how many warning signs were ticked, within a line", {"signs": Field(Whole(1, 100))}),
    "entry.once": HouseWord("in place of the times of a reminder that comes once", {"when": Field(Words(60))}),
    "entry.at_today": HouseWord("when it comes: today", {"clock": Field(Words(5))}),
    "entry.at_tomorrow": HouseWord("when it comes: tomorrow", {"clock": Field(Words(5))}),
    "entry.at_day": HouseWord("when it comes: another day", {"day": Field(Words(40)), "clock": Field(Words(5))}),
    **{f"entry.{word}": HouseWord("how often a check-in is asked") for word in ("daily", "second", "third", "weekly")},
    "entry.weekdays": HouseWord("days of the week, within a line", {"days": Field(Words(90))}),
    "entry.on_days": HouseWord("on what days, at what time", {"days": Field(Words(80)), "clock": Field(Words(40))}),
    "entry.off": HouseWord("in place of the times of a reminder that is off"),
    **{
        f"entry.{kind}": HouseWord("before the times of a reminder")
        for kind in ("water", "exercise", "checkin", "week")
    },
}
"""A day's entry in a few words (`bot/session/entries.py`), and what is on, in `entry.yaml`."""
LONGEST_PICTURED = 30
"""Words in a picture have the width of a phone."""
HOUSE |= {
    "weeks.head": HouseWord("above the last four weeks"),
    "weeks.nothing": HouseWord("nothing was noted in them"),
    "weeks.week": HouseWord("above one week", {"span": Field(Words(30))}),
    "weeks.empty": HouseWord("nothing was noted in that week"),
    "weeks.strength": HouseWord("how strong it was in a week", {"low": _LEVEL, "high": _LEVEL, **_WEEK}),
    "weeks.strength_even": HouseWord("the same, where all days are alike", {"low": _LEVEL, "high": _LEVEL, **_WEEK}),
    "weeks.unnumbered": HouseWord("days of a week with a check-in that has no number", _WEEK),
    "weeks.water": HouseWord("glasses in a week", {"low": _GLASSES, "high": _GLASSES, **_WEEK}),
    "weeks.water_even": HouseWord("the same, where all days are alike", {"low": _GLASSES, "high": _GLASSES, **_WEEK}),
    "weeks.exercises": HouseWord("days of a week with exercises", _WEEK),
    "weeks.signs": HouseWord("days of a week with warning signs", _WEEK),
    "weeks.milder": HouseWord("this week beside the one before"),
    "weeks.same": HouseWord("the same, without a difference"),
    "weeks.stronger": HouseWord("the same, the other way"),
    "weeks.few_days": HouseWord("why that is not sure: the week with fewer days", _WEEK),
    "weeks.uneven": HouseWord("why that is not sure: it could be chance"),
    "weeks.no_trend": HouseWord("one of the two weeks has no number"),
    "weeks.each_head": HouseWord("above the days of the last four weeks"),
    "weeks.day": HouseWord("before what was noted of a day", {"day": Field(Words(30))}),
    "weeks.calm": HouseWord("a day's mood"),
    "weeks.better": HouseWord("a day's mood"),
    "weeks.same_mood": HouseWord("a day's mood"),
    "weeks.worse": HouseWord("a day's mood"),
    "weeks.level": HouseWord("how strong it was on a day", {"level": _LEVEL}),
    "weeks.glasses": HouseWord("glasses of a day", {"glasses": _GLASSES}),
    "weeks.rounds": HouseWord("there were exercises on a day"),
    "weeks.ticked": HouseWord("how many warning signs were ticked on a day", {"signs": Field(Whole(1, 100))}),
    "weeks.gaps": HouseWord("below the days: how many of the 28 have no entry", _WEEK),
    "weeks.picture_strength": HouseWord("in the picture, above how strong it was", plain=LONGEST_PICTURED),
    "weeks.picture_water": HouseWord("in the picture, above the glasses", plain=LONGEST_PICTURED),
    "weeks.picture_exercises": HouseWord("in the picture, above the exercises", plain=LONGEST_PICTURED),
    "weeks.picture_signs": HouseWord("in the picture, above the warning signs", plain=LONGEST_PICTURED),
    "weeks.picture_gap": HouseWord("in the picture, beside the hatching", plain=LONGEST_PICTURED),
    "weeks.picture_unnumbered": HouseWord("in the picture, beside the ring", plain=LONGEST_PICTURED),
}
"""The diary in words and in its picture (`bot/diary`), in `weeks.yaml`."""
SHARED = {"~back": "common.back", "~skip": "common.skip", "~none": "common.none", "~done": "common.done"}
"""The options that all flows share, and their words."""
LEADS = (
    "common.not_understood", "common.tap", "common.resumed", "common.which_place", "common.ticked", "common.past",
    "common.far", "common.weekly", "common.no_hour",
)  # fmt: skip
"""What may be said above a question, in the same message."""
