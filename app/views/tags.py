"""Tags: the list of them, and what bears each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, abort, render_template

from ..answers.tagged import Tags
from ..site import Site, current_site

blueprint = Blueprint("tags", __name__)


def urls(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """The list, and a page for each tag."""
    for tongue in ("", *site.store.tongues):
        yield "tags.index", {"tongue": tongue} if tongue else {}
        for name in site.tags_of(tongue):
            yield "tags.tag", {"tongue": tongue, "name": name} if tongue else {"name": name}


@blueprint.get("/tags/", defaults={"tongue": ""})
@blueprint.get("/<tongue:tongue>/tags/")
def index(tongue: str) -> str:
    """Show every tag of the entries in a language."""
    return render_template("tags.html", tags=tags_of(tongue))


@blueprint.get("/tags/<name>/", defaults={"tongue": ""})
@blueprint.get("/<tongue:tongue>/tags/<name>/")
def tag(tongue: str, name: str) -> str:
    """Show what bears a tag."""
    tags = tags_of(tongue)
    if name not in tags:
        abort(404)
    return render_template("tag.html", tag=tags[name])


def tags_of(tongue: str) -> Tags:
    """The tags in a language, that of the site where `tongue` is empty."""
    site = current_site()
    return site.tags_of(tongue) if tongue in ("", *site.store.tongues) else abort(404)
