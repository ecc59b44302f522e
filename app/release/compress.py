"""Packed copies of text files, which hosts send instead of them to browsers that can unpack: gzip, Brotli, Zstandard."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Collection, Iterator
from importlib import import_module
from importlib.util import find_spec

from .refusal import Refused

SMALLEST = 1024
"""The size in bytes below which nothing is gained."""

TEXTS = (
    ".html", ".css", ".js", ".mjs", ".json", ".jsonld", ".xml", ".svg", ".txt", ".md", ".bib", ".ris", ".csv", ".tex", ".py",
    ".ipynb", ".webmanifest", ".wasm",
)  # fmt: skip
"""The endings of what gets smaller: texts, and programs that are not packed already."""


def gzipped(data: bytes) -> bytes:
    """`data` as gzip, without the time."""
    return gzip.compress(data, 9, mtime=0)


def brotli(data: bytes) -> bytes:
    """`data` as Brotli, as small as it gets."""
    packed: bytes = import_module("brotli").compress(data, quality=11)
    return packed


def zstandard(data: bytes) -> bytes:
    """`data` as Zstandard, at the highest level that every browser can unpack."""
    packed: bytes = import_module("zstandard").ZstdCompressor(level=19).compress(data)
    return packed


KINDS: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "gzip": (".gz", gzipped, "gzip"),
    "br": (".br", brotli, "brotli"),
    "zst": (".zst", zstandard, "zstandard"),
}
"""Each kind: the ending of its files, how it is made, and the module that makes it."""


def refuse_missing(kinds: Collection[str]) -> None:
    """Raise `Refused` where a kind cannot be made on this machine."""
    missing = [module for kind in kinds if not find_spec(module := KINDS[kind][2])]
    if missing:
        raise Refused(f"{' and '.join(missing)} is not installed: pip install {' '.join(missing)}")


def compressed(name: str, data: bytes, kinds: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of the packed copies, of these kinds, of a file: the same for the same bytes, and only if smaller."""
    if len(data) < SMALLEST or not name.endswith(TEXTS):
        return
    for kind in kinds:
        ending, pack, _ = KINDS[kind]
        packed = pack(data)
        if len(packed) < len(data):
            yield name + ending, packed
