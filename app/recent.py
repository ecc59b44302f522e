"""Recent: what was asked for of late; what nobody has asked for longest is let go, so that it does not grow without bound."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Values by key, no more than `most` of them. Several threads may ask at once."""

    def __init__(self, most: float = math.inf) -> None:
        self.most = most
        self._kept: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        """What was put under a key, if it is still there."""
        found = self._kept.get(key)
        if found is not None:
            with suppress(KeyError):
                self._kept.move_to_end(key)
        return found

    def put(self, key: K, value: V) -> V:
        """Keep a value, and answer it."""
        self._kept[key] = value
        while len(self._kept) > self.most:
            with suppress(KeyError):
                self._kept.popitem(last=False)
        return value

    def drop(self, unwanted: Callable[[V], bool]) -> None:
        """Let go of the values of which this is true."""
        for key in [key for key, value in self._kept.items() if unwanted(value)]:
            self._kept.pop(key, None)
