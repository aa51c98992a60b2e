"""The names of flows, steps and lanes, and the few that are ours and no author's."""

from typing import NewType

FlowName = NewType("FlowName", str)
StepId = NewType("StepId", str)
Lane = NewType("Lane", str)
"""A talk runs in a lane. `TALK` is the conversation; a reminder has a lane of its own, so that it never takes the
floor from a question that is open."""
TALK = Lane("talk")
CALLER = StepId("~caller")
"""Of a called flow: the way back leads out of it, to where its caller says. No author's step can be called so."""
