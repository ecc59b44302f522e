"""What a command costs: time, processor time and memory, and what the machine did beside it."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")
OFTEN = 0.25
"""Seconds between two looks at the memory of all processes."""

CALM = 0.15
"""How many cores others may use on a machine that is calm."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds, processor seconds, megabytes of the largest process and of all together, cores that others used, exit status."""

    wall: float
    processor: float
    largest: float
    together: float
    foreign: float
    status: int


def cost(command: Sequence[str], folder: Path, environment: Mapping[str, str], limit: float, log: Path) -> Cost:
    """What `command` costs in `folder`; what it prints goes to `log`. It is ended after `limit` seconds."""
    os.sync()
    with log.open("wb") as output:
        before, start = foreign_time(), time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
        memory = Memory(process.pid)
        memory.start()
        alarm = threading.Timer(limit, end, (process.pid,))
        alarm.start()
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    alarm.cancel()
    memory.done.set()
    memory.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    processor = usage.ru_utime + usage.ru_stime
    foreign = max(0.0, foreign_time() - before - processor) / wall
    largest = usage.ru_maxrss / 1024
    return Cost(wall, processor, largest, max(memory.most, largest), foreign, process.returncode)


def end(session: int) -> None:
    """End every process of a session."""
    with suppress(ProcessLookupError):
        os.killpg(session, signal.SIGKILL)


def foreign_time() -> float:
    """Processor seconds that the machine has spent, but for those of this process."""
    fields = (PROC / "stat").read_text().split("\n", 1)[0].split()[1:]
    user, nice, system, _, _, interrupts, soft, stolen = (int(field) for field in fields[:8])
    own = os.times()
    return (user + nice + system + interrupts + soft + stolen) / TICKS - own.user - own.system


def wait_for_calm(limit: float) -> None:
    """Wait until others leave the machine alone, `limit` seconds at most."""
    until = time.monotonic() + limit
    while time.monotonic() < until:
        before = foreign_time()
        time.sleep(0.5)
        if (foreign_time() - before) / 0.5 < CALM:
            return


class Memory(threading.Thread):
    """Looks again and again at the memory of all processes of a session; `most` is the most it has seen, in megabytes."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self.session = session
        self.most = 0.0
        self.done = threading.Event()

    def run(self) -> None:
        """Look until it is done."""
        while not self.done.wait(OFTEN):
            self.most = max(self.most, sum(proportional(folder) for folder in PROC.glob("[0-9]*") if self.owns(folder)))

    def owns(self, folder: Path) -> bool:
        """Whether the process of a folder in `/proc` belongs to the session."""
        with suppress(OSError):
            return int((folder / "stat").read_text().rpartition(")")[2].split()[3]) == self.session
        return False


def proportional(folder: Path) -> float:
    """The megabytes of a process, what it shares with others counted in part."""
    with suppress(OSError):
        for line in (folder / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0
