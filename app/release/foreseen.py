"""Foreseen: what a freeze would refuse of the addresses and files of a site, told before any page is made."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from flask import Flask

from ..problems import Findings, Problems
from ..site import Site
from .manifest import Item
from .paths import LARGE, TOO_LARGE, wrong_paths, wrong_sizes
from .plan import View, file_of, jobs_of


def foreseen(app: Flask, views: Sequence[View]) -> Findings:
    """Two pages or files at one address, names that not every system has, and files that are too large."""
    site: Site = app.extensions["octavo"]
    try:
        items = list(items_of(site, [job.url for job in jobs_of(app, views)]))
    except Problems as error:
        return Findings(tuple(error.problems))
    sources = {f"{entry.id}/index.html": entry.path for entry in site.store}
    sources |= {item.path: f"pages/{item.path}" for item in items if item.size}
    errors = {*wrong_paths(items, sources), *wrong_sizes(items, TOO_LARGE, float("inf"), sources)}
    return Findings(tuple(sorted(errors)), tuple(sorted(wrong_sizes(items, LARGE, TOO_LARGE, sources))))


def items_of(site: Site, urls: list[str]) -> Iterator[Item]:
    """The files of a release, as far as they are known before; the size of those that are the author's own."""
    own = set(site.texts.files())
    for url in urls:
        path = file_of(url)
        size = os.stat(Path(site.store.root) / path).st_size if path in own else 0
        yield Item(url, path, "", size, "")
