"""From what an author wrote to the engine's `Flows`: every name resolved, every value typed, every default filled in.

A mistake is added to the list and building goes on, so that an author sees all of them at once. What comes out is only
used when there was none.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from difflib import get_close_matches
from keyword import iskeyword
from typing import Any

from bot.engine import model
from bot.engine.conditions import ConditionError, Expression
from bot.engine.facts import GIVEN, SAVES, SETS
from bot.engine.model import Choice, Field, Flag, FlowName, Lane, Several, StepId, Whole
from bot.errors import Fault
from bot.library import schema
from bot.library.asks import read_spoken
from bot.library.content import Content
from bot.library.fields import Scope, condition, described, fits, kind_of, read_given, scope, type_of
from bot.library.schema import FlowFile
from bot.library.strict_yaml import Path, Tree
from bot.library.uses import Use

SIGNS = ("doctor", "emergency", "crisis", "doubt")
REMINDERS = ("water", "exercise")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_ANY_COUNT = Field(Whole(1, 1000))


@dataclass(frozen=True, slots=True)
class Source:
    """A flow's file, with its data settled."""

    file: FlowFile
    tree: Tree
    data: Mapping[str, Field]
    names: Scope


@dataclass(slots=True)
class Building:
    """What is known while flows are built."""

    sources: Mapping[str, Source]
    contents: Sequence[Content]
    vocabulary: Mapping[str, tuple[str, ...]]
    faults: list[Fault]
    broken: set[str]
    """Flows whose files could not be read: they are there, nothing more is known."""
    uses: list[Use] = field(default_factory=list)


def read_data(file: FlowFile, tree: Tree, vocabulary: Mapping[str, tuple[str, ...]], faults: list[Fault]) -> Source:
    """Settle the types of a flow's data; computed ones may use those above them."""
    data: dict[str, Field] = {}
    for name, declared in file.data.items():
        path = ("data", name)
        if iskeyword(name) or name in {"len", "min", "max"}:
            faults.append(tree.fault(path, f"«{name}» is a word of the conditions; choose another name"))
        try:
            kind = kind_of(declared, vocabulary)
            computed = None
            if declared.bool_ is not None and declared.bool_ != "given":
                computed = condition(declared.bool_, scope(data))
        except ConditionError as error:
            faults.append(tree.fault(path, f"«{name}» {error}"))
            kind, computed = Choice(()) if declared.choice else Several(()) if declared.set_ else Flag(), None
        data[name] = Field(kind, declared.optional, computed)
    return Source(file, tree, data, scope(data))


def build_flows(building: Building) -> model.Flows:
    """Build all flows and what begins them."""
    flows = {FlowName(name): _Builder(building, source).flow() for name, source in building.sources.items()}
    starts: dict[str, dict[str, FlowName]] = {"command": {}, "sign": {}, "reminder": {}, "idle": {}}
    for name, flow in flows.items():
        begun = flow.starts
        for what, value in (
            ("command", begun.command), ("sign", begun.sign), ("reminder", begun.reminder),
            ("idle", "idle" if begun.idle else None),
        ):  # fmt: skip
            if value is None:
                continue
            first = starts[what].setdefault(value, name)
            if first != name:
                tree = building.sources[name].tree
                message = f"«{what}» {value} begins flows/{first}.yaml already; one flow for each"
                building.faults.append(tree.fault(("start", what), message))
    idle = starts["idle"].get("idle", FlowName(""))
    return model.Flows(flows, starts["command"], starts["sign"], starts["reminder"], idle)


