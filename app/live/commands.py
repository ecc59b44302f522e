"""Commands: a command of Octavo at work in a process of its own, and what it says."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from ..folders import PROGRAM

Data: TypeAlias = dict[str, object]

NICE = 10
"""How far it stands behind other work."""

TOLD = 20
"""How many of the last lines are told of what a command says when it fails."""

ENDS = {"published", "added", "problems"}
"""What the last line of a command has that has told its end."""


class Command:
    """A command for a site folder, which says lines of JSON. It begins at once."""

    def __init__(self, site_folder: Path, name: str) -> None:
        self.name = name
        self._errors = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "app.cli", "--site", str(site_folder), name, "--json"],
            cwd=PROGRAM, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self._errors, text=True, encoding="utf-8",
            start_new_session=True,
        )  # fmt: skip
        if sys.platform != "win32":
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, NICE)

    def lines(self) -> Iterator[Data]:
        """Each line as data; the last tells the end, in `message` and `lines` where the command was not able to do so itself."""
        line: Data = {}
        with self._errors, self._process as process:
            for text in process.stdout or ():
                if text.startswith("{"):
                    line = json.loads(text)
                    yield line
            process.wait()
            if not ENDS & line.keys():
                self._errors.seek(0)
                yield {"message": self._ended(process.returncode), "lines": self._errors.read().splitlines()[-TOLD:]}

    def _ended(self, status: int) -> str:
        """How the process has ended."""
        how = f"was ended by signal {-status}" if status < 0 else f"has failed with status {status}"
        return f"'octavo {self.name}' {how} before it was through; the current release stays what it was."

    def end(self) -> None:
        """End it at once, with all that it has started; a release is whole whenever that is."""
        with suppress(OSError):
            if sys.platform == "win32":
                self._process.kill()
            elif self._process.poll() is None:
                os.killpg(self._process.pid, signal.SIGKILL)
