"""What a sprint does: its effects, gathered in order, with the facts as they are after each; and its questions.

A step can so speak of what the step before it did.
"""

from datetime import datetime, timedelta
from typing import assert_never

from bot.engine import answers, effects
from bot.engine.acts import Act, CallOff, Count, Forget, Halt, Keep, Later, Let, Look, Put, PutOff, Remind, Text
from bot.engine.conversation import Conversation, Frame, Talk
from bot.engine.facts import Facts
from bot.engine.kinds import Value
from bot.engine.looking import Looking, Lost
from bot.engine.model import Flows, Where
from bot.engine.names import TALK, Lane

PASSED, SETTLED = "common.passed", "common.settled"
"""What became of a reminder that was not answered itself."""
NEED_CONSENT = (effects.Save, effects.Log, effects.SetReminder, effects.Snooze, effects.Schedule)


class Saying(Looking):
    """The effects of one sprint."""

    def __init__(self, flows: Flows, conversation: Conversation, facts: Facts, now: datetime, seed: str) -> None:
        super().__init__(flows, conversation, facts, now)
        self.effects: list[effects.Effect] = []
        self._seed, self._prompts = seed, 0

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
            case effects.SetReminder(kind, words=str()) if (older := self.conversation.talk(Lane(kind))) is not None:
                # Another took its slot, so its buttons would mean that one.
                self.settle(older, PASSED)
                self.conversation = self.conversation.without(older.lane)
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
            case Remind(kind, at, words, once, after):
                times = None if at is None else self.times(frame, at)
                about, moment = self.value(frame, words), self.value(frame, once)
                about, moment = (said if isinstance(said, str) else None for said in (about, moment))
                self.do(effects.SetReminder(str(self.value(frame, kind)), times, about, moment, after), where)
            case PutOff(kind, wait, at, day):
                spoken = (self.value(frame, at), self.value(frame, day))
                clock, about = (each if isinstance(each, str) else None for each in spoken)
                self.do(effects.Snooze(str(self.value(frame, kind)), wait, clock, about), where)
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

    def say(self, frame: Frame, text: Text, picture: str | None = None) -> None:
        """Say a text of a flow, below a picture if one is named, with what stands below it."""
        more = [part.text for part in text.also if part.condition is None or self.value(frame, part.condition)]
        also = tuple((self.key(frame, part), self.filled(frame, part)) for part in more)
        self.do(effects.Say(self.key(frame, text), self.filled(frame, text), picture, also))

    def say_house(self, key: str, *needs: str) -> None:
        """Say one of the house's own texts; `needs`: the facts that stand in it."""
        self.do(effects.Say(key, {name: self.facts.fact(name) for name in needs}))

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
