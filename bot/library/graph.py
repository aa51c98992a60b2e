"""Where a talk can go, as tables: from each step to the steps that can follow it, within a flow and into others."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

from bot.engine.model import Flow, Flows, Step
from bot.engine.names import CALLER, FlowName, StepId

Node = TypeVar("Node", bound=Hashable)


def ways(step: Step) -> tuple[StepId, ...]:
    """Return the steps of its flow that can come after a step."""
    targets = [branch.then for branch in step.next]
    if step.ask is not None:
        targets += [step.ask.tries.then] if step.ask.tries is not None else []
        targets += [step.ask.silence.then] if step.ask.silence is not None else []
        targets += [step.ask.wait.then, step.ask.wait.late] if step.ask.wait is not None else []
        targets += [step.ask.back] if step.ask.back not in {None, CALLER} else []
    if step.call is not None and step.call.back not in {None, CALLER}:
        targets.append(step.call.back)
    return tuple(dict.fromkeys(targets))


def reachable(start: Iterable[Node], after: Callable[[Node], Iterable[Node]]) -> set[Node]:
    """Return what can be reached from `start`, itself included."""
    seen: set[Node] = set()
    waiting = list(start)
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting.extend(after(node))
    return seen


def reversed_ways(flow: Flow) -> Mapping[StepId, list[StepId]]:
    """Return, for each step, the steps that can come before it."""
    before: dict[StepId, list[StepId]] = {id_: [] for id_ in flow.steps}
    for step in flow.steps.values():
        for target in ways(step):
            before.setdefault(target, []).append(step.id)
    return before


def cycles(nodes: Iterable[Node], after: Callable[[Node], Iterable[Node]]) -> set[Node]:
    """Return the nodes that can come back to themselves."""
    return {node for node in nodes if node in reachable(after(node), after)}


def passes_silently(flows: Flows) -> set[FlowName]:
    """Return the flows that can be gone through without any question."""
    silent: set[FlowName] = set()
    while True:
        found = {name for name, flow in flows.flows.items() if _ends_silently(flow, silent)}
        if found == silent:
            return silent
        silent = found


def _ends_silently(flow: Flow, silent: set[FlowName]) -> bool:
    def after(id_: StepId) -> Iterable[StepId]:
        step = flow.steps.get(id_)
        if step is None or step.ask is not None or (step.call is not None and step.call.flow not in silent):
            return ()
        return ways(step)

    return any((step := flow.steps.get(id_)) is not None and step.end for id_ in reachable([flow.first], after))


def quiet_ways(flows: Flows) -> Callable[[tuple[FlowName, StepId]], Iterable[tuple[FlowName, StepId]]]:
    """Return where a sprint can go from a step without waiting, into called and switched-to flows too."""
    silent = passes_silently(flows)

    def after(node: tuple[FlowName, StepId]) -> Iterable[tuple[FlowName, StepId]]:
        name, id_ = node
        step = flows.flows[name].steps.get(id_)
        if step is None or step.ask is not None:
            return
        for other in (step.switch, step.call.flow if step.call is not None else None):
            if other is not None and other in flows.flows:
                yield other, flows.flows[other].first
        if step.call is None or step.call.flow in silent:
            yield from ((name, target) for target in ways(step))

    return after
