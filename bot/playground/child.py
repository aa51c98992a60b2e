"""The bot as a child process: started, killed with -9 on request, ended with us. What it logs goes on to our stderr.

It lives in a session of its own, so that Ctrl-C reaches us alone and we end it in order.
"""

import asyncio
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

LEASH = Path(__file__).with_name("leash.py")
PATIENCE = 10.0
KEPT = 2000  # bytes of what it wrote
SHOWN = 300  # characters of its last line


class Child:
    """One program that runs or does not, each time with `environment`. `changed` is called whenever that changes.

    `killed`: its present or last life was ended by `kill`.
    """

    def __init__(self, command: Sequence[str], changed: Callable[[], None]) -> None:
        self._command = tuple(command)
        self.environment: Mapping[str, str] = {}
        self._changed = changed
        self._process: asyncio.subprocess.Process | None = None
        self._told = b""
        self.killed = False
        self._wanted = asyncio.Event()
        self._starting = asyncio.Lock()
        self._ending = False

    @property
    def running(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int | None:
        """Its process id, also after its end; None before the first start."""
        return self._process.pid if self._process else None

    @property
    def exit(self) -> int | None:
        """How it ended: 0 and above by itself, below by that signal; None while it runs."""
        return self._process.returncode if self._process else None

    @property
    def last_line(self) -> str | None:
        """The last line it wrote in this life, for whoever asks why it ended."""
        lines = self._told.decode(errors="replace").strip().splitlines()
        return lines[-1][:SHOWN] if lines else None

    async def start(self) -> bool:
        """Start it; tells whether it was not running already."""
        async with self._starting:
            if self.running or self._ending:
                return False
            self._told, self.killed = b"", False
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-I", str(LEASH), str(os.getpid())),
                *self._command,
                env=self.environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
            )
        self._wanted.set()
        self._changed()
        return True

    async def kill(self) -> bool:
        """End it as `kill -9` does, with no chance to tidy up; tells, once it is gone, whether it was running."""
        if self._process is None or not self.running:
            return False
        self.killed = True
        self._process.kill()
        await self._process.wait()
        return True

    async def end(self) -> None:
        """Ask it to end and wait; after ten seconds insist. It does not start again."""
        self._ending = True
        self._wanted.set()
        if self._process is None or not self.running:
            return
        self._process.terminate()
        try:
            async with asyncio.timeout(PATIENCE):
                await self._process.wait()
        except TimeoutError:
            print(f"The bot did not end within {PATIENCE:.0f} seconds, so it was killed.", file=sys.stderr, flush=True)
            await self.kill()

    async def attend(self) -> None:
        """Pass on what it writes and tell of its end, life after life; returns after `end`."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            if self._process is not None:
                await self._live(self._process)
            if self._ending:
                return

    async def _live(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        while some := await process.stdout.read(65536):
            self._told = (self._told + some)[-KEPT:]
            sys.stderr.buffer.write(some)
            sys.stderr.buffer.flush()
        code = await process.wait()
        if not self._ending and not self.killed:
            how = f"by itself (exit code {code})" if code >= 0 else f"by signal {-code}"
            said = f" Its last words: {self.last_line}" if self.last_line else ""
            print(f"The bot ended {how}.{said}", file=sys.stderr, flush=True)
        self._changed()
