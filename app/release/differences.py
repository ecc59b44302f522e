"""Differences: what readers would find otherwise if the site were frozen now, page by page, as words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from flask import Flask

from .blocks import text_of
from .freezer import Options, build
from .manifest import Item, Manifest
from .plan import View
from .publish import SEARCH, staging
from .wording import Change, changes_in

FOLLOWS = re.compile(r"(?:.*/)?(?:feed\.(?:xml|json)|sitemap\.xml|llms\.txt)|(?:api|cards)/.*")
"""The paths of the files that say for machines what pages say, and change with them."""


@dataclass(frozen=True, slots=True)
class PageDifference:
    """A page by its URL, with its title; its changes are none where it is new, gone, or says what it said."""

    url: str
    title: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Differences:
    """What tells one release from the next: pages that are new, gone, or say something else.

    `looks` are the URLs of those that look different only; then come those of other files, and of those for machines, which
    follow from all that.
    """

    added: tuple[PageDifference, ...] = ()
    changed: tuple[PageDifference, ...] = ()
    removed: tuple[PageDifference, ...] = ()
    looks: tuple[str, ...] = ()
    files_added: tuple[str, ...] = ()
    files_changed: tuple[str, ...] = ()
    files_removed: tuple[str, ...] = ()
    follow: tuple[str, ...] = ()


class Unknown(LookupError):
    """There is no such page, neither in the release nor in what would be frozen; the argument is the URLs of all pages."""


def would_differ(app: Flask, views: Sequence[View], out: Path, options: Options, url: str = "") -> Differences:
    """What would be otherwise than in `out` if the site of `app` were frozen now, on one page only where `url` is one's.

    Raises what `freeze` raises, and `Unknown`.
    """
    out = out.absolute()
    with staging(out, "diff", options.patience, options.tell) as folder:
        build(app, views, folder, out, options=options)
        return differences(out, folder, url)


def differences(old: Path, new: Path, url: str = "") -> Differences:
    """What tells the release in `new` from that in `old`, or one page of theirs."""
    then, now = (items_of(folder) for folder in (old, new))
    if url and not (of_page(url, then) | of_page(url, now)):
        raise Unknown(*sorted({unquote(one.url) for one in (*then.values(), *now.values()) if is_page(one)}))
    if url:
        then, now = of_page(url, then), of_page(url, now)
    gone, new_ones = ([one for path, one in sorted(a.items()) if path not in b] for a, b in ((then, now), (now, then)))
    both = [one for path, one in sorted(now.items()) if path in then and then[path].sha256 != one.sha256]
    pages = [difference(old, new, one.path, one.url) for one in both if is_page(one)]
    return Differences(
        tuple(titled(new, one) for one in new_ones if is_page(one)),
        tuple(page for page in pages if page.changes),
        tuple(titled(old, one) for one in gone if is_page(one)),
        tuple(page.url for page in pages if not page.changes),
        urls_of_others(new_ones),
        urls_of_others(both),
        urls_of_others(gone),
        tuple(one.url for one in (*new_ones, *both, *gone) if FOLLOWS.fullmatch(one.path)),
    )


def items_of(release: Path) -> dict[str, Item]:
    """The files of a release by path, without those of its search, which have other names as soon as a word changes anywhere."""
    manifest = Manifest.read(release) or Manifest.of(release)
    return {item.path: item for item in manifest.items if not item.path.startswith(SEARCH)}


def of_page(url: str, items: dict[str, Item]) -> dict[str, Item]:
    """The file of the page at `url`, which is written as in a browser or as the name of its file."""
    wanted = unquote(url).strip("/")
    return {path: one for path, one in items.items() if is_page(one) and wanted in (unquote(one.url).strip("/"), path)}


def is_page(item: Item) -> bool:
    """Whether a file is a page."""
    return item.path.endswith(".html")


def urls_of_others(items: Iterable[Item]) -> tuple[str, ...]:
    """The URLs of the files that are neither pages nor follow from them."""
    return tuple(one.url for one in items if not (is_page(one) or FOLLOWS.fullmatch(one.path)))


def titled(release: Path, item: Item) -> PageDifference:
    """A page that only one of the releases has."""
    return PageDifference(item.url, text_of((release / item.path).read_bytes()).title)


def difference(old: Path, new: Path, path: str, url: str) -> PageDifference:
    """What the page at `path` says that it did not say, and the other way round."""
    then, now = (text_of((release / path).read_bytes()) for release in (old, new))
    return PageDifference(url, now.title, tuple(changes_in(then.blocks, now.blocks)))
