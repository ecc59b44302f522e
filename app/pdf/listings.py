"""Listings: programs, with their words set apart as Pygments found them."""

from __future__ import annotations

from collections.abc import Iterator

from .code import EMPTY, call, joined, string
from .nodes import Node

KINDS = {"c": "comment", "k": "keyword", "s": "literal", "m": "literal"}
"""What a token is by the first letter of its class."""


def listing(node: Node) -> str:
    """A block of code."""
    pieces = [piece for child in node.children for piece in tokens(child, "")]
    while pieces and not pieces[-1][1].strip():
        pieces.pop()
    return call("listing", joined(typed(kind, text) for kind, text in merged(pieces))) if pieces else EMPTY


def tokens(node: Node, kind: str) -> Iterator[tuple[str, str]]:
    """The pieces of a program, each with what it is."""
    if not node.tag:
        yield kind, node.text.replace("\t", "    ")
        return
    if node.tag == "mark":
        kind = "highlight"
    elif node.tag == "span" and not kind:
        kind = KINDS.get(node.attributes.get("class", "")[:1], "")
    for child in node.children:
        yield from tokens(child, kind)


def merged(pieces: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The pieces, those together that are of one kind."""
    kind, text = pieces[0]
    for following, more in pieces[1:]:
        if following == kind:
            text += more
        else:
            yield kind, text
            kind, text = following, more
    yield kind, text.rstrip()


def typed(kind: str, text: str) -> str:
    """The code of one piece, line by line."""
    body = ";linebreak();".join(string(line) for line in text.split("\n"))
    return call(kind, f"{{[];{body}}}") if kind else body
