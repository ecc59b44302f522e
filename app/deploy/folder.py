"""A folder as a target: of this machine, or of a disk that is mounted."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ..release.manifest import NAME, Item
from ..release.refusal import Refused

ASIDE = ".octavo-part"
"""The ending of a file that is not whole yet."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder; it is made if only the one that holds it is there."""

    place: Path

    def sizes(self) -> Mapping[str, int]:
        """The files below it."""
        with told(self.place):
            if not self.place.parent.is_dir():
                raise Refused(f"there is no folder '{self.place.parent}' to deploy into; make it, or correct the path")
            return {file.relative_to(self.place).as_posix(): file.lstat().st_size for file in files(self.place)}

    def record(self) -> bytes | None:
        """The record inside it."""
        with told(self.place):
            return (self.place / NAME).read_bytes() if (self.place / NAME).is_file() else None

    def begin(self, record: bytes) -> None:
        """Put the record there."""
        self.write(NAME, record)

    def send(self, release: Path, items: Sequence[Item]) -> None:
        """Copy files, each aside first."""
        for item in items:
            with told(self.place), self.aside(item.path) as part:
                shutil.copyfile(release / item.path, part)

    def delete(self, paths: Sequence[str]) -> None:
        """Delete files, then the folders that held them and are empty."""
        with told(self.place):
            for path in paths:
                (self.place / path).unlink(missing_ok=True)
                for parent in [parent for parent in (self.place / path).parents if self.place in parent.parents]:
                    with suppress(OSError):
                        parent.rmdir()

    def finish(self, record: bytes) -> None:
        """Put the record there."""
        self.write(NAME, record)

    def write(self, path: str, data: bytes) -> None:
        """Put bytes into a file, aside first."""
        with told(self.place), self.aside(path) as part:
            part.write_bytes(data)

    @contextmanager
    def aside(self, path: str) -> Iterator[Path]:
        """A file that takes the name `path` in one step when it is whole."""
        file = self.place / path
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f".{file.name}{ASIDE}")
        try:
            yield part
            os.replace(part, file)
        finally:
            part.unlink(missing_ok=True)


def files(folder: Path) -> Iterator[Path]:
    """Every file below a folder, links among them, without what a deploy has left that was killed."""
    for place, _, names in os.walk(folder):
        yield from (Path(place, name) for name in names if not name.endswith(ASIDE))


@contextmanager
def told(place: Path) -> Iterator[None]:
    """Raise what the system says against work in `place` as `Refused`."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        hint = "look at who may write there and how much room is left, then deploy again"
        raise Refused(f"the folder '{place}' could not be used: {reason} ({error.filename or place}); {hint}") from error
