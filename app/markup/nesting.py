"""How deeply a text may be nested: a parser that goes down into every level would crash on more."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

MAX_QUOTES = 100
MAX_SPANS = 1_000

QUOTES = re.compile(rf"(?:>[ \t]*(?:(?:[-+*]|\d{{1,9}}[.)])[ \t]+)*){{{MAX_QUOTES + 1}}}")
MARKS = re.compile(r"\*+|_+|!\[")


def too_deep(lines: Sequence[str]) -> tuple[int, int] | None:
    """The line and column (from 1) at which quotes, containers, emphasis or images are nested too deeply to be parsed."""
    level = marks = opened = 0
    for number, line in enumerate(lines, 1):
        if line.count(">") > MAX_QUOTES and (found := QUOTES.search(line)):
            return number, found.end()
        if ":::" in line and (content := line.lstrip(" \t>")).startswith(":::"):
            opened = opened + 1 if content.strip(": \t\r") else max(opened - 1, 0)
            if opened > MAX_QUOTES:
                return number, len(line) - len(content) + 1
        if not line.strip():
            level = marks = 0
            continue
        marks += line.count("*") + line.count("_") + line.count("[")
        if marks > MAX_SPANS:
            for found in MARKS.finditer(line):
                level = max(level + (1 if opens(line, found.start(), found.end()) else -1) * len(found[0]), 0)
                if level > MAX_SPANS:
                    return number, found.end()
    return None


def opens(line: str, start: int, end: int) -> bool:
    """Whether the marks from `start` to `end` can begin emphasis and cannot end it."""
    before, after = line[start - 1 : start] or " ", line[end : end + 1] or " "
    begins = not after.isspace() and (not is_sign(after) or before.isspace() or is_sign(before))
    ends = not before.isspace() and (not is_sign(before) or after.isspace() or is_sign(after))
    return line[start] == "!" or (begins and not ends)


def is_sign(character: str) -> bool:
    """Whether a character is punctuation or a symbol."""
    return unicodedata.category(character)[0] in "PS"
