"""Restart: the same command again after the program itself has changed, on the same socket, so that nobody is turned away."""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from ..folders import PROGRAM
from .ending import end_at_once

LEFT = "OCTAVO_RESTARTED"
"""The variable of the environment by which a program tells the one that takes its place what it leaves to it."""

TRIED = "import app.application, app.cli.serve"

CODE = PROGRAM / "app"

KINDS = (".html", ".py", ".yml")
"""The endings of what is read once only, when the program starts."""

BROWSER = CODE / "live" / "browser"
"""What a browser gets from `/_octavo/`: no code of this program."""


@dataclass(frozen=True, slots=True)
class Left:
    """What a program leaves to the one that takes its place: its socket, which `program` that is, and what its pages know."""

    listening: socket.socket
    program: str
    token: str = ""


def left() -> Left | None:
    """What was left to this program, if it takes the place of another; nobody after it finds it."""
    told = os.environ.pop(LEFT, "").split()
    return Left(socket.socket(fileno=int(told[0])), *told[1:]) if told else None


def is_code(path: Path) -> bool:
    """Whether a file, or a folder, is of the program itself."""
    return path.is_relative_to(CODE) and not path.is_relative_to(BROWSER)


def program() -> str:
    """What tells the program as it stands on the disk now from another one."""
    told = hashlib.sha256()
    for path in sorted(path for path in CODE.rglob("*") if path.suffix in KINDS and is_code(path)):
        with suppress(OSError):
            told.update(f"{path} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return told.hexdigest()


def fault() -> str:
    """Why the program would not start, as it stands on the disk now; nothing where it would."""
    tried = subprocess.run([sys.executable, "-c", TRIED], cwd=PROGRAM, capture_output=True, text=True, check=False)  # noqa: S603
    return tried.stderr if tried.returncode else ""


def restart(listening: socket.socket, token: str) -> NoReturn:
    """Let the same command take the place of this program."""
    listening.set_inheritable(True)
    told = {**os.environ, LEFT: f"{listening.fileno()} {program()} {token}"}
    end_at_once()
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], told)  # noqa: S606
