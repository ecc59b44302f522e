"""What a site makes of an entry, as a test reads it."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from .site_tree import SiteTree


def body(tree: SiteTree, id: str) -> str:
    """The body of an entry as the site has it."""
    site = tree.site()
    entry = site.entry(id)
    assert entry is not None
    return str(site.html(entry))


def said(html: str) -> str:
    """What a reader sees without pointing at anything, in one line."""
    page = LexborHTMLParser(html)
    for node in page.css(".preview, .permalink"):
        node.decompose()
    text = page.body.text() if page.body else ""
    return " ".join(text.replace("\u00a0", " ").split())
