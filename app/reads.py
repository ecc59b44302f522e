"""Reads: what is looked at while something is made, so that it need not be made again before one of these has changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

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
    """What was made once, with what was read for it, which everybody reads who gets it."""

    def __init__(self) -> None:
        self._made: dict[Hashable, tuple[object, frozenset[Read]]] = {}

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` answers, called once for each key."""
        found = _reading.get()
        if key not in self._made:
            try:
                with recorded() as reads:
                    self._made[key] = make(), frozenset(reads)
            finally:
                if found is not None:
                    found |= reads
        made, reads_of = self._made[key]
        if found is not None:
            found |= reads_of
        return made  # type: ignore[return-value]
