"""The parser's tree: how to walk it and how to put finished HTML into it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from comrak import (
    Alert,
    AstNode,
    BlockDirective,
    BlockQuote,
    Code,
    CodeBlock,
    Document,
    Emph,
    ExtensionOptions,
    FootnoteDefinition,
    FootnoteReference,
    Heading,
    Highlight,
    HtmlBlock,
    HtmlInline,
    Image,
    LineBreak,
    Link,
    Math,
    NodeBlockDirective,
    NodeCode,
    NodeFootnoteReference,
    NodeLink,
    NodeMath,
    Paragraph,
    ParseOptions,
    Raw,
    RenderOptions,
    SoftBreak,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    TaskItem,
    Text,
    format_html,
    parse_document,
)  # fmt: skip

EXTENSIONS = ExtensionOptions(
    strikethrough=True,
    table=True,
    autolink=True,
    tasklist=True,
    superscript=True,
    subscript=True,
    highlight=True,
    footnotes=True,
    inline_footnotes=True,
    description_lists=True,
    alerts=True,
    math_dollars=True,
    block_directive=True,
    cjk_friendly_emphasis=True,
)
OPTIONS = (EXTENSIONS, ParseOptions(sourcepos_chars=True), RenderOptions(unsafe_=True))

INLINE = {
    Code, Emph, FootnoteReference, Highlight, HtmlInline, Image, LineBreak, Link, Math, Raw, SoftBreak, Strikethrough, Strong,
    Subscript, Superscript, Text,
}  # fmt: skip

GROUP = BlockDirective(NodeBlockDirective(3, 0, ""))
"""A node that is rendered as its children and nothing else."""


def parsed(text: str) -> AstNode:
    """The tree of a text in Markdown."""
    return parse_document(text, *OPTIONS)


def definitions(text: str) -> list[AstNode]:
    """The definitions of footnotes in a text, also of those that nothing refers to, where they are written."""
    tree = parse_document(text, EXTENSIONS, ParseOptions(sourcepos_chars=True, leave_footnote_definitions=True), OPTIONS[2])
    return [node for node in walk(tree) if isinstance(node.node_value, FootnoteDefinition)]


def literal_lines(text: str) -> set[int]:
    """The lines of a text, from 0, that are code or HTML, where containers are not read."""
    plain = ExtensionOptions(table=True, footnotes=True, description_lists=True, alerts=True)
    found: set[int] = set()
    waiting = [parse_document(text, plain, *OPTIONS[1:])]
    while waiting:
        node = waiting.pop()
        value = node.node_value
        if isinstance(value, CodeBlock | HtmlBlock):
            found.update(range(line_of(node) - 1, last_line_of(node)))
        elif not isinstance(value, Paragraph | Heading | Table):
            waiting += node.children
    return found


def last_line_of(node: AstNode) -> int:
    """The line of the text on which `node` ends, from 1."""
    return int(node.sourcepos.end.line)


def formatted(node: AstNode) -> str:
    """The HTML of `node` and all below it."""
    return str(format_html(node, *OPTIONS))


def words(text: str, line: int, column: int) -> list[AstNode]:
    """A few words of Markdown, such as a caption, which begin at this place of the text."""
    block = next(iter(parsed(text).children), None)
    if block is None:
        return []
    if not isinstance(block.node_value, Paragraph):
        return [AstNode(Text(text), block.sourcepos, None, [])]
    for node in walk(block):
        first = line_of(node) == 1
        move(node, line_of(node) + line - 1, column_of(node) + (column - 1 if first else 0))
    return list(block.children)


def walk(node: AstNode) -> list[AstNode]:
    """`node` and everything below it, in the order of the text."""
    found, waiting = [], [node]
    while waiting:
        node = waiting.pop()
        found.append(node)
        if children := node.children:
            waiting += reversed(children)
    return found


def blocks_with(tree: AstNode, lines: list[str], *marks: str) -> Iterator[AstNode]:
    """The blocks right below `tree` on whose lines one of `marks` stands."""
    marked = sorted({number for mark in marks for number, line in enumerate(lines, 1) if mark in line})
    for block in tree.children if marked else ():
        at = bisect_left(marked, line_of(block))
        if at < len(marked) and marked[at] <= last_line_of(block):
            yield block


def nodes_with(tree: AstNode, lines: list[str], *marks: str) -> list[AstNode]:
    """Everything in those blocks, in the order of the text."""
    return [node for block in blocks_with(tree, lines, *marks) for node in walk(block)]


def held(node: AstNode) -> Any:
    """What the parser says of `node`, beside its kind."""
    value: Any = node.node_value
    return value.value


def line_of(node: AstNode) -> int:
    """The line of the text on which `node` begins, from 1."""
    return int(node.sourcepos.start.line)


def column_of(node: AstNode) -> int:
    """The column, in characters from 1, at which `node` begins."""
    return int(node.sourcepos.start.column)


def shift(node: AstNode, places: dict[int, int]) -> None:
    """Move the start of `node` back by one column where it stands after the column (from 0) of its line in `places`."""
    start = node.sourcepos.start
    if start.column - 1 > places.get(start.line, start.column):
        move(node, start.line, start.column - 1)


def move(node: AstNode, line: int, column: int) -> None:
    """Let `node` begin at this place."""
    position = node.sourcepos
    start = position.start
    start.line, start.column = line, column
    position.start = start
    node.sourcepos = position


def reach(node: AstNode, last: AstNode) -> None:
    """Let `node` end where `last` ends."""
    position = node.sourcepos
    position.end = last.sourcepos.end
    node.sourcepos = position


def raw(html: str, node: AstNode) -> AstNode:
    """A node of finished HTML that stands where `node` stands."""
    return AstNode(Raw(html), node.sourcepos, None, [])


def replace(node: AstNode, html: str) -> None:
    """Put finished HTML in the place of `node` and all below it."""
    node.children = []
    node.node_value = Raw(html)


def wrap(node: AstNode, before: str, after: str) -> None:
    """Let `node` be rendered as its children between `before` and `after`."""
    node.children = [raw(before, node), *node.children, raw(after, node)]
    node.node_value = GROUP


def plain(node: AstNode) -> str:
    """The text of `node` as a reader would say it: without markup, formulas as written, blocks on lines of their own."""
    pieces: list[str] = []
    waiting: list[AstNode | str] = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            if pieces and pieces[-1] != one:
                pieces.append(one)
            continue
        value: Any = one.node_value
        kind = type(value)
        if kind is Text:
            pieces.append(value.value)
        elif kind in (Code, CodeBlock, Math):
            pieces.append(value.value.literal)
        elif kind in (SoftBreak, LineBreak):
            pieces.append(" ")
        elif children := one.children:
            if type(children[0].node_value) in INLINE:
                waiting.extend(reversed(children))
            else:
                waiting.extend(piece for child in reversed(children) for piece in ("\n", child))
    return "".join(pieces).rstrip("\n") if pieces and pieces[-1] == "\n" else "".join(pieces)


def only(node: AstNode, kind: type) -> AstNode | None:
    """The child of a paragraph that is a `kind` and stands there alone, save for text of attributes after it."""
    if not isinstance(node.node_value, Paragraph):
        return None
    children = node.children
    if not children or not isinstance(children[0].node_value, kind):
        return None
    return children[0] if all(type(child.node_value) in (Text, SoftBreak) for child in children[1:]) else None


__all__ = [
    "GROUP", "INLINE", "Alert", "AstNode", "BlockDirective", "BlockQuote", "Code", "CodeBlock", "Document",
    "FootnoteDefinition", "FootnoteReference", "Heading", "Highlight", "HtmlBlock", "HtmlInline", "Image", "LineBreak",
    "Link", "Math", "NodeBlockDirective", "NodeCode", "NodeFootnoteReference", "NodeLink", "NodeMath", "Paragraph", "Raw",
    "SoftBreak", "Subscript", "Superscript", "Table", "TaskItem", "Text", "blocks_with", "column_of", "definitions",
    "formatted", "held", "last_line_of", "line_of", "move", "nodes_with", "only", "parsed", "plain", "raw", "reach", "replace",
    "shift", "walk", "words", "wrap",
]  # fmt: skip
