"""Strays: what looks like something and is not, so that a reader would see marks instead of what the author meant."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from .manuscript import Manuscript
from .places import beside_code
from .tree import AstNode, Text, line_of, walk

FORMULA = "write the whole in one formula, as in $70\\pm2.2$: a closing '$' follows no space, and no digit follows it"
DISPLAY = "put it between two lines '$$'"
INLINE = "write $...$ for a formula in a sentence and $$...$$ for one on a line of its own"
REFERENCE = "write @eq:a"
LIQUID = "Liquid is not read; write Markdown: a figure is ![what it shows](plot.png)"
SPACES = "put the path between < and >: [text](<my file.pdf>)"


@dataclass(frozen=True, slots=True)
class Stray:
    """What a kind of stray looks like, what is said of it, and by which characters in a text it is first suspected."""

    needle: str
    pattern: re.Pattern[str]
    message: str
    hint: str


STRAYS = (
    Stray("$\\", re.compile(r"(?<![\\$])\$(?=\\[A-Za-z])"), "this is no formula", FORMULA),
    Stray("\\begin{", re.compile(r"(?<!\\)\\begin\{([A-Za-z]+\*?)\}"), "'\\begin{{{0}}}' stands outside of a formula", DISPLAY),
    Stray("ref{", re.compile(r"(?<!\\)(\\(?:eq|auto|[cC])?ref)\{[^{}\n]*\}"), "'{0}' stands outside of a formula", REFERENCE),
    Stray(
        "cite", re.compile(r"(?<!\\)(\\(?:cite[a-z]*|[a-z]+cite)\*?)\{[^{}\n]*\}"), "'{0}' is not read here",
        "write [@key], or @key in a sentence",
    ),
    Stray("{%", re.compile(r"\{%[^{}\n]*%\}"), "this is a tag of Liquid", LIQUID),
    Stray("{{", re.compile(r"\{\{[^{}\n]*\}\}"), "this is a tag of Liquid", LIQUID),
    Stray(
        "](", re.compile(r"!?\[[^\[\]\n]*(?P<text>\]\([^\s()<>\"']+) [^()<>\"'\n]*[./][^()<>\"'\n]*\)"),
        "this is no link, since its address has spaces", SPACES,
    ),
    Stray(
        "][", re.compile(r"(?<![\w\]\\])\[(?!\d+\]|-?@)[^\[\]\n]+(?P<text>\]\[([^\[\]\n^][^\[\]\n]*)\])"),
        "this is no link, since '{1}' has no address", "",
    ),
)  # fmt: skip

LATEX = re.compile(r"(?<!\\)\\(?:\((?P<inline>(?:[^\\]|\\[^\[\]()])*+)\\\)|\[(?P<display>(?:[^\\]|\\[^\[\]()])*+)\\\])")
MATHEMATICS = re.compile(r"\\[A-Za-z]|[\^_=]")


def strays(tree: AstNode, document: Manuscript) -> None:
    """Tell of every stray in the text; nothing in code, in a formula or in HTML is one."""
    text = "\n".join(document.lines)
    needles = [stray.needle for stray in STRAYS if stray.needle in text]
    latex = ("\\(" in text or "\\[" in text) and LATEX.search(text) is not None
    words = suspected(tree, needles) if needles else {}
    if not words and not latex:
        return
    beside, place = beside_code(tree, document.lines), places(document)
    for stray in STRAYS:
        told = {line for line, texts in words.items() if stray.needle in texts}
        for found in stray.pattern.finditer(beside) if told else ():
            line, column = place(found.start())
            shown = found.groupdict().get("text") or ""
            if line in told and shown in words[line]:
                hint = stray.hint or f"write '[{found[2]}]: address' on a line of its own"
                document.problem(line, column, stray.message.format(*found.groups()), hint)
    for found in LATEX.finditer(beside) if latex else ():
        inside = found["inline"] or found["display"] or ""
        if MATHEMATICS.search(inside) and "\n\n" not in inside:
            document.problem(*place(found.start()), "this is no formula", INLINE)


def suspected(tree: AstNode, needles: list[str]) -> dict[int, str]:
    """The words, by their line, in which something suspicious stands."""
    words: dict[int, str] = {}
    suspicious = re.compile("|".join(map(re.escape, needles))).search
    for node in walk(tree):
        if isinstance(node.node_value, Text):
            text = node.node_value.value
            if suspicious(text):
                line = line_of(node)
                words[line] = words.get(line, "") + text + "\n"
    return words


def places(document: Manuscript) -> Callable[[int], tuple[int, int]]:
    """What tells the line and column of a character of the whole text."""
    starts = [0]
    for line in document.lines:
        starts.append(starts[-1] + len(line) + 1)

    def place(offset: int) -> tuple[int, int]:
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    return place
