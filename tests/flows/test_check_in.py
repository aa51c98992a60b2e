"""The promises of a check-in, on every way through it: three taps, never without the signs, for the day asked."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.engine.effects import Prompt
from bot.engine.events import Began
from bot.engine.kinds import Several
from bot.engine.names import TALK, FlowName
from bot.session.kept import Checkin, Person
from tests.chat import the_house
from tests.flows.walking import NOW, Walker, somebody

TODAY = NOW.date()
SCREENS = ("daily_checkin.screen", "daily_checkin.screen_known")
ASKED_SIGNS = (*SCREENS, "sign_questions.urgent", "sign_questions.soon")
NUMBERS = ("0", "7")
"""Of the eleven numbers, which lead the same ways, two."""


def diary(**days: tuple[str, ...]) -> Mapping[date, Checkin]:
    """Return entries: `d1=("worse", "stiffness")` was yesterday."""
    told = {TODAY - timedelta(days=int(name[1:])): parts for name, parts in days.items()}
    return {
        day: Checkin(day, NOW - (TODAY - day), mood, 0 if mood == "calm" else 4, None, None, signs)
        for day, (mood, *signs_) in told.items()
        for signs in [tuple(signs_)]
    }


def since(days: int) -> date:
    """Return the onset so many days ago."""
    return TODAY - timedelta(days=days)


PEOPLE: dict[str, Person] = {
    "first time": somebody(),
    "known onset": somebody(onset=since(3)),
    "two weeks": somebody(onset=since(20)),
    "yesterday": somebody(onset=since(5), checkins=diary(d1=("worse",))),
    "three days ago": somebody(onset=since(5), checkins=diary(d3=("better",))),
    "with a sign": somebody(onset=since(5), checkins=diary(d1=("same", "stiffness"))),
    "with an emergency": somebody(onset=since(5), checkins=diary(d1=("same", "chest_pain"))),
    "long, and told so": somebody(onset=since(20), checkins=diary(d1=("same",))),
    "calm": somebody(onset=since(5), checkins=diary(d1=("calm",))),
    "again today": somebody(onset=since(5), checkins=diary(d0=("better",))),
}
BEGINNINGS = ("command", "reminder", "days later")


def begun(person: Person, how: str) -> Walker:
    """Return somebody who was just asked how their toes are."""
    walker = Walker(person)
    if how == "command":
        walker.commands("checkin")
    else:
        walker.is_reminded("checkin")
    if how == "days later":
        walker.now += timedelta(days=2)
    return walker


def ways(walker: Walker, taps: int) -> Iterator[tuple[Walker, list[tuple[Prompt, str]]]]:
    """Go every way of at most so many taps; yield each place on it, with the taps that led there."""
    waiting: list[tuple[Walker, list[tuple[Prompt, str]]]] = [(walker, [])]
    while waiting:
        here, gone = waiting.pop()
        yield here, gone
        if len(gone) == taps or not here.open:
            continue
        for option in here.newest.options:
            if option.value.isdigit() and option.value not in NUMBERS:
                continue
            there = here.branch()
            prompt = here.newest
            there.presses(option.value)
            waiting.append((there, [*gone, (prompt, option.value)]))


CASES = [(name, how) for name in PEOPLE for how in BEGINNINGS if name != "again today" or how == "command"]


@pytest.mark.parametrize(("name", "how"), CASES)
def test_an_entry_is_three_taps_at_most(name: str, how: str) -> None:
    """Whoever answers, and has no new sign, has their entry kept with the third tap, or sooner."""
    kept = 0
    for walker, gone in ways(begun(PEOPLE[name], how), 3):
        backs = [option for _, option in gone if option in {"~back", "something"}]
        earlier = [prompt.key for prompt, _ in gone[:-1]]
        if walker.saved and not backs:
            kept += 1
            assert gone[-1][0].key in SCREENS
        assert backs or len(gone) < 3 or walker.saved or set(earlier) & set(SCREENS)
    assert kept > 5


@pytest.mark.parametrize(("name", "how"), CASES)
def test_nothing_is_kept_before_the_signs_were_asked(name: str, how: str) -> None:
    """On every way of five taps, back and round again too, the tap that keeps an entry is one about the signs."""
    for walker, gone in ways(begun(PEOPLE[name], how), 5):
        asked = [prompt.key for prompt, _ in gone]
        if walker.saved and not set(ASKED_SIGNS) & set(asked[:-1]):
            assert asked[-1] in ASKED_SIGNS
        for entry in walker.saved:
            assert entry.fields["mood"] is not None


def test_what_a_known_sign_is_never_becomes_less() -> None:
    """“Only what I told you” keeps the signs of the last entry, and the doctor is named again."""
    walker = begun(PEOPLE["with a sign"], "command")
    for option in ("as_before", "known"):
        walker.presses(option)
    assert walker.person.checkins[TODAY].signs == ("stiffness",)
    assert [getattr(effect, "key", "") for effect in walker.last].count("care.doctor_again") == 1


def test_each_sign_of_an_emergency_closes_the_short_way() -> None:
    """An entry with any of them asks anew; the flow's list is the vocabulary's."""
    flow = the_house().flows.flows[FlowName("sign_questions")]
    urgent = flow.data["urgent"].kind
    assert isinstance(urgent, Several)
    for sign in urgent.options:
        walker = begun(somebody(onset=since(5), checkins=diary(d1=("same", sign))), "command")
        walker.presses("as_before")
        assert walker.newest.key == "daily_checkin.screen", sign


NAMED = {
    "face_arm_speech": "drooping face", "sudden_weakness": "Suddenly weak or numb", "vision_loss": "loss of sight",
    "confusion": "Confused", "worst_headache": "worst headache", "seizure_fainting": "seizure, fainting",
    "breathing_swallowing": "breathe, swallow or speak", "chest_pain": "Chest pain",
    "climbing_weakness": "climbs up the legs", "saddle_bladder": "bladder or bowel",
    "cold_pale_limb": "leg suddenly cold, pale", "after_injury_sudden": "after a head, neck or back injury",
    "cannot_stand": "unable to stand or walk", "gets_in_way": "In the way of walking",
    "more_places": "more than one place",
    "weakness": "weak", "stiffness": "stiff", "numbness": "Numb or tingling", "wasting": "thinner muscle",
    "unwell": "Ill, worn out", "severe_pain": "Strong pain", "medicine": "medicine",
    "diabetes_feet": "Diabetes with", "injury": "After an injury", "pregnancy": "Pregnant", "under_18": "Under 18",
    "painful_moving_toes": "toes move", "very_worried": "Very worried",
}  # fmt: skip


@pytest.mark.parametrize("screen", SCREENS)
def test_the_screen_names_every_sign(screen: str) -> None:
    """One look shows all that the two long questions ask: those of an emergency above, those for a doctor below."""
    data = the_house().flows.flows[FlowName("sign_questions")].data
    urgent, soon = data["urgent"].kind, data["soon"].kind
    assert isinstance(urgent, Several)
    assert isinstance(soon, Several)
    assert {*urgent.options, *soon.options} == set(NAMED)
    above, _, below = the_house().words.render(screen, {"shown": "–"}, "en").partition("For a doctor")
    for sign in urgent.options:
        assert NAMED[sign] in above, sign
    for sign in soon.options:
        assert NAMED[sign] in below, sign


def test_three_questions_left_alone_stay_small_and_open() -> None:
    """Each day's reminder asks on its own; the fourth takes the place of the first, and the state stays small."""
    walker = Walker(somebody(onset=since(5), checkins=diary(d1=("worse",))))
    for _ in range(5):
        walker.is_reminded("checkin")
        walker.now += timedelta(days=1)
    assert len(walker.open) == 3
    days = [talk.top.data["day"] for talk in walker.conversation.talks]
    assert days == [(TODAY + timedelta(days=number)).isoformat() for number in (2, 3, 4)]
    oldest = next(iter(walker.open.values()))
    walker.presses("better", oldest)
    assert len(walker.conversation.talks) == 3
    walker.presses("4")
    walker.presses("none")
    assert walker.person.checkins[TODAY + timedelta(days=2)].mood == "better"


