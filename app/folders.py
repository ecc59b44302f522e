"""Folders: where templates and static files come from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAM = Path(__file__).resolve().parent.parent
"""The folder of Octavo itself, with its own templates and static files."""


THROUGH = getattr(os, "O_PATH", 0) | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
"""How a folder is opened that is only gone through; a link to one is not."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where templates and static files come from: the author's first, then Octavo's."""

    templates: tuple[Path, ...]
    static: tuple[Path, ...]

    @classmethod
    def of(cls, site_folder: Path) -> Folders:
        """Those of a site folder."""
        homes = tuple(dict.fromkeys((site_folder, PROGRAM)))
        return cls(tuple(home / "templates" for home in homes), tuple(home / "static" for home in homes))


def inside(folder: Path, name: str) -> Path | None:
    """The file with a path below a folder, as it really is; nothing where there is none, or where a link leads out of it."""
    try:
        file = Path(os.path.realpath(folder / name))
        return file if file.is_file() and file.is_relative_to(os.path.realpath(folder)) else None
    except (OSError, ValueError):
        return None


@contextmanager
def held(file: Path) -> Iterator[Path]:
    """Another path to the file that `inside` has answered, which stays that of this file whatever becomes of its folders.

    Raises `OSError` where it is gone, or where a link stands on the way to it by now.
    """
    if os.open not in os.supports_dir_fd:
        yield file
        return
    at = os.open(file.anchor, THROUGH)
    try:
        for part, flags in (*((part, THROUGH) for part in file.parts[1:-1]), (file.name, os.O_NOFOLLOW | os.O_NONBLOCK)):
            above, at = at, os.open(part, flags, dir_fd=at)
            os.close(above)
        yield Path(f"/dev/fd/{at}")
    finally:
        os.close(at)


def is_hidden(path: str) -> bool:
    """Whether a file or a folder above it has a name that begins with a dot, `..` too."""
    return any(part.startswith(".") for part in path.split("/"))
