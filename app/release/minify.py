"""Smaller HTML that says the same: gaps become one character, comments go, and no tag, attribute or word is touched.

The libraries that do more do not keep the text: minify-html 0.18 drops the ends of pages with formulas, tdewolff/minify takes
away spaces inside code and beside tags that a style sheet can make part of a line.
"""

from __future__ import annotations

import re

AS_IT_IS = ("pre", "textarea", "script", "style", "code", "samp", "kbd", "svg", "math", "iframe", "noscript", "title")
"""The elements in which a gap can mean something, or in which less than and greater than are no tags."""

PIECE = re.compile(
    rf"""(?P<kept><(?P<name>{"|".join(AS_IT_IS)})(?=[\s>])(?:"[^"]*"|'[^']*'|[^'">])*>.*?</(?P=name)\s*>)"""
    r"""|(?P<comment><!--(?!\[if).*?-->)|(?P<tag></?[a-z](?:"[^"]*"|'[^']*'|[^'">])*>)|(?P<gap>[ \t\n\r\f]+)""",
    re.IGNORECASE | re.DOTALL,
)


def minified(html: str) -> str:
    """`html` with the same tags and the same text, as a browser shows it, in fewer characters."""
    return PIECE.sub(smaller, html)


def smaller(piece: re.Match[str]) -> str:
    """A piece of HTML: what must stay as it is, nothing for a comment, one character for a gap."""
    if piece["comment"]:
        return ""
    if piece["gap"]:
        return "\n" if "\n" in piece["gap"] else " "
    return piece[0]
