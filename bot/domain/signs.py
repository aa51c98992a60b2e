"""Warning signs in free text. Reading may raise an alarm and never calms one; missing an emergency is the worst fault.

A text becomes words (`words`, `typos`), phrases are found (`phrases`), what is denied, somebody else's, long ago or
only imagined is masked (`scopes`), and each sign's patterns are looked for in what is left. All words stand in
`content/<language>/signs.yaml` and the files of `signs/` beside it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.domain import bygones, scopes
from bot.domain.durations import Around, Spans
from bot.domain.excused import excused
from bot.domain.foreign import Tongues, other_script
from bot.domain.numbers import Counting
from bot.domain.phrases import Field, Lexicon, Pattern, pattern
from bot.domain.shortlist import Shortlist
from bot.domain.signwords import LEVELS, Level, Sign, SignWords
from bot.domain.typos import Mender
from bot.domain.weighing import Scale
from bot.domain.wordforms import Wordings
from bot.domain.words import NONE, Words, split

LONG = 14
"""Days of twitching after which a doctor should look at it, however mild (NHS: more than two weeks)."""
TWO_WEEKS = "two_weeks"
COMPLAINT = ("twitch", "toe")
"""The groups that name what the bot is for; a duration said of them counts."""
ALARMS = ("emergency", "crisis")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says. `signs`: what was heard for certain. `doubt`: a grave sign, but unclear whose, when or whether.

    `number`: the one number it gives as an answer. `days`: how long it has been so. `foreign`: plainly another
    language.
    """

    level: Level = "none"
    signs: frozenset[str] = frozenset()
    doubt: str | None = None
    number: int | None = None
    days: int | None = None
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    """A sign with its patterns read."""

    name: str
    level: str
    alarm: bool
    despite: tuple[str, ...]
    only_sudden: bool
    patterns: tuple[Pattern, ...]
    sudden: tuple[Pattern, ...]
    unclear: tuple[Pattern, ...]
    calm: tuple[Pattern, ...]

    def tiers(self) -> Iterator[tuple[str, tuple[Pattern, ...]]]:
        """Yield its patterns by what they mean."""
        yield from (("patterns", self.patterns), ("sudden", self.sudden))
        yield from (("unclear", self.unclear), ("calm", self.calm))

    def groups(self) -> Iterator[str]:
        """Yield the groups that its patterns look for."""
        yield from (group for _, patterns in self.tiers() for each in patterns for group in each.groups())


class _Groups:
    """The phrases to look for, by group; a step such as `{arm}|{leg}|paw` is found where one of its groups is."""

    def __init__(self, words: SignWords, wordings: Wordings) -> None:
        self.said: dict[str, list[str]] = {name: list(wordings.group(name)) for name in words.groups}
        self.wider: dict[str, list[str]] = {}
        """By group: the steps that it is a part of. Written out instead, phrases would be six times as many."""
        self._parts: dict[str, list[str]] = {}
        self._wordings = wordings

    def add(self, step: str, written: str) -> None:
        """Add a step by what its author wrote."""
        if step in self.said:
            return
        ways = written.split("|")
        parts = [way[1:-1] for way in ways if way.startswith("{") and way.endswith("}")]
        own = [way for way in ways if not (way.startswith("{") and way.endswith("}"))]
        self.said[step] = self._wordings.all(["|".join(own)]) if own else []
        self._parts[step] = parts
        for part in parts:
            self.wider.setdefault(part, []).append(step)

    def with_parts(self, names: Iterable[str]) -> set[str]:
        """Return these and what they are made of."""
        return {each for name in names for each in (name, *self._parts.get(name, ()))}

    def sizes(self) -> dict[str, int]:
        """Return how many phrases stand for each."""
        return {
            name: len(said) + sum(len(self.said[part]) for part in self._parts.get(name, ()))
            for name, said in self.said.items()
        }


def _rule(name: str, sign: Sign, groups: _Groups, wordings: Wordings) -> _Rule:
    """Read the patterns of a sign, and add the groups of their own words to `groups`."""

    def read(written: tuple[str, ...]) -> tuple[Pattern, ...]:
        patterns = []
        for one in written:
            wanted, own = pattern(one)
            patterns.append(replace(wanted, denied_too=sign.denied_too))
            for group, said in own.items():
                groups.add(group, *said)
        return tuple(patterns)

    groups.said[f"!{name}"] = wordings.all(sign.unless)
    return _Rule(
        name=name,
        level=sign.level,
        alarm=sign.level in ALARMS,
        despite=sign.despite,
        only_sudden=sign.only_sudden,
        patterns=read(sign.patterns),
        sudden=read(sign.sudden),
        unclear=read(sign.unclear),
        calm=read(sign.calm),
    )


