"""Freezing: check, plan, render, verify, publish."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from flask import Flask
from flask_frozen import Freezer

from ..check import check
from ..problems import Problems
from ..site import Site
from .plan import View, plan
from .publish import Changes, compare, publish, staging
from .search import index
from .verify import verify
from .workers import parse_ahead

Progress = Callable[[int, int, str], None]


class ExplicitFreezer(Freezer):  # type: ignore[misc]
    """Frozen-Flask, given every URL and guessing none."""

    def __init__(self, app: Flask, views: Sequence[View], destination: Path) -> None:
        super().__init__(app, with_static_files=False, with_no_argument_rules=False, log_url_for=False)
        site: Site = app.extensions["octavo"]
        app.config.update(
            FREEZER_DESTINATION=str(destination),
            FREEZER_BASE_URL=site.base_url or "http://localhost/",
            FREEZER_IGNORE_MIMETYPE_WARNINGS=True,
            FREEZER_REDIRECT_POLICY="error",
            FREEZER_REMOVE_EXTRA_FILES=False,
        )
        with app.test_request_context():
            urls = plan(app, views)
        self.total = len(urls)
        self.register_generator(lambda: urls)

    def _check_endpoints(self, seen_endpoints: set[str]) -> None:
        """`plan` has done it."""


def freeze(app: Flask, views: Sequence[View], out: Path, progress: Progress = lambda done, total, url: None) -> Changes:
    """Freeze the site of `app` into the folder `out`, and tell what is new in it.

    `progress` is called with the number of URLs done, that of all, and the one just done. Raises `Problems` when the
    content has any, `Refused` when the release cannot be made; whatever is raised, `out` stays what it was.
    """
    site: Site = app.extensions["octavo"]
    with staging(out) as folder:
        parse_ahead(site)
        if problems := check(site):
            raise Problems(problems)
        freezer = ExplicitFreezer(app, views, folder)
        for done, page in enumerate(freezer.freeze_yield(), 1):
            progress(done, freezer.total, page.url)
        without = index(folder, site.facts.lang)
        if problems := verify(folder):
            raise Problems(problems)
        changes = replace(compare(out, folder), without_search=without)
        publish(folder, out)
    return changes
