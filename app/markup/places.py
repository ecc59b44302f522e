"""Where things stand: in and after a side note, whose places the parser does not keep; in HTML; and outside of code."""

from __future__ import annotations

import re
from typing import Any

from .tree import (
    INLINE,
    AstNode,
    Code,
    CodeBlock,
    FootnoteReference,
    HtmlBlock,
    HtmlInline,
    Image,
    Link,
    Math,
    Raw,
    Text,
    column_of,
    last_line_of,
    line_of,
    move,
    plain,
    walk,
)  # fmt: skip

CODE = re.compile(
    r"\\[`$<]|(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|\$\$.+?(?<!\\)\$\$"
    r"|(?<!\$)\$(?=[^\s$])(?:\\.|[^$\\])*?(?<=\S)\$(?![\d$])|<!--.*?-->|</?[a-z][^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
"""Code, a formula, a comment or a tag in words; or an escaped character that would begin one."""

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


def in_html(html: str, offset: int, node: AstNode, lines: list[str]) -> Place:
    """The line and column of the text at which the character `offset` of the HTML of `node` stands."""
    down, column = html.count("\n", 0, offset), offset - html.rfind("\n", 0, offset) - 1
    line = line_of(node) + down
    column += 0 if down else column_of(node) - 1
    written, row = html[offset:].partition("\n")[0], lines[line - 1] if line <= len(lines) else ""
    at = row.find(written, column)
    return line, max(at if at >= 0 else row.find(written), 0) + 1


def beside_code(tree: AstNode, lines: list[str]) -> str:
    """The text with spaces in the place of code, formulas and HTML."""
    out = list(lines)
    for node in walk(tree):
        value = node.node_value
        if isinstance(value, CodeBlock | HtmlBlock) or (isinstance(value, Math) and value.value.display_math):
            first, last = line_of(node), last_line_of(node)
            single = isinstance(value, Math)
            for number in range(first + single, min(last - single, len(out)) + 1):
                out[number - 1] = " " * len(out[number - 1])
    paragraphs = re.split(r"(\n[ \t>]*\n)", "\n".join(out))
    return "".join(CODE.sub(blank, paragraph) for paragraph in paragraphs)


def blank(found: re.Match[str]) -> str:
    """As many spaces, and ends of lines, as were found; an escaped character is left."""
    return found[0] if found[0][0] == "\\" else re.sub(r"[^\n]", " ", found[0])
