"""Typst's code, written so that no character of a text can be taken for a command."""

from __future__ import annotations

import re
from collections.abc import Iterable

UNFIT = re.compile(r"[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
EMPTY = "[]"
SPACE = "[ ]"


def string(text: str) -> str:
    """A string that says `text`, without the characters that stand for nothing."""
    plain = UNFIT.sub("", text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + plain.replace("\n", "\\n").replace("\t", "\\t") + '"'


def joined(pieces: Iterable[str]) -> str:
    """One piece of content out of some, which may be empty."""
    inside = ";".join(piece for piece in pieces if piece and piece != EMPTY)
    return f"{{[];{inside}}}" if inside else EMPTY


def array(pieces: Iterable[str]) -> str:
    """An array of some values."""
    return "(" + "".join(f"{piece}," for piece in pieces) + ")"


def call(name: str, *values: str, **named: str) -> str:
    """A call of the function `name`; names have hyphens where Python has underscores."""
    pairs = (f"{key.replace('_', '-')}: {value}" for key, value in named.items())
    return f"{name}({', '.join((*values, *pairs))})"
