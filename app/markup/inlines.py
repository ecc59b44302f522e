"""The words of a block as one text, in which everything that is no word is one character; and putting nodes among them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from .manuscript import Manuscript
from .sentences import OBJECT
from .tree import INLINE, AstNode, Image, LineBreak, Link, SoftBreak, Text, blocks_with, column_of, held, line_of, move


@dataclass(frozen=True, slots=True)
class Words:
    """The children of `parent` and their text, each child's beginning at its `starts`."""

    parent: AstNode
    children: list[AstNode]
    starts: list[int]
    text: str


def words_with(mark: str, tree: AstNode, document: Manuscript) -> Iterator[Words]:
    """Everything in `tree` that directly holds words with `mark` in them; nothing in a link or a picture."""
    for block in blocks_with(tree, document.lines, mark):
        waiting = [block]
        while waiting:
            parent = waiting.pop()
            children = [] if isinstance(parent.node_value, Link | Image) else parent.children
            waiting += reversed(children)
            if children and type(children[0].node_value) in INLINE:
                found = words_of(parent, children)
                if mark in found.text:
                    yield found


def words_of(parent: AstNode, children: list[AstNode]) -> Words:
    """The words that `parent` directly holds."""
    starts, pieces, length = [], [], 0
    for child in children:
        value = child.node_value
        piece = held(child) if isinstance(value, Text) else "\n" if isinstance(value, SoftBreak | LineBreak) else OBJECT
        starts.append(length)
        pieces.append(piece)
        length += len(piece)
    return Words(parent, children, starts, "".join(pieces))


def between(words: Words, start: int, stop: int) -> list[AstNode]:
    """The nodes from one character of `words` to another; words are cut there."""
    out = []
    first = max(bisect_right(words.starts, start) - 1, 0)
    for at in range(first, bisect_left(words.starts, stop)):
        child, begin = words.children[at], words.starts[at]
        end = begin + (len(held(child)) if isinstance(child.node_value, Text) else 1)
        if end <= start:
            continue
        cut = isinstance(child.node_value, Text) and (begin < start or end > stop)
        out.append(text(words.text[max(begin, start) : min(end, stop)], child, max(start - begin, 0)) if cut else child)
    return out


def text(written: str, near: AstNode, shift: int = 0) -> AstNode:
    """Words that stand `shift` characters after the beginning of `near`."""
    node = AstNode(Text(written), near.sourcepos, None, [])
    move(node, line_of(near), column_of(near) + shift)
    return node


def put(words: Words, found: list[tuple[int, int, list[AstNode]]]) -> None:
    """Put nodes in the place of what stands from one character to another, for each of `found`, in order."""
    if not found:
        return
    out: list[AstNode] = []
    done = 0
    for start, stop, nodes in found:
        out += [*between(words, done, start), *nodes]
        done = stop
    words.parent.children = [*out, *between(words, done, len(words.text))]


def places(mark: str, words: Words, document: Manuscript) -> dict[int, tuple[int, int]]:
    """The line and column of the text at which every `mark` in `words` stands, by its place in them; none that is escaped."""
    out = {}
    for child, begin in zip(words.children, words.starts, strict=True):
        if not isinstance(child.node_value, Text):
            continue
        line, end = line_of(child), begin + len(held(child))
        row = document.lines[line - 1] if line <= len(document.lines) else ""
        at, column = words.text.find(mark, begin, end), row.find(mark, column_of(child) - 1)
        while at >= 0 and column >= 0:
            if not escaped(row, column):
                out[at] = line, column + 1
            at, column = words.text.find(mark, at + 1, end), row.find(mark, column + 1)
    return out


def escaped(row: str, column: int) -> bool:
    """Whether the character at `column` (from 0) stands after an odd number of backslashes."""
    start = column
    while start and row[start - 1] == "\\":
        start -= 1
    return (column - start) % 2 == 1
