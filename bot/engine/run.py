"""One sprint: from something that happened to the next wait. Bounded in steps, depth and work.

A `Run` lives for one `advance`. It gathers effects and keeps the facts as they are after them, so that a step can speak
of what the step before it did.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from bot.engine import answers, effects
from bot.engine.conditions import Expression
from bot.engine.conversation import Conversation, Frame, Talk
from bot.engine.facts import Facts
from bot.engine.model import (
    CALLER,
    CARDS,
    MAX_DEPTH,
    OPEN_ASIDE,
    TALK,
    Act,
    Ask,
    CallOff,
    Count,
    Flag,
    Flow,
    FlowName,
    Flows,
    Forget,
    Given,
    Halt,
    Keep,
    Lane,
    Later,
    Let,
    Look,
    Put,
    PutOff,
    Remind,
    Several,
    Step,
    StepId,
    Text,
    Value,
    Where,
)

MOST_STEPS = 60
"""Steps of one sprint. An author's loop without a question ends here, and so does the talk, politely."""
MOST_FRAMES = 8
PASSED, SETTLED = "common.passed", "common.settled"
"""What became of a reminder that was not answered itself."""
_NOTHING: Mapping[type, Value] = {Several: (), Flag: False}
"""What data is before anything was put into it; of every other kind there is none."""
NEED_CONSENT = (effects.Save, effects.Log, effects.SetReminder, effects.Snooze, effects.Schedule)


class Lost(Exception):  # noqa: N818  (it names where the talk is)
    """The author's, met at run time: the talk cannot go on. Caught in `advance`; nobody else sees it."""

    def __init__(self, where: Where, message: str) -> None:
        self.where, self.message = where, message
        super().__init__(message)


