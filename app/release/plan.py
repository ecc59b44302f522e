"""Plan: every URL of the next release, from the views themselves, and which of them are to be made again."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote

from flask import Blueprint, Flask, url_for

from ..problems import Problem, Problems
from ..reads import Read
from ..site import Site
from .evidence import Evidence
from .press import Job, untouched
from .records import Record, Records

Url = tuple[str, dict[str, Any]]


class View(Protocol):
    """A module of `views/`."""

    blueprint: Blueprint

    def urls(self, site: Site) -> Iterator[Url]:
        """The endpoints and values of every page it has."""
        ...


class Unplanned(Exception):
    """A mistake in the program: a route that is never frozen."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is to be, what of it is to be made again, and the records of what can be taken over; what has changed."""

    jobs: tuple[Job, ...]
    again: tuple[Job, ...]
    kept: Mapping[str, Record]
    changed: frozenset[Read] = frozenset()

    @classmethod
    def of(cls, jobs: Sequence[Job], records: Records, now: Evidence, program: str, old: Path) -> Plan:
        """The plan for a release after that in the folder `old`, of which there are `records`."""
        if records.program != program:
            return cls(tuple(jobs), tuple(jobs), {})
        changed = records.changed(now)
        known = {job.url: records.pages[job.url] for job in jobs if job.url in records.pages}
        kept = {url: one for url, one in known.items() if changed.isdisjoint(one.reads) and untouched(old, one)}
        return cls(tuple(jobs), tuple(job for job in jobs if job.url not in kept), kept, changed)


def jobs_of(app: Flask, views: Iterable[View]) -> list[Job]:
    """Every URL that the views name, once. Raises `Unplanned` or `Problems`."""
    site: Site = app.extensions["octavo"]
    with app.test_request_context():
        urls = [url for view in views if site.has(view.blueprint.name) for url in view.urls(site)]
        refuse_forgotten(app, site, {endpoint for endpoint, _ in urls})
        paths = list(dict.fromkeys(unquote(url_for(endpoint, **values)) for endpoint, values in urls))
    refuse_twins(paths)
    pages = {unquote(entry.url): entry.id for entry in site.store}
    return [Job(path, pages.get(path, "")) for path in paths]


def refuse_forgotten(app: Flask, site: Site, named: set[str]) -> None:
    """Raise `Unplanned` for a route without arguments that no view has named, of the parts that the site has."""
    plain = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments}
    optional = {endpoint for endpoint in plain if not site.has(endpoint.partition(".")[0])}
    if not site.base_url:
        optional.add("special.sitemap")
    if "index" not in site.store.contents.entries:
        optional.add("content.home")
    if forgotten := plain - named - optional:
        raise Unplanned(f"no view names a URL for {', '.join(sorted(forgotten))}")


def refuse_twins(paths: list[str]) -> None:
    """Raise `Problems` when two URLs would be one file on some system: both come from the author's files."""
    files: dict[str, str] = {}
    problems = []
    for path in paths:
        other = files.setdefault(unicodedata.normalize("NFC", file_of(path)).casefold(), path)
        if other != path:
            message = f"this and what is at {other} would be one file on some systems"
            problems.append(Problem(f"pages{path}", 1, 1, message, "rename one of the two"))
    if problems:
        raise Problems(problems)


def file_of(path: str) -> str:
    """The file, relative to the release, that holds the page at `path`."""
    return (path + "index.html" if path.endswith("/") else path).lstrip("/")
