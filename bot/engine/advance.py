"""`advance`: a talk, something that happened, the facts and the time in; the talk and its effects out. Pure.

It never raises on what a person does. What an author did wrong becomes a `Mistake` for the log and a way home for the
person. Warning signs come before everything, in every state.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest
from typing import assert_never

from bot.engine import answers, effects
from bot.engine.answers import Answer, Candidates, Parsed, Return, Toggle
from bot.engine.conversation import Conversation, Talk, dump
from bot.engine.events import Began, Commanded, Event, Heard, Pressed, Reminded, Showed, Typed, Waited
from bot.engine.facts import OWN, Facts
from bot.engine.model import CALLER, TALK, Flows, Kind, Lane, Several, Step, Times, Told, Value, WallTime, Words
from bot.engine.run import PASSED, Lost, Run, replace_top

ALARMS = ("emergency", "crisis")
MOST_TALKS, MOST_BYTES = 2, 1000
OF_THE_WORDS = ("level", "foreign", "asks", "found")
"""What the last words say of themselves takes the place of what was heard before; no sign, doubt or place is undone."""
TIMES = ("at", "second", "third")
WAYS_OUT = ("stop", "stop_reminders", "erase", "help", "remind")
"""Wishes that are no words of their own, even where these are asked for."""


@dataclass(frozen=True, slots=True)
class Sprint:
    """What one event led to. `facts` are as they are after the effects."""

    conversation: Conversation
    effects: tuple[effects.Effect, ...]
    facts: Facts


def advance(flows: Flows, conversation: Conversation, event: Event, facts: Facts, now: datetime) -> Sprint:
    """Run to the next wait. `now` is UTC. Never raises on user input."""
    run = Run(flows, conversation, facts, now, event.seed)
    try:
        _happen(run, event, stranded=_drop_ended(run))
        _slim(run)
    except Lost as lost:
        run.effects.append(effects.Mistake(lost.where, lost.message))
        for talk in run.conversation.talks:
            run.effects.append(effects.Withdraw(talk.nonce))
        run.conversation = Conversation()
        run.say_house("common.lost")
    return Sprint(run.conversation, tuple(run.effects), run.facts)


def awaited(flows: Flows, conversation: Conversation, now: datetime) -> Kind | None:
    """Return what kind of answer the talk waits for: whoever reads free text looks only for that.

    Where nothing is open but what is asked aside, or a menu, it is the time of day that is asked for there.
    """
    talks = conversation.at(now)
    talk = talks.talk(TALK)
    kind = None if talk is None else _kind(flows, talk)
    if talk is None or at_a_menu(flows, conversation, now):
        asides = (_kind(flows, aside) for aside in reversed(talks.talks) if aside.lane != TALK)
        kind = next((each for each in asides if isinstance(each, WallTime | Times)), kind)
    return kind


def _kind(flows: Flows, talk: Talk) -> Kind | None:
    flow = flows.flows.get(talk.top.flow)
    step = flow.steps.get(talk.top.step) if flow is not None else None
    return step.ask.kind if step is not None and step.ask is not None else None


def at_a_menu(flows: Flows, conversation: Conversation, now: datetime) -> bool:
    """Whether what is open gives way to whatever else is wanted: there one searches as if nothing were open."""
    talk = conversation.at(now).talk(TALK)
    flow = flows.flows.get(talk.top.flow) if talk is not None else None
    return flow is not None and flow.yields != "nothing"


def held(flows: Flows, conversation: Conversation, now: datetime) -> bool:
    """Whether an emergency card is open: reminders wait."""
    talk = conversation.at(now).talk(TALK)
    return talk is not None and any(f.flow in flows.flows and flows.flows[f.flow].holds for f in talk.frames)


def _drop_ended(run: Run) -> bool:
    """Drop the talks that were left alone too long, or whose question a deploy took away; return if any was of these.

    Before anything else, so that a warning sign or a command never meets a question that is not there any more.
    """
    stranded = False
    for talk in run.conversation.talks:
        if (lost := run.stranded(talk)) is not None:
            run.effects += (effects.Mistake(lost.where, lost.message), effects.Withdraw(talk.nonce))
            run.conversation = run.conversation.without(talk.lane)
            stranded |= talk.until > run.now
        elif talk.until <= run.now and talk.lane != TALK:
            run.settle(talk, PASSED)
        elif talk.until <= run.now and not run.step_aside(talk):
            run.withdraw(talk)
    run.conversation = run.conversation.at(run.now)
    return stranded


def _slim(run: Run) -> None:
    """Keep the state small: where too much waits aside, what has waited longest is no longer open."""
    while len(run.conversation.talks) > MOST_TALKS and len(dump(run.conversation).encode()) > MOST_BYTES:
        oldest = next(talk for talk in run.conversation.talks if talk.lane != TALK)
        run.withdraw(oldest)
        run.conversation = run.conversation.without(oldest.lane)


def _happen(run: Run, event: Event, *, stranded: bool) -> None:
    talk = run.conversation.talk(TALK)
    holds = held(run.flows, run.conversation, run.now)
    if isinstance(event, Typed | Commanded) and _alarm(run, event, talk):
        return
    if stranded and not _apologised(run, event):
        return
    match event:
        case Typed(edited=True):
            if not holds and event.heard.level == "doctor":
                _sign(run, "doctor", event.heard)
        case Typed():
            _typed(run, event, talk, holds=holds)
        case Commanded():
            _commanded(run, event, talk, holds=holds)
        case Pressed():
            _pressed(run, event, apologised=stranded)
        case Showed():
            if not (talk and holds):
                run.say_house("common.media")
            _present(run, talk, again=True)
        case Reminded(kind=kind, words=words):
            if not holds and kind in OWN:
                run.begin(run.flows.reminders["own"], {"slot": kind, "words": words}, aside=True, lane=Lane(kind))
            elif not holds:
                run.begin(run.flows.reminders[kind], {}, aside=True)
        case Began(flow=flow, data=data):
            if not holds:
                run.begin(flow, data)
        case Waited():
            _waited(run, event)
        case _:
            assert_never(event)


def _apologised(run: Run, event: Event) -> bool:
    """Say sorry to whoever finds their question gone; return whether there is more to do with what they did."""
    if isinstance(event, Reminded | Began | Waited) or (
        isinstance(event, Typed | Commanded) and event.heard.level == "doctor"
    ):
        return True  # nobody waits for an apology; and none stands before a card
    run.say_house("common.lost")
    return not isinstance(event, Typed)


def _alarm(run: Run, event: Typed | Commanded, talk: Talk | None) -> bool:
    """Open the card of an emergency or a crisis. If that very card is open, what was typed may be its answer."""
    if event.heard.level not in ALARMS:
        return False
    if talk is None or talk.top.flow != run.flows.signs[event.heard.level]:
        _sign(run, event.heard.level, event.heard)
        return True
    if isinstance(event, Commanded):
        _present(run, talk, again=True)
        return True
    return False


def _sign(run: Run, level: str, heard: Heard) -> None:
    run.begin(run.flows.signs[level], _given(heard))


def _given(heard: Heard) -> dict[str, Value]:
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


def _wanted(heard: Heard, *, kept: bool) -> dict[str, Value]:
    """Return what a wish hands over; words of theirs only if they may be `kept`, for the talk keeps them."""
    return {
        **_given(heard),
        "intent": heard.intent,
        "amount": heard.amount,
        "about": heard.about,
        "words": heard.words if kept else None,
        "times": heard.at or heard.spaced or None,
        "hours": heard.hours,
        **_times(heard.at),
    }


def _times(at: tuple[str, ...]) -> dict[str, Value]:
    """Return the times of a wish by their names. Whoever names more is asked."""
    if not 0 < len(at) <= len(TIMES):
        return dict.fromkeys((*TIMES, "clock"))
    return {**dict(zip_longest(TIMES, at)), "clock": ", ".join(at)}


def _typed(run: Run, event: Typed, talk: Talk | None, *, holds: bool) -> None:
    heard = event.heard
    asides = [aside for aside in run.conversation.talks if aside.lane != TALK]
    open_talks = (*([talk] if talk else ()), *reversed(asides))
    for one in open_talks:
        if _take(run, one, answers.named(run.question(one)[2], event.text, _picked(run, one))):
            # “Two weeks or more”, typed where it is a button: the flow deals with it as with the press.
            return
    if not holds and heard.level == "doctor":
        if talk is not None and heard.doubt is None:
            talk, all_ticked = _ticked(run, talk, heard)
            if all_ticked:
                run.withdraw(talk)
                run.open(talk.frames, talk.lane, talk.answered, lead="common.ticked", tries=talk.tries)
                return
        told = talk is not None and isinstance(run.question(talk)[2].kind, Told)
        level = "doctor" if heard.doubt is None else "doubt"
        # Whoever was asked to tell has told: the card is the answer, the question is not put again.
        run.begin(run.flows.signs[level], _given(heard), resume=False if told else None)
        return
    wanted = run.flows.intents.get(heard.intent or "")
    # Whoever was asked for words of their own has said them, though they may be a wish elsewhere («exercise»).
    told = talk is not None and isinstance(run.question(talk)[2].kind, Words) and heard.intent not in WAYS_OUT
    if wanted is not None and not (holds or told):
        if not any(_take(run, one, answers.wished(run.question(one)[2], heard)) for one in open_talks):
            run.begin(wanted, _wanted(heard, kept=run.facts.fact("person.consent") is True), wish=True)
        return
    if any(_answers(run, one, event) for one in open_talks):
        return
    if heard.topics and run.flows.topic is not None and not (holds or heard.foreign):
        # Whoever was asked to tell has told: the article is the answer, the question is not put again.
        told = talk is not None and isinstance(run.question(talk)[2].kind, Told)
        run.begin(run.flows.topic, _given(heard), resume=False if told else None, wish=True)
        return
    if heard.foreign and not holds:
        # Nothing was understood, so nothing is said about what was heard: the question, or the first one, in English.
        run.say_house("common.other_language", "help.emergency")
        if talk is not None:
            _present(run, talk)
            return
    # A menu has no answer to a question, and an article none to anything: it is dealt with as if they were not there.
    wish = heard.asks and heard.level == "none"
    if talk is not None and (holds or not run.yields(talk.top, wish=wish)):
        _misunderstood(run, talk, heard)
    else:
        run.begin(run.flows.idle, _given(heard), wish=True)


def _answers(run: Run, talk: Talk, event: Typed) -> bool:
    _, _, ask = run.question(talk)
    if isinstance(ask.kind, Told) and (event.heard.foreign or (event.heard.topics and event.heard.asks)):
        return False  # a question is answered; and what was not read is not taken for harmless
    return _take(run, talk, answers.typed(ask, event.text, event.heard, _picked(run, talk)))


def _ticked(run: Run, talk: Talk, heard: Heard) -> tuple[Talk, bool]:
    """Tick the signs that were typed where they are asked for: now, or by a later question of the same flow.

    Return the talk, and whether every sign has its place: then the flow itself leads to the doctor.
    """
    frame, _, ask = run.question(talk)
    if not isinstance(ask.kind, Several):
        return talk, False
    left, data = set(heard.signs), dict(frame.data)
    for name, field in run.flow(frame.flow).data.items():
        if isinstance(field.kind, Several) and field.computed is None:
            before = data.get(name)
            ticked = {*(before if isinstance(before, tuple) else ()), *heard.signs}
            data[name] = tuple(option for option in field.kind.options if option in ticked)
            left -= set(field.kind.options)
    talk = replace(talk, frames=replace_top(talk.frames, replace(frame, data=data)))
    run.conversation = run.conversation.put(talk)
    return talk, not left


def _picked(run: Run, talk: Talk) -> tuple[str, ...]:
    """Return the toggles of the open question that are on."""
    frame, _, ask = run.question(talk)
    picked = frame.data.get(ask.fills)
    return picked if isinstance(picked, tuple) else ()


def _misunderstood(run: Run, talk: Talk, heard: Heard) -> None:
    """Ask once more, or go where the flow goes after so many tries: with what was heard, so that it can be answered."""
    frame, _, ask = run.question(talk)
    run.withdraw(talk)
    if ask.tries is not None and talk.tries + 1 >= ask.tries.most:
        known = run.flow(frame.flow).data
        data = {name: value for name, value in _given(heard).items() if name in known and name in OF_THE_WORDS}
        frame = replace(frame, step=ask.tries.then, data={**frame.data, **data})
        run.go(replace_top(talk.frames, frame), talk.lane)
        return
    lead: str | None = "common.tap" if isinstance(ask.kind, Several) else "common.not_understood"
    if ask.again is not None:
        lead = None
    run.open(talk.frames, talk.lane, talk.answered, lead=lead, again=True, tries=talk.tries + 1)


def _commanded(run: Run, event: Commanded, talk: Talk | None, *, holds: bool) -> None:
    name = run.flows.commands.get(event.command)
    if holds and (name is None or not run.flow(name).pierces):
        _present(run, talk, again=True)
        return
    if not holds and event.heard.level == "doctor":
        _sign(run, "doctor" if event.heard.doubt is None else "doubt", event.heard)
        if name is None or event.heard.doubt is not None:
            return
    if name is not None:
        run.begin(name, _given(event.heard), resume=True if holds else None)
    elif event.command == "back" and talk is not None and run.question(talk)[2].back is not None:
        _take(run, talk, Return())
    else:
        run.say_house("common.unknown_command")
        _present(run, talk)


def _pressed(run: Run, event: Pressed, *, apologised: bool) -> None:
    talk = run.conversation.holding(event.nonce)
    if talk is not None:
        parsed = answers.pressed(run.question(talk)[2], event.option, _picked(run, talk), talk.offered)
        if parsed is not None:
            run.do(effects.Toast(None))
            _take(run, talk, parsed)
            return
    if event.nonce and any(talk.answered == event.nonce for talk in run.conversation.talks):
        # The second tap of a double tap: what followed from the first is on the screen already.
        run.do(effects.Toast("common.already"))
        return
    run.do(effects.Toast("common.stale"))
    if run.conversation.talks:
        _present(run, run.conversation.talk(TALK), again=True)
    elif not apologised:
        run.say_house("common.nothing_open")


def _present(run: Run, talk: Talk | None, *, again: bool = False) -> None:
    """Show the open question once more, below what was just said."""
    if talk is not None:
        run.withdraw(talk)
        shown = tuple((zone, answers.city(zone)) for zone in talk.offered)
        run.open(talk.frames, talk.lane, talk.answered, again=again, tries=talk.tries, zones=shown)


def _take(run: Run, talk: Talk, parsed: Parsed) -> bool:
    """Take an answer; `False` if it was none."""
    if parsed is None:
        return False
    if talk.lane != TALK and run.flow(talk.frames[0].flow).lane == TALK:
        talk = run.take_floor(talk)
    frame, step, ask = run.question(talk)
    match parsed:
        case Answer(value, chosen):
            if step.say is not None:
                text = ask.again if ask.again is not None and talk.tries else step.say
                if answers.options(ask, (), tuple((z, z) for z in talk.offered)):
                    key, values = run.key(frame, text), run.filled(frame, text)
                    run.do(effects.Close(talk.nonce, key, values, chosen, pictured=step.picture is not None))
            frame = replace(frame, data={**frame.data, ask.fills: value})
            frame = replace(frame, step=run.onward(frame, step))
            run.go(replace_top(talk.frames, frame), talk.lane, answered=talk.nonce, place=_place(step, talk))
        case Toggle(picked):
            frame = replace(frame, data={**frame.data, ask.fills: picked})
            run.do(effects.Repaint(talk.nonce, answers.options(ask, picked), ask.columns))
            run.conversation = run.conversation.put(replace(talk, frames=replace_top(talk.frames, frame)))
        case Candidates(zones):
            run.withdraw(talk)
            run.open(talk.frames, talk.lane, talk.answered, lead="common.which_place", zones=zones)
        case Return():
            run.withdraw(talk)
            frames, back = talk.frames, ask.back
            out = run.way_out(frames) if back == CALLER else None
            frames, back = out or (frames, back)
            run.go(replace_top(frames, replace(frames[-1], step=back or frame.step)), talk.lane, answered=talk.nonce)
        case _:
            assert_never(parsed)
    return True


def _place(step: Step, talk: Talk) -> str:
    """Return the nonce of a message that can become the next question: one with a picture cannot."""
    return talk.nonce if step.picture is None else ""


def _waited(run: Run, event: Waited) -> None:
    talk = run.conversation.holding(event.nonce)
    if talk is None or talk.lane != event.lane:
        return
    frame, step, ask = run.question(talk)
    if ask.wait is not None:
        frames = replace_top(talk.frames, replace(frame, step=ask.wait.late if event.late else ask.wait.then))
        run.withdraw(talk)
        run.go(frames, talk.lane, talk.answered, place=_place(step, talk))
        return
    if ask.silence is None:
        return
    if talk.nudges < ask.silence.times:
        run.say(frame, ask.silence.say)
        run.do(effects.AwaitSilence(talk.lane, talk.nonce, ask.silence.after))
        run.conversation = run.conversation.put(replace(talk, nudges=talk.nudges + 1))
        return
    run.withdraw(talk)
    run.go(replace_top(talk.frames, replace(frame, step=ask.silence.then)), talk.lane)
