"""Links by name, `[[scaling-laws#method|text]]`, and what is shown here from there, `![[scaling-laws#thm:main]]`."""

from __future__ import annotations

import re
from html import escape

from .document import Page, Slot
from .inlines import Words, between, places, put, text, words_with
from .manuscript import Manuscript
from .sentences import OBJECT
from .tree import AstNode, Image, Link, NodeLink, Paragraph, move, raw, replace

WIKILINK = re.compile(r"(?P<shown>!?)(?P<open>\[\[)(?P<target>[^\[\]\n|]+)(?:\|(?P<text>[^\[\]\n]*))?\]\]")
PICTURE = re.compile(r"(?i)\.(?:png|jpe?g|gif|webp|avif|svg)$")
WIDTH = re.compile(r"\d+(?:x\d+)?")


def wikilinks(tree: AstNode, document: Manuscript) -> None:
    """Ask the site what every name leads to, and for what is to be shown here."""
    if not any("[[" in line for line in document.lines):
        return
    for words in words_with("[[", tree, document):
        placed = places("[[", words, document) | places("![[", words, document)
        found = [(one, *place) for one in WIKILINK.finditer(words.text) if (place := begun(words, one, placed, document))]
        alone = isinstance(words.parent.node_value, Paragraph) and len(found) == 1 and found[0][0][0] == words.text.strip()
        if alone and found[0][0]["shown"] and not PICTURE.search(found[0][0]["target"]):
            one, line, column = found[0]
            replace(words.parent, document.slot("embed", one["target"].strip(), line, column))
        else:
            put(words, [(one.start(), one.end(), nodes(words, one, line, column, document)) for one, line, column in found])


def begun(words: Words, found: re.Match[str], placed: dict[int, tuple[int, int]], document: Manuscript) -> tuple[int, int] | None:
    """Where a link by name, or what is shown by name, begins; nothing where it is none."""
    if words.text[found.start("open") - 1 : found.start("open")] == "[" and words.text[found.end() : found.end() + 1] == "]":
        return None
    place = placed.get(found.start())
    if place and OBJECT in found["target"]:
        message, hint = "this is no link: a name has no markup", "write the path: [[notes/a|text]]; or no link: \\[["
        document.problem(*place, message, hint)
    return place if OBJECT not in found["target"] else None


def nodes(words: Words, found: re.Match[str], line: int, column: int, document: Manuscript) -> list[AstNode]:
    """What takes the place of a link by name, or of a picture."""
    target, start, stop = found["target"].strip(), found.start("text"), found.end("text")
    if found["shown"] and PICTURE.search(target):
        return picture(target, found["text"] or "", line, column, words)
    if found["shown"]:
        document.problem(
            line, column, f"'![[{target}]]' stands in a sentence", "let it stand alone, with an empty line before and after"
        )
    if start < 0 or start == stop:
        return [raw(document.slot("wikilink", target, line, column), words.parent)]
    link = raw("", words.parent)
    link.node_value = Link(NodeLink(document.slot("wikilink", target, line, column, texted="yes"), ""))
    link.children = between(words, start, stop)
    return [link]


def picture(target: str, said: str, line: int, column: int, words: Words) -> list[AstNode]:
    """The nodes of `![[plot.png|What it shows|300]]`: a picture, and its width where that is said last."""
    alt, _, width = said.rpartition("|")
    if not WIDTH.fullmatch(width):
        alt, width = said, ""
    node = raw("", words.parent)
    move(node, line, column)
    node.node_value = Image(NodeLink(target, ""))
    node.children = [text(alt, node)]
    return [node, text(f"{{width={width.partition('x')[0]}px}}", node)] if width else [node]


def fill(slot: Slot, path: str, page: Page) -> str:
    """The URL of what a name leads to, where the link has words of its own; else the whole link, with its title."""
    found = page.named(path, slot.target)
    return escape(found.url) if slot.options else f'<a href="{escape(found.url)}">{found.title}</a>'


def show(slot: Slot, path: str, page: Page) -> str:
    """What is to be shown here, and where it is from."""
    found = page.embedded(path, slot)
    link = f'<a href="{escape(found.url)}">{found.title}</a>'
    source = f'<p class="source">{page.words_of(path)("From {page}", page=link)}</p>'
    return f'<div class="embed">\n{found.html}{source}\n</div>\n'
