"""Sentences: the words around a place in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence

OBJECT = "\ufffc"
"""Stands for what is no word."""

SHORT = "".join(
    rf"(?<!\b{word}\.)" for word in ("Fig", "Figs", "Eq", "Eqs", "Sec", "Ch", "No", "Thm", "Prop", "cf", "vs", "al", "p", "pp")
)
END = re.compile(rf"""(?:(?<=[.!?]){SHORT}|(?<=[.!?]["'”’)\]]))\s+(?=["'“‘(\[\ufffc]*[A-ZÀ-Þ0-9$…])|(?<=[。！？])""")
"""Where a sentence ends and another begins."""

LIST = re.compile(r"\A[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s)?|#{1,6}\s|:\s|\[\^[^\[\]]*\]:)")
QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
CELL = re.compile(r"(?<!\\)\|")
MARKS = (
    (re.compile(r"!?\[\[[^\[\]|]*\|([^\[\]]*)\]\]"), r"\1"),
    (re.compile(r"!?\[\[#?([^\[\]#]*)(?:#[^\[\]]*)?\]\]"), r"\1"),
    (re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])"), r"\1"),
    (re.compile(r"\s?\[\^[^\[\]]*\]|\s?\[-?@[^\[\]]*\]"), ""),
    (re.compile(r"(?<![\w@./\\])@\w[\w:.-]*\w"), "…"),
    (re.compile(r"(?<!\w)([*_]{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)", re.DOTALL), r"\2"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
    (re.compile(r"<[^<>]*>|\{[#.][^{}]*\}|`"), ""),
    (re.compile(r"\s+"), " "),
)  # fmt: skip
"""What is Markdown in a sentence, and what is left of it in words."""


FAR = 40
WIDE = 1500
"""How many lines, and characters, a sentence is looked for in before and after a place."""


def sentence(lines: Sequence[str], line: int, column: int) -> str:
    """The sentence around a place in Markdown, in words: on a line and at a column, both from 1."""
    at = line - 1
    if not 0 <= at < len(lines):
        return ""
    marked = lines[at][: max(column - 1, 0)] + OBJECT + lines[at][max(column - 1, 0) :]
    first, last = at, at
    while at - first < FAR and first > 0 and lines[first - 1].strip(" \t>") and not LIST.match(lines[first]):
        first -= 1
    while last - at < FAR and last + 1 < len(lines) and lines[last + 1].strip(" \t>") and not LIST.match(lines[last + 1]):
        last += 1
    if lines[at].lstrip(" \t>").startswith("|"):
        text = plainly(next(cell for cell in CELL.split(marked) if OBJECT in cell))
    else:
        whole = "\n".join((*lines[first:at], marked, *lines[at + 1 : last + 1]))
        middle = whole.index(OBJECT)
        text = plainly(whole[max(middle - WIDE, 0) : middle + WIDE])
    return next((one for one in END.split(text) if OBJECT in one), text).replace(OBJECT, "").strip()


def plainly(markdown: str) -> str:
    """A paragraph in Markdown as words."""
    text = QUOTE.sub("", LIST.sub("", markdown, count=1))
    for pattern, words in MARKS:
        text = pattern.sub(words, text)
    return text.strip()
