"""The shape of `content/<language>/signs.yaml`: what counts as a warning sign, in words that a clinician can mend.

A *phrase* is words that follow each other; `droop*` is every word that begins so, `drop+` every form of a verb,
`{face}` any phrase of a group, `a|b_c` either (`_` joins words that follow each other), `x?` may be missing. A
*pattern* joins phrases: `..` is up to five words between, `this ~ that` both as near as that in any order, `$` the end
of a clause (`a|$`: a, or the end), `this & that` both in one sentence, and `this & ! that` the one without the other
near it. `this >> that` is that later in the message, `this && that` both anywhere in it.
"""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bot.domain.wordforms import TooMuchError, Wordings

Level = Literal["none", "self_care", "doctor", "emergency", "crisis"]
LEVELS: tuple[Level, ...] = ("none", "self_care", "doctor", "emergency", "crisis")
"""From the mildest to the gravest."""

Phrase = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\WA-Z_]+\*?( [^\WA-Z_]+\*?)*$")]
"""Words in small letters without apostrophes, as they stand after `spellings`; `*` ends a word that may go on."""

Said = Annotated[str, StringConstraints(min_length=1, max_length=400, pattern=r"^[^A-Z.&~$]+$")]
"""A phrase in the short notation of `wordforms`: give+ way, {refuses} {obey}, a|b, x?."""

Pattern = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Days = Annotated[int, Field(ge=0, le=40_000)]


