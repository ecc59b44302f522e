"""Links: where the texts of an entry lead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from urllib.parse import unquote

from ..site import Site
from .shapes import Link

HREF = re.compile(r'<a\s(?:[^<>]*\s)?href="([^"#][^"]*)"')
PREVIEW = '<span class="preview"'
SPAN = re.compile(r"<(/?)span\b")


def links(site: Site, id: str, texts: Iterable[str]) -> tuple[Link, ...]:
    """Every place that the texts of the entry `id`, as HTML, lead to, once, without those on its own page."""
    found = dict.fromkeys(unescape(href) for html in texts for href in hrefs(html))
    targets = ((url, id_at(site, url)) for url in found)
    return tuple(Link(url=url, id=target) for url, target in targets if target != id)


def hrefs(html: str) -> list[str]:
    """The links of a text to other pages, without those in what is shown while a reader points at one."""
    found, at = [], 0
    while (preview := html.find(PREVIEW, at)) >= 0:
        found += HREF.findall(html, at, preview)
        at = after(html, preview)
    return found + HREF.findall(html, at)


def after(html: str, span: int) -> int:
    """Where the span that begins at `span` ends."""
    depth = 0
    for tag in SPAN.finditer(html, span):
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end()
    return len(html)


def id_at(site: Site, url: str) -> str | None:
    """The id of the entry whose page is at a URL, if it is one's."""
    path = url.partition("#")[0]
    entry = site.entry(unquote(path).strip("/") or "index") if path.startswith("/") and path.endswith("/") else None
    return entry.id if entry else None
