"""One sprint: from something that happened to the next wait. Bounded in steps, depth and work."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.engine.acts import Forget, Let
from bot.engine.conversation import Conversation, Frame, Talk, replace_top
from bot.engine.facts import Facts
from bot.engine.kinds import Value
from bot.engine.looking import Lost
from bot.engine.model import CARDS, MAX_DEPTH, OPEN_ASIDE, Flow, Flows
from bot.engine.names import TALK, FlowName, Lane
from bot.engine.saying import PASSED, Saying

MOST_STEPS = 60
"""Steps of one sprint. An author's loop without a question ends here, and so does the talk, politely."""
MOST_FRAMES = 8


class Run(Saying):
    """The work of one sprint; it lives for one `advance`."""

    def __init__(self, flows: Flows, conversation: Conversation, facts: Facts, now: datetime, seed: str) -> None:
        super().__init__(flows, conversation, facts, now, seed)
        self._steps = 0

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
            handed["again"] = any(f.flow == name and _known(given, f.data) for f in present.frames)
        if "asked" in flow.data:  # once a day is enough
            day = given.get("day") or self.facts.fact("person.today")
            handed["asked"] = any(talk.top.data.get("day") == day for talk in self.conversation.talks)
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
                    lead = None if holds or self.flow(done.flow).quiet else "common.resumed"
                    self.open(frames, lane, answered, lead=lead, again=holds)
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


def _known(given: Mapping[str, Value], data: Mapping[str, Value]) -> bool:
    """Return whether what was heard is what the open flow is about: all of its signs, or its likeliest article."""
    name = "found" if given.get("found") else "signs"
    new, known = given.get(name), data.get(name)
    if not isinstance(new, tuple) or not isinstance(known, tuple):
        return False
    return new[:1] == known[:1] if name == "found" else set(new) <= set(known)
