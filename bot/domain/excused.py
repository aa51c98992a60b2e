"""Which words of a text are excused, for which kind of sign: denied, somebody else's, long ago, only imagined, light.

What excuses an alarm is less than what excuses a reason for a doctor; what is asked about is told apart from both.
"""

from dataclasses import dataclass

from bot.domain import bygones, denials, imaginings, patients, scopes, subjects
from bot.domain.words import Words

BESIDE = 14
"""Words beside which a light one tells how something is meant: `lol`, `all good now`."""


@dataclass(frozen=True, slots=True)
class Masks:
    """The words that an excuse covers: `~mask` is what counts."""

    negated: int
    other: int
    past: int
    hypothetical: int

    def but(self, despite: tuple[str, ...], unless: int) -> tuple[int, int]:
        """Return the words that a pattern may begin with, and those that it may stand on."""
        first = 0 if "negated" in despite else self.negated
        every = unless
        for name, mask in (("other", self.other), ("past", self.past), ("hypothetical", self.hypothetical)):
            every |= 0 if name in despite else mask
        return ~first, ~every


@dataclass(frozen=True, slots=True)
class Excused:
    """The masks of one text, by what they excuse."""

    calm: Masks
    """For reasons to see a doctor."""
    grave: Masks
    """For emergencies."""
    lately: Masks
    """For thoughts of suicide."""
    asked: Masks
    """For emergencies that are asked about."""
    dark: Masks
    """For thoughts of suicide that are asked about."""
    other: int
    light: int
    """An emergency in these words is asked about first."""
    not_mine: int
    """The words not about the person as they are now."""


def excused(words: Words, heard: scopes.Heard, complaint: int, theirs: int) -> Excused:
    """Return what is excused. `complaint`: the words of a twitching toe; `theirs`: these and those of feet."""
    clauses = scopes.new_clauses(words, heard)
    negated = denials.negated(words, heard, clauses) | denials.well(words, heard)
    other = subjects.others(words, heard)
    beside = other & ~subjects.beside(words, heard, other, complaint)
    told = beside & subjects.stories(words, heard, other)
    hypothetical = _nobodys(words, heard, clauses)
    unsure = imaginings.imagined(words, heard, "unsure", clauses) | _bare_questions(words)
    past = 0 if heard.of("again") else bygones.times(words, heard, "long_ago", clauses)
    past |= bygones.bygone(words, heard) | bygones.settled(words, heard)
    earlier = bygones.times(words, heard, "earlier", clauses)
    aside = other & ~patients.asked_for(words, heard, other, theirs)
    over = bygones.over(words, heard, negated, theirs) | bygones.settled(words, heard)
    calm = Masks(negated, aside, past | over, hypothetical)
    grave = Masks(negated, beside, past | earlier, hypothetical | unsure)
    lately = Masks(negated, beside, past, hypothetical | unsure)  # who tried last month may try again
    asked = Masks(negated, told, past, hypothetical)
    dark = Masks(negated, told, 0, hypothetical)
    return Excused(
        calm=calm,
        grave=grave,
        lately=lately,
        asked=asked,
        dark=dark,
        other=other,
        light=_light(words, heard, complaint),
        not_mine=aside | hypothetical | over,
    )


def _nobodys(words: Words, heard: scopes.Heard, clauses: int) -> int:
    """Return the words of what is feared, asked about the world, made up, listed and denied."""
    asked = imaginings.questions(words, heard) | denials.answered(words, heard)
    told = imaginings.made_up(words, heard) | denials.disowned(words, heard) | denials.mistaken(heard)
    return imaginings.imagined(words, heard, "hypothetical", clauses) | asked | told | subjects.of_things(words, heard)


def _light(words: Words, heard: scopes.Heard, complaint: int) -> int:
    """Return the words that tell lightly, or of what was, beside a twitching toe: what is grave there is asked."""
    if not complaint:
        return 0
    light = scopes.near(words, heard.mask("light"), BESIDE) | bygones.before_it(words, heard, complaint)
    return light & ~scopes.near(words, heard.mask("no_joke"), BESIDE)


def _bare_questions(words: Words) -> int:
    """Return the sentences of up to three words that are asked: `chest pain?`."""
    return scopes.covered((a, b) for a, b in scopes.sentences(words) if b - a < 3 and words.asked >> a & 1)
