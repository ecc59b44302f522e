"""Links from page to page made relative, so that a site works at the root, below it, and opened from a disk."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from functools import cache

TAG = re.compile(r"<(?:a|area|link|img|script|source|video|audio|iframe|form|object|embed|use|track)\s[^<>]*>")
QUOTED = r"""=(?P<quote>["'])(?P<url>{start}(?:(?!(?P=quote)).)*)(?P=quote)"""
URL = re.compile(rf"(?<=\s)(?P<name>href|src|action|poster|data|srcset){QUOTED.format(start='/(?!/)')}")
URL_OR_ANCHOR = re.compile(rf"(?<=\s)(?P<name>href|src|poster|srcset){QUOTED.format(start='(?:/(?!/)|#)')}")


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

    def in_tag(tag: re.Match[str]) -> str:
        return pattern.sub(lambda found: f"{found['name']}={found['quote']}{change(found['url'])}{found['quote']}", tag[0])

    return TAG.sub(in_tag, html)


def between(folder: str, url: str) -> str:
    """The way from a folder's path to `url`, both from the root."""
    path, mark, rest = re.match(r"([^?#]*)([?#]?)(.*)", url, re.DOTALL).groups()  # type: ignore[union-attr]
    way = posixpath.relpath(path, folder)
    if path.endswith("/") and not way.endswith("/"):
        way += "/"
    if ":" in way.partition("/")[0]:
        way = f"./{way}"
    return way + mark + rest
