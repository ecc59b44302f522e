"""Reads: what is looked at while something is made, so that it need not be made again before one of these has changed."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from .recent import Recent

Read = tuple[str, str]
"""What kind of thing was read, and which: `("body", "notes/a")`."""

T = TypeVar("T")

_reading: ContextVar[set[Read] | None] = ContextVar("reading", default=None)


def note(kind: str, key: str = "") -> None:
    """Say that something is read; whoever records keeps it."""
    found = _reading.get()
    if found is not None:
        found.add((kind, key))


@contextmanager
def recorded() -> Iterator[set[Read]]:
    """Everything that is read in the block; whoever records around it does not hear of it."""
    found: set[Read] = set()
    token = _reading.set(found)
    try:
        yield found
    finally:
        _reading.reset(token)


@contextmanager
def unrecorded() -> Iterator[None]:
    """In the block is made what the whole site shares: who uses it notes what of it they use."""
    token = _reading.set(None)
    try:
        yield
    finally:
        _reading.reset(token)


class Remembered:
    """What was made of late, with what was read for it, which everybody reads who gets it; `most` is how much at most."""

    def __init__(self, most: float = math.inf) -> None:
        self._made: Recent[Hashable, tuple[object, frozenset[Read]]] = Recent(most)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` answers, called only where that is not known."""
        found = _reading.get()
        known = self._made.get(key)
        if known is None:
            try:
                with recorded() as reads:
                    known = self._made.put(key, (make(), frozenset(reads)))
            finally:
                if found is not None:
                    found |= reads
        made, reads_of = known
        if found is not None:
            found |= reads_of
        return made  # type: ignore[return-value]

    def forget(self, read: Read) -> None:
        """Let go of everything for which this was read."""
        self._made.drop(lambda one: read in one[1])
