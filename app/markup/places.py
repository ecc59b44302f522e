"""Where things stand in and after a side note: the parser does not keep their places, so they are looked for."""

from __future__ import annotations

from typing import Any

from .tree import (
    INLINE,
    AstNode,
    Code,
    FootnoteReference,
    HtmlInline,
    Image,
    Link,
    Math,
    Raw,
    Text,
    column_of,
    line_of,
    move,
    plain,
    walk,
)  # fmt: skip

Place = tuple[int, int]
NOTE = '<small class="sidenote">'


def blocks(node: AstNode) -> list[AstNode]:
    """The paragraphs, headings and cells below `node`: everything that holds words."""
    return [one for one in walk(node) if type(one.node_value) not in INLINE and words_in(one)]


def words_in(node: AstNode) -> bool:
    """Whether the first thing in `node` is words."""
    children = node.children
    return bool(children) and type(children[0].node_value) in INLINE


def relocate(block: AstNode, lines: list[str]) -> None:
    """Move everything in `block` to where it is written, each after the one before."""
    place = line_of(block), column_of(block)
    for node in walk(block)[1:]:
        mark = written(node)
        if mark and (found := find(mark, place, lines)):
            move(node, *found)
            place = found[0], found[1] + len(mark)


def written(node: AstNode) -> str:
    """The first characters of `node` as an author writes them."""
    value: Any = node.node_value
    kind = type(value)
    if kind is Text:
        return str(value.value).strip()
    if kind is Math:
        first = value.value.literal.split("\n" if value.value.display_math else " ")[0]
        return ("$$" if value.value.display_math else "$") + str(first)
    if kind is Link:
        return str(value.value.url) if plain(node) == value.value.url else "["
    if kind is FootnoteReference:
        return f"[^{value.value.name}"
    if kind in (HtmlInline, Raw):
        return "^[" if value.value == NOTE else str(value.value).split("\n")[0]
    return {Code: "`", Image: "!["}.get(kind, "")


def find(mark: str, start: Place, lines: list[str]) -> Place | None:
    """Where `mark` stands next, from `start` to the end of the paragraph."""
    line, column = start
    for number in range(line, len(lines) + 1):
        at = lines[number - 1].find(mark, column - 1 if number == line else 0)
        if at >= 0:
            return number, at + 1
        if not lines[number - 1].strip(" \t>"):
            return None
    return None
