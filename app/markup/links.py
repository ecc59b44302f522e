"""Links to entries, files and headings, in Markdown and in HTML: their URL is the site's to say."""

from __future__ import annotations

import re
from html import escape, unescape

from ..content.addresses import leads_elsewhere
from .document import Page, Slot
from .manuscript import Manuscript
from .places import in_html
from .tree import AstNode, HtmlBlock, HtmlInline, Link, NodeLink, Raw, column_of, line_of, walk

VALUE = r"""(?:"(?P<double>[^"]+)"|'(?P<single>[^']+)'|(?P<bare>[^\s"'=<>`]+))"""
ATTRIBUTE = re.compile(
    rf"""(?P<before>\s(?P<name>href|src|poster)\s*=\s*){VALUE}|\s[^\s"'<>/=]+\s*=\s*(?:"[^"]*"|'[^']*')""", re.IGNORECASE
)
INSIDE = r"""(?:[^<>"']++|"[^"]*"|'[^']*')*+>"""
TAG = re.compile(
    rf"<!--.*?(?:-->|\Z)|(?P<quiet><(?:script|style)\b{INSIDE}).*?(?=</(?:script|style)|\Z)|<[a-z]{INSIDE}",
    re.DOTALL | re.IGNORECASE,
)
"""A comment, a tag with the program or style sheet after it, or any other tag."""


def links(tree: AstNode, document: Manuscript) -> None:
    """Ask the site for the URL of every link that does not lead elsewhere."""
    for node in walk(tree):
        value = node.node_value
        if isinstance(value, Link) and not value.value.url:
            place = line_of(node), column_of(node)
            document.problem(*place, "this link has no address", "write between the round brackets where it leads")
        elif isinstance(value, Link) and not leads_elsewhere(value.value.url) and not value.value.url.startswith(document.token):
            token = document.slot("link", value.value.url, line_of(node), column_of(node))
            node.node_value = Link(NodeLink(token, value.value.title))
        elif isinstance(value, HtmlInline):
            put(node, value.value, document)
        elif isinstance(value, HtmlBlock):
            put(node, value.value.literal, document)


def put(node: AstNode, html: str, document: Manuscript) -> None:
    """Put the site's answers into a node of HTML, where it asks for any."""
    if (answered := asked(html, node, document)) != html:
        node.node_value = Raw(answered)


def asked(html: str, node: AstNode, document: Manuscript) -> str:
    """`html` with the site's answers in its attributes."""

    def answer(tag: re.Match[str]) -> str:
        def url(found: re.Match[str]) -> str:
            href = unescape(found["double"] or found["single"] or found["bare"] or "").strip()
            if not found["name"] or not href or leads_elsewhere(href):
                return found[0]
            token = document.slot("link", href, *in_html(html, tag.start() + found.start("name"), node, document.lines))
            quote = "'" if found["single"] else '"'
            return f"{found['before']}{quote}{token}{quote}"

        if tag[0].startswith("<!--"):
            return tag[0]
        return ATTRIBUTE.sub(url, tag["quiet"]) + tag[0][len(tag["quiet"]) :] if tag["quiet"] else ATTRIBUTE.sub(url, tag[0])

    return TAG.sub(answer, html)


def fill(slot: Slot, path: str, page: Page) -> str:
    """The URL, for an attribute."""
    return escape(page.link(path, slot.target))
