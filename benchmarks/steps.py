"""How many steps the engine takes in a CPU second, words rendered and state read and written, without a database.

Beside it the same talks written by hand (`by_hand.py`), with the same words; whether both say the same is compared.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import count

from benchmarks.by_hand import ByHand, Question
from benchmarks.measure import ratio, seconds_of, table
from bot.engine.advance import advance
from bot.engine.conversation import Conversation, dump, load
from bot.engine.effects import Effect, Prompt, Repaint, Say
from bot.engine.events import Commanded, Event, Pressed
from bot.engine.facts import Facts
from bot.engine.kinds import Value
from bot.session.house import House
from bot.session.inputs import PersonId, Press
from bot.session.kept import Person
from bot.session.known import Known
from bot.session.outgoing import Outgoing
from bot.session.screens import Body, Message, Rebutton, Rewrite
from tests.chat import the_house

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TALKS = {
    "check-in": ("/checkin", "agree", "same", "4", "none", "days", "no", "more", "many", "good"),
    "warning signs": ("/signs", "~none", "numbness", "~done", "no"),
}
Shown = list[tuple[str, list[tuple[str, str]]]]
"""What went out: each text ("" if only buttons change) with its buttons, `(label, data)`."""
Acts = Sequence[tuple[str, str]]
"""What somebody does, each with its seed: `/command`, or the data of a button."""


class Ours:
    """The house, with one person who talks: their state as text, their facts in memory."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._nobody = Known(Person(PersonId(7), NOW), NOW, "en", house.help)
        self.said: list[Effect] = []
        """What the engine wanted said, if `listen`."""
        self.listen = False
        self.begin()

    def begin(self) -> None:
        """Somebody new comes."""
        self._state = dump(Conversation())
        self._facts: Facts = self._nobody

    def take(self, seed: str, what: str) -> list[Body]:
        """Take what they do; return what goes out."""
        event: Event
        press = None
        if what[0] == "/":
            event = Commanded(seed, what[1:])
        else:
            nonce, _, option = what.partition(":")
            event, press = Pressed(seed, nonce, option), Press("press", what, 5)
        sprint = advance(self._house.flows, load(self._state), event, self._facts, NOW)
        outgoing = Outgoing(self._house.words, "en", press)
        bodies = [body for effect in sprint.effects for body in outgoing.bodies(effect)]
        self._state, self._facts = dump(sprint.conversation), sprint.facts
        if self.listen:
            self.said += sprint.effects
        return bodies

    def shown(self, seed: str, what: str) -> Shown:
        """Take what they do; return what they see."""
        told: Shown = []
        for body in self.take(seed, what):
            match body:
                case Message(html, rows):
                    told.append((html, [(button.label, button.data) for row in rows for button in row]))
                case Rewrite(_, html):
                    told.append((html, []))
                case Rebutton(_, rows):
                    told.append(("", [(button.label, button.data) for row in rows for button in row]))
                case _:
                    pass
        return told


class Theirs:
    """The same talks, written by hand, with the words that the house said in them."""

    def __init__(self, house: House, said: Sequence[Effect]) -> None:
        words = house.words
        self._emergency = house.help.emergency(None, "en")
        values: dict[str, Value] = {"help.emergency": "{emergency}", "noted.words": "{noted}", "checkin.week": 1}
        texts = {e.key: words.render(e.key, values, "en") for e in said if isinstance(e, Say | Prompt)}
        ours = Outgoing(words, "en")
        repainted = (option for e in said if isinstance(e, Repaint) for option in e.options)
        done = next((words.label(option.key, "en") for option in repainted if option.value == "~done"), "")
        questions = {
            e.key: Question(tuple((ours.label(o), o.value) for o in e.options), e.columns, done)
            for e in said
            if isinstance(e, Prompt)
        }
        self._bot = ByHand(questions, texts)
        self.begin()

    def begin(self) -> None:
        """Somebody new comes."""
        self._state: str | None = None

    def take(self, seed: str, what: str) -> list[dict[str, object]]:
        """Take what they do; return what goes out."""
        self._state, bodies = self._bot.take(self._state, seed, what, self._emergency)
        return bodies

    def shown(self, seed: str, what: str) -> Shown:
        """Take what they do; return what they see."""
        self._state, bodies = self._bot.take(self._state, seed, what, self._emergency)
        return [
            (body.get("text", ""), [(b["text"], b["callback_data"]) for row in body.get("rows", ()) for b in row])
            for body in bodies
            if "toast" not in body
        ]


def _acted(who: Ours | Theirs, answers: Sequence[str]) -> tuple[Acts, list[tuple[str, list[str]]]]:
    """Go through a talk once; return the acts, to be done again at speed, and what was seen, without nonces."""
    who.begin()
    acts: list[tuple[str, str]] = []
    seen: list[tuple[str, list[str]]] = []
    buttons: list[tuple[str, str]] = []
    for number, answer in zip(count(), answers, strict=False):
        what = answer
        if answer[0] != "/":
            found = [data for _, data in buttons if data.partition(":")[2] == answer]
            if not found:
                break  # the talk goes another way; that both no longer say the same will be told
            what = found[0]
        acts.append((f"n{number:03d}_", what))
        for text, shown in who.shown(*acts[-1]):
            seen.append((text, [label for label, _ in shown]))
            buttons = shown or buttons
    return acts, seen


def _again(who: Ours | Theirs, acts: Acts) -> Callable[[], None]:
    def talk() -> None:
        who.begin()
        for seed, what in acts:
            who.take(seed, what)

    return talk


def report(least: float = 1.0) -> str:
    """Measure each talk three times, `least` CPU seconds each, and return the figures as Markdown."""
    house = the_house()
    ours = Ours(house)
    ours.listen = True
    talks = {name: _acted(ours, answers) for name, answers in TALKS.items()}
    ours.listen = False
    theirs = Theirs(house, ours.said)
    rows, notes = [], []
    for name, (acts, seen) in talks.items():
        their_acts, their_seen = _acted(theirs, TALKS[name])
        if their_seen != seen:
            notes.append(f"{name}: the two no longer say the same; bring `by_hand.py` up to date.")
        mine = seconds_of(_again(ours, acts), least) / len(acts)
        hand = seconds_of(_again(theirs, their_acts), least) / len(acts)
        if len(acts) < len(TALKS[name]):
            notes.append(f"{name}: the house no longer takes these answers; mend `TALKS`.")
        rows.append((f"{name} ({len(acts)} steps)", f"{1 / mine:,.0f}", f"{1 / hand:,.0f}", ratio(mine, hand)))
    head = ("steps / CPU second", "the house", "by hand", "costs")
    return "\n\n".join((*notes, table(head, rows)))
