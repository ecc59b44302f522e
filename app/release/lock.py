"""Lock: one freeze, deploy or rollback at a time on a release, and the next knows for whom it waits."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from .refusal import Refused

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

PATIENCE = 10.0
"""For how many seconds the second waits for the first."""

PAUSE = 0.05
"""After how many seconds it looks again."""

LENGTH = 300
"""The bytes in which the holder tells of itself. The one after them is what Windows locks: nobody else could read it there."""

HELD: set[int] = set()
"""The descriptors of the locks of this process."""

Tell = Callable[[str], object]


def state_of(out: Path) -> Path:
    """The folder beside a release, and so on the same disk, that has what is known about it."""
    return out.parent / ".octavo" / "releases" / out.name


@contextmanager
def locked(out: Path, what: str = "freeze", patience: float = PATIENCE, tell: Tell = lambda message: None) -> Iterator[None]:
    """Have the release `out` for oneself, in order to do `what`; the system gives it free when the process ends, however it does.

    Where another has it, `tell` is given a message that says who, and after `patience` seconds `Refused` is raised with it.
    """
    file = state_of(out.absolute()).with_suffix(f"{out.suffix}.lock")
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    HELD.add(descriptor)
    try:
        wait(descriptor, out, patience, tell)
        write(descriptor, {"pid": os.getpid(), "since": f"{datetime.now():%H:%M:%S}", "what": what})
        yield
        write(descriptor, {})
    finally:
        HELD.discard(descriptor)
        os.close(descriptor)


def wait(descriptor: int, out: Path, patience: float, tell: Tell) -> None:
    """Take the lock as soon as it is free. Raises `Refused` after `patience` seconds."""
    end, told = time.monotonic() + patience, False
    while not taken(descriptor):
        message = f"'{out.name}' is in use: {holder(descriptor)}"
        if time.monotonic() >= end:
            raise Refused(f"{message}; try again when that is done")
        if not told:
            tell(f"{message}; waiting for up to {patience:.0f} seconds")
            told = True
        time.sleep(PAUSE)


def taken(descriptor: int) -> bool:
    """Take the lock, if it is free."""
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, LENGTH, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def write(descriptor: int, told: dict[str, object]) -> None:
    """Let others read who has the lock."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, json.dumps(told).encode().ljust(LENGTH))


def holder(descriptor: int) -> str:
    """Who has the lock, since when and what for, as far as is known."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        told = json.loads(os.read(descriptor, LENGTH))
        return f"a {told['what']} has it since {told['since']} (process {told['pid']})"
    except (ValueError, KeyError, TypeError):
        return "another process has it"


def forget() -> None:
    """Let go of all locks in a process just forked: it would hold them on after its parent was killed."""
    for descriptor in HELD:
        os.close(descriptor)
    HELD.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=forget)
