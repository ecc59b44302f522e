"""Side notes: `^[...]` stands beside the text it belongs to; `[^a]` is the parser's own, and is numbered without them."""

from __future__ import annotations

import re
from html import escape

from ..words import Speech
from .guard import guard
from .manuscript import Manuscript
from .places import NOTE, blocks, relocate
from .tree import (
    GROUP,
    AstNode,
    FootnoteDefinition,
    FootnoteReference,
    NodeFootnoteReference,
    Text,
    column_of,
    definitions,
    line_of,
    raw,
    walk,
)

INLINE = "__inline_"
BACK_TO = "Back to reference {number}"
BACK = re.compile(r'(?<=aria-label=")Back to reference ([\d-]+)(?=")')
UNDEFINED = re.compile(r"(?<!\\)\[\^([^\[\]\s]+)\]")


def footnotes(tree: AstNode, document: Manuscript) -> None:
    """Put every side note where it was written, count the footnotes that are left, and tell of those without a text."""
    notes = {name: node for node in tree.children if (name := name_of(node)).startswith(INLINE)}
    if notes:
        put_side_notes(tree, notes, document)
    if any("[^" in line for line in document.lines):
        tell_undefined(tree, document)
        tell_unused(tree, document)


def worded(html: str, words: Speech) -> str:
    """`html` with the links back from footnotes called in another language than the parser's."""
    return BACK.sub(lambda found: escape(words(BACK_TO, number=found[1])), html) if words.lang != "en" else html


def put_side_notes(tree: AstNode, notes: dict[str, AstNode], document: Manuscript) -> None:
    """Put every side note where it was written, and number the footnotes without them."""
    everything = walk(tree)
    tree.children = [node for node in tree.children if name_of(node) not in notes]
    with_notes = [block for block in blocks(tree) if any(name_in(node) in notes for node in walk(block))]
    for node in everything:
        if note := notes.get(name_in(node)):
            words = [child for block in note.children for child in block.children]
            node.children = [raw(NOTE, node), *words, raw("</small>", node)]
            node.node_value = GROUP
    for block in with_notes:
        relocate(block, document.lines)
    numbers = renumbered(tree)
    tree.children = sorted(tree.children, key=lambda node: numbers.get(name_of(node), 0))


def name_in(node: AstNode) -> str:
    """The name in a reference to a footnote, or nothing."""
    return str(node.node_value.value.name) if isinstance(node.node_value, FootnoteReference) else ""


def renumbered(tree: AstNode) -> dict[str, int]:
    """The numbers of the footnotes, in the order of the text, which every reference now bears."""
    numbers: dict[str, int] = {}
    for node in walk(tree):
        if isinstance(node.node_value, FootnoteReference):
            reference = node.node_value.value
            number = numbers.setdefault(reference.name, len(numbers) + 1)
            named = NodeFootnoteReference(reference.name, reference.texts, reference.ref_num, number)
            node.node_value = FootnoteReference(named)
    return numbers


def name_of(node: AstNode) -> str:
    """The name of a footnote's definition, or nothing."""
    return str(node.node_value.value.name) if isinstance(node.node_value, FootnoteDefinition) else ""


def tell_undefined(tree: AstNode, document: Manuscript) -> None:
    """Tell of every `[^a]` that stayed text, since nothing says what it is."""
    names: dict[int, set[str]] = {}
    for node in walk(tree):
        if isinstance(node.node_value, Text) and "[^" in node.node_value.value:
            names.setdefault(line_of(node), set()).update(UNDEFINED.findall(node.node_value.value))
    for line, missing in names.items():
        for found in UNDEFINED.finditer(document.lines[line - 1]):
            if found[1] in missing:
                hint = f"write '[^{found[1]}]: ...' on a line of its own"
                document.problem(line, found.start() + 1, f"footnote '{found[1]}' has no text", hint)


def tell_unused(tree: AstNode, document: Manuscript) -> None:
    """Tell of every `[^a]: ...` that would not be seen, since nothing refers to it or another has its name."""
    used = {name.casefold() for node in walk(tree) if (name := name_in(node))}
    if sum(line.count("]:") for line in document.lines if "[^" in line) <= len(used):
        return
    first: dict[str, int] = {}
    for node in definitions(guard(document.lines).text):
        name, line, column = name_of(node), line_of(node), column_of(node)
        if name.startswith(INLINE):
            continue
        if earlier := first.get(name.casefold()):
            where = f"line {document.row(earlier)}"
            document.problem(line, column, f"footnote '{name}' has a text already, on {where}", "give one of them another name")
        elif name.casefold() not in used:
            document.problem(line, column, f"nothing refers to the footnote '{name}'", f"write '[^{name}]' where it belongs")
        first.setdefault(name.casefold(), line)
