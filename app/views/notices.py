"""Short texts at places that are known: who made the site, what is on it, and whom to tell of a hole in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import unquote

from flask import Blueprint, Response, current_app, render_template
from flask.typing import ResponseReturnValue

from ..content import Entry
from ..content.names import ENDING
from ..content_types import Publication
from ..markup.fields import html_of
from ..metadata import Page, description
from ..plain import plain
from ..site import Site, current_site

Row = tuple[str, str, str]
"""A title, a path and a sentence."""

blueprint = Blueprint("notices", __name__)


def urls(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """Those that the site has."""
    for name in named(site):
        yield "notices.notice", {"name": name}


@blueprint.get("/<path:name>.txt")
def notice(name: str) -> ResponseReturnValue:
    """Send one of them. Any other text is the content's to answer."""
    site = current_site()
    if name not in named(site):
        return cast(ResponseReturnValue, current_app.view_functions["content.page"](path=f"{name}.txt"))
    template = f"{name.rpartition('/')[2]}.txt"
    return Response(render_template(template, sections=sections(site) if name == "llms" else ()), mimetype="text/plain")


def named(site: Site) -> list[str]:
    """Which of them the site has: a list of full links only where its address is known."""
    return ["humans", *["llms"] * bool(site.base_url), *[".well-known/security"] * bool(site.facts.security)]


def sections(site: Site) -> list[tuple[str, list[Row]]]:
    """What is listed, by collection, each under its title; the works of the bibliography and other pages come after."""
    folders = [one.folder for one in site.store.collections if one.type is not Publication and not one.folder.endswith(ENDING)]
    found = [(title_of(site, folder), [row(site, entry) for entry in site.query(folder)]) for folder in folders]
    inside = {entry.id for folder in folders for entry in site.query(folder)}
    others = [row(site, one) for one in site.query() if one.id not in inside and not isinstance(one, Publication)]
    works = [(plain(html_of(one.reference.get("title"))), one.url, f"{one.kind}, {one.year}") for one in site.works if one.listed]
    return [(title, rows) for title, rows in (*found, ("Publications", works), ("Pages", others)) if rows]


def title_of(site: Site, folder: str) -> str:
    """What the list of a folder is called."""
    entry = site.entry(folder)
    return plain(site.title(entry)) if entry else folder.rpartition("/")[2].capitalize()


def row(site: Site, entry: Entry) -> Row:
    """An entry: its title, its path, and what it is about."""
    title = plain(site.title(entry))
    return title, entry.url, description(site, Page(unquote(entry.url), title, entry.lang or site.facts.lang, entry))