class Reader:
    """Reads free text in one language. Built once; `read` keeps nothing."""

    __slots__ = (
        "_counting",
        "_fillers",
        "_lexicon",
        "_mender",
        "_rules",
        "_scales",
        "_shortlist",
        "_spans",
        "_spoken",
        "_tongues",
        "_wider",
    )

    def __init__(self, words: SignWords) -> None:
        """`words`: the language's signs.yaml."""
        self._spoken = words
        self._counting = Counting(words.numbers)
        self._spans = Spans(words.durations, self._counting)
        self._tongues = Tongues(words.foreign)
        self._fillers = frozenset(words.fillers)
        self._scales = tuple(
            Scale(each.sign, each.asks_at, each.gives_at, each.within, each.points) for each in words.weighed
        )
        wordings = Wordings(words.groups, words.forms)
        groups = _Groups(words, wordings)
        # The order decides which doubt is asked about: an emergency's first.
        ordered = sorted(words.signs.items(), key=lambda each: each[1].level != "emergency")
        self._rules = tuple(_rule(name, _calmed(name, sign, words), groups, wordings) for name, sign in ordered)
        for cue, phrases in words.cues:
            groups.said[f"@{cue}"] = wordings.all(phrases)
        groups.said["@idioms"] = wordings.all(words.idioms)
        # A group that only others are made of («is not» in «is not working») is nothing by itself.
        spoken = groups.with_parts({name for rule in self._rules for name in rule.groups()}.union(COMPLAINT))
        spoken.update(name for scale in self._scales for name in scale.points)
        self._lexicon = Lexicon({name: said for name, said in groups.said.items() if name[0] in "@!" or name in spoken})
        self._wider = groups.wider
        self._shortlist = Shortlist(
            {(rule.name, tier): found for rule in self._rules for tier, found in rule.tiers()},
            groups.sizes(),
        )
        durations, numbers = words.durations, words.numbers
        counted = (*words.spellings, *durations.units, *numbers.units, *numbers.tens, *numbers.scales)
        phrases = (
            *(*durations.amounts, *durations.whole, *durations.halves, *durations.about),
            *(*durations.not_before, *durations.not_after, *durations.elsewhere),
        )
        irregular = (form for forms in words.forms.values() for form in forms)
        self._mender = Mender(
            (*self._lexicon.words, *counted, *(word for phrase in phrases for word in phrase.split())),
            self._lexicon.beginnings,
            (
                *(*wordings.all(words.ordinary), *words.fillers, *words.foreign.home, *durations.dates.words()),
                *(*irregular, *words.foreign.greetings),
                *(word for telling in words.foreign.telling.values() for word in telling),
            ),
        )

    def read(self, text: str, today: date | None = None) -> Reading:
        """Read one message. Any text has a reading; the work grows with its length and with nothing else.

        `today`: the date where the person lives, for `since March`.
        """
        strange = other_script(text)
        words = split(text, self._spoken.spellings, self._mender.mend)
        if not words.words:
            return Reading(foreign=strange)
        fillers = words.mask(lambda i: words.words[i] in self._fillers)
        found = self._lexicon.find(words, fillers)
        for group in self._wider.keys() & found.keys():
            for step in self._wider[group]:
                found.setdefault(step, []).extend(found[group])
        pauses = words.mask(lambda i: words.breaks[i] != NONE)
        figures = [(a, b) for a, b in found.pop("@idioms", ()) if not pauses & (scopes.covered([(a, b)]) & ~(1 << a))]
        idioms = scopes.covered(figures)
        heard = scopes.Heard({name[1:]: spans for name, spans in found.items() if name[0] == "@"})
        meant = {
            name: kept
            for name, spans in found.items()
            if name[0] != "@"
            and (kept := [(a, b) for a, b in spans if not idioms & ((2 << b) - (1 << a)) or _longer((a, b), figures)])
        }
        certain, doubted, not_mine = self._signs(words, heard, meant, fillers)
        self._weigh(certain, doubted, meant, len(words.words))
        complaint = scopes.covered(span for name in COMPLAINT for span in meant.get(name, ()))
        days = self._spans.days(words, fillers, Around(complaint, heard.mask("me"), not_mine, today))
        return self._judge(
            certain,
            doubted,
            days,
            Reading(
                number=self._counting.answer(words), days=days, foreign=strange or self._tongues.foreign(words.typed)
            ),
        )

    def _signs(
        self, words: Words, heard: scopes.Heard, meant: Mapping[str, list[tuple[int, int]]], fillers: int
    ) -> tuple[set[str], list[str], int]:
        """Return the signs heard for certain, the grave ones that are unclear, and the words not about the person."""
        complaint = scopes.covered(span for name in COMPLAINT for span in meant.get(name, ()))
        theirs = scopes.covered(span for name in (*COMPLAINT, "feet") for span in meant.get(name, ()))
        said = excused(words, heard, complaint, theirs)
        field = Field(
            scopes.run_together(words, heard),
            meant,
            fillers,
            heard.mask("negation") & ~heard.mask("no_negation") | heard.mask("walls"),
        )
        came = bygones.suddenly(words, heard, complaint)
        crept = scopes.within_sentences(words, heard.mask("slowly")) & ~scopes.within_sentences(
            words, heard.mask("onset")
        )
        beside_it = self._spans.aside(words, fillers, Around(complaint, heard.mask("me")))
        certain: set[str] = set()
        doubted: list[str] = []
        slow: list[str] = []
        possible = self._shortlist.of(meant.keys())
        for rule in self._rules:
            patterns, sudden, unclear, calming = (possible.get((rule.name, tier), ()) for tier, _ in rule.tiers())
            if not (patterns or sudden or unclear):
                continue
            unless = scopes.covered(meant.get(f"!{rule.name}", ()))
            if rule.name == TWO_WEEKS:
                unless |= beside_it
            for each in calming:
                unless |= scopes.within_sentences(words, field.follow(each, -1, -1))
            crisis = self._spoken.signs[rule.name].level == "crisis"
            first, every = (said.lately if crisis else said.grave if rule.alarm else said.calm).but(
                rule.despite, unless
            )
            now = every & ~crept if rule.only_sudden else every
            if field.any(patterns, first, now) or field.any(sudden, first, now & came):
                plain = now & ~said.light if rule.level == "emergency" else now
                if field.any(patterns, first, plain) or field.any(sudden, first, plain & came):
                    certain.add(rule.name)
                else:
                    doubted.append(rule.name)
            elif not (rule.level == "emergency" and heard.of("sound")) and field.any(unclear, first, now):
                doubted.append(rule.name)
            elif field.any(patterns, first, every) or field.any(sudden, first, every & ~said.other):
                slow.append(rule.name)
            elif rule.alarm:
                wider = (said.dark if crisis else said.asked).but(rule.despite, unless)
                if wider != (first, every) and field.any((*patterns, *unclear), *wider):
                    doubted.append(rule.name)
        if not any(self._spoken.signs[name].level == "doctor" for name in certain):
            doubted += slow
        return certain, doubted, said.not_mine

    def _weigh(
        self, certain: set[str], doubted: list[str], meant: Mapping[str, list[tuple[int, int]]], words: int
    ) -> None:
        """Add what faint notes say together, in a text of so many `words` where no alarm is heard already."""
        if any(self._spoken.signs[name].level in ALARMS for name in certain):
            return
        for scale in self._scales:
            points = scale.most({name: scopes.covered(meant[name]) for name in scale.points if name in meant}, words)
            if points >= scale.gives_at:
                certain.add(scale.sign)
            elif points >= scale.asks_at:
                doubted.append(scale.sign)

    def _judge(self, certain: set[str], doubted: list[str], days: int | None, read: Reading) -> Reading:
        """Join the signs that mean more together, and find the gravest level."""
        signs = self._spoken.signs
        unnamed = {name for name in certain if signs[name].level in ("note", "self_care")}
        if days is not None and days >= LONG and TWO_WEEKS in signs:
            certain.add(TWO_WEEKS)
        for each in self._spoken.together:
            if not all(certain.intersection(names) for names in each.of):
                continue
            if each.gives is not None:
                certain.add(each.gives)
            elif each.asks is not None and each.asks not in certain:
                doubted = [*doubted, each.asks]
        level = max((LEVELS.index(found) for name in certain if (found := signs[name].level) != "note"), default=0)
        doubt = doubted[0] if doubted and LEVELS[level] not in ALARMS else None
        return Reading(
            level="doctor" if doubt else LEVELS[level],
            signs=frozenset(certain - unnamed),
            doubt=doubt,
            number=read.number,
            days=read.days,
            foreign=read.foreign,
        )


def _calmed(name: str, sign: Sign, words: SignWords) -> Sign:
    """Return the sign with what makes it and others harmless."""
    shared = tuple(pattern for each in words.excuses if name in each.signs for pattern in each.calm)
    return sign.model_copy(update={"calm": (*sign.calm, *shared)})


def _longer(span: scopes.Span, figures: Iterable[scopes.Span]) -> bool:
    """Whether a phrase says more than the figures of speech that it touches: «sick of living» is not only «sick of»."""
    a, b = span
    return all(d < a or b < c or (a <= c and d <= b and (a, b) != (c, d)) for c, d in figures)


def reader(words: SignWords) -> Reader:
    """Return the reader of a language."""
    return Reader(words)