class Shape(BaseModel):
    """Whatever is not named here is a mistake of the author."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Cues(Shape):
    """The words around a sign that say whether it is there, whose it is, and when. Each is a list of phrases."""

    negation: tuple[Said, ...]
    """They deny what follows them in the clause: not, without …"""
    denies: tuple[Said, ...] = ()
    """They deny the whole list behind them, as in a doctor's notes: denies pain, cough, fever …"""
    well: tuple[Said, ...] = ()
    """What stands before them is as it should be: is fine, feels normal …"""
    light: tuple[Said, ...] = ()
    """Beside a twitching toe, an alarm in a sentence with these is asked about first: lol, all good now …"""
    no_joke: tuple[Said, ...] = ()
    """Beside them nothing is light: one side, just hanging …"""
    was: tuple[Said, ...] = ()
    occasions: tuple[Said, ...] = ()
    """What was, and when: beside a toe that twitches it is asked about first. Was … after the long prayer."""
    thought: tuple[Said, ...] = ()
    turned_out: tuple[Said, ...] = ()
    """What stands between was feared and was not so: i thought … but it was only …"""
    no_negation: tuple[Said, ...] = ()
    """They look like a denial and are none: not sure, no idea …"""
    contrast: tuple[Said, ...] = ()
    """A new thought begins: but, however …"""
    instead: tuple[Said, ...] = ()
    """They end a denial and nothing else: not painful, just numb."""
    again: tuple[Said, ...] = ()
    """It came back: then what was said of the past counts."""
    opinion: tuple[Said, ...] = ()
    """`not think my arm is weak` denies what is thought."""
    verbs: tuple[Said, ...] = ()
    """They show that a new clause has begun: is, feels, went …"""
    me: tuple[Said, ...] = ()
    openers: tuple[Said, ...] = ()
    """A clause may begin with them: my, the, left …"""
    walls: tuple[Said, ...] = ()
    """What stands on both sides of them is not one sign: but, however …"""
    goes_on: tuple[Said, ...] = ()
    """A sentence that begins so is about what was named before: it, they …"""
    subjects: tuple[Said, ...] = ()
    """They begin a clause even after one of `joints`: and she, and it …"""
    joints: tuple[Said, ...] = ()
    """`my` after one of these begins no clause: in, of, moving …"""
    others: tuple[Said, ...] = ()
    things: tuple[Said, ...] = ()
    """What has no body: of what it does or suffers no sign is heard. The app froze, my patience collapsed …"""
    no_others: tuple[Said, ...] = ()
    """They look like somebody else and are none: you please, someone else …"""
    reporting: tuple[Said, ...] = ()
    """`my wife says …` may be about me."""
    urgent: tuple[Said, ...] = ()
    """It happens now: then an emergency of somebody else is one too."""
    story: tuple[Said, ...] = ()
    """Somebody else's emergency is only asked about where it is told with these: had, used to, died …"""
    narrated: tuple[Said, ...] = ()
    """… or with these and none of `present`: once, was, when …"""
    present: tuple[Said, ...] = ()
    """A story with none of these is long over: is, has, can not …"""
    sound: tuple[Said, ...] = ()
    """Who says so is well but for what they ask about: what is unclear is not asked. Nothing numb, only the toe …"""
    fiction: tuple[Said, ...] = ()
    """What is told with these is about no one, and a question beside it neither: in a novel, quiz …"""
    dreams: tuple[Said, ...] = ()
    awake: tuple[Said, ...] = ()
    """They end a dream: then I woke up …"""
    gone_by: tuple[Said, ...] = ()
    """What is only told of somebody else, nobody asks about: died, had it once, from her diabetes …"""
    habit: tuple[Said, ...] = ()
    """Somebody else's emergency is only asked about where it is told as what often happens: always, gets …"""
    onset: tuple[Said, ...] = ()
    """It came suddenly, or today: out of nowhere, ten minutes ago, was fine at lunch …"""
    slowly: tuple[Said, ...] = ()
    """It came bit by bit, or has lasted: lately, for weeks, on and off …"""
    long_ago: tuple[Said, ...] = ()
    over: tuple[Said, ...] = ()
    """A whole sentence with these tells of what is over, for a doctor: it stopped, never came back …"""
    lasting: tuple[Said, ...] = ()
    """With these nothing is over: still, comes and goes, but …"""
    authors: tuple[Said, ...] = ()
    """Who says so writes: what is told of him and her in the sentences behind is made up. Writing a novel …"""
    settled: tuple[Said, ...] = ()
    """They tell that what the sentences before told is long past: that was years ago …"""
    disowned: tuple[Said, ...] = ()
    """They deny the sentence before: a list of signs. I have none of these …"""
    sources: tuple[Said, ...] = ()
    """What a list can be taken from: the leaflet, she asked about …"""
    bygone: tuple[Said, ...] = ()
    """A whole sentence with these is long ago: back then, in the seventies …"""
    earlier: tuple[Said, ...] = ()
    """Weeks or months ago: too late for an alarm, too early to be forgotten. It is asked about."""
    current: tuple[Said, ...] = ()
    """What is said with these lasts until today: since, now, started …"""
    hypothetical: tuple[Said, ...] = ()
    real: tuple[Said, ...] = ()
    """They look imagined and are not: worried about my …"""
    unsure: tuple[Said, ...] = ()
    """What follows is asked about: am i having …"""
    questions: tuple[Said, ...] = ()
    """A sentence that begins so and has no `me` in it asks about the world: can twitching cause …"""
    about_world: tuple[Said, ...] = ()
    """With these, and without `me`, a sentence is about the world too: is stiffness a sign …"""


class Sign(Shape):
    """One warning sign. A `note` raises nothing by itself; it can be part of `together`.

    `despite`: what does not excuse it: thoughts of suicide count though they begin with `if`. `unless`: phrases in
    which it is not meant. `calm`: patterns that make it harmless in their sentence. `unclear`: patterns after which it
    is asked about, and no alarm is raised yet.
    """

    level: Literal["note", "self_care", "doctor", "emergency", "crisis"]
    patterns: tuple[Pattern, ...] = Field(min_length=1)
    sudden: tuple[Pattern, ...] = ()
    """They count as `patterns` do where the message says that it came suddenly (`onset`), else as `unclear` do."""
    only_sudden: bool = False
    """What came slowly or has lasted for weeks is asked about, and left to a doctor where a doctor's sign is heard."""
    despite: tuple[Literal["negated", "other", "past", "hypothetical"], ...] = ()
    unclear: tuple[Pattern, ...] = ()
    unless: tuple[Said, ...] = ()
    calm: tuple[Pattern, ...] = ()
    denied_too: bool = False
    """What stands before `&` may be denied, and a denial does not part it from what is meant: `bleeding & let it`."""
    why: str | None = None


class Excuse(Shape):
    """What makes several signs harmless at once, as `calm` does one: a leg that slept because it was sat on."""

    signs: tuple[str, ...] = Field(min_length=1)
    calm: tuple[Pattern, ...] = Field(min_length=1)
    why: str | None = None


