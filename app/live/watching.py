"""Watching: which files of a site and of the program change, told together where they change together."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from watchfiles import watch

from ..folders import PROGRAM
from ..settled import OURS
from ..stamps import Stamp, stamps

STEP = 5
"""How many milliseconds pass between two looks at what the system has told."""

TICK = 50
"""After how many milliseconds without any change that is told, too."""

CALM = 0.1
"""How many seconds nothing may change, until many changes count as done."""

LONGEST = 5.0
"""How many seconds changes are waited for that do not end."""

GIT = 10.0
"""How many seconds Git may work until its changes are shown before it is done."""

POLL = 0.25
"""How many seconds pass between two looks where the system does not tell what changes; and at least so many times
as long as a look takes."""

IDLE = 5

ENDINGS = ("~", ".tmp", ".swp", ".swx", ".bak", ".part", ".pyc", ".crswap")
"""The endings of what editors keep for a while beside a file."""

Tell = Callable[[str], None]
"""Something to be said to whoever has started the server."""


def watched(site_folder: Path) -> tuple[Path, ...]:
    """The folders whose files decide what a site is while it is written, be they there or not."""
    homes = [site_folder / name for name in OURS] + [PROGRAM / name for name in ("app", "templates", "static")]
    return tuple(dict.fromkeys(homes))


def batches(site_folder: Path, stop: threading.Event, tell: Tell) -> Iterator[frozenset[Path]]:
    """The paths that changed, again and again; a folder stands for everything in it.

    The first answer is empty: from then on nothing is missed. A save is told at once; where more changes together, or
    another file soon after one, all of it is told when it is over.
    """
    waiting: set[str] = set()
    shown: set[str] = set()
    first = last = 0.0
    folders = watched(site_folder)
    looks = noticed(folders, stop, tell)
    next(looks, None)
    yield frozenset()
    for found in looks:
        now = time.monotonic()
        meant = {path for path in found if is_meant(path, folders)}
        follows, first = now - last < CALM and not meant <= shown, first if waiting else now
        waiting, last = waiting | meant, now if meant else last
        over = now - last >= CALM or now - first >= LONGEST or (not follows and is_save(waiting))
        if waiting and over and (now - first >= GIT or not git_works(site_folder)):
            yield frozenset(map(Path, waiting))
            waiting, shown, last = set(), waiting, time.monotonic()


def noticed(folders: Sequence[Path], stop: threading.Event, tell: Tell) -> Iterator[set[str]]:
    """What changed since the last look, again and again; nothing where that is nothing for a `TICK`.

    With every new folder all of them are asked for anew: what is in one already is missed, and that the system has no room
    for it nobody is told.
    """
    missed: set[str] = set()
    look = told_by_system
    while not stop.is_set():
        before = places(folders)
        try:
            for found in look([folder for folder in folders if folder.is_dir()], stop):
                yield found | missed
                missed = set()
                if places(folders) != before or any(os.path.isdir(path) for path in found):
                    break
        except FileNotFoundError:
            stop.wait(TICK / 1000)
        except (OSError, RuntimeError) as error:
            tell(f"The system does not tell what changes ({error}): looking at all files again and again.")
            look = looked_at
        missed = {str(folder) for folder in folders}


def told_by_system(folders: Sequence[Path], stop: threading.Event) -> Iterator[set[str]]:
    """What the system tells of changes. Raises `OSError` or `RuntimeError` where it does not."""
    looks = watch(
        *folders, watch_filter=None, step=STEP, debounce=STEP, rust_timeout=TICK, yield_on_timeout=True, stop_event=stop,
        force_polling=False, ignore_permission_denied=False,
    )  # fmt: skip
    return ({path for _, path in found} for found in looks)


def looked_at(folders: Sequence[Path], stop: threading.Event) -> Iterator[set[str]]:
    """The same by looking at all files. That of `watchfiles` sees neither a second save within a second nor an older file."""
    known: dict[str, Stamp] = stamped(folders)
    took = 0.0
    yield set()
    while not stop.wait(max(POLL, IDLE * took)):
        began, before = time.monotonic(), known
        known = stamped(folders)
        took = time.monotonic() - began
        yield {path for path in before.keys() | known.keys() if before.get(path) != known.get(path)}


def stamped(folders: Iterable[Path]) -> dict[str, Stamp]:
    """Every file in some folders, with what tells whether it has changed."""
    return {str(folder / path): stamp for folder in folders for path, stamp in stamps(folder)}


def places(folders: Iterable[Path]) -> list[tuple[int, int] | None]:
    """What tells whether a folder is still the same one, and not another in its place."""
    found: list[tuple[int, int] | None] = []
    for folder in folders:
        try:
            status = folder.stat()
            found.append((status.st_dev, status.st_ino))
        except OSError:
            found.append(None)
    return found


def is_meant(path: str, folders: Iterable[Path]) -> bool:
    """Whether anything depends on a file: what hides behind a dot, caches and what editors keep for a while are nobody's."""
    inside = next((path[len(str(folder)) :] for folder in folders if f"{path}/".startswith(f"{folder}/")), path)
    *parts, name = inside.split("/")
    passing = name.endswith(ENDINGS) or name == "4913" or (name.startswith("#") and name.endswith("#"))
    return not passing and not any(part.startswith(".") or part == "__pycache__" for part in (*parts, name))


def is_save(paths: Iterable[str]) -> bool:
    """Whether no more has changed than one file, which may have had another name. An empty one may be still on its way."""
    sizes = [size_of(path) for path in paths]
    return len(sizes) - sizes.count(0) == 1 and sizes.count(0) <= 1 and -1 not in sizes


def size_of(path: str) -> int:
    """The bytes of a file: 0 where there is none, -1 for a folder."""
    if os.path.isdir(path):
        return -1
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def git_works(folder: Path) -> bool:
    """Whether Git is at work on the files of a folder; one that has been ended long ago may have left its lock."""
    git = next((home / ".git" for home in (folder, *folder.parents) if (home / ".git").exists()), None)
    try:
        if git and git.is_file():
            git = git.parent / git.read_text("utf-8", "replace").removeprefix("gitdir:").strip()
        return git is not None and abs(time.time() - (git / "index.lock").stat().st_mtime) < GIT
    except OSError:
        return False
