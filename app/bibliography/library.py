"""Library: the References of some `.bib` files by key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from ..cache import made_by
from ..problems import Problem, did_you_mean
from .reading import read_bytes, unreadable
from .reference import Reference
from .stored import restored, stored

KIND = "bibliography"


@cache
def maker() -> str:
    """What tells one version of this package, and of what it stands on, from another."""
    return made_by(Path(__file__).parent, version("pybtex"), version("latexcodec"))


class Cache(Protocol):
    """Bytes kept from one run to the next, by a kind and a key."""

    def get(self, kind: str, key: str) -> bytes | None:
        """What was put there, or nothing."""

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Keep `value`."""


@dataclass(frozen=True, slots=True)
class BibFile:
    """One `.bib` file, read. Two are equal when their paths and bytes are."""

    path: str
    digest: str
    references: tuple[Reference, ...] = field(compare=False, repr=False)
    problems: tuple[Problem, ...] = field(compare=False, repr=False)

    @classmethod
    def read(cls, file: Path, path: str, cache: Cache | None = None) -> BibFile:
        """The file, whose Problems are told with `path`; out of the cache if its bytes have been read before."""
        try:
            data = file.read_bytes()
        except OSError as error:
            problem = unreadable(error, path)
            return cls(path, problem.message, (), (problem,))
        digest = hashlib.sha256(data).hexdigest()
        key = f"{maker()}-{digest}"
        kept = cache.get(KIND, key) if cache is not None else None
        found = restored(kept, path) if kept is not None else None
        if found is None:
            found = read_bytes(data, path)
            if cache is not None:
                cache.put(KIND, key, stored(*found))
        return cls(path, digest, *found)


@dataclass(frozen=True, slots=True)
class Library:
    """The References of some files. Two are equal when their files are."""

    files: tuple[BibFile, ...]
    problems: tuple[Problem, ...] = field(compare=False, repr=False)
    references: Mapping[str, Reference] = field(compare=False, repr=False)

    @classmethod
    def of(cls, files: Iterable[BibFile]) -> Library:
        """The Library of some files, each taken once; of two entries with one key the first stays."""
        taken = {file.path: file for file in files}
        problems = [problem for file in taken.values() for problem in file.problems]
        references: dict[str, Reference] = {}
        for file in taken.values():
            for reference in file.references:
                first = references.setdefault(reference.key, reference)
                if first is not reference:
                    problems.append(twice(reference, first))
        return cls(tuple(taken.values()), tuple(problems), references)

    @classmethod
    def read(cls, files: Iterable[tuple[Path, str]], cache: Cache | None = None) -> Library:
        """The Library of files, each with the path that it is told by."""
        return cls.of(BibFile.read(file, path, cache) for file, path in files)

    def get(self, key: str) -> Reference | None:
        """The Reference with exactly this key."""
        return self.references.get(key)

    def near(self, key: str) -> str:
        """The hint that names the key nearest to one that is not here."""
        return did_you_mean(key, self.references, "no .bib file of this page has such a key")

    def __iter__(self) -> Iterator[Reference]:
        return iter(self.references.values())

    def __len__(self) -> int:
        return len(self.references)

    def __contains__(self, key: object) -> bool:
        return key in self.references


def twice(second: Reference, first: Reference) -> Problem:
    """The Problem of a key that two files have."""
    message = f"the key '{second.key}' stands in {first.path}:{first.line} already, and that entry is used"
    return Problem(second.path, second.line, 1, message, "give one of the two another key, or delete it")
