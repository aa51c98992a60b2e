"""A place that somebody shares, with real processes: it becomes a time zone, and nothing else of it stays anywhere."""

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.processes import bot, buttons, telegram

PLACE = (48.20648712, 16.37251438)
ZONE = "Europe/Vienna"


def traces() -> Iterator[bytes]:
    """Yield what the numbers would look like in a file: as digits from the fifth on, and as floats of eight bytes."""
    for number in PLACE:
        yield str(number)[:6].encode()
        yield str(number).partition(".")[2][:4].encode()
        yield struct.pack(">d", number)
        yield struct.pack("<d", number)


def written(path: Path) -> list[bytes]:
    """Return what stands in the database's files, the log beside it too."""
    return [file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*"))]


@pytest.mark.parametrize("asked", [True, False])
async def test_nothing_of_a_place_is_kept_or_logged_but_its_zone(tmp_path: Path, asked: bool) -> None:
    """At the question for it and anywhere else: no byte of the database's files and no line of the log has it."""
    path = tmp_path / "steady.db"
    async with telegram("2026-03-01T20:00:00Z", tmp_path / "world.json") as api:
        async with bot(api, path, LOG_LEVEL="DEBUG") as us:
            sam = await api.person("Sam")
            await api.say(sam, "/reminders")
            await api.tap(sam, "Exercise")
            await api.tap(sam, "Yes, you may")
            if not asked:
                await api.tap(sam, "I would rather not say")
            where = {"latitude": PLACE[0], "longitude": PLACE[1]}
            await api.ask("POST", f"/people/{sam}/location", where)
            last = (await api.chat(sam))[-1]
            if asked:
                assert "21:00" in last["text"]
                await api.tap(sam, "No, try again")
                await api.ask("POST", f"/people/{sam}/location", where)
                await api.tap(sam, "Yes, that is right")
            else:
                assert last["text"].startswith("Thank you. I keep no place.")
                assert buttons(last) == []
            files = written(path)
            assert await us.stop() == 0
            await us.read_all()
        files += written(path)
        log = "\n".join(us.lines).encode()
    assert asked == any(ZONE.encode() in file for file in files)
    assert not [trace for trace in traces() for kept in [*files, log] if trace in kept]
    assert b"Vienna" not in log