def test_an_episode_does_not_end_over_a_sign() -> None:
    """On every way from «it is over», the episode ends only where the signs were asked and none is there."""
    person = somebody(onset=since(5), checkins=diary(d1=("same", "stiffness")))
    for known in (person, somebody(onset=since(5))):
        walker = Walker(known)
        walker.happens(Began(walker.seed, FlowName("daily_checkin"), {"answer": "over"}))
        ended = 0
        for there, gone in ways(walker, 4):
            if there.person.onset is None:
                ended += 1
                pressed = [(prompt.key, option) for prompt, option in gone]
                told = any(option not in {"none", "something", "~none", "~back"} for _, option in pressed)
                assert not told, pressed
                assert any(key in SCREENS for key, _ in pressed)
        assert ended > 1


def test_what_waits_aside_gives_way_before_the_state_grows() -> None:
    """However much waits beside a long talk: the talk and the newest question stay, and a kilobyte is never passed."""
    (day, entry), *_ = diary(d0=("same", "stiffness")).items()
    last = replace(entry, strength=10, often="most", sleep="fair")
    walker = Walker(somebody(onset=since(5), checkins={day: last}))
    for _ in range(3):
        walker.now += timedelta(days=1)
        walker.is_reminded("checkin")
    walker.is_reminded("exercise")
    for command in ("triage", "signs", "checkin"):
        walker.commands(command)
    walker.presses("as_before")
    walker.is_reminded("water")
    assert walker.conversation.talk(TALK) is not None
    assert walker.newest.key.startswith("water_reminder.")
