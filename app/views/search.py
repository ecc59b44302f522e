"""The search: its page, which without a script is an index of everything, and what tells a page that it can be found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, render_template
from markupsafe import Markup

from ..content import Entry
from ..content_types import Listing, Publication
from ..interface import voice
from ..markup.fields import html_of
from ..publications import Work
from ..site import Site, current_site
from ..words import words_of

SAID = (
    "{count} results", "{count} titles", "No result: {advice}", "No result with “{query}”: {advice}", "No title: {advice}",
    "No title with “{query}”: {advice}", "try fewer words, the beginning of a word, or every type and year",
    ". Only titles are searched here; a released site on a web server searches the whole texts.",
)  # fmt: skip
"""What the script of the page says."""

blueprint = Blueprint("search", __name__)


@dataclass(frozen=True, slots=True)
class Found:
    """A page in the index: its URL, its title, the type of what it shows, its year, if it has one, and its language."""

    url: str
    title: Markup
    type: str
    year: str
    language: str


def urls(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """The page, and the beginning of what it loads."""
    for tongue in ("", *site.store.tongues):
        yield "search.index", {"tongue": tongue} if tongue else {}
    yield "search.entry", {}


@blueprint.get("/search/", defaults={"tongue": ""})
@blueprint.get("/<tongue:tongue>/search/")
def index(tongue: str) -> str:
    """Show the index by type and tag, above which a script puts the search."""
    site = current_site()
    if tongue not in ("", *site.store.tongues):
        abort(404)
    found = everything(site)
    types = sorted({one.type for one in found})
    groups = [(kind, [one for one in found if one.type == kind]) for kind in types]
    years = sorted({one.year for one in found if one.year}, reverse=True)
    return render_template("search.html", groups=groups, years=years, tags=site.tags_of(tongue))


@blueprint.get("/pagefind/pagefind-entry.json")
def entry() -> Response:
    """No language to search in: a release puts its own in this place."""
    return Response('{"languages": {}}', mimetype="application/json")


def everything(site: Site) -> list[Found]:
    """Every page that can be found, in every language."""
    pages = {one.id: one for tongue in ("", *site.store.tongues) for one in site.query("", tongue)}
    entries = [one for one in pages.values() if not isinstance(one, Publication)]
    works = [one for one in site.works if one.listed]
    return [
        *(Found(one.url, site.title(one), type_of(one), year_of(one), one.language) for one in entries),
        *(Found(one.url, title_of(one), type_of(one), year_of(one), site.facts.lang) for one in works),
    ]


def title_of(work: Work) -> Markup:
    """The title of a work as HTML."""
    return Markup(html_of(work.reference.get("title")))  # noqa: S704


@blueprint.app_template_global()
def script_words() -> dict[str, list[str]]:
    """What the script says, each of one thing and of several."""
    return {phrase: words_of(voice()).forms(phrase) for phrase in SAID}


@blueprint.app_template_global()
def searched(shown: Entry | Work) -> Markup:
    """The attributes of the element that holds the text of a page, where that can be found."""
    entry = shown.entry if isinstance(shown, Work) else shown
    if entry and (entry.unlisted or entry.draft or isinstance(entry, Listing)):
        return Markup()
    return Markup(' data-pagefind-body data-type="{}" data-year="{}"').format(type_of(shown), year_of(shown))


def type_of(shown: Entry | Work) -> str:
    """The name of a type in words: `Research note`."""
    return "Publication" if isinstance(shown, Work) else type_name(type(shown))


def type_name(kind: type[Entry]) -> str:
    """The name of a type of entry in words."""
    return re.sub(r"(?<=[a-z])[A-Z]", lambda found: f" {found[0].lower()}", kind.__name__)


def year_of(shown: Entry | Work) -> str:
    """The year of a work, or of an entry's last change; nothing where none is known."""
    if isinstance(shown, Work):
        return shown.year if shown.year.isdigit() else ""
    return f"{shown.changed.year}" if shown.changed else ""
