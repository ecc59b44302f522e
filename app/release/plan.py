"""Plan: every URL of the next release, from the views themselves."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, Protocol
from urllib.parse import unquote

from flask import Blueprint, Flask, url_for

from ..problems import Problem, Problems
from ..site import Site

Url = tuple[str, dict[str, Any]]


class View(Protocol):
    """A module of `views/`."""

    blueprint: Blueprint

    def urls(self, site: Site) -> Iterator[Url]:
        """The endpoints and values of every page it has."""
        ...


class Unplanned(Exception):
    """A mistake in the program: a route that is never frozen."""


def plan(app: Flask, views: Iterable[View]) -> list[Url]:
    """Every URL that the views name. Raises `Unplanned` or `Problems`, and needs a request context."""
    site: Site = app.extensions["octavo"]
    urls = [url for view in views for url in view.urls(site)]
    named = {endpoint for endpoint, _ in urls}
    plain = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments}
    optional = set() if site.base_url else {"special.sitemap"}
    if "index" not in site.store.contents.entries:
        optional.add("content.home")
    if forgotten := plain - named - optional:
        raise Unplanned(f"no view names a URL for {', '.join(sorted(forgotten))}")
    refuse_twins(urls)
    return urls


def refuse_twins(urls: list[Url]) -> None:
    """Raise `Problems` when two URLs would be one file on some system: both come from the author's files."""
    files: dict[str, str] = {}
    problems = []
    for endpoint, values in urls:
        path = url_for(endpoint, **values)
        other = files.setdefault(unicodedata.normalize("NFC", file_of(unquote(path))).casefold(), path)
        if other != path:
            source = f"pages{unquote(path)}"
            message = f"this and what is at {unquote(other)} would be one file on some systems"
            problems.append(Problem(source, 1, 1, message, "rename one of the two"))
    if problems:
        raise Problems(problems)


def file_of(path: str) -> str:
    """The file, relative to the release, that holds the page at `path`."""
    return (path + "index.html" if path.endswith("/") else path).lstrip("/")
