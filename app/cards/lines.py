"""Lines: a title broken into lines that are no wider than there is room, and cut where there are too many."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate, takewhile

EASTERN = r"\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
CLOSING = r"、。，．！？；：）」』】〉》”’…"
PART = re.compile(rf"[{EASTERN}][{CLOSING}]*|[^\s{EASTERN}]+[{CLOSING}]*|\s+")
"""What a line is never broken inside: a word, or a character of Chinese, Japanese or Korean with the mark that closes it."""

ELLIPSIS = "…"
Measure = Callable[[str], float]


def broken(text: str, room: float, width: Measure, most: int) -> tuple[list[str], bool]:
    """`text` as at most `most` lines that fit into `room`, and whether that is all of it; else the last has an ellipsis."""
    lines, taken = [""], 0.0
    waiting = PART.findall(" ".join(text.split()))[::-1]
    while waiting and len(lines) <= most:
        part = waiting.pop()
        needed = width(part)
        if taken + needed <= room or part.isspace():
            lines[-1] += part
            taken += needed
        elif taken:
            lines, taken = [*lines, ""], 0.0
            waiting.append(part)
        else:
            count = fits(part, room, width)
            waiting += [part[count:], part[:count]]
    lines = [line.strip() for line in lines]
    return (lines, True) if len(lines) <= most else ([*lines[: most - 1], cut(lines[most - 1], room, width)], False)


def fits(word: str, room: float, width: Measure) -> int:
    """How many of the first characters of a word fit into `room`, at least one."""
    ends = accumulate(map(width, word))
    return max(sum(1 for end in takewhile(lambda end: end <= room, ends)), 1)


def cut(line: str, room: float, width: Measure) -> str:
    """A line with an ellipsis in the place of as many of its last characters as need be."""
    return line[: fits(line, room - width(ELLIPSIS), width)].rstrip(" ,;:.–—-") + ELLIPSIS
