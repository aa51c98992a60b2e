"""Where a person is in their talks: small, flat, versioned JSON. It is all that the engine remembers.

Keys are one letter, because the state is written at every message. It holds choices and numbers, never a person's words
before consent.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.engine.kinds import Value
from bot.engine.names import FlowName, Lane, StepId

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Frame:
    """A flow that runs: its version when it began, the step it is at, its data so far."""

    flow: FlowName
    version: int
    step: StepId
    data: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Talk:
    """What runs in one lane: the flows inside one another, the top one waiting at a question.

    `nonce` is that question's; `answered` the last one's (a double press on it needs no answer but silence).
    `tries` counts answers not understood, `nudges` those said into silence; `offered` what a zone question offered.
    `until` (UTC, whole seconds): a talk left alone that long is over.
    """

    lane: Lane
    frames: tuple[Frame, ...]
    nonce: str
    until: datetime
    answered: str = ""
    tries: int = 0
    nudges: int = 0
    offered: tuple[str, ...] = ()

    @property
    def top(self) -> Frame:
        """The frame that waits for the person."""
        return self.frames[-1]


@dataclass(frozen=True, slots=True)
class Conversation:
    """All talks of one person, at most one a lane. Empty: nothing runs."""

    talks: tuple[Talk, ...] = ()

    def talk(self, lane: Lane) -> Talk | None:
        """The talk in this lane."""
        return next((talk for talk in self.talks if talk.lane == lane), None)

    def holding(self, nonce: str) -> Talk | None:
        """The talk whose open question has this nonce."""
        return next((talk for talk in self.talks if talk.nonce == nonce), None)

    def put(self, talk: Talk) -> "Conversation":
        """The same with this talk in its lane."""
        return Conversation((*(t for t in self.talks if t.lane != talk.lane), talk))

    def without(self, lane: Lane) -> "Conversation":
        """The same with nothing in this lane."""
        return Conversation(tuple(t for t in self.talks if t.lane != lane))

    def at(self, now: datetime) -> "Conversation":
        """The same without the talks that were left alone too long."""
        return (
            self
            if all(t.until > now for t in self.talks)
            else Conversation(tuple(t for t in self.talks if t.until > now))
        )


def dump(conversation: Conversation) -> str:
    """Write it as JSON (below 1 kB for every talk of the house; a test holds that)."""
    talks: list[dict[str, Any]] = []
    for talk in conversation.talks:
        entry: dict[str, Any] = {
            "l": talk.lane,
            "f": [[f.flow, f.version, f.step, f.data] for f in talk.frames],
            "n": talk.nonce,
            "u": int(talk.until.timestamp()),
        }
        if talk.answered:
            entry["a"] = talk.answered
        if talk.tries:
            entry["t"] = talk.tries
        if talk.nudges:
            entry["s"] = talk.nudges
        if talk.offered:
            entry["o"] = talk.offered
        talks.append(entry)
    return json.dumps({"v": FORMAT, "k": talks}, separators=(",", ":"), ensure_ascii=False)


def load(text: str) -> Conversation:
    """Read what `dump` wrote. Raises `ValueError` on anything else: the caller starts afresh and says so in the log."""
    try:
        state = json.loads(text)
        if state["v"] != FORMAT:
            raise ValueError(f"conversation state of format {state['v']}, this code reads {FORMAT}")
        return Conversation(tuple(_talk(entry) for entry in state["k"]))
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError("unreadable conversation state") from error


def _talk(entry: dict[str, Any]) -> Talk:
    frames = tuple(
        Frame(FlowName(flow), int(version), StepId(step), {k: _value(v) for k, v in data.items()})
        for flow, version, step, data in entry["f"]
    )
    if not frames:
        raise ValueError("a talk without a flow")
    return Talk(
        lane=Lane(entry["l"]),
        frames=frames,
        nonce=str(entry["n"]),
        until=datetime.fromtimestamp(entry["u"], UTC),
        answered=entry.get("a", ""),
        tries=entry.get("t", 0),
        nudges=entry.get("s", 0),
        offered=tuple(entry.get("o", ())),
    )


def _value(raw: Any) -> Value:
    return tuple(raw) if isinstance(raw, list) else raw


def replace_top(frames: tuple[Frame, ...], top: Frame) -> tuple[Frame, ...]:
    """Return the frames with another one on top."""
    return (*frames[:-1], top)
