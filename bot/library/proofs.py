"""What a flow says of itself below `prove:`, held against all its ways: whatever people do, no way goes around.

A flow may go on wherever one of its ways leads; what conditions rule out is not taken into account. So a proof that is
found holds, and one that fails may fail by a way that nobody can go: then the steps are drawn differently.
"""

from collections.abc import Iterator

from bot.engine.model import Flow
from bot.engine.names import StepId
from bot.errors import Fault
from bot.library.building import Source
from bot.library.graph import ways
from bot.library.schema import Proof


def unproved(flow: Flow, source: Source) -> Iterator[Fault]:
    """Find proofs that do not hold, each with the shortest way that goes around, and proofs of steps not there."""
    for index, proof in enumerate(source.file.prove):
        path = ("prove", index)
        lost = [name for name in (proof.reaching, proof.requires) if name not in flow.steps]
        for name in lost:
            yield source.tree.fault(path, f"«{name}» is not a step of this flow; name one")
        around = None if lost else _around(flow, proof)
        if around is not None:
            shown = " → ".join(around)
            yield source.tree.fault(path, f"«{proof.reaching}» is reached around «{proof.requires}»: {shown}")


def _around(flow: Flow, proof: Proof) -> list[StepId] | None:
    """Return the shortest way to a step that leaves out the one that it requires; None: there is none."""
    first, goal, required = flow.first, StepId(proof.reaching), StepId(proof.requires)
    waiting = [] if first == required else [[first]]
    seen = {first, required}
    for way in waiting:
        if way[-1] == goal:
            return way
        step = flow.steps.get(way[-1])
        for target in ways(step) if step is not None else ():
            if target not in seen:
                seen.add(target)
                waiting.append([*way, target])
    return None
