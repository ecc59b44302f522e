"""Headings: an id for each, a permalink, and the table of contents."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from html import escape, unescape

from .attributes import split
from .manuscript import Manuscript
from .tree import AstNode, Text, held, line_of, plain, walk, wrap
from .tree import Heading as HeadingNode

SECTION = "sec:"
"""What the id of a heading begins with that is to be referred to by its number; then every section shows its own."""

FINISHED = re.compile(r'<h[1-6] id="(?P<id>[^"]*)">(?P<html>.*?) <a class="permalink"', re.DOTALL)
NO_OUTLINE = re.compile(
    r'<sup class="footnote-ref">.*?</sup>|<small class="sidenote">.*?</small>|</?a\b[^>]*>|<img[^>]*>', re.DOTALL
)


def headings(tree: AstNode, document: Manuscript) -> None:
    """Give every heading an id, from `{#id}` or else from its text, and note what it says."""
    found = [node for node in walk(tree) if isinstance(node.node_value, HeadingNode)]
    named = [own_id(node) for node in found]
    top = {line_of(node) for node in tree.children if isinstance(node.node_value, HeadingNode)}
    numbers = section_numbers([held(node).level for node in found]) if any(id.startswith(SECTION) for id in named) else []
    for at, (node, id) in enumerate(zip(found, named, strict=True)):
        if id.startswith(SECTION):
            document.label(id, "section", line_of(node), numbers[at])
        elif id:
            document.claim(id, line_of(node))
    for at, (node, own) in enumerate(zip(found, named, strict=True)):
        text = plain(node)
        id = own or unused(slug(text), line_of(node), document)
        level = held(node).level
        document.headings.append((level, id, text))
        begin = document.frame(id)[0] if line_of(node) in top else ""
        number = f'<span class="number">{numbers[at]}</span> ' if numbers and numbers[at] else ""
        label = document.words("Link to “{heading}”", heading=text)
        link = f' <a class="permalink" href="#{escape(id)}" aria-label="{escape(label)}">#</a>'
        wrap(node, f'{begin}<h{level} id="{escape(id)}">{number}', f"{link}</h{level}>\n")


def own_id(heading: AstNode) -> str:
    """The id that the author gave, taken out of the text."""
    last = heading.children[-1] if heading.children else None
    if last is None or not isinstance(last.node_value, Text):
        return ""
    text, attributes = split(last.node_value.value)
    if attributes.id:
        last.node_value = Text(text)
    return attributes.id


def slug(text: str) -> str:
    """An id out of `text`, by the rule of GitHub's: lower case, no punctuation, hyphens for spaces."""
    normal = unicodedata.normalize("NFC", text).strip().lower()
    return "".join(filter(in_slug, normal)).replace(" ", "-") or "section"


@cache
def in_slug(character: str) -> bool:
    """Whether GitHub's rule keeps a character: letters, marks and digits of every script, `_`, `-` and the space."""
    return character in "- " or unicodedata.category(character) in {"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Pc"}


def section_numbers(levels: list[int]) -> list[str]:
    """The number of each section, `2` or `2.1`, from the levels of the headings; a heading above them has none."""
    counts: list[int] = []
    out = []
    for level in levels:
        deep = level - 1
        counts = [*counts[:deep], *[0] * (deep - len(counts))]
        if deep:
            counts[-1] += 1
        out.append(".".join(str(count) for count in counts if count))
    return out


def unused(id: str, line: int, document: Manuscript) -> str:
    """`id`, or `id-1`, `id-2`, ... where it is taken; it is taken now."""
    candidate = id
    while candidate in document.ids:
        document.counts[f"#{id}"] += 1
        candidate = f"{id}-{document.counts[f'#{id}']}"
    document.ids[candidate] = line
    return candidate


def outline(html: str) -> dict[str, str]:
    """What every heading in some HTML says, by its id, as a table of contents shows it: no links, notes or pictures."""
    return {unescape(found["id"]): without_links(found["html"]) for found in FINISHED.finditer(html)}


def without_links(html: str) -> str:
    """What a heading says, without what a table of contents cannot hold."""
    return NO_OUTLINE.sub("", html)
