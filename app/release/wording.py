"""Wording: the words of a text that are new, and those that are gone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from .blocks import Block
from .search import CHARACTER

AROUND = 8
"""How many words of what has not changed are shown before and after what has."""

LONG = 4000
"""From how many words or blocks on those that come up all the time are not compared with each other: 10,000 would take 5 s."""

CUT = " … "

SIGN = r"!-/:-@\[-`{-~\u00a0-\u00bf\u2000-\u206f"
WORD = re.compile(rf"{CHARACTER.pattern}|\s|[{SIGN}]|(?:(?!{CHARACTER.pattern})[^\s{SIGN}])+")
"""A word, a sign, a space, or a character of a script that writes no spaces between words."""

END = "\n"
"""What stands between two blocks."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand in both texts, in the old one only, or in the new one only; blocks are parted by `END`."""

    kind: Literal["both", "old", "new"]
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A place of a page that reads otherwise: the heading above it, and its words."""

    heading: str
    pieces: tuple[Piece, ...]


def changes_in(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Change]:
    """The places at which a page reads otherwise than before, in their order."""
    then, now = [block.text for block in old], [block.text for block in new]
    for what, a, b, c, d in SequenceMatcher(None, then, now, autojunk=len(now) > LONG).get_opcodes():
        if what != "equal":
            yield Change(above(new, c), tuple(shortened(pieces(END.join(then[a:b]), END.join(now[c:d])))))


def above(blocks: Sequence[Block], place: int) -> str:
    """The heading under which a block stands."""
    return next((block.text for block in reversed(blocks[:place]) if block.heading), "")


def pieces(old: str, new: str) -> Iterator[Piece]:
    """Both texts in one."""
    then, now = WORD.findall(old), WORD.findall(new)
    matcher = SequenceMatcher(lambda word: word == " ", then, now, autojunk=len(now) > LONG)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            yield Piece("both", "".join(now[c:d]))
        else:
            sides: tuple[Piece, Piece] = Piece("old", "".join(then[a:b])), Piece("new", "".join(now[c:d]))
            yield from (piece for piece in sides if piece.text)


def shortened(whole: Iterator[Piece]) -> Iterator[Piece]:
    """The pieces without the middle of what has not changed."""
    all_of_it = list(whole)
    for place, piece in enumerate(all_of_it):
        if piece.kind == "both":
            yield Piece("both", cut(piece.text, place > 0, place < len(all_of_it) - 1))
        else:
            yield piece


def cut(text: str, follows: bool, precedes: bool) -> str:
    """The words of a text next to what it follows and what it precedes."""
    words = [(found.start(), found.end()) for found in re.finditer(r"\S+", text)]
    first, last = AROUND * follows, AROUND * precedes
    if len(words) <= first + last + 1:
        return text
    start = text[: words[first - 1][1]] if first else ""
    end = text[words[-last][0] :] if last else ""
    return f"{start}{CUT}{end}".lstrip(" " * (not start)).rstrip(" " * (not end))
