"""Where a link of a page leads: to a place on the same page, to the web, or nowhere that paper can tell."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlsplit

from .nodes import Node

ELSEWHERE = re.compile(r"(?i)(?:https?://|mailto:)[^\s]+")


def own_place(node: Node, page: str) -> str:
    """The name of the place on the same `page` that a link leads to, or nothing."""
    href = node.attributes.get("href", "")
    url, _, name = href.partition("#")
    return unquote(name) if not url or whole(page, url) == page else ""


def web(page: str, href: str) -> str:
    """The URL on the web of a link on a `page`, or nothing."""
    url = whole(page, href)
    return url if ELSEWHERE.fullmatch(url) else ""


def whole(page: str, href: str) -> str:
    """The whole of a URL that may be relative to a `page`; of what is none, nothing."""
    try:
        return urlsplit(urljoin(page, href.strip())).geturl()
    except ValueError:
        return ""
