"""Tables: they scroll by themselves on a narrow screen, and a line `: Caption` after one is its caption."""

from __future__ import annotations

import re

from .attributes import named, split
from .guard import IN_LINE
from .labels import captioned as captioned_by
from .manuscript import Manuscript
from .tree import GROUP, AstNode, Paragraph, Table, Text, column_of, held, line_of, nodes_with, raw, reach, walk, words

ALIGNED = re.compile(r'<(t[hd]) align="(left|center|right)">')

DASHES = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
CAPTION_ID = re.compile(r"\{#tbl:[^{}\n]*\}\s*$")


def tables(tree: AstNode, document: Manuscript) -> None:
    """Give every table a frame, and its caption where one follows."""
    if not any("|" in line or ":-" in line or "-:" in line or "{#tbl:" in line for line in document.lines):
        return
    for parent in walk(tree):
        children = parent.children
        if any(isinstance(child.node_value, Table) for child in children):
            parent.children = framed(children, document)
    for node in nodes_with(tree, document.lines, "|", "{#tbl:"):
        if isinstance(node.node_value, Paragraph):
            tell_almost(node, document)


def framed(children: list[AstNode], document: Manuscript) -> list[AstNode]:
    """`children` with each table, and the caption after it, in one figure."""
    out: list[AstNode] = []
    for child in children:
        before = out[-1] if out else None
        if before is not None and isinstance(before.node_value, Table) and is_caption(child):
            out[-1] = captioned(before, child, document)
        elif isinstance(child.node_value, Table):
            caption = taken_from(child, document)
            tell_surplus(child, document)
            out.append(captioned(child, caption, document) if caption else child)
        else:
            out.append(child)
    return [
        group(child, '<div class="scroll" tabindex="0">\n', "</div>\n") if isinstance(child.node_value, Table) else child
        for child in out
    ]


def taken_from(table: AstNode, document: Manuscript) -> AstNode | None:
    """The caption that stands right below a table, which the parser takes for a row of it; the table loses that row."""
    rows = table.children
    for at, row in enumerate(rows):
        line, column = line_of(row), column_of(row)
        if document.lines[line - 1][column - 1 :].startswith(": "):
            table.children = rows[:at]
            text = "\n".join(document.lines[line_of(one) - 1][column_of(one) - 1 :] for one in rows[at:])
            mark = AstNode(Text(": "), row.sourcepos, None, [])
            return AstNode(Paragraph(), row.sourcepos, None, [mark, *words(text.removeprefix(": "), line, column + 2)])
    return None


def tell_surplus(table: AstNode, document: Manuscript) -> None:
    """Tell of every row with more cells than the table has columns: nobody would see them."""
    columns = int(held(table).num_columns)
    for row in table.children[1:]:
        line, column = line_of(row), column_of(row)
        cells = cells_of(document.lines[line - 1][column - 1 :])
        if any(cell.strip() for cell in cells[columns:]):
            message = f"this row has {len(cells)} cells and the table {columns} column{'s' if columns > 1 else ''}"
            document.problem(line, column, message, "write a '|' inside a cell as '\\|'")


def cells_of(row: str) -> list[str]:
    """The cells of a row; a pipe in a formula or after a backslash ends none."""

    def without(found: re.Match[str]) -> str:
        return "x" if found["formula"] or found[0][0] == "\\" else found[0].replace("\\|", "x")

    inside = IN_LINE.sub(without, row).strip()
    return inside.removeprefix("|").removesuffix("|").split("|")


def tell_almost(paragraph: AstNode, document: Manuscript) -> None:
    """Tell of lines that look like a table, or like its caption, and are none."""
    children, lines = paragraph.children, document.lines
    for child in children:
        text = child.node_value.value if isinstance(child.node_value, Text) else ""
        if "|" not in text:
            continue
        line, column = line_of(child), column_of(child)
        above = lines[line - 2].lstrip(" \t>") if line > line_of(paragraph) else ""
        if "|" in above and DASHES.fullmatch(text):
            header, dashes = len(cells_of(above)), len(cells_of(text))
            if header != dashes:
                message = f"this is no table: {header} cell{'s' if header > 1 else ''} above {dashes} of dashes"
                document.problem(line, column, message, "write as many cells of dashes, '---', as the row above has")
    last = children[-1].node_value if children else None
    if isinstance(last, Text) and CAPTION_ID.search(last.value):
        line, column = line_of(paragraph), column_of(paragraph)
        mark = lines[line - 1].rfind(":", 0, column + 1)
        if mark >= 0 and not lines[line - 1][:mark].strip(" \t>") and lines[line - 1][mark : mark + 2] == ": ":
            document.problem(line, mark + 1, "this caption follows no table", "write it right below its table")


def is_caption(node: AstNode) -> bool:
    """Whether a paragraph begins with a colon and a space."""
    first = node.children[0] if isinstance(node.node_value, Paragraph) and node.children else None
    return first is not None and isinstance(first.node_value, Text) and first.node_value.value.startswith(": ")


def captioned(table: AstNode, caption: AstNode, document: Manuscript) -> AstNode:
    """A numbered figure of a table and its caption."""
    first, last = caption.children[0], caption.children[-1]
    id = ""
    if isinstance(last.node_value, Text):
        text, attributes = split(last.node_value.value)
        if attributes.id:
            id, last.node_value = attributes.id, Text(text)
    first = caption.children[0]
    first.node_value = Text(held(first).removeprefix(": "))
    number = captioned_by(document.words, "table", document.label(id, "table", line_of(caption)))
    words = AstNode(GROUP, caption.sourcepos, None, caption.children)
    begin, end = document.frame(id) if id else ("", "")
    before = raw(f'{begin}<figure class="table"{named(id)}><figcaption><span class="number">{number}</span> ', table)
    between, after = raw('</figcaption><div class="scroll" tabindex="0">\n', table), raw(f"</div></figure>{end}\n", table)
    out = AstNode(GROUP, table.sourcepos, None, [before, words, between, table, after])
    reach(out, caption)
    return out


def group(node: AstNode, before: str, after: str) -> AstNode:
    """`node` between finished HTML."""
    return AstNode(GROUP, node.sourcepos, None, [raw(before, node), node, raw(after, node)])


def aligned(html: str) -> str:
    """`html` with a class where a cell has HTML's old attribute of alignment."""
    return ALIGNED.sub(r'<\1 class="\2">', html) if 'align="' in html else html
