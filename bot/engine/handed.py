"""What free text, a command or a wish hands to the flow that it begins."""

from itertools import zip_longest

from bot.engine.events import Heard
from bot.engine.kinds import Value

OF_THE_WORDS = ("level", "foreign", "asks", "found")
"""What the last words say of themselves takes the place of what was heard before; no sign, doubt or place is undone."""
TIMES = ("at", "second", "third")


def given(heard: Heard) -> dict[str, Value]:
    """Return what was heard, by the names that a flow may declare in its data."""
    level = "self_care" if heard.level == "self_care" else "none"
    return {
        "level": level,
        "signs": tuple(sorted(heard.signs)),
        "doubt": heard.doubt,
        "foreign": heard.foreign,
        "asks": heard.asks,
        "found": heard.topics,
        "country": heard.country,
    }


def wished(heard: Heard, *, kept: bool) -> dict[str, Value]:
    """Return what a wish hands over; words of theirs only if they may be `kept`, for the talk keeps them."""
    return {
        **given(heard),
        "intent": heard.intent,
        "amount": heard.amount,
        "about": heard.about,
        "words": heard.words if kept else None,
        "times": heard.at or heard.spaced or None,
        "hours": heard.hours,
        "once": heard.moment if heard.intent == "remind" else None,
        "until": heard.moment if heard.intent == "pause" else None,
        "trouble": heard.trouble,
        **_times(heard.at),
    }


def _times(at: tuple[str, ...]) -> dict[str, Value]:
    """Return the times of a wish by their names. Whoever names more is asked."""
    if not 0 < len(at) <= len(TIMES):
        return dict.fromkeys((*TIMES, "clock"))
    return {**dict(zip_longest(TIMES, at)), "clock": ", ".join(at)}