class _Builder:
    """One flow."""

    def __init__(self, building: Building, source: Source) -> None:
        self.building, self.source = building, source
        self.file, self.tree, self.data = source.file, source.tree, source.data
        self.name = source.file.flow
        self.ids = [step.id for step in self.file.steps]

    def wrong(self, path: Path, message: str) -> None:
        self.building.faults.append(self.tree.fault(path, message))

    def flow(self) -> model.Flow:
        file = self.file
        steps: dict[StepId, model.Step] = {}
        for index, step in enumerate(file.steps):
            if step.id in steps:
                self.wrong(("steps", index, "id"), f"«{step.id}» is the name of two steps; rename one")
            steps[StepId(step.id)] = self.step(index, step)
        start = file.start
        if file.aside and self.name == model.TALK:
            self.wrong(("flow",), f"«{self.name}» cannot be the name of a flow that runs aside; choose another")
        if start.sign or start.idle or start.command:
            self.handed()
        return model.Flow(
            name=FlowName(self.name),
            version=file.version,
            where=model.Where(self.tree.file, 1),
            starts=model.Starts(start.command, start.sign, start.reminder, bool(start.idle)),
            lane=Lane(self.name) if file.aside else model.TALK,
            expires=_duration(file.expires.after),
            data=self.data,
            first=StepId(file.steps[0].id),
            steps=steps,
            resumes=file.resumes,
            holds=file.holds,
            pierces=file.pierces,
        )

    def handed(self) -> None:
        """Check the data that free text fills: what the ear heard must fit."""
        for name, given in GIVEN.items():
            own = self.data.get(name)
            if own is not None and (own.computed is not None or type_of(own).base != type_of(given).base):
                message = f"«{name}» is filled with what free text said and must be {described(given.kind)}"
                self.wrong(("data", name), message)

    # One step --------------------------------------------------------------------------------------------------

    def step(self, index: int, step: schema.Step) -> model.Step:
        path: Path = ("steps", index)
        say = self.said(path, step)
        ways = [key for key in ("ask", "call", "switch", "end") if getattr(step, key) is not None]
        if len(ways) > 1:
            self.wrong(path, f"step «{step.id}» has {' and '.join(ways)}; a step has one of them")
        if step.next is not None and (step.switch or step.end):
            self.wrong((*path, "next"), f"step «{step.id}» goes to next and {ways[0]}; keep one")
        self.only_with(path, step)
        ask = self.ask(path, step) if step.ask is not None else None
        call = self.call(path, step) if step.call is not None else None
        switch = self.known_flow((*path, "switch"), step.switch) if step.switch is not None else None
        goes_on = not (step.switch or step.end)
        return model.Step(
            id=StepId(step.id),
            where=model.Where(self.tree.file, self.tree.line(path)),
            acts=tuple(self.acts(path, step)),
            say=say,
            ask=ask,
            call=call,
            switch=switch,
            end=step.end is not None,
            next=self.branches(index, step) if goes_on else (),
            tags=frozenset(step.tags),
        )

    def only_with(self, path: Path, step: schema.Step) -> None:
        """Refuse what belongs to a question in a step that asks none, and the same of calls."""
        for key, needs in _ONLY_WITH.items():
            name = {"with_": "with"}.get(key, key)
            if key in step.model_fields_set and getattr(step, needs) is None:
                self.wrong((*path, name), f"«{name}» belongs to a step with {needs}:; leave it out")

    def said(self, path: Path, step: schema.Step) -> model.Text | None:
        own = f"{self.name}.{step.id}"
        if step.say is None and step.ask is None:
            return None
        key = step.say if isinstance(step.say, str) else own
        if "." not in key:
            self.wrong((*path, "say"), f"«say» needs true, or a shared text such as care.{key}")
            return None
        return self.text(path, key, prompt=step.ask is not None)

    def text(self, path: Path, key: str, *, prompt: bool = False) -> model.Text:
        by = f"{self.tree.file}:{self.tree.line(path)}"
        self.building.uses.append(Use(key, by, self.source.names, prompt=prompt))
        needs: set[str] = set()
        for content in self.building.contents:
            for table in (content.texts, content.titles):
                if key in table:
                    needs |= table[key].names
        return model.Text(key, tuple(sorted(needs)))

    def target(self, path: Path, name: str) -> StepId:
        if name not in self.ids:
            self.wrong(path, f"there is no step «{name}»; {_close(name, self.ids)}")
        return StepId(name)

    def branches(self, index: int, step: schema.Step) -> tuple[model.Branch, ...]:
        path: Path = ("steps", index, "next")
        if step.next is None:
            if index + 1 == len(self.ids):
                self.wrong(("steps", index), f"step «{step.id}» is the last and leads nowhere; add end: done or next:")
                return ()
            return (model.Branch(None, StepId(self.ids[index + 1])),)
        if isinstance(step.next, str):
            return (model.Branch(None, self.target(path, step.next)),)
        branches: list[model.Branch] = []
        for position, branch in enumerate(step.next):
            here: Path = (*path, position)
            if branch.else_ is not None:
                branches.append(model.Branch(None, self.target((*here, "else"), branch.else_)))
                if position + 1 < len(step.next):
                    self.wrong(here, "«else» is not the last way; what stands below it is never reached")
            elif branch.if_ is not None and branch.then is not None:
                condition = self.condition((*here, "if"), branch.if_)
                branches.append(model.Branch(condition, self.target((*here, "then"), branch.then)))
        if not step.next or step.next[-1].else_ is None:
            self.wrong(path, "«next» lacks an else; add the line: - else: STEP")
        return tuple(branches)

    def condition(self, path: Path, source: str) -> Expression | None:
        try:
            return condition(source, self.source.names)
        except ConditionError as error:
            self.wrong(path, f"«if» {error}")
            return None

    # Acts ------------------------------------------------------------------------------------------------------

    def acts(self, path: Path, step: schema.Step) -> list[model.Act]:
        """Build the acts in the order in which they are written."""
        acts: list[model.Act] = []
        written = self.tree.value["steps"][path[1]]
        for key in written:
            make = _ACTS.get(key)
            if make is not None:
                acts.extend(make(self, (*path, key), step))
        return acts

    def given(self, path: Path, raw: object, target: Field) -> model.Given:
        try:
            return read_given(raw, target, self.source.names)
        except ConditionError as error:
            self.wrong(path, f"«{path[-1]}» {error}")
            return None

    def fields(self, path: Path, raw: Mapping[str, Any], targets: Mapping[str, Field]) -> dict[str, model.Given]:
        result: dict[str, model.Given] = {}
        for name, value in raw.items():
            if name not in targets:
                self.wrong((*path, name), f"«{name}» is not known here; {_close(name, list(targets))}")
                continue
            result[name] = self.given((*path, name), value, targets[name])
        return result

    def save(self, path: Path, step: schema.Step) -> list[model.Act]:
        assert step.save is not None
        save = step.save
        if save.to not in SAVES:
            self.wrong((*path, "to"), f"there is nothing called «{save.to}» to save; {_close(save.to, list(SAVES))}")
            return []
        targets = SAVES[save.to]
        for name, target in targets.items():
            if name not in save.fields and not target.optional:
                self.wrong((*path, "fields"), f"«fields» lacks {name}; add it")
        return [model.Keep(save.to, self.fields((*path, "fields"), save.fields, targets))]

    def put(self, path: Path, step: schema.Step) -> list[model.Act]:
        return [model.Put(self.fields(path, step.set_ or {}, SETS))]

    def log(self, path: Path, step: schema.Step) -> list[model.Act]:
        return [
            model.Count(what, self.given((*path, what), amount, _ANY_COUNT))
            for what, amount in (step.log or {}).items()
        ]

    def remind(self, path: Path, step: schema.Step) -> list[model.Act]:
        assert step.remind is not None
        times = [step.remind.at] if isinstance(step.remind.at, str) else step.remind.at
        at = tuple(self.given((*path, "at"), time, Field(model.WallTime())) for time in times)
        return [model.Remind(step.remind.kind, at)]

    def schedule(self, path: Path, step: schema.Step) -> list[model.Act]:
        assert step.schedule is not None
        later = step.schedule
        flow = self.known_flow((*path, "flow"), later.flow)
        at = self.given((*path, "at"), later.at, Field(model.WallTime(), optional=True))
        data = self.handed_over((*path, "with"), later.with_, later.flow)
        return [model.Later(flow, _duration(later.in_), at, later.replace or later.flow, data)]

    def call_off(self, path: Path, step: schema.Step) -> list[model.Act]:
        name = str(step.call_off)
        laters = [s.schedule for source in self.building.sources.values() for s in source.file.steps if s.schedule]
        known = sorted({later.replace or later.flow for later in laters})
        if name not in known and not self.building.broken:
            self.wrong(path, f"nothing is scheduled under «{name}»; {_close(name, known)}")
        return [model.CallOff(name)]

    # Other flows -----------------------------------------------------------------------------------------------

    def known_flow(self, path: Path, name: str) -> FlowName:
        sources, broken = self.building.sources, self.building.broken
        if name not in sources and name not in broken:
            self.wrong(path, f"there is no flow «{name}»; {_close(name, list(sources))}")
        return FlowName(name)

    def handed_over(self, path: Path, raw: Mapping[str, Any], flow: str) -> dict[str, model.Given]:
        """Return what another flow is given, by the names of its data that are not computed."""
        callee = self.building.sources.get(flow)
        if callee is None:
            return {}
        targets = {name: field for name, field in callee.data.items() if field.computed is None}
        return self.fields(path, raw, targets)

    def call(self, path: Path, step: schema.Step) -> model.Call:
        flow = self.known_flow((*path, "call"), str(step.call))
        give = self.handed_over((*path, "with"), step.with_, flow)
        callee = self.building.sources.get(flow)
        if callee is None:
            return model.Call(flow, give, dict(step.gives))
        for child, own in step.gives.items():
            here: Path = (*path, "gives", child)
            source, target = callee.data.get(child), self.data.get(own)
            if source is None:
                self.wrong(here, f"flow «{flow}» has no data «{child}»; {_close(child, list(callee.data))}")
            elif target is None or target.computed is not None:
                self.wrong(here, f"«{own}» is no data of this flow that can be filled; {_close(own, list(self.data))}")
            elif why := fits(source, target):
                self.wrong(here, f"«{child}» {why}")
        return model.Call(flow, give, dict(step.gives))

    # Questions -------------------------------------------------------------------------------------------------

    def ask(self, path: Path, step: schema.Step) -> model.Ask | None:
        field = self.data.get(str(step.ask))
        if field is None:
            self.wrong(
                (*path, "ask"), f"«ask» names «{step.ask}»; {_close(str(step.ask), list(self.data))}; add it to data:"
            )
            return None
        if isinstance(field.kind, Flag):
            self.wrong((*path, "ask"), f"«{step.ask}» is true or false and cannot be asked; use {{choice: [yes, no]}}")
            return None
        if step.suggest and not isinstance(field.kind, model.WallTime):
            self.wrong((*path, "suggest"), "«suggest» belongs to a time; leave it out")
        entry = f"{self.name}.{step.id}"
        declared = self.file.data[str(step.ask)]
        named = declared.choice if isinstance(declared.choice, str) else declared.set_
        spoken = read_spoken(
            entry, field.kind, named if isinstance(named, str) else None, step.suggest, self.building.contents,
            optional=field.optional, back=step.back is not None,
        )  # fmt: skip
        self.building.faults.extend(spoken.faults)
        by = f"{self.tree.file}:{self.tree.line(path)}"
        self.building.uses.extend(Use(key, by, self.source.names, label=True) for key in spoken.labels.values())
        return model.Ask(
            fills=str(step.ask),
            kind=field.kind,
            columns=step.columns or (6 if isinstance(field.kind, Whole) else 1),
            labels=spoken.labels,
            spoken=spoken.spoken,
            suggest=tuple(step.suggest),
            skips=spoken.skips,
            tries=None
            if step.tries is None
            else model.Tries(step.tries.max, self.target((*path, "tries"), step.tries.then)),
            back=None if step.back is None else self.target((*path, "back"), step.back),
            silence=None if step.silence is None else self.silence((*path, "silence"), step.silence, entry),
            again=self.text((*path, "again"), f"{entry}.again", prompt=True) if step.again else None,
        )

    def silence(self, path: Path, silence: schema.Silence, entry: str) -> model.Silence:
        key = silence.say if "." in silence.say else f"{entry}.{silence.say}"
        then = self.target((*path, "then"), silence.then)
        return model.Silence(_duration(silence.after), self.text(path, key), silence.times, then)


_ONLY_WITH = {
    "columns": "ask", "suggest": "ask", "tries": "ask", "silence": "ask", "back": "ask", "again": "ask",
    "with_": "call", "gives": "call",
}  # fmt: skip
_ACTS: dict[str, Callable[[_Builder, Path, schema.Step], list[model.Act]]] = {
    "save": _Builder.save,
    "set": _Builder.put,
    "log": _Builder.log,
    "remind": _Builder.remind,
    "schedule": _Builder.schedule,
    "call_off": _Builder.call_off,
    "stop": lambda _, __, ___: [model.Halt()],
    "erase": lambda _, __, ___: [model.Forget()],
}


def _duration(text: str) -> timedelta:
    return timedelta(**{_UNITS[text[-1]]: int(text[:-1])})


def _close(name: str, known: Sequence[str]) -> str:
    close = get_close_matches(name, known, 1)
    return f"did you mean «{close[0]}»?" if close else f"there are {', '.join(known) or 'none'}"
