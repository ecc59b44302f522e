"""Contents: what the files of a store were when they were last looked at, and the collections that they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..problems import Problem
from .entry import Entry
from .facts import Facts
from .siblings import Siblings


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder of entries of one type, with a default order; or a single file (`cv.md`). Both are relative to `pages/`."""

    folder: str
    type: type[Entry]
    order_by: tuple[str, ...] = ("-date", "title")


@dataclass(frozen=True, slots=True)
class Broken:
    """A content file that is no entry, and why."""

    path: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """What the files were when they were last looked at."""

    entries: dict[str, Entry] = field(default_factory=dict)
    broken: dict[str, Broken] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    facts: Facts = field(default_factory=Facts)
    loose: dict[str, Entry] = field(default_factory=dict)
    """Notebooks without a title, by their paths below `pages/`: they have no page, but a page may show them."""

    siblings: Siblings = field(default_factory=dict)
    """The translations of entries."""


def same_address(path: str, other: str) -> Broken:
    """The file `path`, whose entry would take the place of the one in the file `other`."""
    return Broken(path, (Problem(path, 1, 1, f"this has the same address as '{other}'", "rename one of the two"),))
