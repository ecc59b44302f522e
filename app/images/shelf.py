"""Shelf: a folder of things that were dear to make, each kept under what it was made from; it may be deleted at any time."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

DIGEST = 32
"""How many bytes of a kept file are the digest of the rest."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder, which need not be there yet."""

    folder: Path

    def kept(self, key: str, make: Callable[[], bytes]) -> bytes:
        """What `make` answers, made only where nothing whole is kept under `key`."""
        file = self.folder / sha256(key.encode()).hexdigest()
        with suppress(OSError):
            data = file.read_bytes()
            if data[:DIGEST] == sha256(data[DIGEST:]).digest():
                return data[DIGEST:]
        made = make()
        with suppress(OSError):  # a disk that is full or cannot be written costs time, and nothing else
            self.keep(file, sha256(made).digest() + made)
        return made

    def keep(self, file: Path, data: bytes) -> None:
        """Put a file in its place at once and whole, whoever else may be doing the same."""
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.folder)
        try:
            with open(handle, "wb") as out:
                out.write(data)
            os.replace(name, file)
        except OSError:
            os.unlink(name)
            raise
