"""From one time of day until another, as people type it: «22 to 7», «10pm-7am», «from 22:00 until 07:00».

A number up to twelve without am or pm can be two times. Where only one reading gives a night of ordinary length it is
meant; where both do, both are returned, the one that is a night first.
"""

import re
from datetime import time
from itertools import product

from bot.domain.schedule import Quiet
from bot.domain.times import LONGEST, clock_readings
from bot.domain.words import folded

SHORTEST, LONGEST_NIGHT = 2 * 60, 14 * 60
"""Minutes of quiet hours that are believed."""
DEEP = time(3)
Span = tuple[time, time]
_BETWEEN = re.compile(
    r"\s*(?:-|\N{EN DASH}|\N{EM DASH}|\N{MINUS SIGN}|~|\b(?:to|till|til|until|untill|and|through|thru)\b)\s*"
)
_LEAD = re.compile(r"^(?:from|between|quiet|hours?|after|be|please|make|it|set|i|want|sleep|at|night|nights|:|\s)+\b")


def typed_span(text: str) -> tuple[Span, ...]:
    """Return the span that the text says; two where it can be either; () where it says none. Never raises."""
    plain = _LEAD.sub("", re.sub(r"\b([ap])\. ?m\b\.?", r"\1m", folded(text[:LONGEST]).strip())).strip(" .!?")
    sides = _BETWEEN.split(plain)
    if len(sides) != 2 or not all(sides):
        return ()
    first, last = (clock_readings(side) for side in sides)
    found = [span for span in product(first, last) if SHORTEST <= _minutes(span) <= LONGEST_NIGHT]
    if not found and len(first) == len(last) == 1 and first != last:
        found = [(first[0], last[0])]  # said beyond doubt
    found.sort(key=lambda span: (not Quiet(*span).covers(DEEP), _minutes(span)))
    return tuple(found[:2])


def _minutes(span: Span) -> int:
    begins, ends = (at.hour * 60 + at.minute for at in span)
    return (ends - begins) % (24 * 60)
