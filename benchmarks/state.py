"""How many bytes a person's conversation takes in the database, at every wait of every transcript of the house.

The law is 1 kB. Beside it stands the same state as plain JSON with full names.
"""

import asyncio
import json
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.measure import percentile, ratio, table
from bot.engine.conversation import load
from tests.chat import chatting
from tests.flows.transcripts import Transcript, all_transcripts, play

LAW = 1024


@dataclass(frozen=True, slots=True)
class Wait:
    """A talk that waits, in which transcript and at which step; its state in bytes, as stored and with full names."""

    transcript: str
    step: str
    stored: int
    plain: int


async def waits(transcript: Transcript, directory: Path) -> list[Wait]:
    """Play a transcript; return every wait in it."""
    async with chatting(directory / f"{transcript.place}.db", transcript.begins) as chat:
        with suppress(AssertionError):  # a talk that is not as it was written is the tests' matter
            await play(chat, transcript)
        states = [changes.person.conversation for _, changes in chat.store.written]
    return [_wait(transcript, state) for state in states if state is not None]


def _wait(transcript: Transcript, state: str) -> Wait:
    conversation = load(state)
    top = conversation.talks[-1].top
    plain = json.dumps(asdict(conversation), default=_told, ensure_ascii=False)
    return Wait(transcript.place, f"{top.flow}.{top.step}", len(state.encode()), len(plain.encode()))


def _told(value: Any) -> str:
    assert isinstance(value, datetime)
    return value.isoformat()


async def measure(transcripts: Sequence[Transcript]) -> list[Wait]:
    """Return the waits of all these transcripts."""
    with tempfile.TemporaryDirectory() as directory:
        return [wait for one in transcripts for wait in await waits(one, Path(directory))]


def report(most: int | None = None) -> str:
    """Play the transcripts (at most so many), and return the figures as Markdown."""
    found = asyncio.run(measure(all_transcripts()[:most]))
    rows = []
    for name, sizes in (("as stored", [w.stored for w in found]), ("plain JSON, full names", [w.plain for w in found])):
        mean = sum(sizes) / len(sizes)
        rows.append((name, f"{mean:.0f}", percentile(sizes, 0.95), max(sizes), ratio(max(sizes), LAW)))
    largest = max(found, key=lambda wait: wait.stored)
    told = (
        f"{len(found)} waits in {len({wait.transcript for wait in found})} transcripts. "
        f"The largest waits at `{largest.step}`, in {largest.transcript}: {largest.stored} bytes of {LAW}."
    )
    return f"{told}\n\n{table(('bytes', 'mean', '95th percentile', 'largest', 'of the 1 kB law'), rows)}"
