"""Turns: requests share the site with each other, and a refresh of it has it alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """A lock that many hold together to read, or one alone to write; who comes to read waits for those who wait to write."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._reading = 0
        self._to_write = 0
        self._writing = False

    @contextmanager
    def shared(self) -> Iterator[None]:
        """In the block nothing of the site changes. A thread that is in such a block must not begin another."""
        with self._changed:
            self._changed.wait_for(lambda: not (self._writing or self._to_write))
            self._reading += 1
        try:
            yield
        finally:
            with self._changed:
                self._reading -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """In the block nobody else reads or changes the site."""
        with self._changed:
            self._to_write += 1
            try:
                self._changed.wait_for(lambda: not (self._writing or self._reading))
                self._writing = True
            finally:
                self._to_write -= 1
        try:
            yield
        finally:
            with self._changed:
                self._writing = False
                self._changed.notify_all()
