"""Headings: an id for each, a permalink, and the table of contents."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from html import escape

from .attributes import split
from .document import Heading, Manuscript
from .tree import AstNode, Text, held, line_of, plain, walk, wrap
from .tree import Heading as HeadingNode

FINISHED = re.compile(r'<h[1-6] id="(?P<id>[^"]*)">(?P<html>.*?) <a class="permalink"', re.DOTALL)
NO_OUTLINE = re.compile(
    r'<sup class="footnote-ref">.*?</sup>|<small class="sidenote">.*?</small>|</?a\b[^>]*>|<img[^>]*>', re.DOTALL
)


def headings(tree: AstNode, document: Manuscript) -> None:
    """Give every heading an id, from `{#id}` or else from its text, and note what it says."""
    found = [node for node in walk(tree) if isinstance(node.node_value, HeadingNode)]
    named = [own_id(node) for node in found]
    for node, id in zip(found, named, strict=True):
        if id:
            document.claim(id, line_of(node))
    for node, own in zip(found, named, strict=True):
        text = plain(node)
        id = own or unused(slug(text), document)
        level = held(node).level
        document.headings.append((level, id, text))
        link = f' <a class="permalink" href="#{escape(id)}" aria-label="Link to “{escape(text)}”">#</a>'
        wrap(node, f'<h{level} id="{escape(id)}">', f"{link}</h{level}>\n")


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


def unused(id: str, document: Manuscript) -> str:
    """`id`, or `id-1`, `id-2`, ... where it is taken; it is taken now."""
    candidate = id
    while candidate in document.ids:
        document.counts[f"#{id}"] += 1
        candidate = f"{id}-{document.counts[f'#{id}']}"
    document.ids.add(candidate)
    return candidate


def outline(html: str, document: Manuscript) -> tuple[Heading, ...]:
    """The headings with their finished HTML, as a table of contents shows it: no links, notes or pictures."""
    finished = {found["id"]: NO_OUTLINE.sub("", found["html"]) for found in FINISHED.finditer(html)}
    return tuple(Heading(level, id, text, finished.get(escape(id), "")) for level, id, text in document.headings)
