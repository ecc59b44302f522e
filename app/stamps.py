"""Stamps: what the system says of the files in a folder, by which it is noticed that any of them has changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

Stamp = tuple[int, int, int, int]
"""The size of a file, when its bytes and when its entry in the folder changed (in nanoseconds), and its number."""

PASSED_OVER = ("__pycache__", ".git", ".octavo")
"""What changes by itself."""


def stamps(folder: Path, *, below: str = "") -> Iterator[tuple[str, Stamp]]:
    """The files in a folder, at any depth, by their paths in it. What hides behind a dot is among them, caches are not."""
    try:
        found = sorted(os.scandir(folder / below), key=lambda one: one.name)
    except OSError:
        return
    for one in found:
        path = f"{below}{one.name}"
        try:
            if one.name in PASSED_OVER:
                continue
            if one.is_dir() and not one.is_symlink():
                yield from stamps(folder, below=f"{path}/")
            else:
                status = one.stat()
                yield path, (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        except OSError:
            yield path, (0, 0, 0, 0)
