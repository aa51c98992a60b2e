"""Whatever people do, in whatever order: the laws of the engine hold at every wait."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine import effects
from bot.engine.advance import advance, held
from bot.engine.conversation import dump, load
from bot.engine.events import Began, Commanded, Event, Heard, Located, Pressed, Reminded, Showed, Typed, Waited
from bot.engine.names import TALK, FlowName
from bot.engine.saying import NEED_CONSENT
from tests.engine.small_house import SomeFacts, small_flows
from tests.engine.talker import Talker

FLOWS = small_flows()
HEARD = st.builds(
    Heard,
    level=st.sampled_from(["none", "none", "self_care", "doctor", "emergency", "crisis"]),
    signs=st.frozensets(st.sampled_from(["numbness", "weakness", "chest_pain"])),
    doubt=st.sampled_from([None, None, "numbness"]),
    number=st.none() | st.integers(-3, 14),
    time=st.sampled_from([None, "08:30"]),
    zones=st.sampled_from(
        [(), (("Europe/Berlin", "Berlin"),), (("Europe/Berlin", "Berlin"), ("Africa/Lagos", "Lagos"))]
    ),
    foreign=st.booleans(),
)
OPTIONS = st.sampled_from(
    [
        "worse",
        "same",
        "5",
        "weakness",
        "done",
        "yes",
        "no",
        "wrong",
        "~back",
        "~skip",
        "~none",
        "~done",
        "look",
        "?",
        "",
    ]
)
COMMANDS = st.sampled_from(sorted([*FLOWS.commands, "back", "nonsense"]))
ACTS = st.one_of(
    st.tuples(st.just("types"), st.sampled_from(["hello", "Worse", "skip", "7", ""]), HEARD, st.booleans()),
    st.tuples(st.just("commands"), COMMANDS, HEARD),
    st.tuples(st.just("taps"), OPTIONS, st.integers(0, 5)),
    st.tuples(st.just("shows")),
    st.tuples(st.just("shares"), st.booleans()),
    st.tuples(st.just("reminded")),
    st.tuples(st.just("began"), st.sampled_from(sorted(FLOWS.flows))),
    st.tuples(st.just("silent"), st.integers(0, 5)),
    st.tuples(st.just("later"), st.integers(1, 20)),
)


def _event(talker: Talker, act: tuple[object, ...]) -> Event | None:
    seed = next(talker.seeds)
    prompts = [*talker.open] or ["gone"]
    match act:
        case ("types", str(text), Heard() as heard, bool(edited)):
            return Typed(seed, text, heard, edited)
        case ("commands", str(name), Heard() as heard):
            return Commanded(seed, name, heard)
        case ("taps", str(option), int(number)):
            return Pressed(seed, prompts[-1 - number % len(prompts)], option)
        case ("shares", bool(ashore)):
            return Located(seed, (("Europe/Berlin", "Berlin"),) if ashore else ())
        case ("reminded",):
            return Reminded(seed, "water")
        case ("began", str(flow)):
            return Began(seed, FlowName(flow))
        case ("silent", int(number)):
            return Waited(seed, TALK, prompts[-1 - number % len(prompts)])
        case ("later", int(hours)):
            talker.later(timedelta(hours=hours))
            return None
        case _:
            return Showed(seed)


@settings(max_examples=300, deadline=None)
@given(st.lists(ACTS, max_size=25), st.booleans())
def test_the_laws_hold_whatever_people_do(acts: list[tuple[object, ...]], agreed: bool) -> None:
    """No exception, no mistake, a small state that survives writing, consent kept, alarms always answered."""
    talker = Talker(FLOWS, SomeFacts(consent=agreed))
    erased = False
    for act in acts:
        event = _event(talker, act)
        if event is None:
            continue
        before, consent = talker.conversation, bool(talker.facts.fact("person.consent"))
        sprint = talker.happens(event)  # writes and reads the state, and holds its size
        kept = [effect for effect in sprint.effects if isinstance(effect, NEED_CONSENT)]
        assert consent or sprint.facts.fact("person.consent") or not kept
        mistakes = [effect for effect in sprint.effects if isinstance(effect, effects.Mistake)]
        assert all("before consent" in mistake.message for mistake in mistakes)
        assert len(talker.conversation.talks) <= 2
        assert len({talk.nonce for talk in talker.conversation.talks}) == len(talker.conversation.talks)
        erased = erased or any(isinstance(effect, effects.Erase) for effect in sprint.effects)
        if isinstance(event, Typed | Commanded) and event.heard.level in {"emergency", "crisis"}:
            assert held(FLOWS, talker.conversation, talker.now)
            assert {"small.card", "small.again"} & set(talker.said) or (isinstance(event, Typed) and event.edited)
        if (
            isinstance(event, Pressed)
            and before.holding(event.nonce) is None
            and not any(talk.answered == event.nonce for talk in before.talks)
        ):
            assert talker.last[0] != effects.Toast(None)


@settings(max_examples=100, deadline=None)
@given(st.lists(ACTS, max_size=12))
def test_the_same_past_gives_the_same_future(acts: list[tuple[object, ...]]) -> None:
    """Pure: the same state, event, facts and time give the same sprint, from the state read back too."""
    talker = Talker(FLOWS)
    for act in acts:
        event = _event(talker, act)
        if event is None:
            continue
        read_back = load(dump(talker.conversation))
        again = advance(FLOWS, read_back, event, talker.facts, talker.now)
        assert talker.happens(event) == again
