"""Formulas guarded from Markdown: what a Markdown parser would take for its own inside them is made plain first.

A display formula may have empty lines, lines that begin with `-`, `=` or `>`, and pipes in a table. A guard, which is a
character that no text has, before each of its lines (and in place of each pipe in a table's formulas) makes the
parser see nothing but words there; `release` takes the guards out of the tree again. Line numbers do not change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .tree import (
    Alert,
    AstNode,
    Code,
    CodeBlock,
    HtmlBlock,
    HtmlInline,
    Image,
    Link,
    Math,
    Text,
    shift,
    walk,
)  # fmt: skip

NONCHARACTERS = [chr(code) for code in range(0xFDD0, 0xFDF0)]
CONTAINER = re.compile(r"[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]+|>)*[ \t]*")
FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,})")
CODE_SPAN = r"(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"
INLINE = r"(?<!\$)\$(?=[^\s$])(?:\\.|[^$\\])*?(?<=\S)\$(?![\d$])"
CLOSING = re.compile(r"(?<!\\)\$\$")
OPENING = re.compile(rf"\\.|{CODE_SPAN}|{INLINE}|(?P<open>\$\$)")
IN_LINE = re.compile(rf"\\.|{CODE_SPAN}|(?P<formula>\$\$.+?(?<!\\)\$\$|{INLINE})")


@dataclass(frozen=True, slots=True)
class Guarded:
    """A text that a Markdown parser may read, the two guards in it, and the lines of `$$` that is never closed.

    The first guard stands before the lines inside display formulas, at the columns in `places` (from 0, by line from 1);
    the second in the place of pipes in formulas in a table.
    """

    text: str
    before: str = ""
    pipe: str = ""
    places: dict[int, int] = field(default_factory=dict)
    unclosed: tuple[int, ...] = ()


def guard(lines: list[str]) -> Guarded:
    """The text of `lines` with its formulas guarded."""
    text = "\n".join(lines)
    free = [character for character in NONCHARACTERS if character not in text] if "$" in text else []
    if len(free) < 2:
        return Guarded(text)
    out, places, unclosed = list(lines), {}, []
    for start, end in displays(lines):
        if end is None:
            unclosed.append(start + 1)
            continue
        quotes = leading(lines[start]).count(">")
        for number in range(start + 1, end + 1):
            at = places[number + 1] = past_quotes(lines[number], quotes)
            out[number] = lines[number][:at] + free[0] + lines[number][at:]
    for number, line in enumerate(lines):
        if "|" in line and "$" in line and number + 1 not in places:
            out[number] = IN_LINE.sub(lambda found: piped(found, free[1]), line)
    return Guarded("\n".join(out), free[0], free[1], places, tuple(unclosed))


def piped(found: re.Match[str], mark: str) -> str:
    """A formula with `mark` for each pipe; anything else as it is."""
    return found[0].replace("|", mark) if found["formula"] else found[0]


def leading(line: str) -> str:
    """The marks of quotes and lists, and the space, that `line` begins with."""
    found = CONTAINER.match(line)
    return found[0] if found else ""


def displays(lines: list[str]) -> Iterator[tuple[int, int | None]]:
    """The first and the last line (from 0) of every formula that `$$` begins on one line and does not end there.

    One that begins in the middle of a line ends in the same paragraph; one that begins at the start ends anywhere, or is
    never closed (`None`).
    """
    fence, number = "", -1
    marked = (at for at, line in enumerate(lines) if "$$" in line or "```" in line or "~~~" in line)
    for at in marked:
        if at > number:
            number, line = at, lines[at]
            content = line[len(leading(line)) :]
            found = FENCE.match(content)
            if fence:
                fence = "" if found and found[0].startswith(fence) and not content.strip(fence[0]).strip() else fence
            elif found:
                fence = found[0]
            elif left_open(content):
                at_start = content.startswith("$$")
                end = closing(lines, number + 1, at_start)
                if end is not None or at_start:
                    yield number, end
                number = number if end is None else end


def left_open(content: str) -> bool:
    """Whether a formula begins with `$$` in a line and does not end there."""
    at = 0
    while found := OPENING.search(content, at):
        at = found.end()
        if found["open"]:
            end = CLOSING.search(content, at)
            if end is None:
                return True
            at = end.end()
    return False


def closing(lines: list[str], start: int, across: bool) -> int | None:
    """The line, from `start`, on which a formula ends; before the next empty line unless it may go `across` them."""
    for number in range(start, len(lines)):
        if CLOSING.search(lines[number]):
            return number
        if not across and not lines[number].strip():
            return None
    return None


def past_quotes(line: str, quotes: int) -> int:
    """How far the marks of `quotes` block quotes and the indentation reach into `line`."""
    if not quotes:
        return len(line) - len(line.lstrip(" \t"))
    found = re.match(rf"(?:[ \t]*>){{0,{quotes}}}[ \t]*", line)
    return found.end() if found else 0


def release(tree: AstNode, guarded: Guarded) -> None:
    """Take the guards out of everything in `tree`, and move what stands after one to its own column."""

    def freed(text: str) -> str:
        return text.replace(guarded.before, "").replace(guarded.pipe, "|")

    for node in walk(tree):
        value: Any = node.node_value
        kind = type(value)
        if kind in (Text, HtmlInline):
            if (text := freed(value.value)) != value.value:
                node.node_value = kind(text)
        elif kind in FIELDS:
            inner = value.value
            for name in FIELDS[kind]:
                setattr(inner, name, freed(getattr(inner, name) or ""))
            node.node_value = kind(inner)
        if guarded.places and kind in (Math, Link, Image, HtmlInline):
            shift(node, guarded.places)


FIELDS: Mapping[type, tuple[str, ...]] = {
    Math: ("literal",), Code: ("literal",), CodeBlock: ("literal", "info"), HtmlBlock: ("literal",),
    Alert: ("title",), Link: ("url", "title"), Image: ("url", "title"),
}  # fmt: skip
"""What the parser's nodes hold of the text."""
