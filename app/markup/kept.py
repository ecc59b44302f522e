"""Documents as bytes, to be kept between runs: plain JSON, and the version of what made them."""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ..bibliography.reference import Cited
from ..cache import made_by
from ..problems import Problem
from ..words import digest
from .document import Document, Heading, Label, Outline, Parts, Slot
from .graphviz import command

MADE_BY = ("comrak-ext", "math-core", "pygments")


@cache
def maker() -> str:
    """What tells one version of this package, and of what it stands on, from another; Graphviz may be there or not."""
    return made_by(Path(__file__).parent, *(version(name) for name in MADE_BY), *command(), digest())


def dumped(document: Document) -> bytes:
    """A Document as bytes."""
    return json.dumps(
        {
            "path": document.path,
            "parts": packed_all(document.parts),
            "excerpt": packed_all(document.excerpt),
            "headings": [[one.level, one.id, one.text, packed_all(one.parts), one.start] for one in document.headings],
            "labels": [[one.id, one.kind, one.number, one.line, one.start, one.stop] for one in document.labels],
            "ids": sorted(document.ids),
            "text": document.text,
            "problems": [[one.path, one.line, one.column, one.message, one.hint] for one in document.problems],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode("utf-8", "surrogatepass")


def dumped_outline(outline: Outline) -> bytes:
    """What a Document offers and asks, as bytes."""
    labels = [[one.id, one.kind, one.number, one.line, one.start, one.stop] for one in outline.labels]
    slots = [packed(slot) for slot in outline.slots]
    whole = [labels, slots, outline.signs, outline.asks]
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def loaded_outline(kept: bytes) -> Outline:
    """The Outline that was kept. Raises `ValueError` or `TypeError` where the bytes are not one."""
    labels, slots, signs, asks = json.loads(kept.decode("utf-8", "surrogatepass"))
    return Outline(tuple(Label(*one) for one in labels), tuple(unpacked(one) for one in slots), signs, tuple(asks))


def packed_all(parts: Parts) -> list[Any]:
    """Parts as a list."""
    return [part if isinstance(part, str) else packed(part) for part in parts]


def packed(slot: Slot) -> list[Any]:
    """A Slot as a list."""
    cited = [[one.key, one.prefix, one.locator, one.bare] for one in slot.cited]
    return [slot.kind, slot.target, slot.line, slot.column, slot.options, cited, slot.sentence]


def loaded(kept: bytes) -> Document:
    """The Document that was kept. Raises `ValueError`, `KeyError` or `TypeError` where the bytes are not one."""
    found = json.loads(kept.decode("utf-8", "surrogatepass"))
    return Document(
        path=found["path"],
        parts=unpacked_all(found["parts"]),
        excerpt=unpacked_all(found["excerpt"]),
        headings=tuple(
            Heading(level, id, text, unpacked_all(parts), start) for level, id, text, parts, start in found["headings"]
        ),
        labels=tuple(Label(*one) for one in found["labels"]),
        ids=frozenset(found["ids"]),
        text=found["text"],
        problems=tuple(Problem(*one) for one in found["problems"]),
    )


def unpacked_all(packed: list[Any]) -> Parts:
    """The parts that a list stands for."""
    return tuple(part if isinstance(part, str) else unpacked(part) for part in packed)


def unpacked(packed: list[Any]) -> Slot:
    """The Slot that a list stands for."""
    kind, target, line, column, options, cited, sentence = packed
    pairs = tuple((key, value) for key, value in options)
    return Slot(kind, target, line, column, pairs, tuple(Cited(*one) for one in cited), sentence)
