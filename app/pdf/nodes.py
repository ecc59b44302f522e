"""Node: HTML as a tree of plain data, nowhere deeper than what can be printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

DEEPEST = 60
WEIGHTS = {
    "ul": 5, "ol": 5, "blockquote": 4, "dl": 4, "table": 8, "figure": 4, "aside": 4, "div": 2, "section": 2, "details": 4,
    "li": 0, "mi": 0, "mo": 0, "mn": 0, "mtext": 0, "mspace": 0, "mtable": 3,
}  # fmt: skip
"""How much of the depth that Typst allows an element takes; any other takes one."""

FORMULA = re.compile(
    r"math|m(?:row|frac|sqrt|root|style|padded|phantom|enclose|multiscripts|table|tr|td|sub|sup|subsup|under|over|underover)"
)
"""The elements that have elements only."""


@dataclass(frozen=True, slots=True)
class Node:
    """An element, or a text, which has no tag."""

    tag: str
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: tuple[Node, ...] = ()
    html: str = ""

    @property
    def id(self) -> str:
        """The name that links lead to."""
        return self.attributes.get("id", "")

    @property
    def classes(self) -> frozenset[str]:
        """The words of its class."""
        return frozenset(self.attributes.get("class", "").split())

    @property
    def words(self) -> str:
        """All its text."""
        return self.text if not self.tag else "".join(child.words for child in self.children)

    def walk(self) -> Iterator[Node]:
        """Itself and everything in it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


def parsed(html: str) -> Node:
    """The tree of a fragment."""
    body = LexborHTMLParser(f"<!DOCTYPE html><body>{html}").body
    return Node("span", children=inside(body, 0)) if body is not None else Node("span")


def inside(node: LexborNode, depth: int) -> tuple[Node, ...]:
    """What stands in an element at a `depth`; white space in a formula is none."""
    found = tuple(one for child in node.iter(include_text=True) if (one := read(child, depth)))
    return tuple(one for one in found if one.tag or one.text.strip()) if FORMULA.fullmatch(node.tag or "") else found


def read(node: LexborNode, depth: int) -> Node | None:
    """One node; what would be too deep is its text, and a comment is nothing."""
    tag = node.tag or ""
    if tag == "-text":
        return Node("", node.text_content or "")
    if tag.startswith(("-", "_", "!")):
        return None
    attributes = {key: value or "" for key, value in node.attributes.items()}
    if tag == "svg":
        return Node(tag, attributes=attributes, html=node.html or "")
    deeper = depth + WEIGHTS.get(tag, 1)
    if deeper > DEEPEST:
        return Node("", node.text(deep=True))
    return Node(tag, attributes=attributes, children=inside(node, deeper))
