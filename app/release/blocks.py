"""Blocks: what a page of a release says, as texts without HTML: headings, paragraphs, items, cells, lines of code."""

from __future__ import annotations

import re
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..plain import APPLIED, written

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

APART = {
    *HEADINGS, "address", "article", "aside", "blockquote", "br", "caption", "dd", "details", "div", "dl", "dt", "figcaption",
    "figure", "footer", "form", "header", "hr", "li", "main", "nav", "ol", "option", "p", "section", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
"""The elements whose text is one of its own."""

UNSEEN = {"script", "style", "template", "noscript"}

GAP = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
"""What stands between words, and what only a terminal would see."""


class Block(NamedTuple):
    """A text of a page, on one line, and whether it is a heading."""

    text: str
    heading: bool = False


class Text(NamedTuple):
    """What a page says: its title, and its text in blocks."""

    title: str = ""
    blocks: tuple[Block, ...] = ()


def text_of(html: bytes) -> Text:
    """What the page says, without what stands around it on every page."""
    tree = LexborHTMLParser(html)
    main = tree.css_first("main") or tree.body
    blocks = tuple(blocks_in(main)) if main is not None else ()
    named = tree.css_first("title")
    return Text(next((one.text for one in blocks if one.heading), one_line(named.text()) if named else ""), blocks)


def blocks_in(top: LexborNode) -> list[Block]:
    """The texts in an element. No call within a call: how deep elements stand in each other is up to the author."""
    found: list[tuple[str, list[str]]] = [("", [])]
    waiting: list[LexborNode | str] = [top]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            found.append((node, []))
        elif node.is_text_node:
            found[-1][1].append(node.text_content or "")
        elif node.tag == "pre":
            found += [("", [line]) for line in node.text().splitlines()] + [("", [])]
        elif (stands := stands_for(node)) is not None:
            found[-1][1].append(stands)
        else:
            inside = list(node.iter(include_text=True))[::-1]
            waiting += ["", *inside, node.tag or ""] if node.tag in APART else inside
    texts = ((one_line("".join(parts)), tag in HEADINGS) for tag, parts in found)
    return [Block(text, heading) for text, heading in texts if text]


def stands_for(node: LexborNode) -> str | None:
    """The text that stands for an element without looking into it; nothing where its own text does."""
    attributes = node.attributes
    if node.tag in UNSEEN or "hidden" in attributes or attributes.get("class") == "permalink":
        return ""
    if node.tag == "math":
        return written(node).replace(APPLIED, "")
    if node.tag == "img":
        return f"[picture: {attributes.get('alt') or ''}]"
    if node.tag == "svg":
        return f"[picture: {attributes['aria-label']}]" if attributes.get("aria-label") else ""
    return None


def one_line(text: str) -> str:
    """A text on one line."""
    return GAP.sub(" ", text).strip()
