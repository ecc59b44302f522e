"""Verify: every link, anchor and asset of a finished release leads to something in it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from ..problems import Problem

ATTRIBUTES = ("href", "src", "poster", "data", "action")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page links to, and what in it can be linked to."""

    links: tuple[str, ...]
    ids: frozenset[str]
    twice: tuple[str, ...]


def verify(release: Path) -> list[Problem]:
    """Everything in the folder `release` that leads nowhere, and every id that a page has twice."""
    files = {file.relative_to(release).as_posix() for file in release.rglob("*") if file.is_file()}
    pages = {name: read(release / name) for name in sorted(files) if name.endswith(".html")}
    return [problem for name in pages for problem in wrong(name, pages, files)]


def read(file: Path) -> Page:
    """The links and ids of one page."""
    tree = LexborHTMLParser(file.read_bytes())
    links: dict[str, None] = {}
    for attribute in ATTRIBUTES:
        for node in tree.css(f"[{attribute}]"):
            links[node.attributes[attribute] or ""] = None
    for node in tree.css("[srcset]"):
        links.update((part.split()[0], None) for part in (node.attributes["srcset"] or "").split(",") if part.strip())
    ids = [node.attributes["id"] or "" for node in tree.css("[id]")]
    return Page(
        tuple(links), frozenset(ids), tuple(sorted({id for id in ids if ids.count(id) > 1})) if len(ids) > len(set(ids)) else ()
    )


def wrong(name: str, pages: dict[str, Page], files: set[str]) -> Iterator[Problem]:
    """What is wrong with one page of a release."""
    page = pages[name]
    for id in page.twice:
        yield Problem(name, 1, 1, f"the id '{id}' stands twice in this page", "name one of the two in another way")
    for link in page.links:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or (name == "404.html" and link.startswith("/")):
            continue
        path = unquote(parts.path)
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
        if not path or path.endswith("/") or target == ".":
            target = name if not path else posixpath.normpath(f"{target}/index.html")
        if target not in files:
            yield Problem(name, 1, 1, f"a link leads to nothing: {link}", f"there is no file '{target}' in the release")
        elif parts.fragment not in ("", "top") and target in pages and unquote(parts.fragment) not in pages[target].ids:
            yield Problem(
                name, 1, 1, f"a link's anchor is not there: {link}", f"'{target}' has no id '{unquote(parts.fragment)}'"
            )
