"""`advance`: a talk, something that happened, the facts and the time in; the talk and its effects out. Pure.

It never raises on what a person does. What an author did wrong becomes a `Mistake` for the log and a way home for the
person. Warning signs come before everything, in every state.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from bot.engine import answers, effects
from bot.engine.answering import located, misunderstood, picked_now, present, take, taken_as_answer, ticked, waited
from bot.engine.answers import Return
from bot.engine.conversation import Conversation, Talk, dump
from bot.engine.events import Began, Commanded, Event, Heard, Located, Pressed, Reminded, Showed, Typed, Waited
from bot.engine.facts import OWN, Facts
from bot.engine.handed import given, wished
from bot.engine.kinds import Kind, Times, Told, Value, WallTime, Words
from bot.engine.looking import Lost
from bot.engine.model import Ask, Flows
from bot.engine.names import TALK, Lane
from bot.engine.run import Run
from bot.engine.saying import PASSED

ALARMS = ("emergency", "crisis")
MOST_TALKS, MOST_BYTES = 2, 1000
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
    ask = _awaiting(flows, conversation, now)
    return None if ask is None else ask.kind


def else_awaited(flows: Flows, conversation: Conversation, now: datetime) -> Kind | None:
    """Return what kind of answer else may be typed to the same question."""
    ask = _awaiting(flows, conversation, now)
    return None if ask is None else ask.other_kind


def _awaiting(flows: Flows, conversation: Conversation, now: datetime) -> Ask | None:
    talks = conversation.at(now)
    talk = talks.talk(TALK)
    ask = None if talk is None else _ask(flows, talk)
    if talk is None or at_a_menu(flows, conversation, now):
        asides = (_ask(flows, aside) for aside in reversed(talks.talks) if aside.lane != TALK)
        ask = next((each for each in asides if each is not None and _typed_when(each)), ask)
    return ask


def _typed_when(ask: Ask) -> bool:
    return isinstance(ask.kind, WallTime | Times) or answers.moment_kind(ask) is not None


def _ask(flows: Flows, talk: Talk) -> Ask | None:
    flow = flows.flows.get(talk.top.flow)
    step = flow.steps.get(talk.top.step) if flow is not None else None
    return step.ask if step is not None else None


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
            present(run, talk, again=True)
        case Located(zones=zones):
            if talk is None or not located(run, talk, zones):
                if not (talk and holds):
                    run.say_house("common.place")
                present(run, talk, again=True)
        case Reminded(kind=kind, words=words, once=once, given=handed):
            if not holds and kind in OWN:
                theirs: dict[str, Value] = {"slot": kind, "words": words, "once": once}
                run.begin(run.flows.reminders["own"], theirs, aside=True, lane=Lane(kind))
            elif not holds:
                run.begin(run.flows.reminders[kind], handed, aside=True)
        case Began(flow=flow, data=data):
            if not holds:
                run.begin(flow, data)
        case Waited():
            waited(run, event)
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
        present(run, talk, again=True)
        return True
    return False


def _sign(run: Run, level: str, heard: Heard) -> None:
    run.begin(run.flows.signs[level], given(heard))


def _typed(run: Run, event: Typed, talk: Talk | None, *, holds: bool) -> None:
    heard = event.heard
    asides = [aside for aside in run.conversation.talks if aside.lane != TALK]
    open_talks = (*([talk] if talk else ()), *reversed(asides))
    for one in open_talks:
        if take(run, one, answers.named(run.question(one)[2], event.text, picked_now(run, one))):
            # “Two weeks or more”, typed where it is a button: the flow deals with it as with the press.
            return
    if not holds and heard.level == "doctor":
        if talk is not None and heard.doubt is None:
            talk, all_ticked = ticked(run, talk, heard)
            if all_ticked:
                run.withdraw(talk)
                run.open(talk.frames, talk.lane, talk.answered, lead="common.ticked", tries=talk.tries)
                return
        told = talk is not None and isinstance(run.question(talk)[2].kind, Told)
        level = "doctor" if heard.doubt is None else "doubt"
        # Whoever was asked to tell has told: the card is the answer, the question is not put again.
        run.begin(run.flows.signs[level], given(heard), resume=False if told else None)
        return
    wanted = run.flows.intents.get(heard.intent or "")
    # Whoever was asked for words of their own has said them, though they may be a wish elsewhere («exercise»).
    told = talk is not None and isinstance(run.question(talk)[2].kind, Words) and heard.intent not in WAYS_OUT
    if wanted is not None and not (holds or told):
        if not any(take(run, one, answers.wished(run.question(one)[2], heard)) for one in open_talks):
            run.begin(wanted, wished(heard, kept=run.facts.fact("person.consent") is True), wish=True)
        return
    if any(taken_as_answer(run, one, event) for one in open_talks):
        return
    if heard.topics and run.flows.topic is not None and not (holds or heard.foreign):
        # Whoever was asked to tell has told: the article is the answer, the question is not put again.
        told = talk is not None and isinstance(run.question(talk)[2].kind, Told)
        run.begin(run.flows.topic, given(heard), resume=False if told else None, wish=True)
        return
    if heard.foreign and not holds:
        # Nothing was understood, so nothing is said about what was heard: the question, or the first one, in English.
        run.say_house("common.other_language", "help.emergency")
        if talk is not None:
            present(run, talk)
            return
    asked = next((aside for aside in reversed(asides) if answers.moment_kind(run.question(aside)[2])), None)
    if heard.trouble is not None and asked is not None and (talk is None or run.yields(talk.top, wish=False)):
        misunderstood(run, asked, heard)  # a moment that cannot be, said to a reminder
        return
    # A menu has no answer to a question, and an article none to anything: it is dealt with as if they were not there.
    wish = heard.asks and heard.level == "none"
    if talk is not None and (holds or not run.yields(talk.top, wish=wish)):
        misunderstood(run, talk, heard)
    else:
        run.begin(run.flows.idle, given(heard), wish=True)


def _commanded(run: Run, event: Commanded, talk: Talk | None, *, holds: bool) -> None:
    name = run.flows.commands.get(event.command)
    if holds and (name is None or not run.flow(name).pierces):
        present(run, talk, again=True)
        return
    if not holds and event.heard.level == "doctor":
        _sign(run, "doctor" if event.heard.doubt is None else "doubt", event.heard)
        if name is None or event.heard.doubt is not None:
            return
    if name is not None:
        run.begin(name, given(event.heard), resume=True if holds else None)
    elif event.command == "back" and talk is not None and run.question(talk)[2].back is not None:
        take(run, talk, Return())
    else:
        run.say_house("common.unknown_command")
        present(run, talk)


def _pressed(run: Run, event: Pressed, *, apologised: bool) -> None:
    talk = run.conversation.holding(event.nonce)
    if talk is not None:
        parsed = answers.pressed(run.question(talk)[2], event.option, picked_now(run, talk), talk.offered)
        if parsed is not None:
            run.do(effects.Toast(None))
            take(run, talk, parsed)
            return
    if event.nonce and any(talk.answered == event.nonce for talk in run.conversation.talks):
        # The second tap of a double tap: what followed from the first is on the screen already.
        run.do(effects.Toast("common.already"))
        return
    run.do(effects.Toast("common.stale"))
    if run.conversation.talks:
        present(run, run.conversation.talk(TALK), again=True)
    elif not apologised:
        run.say_house("common.nothing_open")
