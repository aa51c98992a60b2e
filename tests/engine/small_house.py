"""A few small flows made by hand, so that the engine is tested without a file or a loader."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from bot.engine import effects
from bot.engine.acts import Count, Forget, Given, Keep, Put, Text
from bot.engine.conditions import BOOL, INT, TEXT, Type, compile_expression
from bot.engine.facts import FACTS
from bot.engine.kinds import Choice, Field, Flag, Kind, Several, Told, Value, WallTime, Whole, Zone
from bot.engine.model import Ask, Branch, Call, Flow, Flows, Silence, Starts, Step, Tries, Where
from bot.engine.names import TALK, FlowName, Lane, StepId

NOW = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
MOODS = Choice(("better", "same", "worse"))
SIGNS = Several(("numbness", "weakness"))
CARD = Choice(("called", "safe", "wrong"))
NAMES: dict[str, Type] = {
    "scale": Type("int", optional=True),
    "signs": Type("set", frozenset(SIGNS.options)),
    "mood": Type("text", frozenset(MOODS.options)),
    "level": TEXT,
    "person.consent": BOOL,
    "water.today": INT,
    "agreed": BOOL,
    "sure": TEXT,
}


def when(source: str) -> Any:
    """Return a compiled condition over `NAMES`."""
    return compile_expression(source, NAMES)


def step(name: str, *, next: str | tuple[Branch, ...] | None = None, say: bool = True, **more: Any) -> Step:  # noqa: A002
    """Return a step that goes to `next`, or ends."""
    where = Where("flows/small.yaml", 1)
    onward = (Branch(None, StepId(next)),) if isinstance(next, str) else next or ()
    ends = not onward and more.get("switch") is None
    text = more.pop("text", Text(f"small.{name}")) if say else None
    return Step(StepId(name), where, say=text, next=onward, end=ends, **more)


def ask(name: str, kind: Kind, *, next: str | tuple[Branch, ...] | None = None, **more: Any) -> Step:  # noqa: A002
    """Return a step that asks for the field of its own name."""
    acts = more.pop("acts", ())
    fills = more.pop("fills", name)
    question = Ask(fills, kind, columns=more.pop("columns", 1), **more)
    return step(name, next=next, ask=question, acts=acts)


def flow(name: str, *steps: Step, data: Mapping[str, Field] | None = None, **more: Any) -> Flow:
    """Return a flow of these steps; a question without `next` goes on to the step below it."""
    below = [*steps[1:], steps[-1]]
    steps = tuple(
        replace(s, next=(Branch(None, under.id),), end=False) if s.ask is not None and not s.next else s
        for s, under in zip(steps, below, strict=True)
    )
    asked = {s.ask.fills: Field(s.ask.kind, optional=s.ask.skips) for s in steps if s.ask is not None}
    return Flow(
        name=FlowName(name),
        version=1,
        where=Where(f"flows/{name}.yaml", 1),
        starts=more.pop("starts", Starts(command=name)),
        lane=more.pop("lane", TALK),
        expires=more.pop("expires", timedelta(hours=12)),
        data={**asked, **(data or {})},
        first=steps[0].id,
        steps={s.id: s for s in steps},
        **more,
    )


def house(*flows: Flow) -> Flows:
    """Return these flows, found by how they start."""
    return Flows(
        flows={f.name: f for f in flows},
        commands={f.starts.command: f.name for f in flows if f.starts.command},
        signs={f.starts.sign: f.name for f in flows if f.starts.sign},
        reminders={f.starts.reminder: f.name for f in flows if f.starts.reminder},
        idle=next(f.name for f in flows if f.starts.idle),
    )


LEVEL = {"level": Field(Told()), "signs": Field(SIGNS), "doubt": Field(Told(), optional=True)}
RETURN = (Branch(when("mood == 'worse' and (scale or 0) >= 5"), StepId("sorry")), Branch(None, StepId("record")))


KEEP = Keep("checkin", {"mood": when("mood"), "strength": when("scale"), "signs": when("signs")})


SURE = (Branch(when("sure == 'yes'"), StepId("gone")), Branch(None, StepId("kept")))


def small_flows(**changed: Flow) -> Flows:
    """Return the small house: a menu, a check-in, cards, a reminder, a way to erase and to cancel."""
    flows = {
        "menu": flow("menu", ask("choice", Choice(("look", "tell")), next="told", tries=Tries(3, StepId("told"))),
                     step("told"), starts=Starts(command="start", idle=True), resumes=False,
                     data={"level": LEVEL["level"]}),
        "checkin": flow(
            "checkin",
            ask("mood", MOODS, next="scale", spoken={"en": {"worse": "worse", "bad": "worse"}},
                silence=Silence(timedelta(hours=2), Text("small.nudge"), 1, StepId("bye"))),
            ask("scale", Whole(0, 10), next="signs", columns=6, skips=True, back=StepId("mood"),
                spoken={"en": {"back": "~back", "skip": "~skip"}}),
            ask("signs", SIGNS, next=RETURN),
            step("sorry", next="record"),
            step("record", say=False, next="bye", acts=(KEEP,)),
            step("bye"),
        ),
        "agree": flow("agree", ask("yes", Choice(("yes", "no")), next="put"),
                      step("put", say=False, acts=(Put({"consent": True}),), next="end"), step("end")),
        "outer": flow("outer", step("ask", say=False, next="thanks",
                                    call=Call(FlowName("inner"), {"scale": 3}, {"mood": "mood"})),
                      step("thanks", text=Text("small.thanks", ("mood",))), data={"mood": Field(MOODS)}),
        "inner": flow("inner", ask("mood", MOODS), step("bye"), starts=Starts(),
                      data={"scale": Field(Whole(0, 10), optional=True)}),
        "doctor": flow("doctor", step("card"), starts=Starts(sign="doctor"), data=LEVEL),
        "doubt": flow("doubt", ask("really", Choice(("yes", "no"))), step("bye"),
                      starts=Starts(sign="doubt"), data=LEVEL),
        "emergency": flow("emergency", ask("card", CARD, again=Text("small.again")), step("free"),
                          starts=Starts(sign="emergency"), holds=True, resumes=False, data=LEVEL),
        "crisis": flow("crisis", ask("card", CARD, again=Text("small.again")), step("free"),
                       starts=Starts(sign="crisis"), holds=True, resumes=False, data=LEVEL),
        "water": flow("water", ask("done", Choice(("done", "later"))), step("count"), lane=Lane("water"),
                      starts=Starts(reminder="water")),
        "glass": flow("glass", step("log", acts=(Count("water", 1),), text=Text("small.glass", ("water.today",)))),
        "erase": flow("erase", ask("sure", Choice(("yes", "no")), next=SURE), step("kept"),
                      step("gone", acts=(Forget(),)), pierces=True),
        "cancel": flow("cancel", step("left"), resumes=False),
        "where": flow("where", ask("zone", Zone(), next="at"), ask("at", WallTime(), suggest=("09:00",)), step("set")),
        "worry": flow("worry", ask("level", Told(), next=(Branch(when("level == 'self_care'"), StepId("calm")),
                                                          Branch(None, StepId("heard")))), step("calm"), step("heard")),
    }  # fmt: skip
    return house(*{**flows, **changed}.values())


@dataclass(frozen=True, slots=True)
class SomeFacts:
    """Facts in memory: consent, the zone and glasses change, the rest stands."""

    consent: bool = True
    zone: str | None = "Europe/Berlin"
    glasses: int = 0

    def fact(self, name: str) -> Value:
        """Return a fact."""
        known: dict[str, Value] = {
            "person.consent": self.consent,
            "person.zone": self.zone,
            "water.today": self.glasses,
            "help.emergency": "112",
        }
        if name not in FACTS:
            raise KeyError(name)
        return known.get(name, 0)

    def after(self, effect: effects.Effect) -> Self:
        """Return the facts with this effect done."""
        match effect:
            case effects.SetPerson("consent", bool(value)):
                return replace(self, consent=value)
            case effects.SetPerson("zone", str(value)):
                return replace(self, zone=value)
            case effects.Log("water", amount):
                return replace(self, glasses=self.glasses + amount)
            case _:
                return self


__all__ = ["NOW", "Flag", "Given", "SomeFacts", "ask", "flow", "house", "small_flows", "step", "when"]
