"""Keeps the processes of one installation running together, and ends them together.

An office without a system administrator starts one program; what crashes comes back by itself, with growing
pauses. Only processes started here are ever signalled, each by its own number.
"""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hotline.plumbing.redaction import redact

FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 30.0
STEADY_AFTER: Final = 60.0
STOP_WITHIN: Final = 15.0
LONGEST_LINE: Final = 1 << 20

Say = Callable[[str], None]


@dataclass(frozen=True)
class Program:
    """One process to keep running. A killed one leaves its `socket` behind, on which the next could not start."""

    name: str
    command: Sequence[str]
    surroundings: Mapping[str, str] = field(default_factory=dict)
    socket: Path | None = None


class Supervisor:
    """Starts programs, prefixes what they print, restarts what ends, stops all at the end."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._stopping = asyncio.Event()
        self._running: dict[str, asyncio.subprocess.Process] = {}

    def stopping(self) -> bool:
        return self._stopping.is_set()

    def stop(self) -> None:
        self._stopping.set()

    async def wait(self) -> None:
        await self._stopping.wait()

    def running(self) -> dict[str, int]:
        """The numbers of the processes that run now."""
        return {name: process.pid for name, process in self._running.items() if process.returncode is None}

    async def keep(self, program: Program) -> None:
        """Runs one program until everything stops."""
        pause = FIRST_PAUSE
        loop = asyncio.get_running_loop()
        while not self.stopping():
            began = loop.time()
            code = await self._run_once(program)
            if self.stopping():
                return
            if loop.time() - began > STEADY_AFTER:
                pause = FIRST_PAUSE
            self._say(
                f"[{program.name}] 意外结束（{code}），{pause:g} 秒后重新启动"
                f" / ended unexpectedly ({code}); starting again in {pause:g} s"
            )
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _run_once(self, program: Program) -> int:
        """The child leads a process group of its own, so that its workers can be ended with it."""
        if program.socket is not None:
            program.socket.unlink(missing_ok=True)
        # A pipe of our own: asyncio's would make wait() last until the workers, too, have closed it.
        reading, writing = os.pipe()
        try:
            process = await self._start(program, writing)
        finally:
            os.close(writing)
        self._running[program.name] = process
        reader = asyncio.create_task(self._pass_on(program.name, reading))
        stopper = asyncio.create_task(self._end_when_stopping(process))
        try:
            return await process.wait()
        finally:
            stopper.cancel()
            _kill_group(process.pid)  # workers that outlived their killed parent would hold the socket
            await reader
            del self._running[program.name]

    async def _start(self, program: Program, output: int) -> asyncio.subprocess.Process:
        leash = (sys.executable, "-m", "hotline.plumbing.leash", str(os.getpid()))
        return await asyncio.create_subprocess_exec(
            *leash,
            *program.command,
            env={**os.environ, **program.surroundings},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )

    async def _end_when_stopping(self, process: asyncio.subprocess.Process) -> None:
        await self._stopping.wait()
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await asyncio.sleep(STOP_WITHIN)
        _kill_group(process.pid)

    async def _pass_on(self, name: str, output: int) -> None:
        stream = asyncio.StreamReader(limit=LONGEST_LINE)
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(stream), os.fdopen(output, "rb", buffering=0)
        )
        try:
            while True:
                try:
                    line = await stream.readline()
                except ValueError:  # longer than the limit: it is left out, what follows is read again
                    continue
                if not line:
                    return
                self._say(redact(f"[{name}] {line.decode(errors='replace').rstrip()}"))
        finally:
            transport.close()


def _kill_group(leader: int) -> None:
    """The group was made for this child alone (start_new_session), so nobody else's process is in it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
