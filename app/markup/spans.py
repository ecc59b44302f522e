"""Subscripts, superscripts and highlights as Pandoc reads them: `3~5 days and 10~20` and `x==1 and y==2` stay text."""

from __future__ import annotations

from typing import Any

from .manuscript import Manuscript
from .tree import AstNode, Code, Highlight, LineBreak, Math, SoftBreak, Subscript, Superscript, Text, walk

MARKS: dict[type, str] = {Subscript: "~", Superscript: "^", Highlight: "=="}
SPANS: dict[str, type] = {mark: kind for kind, mark in MARKS.items()}


def spans(tree: AstNode, document: Manuscript) -> None:
    """Turn back into text what the parser takes for a span and an author does not."""
    if any("^" in line or "~" in line or "==" in line for line in document.lines):
        nodes = walk(tree)
        if any(type(node.node_value) in MARKS for node in nodes):
            for parent in nodes:
                children = parent.children
                if any(type(child.node_value) in MARKS for child in children):
                    parent.children = read(children)


def read(children: list[AstNode]) -> list[AstNode]:
    """`children` with text in the place of every span that is none; a mark that is left over may begin another."""
    out: list[AstNode] = []
    marks: dict[str, int] = {}
    waiting: list[AstNode | str] = [*reversed(children)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            begin = marks.pop(node, -1)
            inside = out[begin + 1 :]
            if begin >= 0 and inside and node != "==" and not any(map(has_space, inside)):
                out[begin:] = [AstNode(SPANS[node](), out[begin].sourcepos, None, inside)]
            else:
                marks[node] = len(out)
                out.append(AstNode(Text(node), children[0].sourcepos, None, []))
            continue
        mark = MARKS.get(type(node.node_value))
        if mark is None or (after_a_space(out) if mark == "==" else not has_space(node)):
            out.append(node)
        else:
            waiting += [mark, *reversed(node.children), mark]
    return out


def after_a_space(before: list[AstNode]) -> bool:
    """Whether what comes after the nodes `before` does not directly follow a letter or digit."""
    value: Any = before[-1].node_value if before else None
    return not (isinstance(value, Text) and value.value[-1:].isalnum())


def has_space(node: AstNode) -> bool:
    """Whether there is white space in the words of `node`."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        value: Any = one.node_value
        text = value.value if isinstance(value, Text) else value.value.literal if isinstance(value, Code | Math) else ""
        if isinstance(value, SoftBreak | LineBreak) or any(character.isspace() for character in text):
            return True
        waiting += reversed(one.children)
    return False
