"""The author's own HTML: what is opened is closed, and every image says what it shows."""

from __future__ import annotations

import re

from .manuscript import Manuscript
from .places import Place, in_html
from .tree import AstNode, HtmlBlock, HtmlInline, walk

CLOSED = {
    "details", "div", "section", "aside", "figure", "table", "article", "nav", "ul", "ol", "dl", "pre", "blockquote",
    "span", "a", "b", "i", "em", "strong", "sub", "sup", "small", "iframe", "video", "audio", "picture", "summary", "svg", "math",
}  # fmt: skip
"""The elements that must be closed; others end by themselves."""

INSIDE = r"""(?:[^<>"']++|"[^"]*"|'[^']*')*+"""
TAG = re.compile(
    rf"<!--(?:>|->|.*?(?:-->|(?P<open>\Z)))|<(?P<quiet>script|style)\b{INSIDE}>.*?(?=</(?P=quiet)|\Z)"
    rf"|<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?![\w-])(?P<rest>{INSIDE})>",
    re.DOTALL | re.IGNORECASE,
)
"""A comment, an element whose inside is no HTML, or a tag."""

QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
ALT = re.compile(r"\salt(?![\w-])", re.IGNORECASE)


def html(tree: AstNode, document: Manuscript) -> None:
    """Tell of comments and elements that are not closed, ends of what was never opened, and images without words."""
    if not any("<" in line for line in document.lines):
        return
    opened: dict[str, list[Place]] = {}
    for node in walk(tree):
        if isinstance(node.node_value, HtmlInline):
            read(node.node_value.value, node, opened, document)
        elif isinstance(node.node_value, HtmlBlock):
            read(node.node_value.value.literal, node, opened, document)
    for name, places in opened.items():
        for place in places:
            document.problem(*place, f"<{name}> is never closed", f"end it with </{name}>")


def read(text: str, node: AstNode, opened: dict[str, list[Place]], document: Manuscript) -> None:
    """Read the tags of one node, where `opened` says what is open before and after it."""
    for found in TAG.finditer(text):
        name = (found["name"] or "").lower()
        drawing = "svg" if opened.get("svg") else "math" if opened.get("math") else name
        if name != drawing:
            continue
        if found["open"] is not None:
            place = in_html(text, found.start(), node, document.lines)
            document.problem(*place, "this comment is never closed", "end it with '-->'")
        elif name == "img" and not ALT.search(QUOTED.sub('""', found["rest"])):
            place = in_html(text, found.start(), node, document.lines)
            document.problem(*place, "this image has no alternative text", 'say what it shows: <img alt="A plot of ..." ...>')
        elif name in CLOSED and not found["end"]:
            opened.setdefault(name, []).append(in_html(text, found.start(), node, document.lines))
        elif name in CLOSED and opened.get(name):
            opened[name].pop()
        elif name in CLOSED:
            place = in_html(text, found.start(), node, document.lines)
            document.problem(*place, f"</{name}> ends nothing", f"take it away, or write <{name}> where it is to begin")