class Together(Shape):
    """Signs that mean more together: `of` names one of each group that must be there.

    Together they are the sign that it `gives`, or they have to be asked about as the one that it `asks`.
    """

    of: tuple[tuple[str, ...], ...] = Field(min_length=1)
    gives: str | None = None
    asks: str | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.gives is None) is (self.asks is None):
            raise ValueError("together needs either «gives» or «asks»: name the sign there")
        return self


class Weighed(Shape):
    """Faint notes that are weighed together (see `weighing`): each is a group, and counts once.

    From `asks_at` points within so many words `sign` is asked about, from `gives_at` on it is heard. Points below zero
    speak against it.
    """

    sign: str
    asks_at: Annotated[int, Field(ge=1, le=99)]
    gives_at: Annotated[int, Field(ge=2, le=99)]
    within: Annotated[int, Field(ge=1, le=9999)]
    points: dict[str, Annotated[int, Field(ge=-99, le=99)]] = Field(min_length=1)

    @model_validator(mode="after")
    def _asked_before_it_is_heard(self) -> Self:
        if self.asks_at >= self.gives_at:
            raise ValueError("weighed asks at as many points as it hears at: let «asks_at» be less than «gives_at»")
        return self


class Numbers(Shape):
    """Number words. `tens` take a unit behind them: twenty five."""

    units: dict[str, int]
    tens: dict[str, int] = {}
    scales: dict[str, int] = {}
    out_of: tuple[Phrase, ...] = ()


class Dates(Shape):
    """Named days that something began on, and the words around them."""

    since: tuple[Phrase, ...] = ()
    on: tuple[Phrase, ...] = ()
    """They name the day where the sentence has a word of `began`: it started in March."""
    began: tuple[Phrase, ...] = ()
    parts: dict[str, Annotated[int, Field(ge=0, le=31)]] = {}
    """Words between, and the day of the month they mean (0: none): the 0, end 28 …"""
    months: dict[str, Annotated[int, Field(ge=1, le=12)]] = {}
    weekdays: dict[str, Annotated[int, Field(ge=0, le=6)]] = {}
    """Monday is 0."""
    feasts: dict[Phrase, tuple[Annotated[int, Field(ge=1, le=12)], Annotated[int, Field(ge=1, le=31)]]] = {}
    """Month and day."""
    easter: tuple[Phrase, ...] = ()

    def words(self) -> tuple[str, ...]:
        """Return every word in it."""
        named = (*self.months, *self.weekdays, *self.parts, *self.feasts, *self.easter)
        return tuple(word for phrase in (*self.since, *self.on, *self.began, *named) for word in phrase.split())


class Durations(Shape):
    """How long it has been so."""

    dates: Dates = Dates()

    units: dict[str, Days]
    amounts: dict[Phrase, int] = {}
    """Vague amounts: couple of, few …"""
    whole: dict[Phrase, Days] = {}
    """A duration in itself: since yesterday, for weeks …"""
    halves: dict[Phrase, int] = {}
    """Added to an amount, in halves: and a half …"""
    not_before: tuple[Phrase, ...] = ()
    """What stands right before it makes it no duration: every, in …"""
    ages: tuple[Phrase, ...] = ()
    """Right before years they tell an age: i am 21 years, student …"""
    not_after: tuple[Phrase, ...] = ()
    """What follows it makes it no duration: old, pregnant …"""
    elsewhere: tuple[Phrase, ...] = ()
    """A clause with these tells how long something else has been: married, worked …"""
    it: tuple[Phrase, ...] = ()
    """Words that can only mean the complaint: it, this …"""
    fresh: tuple[Phrase, ...] = ()
    """What is said with these began lately: is new, since monday …"""
    joints: tuple[Phrase, ...] = ()
    """Words that part what is told of one thing from another: and, but …"""
    about: tuple[Phrase, ...] = ()
    """Words that point at the complaint: it, this, happening …"""


class Foreign(Shape):
    """Small words of languages that are not spoken here, and greetings that are enough alone."""

    function_words: dict[str, tuple[str, ...]]
    telling: dict[str, tuple[str, ...]] = {}
    """Words of other languages that are none of this one, and no slip of any: one is enough in a short text."""
    greetings: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    """Small words of this language."""


