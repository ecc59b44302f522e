"""The search: its page, which without a script is an index of everything, and what tells a page that it can be found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template
from markupsafe import Markup

from ..content import Entry
from ..content_types import Listing, Publication
from ..markup.fields import html_of
from ..publications import Work
from ..site import Site, current_site

blueprint = Blueprint("search", __name__)


@dataclass(frozen=True, slots=True)
class Found:
    """A page in the index: its URL, its title, the type of what it shows, and its year, if it has one."""

    url: str
    title: Markup
    type: str
    year: str


def urls(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """The page, and the beginning of what it loads."""
    yield "search.index", {}
    yield "search.entry", {}


@blueprint.get("/search/")
def index() -> str:
    """Show the index by type and tag, above which a script puts the search."""
    found = everything(current_site())
    types = sorted({one.type for one in found})
    groups = [(kind, [one for one in found if one.type == kind]) for kind in types]
    return render_template("search.html", groups=groups, years=sorted({one.year for one in found if one.year}, reverse=True))


@blueprint.get("/pagefind/pagefind-entry.json")
def entry() -> Response:
    """No language to search in: a release puts its own in this place."""
    return Response('{"languages": {}}', mimetype="application/json")


def everything(site: Site) -> list[Found]:
    """Every page that can be found."""
    entries = [one for one in site.query() if not isinstance(one, Publication)]
    works = [one for one in site.works if one.listed]
    return [
        *(Found(one.url, site.title(one), type_of(one), year_of(one)) for one in entries),
        *(Found(one.url, Markup(html_of(one.reference.get("title"))), type_of(one), year_of(one)) for one in works),  # noqa: S704
    ]


@blueprint.app_template_global()
def searched(shown: Entry | Work) -> Markup:
    """The attributes of the element that holds the text of a page, where that can be found."""
    entry = shown.entry if isinstance(shown, Work) else shown
    if entry and (entry.unlisted or entry.draft or isinstance(entry, Listing)):
        return Markup()
    return Markup(' data-pagefind-body data-type="{}" data-year="{}"').format(type_of(shown), year_of(shown))


def type_of(shown: Entry | Work) -> str:
    """The name of a type in words: `Research note`."""
    name = re.sub(r"(?<=[a-z])[A-Z]", lambda found: f" {found[0].lower()}", type(shown).__name__)
    return "Publication" if isinstance(shown, Work) else name


def year_of(shown: Entry | Work) -> str:
    """The year of a work, or of an entry's last change; nothing where none is known."""
    if isinstance(shown, Work):
        return shown.year if shown.year.isdigit() else ""
    return f"{shown.changed.year}" if shown.changed else ""
