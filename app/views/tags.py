"""Tags: the list of them, and what bears each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, abort, render_template

from ..site import Site, current_site

blueprint = Blueprint("tags", __name__)


def urls(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """The list, and a page for each tag."""
    yield "tags.index", {}
    for name in site.tags:
        yield "tags.tag", {"name": name}


@blueprint.get("/tags/")
def index() -> str:
    """Show every tag."""
    return render_template("tags.html")


@blueprint.get("/tags/<name>/")
def tag(name: str) -> str:
    """Show what bears a tag."""
    tags = current_site().tags
    if name not in tags:
        abort(404)
    return render_template("tag.html", tag=tags[name])
