"""Targets: what a place that takes releases can do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from ..release.manifest import Item


class Target(Protocol):
    """A place for a release. Every method raises `Refused`, with what to do, where it cannot do its work."""

    def sizes(self) -> Mapping[str, int]:
        """The paths of all files that are there, with their sizes in bytes."""
        ...

    def record(self) -> bytes | None:
        """What the last deploy has left about what it sent, if anything."""
        ...

    def begin(self, record: bytes) -> None:
        """Leave word of what may be there from now on."""
        ...

    def send(self, release: Path, items: Sequence[Item]) -> None:
        """Put files of `release` there, in this order or at once, each whole or not at all."""
        ...

    def delete(self, paths: Sequence[str]) -> None:
        """Delete files that are there, and folders that hold nothing any more."""
        ...

    def finish(self, record: bytes) -> None:
        """Leave word of what is there now: the work is done."""
        ...
