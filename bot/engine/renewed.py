"""A talk begun in an older version of a flow goes on in the present one: at the step that took its step's place.

A flow names in `changes` what each version renamed. A step that is gone without a successor strands its talk, and the
person is told so (`bot/engine/advance.py`); a step that kept its name needs no word.
"""

from dataclasses import replace

from bot.engine.conversation import Conversation, Frame
from bot.engine.model import Flows


def renewed(flows: Flows, conversation: Conversation) -> Conversation:
    """Return the talks as they stand in the flows of today."""
    talks = tuple(
        replace(talk, frames=tuple(_renewed(flows, frame) for frame in talk.frames)) for talk in conversation.talks
    )
    return replace(conversation, talks=talks)


def _renewed(flows: Flows, frame: Frame) -> Frame:
    flow = flows.flows.get(frame.flow)
    if flow is None or frame.version >= flow.version:
        return frame
    step = frame.step
    for version in sorted(flow.changes):
        if version >= frame.version:
            step = flow.changes[version].get(step, step)
    return replace(frame, step=step, version=flow.version)
