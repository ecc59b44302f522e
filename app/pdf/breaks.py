"""Breaks: what the end of a page may part."""

from __future__ import annotations

from .nodes import Node

LINES = 25
"""How many lines a table or a program has at most that is not parted."""

WIDTH = 80
"""How many characters a line has, roughly."""


def is_short(figure: Node) -> bool:
    """Whether a figure surely fits on a page: a single picture, or few words in few lines."""
    inside = list(figure.walk())
    lines = sum(one.tag in ("tr", "p", "li", "br") for one in inside)
    lines += sum(one.words.count("\n") for one in inside if one.tag == "pre")
    pictures = sum(one.tag in ("img", "svg") for one in inside)
    return pictures <= 1 and lines <= (1 if pictures else LINES) and len(figure.words) <= LINES * WIDTH
