"""Paths of a release: names that some system or host cannot have, and files that would be one file there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from unicodedata import normalize

from ..problems import Problem
from .manifest import Item

RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?")
"""What Windows calls devices, with any ending."""

FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f]')
LONGEST = 255
LARGE, TOO_LARGE = 25_000_000, 100_000_000
"""The sizes in bytes from which on a file is slow to load, and refused by GitHub."""


def wrong_paths(items: Iterable[Item], sources: dict[str, str]) -> Iterator[Problem]:
    """What is wrong with the names of files; a folder is told once."""
    seen: dict[str, str] = {}
    known: set[str] = set()
    for item in items:
        for segment in item.path.split("/"):
            if segment not in known:
                known.add(segment)
                if said := wrong_name(segment):
                    yield Problem(sources.get(item.path, item.path), 1, 1, f"'{segment}' {said}", "rename it")
        other = seen.setdefault(normalize("NFC", item.path).casefold(), item.path)
        if other != item.path:
            message = f"this and '{sources.get(other, other)}' would be one file on some systems"
            yield Problem(sources.get(item.path, item.path), 1, 1, message, "rename one of the two")


def wrong_name(segment: str) -> str:
    """Why a name cannot be that of a file or folder everywhere, or nothing."""
    if RESERVED.fullmatch(segment):
        return "is the name of a device on Windows"
    if FORBIDDEN.search(segment):
        return "has a character that Windows does not have in names"
    if segment.endswith((".", " ")):
        return "ends with a dot or a space, which Windows takes away"
    length = len(segment.encode("utf-8", "surrogateescape"))
    return f"is {length} bytes long, and names end at {LONGEST}" if length > LONGEST else ""


def wrong_sizes(items: Iterable[Item], least: int, end: float, sources: dict[str, str]) -> Iterator[Problem]:
    """The files of at least so many bytes, and fewer than `end`."""
    for item in items:
        if least <= item.size < end:
            message = f"this file has {item.size / 1e6:.0f} MB"
            yield Problem(sources.get(item.path, item.path), 1, 1, message, "make it smaller, or put it elsewhere and link to it")
