"""Links from page to page made relative, so that a site works at the root, below it, and opened from a disk."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from functools import cache

ELEMENT = re.compile(r"<(?:a|area|link|img|script|source|video|audio|iframe|form|object|embed|use|track)\s")
LINK = r"""=(?:{names})(["'])((?:{start})(?:(?!\1)[^<>\n])*)\1"""
"""The value of an attribute behind its sign: to look for that first, and then back, takes a tenth of the time."""


def links(start: str, *names: str) -> re.Pattern[str]:
    """The pattern of the links that stand in these attributes and begin with `start`."""
    return re.compile(LINK.format(names="|".join(rf"(?<=\s{name}=)" for name in names), start=start))


URL = links("/(?!/)", "href", "src", "action", "poster", "data", "srcset")
URL_OR_ANCHOR = links("/(?!/)|#", "href", "src", "poster", "srcset")
PARTS = re.compile(r"([^?#]*)([?#]?)(.*)", re.DOTALL)


def relative(html: str, page: str) -> str:
    """`html` with every link from the root as seen from the page at `page`, a path from the root, quoted."""
    folder = page[: page.rindex("/") + 1]

    @cache
    def seen(url: str) -> str:
        return url.removeprefix(page) if url.startswith(f"{page}#") else between(folder, url)

    return changed(html, lambda url: ", ".join(map(seen, url.split(", "))))


def prefixed(html: str, root: str) -> str:
    """`html` with `root` before every link from the root: for a page that is shown at any address."""
    return changed(html, lambda url: ", ".join(root + one for one in url.split(", "))) if root else html


def absolute(html: str, base: str, page: str) -> str:
    """`html` of the page at the path `page` with every link as a full URL below `base`, which ends without a slash."""

    def full(url: str) -> str:
        return base + (page if url.startswith("#") else "") + url

    return changed(html, lambda url: ", ".join(map(full, url.split(", "))), URL_OR_ANCHOR)


def changed(html: str, change: Callable[[str], str], pattern: re.Pattern[str] = URL) -> str:
    """`html` with `change` made to every link inside a tag that `pattern` finds."""

    def in_tag(found: re.Match[str]) -> str:
        tag = html.rfind("<", 0, found.start())
        if html.rfind(">", tag + 1, found.start()) >= 0 or not ELEMENT.match(html, tag):
            return found[0]
        return f"={found[1]}{change(found[2])}{found[1]}"

    return pattern.sub(in_tag, html)


def between(folder: str, url: str) -> str:
    """The way from a folder's path to `url`, both from the root."""
    path, mark, rest = PARTS.match(url).groups()  # type: ignore[union-attr]
    if "/." in path or "//" in path:
        path = posixpath.normpath(path).rstrip("/") + "/" * path.endswith("/")
    here, there = folder.split("/")[1:-1], path.split("/")[1:]
    same = 0
    while same < min(len(here), len(there) - 1) and here[same] == there[same]:
        same += 1
    way = "../" * (len(here) - same) + "/".join(there[same:]) or "./"
    if ":" in way.partition("/")[0]:
        way = f"./{way}"
    return way + mark + rest