class SignWords(Shape):
    """One language's `signs.yaml`."""

    spellings: dict[str, str] = {}
    """Words that are read as others: cant → can not."""
    fillers: tuple[str, ...] = ()
    """Words that may stand anywhere in a phrase: really, just, the …"""
    ordinary: tuple[Said, ...] = ()
    """Right words that look like a slip of another: week, wear …"""
    idioms: tuple[Said, ...] = ()
    """Figures of speech: what they name is not meant."""
    forms: dict[str, tuple[Phrase, ...]] = {}
    """Verbs whose forms no rule tells: go → went, gone."""
    groups: dict[str, tuple[Said, ...]]
    cues: Cues
    signs: dict[str, Sign]
    together: tuple[Together, ...] = ()
    excuses: tuple[Excuse, ...] = ()
    weighed: tuple[Weighed, ...] = ()
    numbers: Numbers
    durations: Durations
    foreign: Foreign

    @model_validator(mode="after")
    def _groups_are_finite(self) -> Self:
        wordings = Wordings(self.groups, self.forms)
        for name in self.groups:
            try:
                wordings.group(name)
            except KeyError as unknown:
                raise ValueError(f"groups.{name} names the group {unknown}, which is not under groups") from None
        for _, phrases in self.cues:
            try:
                wordings.all(phrases)
            except KeyError as unknown:
                raise ValueError(f"cues name the group {unknown}, which is not under groups") from None
        return self

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        wordings = Wordings(self.groups, self.forms)
        for name, sign in self.signs.items():
            try:
                wordings.all(sign.unless)
            except KeyError as unknown:
                raise ValueError(f"signs.{name}: unless names the group {unknown}, which is not under groups") from None
            except TooMuchError as wrong:
                raise ValueError(f"signs.{name}: in unless, {wrong}; write shorter ones") from None
            for pattern in (*sign.patterns, *sign.sudden, *sign.unclear, *sign.calm):
                _check_pattern(name, pattern, self.groups)
        for cause in self.excuses:
            for known in cause.signs:
                if known not in self.signs:
                    raise ValueError(f"excuses name the sign «{known}», which is not under signs: mend the name")
                for pattern in cause.calm:
                    _check_pattern(known, pattern, self.groups)
        for each in self.together:
            for one in (*(name for names in each.of for name in names), each.gives or each.asks):
                if one not in self.signs:
                    raise ValueError(
                        f"together names the sign «{one}», which is not under signs: add it or mend the name"
                    )
        for scale in self.weighed:
            if scale.sign not in self.signs:
                raise ValueError(f"weighed names the sign «{scale.sign}», which is not under signs: mend the name")
            for one in scale.points:
                if one not in self.groups:
                    raise ValueError(f"weighed names the group «{one}», which is not under groups: mend the name")
        return self


def _check_pattern(sign: str, pattern: str, groups: dict[str, tuple[str, ...]]) -> None:
    where = f"signs.{sign}: the pattern «{pattern}»"
    terms = (term for said in pattern.replace(">>", "&&").split("&&") for term in said.split("&"))
    for side in (side for term in terms for side in term.strip().removeprefix("!").split("~")):
        steps = side.split()
        if not steps:
            raise ValueError(
                f"{where} has nothing on one side of «&» or «~»: name what should be there, or take it away"
            )
        if steps[0] in ("..", "$") or steps[-1] == "..":
            raise ValueError(f"{where} begins or ends with «..»: it can only stand between two words")
        if all(step == ".." or step.endswith("?") for step in steps):
            raise ValueError(f"{where} has only words that may be missing: take one «?» away")
        for one in (
            one for step in steps if step not in ("..", "$") for one in step.removesuffix("?").split("|") if one != "$"
        ):
            if one.startswith("{") and one.endswith("}"):
                if one[1:-1] not in groups:
                    known = ", ".join(sorted(groups))
                    raise ValueError(f"{where} names the group {one}, which is not under groups. Known: {known}")
            elif not one.removesuffix("*").replace("+", "").replace("_", "").isalnum() or one != one.lower():
                raise ValueError(
                    f"{where} has «{one}»: write small letters, a {{group}}, a|b, a_b for two words, x+, x?, x* or .."
                )
