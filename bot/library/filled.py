"""Whether data is there when it is used: on every way to a step, a name that must have a value was given one.

Sets begin empty, plain flags begin as no, optional data may be missing and says so by its type. All else has to be
asked, handed over or taken from a called flow first. Worked out over all ways at once, to a fixed point.
"""

from collections.abc import Iterable, Iterator, Mapping

from bot.engine.acts import Act, Count, Keep, Later, Let, Put, PutOff, Remind
from bot.engine.conditions import Expression
from bot.engine.kinds import Flag, Several
from bot.engine.model import Flow, Flows, Step
from bot.engine.names import CALLER, FlowName, StepId
from bot.errors import Fault

Names = frozenset[str]


def unfilled(flows: Flows, broken: bool) -> Iterator[Fault]:
    """Find names that are used on a way that never filled them, and flows that nothing begins."""
    entries = _entries(flows)
    ends: dict[FlowName, Names] = {name: frozenset(flow.data) for name, flow in flows.flows.items()}
    while True:
        reached = {name: _spread(flow, entries[name], ends) for name, flow in flows.flows.items()}
        found = {name: _at_end(flow, reached[name]) for name, flow in flows.flows.items()}
        if found == ends:
            break
        ends = found
    for name, flow in flows.flows.items():
        if entries[name] is None:
            if not broken:
                yield Fault(flow.where.file, 1, f"flow «{name}» is begun by nothing; give it a start:, or delete it")
            continue
        for id_, filled in reached[name].items():
            step = flow.steps[id_]
            for used in sorted(_read(flow, _reads_before(step)) - filled):
                yield _fault(step, used)
            later = filled | _gains(step, ends)
            conditions = _reads(branch.condition for branch in step.next)
            for used in sorted(_read(flow, conditions) - later):
                yield _fault(step, used)


def _fault(step: Step, name: str) -> Fault:
    message = f"step «{step.id}» uses «{name}», which some way here has not filled; ask it first, or make it optional"
    return Fault(step.where.file, step.where.line, message)


def needed(flow: Flow) -> Names:
    """Return the names that have no value of their own until somebody gives them one."""
    return frozenset(
        name
        for name, field in flow.data.items()
        if field.computed is None and not field.optional and not isinstance(field.kind, Several | Flag)
    )


def _entries(flows: Flows) -> dict[FlowName, Names | None]:
    """Return what is filled whenever a flow begins, whoever begins it. `None`: nobody does."""
    entries: dict[FlowName, Names | None] = dict.fromkeys(flows.flows)

    def begins(name: FlowName, given: Iterable[str]) -> None:
        if name in entries:
            before = entries[name]
            entries[name] = frozenset(given) if before is None else before & frozenset(given)

    for name, flow in flows.flows.items():
        start = flow.starts
        if start.command or start.sign or start.idle or start.topic or start.intents:
            begins(name, {"level"})
        if start.reminder:
            begins(name, {"slot", "words"} if start.reminder == "own" else ())
        for step in flow.steps.values():
            if step.call is not None:
                begins(step.call.flow, step.call.give)
            if step.switch is not None:
                begins(step.switch, step.hand)
            for act in step.acts:
                if isinstance(act, Later):
                    begins(act.flow, act.data)
    return entries


def _spread(flow: Flow, entry: Names | None, ends: Mapping[FlowName, Names]) -> dict[StepId, Names]:
    """Return, for each step that can be reached, what is filled on every way to it."""
    reached: dict[StepId, Names] = {}
    waiting = [(flow.first, entry or frozenset())]
    while waiting:
        id_, filled = waiting.pop()
        before = reached.get(id_)
        now = filled if before is None else before & filled
        if id_ not in flow.steps or now == before:
            continue
        reached[id_] = now
        step = flow.steps[id_]
        waiting += [(branch.then, now | _gains(step, ends)) for branch in step.next]
        if step.ask is not None:
            ask = step.ask
            other = [ask.back, ask.tries and ask.tries.then, ask.silence and ask.silence.then]
            other += [ask.wait.then, ask.wait.late] if ask.wait is not None else []
            waiting += [(target, now | _lets(step)) for target in other if target and target != CALLER]
        if step.call is not None and step.call.back not in {None, CALLER}:
            waiting.append((step.call.back, now | _lets(step)))
    return reached


def _gains(step: Step, ends: Mapping[FlowName, Names]) -> Names:
    """Return what is filled once a step is done."""
    if step.ask is not None:
        return _lets(step) | ({step.ask.fills} if not step.ask.other else set())
    if step.call is not None:
        there = ends.get(step.call.flow)
        return _lets(step) | {own for child, own in step.call.gives.items() if there is None or child in there}
    return _lets(step)


def _lets(step: Step) -> Names:
    return frozenset(name for act in step.acts if isinstance(act, Let) for name in act.fields)


def _at_end(flow: Flow, reached: Mapping[StepId, Names]) -> Names:
    """Return what a flow has filled wherever it ends; what needs nobody to fill it is always there."""
    filled = [names for id_, names in reached.items() if flow.steps[id_].end]
    always = frozenset(flow.data) - needed(flow)
    return always | frozenset.intersection(*filled) if filled else frozenset(flow.data)


def _read(flow: Flow, names: Iterable[str]) -> Names:
    """Return the names of `needed` that these stand on, computed ones looked through."""
    wanted: set[str] = set()
    waiting = list(names)
    while waiting:
        field = flow.data.get(name := waiting.pop())
        if field is not None and field.computed is not None:
            waiting.extend(field.computed.reads)
        else:
            wanted.add(name)
    return frozenset(wanted) & needed(flow)


def _reads_before(step: Step) -> Names:
    names: set[str] = set()
    for act in step.acts:
        names |= _reads(_values(act))
    if step.call is not None:
        names |= _reads(step.call.give.values())
    names |= _reads(step.hand.values())
    texts = [step.say]
    if step.ask is not None:
        texts += [step.ask.again, step.ask.silence.say if step.ask.silence is not None else None]
    for text in texts:
        for part in (text, *(also.text for also in text.also)) if text is not None else ():
            names |= set(part.needs)
        names |= _reads(also.condition for also in text.also) if text is not None else set()
    return frozenset(names) - _lets(step)  # a text is said when the acts are done


def _reads(values: Iterable[object]) -> Names:
    return frozenset(name for value in values if isinstance(value, Expression) for name in value.reads)


def _values(act: Act) -> Iterable[object]:
    match act:
        case Let(fields) | Keep(_, fields) | Put(fields):
            return fields.values()
        case Count(_, amount):
            return (amount,)
        case Remind(kind, at, words, once):
            return (kind, *(at or ()), words, once)
        case PutOff(kind, _, at, day):
            return (kind, at, day)
        case Later(_, after, at, _, data):
            return (after, at, *data.values())
        case _:
            return ()
