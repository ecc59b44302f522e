"""References and Problems as bytes that a cache keeps, and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from ..problems import Problem
from .reference import Name, Reference

DIGEST = 32


def stored(references: Iterable[Reference], problems: Iterable[Problem]) -> bytes:
    """What `restored` reads: JSON in lists, behind its own hash; without the path of the file, which may move."""
    rows = [[one.key, one.kind, one.line, one.written, dict(one.fields), people(one), sorted(one.others)] for one in references]
    told = [[problem.line, problem.column, problem.message, problem.hint] for problem in problems]
    data = json.dumps([rows, told], ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).digest() + data


def people(reference: Reference) -> dict[str, list[list[str | bool]]]:
    """The names of a Reference by role, each as a list of its parts."""
    return {
        role: [[name.family, name.given, name.particle, name.suffix, name.literal] for name in names]
        for role, names in reference.names.items()
    }


def restored(data: bytes, path: str) -> tuple[tuple[Reference, ...], tuple[Problem, ...]] | None:
    """The References and Problems of the file `path` out of what `stored` made, or nothing where that is damaged."""
    if hashlib.sha256(data[DIGEST:]).digest() != data[:DIGEST]:
        return None
    rows, told = json.loads(data[DIGEST:].decode("utf-8", "surrogatepass"))
    return tuple(references(rows, path)), tuple(Problem(path, *problem) for problem in told)


def references(rows: list[list[Any]], path: str) -> Iterator[Reference]:
    """The References that the rows are."""
    for key, kind, line, written, fields, names, others in rows:
        parted = {role: tuple(Name(*name) for name in people) for role, people in names.items()}
        yield Reference(key, kind, fields, parted, frozenset(others), path, line, written)