class Run:
    """The work of one sprint."""

    def __init__(self, flows: Flows, conversation: Conversation, facts: Facts, now: datetime, seed: str) -> None:
        self.flows, self.facts, self.now = flows, facts, now
        self.conversation = conversation
        self.effects: list[effects.Effect] = []
        self._seed, self._prompts, self._steps = seed, 0, 0

    # Looking ---------------------------------------------------------------------------------------------------

    def flow(self, name: FlowName) -> Flow:
        """Return a flow; `Lost` if a deploy took it away."""
        try:
            return self.flows.flows[name]
        except KeyError:
            raise Lost(Where(f"flows/{name}.yaml", 1), f"flow «{name}» is gone") from None

    def step(self, frame: Frame) -> Step:
        """Return the step where a frame is; `Lost` if a deploy took it away."""
        flow = self.flow(frame.flow)
        try:
            return flow.steps[frame.step]
        except KeyError:
            raise Lost(flow.where, f"step «{frame.step}» of flow «{frame.flow}» is gone") from None

    def question(self, talk: Talk) -> tuple[Frame, Step, Ask]:
        """Return what a talk waits at."""
        step = self.step(talk.top)
        return talk.top, step, self.asked(talk.frames)

    def asked(self, frames: tuple[Frame, ...]) -> Ask:
        """Return the question of the top frame; its way back is there only if it leads somewhere."""
        step = self.step(frames[-1])
        if step.ask is None:
            raise Lost(step.where, f"step «{step.id}» no longer asks anything")
        if step.ask.back == CALLER and self.way_out(frames) is None:
            return replace(step.ask, back=None)
        return step.ask

    def way_out(self, frames: tuple[Frame, ...]) -> tuple[tuple[Frame, ...], StepId] | None:
        """Return where the way back out of the top flow leads, and the frames there; None where nobody says it."""
        while len(frames) > 1:
            flow, frames = frames[-1].flow, frames[:-1]
            call = self.step(frames[-1]).call
            if call is None or call.flow != flow or call.back is None:
                return None
            if call.back != CALLER:
                return frames, call.back
        return None

    def stranded(self, talk: Talk) -> Lost | None:
        """Return why a talk cannot go on, if a deploy took a flow or a step of it away."""
        try:
            for frame in talk.frames:
                self.step(frame)
            self.question(talk)
        except Lost as lost:
            return lost
        return None

    def value(self, frame: Frame, given: Given) -> Value:
        """Return what an author's value is now."""
        if not isinstance(given, Expression):
            return given
        try:
            result: Value = given(lambda name: self.look(frame, name))
        except TypeError:
            raise Lost(self.step(frame).where, f"«{given.source}» needs a value that is not there yet") from None
        return result

    def look(self, frame: Frame, name: str) -> Value:
        """Return the value of a name: the flow's data first, then the facts."""
        field = self.flow(frame.flow).data.get(name)
        if field is None:
            return self.facts.fact(name)
        if field.computed is not None:
            return self.value(frame, field.computed)
        return frame.data.get(name, _NOTHING.get(type(field.kind)))

    def told_to_go(self, frame: Frame) -> bool:
        """Return whether this is the doctor's card, and for more than fear alone: facts that calm may meet a fear."""
        if frame.flow != self.flows.signs.get("doctor"):
            return False
        return "only_fear" not in self.flow(frame.flow).data or self.look(frame, "only_fear") is not True

    def filled(self, frame: Frame, text: Text) -> effects.Values:
        """Return what a text's placeholders stand for."""
        return {name: self.look(frame, name) for name in text.needs}

    # Doing -----------------------------------------------------------------------------------------------------

    def do(self, effect: effects.Effect, where: Where | None = None) -> None:
        """Take an effect up. Nothing about a person is kept before they agreed: a flow that tries is mistaken."""
        about_them = isinstance(effect, effects.SetPerson) and effect.field != "consent"
        if (about_them or isinstance(effect, NEED_CONSENT)) and not self.facts.fact("person.consent"):
            self.effects.append(effects.Mistake(where or Where("flows", 1), "tries to store something before consent"))
            return
        self.effects.append(effect)
        self.facts = self.facts.after(effect)
        match effect:
            case effects.Log(what, amount) if amount > 0:
                self.answered_elsewhere(what)
            case effects.Save("checkin", fields):
                self.answered_elsewhere("checkin", fields.get("day"))
            case _:
                pass

    def answered_elsewhere(self, kind: str, day: Value = None) -> None:
        """Close the reminder of what was done without it. `day`: only the one that asked about that day."""
        for talk in self.conversation.talks:
            first = talk.frames[0]
            asked = self.flow(first.flow).starts.reminder == kind and talk.lane != TALK
            if asked and (day is None or first.data.get("day") == day):
                self.settle(talk, SETTLED)
                self.conversation = self.conversation.without(talk.lane)

    def act(self, frame: Frame, act: Act, where: Where) -> None:
        """Do one act of a step."""
        match act:
            case Let():
                pass  # it changes the frame, which is not ours
            case Keep(to, fields):
                self.do(effects.Save(to, self.given(frame, fields)), where)
            case Put(fields):
                for name, value in self.given(frame, fields).items():
                    self.do(effects.SetPerson(name, value), where)
            case Count(what, amount):
                number = self.value(frame, amount)
                self.do(effects.Log(what, number if isinstance(number, int) else 0), where)
            case Remind(kind, at, words):
                times = None if at is None else self.times(frame, at)
                said = self.value(frame, words)
                about = said if isinstance(said, str) else None
                self.do(effects.SetReminder(str(self.value(frame, kind)), times, about), where)
            case PutOff(kind, wait, at):
                clock = self.value(frame, at)
                off = effects.Snooze(str(self.value(frame, kind)), wait, clock if isinstance(clock, str) else None)
                self.do(off, where)
            case Later(flow, after, at, name, data):
                time = self.value(frame, at)
                clock = time if isinstance(time, str) else None
                long = after if isinstance(after, timedelta) else timedelta(days=after(lambda n: self.look(frame, n)))
                self.do(effects.Schedule(name, flow, long, clock, self.given(frame, data)), where)
            case CallOff(name):
                self.do(effects.Unschedule(name))
            case Look(what):
                self.do(effects.Show(what))
            case Halt():
                self.do(effects.StopAll())
            case Forget():
                self.do(effects.Erase())
                self.conversation = Conversation()
            case _:
                assert_never(act)

    def times(self, frame: Frame, at: tuple[Given, ...]) -> tuple[str, ...]:
        """Return the times of day that an author's values are now; those that are missing are left out."""
        values = (self.value(frame, time) for time in at)
        several = (value if isinstance(value, tuple) else (value,) for value in values)
        return tuple(time for times in several for time in times if isinstance(time, str))

    def given(self, frame: Frame, fields: Mapping[str, Given]) -> dict[str, Value]:
        """Return an author's mapping as it is now."""
        return {name: self.value(frame, given) for name, given in fields.items()}

    def key(self, frame: Frame, text: Text) -> str:
        """Return where the words of a text stand; of an article, the one that its value names now."""
        return text.key if text.article is None else f"articles.{self.value(frame, text.article)}.{text.key}"

    def say(self, frame: Frame, text: Text, picture: str | None = None) -> None:
        """Say a text of a flow, below a picture if one is named, with what stands below it."""
        more = [part.text for part in text.also if part.condition is None or self.value(frame, part.condition)]
        also = tuple((self.key(frame, part), self.filled(frame, part)) for part in more)
        self.do(effects.Say(self.key(frame, text), self.filled(frame, text), picture, also))

    def say_house(self, key: str, *needs: str) -> None:
        """Say one of the house's own texts; `needs`: the facts that stand in it."""
        self.do(effects.Say(key, {name: self.facts.fact(name) for name in needs}))

    # Going -----------------------------------------------------------------------------------------------------

    def begin(
        self,
        name: FlowName,
        given: Mapping[str, Value],
        *,
        resume: bool | None = None,
        wish: bool = False,
        aside: bool = False,
        lane: Lane | None = None,
    ) -> None:
        """Start a flow in its lane, inside what runs there if that goes on afterwards.

        `wish`: they asked for it; `aside`: nobody did, and it may not take the floor. `lane`: another than its own.
        """
        flow = self.flow(name)
        lane = lane or (self.beside(flow) if aside else flow.lane)
        self.make_room(flow, lane)
        present = self.conversation.talk(lane)
        below: tuple[Frame, ...] = ()
        if present is not None:
            if lane == TALK:
                self.withdraw(present)
            else:
                self.settle(present, PASSED)
            goes_on = lane == TALK and (flow.resumes if resume is None else resume)
            below = self.uncovered(present.frames, name, wish=wish) if goes_on else ()
        if flow.holds:
            for other in self.conversation.talks:
                if other.lane != lane:
                    self.withdraw(other)
            self.conversation = Conversation()
        handed = {
            **given,
            "within": bool(below),
            "doctor_below": any(map(self.told_to_go, below)),
            "aside": lane != TALK,
        }
        if "again" in flow.data and present is not None:
            handed["again"] = any(f.flow == name and _within(given, f.data, "signs") for f in present.frames)
        if "asked" in flow.data:  # once a day is enough
            today = self.facts.fact("person.today")
            handed["asked"] = any(talk.top.data.get("day") == today for talk in self.conversation.talks)
        data = {key: value for key, value in handed.items() if key in flow.data and value is not False}
        self.go((*below, Frame(name, flow.version, flow.first, data)), lane)

    def make_room(self, flow: Flow, lane: Lane) -> None:
        """Close the oldest question of a flow that asks in several lanes, where as many are open as may be."""
        others = [t for t in self.conversation.talks if t.frames[0].flow == flow.name and t.lane not in {TALK, lane}]
        for oldest in sorted(others, key=lambda talk: talk.until)[: max(0, len(others) - OPEN_ASIDE + 1)]:
            if lane != TALK:
                self.settle(oldest, PASSED)
                self.conversation = self.conversation.without(oldest.lane)

    def beside(self, flow: Flow) -> Lane:
        """Return where a flow asks aside: a free lane, or the one whose question has waited longest."""
        if flow.lane != TALK or flow.aside_for is None:
            return flow.lane
        lanes = [Lane(flow.name if number == 1 else f"{flow.name}.{number}") for number in range(1, OPEN_ASIDE + 1)]
        waiting = {talk.lane: talk.until for talk in self.conversation.talks}
        return min(lanes, key=lambda lane: (lane in waiting, waiting.get(lane)))

    def step_aside(self, talk: Talk) -> bool:
        """Let a question that was left alone wait aside, where its flow allows it; `False` if it is over."""
        begun = (at for at, frame in enumerate(talk.frames) if self.flow(frame.flow).aside_for is not None)
        if talk.lane != TALK or (first := next(begun, None)) is None or self.yields(talk.top, wish=True):
            return False
        flow = self.flow(talk.frames[first].flow)
        assert flow.aside_for is not None
        if (until := talk.until + flow.aside_for) <= self.now:
            return False
        lane = self.beside(flow)
        if (oldest := self.conversation.talk(lane)) is not None:
            self.withdraw(oldest)
        moved = replace(talk, lane=lane, frames=talk.frames[first:], until=until)
        self.conversation = self.conversation.without(talk.lane).put(moved)
        return True

    def take_floor(self, talk: Talk) -> Talk:
        """Bring a talk that was asked aside into the conversation, once it is answered.."""
        present = self.conversation.talk(TALK)
        first = talk.frames[0]
        below: tuple[Frame, ...] = ()
        if present is not None:
            self.withdraw(present)
            below = self.uncovered(present.frames, first.flow, wish=True)
        if "within" in self.flow(first.flow).data:
            first = replace(first, data={**first.data, "within": bool(below)})
        moved = replace(talk, lane=TALK, frames=(*below, first, *talk.frames[1:]))
        self.conversation = self.conversation.without(talk.lane).put(moved)
        return moved

    def uncovered(self, frames: tuple[Frame, ...], name: FlowName, *, wish: bool) -> tuple[Frame, ...]:
        """Return what of an interrupted talk goes on below a flow: none twice, not too deep, a question on top."""
        cut = next((i for i, frame in enumerate(frames) if frame.flow == name), len(frames))
        kept = frames[:cut][-(MAX_DEPTH - 1) :]
        while kept and (self.step(kept[-1]).ask is None or self.yields(kept[-1], wish=wish)):
            kept = kept[:-1]
        return kept

    def yields(self, frame: Frame, *, wish: bool) -> bool:
        """Whether a flow gives way to what begins above it, instead of asking again afterwards."""
        to = self.flow(frame.flow).yields
        return to == "anything" or (to == "wishes" and wish)

    def go(self, frames: tuple[Frame, ...], lane: Lane, answered: str = "", *, place: str = "") -> None:
        """Run until something is asked or everything has ended.

        `place`: the nonce of the message that a question in place may change; nothing stands below it yet.
        """
        self.conversation = self.conversation.without(lane)
        while True:
            self._steps += 1
            frame = frames[-1]
            step = self.step(frame)
            if self._steps > MOST_STEPS:
                raise Lost(step.where, f"{MOST_STEPS} steps without a question: a loop?")
            for act in step.acts:
                if isinstance(act, Let):
                    frame = replace(frame, data={**frame.data, **self.given(frame, act.fields)})
                    frames = replace_top(frames, frame)
                    continue
                self.act(frame, act, step.where)
                if isinstance(act, Forget):
                    frames = (frame,)  # what was interrupted is forgotten too
            if step.ask is not None:
                self.open(frames, lane, answered, place=place)
                return
            if step.say is not None:
                place = ""
                self.say(frame, step.say, step.picture)
            if step.tags & CARDS:
                frames = self.decided(frames)
            if step.switch is not None:
                self.begin(step.switch, self.given(frame, step.hand))
                return
            if step.call is not None:
                callee = self.flow(step.call.flow)
                if len(frames) >= MOST_FRAMES:
                    raise Lost(step.where, "flows inside flows, too deep")
                data = self.given(frame, step.call.give)
                frames = (*frames, Frame(callee.name, callee.version, callee.first, data))
                continue
            if step.end:
                done, frames = frame, frames[:-1]
                if not frames:
                    return
                under = self.step(frames[-1])
                if under.call is None:
                    # A card that holds begins with its heading, whatever pierced it.
                    holds = self.flow(frames[-1].flow).holds
                    self.open(frames, lane, answered, lead=None if holds else "common.resumed", again=holds)
                    return
                taken = {own: self.look(done, child) for child, own in under.call.gives.items()}
                frame = replace(frames[-1], data={**frames[-1].data, **taken})
                step = under
            frames = replace_top(frames, replace(frame, step=self.onward(frame, step)))

    def decided(self, frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
        """Return what goes on once the top flow has said a card: no interrupted talk that leads to one of its own."""
        talks: list[list[Frame]] = []
        for at, frame in enumerate(frames):
            if at == 0 or self.step(frames[at - 1]).call is None:
                talks.append([])
            talks[-1].append(frame)
        *interrupted, present = talks
        kept = [talk for talk in interrupted if not any(self.flow(frame.flow).one_card for frame in talk)]
        return tuple(frame for talk in (*kept, present) for frame in talk)

    def onward(self, frame: Frame, step: Step) -> StepId:
        """Return the step after this one."""
        for branch in step.next:
            if branch.condition is None or self.value(frame, branch.condition):
                return branch.then
        raise Lost(step.where, f"step «{step.id}» has no way on")

    # Asking ----------------------------------------------------------------------------------------------------

    def open(
        self,
        frames: tuple[Frame, ...],
        lane: Lane,
        answered: str = "",
        *,
        lead: str | None = None,
        again: bool = False,
        tries: int = 0,
        zones: tuple[tuple[str, str], ...] = (),
        place: str = "",
    ) -> None:
        """Put the question of the top frame and wait there."""
        frame = frames[-1]
        flow, step = self.flow(frame.flow), self.step(frame)
        ask = self.asked(frames)
        if step.say is None:
            raise Lost(step.where, f"step «{step.id}» asks nothing")
        in_place = bool(place) and ask.in_place and step.picture is None
        if in_place:
            nonce = place
            self.effects = [
                e for e in self.effects if not isinstance(e, effects.Close | effects.Withdraw) or e.nonce != place
            ]
        else:
            self._prompts += 1
            nonce = f"{self._seed}{self._prompts}"
        text = ask.again if again and ask.again is not None else step.say
        picked = frame.data.get(ask.fills)
        among = self.value(frame, ask.among) if ask.among is not None else None
        shown = answers.options(
            ask, picked if isinstance(picked, tuple) else (), zones, among if isinstance(among, tuple) else None
        )
        key, values = self.key(frame, text), self.filled(frame, text)
        self.do(effects.Prompt(nonce, key, values, shown, ask.columns, lead, step.picture, in_place))
        if ask.wait is not None:
            self.do(effects.AwaitSilence(lane, nonce, ask.wait.after, together=True))
        if ask.silence is not None and not tries:
            self.do(effects.AwaitSilence(lane, nonce, ask.silence.after))
        patience = flow.expires if lane == TALK else flow.aside_for or flow.expires
        until = (self.now + patience).replace(microsecond=0)
        offered = tuple(zone for zone, _ in zones)
        talk = Talk(lane, frames, nonce, until, answered=answered, tries=tries, offered=offered)
        self.conversation = self.conversation.put(talk)

    def withdraw(self, talk: Talk) -> None:
        """Take the buttons of a talk's question away, if it has any. One put in this very sprint was never sent."""
        unsent = next((e for e in self.effects if isinstance(e, effects.Prompt) and e.nonce == talk.nonce), None)
        if unsent is not None:
            self.effects.remove(unsent)
            if not unsent.in_place:
                return
        _, step, ask = self.question(talk)
        if answers.options(ask, (), tuple((zone, zone) for zone in talk.offered)) and step.say is not None:
            self.do(effects.Withdraw(talk.nonce))

    def settle(self, talk: Talk, became: str) -> None:
        """Say below a question that was asked aside what became of it, in place of its buttons."""
        frame, step, _ = self.question(talk)
        if step.say is not None:
            key, values = self.key(frame, step.say), self.filled(frame, step.say)
            pictured = step.picture is not None
            self.do(effects.Close(talk.nonce, key, values, (effects.Option("", key=became),), pictured=pictured))


def replace_top(frames: tuple[Frame, ...], top: Frame) -> tuple[Frame, ...]:
    """Return the frames with another one on top."""
    return (*frames[:-1], top)


def _within(given: Mapping[str, Value], data: Mapping[str, Value], name: str) -> bool:
    """Return whether all that a set holds in what was given is in what is known already."""
    new, known = given.get(name), data.get(name)
    return isinstance(new, tuple) and isinstance(known, tuple) and set(new) <= set(known)
