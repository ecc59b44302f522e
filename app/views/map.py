"""The map of the entries: which links to which, as a picture and in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, render_template
from markupsafe import Markup

from ..connections import Node, draw
from ..content import Entry
from ..site import Site, current_site

blueprint = Blueprint("map", __name__)


def urls(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """The map."""
    yield "map.index", {}


@blueprint.get("/map/")
def index() -> str:
    """Show the map."""
    site = current_site()
    graph = site.neighbours.graph
    entries = sorted(site.query(), key=lambda entry: entry.id)
    nodes = [Node(entry.id, named(site, entry), entry.url, entry.kind_of_entry) for entry in entries]
    linked = [(entry, site.entries(graph.targets(entry.id))) for entry in entries]
    return render_template("map.html", picture=Markup(draw(nodes, graph.links)), linked=linked)  # noqa: S704


def named(site: Site, entry: Entry) -> str:
    """The title of an entry without markup."""
    return site.document(entry, "title").text if "$" in entry.title else site.title(entry).striptags()
