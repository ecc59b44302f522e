"""Upkeep: what is kept in `.octavo/` of a site folder only to save time does not grow without bound."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from ..cache import FILES, Cache
from .exchange import remove
from .kept import shelf

BOUND = 1_000_000_000
"""How many bytes may be kept."""

LEFT = 0.75
"""The part of the bound that is left where it was passed, so that it is not passed again at once."""

MARKED = 0.5
"""The part of the bound from which on it is written down what is in use."""

FOLDERS = (".octavo/images", ".octavo/outputs")
"""The folders with the copies of pictures, and with the pictures inside notebooks."""


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """A file, or a value in the cache by its kind and key; when it was used last, in seconds since 1970; its size in bytes."""

    used: float
    name: str
    size: int = field(compare=False)
    place: Path | tuple[str, str] = field(compare=False)


def keep_within(site_folder: Path, cache: Cache | None, bound: int = BOUND) -> int:
    """Delete what was not used for the longest time, where more than `bound` bytes are kept. Answers how many are gone.

    Whatever goes is made again when it is asked for.
    """
    before = size_of(site_folder)
    if cache and before > bound * MARKED:
        cache.mark()
    if before <= bound:
        return 0
    values = things_in(cache) if cache else ()
    gone = list(oldest(chain(values, files_of(site_folder)), int(bound * LEFT)))
    for thing in gone:
        if isinstance(thing.place, Path):
            with suppress(OSError):
                thing.place.unlink()
    if cache:
        cache.drop(thing.place for thing in gone if isinstance(thing.place, tuple))
    return before - size_of(site_folder)


def delete_all(site_folder: Path) -> int:
    """Delete everything that can be made again. Answers how many bytes are gone. Raises `OSError`."""
    before = size_of(site_folder)
    for name in FILES:
        (site_folder / name).unlink(missing_ok=True)
    for folder in folders_of(site_folder):
        remove(folder)
    return before - size_of(site_folder)


def delete_releases(out: Path) -> tuple[int, int]:
    """Delete the releases before that in `out`. Answers how many, and how many bytes are gone. Raises `OSError`.

    Files that are shared with the current release do not count.
    """
    kept = shelf(out)
    files = [os.stat(path) for folder in kept for path in folder.rglob("*") if path.is_file()]
    links = Counter(one.st_ino for one in files)
    freed = {one.st_ino: one.st_size for one in files if one.st_nlink == links[one.st_ino]}
    for folder in kept:
        remove(folder)
    return len(kept), sum(freed.values())


def size_of(site_folder: Path) -> int:
    """How many bytes are kept that can be made again."""
    database = (site_folder / name for name in FILES)
    return sum(thing.size for thing in files_of(site_folder)) + sum(file.stat().st_size for file in database if file.is_file())


def folders_of(site_folder: Path) -> list[Path]:
    """The folders with files that are kept; what a link leads to is not ours."""
    return [folder for name in FOLDERS if (folder := site_folder / name).is_dir() and not folder.is_symlink()]


def files_of(site_folder: Path) -> Iterator[Thing]:
    """The files that are kept; when each was read last, as far as the system notes it."""
    for folder in folders_of(site_folder):
        for file in sorted(folder.iterdir()):
            with suppress(OSError):
                status = file.stat()
                yield Thing(max(status.st_atime, status.st_mtime), file.name, status.st_size, file)


def things_in(cache: Cache) -> Iterator[Thing]:
    """The values in a cache."""
    for place, (used, size) in cache.sizes().items():
        yield Thing(used, " ".join(place), size, place)


def oldest(things: Iterable[Thing], left: int) -> Iterator[Thing]:
    """Those to be deleted so that no more than `left` bytes remain."""
    room = left
    for thing in sorted(things, reverse=True):
        room -= thing.size
        if room < 0:
            yield thing
