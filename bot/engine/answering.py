"""What an answer does to the open question: it is taken, ticked, put once more, or left to wait."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from bot.engine import answers, effects
from bot.engine.answers import Answer, Candidates, Parsed, Return, Toggle
from bot.engine.conversation import Talk, replace_top
from bot.engine.events import Heard, Typed, Waited
from bot.engine.handed import OF_THE_WORDS, given
from bot.engine.kinds import Several, Told, Zone
from bot.engine.model import Step
from bot.engine.names import CALLER, TALK
from bot.engine.run import Run

WHY = {"past": "common.past", "far": "common.far", "weekly": "common.weekly", "no_hour": "common.no_hour"}
"""What is said of a moment that cannot be."""


def taken_as_answer(run: Run, talk: Talk, event: Typed) -> bool:
    """Take what was typed as the answer to a question, if it is one; `False` if not."""
    _, _, ask = run.question(talk)
    if isinstance(ask.kind, Told) and (event.heard.foreign or (event.heard.topics and event.heard.asks)):
        return False  # a question is answered; and what was not read is not taken for harmless
    return take(run, talk, answers.typed(ask, event.text, event.heard, picked_now(run, talk)))


def located(run: Run, talk: Talk, zones: Sequence[tuple[str, str]]) -> bool:
    """Take a place on the map as the answer where a zone is asked for; `False` where it is not."""
    if not isinstance(run.question(talk)[2].kind, Zone):
        return False
    if not take(run, talk, answers.placed(zones)):
        misunderstood(run, talk, Heard(), "common.no_zone")
    return True


def ticked(run: Run, talk: Talk, heard: Heard) -> tuple[Talk, bool]:
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


def picked_now(run: Run, talk: Talk) -> tuple[str, ...]:
    """Return the toggles of the open question that are on."""
    frame, _, ask = run.question(talk)
    picked = frame.data.get(ask.fills)
    return picked if isinstance(picked, tuple) else ()


def misunderstood(run: Run, talk: Talk, heard: Heard, lead: str | None = None) -> None:
    """Ask once more, or go where the flow goes after so many tries: with what was heard, so that it can be answered.

    `lead`: said above the question, if there is something better than that it was not understood.
    """
    frame, _, ask = run.question(talk)
    run.withdraw(talk)
    if ask.tries is not None and talk.tries + 1 >= ask.tries.most:
        known = run.flow(frame.flow).data
        data = {name: value for name, value in given(heard).items() if name in known and name in OF_THE_WORDS}
        frame = replace(frame, step=ask.tries.then, data={**frame.data, **data})
        run.go(replace_top(talk.frames, frame), talk.lane)
        return
    if lead is None:
        lead = "common.tap" if isinstance(ask.kind, Several) else "common.not_understood"
    if heard.trouble is not None and answers.moment_kind(ask) is not None:
        lead = WHY[heard.trouble]
    if ask.again is not None:
        lead = None
    run.open(talk.frames, talk.lane, talk.answered, lead=lead, again=True, tries=talk.tries + 1)


def present(run: Run, talk: Talk | None, *, again: bool = False) -> None:
    """Show the open question once more, below what was just said."""
    if talk is not None:
        run.withdraw(talk)
        shown = tuple((zone, answers.city(zone)) for zone in talk.offered)
        run.open(talk.frames, talk.lane, talk.answered, again=again, tries=talk.tries, zones=shown)


def take(run: Run, talk: Talk, parsed: Parsed) -> bool:
    """Take an answer; `False` if it was none."""
    if parsed is None:
        return False
    if talk.lane != TALK and run.flow(talk.frames[0].flow).lane == TALK:
        talk = run.take_floor(talk)
    frame, step, ask = run.question(talk)
    match parsed:
        case Answer(value, chosen, other):
            if step.say is not None:
                text = ask.again if ask.again is not None and talk.tries else step.say
                if answers.options(ask, (), tuple((z, z) for z in talk.offered)):
                    key, values = run.key(frame, text), run.filled(frame, text)
                    run.do(effects.Close(talk.nonce, key, values, chosen, pictured=step.picture is not None))
            kept = {name: held for name, held in frame.data.items() if name not in {ask.fills, ask.other}}
            said = {"days": parsed.days} if parsed.days else {}
            frame = replace(frame, data={**kept, ask.other if other else ask.fills: value, **said})
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


def waited(run: Run, event: Waited) -> None:
    """Go on after a silence that the question had asked for: its next step, a word into the silence, or its end."""
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
