"""Sharing: a file of the release before taken over into the next, as cheaply as the file system can do it soundly."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from shutil import copyfile

if sys.platform == "linux":
    from fcntl import ioctl

FICLONE = 0x40049409
"""What Linux calls the cloning of a file: the copy shares its bytes until one of the two is written to."""

Way = Callable[[Path, str | Path], None]


def way_to_share(folder: Path) -> Way:
    """How to make a new file, below `folder`, with the bytes of an old one: as a clone, where its file system can; else linked.

    A clone is a file of its own. A link is safe as long as nobody writes into a file of a release: a freeze never does, it
    makes a new one. What a person has edited in place is told when the release it was in is brought back.
    """
    probe, copy = folder / f".probe-{os.getpid()}", str(folder / f".copy-{os.getpid()}")
    try:
        probe.write_bytes(b"x")
        clone(probe, copy)
    except OSError:
        return link
    else:
        return clone
    finally:
        for file in (probe, copy):
            with suppress(OSError):
                os.unlink(file)


def clone(old: Path, new: str | Path) -> None:
    """Make `new` a clone of `old`. Raises `OSError` where that cannot be done."""
    if sys.platform != "linux":
        raise OSError(f"files cannot be cloned here: {old}")
    with old.open("rb") as source, open(new, "xb") as target:
        ioctl(target.fileno(), FICLONE, source.fileno())


def link(old: Path, new: str | Path) -> None:
    """Make `new` another name of `old`, or a copy where a file cannot have one more."""
    try:
        os.link(old, new)
    except FileExistsError:
        raise
    except OSError:
        copyfile(old, new)
