"""The lock: one at a time on a release, and free again however its holder ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.folders import PROGRAM
from app.release.lock import locked, state_of
from app.release.refusal import Refused

HOLD = """
import sys, time, os
from pathlib import Path
from app.release.lock import locked
with locked(Path(sys.argv[1]), "deploy"):
    if sys.argv[2] == "fork" and os.fork() == 0:
        print(os.getpid(), flush=True)
        time.sleep(60)
    elif sys.argv[2] == "alone":
        print(0, flush=True)
    time.sleep(60)
"""


def holding(out: Path, how: str) -> tuple[subprocess.Popen[str], int]:
    """A process that has the lock of `out`, and that of its child."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(out), how], stdout=subprocess.PIPE, text=True, cwd=PROGRAM)
    if process.stdout is None:
        raise ValueError
    return process, int(process.stdout.readline())


def end(process: subprocess.Popen[str]) -> None:
    """Kill a process as nothing else can."""
    process.kill()
    process.communicate()


def test_r14_the_second_is_told_who_has_it_and_refused(tmp_path: Path) -> None:
    process, _ = holding(tmp_path / "build", "alone")
    told: list[str] = []

    expected = rf"'build' is in use: a deploy has it since \d\d:\d\d:\d\d \(process {process.pid}\)"
    with pytest.raises(Refused, match=expected), locked(tmp_path / "build", patience=0.2, tell=told.append):
        pass

    assert told[0].endswith("waiting for up to 0 seconds")
    end(process)


def test_r14_who_does_not_want_to_wait_is_refused_at_once(tmp_path: Path) -> None:
    told: list[str] = []

    out, start = tmp_path / "build", time.monotonic()
    with locked(out), pytest.raises(Refused, match="try again when that is done"), locked(out, patience=0, tell=told.append):
        pass

    assert time.monotonic() - start < 0.5
    assert told == []


@pytest.mark.parametrize("how", ["alone", "fork"])
def test_r14_it_is_free_after_its_holder_was_killed_even_if_a_worker_lives_on(tmp_path: Path, how: str) -> None:
    process, child = holding(tmp_path / "build", how)

    process.kill()
    process.wait()
    with locked(tmp_path / "build", patience=1):
        pass

    if child:
        os.kill(child, signal.SIGKILL)
    process.communicate()


def test_r14_the_second_goes_on_when_the_first_is_done(tmp_path: Path) -> None:
    log: list[str] = []

    def work(name: str) -> None:
        with locked(tmp_path / "build", name, patience=20):
            log.append(f"{name} begins")
            time.sleep(0.02)
            log.append(f"{name} ends")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, "abcdefgh"))

    assert len(log) == 16
    assert all(log[at].split()[0] == log[at + 1].split()[0] for at in range(0, 16, 2))


def test_two_releases_side_by_side_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with locked(tmp_path / "build"), locked(tmp_path / "public", patience=0):
        assert state_of(tmp_path / "build") != state_of(tmp_path / "public")
