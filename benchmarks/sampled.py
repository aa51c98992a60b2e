"""The bot, looked at every few milliseconds of its CPU time: which part of it is at work. `updates` runs it.

Samples cost little and are spread evenly over what is used, so that their shares are true where a tracing profiler's
would favour code that calls little. `python -m benchmarks.sampled FILE` runs the bot and writes the counts at its end.
"""

import json
import signal
import sys
from collections import Counter
from pathlib import Path
from types import FrameType

from bot.cli import main

EVERY_S = 0.002
DATABASE = ("/sqlalchemy/", "/aiosqlite/", "/bot/storage/", "/greenlet/")
HTTP = ("/telegram/request/", "/telegram/_bot", "/httpx/", "/httpcore/", "/h11/", "/anyio/", "/bot/telegram/client")


def part_of(files: list[str]) -> str:
    """Return the part of the bot that a stack belongs to. `files`: of its frames, the innermost first."""

    def among(*names: str) -> bool:
        return any(name in file for file in files for name in names)

    if among("/bot/clock.py"):
        return "telling the stand-in of rest (tests only)"
    if among(*DATABASE) or files[0].endswith("/selectors.py"):
        # While the main thread waits, only the database's thread can be using the CPU.
        return "database"
    if among("/bot/telegram/sender.py"):
        return "sending: calls" if among(*HTTP) else "sending: the sender itself"
    if among("/bot/session/"):
        return "hearing, deciding, rendering"
    if among("/bot/telegram/poller.py"):
        return "polling"
    if among("/bot/reminders/"):
        return "looking for what is due"
    return "event loop and sockets"


def run(path: Path) -> int:
    """Run the bot until it is told to end; write `{part: samples}` to `path`."""
    counts: Counter[str] = Counter()

    def look(_signal: int, frame: FrameType | None) -> None:
        files = []
        while frame is not None:
            files.append(frame.f_code.co_filename)
            frame = frame.f_back
        counts[part_of(files)] += 1

    signal.signal(signal.SIGPROF, look)
    signal.siginterrupt(signal.SIGPROF, False)
    signal.signal(signal.SIGUSR1, lambda _signal, _frame: counts.clear())
    signal.setitimer(signal.ITIMER_PROF, EVERY_S, EVERY_S)
    code = main(["run"])
    signal.setitimer(signal.ITIMER_PROF, 0)
    path.write_text(json.dumps(counts), encoding="utf-8")
    return code


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1])))
