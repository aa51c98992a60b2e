"""The triage talk, gone through by every way: each ends in one card, and none of them calms where a doctor should look.

Every answer is pressed on the house's own flows, in memory; sets are tried with nothing, with each of their words
alone, and at random with several. What is known of the person before differs too.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.zones import use_pinned_data
from bot.engine.advance import Sprint, advance
from bot.engine.conversation import Conversation, dump
from bot.engine.effects import Prompt, Repaint, Say
from bot.engine.events import Commanded, Event, Heard, Pressed, Typed
from bot.engine.facts import CONDITIONS, Facts
from bot.engine.kinds import Several
from bot.session.kept import Person
from bot.session.known import Known
from tests.chat import SAM, the_house

NOW = datetime(2026, 3, 1, 20, tzinfo=UTC)
NONE = dict.fromkeys(CONDITIONS, False)
CARDS = ("care.emergency", "care.crisis", "care.doctor", "care.self_care", "articles.falling_asleep.short")
CALM = CARDS[3:]
ALIKE = {"care.doctor_fear": "care.doctor", "care.danger": "care.emergency"}
"""The same cards in other words: for whom fear alone brings, and for a poison or a bleeding."""
DECIDED = ("triage.offer", "triage.offer_plain")
"""What is put once the card was said and its own questions are answered."""
NUMBERS = ("0", "5", "10")
"""Of the strengths, enough: no condition of the talk compares it with anything."""
MOST = 1000
"""Units of the state: below a kilobyte, whatever is ticked."""

Ways = dict[str, tuple[str, ...]]


def person(**known: Any) -> Known:
    """Return somebody of whom this is known."""
    use_pinned_data()
    return Known(replace(Person(SAM, NOW), **known), NOW, "en", the_house().help)


SOMEBODY = {
    "nobody knows": person(),
    "agreed": person(consented_at=NOW),
    "it began long ago": person(consented_at=NOW, onset=date(2026, 2, 1)),
    "it began lately": person(consented_at=NOW, onset=date(2026, 2, 27)),
    "nothing to heed": person(consented_at=NOW, conditions=NONE),
    "numb feet": person(consented_at=NOW, conditions={**NONE, "numb_feet": True, "kidney_heart": True}),
    "pregnant": person(consented_at=NOW, conditions={**NONE, "pregnant": True}),
    "under 18": person(consented_at=NOW, conditions={**NONE, "under_18": True}),
}


@dataclass(frozen=True)
class Way:
    """One way through the talk: where it is, what was answered at each question, and what was said."""

    conversation: Conversation = field(default_factory=Conversation)
    facts: Facts = field(default_factory=person)
    answers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    said: tuple[str, ...] = ()
    open: Prompt | None = None

    def ticked(self, key: str) -> tuple[str, ...]:
        """Return what was answered at a question; nothing if it was not put."""
        return dict(self.answers).get(key, ())

    @property
    def cards(self) -> list[str]:
        """The cards that were said."""
        return [ALIKE.get(key, key) for key in self.said if ALIKE.get(key, key) in CARDS]

    def after(self, event: Event) -> "Way":
        """Return the way one event further."""
        sprint: Sprint = advance(the_house().flows, self.conversation, event, self.facts, NOW)
        assert len(dump(sprint.conversation).encode()) < MOST
        said, shown = list(self.said), self.open
        for effect in sprint.effects:
            match effect:
                case Say(key=key, also=also):
                    said += [key, *(part for part, _ in also)]
                case Prompt(key=key):
                    said.append(key)
                    shown = effect
                case Repaint(options=options):
                    shown = None if shown is None else replace(shown, options=options)
        return Way(sprint.conversation, sprint.facts, self.answers, tuple(said), shown)

    def pressing(self, *options: str) -> "Way":
        """Return the way after these presses on the open question."""
        assert self.open is not None
        way = replace(self, answers=(*self.answers, (self.open.key, options)))
        for option in options:
            assert way.open is not None
            way = way.after(Pressed(f"s{len(way.said)}_{len(way.answers)}_", way.open.nonce, option))
        return way

    @property
    def over(self) -> bool:
        """Whether the card is said and all that belongs to it."""
        top = self.conversation.talks[-1].top if self.conversation.talks else None
        return top is None or self.open is None or self.open.key in DECIDED or top.flow in {"emergency", "crisis"}


def begun(known: Known, *, short: bool = False) -> Way:
    """Return the talk at its first question."""
    return Way(facts=known).after(Commanded("s0_", "signs" if short else "triage"))


def answers(way: Way) -> Iterator[tuple[str, ...]]:
    """Return every answer to the open question: of a set nothing, or each of its words alone."""
    assert way.open is not None
    values = [option.value for option in way.open.options if option.value != "~back"]
    frame = way.conversation.talks[-1].top
    step = the_house().flows.flows[frame.flow].steps[frame.step]
    if step.ask is not None and isinstance(step.ask.kind, Several) and not step.ask.at_once:
        picked = [option.value for option in way.open.options if option.picked]
        yield (values[-1],)
        yield from ((value, "~done") for value in values[:-1] if not picked)
        return
    yield from ((value,) for value in values if not value.isdigit() or value in NUMBERS)


def ways(way: Way) -> Iterator[Way]:
    """Return all ways to the end."""
    waiting = [way]
    while waiting:
        now = waiting.pop()
        if now.over:
            yield now
        else:
            waiting += [now.pressing(*each) for each in answers(now)]


def should_see_a_doctor(way: Way, known: Known) -> bool:
    """Whether the safety rules send them to a doctor: a sign, more than one place, two weeks, pregnant, under 18."""
    soon = set(way.ticked("sign_questions.soon")) - {"~none", "~done"}
    told = {*way.ticked("ask_conditions.told"), *(name for name, true in known.person.conditions.items() if true)}
    spread = {"both_feet", "elsewhere"} & set(way.ticked("triage.where"))
    long = {"two_weeks", "months"} & set(way.ticked("onset.lasting"))
    began = known.person.onset
    long_ago = began is not None and NOW.date() - began >= timedelta(days=14)
    return bool(soon or spread or long or long_ago or {"pregnant", "under_18"} & told)


def judge(way: Way, known: Known) -> None:
    """Fail where a way breaks a rule of the cards or of the gates."""
    assert len(way.cards) == 1, way.answers
    card = way.cards[0]
    if set(way.ticked("sign_questions.urgent")) - {"~none"}:
        assert card == "care.emergency", way.answers
        return
    assert card == "care.doctor" if should_see_a_doctor(way, known) else card in CALM, way.answers
    told = {*way.ticked("ask_conditions.told"), *(name for name, true in known.person.conditions.items() if true)}
    if card == "care.self_care":
        assert ("self_care.feet" in way.said) == ("numb_feet" in told), way.answers
        assert ("self_care.warmth" in way.said) != ("numb_feet" in told), way.answers
        assert not ("self_care.thirst" in way.said and "kidney_heart" in told), way.answers
    if card in CALM:
        assert "self_care.until" in way.said, way.answers


@pytest.mark.parametrize("known", SOMEBODY.values(), ids=SOMEBODY)
@pytest.mark.parametrize("short", [False, True], ids=["at length", "short"])
def test_every_way_ends_in_one_card_and_a_warning_answer_in_the_one_that_acts(known: Known, *, short: bool) -> None:
    """Whatever is pressed: one card, the one that acts where an answer warns, and only advice that heeds the rest."""
    seen: dict[str, int] = {}
    for way in ways(begun(known, short=short)):
        judge(way, known)
        seen[way.cards[0]] = seen.get(way.cards[0], 0) + 1
    assert {"care.emergency", "care.doctor"} <= set(seen)


TYPED = [
    Heard(level="doctor", signs=frozenset({"weakness"})),
    Heard(level="doctor", signs=frozenset({"under_18"})),
    Heard(level="doctor", doubt="sudden_weakness"),
    Heard(level="self_care"),
    Heard(number=4),
    Heard(foreign=True),
    Heard(),
]


CALMEST = ("~none", "~done", "one_toe", "days", "few", "5", "no", "not_now", "decline", "wrong")
"""What somebody presses with whom nothing is wrong."""


def calmest(way: Way, doubted: str) -> Way:
    """Return the way after the calmest answer to the open question; `doubted` answers the one about a doubtful sign."""
    assert way.open is not None
    options = [option.value for option in way.open.options]
    if way.open.key == "doubt.ask":
        return way.pressing(doubted)
    return way.pressing(next(option for option in CALMEST if option in options))


@pytest.mark.parametrize("doubted", ["no", "before", "other"])
@pytest.mark.parametrize("heard", TYPED, ids=str)
@pytest.mark.parametrize("short", [False, True], ids=["at length", "short"])
def test_what_is_typed_at_any_question_is_never_followed_by_a_calmer_card(
    heard: Heard, doubted: str, *, short: bool
) -> None:
    """All else answered as calmly as can be: where a word brought the doctor's card, none for home stands below it."""
    known = SOMEBODY["nobody knows"]
    for at in range(10):
        way, asked = begun(known, short=short), 0
        while not way.over and asked < 25:
            way = (
                way.after(Typed(f"t{asked}_", "these are some words", heard)) if asked == at else calmest(way, doubted)
            )
            asked += 1
        assert way.over, way.said
        assert len(way.cards) == 1, way.said
        if at < asked and (heard.signs or (heard.doubt and doubted == "before" and "doubt.before" in way.said)):
            assert way.cards == ["care.doctor"], way.said


@settings(deadline=None, max_examples=100)
@given(data=st.data(), known=st.sampled_from(list(SOMEBODY.values())))
def test_after_a_doctors_card_nothing_calms_whatever_is_pressed_and_typed(data: st.DataObject, known: Known) -> None:
    """Several ticks, back, words with and without a sign, in any order: no card for home stands below a doctor's."""
    way, seeds = begun(known), count(1)
    for _ in range(25):
        if way.over or way.open is None:
            break
        options = [*(option.value for option in way.open.options), "~typed"]
        chosen = data.draw(st.sampled_from(options))
        event: Event = Pressed(f"r{next(seeds)}_", way.open.nonce, chosen)
        if chosen == "~typed":
            event = Typed(f"r{next(seeds)}_", "these are some words", data.draw(st.sampled_from(TYPED)))
        way = way.after(event)
        acting = [at for at, key in enumerate(way.said) if ALIKE.get(key, key) in CARDS[:3]]
        calming = [at for at, key in enumerate(way.said) if key in CALM]
        assert not (acting and calming), way.said
        assert len(calming) <= 1, way.said
