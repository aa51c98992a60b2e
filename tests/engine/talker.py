"""Somebody who talks with the engine: keeps the conversation, presses the buttons that are really shown."""

from datetime import datetime, timedelta
from itertools import count

from bot.engine.advance import Sprint, advance
from bot.engine.conversation import Conversation, dump, load
from bot.engine.effects import Close, Effect, Prompt, Repaint, Say, Withdraw
from bot.engine.events import Commanded, Event, Heard, Located, Pressed, Reminded, Showed, Typed, Waited
from bot.engine.facts import Facts
from bot.engine.model import Flows
from bot.engine.names import TALK, Lane
from tests.engine.small_house import NOW, SomeFacts


class Talker:
    """A person and the engine. At every wait the state is written and read again, as it is in the database."""

    def __init__(self, flows: Flows, facts: Facts | None = None) -> None:
        self.flows = flows
        self.facts: Facts = facts or SomeFacts()
        self.now: datetime = NOW
        self.conversation = Conversation()
        self.seeds = (f"s{number}_" for number in count())
        self.last: tuple[Effect, ...] = ()
        self.open: dict[str, Prompt] = {}

    def happens(self, event: Event) -> Sprint:
        """Hand the event in."""
        sprint = advance(self.flows, self.conversation, event, self.facts, self.now)
        written = dump(sprint.conversation)
        assert load(written) == sprint.conversation
        assert len(written.encode()) < 1024
        self.conversation, self.facts, self.last = sprint.conversation, sprint.facts, sprint.effects
        for effect in sprint.effects:
            if isinstance(effect, Prompt):
                self.open[effect.nonce] = effect
            if isinstance(effect, Repaint):
                shown = self.open[effect.nonce]
                self.open[effect.nonce] = Prompt(
                    shown.nonce, shown.key, shown.values, effect.options, effect.columns, shown.lead
                )
            if isinstance(effect, Withdraw) or (
                isinstance(effect, Close) and not all(option.value for option in effect.chosen)
            ):
                self.open.pop(effect.nonce, None)
        return sprint

    def types(self, text: str, heard: Heard | None = None, *, edited: bool = False) -> Sprint:
        """Type free text."""
        return self.happens(Typed(next(self.seeds), text, heard or Heard(), edited))

    def commands(self, name: str, heard: Heard | None = None) -> Sprint:
        """Send a command."""
        return self.happens(Commanded(next(self.seeds), name, heard or Heard()))

    def taps(self, option: str, nonce: str | None = None) -> Sprint:
        """Press a button of the newest prompt, or of another."""
        return self.happens(Pressed(next(self.seeds), nonce or self.newest.nonce, option))

    def shows(self) -> Sprint:
        """Send a sticker."""
        return self.happens(Showed(next(self.seeds)))

    def shares(self, *zones: tuple[str, str]) -> Sprint:
        """Share a place that is in these zones."""
        return self.happens(Located(next(self.seeds), zones))

    def is_reminded(self, kind: str = "water") -> Sprint:
        """A reminder falls due."""
        return self.happens(Reminded(next(self.seeds), kind))

    def is_silent(self, nonce: str, lane: Lane = TALK) -> Sprint:
        """The silence timer of a prompt falls due."""
        return self.happens(Waited(next(self.seeds), lane, nonce))

    def later(self, much: timedelta) -> None:
        """Let time pass."""
        self.now += much

    @property
    def newest(self) -> Prompt:
        """The prompt that was sent last."""
        return list(self.open.values())[-1]

    @property
    def said(self) -> list[str]:
        """The text keys of the last sprint, in order."""
        return [effect.key for effect in self.last if isinstance(effect, Say | Prompt)]

    def did(self, kind: type[Effect]) -> list[Effect]:
        """The effects of a kind of the last sprint."""
        return [effect for effect in self.last if isinstance(effect, kind)]

    @property
    def at(self) -> str | None:
        """Where the talk is: `flow.step`."""
        talk = self.conversation.talk(TALK)
        return None if talk is None else f"{talk.top.flow}.{talk.top.step}"
