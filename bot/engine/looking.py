"""What a sprint can look up: where a talk stands, what its flow says there, and what an author's values are now.

Nothing here changes anything. What a deploy took away from under a talk is `Lost`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.engine import effects
from bot.engine.acts import Given, Text
from bot.engine.conditions import Expression
from bot.engine.conversation import Conversation, Frame, Talk
from bot.engine.facts import Facts
from bot.engine.kinds import Flag, Several, Value
from bot.engine.model import Ask, Flow, Flows, Step, Where
from bot.engine.names import CALLER, FlowName, StepId

_NOTHING: Mapping[type, Value] = {Several: (), Flag: False}
"""What data is before anything was put into it; of every other kind there is none."""


class Lost(Exception):  # noqa: N818  (it names where the talk is)
    """The author's, met at run time: the talk cannot go on. Caught in `advance`; nobody else sees it."""

    def __init__(self, where: Where, message: str) -> None:
        self.where, self.message = where, message
        super().__init__(message)


class Looking:
    """The flows, the talks, the facts and the time of one sprint, to be read."""

    def __init__(self, flows: Flows, conversation: Conversation, facts: Facts, now: datetime) -> None:
        self.flows, self.conversation, self.facts, self.now = flows, conversation, facts, now

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

    def given(self, frame: Frame, fields: Mapping[str, Given]) -> dict[str, Value]:
        """Return an author's mapping as it is now."""
        return {name: self.value(frame, given) for name, given in fields.items()}

    def times(self, frame: Frame, at: tuple[Given, ...]) -> tuple[str, ...]:
        """Return the times of day that an author's values are now; those that are missing are left out."""
        values = (self.value(frame, time) for time in at)
        several = (value if isinstance(value, tuple) else (value,) for value in values)
        return tuple(time for times in several for time in times if isinstance(time, str))

    def filled(self, frame: Frame, text: Text) -> effects.Values:
        """Return what a text's placeholders stand for."""
        return {name: self.look(frame, name) for name in text.needs}

    def key(self, frame: Frame, text: Text) -> str:
        """Return where the words of a text stand; of an article, the one that its value names now."""
        return text.key if text.article is None else f"articles.{self.value(frame, text.article)}.{text.key}"

    def told_to_go(self, frame: Frame) -> bool:
        """Return whether this is the doctor's card, and for more than fear alone: facts that calm may meet a fear."""
        if frame.flow != self.flows.signs.get("doctor"):
            return False
        return "only_fear" not in self.flow(frame.flow).data or self.look(frame, "only_fear") is not True

    def yields(self, frame: Frame, *, wish: bool) -> bool:
        """Whether a flow gives way to what begins above it, instead of asking again afterwards."""
        to = self.flow(frame.flow).yields
        return to == "anything" or (to == "wishes" and wish)

    def onward(self, frame: Frame, step: Step) -> StepId:
        """Return the step after this one."""
        for branch in step.next:
            if branch.condition is None or self.value(frame, branch.condition):
                return branch.then
        raise Lost(step.where, f"step «{step.id}» has no way on")
