"""The stand-in's memory on disk: one JSON file, replaced whole: a restart finds the old world or the new one."""

import os
from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.errors import OperatorError
from bot.playground.chats import Chat, ChatId
from bot.playground.updates import UpdateId, Waiting

SKIPPED = 10_000


@dataclass(frozen=True, slots=True)
class State:
    """Everything that outlives a restart (uploads and the record of calls do not).

    `complete`: nothing happened after it was saved. A killed process leaves one that is not.
    """

    at: datetime | None = None
    offset: timedelta = timedelta()
    generation: int = 0
    changes: int = 0
    next_update: int = 1
    next_message: int = 1
    next_person: int = 7_000_000_001  # above 32 bits, as Telegram's ids may be
    next_press: int = 4_000_000_000_000_000_001
    next_file: int = 1
    bot: dict[str, Any] = field(default_factory=dict)
    profile: dict[str, Any] = field(default_factory=dict)
    chats: list[Chat] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    allowed: frozenset[str] | None = None
    boot: str | None = None
    confirmed: UpdateId | None = None
    delivered: deque[UpdateId] = field(default_factory=deque)
    unanswered: dict[str, tuple[ChatId, datetime]] = field(default_factory=dict)
    complete: bool = True


STATE = TypeAdapter(State)


def load(path: Path | None) -> State | None:
    """What was saved, or None when nothing was. OperatorError when the file is none of ours."""
    if path is None or not path.exists():
        return None
    try:
        state = STATE.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise OperatorError(f"The state file {path} cannot be read: move it away to begin a new world.") from error
    return _later(state, skipped=0 if state.complete else SKIPPED)


def _later(state: State, skipped: int) -> State:
    """A new generation, so that a bot looks again and tells where it is; after a kill, ids that nobody has had yet.

    An update with the id of a forgotten one would look to the bot like a second delivery.
    """
    return replace(
        state,
        generation=state.generation + 1,
        changes=state.changes + skipped,
        next_update=state.next_update + skipped,
        next_message=state.next_message + skipped,
        next_press=state.next_press + skipped,
        next_person=state.next_person + skipped,
    )


def save(path: Path, state: State) -> None:
    """Write the file beside its place, then put it there in one step."""
    beside = path.with_name(f"{path.name}.new")
    with beside.open("wb") as file:
        file.write(STATE.dump_json(state))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
